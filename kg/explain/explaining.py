"""Put together what the graph tells of one thing."""

from collections.abc import Iterable, Mapping, Sequence

from rdflib import RDF, RDFS, SKOS, URIRef

from kg.explain.finding import Found, find_thing
from kg.explain.records import ClaimTold, Disagreement, Explanation, Related
from kg.explain.telling import compare, read_claims
from kg.namespaces import KG, SCHEMA, local_name
from kg.query.rendering import shorten
from kg.store import Store, to_sparql

_DESCRIPTION = """
SELECT ?property ?value ?label WHERE {{
  GRAPH kg:merged {{ {node} ?property ?value . OPTIONAL {{ ?value rdfs:label ?label }} }}
}} ORDER BY ?property ?label ?value
"""
_BECAUSE = """
SELECT DISTINCT ?because WHERE {{
  GRAPH kg:merged {{ ?decision kg:canonical {node} ; kg:because ?because }}
}} ORDER BY ?because
"""
_CLAIMS_OF_ENTITY = """
SELECT DISTINCT ?claim WHERE {{
  {{ BIND({node} AS ?entity) }}
  UNION {{ GRAPH kg:merged {{ ?decision kg:canonical {node} ; kg:member ?entity }} }}
  UNION {{ GRAPH kg:merged {{ ?entity kg:locatedBy {node} }} }}
  GRAPH ?graph {{
    VALUES ?kind {{ kg:Claim kg:EntityRelationClaim }}
    ?claim kg:actor|kg:recipient|kg:place|kg:weapon|kg:speaker|rdf:subject|rdf:object ?entity ;
           a ?kind .
  }}
}}
"""
_EDGES_OF_ENTITY = """
SELECT ?edge ?from ?property ?to WHERE {{
  GRAPH kg:merged {{
    ?edge a kg:Edge ; rdf:subject|rdf:object {node} ; rdf:subject/rdfs:label ?from ;
          rdf:predicate ?property ; rdf:object/rdfs:label ?to .
  }}
}} ORDER BY ?from ?property ?to ?edge
"""
_ACTOR_RELATIONS = """
SELECT ?relation ?label WHERE {{
  GRAPH kg:merged {{
    ?relation a kg:EntityRelation ; rdf:subject|rdf:object {node} ; rdfs:label ?label .
  }}
}} ORDER BY ?label ?relation
"""
_EVENTS_OF_ENTITY = """
SELECT DISTINCT ?event ?label WHERE {{
  GRAPH kg:merged {{
    ?event a kg:Event ; rdfs:label ?label ;
           kg:actor|kg:recipient|(kg:place/kg:locatedBy?)|kg:weapon {node} .
  }}
}} ORDER BY ?label ?event
"""
_RELATIONS_OF_EVENT = """
SELECT ?other ?type ?label ?forward WHERE {{
  GRAPH kg:merged {{
    {{ ?relation kg:fromEvent {node} ; kg:toEvent ?other . BIND(true AS ?forward) }}
    UNION {{ ?relation kg:toEvent {node} ; kg:fromEvent ?other . BIND(false AS ?forward) }}
    ?relation kg:relationType ?type .
    ?other rdfs:label ?label .
  }}
}} ORDER BY ?type ?label ?other
"""
_EDGES_OF_EVENT = """
SELECT ?edge ?from ?property ?to WHERE {{
  GRAPH kg:merged {{
    ?edge a kg:Edge ; kg:event {node} ; rdf:subject/rdfs:label ?from ; rdf:predicate ?property ;
          rdf:object/rdfs:label ?to .
  }}
}} ORDER BY ?from ?property ?to ?edge
"""

_FACTS = (
    (SKOS.altLabel, "also called"),
    (KG.kind, "kind"),
    (KG.country, "country"),
    (KG.sector, "sector"),
    (KG.role, "role"),
    (KG.office, "office"),
    (SCHEMA.sameAs, "same as"),
    (KG.eventType, "type"),
    (KG.mode, "mode"),
    (KG.relationType, "relation"),
    (KG.actor, "actor"),
    (KG.recipient, "recipient"),
    (KG.place, "place"),
    (KG.weapon, "weapon"),
    (KG.earliest, "earliest day"),
    (KG.latest, "latest day"),
    (KG.status, "status"),
    (KG.killed, "killed"),
    (KG.injured, "injured"),
    (KG.numberArrested, "arrested"),
    (KG.numberDisplaced, "displaced"),
    (KG.quadClass, "quad class"),
    (KG.score, "score"),
    (KG.cameoCode, "CAMEO code"),
    (KG.sourceCount, "sources"),
    (KG.independentSourceCount, "independent sources"),
    (KG.confidence, "confidence"),
    (KG.reportedIn, "told in"),
)
"""What is told of a thing, with the words for it, in the order for reading."""

Properties = Mapping[URIRef, Sequence[tuple[str, str]]]
"""Property to values and their labels; a value without label is its own."""


def explain(store: Store, thing: str) -> Explanation:
    """Return what the graph tells of ``thing``: facts, claims, voices, disagreements.

    Args:
        thing: An IRI, a name, the label of an event, or an edge in words; see
            ``kg.explain.finding.find_thing``.

    Raises:
        QueryError: Nothing or more than one thing is meant.
    """
    found = find_thing(store, thing)
    explain_kind = {
        "entity": _explain_entity,
        "event": _explain_event,
        "edge": _explain_edge,
        "relation": _explain_relation,
        "actor relation": _explain_actor_relation,
    }[found.kind]
    return explain_kind(store, found, _properties(store, found.iri))


