"""Make the small world map of the page out of Natural Earth, as the package world-atlas ships it.

``write_outlines`` turns a TopoJSON file of countries into ``kg/data/view/world.json``; the page
and ``kg.view.spots`` read only that. Borders stay shared between neighbours, so simplifying them
never opens a gap. ``kg/data/view/README.md`` tells source, licence and command.
"""

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from kg.errors import ResourceError
from kg.linking.gazetteer import alpha3_by_numeric
from kg.resources import data_path

SCALE = 100
"""Units of the file to a degree: 1 km, less than the simplification leaves out."""
TOLERANCE = 0.025
"""Degrees of latitude by which a line may move."""
WEST = -169
"""The map is cut along this meridian, in the Bering Strait; what lies west of it comes last."""
_LEFT_OUT = frozenset({"ATA"})
"""Antarctica goes around the pole, which no map of this projection can close."""
_KOSOVO = "XKX"
"""ISO 3166 gives Kosovo no number; the code is the one in use."""
_GRID = 24

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
Ring = Sequence[int]
"""Arcs by number; ``~n`` is arc ``n`` backwards. The first ring of a polygon is the outer one."""


@dataclass(frozen=True, kw_only=True)
class _Country:
    """A country of the source.

    Attributes:
        code: ISO 3166 alpha-3; empty for what that does not know.
        polygons: The largest first.
        size: Of the largest polygon.
    """

    code: str
    name: str
    polygons: Sequence[Sequence[Ring]]
    size: float


def write_outlines(topology: Path, target: Path) -> int:
    """Write the outlines of ``topology`` to ``target`` and return the number of countries.

    Args:
        topology: ``countries-*.json`` of world-atlas; other sizes give other detail.

    Raises:
        ResourceError: The file is not such a TopoJSON.
    """
    try:
        source = json.loads(topology.read_text(encoding="utf-8"))
        arcs = [_points(arc, source["transform"]) for arc in source["arcs"]]
        found = [_country(item, arcs) for item in source["objects"]["countries"]["geometries"]]
    except (KeyError, TypeError, ValueError) as error:
        raise ResourceError(
            f"{topology}: not the countries of world-atlas ({error!r}). Take countries-50m.json."
        ) from error
    countries = _with_one_bearer([each for each in found if each.code not in _LEFT_OUT])
    simple = _simplified_arcs(arcs, countries)
    rows = [
        {
            "id": country.code,
            "name": country.name,
            "at": _units(_middle(_line(country.polygons[0][0], arcs))),
            "rings": [
                ring
                for polygon in country.polygons
                for ring in polygon
                if not (len(ring) == 1 and _is_speck(simple[_forwards(ring[0])]))
            ],
        }
        for country in sorted(countries, key=lambda country: (country.code, country.name))
    ]
    _write(target, rows, simple)
    return len(rows)


