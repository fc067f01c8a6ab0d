"""Describe in numbers how a mention stands to a trigger in the parse of their sentence.

The encoder reads words in a row; the parse tells across any number of them who is subject, object
or possessor, also through passives, relatives and control, and what hangs on what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from kg.records import CharSpan
from kg.syntax import Arc, Role, Syntax

Numbers = NDArray[np.float32]
Indices = NDArray[np.int64]

_ROLES = {role: number for number, role in enumerate((None, *Role))}
_LOGICAL = {
    role: number
    for number, role in enumerate(
        (
            None,
            Role.SUBJECT,
            Role.OBJECT,
            Role.INDIRECT_OBJECT,
            Role.OBLIQUE,
            Role.POSSESSOR,
            Role.COMPOUND,
            Role.ADJECTIVE,
            Role.MODIFIER,
        )
    )
}
_PREPOSITIONS = {
    word: number
    for number, word in enumerate(
        ["", *"about against among at between by for from in into near of on over to with".split()]
    )
}
_OTHER_PREPOSITION = len(_PREPOSITIONS)
_CLASSES = {"VERB": 1, "NOUN": 2, "ADJ": 3}
# The most steps through the parse that are told apart; more, or none at all, are one case.
_STEPS = 4
# How many of the words above a trigger are asked who takes part in them.
_ABOVE = 2
# How many cases each number of ``Paths._cases`` can be, in their order.
_WIDTHS = (
    *(len(_LOGICAL), 2, _OTHER_PREPOSITION + 1),
    *(len(_LOGICAL),) * _ABOVE,
    *(_STEPS + 1, _STEPS + 1),
    *(len(_ROLES), _OTHER_PREPOSITION + 1),
    *(len(_ROLES), len(_CLASSES) + 1, 2),
)
PATH_COUNT = sum(_WIDTHS)
"""How many numbers tell how a mention stands to a trigger."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """How somebody takes part in what a word tells, as numbers of cases."""

    role: int
    is_inherited: int
    preposition: int


_NO_PART = _Part(role=0, is_inherited=0, preposition=0)
# The first cases of a mention in another sentence: no part in anything, and no way to it.
_APART = (0, 0, 0, *(0,) * _ABOVE, _STEPS, _STEPS)


@dataclass(frozen=True, kw_only=True, slots=True)
class _End:
    """A trigger or mention in the parse.

    Attributes:
        chain: Indices of its head word and of the nearest ``_STEPS`` above.
        cases: What is told of it whatever stands at the other end.
    """

    chain: tuple[int, ...]
    cases: tuple[int, ...]


class Paths:
    """The ways through a parse from some triggers to some mentions."""

    def __init__(
        self, syntax: Syntax, triggers: Sequence[CharSpan], mentions: Sequence[CharSpan]
    ) -> None:
        self._syntax = syntax
        self._starts = np.array([token.idx for token in syntax.tokens], dtype=np.int64)
        is_start = [bool(token.is_sent_start) for token in syntax.tokens]
        self._sentences = np.cumsum(np.array(is_start, dtype=np.int64)).tolist()
        self._parts: dict[int, dict[int, _Part]] = {}
        self._triggers = [self._trigger(self._head(span)) for span in triggers]
        self._mentions = [self._mention(self._head(span)) for span in mentions]

    def numbers(self, pairs: Indices) -> Numbers:
        """Return ``PATH_COUNT`` zeros and ones for each pair of a trigger and a mention."""
        cases = np.array([self._cases(*pair) for pair in pairs.tolist()], dtype=np.int64)
        rows = cases.reshape(-1, len(_WIDTHS)) + np.cumsum([0, *_WIDTHS[:-1]])
        table = np.zeros((len(rows), PATH_COUNT), dtype=np.float32)
        np.put_along_axis(table, rows, 1, axis=1)
        return table

    def _cases(self, which: int, whom: int) -> tuple[int, ...]:
        trigger, mention = self._triggers[which], self._mentions[whom]
        head = mention.chain[0]
        if self._sentences[head] != self._sentences[trigger.chain[0]]:
            return (*_APART, *mention.cases, *trigger.cases)
        part, *above = [
            self._parts_of(index).get(head, _NO_PART) for index in trigger.chain[: _ABOVE + 1]
        ]
        return (
            *(part.role, part.is_inherited, part.preposition),
            *(item.role for item in above),
            *(0,) * (_ABOVE - len(above)),
            *_steps(trigger.chain, mention.chain),
            *mention.cases,
            *trigger.cases,
        )

    def _head(self, span: CharSpan) -> Token:
        """Return the word of a span that hangs on one outside."""
        doc = self._syntax.doc
        first = int(np.searchsorted(self._starts, span.start, side="right")) - 1
        last = int(np.searchsorted(self._starts, span.end, side="left"))
        words = range(max(first, 0), max(last, first + 1))
        for index in words:
            arc = self._syntax.governor(doc[index])
            if arc is None or arc.head.i not in words:
                return doc[index]
        return doc[words[-1]]

    def _trigger(self, token: Token) -> _End:
        chain, outwards = self._chain(token)
        role = _ROLES[outwards.role] if outwards else 0
        word_class = _CLASSES.get(token.pos_, 0)
        return _End(chain=chain, cases=(role, word_class, int(self._syntax.is_passive(token))))

    def _mention(self, token: Token) -> _End:
        chain, outwards = self._chain(token)
        if outwards is None:
            return _End(chain=chain, cases=(0, 0))
        return _End(chain=chain, cases=(_ROLES[outwards.role], _preposition(outwards.word)))

    def _chain(self, token: Token) -> tuple[tuple[int, ...], Arc | None]:
        arcs = list(islice(self._syntax.governors(token), _STEPS))
        return (token.i, *(arc.head.i for arc in arcs)), arcs[0] if arcs else None

    def _parts_of(self, index: int) -> dict[int, _Part]:
        """Return how the words that take part in what a word tells do so, coordinated ones too."""
        found = self._parts.get(index)
        if found is None:
            found = self._parts[index] = {}
            for item in self._syntax.participants(self._syntax.doc[index]):
                part = _Part(
                    role=_LOGICAL[item.role],
                    is_inherited=int(item.inherited),
                    preposition=_preposition(item.word),
                )
                for token in self._syntax.conjuncts(item.token):
                    found.setdefault(token.i, part)
        return found


def _preposition(word: str) -> int:
    return _PREPOSITIONS.get(word, _OTHER_PREPOSITION)


def _steps(trigger: Sequence[int], mention: Sequence[int]) -> tuple[int, int]:
    """Return the steps up from a trigger to the word above both ends, and down to the mention."""
    depths = {index: depth for depth, index in enumerate(mention[:_STEPS])}
    for height, index in enumerate(trigger[:_STEPS]):
        if index in depths:
            return height, depths[index]
    return _STEPS, _STEPS
