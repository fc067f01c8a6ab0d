"""Read names of parts: "eastern Syria", "off the coast of Yemen", "the Syrian-Iraqi border"."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kg.linking.nouns import singulars
from kg.resources import data_path, read_tsv

WORD_COLUMNS = ("word", "use", "sense")

_SIDES = "north|south|east|west"
_PATTERN = re.compile(
    rf"^(?:the )?(?:far |rural )?"
    rf"(?P<side>(?:{_SIDES})(?:[-\s]?(?:{_SIDES}))?(?:ern)?|central)\s+(?P<whole>[A-Z].*)$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:(?:on|in|at|along|from|to|off(?= the)) )?(?:the )?", re.IGNORECASE)
_HYPHEN = re.compile(r"\s?[-‐‑–/]\s?")


class Sense(StrEnum):
    """What a word says of the place named with it."""

    NEAR = "near"
    COAST = "coast"
    BORDER = "border"


@dataclass(frozen=True, kw_only=True)
class Direction:
    """A part of a state or region.

    Attributes:
        side: ``northeastern`` and the like, in one spelling.
        whole: Name of what it is a part of.
    """

    side: str
    whole: str


def read_direction(name: str) -> Direction | None:
    """Split the name of a part of a state; None when it is none.

    >>> read_direction("north-east Syria")
    Direction(side='northeastern', whole='Syria')
    >>> read_direction("Syria") is None
    True
    """
    match = _PATTERN.match(" ".join(name.split()))
    if not match or not match.group("whole")[:1].isupper():
        return None
    side = re.sub(r"[-\s]", "", match.group("side").casefold()).removesuffix("ern")
    return Direction(side=side if side == "central" else f"{side}ern", whole=match.group("whole"))


def read_nearness(name: str) -> tuple[Sense, str] | None:
    """Split "near X" and "the coast of X"; None when the phrase says no such thing.

    >>> read_nearness("the outskirts of Aleppo")
    (<Sense.NEAR: 'near'>, 'Aleppo')
    >>> read_nearness("Aleppo") is None
    True
    """
    bare = _LEAD.sub("", " ".join(name.split()))
    for word, (use, sense) in _words().items():
        lead = f"{word} of " if use == "noun" else f"{word} "
        if sense is not Sense.BORDER and bare.casefold().startswith(lead):
            return sense, bare[len(lead) :]
    return None


def read_border(name: str) -> tuple[str, str] | None:
    """Return the names of the two sides of a border; None when it is none, or has one side.

    >>> read_border("the Syrian-Iraqi border"), read_border("Syrian border")
    (('Syrian', 'Iraqi'), None)
    """
    bare, _, head = _LEAD.sub("", " ".join(name.split())).rpartition(" ")
    sides = _HYPHEN.split(bare)
    if sense_of(head) is not Sense.BORDER or len(sides) != 2:
        return None
    return sides[0], sides[1]


def sense_of(noun: str) -> Sense | None:
    """Return what a noun, singular or plural, says of the place named with it."""
    words = _words()
    for form in (noun.casefold(), *singulars(noun.casefold()), f"{noun.casefold()}s"):
        use, sense = words.get(form, ("", None))
        if use == "noun":
            return sense
    return None


def sense_before(*words: str) -> Sense | None:
    """Return what the first of these prepositions that says anything says: "near", "north of"."""
    known = [_words().get(word, ("", None)) for word in words]
    return next((sense for use, sense in known if use == "preposition"), None)


@cache
def _words() -> dict[str, tuple[str, Sense]]:
    """Return the words of ``place_words.tsv``, the longest first."""
    rows = [row for _, row in read_tsv(data_path("lexicon", "place_words.tsv"), WORD_COLUMNS)]
    rows.sort(key=lambda row: -len(row["word"]))
    return {row["word"]: (row["use"], Sense(row["sense"])) for row in rows}
