"""Build networkx networks from the merged layer.

In the ``actors`` network an edge is one event of one direct edge of the graph, so what happened
twice is there twice. ``signed`` sums these per pair. ``events`` has the events for nodes and the
relations between them for edges. ``relations`` has the standing relations between actors, apart
from events, so that no measure of who did what counts them. Nodes are named by IRI; attributes are
plain values, absent when the graph says nothing, and never called ``id``, ``type``, ``source``,
``target`` or ``key``, which formats and viewers keep for themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from typing import Literal as Choice

import networkx as nx
from rdflib import Graph

from kg.namespaces import local_name
from kg.store import Store, Value, to_store

Projection = Choice["actors", "events", "signed", "relations"]

_ENTITIES = """
SELECT ?node ?label ?kind ?country ?sector ?role WHERE {
  GRAPH kg:merged {
    ?node a kg:Entity ; rdfs:label ?label .
    OPTIONAL { ?node kg:kind ?kind }
    OPTIONAL { ?node kg:country ?country }
    OPTIONAL { ?node kg:sector ?sector }
    OPTIONAL { ?node kg:role ?role }
  }
}
"""
_EDGES = """
SELECT ?edge ?event ?subject ?object ?property ?symmetric WHERE {
  GRAPH kg:merged {
    ?edge a kg:Edge ; rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object ;
          kg:event ?event .
    OPTIONAL { ?edge kg:symmetric ?symmetric }
  }
}
"""
_EDGE_SUPPORT = """
SELECT ?edge ?sources ?independent ?confidence WHERE {
  GRAPH kg:merged {
    ?edge a kg:Edge ; kg:sourceCount ?sources ; kg:independentSourceCount ?independent .
    OPTIONAL { ?edge kg:confidence ?confidence }
  }
}
"""
_EDGE_SENTENCES = """
SELECT ?edge ?event ?sentence WHERE {
  GRAPH kg:merged { ?edge a kg:Edge ; kg:claim ?claim ; kg:event ?event . ?event kg:claim ?claim }
  GRAPH ?graph { ?claim kg:sentence/oa:exact ?sentence }
}
"""
_EVENTS = """
SELECT ?event ?label ?type ?mode ?status ?score ?quad ?first ?last ?sources ?independent ?confidence
WHERE {
  GRAPH kg:merged {
    ?event a kg:Event ; rdfs:label ?label ; kg:eventType ?type ; kg:status ?status ;
           kg:score ?score ; kg:quadClass ?quad ; kg:sourceCount ?sources ;
           kg:independentSourceCount ?independent .
    OPTIONAL { ?event kg:mode ?mode }
    OPTIONAL { ?event kg:earliest ?first ; kg:latest ?last }
    OPTIONAL { ?event kg:confidence ?confidence }
  }
}
"""
_RELATIONS = """
SELECT ?relation ?from ?to ?type ?independent WHERE {
  GRAPH kg:merged {
    ?relation a kg:EventRelation ; kg:fromEvent ?from ; kg:toEvent ?to ; kg:relationType ?type ;
              kg:independentSourceCount ?independent .
  }
}
"""
_RELATION_SENTENCES = """
SELECT ?relation ?sentence WHERE {
  GRAPH kg:merged { ?relation a kg:EventRelation ; kg:sentence ?span }
  GRAPH ?graph { ?span oa:exact ?sentence }
}
"""

_ACTOR_RELATIONS = """
SELECT ?relation ?subject ?object ?property ?symmetric ?sources ?independent ?confidence WHERE {
  GRAPH kg:merged {
    ?relation a kg:EntityRelation ; rdf:subject ?subject ; rdf:predicate ?property ;
              rdf:object ?object ; kg:sourceCount ?sources ;
              kg:independentSourceCount ?independent ; kg:confidence ?confidence .
    OPTIONAL { ?relation kg:symmetric ?symmetric }
  }
}
"""
_ACTOR_RELATION_VALUES = """
SELECT ?relation ?status ?office WHERE {
  GRAPH kg:merged {
    ?relation a kg:EntityRelation ; kg:status ?status . OPTIONAL { ?relation kg:office ?office }
  }
}
"""
_ACTOR_RELATION_SENTENCES = """
SELECT ?relation ?sentence WHERE {
  GRAPH kg:merged { ?relation a kg:EntityRelation ; kg:claim ?claim }
  GRAPH ?graph { ?claim kg:sentence/oa:exact ?sentence }
}
"""

Attributes = dict[str, Any]
Row = tuple[Value | None, ...]


def to_network(source: Store | Graph, *, projection: Projection = "actors") -> nx.MultiDiGraph:
    """Return a network of the merged layer; nodes and edges come in the order of their IRIs.

    Args:
        source: A store, an rdflib dataset, or an rdflib graph that is the merged layer; without
            article graphs the edges have no sentences.
        projection: ``actors``, ``events`` and ``relations`` give a ``MultiDiGraph``; ``signed``
            gives a ``DiGraph`` whose ``weight`` is the sum of the PLOVER scores of the events
            between two actors, negative for conflict. A symmetric edge is one edge with
            ``symmetric`` true, and counts both ways in ``signed``.
    """
    store = to_store(source) if isinstance(source, Graph) else source
    if projection == "events":
        return _event_network(store)
    if projection == "relations":
        return _relation_network(store)
    network = _actor_network(store)
    return _signed_network(network) if projection == "signed" else network


def _actor_network(store: Store) -> nx.MultiDiGraph:
    events = _read_events(store)
    support = {
        str(edge): _plain(source_count=sources, independent_source_count=independent, confidence=c)
        for edge, sources, independent, c in _rows(store, _EDGE_SUPPORT)
    }
    sentences = _sentences(store, _EDGE_SENTENCES)
    entities = _read_entities(store)
    network = nx.MultiDiGraph(projection="actors")
    edges = _rows(store, _EDGES)
    ends = {str(end) for _, _, subject, obj, _, _ in edges for end in (subject, obj)}
    for iri in sorted(ends):
        network.add_node(iri, **entities.get(iri, {"label": iri}))
    for edge, event, subject, obj, prop, symmetric in edges:
        happening = dict(events.get(str(event), {}))
        event_label = happening.pop("label", None)
        attributes = {
            "label": local_name(str(prop)),
            **happening,
            # Who tells of the event is more than who supports this edge.
            **support.get(str(edge), {}),
            **_plain(
                event=event,
                event_label=event_label,
                edge=edge,
                sentences="\n".join(sentences.get((str(edge), str(event)), ())),
            ),
            "symmetric": symmetric is not None,
        }
        key = f"{_last_part(edge)}/{_last_part(event)}"
        network.add_edge(str(subject), str(obj), key=key, **attributes)
    return network


def _event_network(store: Store) -> nx.MultiDiGraph:
    network = nx.MultiDiGraph(projection="events")
    for iri, attributes in sorted(_read_events(store).items()):
        network.add_node(iri, **attributes)
    sentences = _sentences(store, _RELATION_SENTENCES)
    for relation, start, end, relation_type, independent in _rows(store, _RELATIONS):
        network.add_edge(
            str(start),
            str(end),
            key=_last_part(relation),
            label=local_name(str(relation_type)).removeprefix("relation-"),
            **_plain(
                relation=relation,
                independent_source_count=independent,
                evidence="\n".join(sentences.get((str(relation),), ())),
            ),
        )
    return network


def _relation_network(store: Store) -> nx.MultiDiGraph:
    network = nx.MultiDiGraph(projection="relations")
    entities = _read_entities(store)
    rows = _rows(store, _ACTOR_RELATIONS)
    for iri in sorted({str(end) for _, subject, obj, *_ in rows for end in (subject, obj)}):
        network.add_node(iri, **entities.get(iri, {"label": iri}))
    values = _grouped(_rows(store, _ACTOR_RELATION_VALUES))
    sentences = _sentences(store, _ACTOR_RELATION_SENTENCES)
    for relation, subject, obj, prop, symmetric, sources, independent, confidence in rows:
        statuses, offices = values[str(relation)]
        network.add_edge(
            str(subject),
            str(obj),
            key=_last_part(relation),
            label=local_name(str(prop)),
            symmetric=symmetric is not None,
            **_plain(
                status=_all(statuses),
                office=_all(offices),
                source_count=sources,
                independent_source_count=independent,
                confidence=confidence,
                relation=relation,
                sentences="\n".join(sentences.get((str(relation),), ())),
            ),
        )
    return network


def _signed_network(network: nx.MultiDiGraph) -> nx.DiGraph:
    signed = nx.DiGraph(projection="signed")
    signed.add_nodes_from(network.nodes(data=True))
    for start, end, tie in network.edges(data=True):
        _add_tie(signed, start, end, tie)
        if tie["symmetric"]:
            _add_tie(signed, end, start, tie)
    return signed


def _add_tie(signed: nx.DiGraph, start: str, end: str, tie: Mapping[str, Any]) -> None:
    if not signed.has_edge(start, end):
        signed.add_edge(start, end, weight=0.0, event_count=0, cooperation=0.0, conflict=0.0)
    sums = signed.edges[start, end]
    score = tie.get("score", 0.0)
    sums["weight"] += score
    sums["event_count"] += 1
    sums["cooperation" if score > 0 else "conflict"] += score
    for name, earlier in (("first", min), ("last", max)):
        if name in tie:
            sums[name] = earlier(tie[name], sums.get(name, tie[name]))


def _read_entities(store: Store) -> dict[str, Attributes]:
    rows = _grouped(_rows(store, _ENTITIES))
    return {
        iri: _plain(
            label=label,
            kind=_all(kinds),
            country=_all(countries),
            sector=_all(sectors),
            role=_all(roles),
        )
        for iri, ((label, *_), kinds, countries, sectors, roles) in rows.items()
    }


def _read_events(store: Store) -> dict[str, Attributes]:
    """Return the attributes of the events; an event of several modes has their mean score."""
    rows = _grouped(_rows(store, _EVENTS))
    read = {}
    for iri, columns in rows.items():
        labels, types, modes, statuses, scores, quads, first, last, sources, independent, c = (
            columns
        )
        read[iri] = _plain(
            label=labels[0],
            event_type=_all(local_name(kind) for kind in types),
            mode=_all(local_name(mode).partition("-")[2] for mode in modes),
            status=_all(statuses),
            quad_class=int(quads[0]) if quads else None,
            first=first[0] if first else None,
            last=last[0] if last else None,
            source_count=int(sources[0]),
            independent_source_count=int(independent[0]),
            confidence=float(c[0]) if c else None,
        )
        read[iri]["score"] = sum(map(float, scores)) / len(scores)
    return read


def _rows(store: Store, query: str) -> Sequence[Row]:
    """Return the rows of a query, sorted, so that no order of a store shows."""
    return sorted(store.query(query).rows, key=lambda row: tuple(map(str, row)))


def _grouped(rows: Iterable[Row]) -> dict[str, list[list[str]]]:
    """Return the distinct values of each further column, sorted, by the first column."""
    found: dict[str, list[set[str]]] = {}
    for first, *others in rows:
        columns = found.setdefault(str(first), [set() for _ in others])
        for column, value in zip(columns, others, strict=True):
            if value is not None:
                column.add(str(value))
    return {iri: [sorted(column) for column in columns] for iri, columns in found.items()}


def _sentences(store: Store, query: str) -> dict[tuple[str, ...], list[str]]:
    """Return the distinct sentences in the last column by the columns before."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for *key, sentence in _rows(store, query):
        found.setdefault(tuple(map(str, key)), {})[" ".join(str(sentence).split())] = None
    return {key: list(sentences) for key, sentences in found.items()}


def _plain(**values: object) -> Attributes:
    """Return the attributes that have a value, as text, numbers or booleans."""
    found: Attributes = {}
    for name, value in values.items():
        if value is None or value == "":
            continue
        if isinstance(value, bool | int | float):
            found[name] = value
        elif name.endswith("_count"):
            found[name] = int(str(value))
        elif name == "confidence":
            found[name] = float(str(value))
        else:
            found[name] = str(value)
    return found


def _all(values: Iterable[str]) -> str:
    return ", ".join(values)


def _last_part(iri: Value | None) -> str:
    return str(iri).rpartition("/")[2]
