"""Mentions of one thing under names and descriptions that differ."""

import pytest

from kg.extract import load_extractor
from kg.records import Article

pytestmark = pytest.mark.model


def entities(text: str, kind: str) -> list[set[str]]:
    """Return for each entity of a kind the words that it is mentioned by."""
    article = Article(doc_id="a", text=text)
    found = load_extractor(rules_only=True).extract(article)
    return [
        {mention.span.quote(text) for mention in entity.mentions}
        for entity in found.entities
        if entity.kind == kind
    ]


def test_a_town_spelled_with_a_last_letter_more_is_one() -> None:
    text = (
        "Gunmen shelled the town of Zalmur. Rockets hit a base near the town of Zalmurr on Monday."
    )
    assert any({"Zalmur", "Zalmurr"} <= names for names in entities(text, "place"))


def test_towns_of_other_names_stay_apart() -> None:
    text = (
        "Gunmen shelled the town of Zalmur. Rockets hit a base near the town of Zalmit on Monday."
    )
    assert not any({"Zalmur", "Zalmit"} <= names for names in entities(text, "place"))


def test_a_body_called_by_name_and_what_it_is_is_one() -> None:
    text = "Hamas shelled a base near Gaza. Fatah attacked the Hamas movement on Monday."
    assert any({"Hamas", "Hamas movement"} <= names for names in entities(text, "armed_group"))


def test_a_group_of_a_body_stays_apart() -> None:
    text = "Hamas shelled a base near Gaza. A Hamas group attacked the harbour on Monday."
    assert not any({"Hamas", "Hamas group"} <= names for names in entities(text, "armed_group"))
