"""Count the people that a word of harm speaks of: "killed three soldiers", "the arrest of two men".

Words of harm are those that kill, hurt, arrest or displace; which they are, and where their
victims stand, is in the table ``number_words.tsv``.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Token

from kg.quantities.numbers import (
    Number,
    exactly,
    harm_of,
    is_numeral,
    is_year,
    kind_of,
    number_at,
    parse_number,
    vague_number,
    value_of,
    with_bounds,
)
from kg.resources import data_path, read_tsv
from kg.syntax import Role, Syntax
from kg.terms import QuantityKind

_KINDS: Final = {
    "kill": (QuantityKind.KILLED,),
    "lose": (QuantityKind.KILLED,),
    "hurt": (QuantityKind.INJURED,),
    "harm": (QuantityKind.KILLED, QuantityKind.INJURED),
    "arrest": (QuantityKind.ARRESTED,),
    "hold": (QuantityKind.ARRESTED,),
    "displace": (QuantityKind.DISPLACED,),
    "flee": (QuantityKind.DISPLACED,),
    "evacuate": (QuantityKind.DISPLACED,),
    "force": (QuantityKind.DISPLACED,),
}
_VERBS = frozenset({"hold", "force", "lose"})
"""Harms that the nouns of the same form do not name."""
_ACTOR_COLUMNS = ("lemma", "kind", "plural_kind", "sector", "number", "animate")
_SINGULAR = frozenset({"a", "an", "another", "one"})
_ZERO = frozenset({"no", "zero", "neither"})
_NO_ONE = frozenset({"nobody", "none", "no-one"})
_TOGETHER = frozenset(
    {"along", "along with", "alongside", "together with", "as well as", "besides"}
)
_VAGUE_DEPENDENTS = (Role.NUMBER, Role.ADJECTIVE, Role.COMPOUND, Role.DETERMINER)
_NEAR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many of one group.

    Attributes:
        head: Noun for those counted, or the number itself where no noun stands.
        unit: What is counted: ``person``, or the noun of a body such as ``family``.
    """

    number: Number
    head: Token
    unit: str

    @property
    def words(self) -> str:
        """The words for number and group, from the first to the last of them."""
        start = min(self.number.start, self.head.i)
        return " ".join(self.head.doc[start : max(self.number.end, self.head.i + 1)].text.split())


@cache
def _persons() -> frozenset[str]:
    """Return the nouns whose singular means one person."""
    rows = read_tsv(data_path("lexicon", "actor_nouns.tsv"), _ACTOR_COLUMNS)
    return frozenset(
        row["lemma"] for _, row in rows if (row["animate"], row["number"]) == ("yes", "one")
    )


def kinds_of(syntax: Syntax, word: Token) -> tuple[QuantityKind, ...]:
    """Return which counts a word of harm gives; both dead and hurt are "casualties"."""
    kind = harm_of(word)[0]
    if kind in _VERBS and word.pos_ != "VERB":
        return ()
    if kind in {"arrest", "displace"} and _describes(syntax, word):
        return ()
    if kind == "lose" and not any(kind_of(child.lemma_) == "people" for child in word.children):
        return ()
    if kind == "force" and not _from_home(syntax, word):
        return ()
    return _KINDS.get(kind, ())


def _describes(syntax: Syntax, word: Token) -> bool:
    """Tell whether a word says whom something else befell: "displaced people were killed"."""
    arc = syntax.governor(word)
    is_attribute = arc is not None and arc.role in {Role.ADJECTIVE, Role.COMPOUND}
    return arc is not None and is_attribute and word.i < arc.head.i


def _from_home(syntax: Syntax, verb: Token) -> bool:
    """Tell whether people are driven out: "forced from their homes", "forced to flee"."""
    return any(
        kind_of(item.lemma_) == "home" or harm_of(item)[0] == "flee"
        for arc in syntax.arcs(verb, Role.OBLIQUE, Role.OPEN_COMPLEMENT, Role.ADVERBIAL_CLAUSE)
        for item in (arc.token, *syntax.dependents(arc.token, Role.OBJECT, Role.MODIFIER))
    )


