"""How a text is cut into what the transformer reads at once, and what its words get of it."""

import hashlib
import json
from typing import Any

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.nlp.encoding import ENCODER, LONGEST, WordPieces, word_means
from kg.nlp.pipeline import DEFAULT_PARSER, load_pipeline
from kg.resources import data_path

VOCAB = Vocab()


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    tokenizer = data_path("models", "en_kg_reader") / "tokenizer.json"
    return WordPieces(tokenizer.read_text(encoding="utf-8"))


def cut(pieces: WordPieces, words: list[str]) -> list[list[str]]:
    """Return the words of each stretch."""
    doc = Doc(VOCAB, words=words)
    found = []
    for ids, owners in pieces.stretches(doc):
        assert len(ids) == len(owners) + 2
        assert len(owners) <= LONGEST
        found.append([words[index] for index in sorted(set(owners.tolist()))])
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


def test_a_word_gets_the_mean_of_its_pieces() -> None:
    vectors = np.zeros((4, 2), dtype=np.float32)
    states = np.array([[1, 1], [3, 5], [8, 8]], dtype=np.float32)
    word_means(states, np.array([1, 1, 3]), vectors)
    assert vectors.tolist() == [[0, 0], [2, 3], [0, 0], [8, 8]]


@pytest.mark.model
def test_a_parse_does_not_depend_on_what_is_parsed_beside_it() -> None:
    texts = [
        "Troops left Homs on Monday.",
        "The rebels were said to have fled. " * 19,
    ]
    nlp = load_pipeline()
    alone = [nlp(text).to_bytes() for text in texts]
    assert [doc.to_bytes() for doc in nlp.pipe(texts)] == alone


@pytest.mark.model
def test_the_quick_pipeline_has_no_transformer() -> None:
    def layers(nlp: Language) -> set[str]:
        component: Any = nlp.get_pipe("tok2vec")
        return {layer.name for layer in component.model.walk()}

    default, quick = load_pipeline(), load_pipeline(fast=True)
    assert ENCODER in layers(default) - layers(quick)
    assert default.pipe_names == quick.pipe_names


@pytest.mark.model
def test_the_weights_are_those_that_were_measured() -> None:
    folder = data_path("models", DEFAULT_PARSER)
    stored = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["sha256"]
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("*/model")
    }
    assert stored == found
    assert "tok2vec/model" in stored
