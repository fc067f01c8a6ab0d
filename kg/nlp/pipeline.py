"""Load the spaCy pipeline that reads articles.

The pipeline shipped with kg needs nothing but spaCy. Any other spaCy pipeline for English can take
its place; both kinds get kg's own steps for sentence boundaries, tags and lemmas.
"""

from functools import cache

import numpy as np
import spacy
from spacy.language import Language

from kg.errors import ResourceError
from kg.nlp import lemmas, sentences, tags
from kg.resources import data_path

DEFAULT_PIPELINE = "en_kg_news"


@cache
def load_pipeline(name: str | None = None) -> Language:
    """Return a pipeline that is ready to parse; one process loads each pipeline once.

    Args:
        name: An installed spaCy pipeline or the path of one; None for the pipeline shipped with kg.

    Raises:
        ResourceError: There is no such pipeline.
    """
    try:
        nlp = spacy.load(name if name is not None else data_path("models", DEFAULT_PIPELINE))
    except OSError as error:
        raise ResourceError(
            f"{name or DEFAULT_PIPELINE}: no spaCy pipeline of this name or path. Install it with "
            f"'python -m spacy download {name}', or leave the name out to use the pipeline of kg."
        ) from error
    return add_steps(widen_vectors(nlp))


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
