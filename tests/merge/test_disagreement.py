from typing import Any

from kg.merge.disagreement import disagreements
from kg.records import Casualties, Extraction
from kg.terms import Polarity, Status
from tests.merge.sets import ARMY, BASE, MILITIA, claims_of, example, told

ATTACK: dict[str, Any] = {"actors": (MILITIA,), "recipients": (BASE,)}


def fields(*articles: Extraction, **canonical: str) -> tuple[str, ...]:
    same = {example(name): example(other) for name, other in canonical.items()}
    return disagreements(claims_of(*articles), canonical=same)


def test_silence_contradicts_nobody() -> None:
    assert fields(told("a1", **ATTACK), told("a2", day=None)) == ()


def test_two_actors_disagree_and_a_shared_one_does_not() -> None:
    assert fields(told("a1", **ATTACK), told("a2", actors=(ARMY,))) == ("actor",)
    assert fields(told("a1", **ATTACK), told("a2", actors=(ARMY, MILITIA))) == ()


def test_two_names_of_one_actor_agree() -> None:
    assert fields(told("a1", **ATTACK), told("a2", actors=(ARMY,)), army="militia") == ()


def test_counts_disagree_when_they_differ() -> None:
    none = told("a1", casualties=Casualties(killed=0, injured=2), **ATTACK)
    some = told("a2", casualties=Casualties(killed=3, injured=2), **ATTACK)
    assert fields(none, some) == ("killed",)


def test_days_disagree_when_they_do_not_overlap() -> None:
    assert fields(told("a1", **ATTACK), told("a2", day="2024-04-22", **ATTACK)) == ("time",)


def test_a_denial_disagrees_with_a_report() -> None:
    report = told("a1", **ATTACK)
    assert fields(report, told("a2", polarity=Polarity.NEGATIVE, **ATTACK)) == ("happened",)
    assert fields(report, told("a2", status=Status.NEGATED, **ATTACK)) == ("happened",)
    assert fields(report, told("a2", status=Status.FUTURE, **ATTACK)) == ()
