"""Reading IOB corpora."""

import pytest

from kg.errors import InputError
from kg.train.labelled import LabelledSentence, LabelledWord, Name, find_names, parse_labelled

TEXT = "# doc\nNew\tB-GPE\nYork\tI-GPE\nfell\tO\n\nBush\tB-PERSON\n\n# doc\nMay\t-\n"


def sentence(text: str) -> LabelledSentence:
    """Make a sentence of ``word/tag`` pairs."""
    pairs = (pair.rsplit("/", 1) for pair in text.split())
    return tuple(LabelledWord(form=form, tag=tag) for form, tag in pairs)


def test_documents_and_sentences() -> None:
    documents = list(parse_labelled(TEXT.splitlines()))
    assert [[len(words) for words in document] for document in documents] == [[3, 1], [1]]


def test_a_line_without_a_tag_is_refused() -> None:
    with pytest.raises(InputError, match=r"x\.iob:1: no tab"):
        list(parse_labelled(["Bush"], source="x.iob"))


def test_names_side_by_side_are_two() -> None:
    words = sentence("Rome/B-GPE Bush/B-PERSON Paris/B-GPE Hotel/I-GPE")
    assert find_names(words) == (
        Name(start=0, end=1, label="GPE"),
        Name(start=1, end=2, label="PERSON"),
        Name(start=2, end=4, label="GPE"),
    )


def test_unannotated_words_have_no_label() -> None:
    assert find_names(sentence("in/O May/- ,/O")) == (Name(start=1, end=2, label=None),)
