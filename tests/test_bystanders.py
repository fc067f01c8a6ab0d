"""Who only speaks of an event, or runs from it, has no part in it."""

import pytest

from kg.bystanders import bystanders, is_contrasted
from kg.nlp.pipeline import load_pipeline
from kg.syntax import Syntax
from tests.nlp.parses import word

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "event", "aside"),
    [
        ("Iran and Togo said he had died in a raid.", "raid", {"Iran", "Togo"}),
        ("Togo said the raid was over.", "raid", set()),  # it may have been Togo's
        ("Togo raided the town.", "raided", set()),
        ("Villagers fled the raid.", "raid", {"Villagers"}),
        ("Villagers condemned the raid.", "raid", {"Villagers"}),
        ("Villagers recalled the raid.", "raid", set()),
        ("Togo responded to the raid.", "raid", {"Togo"}),
        ("Togo responded with a raid.", "raid", set()),
        ("Togo vowed to respond to the raid, which killed ten.", "killed", {"Togo"}),
        ("Togo denied any role in the raid.", "raid", {"Togo"}),
        ("Togo denied that it had a hand in the raid.", "raid", {"Togo"}),
        ("Togo denied the raid.", "raid", set()),
        ("No group has claimed the raid.", "raid", {"group"}),
        ("Mosul fell to the rebels.", "fell", {"Mosul"}),
    ],
)
def test_who_stands_beside_an_event(text: str, event: str, aside: set[str]) -> None:
    doc = load_pipeline()(text)
    assert {token.text for token in bystanders(word(doc, event), Syntax(doc))} == aside


@pytest.mark.parametrize(
    ("text", "named", "left_out"),
    [
        ("Unlike Togo, Benin condemned the raid.", "Togo", True),
        ("Benin, but not Togo, condemned the raid.", "Togo", True),
        ("Like Togo, Benin condemned the raid.", "Togo", False),
        ("Benin did not condemn Togo.", "Togo", False),
    ],
)
def test_who_is_named_only_to_be_left_out(text: str, named: str, left_out: bool) -> None:
    doc = load_pipeline()(text)
    assert is_contrasted(word(doc, named), Syntax(doc)) is left_out
