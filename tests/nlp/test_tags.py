"""Capitalised words that the tagger takes for common nouns."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.nlp.tags import mend_tags

VOCAB = spacy.blank("en").vocab


def tagged(text: str) -> Doc:
    """Make one sentence of words written as ``word/TAG``, with a determiner where DT stands."""
    pairs = [item.rsplit("/", 1) for item in text.split()]
    doc = Doc(
        VOCAB,
        words=[word for word, _ in pairs],
        tags=[tag for _, tag in pairs],
        pos=["DET" if tag == "DT" else "X" for _, tag in pairs],
        lemmas=[word.lower() for word, _ in pairs],
        sent_starts=[index == 0 for index in range(len(pairs))],
    )
    mend_tags(doc)
    return doc


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("They/PRP asked/VBD Treasury/NN officials/NNS today/NN ./.", "Treasury", "NNP"),
        ("The/DT Treasury/NN Board/NN letters/NNS were/VBD sent/VBN ./.", "Treasury", "NNP"),
        ("He/PRP left/VBD United/NNP Airlines/NNS last/JJ year/NN ./.", "Airlines", "NNPS"),
        ("Environment/NN Canada/NNP said/VBD nothing/NN about/IN papers/NNS", "Environment", "NNP"),
    ],
)
def test_words_of_names_are_proper_nouns(text: str, word: str, expected: str) -> None:
    token = next(token for token in tagged(text) if token.text == word)
    assert (token.tag_, token.pos_, token.lemma_) == (expected, "PROPN", word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Troops/NNS Exchange/NN Fire/NN With/IN Rebels/NNS In/IN Town/NN", "Fire"),
        ("Rockets/NNS hit/VBD several/JJ villages/NNS", "Rockets"),
        ("They/PRP told/VBD the/DT Government/NN about/IN plans/NNS", "Government"),
        ("Officials/NNS said/VBD :/: Villages/NNS were/VBD burning/VBG there/RB", "Villages"),
        ("They/PRP asked/VBD treasury/NN officials/NNS today/NN", "treasury"),
    ],
)
def test_other_nouns_stay(text: str, word: str) -> None:
    token = next(token for token in tagged(text) if token.text == word)
    assert token.tag_ in {"NN", "NNS"}


@pytest.mark.parametrize(("dep", "expected"), [("obl", "NOUN"), ("advcl", "VERB")])
def test_what_is_tagged_as_a_noun_and_stands_as_one_is_one(dep: str, expected: str) -> None:
    doc = Doc(
        VOCAB,
        words=["They", "died", "in", "clashes"],
        tags=["PRP", "VBD", "IN", "NNS"],
        pos=["PRON", "VERB", "ADP", "VERB"],
        heads=[1, 1, 3, 1],
        deps=["nsubj", "ROOT", "case", dep],
        lemmas=["they", "die", "in", "clash"],
    )
    assert mend_tags(doc)[3].pos_ == expected
