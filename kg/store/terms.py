"""Carry terms between rdflib and Oxigraph without loss.

``oxrdflib`` has such functions too, but gives plain strings back with an explicit
``xsd:string``, which rdflib holds for another term; a graph would not equal itself after a round
trip.
"""

from collections.abc import Iterable
from functools import lru_cache

import pyoxigraph as ox
from rdflib import XSD, Graph, URIRef
from rdflib.term import BNode, Literal, Node

from kg.errors import GraphError
from kg.namespaces import Quad
from kg.store.contract import Value

_STRING = str(XSD.string)
GraphName = ox.NamedNode | ox.DefaultGraph


def to_ox(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return the Oxigraph term.

    Raises:
        ValueError: The term is not an IRI, blank node or literal that RDF allows.
    """
    if isinstance(term, URIRef):
        return _to_node(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
        return ox.Literal(str(term), datatype=datatype)
    raise ValueError(f"{term!r} is not an RDF term")


def to_sparql(term: Node) -> str:
    """Return a term as it is written in a query, whatever text it holds.

    Raises:
        ValueError: The term is not an IRI, blank node or literal that RDF allows.
    """
    return str(to_ox(term))


def from_ox(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Value:
    """Return the rdflib term; a literal keeps its lexical form."""
    if isinstance(term, ox.NamedNode):
        return _from_node(term)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        if datatype == _STRING:
            return Literal(term.value)
        return Literal(term.value, datatype=URIRef(datatype), normalize=False)
    return Literal(str(term))  # a quoted triple, which kg never writes but a foreign graph may hold


@lru_cache(maxsize=65536)
def _to_node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


@lru_cache(maxsize=65536)
def _from_node(node: ox.NamedNode) -> URIRef:
    # rdflib looks at every character of an IRI that it makes; most IRIs come many times.
    return URIRef(node.value)


def to_ox_quad(quad: tuple[Node, Node, Node, Node], *, source: str) -> ox.Quad:
    """Return a quad for Oxigraph.

    Raises:
        GraphError: A term is not allowed in RDF.
    """
    subject, predicate, obj, name = quad
    try:
        return ox.Quad(to_ox(subject), to_ox(predicate), to_ox(obj), to_ox(name))  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise GraphError(
            f"{source}: the triple {subject!r} {predicate!r} {obj!r} is not RDF ({error}). "
            "Percent-encode IRIs and remove lone surrogates."
        ) from error


def from_ox_quad(quad: ox.Quad) -> Quad:
    """Return a quad of a named graph; what kg writes holds no blank nodes."""
    return (  # type: ignore[return-value]
        from_ox(quad.subject),
        from_ox(quad.predicate),
        from_ox(quad.object),
        from_ox(quad.graph_name),  # type: ignore[arg-type]
    )


def fill_graph(graph: Graph, quads: Iterable[ox.Quad]) -> Graph:
    """Add the triples of ``quads`` to ``graph`` and return it."""
    for quad in quads:
        graph.add((from_ox(quad.subject), from_ox(quad.predicate), from_ox(quad.object)))
    return graph
