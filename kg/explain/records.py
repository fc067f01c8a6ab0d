"""An explanation as plain values."""

from dataclasses import dataclass
from typing import Literal as Choice

Kind = Choice["entity", "event", "edge", "relation", "actor relation"]


@dataclass(frozen=True, kw_only=True)
class ClaimTold:
    """One sentence and what it claims.

    Attributes:
        iri: The claim.
        type: Type or mode of the event, or property of the relation between actors.
        sentence: Its words, verbatim.
        start: Offset of the sentence in the article's text, in code points.
        end: Offset just past it.
        speakers: Whom the article credits; empty when it speaks in its own voice.
        article: Identifier of the article.
        published: Day as YYYY-MM-DD.
        actors: Who did it; of a relation, from whom it starts.
        recipients: To whom it was done; of a relation, to whom it points.
        office: Words for the office that a relation tells of.
        counted: What is counted, group by group, with bounds and words: ``killed: 5 or more (at
            least five soldiers)``.
        earliest: First day on which the event can have happened, as the claim has it.
        confidence: Probability that the sentence was read rightly.
    """

    iri: str
    type: str
    sentence: str
    start: int
    end: int
    speakers: tuple[str, ...]
    article: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    status: str
    polarity: str
    certainty: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    weapons: tuple[str, ...]
    office: str | None
    earliest: str | None
    latest: str | None
    date_derivation: str | None
    killed: int | None
    injured: int | None
    arrested: int | None
    displaced: int | None
    counted: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """A field for which claims about one event give values that exclude each other.

    Attributes:
        event: Label of the event.
        values: Each value with those who say so, in alphabetical order.
    """

    event: str
    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class Related:
    """Another thing of the graph, to go on to.

    Attributes:
        how: What it is to the thing explained: ``edge``, ``event``, ``actor relation`` or a
            relation between events.
    """

    iri: str
    how: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """All that a graph tells of an entity, an event, an edge or a relation.

    Attributes:
        facts: Name and value, in the order for reading.
        claims: What it rests on; for an entity, where it takes part or speaks.
        others: Further claims about the same event, which name other parties.
        because: Why nodes of several articles were judged to be one.
    """

    iri: str
    kind: Kind
    label: str
    facts: tuple[tuple[str, str], ...]
    claims: tuple[ClaimTold, ...]
    others: tuple[ClaimTold, ...]
    disagreements: tuple[Disagreement, ...]
    related: tuple[Related, ...]
    because: tuple[str, ...]
