"""Load the spaCy pipeline that reads articles.

kg ships a parser and names over one small transformer, and for those to whom speed matters more a
pipeline over convolutions. Any other spaCy pipeline for English can take their place. All get kg's
own steps for sentence boundaries, tags and lemmas.
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
from kg.nlp.names import COMPONENT as NAMES
from kg.resources import data_path

DEFAULT_PIPELINE = "en_kg_news"
DEFAULT_PARSER = "en_kg_parser"
DEFAULT_NAMES = "en_kg_names"
DEFAULT_ENCODER = "en_kg_encoder"


@cache
def load_pipeline(
    name: str | None = None,
    *,
    parser: str | None = None,
    names: str | None = None,
    fast: bool = False,
) -> Language:
    """Return a pipeline that is ready to parse; one process loads each pipeline once.

    Args:
        name: An installed spaCy pipeline or the path of one; None for those shipped with kg.
        parser: Path of a parser made by ``kg train-parser``; None for the one shipped with kg.
            Like the next, it has no part in a pipeline of another name or in the quick one.
        names: Path of what ``kg train-names`` made; None for what is shipped with kg.
        fast: Whether to do without the transformer.

    Raises:
        ResourceError: There is no such pipeline.
    """
    if name is not None or fast:
        return add_steps(widen_vectors(_load(name or _shipped(DEFAULT_PIPELINE))))
    nlp = _load(parser or _shipped(DEFAULT_PARSER))
    nlp.add_pipe(NAMES, source=_load(names or _shipped(DEFAULT_NAMES)))
    return add_steps(nlp)


def _shipped(name: str) -> str:
    return str(data_path("models", name))


def _load(source: str) -> Language:
    try:
        nlp = spacy.load(source)
    except OSError as error:
        raise ResourceError(
            f"{source}: no spaCy pipeline of this name or path. Install it with "
            f"'python -m spacy download {source}', or leave the name out to use that of kg."
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
