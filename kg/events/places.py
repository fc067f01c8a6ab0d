"""Find where an event takes place: the places that its words, or those around them, are tied to.

``find_places`` reads them off the parse. ``tie_of`` tells how any place named in the sentence is
tied to an event, for those who know other signs that it belongs there.
"""

from collections.abc import Sequence
from enum import StrEnum

from spacy.tokens import Token

from kg.events.triggers import KindOf
from kg.syntax import Arc, Role, Syntax
from kg.terms import EntityKind, EventType

_LOCATIVES = frozenset(
    "in at near on inside outside across around over along within throughout close to off "
    "from towards toward into opposite".split()
)
# "north of Kidal", "close to the border"
_AFTER_ADVERB = frozenset({"of", "to"})
_PLACES = frozenset({EntityKind.PLACE, EntityKind.FACILITY, EntityKind.STATE})
# "at the White House" tells where, "from the White House" who.
_SEATED_AT = frozenset({"at", "inside", "outside", "near"})
_AREAS = frozenset({EntityKind.PLACE, EntityKind.STATE})
_OWNER_ROLES = (Role.POSSESSOR, Role.COMPOUND, Role.ADJECTIVE)
# A place that this is done to is where it is done; one blames a town from afar.
_ON_THE_SPOT = frozenset(
    {
        EventType.AID,
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.MOBILIZE,
        EventType.PROTEST,
        EventType.RETREAT,
    }
)
# "the Geneva talks", "the Salisbury attack".
_NAMED_BY_PLACE = frozenset({EventType.ASSAULT, EventType.CONSULT, EventType.PROTEST})
_NOMINAL = frozenset(
    {
        Role.OBJECT,
        Role.INDIRECT_OBJECT,
        Role.AGENT,
        Role.OBLIQUE,
        Role.MODIFIER,
        Role.POSSESSOR,
        Role.COMPOUND,
        Role.ADJECTIVE,
        Role.NAME_PART,
        Role.APPOSITION,
        Role.ADVERB,
        Role.NUMBER,
        Role.DETERMINER,
    }
)
# "left the country during a speech in Ohio"
_ASIDE = frozenset({"after", "amid", "before", "despite", "during", "since", "without"})
_CLAUSAL = frozenset({Role.RELATIVE_CLAUSE, Role.ADNOMINAL_CLAUSE, Role.ADVERBIAL_CLAUSE})
_LIST_WORDS = frozenset({"as", "and", "or", "also", "all", "above", "like", "but"})
# How many sentences back "there" may point.
_THERE_REACH = 2


class Tie(StrEnum):
    """How a place is tied to an event in its sentence.

    Attributes:
        TOLD: The clause of the event begins with "where" and hangs on it.
        OWN: It stands under a locative preposition in the phrase of the event.
        LOOSE: It stands elsewhere in the sentence.
        OTHER: It stands in the phrase of another event.
    """

    TOLD = "told"
    OWN = "own"
    LOOSE = "loose"
    OTHER = "other"


def tie_of(trigger: Token, place: Token, syntax: Syntax, *, others: frozenset[int]) -> Tie:
    """Tell how a place is tied to an event in its sentence.

    Args:
        place: Head of the noun phrase that names the place.
        others: Indices of the words that name events.
    """
    for arc in syntax.governors(trigger):
        where = _where(arc, syntax)
        if where is not None and place in {arc.head, _word_before(where)}:
            return Tie.TOLD
    below = _path_down(trigger, place, syntax)
    if any(arc.token.i in others and arc.token != trigger for arc in below):
        return Tie.OTHER
    if (
        below
        and below[0].head == trigger
        and all(arc.role in _NOMINAL and arc.word not in _ASIDE for arc in below)
        and below[-1].role in {Role.OBLIQUE, Role.MODIFIER}
        and below[-1].word in _LOCATIVES
    ):
        return Tie.OWN
    return Tie.LOOSE


def _where(arc: Arc, syntax: Syntax) -> Token | None:
    """Return the "where" that a clause begins with, else None."""
    if arc.role not in _CLAUSAL:
        return None
    words = [item for item in syntax.subtree(arc.token) if not item.is_punct]
    return words[0] if words[0].lower_ == "where" and words[0].i < arc.token.i else None


