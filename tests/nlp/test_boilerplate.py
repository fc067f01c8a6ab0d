"""Boilerplate is told from text: each pattern by its example and counterexample."""

import pytest

from kg.nlp.boilerplate import BoilerplateRule, find_boilerplate, load_boilerplate

RULES = load_boilerplate()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_example_is_boilerplate(rule: BoilerplateRule) -> None:
    assert find_boilerplate(rule.example)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_counterexample_is_text(rule: BoilerplateRule) -> None:
    assert not find_boilerplate(rule.absent)


def test_only_the_line_of_the_caption_is_left_out() -> None:
    text = "Rebels shelled the port.\nGuards at the port. (Photo by Ada Njoku)\nTwo ships burned."
    assert [span.quote(text) for span in find_boilerplate(text)] == [
        "Guards at the port. (Photo by Ada Njoku)"
    ]


def test_a_paragraph_that_quotes_a_credit_is_text() -> None:
    text = "The editor, " + "who had worked there for years, " * 15 + "cut (Photo by Ada Njoku)."
    assert not find_boilerplate(text)
