"""Marked text becomes an annotated article whose spans reproduce their quotes."""

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate.markup import read_marked

TEXT = """# how it is written
=== sahel-003 2013-02-11
[E1: [E2: French] jets] {V1: bombed} a [E3: depot] on Sunday, [E4: Mali] said.

It had not been {V2: attacked} since.
---
E1 military FRA
E2 state FRA
E3 facility MLI
E4 state MLI
V1 ASSAULT/aerial actual a=E1 r=E3 by=E4 d=2013-02-10 k=3
V2 ASSAULT negated r=E3 d=2013-02-10..2013-02-11
V2 same_as V1
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "marked.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_marks_become_spans(tmp_path: Path) -> None:
    (article,) = read_marked(write(tmp_path, TEXT))
    text = article["text"]
    assert text == (
        "French jets bombed a depot on Sunday, Mali said.\n\nIt had not been attacked since."
    )
    quotes = {
        entity["id"]: [text[span["start"] : span["end"]] for span in entity["mentions"]]
        for entity in article["entities"]
    }
    assert quotes == {"E1": ["French jets"], "E2": ["French"], "E3": ["depot"], "E4": ["Mali"]}
    first, second = article["events"]
    assert text[slice(*first["trigger"].values())] == "bombed"
    assert (first["type"], first["mode"], first["status"]) == ("ASSAULT", "aerial", "actual")
    assert first["actors"] == ["E1"]
    assert first["attribution"] == ["E4"]
    assert first["date"] == {"from": "2013-02-10", "to": "2013-02-10"}
    assert first["casualties"] == {"killed": 3, "injured": None}
    assert second["date"] == {"from": "2013-02-10", "to": "2013-02-11"}
    assert article["relations"] == [{"type": "same_as", "from": "V2", "to": "V1"}]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("=== sahel-003 2013-02-11", "=== sahel-003", ":2: no header"),
        ("{V1: bombed}", "{V1: bombed]", ":3: ']' closes nothing"),
        ("[E4: Mali]", "[E4: Mali", ":3: mark E4 is not closed"),
        ("E4 state MLI", "E4 stat MLI", "unknown kind 'stat', perhaps 'state'"),
        ("E4 state MLI\n", "", ":2: E4 of sahel-003 is not described"),
        ("a=E1 r=E3", "a=E1 r=E9", ":2: E9 of sahel-003 is not described"),
        ("V2 ASSAULT negated", "V1 ASSAULT negated", "V1 is described twice"),
        ("k=3", "n=3", "unknown key 'n'"),
    ],
)
def test_faults_are_told_with_their_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(InputError, match=message.replace("(", r"\(")):
        read_marked(write(tmp_path, TEXT.replace(old, new)))