def _word_before(word: Token) -> Token:
    """Return the last word before ``word`` in its sentence, past punctuation."""
    index = word.i - 1
    while index > word.sent.start and word.doc[index].is_punct:
        index -= 1
    return word.doc[max(index, 0)]


def _path_down(trigger: Token, place: Token, syntax: Syntax) -> list[Arc]:
    """Return the arcs that lead to ``place`` from ``trigger``, or from what both hang on."""
    above = {trigger.i, *(arc.head.i for arc in syntax.governors(trigger))}
    path: list[Arc] = []
    if place.i in above:
        return path
    for arc in syntax.governors(place):
        path.append(arc)
        if arc.head.i in above:
            break
    return path[::-1]


def places_around(place: Token, syntax: Syntax) -> list[Token]:
    """Return what a place is said to lie in: "the town of [Djenne] in [Mali]", "[Mali]'s north".

    Not all of it need be a place.
    """
    below = [place, *syntax.dependents(place, Role.COMPOUND)]
    found = [
        arc.token
        for word in below
        for arc in syntax.arcs(word, Role.MODIFIER, Role.APPOSITION, Role.POSSESSOR)
        if arc.word in _LOCATIVES | {"of", ""}
    ]
    # Parsers take "Kidal, Mali" for a list.
    listed = syntax.dependents(place, Role.CONJUNCT)
    if len(listed) == 1 and place.doc[place.i : listed[0].i].text.endswith(","):
        found += listed
    return found


def find_places(
    trigger: Token,
    syntax: Syntax,
    kind_of: KindOf,
    *,
    event_type: EventType | None,
    recipients: Sequence[Token] = (),
    verbs: Sequence[Token] = (),
    others: frozenset[int] = frozenset(),
    is_journey: bool = False,
) -> list[Token]:
    """Return the heads of the noun phrases that name where an event takes place.

    Args:
        recipients: Whom or what it is done to.
        verbs: Those that lend their arguments to an event noun.
        others: Indices of the words that name events; what hangs on them is theirs.
        is_journey: Whether it is a visit, which takes place where it leads.
    """
    return _PlaceFinder(syntax, kind_of, others).places(
        trigger, event_type, recipients=recipients, verbs=verbs, is_journey=is_journey
    )


