"""What conversion knows of names."""

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.train.gazetteer import (
    Gazetteer,
    agreed_labels,
    clear_roles,
    divide_compounds,
    hide_dates,
    load_gazetteer,
    to_our_labels,
)
from kg.train.labelled import LabelledSentence
from tests.train.test_labelled import sentence


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    demonyms = tmp_path / "demonyms.json"
    demonyms.write_text(json.dumps(["Syrian"]), encoding="utf-8")
    places = [(sentence("Sinai/B-LOC Iran/B-GPE Iran/B-GPE Iran/B-LOC"),)]
    return load_gazetteer(demonyms, places)


def tags(words: LabelledSentence) -> list[str]:
    return [f"{word.form}/{word.tag}" for word in words]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Sinai", "LOC"),
        ("Iran", "GPE"),
        ("Red Sea", "LOC"),
        ("Lake Van", "LOC"),
        ("Baghdad International Airport", "FAC"),
        ("Homs", "GPE"),
    ],
)
def test_kinds_of_place(gazetteer: Gazetteer, name: str, label: str) -> None:
    assert gazetteer.place_label(tuple(name.split())) == label


@pytest.mark.parametrize("form", ["1999", "1990s", "3rd", "Monday", "Jan.", "week"])
def test_date_words(gazetteer: Gazetteer, form: str) -> None:
    assert gazetteer.is_date_word(form)


def test_dates_are_hidden_but_names_kept(gazetteer: Gazetteer) -> None:
    words = hide_dates(sentence("May/B-PERSON left/O on/O Monday/O"), gazetteer)
    assert tags(words) == ["May/B-PERSON", "left/O", "on/O", "Monday/-"]


def test_compounds_are_divided(gazetteer: Gazetteer) -> None:
    words = divide_compounds(sentence("Iran-backed/O Syrian-born/O well-known/O"), gazetteer)
    assert tags(words) == [
        *["Iran/B-GPE", "-/O", "backed/O"],
        *["Syrian/B-NORP", "-/O", "born/O"],
        "well-known/O",
    ]


def test_uner_labels_become_ours(gazetteer: Gazetteer) -> None:
    words = sentence("Ann/B-PER Lee/I-PER of/O Sinai/B-LOC met/O Syrian/O")
    assert tags(to_our_labels(words, gazetteer)) == [
        "Ann/B-PERSON",
        "Lee/I-PERSON",
        "of/O",
        "Sinai/B-LOC",
        "met/O",
        "Syrian/B-NORP",
    ]


def test_rare_labels_of_frequent_names_are_errors() -> None:
    usual = (sentence("NATO/B-ORG"),)
    documents = agreed_labels([*[usual] * 9, (sentence("NATO/B-GPE Homs/B-GPE"),)])
    assert tags(documents[-1][0]) == ["NATO/B-ORG", "Homs/B-GPE"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a readable JSON list"):
        load_gazetteer(tmp_path / "none.json", [])


def test_roles_before_persons_lose_their_label(gazetteer: Gazetteer) -> None:
    words = sentence("of/O State/B-ORG Ann/B-PERSON met/O NATO/B-ORG Lee/B-PERSON")
    assert tags(clear_roles(words, gazetteer))[1] == "State/O"
    assert tags(clear_roles(words, gazetteer))[4] == "NATO/B-ORG"
