"""Sentence boundaries that are fixed before the parser, on texts without a parser."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.nlp.sentences import set_boundaries
from kg.nlp.tokenizer import adapt_tokenizer


def bounded(text: str, **tags: str) -> Doc:
    """Tokenize ``text``, tag the words named, and set the boundaries."""
    doc = adapt_tokenizer(spacy.blank("en"))(text)
    for token in doc:
        token.tag_ = tags.get(token.text, "NN")
    set_boundaries(doc)
    return doc


def starts(doc: Doc) -> list[str]:
    """Return the tokens that certainly begin a sentence."""
    return [token.text for token in doc if token.is_sent_start is True and token.i]


def opening(doc: Doc, word: str) -> bool | None:
    """Say whether the first occurrence of ``word`` begins a sentence; None is for the parser."""
    return next(token for token in doc if token.text == word).is_sent_start


def test_every_line_break_divides() -> None:
    doc = bounded("Troops return fire\nBy Ann Lee\n\nRockets hit a base.\n \nNo one was hurt.")
    assert starts(doc) == ["By", "Rockets", "No"]


def test_white_space_begins_no_sentence() -> None:
    doc = bounded("\n\nOne line.\n\n\nAnother line.\n")
    assert not any(token.is_sent_start for token in doc if token.is_space and token.i)


@pytest.mark.parametrize("title", ["Col.", "Gen.", "Lt.", "Sgt.", "Mr.", "Sen.", "Gov.", "Adm."])
def test_titles_end_no_sentence(title: str) -> None:
    assert opening(bounded(f"On Monday {title} Doe spoke."), "Doe") is False


def test_a_stop_leaves_the_boundary_to_the_parser() -> None:
    assert opening(bounded("They left. Doe stayed."), "Doe") is None


def test_initials_qualify_the_next_noun() -> None:
    doc = bounded("They hit U.S. Forces in the U.S. The troops left.", The="DT", Forces="NNS")
    assert opening(doc, "Forces") is False
    assert opening(doc, "The") is None


@pytest.mark.parametrize(("left", "right"), [("“", "”"), ('"', '"')])
def test_a_quotation_stays_with_its_verb_of_saying(left: str, right: str) -> None:
    doc = bounded(
        f"{left}Forces were hit. Damage is being assessed,{right} Col. John Doe, a spokesman for "
        "the U.S.-led mission Operation Blue Sky, posted on Monday. They left.",
        Damage="NN",
        They="PRP",
    )
    inside = [token.text for token in doc if token.is_sent_start is False]
    assert {"Col.", "John", "a", "Operation", "Blue", "Sky", "posted"} <= set(inside)
    assert opening(doc, "Damage") is None
    assert opening(doc, "They") is None


def test_a_full_quotation_ends_the_sentence() -> None:
    doc = bounded("He said, “We hit the oil field.” Officials did not comment.")
    assert starts(doc) == ["Officials"]


def test_a_question_stays_with_its_verb_of_saying() -> None:
    doc = bounded("“Who fired?” Doe asked.")
    assert opening(doc, "Doe") is False


def test_no_boundary_between_words_of_a_headline() -> None:
    doc = bounded("Troops Exchange Fire as Deal Seems Less Likely")
    assert all(token.is_sent_start is False for token in doc[1:])


def test_opening_quote_after_a_comma_goes_on() -> None:
    doc = bounded("Doe said, “Rockets were fired.”")
    assert opening(doc, "“") is False
    assert opening(doc, "Rockets") is False


def test_brackets_end_a_sentence_only_with_a_stop() -> None:
    assert opening(bounded("[the war in] Syria ended"), "Syria") is False
    assert opening(bounded("They left. [6] Syria stayed."), "Syria") is None
    assert opening(bounded("They left (at last.) Syria stayed."), "Syria") is None
