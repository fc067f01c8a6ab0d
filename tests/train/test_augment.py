"""Variation of treebank documents."""

from random import Random

from kg.train.augment import add_line_break, curl, curl_sentence, divide, respell
from kg.train.treebank import TreebankDocument, Word


def word(form: str, xpos: str = "NN") -> Word:
    return Word(form=form, lemma=form, upos="X", xpos=xpos, feats="", head=0, relation="dep")


def test_quotes_curl_by_their_tags() -> None:
    sentence = (word('"', "``"), word("do"), word("n't"), word('"', "''"))
    assert [item.form for item in curl_sentence(sentence)] == ["“", "do", "n’t", "”"]


def test_plain_words_do_not_curl() -> None:
    assert curl("it", is_opening=False) == "it"


def test_a_line_break_hangs_on_the_last_word() -> None:
    *_, last, space = add_line_break((word("a"), word("b")), "\n")
    assert not last.space_after
    assert (space.form, space.head, space.upos) == ("\n", 1, "SPACE")


def test_blocks_are_paragraphs_of_limited_length() -> None:
    sentence = (word("a"),)
    document = TreebankDocument(name="d", paragraphs=((sentence,) * 10, (sentence,)))
    assert [len(block) for block in divide(document)] == [8, 2, 1]
    assert sum(len(block) for block in divide(document, Random(1))) == 11


def test_spellings_change_now_and_then() -> None:
    spellings = {"U.S.": ("US",)}
    forms = {
        respell((word("U.S."),), Random(seed), spellings=spellings)[0].form for seed in range(9)
    }
    assert forms == {"U.S.", "US"}
