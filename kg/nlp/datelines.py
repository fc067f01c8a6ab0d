"""Find the dateline before a report, "NAIROBI, June 3 (Reuters) — ", and the day in it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from spacy.tokens import Doc, Span, Token

from kg.nlp.time_finding import find_times

_DASHES = frozenset({"-", "--", "–", "—"})
_PLACE = re.compile(r"[A-Z][A-Z.'’]+")
_BESIDE = re.compile(r"[,()/.]|[A-Z][\w.'’]*|\d{1,4}|-|–")
_LONGEST = 14
_FIRST_LINES = 6
_DATE_WORDS = frozenset(
    {"published", "posted", "dated", "date", "updated", "on", "at", ":", ",", "|"}
)


def dateline_length(tokens: Sequence[Token] | Span) -> int:
    """Return how many tokens at the start of a line are its dateline; 0 when it has none.

    A dateline begins with a place in capitals and ends with a dash before a capital letter or a
    quotation.
    """
    if not tokens or not _PLACE.fullmatch(tokens[0].text):
        return 0
    for position, token in enumerate(tokens[:_LONGEST]):
        is_spaced = token.whitespace_ and position and tokens[position - 1].whitespace_
        if token.text in _DASHES and (is_spaced or token.text in {"--", "—"}):
            after = tokens[position + 1] if position + 1 < len(tokens) else None
            begins = after is not None and (after.text[:1].isupper() or after.is_quote)
            return position + 1 if begins else 0
        if not _BESIDE.fullmatch(token.text):
            return 0
    return 0


def dateline_day(doc: Doc) -> date | None:
    """Return the day of publication that the head of an article names, year and all, or None.

    It stands in a dateline, "NAIROBI, June 3, 2021 (Reuters) —", or in a line of its own.
    """
    for line in _first_lines(doc):
        length = dateline_length(line)
        span = line[:length] if length else line
        days = [
            time
            for time in find_times(span.as_doc(), published=None)
            if time.interval is not None and time.interval.earliest == time.interval.latest
        ]
        if len(days) != 1 or days[0].interval is None:
            continue
        named = range(days[0].first_token, days[0].last_token + 1)
        beside = (token for index, token in enumerate(span) if index not in named)
        if length or all(token.is_space or token.lower_ in _DATE_WORDS for token in beside):
            return days[0].interval.earliest
    return None


def _first_lines(doc: Doc) -> Iterator[Span]:
    """Yield the first lines that are not empty."""
    start, count = 0, 0
    for token in doc:
        is_last = token.i + 1 == len(doc)
        if not (is_last or (token.is_space and "\n" in token.text)):
            continue
        line = doc[start : token.i + 1]
        start = token.i + 1
        if line.text.strip():
            count += 1
            yield line
        if count == _FIRST_LINES:
            return
