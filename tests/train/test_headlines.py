"""Headlines made of sentences."""

from random import Random

import pytest

from kg.train.headlines import (
    is_headline_like,
    remove_words,
    third_person,
    to_headline,
    to_present,
    to_title_case,
)
from kg.train.treebank import Sentence, Word

ROWS = (
    ("The", "the", "DET", "DT", "", 1, "det"),
    ("militia", "militia", "NOUN", "NN", "Number=Sing", 2, "nsubj"),
    ("attacked", "attack", "VERB", "VBD", "", 2, "root"),
    ("the", "the", "DET", "DT", "", 4, "det"),
    ("base", "base", "NOUN", "NN", "Number=Sing", 2, "obj"),
    ("in", "in", "ADP", "IN", "", 6, "case"),
    ("Homs", "Homs", "PROPN", "NNP", "Number=Sing", 2, "obl"),
    (".", ".", "PUNCT", ".", "", 2, "punct"),
)
SENTENCE: Sentence = tuple(
    Word(form=form, lemma=lemma, upos=upos, xpos=xpos, feats=feats, head=head, relation=relation)
    for form, lemma, upos, xpos, feats, head, relation in ROWS
)


def forms(sentence: Sentence) -> str:
    return " ".join(word.form for word in sentence)


def test_statements_can_be_headlines() -> None:
    assert is_headline_like(SENTENCE)
    assert not is_headline_like(SENTENCE[:-1])


def test_title_case_spares_small_words() -> None:
    assert forms(to_title_case(SENTENCE)) == "The Militia Attacked the Base in Homs ."


def test_the_past_becomes_the_present() -> None:
    words = to_present(SENTENCE)
    assert (words[2].form, words[2].xpos) == ("attacks", "VBZ")


def test_removed_words_leave_the_tree_whole() -> None:
    words = remove_words(SENTENCE, frozenset([0, 3, 7]))
    assert forms(words) == "militia attacked base in Homs"
    assert [word.head for word in words] == [1, 1, 1, 4, 1]


def test_headlines_end_without_a_stop_and_keep_one_root() -> None:
    for seed in range(20):
        words = to_headline(SENTENCE, Random(seed))
        assert words[-1].form.lower() == "homs"
        assert [index for index, word in enumerate(words) if word.head == index] == [
            index for index, word in enumerate(words) if word.relation == "root"
        ]


@pytest.mark.parametrize(
    ("lemma", "form"),
    [("attack", "attacks"), ("reach", "reaches"), ("deny", "denies"), ("deploy", "deploys")],
)
def test_third_person(lemma: str, form: str) -> None:
    assert third_person(lemma) == form
