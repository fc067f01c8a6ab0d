"""Assemble the merged graph from article graphs, and from nothing else.

In: the facts of any set of article graphs, in any order. Out: the quads of ``kg:merged``, sorted.
The same set gives the same quads, however it was collected, so the layer can be thrown away and
built again from a store at any time.
"""

from collections.abc import Iterable, Iterator, Sequence

from rdflib import RDF, RDFS, Literal, URIRef

from kg.merge.description import best_label, described
from kg.merge.disagreement import Ground, disagreements
from kg.merge.entities import Decision, judge_entities
from kg.merge.events import judge_events
from kg.merge.facts import (
    AccountFacts,
    ArticleFacts,
    ClaimFacts,
    EdgeFacts,
    EntityFacts,
    EntityRelationFacts,
    read_article_graph,
)
from kg.merge.sources import independent_sources, origin_by_article, pooled_confidence
from kg.namespaces import (
    KG,
    PROV,
    SEM,
    TRUE,
    Quad,
    day,
    decimal,
    decision_iri,
    edge_iri,
    integer,
    local_name,
    relation_iri,
)
from kg.taxonomy import taxonomy

Triple = tuple[URIRef, URIRef, URIRef | Literal]

_HOLDS = Literal("actual")
_PARTICIPANTS = frozenset({KG.actor, KG.recipient, KG.place, KG.weapon})


def assemble(article_graphs: Iterable[Iterable[Quad]]) -> Iterator[Quad]:
    """Yield the quads of the merged graph, sorted.

    Args:
        article_graphs: The quads of each article's graph; a graph given twice counts once.

    Raises:
        GraphError: One of them is not the graph of one article.
    """
    facts = {}
    for quads in article_graphs:
        article = read_article_graph(quads)
        facts[article.graph] = article
    articles = tuple(article for _, article in sorted(facts.items()))
    triples = set(_Assembly(articles).triples())
    for subject, predicate, obj in sorted(triples, key=_sort_key):
        yield subject, predicate, obj, KG.merged


