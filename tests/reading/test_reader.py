"""What the learned reader makes of words, with weights made up and with those shipped."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from kg.errors import ResourceError
from kg.nlp.pipeline import load_pipeline
from kg.reading import Reader, find_words, load_reader
from kg.reading.features import TYPES
from kg.reading.networks import Networks
from kg.reading.reader import DEFAULT_READER, WordVectors
from kg.records import CharSpan
from kg.resources import data_path
from kg.terms import EventType

ASSAULT, CONSULT = (TYPES.index(item) for item in (EventType.ASSAULT, EventType.CONSULT))


def words_at(*edges: tuple[int, int]) -> WordVectors:
    return WordVectors(
        edges=np.array(edges, dtype=np.int64), vectors=np.eye(len(edges), dtype=np.float32)
    )


def types_of(*rows: tuple[int, float]) -> np.ndarray:
    table = np.zeros((len(rows), len(TYPES)), dtype=np.float32)
    for number, (column, score) in enumerate(rows):
        table[number, 0] = 1 - score
        table[number, column] = score
    return table


def test_neighbouring_pieces_of_one_type_are_one_name() -> None:
    text = "They opened fire, then met."
    words = words_at((0, 4), (5, 11), (12, 16), (18, 22), (23, 26))
    types = types_of((0, 0), (ASSAULT, 0.9), (ASSAULT, 0.7), (0, 0), (CONSULT, 0.6))
    found = find_words(words, types, text, least=0.5)
    assert [(item.span.quote(text), item.type) for item in found] == [
        ("opened fire", EventType.ASSAULT),
        ("met", EventType.CONSULT),
    ]
    assert found[0].score == pytest.approx(0.8)


def test_what_is_not_likely_enough_is_not_found() -> None:
    words = words_at((0, 3))
    assert find_words(words, types_of((ASSAULT, 0.6)), "met", least=0.7) == []


def test_the_mean_of_what_was_not_read_is_nothing() -> None:
    words = words_at((0, 3), (4, 8))
    spans = [CharSpan(start=0, end=8), CharSpan(start=20, end=25), CharSpan(start=4, end=8)]
    assert words.means(spans).tolist() == [[0.5, 0.5], [0, 0], [0, 1]]


def test_a_network_adds_what_the_words_and_the_rules_say() -> None:
    networks = Networks(
        {
            "type_out.weight": np.array([[0, 0], [1, 0]], dtype=np.float32),
            "type_out.bias": np.array([0, 0], dtype=np.float32),
            "type_features.weight": np.array([[0, 0], [0, 2]], dtype=np.float32),
        }
    )
    vectors = np.array([[1, 5]], dtype=np.float32)
    features = np.array([[0, 1]], dtype=np.float32)
    (row,) = networks.types(vectors, features)
    assert row == pytest.approx([1 / (1 + np.exp(3)), np.exp(3) / (1 + np.exp(3))])


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="no such file in this installation"):
        Reader(tmp_path)


@pytest.mark.model
@pytest.mark.parametrize("name", [DEFAULT_READER, "en_kg_encoder"])
def test_the_weights_are_those_that_were_measured(name: str) -> None:
    folder = data_path("models", name)
    stored = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["sha256"]
    assert stored == {
        file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in stored
    }


@pytest.mark.model
def test_an_article_is_read_alike_whatever_was_read_before() -> None:
    reader, nlp = load_reader(), load_pipeline()
    doc = nlp("Rebels shelled the town.")
    first = reader.vectors(doc)
    reader.vectors(nlp("The two presidents met in Vienna."))
    assert np.array_equal(first.vectors, reader.vectors(doc).vectors)


@pytest.mark.model
@pytest.mark.parametrize("text", ["", "Rebels shelled the town. " * 60])
def test_the_whole_of_a_text_is_read(text: str) -> None:
    words = load_reader().vectors(load_pipeline()(text))
    assert len(words.edges) == len(words.vectors)
    quotes = [text[start:end] for start, end in words.edges.tolist()]
    assert "".join(quotes) == text.replace(" ", "")


@pytest.mark.model
def test_any_pipeline_will_do() -> None:
    text = "Rebels shelled the town."
    cut, uncut = load_pipeline()(text), load_pipeline(fast=True)(text)
    vectors = load_reader().vectors
    assert np.array_equal(vectors(cut).vectors, vectors(uncut).vectors)
