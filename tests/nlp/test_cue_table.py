"""The table of cues: every row loads, is in order, and its sentences do what they claim."""

from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.nlp.cue_table import COLUMNS, Cue, find_cue, read_cues
from kg.nlp.cues import judge
from kg.nlp.pipeline import load_pipeline
from kg.resources import data_path
from kg.syntax import Syntax
from kg.terms import EventType

CUES = read_cues(data_path("lexicon", "cues.tsv"))
TABLES = ("cues.tsv", "number_words.tsv", "speech_nouns.tsv", "speech_verbs.tsv", "time_words.tsv")


def cues_met(sentence: str, event_type: EventType | None = None) -> list[str]:
    """Return the cues that the event in brackets meets, as one of a type."""
    start = sentence.index("[")
    end = sentence.index("]") - 1
    doc = load_pipeline()(sentence.replace("[", "").replace("]", ""))
    token = [item for item in doc if start <= item.idx < end][-1]
    return [cue for cue, _ in judge(Syntax(doc), token, event_type=event_type).cues]


@pytest.mark.model
@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_example_meets_its_cue_and_counterexample_does_not(cue: Cue) -> None:
    for event_type in cue.types or (None,):
        assert cue.id in cues_met(cue.example, event_type)
        assert cue.id not in cues_met(cue.absent, event_type)


def test_every_cue_has_both_sentences_with_one_event_in_brackets() -> None:
    for cue in CUES:
        for sentence in (cue.example, cue.absent):
            assert sentence.count("[") == sentence.count("]") == 1, cue.id


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_sorted_and_normal(name: str) -> None:
    lines = data_path("lexicon", name).read_text(encoding="utf-8").splitlines()[1:]
    column = {"number_words.tsv": 1, "time_words.tsv": 1}.get(name, 0)
    keys = [(line.split("\t")[column], line.split("\t")[0]) for line in lines]
    assert keys == sorted(keys)
    assert all(line == line.rstrip() and "  " not in line for line in lines)


def test_the_row_of_a_type_goes_first() -> None:
    denied = find_cue("object", "reject", pos="verb", event_type=EventType.RETREAT)
    stands = find_cue("object", "reject", pos="verb", event_type=EventType.ACCUSE)
    assert denied is not None
    assert stands is not None
    assert "negate" in denied.effects
    assert "fact" in stands.effects
    assert find_cue("object", "reject", pos="verb") == denied


def test_the_row_of_a_part_of_speech_goes_first() -> None:
    noun, verb = find_cue("to", "order", pos="noun"), find_cue("to", "order", pos="verb")
    assert noun is not None
    assert verb is not None
    assert noun.id != verb.id
    assert find_cue("to", "no such word") is None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("cue.a\tw\tverb\tnowhere\t\tnegate\tx\ty", "unknown slot 'nowhere'"),
        ("cue.a\tw\tadverbial\tto\t\tnegate\tx\ty", "unknown part of speech 'adverbial'"),
        ("cue.a\tw\tverb\tto\tASAULT\tnegate\tx\ty", "unknown type in 'ASAULT'"),
        ("cue.a\tw\tverb\tto\t\tdeny\tx\ty", "unknown effect 'deny'"),
        ("cue.a\tw\tverb\tto\t\tnegate\tx\ty\ncue.a\tv\tverb\tto\t\tnegate\tx\ty", "used twice"),
        ("cue.a\tw\tverb\tto\t\tnegate\tx\ty\ncue.b\tw\tverb\tto\t\tfuture\tx\ty", "already"),
    ],
)
def test_refuses_a_wrong_row(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "cues.tsv"
    path.write_text("\t".join(COLUMNS) + "\n" + row + "\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=message) as error:
        read_cues(path)
    assert str(path) in str(error.value)
