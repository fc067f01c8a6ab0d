"""Every term is explained, and the closed lists of the code are those of the ontology."""

from collections.abc import Iterable
from enum import StrEnum

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import Node

from kg import namespaces
from kg.namespaces import KG, PREFIXES, TERMS
from kg.resources import ontology_path
from kg.taxonomy import load_ontology, taxonomy
from kg.terms import (
    Certainty,
    EntityKind,
    EntityRelationType,
    EventType,
    Grain,
    Polarity,
    Precision,
    RelationType,
    Status,
)

ONTOLOGY = load_ontology()
SHAPES = Graph().parse(ontology_path("shapes.ttl"), format="turtle")
NS = Namespace(TERMS)


def _named(nodes: Iterable[Node]) -> list[URIRef]:
    return sorted({node for node in nodes if isinstance(node, URIRef)})


TERMS_DEFINED = [term for term in _named(ONTOLOGY.subjects()) if term.startswith(TERMS)]
PROPERTIES = _named(
    (
        *ONTOLOGY.subjects(RDF.type, OWL.ObjectProperty),
        *ONTOLOGY.subjects(RDF.type, OWL.DatatypeProperty),
    )
)
CLASSES = _named(ONTOLOGY.subjects(RDF.type, OWL.Class))


@pytest.mark.parametrize("term", TERMS_DEFINED)
def test_every_term_has_one_label_and_one_comment(term: URIRef) -> None:
    assert len(list(ONTOLOGY.objects(term, RDFS.label))) == 1
    assert len(list(ONTOLOGY.objects(term, RDFS.comment))) == 1


@pytest.mark.parametrize("term", PROPERTIES)
def test_every_property_has_a_domain_a_range_and_an_example(term: URIRef) -> None:
    assert len(list(ONTOLOGY.objects(term, RDFS.domain))) == 1
    assert len(list(ONTOLOGY.objects(term, RDFS.range))) == 1
    assert ONTOLOGY.value(term, SKOS.example)


@pytest.mark.parametrize("term", CLASSES)
def test_every_class_has_an_example(term: URIRef) -> None:
    assert ONTOLOGY.value(term, SKOS.example)


@pytest.mark.parametrize("term", PROPERTIES)
def test_domains_and_ranges_of_our_own_are_defined(term: URIRef) -> None:
    for predicate in (RDFS.domain, RDFS.range, RDFS.subPropertyOf):
        for other in ONTOLOGY.objects(term, predicate):
            if str(other).startswith(TERMS):
                assert (other, RDFS.label, None) in ONTOLOGY


def test_properties_are_lower_camel_and_classes_upper_camel() -> None:
    assert [term for term in PROPERTIES if not str(term).removeprefix(TERMS)[0].islower()] == []
    assert [term for term in CLASSES if not str(term).removeprefix(TERMS)[0].isupper()] == []


def test_the_code_knows_only_terms_of_the_ontology() -> None:
    missing = [
        name for name in KG.__annotations__ if name[0] != "_" and KG[name] not in TERMS_DEFINED
    ]
    assert missing == []


def test_the_prefixes_of_the_files_are_those_of_the_code() -> None:
    for name in (
        "kg",
        "event-types",
        "actor-types",
        "relation-types",
        "entity-relation-types",
        "shapes",
    ):
        graph = Graph(bind_namespaces="none").parse(ontology_path(f"{name}.ttl"))
        for prefix, namespace in graph.namespaces():
            if prefix in PREFIXES:
                assert PREFIXES[prefix] == str(namespace)


@pytest.mark.parametrize(
    ("scheme", "values"),
    [
        ("StatusScheme", Status),
        ("PolarityScheme", Polarity),
        ("CertaintyScheme", Certainty),
        ("GrainScheme", Grain),
        ("PrecisionScheme", Precision),
        ("RelationTypeScheme", RelationType),
        ("EntityRelationTypeScheme", EntityRelationType),
    ],
)
def test_closed_lists_are_those_of_the_code(scheme: str, values: type[StrEnum]) -> None:
    members = ONTOLOGY.subjects(SKOS.inScheme, NS[scheme])
    assert {str(ONTOLOGY.value(member, SKOS.notation)) for member in members} == set(values)


def test_event_types_are_those_of_the_code() -> None:
    members = ONTOLOGY.subjects(RDF.type, NS.EventType)
    assert {str(ONTOLOGY.value(member, SKOS.notation)) for member in members} == set(EventType)


def test_kinds_are_those_of_the_code() -> None:
    notations = {
        str(notation) for kind in CLASSES for notation in ONTOLOGY.objects(kind, SKOS.notation)
    }
    assert notations == set(EntityKind)


@pytest.mark.parametrize(
    ("path", "values"),
    [
        (KG.kind, {Literal(kind.value) for kind in EntityKind}),
        (KG.polarity, {Literal(value.value) for value in Polarity}),
        (KG.certainty, {Literal(value.value) for value in Certainty}),
        (KG.grain, {Literal(value.value) for value in Grain}),
        (KG.precision, {Literal(value.value) for value in Precision}),
        (KG.eventType, {namespaces.event_type_iri(value) for value in EventType}),
        (KG.relationType, {namespaces.relation_type_iri(value) for value in RelationType}),
    ],
)
def test_the_shapes_allow_the_values_of_the_code(
    path: URIRef, values: set[URIRef | Literal]
) -> None:
    lists = [
        set(Collection(SHAPES, head))
        for shape in SHAPES.subjects(SH.path, path)
        for head in SHAPES.objects(shape, SH["in"])
    ]
    assert lists
    assert all(found == values for found in lists)


def test_the_shapes_allow_the_relations_between_actors_of_the_code() -> None:
    edges = {entry.edge_property for entry in taxonomy().entity_relations.values()}
    lists = [
        {str(value) for value in Collection(SHAPES, head)}
        for shape in SHAPES.subjects(SH.path, RDF.predicate)
        for head in SHAPES.objects(shape, SH["in"])
    ]
    assert lists == [edges, edges]


@pytest.mark.parametrize("event_type", EventType)
def test_score_and_quad_class_agree_in_sign(event_type: EventType) -> None:
    entry = taxonomy().types[event_type]
    for coding in (entry.coding, *entry.modes.values()):
        if coding.score > 0:
            # REQUEST is verbal conflict by its quad class, though asking for help scores 0.5.
            assert coding.quad_class in {1, 2} or event_type is EventType.REQUEST
        assert coding.score >= -10
        assert coding.quad_class == entry.coding.quad_class


def test_scores_and_quad_classes_of_the_codebook() -> None:
    codings = {name.value: entry.coding for name, entry in taxonomy().types.items()}
    assert {name: (coding.quad_class, float(coding.score)) for name, coding in codings.items()} == {
        "AGREE": (1, 2.5),
        "CONSULT": (1, 2.5),
        "SUPPORT": (1, 5.0),
        "CONCEDE": (1, 4.5),
        "COOPERATE": (2, 9.5),
        "AID": (2, 10.0),
        "RETREAT": (2, 6.5),
        "REQUEST": (3, 0.0),
        "ACCUSE": (3, -3.0),
        "REJECT": (3, -2.0),
        "THREATEN": (3, -3.5),
        "PROTEST": (4, -5.0),
        "SANCTION": (4, -6.0),
        "MOBILIZE": (4, -5.5),
        "COERCE": (4, -7.0),
        "ASSAULT": (4, -9.0),
    }
