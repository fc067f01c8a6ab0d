"""Read the noun phrase around a word such as "leader": who is meant, of what, in which words.

Parsers hang names, titles and appositions on any of the words beside them, so that within a
phrase the order of the words decides, and the arcs of the parse only where the order says nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from spacy.tokens import Token

from kg.syntax import Arc, Role, Syntax
from kg.terms import EntityKind

HYPHENS = frozenset({"-", "–", "‑", "‐"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
_LINKS = frozenset({"of", "for", "to"})
_INDEFINITE = frozenset({"a", "an", "another", "some", "any", "every", "each", "no"})
_RELATIVES = frozenset({"WP", "WDT"})
_CLOSING = frozenset({",", ".", ";", ")", "—", "–"})
# No phrase of a title is longer; a text without full stops has no other end.
_LONGEST = 12


class Referents(Protocol):
    """What this stage needs to know of noun phrases."""

    def kind_of(self, token: Token) -> EntityKind | None:
        """Return the kind of what the noun phrase of a token refers to, or None."""
        ...

    def id_of(self, token: Token) -> str | None:
        """Return the id of the entity that the noun phrase of a token refers to, or None."""
        ...

    def is_named(self, token: Token) -> bool:
        """Tell whether a token is part of a proper name."""
        ...

    def extent(self, token: Token) -> tuple[int, int]:
        """Return the first token of the mention that holds a token, and the one past its last."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """The words of a rule in the text, and the words around them.

    Attributes:
        words: From the first to the last word of the rule.
        node: The one of them on which the sentence hangs.
        owners: Whose it is: the heads before "'s" or a possessive pronoun.
        names: Proper names before it in the same phrase, the nearest first.
        before: Common words before it in the same phrase, the nearest first.
    """

    words: list[Token]
    node: Token
    owners: list[Token]
    names: list[Token]
    before: list[Token]

    @property
    def first(self) -> int:
        """Index of the first word."""
        return self.words[0].i

    @property
    def last(self) -> int:
        """Index of the last word."""
        return self.words[-1].i


class PhraseReader:
    """Reads phrases of one document."""

    def __init__(self, syntax: Syntax, referents: Referents) -> None:
        self._syntax = syntax
        self._referents = referents
        self._doc = syntax.doc

    def read(self, first: int, last: int) -> Phrase:
        """Return the phrase whose rule words stand from ``first`` to ``last``, inclusive."""
        words = list(self._doc[first : last + 1])
        inside = {word.i for word in words}
        arcs = [(word, self._syntax.governor(word)) for word in words if word.is_alpha]
        node = next(
            (word for word, arc in arcs if arc is None or arc.head.i not in inside), words[-1]
        )
        owners = [arc.token for word in words for arc in self._syntax.arcs(word, Role.POSSESSOR)]
        names: list[Token] = []
        before: list[Token] = []
        index = first - 1
        while index >= max(node.sent.start, first - _LONGEST):
            word = self._doc[index]
            if word.tag_ == "POS" and index:
                owners = owners or [self._doc[index - 1]]
                break
            is_participle = word.tag_ in {"VBN", "VBG"}
            if not (word.pos_ in _NOMINAL or word.text in HYPHENS or is_participle):
                break
            if self._referents.is_named(word):
                if not self._is_half(index):
                    names.append(word)
                index = self._referents.extent(word)[0]
            elif word.is_alpha:
                before.append(word)
            index -= 1
        return Phrase(words=words, node=node, owners=owners, names=names, before=before)

    def _is_half(self, index: int) -> bool:
        """Tell whether a name is half of a compound: "[Iran]-backed", "ex-[Chelsea]"."""
        behind = index + 1 < len(self._doc) and self._doc[index + 1].text in HYPHENS
        return behind or (index > 0 and self._doc[index - 1].text in HYPHENS)

    def arcs(self, phrase: Phrase, *roles: Role) -> Iterator[Arc]:
        """Yield the arcs that lead out of a phrase."""
        for word in phrase.words:
            for arc in self._syntax.arcs(word, *roles):
                if not phrase.first <= arc.token.i <= phrase.last:
                    yield arc

    def is_one_of_many(self, phrase: Phrase) -> bool:
        """Tell whether a phrase is plural or indefinite: "a leader", "leaders"."""
        words = {arc.token.lower_ for arc in self.arcs(phrase, Role.DETERMINER)}
        return phrase.words[-1].tag_ in {"NNS", "NNPS"} or bool(words & _INDEFINITE)

    def subjects(self, phrase: Phrase) -> list[Token]:
        """Return the subjects of "is the leader", also of "who is the leader"."""
        syntax, node = self._syntax, phrase.node
        if not syntax.dependents(node, Role.COPULA):
            return []
        arc = syntax.governor(node)
        is_relative = arc is not None and arc.role is Role.RELATIVE_CLAUSE
        found = []
        for subject in syntax.dependents(node, Role.SUBJECT):
            if subject.tag_ in _RELATIVES and arc is not None and is_relative:
                found.append(arc.head)
            else:
                found += syntax.conjuncts(subject)
        return found

    def described(self, phrase: Phrase, *, is_office: bool) -> Token:
        """Return whom a phrase describes: the name beside it, or else its own noun.

        Args:
            is_office: Whether a name may follow "of": "secretary of state X".
        """
        behind = self._name_behind(phrase, is_office=is_office)
        if behind is not None:
            return behind
        arc = self._syntax.governor(phrase.node)
        if arc is not None and arc.role is Role.APPOSITION and not self._is_listed(phrase, arc):
            return self._name_ahead(phrase) or arc.head
        for arc in self.arcs(phrase, Role.APPOSITION, Role.NAME_PART):
            if arc.token.i > phrase.last and self._referents.is_named(arc.token):
                return arc.token
        return phrase.node

    def _name_behind(self, phrase: Phrase, *, is_office: bool) -> Token | None:
        """Return the person in "Hamas leader X", "secretary of state X", "the head of Y, X"."""
        doc, end = self._doc, phrase.last + 1
        may_follow = True
        for _ in range(4):
            if end >= len(doc):
                return None
            if may_follow and self._starts_person(doc[end]):
                return doc[end]
            if doc[end].lower_ not in _LINKS:
                break
            may_follow = is_office and doc[end].lower_ == "of"
            end += 1
            while end < len(doc) and (doc[end].pos_ in _NOMINAL or doc[end].lower_ == "the"):
                if may_follow and self._starts_person(doc[end]):
                    break
                end = max(end + 1, self._referents.extent(doc[end])[1])
        is_definite = not self.is_one_of_many(phrase) and (
            bool(phrase.owners)
            or any(arc.token.lower_ == "the" for arc in self.arcs(phrase, Role.DETERMINER))
        )
        if not is_definite or end + 1 >= len(doc) or doc[end].text != ",":
            return None
        name = doc[end + 1]
        return name if self._starts_person(name) and self._is_closed(name) else None

    def _starts_person(self, token: Token) -> bool:
        return (
            self._referents.is_named(token)
            and self._referents.kind_of(token) is EntityKind.PERSON
            and self._referents.extent(token)[0] == token.i
        )

    def _is_closed(self, name: Token) -> bool:
        """Tell whether an apposition ends as one does, so that it is no list."""
        end = self._referents.extent(name)[1]
        return end >= len(self._doc) or self._doc[end].text in _CLOSING

    def _name_ahead(self, phrase: Phrase) -> Token | None:
        """Return the name right before the comma that opens an apposition: "X, leader of Y"."""
        index = phrase.first - 1
        while index > 0 and index > phrase.first - _LONGEST and self._doc[index].text != ",":
            index -= 1
        name = self._doc[index - 1] if index > 0 and self._doc[index].text == "," else None
        return name if name is not None and self._referents.is_named(name) else None

    def _is_listed(self, phrase: Phrase, arc: Arc) -> bool:
        """Tell whether what looks like an apposition is the member of a list."""
        others = self._syntax.dependents(arc.head, Role.CONJUNCT)
        if not any(item.i > phrase.last for item in others):
            return False
        return not phrase.owners and not any(self.arcs(phrase, Role.DETERMINER))

    def words_of_office(self, phrase: Phrase, *, without: frozenset[str]) -> str:
        """Return the words for an office: "foreign minister", "secretary of state".

        Args:
            without: Words that belong to no office, such as "new".
        """
        doc, start, end = self._doc, phrase.first, phrase.last + 1
        for word in phrase.before:
            gap = doc[word.i + 1 : start]
            is_part = word.pos_ in _NOMINAL and all(item.text in HYPHENS for item in gap)
            if not is_part or word.lower_ in without:
                break
            start = word.i
        if end < len(doc) and doc[end].lower_ in {"of", "for"}:
            stop = end + 1
            while (
                stop < len(doc)
                and doc[stop].pos_ == "NOUN"
                and not self._referents.is_named(doc[stop])
            ):
                stop += 1
            end = stop if stop > end + 1 else end
        return " ".join(doc[start:end].text.split())
