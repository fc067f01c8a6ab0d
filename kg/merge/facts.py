"""Read an article graph into plain values, as much of it as merging needs.

Texts and spans stay in the article graph; the merged layer points to them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rdflib import RDF, RDFS, SKOS, Literal, URIRef

from kg.errors import GraphError
from kg.namespaces import GEO, KG, SCHEMA, Quad

Values = Mapping[URIRef, tuple[URIRef | Literal, ...]]
"""Property to values, sorted."""


@dataclass(frozen=True, kw_only=True)
class Extent:
    """Between which numbers a count lies.

    Attributes:
        high: None when no upper bound is told.
    """

    low: int
    high: int | None


@dataclass(frozen=True, kw_only=True)
class ClaimFacts:
    """What a claim says, as the merged layer compares it.

    Attributes:
        happened: Whether it affirms that the event took place.
        denied: Whether it says that the event did not take place.
        belief: Probability that it was read rightly, lowered when the sentence hedges.
        earliest: None when the claim gives no date.
        counts: What the claim counts, by ``kg:quantityKind``.
    """

    iri: URIRef
    article: URIRef
    happened: bool
    denied: bool
    belief: float
    speakers: frozenset[URIRef]
    actors: frozenset[URIRef]
    recipients: frozenset[URIRef]
    places: frozenset[URIRef]
    earliest: date | None
    latest: date | None
    counts: Mapping[str, Extent]


@dataclass(frozen=True, kw_only=True)
class AccountFacts:
    """An event as one article tells it.

    Attributes:
        values: What the account's node says, for the merged event to gather.
    """

    iri: URIRef
    article: URIRef
    types: frozenset[URIRef]
    modes: frozenset[URIRef]
    claims: tuple[ClaimFacts, ...]
    values: Values


@dataclass(frozen=True, kw_only=True)
class EntityFacts:
    """An entity as one article describes it."""

    iri: URIRef
    article: URIRef
    values: Values


@dataclass(frozen=True, kw_only=True)
class EdgeFacts:
    """A direct edge that one article supports."""

    subject: URIRef
    predicate: URIRef
    object: URIRef
    symmetric: bool
    accounts: tuple[URIRef, ...]
    claims: tuple[URIRef, ...]


@dataclass(frozen=True, kw_only=True)
class RelationFacts:
    """A relation between two accounts that one article states."""

    type: URIRef
    source: URIRef
    target: URIRef
    claims: tuple[URIRef, ...]
    sentences: tuple[URIRef, ...]


@dataclass(frozen=True, kw_only=True)
class RelationClaimFacts:
    """What a claim of a relation between two entities says."""

    iri: URIRef
    article: URIRef
    belief: float
    speakers: frozenset[URIRef]
    statuses: tuple[URIRef | Literal, ...]
    offices: tuple[URIRef | Literal, ...]


@dataclass(frozen=True, kw_only=True)
class EntityRelationFacts:
    """A relation between two entities that one article affirms, with the claims that do so."""

    subject: URIRef
    predicate: URIRef
    object: URIRef
    symmetric: bool
    claims: tuple[RelationClaimFacts, ...]


@dataclass(frozen=True, kw_only=True)
class ArticleFacts:
    """One article graph.

    Attributes:
        links: Direct edges between accounts.
        intervals: What the times of accounts say, by IRI.
        fingerprint: Hashes of the text, by which near copies are recognised.
    """

    graph: URIRef
    article: URIRef
    outlet: URIRef | None
    fingerprint: frozenset[str]
    entities: tuple[EntityFacts, ...]
    accounts: tuple[AccountFacts, ...]
    edges: tuple[EdgeFacts, ...]
    relations: tuple[RelationFacts, ...]
    entity_relations: tuple[EntityRelationFacts, ...]
    links: tuple[tuple[URIRef, URIRef, URIRef], ...]
    intervals: Mapping[URIRef, Values]


_HAPPENED = frozenset({"actual", "historical"})
# How far a hedge lowers belief in a claim: stated in ontology/README.md.
_HEDGE = {"certain": 1.0, "probable": 0.8, "possible": 0.5}

_PERSON = "person"
_COUNTS = {
    "killed": KG.killed,
    "injured": KG.injured,
    "arrested": KG.numberArrested,
    "displaced": KG.numberDisplaced,
}

_GATHERED = (
    RDFS.label,
    KG.eventType,
    KG.mode,
    KG.cameoCode,
    KG.quadClass,
    KG.score,
    KG.actor,
    KG.recipient,
    KG.place,
    KG.weapon,
    KG.time,
    KG.killed,
    KG.injured,
    KG.numberArrested,
    KG.numberDisplaced,
    KG.context,
    KG.status,
    KG.claim,
    KG.reportedIn,
)
_DESCRIBED = (
    RDF.type,
    RDFS.label,
    SKOS.altLabel,
    KG.kind,
    KG.country,
    KG.sector,
    KG.role,
    SCHEMA.sameAs,
    GEO.lat,
    GEO.long,
    KG.precision,
    KG.locatedBy,
)


def read_article_graph(quads: Iterable[Quad]) -> ArticleFacts:
    """Return what one article graph says.

    Args:
        quads: The quads of exactly one graph, in any order.

    Raises:
        GraphError: They are of several graphs, describe no article, or lack what the shapes of
            the ontology demand.
    """
    nodes: dict[URIRef, dict[URIRef, set[URIRef | Literal]]] = {}
    graphs = set()
    for subject, predicate, obj, graph in quads:
        graphs.add(graph)
        nodes.setdefault(subject, {}).setdefault(predicate, set()).add(obj)
    if len(graphs) != 1:
        raise GraphError(f"article graph: {len(graphs)} graphs at once. Read one at a time.")
    graph = graphs.pop()
    try:
        facts = _Reader(nodes, graph=graph).facts()
    except ValueError as error:
        raise GraphError(
            f"{graph}: {error}. Run 'kg validate', or build the graph again."
        ) from error
    _require_whole(facts)
    return facts


def _require_whole(facts: ArticleFacts) -> None:
    """Raise if an edge or relation names what is not in the graph."""
    accounts = {account.iri for account in facts.accounts}
    claims = {claim.iri for account in facts.accounts for claim in account.claims}
    entities = {entity.iri for entity in facts.entities}
    named = {
        *(iri for edge in facts.edges for iri in (*edge.accounts, *edge.claims)),
        *(iri for relation in facts.relations for iri in (*relation.claims,)),
        *(iri for relation in facts.relations for iri in (relation.source, relation.target)),
        *(iri for edge in facts.edges for iri in (edge.subject, edge.object)),
        *(iri for item in facts.entity_relations for iri in (item.subject, item.object)),
    }
    lost = sorted(named - accounts - claims - entities, key=str)
    if lost:
        raise GraphError(
            f"{facts.graph}: {lost[0]} is named but not described. Build the graph again."
        )


class _Reader:
    """One article graph on its way into records."""

    def __init__(
        self, nodes: Mapping[URIRef, Mapping[URIRef, set[URIRef | Literal]]], *, graph: URIRef
    ) -> None:
        self.nodes = nodes
        self.graph = graph
        self.by_class: dict[URIRef | Literal, list[URIRef]] = {}
        for node in sorted(nodes, key=str):
            for node_class in nodes[node].get(RDF.type, ()):
                self.by_class.setdefault(node_class, []).append(node)

    def facts(self) -> ArticleFacts:
        articles = self.by_class.get(KG.Article, [])
        if len(articles) != 1:
            raise ValueError(f"{len(articles)} articles in the graph, expected one")
        article = articles[0]
        accounts = tuple(
            self._account(iri, article) for iri in self.by_class.get(KG.EventAccount, [])
        )
        known = {account.iri for account in accounts}
        links = {
            (account, predicate, obj)
            for account in known
            for predicate, objects in self.nodes[account].items()
            for obj in objects
            if isinstance(obj, URIRef) and obj in known
        }
        return ArticleFacts(
            graph=self.graph,
            article=article,
            outlet=next(iter(self._iris(article, SCHEMA.publisher)), None),
            fingerprint=frozenset(" ".join(self._texts(article, KG.fingerprint)).split()),
            entities=tuple(self._entity(iri, article) for iri in self.by_class.get(KG.Entity, [])),
            accounts=accounts,
            edges=tuple(self._edge(iri) for iri in self.by_class.get(KG.Edge, [])),
            relations=tuple(self._relation(iri) for iri in self.by_class.get(KG.EventRelation, [])),
            entity_relations=tuple(
                self._entity_relation(iri, article)
                for iri in self.by_class.get(KG.EntityRelation, [])
            ),
            links=tuple(sorted(links)),
            intervals={
                iri: self._values(iri, (RDF.type, KG.earliest, KG.latest, KG.grain))
                for iri in self.by_class.get(KG.Interval, [])
            },
        )

    def _objects(self, node: URIRef, predicate: URIRef) -> set[URIRef | Literal]:
        return self.nodes.get(node, {}).get(predicate, set())

    def _iris(self, node: URIRef, predicate: URIRef) -> list[URIRef]:
        objects = self._objects(node, predicate)
        return sorted((obj for obj in objects if isinstance(obj, URIRef)), key=str)

    def _texts(self, node: URIRef, predicate: URIRef) -> list[str]:
        return sorted(str(obj) for obj in self._objects(node, predicate))

    def _one(self, node: URIRef, predicate: URIRef) -> str:
        texts = self._texts(node, predicate)
        if len(texts) != 1:
            raise ValueError(f"{node} has {len(texts)} values of {predicate}, expected one")
        return texts[0]

    def _iri(self, node: URIRef, predicate: URIRef) -> URIRef:
        return URIRef(self._one(node, predicate))

    def _count(self, node: URIRef, predicate: URIRef) -> int | None:
        texts = self._texts(node, predicate)
        return int(texts[0]) if texts else None

    def _values(self, node: URIRef, predicates: Iterable[URIRef]) -> Values:
        return {
            predicate: tuple(sorted(objects, key=_sort_key))
            for predicate in predicates
            if (objects := self._objects(node, predicate))
        }

    def _entity(self, iri: URIRef, article: URIRef) -> EntityFacts:
        values = self._values(iri, _DESCRIBED)
        if not {RDFS.label, KG.kind} <= values.keys():
            raise ValueError(f"{iri} has no label or no kind")
        return EntityFacts(iri=iri, article=article, values=values)

    def _account(self, iri: URIRef, article: URIRef) -> AccountFacts:
        values = self._values(iri, _GATHERED)
        if not {RDFS.label, KG.eventType, KG.claim} <= values.keys():
            raise ValueError(f"{iri} has no label, no type or no claim")
        return AccountFacts(
            iri=iri,
            article=article,
            types=frozenset(self._iris(iri, KG.eventType)),
            modes=frozenset(self._iris(iri, KG.mode)),
            claims=tuple(self._claim(claim, article) for claim in self._iris(iri, KG.claim)),
            values=values,
        )

    def _claim(self, iri: URIRef, article: URIRef) -> ClaimFacts:
        status, polarity = self._one(iri, KG.status), self._one(iri, KG.polarity)
        times = self._iris(iri, KG.time)
        earliest = latest = None
        if times:
            earliest = date.fromisoformat(self._one(times[0], KG.earliest))
            latest = date.fromisoformat(self._one(times[0], KG.latest))
        return ClaimFacts(
            iri=iri,
            article=article,
            happened=status in _HAPPENED and polarity == "positive",
            denied=status == "negated" or (status in _HAPPENED and polarity == "negative"),
            belief=float(self._one(iri, KG.confidence)) * self._hedge(iri),
            speakers=frozenset(self._iris(iri, KG.speaker)),
            actors=frozenset(self._iris(iri, KG.actor)),
            recipients=frozenset(self._iris(iri, KG.recipient)),
            places=frozenset(self._iris(iri, KG.place)),
            earliest=earliest,
            latest=latest,
            counts=self._counts(iri),
        )

    def _counts(self, claim: URIRef) -> dict[str, Extent]:
        """Return what a claim counts; where several groups are, the bounds of all together."""
        found = {
            kind: Extent(low=number, high=number)
            for kind, predicate in _COUNTS.items()
            if (number := self._count(claim, predicate)) is not None
        }
        parts: dict[str, list[tuple[int | None, int | None]]] = {}
        for part in self._iris(claim, KG.quantity):
            if self._one(part, KG.unit) == _PERSON:
                bounds = self._count(part, KG.low), self._count(part, KG.high)
                parts.setdefault(self._one(part, KG.quantityKind), []).append(bounds)
        for kind, bounds_of_parts in parts.items():
            highs = [high for _, high in bounds_of_parts]
            found[kind] = Extent(
                low=sum(low or 0 for low, _ in bounds_of_parts),
                high=None if None in highs else sum(high or 0 for high in highs),
            )
        return found

    def _hedge(self, claim: URIRef) -> float:
        certainty = self._one(claim, KG.certainty)
        if certainty not in _HEDGE:
            raise ValueError(f"{claim} has the certainty {certainty!r}")
        return _HEDGE[certainty]

    def _edge(self, iri: URIRef) -> EdgeFacts:
        return EdgeFacts(
            subject=self._iri(iri, RDF.subject),
            predicate=self._iri(iri, RDF.predicate),
            object=self._iri(iri, RDF.object),
            symmetric=bool(self._objects(iri, KG.symmetric)),
            accounts=tuple(self._iris(iri, KG.event)),
            claims=tuple(self._iris(iri, KG.claim)),
        )

    def _relation(self, iri: URIRef) -> RelationFacts:
        return RelationFacts(
            type=self._iri(iri, KG.relationType),
            source=self._iri(iri, KG.fromEvent),
            target=self._iri(iri, KG.toEvent),
            claims=tuple(self._iris(iri, KG.claim)),
            sentences=tuple(self._iris(iri, KG.sentence)),
        )

    def _entity_relation(self, iri: URIRef, article: URIRef) -> EntityRelationFacts:
        return EntityRelationFacts(
            subject=self._iri(iri, RDF.subject),
            predicate=self._iri(iri, RDF.predicate),
            object=self._iri(iri, RDF.object),
            symmetric=bool(self._objects(iri, KG.symmetric)),
            claims=tuple(
                self._relation_claim(claim, article) for claim in self._iris(iri, KG.claim)
            ),
        )

    def _relation_claim(self, iri: URIRef, article: URIRef) -> RelationClaimFacts:
        values = self._values(iri, (KG.status, KG.office))
        return RelationClaimFacts(
            iri=iri,
            article=article,
            belief=float(self._one(iri, KG.confidence)) * self._hedge(iri),
            speakers=frozenset(self._iris(iri, KG.speaker)),
            statuses=values.get(KG.status, ()),
            offices=values.get(KG.office, ()),
        )


def _sort_key(value: URIRef | Literal) -> tuple[bool, str]:
    return (isinstance(value, Literal), str(value))
