import pytest
from rdflib import Graph

from kg import taxonomy as module
from kg.errors import ResourceError
from kg.taxonomy import taxonomy
from kg.terms import EntityKind, EntityRelationType, EventType, RelationType


def test_a_mode_without_an_edge_of_its_own_takes_that_of_its_type() -> None:
    assert taxonomy().coding(EventType.ASSAULT, "drone").edge_property.endswith("#attacked")
    assert taxonomy().coding(EventType.ASSAULT, "abduct").edge_property.endswith("#abducted")


def test_a_visit_is_one_way_and_a_meeting_is_not() -> None:
    edges, coding = taxonomy().edges, taxonomy().coding
    assert edges[coding(EventType.CONSULT).edge_property].symmetric
    assert not edges[coding(EventType.CONSULT, "visit").edge_property].symmetric


def test_parties_properties_are_symmetric() -> None:
    known = taxonomy()
    for entry in known.types.values():
        for coding in (entry.coding, *entry.modes.values()):
            if coding.parties_property is not None:
                assert known.edges[coding.parties_property].symmetric


def test_a_mode_has_score_and_code_of_its_own() -> None:
    drone = taxonomy().coding(EventType.ASSAULT, "drone")
    assert (float(drone.score), drone.cameo, drone.quad_class) == (-9.5, "1952", 4)


def test_an_unknown_mode_counts_as_none() -> None:
    assert taxonomy().coding(EventType.AID, "no-such") == taxonomy().coding(EventType.AID)


def test_places_and_weapons_cannot_act() -> None:
    kinds = taxonomy().kinds
    cannot = {kind for kind, entry in kinds.items() if not entry.can_act}
    assert cannot == {
        EntityKind.PLACE,
        EntityKind.FACILITY,
        EntityKind.WEAPON,
        EntityKind.AGREEMENT,
    }


def test_a_precondition_may_be_hypothetical() -> None:
    relations = taxonomy().relations
    assert not relations[RelationType.PRECONDITION_FOR].requires_actual
    assert relations[RelationType.RETALIATION_FOR].requires_actual


def test_only_people_speak_for_others_and_only_bodies_have_a_seat() -> None:
    relations = taxonomy().entity_relations
    assert relations[EntityRelationType.SPOKESPERSON_FOR].from_kinds == {EntityKind.PERSON}
    seated = relations[EntityRelationType.BASED_IN]
    assert EntityKind.PERSON not in seated.from_kinds
    assert seated.to_kinds == {EntityKind.STATE, EntityKind.PLACE, EntityKind.FACILITY}


def test_relations_between_actors_are_no_edges_of_events() -> None:
    known = taxonomy()
    assert not {entry.edge_property for entry in known.entity_relations.values()} & set(known.edges)
    symmetric = {name for name, entry in known.entity_relations.items() if entry.symmetric}
    assert symmetric == {EntityRelationType.ALLIED_WITH}


def test_an_unknown_type_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ResourceError, match=r"^x\.tsv:3: event type 'Asault' .*'ASSAULT'\?$"):
        taxonomy().require_type("Asault", where="x.tsv:3")


def test_an_unknown_mode_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ResourceError, match=r"x:1: mode of ASSAULT 'dron' .*'drone'\?"):
        taxonomy().require_mode(EventType.ASSAULT, "dron", where="x:1")


def test_a_mode_is_refused_where_there_are_none() -> None:
    with pytest.raises(ResourceError, match="Leave it empty"):
        taxonomy().require_mode(EventType.AID, "drone", where="x:1")


def test_an_unknown_context_is_refused() -> None:
    with pytest.raises(ResourceError, match="Did you mean 'terrorism'"):
        taxonomy().require_context("terorism", where="x:1")
    assert taxonomy().require_context("cyber", where="x:1") == "cyber"


def test_what_is_known_passes() -> None:
    assert taxonomy().require_type("AID", where="x:1") is EventType.AID
    assert taxonomy().require_mode(EventType.ASSAULT, "drone", where="x:1") == "drone"


def test_a_gap_in_the_ontology_is_told() -> None:
    with pytest.raises(ResourceError, match="AGREE has no label"):
        module._Reader(Graph()).taxonomy()
