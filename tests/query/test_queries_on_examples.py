"""The analyst queries answer what a reader of the two sample articles knows.

Each case is a query, its parameters, and words that one row of the answer has to hold.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.articles import read_articles
from kg.build import build_graph
from kg.query import list_queries, run_query
from kg.records import Article
from kg.store import Store, open_store
from tests.factory import EXAMPLES

pytestmark = [pytest.mark.model, pytest.mark.slow]

CASES: list[tuple[str, dict[str, str], tuple[str, ...]]] = [
    (
        "who-attacked-whom",
        {"since": "2021-06-01", "until": "2021-06-30"},
        ("United States", "attacked", "Iranian proxy militias", "2021-06-27"),
    ),
    (
        "response-chains",
        {},
        ("retaliation for", "The strikes were in response to several drone attacks"),
    ),
    ("meetings", {"party": "Joe Biden"}, ("Reuven Rivlin", "2021-06-28")),
    ("meetings", {"party": "Joe Biden"}, ("Mohammad Shia al-Sudani",)),
    (
        "actor-timeline",
        {"actor": "Joe Biden", "month": "2021-06"},
        ("CONSULT", "Reuven Rivlin"),
    ),
    ("casualties-by-event", {}, ("1", "resulting in the death of a member")),
    (
        "casualties-by-event",
        {},
        ("0", "Syrian Observatory for Human Rights", "fired several shells at a U.S. base"),
    ),
    ("statements-by-speaker", {"speaker": "Jen Psaki"}, ("actual", "Jen Psaki said")),
    ("statements-by-speaker", {"speaker": "Wayne Moratto"}, ("attacked by multiple rockets",)),
    ("events-at-place", {"place": "Iraq"}, ("ASSAULT", "2024-04-20", "true")),
    (
        "sources-of-edge",
        {"subject": "Joe Biden", "object": "Reuven Rivlin"},
        ("met", "met with Israel’s outgoing president", "2021-06-29"),
    ),
    (
        "relations-between-actors",
        {"relation": "backs"},
        ("Iran | backs | Iranian proxy militias", "Syrian Observatory for Human Rights"),
    ),
    (
        "relations-between-actors",
        {"actor": "Jen Psaki"},
        ("holdsOfficeIn | White House | Press Secretary",),
    ),
    ("planned-or-feared", {}, ("future", "seventh-round of indirect negotiations")),
    ("planned-or-feared", {}, ("hypothetical", "we are only going to reach an agreement")),
    ("unattributed-attacks", {}, ("were attacked by multiple rockets",)),
    ("conflict-and-cooperation", {"actor": "Joe Biden"}, ("Reuven Rivlin", "2.5")),
    ("denials", {}, ("no US personnel were injured",)),
    ("articles", {}, ("2024-04-21", "000_rockets-at-rumalin")),
]

ABSENT: list[tuple[str, dict[str, str], tuple[str, ...]]] = [
    # Nobody is named as the launcher of the rockets.
    ("who-attacked-whom", {}, ("Kataib Hezbollah", "attacked")),
    # A deal is only talked of.
    ("meetings", {}, ("agree",)),
    ("actor-timeline", {"actor": "United States"}, ("AGREE",)),
    # Backing is no act of a day.
    ("actor-timeline", {"actor": "Iran"}, ("Iranian proxy militias",)),
    ("sources-of-edge", {"subject": "Iran"}, ("backs",)),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("examples") / "graph.trig"
    build_graph((item for item in read_articles([EXAMPLES]) if isinstance(item, Article)), path)
    with open_store(path) as store:
        yield store


def rows(store: Store, name: str, params: dict[str, str]) -> list[str]:
    return [
        " | ".join("" if value is None else str(value) for value in row)
        for row in run_query(store, name, params).rows
    ]


@pytest.mark.parametrize(("name", "params", "words"), CASES)
def test_an_answer_holds(
    store: Store, name: str, params: dict[str, str], words: tuple[str, ...]
) -> None:
    found = rows(store, name, params)
    assert any(all(word in row for word in words) for row in found), "\n".join(found)


@pytest.mark.parametrize(("name", "params", "words"), ABSENT)
def test_an_answer_does_not_hold(
    store: Store, name: str, params: dict[str, str], words: tuple[str, ...]
) -> None:
    found = rows(store, name, params)
    assert not any(all(word in row for word in words) for row in found), "\n".join(found)


def test_every_query_runs_with_its_example_values(store: Store) -> None:
    for query in list_queries():
        params = {parameter.name: parameter.example for parameter in query.parameters}
        run_query(store, query.name, params)
