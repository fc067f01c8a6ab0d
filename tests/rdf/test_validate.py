import pytest
from rdflib import RDF, Graph, Literal, URIRef

from kg.namespaces import KG, OA, article_iri
from kg.rdf.validate import validate
from kg.terms import Status
from tests.factory import make_event
from tests.rdf.worlds import TEXT, graph_of, nodes_of, only


@pytest.fixture
def graph() -> Graph:
    events = [
        make_event("V1", text=TEXT, actors=("E1",), recipients=("E2",)),
        make_event("V2", trigger="met", text=TEXT, recipients=("E2",), status=Status.FUTURE),
    ]
    return graph_of(events)


def problems(graph: Graph) -> list[str]:
    return [str(problem) for problem in validate(graph).problems]


def test_a_graph_as_written_conforms(graph: Graph) -> None:
    report = validate(graph)
    assert report.conforms
    assert report.problems == ()
    assert report.graph == "graph:a1"


def test_a_claim_without_its_sentence_is_told(graph: Graph) -> None:
    claim = nodes_of(graph, KG.Claim)[0]
    graph.remove((claim, KG.sentence, None))
    (problem,) = validate(graph).problems
    assert problem.node.startswith("claim:")
    assert problem.path == "kg:sentence"
    assert str(problem).endswith("kg:sentence: A claim has the sentence that makes it.")


def test_a_status_that_is_none_is_told_with_what_was_found(graph: Graph) -> None:
    graph.add((nodes_of(graph, KG.EventAccount)[0], KG.status, Literal("maybe")))
    (line,) = problems(graph)
    assert line.endswith('hypothetical, negated or historical. Found: "maybe"')


def test_an_edge_from_a_plan_is_told(graph: Graph) -> None:
    told = nodes_of(graph, KG.Claim)
    (planned,) = [claim for claim in told if (claim, KG.status, Literal("future")) in graph]
    graph.add((only(graph, KG.Edge), KG.claim, planned))
    (line,) = problems(graph)
    assert "only on claims that the event happened" in line


def test_a_span_that_does_not_reproduce_its_words_is_told(graph: Graph) -> None:
    span = nodes_of(graph, KG.Span)[0]
    graph.set((span, OA.exact, Literal("other words")))
    (line,) = problems(graph)
    assert "reproduces the words" in line
    assert line.startswith("article:a1#char=")


def test_an_edge_without_a_node_is_told(graph: Graph) -> None:
    attacked = graph.value(only(graph, KG.Edge), RDF.predicate)
    assert isinstance(attacked, URIRef)
    graph.add((URIRef("https://example.org/army"), attacked, URIRef("https://example.org/base")))
    (line,) = problems(graph)
    assert line.startswith("https://example.org/army kg:attacked: A direct edge has a kg:Edge node")


def test_an_unknown_property_of_a_claim_is_told(graph: Graph) -> None:
    claim = nodes_of(graph, KG.Claim)[0]
    graph.add((claim, URIRef("https://example.org/p"), Literal("x")))
    assert len(problems(graph)) == 1


def test_two_texts_of_one_article_are_told(graph: Graph) -> None:
    graph.add((article_iri("a1"), KG.text, Literal("another")))
    assert any("has its text, once" in line for line in problems(graph))


def test_an_empty_graph_conforms() -> None:
    assert validate(Graph()).conforms
