"""Descriptions that take up several actors at once: "the two countries", "both sides"."""

import pytest

from kg.extract import load_extractor
from kg.records import Article

pytestmark = pytest.mark.model


def actors(text: str) -> list[set[str]]:
    """Return the names of the actors of each event of a text."""
    found = load_extractor(rules_only=True).extract(Article(doc_id="a", text=text))
    names = {item.id: item.name for item in found.entities}
    return [{names[name] for name in event.actors} for event in found.events]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "Armenia criticised Azerbaijan. The two countries fought in 2016.",
            {"Armenia", "Azerbaijan"},
        ),
        ("Biden met Putin in Geneva. The two leaders discussed Syria.", {"Biden", "Putin"}),
        (
            "India shelled Pakistan. India bombed Pakistan. Nepal protested. Both armies clashed.",
            {"India", "Pakistan"},
        ),
    ],
)
def test_a_counted_description_means_those_spoken_of_before(text: str, meant: set[str]) -> None:
    assert actors(text)[-1] == meant


@pytest.mark.parametrize(
    "text",
    [
        "Armenia criticised Azerbaijan. Two countries fought in 2016.",  # any two
        "Armenia criticised Azerbaijan. The two communist countries fought in 2016.",
        "Armenia was calm. The two countries fought in 2016.",  # too few
    ],
)
def test_others_are_somebody_of_their_own(text: str) -> None:
    assert not actors(text)[-1] & {"Armenia", "Azerbaijan"}


def test_who_acts_on_them_is_not_one_of_them() -> None:
    text = "Chad shelled Mali. Mali bombed Chad. Niger met Chad. It urged both countries to stop."
    found = load_extractor(rules_only=True).extract(Article(doc_id="a", text=text))
    names = {item.id: item.name for item in found.entities}
    (urged,) = (event for event in found.events if event.trigger.quote(text) == "urged")
    assert {names[name] for name in urged.recipients} == {"Chad", "Mali"}


def test_names_that_follow_say_who_is_meant() -> None:
    text = "Chad will meet its main backers, France and Togo."
    found = load_extractor(rules_only=True).extract(Article(doc_id="a", text=text))
    names = {item.id: item.name for item in found.entities}
    (meeting,) = (event for event in found.events if event.trigger.quote(text) == "meet")
    assert {names[name] for name in meeting.recipients} == {"France", "Togo"}


def test_a_description_is_called_by_what_tells_it_from_others() -> None:
    text = "A court in Kaunas sentenced the editor. Members of the Front shelled the town."
    found = load_extractor(rules_only=True).extract(Article(doc_id="a", text=text))
    assert "court in Kaunas" in {item.name for item in found.entities}


def test_a_clause_is_no_part_of_what_a_description_is_called() -> None:
    text = "Gunmen shot a member of the council elected in May."
    found = load_extractor(rules_only=True).extract(Article(doc_id="a", text=text))
    assert "member of the council" in {item.name for item in found.entities}
