"""A telling: an event mention beside the word of the parse that names it."""

from dataclasses import dataclass

from spacy.tokens import Token

from kg.records import EventMention
from kg.terms import Status

UNREAL = frozenset({Status.FUTURE, Status.HYPOTHETICAL, Status.NEGATED})
"""Statuses of events that have not happened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """An event mention beside the token that triggers it.

    Attributes:
        sentence: Number of the sentence in the document, from 0.
    """

    event: EventMention
    token: Token
    sentence: int
