"""Let only queries through that read this graph and nothing else.

Every SPARQL engine tried runs ``SERVICE`` and ``LOAD`` (requests to any address from this
machine), some fetch what ``FROM`` names, and deeply nested text ends the process. So the text is
split into the tokens of the SPARQL grammar (SPARQL 1.1, section 19.8) and refused unless every
bare word is a word of the read-only part of the language. Words inside strings, IRIs, comments,
names and variables are free.
"""

import difflib
import re
from collections.abc import Iterator

from kg.errors import QueryError

MAX_LENGTH = 100_000
MAX_NESTING = 100
MAX_OPERATORS = 1_000
"""Oxigraph's parser ends the process at some thousands of nested brackets or chained operators."""

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}
               | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
               | "(?:[^"\\\r\n]|\\.)*"
               | '(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d][\w.-]*)?:
               (?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*
                  (?:[\w:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]))?)
    | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<space>\s+)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

_REASON_BY_WORD = {
    "SERVICE": "queries may not ask other servers",
    "FROM": "the merged layer is the default graph; reach an article with GRAPH <...> { }",
    **dict.fromkeys(
        "LOAD INSERT DELETE CLEAR DROP CREATE COPY MOVE ADD WITH INTO DATA USING".split(),
        "queries only read; change a graph with 'kg build'",
    ),
}
_WORDS = frozenset(
    """
    BASE PREFIX SELECT CONSTRUCT DESCRIBE ASK DISTINCT REDUCED AS WHERE GROUP BY HAVING ORDER ASC
    DESC LIMIT OFFSET VALUES UNDEF OPTIONAL GRAPH UNION MINUS BIND FILTER EXISTS NOT IN TRUE FALSE A
    NAMED COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND
    IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT SUBSTR STRLEN REPLACE UCASE LCASE ENCODE_FOR_URI
    CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ
    NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI
    ISBLANK ISLITERAL ISNUMERIC REGEX
    """.split()
)


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Yield the tokens of a query as kind and text; joined, the texts are ``text`` again."""
    for match in _TOKEN.finditer(text):
        yield str(match.lastgroup), match[0]


def check_query(text: str) -> None:
    """Refuse a query that does more than read the graph it is put to, or is too large to parse.

    Raises:
        QueryError: Which word or limit, and what to write instead.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"query: {len(text)} characters. Use at most {MAX_LENGTH}.")
    _check_tokens(text)
    unescaped = _ESCAPE.sub(_character, text)
    if unescaped != text:  # some engines replace escapes before they look for words
        _check_tokens(unescaped)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else match[0]


def _check_tokens(text: str) -> None:
    depth = operators = 0
    for kind, piece in tokens(text):
        if kind == "word":
            _check_word(piece)
        elif kind == "name":
            _check_prefix(piece.partition(":")[0])
        elif kind == "mark":
            if piece in "{([":
                depth += 1
            elif piece in "})]":
                depth -= 1
            elif piece in "!+-*/|&^":
                operators += 1
        if depth > MAX_NESTING:
            raise QueryError(f"query: brackets nested deeper than {MAX_NESTING}. Flatten it.")
        if operators > MAX_OPERATORS:
            raise QueryError(f"query: more than {MAX_OPERATORS} operators. Shorten it.")


def _check_word(word: str) -> None:
    upper = word.upper()
    if upper in _WORDS:
        return
    if upper in _REASON_BY_WORD:
        raise QueryError(f"query: {word} is not allowed: {_REASON_BY_WORD[upper]}.")
    near = difflib.get_close_matches(upper, _WORDS, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise QueryError(f"query: broken SPARQL: '{word}' is no word of SPARQL queries.{hint}")


def _check_prefix(prefix: str) -> None:
    """Refuse ``SERVICE:x { }``: a name to the grammar, but a word and a name to some parsers."""
    for word in ("SERVICE", "FROM"):
        if word in prefix.upper():
            raise QueryError(f"query: the prefix '{prefix}:' is too close to {word}. Rename it.")
