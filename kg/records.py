"""The records that travel between stages: frozen, plain values, no spaCy or rdflib object inside.

Offsets are half-open and count Unicode code points into ``Article.text``; a span always
reproduces its quote. ``Extraction`` is what one article yields; ``kg.record_json`` writes it as
the article record of the command line and reads it back without loss.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.terms import (
    Certainty,
    EntityKind,
    EntityRelationType,
    EventType,
    Grain,
    MentionLevel,
    Polarity,
    Precision,
    QuantityKind,
    RelationType,
    Status,
)


@dataclass(frozen=True, kw_only=True, order=True)
class CharSpan:
    """A half-open stretch of ``Article.text``.

    Attributes:
        start: Offset of the first character, counted in Unicode code points from 0.
        end: Offset just past the last character.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start} to {self.end}")

    def quote(self, text: str) -> str:
        """Return the stretch of ``text`` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, kw_only=True)
class Article:
    """One article, cleaned, ready to be analysed.

    Attributes:
        doc_id: The caller's identifier, unique within a graph.
        text: The cleaned text that all offsets count into.
        published: Day of publication; None when unknown, and then no date is resolved.
        cleaned: Whether ``text`` differs from what the source held.
        source: Where it was read, as ``path`` or ``path:line``, for messages.
    """

    doc_id: str
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    cleaned: bool = False
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something that went wrong while an article was processed, without stopping it."""

    stage: str
    message: str
    span: CharSpan | None = None


@dataclass(frozen=True, kw_only=True)
class EntityMention:
    """A place in the text that refers to an entity."""

    span: CharSpan
    level: MentionLevel


@dataclass(frozen=True, kw_only=True)
class Hint:
    """What the text around a proper name tells about it.

    Attributes:
        label: NER label of the mention: PERSON, ORG, GPE, LOC, FAC, NORP; None when unknown.
        countries: ISO alpha-3 codes that the article speaks of, the most frequent first; they
            choose between namesakes (Georgia, Tripoli, Hezbollah).
        is_actor: The mention acts or speaks, so that a seat of government (Tehran, Washington)
            stands for its state.
    """

    label: str | None = None
    countries: tuple[str, ...] = ()
    is_actor: bool = False


@dataclass(frozen=True, kw_only=True)
class Description:
    """A noun phrase headed by a common noun: "two Iraqi security sources".

    Attributes:
        text: The phrase without its article.
        head: Lemma of the head: ``source``; the last word of a compound is enough, because
            ``modifiers`` are joined to it where the noun table knows the compound (oil field).
        modifiers: Lemmas of the common words before the head, lower case, in order.
        names: Proper names and national adjectives before the head or in its possessive, in order.
        places: Proper names in a phrase after the head ("base in Syria", "president of France").
        plural: Whether the head is plural.
    """

    text: str
    head: str
    modifiers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    plural: bool = False


@dataclass(frozen=True, kw_only=True)
class Link:
    """What a name or description resolves to in the knowledge file.

    Attributes:
        name: The string that was looked up.
        id: Curated identifier such as ``wikidata:Q796`` or ``kg:...``; None for a typed
            nameless actor ("two Iraqi security sources") and for NIL.
        label: Preferred name of the entity, or of the nameless actor.
        country: ISO 3166 alpha-3 of the state that the entity belongs to.
        sector: PLOVER sector code (GOV, MIL, REB, ...).
        precision: How narrowly a place is known; None for what is no place, or unknown.
        located_by: Identifiers of the places that one is named after: of Syria for "eastern
            Syria", of both states for their border.
        alias: The alias of the knowledge file that matched.
        role: Office or function held on the day asked about.
        score: Estimated probability in [0, 1] that the link is right.
        features: What contributed to the score, by name.
    """

    name: str
    id: str | None
    label: str
    kind: EntityKind | None
    country: str | None = None
    sector: str | None = None
    wikidata: str | None = None
    geonames: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision | None = None
    located_by: tuple[str, ...] = ()
    alias: str | None = None
    role: str | None = None
    score: float = 0.0
    features: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Entity:
    """An actor, place or thing of one article, with all places that refer to it.

    Attributes:
        id: ``E1``, ``E2``, ... in the order of first mention, what lies near others last.
        name: Fullest proper name in the article, or the best description without article.
        iri: Absolute IRI of the canonical node: curated, or minted from kind, name and country.
        lat: Latitude in degrees of a place, a site or the middle of a wider area.
        precision: How narrowly a place is known; None for what is no place, or unknown.
        located_by: IRIs of the places that one is named after: of Mosul for "near Mosul", of
            Syria for "eastern Syria", of both states for their border.
    """

    id: str
    name: str
    kind: EntityKind
    iri: str
    mentions: tuple[EntityMention, ...]
    country: str | None = None
    sector: str | None = None
    wikidata: str | None = None
    geonames: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision | None = None
    located_by: tuple[str, ...] = ()
    role: str | None = None


