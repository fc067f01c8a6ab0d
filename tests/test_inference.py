"""How a text is cut into what a transformer reads at once."""

from pathlib import Path

import numpy as np
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.errors import ResourceError
from kg.inference import LONGEST, WordPieces, load_encoder, load_pieces, word_means
from kg.resources import data_path

VOCAB = Vocab()


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return load_pieces(data_path("models", "en_kg_encoder"))


def cut(pieces: WordPieces, words: list[str]) -> list[list[str]]:
    """Return the words of each stretch."""
    doc = Doc(VOCAB, words=words)
    found = []
    for stretch in pieces.stretches(doc):
        assert len(stretch.ids) == len(stretch.owners) + 2
        assert len(stretch.edges) == len(stretch.owners) <= LONGEST
        found.append([words[index] for index in sorted(set(stretch.owners.tolist()))])
    return found


def test_a_short_text_is_one_stretch(pieces: WordPieces) -> None:
    words = "The army left . It came back .".split()
    assert cut(pieces, words) == [words]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ([*["left"] * 60, "\n", *["left"] * 40, ".", *["left"] * 40], 61),  # the line, not the stop
        ([*["left"] * 60, ".", *["left"] * 80], 61),
        ([*["left"] * 60, ".", '"', *["left"] * 80], 62),
        (["left"] * 140, LONGEST),
    ],
)
def test_a_long_text_is_cut_after_a_line_or_else_a_sentence(
    pieces: WordPieces, words: list[str], first: int
) -> None:
    stretches = cut(pieces, words)
    spaces = words[:first].count("\n")  # which no piece stands for
    assert [len(stretch) for stretch in stretches] == [
        first - spaces,
        len(words) - first,
    ]


def test_of_an_endless_word_the_beginning_is_read(pieces: WordPieces) -> None:
    endless = "x" * 90 + "1" * 400 + "é" * 20
    assert cut(pieces, ["left", endless, "left"])[0][0] == "left"
    assert sum(len(stretch) for stretch in cut(pieces, ["left", endless, "left"])) == 3


def test_nothing_is_cut_into_nothing(pieces: WordPieces) -> None:
    assert cut(pieces, []) == []
    assert cut(pieces, ["\n", " "]) == []


def test_pieces_are_found_again_in_the_text(pieces: WordPieces) -> None:
    doc = Doc(VOCAB, words=["Erdoğan", "'s", "2,000", "troops"], spaces=[False, True, True, False])
    (stretch,) = pieces.stretches(doc)
    quotes = [doc.text[start:end] for start, end in stretch.edges.tolist()]
    assert "".join(quotes) == doc.text.replace(" ", "")
    assert quotes[-4:] == ["2", ",", "000", "troops"]


def test_a_text_that_was_cut_is_stored_with_its_stretches(pieces: WordPieces) -> None:
    doc = Doc(VOCAB, words=["Troops", "left", "."])
    (first,) = pieces.stretches(doc)
    (again,) = pieces.stretches(Doc(VOCAB).from_bytes(doc.to_bytes()))
    assert first.ids.tolist() == again.ids.tolist()
    assert first.edges.tolist() == again.edges.tolist()


@pytest.mark.model
def test_a_text_is_read_once() -> None:
    doc = Doc(VOCAB, words=["Troops", "left", "."])
    encoder = load_encoder(data_path("models", "en_kg_encoder"))
    ((stretch, states),) = encoder.read(doc)
    assert states.shape == (len(stretch.owners), 384)
    ((_, again),) = encoder.read(doc)
    assert again is states


def test_a_missing_encoder_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"encoder\.onnx: no such file"):
        load_encoder(tmp_path)


def test_a_word_gets_the_mean_of_its_pieces() -> None:
    vectors = np.zeros((5, 2), dtype=np.float32)
    states = np.array([[1, 1], [3, 5], [8, 8], [1, 2], [2, 4], [6, 0]], dtype=np.float32)
    word_means(states, np.array([1, 1, 3, 4, 4, 4]), vectors)
    assert vectors.tolist() == [[0, 0], [2, 3], [0, 0], [8, 8], [3, 2]]
