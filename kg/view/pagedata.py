"""Lay out the content of a graph as the plain JSON values that the page's script reads."""

from dataclasses import asdict
from typing import Any

from kg.view.looks import day_of
from kg.view.records import Account, ActorRelation, Event, GraphContent, Source, Thing
from kg.view.spots import World, find_spot
from kg.view.styles import Styles


def page_data(
    content: GraphContent, styles: Styles, world: World, *, notices: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return things, sources, events, links and styles, referring to one another by index."""
    things = {thing.iri: number for number, thing in enumerate(content.things)}
    sources = {source.iri: number for number, source in enumerate(content.sources)}
    events = {event.iri: number for number, event in enumerate(content.events)}
    places = {iri for event in content.events for iri in event.places}
    return {
        "title": content.title,
        "notices": list(notices),
        "quads": [
            {"id": quad.id, "label": quad.label, "color": quad.color, "tint": quad.tint}
            for quad in styles.quads
        ],
        "types": [
            {"id": kind.id, "label": kind.label, "quad": styles.quad(kind.quad).id}
            for kind in content.types
        ],
        "groups": [
            {"id": group.id, "label": group.label, "symbol": group.symbol, "color": group.color}
            for group in styles.groups
        ],
        "statuses": [
            {
                "id": status.id,
                "label": status.label,
                "word": status.word,
                "shown": status.shown,
                "drawn": status.drawn,
            }
            for status in styles.statuses
        ],
        "relations": {
            relation.id: [relation.label, relation.inverse] for relation in styles.relations
        },
        "things": [
            {
                **_thing(thing, styles),
                "spot": _spot(thing, world) if thing.iri in places else None,
            }
            for thing in content.things
        ],
        "map": asdict(styles.map),
        "world": world.data,
        "sources": [_source(source) for source in content.sources],
        "events": [_event(event, things, sources) for event in content.events],
        "links": [
            {
                "type": link.type,
                "from": events[link.origin],
                "to": events[link.target],
                "sentence": link.sentence,
                "source": None if link.source is None else sources[link.source],
            }
            for link in content.event_links
        ],
        "tieTypes": [
            {"id": tie.id, "label": tie.label, "word": tie.word, "color": tie.color}
            for tie in styles.ties
            if any(relation.type == tie.id for relation in content.relations)
        ],
        "ties": [_tie(relation, things, sources) for relation in content.relations],
    }


def _tie(
    relation: ActorRelation, things: dict[str, int], sources: dict[str, int]
) -> dict[str, Any]:
    return {
        "iri": relation.iri,
        "type": relation.type,
        "from": things[relation.origin],
        "to": things[relation.target],
        "symmetric": relation.symmetric,
        "isOver": relation.is_over,
        "offices": list(relation.offices),
        "sourceCount": relation.source_count,
        "independentCount": relation.independent_count,
        "confidence": relation.confidence,
        "accounts": [_account(account, sources) for account in relation.accounts],
    }


def _thing(thing: Thing, styles: Styles) -> dict[str, Any]:
    return {
        "iri": thing.iri,
        "label": thing.label,
        "kind": thing.kind.replace("_", " "),
        "group": styles.group_of(thing.kind).id,
        "aliases": list(thing.aliases),
        "country": thing.country,
        "role": thing.role,
    }


def _spot(thing: Thing, world: World) -> dict[str, Any] | None:
    spot = find_spot(thing, world)
    return None if spot is None else asdict(spot)


def _source(source: Source) -> dict[str, Any]:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "published": source.published,
    }


def _event(event: Event, things: dict[str, int], sources: dict[str, int]) -> dict[str, Any]:
    return {
        "iri": event.iri,
        "words": event.words,
        "type": event.type,
        "coding": event.coding,
        "status": event.status,
        "actors": [things[iri] for iri in event.actors],
        "recipients": [things[iri] for iri in event.recipients],
        "places": [things[iri] for iri in event.places],
        "weapons": [things[iri] for iri in event.weapons],
        "earliest": event.earliest,
        "latest": event.latest,
        "day": day_of(event),
        "sourceCount": event.source_count,
        "independentCount": event.independent_count,
        "confidence": event.confidence,
        "disagreements": list(event.disagreements),
        "accounts": [_account(account, sources) for account in event.accounts],
    }


def _account(account: Account, sources: dict[str, int]) -> dict[str, Any]:
    return {
        "source": sources[account.source],
        "sentence": account.sentence,
        "trigger": None
        if account.trigger_start is None
        else [account.trigger_start, account.trigger_end],
        "status": account.status,
        "polarity": account.polarity,
        "certainty": account.certainty,
        "speakers": list(account.speakers),
        "actors": list(account.actors),
        "recipients": list(account.recipients),
        "places": list(account.places),
        "weapons": list(account.weapons),
        "when": account.when,
        "derivation": account.derivation,
        "counts": [list(count) for count in account.counts],
        "counted": [list(count) for count in account.counted],
    }
