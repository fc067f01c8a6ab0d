"""What the page shows, as plain records: read from a graph, narrowed down, then drawn.

Nothing here knows how a graph is stored or how a page looks. Identifiers are the IRIs of the
graph; every text is shown as it stands in the graph and is never taken for markup.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Thing:
    """An actor, place or object that takes part in an event.

    Attributes:
        kind: A value of ``kg.terms.EntityKind``.
        aliases: Other names, sorted, without ``label``.
        country: ISO 3166 alpha-3 code.
        role: Office or function, as last stated.
        lat: Degrees north, of a place whose coordinates are known.
        lon: Degrees east.
    """

    iri: str
    label: str
    kind: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    role: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None


@dataclass(frozen=True, kw_only=True)
class Source:
    """An article that the graph was made from.

    Attributes:
        title: Its headline; without one its identifier.
        published: Day of publication, as ``YYYY-MM-DD``.
    """

    iri: str
    title: str
    publisher: str | None = None
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, kw_only=True)
class Account:
    """One telling of an event: what one sentence of one article says.

    Attributes:
        source: IRI of the article.
        sentence: The sentence, verbatim; empty when the graph holds none.
        trigger_start: Offset in ``sentence`` of the words that name the event; None if unknown.
        trigger_end: Offset just past those words.
        speakers: Labels of those whom the article credits, outermost last.
        actors: Labels of who did it according to this telling.
        when: The days that it gives.
        derivation: How these days were found.
        counts: Stated numbers as (name, number), such as ``("killed", 0)``.
        counted: The same with bounds, group by group, as (name, bounds, words), such as
            ``("killed", "5 or more", "at least five soldiers")``.
    """

    iri: str
    source: str
    sentence: str
    status: str
    polarity: str
    certainty: str
    trigger_start: int | None = None
    trigger_end: int | None = None
    speakers: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    when: str | None = None
    derivation: str | None = None
    counts: tuple[tuple[str, int], ...] = ()
    counted: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event of the merged graph with its accounts.

    Attributes:
        type: Code of the PLOVER type, such as ``ASSAULT``.
        coding: Type and mode for people, such as "assault: aerial".
        verb: What stands on an edge from actor to recipient, such as "attacked".
        mutual: Whether its actors are parties to one another when there is no recipient.
        status: A value of ``kg.terms.Status``; ``actual`` only when a claim affirms it.
        earliest: First day that the event can have happened, as ``YYYY-MM-DD``.
        latest: Last such day, inclusive.
        actors: IRIs of things, sorted; empty when no account names an actor.
        source_count: Articles that tell of it.
        independent_count: Of these, those that do not repeat one another.
        confidence: Probability in [0, 1] that it was read rightly; None if not computed.
        disagreements: Fields on which accounts exclude each other (``kg:disagreesOn``).
    """

    iri: str
    type: str
    coding: str
    verb: str
    status: str
    mutual: bool = False
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    earliest: str | None = None
    latest: str | None = None
    source_count: int = 1
    independent_count: int = 1
    confidence: float | None = None
    disagreements: tuple[str, ...] = ()
    accounts: tuple[Account, ...] = ()

    @property
    def parties(self) -> tuple[str, ...]:
        """All that take part, and where: actors, recipients, places and weapons."""
        return (*self.actors, *self.recipients, *self.places, *self.weapons)

    @property
    def is_disputed(self) -> bool:
        """Whether some accounts affirm and others deny that it happened."""
        return "happened" in self.disagreements

    @property
    def words(self) -> str:
        """What the first account calls it; without an account its type and mode."""
        for account in self.accounts:
            if account.trigger_start is not None:
                words = account.sentence[account.trigger_start : account.trigger_end]
                if words.strip():
                    return " ".join(words.split())
        return self.coding


@dataclass(frozen=True, kw_only=True)
class Edge:
    """A direct edge that the graph holds: what affirmed events did between two things.

    Attributes:
        label: Words of its property, such as "attacked".
        symmetric: Whether it holds both ways.
        events: IRIs of the events that it follows from, sorted.
    """

    origin: str
    target: str
    label: str
    symmetric: bool
    events: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EventLink:
    """A stated relation between two events, from the answer to what it answers.

    Attributes:
        type: A value of ``kg.terms.RelationType``.
        sentence: The words that state it; empty when the graph holds none.
        source: IRI of the article; None if unknown.
    """

    type: str
    origin: str
    target: str
    sentence: str = ""
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class ActorRelation:
    """A standing relation between two things, apart from events.

    Attributes:
        type: A value of ``kg.terms.EntityRelationType``.
        symmetric: Whether it holds both ways.
        is_over: Whether it is told only as having held formerly.
        offices: Words for the office or function, sorted.
        accounts: The sentences that state it; their ``trigger`` is the words that do so.
    """

    iri: str
    type: str
    origin: str
    target: str
    symmetric: bool = False
    is_over: bool = False
    offices: tuple[str, ...] = ()
    source_count: int = 1
    independent_count: int = 1
    confidence: float | None = None
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TypeName:
    """An event type as the ontology names and classes it.

    Attributes:
        quad: PLOVER quad class, 1 to 4.
    """

    id: str
    label: str
    quad: int


@dataclass(frozen=True, kw_only=True)
class GraphContent:
    """All that the page can show of a graph, each tuple sorted by IRI.

    Attributes:
        title: What the graph is called on the page.
        types: Every event type that an event has.
    """

    title: str
    things: tuple[Thing, ...] = ()
    sources: tuple[Source, ...] = ()
    events: tuple[Event, ...] = ()
    edges: tuple[Edge, ...] = ()
    event_links: tuple[EventLink, ...] = ()
    relations: tuple[ActorRelation, ...] = ()
    types: tuple[TypeName, ...] = ()
