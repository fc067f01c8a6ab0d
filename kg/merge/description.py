"""Describe an entity in the merged graph from what all articles say of it.

Labels, kind, country and the like serve to show and to filter, so the merged node has one of each:
the most frequent. What each article said stays in its graph. Claims are never treated so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from rdflib import RDF, RDFS, SKOS, Literal, URIRef

from kg.merge.facts import EntityFacts
from kg.namespaces import GEO, KG, SCHEMA

_SINGLE = (KG.country, KG.sector)
_MANY = (SKOS.altLabel, KG.role, SCHEMA.sameAs, KG.locatedBy)
# A country is a place while it is only a location, and a state once it acts anywhere.
_STATE, _PLACE = "state", "place"


def best_label(labels: Iterable[str]) -> str:
    """Return the most frequent label; among equals the longest, then the alphabetically first.

    Empty when there are none.
    """
    counts = Counter(labels)
    if not counts:
        return ""
    return min(counts, key=lambda label: (-counts[label], -len(label), label))


def described(
    iri: URIRef, entities: Iterable[EntityFacts]
) -> Iterator[tuple[URIRef, URIRef, URIRef | Literal]]:
    """Yield the triples that describe ``iri``, from its descriptions in articles, at least one."""
    entities = sorted(entities, key=lambda entity: (entity.article, entity.iri))
    labels = [str(label) for entity in entities for label in entity.values[RDFS.label]]
    label = best_label(labels)
    yield iri, RDFS.label, Literal(label)
    for other in set(labels) - {label}:
        yield iri, SKOS.altLabel, Literal(other)
    yield from _kind(iri, entities)
    for entity in entities:
        yield iri, KG.reportedIn, entity.article
        for predicate in _MANY:
            for value in entity.values.get(predicate, ()):
                if value not in (iri, Literal(label)):
                    yield iri, predicate, value
    for predicate in _SINGLE:
        values = [value for entity in entities for value in entity.values.get(predicate, ())]
        if values:
            yield iri, predicate, Literal(best_label(map(str, values)))
    placed = [entity.values for entity in entities if GEO.lat in entity.values]
    placed += [entity.values for entity in entities if KG.precision in entity.values]
    for predicate in (GEO.lat, GEO.long, KG.precision):  # those of one article, never mixed
        if placed and predicate in placed[0]:
            yield iri, predicate, placed[0][predicate][0]


def _kind(
    iri: URIRef, entities: Iterable[EntityFacts]
) -> Iterator[tuple[URIRef, URIRef, URIRef | Literal]]:
    entities = list(entities)
    kinds = Counter(str(kind) for entity in entities for kind in entity.values[KG.kind])
    if _STATE in kinds:
        kinds.pop(_PLACE, None)
    chosen = min(kinds, key=lambda kind: (-kinds[kind], kind))
    yield iri, KG.kind, Literal(chosen)
    for entity in entities:
        if Literal(chosen) in entity.values[KG.kind]:
            for node_class in entity.values[RDF.type]:
                yield iri, RDF.type, node_class
