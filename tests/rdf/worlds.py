"""Read what a graph says, for tests: edges by label, accounts, claims."""

from collections.abc import Iterable, Sequence
from typing import Any

from rdflib import RDF, RDFS, Graph, URIRef

from kg.namespaces import KG, Quad
from kg.rdf.mapping import to_quads
from kg.records import Entity, EventMention, Extraction
from kg.taxonomy import taxonomy
from kg.terms import EntityKind
from tests.factory import make_entity, make_extraction

TEXT = "The militia attacked the base. The army met the minister near the town."


def to_graph(quads: Iterable[Quad]) -> Graph:
    """Return the one graph that ``quads`` are of."""
    listed = list(quads)
    (name,) = {graph for *_, graph in listed}
    graph = Graph(identifier=name, bind_namespaces="none")
    for subject, predicate, obj, _ in listed:
        graph.add((subject, predicate, obj))
    return graph


def make_cast() -> tuple[Entity, ...]:
    """Return a militia, a base, an army, a minister, a town and a rocket, E1 to E6."""
    known = (
        ("militia", EntityKind.ARMED_GROUP),
        ("base", EntityKind.FACILITY),
        ("army", EntityKind.MILITARY),
        ("minister", EntityKind.PERSON),
        ("town", EntityKind.PLACE),
        ("rocket", EntityKind.WEAPON),
    )
    return tuple(
        make_entity(f"E{number}", name, kind, iri=f"https://example.org/{name}")
        for number, (name, kind) in enumerate(known, start=1)
    )


def graph_of(events: Sequence[EventMention], **values: Any) -> Graph:
    """Return the graph of an article with these events of the cast."""
    return to_graph(to_quads(extraction_of(events, **values)))


def extraction_of(events: Sequence[EventMention], **values: Any) -> Extraction:
    """Return an extraction with these events of the cast."""
    return make_extraction(TEXT, entities=make_cast(), events=events, **values)


def edges_of(graph: Graph) -> set[str]:
    """Return the direct edges between entities as ``militia attacked base``."""
    return {
        f"{graph.value(subject, RDFS.label)} {name} {graph.value(obj, RDFS.label)}"
        for iri in taxonomy().edges
        for name in [iri.rpartition("#")[2]]
        for subject, obj in graph.subject_objects(URIRef(iri))
    }


def nodes_of(graph: Graph, node_class: URIRef) -> list[URIRef]:
    """Return the nodes of a class, sorted."""
    return sorted(node for node in graph.subjects(RDF.type, node_class) if isinstance(node, URIRef))


def only(graph: Graph, node_class: URIRef) -> URIRef:
    """Return the one node of a class."""
    (node,) = nodes_of(graph, node_class)
    return node


def values(graph: Graph, node: URIRef, predicate: URIRef) -> list[str]:
    """Return the values of a property as sorted strings; of IRIs, the last part."""
    return sorted(str(value).rpartition("/")[2] for value in graph.objects(node, predicate))


def accounts_of(graph: Graph) -> list[URIRef]:
    """Return the accounts of events."""
    return nodes_of(graph, KG.EventAccount)
