"""Turn an extraction into quads: the named graph that holds what one article says.

In: an ``Extraction``. Out: quads of that graph and of no other. The graph's shape is described
in ``ontology/README.md``. Nothing here looks at another article; that is the work of
``kg.merge``, which reads these graphs and nothing else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rdflib import RDF, RDFS, SKOS, XSD, Literal, URIRef

from kg.namespaces import (
    GEO,
    KG,
    OA,
    PROV,
    SCHEMA,
    SEM,
    TRUE,
    Quad,
    article_graph_iri,
    article_iri,
    day,
    decimal,
    edge_iri,
    event_type_iri,
    geonames_iri,
    integer,
    interval_iri,
    mode_iri,
    outlet_iri,
    plain,
    quantity_iri,
    relation_iri,
    relation_type_iri,
    span_iri,
    wikidata_iri,
)
from kg.rdf.accounts import Account, ClaimedEvent, gather_accounts, happened
from kg.rdf.edges import Edge, draw_edges
from kg.rdf.entity_relations import (
    ClaimedRelation,
    GatheredRelation,
    claim_relations,
    gather_relations,
)
from kg.rdf.fingerprint import fingerprint
from kg.records import CharSpan, DateInterval, Entity, Extraction, Quantity
from kg.taxonomy import Coding, Taxonomy, taxonomy
from kg.terms import MentionLevel, QuantityKind, RelationType

Triple = tuple[URIRef, URIRef, URIRef | Literal]


def to_quads(extraction: Extraction) -> Iterator[Quad]:
    """Yield the quads of the article's graph, without repeats, in an order fixed by content."""
    graph = article_graph_iri(extraction.article.doc_id)
    mapping = _Mapping(extraction=extraction, graph=graph, taxonomy=taxonomy())
    for subject, predicate, obj in dict.fromkeys(mapping.triples()):
        yield subject, predicate, obj, graph


