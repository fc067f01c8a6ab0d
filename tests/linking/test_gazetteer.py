"""Cities are found by any of their names, the largest first."""

from pathlib import Path

from kg.linking.gazetteer import ID_COLUMNS, Gazetteer, alpha3_by_numeric, load_gazetteer
from kg.linking.normal import name_key
from kg.resources import data_path, read_tsv


def test_largest_city_comes_first() -> None:
    cities = load_gazetteer().find("tripoli")
    assert [city.alpha2 for city in cities[:2]] == ["LY", "LB"]
    assert cities[0].population > cities[1].population


def test_alternate_names_lead_to_the_same_city() -> None:
    gazetteer = load_gazetteer()
    assert gazetteer.find("kiev")[0] == gazetteer.find("kyiv")[0]


def test_unknown_names_and_beginnings_of_names_find_nothing() -> None:
    gazetteer = load_gazetteer()
    assert gazetteer.find("blorkistan") == ()
    assert gazetteer.find("tripo") == ()
    assert gazetteer.find("zzzz") == ()


def test_names_are_sorted_for_the_search() -> None:
    lines = data_path("knowledge", "city_names.tsv").read_text(encoding="utf-8").splitlines()
    keys = [line.split("\t")[0] for line in lines]
    assert lines == sorted(lines)
    assert len(keys) == len(set(keys))


def test_three_small_files_make_a_gazetteer(tmp_path: Path) -> None:
    cities = tmp_path / "cities.tsv"
    names = tmp_path / "city_names.tsv"
    cities.write_text("7\tTown\tIQ\t33.0\t44.0\t9000\n", encoding="utf-8")
    names.write_text("old town\t0\ntown\t0\n", encoding="utf-8")
    ids = tmp_path / "city_ids.tsv"
    ids.write_text("geonames\tname\twikidata\tsource\n7\tTown\tQ7\tours\n", encoding="utf-8")
    found = Gazetteer(cities, names, ids).find("old town")
    assert [(city.geonames, city.name, city.wikidata) for city in found] == [("7", "Town", "Q7")]


def test_wikidata_ids_belong_to_the_cities_named() -> None:
    gazetteer = load_gazetteer()
    for number, row in read_tsv(data_path("knowledge", "city_ids.tsv"), ID_COLUMNS):
        found = {city.geonames: city for city in gazetteer.find(name_key(row["name"]))}
        assert found[row["geonames"]].wikidata == row["wikidata"], number


def test_numbers_of_countries_lead_to_their_codes() -> None:
    codes = alpha3_by_numeric()
    assert (codes["004"], codes["368"], codes["840"]) == ("AFG", "IRQ", "USA")
    assert all(len(number) == 3 and len(code) == 3 for number, code in codes.items())
