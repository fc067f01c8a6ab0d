"""A store in memory alone, for graphs that rdflib already holds."""

import pyoxigraph as ox
from rdflib import Dataset, Graph

from kg.namespaces import KG
from kg.store.embedded import EmbeddedStore
from kg.store.terms import to_ox_quad


def to_store(graph: Graph) -> EmbeddedStore:
    """Return a store that holds a copy of ``graph``, which nothing is written back to.

    Args:
        graph: A dataset of article graphs and merged layer, or the merged layer alone.

    Raises:
        GraphError: A term is not allowed in RDF.
    """
    named = graph.quads() if isinstance(graph, Dataset) else ((*t, KG.merged) for t in graph)
    quads = ox.Store()
    quads.extend(
        to_ox_quad((s, p, o, name or KG.merged), source="graph") for s, p, o, name in named
    )
    return EmbeddedStore("graph", quads, writable=True)
