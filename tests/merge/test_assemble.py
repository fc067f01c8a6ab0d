from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from rdflib import RDF, RDFS, Graph, URIRef

from kg.merge.assemble import assemble
from kg.namespaces import KG, PROV, entity_iri
from kg.rdf.mapping import to_quads
from kg.rdf.validate import validate
from kg.records import Casualties, Extraction
from kg.terms import EntityKind, EventType, RelationType, Status
from tests.factory import make_entity, make_event, make_extraction, make_relation
from tests.merge.sets import (
    ARMY,
    BASE,
    ENVOY,
    MILITIA,
    OFFICIAL,
    event_count,
    example,
    merged,
    told,
)
from tests.rdf.worlds import edges_of, nodes_of, only, to_graph, values
from tests.strategies import LAW, article_sets

ATTACK: dict[str, Any] = {"actors": (MILITIA,), "recipients": (BASE,)}


def test_one_event_of_two_articles_gathers_their_claims() -> None:
    graph = merged(
        told("a1", publisher="Post", casualties=Casualties(killed=0), **ATTACK),
        told("a2", publisher="Star", casualties=Casualties(killed=3), **ATTACK),
    )
    event = only(graph, KG.Event)
    assert len(list(graph.objects(event, KG.claim))) == 2
    assert values(graph, event, KG.reportedIn) == ["a1", "a2"]
    assert values(graph, event, KG.killed) == ["0", "3"], "both counts stay"
    assert values(graph, event, KG.disagreesOn) == ["killed"]
    assert values(graph, event, KG.sourceCount) == ["2"]
    assert values(graph, event, KG.independentSourceCount) == ["2"]
    assert values(graph, event, KG.confidence) == ["0.99"]
    assert len(list(graph.subjects(KG.accountOf, event))) == 2
    assert values(graph, only(graph, KG.MergeDecision), KG.judgement) == ["positive"]


def test_what_lies_near_a_place_points_to_the_merged_place() -> None:
    minted = entity_iri(kind=EntityKind.PLACE, name="Ostan")
    town = make_entity("E1", "Ostan", EntityKind.PLACE, iri=minted)
    near = make_entity(
        "E2", "near Ostan", EntityKind.PLACE, iri=example("near"), located_by=(minted,)
    )
    known = make_entity("E1", "Ostan", EntityKind.PLACE, iri=f"{minted}/OST", country="OST")
    graph = merged(
        make_extraction(entities=(town, near), events=(), doc_id="a"),
        make_extraction(entities=(known,), events=(), doc_id="b"),
    )
    assert list(graph.objects(URIRef(example("near")), KG.locatedBy)) == [URIRef(known.iri)]


def test_an_article_that_contradicts_itself_keeps_both_places() -> None:
    text = "They attacked a base in Homs. The base that they bombed lies in Hama."
    towns = [
        make_entity(f"E{number}", name, EntityKind.PLACE, text=text, iri=example(name))
        for number, name in enumerate(("Homs", "Hama"), start=1)
    ]
    base = make_entity("E3", "base", EntityKind.FACILITY, text=text)
    tellings = [
        make_event(f"V{number}", trigger=word, text=text, recipients=("E3",), places=(place,))
        for number, (word, place) in enumerate((("attacked", "E1"), ("bombed", "E2")), start=1)
    ]
    article = make_extraction(
        text,
        entities=(*towns, base),
        events=tellings,
        relations=(make_relation(RelationType.SAME_AS, "V2", "V1"),),
    )
    graph = merged(article)
    event = only(graph, KG.Event)
    assert set(graph.objects(event, KG.place)) == {example("Homs"), example("Hama")}
    assert values(graph, event, KG.disagreesOn) == ["place"]
    told_by = to_graph(to_quads(article))
    claimed = [values(told_by, iri, KG.place) for iri in nodes_of(told_by, KG.Claim)]
    assert sorted(claimed) == [["Hama"], ["Homs"]], "each on its own claim"


def test_an_edge_counts_its_sources() -> None:
    graph = merged(
        told("a1", publisher="Post", day="2024-04-20", **ATTACK),
        told("a2", publisher="Post", **ATTACK),
        told("a3", publisher="Star", confidence=0.5, **ATTACK),
    )
    edge = only(graph, KG.Edge)
    assert edges_of(graph) == {"militia attacked base"}
    assert values(graph, edge, RDFS.label) == ["militia attacked base"]
    assert values(graph, edge, KG.sourceCount) == ["3"]
    assert values(graph, edge, KG.independentSourceCount) == ["2"]
    assert values(graph, edge, KG.confidence) == ["0.975"]
    assert values(graph, edge, KG.earliest) == ["2024-04-20"]
    assert values(graph, edge, KG.latest) == ["2024-04-21"]
    assert len(list(graph.objects(edge, KG.event))) == 2


def test_an_edge_without_dates_has_none() -> None:
    assert values(merged(told("a1", day=None, **ATTACK)), example("x"), KG.earliest) == []


def test_a_planned_event_has_no_confidence_and_no_edge() -> None:
    graph = merged(told("a1", status=Status.FUTURE, **ATTACK))
    assert values(graph, only(graph, KG.Event), KG.confidence) == []
    assert values(graph, only(graph, KG.Event), KG.sourceCount) == ["1"]
    assert edges_of(graph) == set()


