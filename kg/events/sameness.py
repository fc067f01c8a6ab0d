"""Find the tellings of one event, and let one take over what another says.

Two tellings are joined when nothing stated keeps them apart and enough is shared; a definite noun
("the attack") asks for an event told before. Sources may differ in whom an attack hit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.events.tellings import UNREAL, Telling
from kg.records import EventMention
from kg.syntax import Role, Syntax

# How many sentences back "the attack" may reach.
_SAME_REACH = 12

Apart = frozenset[frozenset[str]]


def fill_from_same(
    tellings: Sequence[Telling], syntax: Syntax, *, apart: Apart = frozenset()
) -> list[Telling]:
    """Let a telling that points back ("the strikes") take over what it leaves unsaid.

    Actors and date come from the nearest earlier telling of the event that states them, but
    nobody is named as actor on behalf of a speaker who named none.
    """
    return take_over(same_events(tellings, syntax, apart=apart), syntax)


def take_over(groups: Sequence[Sequence[Telling]], syntax: Syntax) -> list[Telling]:
    """Let tellings of one event take over from one another, as in ``fill_from_same``.

    Args:
        groups: Tellings by the event they tell, in text order.

    Returns:
        All tellings, in text order.
    """
    filled = {item.event.id: item for group in groups for item in group}
    for cluster in groups:
        for number, item in enumerate(cluster):
            points_back = is_definite(item.token, syntax)
            for other in reversed(cluster[:number]):
                source, now = filled[other.event.id], filled[item.event.id]
                if _is_one_phrase(item, other, syntax):
                    filled[item.event.id] = _completed(now, source)
                    filled[other.event.id] = _completed(source, now)
                elif points_back:
                    filled[item.event.id] = _filled(now, source)
    return sorted(filled.values(), key=lambda item: item.token.i)


def share_days(tellings: Sequence[Telling], groups: Sequence[Sequence[Telling]]) -> list[Telling]:
    """Let all tellings of one event have its day, unless they name different ones.

    Args:
        tellings: All tellings, in text order.
        groups: Tellings by the event they tell; their ids count, not what they say.
    """
    now = {item.event.id: item for item in tellings}
    for group in groups:
        dated = _dated(now[item.event.id].event for item in group)
        if dated is None:
            continue
        for item in group:
            telling = now[item.event.id]
            if telling.event.date is None:
                event = replace(telling.event, date=dated.date, date_text=dated.date_text)
                now[item.event.id] = replace(telling, event=event)
    return [now[item.event.id] for item in tellings]


def _dated(events: Iterable[EventMention]) -> EventMention | None:
    """Return the event whose day is the narrowest, if the days of all can be one."""
    dated = [(event.date, event) for event in events if event.date is not None]
    if not dated:
        return None
    latest_start = max(day.earliest for day, _ in dated)
    if any(day.latest < latest_start for day, _ in dated):
        return None
    return min(dated, key=lambda pair: pair[0].latest - pair[0].earliest)[1]


def _completed(item: Telling, other: Telling) -> Telling:
    """Let two words of one phrase ("killed in an airstrike") share all participants."""
    item = _filled(item, other)
    recipients = item.event.recipients or tuple(
        name for name in other.event.recipients if name not in item.event.actors
    )
    return replace(item, event=replace(item.event, recipients=recipients))


def _filled(item: Telling, other: Telling) -> Telling:
    event, known = item.event, other.event
    may_name = not event.attribution or event.attribution == known.attribution
    actors = event.actors
    if not actors and may_name:
        actors = tuple(name for name in known.actors if name not in event.recipients)
    return replace(
        item,
        event=replace(
            event,
            actors=actors,
            date=event.date or known.date,
            date_text=event.date_text if event.date else known.date_text,
        ),
    )


def same_events(
    tellings: Sequence[Telling], syntax: Syntax, *, apart: Apart = frozenset()
) -> list[list[Telling]]:
    """Return the tellings grouped by the event they tell, in text order.

    Args:
        apart: Pairs of event ids that the text tells apart.
    """
    clusters: list[list[Telling]] = []
    for item in tellings:
        open_to = [
            cluster
            for cluster in clusters
            if not any(frozenset((item.event.id, other.event.id)) in apart for other in cluster)
        ]
        match = _match(item, open_to, syntax)
        if match is None:
            clusters.append([item])
        else:
            match.append(item)
    return clusters


def _match(
    item: Telling, clusters: Sequence[list[Telling]], syntax: Syntax
) -> list[Telling] | None:
    """Return the tellings of the event that ``item`` tells again, or None.

    A definite noun ("the attack") asks for an event told before; anything else needs two kinds
    of participants in common, or one and the same word or weapon.
    """
    points_back = is_definite(item.token, syntax)
    best: tuple[bool, int, int] | None = None
    chosen = None
    for cluster in clusters:
        if any(_is_one_phrase(item, other, syntax) for other in cluster):
            return cluster
        last = cluster[-1]
        is_same_word = any(item.token.lemma_ == other.token.lemma_ for other in cluster)
        if item.sentence - last.sentence > _SAME_REACH and not (points_back and is_same_word):
            continue
        is_near = item.sentence - last.sentence <= 1
        if not all(
            _compatible(
                item.event,
                other.event,
                may_differ_in_target=points_back
                and (is_near or (is_same_word and _are_dated(item.event, other.event))),
                may_differ_in_actor=points_back and is_claimed(item.event),
            )
            for other in cluster
        ):
            continue
        if points_back and not all(agree_in_number(item, other) for other in cluster):
            continue
        shared = max(_shared(item.event, other.event) for other in cluster)
        is_same_weapon = any(
            set(item.event.weapons) & set(other.event.weapons) for other in cluster
        )
        if shared < (0 if points_back else 1 if is_same_word or is_same_weapon else 2):
            continue
        rank = (is_same_word, shared, last.token.i)
        if best is None or rank > best:
            best, chosen = rank, cluster
    return chosen


def _is_one_phrase(item: Telling, other: Telling, syntax: Syntax) -> bool:
    """Tell whether two triggers name one event in one clause: "killed in an airstrike"."""
    if item.event.type is not other.event.type or item.sentence != other.sentence:
        return False
    if item.token.pos_ == "VERB":
        item, other = other, item
    arc = syntax.governor(syntax.first_conjunct(item.token))
    return (
        arc is not None
        and item.token.pos_ in {"NOUN", "PROPN"}
        and arc.head == other.token
        and other.token.pos_ == "VERB"
        and arc.word in {"in", "by", "during", "with", "through"}
    )


def agree_in_number(item: Telling, other: Telling) -> bool:
    """Tell whether two nouns are both singular or both plural; verbs agree with anything."""
    plural = {"NNS", "NNPS"}
    nouns = {"NN", "NNP"} | plural
    one, two = item.token.tag_, other.token.tag_
    return one not in nouns or two not in nouns or (one in plural) is (two in plural)


def is_definite(token: Token, syntax: Syntax) -> bool:
    """Tell whether an event noun points to an event told before: "the attack", "this raid"."""
    return token.pos_ in {"NOUN", "PROPN"} and any(
        word.lower_ in {"the", "this", "these", "that", "those", "such"}
        for word in syntax.dependents(token, Role.DETERMINER)
    )


def is_claimed(event: EventMention) -> bool:
    """Tell whether an actor speaks of its own deed: "the group said it carried out the attack".

    Others may have known the actor by no name.
    """
    return bool(set(event.actors) & set(event.attribution))


def _compatible(
    event: EventMention,
    other: EventMention,
    *,
    may_differ_in_target: bool,
    may_differ_in_actor: bool,
) -> bool:
    """Tell whether nothing stated keeps two tellings apart.

    Args:
        may_differ_in_target: Whether the tellings may name different targets, as different
            sources do of one attack.
        may_differ_in_actor: Whether they may name different actors, as when a group claims what
            "gunmen" did.
    """
    if event.type is not other.type:
        return False
    if (event.status in UNREAL) is not (other.status in UNREAL):
        return False
    if event.mode and other.mode and event.mode != other.mode:
        return False
    date, earlier = event.date, other.date
    if date and earlier and (date.earliest > earlier.latest or date.latest < earlier.earliest):
        return False
    has_actors = bool(event.actors and other.actors)
    if has_actors and not may_differ_in_actor and not set(event.actors) & set(other.actors):
        return False
    return (
        not (event.recipients and other.recipients)
        or bool(set(event.recipients) & set(other.recipients))
        or bool(set(event.actors) & set(other.actors))
        or may_differ_in_target
    )


def _are_dated(event: EventMention, other: EventMention) -> bool:
    return event.date is not None and other.date is not None


def _shared(event: EventMention, other: EventMention) -> int:
    """Return how many kinds of participants two tellings share."""
    pairs = (
        (event.actors, other.actors),
        (event.recipients, other.recipients),
        (event.places, other.places),
        (event.weapons, other.weapons),
    )
    return sum(bool(set(left) & set(right)) for left, right in pairs)
