"""Turn the words of a text into one-letter codes, which the patterns of times are made of.

The words are rows of ``kg/data/lexicon/time_words.tsv``; numbers, years, clock times and ordinals
are told by their form.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Token

from kg.resources import data_path, read_tsv


@dataclass(frozen=True)
class Word:
    """A word of time: its code, and the number or name that it stands for."""

    code: str
    value: str
    is_plural: bool = False


_CODES = {
    "weekday": "W",
    "month": "M",
    "unit": "U",
    "weekend": "w",
    "deictic": "d",
    "part": "P",
    "last": "L",
    "past": "p",
    "next": "X",
    "coming": "C",
    "this": "T",
    "recent": "R",
    "text_before": "b",
    "text_after": "f",
    "ago": "A",
    "earlier": "E",
    "later": "Z",
    "before": "<",
    "after": ">",
    "stretch": "K",
    "since": "s",
    "until": "u",
    "by": "y",
    "within": "n",
    "edge": "G",
    "article": "a",
    "number": "N",
    "vague": "v",
    "season": "z",
    "ordinal": "B",
    "around": "~",
    "for": "F",
    "into": "I",
    "in": "j",
    "fraction": "H",
    "eve": "e",
    "that": "k",
    "own": "q",
    "holiday": "x",
    "new": "Q",
    "zone": "g",
}
_COLUMNS = ("word", "kind", "value", "note")
_YEAR = re.compile(r"(1[6-9]|20)\d\d")
_DECADE = re.compile(r"((?:1[6-9]|20)?\d0)[’']?s")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:am|pm)?|\d{1,2}(?:am|pm)")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_AMBIGUOUS = frozenset("MWzUQ")
_OTHER = Word(".", "")
_STRETCHES = ("early-", "mid-", "late-")
_FIXED = {
    "of": "O",
    "the": "t",
    ",": ",",
    "-": "-",
    "–": "-",
    "and": "&",
    "to": "&",
    "through": "&",
}
_HALF_DAYS = frozenset({"a.m.", "p.m.", "am", "pm", "a.m", "p.m"})
VERBAL = frozenset({"VERB", "AUX"})


@cache
def _words() -> dict[str, Word]:
    rows = read_tsv(data_path("lexicon", "time_words.tsv"), _COLUMNS)
    return {
        row["word"]: Word(_CODES[row["kind"]], row["value"])
        for _, row in rows
        if row["kind"] in _CODES
    }


@cache
def words_of(kind: str) -> frozenset[str]:
    """Return the words of one kind."""
    rows = read_tsv(data_path("lexicon", "time_words.tsv"), _COLUMNS)
    return frozenset(row["word"] for _, row in rows if row["kind"] == kind)


def word_of(token: Token) -> Word:
    """Return the code of a token; a full stop for what has nothing to do with time."""
    word = _word_of_form(token.lower_)
    if word.code in _AMBIGUOUS and not _is_used_as(word.code, token):
        return _OTHER
    return word


@lru_cache(maxsize=65536)  # most words of a text come again
def _word_of_form(lower: str) -> Word:
    if lower.isdigit():
        if _YEAR.fullmatch(lower):
            return Word("Y", lower)
        return Word("D" if len(lower) <= 2 and 1 <= int(lower) <= 31 else "N", lower)
    if lower in _FIXED:
        return Word(_FIXED[lower], lower)
    if lower in _HALF_DAYS:
        return Word("m", lower)
    for pattern, code in ((_ISO, "i"), (_CLOCK, "c"), (_ORDINAL, "B"), (_DECADE, "S")):
        match = pattern.fullmatch(lower)
        if match:
            return Word(code, match[1] if match.groups() else lower)
    slashed = _SLASHED.fullmatch(lower)
    if slashed:
        return _slashed(*(int(part) for part in slashed.groups()))
    if lower.startswith(_STRETCHES):
        return _hyphenated(lower)
    word = _words().get(lower)
    if word is None:
        return Word(".", lower)
    return Word("U", word.value, lower.endswith("s")) if word.code == "U" else word


def _slashed(first: int, second: int, year: int) -> Word:
    """Return a date in figures where only one of the first two can be the month."""
    day, month = (first, second) if first > 12 else (second, first)
    if first != second and (day <= 12 or month > 12):
        return _OTHER
    return Word("i", f"{year:04}-{month:02}-{day:02}")


def _hyphenated(lower: str) -> Word:
    """Return "mid-March" or "mid-2019" as one word; its value names both parts by code."""
    part, _, rest = lower.partition("-")
    if _YEAR.fullmatch(rest):
        return Word("h", f"{part} Y {rest}")
    word = _words().get(rest)
    if word is None or word.code != "M":
        return Word(".", lower)
    return Word("h", f"{part} M {word.value}")


def _is_used_as(code: str, token: Token) -> bool:
    """Tell whether a word stands for time: "May" the month, not the verb or the lady."""
    if code in "MW":
        is_name = token.ent_type_ == "PERSON"
        return token.text[0].isupper() and token.pos_ not in VERBAL and not is_name
    if code == "Q":  # "New Year" is a day, "a new year of war" is not
        return token.text[0].isupper()
    if code == "z":
        return token.pos_ not in VERBAL
    if code == "U":
        return token.pos_ in {"NOUN", "PROPN", "ADV", ""}
    return True
