from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from kg.merge.events import judge_events
from kg.records import DateInterval, Extraction
from kg.terms import EntityKind, EventType, Grain, Polarity, Precision, Status
from tests.factory import make_entity, make_event, make_extraction, on_day
from tests.merge.sets import (
    ARMY,
    BASE,
    COUNTRY,
    ENVOY,
    MILITIA,
    OFFICIAL,
    SYRIA,
    facts_of,
    told,
)
from tests.strategies import LAW, article_sets

ATTACK: dict[str, Any] = {"actors": (MILITIA,), "recipients": (BASE,)}


def are_one(first: Extraction, second: Extraction) -> bool:
    decisions = judge_events(facts_of(first, second), canonical={})
    return len(decisions) == 1


def test_same_type_day_actor_and_recipient_are_one_event() -> None:
    assert are_one(told("a1", **ATTACK), told("a2", **ATTACK))


def test_the_judgement_says_why() -> None:
    articles = facts_of(told("a1", **ATTACK), told("a2", **ATTACK))
    (decision,) = judge_events(articles, canonical={})
    assert decision.because == (
        "ASSAULT on 2024-04-21; same parties: https://example.org/base, https://example.org/militia",
    )


def test_a_disputed_actor_does_not_part_what_hit_one_base_on_one_day() -> None:
    first = told("a1", actors=(MILITIA,), recipients=(BASE,), places=(BASE,))
    second = told("a2", actors=(ARMY,), recipients=(BASE,), places=(BASE,))
    assert are_one(first, second)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"day": "2024-04-23"}, id="another day"),
        pytest.param({"day": None}, id="no day"),
        pytest.param({"recipients": (ARMY,)}, id="another recipient"),
        pytest.param({"type": EventType.THREATEN}, id="another type"),
        pytest.param({"status": Status.FUTURE}, id="a plan"),
        pytest.param({"polarity": Polarity.NEGATIVE}, id="a denial"),
        pytest.param({"actors": (BASE,), "recipients": (MILITIA,)}, id="the other way round"),
    ],
)
def test_what_differs_stays_apart(other: dict[str, Any]) -> None:
    assert not are_one(told("a1", **ATTACK), told("a2", **(ATTACK | other)))


def test_different_modes_stay_apart() -> None:
    assert not are_one(told("a1", mode="drone", **ATTACK), told("a2", mode="firearms", **ATTACK))
    assert are_one(told("a1", mode="drone", **ATTACK), told("a2", mode=None, **ATTACK))


def test_a_vague_date_joins_nothing() -> None:
    month = DateInterval(
        earliest=date(2024, 4, 1), latest=date(2024, 4, 30), grain=Grain.MONTH, derivation="April"
    )
    assert not are_one(told("a1", date=month, **ATTACK), told("a2", date=month, **ATTACK))


@pytest.mark.parametrize("place", [SYRIA, COUNTRY])
def test_a_country_is_too_large_to_tell_events_apart(place: Any) -> None:
    strike: dict[str, Any] = {"actors": (ARMY,), "places": (place,)}
    assert not are_one(told("a1", **strike), told("a2", **strike))


def test_one_recipient_alone_is_not_enough() -> None:
    assert not are_one(told("a1", recipients=(ARMY,)), told("a2", recipients=(ARMY,)))


def test_precise_places_that_differ_part_events() -> None:
    fort, depot = ("fort", BASE[1]), ("depot", BASE[1])
    fight: dict[str, Any] = {"actors": (MILITIA,), "recipients": (ARMY,)}
    assert not are_one(told("a1", places=(fort,), **fight), told("a2", places=(depot,), **fight))


@pytest.mark.parametrize(("precision", "is_one"), [("settlement", True), ("region", False)])
def test_a_shared_town_joins_and_a_shared_region_does_not(precision: str, is_one: bool) -> None:
    place = ("Homs", EntityKind.PLACE)
    known = make_entity(
        "E9", *place, iri="https://example.org/Homs", precision=Precision(precision)
    )
    strike: dict[str, Any] = {"actors": (ARMY,), "places": (place,), "more": (known,)}
    assert are_one(told("a1", **strike), told("a2", **strike)) is is_one


def test_a_meeting_is_one_whoever_is_named_first() -> None:
    meeting: dict[str, Any] = {"type": EventType.CONSULT}
    first = told("a1", actors=(ENVOY,), recipients=(OFFICIAL,), **meeting)
    second = told("a2", actors=(OFFICIAL, ENVOY), **meeting)
    assert are_one(first, second)


def test_two_events_of_one_article_stay_two_whatever_others_say() -> None:
    cast = (
        make_entity("E1", "militia", iri="https://example.org/militia"),
        make_entity("E2", "base", BASE[1], iri="https://example.org/base"),
    )
    text = "They attacked; then they bombed."
    day: dict[str, Any] = {"text": text, "date": on_day("2024-04-21")}
    parties: dict[str, Any] = {"actors": ("E1",), "recipients": ("E2",)}
    twice = make_extraction(
        text,
        entities=cast,
        events=(
            make_event("V1", **day, **parties),
            make_event("V2", trigger="bombed", **day, **parties),
        ),
        doc_id="a0",
    )
    others = [told(f"a{number}", **ATTACK) for number in range(1, 4)]
    decisions = judge_events(facts_of(twice, *others), canonical={})
    assert len(decisions) == 2


@given(article_sets())
@settings(max_examples=LAW)
def test_no_chain_of_judgements_joins_two_events_of_one_article(
    articles: tuple[Extraction, ...],
) -> None:
    facts = facts_of(*articles)
    article_by_account = {
        account.iri: account.article for article in facts for account in article.accounts
    }
    decisions = judge_events(facts, canonical={})
    members = [iri for decision in decisions for iri in decision.members]
    assert sorted(members) == sorted(article_by_account), "each account is in one event"
    for decision in decisions:
        of = [article_by_account[iri] for iri in decision.members]
        assert len(of) == len(set(of))
