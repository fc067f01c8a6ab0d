"""An event told near a town, off a coast or on a border is not told to be in that town or state."""

from datetime import date
from pathlib import Path

import pytest

from kg.extract import load_extractor
from kg.query import run_query
from kg.records import Article, Entity, Extraction
from kg.store import open_store
from tests.conftest import RunCli

pytestmark = pytest.mark.model


def read(text: str) -> Extraction:
    article = Article(doc_id="a", text=text, published=date(2024, 3, 5))
    return load_extractor(rules_only=True).extract(article)


def places(text: str) -> list[Entity]:
    """Return where the events of a text happen, each place once."""
    extraction = read(text)
    by_id = {entity.id: entity for entity in extraction.entities}
    names = dict.fromkeys(name for event in extraction.events for name in event.places)
    return [by_id[name] for name in names]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels attacked a convoy near Menaka on Monday.", ["near Menaka"]),
        ("Two soldiers were killed outside Gao on Sunday.", ["near Gao"]),
        ("Two soldiers were killed just outside the town of Gao.", ["near Gao"]),
        ("Four people were killed on the outskirts of Tripoli.", ["near Tripoli"]),
        ("A strike hit a house 20 km north of Aleppo.", ["near Aleppo"]),
        ("Rebels clashed with the army near Goma and Bukavu.", ["near Goma", "near Bukavu"]),
        ("Rebels clashed with the army in Goma and near Bukavu.", ["Goma", "near Bukavu"]),
        ("Pirates attacked a tanker off the coast of Yemen.", ["coast of Yemen"]),
        ("Rebels killed two soldiers near Chad's border.", ["border of Chad"]),
        ("Rebels killed two soldiers near Sudan's border with Chad.", ["border of Sudan and Chad"]),
        ("Two soldiers were killed in Gao on Sunday.", ["Gao"]),
        ("Two soldiers were killed outside Mali on Sunday.", ["Mali"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nearness_makes_a_place_of_its_own(text: str, expected: list[str]) -> None:
    found = places(text)
    assert [place.name for place in found] == expected
    is_part = [" of " in name or name.startswith("near") for name in expected]
    assert [place.precision == "part" for place in found] == is_part


def test_it_has_the_name_and_the_coordinates_of_the_town_and_points_to_it() -> None:
    text = "Rebels attacked a convoy near Menaka on Monday."
    town, near = read(text).entities[-2:]
    assert (town.name, near.name) == ("Menaka", "near Menaka")
    assert (near.lat, near.lon, near.country) == (town.lat, town.lon, town.country)
    assert near.located_by == (town.iri,)
    assert town.located_by == ()
    assert [mention.span.quote(text) for mention in near.mentions] == ["Menaka"]


def test_it_is_the_same_in_every_article_and_wording() -> None:
    (one,) = places("Rebels attacked a convoy near Aleppo on Monday.")
    (other,) = places("A strike hit a house in the Aleppo countryside.")
    assert one.iri == other.iri


def test_later_tellings_keep_to_it() -> None:
    text = "Rebels attacked a convoy near Menaka. The attack killed five soldiers."
    extraction = read(text)
    told = {name for event in extraction.events for name in event.places}
    names = {entity.id: entity.name for entity in extraction.entities}
    assert {names[name] for name in told} == {"near Menaka"}


def test_who_asks_for_a_place_finds_what_happened_near_it(run_cli: RunCli, tmp_path: Path) -> None:
    source, graph = tmp_path / "a.txt", tmp_path / "graph.trig"
    source.write_text(
        "Two soldiers were killed near Menaka on Monday. Rebels bombed a market in Menaka. "
        "Troops shelled the rebels in eastern Syria. Syria condemned the attack.",
        encoding="utf-8",
    )
    assert run_cli("build", source, "-o", graph, "--fast", "--quiet").exit_code == 0
    assert run_cli("validate", graph).exit_code == 0
    with open_store(graph) as store:
        found = {
            place: [str(row[0]) for row in run_query(store, "events-at-place", params).rows]
            for place, params in (
                ("Menaka", {"place": "Menaka"}),
                ("near Menaka", {"place": "near Menaka"}),
                ("Syria", {"place": "Syria"}),
                ("anywhere", {}),
            )
        }
    assert found == {
        "Menaka": ["Menaka", "near Menaka"],
        "near Menaka": ["near Menaka"],
        "Syria": ["eastern Syria"],
        "anywhere": ["Menaka", "eastern Syria", "near Menaka"],
    }
    explained = run_cli("explain", graph, "Menaka").stdout
    assert "killed near Menaka" in explained
    assert "bombed a market" in explained
    assert "eastern Syria" not in explained


def test_a_bare_noun_is_no_place_of_an_event() -> None:
    assert places("Gunmen killed a judge near his home.") == []
    assert [place.name for place in places("Gunmen killed a judge near Accra airport.")] != []
