"""Relate the events of one article: the same event told again, retaliation, cause, part.

In come the tellings in text order, with their participants resolved; out go relations with the
words that state them. Cues are data; what is only implied by the order of events is not related.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from spacy.tokens import Token

from kg.events.sameness import Apart, same_events
from kg.events.stated import cued_pairs
from kg.events.tellings import Telling
from kg.records import CharSpan, EventRelation
from kg.syntax import Syntax
from kg.terms import EventType, RelationType

_HOSTILE = frozenset(
    {
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.MOBILIZE,
        EventType.SANCTION,
        EventType.THREATEN,
    }
)
_ANSWERS = frozenset({RelationType.RETALIATION_FOR, RelationType.RESPONSE_TO})
# Constructions whose second event is told elsewhere; they count only when nothing says what it is.
_ELSEWHERE = frozenset({"modifier", "adverb", "reply"})


def apart_by_statement(tellings: Sequence[Telling], syntax: Syntax) -> frozenset[frozenset[str]]:
    """Return the pairs of events that the text relates, and which are therefore not the same.

    So are two verbs or nouns that are coordinated: "arrested and deported", "raids and shelling".
    """
    related = {
        frozenset((relation.source, relation.target))
        for relation in _stated(tellings, syntax, by_modifier=False)
    }
    joined: dict[tuple[int, bool], list[str]] = {}
    for item in tellings:
        first = syntax.first_conjunct(item.token)
        joined.setdefault((first.i, item.token.pos_ == "VERB"), []).append(item.event.id)
    for names in joined.values():
        related |= {frozenset(pair) for pair in combinations(names, 2)}
    return frozenset(related)


def relate_events(
    tellings: Sequence[Telling], syntax: Syntax, *, apart: Apart = frozenset()
) -> tuple[EventRelation, ...]:
    """Return the relations between events, those of identity first, each once.

    Args:
        apart: Pairs of event ids that the text tells apart.
    """
    clusters = same_events(tellings, syntax, apart=apart)
    return (*identities(clusters), *stated_relations(tellings, syntax, clusters))


def stated_relations(
    tellings: Sequence[Telling], syntax: Syntax, groups: Sequence[Sequence[Telling]]
) -> list[EventRelation]:
    """Return the relations that the words state, each once, the plainest first.

    Args:
        groups: Tellings by the event they tell; an event is not related to itself.
    """
    first_of = {item.event.id: group[0].event.id for group in groups for item in group}
    stated: dict[tuple[RelationType, str, str], EventRelation] = {}
    answered: set[str] = set()
    for is_inferred in (False, True):  # "retaliatory" counts only when nothing says for what
        for relation in _stated(tellings, syntax, by_modifier=is_inferred):
            source = first_of[relation.source]
            target = first_of[relation.target]
            if source == target or (is_inferred and source in answered):
                continue
            stated.setdefault((relation.type, source, target), relation)
            if not is_inferred:
                answered.add(source)
    return list(stated.values())


def identities(groups: Sequence[Sequence[Telling]]) -> list[EventRelation]:
    """Return the relations that tie each later telling of an event to its first."""
    return [
        EventRelation(
            type=RelationType.SAME_AS,
            source=item.event.id,
            target=group[0].event.id,
            evidence=item.event.trigger,
        )
        for group in groups
        for item in group[1:]
    ]


def aim_retaliation(
    tellings: Sequence[Telling], relations: Sequence[EventRelation]
) -> list[Telling]:
    """Aim an answer that names no target at whoever made the attack it answers.

    Who was attacked is not the target of the answer.
    """
    by_id = {item.event.id: item for item in tellings}
    for relation in relations:
        source, target = by_id[relation.source], by_id[relation.target]
        if relation.type is not RelationType.RETALIATION_FOR:
            continue
        hit = set(target.event.recipients) - set(target.event.actors)
        aimed = tuple(name for name in source.event.recipients if name not in hit) or tuple(
            name for name in target.event.actors if name not in source.event.actors
        )
        by_id[relation.source] = replace(source, event=replace(source.event, recipients=aimed))
    return [by_id[item.event.id] for item in tellings]


def _stated(
    tellings: Sequence[Telling], syntax: Syntax, *, by_modifier: bool
) -> Iterator[EventRelation]:
    for cue, token, source, target in cued_pairs(tellings, syntax):
        if (cue.construction in _ELSEWHERE) is by_modifier and _is_in_order(
            cue.type, source, target
        ):
            yield EventRelation(
                type=_fitting_type(cue.type, source, target),
                source=source.event.id,
                target=target.event.id,
                evidence=_evidence(token, source, target),
            )


def _is_in_order(relation: RelationType, source: Telling, target: Telling) -> bool:
    """Say whether the days allow it: a cause is not later, nor an answer earlier."""
    first, second = source.event.date, target.event.date
    if relation in _ANSWERS:
        first, second = second, first
    elif relation is not RelationType.CAUSED:
        return True
    return first is None or second is None or first.earliest <= second.latest


def _fitting_type(relation: RelationType, source: Telling, target: Telling) -> RelationType:
    """Call an answer retaliation only when both events are hostile, and only then."""
    if relation not in _ANSWERS:
        return relation
    if source.event.type in _HOSTILE and target.event.type in _HOSTILE:
        return RelationType.RETALIATION_FOR
    return RelationType.RESPONSE_TO


def _evidence(cue: Token, source: Telling, target: Telling) -> CharSpan:
    """Return the words from the first to the last of cue and triggers in the cue's sentence."""
    tokens = [cue]
    tokens += [item.token for item in (source, target) if item.token.sent == cue.sent]
    start = min(token.idx for token in tokens)
    end = max(token.idx + len(token) for token in tokens)
    return CharSpan(start=start, end=end)
