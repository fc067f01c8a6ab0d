"""Make entries of the parts of known places: a side, the surroundings, the border of two states.

A part has an id of its own, the same in every article. Its coordinates are derived: those of a
side or border of states by ``kg.linking.centres``, those of the surroundings of a place or of a
side of a region are the place's own.
"""

from kg.linking.centres import Point, middle_of_border, middle_of_side
from kg.linking.gazetteer import Gazetteer
from kg.linking.tables import Entry
from kg.terms import EntityKind, Precision


def side_of(whole: Entry, side: str, gazetteer: Gazetteer) -> Entry:
    """Return "eastern Syria" as an entry.

    Args:
        side: ``northern``, ``southeastern``, ``central`` and the like.
    """
    point = _own(whole)
    if whole.kind is EntityKind.STATE and whole.alpha2:
        point = middle_of_side(gazetteer.in_country(whole.alpha2), side)
    return _part(f"{side}-{_slug(whole)}", f"{side} {whole.name}", whole.country, point)


def around(place: Entry) -> Entry:
    """Return what lies near a place as an entry."""
    return _part(f"near-{_slug(place)}", f"near {place.name}", place.country, _own(place))


def border_of(one: Entry, other: Entry, gazetteer: Gazetteer) -> Entry:
    """Return the border of two states as an entry, the same whichever is named first."""
    first, second = sorted((one, other), key=lambda state: state.slug)
    point = middle_of_border(
        gazetteer.in_country(first.alpha2 or ""), gazetteer.in_country(second.alpha2 or "")
    )
    slug = f"border-{_slug(first)}-{_slug(second)}"
    return _part(slug, f"border of {first.name} and {second.name}", None, point)


def _part(slug: str, name: str, country: str | None, point: Point | None) -> Entry:
    return Entry(
        id=f"kg:{slug}",
        slug=slug,
        name=name,
        kind=EntityKind.PLACE,
        country=country,
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        precision=Precision.PART,
    )


def _own(place: Entry) -> Point | None:
    if place.lat is None or place.lon is None:
        return None
    return Point(lat=place.lat, lon=place.lon)


def _slug(place: Entry) -> str:
    return place.slug.casefold()
