"""Make entries of the parts of known places: a side, the surroundings, the coast, a border.

A part has an id of its own, the same in every article. Its coordinates are derived: those of a
side of a state and of the border of two by ``kg.linking.centres``; those of the surroundings of a
place, of its coast or border or of a side of a region are the place's own. The border of a state
with an unnamed neighbour has none.
"""

from collections.abc import Sequence

from kg.linking.centres import Point, middle_of_border, middle_of_side
from kg.linking.directions import Sense
from kg.linking.gazetteer import Gazetteer
from kg.linking.tables import Entry
from kg.terms import EntityKind, Precision

_KINDS = {
    Sense.NEAR: frozenset({EntityKind.PLACE, EntityKind.FACILITY}),
    Sense.COAST: frozenset({EntityKind.PLACE, EntityKind.STATE}),
    Sense.BORDER: frozenset({EntityKind.PLACE, EntityKind.STATE}),
}


def side_of(whole: Entry, side: str, gazetteer: Gazetteer) -> Entry:
    """Return "eastern Syria" as an entry.

    Args:
        side: ``northern``, ``southeastern``, ``central`` and the like.
    """
    point = _own(whole)
    if whole.kind is EntityKind.STATE and whole.alpha2:
        point = middle_of_side(gazetteer.in_country(whole.alpha2), side)
    return _part(f"{side}-{_slug(whole)}", f"{side} {whole.name}", [whole], point)


def part_of(sense: Sense, places: Sequence[Entry], gazetteer: Gazetteer) -> Entry | None:
    """Return what a word makes of the places named with it: "near Aleppo", "border of Syria".

    Args:
        places: One place, or both states of a border, in any order.

    Returns:
        The same entry for all phrases that mean it; None where the word makes nothing of them, as
        "around" does of a state.
    """
    if not places or any(place.kind not in _KINDS[sense] for place in places):
        return None
    if sense is Sense.BORDER:
        return _border(sorted(places, key=lambda state: state.slug), gazetteer)
    if len(places) > 1:
        return None
    place = places[0]
    name = f"near {place.name}" if sense is Sense.NEAR else f"coast of {place.name}"
    return _part(f"{sense}-{_slug(place)}", name, places, _own(place))


def _border(states: Sequence[Entry], gazetteer: Gazetteer) -> Entry | None:
    if len(states) > 2:
        return None
    slug = "-".join(["border", *map(_slug, states)])
    name = f"border of {' and '.join(state.name for state in states)}"
    regions = [place for place in states if place.kind is EntityKind.PLACE]
    towns = [gazetteer.in_country(state.alpha2 or "") for state in states]
    if regions:
        point = _own(regions[0])
    else:
        point = middle_of_border(towns[0], towns[1]) if len(towns) == 2 else None
    return _part(slug, name, states, point)


def _part(slug: str, name: str, wholes: Sequence[Entry], point: Point | None) -> Entry:
    return Entry(
        id=f"kg:{slug}",
        slug=slug,
        name=name,
        kind=EntityKind.PLACE,
        country=wholes[0].country if len(wholes) == 1 else None,
        located_by=tuple(place.id for place in wholes),
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