def test_a_meeting_told_either_way_is_one_edge() -> None:
    graph = merged(
        told("a1", actors=(ENVOY,), recipients=(OFFICIAL,), type=EventType.CONSULT),
        told("a2", actors=(OFFICIAL,), recipients=(ENVOY,), type=EventType.CONSULT, day=None),
    )
    assert edges_of(graph) == {"envoy met official", "official met envoy"}
    assert values(graph, only(graph, KG.Edge), KG.sourceCount) == ["2"]


def test_entities_judged_one_are_one_node_with_its_edges() -> None:
    minted = "https://w3id.org/kg-news/id/armed-group/militia"
    articles = [
        make_extraction(
            entities=(
                make_entity("E1", "militia", iri=iri, wikidata="Q5"),
                make_entity("E2", "base", BASE[1], iri="https://example.org/base"),
            ),
            events=(make_event(actors=("E1",), recipients=("E2",)),),
            doc_id=doc_id,
        )
        for doc_id, iri in (("a1", minted), ("a2", "http://www.wikidata.org/entity/Q5"))
    ]
    graph = merged(*articles)
    curated = URIRef("http://www.wikidata.org/entity/Q5")
    edge = only(graph, KG.Edge)
    assert graph.value(edge, RDF.subject) == curated
    assert values(graph, edge, KG.reportedIn) == ["a1", "a2"]
    assert (URIRef(minted), None, None) not in graph
    assert values(graph, only(graph, KG.MergeDecision), KG.member) == ["Q5", "militia"]


def test_relations_join_merged_events() -> None:
    cast = (
        make_entity("E1", "militia", iri=example("militia")),
        make_entity("E2", "army", ARMY[1], iri=example("army")),
    )
    text = "They attacked; the army bombed them."
    article = make_extraction(
        text,
        entities=cast,
        events=(
            make_event("V1", text=text, actors=("E1",), recipients=("E2",)),
            make_event("V2", trigger="bombed", text=text, actors=("E2",), recipients=("E1",)),
        ),
        relations=(make_relation(RelationType.RETALIATION_FOR, "V2", "V1"),),
    )
    graph = merged(article)
    relation = only(graph, KG.EventRelation)
    source = graph.value(relation, KG.fromEvent)
    assert values(graph, URIRef(str(source)), KG.actor) == ["army"]
    assert values(graph, relation, KG.sourceCount) == ["1"]
    assert len(list(graph.objects(relation, KG.sentence))) == 1
    assert any(str(predicate).endswith("retaliatedFor") for predicate in graph.predicates(source))


def test_the_merged_graph_names_what_it_was_made_from() -> None:
    graph = merged(told("a1"), told("a2"))
    assert values(graph, KG.merged, PROV.wasDerivedFrom) == ["a1", "a2"]


def test_nothing_merges_to_nearly_nothing() -> None:
    assert len(list(assemble([]))) == 1


# --- Laws ---


@given(article_sets())
@settings(max_examples=LAW)
def test_the_order_of_articles_makes_no_difference(articles: tuple[Extraction, ...]) -> None:
    graphs = [list(to_quads(article)) for article in articles]
    expected = list(assemble(graphs))
    for order in list(permutations(graphs))[1:6]:
        assert list(assemble(list(reversed(quads)) for quads in order)) == expected


@given(article_sets())
@settings(max_examples=LAW)
def test_an_article_read_twice_counts_once(articles: tuple[Extraction, ...]) -> None:
    graphs = [list(to_quads(article)) for article in articles]
    assert list(assemble(graphs + graphs)) == list(assemble(graphs))


@given(article_sets())
@settings(max_examples=LAW)
def test_each_event_of_an_article_is_in_one_merged_event(articles: tuple[Extraction, ...]) -> None:
    graph = merged(*articles)
    accounts = {
        account
        for article in articles
        for account in nodes_of(to_graph(to_quads(article)), KG.EventAccount)
    }
    assert set(graph.subjects(KG.accountOf)) == accounts
    for account in accounts:
        assert len(list(graph.objects(account, KG.accountOf))) == 1


@given(article_sets())
@settings(max_examples=LAW)
def test_no_claim_is_lost_and_none_is_invented(articles: tuple[Extraction, ...]) -> None:
    graph = merged(*articles)
    claims: set[Any] = set()
    for article in articles:
        claims.update(nodes_of(to_graph(to_quads(article)), KG.Claim))
    told_of = {
        claim for event in nodes_of(graph, KG.Event) for claim in graph.objects(event, KG.claim)
    }
    assert told_of == claims


@given(article_sets())
@settings(max_examples=LAW)
def test_the_merged_edges_are_those_of_the_articles(articles: tuple[Extraction, ...]) -> None:
    told_of = set().union(*(edges_of(to_graph(to_quads(article))) for article in articles))
    assert edges_of(merged(*articles)) == told_of


@given(article_sets())
@settings(max_examples=10)  # each takes a tenth of a second
def test_the_merged_graph_conforms_to_the_shapes(articles: tuple[Extraction, ...]) -> None:
    report = validate(merged(*articles))
    assert [str(problem) for problem in report.problems] == []


@pytest.mark.parametrize("without", [0, 1, 2])
def test_removing_an_article_leaves_what_the_others_say(without: int) -> None:
    articles = [told("a0", **ATTACK), told("a1", **ATTACK), told("a2", recipients=(ARMY,))]
    rest = [article for number, article in enumerate(articles) if number != without]
    graph: Graph = merged(*rest)
    assert not any(f"a{without}" in str(node) for node in graph.all_nodes())
    assert event_count(graph) == (2 if without != 2 else 1)
