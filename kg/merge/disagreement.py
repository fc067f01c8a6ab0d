"""Find the fields in which claims about one event contradict each other.

Nothing is decided here: all values stay on their claims. Two claims disagree in a field only if
both give values and share none; a claim that is silent contradicts nobody, and neither does one
that names only the country of the place that another names, or counts "at least five" where another
counts eight.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from rdflib import URIRef

from kg.merge.facts import ClaimFacts, Extent
from kg.terms import Precision

_WIDE = frozenset({Precision.COUNTRY, Precision.PART})


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Where a place lies, and how narrowly it is known.

    Attributes:
        country: ISO 3166 alpha-3; None when it lies in no single country, or nowhere known.
    """

    country: str | None
    precision: str | None


def disagreements(
    claims: Iterable[ClaimFacts],
    *,
    canonical: Mapping[URIRef, URIRef],
    grounds: Mapping[URIRef, Ground] | None = None,
) -> tuple[str, ...]:
    """Return the names of the disputed fields, in alphabetical order.

    They are among actor, recipient, place, time, killed, injured, arrested, displaced, and
    ``happened`` when some claims affirm that the event took place and others deny it.

    Args:
        canonical: Canonical IRI of each entity that has another one.
        grounds: What is known of places, by canonical IRI.
    """
    claims = list(claims)
    found = set()
    for name, fields in (
        ("actor", [claim.actors for claim in claims]),
        ("recipient", [claim.recipients for claim in claims]),
        ("place", [claim.places for claim in claims]),
    ):
        told = {frozenset(canonical.get(iri, iri) for iri in values) for values in fields if values}
        if any(
            not first & second and not _may_be_one(first, second, grounds or {})
            for first, second in combinations(told, 2)
        ):
            found.add(name)
    for name in {name for claim in claims for name in claim.counts}:
        if _count_excludes(claim.counts[name] for claim in claims if name in claim.counts):
            found.add(name)
    if _times_exclude(claims):
        found.add("time")
    if any(claim.happened for claim in claims) and any(claim.denied for claim in claims):
        found.add("happened")
    return tuple(sorted(found))


def _may_be_one(
    first: Iterable[URIRef], second: Iterable[URIRef], grounds: Mapping[URIRef, Ground]
) -> bool:
    """Tell whether a place of the one may lie in a country, or part of it, of the other."""
    return any(
        one.country is not None
        and one.country == other.country
        and (one.precision in _WIDE) is not (other.precision in _WIDE)
        for one, other in product(_known(first, grounds), _known(second, grounds))
    )


def _known(places: Iterable[URIRef], grounds: Mapping[URIRef, Ground]) -> list[Ground]:
    return [grounds[iri] for iri in places if iri in grounds]


def _count_excludes(extents: Iterable[Extent]) -> bool:
    """Tell whether two counts cannot both be right: three dead, and "at least five" of them."""
    extents = list(extents)
    highs = [extent.high for extent in extents if extent.high is not None]
    return bool(highs) and max(extent.low for extent in extents) > min(highs)


def _times_exclude(claims: Iterable[ClaimFacts]) -> bool:
    starts = [claim.earliest for claim in claims if claim.earliest is not None]
    ends = [claim.latest for claim in claims if claim.latest is not None]
    return bool(starts and ends) and max(starts) > min(ends)
