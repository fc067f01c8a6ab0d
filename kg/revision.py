"""Let the learned reader look through a draft: confirm, add, cast anew, relate.

The rules know grammar and the reader knows words; each sees what the other says before it
decides. The reader was trained with the proposals of the rules as part of its input, so its
probabilities weigh both, and here they are only compared with limits, which were chosen on the
part of the annotated corpus that is held out of training.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from spacy.tokens import Token

from kg.bystanders import bystanders, grounds, is_contrasted, owners
from kg.draft import Draft, Remark, Scene, plain_telling, renumbered, sentence_span
from kg.events.lexicon import rules_with_negation
from kg.events.places import find_places
from kg.events.relations import aim_retaliation, apart_by_statement, stated_relations
from kg.events.sameness import share_days, take_over
from kg.events.tellings import UNREAL, Telling
from kg.events.triggers import describes_other
from kg.filling import apart_by_count
from kg.grouping import group_tellings, keep_planned, relate_groups, without_turncoats
from kg.limits import Limit, Limits, load_limits
from kg.nlp.cue_slots import is_definite
from kg.nlp.cues import judge
from kg.placing import place_tellings
from kg.pointing import apart_by_pointing
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
from kg.syntax import Syntax
from kg.terms import EntityKind, EventType, Polarity, Status

_ADDED = "reader."
# A reader that looks at pieces of words may take the particle of a verb for the whole of it.
_NAMING = frozenset({"ADJ", "NOUN", "PROPN", "VERB"})
# Who goes to a place or leaves it does nothing to it.
_MOVING = frozenset({EventType.CONSULT, EventType.MOBILIZE, EventType.RETREAT})
# Of these both sides are doers, so that likelihood does not tell which side a party is on.
_TWO_SIDED = frozenset({EventType.AGREE, EventType.CONSULT, EventType.COOPERATE})
_OPENING = frozenset({"cue.if", "cue.in_case", "cue.nearly", "cue.whether"})
_THINGS = frozenset({EntityKind.WEAPON, EntityKind.AGREEMENT})
_NEVER = {
    "actors": _THINGS | {EntityKind.FACILITY},
    "recipients": frozenset({EntityKind.WEAPON}),
    "attribution": _THINGS,
}


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
    words = reader.vectors(scene.syntax.doc)
    types = reader.word_types(words, [_proposal(item.event) for item in draft.tellings])
    found = find_words(words, types, text, least=least)
    tellings = _with_added(draft.tellings, found, scene)
    task = reading_task(scene, tellings, draft.relations)
    return Opinion(tellings=tuple(tellings), reading=reader.judge(words, types, task))


def settle(draft: Draft, opinion: Opinion, limits: Limits) -> Draft:
    """Return the draft with what is decided on the reader's opinion."""
    tellings, reading = opinion.tellings, opinion.reading
    reading = _without_things(reading, draft.scene)
    reading = _without_doers_of_others(reading, tellings, draft.scene)
    reading = _without_bystanders(reading, tellings, draft.scene)
    reading = _without_distant(reading, tellings, draft.scene, limits)
    judged = [_judged(item, reading, limits, draft.scene.syntax) for item in tellings]
    remarks = tuple(
        Remark(span=item.event.trigger, text=text)
        for item, revised in zip(tellings, judged, strict=True)
        for text in _changes(item.event, revised, reading)
    )
    syntax = draft.scene.syntax
    kept = [item for item in judged if item is not None]
    kept = keep_planned(kept, syntax, reading, limits)
    kept = place_tellings(kept, reading, draft.scene, limits.places)
    apart = apart_by_statement(kept, syntax) | apart_by_pointing(kept)
    apart |= apart_by_count(kept, syntax, draft.scene.times)
    groups = group_tellings(kept, draft.relations, reading, limits, apart=apart)
    groups = [without_turncoats(group, draft.tellings) for group in groups]
    kept = share_days(take_over(groups, syntax), groups)
    stated = stated_relations(kept, syntax, groups)
    relations = relate_groups(kept, groups, stated, reading, limits)
    kept = aim_retaliation(kept, relations)
    kept = [_guessed(item, reading, limits) for item in kept]
    return renumbered(
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


def _without_doers_of_others(
    reading: Reading, tellings: Sequence[Telling], scene: Scene
) -> Reading:
    """Return the opinion without actors whom the sentence names as those of another event alone.

    After "a lull in attacks by armed groups, during which talks were held" nobody is named who
    talked.
    """
    done = _nouns_done(tellings, scene)
    roles = dict(reading.roles)
    for telling in tellings:
        sentence = telling.token.sent.start
        others = {
            name
            for name in roles[telling.event.id]["actors"]
            if name not in telling.event.actors
            and (nouns := done.get((sentence, name)))
            and not nouns & {None, telling.token.i}
        }
        if others:
            of_event = roles[telling.event.id]
            actors = {
                name: score for name, score in of_event["actors"].items() if name not in others
            }
            roles[telling.event.id] = {**of_event, "actors": actors}
    return replace(reading, roles=roles)


def _without_bystanders(reading: Reading, tellings: Sequence[Telling], scene: Scene) -> Reading:
    """Return the opinion without those whom it gives a part in an event that they stand beside.

    In "Iran said that he died in a raid" and "people fled the shelling" nobody is named who did it,
    in "strikes in Syria" none who was hit.
    """
    places: dict[tuple[int, str], set[int]] = {}
    contrasted: set[int] = set()
    for mention, entity in scene.cast.participants():
        if is_contrasted(scene.syntax.doc[mention.head], scene.syntax):
            contrasted.add(mention.head)
        if entity is not None:
            sentence = scene.syntax.doc[mention.head].sent.start
            places.setdefault((sentence, entity), set()).add(mention.head)
    roles = dict(reading.roles)
    for telling in tellings:
        sentence, event = telling.token.sent.start, telling.event
        aside = {
            "actors": contrasted | {token.i for token in bystanders(telling.token, scene.syntax)},
            "recipients": contrasted,
        }
        if event.type is EventType.ASSAULT:
            aside["recipients"] = contrasted | {
                token.i for token in grounds(telling.token, scene.syntax)
            }
            aside["actors"] |= {token.i for token in owners(telling.token, scene.syntax)}
        for role, heads in aside.items():
            scores = roles[event.id][role]
            taking_part = {
                name: score
                for name, score in scores.items()
                if name in getattr(event, role)
                or not (found := places.get((sentence, name)))
                or not found <= heads
            }
            if len(taking_part) < len(scores):
                roles[event.id] = {**roles[event.id], role: taking_part}
    return replace(reading, roles=roles)


def _without_distant(
    reading: Reading, tellings: Sequence[Telling], scene: Scene, limits: Limits
) -> Reading:
    """Return the opinion without those whom it gives a part from afar, unless it is sure enough."""
    named: dict[int, set[str]] = {}
    for mention, entity in scene.cast.participants():
        if entity is not None:
            named.setdefault(scene.sentences[mention.head], set()).add(entity)
    roles = dict(reading.roles)
    for telling in tellings:
        event, here = telling.event, named.get(telling.sentence, set())
        of_event = dict(roles[event.id])
        for role, limit in (("actors", limits.actors), ("recipients", limits.recipients)):
            of_event[role] = {
                name: score
                for name, score in of_event[role].items()
                if score >= limit.far or name in here or name in getattr(event, role)
            }
        roles[event.id] = of_event
    return replace(reading, roles=roles)


def _nouns_done(
    tellings: Sequence[Telling], scene: Scene
) -> dict[tuple[int, str], set[int | None]]:
    """Return for each entity of a sentence the noun of the event that it does, mention by mention.

    Nouns and sentences are given by their tokens; a mention that is not told to do what a noun
    names ("attacks by armed groups") has None.
    """
    nouns = {item.token.i for item in tellings if item.token.pos_ in {"NOUN", "PROPN"}}
    found: dict[tuple[int, str], set[int | None]] = {}
    for mention, entity in scene.cast.participants():
        if entity is not None:
            head = scene.syntax.doc[mention.head]
            arc = scene.syntax.governor(head)
            is_doer = arc is not None and arc.word == "by" and arc.head.i in nouns
            done = arc.head.i if arc is not None and is_doer else None
            found.setdefault((head.sent.start, entity), set()).add(done)
    return found


def reading_task(
    scene: Scene, tellings: Sequence[Telling], relations: Sequence[EventRelation]
) -> ReadingTask:
    """Return what the reader is shown of a draft."""
    return ReadingTask(
        text=scene.article.text,
        sentences=_sentences(scene),
        syntax=scene.syntax,
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
        if span.root.pos_ not in _NAMING or span.root.i in scene.barred:
            continue
        if span.start and scene.syntax.doc[span.start - 1].text == "-" and span.root.dep_ == "amod":
            continue  # "Russian-backed" only describes
        taken.add(span.root.i)
        added.append((item, span))
    added = [
        (item, span) for item, span in added if not describes_other(span.root, taken, scene.syntax)
    ]
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
    return sorted([*tellings, *(_placed(item, scene) for item in new)], key=_position)


def _placed(telling: Telling, scene: Scene) -> Telling:
    """Return an added telling with the places that the parse gives it."""
    event, cast = telling.event, scene.cast
    found = find_places(telling.token, scene.syntax, cast.kind_of, event_type=event.type)
    return replace(telling, event=replace(event, places=cast.ids_of(found)))


def _position(telling: Telling) -> int:
    return telling.token.i


def _judged(telling: Telling, reading: Reading, limits: Limits, syntax: Syntax) -> Telling | None:
    """Return a telling with what the reader says of it, or None if it names no event."""
    event = telling.event
    types = reading.types[event.id]
    best = max(EventType, key=lambda item: types[item])
    if event.rule.startswith(_ADDED):
        if types[best] < limits.doubtful.get(best, limits.event.add):
            return None
    elif 1 - types[None] < limits.event.keep and event.rule not in limits.spared:
        return None
    event = _cast_anew(event, reading.roles[event.id], limits)
    is_bare = not (event.actors or event.recipients)
    if is_bare and event.rule.startswith(_ADDED) and types[best] < limits.bare:
        return None
    is_open = event.status in UNREAL and _is_open(telling.token, syntax)
    return replace(telling, event=_with_status(event, reading, limits, is_open=is_open))


def _is_open(token: Token, syntax: Syntax) -> bool:
    """Tell whether an event that did not happen cannot have happened after all.

    It is spoken of for the first time ("foiled an attack"), or left open ("whether they attacked").
    """
    if token.pos_ == "NOUN" and not is_definite(syntax, token):
        return True
    return any(cue in _OPENING for cue, _ in judge(syntax, token).deciding)


def _changes(event: EventMention, revised: Telling | None, reading: Reading) -> Iterator[str]:
    """Yield what the reader changed about an event, with its probabilities."""
    types, statuses = reading.types[event.id], reading.statuses[event.id]
    if revised is None:
        yield f"reader: no event ({types[None]:.2f}), {event.type} dropped"
        return
    now = revised.event
    if event.rule.startswith(_ADDED):
        yield f"reader: {now.type} ({types[now.type]:.2f}), which no rule finds"
    if now.status is not event.status:
        yield f"reader: {now.status} ({statuses[now.status]:.2f}) in place of {event.status}"


def _cast_anew(
    event: EventMention, scores: Mapping[str, Mapping[str, float]], limits: Limits
) -> EventMention:
    """Return an event with the participants that the reader is sure enough of.

    Who is both actor and recipient is what is likelier, or what a rule says of a meeting.
    """
    done, undergone = _acting(event, scores), scores["recipients"]
    met = event.recipients if event.type in _TWO_SIDED else ()
    actors = _chosen(done, event.actors, limits.actors)
    located = {} if event.type in _MOVING else scores["places"]
    recipients = _chosen(undergone, event.recipients, limits.recipients, also=located)
    return replace(
        event,
        actors=tuple(
            name
            for name in actors
            if name not in recipients
            or (done.get(name, 0.0) >= undergone.get(name, 0.0) and name not in met)
        ),
        recipients=tuple(
            name
            for name in recipients
            if name not in actors or undergone.get(name, 0.0) > done.get(name, 0.0) or name in met
        ),
        attribution=_chosen(scores["attribution"], event.attribution, limits.attribution),
    )


def _acting(event: EventMention, scores: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Return who may act; what is the place of an event does not: "rockets fired from Lebanon"."""
    return {name: score for name, score in scores["actors"].items() if name not in event.places}


def _chosen(
    scores: Mapping[str, float],
    ruled: Sequence[str],
    limit: Limit,
    *,
    also: Mapping[str, float] = MappingProxyType({}),
) -> tuple[str, ...]:
    """Return those in a role: first whom the rules put there, if the reader lets them.

    Whom the reader did not judge, because they stand too far away, keeps the role.

    Args:
        also: Probabilities of another role that is as good for keeping this one: what befalls a
            place happens there.
    """
    best = max(scores, key=lambda name: scores[name], default=None)
    can_fill = best is not None and limit.fill is not None and scores[best] >= limit.fill
    least = limit.gives_way if can_fill and best not in ruled else 0.0
    kept = [
        name
        for name in ruled
        if max(scores.get(name, 1.0), also.get(name, 0.0)) >= limit.keep
        and scores.get(name, 1.0) >= least
    ]
    enough = max(limit.add, limit.beside) if kept else limit.add
    added = [name for name, score in scores.items() if score >= enough and name not in kept]
    if not kept and not added and can_fill and best is not None:
        added = [best]
    return (*kept, *added)


def _guessed(telling: Telling, reading: Reading, limits: Limits) -> Telling:
    """Return a telling with the likeliest in a role that nothing else has filled.

    A guess comes last: it has no say in which tellings are of one event. Of words that the reader
    alone takes for an event, or another type of event, nothing more is guessed.
    """
    event, scores = telling.event, reading.roles[telling.event.id]
    if event.rule.startswith(_ADDED) or limits.event.guess is None:
        return telling
    if 1 - reading.types[event.id][None] < limits.event.guess:
        return telling
    if not event.actors:
        actors = _guess(_acting(event, scores), limits.actors, taken=event.recipients)
        event = replace(event, actors=actors)
    if not event.recipients:
        recipients = _guess(scores["recipients"], limits.recipients, taken=event.actors)
        event = replace(event, recipients=recipients)
    return replace(telling, event=event)


def _guess(scores: Mapping[str, float], limit: Limit, *, taken: Sequence[str]) -> tuple[str, ...]:
    """Return the likeliest if it is likely enough and not in the other role."""
    best = max(scores, key=lambda name: scores[name], default=None)
    if best is None or limit.guess is None or best in taken or scores[best] < limit.guess:
        return ()
    return (best,)


def _with_status(
    event: EventMention, reading: Reading, limits: Limits, *, is_open: bool
) -> EventMention:
    """Return an event with the status that the reader is sure of.

    Args:
        is_open: It is not to be believed that it happened after all.
    """
    scores = reading.statuses[event.id]
    best = max(Status, key=lambda item: scores[item])
    if best is event.status or scores[best] < limits.status:
        return event
    if is_open and best in {Status.ACTUAL, Status.HISTORICAL}:
        return event
    is_negated = best is Status.NEGATED
    if is_negated and event.rule in rules_with_negation():
        return event
    polarity = Polarity.NEGATIVE if is_negated else Polarity.POSITIVE
    return replace(event, status=best, polarity=polarity)
