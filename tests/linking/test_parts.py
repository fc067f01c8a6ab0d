"""Where places lie and how narrowly they are known, in a table that an analyst can extend."""

import pytest

from kg.linking import load_resolver
from kg.linking.centres import Point, middle_of, middle_of_border, middle_of_side
from kg.linking.gazetteer import City
from kg.records import Description
from kg.terms import EntityKind

# Phrase, kind, country, precision, latitude, longitude; found within half a degree.
PLACES = (
    ("Aleppo", "place", "SYR", "settlement", 36.2, 37.2),
    ("near Deir Ezzor", "place", "SYR", "part", 35.3, 40.1),
    ("the outskirts of Aleppo", "place", "SYR", "part", 36.2, 37.2),
    ("south of Aleppo", "place", "SYR", "part", 36.2, 37.2),
    ("off the coast of Yemen", "place", "YEM", "part", 15.5, 48.0),
    ("the Gaza border", "place", "PSE", "part", 31.4, 34.4),
    ("suburbs of Damascus", "place", "SYR", "part", 33.5, 36.3),
    ("near the Al-Omar oil field", "place", "SYR", "part", 35.1, 40.5),
    ("on the Syrian-Iraqi border", "place", None, "part", 35.7, 41.5),
    ("the Iraqi-Syrian border", "place", None, "part", 35.7, 41.5),
    ("border of Mali and Niger", "place", None, "part", 15.1, 3.1),
    ("eastern Syria", "place", "SYR", "part", 35.9, 40.3),
    ("north-eastern Nigeria", "place", "NGA", "part", 11.1, 11.0),
    ("central Mali", "place", "MLI", "part", 14.7, -4.7),
    ("the Euphrates", "place", None, "area", 34.5, 41.0),
    ("the Black Sea", "place", None, "area", 43.5, 34.5),
    ("Idlib province", "place", "SYR", "region", 35.9, 36.6),
    ("Donbas", "place", "UKR", "region", 48.3, 38.0),
    ("the Gaza Strip", "place", "PSE", "region", 31.4, 34.4),
    ("Orakzai district", "place", "PAK", "region", 33.7, 71.0),
    ("Al-Tanf base", "facility", "SYR", "site", 33.5, 38.6),
    ("Bab al-Hawa crossing", "facility", "SYR", "site", 36.2, 36.7),
    ("al-Hol camp", "facility", "SYR", "site", 36.4, 41.2),
    ("Al-Omar oil field", "facility", "SYR", "site", 35.1, 40.5),
    ("Kalma displacement camp", "facility", "SDN", "site", 12.0, 25.0),
    ("Syria", "state", "SYR", "country", 34.7, 38.5),
)


@pytest.mark.parametrize("row", PLACES, ids=[row[0] for row in PLACES])
def test_places(row: tuple[str, str, str | None, str, float, float]) -> None:
    name, *described, lat, lon = row
    link = load_resolver().lookup([name])[0]
    assert [link.kind, link.country, link.precision] == described
    assert (link.lat, link.lon) == pytest.approx((lat, lon), abs=0.5)


def test_a_part_is_the_same_however_it_is_called() -> None:
    one, other, *borders = load_resolver().lookup(
        [
            *("near Kharkiv", "the outskirts of Kharkiv"),
            *("Kenyan-Somali border", "border of Somalia and Kenya"),
        ]
    )
    assert one.id == other.id
    assert {item.id for item in borders} == {"kg:border-ken-som"}


def test_a_described_part_is_found_in_the_parse_too() -> None:
    phrase = Description(text="outskirts", head="outskirt", places=("Aleppo",), plural=True)
    link = load_resolver().describe(phrase)
    assert (link.kind, link.precision) == (EntityKind.PLACE, "part")
    one_sided = Description(text="Syrian border", head="border", names=("Syrian",))
    border = load_resolver().describe(one_sided)
    assert (border.id, border.label) == ("kg:border-syr", "Syrian border")
    assert (border.country, border.precision, border.lat) == ("SYR", "part", None)


def test_a_part_tells_what_it_is_named_after() -> None:
    links = load_resolver().lookup(
        ["near Al-Tanf base", "eastern Syria", "Syrian-Iraqi border", "off Yemen", "Syria"]
    )
    assert [len(link.located_by) for link in links] == [1, 1, 2, 1, 0]
    assert links[1].located_by == (links[4].id,)
    assert set(links[2].located_by) == {"wikidata:Q796", "wikidata:Q858"}


@pytest.mark.parametrize(
    "phrase", ["outside Syria", "around Yemen", "near Nowheretown", "coast of Al-Tanf base"]
)
def test_not_every_word_makes_a_part_of_every_place(phrase: str) -> None:
    link = load_resolver().lookup([phrase])[0]
    assert link.precision != "part"


def towns(*places: tuple[float, float]) -> list[City]:
    return [
        City(geonames=str(number), name="", alpha2="XX", lat=lat, lon=lon, population=1)
        for number, (lat, lon) in enumerate(places)
    ]


def test_the_middle_of_a_state_is_that_of_its_box() -> None:
    assert middle_of(towns((0, 0), (0, 1), (0, 2), (10, 20))) == Point(lat=5, lon=10)
    far_island = [*towns(*[(0, lon) for lon in range(100)]), *towns((80, 0))]
    assert middle_of(far_island) == Point(lat=0, lon=49)
    assert middle_of([]) is None


def test_a_side_lies_at_the_mean_of_its_towns() -> None:
    state = towns((0, 0), (0, 8), (1, 10), (10, 9), (5, 5))
    assert middle_of_side(state, "eastern") == Point(lat=4, lon=8)
    assert middle_of_side(state, "southeastern") == Point(lat=2, lon=7.7)
    assert middle_of_side(state, "central") == Point(lat=5, lon=5)
    assert middle_of_side(state, "northwestern") == Point(lat=5, lon=5)
    assert middle_of_side([], "eastern") is None


def test_a_border_lies_where_towns_face_each_other() -> None:
    here, there = towns((0, 0.8), (0, -9)), towns((0, 1.2), (0, 30))
    assert middle_of_border(here, there) == Point(lat=0, lon=1)
    assert middle_of_border(towns((0, 0)), towns((0, 30))) is None
