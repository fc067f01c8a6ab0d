"""Documents with annotation."""

import spacy

from kg.train.docs import labelled_doc, restore_spaces, treebank_doc
from kg.train.labelled import LabelledWord, Name
from kg.train.treebank import Sentence, Word

VOCAB = spacy.blank("en").vocab


def word(form: str, head: int, relation: str) -> Word:
    return Word(
        form=form, lemma=form, upos="NOUN", xpos="NN", feats="", head=head, relation=relation
    )


SENTENCE: Sentence = (word("Troops", 1, "nsubj"), word("left", 1, "root"))


def test_heads_are_counted_through_the_document() -> None:
    doc = treebank_doc(VOCAB, [SENTENCE, SENTENCE])
    assert [token.head.i for token in doc] == [1, 1, 3, 3]
    assert [token.dep_ for token in doc] == ["nsubj", "ROOT", "nsubj", "ROOT"]
    assert len(list(doc.sents)) == 2
    assert not doc.has_annotation("ENT_IOB")


def test_unannotated_words_teach_nothing() -> None:
    names = [[Name(start=0, end=1, label="ORG")], [Name(start=0, end=1, label=None)]]
    doc = treebank_doc(VOCAB, [SENTENCE, SENTENCE], names)
    assert [token.ent_iob_ for token in doc] == ["B", "O", "", "O"]


def test_spaces_are_restored_around_quotes_and_stops() -> None:
    forms = '" We left , " he said ( late ) .'.split()
    doc = labelled_doc(VOCAB, [tuple(LabelledWord(form=form) for form in forms)])
    assert doc.text.strip() == '"We left," he said (late).'


def test_curly_quotes_need_no_turns() -> None:
    assert restore_spaces(["“", "Yes", "”"]) == [False, False, True]


def test_joined_words_have_no_space() -> None:
    words = [
        LabelledWord(form="Iran", tag="B-GPE", is_joined=True),
        LabelledWord(form="-", is_joined=True),
        LabelledWord(form="backed"),
    ]
    doc = labelled_doc(VOCAB, [tuple(words)])
    assert doc.text.strip() == "Iran-backed"
    assert [name.text for name in doc.ents] == ["Iran"]
