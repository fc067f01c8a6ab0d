"""Relate the events of one article: the same event told again, retaliation, cause, part.

In come the tellings in text order, with their participants resolved; out go relations with the
words that state them. Cues are data; what is only implied by the order of events is not related.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from kg.errors import ResourceError
from kg.events.sameness import same_events
from kg.events.tellings import UNREAL, Telling
from kg.records import CharSpan, EventMention, EventRelation
from kg.resources import data_path, read_tsv
from kg.syntax import Role, Syntax
from kg.terms import EventType, RelationType

_CLAUSE_EVENTS = (
    Role.OBJECT,
    Role.SUBJECT,
    Role.PASSIVE_SUBJECT,
    Role.OPEN_COMPLEMENT,
    Role.CONJUNCT,
)
_INSIDE = (Role.MODIFIER, Role.OBJECT, Role.OBLIQUE, Role.OPEN_COMPLEMENT, Role.COMPLEMENT)
_COLUMNS = ("id", "construction", "lemma", "word", "type", "example", "absent")
_CONSTRUCTIONS = ("noun", "verb", "modifier", "preposition", "clause")
_HOSTILE = frozenset(
    {
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.MOBILIZE,
        EventType.SANCTION,
        EventType.THREATEN,
    }
)
_FORCE = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE})


@dataclass(frozen=True, kw_only=True, slots=True)
class RelationCue:
    """A word that states a relation between two events.

    Attributes:
        construction: ``noun``: "in LEMMA WORD event" hangs on the first event; ``verb``: the
            lemma links its subject to its object or to what stands under WORD; ``modifier``:
            the word describes the first event and the second is told elsewhere;
            ``preposition``: LEMMA links the event under it; ``clause``: LEMMA introduces the
            clause of the second event.
        is_reversed: Whether the relation runs from the second event to the first.
    """

    id: str
    construction: str
    lemma: str
    word: str
    type: RelationType
    is_reversed: bool
    example: str
    absent: str


@cache
def load_relation_cues() -> tuple[RelationCue, ...]:
    """Read the cues, in file order; a type that begins with ``^`` runs from second to first.

    Raises:
        ResourceError: A construction or a relation type is unknown.
    """
    path = data_path("lexicon", "relation_cues.tsv")
    cues = []
    for number, row in read_tsv(path, _COLUMNS):
        if row["construction"] not in _CONSTRUCTIONS:
            raise ResourceError(
                f"{path}:{number}: construction '{row['construction']}' is not one of "
                f"{', '.join(_CONSTRUCTIONS)}."
            )
        try:
            relation = RelationType(row["type"].removeprefix("^"))
        except ValueError as error:
            raise ResourceError(
                f"{path}:{number}: relation type '{row['type']}' is not one of "
                f"{', '.join(RelationType)}."
            ) from error
        cues.append(
            RelationCue(
                id=row["id"],
                construction=row["construction"],
                lemma=row["lemma"],
                word=row["word"],
                type=relation,
                is_reversed=row["type"].startswith("^"),
                example=row["example"],
                absent=row["absent"],
            )
        )
    return tuple(cues)


def apart_by_statement(tellings: Sequence[Telling], syntax: Syntax) -> frozenset[frozenset[str]]:
    """Return the pairs of events that the text relates, and which are therefore not the same."""
    return frozenset(
        frozenset((relation.source, relation.target))
        for relation in _stated(tellings, syntax, by_modifier=False)
    )


def relate_events(tellings: Sequence[Telling], syntax: Syntax) -> tuple[EventRelation, ...]:
    """Return the relations between events, those of identity first, each once."""
    clusters = same_events(tellings, syntax, apart=apart_by_statement(tellings, syntax))
    first_of = {item.event.id: cluster[0].event.id for cluster in clusters for item in cluster}
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
    return (*identities(clusters), *stated.values())


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
    """Aim an answer that names no target at whoever made the attack it answers."""
    by_id = {item.event.id: item for item in tellings}
    for relation in relations:
        source, target = by_id[relation.source], by_id[relation.target]
        if relation.type is not RelationType.RETALIATION_FOR or source.event.recipients:
            continue
        aimed = tuple(name for name in target.event.actors if name not in source.event.actors)
        by_id[relation.source] = replace(source, event=replace(source.event, recipients=aimed))
    return [by_id[item.event.id] for item in tellings]


def _stated(
    tellings: Sequence[Telling], syntax: Syntax, *, by_modifier: bool
) -> Iterator[EventRelation]:
    by_token = {item.token.i: item for item in tellings}
    cues: dict[str, list[RelationCue]] = {}
    for cue in load_relation_cues():
        if (cue.construction == "modifier") is by_modifier:
            cues.setdefault(cue.lemma, []).append(cue)
    for token in syntax.doc:
        for cue in (*cues.get(token.lemma_.lower(), ()), *cues.get(token.lower_, ())):
            for source, target in _linked(cue, token, syntax, by_token, tellings):
                if cue.is_reversed:
                    source, target = target, source
                yield EventRelation(
                    type=_fitting_type(cue.type, source, target),
                    source=source.event.id,
                    target=target.event.id,
                    evidence=_evidence(token, source, target),
                )


def _fitting_type(relation: RelationType, source: Telling, target: Telling) -> RelationType:
    """Call an answer retaliation only when both events are hostile, and only then."""
    if relation not in {RelationType.RETALIATION_FOR, RelationType.RESPONSE_TO}:
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


def _linked(
    cue: RelationCue,
    token: Token,
    syntax: Syntax,
    by_token: dict[int, Telling],
    tellings: Sequence[Telling],
) -> Iterator[tuple[Telling, Telling]]:
    if cue.construction == "modifier":
        yield from _linked_by_modifier(token, syntax, by_token, tellings)
    elif cue.construction == "noun":
        yield from _linked_by_noun(cue, token, syntax, by_token)
    elif cue.construction == "verb":
        yield from _linked_by_verb(cue, token, syntax, by_token)
    elif cue.construction == "preposition":
        yield from _linked_by_preposition(cue, token, syntax, by_token)
    elif cue.construction == "clause":
        yield from _linked_by_clause(token, syntax, by_token)


def _linked_by_noun(
    cue: RelationCue, token: Token, syntax: Syntax, by_token: dict[int, Telling]
) -> Iterator[tuple[Telling, Telling]]:
    """Link as in "struck in response to the attack", "the strikes were in retaliation for it"."""
    targets = [
        by_token[item.i]
        for arc in syntax.arcs(token, Role.MODIFIER, Role.OBLIQUE)
        if arc.word == cue.word
        for item in _events_below(arc.token, syntax, by_token)
    ]
    if not targets:  # the parser may hang "for the raid" higher up
        targets = [
            by_token[item.i]
            for above in syntax.governors(token)
            for arc in syntax.arcs(above.head, Role.OBLIQUE, Role.MODIFIER)
            if arc.word == cue.word and arc.token.i > token.i
            for item in _events_below(arc.token, syntax, by_token)
        ][:1]
    # "a strong response to the raid": the noun may itself name the answer.
    own = by_token.get(token.i)
    sources = [own] if own is not None else _events_above(token, syntax, by_token)
    yield from ((source, target) for source in sources for target in targets if source != target)


def _linked_by_verb(
    cue: RelationCue, token: Token, syntax: Syntax, by_token: dict[int, Telling]
) -> Iterator[tuple[Telling, Telling]]:
    subjects: list[Token] = []
    objects: list[Token] = []
    for item in syntax.participants(token):
        if item.role is Role.SUBJECT:
            subjects += _events_below(item.token, syntax, by_token)
        elif (item.role is Role.OBJECT and not cue.word) or (cue.word and item.word == cue.word):
            objects += _events_below(item.token, syntax, by_token)
    if token.i in by_token:  # "avenged the raid": the verb itself names the answer
        subjects = [token]
    governor = syntax.governor(token)
    if not subjects and governor is not None and governor.role is Role.ADVERBIAL_CLAUSE:
        subjects = [item.token for item in _events_above(token, syntax, by_token)]
    for subject in subjects:
        for undergone in objects:
            if subject != undergone:
                yield by_token[subject.i], by_token[undergone.i]


def _linked_by_preposition(
    cue: RelationCue, token: Token, syntax: Syntax, by_token: dict[int, Telling]
) -> Iterator[tuple[Telling, Telling]]:
    arc = syntax.governor(token)
    if arc is None or arc.role not in {Role.CASE, Role.MARK}:
        return
    noun = arc.head
    link = syntax.governor(noun)
    if link is None or link.word != (cue.word or cue.lemma):
        return
    for below in _events_below(noun, syntax, by_token):
        for above in _events_above(noun, syntax, by_token):
            if above.token != below:
                yield above, by_token[below.i]


def _linked_by_clause(
    token: Token, syntax: Syntax, by_token: dict[int, Telling]
) -> Iterator[tuple[Telling, Telling]]:
    """Link the main clause to its condition: "will sign only if Iran complies"."""
    arc = syntax.governor(token)
    if arc is None or arc.role is not Role.MARK:
        return
    clause = arc.head
    link = syntax.governor(clause)
    if link is None or link.role is not Role.ADVERBIAL_CLAUSE:
        return
    for below in _events_of(clause, syntax, by_token):
        for above in _events_of(link.head, syntax, by_token):
            if above.token != below.token:
                yield above, below


def _linked_by_modifier(
    token: Token, syntax: Syntax, by_token: dict[int, Telling], tellings: Sequence[Telling]
) -> Iterator[tuple[Telling, Telling]]:
    """Link "retaliatory strikes" to the attack that they answer, told elsewhere."""
    sources = [by_token[token.i]] if token.i in by_token else []
    arc = syntax.governor(token)
    if arc is not None and arc.head.i in by_token:
        sources.append(by_token[arc.head.i])
    for head in [arc.head] if arc is not None and not sources else []:
        sources += _events_above(head, syntax, by_token)[:1]
    for source in sources:
        answered = _answered(source, tellings)
        if answered is not None:
            yield source, answered


def _answered(source: Telling, tellings: Sequence[Telling]) -> Telling | None:
    """Return the hostile act that ``source`` answers: done to its actors, or by its recipients."""
    actors, recipients = set(source.event.actors), set(source.event.recipients)
    best: tuple[int, int] | None = None
    found = None
    for item in tellings:
        other = item.event
        if other.type not in _FORCE or other.status in UNREAL or item is source:
            continue
        if set(other.actors) & actors or _is_later(other, source.event):
            continue
        hits = bool(actors & set(other.recipients)), bool(recipients & set(other.actors))
        if not any(hits):
            continue
        rank = (sum(hits), -abs(item.sentence - source.sentence))
        if best is None or rank > best:
            best, found = rank, item
    return found


def _is_later(event: EventMention, other: EventMention) -> bool:
    """Tell whether the dates say that ``event`` came after ``other``."""
    return bool(event.date and other.date and event.date.earliest > other.date.latest)


def _events_of(predicate: Token, syntax: Syntax, by_token: dict[int, Telling]) -> list[Telling]:
    """Return the event that a clause is about: its predicate, or what the predicate takes."""
    roles = (Role.OPEN_COMPLEMENT, Role.OBJECT, Role.OBLIQUE)
    for token in [predicate, *syntax.dependents(predicate, *roles)]:
        if token.i in by_token:
            return [by_token[token.i]]
    return []


def _events_below(token: Token, syntax: Syntax, by_token: dict[int, Telling]) -> list[Token]:
    """Return the events that a phrase names: its coordinated heads, or the first just below.

    "a series of raids" names raids; what a clause inside the phrase tells is another matter.
    """
    level = syntax.conjuncts(token)
    for _ in range(3):
        found = [item for item in level if item.i in by_token]
        if found:
            return found
        level = [
            conjunct
            for item in level
            for below in syntax.dependents(item, *_INSIDE)
            for conjunct in syntax.conjuncts(below)
        ]
    return []


def _events_above(token: Token, syntax: Syntax, by_token: dict[int, Telling]) -> list[Telling]:
    """Return the event that a modifier belongs to: above it, or its clause's subject."""
    for arc in syntax.governors(token):
        if arc.head.i in by_token:
            return [by_token[arc.head.i]]
        if arc.head.pos_ in {"VERB", "AUX"} or syntax.is_clause(arc.head):
            inside = [
                item
                for role in _CLAUSE_EVENTS
                for found in syntax.dependents(arc.head, role)
                for candidate in syntax.conjuncts(found)
                for item in [candidate]
                if item.i in by_token and item != token
            ]
            if inside:
                return [by_token[item.i] for item in inside[:1]]
    if syntax.is_clause(token):
        subjects = syntax.dependents(token, Role.SUBJECT, Role.PASSIVE_SUBJECT)
        return [by_token[item.i] for item in subjects if item.i in by_token]
    return []
