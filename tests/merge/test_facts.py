import pytest
from rdflib import RDFS, XSD, Literal, URIRef

from kg.errors import GraphError
from kg.merge.facts import read_article_graph
from kg.namespaces import KG, Quad
from kg.rdf.mapping import to_quads
from tests.factory import make_event, make_extraction, on_day


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
    with pytest.raises(GraphError, match=r"has 0 values of .*polarity, expected one"):
        read_article_graph(quads)


def changed(predicate: URIRef, value: URIRef | Literal) -> list[Quad]:
    """Return the quads of a small article with every value of a property replaced."""
    quads = to_quads(make_extraction())
    return [(s, p, value if p == predicate else o, graph) for s, p, o, graph in quads]


@pytest.mark.parametrize(
    ("predicate", "value", "message"),
    [
        (KG.certainty, Literal("sure"), "has the certainty 'sure'"),
        (KG.confidence, Literal("high"), "could not convert string to float: 'high'"),
        (KG.event, URIRef("https://example.org/x"), "https://example.org/x is named but not"),
    ],
)
def test_values_that_cannot_be_are_refused(
    predicate: URIRef, value: URIRef | Literal, message: str
) -> None:
    with pytest.raises(GraphError, match=f"^https://w3id.org/kg-news/id/graph/a1: .*{message}"):
        read_article_graph(changed(predicate, value))


def test_a_date_that_is_none_is_refused() -> None:
    extraction = make_extraction(events=(make_event(date=on_day("2024-04-20")),))
    wrong = Literal("2024-02-30", datatype=XSD.date, normalize=False)
    quads = [(s, p, wrong if p == KG.earliest else o, g) for s, p, o, g in to_quads(extraction)]
    with pytest.raises(GraphError, match="Run 'kg validate'"):
        read_article_graph(quads)


@pytest.mark.parametrize("predicate", [RDFS.label, KG.kind, KG.eventType])
def test_what_lacks_its_description_is_refused(predicate: URIRef) -> None:
    quads = [quad for quad in to_quads(make_extraction()) if quad[1] != predicate]
    with pytest.raises(GraphError, match=r" has no "):
        read_article_graph(quads)
