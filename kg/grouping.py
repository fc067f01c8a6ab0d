"""Group the tellings of a draft by the event they tell, and relate events, as the reader sees them.

What the rules found goes first where the reader lets it; what the reader adds must be likely, and
likelier still where the parties speak against it.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kg.events.relations import identities
from kg.events.sameness import Apart, agree_in_number, is_claimed, is_definite
from kg.events.tellings import UNREAL, Telling
from kg.limits import Limits, Odds
from kg.reading import Reading
from kg.records import CharSpan, EventMention, EventRelation
from kg.syntax import Syntax
from kg.terms import EventType, RelationType, Status

_ANSWERS = frozenset({RelationType.RETALIATION_FOR, RelationType.RESPONSE_TO})
# How much surer the reader must be that two tellings are of one event if their parties differ.
_CLASH = 0.25
# By how many days the time of one event may be longer than that of another.
_MONTH = 30
# How many sentences apart the reader may relate events that no word relates.
_RELATED_REACH = 1


def group_tellings(
    tellings: Sequence[Telling],
    drafted: Sequence[EventRelation],
    reading: Reading,
    limits: Limits,
    *,
    apart: Apart = frozenset(),
) -> list[list[Telling]]:
    """Return the tellings grouped by the event they tell, in text order.

    A telling joins the group in which a rule puts it, if the reader lets it; else that which it
    fits best on the whole, so that a chain of likenesses does not tie what has nothing in common.

    Args:
        apart: Pairs of event ids that the text tells apart.
    """
    ruled = {
        frozenset((item.source, item.target))
        for item in drafted
        if item.type is RelationType.SAME_AS
    }
    groups: list[list[Telling]] = []
    for item in tellings:
        best, chosen = (False, 0.0), None
        for group in groups:
            if not all(
                _may_be_one(item.event, other.event)
                and frozenset((item.event.id, other.event.id)) not in apart
                for other in group
            ):
                continue
            scores = {
                other.event.id: _sameness(item, other, reading, limits.odds) for other in group
            }
            mean = sum(scores.values()) / len(scores)
            is_ruled = any(
                frozenset((item.event.id, name)) in ruled and score >= limits.same.keep
                for name, score in scores.items()
            )
            least = limits.same.add + _CLASH * any(_clash(item, other) for other in group)
            if (is_ruled or mean >= least) and (is_ruled, mean) > best:
                best, chosen = (is_ruled, mean), group
        if chosen is None:
            groups.append([item])
        else:
            chosen.append(item)
    return groups


def keep_planned(
    tellings: Sequence[Telling], syntax: Syntax, reading: Reading, limits: Limits
) -> list[Telling]:
    """Let "the summit" be planned where all that it can point to is: "will meet in May"."""
    found: list[Telling] = []
    for item in tellings:
        if item.event.status is Status.ACTUAL and is_definite(item.token, syntax):
            meant = [
                other.event.status
                for other in found
                if other.event.type is item.event.type
                and _sameness(item, other, reading, limits.odds) >= limits.same.add
            ]
            if meant and set(meant) == {Status.FUTURE}:
                item = replace(item, event=replace(item.event, status=Status.FUTURE))
        found.append(item)
    return found


def _clash(one: Telling, other: Telling) -> bool:
    """Tell whether two tellings have no party in common, although they name some.

    Of an assault that is told again, the parties are often left out, and who claims it may not
    have been named before.
    """
    left, right = one.event, other.event
    parties = set(left.actors + left.recipients), set(right.actors + right.recipients)
    has_actors = bool(left.actors and right.actors)
    if left.type is EventType.ASSAULT and (not has_actors or _is_claim(one, other)):
        return False
    return any(parties) and not parties[0] & parties[1]


def _is_claim(one: Telling, other: Telling) -> bool:
    """Tell whether one of two tellings is a claim by its actor."""
    return is_claimed(one.event) or is_claimed(other.event)


def without_turncoats(group: Sequence[Telling], drafted: Sequence[Telling]) -> list[Telling]:
    """Return tellings of one event without parties that the reader adds on the wrong side.

    Whom the rules cast as recipient in one telling is no actor in another, and the reverse.
    """
    names = {item.event.id for item in group}
    ruled = [item.event for item in drafted if item.event.id in names]
    cast = {
        role: {name for event in ruled for name in getattr(event, role)}
        for role in ("actors", "recipients")
    }

    def loyal(event: EventMention, role: str, other: str) -> tuple[str, ...]:
        turncoats = cast[other] - cast[role]
        return tuple(name for name in getattr(event, role) if name not in turncoats)

    return [
        replace(
            item,
            event=replace(
                item.event,
                actors=loyal(item.event, "actors", "recipients"),
                recipients=loyal(item.event, "recipients", "actors"),
            ),
        )
        for item in group
    ]


def _sameness(one: Telling, other: Telling, reading: Reading, odds: Odds) -> float:
    """Return how likely two tellings are of one event: what the reader says, weighed anew."""
    pair = (one.event.id, other.event.id)
    score = reading.same.get(pair, reading.same.get(pair[::-1], 0.0))
    if not 0 < score < 1:
        return score
    weight = sum(value for name, value in vars(odds).items() if _SPEAKS[name](one, other))
    return 1 / (1 + math.exp(-math.log(score / (1 - score)) - weight))


def _differ_in_number(one: Telling, other: Telling) -> bool:
    return not agree_in_number(one, other)


def _differ(one: Telling, other: Telling, role: str) -> bool:
    left, right = set(getattr(one.event, role)), set(getattr(other.event, role))
    return bool(left and right) and not left & right


def _differ_in_actors(one: Telling, other: Telling) -> bool:
    return _differ(one, other, "actors") and not _is_claim(one, other)


def _differ_in_places(one: Telling, other: Telling) -> bool:
    return _differ(one, other, "places")


def _differ_in_toll(one: Telling, other: Telling) -> bool:
    left, right = one.event.casualties, other.event.casualties
    return bool(left and right and left.killed and right.killed and left.killed != right.killed)


def _differ_in_span(one: Telling, other: Telling) -> bool:
    left, right = one.event.date, other.event.date
    if left is None or right is None:
        return False
    spans = [(day.latest - day.earliest).days for day in (left, right)]
    return max(spans) - min(spans) > _MONTH


def _share_weapon(one: Telling, other: Telling) -> bool:
    return bool(set(one.event.weapons) & set(other.event.weapons))


_SPEAKS: Mapping[str, Callable[[Telling, Telling], bool]] = {
    "number": _differ_in_number,
    "actors": _differ_in_actors,
    "places": _differ_in_places,
    "toll": _differ_in_toll,
    "span": _differ_in_span,
    "weapon": _share_weapon,
}


def _may_be_one(one: EventMention, other: EventMention) -> bool:
    """Tell whether nothing sure keeps two tellings apart: type, reality, recipient, day."""
    if one.type is not other.type or (one.status in UNREAL) is not (other.status in UNREAL):
        return False
    # Sources may name different targets of an assault; whom one meets is not in doubt.
    has_recipients = bool(one.recipients and other.recipients)
    is_met = bool(set(one.recipients) & set(other.actors + other.recipients))
    if one.type is not EventType.ASSAULT and has_recipients and not is_met:
        return False
    if one.date is None or other.date is None:
        return True
    return one.date.earliest <= other.date.latest and other.date.earliest <= one.date.latest


def relate_groups(
    tellings: Sequence[Telling],
    groups: Sequence[Sequence[Telling]],
    stated: Sequence[EventRelation],
    reading: Reading,
    limits: Limits,
) -> tuple[EventRelation, ...]:
    """Return relations of identity first, then those of rules and reader, each once.

    A relation stays with the tellings that state it, whose sentence is its evidence.
    """
    by_id = {item.event.id: item for item in tellings}
    first_of = {item.event.id: group[0].event.id for group in groups for item in group}
    others: dict[frozenset[str], EventRelation] = {}
    answering: set[str] = set()  # an answer has one thing to answer, that told most clearly
    for relation in (*stated, *_read_relations(by_id, reading, limits)):
        ends = first_of[relation.source], first_of[relation.target]
        is_answer = relation.type in _ANSWERS
        if is_answer and ends[0] in answering:
            continue
        if ends[0] != ends[1]:
            answering |= {ends[0]} if is_answer else set()
            others.setdefault(frozenset(ends), relation)
    return (*identities(groups), *others.values())


def _read_relations(
    by_id: Mapping[str, Telling], reading: Reading, limits: Limits
) -> list[EventRelation]:
    """Return the relations that the reader is sure enough of, the surest first."""
    found = sorted(
        (item for item in reading.relations if item[3] >= limits.related[item[0]]),
        key=lambda item: (-item[3], item[:3]),
    )
    return [
        EventRelation(
            type=relation,
            source=source,
            target=target,
            evidence=_evidence(by_id[source].event, by_id[target].event),
        )
        for relation, source, target, _ in found
        if source in by_id
        and target in by_id
        and abs(by_id[source].sentence - by_id[target].sentence) <= _RELATED_REACH
    ]


def _evidence(one: EventMention, other: EventMention) -> CharSpan:
    """Return the words from one trigger to the other, or the later one's sentence if far apart."""
    first, second = sorted((one, other), key=lambda item: item.trigger)
    if first.sentence == second.sentence:
        return CharSpan(start=first.trigger.start, end=second.trigger.end)
    return second.sentence
