"""Read numbers as news writes them, with the bounds that the words around them set.

"At least five" is five or more, "up to 24" is 24 or fewer, "about 30" and "dozens" are what the
table ``number_words.tsv`` lays down. A bound is the number that is stated, so "more than 100" is
from 100 on. What has no number at all ("many") gives none: a number is never invented.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from kg.resources import data_path, read_tsv

_COLUMNS = ("word", "kind", "value", "note")
_BOUNDS = frozenset({"about", "almost", "filler", "least", "most"})
_HARMS = frozenset(
    {
        *("kill", "lose", "hurt", "harm", "arrest", "hold"),
        *("displace", "flee", "evacuate", "force"),
    }
)
_YEAR = re.compile(r"(19|20)\d\d")
_SPAN = re.compile(r"(\d[\d,]*)[-\u2013](\d[\d,]*)")
_TO = frozenset({"to", "or", "-", "\u2013", "and"})
_LONGEST = 4
"""Words of the longest phrase that bounds a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as a text states it.

    Attributes:
        value: The number itself; None if only words such as "dozens" stand there.
        low: Least that the words allow; None if they do not say.
        high: Most that they allow; None if they do not say.
        start: Index of the first token of the words.
        end: Index just past the last token of them.
    """

    value: int | None
    low: int | None
    high: int | None
    start: int
    end: int


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    rows = read_tsv(data_path("lexicon", "number_words.tsv"), _COLUMNS)
    return tuple((row["word"], row["kind"], row["value"]) for _, row in rows)


@cache
def _words() -> dict[str, tuple[str, str]]:
    other = _BOUNDS | _HARMS
    return {word: (kind, value) for word, kind, value in _rows() if kind not in other}


@cache
def _harms() -> dict[str, tuple[str, str]]:
    return {word: (kind, value) for word, kind, value in _rows() if kind in _HARMS}


@cache
def _phrases() -> dict[tuple[str, ...], tuple[str, str]]:
    return {tuple(word.split()): (kind, value) for word, kind, value in _rows() if kind in _BOUNDS}


def kind_of(word: str) -> str:
    """Return what kind of number or noun a word is, or ""."""
    return _words().get(word.lower(), ("", ""))[0]


def value_of(word: str) -> str:
    """Return the value that the table gives a number or noun, or ""."""
    return _words().get(word.lower(), ("", ""))[1]


def harm_of(word: Token) -> tuple[str, str]:
    """Return the kind of harm that a word names, and where its victims stand, or two ""."""
    harms = _harms()
    return harms.get(word.lemma_.lower()) or harms.get(word.lower_) or ("", "")


def is_year(token: Token) -> bool:
    """Tell whether a number is written like a year of our time."""
    return _YEAR.fullmatch(token.text) is not None


def is_numeral(token: Token) -> bool:
    """Tell whether a word is a number or a part of one."""
    return token.like_num or kind_of(token.lower_) in {"number", "factor"}


def parse_number(words: str | Sequence[str]) -> int | None:
    """Return the whole number that words say, or None when they say none.

    >>> parse_number("more than 3,000"), parse_number("twenty-one"), parse_number("2.5 million")
    (3000, 21, 2500000)
    >>> parse_number("dozens") is None
    True
    """
    parts = words.split() if isinstance(words, str) else list(words)
    total, current = 0.0, 0.0
    is_number = False
    for part in (piece for word in parts for piece in word.lower().split("-") if piece):
        kind, value = _words().get(part, ("", ""))
        digits = part.replace(",", "")
        if digits.replace(".", "", 1).isdigit():
            current += float(digits)
        elif kind == "number":
            current += float(value)
        elif kind == "factor":
            current = (current or 1.0) * float(value)
            if float(value) >= 1000:
                total, current = total + current, 0.0
        elif kind == "plural":
            return None
        elif part == "and" or not is_number:
            continue
        else:
            break
        is_number = True
    return round(total + current) if is_number else None


def exactly(value: int, start: int, end: int) -> Number:
    """Return a number without doubt, as the words from ``start`` to ``end`` say it."""
    return Number(value=value, low=value, high=value, start=start, end=end)


def with_bounds(doc: Doc, index: int, value: int) -> Number:
    """Return ``value``, which the token at ``index`` takes part in, as its surroundings bound it.

    Of a span ("between 10 and 15") the value is the lower end, which is the part that is sure.
    """
    start, end = _run(doc, index)
    number = exactly(value, start, end)
    for first, last in (
        (_run_before(doc, start), (start, end)),
        ((start, end), _run_behind(doc, end)),
    ):
        if first is not None and last is not None:
            low, high = (parse_number([item.text for item in doc[a:b]]) for a, b in (first, last))
            if low is not None and high is not None and low < high:
                number = Number(value=low, low=low, high=high, start=first[0], end=last[1])
                if first[0] > 0 and doc[first[0] - 1].lower_ in {"between", "from"}:
                    number = replace(number, start=first[0] - 1)
    return _bounded(doc, number)


def number_at(doc: Doc, index: int) -> Number | None:
    """Return the number that the token at ``index`` is part of, with its bounds."""
    start, end = _run(doc, index)
    value = parse_number([token.text for token in doc[start:end]])
    return None if value is None else with_bounds(doc, index, value)


def vague_number(doc: Doc, tokens: Sequence[Token]) -> Number | None:
    """Return the least that words without a number mean: "dozens", "several hundred", "10-15".

    Args:
        doc: The document.
        tokens: Words that may say it, in text order.
    """
    for token in tokens:
        span = _SPAN.fullmatch(token.text)
        if span is not None:
            low, high = (int(end.replace(",", "")) for end in span.groups())
            if low < high and not is_year(doc[token.i]):
                return Number(value=low, low=low, high=high, start=token.i, end=token.i + 1)
        if kind_of(token.lower_) == "plural" and value_of(token.lower_):
            low, end = int(value_of(token.lower_)), token.i + 1
            following = doc[end : end + 2]
            factor = next((item for item in following if item.lower_ != "of"), None)
            if factor is not None and kind_of(factor.lower_.removesuffix("s")) == "factor":
                low *= int(value_of(factor.lower_.removesuffix("s")))
                end = factor.i + 1
            return Number(value=None, low=low, high=None, start=token.i, end=end)
    return None


def _run(doc: Doc, index: int) -> tuple[int, int]:
    """Return the stretch of words that write one number: "two hundred and fifty"."""
    sent = doc[index].sent
    start, end = index, index + 1
    while start > sent.start and _joins(doc, start - 1):
        start -= 1
    while end < sent.end and _joins(doc, end):
        end += 1
    while start < index and not is_numeral(doc[start]):
        start += 1
    while end - 1 > index and not is_numeral(doc[end - 1]):
        end -= 1
    return start, end


def _joins(doc: Doc, index: int) -> bool:
    """Tell whether a word goes on with a number; "and" does so behind a hundred or thousand."""
    token = doc[index]
    if token.lower_ == "and":
        return bool(index) and kind_of(doc[index - 1].lower_) == "factor"
    if token.text == "-":  # "twenty-one"
        beside = doc[max(index - 1, 0) : index + 2]
        return len(beside) == 3 and all(kind_of(beside[at].lower_) == "number" for at in (0, 2))
    return is_numeral(token) and not is_year(token)


def _run_before(doc: Doc, start: int) -> tuple[int, int] | None:
    """Return the number that begins a span which ends in the one at ``start``."""
    sent = doc[start].sent
    if start - 2 < sent.start or doc[start - 1].lower_ not in _TO or not is_numeral(doc[start - 2]):
        return None
    first = _run(doc, start - 2)
    return first if _spans(doc, start - 1, first[0]) else None


def _run_behind(doc: Doc, end: int) -> tuple[int, int] | None:
    """Return the number that ends a span which begins with the one before ``end``."""
    if end + 1 >= doc[end - 1].sent.end or doc[end].lower_ not in _TO:
        return None
    first = _run(doc, end - 1)
    if not is_numeral(doc[end + 1]) or not _spans(doc, end, first[0]):
        return None
    return _run(doc, end + 1)


def _spans(doc: Doc, joint: int, first: int) -> bool:
    """Tell whether the word between two numbers makes a span; "and" needs "between"."""
    return doc[joint].lower_ != "and" or (first > 0 and doc[first - 1].lower_ == "between")


def _bounded(doc: Doc, number: Number) -> Number:
    """Return a number with the bounds that phrases before and behind it set."""
    behind = tuple(item.lower_ for item in doc[number.end : number.end + 2])
    if behind in _phrases():
        number = _bound(number, behind, start=number.start, end=number.end + 2)
    position, first = number.start, doc[number.start].sent.start
    while position > first:
        phrase = _phrase_before(doc, position, first)
        if not phrase:
            break
        position -= len(phrase)
        if _phrases()[phrase][0] != "filler":
            number = _bound(number, phrase, start=position, end=number.end)
    return number


def _phrase_before(doc: Doc, position: int, first: int) -> tuple[str, ...]:
    """Return the longest phrase of the table that ends before ``position``, or nothing."""
    for length in range(min(_LONGEST, position - first), 0, -1):
        phrase = tuple(item.lower_ for item in doc[position - length : position])
        if phrase in _phrases():
            return phrase
    return ()


def _bound(number: Number, phrase: tuple[str, ...], *, start: int, end: int) -> Number:
    kind, value = _phrases()[phrase]
    low, high = number.low, number.high
    share = int(value or 0)
    if kind == "least":
        high = None
    elif kind == "most":
        low = None
    else:
        low = None if low is None else low * (100 - share) // 100
        if kind == "about":
            high = None if high is None else -(-high * (100 + share) // 100)
    return replace(number, low=low, high=high, start=start, end=end)
