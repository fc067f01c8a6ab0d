import pytest

from kg.errors import GraphError
from kg.merge.facts import read_article_graph
from kg.namespaces import KG
from kg.rdf.mapping import to_quads
from tests.factory import make_extraction


def test_two_graphs_at_once_are_refused() -> None:
    quads = [*to_quads(make_extraction(doc_id="a1")), *to_quads(make_extraction(doc_id="a2"))]
    with pytest.raises(GraphError, match=r"2 graphs at once\. Read one at a time"):
        read_article_graph(quads)


def test_a_graph_without_an_article_is_refused() -> None:
    quads = [quad for quad in to_quads(make_extraction()) if quad[2] != KG.Article]
    with pytest.raises(GraphError, match=r"graph/a1: 0 articles in the graph"):
        read_article_graph(quads)


def test_a_claim_without_polarity_is_refused() -> None:
    quads = [quad for quad in to_quads(make_extraction()) if quad[1] != KG.polarity]
    with pytest.raises(GraphError, match=r"0 values of .*polarity, expected one"):
        read_article_graph(quads)
