"""Tokens as the treebanks cut them."""

import pytest
import spacy

from kg.nlp.tokenizer import adapt_tokenizer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran-backed", ["Iran", "-", "backed"]),
        ("U.S.-led", ["U.S.", "-", "led"]),
        ("re-elected", ["re-elected"]),
        ("counter-battery", ["counter-battery"]),
        ("Pro-government", ["Pro-government"]),
        ("al-Masri", ["al", "-", "Masri"]),
        ("the U.S, airstrikes", ["the", "U.S", ",", "airstrikes"]),
        ("Lt. Col. Doe", ["Lt.", "Col.", "Doe"]),
        ("£3,000-£5,000", ["£", "3,000", "-", "£", "5,000"]),
        ("2014–2015", ["2014", "–", "2015"]),
        ("Syria’s", ["Syria", "’s"]),
        ("Syria`s", ["Syria", "`s"]),
        ("don`t", ["do", "n`t"]),
        ("can´t", ["ca", "n´t"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    nlp = adapt_tokenizer(spacy.blank("en"))
    assert [token.text for token in nlp(text)] == expected
