"""Relations between actors are on the page, apart from events, with their sentences."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.records import EntityRelation
from kg.store import open_store
from kg.terms import EntityRelationType, Status
from kg.view.drawing import DrawnEdge, draw_actors
from kg.view.page import render_page
from kg.view.reading import read_outline, with_accounts
from kg.view.records import GraphContent
from kg.view.selection import MOST_OUTER_RELATIONS, Wish, choose
from kg.view.styles import load_styles
from tests.factory import make_entity_relation
from tests.view.story import FIRST, first_article, write_graph

STYLES = load_styles()
WORDS = "Arvania struck the Red Front in response, Maria Holt"


def tie(type: EntityRelationType, source: str, target: str, **values: Any) -> EntityRelation:
    return make_entity_relation(type, source, target, words=WORDS, text=FIRST, **values)


def content_of(path: Path, *relations: EntityRelation) -> GraphContent:
    article = replace(first_article(), entity_relations=relations)
    with open_store(write_graph(path / "ties.trig", article)) as store:
        return with_accounts(store, read_outline(store, title="Ties"))


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> GraphContent:
    """The story with a spokesperson, a former backer and an alliance."""
    return content_of(
        tmp_path_factory.mktemp("ties"),
        tie(EntityRelationType.SPOKESPERSON_FOR, "E5", "E4", role="spokeswoman"),
        tie(EntityRelationType.BACKS, "E6", "E1", status=Status.HISTORICAL),
        tie(EntityRelationType.ALLIED_WITH, "E6", "E4"),
    )


def ties_of(content: GraphContent) -> dict[str, DrawnEdge]:
    labels = [thing.label for thing in content.things]
    return {
        f"{labels[int(edge.origin[1:])]} {edge.label} {labels[int(edge.target[1:])]}": edge
        for edge in draw_actors(content, STYLES).edges
        if "tie" in edge.options
    }


def test_who_takes_part_in_no_event_is_there_through_a_relation(content: GraphContent) -> None:
    assert "Maria Holt" in {thing.label for thing in content.things}
    (spokeswoman,) = (item for item in content.relations if item.type == "spokesperson_for")
    assert spokeswoman.offices == ("spokeswoman",)
    assert [account.sentence for account in spokeswoman.accounts] == [FIRST]
    (account,) = spokeswoman.accounts
    assert account.sentence[account.trigger_start : account.trigger_end] == WORDS


def test_a_relation_between_people_without_events_is_left_out(tmp_path: Path) -> None:
    leads = tie(EntityRelationType.LEADS, "E5", "E3")
    article = replace(first_article(), events=(), relations=(), entity_relations=(leads,))
    with open_store(write_graph(tmp_path / "alone.trig", article)) as store:
        assert read_outline(store, title="Alone").relations == ()


def test_relations_are_drawn_in_a_style_of_their_own(content: GraphContent) -> None:
    ties = ties_of(content)
    assert set(ties) == {
        "Maria Holt spokeswoman Arvania",
        "Belland formerly: backs Red Front",
        "Arvania allied with Belland",
    }
    assert all(edge.events == () for edge in ties.values())
    assert ties["Maria Holt spokeswoman Arvania"].options["arrows"] == "to"
    assert ties["Arvania allied with Belland"].options["arrows"] == ""
    looks = [edge.options["dashes"] for edge in draw_actors(content, STYLES).edges if edge.events]
    assert all(edge.options["dashes"] not in looks for edge in ties.values())


def test_a_focus_keeps_the_relations_of_what_it_shows(content: GraphContent) -> None:
    chosen, _ = choose(content, Wish(focus="Northmark"))  # the attack on the camp alone
    assert {item.type for item in chosen.relations} == {"backs"}
    assert {thing.label for thing in chosen.things} >= {"Belland", "Red Front"}


def test_relations_to_outsiders_do_not_crowd_the_page(content: GraphContent) -> None:
    (one,) = (item for item in content.relations if item.type == "spokesperson_for")
    many = tuple(replace(one, iri=f"r{number:03}") for number in range(100))
    chosen, _ = choose(replace(content, relations=many), Wish())
    assert [item.iri for item in chosen.relations] == [
        f"r{number:03}" for number in range(MOST_OUTER_RELATIONS)
    ]


def test_the_page_holds_them_with_their_types(content: GraphContent) -> None:
    page = render_page(content, styles=STYLES)
    match = re.search(r'id="page-data">(.*?)</script>', page, re.DOTALL)
    assert match is not None
    data = json.loads(match[1])
    assert [kind["id"] for kind in data["tieTypes"]] == [
        "backs",
        "spokesperson_for",
        "allied_with",
    ]
    assert [item["isOver"] for item in data["ties"] if item["type"] == "backs"] == [True]
    numbers = [edge["tie"] for edge in data["drawings"]["actors"]["edges"] if "tie" in edge]
    assert sorted(numbers) == [0, 1, 2]
    assert not any("tie" in edge for edge in data["drawings"]["events"]["edges"])
