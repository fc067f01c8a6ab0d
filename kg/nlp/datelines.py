"""Find the dateline before a report: "NAIROBI, June 3 (Reuters) — "."""

import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

_DASHES = frozenset({"-", "--", "–", "—"})
_PLACE = re.compile(r"[A-Z][A-Z.'’]+")
_BESIDE = re.compile(r"[,()/.]|[A-Z][\w.'’]*|\d{1,4}|-|–")
_LONGEST = 14


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