def counts_of(syntax: Syntax, word: Token) -> list[Count]:
    """Return how many a word of harm speaks of, group by group; empty when it does not say."""
    counts = _counts(syntax, word)
    kind = harm_of(word)[0]
    if kind == "hold":
        return [count for count in counts if _is_person(count)]
    if kind in {"flee", "evacuate", "force"}:
        return [count for count in counts if value_of(count.head.lemma_) == "home"]
    if kind == "displace":
        return [count for count in counts if kind_of(count.head.lemma_) != "home"]
    return counts


def is_denied(syntax: Syntax, word: Token) -> bool:
    """Tell whether a word of harm stands with "no": "no casualties"."""
    number = _number_of(syntax, word)
    return number is not None and number.value == 0


def _is_person(count: Count) -> bool:
    head = count.head
    return is_numeral(head) or kind_of(head.lemma_) == "people" or head.lemma_ in _persons()


def stated_total(counts: list[Count]) -> int | None:
    """Return the sum of the people whose number is stated, or None when none is."""
    known = [count.number.value for count in counts if count.number.value is not None]
    return sum(known) if known else None


def _counts(syntax: Syntax, word: Token) -> list[Count]:
    if syntax.is_clause(word) and word.pos_ in {"VERB", "AUX"}:
        return _counts_of_verb(syntax, word)
    if word.pos_ == "ADJ" or word.lower_ in {"dead", "wounded", "injured"}:
        return _best(_counts_beside(syntax, word))
    own = _number_of(syntax, word)
    victims = [
        arc.token
        for arc in syntax.arcs(word, Role.MODIFIER, Role.POSSESSOR)
        if arc.word == "of" or arc.role is Role.POSSESSOR
    ]
    if own is None and victims and harm_of(word)[1] == "of":
        people = [item for item in syntax.conjuncts(victims[0]) if not harm_of(item)[0]]
        return [count for item in people for count in _people(syntax, item, is_named=True)]
    return _counted(own or _vague_of(syntax, word), word)


def _counts_of_verb(syntax: Syntax, verb: Token) -> list[Count]:
    role = Role.SUBJECT if harm_of(verb)[1] == "subject" else Role.OBJECT
    victims = [item.token for item in syntax.participants(verb) if item.role is role]
    victims = [item for item in victims if kind_of(item.lemma_) != "measure"]
    victims = _between(syntax, verb) or victims or _compared(syntax, verb)
    if _is_alternative(verb):
        return []
    if not victims:
        return [] if role is Role.SUBJECT else _counts_behind(syntax, verb)
    people = [
        person
        for item in (victims[0], *(item for item in victims[1:] if _is_added(syntax, item)))
        for person in syntax.conjuncts(item)
        if not syntax.is_clause(person)
    ]
    beside = [verb, *syntax.dependents(verb, Role.OBLIQUE)]
    people += [
        arc.token
        for item in beside
        for arc in syntax.arcs(item, Role.OBLIQUE, Role.MODIFIER)
        if arc.word in _TOGETHER
    ]
    counts = [count for person in people for count in _people(syntax, person, is_named=True)]
    if syntax.is_negated(verb):
        return [_none(count) for count in counts if count.number.value is not None]
    return counts


def _between(syntax: Syntax, verb: Token) -> list[Token]:
    """Return the nouns that a parse takes for a place: "killed between ten and twelve men"."""
    return [
        noun
        for noun in syntax.dependents(verb, Role.OBLIQUE)
        for number in syntax.dependents(noun, Role.NUMBER)[:1]
        if number.i and number.nbor(-1).lower_ == "between"
    ]


