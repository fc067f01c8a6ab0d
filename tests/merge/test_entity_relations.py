"""A relation that several articles state is one, with the claims of all."""

from typing import Any

from rdflib import RDF, RDFS, Graph, URIRef

from kg.merge.assemble import assemble
from kg.namespaces import KG, TERMS, entity_iri
from kg.rdf.mapping import to_quads
from kg.rdf.validate import validate
from kg.records import Extraction
from kg.terms import Certainty, EntityKind, EntityRelationType, Status
from tests.factory import make_entity, make_entity_relation, make_extraction
from tests.rdf.worlds import nodes_of, only, to_graph, values

LEADS = URIRef(f"{TERMS}leads")


def article(
    doc_id: str,
    *,
    publisher: str | None = None,
    person: str = "https://example.org/saleh",
    **change: Any,
) -> Extraction:
    text = f"{doc_id} {doc_id}: Militia leader Karim Saleh left {doc_id} {doc_id} for {doc_id}."
    relation = make_entity_relation(
        EntityRelationType.LEADS,
        "E2",
        "E1",
        words="Militia leader Karim Saleh",
        text=text,
        **change,
    )
    return make_extraction(
        text,
        entities=(
            make_entity("E1", "Militia", iri="https://example.org/militia"),
            make_entity("E2", "Karim Saleh", EntityKind.PERSON, iri=person, wikidata="Q1"),
            make_entity("E3", "army", EntityKind.MILITARY, iri="https://example.org/army"),
        ),
        events=(),
        entity_relations=(relation,),
        doc_id=doc_id,
        publisher=publisher,
    )


def merged(*articles: Extraction) -> Graph:
    return to_graph(assemble(to_quads(item) for item in articles))


def test_claims_of_several_articles_are_one_relation() -> None:
    graph = merged(article("a1"), article("a2", role="leader"), article("a3"))
    node = only(graph, KG.EntityRelation)
    assert str(graph.value(node, RDFS.label)) == "Karim Saleh leads Militia"
    assert len(list(graph.objects(node, KG.claim))) == 3
    assert values(graph, node, KG.reportedIn) == ["a1", "a2", "a3"]
    assert values(graph, node, KG.sourceCount) == ["3"]
    assert values(graph, node, KG.independentSourceCount) == ["3"]
    assert values(graph, node, KG.confidence) == ["0.99"]
    assert values(graph, node, KG.office) == ["leader"]
    assert len(list(graph.subject_objects(LEADS))) == 1
    assert validate(graph).problems == ()


def test_one_outlet_and_one_speaker_count_once() -> None:
    graph = merged(article("a1", publisher="Post"), article("a2", publisher="Post"))
    assert values(graph, only(graph, KG.EntityRelation), KG.independentSourceCount) == ["1"]
    graph = merged(article("a1", attribution=("E3",)), article("a2", attribution=("E3",)))
    assert values(graph, only(graph, KG.EntityRelation), KG.independentSourceCount) == ["1"]


def test_a_hedge_lowers_confidence() -> None:
    graph = merged(article("a1", certainty=Certainty.POSSIBLE))
    assert values(graph, only(graph, KG.EntityRelation), KG.confidence) == ["0.45"]


def test_a_relation_that_is_over_in_all_articles_is_no_edge() -> None:
    past = {"status": Status.HISTORICAL}
    graph = merged(article("a1", **past), article("a2", **past))
    assert values(graph, only(graph, KG.EntityRelation), KG.status) == ["historical"]
    assert list(graph.subject_objects(LEADS)) == []
    assert len(list(merged(article("a1", **past), article("a2")).subject_objects(LEADS))) == 1


def test_a_denial_is_in_no_merged_relation() -> None:
    graph = merged(article("a1", status=Status.NEGATED))
    assert nodes_of(graph, KG.EntityRelation) == []


def test_entities_that_are_merged_make_one_relation() -> None:
    minted = entity_iri(kind=EntityKind.PERSON, name="Karim Saleh")
    curated = entity_iri(kind=EntityKind.PERSON, name="Saleh", curated="wikidata:Q1")
    graph = merged(article("a1", person=minted), article("a2", person=curated))
    node = only(graph, KG.EntityRelation)
    assert len(list(graph.objects(node, KG.claim))) == 2
    assert values(graph, node, RDF.subject) == ["Q1"]
