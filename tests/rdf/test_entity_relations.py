"""Relations between actors become claims, and nodes and edges that rest on them."""

from typing import Any

import pytest
from rdflib import RDF, RDFS, Graph, URIRef

from kg.namespaces import KG, OA, TERMS
from kg.rdf.mapping import to_quads
from kg.rdf.validate import validate
from kg.records import EntityRelation, Extraction
from kg.terms import EntityKind, EntityRelationType, Polarity, Status
from tests.factory import make_entity, make_entity_relation, make_extraction
from tests.rdf.worlds import nodes_of, only, to_graph, values

TEXT = "Militia spokesman Karim Saleh of Basra, an ally of the army, denied it."
ENDS = {"militia": "E1", "saleh": "E2", "army": "E3"}
LEADS, ALLIED = URIRef(f"{TERMS}leads"), URIRef(f"{TERMS}alliedWith")


def relation(type: EntityRelationType, source: str, target: str, **more: Any) -> EntityRelation:
    words = more.pop("words", "Militia spokesman Karim Saleh")
    return make_entity_relation(type, ENDS[source], ENDS[target], words=words, text=TEXT, **more)


def extraction_of(*relations: EntityRelation) -> Extraction:
    entities = (
        make_entity("E1", "Militia", iri="https://example.org/militia"),
        make_entity("E2", "Karim Saleh", EntityKind.PERSON, iri="https://example.org/saleh"),
        make_entity("E3", "army", EntityKind.MILITARY, iri="https://example.org/army"),
    )
    return make_extraction(TEXT, entities=entities, events=(), entity_relations=relations)


def graph_of(*relations: EntityRelation) -> Graph:
    return to_graph(to_quads(extraction_of(*relations)))


def test_a_relation_gives_claim_node_and_edge() -> None:
    graph = graph_of(relation(EntityRelationType.LEADS, "saleh", "militia", role="chief"))
    claim, node = only(graph, KG.EntityRelationClaim), only(graph, KG.EntityRelation)
    assert values(graph, claim, RDF.subject) == ["saleh"]
    assert values(graph, claim, RDF.predicate) == ["ns#leads"]
    assert values(graph, claim, RDF.object) == ["militia"]
    assert values(graph, claim, KG.office) == values(graph, node, KG.office) == ["chief"]
    words = graph.value(claim, KG.trigger)
    assert str(graph.value(words, OA.exact)) == "Militia spokesman Karim Saleh"
    assert str(graph.value(graph.value(claim, KG.sentence), OA.exact)) == TEXT
    assert list(graph.objects(node, KG.claim)) == [claim]
    assert str(graph.value(node, RDFS.label)) == "Karim Saleh leads Militia"
    assert [str(end).rpartition("/")[2] for end in graph.objects(None, LEADS)] == ["militia"]


def test_it_is_no_edge_and_no_claim_of_an_event() -> None:
    graph = graph_of(relation(EntityRelationType.LEADS, "saleh", "militia"))
    assert nodes_of(graph, KG.Edge) == nodes_of(graph, KG.Claim) == []


def test_what_is_over_has_a_node_and_no_edge() -> None:
    past = relation(EntityRelationType.LEADS, "saleh", "militia", status=Status.HISTORICAL)
    graph = graph_of(past)
    assert values(graph, only(graph, KG.EntityRelation), KG.status) == ["historical"]
    assert list(graph.subject_objects(LEADS)) == []
    now = relation(EntityRelationType.LEADS, "saleh", "militia")
    graph = graph_of(past, now)
    assert values(graph, only(graph, KG.EntityRelation), KG.status) == ["actual", "historical"]
    assert len(nodes_of(graph, KG.EntityRelationClaim)) == 2
    assert len(list(graph.subject_objects(LEADS))) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"status": Status.NEGATED, "polarity": Polarity.NEGATIVE},
        {"status": Status.FUTURE},
        {"status": Status.HYPOTHETICAL},
        {"polarity": Polarity.NEGATIVE},
    ],
)
def test_what_is_not_affirmed_stays_a_claim(change: dict[str, Any]) -> None:
    graph = graph_of(relation(EntityRelationType.LEADS, "saleh", "militia", **change))
    assert len(nodes_of(graph, KG.EntityRelationClaim)) == 1
    assert nodes_of(graph, KG.EntityRelation) == []
    assert list(graph.subject_objects(LEADS)) == []


def test_an_alliance_holds_both_ways_and_is_one_node() -> None:
    graph = graph_of(
        relation(EntityRelationType.ALLIED_WITH, "saleh", "army", words="ally of the army"),
        relation(EntityRelationType.ALLIED_WITH, "army", "saleh", words="Saleh"),
    )
    node = only(graph, KG.EntityRelation)
    assert values(graph, node, RDF.subject) == ["army"], "the lesser IRI is the subject"
    assert values(graph, node, KG.symmetric) == ["true"]
    assert len(list(graph.subject_objects(ALLIED))) == 2
    assert len(list(graph.objects(node, KG.claim))) == 2


def test_a_speaker_is_credited() -> None:
    graph = graph_of(relation(EntityRelationType.LEADS, "saleh", "militia", attribution=("E3",)))
    assert values(graph, only(graph, KG.EntityRelationClaim), KG.speaker) == ["army"]


def test_a_relation_of_a_thing_to_itself_is_none() -> None:
    entities = (
        make_entity("E1", "Militia", iri="https://example.org/same"),
        make_entity("E2", "Militia men", iri="https://example.org/same"),
    )
    told = make_entity_relation(EntityRelationType.PART_OF, "E2", "E1", words="Militia", text=TEXT)
    told_of = make_extraction(TEXT, entities=entities, events=(), entity_relations=(told,))
    assert nodes_of(to_graph(to_quads(told_of)), KG.EntityRelationClaim) == []


def test_the_graph_fits_the_shapes() -> None:
    extraction = extraction_of(
        relation(EntityRelationType.LEADS, "saleh", "militia", role="chief", attribution=("E3",)),
        relation(EntityRelationType.ALLIED_WITH, "army", "saleh", status=Status.HISTORICAL),
        relation(EntityRelationType.PART_OF, "saleh", "army", status=Status.NEGATED),
    )
    assert validate(graph_of(*extraction.entity_relations)).problems == ()