def _points(arc: Iterable[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> list[Point]:
    """Undo the quantisation of a TopoJSON arc (TopoJSON specification, section 2.1.3).

    Lines that cross the 180th meridian go on beyond it, and all of an arc stands on that side of
    the cut where most of it is.
    """
    (scale_x, scale_y), (left, low) = transform["scale"], transform["translate"]
    x = y = 0
    points: list[Point] = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        lon = x * scale_x + left
        if points:
            lon += 360 * round((points[-1][0] - lon) / 360)
        points.append((lon, y * scale_y + low))
    middle = sum(lon for lon, _ in points) / len(points)
    shift = 360 * math.ceil((WEST - middle) / 360)
    return [(lon + shift, lat) for lon, lat in points]


def _country(item: Mapping[str, Any], arcs: Sequence[Sequence[Point]]) -> _Country:
    name = item["properties"]["name"]
    code = _KOSOVO if name == "Kosovo" else alpha3_by_numeric().get(item.get("id", ""), "")
    polygons = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
    size_of = [_size(_line(polygon[0], arcs)) for polygon in polygons]
    order = sorted(range(len(polygons)), key=lambda index: -size_of[index])
    return _Country(
        code=code,
        name=name,
        polygons=[polygons[index] for index in order],
        size=max(size_of),
    )


def _with_one_bearer(countries: Iterable[_Country]) -> list[_Country]:
    """Leave each code to the largest country that bears it: islands may have that of a state."""
    kept = []
    seen: set[str] = set()
    for country in sorted(countries, key=lambda country: (-country.size, country.name)):
        code = "" if country.code in seen else country.code
        seen.add(code)
        kept.append(replace(country, code=code))
    return kept


def _simplified_arcs(
    arcs: Sequence[Sequence[Point]], countries: Iterable[_Country]
) -> list[Sequence[Point]]:
    """Simplify every line, but leave the smallest countries as they are rather than lose them."""
    main = {_forwards(arc) for country in countries for arc in country.polygons[0][0]}
    simple: list[Sequence[Point]] = [simplified(arc, TOLERANCE) for arc in arcs]
    for number in main:
        if _is_speck(simple[number]):
            simple[number] = arcs[number]
    return simple


def simplified(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Leave out points that lie within ``tolerance`` of the line without them; ends stay.

    Args:
        tolerance: In degrees of latitude.

    Source:
        Douglas and Peucker (1973), Algorithms for the reduction of the number of points.
    """
    kept = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        away = [_distance(point, points[first], points[last]) for point in points[first + 1 : last]]
        if max(away) > tolerance:
            far = first + 1 + away.index(max(away))
            kept.add(far)
            stack += [(first, far), (far, last)]
    return [points[index] for index in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return the distance of a point from a stretch, in degrees of latitude."""
    shrink = math.cos(math.radians(point[1]))
    along = ((end[0] - start[0]) * shrink, end[1] - start[1])
    away = ((point[0] - start[0]) * shrink, point[1] - start[1])
    length = along[0] ** 2 + along[1] ** 2
    part = (away[0] * along[0] + away[1] * along[1]) / length if length else 0.0
    part = min(1.0, max(0.0, part))
    return math.hypot(away[0] - part * along[0], away[1] - part * along[1])


def _is_speck(points: Sequence[Point]) -> bool:
    """Whether a closed line has shrunk to less than a triangle."""
    return points[0] == points[-1] and len(points) < 4


def _forwards(arc: int) -> int:
    """Return the number of an arc whichever way it is walked."""
    return arc if arc >= 0 else ~arc


def _line(ring: Ring, arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """Return the points of a ring, the first again at the end."""
    parts = [arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring]
    return [*parts[0], *(point for part in parts[1:] for point in part[1:])]


def _size(line: Sequence[Point]) -> float:
    """Return the area of a ring on a globe, in units that serve to compare."""
    return abs(
        sum(
            (x2 - x1) * (math.sin(math.radians(y1)) + math.sin(math.radians(y2))) / 2
            for (x1, y1), (x2, y2) in pairwise(line)
        )
    )


def _middle(line: Sequence[Point]) -> Point:
    """Return the point of a fine grid inside the ring that is farthest from its border.

    A centre of gravity may lie in a neighbouring country or in the sea.
    """
    left, right = min(x for x, _ in line), max(x for x, _ in line)
    low, high = min(y for _, y in line), max(y for _, y in line)
    grid = [
        (left + (right - left) * column / _GRID, low + (high - low) * row / _GRID)
        for column in range(1, _GRID)
        for row in range(1, _GRID)
    ]
    inside = [point for point in grid if is_inside(point, line)] or [line[0]]
    return max(inside, key=lambda point: min(_distance(point, *side) for side in pairwise(line)))


def is_inside(point: Point, line: Sequence[Point]) -> bool:
    """Whether a point lies inside a closed line (a ray to the east crosses it an odd number)."""
    x, y = point
    crossed = sum(
        (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for (x1, y1), (x2, y2) in pairwise(line)
    )
    return crossed % 2 == 1


def _write(target: Path, rows: Sequence[dict[str, Any]], arcs: Sequence[Sequence[Point]]) -> None:
    """Write rows and the arcs that they use, numbered anew in the order of use."""
    used = dict.fromkeys(_forwards(arc) for row in rows for ring in row["rings"] for arc in ring)
    number_of = {arc: number for number, arc in enumerate(used)}
    for row in rows:
        row["rings"] = [
            [number_of[arc] if arc >= 0 else ~number_of[~arc] for arc in ring]
            for ring in row["rings"]
        ]
    lines = ",\n".join(json.dumps(encoded(_steps(arcs[arc]))) for arc in used)
    countries = ",\n".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows
    )
    text = f'{{"scale": {SCALE}, "west": {WEST}, "arcs": [\n{lines}\n],\n'
    text += f'"countries": [\n{countries}\n]}}\n'
    target.write_text(text, encoding="utf-8", newline="\n")


def _units(point: Point) -> list[int]:
    return [round(point[0] * SCALE), round(point[1] * SCALE)]


def _steps(points: Iterable[Point]) -> list[int]:
    """Return steps between points in units of the file, flat; the first is the start itself."""
    x = y = 0
    steps: list[int] = []
    for point in points:
        next_x, next_y = _units(point)
        if not steps or (next_x, next_y) != (x, y):
            steps += [next_x - x, next_y - y]
        x, y = next_x, next_y
    return steps


def encoded(numbers: Iterable[int]) -> str:
    """Return whole numbers as text, small ones in one character.

    Source:
        Google, Encoded Polyline Algorithm Format: five bits to a character, the lowest first.
    """
    letters = []
    for number in numbers:
        rest = ~(number << 1) if number < 0 else number << 1
        while rest >= 32:
            letters.append(chr((32 | rest & 31) + 63))
            rest >>= 5
        letters.append(chr(rest + 63))
    return "".join(letters)


if __name__ == "__main__":
    write_outlines(Path(sys.argv[1]), data_path("view") / "world.json")
