"""Find what the user means: an IRI, a name, the label of an event, or an edge told in words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import Literal, URIRef

from kg.errors import QueryError
from kg.explain.records import Kind
from kg.namespaces import KG, local_name
from kg.query import find_entity
from kg.query.names import expand
from kg.store import Store, to_sparql

_KINDS: Mapping[URIRef, Kind] = {
    KG.Edge: "edge",
    KG.Event: "event",
    KG.EventRelation: "relation",
    KG.EntityRelation: "actor relation",
    KG.Entity: "entity",
}
_CLASSES = """
SELECT ?class WHERE {{ GRAPH kg:merged {{ {node} a ?class }} }}
"""
_MERGED_INTO = """
SELECT ?merged WHERE {{
  GRAPH kg:merged {{
    {{ {node} kg:accountOf ?merged }}
    UNION {{ ?decision kg:member {node} ; kg:canonical ?merged }}
    UNION {{ ?merged a kg:Event ; kg:claim {node} }}
    UNION {{ ?merged a kg:EntityRelation ; kg:claim {node} }}
  }}
}} ORDER BY ?merged
"""
_EVENT_LABELS = """
SELECT ?event WHERE {{
  GRAPH kg:merged {{ ?event a kg:Event ; rdfs:label ?label }}
  FILTER(LCASE(?label) = LCASE({label}))
}} ORDER BY ?event
"""
_EDGES = """
SELECT ?edge ?subject ?property ?object ?symmetric WHERE {
  GRAPH kg:merged {
    VALUES ?kind { kg:Edge kg:EntityRelation }
    ?edge a ?kind ; rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object .
    OPTIONAL { ?edge kg:symmetric ?symmetric }
  }
} ORDER BY ?edge
"""
_NAMES = """
SELECT DISTINCT ?entity ?name WHERE {
  GRAPH kg:merged { ?entity a kg:Entity ; rdfs:label|skos:altLabel ?name }
} ORDER BY ?entity ?name
"""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Found:
    """A thing of the merged layer."""

    iri: URIRef
    kind: Kind


def find_thing(store: Store, thing: str) -> Found:
    """Return what ``thing`` means.

    Args:
        thing: The IRI of an entity, event, edge, relation, account or claim; the label or alias
            of an entity; the label of an event; or subject, property and object of an edge or of
            a relation between actors, as in ``Iran attacked Green Village``, where parts of names
            will do.

    Raises:
        QueryError: Nothing or more than one thing is meant; the message lists candidates.
    """
    iri = expand(thing)
    if iri is not None:
        return _find_iri(store, iri)
    try:
        return Found(iri=find_entity(store, thing).iri, kind="entity")
    except QueryError as error:
        unknown = error
    label = to_sparql(Literal(thing))
    events = [URIRef(str(row[0])) for row in store.query(_EVENT_LABELS.format(label=label)).rows]
    if events:
        return Found(iri=_only(events, thing, "events"), kind="event")
    edges = _find_edges(store, thing)
    if edges:
        return _find_iri(store, _only(edges, thing, "edges"))
    if _tells_edge(store, thing):
        raise QueryError(
            f"'{thing}': the graph has no such edge. Explain one of its ends, or list the edges "
            "with the query 'sources-of-edge'."
        ) from unknown
    raise unknown


def _find_iri(store: Store, iri: URIRef) -> Found:
    node = to_sparql(iri)
    classes = {row[0] for row in store.query(_CLASSES.format(node=node)).rows}
    for node_class, kind in _KINDS.items():
        if node_class in classes:
            return Found(iri=iri, kind=kind)
    merged = [URIRef(str(row[0])) for row in store.query(_MERGED_INTO.format(node=node)).rows]
    if merged:
        return _find_iri(store, merged[0])
    raise QueryError(f"<{iri}>: the graph says nothing of it. Check the IRI, or give a name.")


def _only(found: list[URIRef], thing: str, what: str) -> URIRef:
    if len(found) > 1:
        several = ", ".join(f"<{iri}>" for iri in found[:5])
        raise QueryError(f"'{thing}' means {len(found)} {what}. Give one IRI: {several}.")
    return found[0]


def _find_edges(store: Store, thing: str) -> list[URIRef]:
    """Return the edges that ``thing`` tells in words, the best matches only."""
    names: dict[URIRef, list[list[str]]] = {}
    for entity, name in store.query(_NAMES).rows:
        names.setdefault(URIRef(str(entity)), []).append(_words(str(name)))
    scored: dict[URIRef, int] = {}
    for edge, subject, prop, obj, symmetric in store.query(_EDGES).rows:
        for before, after in _split(_words(thing), _property_words(str(prop))):
            ends = [(subject, obj), (obj, subject)] if symmetric is not None else [(subject, obj)]
            for one, other in ends:
                first = _match(before, names.get(URIRef(str(one)), ()))
                second = _match(after, names.get(URIRef(str(other)), ()))
                if first and second:
                    iri = URIRef(str(edge))
                    scored[iri] = max(scored.get(iri, 0), first + second)
    best = max(scored.values(), default=0)
    return [edge for edge, score in scored.items() if score == best]


def _tells_edge(store: Store, thing: str) -> bool:
    words = _words(thing)
    properties = {str(row[2]) for row in store.query(_EDGES).rows}
    return any(any(_split(words, _property_words(prop))) for prop in properties)


def _words(text: str) -> list[str]:
    # "U.S." and "US" are one word.
    return _WORD.findall(text.casefold().replace(".", ""))


def _property_words(prop: str) -> list[str]:
    return _words(_CAMEL.sub(" ", local_name(prop)))


def _split(words: list[str], middle: list[str]) -> Iterable[tuple[list[str], list[str]]]:
    """Yield what stands before and after ``middle``, written apart or as one word."""
    for written in (middle, ["".join(middle)]):
        for start in range(1, len(words) - len(written)):
            if words[start : start + len(written)] == written:
                yield words[:start], words[start + len(written) :]


def _match(words: list[str], names: Iterable[list[str]]) -> int:
    """Return 2 when ``words`` are a name, 1 when a name has them all, else 0."""
    scores = [2 if words == name else int(set(words) <= set(name)) for name in names]
    return max(scores, default=0)
