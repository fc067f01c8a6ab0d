"""Where a place stands on the map: at its coordinates, or at the middle of its country.

The outlines come from ``kg/data/view/world.json``, which ``kg.view.outlines`` makes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import ResourceError
from kg.resources import data_path
from kg.terms import EntityKind, Precision
from kg.view.records import Thing

_LOCATED_BY_COUNTRY = frozenset({EntityKind.STATE, EntityKind.PLACE, EntityKind.FACILITY})
"""Kinds that lie in their country; a person or an army with that country may be anywhere."""


class Extent(StrEnum):
    """How much ground a spot stands for."""

    SITE = "site"
    REGION = "region"
    COUNTRY = "country"


_EXTENTS = {
    Precision.SITE: Extent.SITE,
    Precision.SETTLEMENT: Extent.SITE,
    Precision.REGION: Extent.REGION,
    Precision.PART: Extent.REGION,
    Precision.AREA: Extent.REGION,
    Precision.COUNTRY: Extent.COUNTRY,
}


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a place is drawn.

    Attributes:
        lat: Degrees north.
        lon: Degrees east.
    """

    lat: float
    lon: float
    extent: Extent


@dataclass(frozen=True, kw_only=True)
class World:
    """The outlines of the countries.

    Attributes:
        data: The content of the file, as the page's script reads it.
        middle_by_country: Spot for each ISO 3166 alpha-3 code that has an outline.
    """

    data: Mapping[str, Any]
    middle_by_country: Mapping[str, Spot]


@cache
def load_world(path: Path | None = None) -> World:
    """Return the outlines in ``path``, by default the ones shipped.

    Raises:
        ResourceError: It is not a file that ``kg.view.outlines`` wrote.
    """
    path = path or data_path("view", "world.json")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        middles = {
            country["id"]: Spot(
                lon=country["at"][0] / data["scale"],
                lat=country["at"][1] / data["scale"],
                extent=Extent.COUNTRY,
            )
            for country in data["countries"]
            if country["id"]
        }
    except (KeyError, TypeError, ValueError) as error:
        raise ResourceError(
            f"{path}: not the outlines of countries ({error}). Make them anew; see README.md."
        ) from error
    return World(data=data, middle_by_country=middles)


def find_spot(thing: Thing, world: World) -> Spot | None:
    """Return where ``thing`` is drawn when something happened there; None if it is not known.

    How much ground it stands for follows from its precision. Where that is not told, a place with
    coordinates rounded to a tenth of a degree (11 km) or more is a region. A country, or a place
    with a country alone, is drawn in the middle of that.
    """
    is_country = thing.precision == Precision.COUNTRY and thing.country in world.middle_by_country
    if thing.lat is not None and thing.lon is not None and not is_country:
        if thing.precision is not None:
            return Spot(lat=thing.lat, lon=thing.lon, extent=_EXTENTS[Precision(thing.precision)])
        is_rounded = round(thing.lat, 1) == thing.lat and round(thing.lon, 1) == thing.lon
        is_region = is_rounded and thing.kind != EntityKind.FACILITY
        extent = Extent.REGION if is_region else Extent.SITE
        return Spot(lat=thing.lat, lon=thing.lon, extent=extent)
    if thing.kind not in _LOCATED_BY_COUNTRY or thing.country is None:
        return None
    return world.middle_by_country.get(thing.country)
