"""Lemmas that the trained lemmatizer gets wrong."""

import pytest

from kg.nlp.lemmas import mended_lemma, spelled_lemma


@pytest.mark.parametrize(
    ("form", "pos", "tag", "lemma", "expected"),
    [
        ("resumed", "VERB", "VBD", "resum", "resume"),
        ("ceased", "VERB", "VBD", "ceas", "cease"),
        ("restarting", "VERB", "VBG", "restarte", "restart"),
        ("approaching", "VERB", "VBG", "approache", "approach"),
        ("spun", "VERB", "VBN", "spu", "spin"),
        ("struck", "VERB", "VBD", "struck", "strike"),
        ("fell", "VERB", "VBD", "fell", "fall"),
        ("witnesses", "NOUN", "NNS", "witnesse", "witness"),
        ("militiamen", "NOUN", "NNS", "militiamen", "militiaman"),
        ("hottest", "ADJ", "JJS", "hott", "hot"),
    ],
)
def test_non_words_are_mended(form: str, pos: str, tag: str, lemma: str, expected: str) -> None:
    assert mended_lemma(form, pos, tag, lemma) == expected


@pytest.mark.parametrize(
    ("form", "pos", "tag", "lemma", "expected"),
    [
        ("Exchange", "VERB", "VBP", "Exchange", "exchange"),
        ("Airstrikes", "NOUN", "NNS", "Airstrikes", "airstrike"),
        ("ROCKETS", "NOUN", "NNS", "ROCKETS", "rocket"),
        ("Troops", "NOUN", "NNS", "troop", "troop"),
    ],
)
def test_capitals_of_headlines_do_no_harm(
    form: str, pos: str, tag: str, lemma: str, expected: str
) -> None:
    assert mended_lemma(form, pos, tag, lemma) == expected


@pytest.mark.parametrize(
    ("form", "pos", "tag", "lemma"),
    [
        ("fired", "VERB", "VBD", "fire"),
        ("TV", "NOUN", "NN", "TV"),
        ("a.m.", "NOUN", "NN", "a.m."),
        ("1990s", "NOUN", "NNS", "1990s"),
        ("Iranian", "ADJ", "JJ", "Iranian"),
        ("United", "ADJ", "NNP", "United"),
    ],
)
def test_good_lemmas_are_kept(form: str, pos: str, tag: str, lemma: str) -> None:
    assert mended_lemma(form, pos, tag, lemma) == lemma


@pytest.mark.parametrize(
    ("form", "pos", "expected"),
    [
        ("tweeted", "VERB", "tweet"),
        ("blogged", "VERB", "blog"),
        ("weaponizing", "VERB", "weaponize"),
        ("livestreams", "VERB", "livestream"),
        ("ceasefires", "NOUN", "ceasefire"),
        ("chokepoints", "NOUN", "chokepoint"),
    ],
)
def test_unknown_words_follow_english_spelling(form: str, pos: str, expected: str) -> None:
    assert spelled_lemma(form, pos) == expected