@dataclass(frozen=True, kw_only=True)
class _Mapping:
    """One article on its way into triples."""

    extraction: Extraction
    graph: URIRef
    taxonomy: Taxonomy

    @cached_property
    def article(self) -> URIRef:
        return article_iri(self.extraction.article.doc_id)

    @cached_property
    def entity_by_id(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.extraction.entities}

    @cached_property
    def iri_by_entity(self) -> dict[str, str]:
        return {entity.id: entity.iri for entity in self.extraction.entities}

    def triples(self) -> Iterator[Triple]:
        accounts = gather_accounts(self.extraction, iri_by_entity=self.iri_by_entity)
        yield from self._article()
        for entity in self.extraction.entities:
            yield from self._entity(entity)
        for account in accounts:
            yield from self._account(account)
            for claim in account.claims:
                yield from self._claim(claim)
        edges = draw_edges(accounts, entity_by_id=self.entity_by_id, taxonomy=self.taxonomy)
        for edge in edges:
            yield from self._edge(edge)
        yield from self._relations(accounts)
        stated = claim_relations(
            self.extraction, iri_by_entity=self.iri_by_entity, taxonomy=self.taxonomy
        )
        for item in stated:
            yield from self._relation_claim(item)
        for relation in gather_relations(stated, taxonomy=self.taxonomy):
            yield from self._entity_relation(relation)

    def _article(self) -> Iterator[Triple]:
        article = self.extraction.article
        yield self.graph, RDF.type, KG.ArticleGraph
        yield self.graph, PROV.wasDerivedFrom, self.article
        yield self.article, RDF.type, KG.Article
        yield self.article, RDF.type, SCHEMA.NewsArticle
        yield self.article, RDF.type, PROV.Entity
        yield self.article, SCHEMA.identifier, Literal(article.doc_id)
        yield self.article, KG.text, Literal(article.text)
        yield self.article, KG.fingerprint, Literal(fingerprint(article.text))
        if article.title:
            yield self.article, SCHEMA.headline, Literal(article.title)
        if article.url:
            # A literal, since what stands in a feed is not always a valid IRI.
            yield self.article, SCHEMA.url, Literal(article.url, datatype=XSD.anyURI)
        if article.published:
            yield self.article, SCHEMA.datePublished, day(article.published)
        if article.publisher:
            outlet = outlet_iri(article.publisher)
            yield self.article, SCHEMA.publisher, outlet
            yield outlet, RDF.type, KG.Outlet
            yield outlet, RDFS.label, plain(article.publisher)

    def _entity(self, entity: Entity) -> Iterator[Triple]:
        iri = URIRef(entity.iri)
        kind = self.taxonomy.kinds[entity.kind]
        yield iri, RDF.type, KG.Entity
        yield iri, RDF.type, URIRef(kind.iri)
        yield iri, RDFS.label, Literal(entity.name)
        yield iri, KG.kind, plain(entity.kind.value)
        text = self.extraction.article.text
        names = {
            " ".join(mention.span.quote(text).split())
            for mention in entity.mentions
            if mention.level is MentionLevel.NAME
        }
        for name in sorted(names - {entity.name, ""}):
            yield iri, SKOS.altLabel, Literal(name)
        for predicate, value in (
            (KG.country, entity.country),
            (KG.sector, entity.sector),
            (KG.role, entity.role),
        ):
            if value:
                yield iri, predicate, plain(value)
        known = [wikidata_iri(entity.wikidata)] if entity.wikidata else []
        known += [geonames_iri(entity.geonames)] if entity.geonames else []
        for other in known:
            if other != entity.iri:
                yield iri, SCHEMA.sameAs, URIRef(other)
        if entity.lat is not None and entity.lon is not None:
            yield iri, GEO.lat, decimal(entity.lat)
            yield iri, GEO.long, decimal(entity.lon)
        if entity.precision is not None:
            yield iri, KG.precision, plain(entity.precision.value)
        for place in entity.located_by:
            yield iri, KG.locatedBy, URIRef(place)

    def _account(self, account: Account) -> Iterator[Triple]:
        iri = account.iri
        events = [claim.event for claim in account.claims]
        yield iri, RDF.type, KG.EventAccount
        yield iri, RDF.type, SEM.Event
        yield iri, RDFS.label, Literal(self._label(account))
        yield iri, KG.reportedIn, self.article
        modes = sorted({event.mode for event in events if event.mode is not None})
        for mode in modes or (None,):
            yield from _coded(iri, self.taxonomy.coding(account.type, mode))
        for event in events:
            yield iri, KG.status, plain(event.status.value)
        for claim in account.claims:
            yield iri, KG.claim, claim.iri
            yield from self._told(iri, claim)
        real = [event for event in events if happened(event)]
        dates = [event.date for event in real or events if event.date is not None]
        if dates:
            yield iri, KG.earliest, day(min(interval.earliest for interval in dates))
            yield iri, KG.latest, day(max(interval.latest for interval in dates))

    def _told(self, iri: URIRef, claim: ClaimedEvent) -> Iterator[Triple]:
        """Yield the fields that an event has from its claims, on the event or on the claim."""
        event = claim.event
        yield iri, KG.eventType, event_type_iri(event.type)
        if event.mode is not None:
            yield iri, KG.mode, mode_iri(event.type, event.mode)
        for predicate, entity_ids in (
            (KG.actor, event.actors),
            (KG.recipient, event.recipients),
            (KG.place, event.places),
            (KG.weapon, event.weapons),
        ):
            for entity_id in entity_ids:
                yield iri, predicate, URIRef(self.iri_by_entity[entity_id])
        if event.date is not None:
            yield from _interval(iri, event.date)
        if event.casualties is not None:
            if event.casualties.killed is not None:
                yield iri, KG.killed, integer(event.casualties.killed)
            if event.casualties.injured is not None:
                yield iri, KG.injured, integer(event.casualties.injured)
        for predicate, kind in (
            (KG.numberArrested, QuantityKind.ARRESTED),
            (KG.numberDisplaced, QuantityKind.DISPLACED),
        ):
            total = event.total(kind)
            if total is not None:
                yield iri, predicate, integer(total)
        for context in event.contexts:
            yield iri, KG.context, plain(context)

    def _claim(self, claim: ClaimedEvent) -> Iterator[Triple]:
        iri, event = claim.iri, claim.event
        yield iri, RDF.type, KG.Claim
        yield iri, RDF.type, PROV.Entity
        yield iri, PROV.wasQuotedFrom, self.article
        yield from self._told(iri, claim)
        yield iri, KG.status, plain(event.status.value)
        yield iri, KG.polarity, plain(event.polarity.value)
        yield iri, KG.certainty, plain(event.certainty.value)
        yield iri, KG.confidence, decimal(event.confidence)
        yield iri, KG.rule, plain(event.rule)
        if event.date is not None:
            yield iri, KG.dateDerivation, Literal(event.date.derivation)
        if event.date_text:
            yield iri, KG.dateText, Literal(event.date_text)
        yield from self._credited(iri, event.attribution)
        for quantity in event.quantities:
            yield from self._quantity(iri, quantity)
        for predicate, span in ((KG.sentence, event.sentence), (KG.trigger, event.trigger)):
            yield iri, predicate, span_iri(self.article, span)
            yield from self._span(span)

    def _quantity(self, claim: URIRef, quantity: Quantity) -> Iterator[Triple]:
        group = self.iri_by_entity[quantity.group] if quantity.group is not None else ""
        iri = quantity_iri(claim, quantity, group)
        yield claim, KG.quantity, iri
        yield iri, RDF.type, KG.Quantity
        yield iri, RDFS.label, Literal(f"{quantity.kind.value}: {_extent(quantity)}")
        yield iri, KG.quantityKind, plain(quantity.kind.value)
        for predicate, value in (
            (KG.number, quantity.number),
            (KG.low, quantity.low),
            (KG.high, quantity.high),
        ):
            if value is not None:
                yield iri, predicate, integer(value)
        yield iri, KG.unit, plain(quantity.unit)
        yield iri, KG.words, Literal(quantity.text)
        if group:
            yield iri, KG.group, URIRef(group)

    def _credited(self, iri: URIRef, attribution: Iterable[str]) -> Iterator[Triple]:
        """Yield who is credited with a claim, and who publishes it."""
        for entity_id in attribution:
            speaker = URIRef(self.iri_by_entity[entity_id])
            yield iri, KG.speaker, speaker
            yield iri, PROV.wasAttributedTo, speaker
        if self.extraction.article.publisher:
            yield iri, KG.outlet, outlet_iri(self.extraction.article.publisher)

    def _relation_claim(self, claim: ClaimedRelation) -> Iterator[Triple]:
        iri, relation = claim.iri, claim.relation
        yield iri, RDF.type, KG.EntityRelationClaim
        yield iri, RDF.type, PROV.Entity
        yield iri, PROV.wasQuotedFrom, self.article
        yield iri, RDF.subject, URIRef(claim.subject)
        yield iri, RDF.predicate, URIRef(claim.property)
        yield iri, RDF.object, URIRef(claim.object)
        if relation.role:
            yield iri, KG.office, Literal(relation.role)
        yield iri, KG.status, plain(relation.status.value)
        yield iri, KG.polarity, plain(relation.polarity.value)
        yield iri, KG.certainty, plain(relation.certainty.value)
        yield iri, KG.confidence, decimal(relation.confidence)
        yield iri, KG.rule, plain(relation.rule)
        yield from self._credited(iri, relation.attribution)
        for predicate, span in ((KG.sentence, relation.sentence), (KG.trigger, relation.evidence)):
            yield iri, predicate, span_iri(self.article, span)
            yield from self._span(span)

    def _entity_relation(self, relation: GatheredRelation) -> Iterator[Triple]:
        subject, predicate, obj = (URIRef(part) for part in relation.key)
        iri = relation_iri(predicate, subject, obj)
        if relation.holds:
            yield subject, predicate, obj
            if relation.symmetric:
                yield obj, predicate, subject
        if relation.symmetric:
            yield iri, KG.symmetric, TRUE
        name_by_iri = {entity.iri: entity.name for entity in self.extraction.entities}
        label = self.taxonomy.entity_relations[relation.claims[0].relation.type].label
        words = f"{name_by_iri[relation.key[0]]} {label} {name_by_iri[relation.key[2]]}"
        yield iri, RDF.type, KG.EntityRelation
        yield iri, RDFS.label, Literal(words)
        yield iri, RDF.subject, subject
        yield iri, RDF.predicate, predicate
        yield iri, RDF.object, obj
        yield iri, KG.reportedIn, self.article
        for claim in relation.claims:
            yield iri, KG.claim, claim.iri
            yield iri, KG.status, plain(claim.relation.status.value)
            if claim.relation.role:
                yield iri, KG.office, Literal(claim.relation.role)

    def _span(self, span: CharSpan) -> Iterator[Triple]:
        iri = span_iri(self.article, span)
        yield iri, RDF.type, KG.Span
        yield iri, RDF.type, OA.TextPositionSelector
        yield iri, OA.start, integer(span.start)
        yield iri, OA.end, integer(span.end)
        yield iri, OA.exact, Literal(span.quote(self.extraction.article.text))
        yield iri, PROV.wasQuotedFrom, self.article

    def _edge(self, edge: Edge) -> Iterator[Triple]:
        subject, predicate, obj = (URIRef(part) for part in edge.key)
        iri = edge_iri(subject, predicate, obj)
        yield subject, predicate, obj
        if edge.symmetric:
            yield obj, predicate, subject
            yield iri, KG.symmetric, TRUE
        yield iri, RDF.type, KG.Edge
        yield iri, RDFS.label, Literal(self._edge_label(edge))
        yield iri, RDF.subject, subject
        yield iri, RDF.predicate, predicate
        yield iri, RDF.object, obj
        yield iri, KG.reportedIn, self.article
        for account in sorted(edge.accounts):
            yield iri, KG.event, account
        for claim in sorted(edge.claims):
            yield iri, KG.claim, claim

    def _relations(self, accounts: Iterable[Account]) -> Iterator[Triple]:
        told = [(account, claim) for account in accounts for claim in account.claims]
        account_by_event = {name: account for account, claim in told for name in claim.repeats}
        claim_by_event = {name: claim for _, claim in told for name in claim.repeats}
        for relation in self.extraction.relations:
            source, target = account_by_event[relation.source], account_by_event[relation.target]
            if source.iri == target.iri:
                continue  # same_as has made the two one account
            claims = claim_by_event[relation.source], claim_by_event[relation.target]
            yield from self._relation(relation.type, source, target, claims, relation.evidence)

    def _relation(
        self,
        relation_type: RelationType,
        source: Account,
        target: Account,
        claims: tuple[ClaimedEvent, ClaimedEvent],
        evidence: CharSpan,
    ) -> Iterator[Triple]:
        entry = self.taxonomy.relations[relation_type]
        iri = relation_iri(relation_type_iri(relation_type), source.iri, target.iri)
        yield iri, RDF.type, KG.EventRelation
        yield iri, KG.relationType, relation_type_iri(relation_type)
        yield iri, KG.fromEvent, source.iri
        yield iri, KG.toEvent, target.iri
        yield iri, KG.reportedIn, self.article
        for claim in claims:
            yield iri, KG.claim, claim.iri
        yield iri, KG.sentence, span_iri(self.article, evidence)
        yield from self._span(evidence)
        if not entry.requires_actual or all(happened(claim.event) for claim in claims):
            yield source.iri, URIRef(entry.edge_property), target.iri

    def _edge_label(self, edge: Edge) -> str:
        subject, predicate, obj = edge.key
        name_by_iri = {entity.iri: entity.name for entity in self.extraction.entities}
        label = self.taxonomy.edges[predicate].label
        return f"{name_by_iri[subject]} {label} {name_by_iri[obj]}"

    def _label(self, account: Account) -> str:
        """Return a line for people: type, who, whom, when."""
        events = [claim.event for claim in account.claims]
        actors = self._names(entity_id for event in events for entity_id in event.actors)
        recipients = self._names(entity_id for event in events for entity_id in event.recipients)
        label = self.taxonomy.types[account.type].coding.label
        days = sorted({event.date.earliest for event in events if event.date is not None})
        who = " → ".join(names for names in (actors or "?", recipients) if names)
        return f"{label}: {who}{_when(days)}"

    def _names(self, entity_ids: Iterable[str]) -> str:
        names = [self.entity_by_id[entity_id].name for entity_id in dict.fromkeys(entity_ids)]
        return ", ".join(names)


def _when(days: list[date]) -> str:
    return f" ({days[0].isoformat()})" if days else ""


def _coded(iri: URIRef, coding: Coding) -> Iterator[Triple]:
    yield iri, KG.cameoCode, plain(coding.cameo)
    yield iri, KG.quadClass, integer(coding.quad_class)
    yield iri, KG.score, decimal(float(coding.score))


def _extent(quantity: Quantity) -> str:
    """Return how many there are for people to read: "5 or more", "24 or fewer", "10 to 15"."""
    low, high = quantity.low, quantity.high
    if low is None:
        extent = f"{high} or fewer"
    elif high is None:
        extent = f"{low} or more"
    else:
        extent = f"{low}" if low == high else f"{low} to {high}"
    return extent if quantity.unit == "person" else f"{extent} ({quantity.unit})"


def _interval(iri: URIRef, interval: DateInterval) -> Iterator[Triple]:
    node = interval_iri(
        interval.earliest.isoformat(), interval.latest.isoformat(), interval.grain.value
    )
    yield iri, KG.time, node
    yield node, RDF.type, KG.Interval
    yield node, KG.earliest, day(interval.earliest)
    yield node, KG.latest, day(interval.latest)
    yield node, KG.grain, plain(interval.grain.value)
