"""Let the learned reader look through a draft: confirm, retype, add, cast anew, relate.

The rules know grammar and the reader knows words; each sees what the other says before it
decides. The reader was trained with the proposals of the rules as part of its input, so its
probabilities weigh both, and here they are only compared with limits, which were chosen on the
part of the annotated corpus that is held out of training.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from kg.draft import Draft, Remark, Scene, plain_telling, sentence_span
from kg.errors import ResourceError
from kg.events.confidence import rule_precision
from kg.events.relations import aim_retaliation
from kg.events.sameness import share_days, take_over
from kg.events.tellings import UNREAL, Telling
from kg.reading import (
    ROLES,
    FoundWords,
    ParticipantView,
    ProposalView,
    Reader,
    Reading,
    ReadingTask,
    find_words,
)
from kg.records import CharSpan, EventMention, EventRelation
from kg.resources import data_path, read_toml
from kg.terms import EntityKind, EventType, Polarity, RelationType, Status

_ADDED = "reader."
_ANSWERS = frozenset({RelationType.RETALIATION_FOR, RelationType.RESPONSE_TO})
# How much surer the reader must be that two tellings are of one event if their parties differ.
_CLASH = 0.25
_THINGS = frozenset({EntityKind.WEAPON, EntityKind.AGREEMENT})
_NEVER = {
    "actors": _THINGS | {EntityKind.FACILITY},
    "recipients": frozenset({EntityKind.WEAPON}),
    "attribution": _THINGS,
}


@dataclass(frozen=True, kw_only=True)
class Limit:
    """The least probabilities at which the reader is followed in one respect.

    Attributes:
        keep: To keep what a rule says.
        add: To add what no rule says.
        fill: To put the likeliest into a role that would be empty; None for no less than ``add``.
    """

    keep: float
    add: float
    fill: float | None = None


@dataclass(frozen=True, kw_only=True)
class Limits:
    """When the reader is followed, by what it judges.

    Attributes:
        event: That words name an event of any type, to keep it; of the type, to add it.
        retype: The least probability of another type, to exchange the type that a rule gives.
        status: That of another status than the one that the cues tell.
        same: That two tellings are of one event.
        related: That of another relation between two events.
    """

    event: Limit
    retype: float
    status: float
    actors: Limit
    recipients: Limit
    places: Limit
    attribution: Limit
    same: Limit
    related: float


@cache
def load_limits() -> Limits:
    """Return the limits of ``kg/data/lexicon/reader_limits.toml``.

    Raises:
        ResourceError: A limit is missing or unknown.
    """
    path = data_path("lexicon", "reader_limits.toml")
    values: dict[str, Any] = {
        name: Limit(**value) if isinstance(value, dict) else value
        for name, value in read_toml(path).items()
    }
    try:
        return Limits(**values)
    except TypeError as error:
        raise ResourceError(f"{path}: {error}. Mend the file.") from error


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What the reader thinks of a draft, before anything is decided.

    Attributes:
        tellings: Those of the draft and those that the reader would add, in text order.
    """

    tellings: tuple[Telling, ...]
    reading: Reading


def revise(draft: Draft, reader: Reader, limits: Limits | None = None) -> Draft:
    """Return the draft as the reader would have it.

    Args:
        limits: Those shipped when None.
    """
    limits = limits or load_limits()
    return settle(draft, look_through(draft, reader, least=limits.event.add), limits)


def look_through(draft: Draft, reader: Reader, *, least: float) -> Opinion:
    """Return what the reader thinks of a draft.

    Args:
        least: Least probability of a type at which words that no rule proposes are considered.
    """
    scene = draft.scene
    text = scene.article.text
    words = reader.vectors(text, _sentences(scene))
    types = reader.word_types(words, [_proposal(item.event) for item in draft.tellings])
    found = find_words(words, types, text, least=least)
    tellings = _with_added(draft.tellings, found, scene)
    task = reading_task(scene, tellings, draft.relations)
    return Opinion(tellings=tuple(tellings), reading=reader.judge(words, types, task))