class _PlaceFinder:
    def __init__(self, syntax: Syntax, kind_of: KindOf, others: frozenset[int]) -> None:
        self._syntax = syntax
        self._kind_of = kind_of
        self._others = others

    def places(
        self,
        trigger: Token,
        event_type: EventType | None,
        *,
        recipients: Sequence[Token],
        verbs: Sequence[Token],
        is_journey: bool,
    ) -> list[Token]:
        heads = self._heads(trigger, recipients, verbs)
        found: list[Token] = []
        for head in heads:
            for arc in self._syntax.arcs(head, Role.OBLIQUE, Role.MODIFIER):
                if arc.word in _LOCATIVES:
                    found += self._located(arc.token, arc.word)
            for adverb in self._syntax.dependents(head, Role.ADVERB):
                for arc in self._syntax.arcs(adverb, Role.OBLIQUE, Role.MODIFIER):
                    if arc.word in _AFTER_ADVERB:
                        found += self._located(arc.token, arc.word)
            if head in recipients:
                found += [
                    item
                    for item in self._syntax.dependents(head, *_OWNER_ROLES, Role.APPOSITION)
                    if self._kind_of(item) is EntityKind.PLACE
                ]
        if event_type in _NAMED_BY_PLACE:
            found += self._named_after(trigger)
        found += self._where(trigger)
        found += self._pointed_at(heads)
        found += self._set_before(trigger)
        found = [item for item in found if item not in recipients]
        there = _PLACES if is_journey else {EntityKind.PLACE} if event_type in _ON_THE_SPOT else ()
        return found + [item for item in recipients if self._kind_of(item) in there]

    def _heads(
        self, trigger: Token, recipients: Sequence[Token], verbs: Sequence[Token]
    ) -> list[Token]:
        """Return the words whose phrases tell where: the event, its verbs, what it is done to."""
        heads = [*recipients, *verbs]
        arc = self._syntax.governor(self._syntax.first_conjunct(trigger))
        if arc is not None and trigger.pos_ != "VERB" and arc.head.pos_ in {"VERB", "AUX"}:
            heads.append(arc.head)
        if trigger.pos_ == "VERB":
            heads += self._syntax.dependents(trigger, Role.OBJECT, Role.PASSIVE_SUBJECT)
        return list(dict.fromkeys([trigger, *heads]))

    def _located(self, token: Token, word: str) -> list[Token]:
        """Return the places under a locative preposition, and those they lie in."""
        found = []
        for item in self._syntax.conjuncts(token):
            kind = self._kind_of(item)
            if kind in _PLACES or (kind is EntityKind.GOVERNMENT and word in _SEATED_AT):
                found.append(item)
            found += [
                outer
                for outer in places_around(item, self._syntax)
                # "on its obligations" tells of no place
                if self._kind_of(outer) in _PLACES and (kind in _PLACES or outer.pos_ != "PRON")
            ]
        return found

    def _named_after(self, trigger: Token) -> list[Token]:
        """Return the town that an event is called after: "the [Geneva] talks"."""
        if trigger.pos_ == "VERB":
            return []
        level = self._syntax.dependents(trigger, Role.COMPOUND)
        level += [item for noun in level for item in self._syntax.dependents(noun, Role.COMPOUND)]
        return [item for item in level if self._kind_of(item) is EntityKind.PLACE]

    def _where(self, trigger: Token) -> list[Token]:
        """Return the place that a clause is about: "in Kenya, where five men were killed"."""
        for arc in self._syntax.governors(trigger):
            where = _where(arc, self._syntax)
            if where is not None and where.i < trigger.i:
                candidates = [_word_before(where), arc.head]
                return [item for item in candidates if self._kind_of(item) in _PLACES][:1]
            if arc.head.i in self._others:
                break
        return []

    def _pointed_at(self, heads: Sequence[Token]) -> list[Token]:
        """Return the place last told when an event is said to happen "there"."""
        for head in heads:
            for item in self._syntax.dependents(head, Role.ADVERB):
                if item.lower_ == "there":
                    return self._last_told(item)
        return []

    def _last_told(self, word: Token) -> list[Token]:
        sentences_left = _THERE_REACH
        for index in range(word.i - 1, -1, -1):
            token = word.doc[index]
            if token.is_sent_end:
                sentences_left -= 1
            if sentences_left < 0:
                break
            arc = self._syntax.governor(self._syntax.first_conjunct(token))
            if (
                arc is not None
                and arc.word in _LOCATIVES
                and arc.role in {Role.OBLIQUE, Role.MODIFIER}
                and self._kind_of(token) in _PLACES
            ):
                return [token]
        return []

    def _set_before(self, trigger: Token) -> list[Token]:
        """Return the places that a sentence begins with: "In Mali, as in Chad, men are killed".

        They hold for the first predicate, or for an event noun before it.
        """
        found: list[Token] = []
        if trigger.doc[trigger.sent.start].lower_ not in _LOCATIVES:
            return found
        words = [item for item in trigger.sent if not item.is_space]
        end = 0
        for position, token in enumerate(words):
            if self._kind_of(token) in _AREAS and token.pos_ == "PROPN":
                found.append(token)
            elif token.text == ",":
                end = position
            elif not self._is_in_list(token):
                break
        between = [item for item in words[end + 1 :] if item.i < trigger.i]
        if not end or any(item.pos_ == "VERB" for item in between) or trigger.i < words[end].i:
            return []
        return [item for item in found if item.i < words[end].i]

    def _is_in_list(self, token: Token) -> bool:
        return (
            token.lower_ in _LOCATIVES | _LIST_WORDS
            or token.pos_ in {"ADP", "DET", "CCONJ"}
            or self._kind_of(token) in _AREAS
        )
