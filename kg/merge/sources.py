"""How many sources tell something, how many of them are independent, and what follows from it.

Articles are one source when they come from one outlet, when one text is a near copy of the
other, or when all that they say of the matter quotes a common speaker. The confidence is a
noisy-or over independent sources, with the shape of the belief of INDRA (Gyori et al. 2017).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Protocol, TypeVar

from rdflib import URIRef

from kg.merge.facts import ArticleFacts
from kg.merge.groups import Groups

_SKETCH = 32
_NEAR_COPY = 0.5
# A hash that so many articles share is boilerplate of the trade and tells nothing.
_COMMON = 200
# However often one source repeats it, it may be wrong, or wrongly read in the same way.
_SOURCE_CEILING = 0.95
_CEILING = 0.99


class Told(Protocol):
    """What is asked of a claim, whether of an event or of a relation."""

    @property
    def article(self) -> URIRef:
        """The article that makes it."""
        ...

    @property
    def belief(self) -> float:
        """Probability that it was read rightly, lowered when the sentence hedges."""
        ...

    @property
    def speakers(self) -> frozenset[URIRef]:
        """Whom the article credits."""
        ...


ToldT = TypeVar("ToldT", bound=Told)


def resemblance(first: frozenset[str], second: frozenset[str]) -> float:
    """Return the estimated overlap in [0, 1] of two texts, from their fingerprints.

    The estimator of Broder (1997): of the least hashes of both together, the share in both.
    Zero when either is empty.
    """
    if not first or not second:
        return 0.0
    least = sorted(first | second)[:_SKETCH]
    return sum(value in first and value in second for value in least) / len(least)


def origin_by_article(articles: Iterable[ArticleFacts]) -> dict[URIRef, URIRef]:
    """Return for each article the least article of the same outlet or of nearly the same text."""
    articles = list(articles)
    groups: Groups[URIRef] = Groups(facts.article for facts in articles)
    first_of_outlet: dict[URIRef, URIRef] = {}
    holders: dict[str, list[URIRef]] = {}
    fingerprints = {facts.article: facts.fingerprint for facts in articles}
    for facts in articles:
        if facts.outlet is not None:
            first = first_of_outlet.setdefault(facts.outlet, facts.article)
            groups.join(first, facts.article)
        for value in facts.fingerprint:
            holders.setdefault(value, []).append(facts.article)
    shared: Counter[tuple[URIRef, URIRef]] = Counter()
    for holding in holders.values():
        if len(holding) <= _COMMON:
            shared.update(combinations(sorted(holding), 2))
    for first, second in shared:
        if resemblance(fingerprints[first], fingerprints[second]) >= _NEAR_COPY:
            groups.join(first, second)
    return {article: groups.find(article) for article in fingerprints}


def independent_sources(
    claims: Iterable[ToldT],
    *,
    origin: Mapping[URIRef, URIRef],
    canonical: Mapping[URIRef, URIRef],
) -> dict[URIRef, list[ToldT]]:
    """Return the claims by independent source, each named by its least article.

    Args:
        origin: What ``origin_by_article`` returned.
        canonical: Canonical IRI of each entity that has another one.
    """
    by_article: dict[URIRef, list[ToldT]] = {}
    for claim in claims:
        by_article.setdefault(claim.article, []).append(claim)
    groups: Groups[URIRef] = Groups(by_article)
    first_by_origin: dict[URIRef, URIRef] = {}
    first_by_speaker: dict[URIRef, URIRef] = {}
    for article in sorted(by_article):
        told = by_article[article]
        groups.join(article, first_by_origin.setdefault(origin[article], article))
        if all(claim.speakers for claim in told):
            for speaker in {name for claim in told for name in claim.speakers}:
                name = canonical.get(speaker, speaker)
                groups.join(article, first_by_speaker.setdefault(name, article))
    return {
        least: [claim for article in members for claim in by_article[article]]
        for least, members in groups.members().items()
    }


def pooled_confidence(sources: Iterable[Iterable[Told]]) -> float:
    """Return the probability in [0, 0.99] that at least one source was read rightly.

    Within a source, claims are pooled by noisy-or up to 0.95; sources are pooled by noisy-or up
    to 0.99. Zero without claims. The order makes no difference.
    """
    wrong = 1.0
    for product in sorted(_failure(claim.belief for claim in source) for source in sources):
        wrong *= max(product, 1 - _SOURCE_CEILING)
    return min(1 - wrong, _CEILING)


def _failure(beliefs: Iterable[float]) -> float:
    product = 1.0
    for belief in sorted(beliefs):
        product *= 1 - belief
    return product
