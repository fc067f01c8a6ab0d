"""Judge which accounts of different articles are about one event.

Conservative: two accounts are one event only when both say that it happened, when type, mode and
day agree, and when they share two of actor, recipient and place, one of them the recipient or a
place as small as a city. Two accounts of one article are two events, since the article itself
told them apart; no chain of judgements crosses that. What remains different (who did it, how
many died) stays on the claims.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations

from rdflib import URIRef

from kg.merge.entities import Decision
from kg.merge.facts import AccountFacts, ArticleFacts, EntityFacts
from kg.namespaces import KG, PREFIXES, event_iri, local_name
from kg.taxonomy import taxonomy
from kg.terms import Precision

_LONGEST_DAYS = 3
"""Longest interval that still tells which day is meant; "in March" never joins two events."""

_CROWD = 400
"""More accounts than this of one type, day and recipient or place are told apart too poorly."""

_NARROW = frozenset({Precision.SITE, Precision.SETTLEMENT})
"""Precisions of places small enough to tell events apart."""


@dataclass(frozen=True, kw_only=True)
class _Profile:
    """An account with canonical participants, ready to be compared."""

    account: AccountFacts
    type: URIRef
    earliest: date
    latest: date
    actors: frozenset[URIRef]
    recipients: frozenset[URIRef]
    places: frozenset[URIRef]


@dataclass(frozen=True, kw_only=True, order=True)
class _Match:
    """A judgement that two accounts are one event; better ones sort first."""

    rank: int
    first: URIRef
    second: URIRef
    because: str


def judge_events(
    articles: Iterable[ArticleFacts], *, canonical: Mapping[URIRef, URIRef]
) -> tuple[Decision, ...]:
    """Return one decision for each event, those of a single account included.

    Args:
        canonical: Canonical IRI of each entity that has another one.
    """
    articles = list(articles)
    accounts = {account.iri: account for facts in articles for account in facts.accounts}
    precise = _precise(articles, canonical)
    profiles = [
        profile
        for account in accounts.values()
        if (profile := _profile(account, canonical)) is not None
    ]
    matches = sorted(
        match
        for first, second in _candidates(profiles, precise)
        if (match := _match(first, second, precise)) is not None
    )
    clusters = {iri: {iri} for iri in accounts}
    because: dict[URIRef, set[str]] = {iri: set() for iri in accounts}
    # Best matches first, so that the outcome depends on the set of articles and not on its order.
    for match in matches:
        one, other = clusters[match.first], clusters[match.second]
        if one is other:
            because[match.first].add(match.because)
            continue
        articles_of = [accounts[iri].article for iri in (*one, *other)]
        if len(set(articles_of)) < len(articles_of):
            continue  # it would make two events of one article one
        one |= other
        for iri in other:
            clusters[iri] = one
        because[match.first].add(match.because)
    return _decisions(clusters, because)


def _decisions(
    clusters: Mapping[URIRef, set[URIRef]], because: Mapping[URIRef, set[str]]
) -> tuple[Decision, ...]:
    decisions = {}
    for cluster in clusters.values():
        members = tuple(sorted(cluster))
        if members[0] not in decisions:
            reasons = {text for iri in members for text in because[iri]}
            decisions[members[0]] = Decision(
                members=members,
                canonical=event_iri(members[0]),
                because=tuple(sorted(reasons)),
            )
    return tuple(decision for _, decision in sorted(decisions.items()))


def _precise(
    articles: Iterable[ArticleFacts], canonical: Mapping[URIRef, URIRef]
) -> frozenset[URIRef]:
    """Return the places small enough to tell events apart: facilities and cities.

    States and regions are too large: "airstrikes in Syria" on one day may be many.
    """
    return frozenset(
        canonical.get(entity.iri, entity.iri)
        for facts in articles
        for entity in facts.entities
        if _is_precise(entity)
    )


def _is_precise(entity: EntityFacts) -> bool:
    told = {str(value) for value in entity.values.get(KG.precision, ())}
    if told:
        return bool(told & _NARROW)
    kinds = {str(kind) for kind in entity.values.get(KG.kind, ())}
    return entity.iri.startswith(PREFIXES["gn"]) or "facility" in kinds


def _profile(account: AccountFacts, canonical: Mapping[URIRef, URIRef]) -> _Profile | None:
    """Return what is compared, or None when too little is said to compare."""
    real = [claim for claim in account.claims if claim.happened]
    earliest = [claim.earliest for claim in real if claim.earliest is not None]
    latest = [claim.latest for claim in real if claim.latest is not None]
    if len(account.types) != 1 or not earliest or not latest:
        return None
    if (max(latest) - min(earliest)).days >= _LONGEST_DAYS:
        return None

    def known(fields: Iterable[frozenset[URIRef]]) -> frozenset[URIRef]:
        return frozenset(canonical.get(iri, iri) for values in fields for iri in values)

    return _Profile(
        account=account,
        type=min(account.types),
        earliest=min(earliest),
        latest=max(latest),
        actors=known(claim.actors for claim in real),
        recipients=known(claim.recipients for claim in real),
        places=known(claim.places for claim in real),
    )


def _candidates(
    profiles: Iterable[_Profile], precise: frozenset[URIRef]
) -> Iterator[tuple[_Profile, _Profile]]:
    """Yield each pair that shares type, a day and a recipient, party or place, once."""
    blocks: dict[tuple[URIRef, date, URIRef], list[_Profile]] = {}
    for profile in profiles:
        shared = profile.recipients | profile.actors | (profile.places & precise)
        day = profile.earliest
        while day <= profile.latest:
            for iri in shared:
                blocks.setdefault((profile.type, day, iri), []).append(profile)
            day += timedelta(days=1)
    seen = set()
    for block in blocks.values():
        if len(block) > _CROWD:
            continue
        ordered = sorted(block, key=lambda profile: profile.account.iri)
        for first, second in combinations(ordered, 2):
            pair = (first.account.iri, second.account.iri)
            if first.account.article != second.account.article and pair not in seen:
                seen.add(pair)
                yield first, second


def _match(first: _Profile, second: _Profile, precise: frozenset[URIRef]) -> _Match | None:
    """Return the positive judgement on a pair of one type with a common day, or None."""
    modes = first.account.modes, second.account.modes
    if modes[0] and modes[1] and not modes[0] & modes[1]:
        return None
    actors = first.actors & second.actors
    recipients = first.recipients & second.recipients
    places = first.places & second.places
    if _elsewhere(first.places & precise, second.places & precise):
        return None
    if _is_reciprocal(first.type):
        parties = (first.actors | first.recipients) & (second.actors | second.recipients)
        same_parties = len(parties) >= 2
    else:
        parties = actors | recipients
        same_parties = len(actors) >= 2 or bool(actors and recipients)
        if _elsewhere(first.recipients, second.recipients) and not same_parties:
            return None
    telling = bool(recipients) or bool(places & precise)
    shared = bool(actors) + bool(recipients) + bool(places)
    if not same_parties and not (telling and shared >= 2):
        return None
    words = [
        f"{local_name(first.type)} on {max(first.earliest, second.earliest)}",
        *(
            f"same {name}: {', '.join(sorted(values))}"
            for name, values in (("parties", parties), ("place", places))
            if values
        ),
    ]
    return _Match(
        rank=-(len(parties) + len(places)),
        first=first.account.iri,
        second=second.account.iri,
        because="; ".join(words),
    )


def _elsewhere(first: frozenset[URIRef], second: frozenset[URIRef]) -> bool:
    return bool(first and second) and not first & second


@cache
def _is_reciprocal(event_type: URIRef) -> bool:
    """Whether actors and recipients of the type are parties alike, as in a meeting."""
    known = taxonomy()
    for entry in known.types.values():
        if entry.coding.iri == str(event_type):
            return known.edges[entry.coding.edge_property].symmetric
    return False
