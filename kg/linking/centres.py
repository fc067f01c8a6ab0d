"""Where a part of a state lies: middles derived from the towns of the gazetteer, by rule.

A state spans the box of its towns, the outermost fiftieth left out on each side, so that a far
island does not move it. The side of a state is cut off at the middle of that box, its central part
is the middle third of it; either lies at the mean of its towns. A border of two states lies at the
mean of the towns that have one of the other state within half a degree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from kg.linking.gazetteer import City

_OUTERMOST = 0.02
_NEAR_DEGREES = 0.5


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place on the map, in degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, kw_only=True)
class _Box:
    south: float
    north: float
    west: float
    east: float

    @property
    def middle(self) -> Point:
        return Point(lat=(self.south + self.north) / 2, lon=(self.west + self.east) / 2)


def middle_of(cities: Sequence[City]) -> Point | None:
    """Return the middle of a state, given its towns; None without any."""
    return _rounded(_box(cities).middle) if cities else None


def middle_of_side(cities: Sequence[City], side: str) -> Point | None:
    """Return the middle of a part of a state.

    Args:
        cities: The towns of the state.
        side: ``northern``, ``southeastern``, ``central`` and the like.
    """
    if not cities:
        return None
    box = _box(cities)
    found = [city for city in cities if _is_in(city, side, box)]
    return _mean(found) if found else _rounded(box.middle)


def middle_of_border(cities: Sequence[City], others: Sequence[City]) -> Point | None:
    """Return the middle of the border of two states; None if no towns face each other."""
    facing = [*_near(cities, others), *_near(others, cities)]
    return _mean(facing) if facing else None


def _is_in(city: City, side: str, box: _Box) -> bool:
    if side == "central":
        high, wide = (box.north - box.south) / 6, (box.east - box.west) / 6
        return abs(city.lat - box.middle.lat) <= high and abs(city.lon - box.middle.lon) <= wide
    return (
        ("north" not in side or city.lat >= box.middle.lat)
        and ("south" not in side or city.lat <= box.middle.lat)
        and ("east" not in side or city.lon >= box.middle.lon)
        and ("west" not in side or city.lon <= box.middle.lon)
    )


def _near(cities: Sequence[City], others: Sequence[City]) -> list[City]:
    """Return the cities that have one of the others nearby."""
    by_degree: dict[tuple[int, int], list[City]] = {}
    for other in others:
        by_degree.setdefault((round(other.lat), round(other.lon)), []).append(other)
    around = [(high, wide) for high in (-1, 0, 1) for wide in (-1, 0, 1)]
    return [
        city
        for city in cities
        if any(
            abs(city.lat - other.lat) <= _NEAR_DEGREES
            and abs(city.lon - other.lon) <= _NEAR_DEGREES
            for high, wide in around
            for other in by_degree.get((round(city.lat) + high, round(city.lon) + wide), ())
        )
    ]


def _box(cities: Sequence[City]) -> _Box:
    south, north = _span([city.lat for city in cities])
    west, east = _span([city.lon for city in cities])
    return _Box(south=south, north=north, west=west, east=east)


def _span(values: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(values)
    outer = int(len(ordered) * _OUTERMOST)
    return ordered[outer], ordered[-1 - outer]


def _mean(cities: Sequence[City]) -> Point:
    return _rounded(
        Point(lat=fmean(city.lat for city in cities), lon=fmean(city.lon for city in cities))
    )


def _rounded(point: Point) -> Point:
    """Return the point to a tenth of a degree; more would look exact."""
    return Point(lat=round(point.lat, 1), lon=round(point.lon, 1))