class _Assembly:
    """The article graphs on their way into the merged graph."""

    def __init__(self, articles: tuple[ArticleFacts, ...]) -> None:
        self.articles = articles
        self.entity_decisions = judge_entities(articles)
        self.canonical = _canonical(self.entity_decisions)
        self.event_decisions = judge_events(articles, canonical=self.canonical)
        self.event_by_account = _canonical(self.event_decisions)
        self.origin = origin_by_article(articles)
        self.accounts = {account.iri: account for facts in articles for account in facts.accounts}
        self.claims = {
            claim.iri: claim for account in self.accounts.values() for claim in account.claims
        }

        self.labels: dict[URIRef, str] = {}
        self.grounds: dict[URIRef, Ground] = {}

    def triples(self) -> Iterator[Triple]:
        yield KG.merged, RDF.type, PROV.Entity
        for facts in self.articles:
            yield KG.merged, PROV.wasDerivedFrom, facts.graph
            for interval, described_by in facts.intervals.items():
                for predicate, values in described_by.items():
                    for value in values:
                        yield interval, predicate, value
        yield from self._entities()
        for decision in self.event_decisions:
            yield from self._event(decision)
        yield from self._edges()
        yield from self._relations()
        yield from self._entity_relations()
        for decision in (*self.entity_decisions, *self.event_decisions):
            if len(decision.members) > 1:
                yield from _decision(decision)

    def _same(self, iri: URIRef) -> URIRef:
        return self.canonical.get(iri, iri)

    def _entities(self) -> Iterator[Triple]:
        told: dict[URIRef, list[EntityFacts]] = {}
        for facts in self.articles:
            for entity in facts.entities:
                told.setdefault(self._same(entity.iri), []).append(entity)
        for iri, entities in sorted(told.items()):
            for subject, predicate, obj in described(iri, entities):
                if predicate == RDFS.label:
                    self.labels[iri] = str(obj)
                if predicate == KG.locatedBy and isinstance(obj, URIRef):
                    obj = self._same(obj)
                yield subject, predicate, obj
            self.grounds[iri] = Ground(
                country=_first(entities, KG.country), precision=_first(entities, KG.precision)
            )

    def _event(self, decision: Decision) -> Iterator[Triple]:
        iri = decision.canonical
        accounts = [self.accounts[member] for member in decision.members]
        yield iri, RDF.type, KG.Event
        yield iri, RDF.type, SEM.Event
        yield iri, RDFS.label, Literal(_event_label(accounts))
        claims: list[ClaimFacts] = []
        for account in accounts:
            yield account.iri, KG.accountOf, iri
            claims += account.claims
            for predicate, values in account.values.items():
                if predicate == RDFS.label:
                    continue
                for value in values:
                    if isinstance(value, URIRef) and predicate in _PARTICIPANTS:
                        value = self._same(value)
                    yield iri, predicate, value
        for field in disagreements(claims, canonical=self.canonical, grounds=self.grounds):
            yield iri, KG.disagreesOn, Literal(field)
        yield from _days(iri, [claim for claim in claims if claim.happened] or claims)
        yield from self._support(iri, claims)

    def _support(self, iri: URIRef, claims: Iterable[ClaimFacts]) -> Iterator[Triple]:
        """Yield counts and confidence from the claims that say that it happened."""
        claims = list(claims)
        real = [claim for claim in claims if claim.happened]
        sources = independent_sources(real or claims, origin=self.origin, canonical=self.canonical)
        articles = {claim.article for claim in real or claims}
        yield iri, KG.sourceCount, integer(len(articles))
        yield iri, KG.independentSourceCount, integer(len(sources))
        if real:
            yield iri, KG.confidence, decimal(pooled_confidence(sources.values()))

    def _edges(self) -> Iterator[Triple]:
        gathered: dict[tuple[URIRef, URIRef, URIRef], list[EdgeFacts]] = {}
        for facts in self.articles:
            for edge in facts.edges:
                subject, obj = self._same(edge.subject), self._same(edge.object)
                if subject == obj:
                    continue
                if edge.symmetric and obj < subject:
                    subject, obj = obj, subject
                gathered.setdefault((subject, edge.predicate, obj), []).append(edge)
        for (subject, predicate, obj), edges in sorted(gathered.items()):
            iri = edge_iri(subject, predicate, obj)
            yield subject, predicate, obj
            if edges[0].symmetric:
                yield obj, predicate, subject
                yield iri, KG.symmetric, TRUE
            yield iri, RDF.type, KG.Edge
            known = taxonomy().edges.get(str(predicate))
            name = local_name(predicate) if known is None else known.label
            label = f"{self.labels[subject]} {name} {self.labels[obj]}"
            yield iri, RDFS.label, Literal(label)
            yield iri, RDF.subject, subject
            yield iri, RDF.predicate, predicate
            yield iri, RDF.object, obj
            yield from self._edge_support(iri, edges)

    def _edge_support(self, iri: URIRef, edges: Iterable[EdgeFacts]) -> Iterator[Triple]:
        claims = {}
        for edge in edges:
            for account in edge.accounts:
                yield iri, KG.event, self.event_by_account[account]
            claims.update({claim: self.claims[claim] for claim in edge.claims})
        for claim in claims.values():
            yield iri, KG.claim, claim.iri
            yield iri, KG.reportedIn, claim.article
        yield from _days(iri, claims.values())
        yield from self._support(iri, claims.values())

    def _relations(self) -> Iterator[Triple]:
        told: dict[URIRef, list[ClaimFacts]] = {}
        for facts in self.articles:
            for source, predicate, target in facts.links:
                source, target = self.event_by_account[source], self.event_by_account[target]
                if source != target:
                    yield source, predicate, target
            for relation in facts.relations:
                source = self.event_by_account[relation.source]
                target = self.event_by_account[relation.target]
                if source == target:
                    continue
                iri = relation_iri(relation.type, source, target)
                yield iri, RDF.type, KG.EventRelation
                yield iri, KG.relationType, relation.type
                yield iri, KG.fromEvent, source
                yield iri, KG.toEvent, target
                yield iri, KG.reportedIn, facts.article
                for claim in relation.claims:
                    yield iri, KG.claim, claim
                    told.setdefault(iri, []).append(self.claims[claim])
                for sentence in relation.sentences:
                    yield iri, KG.sentence, sentence
        for iri, claims in told.items():
            sources = independent_sources(claims, origin=self.origin, canonical=self.canonical)
            yield iri, KG.sourceCount, integer(len({claim.article for claim in claims}))
            yield iri, KG.independentSourceCount, integer(len(sources))

    def _entity_relations(self) -> Iterator[Triple]:
        gathered: dict[tuple[URIRef, URIRef, URIRef], list[EntityRelationFacts]] = {}
        for facts in self.articles:
            for relation in facts.entity_relations:
                subject, obj = self._same(relation.subject), self._same(relation.object)
                if subject == obj:
                    continue
                if relation.symmetric and obj < subject:
                    subject, obj = obj, subject
                gathered.setdefault((subject, relation.predicate, obj), []).append(relation)
        for (subject, predicate, obj), relations in sorted(gathered.items()):
            yield from self._entity_relation(subject, predicate, obj, relations)

    def _entity_relation(
        self,
        subject: URIRef,
        predicate: URIRef,
        obj: URIRef,
        relations: Sequence[EntityRelationFacts],
    ) -> Iterator[Triple]:
        iri = relation_iri(predicate, subject, obj)
        label = f"{self.labels[subject]} {_label_of_relation(predicate)} {self.labels[obj]}"
        claims = {claim.iri: claim for relation in relations for claim in relation.claims}.values()
        yield iri, RDF.type, KG.EntityRelation
        yield iri, RDFS.label, Literal(label)
        yield iri, RDF.subject, subject
        yield iri, RDF.predicate, predicate
        yield iri, RDF.object, obj
        for claim in claims:
            yield iri, KG.claim, claim.iri
            yield iri, KG.reportedIn, claim.article
            for status in claim.statuses:
                yield iri, KG.status, status
            for office in claim.offices:
                yield iri, KG.office, office
        symmetric = relations[0].symmetric
        if symmetric:
            yield iri, KG.symmetric, TRUE
        if any(_HOLDS in claim.statuses for claim in claims):
            yield subject, predicate, obj
            if symmetric:
                yield obj, predicate, subject
        sources = independent_sources(claims, origin=self.origin, canonical=self.canonical)
        yield iri, KG.sourceCount, integer(len({claim.article for claim in claims}))
        yield iri, KG.independentSourceCount, integer(len(sources))
        yield iri, KG.confidence, decimal(pooled_confidence(sources.values()))