@dataclass(frozen=True, kw_only=True)
class DateInterval:
    """A resolved time expression.

    Attributes:
        earliest: First day that the expression can mean.
        latest: Last day that it can mean, inclusive.
        derivation: How it was resolved, in words: the expression, the anchor and the rule.
        anchor: What it counts from: ``published 2024-04-21`` or ``event 2024-04-20``; None if the
            expression says all itself, as "3 June 2019".
    """

    earliest: date
    latest: date
    grain: Grain
    derivation: str
    anchor: str | None = None


@dataclass(frozen=True, kw_only=True)
class Casualties:
    """Numbers that the text states for an event; None means that nothing is stated."""

    killed: int | None = None
    injured: int | None = None


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """How many of one group an event killed, injured, arrested or displaced, as the text says.

    Attributes:
        number: The number itself; None if only words such as "dozens" stand there.
        low: Least that the words allow: 5 for "at least five"; None if they do not say.
        high: Most that they allow: 24 for "up to 24"; None if they do not say.
        unit: What is counted: ``person``, or the noun of a body of people, such as ``family``.
        group: Entity id of those counted; None if they are no mention.
        text: The words for number and group.
    """

    kind: QuantityKind
    number: int | None
    low: int | None
    high: int | None
    unit: str
    group: str | None
    text: str


@dataclass(frozen=True, kw_only=True)
class EventMention:
    """One telling of an event of a PLOVER type.

    Attributes:
        id: ``V1``, ``V2``, ... in the order of the triggers.
        mode: PLOVER mode of the type, where known.
        trigger: The shortest words that name the event.
        sentence: The sentence that says it: the evidence.
        actors: Entity ids of who did it; empty when the text does not say.
        recipients: Entity ids of those to whom it was done.
        date: None when the text gives no date or the article has no anchor.
        date_text: The expression that ``date`` comes from.
        attribution: Entity ids of those whom the article credits with the claim, outermost last.
        confidence: Measured precision of ``rule``, in [0, 1].
        rule: Id of the lexicon rule that made it.
        quantities: What is counted, group by group, with bounds. Those killed and injured add up
            to ``casualties``, where their number is stated.
    """

    id: str
    type: EventType
    mode: str | None
    trigger: CharSpan
    sentence: CharSpan
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    weapons: tuple[str, ...]
    date: DateInterval | None
    date_text: str | None
    status: Status
    polarity: Polarity
    certainty: Certainty
    attribution: tuple[str, ...]
    casualties: Casualties | None
    contexts: tuple[str, ...]
    confidence: float
    rule: str
    quantities: tuple[Quantity, ...] = ()

    def total(self, kind: QuantityKind) -> int | None:
        """Return how many people are stated to have met with ``kind``; None when none are."""
        known = [
            item.number
            for item in self.quantities
            if item.kind is kind and item.unit == "person" and item.number is not None
        ]
        return sum(known) if known else None


@dataclass(frozen=True, kw_only=True)
class EventRelation:
    """A relation that the text states between two event mentions, with the words that state it.

    Attributes:
        source: Event id that the relation starts from (the retaliation, the part, the cause).
        target: Event id that it points to (the attack answered, the whole, the effect).
    """

    type: RelationType
    source: str
    target: str
    evidence: CharSpan


@dataclass(frozen=True, kw_only=True)
class EntityRelation:
    """A standing relation between two entities, as one sentence states it.

    Attributes:
        source: Entity id of who backs, leads, belongs, speaks, holds the office or is based.
        target: Entity id of who or what is backed, led, belonged to, spoken for or lived in.
        evidence: The words from the first to the last that state it.
        sentence: The sentence that they stand in.
        role: The words for the office or function, where the text gives any.
        status: ``historical`` if it is said to be over ("former", "was"); otherwise as of events.
        attribution: Entity ids of those whom the article credits with it, outermost last.
        confidence: Measured precision of relations of this type, in [0, 1].
        rule: Id of the row of the lexicon that found it.
    """

    type: EntityRelationType
    source: str
    target: str
    evidence: CharSpan
    sentence: CharSpan
    role: str | None
    status: Status
    polarity: Polarity
    certainty: Certainty
    attribution: tuple[str, ...]
    confidence: float
    rule: str


@dataclass(frozen=True, kw_only=True)
class Extraction:
    """All that was found in one article."""

    article: Article
    entities: tuple[Entity, ...]
    events: tuple[EventMention, ...]
    relations: tuple[EventRelation, ...]
    entity_relations: tuple[EntityRelation, ...] = ()
    problems: tuple[Problem, ...] = ()
