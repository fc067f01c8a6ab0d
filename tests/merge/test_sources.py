from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.merge.facts import ClaimFacts
from kg.merge.sources import (
    independent_sources,
    origin_by_article,
    pooled_confidence,
    resemblance,
)
from kg.records import Extraction
from kg.terms import Certainty
from tests.merge.sets import BASE, ENVOY, MILITIA, OFFICIAL, claims_of, facts_of, told

ATTACK: dict[str, Any] = {"actors": (MILITIA,), "recipients": (BASE,)}
LONG = " ".join(f"word{number}" for number in range(60)) + " attacked"


def count(*articles: Extraction) -> int:
    origin = origin_by_article(facts_of(*articles))
    return len(independent_sources(claims_of(*articles), origin=origin, canonical={}))


def test_articles_of_different_outlets_are_independent() -> None:
    first, second = told("a1", publisher="Post", **ATTACK), told("a2", publisher="Star", **ATTACK)
    assert count(first, second) == 2


def test_articles_of_unknown_outlets_are_independent() -> None:
    assert count(told("a1", **ATTACK), told("a2", **ATTACK)) == 2


def test_articles_of_one_outlet_count_once() -> None:
    first, second = told("a1", publisher="Post", **ATTACK), told("a2", publisher="POST", **ATTACK)
    assert count(first, second) == 1


def test_near_copies_count_once() -> None:
    first = told("a1", publisher="Post", text=LONG, **ATTACK)
    second = told("a2", publisher="Star", text=LONG.replace("word30", "other"), **ATTACK)
    assert count(first, second) == 1


def test_quotes_of_one_speaker_count_once() -> None:
    first = told("a1", speakers=(OFFICIAL,), **ATTACK)
    second = told("a2", speakers=(OFFICIAL, ENVOY), **ATTACK)
    assert count(first, second) == 1


def test_a_quote_and_an_own_report_are_independent() -> None:
    assert count(told("a1", speakers=(OFFICIAL,), **ATTACK), told("a2", **ATTACK)) == 2


def test_resemblance_of_fingerprints() -> None:
    assert resemblance(frozenset("abcd"), frozenset("abcd")) == 1
    assert resemblance(frozenset("ab"), frozenset("cd")) == 0
    assert resemblance(frozenset("abc"), frozenset("bcd")) == 0.5
    assert resemblance(frozenset(), frozenset()) == 0


def believed(*beliefs: float) -> list[ClaimFacts]:
    return [claims_of(told("a1", confidence=belief, **ATTACK))[0] for belief in beliefs]


@pytest.mark.parametrize(
    ("sources", "confidence"),
    [
        ([], 0.0),
        ([[0.6]], 0.6),
        ([[0.6, 0.5]], 0.8),
        ([[0.9, 0.9, 0.9]], 0.95),
        ([[0.6], [0.5]], 0.8),
        ([[0.95], [0.95]], 0.99),
    ],
)
def test_confidence_is_a_noisy_or_with_ceilings(
    sources: list[list[float]], confidence: float
) -> None:
    found = pooled_confidence(believed(*beliefs) for beliefs in sources)
    assert found == pytest.approx(confidence)


def test_a_hedge_lowers_belief() -> None:
    (hedged,) = claims_of(told("a1", confidence=0.5, certainty=Certainty.PROBABLE, **ATTACK))
    assert hedged.belief == pytest.approx(0.4)


@given(st.lists(st.lists(st.sampled_from([0.1, 0.5, 0.9]), min_size=1, max_size=3), max_size=4))
def test_more_sources_never_lower_confidence_and_order_is_nothing(
    beliefs: list[list[float]],
) -> None:
    claim = believed(0.1, 0.5, 0.9)
    by_belief = {one.belief: one for one in claim}
    sources = [[by_belief[belief] for belief in source] for source in beliefs]
    pooled = pooled_confidence(sources)
    assert 0 <= pooled <= 0.99
    assert pooled == pooled_confidence(sources[::-1])
    assert pooled_confidence([*sources, [claim[0]]]) >= pooled