def _label_of_relation(predicate: URIRef) -> str:
    """Return the words of a relation; of one that the ontology no longer has, its name."""
    for entry in taxonomy().entity_relations.values():
        if entry.edge_property == str(predicate):
            return entry.label
    return local_name(predicate)


def _canonical(decisions: Iterable[Decision]) -> dict[URIRef, URIRef]:
    return {member: decision.canonical for decision in decisions for member in decision.members}


def _decision(decision: Decision) -> Iterator[Triple]:
    iri = decision_iri(decision.members[0], decision.canonical)
    yield iri, RDF.type, KG.MergeDecision
    yield iri, KG.judgement, Literal("positive")
    yield iri, KG.canonical, decision.canonical
    for member in decision.members:
        yield iri, KG.member, member
    for because in decision.because:
        yield iri, KG.because, Literal(because)


def _event_label(accounts: Iterable[AccountFacts]) -> str:
    return best_label([str(label) for account in accounts for label in account.values[RDFS.label]])


def _days(iri: URIRef, claims: Iterable[ClaimFacts]) -> Iterator[Triple]:
    claims = list(claims)
    earliest = [claim.earliest for claim in claims if claim.earliest is not None]
    latest = [claim.latest for claim in claims if claim.latest is not None]
    if earliest and latest:
        yield iri, KG.earliest, day(min(earliest))
        yield iri, KG.latest, day(max(latest))


def _sort_key(triple: Triple) -> str:
    subject, predicate, obj = triple
    # One plain string: comparing rdflib's terms one by one takes most of the time otherwise.
    kind = str(obj.datatype) if isinstance(obj, Literal) else ""
    return "\x1f".join((str(subject), str(predicate), str(obj), kind))


def _first(entities: Iterable[EntityFacts], predicate: URIRef) -> str | None:
    """Return the first value that any article gives of an entity."""
    values = (value for entity in entities for value in entity.values.get(predicate, ()))
    return next(map(str, values), None)
