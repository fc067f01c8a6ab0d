"""Two square neighbours and a speck, as TopoJSON in hundredths of degrees."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ResourceError
from kg.view.outlines import simplified, write_outlines
from kg.view.spots import load_world
from tests.view.test_spots import decoded

# Iraq (368) lies west of Iran (364); both share the line at 50 degrees east.
SHARED = [[5000, 3000], [0, 500], [0, 500]]
WESTERN = [[5000, 4000], [-1000, 0], [0, -1000], [1000, 0]]
EASTERN = [[5000, 3000], [1000, 0], [0, 1000], [-1000, 0]]
SPECK = [[1000, 1000], [1, 0], [0, 1], [-1, -1]]
BEYOND = [[17500, 6000], [1000, 0], [0, 500], [-1000, 0], [0, -500]]


def topology(*extra: dict[str, Any]) -> dict[str, Any]:
    return {
        "transform": {"scale": [0.01, 0.01], "translate": [0, 0]},
        "arcs": [SHARED, WESTERN, EASTERN, SPECK, BEYOND],
        "objects": {
            "countries": {
                "geometries": [
                    shape("368", "Iraq", [[0, 1]]),
                    {**shape("364", "Iran", []), "type": "MultiPolygon",
                     "arcs": [[[3]], [[~0, ~2][::-1]]]},
                    *extra,
                ]
            }
        },
    }  # fmt: skip


def shape(number: str, name: str, arcs: list[list[int]]) -> dict[str, Any]:
    return {"type": "Polygon", "id": number, "properties": {"name": name}, "arcs": arcs}


def made(folder: Path, source: dict[str, Any]) -> dict[str, Any]:
    (folder / "in.json").write_text(json.dumps(source), encoding="utf-8")
    write_outlines(folder / "in.json", folder / "out.json")
    world: dict[str, Any] = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    return world


def test_neighbours_share_their_border(tmp_path: Path) -> None:
    world = made(tmp_path, topology())
    iran, iraq = world["countries"]
    assert (iran["id"], iraq["id"]) == ("IRN", "IRQ")
    (shared,) = {arc if arc >= 0 else ~arc for arc in iran["rings"][0]} & {
        arc if arc >= 0 else ~arc for arc in iraq["rings"][0]
    }
    # The point in the middle of a straight line is left out.
    assert decoded(world["arcs"][shared]) == [(5000, 3000), (5000, 4000)]
    assert 4000 < iraq["at"][0] < 5000 < iran["at"][0] < 6000


def test_the_page_reads_what_is_written(tmp_path: Path) -> None:
    iran, iraq = made(tmp_path, topology())["countries"]
    middles = load_world(tmp_path / "out.json").middle_by_country
    assert {code: (spot.lon, spot.lat) for code, spot in middles.items()} == {
        "IRN": (iran["at"][0] / 100, iran["at"][1] / 100),
        "IRQ": (iraq["at"][0] / 100, iraq["at"][1] / 100),
    }


def test_a_speck_is_left_out_unless_it_is_the_country(tmp_path: Path) -> None:
    assert [len(country["rings"]) for country in made(tmp_path, topology())["countries"]] == [1, 1]
    malta = made(tmp_path, topology(shape("470", "Malta", [[3]])))["countries"][2]
    assert (malta["id"], len(malta["rings"])) == ("MLT", 1)


def test_a_code_is_borne_by_the_largest(tmp_path: Path) -> None:
    world = made(tmp_path, topology(shape("368", "Islet", [[3]]), shape("", "Kosovo", [[4]])))
    ids = {country["name"]: country["id"] for country in world["countries"]}
    assert ids == {"Iran": "IRN", "Iraq": "IRQ", "Islet": "", "Kosovo": "XKX"}


def test_a_line_over_the_180th_meridian_goes_on(tmp_path: Path) -> None:
    turned = [[17500, 6000], [-35000, 0], [0, 500], [35000, 0], [0, -500]]
    straight, crossing = topology(shape("643", "Russia", [[4]])), topology()
    crossing["arcs"][4] = turned
    crossing["objects"]["countries"]["geometries"].append(shape("643", "Russia", [[4]]))
    assert made(tmp_path, crossing) == made(tmp_path, straight)


def test_antarctica_is_left_out(tmp_path: Path) -> None:
    world = made(tmp_path, topology(shape("010", "Antarctica", [[4]])))
    assert [country["id"] for country in world["countries"]] == ["IRN", "IRQ"]


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    made(tmp_path, topology())
    first = (tmp_path / "out.json").read_bytes()
    made(tmp_path, topology())
    assert (tmp_path / "out.json").read_bytes() == first


def test_simplifying_keeps_what_stands_out() -> None:
    line = [(0.0, 0.0), (1.0, 0.01), (2.0, 1.0), (3.0, 0.5), (4.0, 0.0)]
    assert simplified(line, 0.1) == [(0.0, 0.0), (1.0, 0.01), (2.0, 1.0), (4.0, 0.0)]


@pytest.mark.parametrize("text", ["{", "{}", '{"arcs": [], "objects": {}}'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "in.json").write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError, match="not the countries of world-atlas"):
        write_outlines(tmp_path / "in.json", tmp_path / "out.json")
