"""The name of a capital means the government where a party stands, else the town."""

import pytest

from kg.extract import load_extractor
from kg.records import Article
from kg.terms import EntityKind

pytestmark = pytest.mark.model


def kind_of(text: str, name: str) -> EntityKind | None:
    """Return the kind of what a name of a text is taken for."""
    extractor = load_extractor(rules_only=True)
    draft = extractor.draft(Article(doc_id="a", text=text), extractor.nlp(text))
    (head,) = (token for token in draft.scene.syntax.doc if token.text == name)
    return draft.scene.cast.kind_of(head)


@pytest.mark.parametrize(
    "text",
    [
        "Oslo urged the rebels to leave.",
        "The rebels urged Oslo to leave.",
        "Sweden held talks with Oslo on Monday.",
        "Sweden imposed sanctions on Oslo.",
        "Relations between Stockholm and Oslo are poor.",
        "The rebels are backed by Oslo.",
        "Sweden regretted Oslo's decision.",
        "Sweden condemned Oslo's raid on the island.",
        "Sweden put pressure on Oslo.",
    ],
)
def test_a_party_is_a_government(text: str) -> None:
    assert kind_of(text, "Oslo") is EntityKind.STATE


@pytest.mark.parametrize(
    "text",
    [
        "The rebels shelled Oslo.",
        "Rockets fell on Oslo.",
        "The minister flew to Oslo.",
        "The minister visited Oslo.",
        "Thousands marched in Oslo.",
        "The attack on Oslo failed.",
        "The road between Stockholm and Oslo was closed.",
    ],
)
def test_a_place_is_a_town(text: str) -> None:
    assert kind_of(text, "Oslo") is EntityKind.PLACE
