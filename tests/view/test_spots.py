import math
from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.resources import data_path, read_tsv
from kg.terms import EntityKind
from kg.view.outlines import Point, encoded, is_inside
from kg.view.records import Thing
from kg.view.spots import Extent, Spot, find_spot, load_world

WORLD = load_world()


def make_thing(kind: EntityKind = EntityKind.PLACE, **values: object) -> Thing:
    return Thing(iri="x:thing", label="Thing", kind=kind, **values)  # type: ignore[arg-type]


def decoded(text: str) -> list[Point]:
    """Return the points of a line of the file, in its units."""
    numbers, value, shift = [], 0, 0
    for letter in text:
        bits = ord(letter) - 63
        value |= (bits & 31) << shift
        shift += 5
        if not bits & 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    x = y = 0
    points: list[Point] = []
    for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + step_x, y + step_y
        points.append((x, y))
    return points


LINES = [decoded(text) for text in WORLD.data["arcs"]]


def ring_of(arcs: list[int]) -> list[Point]:
    return [point for arc in arcs for point in (LINES[arc] if arc >= 0 else LINES[~arc][::-1])]


def test_fine_coordinates_are_a_site() -> None:
    spot = find_spot(make_thing(lat=35.3359, lon=40.1408, country="SYR"), WORLD)
    assert spot == Spot(lat=35.3359, lon=40.1408, extent=Extent.SITE)


def test_rounded_coordinates_are_a_region_but_a_facility_is_a_site() -> None:
    region = find_spot(make_thing(lat=33.5, lon=36.0), WORLD)
    base = find_spot(make_thing(EntityKind.FACILITY, lat=33.5, lon=36.0), WORLD)
    assert region is not None
    assert region.extent is Extent.REGION
    assert base is not None
    assert base.extent is Extent.SITE


@pytest.mark.parametrize(
    ("precision", "extent"),
    [("settlement", Extent.SITE), ("part", Extent.REGION), ("area", Extent.REGION)],
)
def test_a_precision_tells_how_much_ground_is_meant(precision: str, extent: Extent) -> None:
    for lat in (33.5, 33.5138):
        spot = find_spot(make_thing(lat=lat, lon=36.2, precision=precision), WORLD)
        assert spot == Spot(lat=lat, lon=36.2, extent=extent)


def test_a_state_with_coordinates_is_drawn_as_a_country() -> None:
    state = make_thing(EntityKind.STATE, lat=1.0, lon=2.0, country="IRQ", precision="country")
    assert find_spot(state, WORLD) == WORLD.middle_by_country["IRQ"]


@pytest.mark.parametrize("kind", [EntityKind.STATE, EntityKind.PLACE, EntityKind.FACILITY])
def test_a_country_alone_stands_for_the_middle_of_it(kind: EntityKind) -> None:
    spot = find_spot(make_thing(kind, country="IRQ"), WORLD)
    assert spot is not None
    assert spot.extent is Extent.COUNTRY
    assert spot == WORLD.middle_by_country["IRQ"]


@pytest.mark.parametrize(
    ("kind", "country"),
    [(EntityKind.PERSON, "IRQ"), (EntityKind.MILITARY, "IRQ"), (EntityKind.PLACE, None)],
)
def test_who_may_be_anywhere_is_nowhere(kind: EntityKind, country: str | None) -> None:
    assert find_spot(make_thing(kind, country=country), WORLD) is None


def test_the_middle_of_a_country_lies_in_it() -> None:
    for country in WORLD.data["countries"]:
        middle = tuple(country["at"])
        rings = [ring_of(arcs) for arcs in country["rings"]]
        # An atoll may be thinner than the units of the file.
        is_near = any(math.dist(middle, point) <= 3 for ring in rings for point in ring)
        is_in = any(is_inside(middle, [*ring, ring[0]]) for ring in rings)
        assert is_in or is_near, country["name"]


def test_outlines_close_and_stay_on_the_map() -> None:
    scale, west = WORLD.data["scale"], WORLD.data["west"]
    for country in WORLD.data["countries"]:
        for arcs in country["rings"]:
            ends = [LINES[arc] if arc >= 0 else LINES[~arc][::-1] for arc in arcs]
            joints = zip(ends, [*ends[1:], ends[0]], strict=True)
            assert all(line[-1] == following[0] for line, following in joints), country["name"]
    longitudes = [x / scale for line in LINES for x, _ in line]
    assert west - 1 < min(longitudes)
    assert max(longitudes) < west + 361


def test_nearly_every_country_of_the_knowledge_has_an_outline() -> None:
    path = data_path("knowledge", "countries.tsv")
    columns = tuple(path.read_text(encoding="utf-8").split("\n", 1)[0].split("\t"))
    known = {row["alpha3"] for _, row in read_tsv(path, columns)}
    assert set(WORLD.middle_by_country) <= known
    assert len(known - set(WORLD.middle_by_country)) < 20


def test_the_file_is_small() -> None:
    assert data_path("view", "world.json").stat().st_size < 200_000


def test_encoding_is_undone_by_decoding() -> None:
    numbers = [0, -1, 15, -16, 16, 511, -512, 19_100, -16_900, 1]
    points = decoded(encoded(numbers))
    assert points[0] == (0, -1)
    assert points[-1] == (sum(numbers[::2]), sum(numbers[1::2]))


@pytest.mark.parametrize("text", ["{", "[]", '{"countries": [{"id": "IRQ"}], "scale": 1}'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "world.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError, match="not the outlines of countries"):
        load_world(path)
