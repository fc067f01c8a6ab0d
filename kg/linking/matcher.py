"""Find the names of the knowledge file in a text, letter by letter, without a language model.

What comes out are stretches of text with an NER label and an entry id, for a mention stage that
adds them to what the pipeline's NER finds. Case counts. Text and names are cut into the same
small pieces, so that spacing around hyphens and the tokenizer's habits do not matter: "Al -
Omar" and "Al-Omar" are one name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.linking.candidates import label_of
from kg.linking.directions import read_direction
from kg.linking.knowledge import Spelling
from kg.linking.normal import plain
from kg.linking.resolver import Resolver
from kg.records import CharSpan

_PIECE = re.compile(r"\w+|[^\w\s]")
# A name ends at a word boundary: "Iraq" is no part of "Iraq2", but is one of "Iraq's".
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "–": "-", "‐": "-", "‑": "-"})


@dataclass(frozen=True, kw_only=True)
class NameSpan:
    """A name of the knowledge file in a text.

    Attributes:
        label: NER label: PERSON, ORG, GPE, LOC, FAC, NORP.
        id: Curated id of the entry; None when several entries share the name.
    """

    span: CharSpan
    label: str
    id: str | None


@dataclass(frozen=True, kw_only=True)
class _Name:
    pieces: tuple[str, ...]
    label: str
    id: str | None


class NameMatcher:
    """Find names; made by ``build_matcher``."""

    def __init__(self, names: Mapping[str, tuple[_Name, ...]]) -> None:
        self._names_by_piece = names

    def find(self, text: str) -> Iterator[NameSpan]:
        """Yield the names in the text from left to right; the longest wins, none overlap."""
        pieces = [
            (match.group(), match.start(), match.end())
            for match in _PIECE.finditer(text.translate(_QUOTES))
        ]
        words = [piece for piece, _, _ in pieces]
        place = 0
        while place < len(pieces):
            name = self._name_at(words, place)
            if name is None:
                place += 1
                continue
            end = place + len(name.pieces)
            start = _start_of_part(words, place) if name.label in {"GPE", "LOC"} else place
            span = CharSpan(start=pieces[start][1], end=pieces[end - 1][2])
            # "eastern Syria" is a place of its own, which the resolver makes of the words.
            if start < place:
                yield NameSpan(span=span, label="LOC", id=None)
            else:
                yield NameSpan(span=span, label=name.label, id=name.id)
            place = end

    def _name_at(self, words: list[str], place: int) -> _Name | None:
        for name in self._names_by_piece.get(words[place], ()):
            if tuple(words[place : place + len(name.pieces)]) == name.pieces:
                return name
        return None


def build_matcher(resolver: Resolver) -> NameMatcher:
    """Return a matcher over the resolver's names.

    Descriptions that the knowledge file lists as aliases ("Turkish army", "US forces") are left
    to ``Resolver.describe``: inside "Turkish army base" they are no names of their own.
    """
    by_pieces: dict[tuple[str, ...], list[Spelling]] = {}
    for spellings in resolver.knowledge.spellings_by_key.values():
        for spelling in spellings:
            if spelling.is_weak or _is_descriptive(spelling.text, resolver):
                continue
            for text in dict.fromkeys((spelling.text, plain(spelling.text))):
                pieces = tuple(_PIECE.findall(text.translate(_QUOTES)))
                by_pieces.setdefault(pieces, []).append(spelling)
    by_first: dict[str, list[_Name]] = {}
    for pieces, sharing in by_pieces.items():
        ids = {spelling.entry.id for spelling in sharing}
        by_first.setdefault(pieces[0], []).append(
            _Name(
                pieces=pieces,
                label=label_of(sharing[0]),
                id=sharing[0].entry.id if len(ids) == 1 else None,
            )
        )
    return NameMatcher(
        {
            first: tuple(sorted(names, key=lambda name: (-len(name.pieces), name.pieces)))
            for first, names in by_first.items()
        }
    )


def _start_of_part(words: list[str], place: int) -> int:
    """Return where "north-east" before a place name begins, or the place itself."""
    for length in (3, 2, 1):
        before = words[max(0, place - length) : place]
        if len(before) == length and read_direction(f"{''.join(before)} X"):
            return place - length
    return place


def _is_descriptive(text: str, resolver: Resolver) -> bool:
    words = text.split()
    if len(words) < 2 or not words[-1][:1].islower():
        return False
    return resolver.is_national(re.sub(r"['’]s$", "", words[0])) or words[0][:1].islower()