def settle(draft: Draft, opinion: Opinion, limits: Limits) -> Draft:
    """Return the draft with what is decided on the reader's opinion."""
    tellings, reading = opinion.tellings, opinion.reading
    reading = _without_things(reading, draft.scene)
    judged = [_judged(item, reading, limits) for item in tellings]
    remarks = tuple(
        Remark(span=item.event.trigger, text=text)
        for item, revised in zip(tellings, judged, strict=True)
        for text in _changes(item.event, revised, reading)
    )
    kept = [item for item in judged if item is not None]
    groups = _groups(kept, draft.relations, reading, limits)
    groups = [_without_turncoats(group, draft.tellings) for group in groups]
    kept = share_days(take_over(groups, draft.scene.syntax), groups)
    relations = _relations(kept, groups, draft.relations, reading, limits)
    kept = aim_retaliation(kept, relations)
    return _renumbered(
        Draft(scene=draft.scene, tellings=tuple(kept), relations=relations, remarks=remarks)
    )


def _without_things(reading: Reading, scene: Scene) -> Reading:
    """Return the opinion without things in the roles of people, such as a weapon that attacks."""
    kinds = {
        name: scene.cast.kind(name)
        for of_event in reading.roles.values()
        for scores in of_event.values()
        for name in scores
    }
    return replace(
        reading,
        roles={
            event: {
                role: {
                    name: score
                    for name, score in scores.items()
                    if kinds[name] not in _NEVER.get(role, frozenset())
                }
                for role, scores in of_event.items()
            }
            for event, of_event in reading.roles.items()
        },
    )


def reading_task(
    scene: Scene, tellings: Sequence[Telling], relations: Sequence[EventRelation]
) -> ReadingTask:
    """Return what the reader is shown of a draft."""
    return ReadingTask(
        text=scene.article.text,
        sentences=_sentences(scene),
        proposals=tuple(_proposal(item.event) for item in tellings),
        participants=tuple(
            ParticipantView(
                span=mention.span, level=mention.level, kind=mention.link.kind, entity=entity
            )
            for mention, entity in scene.cast.participants()
        ),
        relations=frozenset((item.type, item.source, item.target) for item in relations),
    )


def _sentences(scene: Scene) -> tuple[CharSpan, ...]:
    """Return the sentences without the white space at their ends."""
    return tuple(
        sentence_span(sent[0])
        for sent in scene.syntax.doc.sents
        if not all(token.is_space for token in sent)
    )


def _proposal(event: EventMention) -> ProposalView:
    if event.rule.startswith(_ADDED):
        return ProposalView(id=event.id, span=event.trigger)
    return ProposalView(
        id=event.id,
        span=event.trigger,
        type=event.type,
        status=event.status,
        roles={role: getattr(event, role) for role in ROLES},
    )


def _with_added(
    tellings: Sequence[Telling], found: Sequence[FoundWords], scene: Scene
) -> list[Telling]:
    """Return the tellings with those of words that no rule proposes, in text order."""
    taken = {item.token.i for item in tellings}
    added = []
    for item in found:
        if any(
            other.event.trigger.start < item.span.end and item.span.start < other.event.trigger.end
            for other in tellings
        ):
            continue
        span = scene.syntax.doc.char_span(item.span.start, item.span.end, alignment_mode="expand")
        if span is None or span.root.i in taken or span.root.i in scene.skip:
            continue
        taken.add(span.root.i)
        added.append((item, span))
    names = frozenset(taken)
    new = [
        plain_telling(
            scene,
            span.root,
            span=CharSpan(start=span.start_char, end=span.end_char),
            event_id=f"A{number}",
            event_type=item.type,
            rule=f"{_ADDED}{item.type.lower()}",
            taken=names,
        )
        for number, (item, span) in enumerate(added, start=1)
    ]
    return sorted([*tellings, *new], key=lambda item: item.token.i)


