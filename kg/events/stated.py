"""Find the pairs of events that the words of a text relate: "shelled in response to the raid".

Cues are rows of a table. Where the parse does not tell which events a cue ties together, those
that stand nearest to it in its sentence do, for writers keep cause and effect side by side.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from spacy.tokens import Token

from kg.events.relation_cues import RelationCue, load_relation_cues
from kg.events.sameness import is_definite
from kg.events.tellings import UNREAL, Telling
from kg.records import EventMention
from kg.syntax import Role, Syntax
from kg.terms import EventType, RelationType, Status

_CLAUSE_EVENTS = (
    Role.OBJECT,
    Role.SUBJECT,
    Role.PASSIVE_SUBJECT,
    Role.OPEN_COMPLEMENT,
    Role.CONJUNCT,
)
_PAUSES = frozenset({",", ":", "-", "–", "—"})
_INSIDE = (Role.MODIFIER, Role.OBJECT, Role.OBLIQUE, Role.OPEN_COMPLEMENT, Role.COMPLEMENT)
_JOINT = frozenset({EventType.AGREE, EventType.CONSULT, EventType.COOPERATE})
_FORCE = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE})
# How many words after a cue the event may stand that it introduces.
_REACH = 15
_OBJECT_REACH = 6
# How many words before a cue the event may stand that depends on it.
_LEFT_REACH = 60
_CONCESSIVE = frozenset({"even", "especially", "particularly"})
# Words before what an answer consists in, and how far after the verb they may stand.
_MEANS = frozenset({"by", "with"})
_MEANS_REACH = 5


class _Stage:
    """The tellings of an article by where they stand."""

    def __init__(self, tellings: Sequence[Telling], syntax: Syntax) -> None:
        self.tellings = tellings
        self.syntax = syntax
        self.by_token = {item.token.i: item for item in tellings}
        self._places = sorted(self.by_token)

    def before(self, token: Token) -> list[Telling]:
        """Return the tellings to the left of a token in its sentence, the nearest first."""
        start = max(token.sent.start, token.i - _LEFT_REACH)
        return self._told(range(token.i - 1, start - 1, -1))

    def after(self, token: Token, *, reach: int = _REACH) -> list[Telling]:
        """Return the tellings shortly to the right of a token in its sentence, nearest first."""
        return self._told(range(token.i + 1, min(token.sent.end, token.i + 1 + reach)))

    def just_before(self, token: Token, sentence: int) -> Iterator[Telling]:
        """Yield the tellings before a token, nearest first, back to the sentence before its own.

        Args:
            sentence: Number of the sentence of the token.
        """
        for index in range(bisect_left(self._places, token.i) - 1, -1, -1):
            item = self.by_token[self._places[index]]
            if sentence - item.sentence > 1:
                return
            yield item

    def _told(self, places: range) -> list[Telling]:
        """Return the tellings at some places, up to a semicolon."""
        found = []
        forms = self.syntax.forms
        for place in places:
            if forms[place][1] == ";":
                break
            if place in self.by_token:
                found.append(self.by_token[place])
        return found


Pair = tuple[Telling, Telling]


def cued_pairs(
    tellings: Sequence[Telling], syntax: Syntax
) -> Iterator[tuple[RelationCue, Token, Telling, Telling]]:
    """Yield each cue of a text with its word and the source and target of the relation."""
    stage = _Stage(tellings, syntax)
    by_lemma = _cues_by_lemma()
    places = {index for name in by_lemma for index in syntax.places_of(name)}
    for index in sorted(places | stage.by_token.keys()):
        names = list(syntax.forms[index])
        if index in stage.by_token:
            names.append(stage.by_token[index].event.type)
        for name in dict.fromkeys(names):
            for cue in by_lemma.get(name, ()):
                token = syntax.doc[index]
                for first, second in dict.fromkeys(_LINKS[cue.construction](cue, token, stage)):
                    if cue.allows(first, second):
                        ends = (second, first) if cue.is_reversed else (first, second)
                        yield cue, token, *ends


@cache
def _cues_by_lemma() -> Mapping[str, Sequence[RelationCue]]:
    by_lemma: dict[str, list[RelationCue]] = {}
    for cue in load_relation_cues():
        by_lemma.setdefault(cue.lemma, []).append(cue)
    return by_lemma


def _is_followed(token: Token, word: str) -> bool:
    """Tell whether a word stands right after a token; no word does always."""
    following = token.doc[token.i + 1 : token.i + 2]
    return not word or following.text.lower() == word


def _link_noun(cue: RelationCue, token: Token, stage: _Stage) -> Iterator[Pair]:
    """Link as in "struck in response to the attack", "the strikes were in retaliation for it"."""
    syntax, by_token = stage.syntax, stage.by_token
    targets = [
        by_token[item.i]
        for arc in syntax.arcs(token, Role.MODIFIER, Role.OBLIQUE)
        if arc.word == cue.word
        for item in _events_below(arc.token, stage)
    ]
    if not targets and _is_followed(token, cue.word):
        targets = stage.after(token)[:1]
    if not targets:  # the parser may hang "for the raid" higher up
        targets = [
            by_token[item.i]
            for above in syntax.governors(token)
            for arc in syntax.arcs(above.head, Role.OBLIQUE, Role.MODIFIER)
            if arc.word == cue.word and arc.token.i > token.i
            for item in _events_below(arc.token, stage)
        ][:1]
    for target in targets:
        for source in _sources_of_noun(cue, token, target, stage):
            yield source, target


def _sources_of_noun(
    cue: RelationCue, token: Token, target: Telling, stage: _Stage
) -> list[Telling]:
    """Return what is "in response" or "a response" to a target, or is itself called a response."""
    first = token
    while first.i > token.sent.start and first.nbor(-1).pos_ in {"DET", "ADJ"}:
        first = first.nbor(-1)
    before = first.nbor(-1).lower_ if first.i > token.sent.start else ""
    if before == "as" and cue.type is RelationType.RETALIATION_FOR:
        # "described the raid as revenge for": not the describing
        return [item for item in stage.before(token) if item.token.pos_ == "NOUN"][:1]
    if before in {"in", "as"}:
        if first.i - token.sent.start <= 1:
            return [item for item in stage.after(target.token) if item is not target][:1]
        return _events_above(token, stage) or stage.before(token)[:1]
    if token.i in stage.by_token:  # "a strong response to the raid"
        return [stage.by_token[token.i]]
    is_predicate = stage.syntax.is_clause(token) or before in _PAUSES
    return _events_above(token, stage) if is_predicate else []


def _link_verb(cue: RelationCue, token: Token, stage: _Stage) -> Iterator[Pair]:
    """Link as in "the raid prompted protests", "avenged the raid"."""
    syntax, by_token = stage.syntax, stage.by_token
    subjects: list[Telling] = []
    objects: list[Telling] = []
    for item in syntax.participants(token):
        found = [by_token[below.i] for below in _events_below(item.token, stage)]
        if item.role is Role.SUBJECT:
            subjects += found
        elif (item.role is Role.OBJECT and not cue.word) or (cue.word and item.word == cue.word):
            objects += found
    if token.i in by_token and not subjects:  # "avenged the raid": it names the answer itself
        subjects = [by_token[token.i]]
    governor = syntax.governor(token)
    if not subjects and governor is not None and governor.role is Role.ADVERBIAL_CLAUSE:
        subjects = _events_above(token, stage)
    if not subjects and token.pos_ == "VERB":
        subjects = stage.before(token)[:1]
    objects = objects or _moved_to(cue, token, stage)
    is_verb = token.pos_ == "VERB" or token.i in by_token  # a tagger may take it for a name
    if not objects and is_verb and _is_followed(token, cue.word):
        objects = stage.after(token, reach=_OBJECT_REACH)[:1]
    yield from ((subject, undergone) for subject in subjects for undergone in objects)


def _moved_to(cue: RelationCue, verb: Token, stage: _Stage) -> list[Telling]:
    """Return what somebody was moved to do: "led Riyadh to withdraw"."""
    if cue.word not in {"", "to"}:
        return []
    below = stage.syntax.dependents(verb, Role.OPEN_COMPLEMENT, Role.ADVERBIAL_CLAUSE)
    return [
        stage.by_token[item.i]
        for item in below
        if item.i in stage.by_token and item.i > verb.i and "to" in stage.syntax.marks(item)
    ]


def _link_preposition(cue: RelationCue, token: Token, stage: _Stage) -> Iterator[Pair]:
    """Link as in "suspended aid because of the attack"."""
    arc = stage.syntax.governor(token)
    if arc is None or arc.role not in {Role.CASE, Role.MARK}:
        return
    noun = arc.head
    link = stage.syntax.governor(noun)
    if link is None or link.word != (cue.word or cue.lemma):
        return
    for below in _events_below(noun, stage):
        for above in _events_above(noun, stage) or stage.before(token)[:1]:
            yield above, stage.by_token[below.i]


def _link_clause(cue: RelationCue, token: Token, stage: _Stage) -> Iterator[Pair]:
    """Link the main clause to its condition or cause: "will sign only if Iran complies"."""
    if not _is_followed(token, cue.word) or _describes_noun(token):
        return
    syntax = stage.syntax
    mark = syntax.governor(token)
    clause = mark.head if mark is not None and mark.role is Role.MARK else None
    link = syntax.governor(clause) if clause is not None else None
    if link is not None and link.role is Role.COMPLEMENT:  # "asked if they would leave"
        return
    if clause is not None and clause.i > token.i:
        inside = _events_of(clause, stage)
        if cue.lemma == "if" and not inside:  # "if a deal is reached"; "once the war has ended" not
            reached = syntax.dependents(clause, Role.PASSIVE_SUBJECT)
            inside = [stage.by_token[item.i] for item in reached if item.i in stage.by_token]
    else:
        inside = stage.after(token, reach=_OBJECT_REACH)
    if not inside:
        return
    if link is not None and link.head.i > token.i:  # "if they leave, we shall stay"
        above = _events_of(link.head, stage)
    else:
        above = [item for item in stage.before(token) if cue.allows(item, inside[0])]
        if token.tag_ == "WRB":  # "the siege of 1985, when": such a clause may describe a noun
            above = [item for item in above if item.token.pos_ == "VERB"]
    is_only = token.i > token.sent.start and token.nbor(-1).lower_ == "only"
    is_joint = inside[0].event.type in _JOINT
    for first in above[:1]:
        actors = first.event.actors
        if is_only or is_joint or not actors or actors != inside[0].event.actors:
            yield from ((first, second) for second in _coordinated(inside[0], stage))


def _describes_noun(token: Token) -> bool:
    """Tell whether a word is no plain conjunction: "even if", "on Friday, when", "because of"."""
    before = token.nbor(-1).lower_ if token.i > token.sent.start else ""
    return (
        before in _CONCESSIVE
        or (token.tag_ == "WRB" and before == ",")
        or (token.i + 1 < token.sent.end and token.nbor(1).lower_ == "of")
    )


def _link_degree(cue: RelationCue, token: Token, stage: _Stage) -> Iterator[Pair]:
    """Link as in "fighting was so heavy that aid was halted"."""
    near = token.doc[token.i + 2 : min(token.sent.end, token.i + _OBJECT_REACH)]
    clause = next((item for item in near if item.lower_ == cue.word), None)
    if clause is not None:
        for second in stage.after(clause)[:1]:
            yield from ((first, second) for first in stage.before(token)[:1])


def _link_joined(_: RelationCue, token: Token, stage: _Stage) -> Iterator[Pair]:
    """Link what one party does in one go: "his visit to Oslo and his meeting with the king"."""
    for second in stage.after(token, reach=_OBJECT_REACH)[:1]:
        for first in stage.before(token)[:1]:
            are_nouns = {first.token.pos_, second.token.pos_} == {"NOUN"}
            if are_nouns and set(first.event.actors) & set(second.event.actors):
                yield first, second


def _link_part(cue: RelationCue, token: Token, stage: _Stage) -> Iterator[Pair]:
    """Link "one such strike", "one of the raids" to the events told before, of which it is one."""
    if not _is_followed(token, cue.word):
        return
    part = next(iter(stage.after(token, reach=_OBJECT_REACH)), None)
    if part is None:
        return
    whole = [
        item
        for item in stage.just_before(token, part.sentence)
        if item.token.tag_ == "NNS" and item.event.type is part.event.type
    ]
    for item in whole:
        if item.sentence == whole[0].sentence:
            yield part, item


def _link_modifier(cue: RelationCue, token: Token, stage: _Stage) -> Iterator[Pair]:
    """Link "retaliatory strikes" to the attack that they answer, told elsewhere."""
    if not _is_followed(token, cue.word):
        return
    by_token = stage.by_token
    sources = [by_token[token.i]] if token.i in by_token else []
    arc = stage.syntax.governor(token)
    if arc is not None and arc.head.i in by_token:
        sources.append(by_token[arc.head.i])
    for head in [arc.head] if arc is not None and not sources else []:
        sources += _events_above(head, stage)[:1]
    for source in sources:
        answered = _answered(source, stage.tellings)
        if answered is not None:
            yield source, answered


def _link_reply(cue: RelationCue, token: Token, stage: _Stage) -> Iterator[Pair]:
    """Link "hit back with raids", "responded by closing the border" to what was told before."""
    if cue.word in _MEANS:
        near = token.doc[token.i + 1 : token.i + 1 + _MEANS_REACH]
        means = next((item for item in near if item.lower_ == cue.word), None)
        sources = [] if means is None else stage.after(means)[:1]
    elif _is_followed(token, cue.word):
        own = [stage.by_token[token.i]] if token.i in stage.by_token else []
        types = cue.types[0]
        sources = [item for item in (*own, *stage.after(token)) if item.event.type in types][:1]
    else:
        return
    subjects = stage.syntax.dependents(token, Role.PASSIVE_SUBJECT)
    stated = next((stage.by_token[item.i] for item in subjects if item.i in stage.by_token), None)
    for source in sources:  # "the raid was answered with shelling" says itself what is answered
        target = stated or _told_before(source, stage, token)
        target = target or _answered(source, stage.tellings)
        if target is not None and target is not source:
            yield source, target


def _link_adverb(cue: RelationCue, token: Token, stage: _Stage) -> Iterator[Pair]:
    """Link "closed the border in response" to the event told just before."""
    if token.i == token.sent.start or token.nbor(-1).lower_ != cue.word:
        return
    if token.i + 1 < token.sent.end and token.nbor(1).lower_ in {"to", "for"}:
        return
    is_first = token.i - token.sent.start < 4 and not stage.before(token)
    source = next(iter(stage.after(token) if is_first else stage.before(token)), None)
    if source is None:
        return
    target = _told_before(source, stage, source.token)
    if target is not None and (is_first or target.sentence == source.sentence):
        yield source, target


def _link_object(cue: RelationCue, token: Token, stage: _Stage) -> Iterator[Pair]:
    """Link as in "turned down the offer": an event is what another is done to."""
    source = stage.by_token.get(token.i)
    if source is None or source.event.type != cue.lemma:
        return
    for item in stage.after(token, reach=_OBJECT_REACH)[:1]:
        if item.event.type == cue.word and is_definite(item.token, stage.syntax):
            yield source, item


_LINKS: Mapping[str, Callable[[RelationCue, Token, _Stage], Iterator[Pair]]] = {
    "noun": _link_noun,
    "verb": _link_verb,
    "modifier": _link_modifier,
    "reply": _link_reply,
    "adverb": _link_adverb,
    "preposition": _link_preposition,
    "clause": _link_clause,
    "object": _link_object,
    "part": _link_part,
    "degree": _link_degree,
    "joined": _link_joined,
}


def _coordinated(item: Telling, stage: _Stage) -> list[Telling]:
    """Return a telling with those coordinated below it: "if they leave and disarm"."""
    found = stage.syntax.conjuncts(item.token)
    return [stage.by_token[token.i] for token in found if token.i in stage.by_token]


def _told_before(source: Telling, stage: _Stage, token: Token) -> Telling | None:
    """Return what others did just before a word: in its sentence, or last in the one before."""
    found = [
        item
        for item in stage.just_before(token, source.sentence)
        if item.event.status is Status.ACTUAL
        and not set(item.event.actors) & set(source.event.actors)
        and not _is_aside(item.token, stage.syntax)
    ]
    nearest = [item for item in found if item.sentence == found[0].sentence]
    if source.event.type in _FORCE:
        nearest = [item for item in nearest if item.event.type in _FORCE] or nearest
    return nearest[0] if nearest else None


def _is_aside(token: Token, syntax: Syntax) -> bool:
    """Tell whether a word stands in a clause that only describes a noun."""
    asides = {Role.RELATIVE_CLAUSE, Role.ADNOMINAL_CLAUSE}
    arc = syntax.governor(token)
    return arc is not None and arc.role in asides


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


def _events_of(predicate: Token, stage: _Stage) -> list[Telling]:
    """Return the event that a clause is about: its predicate, or what the predicate takes."""
    roles = (Role.OPEN_COMPLEMENT, Role.OBJECT, Role.OBLIQUE)
    for token in [predicate, *stage.syntax.dependents(predicate, *roles)]:
        if token.i in stage.by_token:
            return [stage.by_token[token.i]]
    return []


def _events_below(token: Token, stage: _Stage) -> list[Token]:
    """Return the events that a phrase names: its coordinated heads, or the first just below.

    "a series of raids" names raids; what a clause inside the phrase tells is another matter.
    """
    syntax = stage.syntax
    level = syntax.conjuncts(token)
    for _ in range(3):
        found = [item for item in level if item.i in stage.by_token]
        if found:
            return found
        level = [
            conjunct
            for item in level
            for below in syntax.dependents(item, *_INSIDE)
            for conjunct in syntax.conjuncts(below)
        ]
    return []


def _events_above(token: Token, stage: _Stage) -> list[Telling]:
    """Return the event that a modifier belongs to: above it, or its clause's subject."""
    syntax, by_token = stage.syntax, stage.by_token
    for arc in syntax.governors(token):
        if arc.head.i in by_token:
            return [by_token[arc.head.i]]
        if arc.head.pos_ in {"VERB", "AUX"} or syntax.is_clause(arc.head):
            inside = [
                candidate
                for role in _CLAUSE_EVENTS
                for found in syntax.dependents(arc.head, role)
                for candidate in syntax.conjuncts(found)
                if candidate.i in by_token and candidate != token
            ]
            if inside:
                return [by_token[item.i] for item in inside[:1]]
    if syntax.is_clause(token):
        subjects = syntax.dependents(token, Role.SUBJECT, Role.PASSIVE_SUBJECT)
        return [by_token[item.i] for item in subjects if item.i in by_token]
    return []
