"""Names of one thing that an article spells in two ways."""

import pytest

from kg.extract import load_extractor
from kg.records import Article

pytestmark = pytest.mark.model


def places(text: str) -> list[set[str]]:
    """Return for each place of a text the names that it is mentioned by."""
    article = Article(doc_id="a", text=text)
    found = load_extractor(rules_only=True).extract(article)
    return [
        {mention.span.quote(text) for mention in entity.mentions}
        for entity in found.entities
        if entity.kind == "place"
    ]


def test_a_town_spelled_with_a_last_letter_more_is_one() -> None:
    text = (
        "Gunmen shelled the town of Zalmur. Rockets hit a base near the town of Zalmurr on Monday."
    )
    assert any({"Zalmur", "Zalmurr"} <= names for names in places(text))


def test_towns_of_other_names_stay_apart() -> None:
    text = (
        "Gunmen shelled the town of Zalmur. Rockets hit a base near the town of Zalmit on Monday."
    )
    assert not any({"Zalmur", "Zalmit"} <= names for names in places(text))
