"""Choose what goes on the page, and say plainly what was left out."""

import difflib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.errors import QueryError
from kg.view.records import ActorRelation, Event, GraphContent

MOST_THINGS = 1500
"""More nodes than this make a page slow and unreadable."""

MOST_OUTER_RELATIONS = 60
"""Relations to actors that take part in no event on the page: more would hide the events."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the reader asked for.

    Attributes:
        focus: IRI, label or alias of an actor or place; None for the whole graph.
        hops: Steps from ``focus``, at least 1.
        since: Only events that can have happened on this day or later; undated ones are left out.
        until: Only events that can have happened on this day or earlier.
        types: Codes of event types in any case; empty for all.
        min_sources: Least number of articles that tell of an event.
        top: Most actors and places to show, at most ``MOST_THINGS``.
    """

    focus: str | None = None
    hops: int = 1
    since: date | None = None
    until: date | None = None
    types: tuple[str, ...] = ()
    min_sources: int = 1
    top: int = 150


def choose(content: GraphContent, wish: Wish) -> tuple[GraphContent, tuple[str, ...]]:
    """Return the part of ``content`` that ``wish`` asks for, and notices of what is missing.

    Raises:
        QueryError: The focus or a type is not in the graph, or a date or number makes no sense.
    """
    _check(wish)
    types = _known_types(content, wish.types)
    notices = []
    events = [
        event
        for event in content.events
        if (not types or event.type in types) and event.source_count >= wish.min_sources
    ]
    if wish.since or wish.until:
        undated = sum(event.earliest is None for event in events)
        events = [event for event in events if _is_within(event, wish)]
        if undated:
            notices.append(f"{_count(undated, 'undated event')} left out: a range of dates is set.")
    if wish.focus is not None:
        centre = _find(content, wish.focus)
        events = _around(events, centre, wish.hops)
        label = next(thing.label for thing in content.things if thing.iri == centre)
        notices.append(
            f"Shows what is within {_count(wish.hops, 'step')} of {label}:"
            f" {_count(len(events), 'event')} of {len(content.events):,}."
        )
    kept, notice = _busiest(events, min(wish.top, MOST_THINGS))
    if notice:
        notices.append(notice)
    return restrict(content, kept), tuple(notices)


def restrict(content: GraphContent, events: Sequence[Event]) -> GraphContent:
    """Return ``content`` with these events alone, and what belongs to them."""
    kept = {event.iri for event in events}
    parties = {iri for event in events for iri in event.parties}
    types = {event.type for event in events}
    relations = _told_of(content.relations, parties)
    ends = {iri for relation in relations for iri in (relation.origin, relation.target)}
    return replace(
        content,
        events=tuple(events),
        things=tuple(thing for thing in content.things if thing.iri in parties | ends),
        edges=tuple(
            replace(edge, events=tuple(iri for iri in edge.events if iri in kept))
            for edge in content.edges
            if kept.intersection(edge.events)
        ),
        event_links=tuple(
            link for link in content.event_links if link.origin in kept and link.target in kept
        ),
        relations=relations,
        types=tuple(kind for kind in content.types if kind.id in types),
    )


def _told_of(
    relations: Sequence[ActorRelation], parties: Collection[str]
) -> tuple[ActorRelation, ...]:
    """Return the relations among parties, and the most reported to somebody who is none."""
    inner = {item.iri for item in relations if item.origin in parties and item.target in parties}
    outer = [
        item
        for item in relations
        if item.iri not in inner and (item.origin in parties or item.target in parties)
    ]
    ranked = sorted(outer, key=lambda item: (-item.source_count, item.iri))
    kept = inner | {item.iri for item in ranked[:MOST_OUTER_RELATIONS]}
    return tuple(item for item in relations if item.iri in kept)


def _check(wish: Wish) -> None:
    if wish.hops < 1:
        raise QueryError(f"--hops {wish.hops}: not a number of steps. Use 1 or more.")
    if wish.top < 1:
        raise QueryError(f"--top {wish.top}: nothing would be shown. Use 1 or more.")
    if wish.since and wish.until and wish.since > wish.until:
        raise QueryError(
            f"--since {wish.since} --until {wish.until}: ends before it begins. Swap the dates."
        )


def _known_types(content: GraphContent, names: Collection[str]) -> set[str]:
    known = {kind.id for kind in content.types}
    wanted = {name.upper() for name in names}
    for name in sorted(wanted - known):
        allowed = ", ".join(sorted(known)) or "none, since it holds no event"
        raise QueryError(f"--type {name}: no such event in the graph. It has {allowed}.")
    return wanted


def _find(content: GraphContent, name: str) -> str:
    """Return the IRI of the thing called ``name``; labels go before aliases."""
    key = " ".join(name.split()).casefold()
    names: dict[str, str] = {}
    for thing in content.things:
        names.setdefault(thing.label.casefold(), thing.iri)
    for thing in content.things:
        for alias in (thing.iri, *thing.aliases):
            names.setdefault(alias.casefold(), thing.iri)
    if key in names:
        return names[key]
    near = difflib.get_close_matches(key, names, 1)
    labels = {thing.iri: thing.label for thing in content.things}
    advice = (
        f"Did you mean {labels[names[near[0]]]!r}?"
        if near
        else "Give its label or IRI; 'kg query' lists them."
    )
    raise QueryError(f"--focus {name!r}: no such actor or place in the graph. {advice}")


def _is_within(event: Event, wish: Wish) -> bool:
    if event.earliest is None or event.latest is None:
        return False
    starts_in_time = wish.until is None or event.earliest <= wish.until.isoformat()
    return starts_in_time and (wish.since is None or event.latest >= wish.since.isoformat())


def _around(events: Sequence[Event], centre: str, hops: int) -> list[Event]:
    """Return the events within ``hops`` steps; a place joins only when it is the centre.

    Were places steps, everything that happened in one country would be one step away.
    """
    reached = {centre}
    found: dict[str, Event] = {}
    for _ in range(hops):
        step = [
            event
            for event in events
            if reached.intersection((*event.actors, *event.recipients))
            or centre in (*event.places, *event.weapons)
        ]
        found.update((event.iri, event) for event in step)
        reached |= {iri for event in step for iri in (*event.actors, *event.recipients)}
    return [event for event in events if event.iri in found]


def _busiest(events: Sequence[Event], top: int) -> tuple[list[Event], str]:
    """Keep the events among the ``top`` things that act or are acted on most often."""
    counts = Counter(iri for event in events for iri in {*event.actors, *event.recipients})
    if len(counts) <= top:
        return list(events), ""
    ranked = sorted(counts, key=lambda iri: (-counts[iri], iri))
    shown = set(ranked[:top])
    kept = [event for event in events if shown.issuperset((*event.actors, *event.recipients))]
    notice = (
        f"Shows the {top:,} most often involved of {len(counts):,} actors and targets, and the"
        f" {len(kept):,} of {len(events):,} events among them. Narrow the graph with --focus,"
        " --since or --type, or raise --top."
    )
    return kept, notice


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
