from dataclasses import replace

import pytest

from kg.view.drawing import (
    MOST_PICTURED_EVENTS,
    Drawing,
    DrawnEdge,
    draw_actors,
    draw_events,
    picture_notices,
)
from kg.view.looks import label_lines
from kg.view.records import GraphContent
from kg.view.styles import load_styles

STYLES = load_styles()


def told(content: GraphContent, drawing: Drawing, edge: DrawnEdge) -> tuple[str, str, str]:
    def name(node: str) -> str:
        index = int(node[1:])
        if node[0] == "e":
            return content.events[index].words
        return "?" if node[0] == "u" else content.things[index].label

    return name(edge.origin), edge.label, name(edge.target)


def edges_of(content: GraphContent, drawing: Drawing) -> dict[tuple[str, str, str], DrawnEdge]:
    return {told(content, drawing, edge): edge for edge in drawing.edges}


def test_what_happened_is_a_solid_edge_with_its_verb(content: GraphContent) -> None:
    edges = edges_of(content, draw_actors(content, STYLES))
    edge = edges["Red Front", "attacked", "Camp Delta"]
    assert edge.options["dashes"] is False
    assert [content.events[index].words for index in edge.events] == ["attacked"]


def test_what_is_not_affirmed_is_dashed_and_says_so(content: GraphContent) -> None:
    edges = edges_of(content, draw_actors(content, STYLES))
    assert edges["Arvania", "possible: consult", "Belland"].options["dashes"]
    assert edges["Belland", "denied: aid", "Red Front"].options["dashes"]
    solid = {key for key, edge in edges.items() if not edge.options["dashes"]}
    assert solid == {
        ("Red Front", "attacked", "Camp Delta"),
        ("Arvania", "attacked", "Red Front"),
        ("?", "attacked", "Camp Delta"),
        ("Camp Delta", "in", "Northmark"),
    }


def test_what_some_deny_is_called_disputed(content: GraphContent) -> None:
    events = tuple(
        replace(event, disagreements=("happened",)) if event.words == "struck" else event
        for event in content.events
    )
    disputed = replace(content, events=events)
    edges = edges_of(disputed, draw_actors(disputed, STYLES))
    assert ("Arvania", "disputed: attacked", "Red Front") in edges


def test_an_unnamed_actor_is_a_stub_of_its_own(content: GraphContent) -> None:
    drawing = draw_actors(content, STYLES)
    (stub,) = [node for node in drawing.nodes if node.id.startswith("u")]
    assert stub.label == "not named"


def test_joint_actors_of_an_attack_do_not_attack_one_another(content: GraphContent) -> None:
    events = tuple(
        replace(event, actors=tuple(sorted((*event.actors, *event.recipients))), recipients=())
        for event in content.events
        if event.words == "struck"
    )
    alone = replace(content, events=events, edges=(), event_links=())
    assert draw_actors(alone, STYLES).edges == ()


def test_the_second_drawing_shows_the_answer(content: GraphContent) -> None:
    edges = edges_of(content, draw_events(content, STYLES))
    assert edges["struck", "retaliation", "attacked"].options["link"] == "retaliation_for"
    assert ("Red Front", "", "attacked") in edges
    assert ("attacked", "", "Camp Delta") in edges


def test_an_event_box_says_that_nobody_is_named(content: GraphContent) -> None:
    drawing = draw_events(content, STYLES)
    labels = {node.label for node in drawing.nodes if node.id.startswith("e")}
    assert "hit\nactor not named" in labels
    assert "attacked\n2024-04-20" in labels
    assert "denied: armed" in labels


def test_things_that_take_part_in_nothing_are_not_drawn(content: GraphContent) -> None:
    labels = {node.label for node in draw_actors(content, STYLES).nodes}
    assert "Maria Holt" not in labels


def test_a_long_name_is_cut_and_broken_into_lines() -> None:
    lines = label_lines("The United Revolutionary Committee for the Liberation of Everything")
    assert lines == ["The United", "Revolutionary", "Committee for the…"]
    assert label_lines("") == [""]


@pytest.mark.slow
def test_a_picture_of_many_events_keeps_the_answers_and_says_what_it_leaves_out(
    content: GraphContent,
) -> None:
    attack = next(event for event in content.events if event.words == "hit")
    more = tuple(replace(attack, iri=f"{attack.iri}-{number}") for number in range(400))
    crowd = replace(content, events=(*more, *content.events))
    drawing = draw_events(crowd, STYLES)
    boxes = {node.label.split("\n")[0] for node in drawing.nodes if node.id.startswith("e")}
    assert sum(node.id.startswith("e") for node in drawing.nodes) == MOST_PICTURED_EVENTS
    assert {"struck", "attacked"} <= boxes
    assert picture_notices(content) == ()
    (notice,) = picture_notices(crowd)
    assert notice.startswith("The picture of events shows 300 of 405: those that answer")
