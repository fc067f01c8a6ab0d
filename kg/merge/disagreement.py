"""Find the fields in which claims about one event contradict each other.

Nothing is decided here: all values stay on their claims. Two claims disagree in a field only if
both give values and share none; a claim that is silent contradicts nobody.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations

from rdflib import URIRef

from kg.merge.facts import ClaimFacts


def disagreements(
    claims: Iterable[ClaimFacts], *, canonical: Mapping[URIRef, URIRef]
) -> tuple[str, ...]:
    """Return the names of the disputed fields, in alphabetical order.

    They are among actor, recipient, place, time, killed, injured, and ``happened`` when some
    claims affirm that the event took place and others deny it.

    Args:
        canonical: Canonical IRI of each entity that has another one.
    """
    claims = list(claims)
    found = set()
    for name, fields in (
        ("actor", [claim.actors for claim in claims]),
        ("recipient", [claim.recipients for claim in claims]),
        ("place", [claim.places for claim in claims]),
    ):
        told = {frozenset(canonical.get(iri, iri) for iri in values) for values in fields if values}
        if any(not first & second for first, second in combinations(told, 2)):
            found.add(name)
    for name, counts in (
        ("killed", {claim.killed for claim in claims}),
        ("injured", {claim.injured for claim in claims}),
    ):
        if len(counts - {None}) > 1:
            found.add(name)
    if _times_exclude(claims):
        found.add("time")
    if any(claim.happened for claim in claims) and any(claim.denied for claim in claims):
        found.add("happened")
    return tuple(sorted(found))


def _times_exclude(claims: Iterable[ClaimFacts]) -> bool:
    starts = [claim.earliest for claim in claims if claim.earliest is not None]
    ends = [claim.latest for claim in claims if claim.latest is not None]
    return bool(starts and ends) and max(starts) > min(ends)