def _compared(syntax: Syntax, verb: Token) -> list[Token]:
    """Return the nouns that a parse hangs on a comparison: "no fewer than seven men died"."""
    return [
        arc.token
        for more in syntax.dependents(verb, Role.ADVERB)
        if more.tag_ == "JJR"
        for arc in syntax.arcs(more, Role.OBLIQUE)
        if arc.word == "than" and not is_numeral(arc.token)
    ]


def _is_added(syntax: Syntax, noun: Token) -> bool:
    """Tell whether a noun goes on a list that the parse takes for two: "five men and two women"."""
    first = syntax.subtree(noun)[0]
    return "and" in {first.lower_, first.nbor(-1).lower_ if first.i else ""}


def _none(count: Count) -> Count:
    number = exactly(0, count.number.start, count.number.end)
    return Count(number=number, head=count.head, unit=count.unit)


def _is_alternative(verb: Token) -> bool:
    """Tell whether a count is shared out: "killed or wounded 40 men"."""
    words = verb.doc[max(0, verb.i - 2) : verb.i + 3]
    return any(
        second.lower_ == "or" and harm_of(first)[0] and harm_of(third)[0]
        for first, second, third in zip(words, words[1:], words[2:], strict=False)
    )


def _counts_behind(syntax: Syntax, verb: Token) -> list[Count]:
    """Return the number right behind an active verb whose object the parse hangs elsewhere."""
    if syntax.is_passive(verb):
        return []
    for token in verb.doc[verb.i + 1 : verb.i + 1 + _NEAR]:
        if token.like_num and kind_of(token.head.lemma_) != "measure":
            arc = syntax.governor(token)
            is_beside = arc is not None and arc.role is Role.NUMBER
            return _counted(_number_of(syntax, token), arc.head if arc and is_beside else token)
    return []


def _counted(number: Number | None, head: Token) -> list[Count]:
    if number is None:
        return []
    return [Count(number=number, head=head, unit=_unit(head))]


def _unit(head: Token) -> str:
    """Return what is counted: bodies of people are counted as such, if there are several."""
    is_body = kind_of(head.lemma_) == "group" and head.tag_ in {"NNS", "NNPS"}
    return head.lemma_.lower() if is_body else "person"


def _best(counts: list[list[Count]]) -> list[Count]:
    """Return the first counts that state a number, else the first that bound one."""
    found = [each for each in counts if each]
    known = [each for each in found if stated_total(each) is not None]
    return next(iter(known or found), [])


def _people(syntax: Syntax, noun: Token, *, is_named: bool = False) -> list[Count]:
    """Return how many people a noun phrase names; empty when it does not say.

    Args:
        syntax: Parse of the document.
        noun: Head of the noun phrase.
        is_named: Whether a single named or definite person counts as one.
    """
    number = _number_of(syntax, noun)
    if number is not None:
        return _counted(number, noun)
    if noun.lower_ in _NO_ONE or (noun.lower_ == "one" and noun.i and noun.nbor(-1).lower_ == "no"):
        return _counted(exactly(0, noun.i, noun.i + 1), noun)
    articles = [
        item for item in syntax.dependents(noun, Role.DETERMINER) if item.lower_ in _SINGULAR
    ]
    if noun.tag_ in {"NN", "NNP", "JJ"} and articles and kind_of(noun.lemma_) != "group":
        return _counted(exactly(1, articles[0].i, noun.i + 1), noun)
    if articles and kind_of(noun.lemma_) == "group":  # "a total of 18 men"
        members = [arc.token for arc in syntax.arcs(noun, Role.MODIFIER) if arc.word == "of"]
        return _people(syntax, members[0]) if members else []
    if is_named and (noun.ent_type_ == "PERSON" or _is_one(noun)):
        return _counted(exactly(1, noun.i, noun.i + 1), noun)
    vague = _vague_of(syntax, noun)
    head = noun
    while vague is not None and vague.start <= head.i < vague.end:
        parts = [arc.token for arc in syntax.arcs(head, Role.MODIFIER) if arc.word == "of"]
        if not parts:
            break
        head = parts[0]
    return _counted(vague, head)