def _explain_entity(store: Store, found: Found, properties: Properties) -> Explanation:
    claims = [row[0] for row in _rows(store, _CLAIMS_OF_ENTITY, found.iri)]
    related = [*_edges(store, _EDGES_OF_ENTITY, found.iri)]
    related += [
        Related(iri=relation, how="actor relation", label=label)
        for relation, label in _rows(store, _ACTOR_RELATIONS, found.iri)
    ]
    related += [
        Related(iri=event, how="event", label=label)
        for event, label in _rows(store, _EVENTS_OF_ENTITY, found.iri)
    ]
    return Explanation(
        iri=str(found.iri),
        kind=found.kind,
        label=_label(properties, found.iri),
        facts=_facts(properties),
        claims=read_claims(store, map(URIRef, claims)),
        others=(),
        disagreements=(),
        related=tuple(related),
        because=_because(store, found.iri),
    )


def _explain_event(store: Store, found: Found, properties: Properties) -> Explanation:
    label = _label(properties, found.iri)
    claims = read_claims(store, _iris(properties, KG.claim))
    related = [*_edges(store, _EDGES_OF_EVENT, found.iri), *_relations(store, found.iri)]
    return Explanation(
        iri=str(found.iri),
        kind=found.kind,
        label=label,
        facts=_facts(properties),
        claims=claims,
        others=(),
        disagreements=_disagreements(properties, label, claims),
        related=tuple(related),
        because=_because(store, found.iri),
    )


def _explain_relation(store: Store, found: Found, properties: Properties) -> Explanation:
    ends = [
        Related(iri=iri, how=how, label=label)
        for prop, how in ((KG.fromEvent, "from event"), (KG.toEvent, "to event"))
        for iri, label in properties[prop]
    ]
    return Explanation(
        iri=str(found.iri),
        kind=found.kind,
        label=" → ".join(end.label for end in ends),
        facts=_facts(properties),
        claims=read_claims(store, _iris(properties, KG.claim)),
        others=(),
        disagreements=(),
        related=tuple(ends),
        because=(),
    )


def _explain_actor_relation(store: Store, found: Found, properties: Properties) -> Explanation:
    return Explanation(
        iri=str(found.iri),
        kind=found.kind,
        label=_label(properties, found.iri),
        facts=_facts(properties),
        claims=read_claims(store, _iris(properties, KG.claim)),
        others=(),
        disagreements=(),
        related=tuple(
            Related(iri=iri, how=how, label=label)
            for prop, how in ((RDF.subject, "from"), (RDF.object, "to"))
            for iri, label in properties[prop]
        ),
        because=(),
    )


def _explain_edge(store: Store, found: Found, properties: Properties) -> Explanation:
    supporting = set(_iris(properties, KG.claim))
    others: list[ClaimTold] = []
    disagreements: list[Disagreement] = []
    related = []
    for event in _iris(properties, KG.event):
        about = _properties(store, event)
        label = _label(about, event)
        related.append(Related(iri=str(event), how="event", label=label))
        told = read_claims(store, _iris(about, KG.claim))
        others += [claim for claim in told if URIRef(claim.iri) not in supporting]
        disagreements += _disagreements(about, label, told)
    subject, name, obj = (
        local_name(properties[prop][0][1]) for prop in (RDF.subject, RDF.predicate, RDF.object)
    )
    return Explanation(
        iri=str(found.iri),
        kind=found.kind,
        label=f"{subject} {name} {obj}",
        facts=_facts(properties),
        claims=read_claims(store, supporting),
        others=tuple(others),
        disagreements=tuple(disagreements),
        related=tuple(related),
        because=(),
    )


def _disagreements(
    properties: Properties, label: str, claims: Iterable[ClaimTold]
) -> tuple[Disagreement, ...]:
    told = list(claims)
    return tuple(compare(label, field, told) for field, _ in properties.get(KG.disagreesOn, ()))


def _properties(store: Store, iri: URIRef) -> Properties:
    found: dict[URIRef, dict[str, str]] = {}
    for prop, value, label in _rows(store, _DESCRIPTION, iri):
        found.setdefault(URIRef(prop), {}).setdefault(value, label or value)
    return {prop: list(values.items()) for prop, values in found.items()}


def _facts(properties: Properties) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, ", ".join(_short(label) for _, label in properties[prop]))
        for prop, name in _FACTS
        if prop in properties
    )


def _short(label: str) -> str:
    """Return a label, the name of a term, or an IRI with its prefix."""
    name = local_name(label)
    return shorten(URIRef(name)) if "://" in name else name


def _label(properties: Properties, iri: URIRef) -> str:
    return next((label for _, label in properties.get(RDFS.label, ())), str(iri))


def _iris(properties: Properties, prop: URIRef) -> list[URIRef]:
    return [URIRef(value) for value, _ in properties.get(prop, ())]


def _because(store: Store, iri: URIRef) -> tuple[str, ...]:
    return tuple(row[0] for row in _rows(store, _BECAUSE, iri))


def _edges(store: Store, query: str, iri: URIRef) -> list[Related]:
    return [
        Related(iri=edge, how="edge", label=f"{start} {local_name(prop)} {end}")
        for edge, start, prop, end in _rows(store, query, iri)
    ]


def _relations(store: Store, iri: URIRef) -> list[Related]:
    related = []
    for other, relation, label, forward in _rows(store, _RELATIONS_OF_EVENT, iri):
        name = local_name(relation).removeprefix("relation-").replace("_", " ")
        how = name if forward == "true" else f"other end of {name}"
        related.append(Related(iri=other, how=how, label=label))
    return related


def _rows(store: Store, query: str, iri: URIRef) -> list[tuple[str, ...]]:
    text = query.format(node=to_sparql(iri))
    return [
        tuple("" if value is None else str(value) for value in row)
        for row in store.query(text).rows
    ]
