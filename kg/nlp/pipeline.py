"""Load the spaCy pipeline that reads articles.

kg ships one over convolutions, and a parser over a small transformer that takes the place of its
tags, lemmas and trees unless speed matters more. Any other spaCy pipeline for English can take
their place. All get kg's own steps for sentence boundaries, tags and lemmas.
"""

from functools import cache
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language

from kg.errors import ResourceError
from kg.nlp import (
    encoding,
    lemmas,
    sentences,
    tags,
)
from kg.resources import data_path

DEFAULT_PIPELINE = "en_kg_news"
DEFAULT_PARSER = "en_kg_parser"
_PARSING = ("tok2vec", "tagger", "morphologizer", "trainable_lemmatizer", "parser")


@cache
def load_pipeline(
    name: str | None = None, *, parser: str | None = None, fast: bool = False
) -> Language:
    """Return a pipeline that is ready to parse; one process loads each pipeline once.

    Args:
        name: An installed spaCy pipeline or the path of one; None for the one shipped with kg.
        parser: Path of a parser made by ``kg train-parser``; None for the one shipped with kg,
            which is used with the shipped pipeline alone.
        fast: Whether to do without that parser.

    Raises:
        ResourceError: There is no such pipeline.
    """
    is_parsed_apart = parser is not None or (name is None and not fast)
    nlp = _load(name, exclude=_PARSING if is_parsed_apart else ())
    widen_vectors(nlp)
    if is_parsed_apart:
        source = _load(parser or str(data_path("models", DEFAULT_PARSER)))
        source.vocab.vectors = nlp.vocab.vectors  # which it does not look at
        for component in _PARSING:
            nlp.add_pipe(component, source=source, before="ner")
    return add_steps(nlp)


def _load(name: str | None, exclude: tuple[str, ...] = ()) -> Language:
    source = name if name is not None else data_path("models", DEFAULT_PIPELINE)
    try:
        nlp = spacy.load(source, exclude=exclude)
    except OSError as error:
        raise ResourceError(
            f"{name or DEFAULT_PIPELINE}: no spaCy pipeline of this name or path. Install it with "
            f"'python -m spacy download {name}', or leave the name out to use the pipeline of kg."
        ) from error
    encoding.attach_encoder(nlp, Path(source))
    return nlp


def widen_vectors(nlp: Language) -> Language:
    """Turn word vectors stored in half precision into single precision, as the networks compute."""
    vectors = nlp.vocab.vectors
    if vectors.data.dtype == np.float16:
        vectors.data = vectors.data.astype(np.float32)
    return nlp


def add_steps(nlp: Language) -> Language:
    """Add kg's steps: sentence rules before the parser, which obeys them; tag and lemma repair."""
    if "parser" in nlp.pipe_names:
        nlp.add_pipe(sentences.COMPONENT, before="parser")
    else:
        nlp.add_pipe(sentences.COMPONENT)
    nlp.add_pipe(tags.COMPONENT)
    nlp.add_pipe(lemmas.COMPONENT)
    return nlp