def _vague_of(syntax: Syntax, noun: Token) -> Number | None:
    """Return what "dozens of men" or "several men" leaves open."""
    beside = syntax.dependents(noun, *_VAGUE_DEPENDENTS)
    words = [part for item in beside for part in syntax.subtree(item)]
    return vague_number(noun.doc, sorted([*words, noun], key=lambda item: item.i))


def _is_one(noun: Token) -> bool:
    """Tell whether a singular noun means one person: "the officer", "reporter Ana Ruiz"."""
    return noun.tag_ == "NN" and noun.lemma_ in _persons()


def _number_of(syntax: Syntax, noun: Token) -> Number | None:
    """Return the number that stands with a noun, or that the noun itself is."""
    zeros = [item for item in syntax.dependents(noun, Role.DETERMINER) if item.lower_ in _ZERO]
    if zeros:
        return exactly(0, zeros[0].i, max(zeros[0].i, noun.i) + 1)
    if any(is_year(item) for item in syntax.dependents(noun, Role.NUMBER)):
        return None  # "2011 protesters"
    if noun.like_num and noun.i and noun.nbor(-1).text == ",":
        return None  # an age: "Ana Ruiz, 22, died"
    if noun.lower_ != "one" and is_numeral(noun):
        words = [item.text for item in syntax.subtree(noun) if item.i <= noun.i]
        return _bounded(noun, parse_number(words))
    for arc in syntax.arcs(noun, Role.NUMBER):
        if arc.token.i > noun.i:
            continue  # the age in "Ana Ruiz, 22, was killed"
        words = [
            item.text
            for item in syntax.subtree(arc.token)
            if is_numeral(item) or kind_of(item.lower_) == "plural"
        ]
        number = _bounded(arc.token, parse_number(words))
        if number is not None:
            return number
    for arc in syntax.arcs(noun, Role.ADJECTIVE, Role.COMPOUND, Role.DETERMINER):
        if arc.token.like_num and arc.token.i < noun.i:
            return _bounded(arc.token, parse_number(arc.token.text))
    return _number_before(noun)


def _number_before(noun: Token) -> Number | None:
    """Return the number right before a noun where the parse hangs it elsewhere."""
    if not noun.i or noun.pos_ not in {"NOUN", "PROPN"}:
        return None
    first = noun.nbor(-1)
    if not is_numeral(first) or is_year(first) or first.sent != noun.sent:
        return None
    number = number_at(noun.doc, first.i)
    is_vague = number is not None and number.start and _is_vague(number, noun)
    return None if is_vague else number


def _is_vague(number: Number, noun: Token) -> bool:
    """Tell whether a number only says how big: "several hundred"."""
    return kind_of(noun.doc[number.start - 1].lower_) == "plural" and number.high is not None


def _bounded(token: Token, value: int | None) -> Number | None:
    return None if value is None else with_bounds(token.doc, token.i, value)


def _counts_beside(syntax: Syntax, word: Token) -> list[list[Count]]:
    """Return what may count an adjective, best first: "five dead", "left 20 people wounded"."""
    if word.i and word.nbor(-1).like_num:
        return [_counted(_number_of(syntax, word.nbor(-1)), word.nbor(-1))]
    found = [_counted(_number_of(syntax, word), word)]
    objects = syntax.dependents(word, Role.OBJECT)  # of a verb that the tagger misreads
    found += [_people(syntax, item) for item in objects or syntax.dependents(word, Role.SUBJECT)]
    arc = syntax.governor(word)
    if arc is not None and arc.role is Role.OPEN_COMPLEMENT:
        objects = syntax.dependents(arc.head, Role.OBJECT)
        found += [_people(syntax, item) for item in objects[:1]]
        if objects:
            return found
    if arc is not None and arc.role in {Role.ADJECTIVE, Role.ADNOMINAL_CLAUSE}:
        found.append(_people(syntax, arc.head))
    return [*found, _counted(_vague_of(syntax, word), word)]
