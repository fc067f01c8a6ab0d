"""Named entities from GUM's entity brackets."""

import pytest

from kg.train.gazetteer import Gazetteer
from kg.train.gum import find_gum_names, read_phrases
from kg.train.treebank import Sentence, Word


def words(text: str) -> Sentence:
    """Make a sentence of ``form/upos`` or ``form/upos/entity`` parts."""
    parts = [(*part.split("/"), "")[:3] for part in text.split()]
    return tuple(
        Word(
            form=form,
            lemma=form,
            upos=upos,
            xpos="X",
            feats="",
            head=0,
            relation="dep",
            misc=f"Entity={entity}" if entity else "",
        )
        for form, upos, entity in parts
    )


@pytest.fixture
def gazetteer() -> Gazetteer:
    return Gazetteer(
        label_by_place={},
        label_by_head={"river": "LOC"},
        demonyms=frozenset(["Syrian"]),
        titles=frozenset(["president"]),
        date_words=frozenset(["monday"]),
    )


def named(sentence: Sentence, gazetteer: Gazetteer) -> list[tuple[str, str | None]]:
    return [
        (" ".join(word.form for word in sentence[name.start : name.end]), name.label)
        for name in find_gum_names(sentence, gazetteer)
    ]


def test_nested_brackets() -> None:
    sentence = words(
        "the/DET/(1-object-new-s-cf1-1-x-2 base/NOUN near/ADP Homs/PROPN/(2-place-n-s-c-1-1)1)"
    )
    assert {(phrase.kind, phrase.start, phrase.end) for phrase in read_phrases(sentence)} == {
        ("object", 0, 4),
        ("place", 3, 4),
    }


def test_titles_and_the_rest_of_the_phrase_are_cut_off(gazetteer: Gazetteer) -> None:
    sentence = words("President/PROPN/(1-person-new-s-cf1-2,3-x Ann/PROPN Lee/PROPN 's/PART/1)")
    assert named(sentence, gazetteer) == [("President", None), ("Ann Lee", "PERSON")]


def test_organizations_are_joined_by_of(gazetteer: Gazetteer) -> None:
    sentence = words("the/DET/(1-organization-n-s-c-2-x Bank/PROPN of/ADP Oman/PROPN/1)")
    assert named(sentence, gazetteer) == [("Bank of Oman", "ORG")]


def test_places_peoples_dates_and_unfit_names(gazetteer: Gazetteer) -> None:
    sentence = words(
        "Syrian/ADJ Tigris/PROPN/(1-place-n-s-c-2-x River/PROPN/1) "
        "on/ADP Monday/PROPN/(2-time-n-s-c-1-x) Windows/PROPN/(3-abstract-n-s-c-1-x)"
    )
    assert named(sentence, gazetteer) == [
        ("Syrian", "NORP"),
        ("Tigris River", "LOC"),
        ("Monday", "DATE"),
        ("Windows", None),
    ]
