"""What the reader is shown of an article: its parse, proposed events, possible participants.

Plain values with spans into the text, so that training and extraction show it the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.records import CharSpan
from kg.syntax import Syntax
from kg.terms import EntityKind, EventType, MentionLevel, RelationType, Status

ROLES = ("actors", "recipients", "places", "attribution")
"""Roles that the reader judges, by their names in ``EventMention``."""


@dataclass(frozen=True, kw_only=True)
class ParticipantView:
    """A mention that may take part in an event.

    Attributes:
        entity: Any identifier that the mentions of one entity share; None when unknown.
    """

    span: CharSpan
    level: MentionLevel
    kind: EntityKind | None
    entity: str | None


@dataclass(frozen=True, kw_only=True)
class ProposalView:
    """Words that may name an event, with what the rules say of them.

    Attributes:
        type: Type that a rule gives; None when no rule fired.
        roles: Entities that the rules put into each role.
    """

    id: str
    span: CharSpan
    type: EventType | None = None
    status: Status | None = None
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_ruled(self) -> bool:
        """Whether a rule made the proposal."""
        return self.type is not None


@dataclass(frozen=True, kw_only=True)
class ReadingTask:
    """An article as the reader is shown it.

    Attributes:
        sentences: Spans of the sentences, in text order, without overlap.
        relations: Relations that the rules found: type, and the ids of two proposals.
    """

    text: str
    sentences: tuple[CharSpan, ...]
    syntax: Syntax
    proposals: tuple[ProposalView, ...]
    participants: tuple[ParticipantView, ...]
    relations: frozenset[tuple[RelationType, str, str]] = frozenset()
