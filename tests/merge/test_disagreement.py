from typing import Any

from kg.merge.disagreement import Ground, disagreements
from kg.records import Casualties, Extraction, Quantity
from kg.terms import EntityKind, Polarity, QuantityKind, Status
from tests.merge.sets import ARMY, BASE, MILITIA, SYRIA, claims_of, example, told

TOWN = ("Homs", EntityKind.PLACE)
OTHER_TOWN = ("Hama", EntityKind.PLACE)
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


def test_counts_agree_that_can_both_be_right() -> None:
    def dead(low: int | None, high: int | None, number: int) -> Quantity:
        return Quantity(
            kind=QuantityKind.KILLED,
            number=number,
            low=low,
            high=high,
            unit="person",
            group=None,
            text="some",
        )

    eight = told("a1", casualties=Casualties(killed=8), quantities=(dead(8, 8, 8),), **ATTACK)
    least = told("a2", casualties=Casualties(killed=5), quantities=(dead(5, None, 5),), **ATTACK)
    most = told("a3", casualties=Casualties(killed=7), quantities=(dead(None, 7, 7),), **ATTACK)
    assert fields(eight, least) == ()
    assert fields(least, most) == ()
    assert fields(eight, most) == ("killed",)
    parts = told("a4", quantities=(dead(5, 5, 5), dead(3, 3, 3)), **ATTACK)
    assert fields(eight, parts) == ()


def test_days_disagree_when_they_do_not_overlap() -> None:
    assert fields(told("a1", **ATTACK), told("a2", day="2024-04-22", **ATTACK)) == ("time",)


def test_a_denial_disagrees_with_a_report() -> None:
    report = told("a1", **ATTACK)
    assert fields(report, told("a2", polarity=Polarity.NEGATIVE, **ATTACK)) == ("happened",)
    assert fields(report, told("a2", status=Status.NEGATED, **ATTACK)) == ("happened",)
    assert fields(report, told("a2", status=Status.FUTURE, **ATTACK)) == ()


def test_two_places_disagree_and_a_country_around_one_does_not() -> None:
    town, other, state = (
        told(f"a{number}", places=(place,), **ATTACK)
        for number, place in enumerate((TOWN, OTHER_TOWN, SYRIA))
    )
    grounds = {
        example("Homs"): Ground(country="SYR", precision="settlement"),
        example("Hama"): Ground(country="SYR", precision="settlement"),
        example("Syria"): Ground(country="SYR", precision="country"),
    }
    for articles, found in (
        ((town, other), ("place",)),
        ((town, state), ()),
        ((town, other, state), ("place",)),
    ):
        claims = claims_of(*articles)
        assert disagreements(claims, canonical={}, grounds=grounds) == found
    assert disagreements(claims_of(town, state), canonical={}) == ("place",)