def _judged(telling: Telling, reading: Reading, limits: Limits) -> Telling | None:
    """Return a telling with what the reader says of it, or None if it names no event."""
    event = telling.event
    types = reading.types[event.id]
    best = max(EventType, key=lambda item: types[item])
    if event.rule.startswith(_ADDED):
        if types[best] < limits.event.add:
            return None
    elif 1 - types[None] < limits.event.keep:
        return None
    if best is not event.type and types[best] >= limits.retype:
        rule = f"{_ADDED}{best.lower()}"
        event = replace(event, type=best, mode=None, rule=rule, confidence=rule_precision(rule))
    event = _cast_anew(event, reading.roles[event.id], limits)
    return replace(telling, event=_with_status(event, reading, limits))


def _changes(event: EventMention, revised: Telling | None, reading: Reading) -> Iterator[str]:
    """Yield what the reader changed about an event, with its probabilities."""
    types, statuses = reading.types[event.id], reading.statuses[event.id]
    if revised is None:
        yield f"reader: no event ({types[None]:.2f}), {event.type} dropped"
        return
    now = revised.event
    if event.rule.startswith(_ADDED):
        yield f"reader: {now.type} ({types[now.type]:.2f}), which no rule finds"
    elif now.type is not event.type:
        yield f"reader: {now.type} ({types[now.type]:.2f}) in place of {event.type}"
    if now.status is not event.status:
        yield f"reader: {now.status} ({statuses[now.status]:.2f}) in place of {event.status}"


def _cast_anew(
    event: EventMention, scores: Mapping[str, Mapping[str, float]], limits: Limits
) -> EventMention:
    """Return an event with the participants that the reader is sure enough of.

    Who is both actor and recipient is what is likelier.
    """
    done, undergone = scores["actors"], scores["recipients"]
    actors = _chosen(done, event.actors, limits.actors)
    recipients = _chosen(undergone, event.recipients, limits.recipients)
    return replace(
        event,
        actors=tuple(
            name
            for name in actors
            if name not in recipients or done.get(name, 0.0) >= undergone.get(name, 0.0)
        ),
        recipients=tuple(
            name
            for name in recipients
            if name not in actors or undergone.get(name, 0.0) > done.get(name, 0.0)
        ),
        places=_chosen(scores["places"], event.places, limits.places),
        attribution=_chosen(scores["attribution"], event.attribution, limits.attribution),
    )


def _chosen(scores: Mapping[str, float], ruled: Sequence[str], limit: Limit) -> tuple[str, ...]:
    """Return those in a role: first whom the rules put there, if the reader lets them.

    Whom the reader did not judge, because they stand too far away, keeps the role.
    """
    kept = [name for name in ruled if scores.get(name, 1.0) >= limit.keep]
    added = [name for name, score in scores.items() if score >= limit.add and name not in kept]
    if not kept and not added and limit.fill is not None and scores:
        best = max(scores, key=lambda name: scores[name])
        added = [best] if scores[best] >= limit.fill else []
    return (*kept, *added)


def _with_status(event: EventMention, reading: Reading, limits: Limits) -> EventMention:
    scores = reading.statuses[event.id]
    best = max(Status, key=lambda item: scores[item])
    if best is event.status or scores[best] < limits.status:
        return event
    is_negated = best is Status.NEGATED
    polarity = Polarity.NEGATIVE if is_negated else Polarity.POSITIVE
    return replace(event, status=best, polarity=polarity)


