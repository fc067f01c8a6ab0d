"""Tell the text of an article from what surrounds it: captions, credits, by-lines, datelines.

The patterns are data. A photo credit in brackets makes its whole line a caption, because
what a picture shows is not told as an event.
"""

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from kg.errors import ResourceError
from kg.nlp.datelines import dateline_length
from kg.nlp.sentences import lines_of
from kg.records import CharSpan
from kg.resources import data_path, read_tsv

_COLUMNS = ("id", "scope", "pattern", "example", "absent")
_SCOPES = ("line", "parenthesis", "caption")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class BoilerplateRule:
    """A pattern of text that tells no events.

    Attributes:
        scope: ``line`` when the whole line must match, ``parenthesis`` or ``caption`` when a
            match anywhere makes the line a caption.
    """

    id: str
    scope: str
    pattern: re.Pattern[str]
    example: str
    absent: str


@cache
def load_boilerplate() -> tuple[BoilerplateRule, ...]:
    """Read the patterns, in file order.

    Raises:
        ResourceError: A scope is unknown or a pattern is no regular expression.
    """
    path = data_path("lexicon", "boilerplate.tsv")
    rules = []
    for number, row in read_tsv(path, _COLUMNS):
        if row["scope"] not in _SCOPES:
            raise ResourceError(
                f"{path}:{number}: scope '{row['scope']}' is not one of {', '.join(_SCOPES)}."
            )
        try:
            pattern = re.compile(row["pattern"])
        except re.error as error:
            raise ResourceError(f"{path}:{number}: {error}. Mend the pattern.") from error
        rules.append(
            BoilerplateRule(
                id=row["id"],
                scope=row["scope"],
                pattern=pattern,
                example=row["example"],
                absent=row["absent"],
            )
        )
    return tuple(rules)


def find_boilerplate(text: str) -> tuple[CharSpan, ...]:
    """Return the lines that tell no events, in text order."""
    found = []
    for line in _LINE.finditer(text):
        stripped = line.group().strip()
        if any(_matches(rule, stripped) for rule in load_boilerplate()):
            found.append(CharSpan(start=line.start(), end=line.end()))
    return tuple(found)


def _matches(rule: BoilerplateRule, line: str) -> bool:
    if rule.scope == "line":
        return rule.pattern.fullmatch(line) is not None
    # A long line is a paragraph that happens to hold a credit.
    return len(line) <= 400 and rule.pattern.search(line) is not None


def boilerplate_tokens(doc: Doc) -> frozenset[int]:
    """Return the indices of the tokens that lie in boilerplate or in a dateline."""
    spans = find_boilerplate(doc.text)
    found = set()
    if spans:  # as for few articles
        found = {
            token.i for token in doc if any(span.start <= token.idx < span.end for span in spans)
        }
    for start, end in lines_of(doc):
        found.update(range(start, start + dateline_length(doc[start:end])))
    return frozenset(found)
