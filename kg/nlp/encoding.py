"""Give each word a vector that knows the words around it: a transformer inside a spaCy pipeline.

A pipeline whose ``tok2vec`` holds a ``kg.WordEncoder.v1`` reads an article in stretches, as
``kg.inference`` cuts them. The transformer lies in a folder of its own, so that what else reads
the article can have it too.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.ml.models.tok2vec import MultiHashEmbed
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Maxout, Model, Optimizer, chain, concatenate, with_array
from thinc.shims import Shim

from kg.inference import Encoder, load_encoder

ENCODER = "word_encoder"
"""Name of the layer that holds the transformer, in training and in reading."""
Array = NDArray[np.float32]
Backward = Callable[[list[Array]], list[Doc]]


class EncoderShim(Shim):
    """The transformer of a layer, which is not stored with it."""

    encoder: Encoder | None = None

    def finish_update(self, optimizer: Optimizer) -> None:
        """Stay as it is."""

    def to_bytes(self) -> bytes:
        """Return nothing."""
        return b""

    def from_bytes(self, data: bytes) -> "EncoderShim":  # noqa: ARG002
        """Take nothing."""
        return self


def word_encoder(width: int, folder: str) -> Model[list[Doc], list[Array]]:
    """Make the layer that turns texts into arrays of words by ``width``; it learns nothing.

    Args:
        folder: Where the encoder lies, seen from the folder of the pipeline.
    """
    return Model(
        ENCODER, _encode, dims={"nO": width}, attrs={"folder": folder}, shims=[EncoderShim(None)]
    )


def attach_encoder(nlp: Language, home: Path) -> None:
    """Give the layers of a pipeline, loaded from the folder ``home``, the encoders they name.

    Raises:
        ResourceError: The file of an encoder is missing.
    """
    for layer in encoder_layers(nlp):
        shim: Any = layer.shims[0]
        shim.encoder = load_encoder((home / layer.attrs["folder"]).resolve())


def encoder_layers(nlp: Language) -> Iterator[Model[list[Doc], list[Array]]]:
    """Yield the layers of a pipeline that hold an encoder, read or in training."""
    for _, component in nlp.pipeline:
        model: Any = getattr(component, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            if layer.name == ENCODER:
                yield layer


def word_features(
    width: int, spelling_width: int, rows: list[int], encoder: Model[list[Doc], list[Array]]
) -> Model[list[Doc], list[Array]]:
    """Make the layer that joins the vector of a word to one of its spelling, and narrows both.

    The encoder knows no capitals; the spelling says what stood in them. What tells tags, lemmas
    and trees from these vectors is the quicker the narrower they are.
    """
    spelling = MultiHashEmbed(
        width=spelling_width,
        attrs=["PREFIX", "SUFFIX", "SHAPE"],
        rows=rows,
        include_static_vectors=False,
    )
    narrow = Maxout(
        nO=width, nI=encoder.get_dim("nO") + spelling_width, nP=3, dropout=0.0, normalize=True
    )
    return chain(concatenate(encoder, spelling), with_array(narrow))


def _encode(
    model: Model[list[Doc], list[Array]],
    docs: list[Doc],
    is_train: bool,  # noqa: ARG001  it reads the same while others learn
) -> tuple[list[Array], Backward]:
    shim: Any = model.shims[0]
    encoder: Encoder | None = shim.encoder
    if encoder is None:
        raise ValueError("kg.WordEncoder.v1 has no encoder. Load with kg.nlp.pipeline.")
    return [encoder.words(doc) for doc in docs], lambda _: docs


registry.architectures.register("kg.WordEncoder.v1", func=word_encoder)
registry.architectures.register("kg.WordFeatures.v1", func=word_features)