def _groups(
    tellings: Sequence[Telling],
    drafted: Sequence[EventRelation],
    reading: Reading,
    limits: Limits,
) -> list[list[Telling]]:
    """Return the tellings grouped by the event they tell, in text order.

    A telling joins the group in which a rule puts it, if the reader lets it; else that which it
    fits best on the whole, so that a chain of likenesses does not tie what has nothing in common.
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
            if not all(_may_be_one(item.event, other.event) for other in group):
                continue
            scores = {other.event.id: _same(item.event, other.event, reading) for other in group}
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


def _clash(one: Telling, other: Telling) -> bool:
    """Tell whether two tellings have no party in common, although they name some.

    Of an assault that is told again, the parties are often left out.
    """
    left, right = one.event, other.event
    parties = set(left.actors + left.recipients), set(right.actors + right.recipients)
    if left.type is EventType.ASSAULT and not (left.actors and right.actors):
        return False
    return any(parties) and not parties[0] & parties[1]


def _without_turncoats(group: Sequence[Telling], drafted: Sequence[Telling]) -> list[Telling]:
    """Return tellings of one event without parties that the reader adds on the wrong side.

    Whom the rules cast as recipient in one telling is no actor in another, and the reverse.
    """
    names = {item.event.id for item in group}
    ruled = {item.event.id: item.event for item in drafted if item.event.id in names}
    cast = {
        role: {name for event in ruled.values() for name in getattr(event, role)}
        for role in ("actors", "recipients")
    }

    def loyal(event: EventMention, role: str, other: str) -> tuple[str, ...]:
        own = getattr(ruled.get(event.id), role, ())
        kept = cast[role] | set(own)
        return tuple(
            name for name in getattr(event, role) if name in kept or name not in cast[other]
        )

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


def _same(one: EventMention, other: EventMention, reading: Reading) -> float:
    pair = (one.id, other.id)
    return reading.same.get(pair, reading.same.get(pair[::-1], 0.0))


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


def _relations(
    tellings: Sequence[Telling],
    groups: Sequence[Sequence[Telling]],
    drafted: Sequence[EventRelation],
    reading: Reading,
    limits: Limits,
) -> tuple[EventRelation, ...]:
    """Return relations of identity first, then those of rules and reader, each once.

    A relation stays with the tellings that state it, whose sentence is its evidence.
    """
    by_id = {item.event.id: item for item in tellings}
    first_of = {item.event.id: group[0].event.id for group in groups for item in group}
    same = [
        EventRelation(
            type=RelationType.SAME_AS,
            source=item.event.id,
            target=group[0].event.id,
            evidence=item.event.trigger,
        )
        for group in groups
        for item in group[1:]
    ]
    others: dict[frozenset[str], EventRelation] = {}
    answering: set[str] = set()  # an answer has one thing to answer, that told most clearly
    for relation in (*drafted, *_read_relations(by_id, reading, limits)):
        if relation.type is RelationType.SAME_AS:
            continue
        if relation.source not in by_id or relation.target not in by_id:
            continue
        ends = first_of[relation.source], first_of[relation.target]
        is_answer = relation.type in _ANSWERS
        if is_answer and ends[0] in answering:
            continue
        if ends[0] != ends[1]:
            answering |= {ends[0]} if is_answer else set()
            others.setdefault(frozenset(ends), relation)
    return (*same, *others.values())


def _read_relations(
    by_id: Mapping[str, Telling], reading: Reading, limits: Limits
) -> list[EventRelation]:
    """Return the relations that the reader is sure enough of, the surest first."""
    found = sorted(
        (item for item in reading.relations if item[3] >= limits.related),
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
        if source in by_id and target in by_id
    ]


def _evidence(one: EventMention, other: EventMention) -> CharSpan:
    """Return the words from one trigger to the other, or the later one's sentence if far apart."""
    first, second = sorted((one, other), key=lambda item: item.trigger)
    if first.sentence == second.sentence:
        return CharSpan(start=first.trigger.start, end=second.trigger.end)
    return second.sentence


def _renumbered(draft: Draft) -> Draft:
    """Return the draft with event ids in the order of the triggers."""
    ids = {item.event.id: f"V{number}" for number, item in enumerate(draft.tellings, start=1)}
    return replace(
        draft,
        tellings=tuple(
            replace(item, event=replace(item.event, id=ids[item.event.id]))
            for item in draft.tellings
        ),
        relations=tuple(
            replace(item, source=ids[item.source], target=ids[item.target])
            for item in draft.relations
        ),
    )
