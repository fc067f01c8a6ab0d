"""What words get of the transformer that reads them."""

import hashlib
import json
from typing import Any

import pytest
from spacy.language import Language

from kg.nlp.encoding import ENCODER, word_encoder
from kg.nlp.names import COMPONENT as NAMES
from kg.nlp.pipeline import DEFAULT_NAMES, DEFAULT_PARSER, load_pipeline
from kg.reading import load_reader
from kg.resources import data_path


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
    assert [NAMES if name == "ner" else name for name in quick.pipe_names] == default.pipe_names


def test_a_layer_without_its_encoder_says_how_to_load_it() -> None:
    layer = word_encoder(4, ".")
    with pytest.raises(ValueError, match=r"Load with kg\.nlp\.pipeline"):
        layer.predict([])


@pytest.mark.model
def test_the_reader_reads_what_the_parser_read() -> None:
    nlp = load_pipeline()
    doc = nlp("Troops left Homs on Monday.")
    known = dict(doc.user_data)
    load_reader().vectors(doc)
    assert doc.user_data.keys() == known.keys()


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "layer"), [(DEFAULT_PARSER, "tok2vec/model"), (DEFAULT_NAMES, f"{NAMES}/model")]
)
def test_the_weights_are_those_that_were_measured(name: str, layer: str) -> None:
    folder = data_path("models", name)
    stored = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["sha256"]
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("*/model")
    }
    assert stored == found
    assert layer in stored
