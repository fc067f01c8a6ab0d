"""Where an event takes place, from sentences that show one sign each."""

import pytest

from kg.extract import load_extractor
from kg.records import Article

pytestmark = pytest.mark.model

# Text, words that name the event, its places.
TOLD: tuple[tuple[str, str, list[str]], ...] = (
    ("Rebels shelled a market in Kidal.", "shelled", ["Kidal"]),
    ("The attack hit a coalition base in Tikrit, Iraq.", "hit", ["Tikrit", "Iraq"]),
    (
        "Rebels fired several shells at a base in eastern Mali's Menaka region.",
        "fired",
        ["Menaka region", "eastern Mali"],
    ),
    ("On Monday Biden met Fumio Kishida at the White House.", "met", ["White House"]),
    ("The Geneva talks collapsed after the delegation left.", "talks", ["Geneva"]),
    (
        "Shocking too is the situation in Chad, where gunmen killed two reporters.",
        "killed",
        ["Chad"],
    ),
    ("Soldiers patrol in Kidal. Two were killed there last week.", "killed", ["Kidal"]),
    (
        "In Kenya, as in Chad, in Mali, reporters are killed for what they write.",
        "killed",
        ["Chad", "Kenya", "Mali"],
    ),
    ("The French president visited Egypt on Monday.", "visited", ["Egypt"]),
    ("London blamed Kampala for the raid.", "blamed", []),
    ("The minister refused to negotiate in Geneva.", "refused", []),
)


@pytest.mark.parametrize(("text", "trigger", "places"), TOLD, ids=[row[0][:40] for row in TOLD])
def test_places_of_a_sentence(text: str, trigger: str, places: list[str]) -> None:
    found = load_extractor(rules_only=True).extract(Article(doc_id="a", text=text))
    event = next(item for item in found.events if item.trigger.quote(text) == trigger)
    named = [entity.name for entity in found.entities if entity.id in event.places]
    assert sorted(named) == sorted(places)
