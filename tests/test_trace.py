"""A trace tells which rules were tried on the words of a sentence, and what came of it."""

import pytest

from kg.extract import load_extractor
from kg.records import Article
from kg.trace import trace

pytestmark = pytest.mark.model

TEXT = "Rebels attacked the base of the army. The heat attacked the crops."


def lines(*, rules_only: bool) -> list[str]:
    article = Article(doc_id="a1", text=TEXT)
    return list(trace(load_extractor(rules_only=rules_only), article))


def test_each_sentence_has_its_rules_and_its_events() -> None:
    told = lines(rules_only=True)
    assert told[0] == "a1"
    first = told[told.index("Rebels attacked the base of the army.") + 1 :]
    refused = [line for line in first if "refused" in line]
    assert any(
        "attacked: accuse.attack.v.idea refused, as 'obj' must be" in line for line in refused
    )
    assert "  attacked: assault.attack.v fires: ASSAULT" in first
    assert any(line.startswith("  => V1 ASSAULT 'attacked': Rebels -> base") for line in first)


def test_the_words_of_names_and_dates_are_not_tried() -> None:
    article = Article(doc_id="a1", text="The Strike Party met on Friday.")
    told = list(trace(load_extractor(rules_only=True), article))
    assert not any(line.startswith("  Strike") for line in told)


def test_what_the_reader_changes_is_told() -> None:
    changed = set(lines(rules_only=False)) - set(lines(rules_only=True))
    assert all("reader" in line or line.startswith("  => ") for line in changed)
