"""Give each word a vector that knows the words around it: a transformer inside a spaCy pipeline.

A pipeline whose ``tok2vec`` holds a ``kg.WordEncoder.v1`` reads an article in stretches, as
``kg.inference`` cuts them.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.ml.models.tok2vec import MultiHashEmbed
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Maxout, Model, chain, concatenate, with_array
from thinc.shims import Shim

from kg.inference import Stretch, WordPieces, open_network, run_encoder

ENCODER = "word_encoder"
"""Name of the layer that holds the transformer, in training and in reading."""
Array = NDArray[np.float32]
Backward = Callable[[list[Array]], list[Doc]]


def word_means(pieces: Array, owners: NDArray[np.int64], vectors: Array) -> None:
    """Write the mean of its pieces into the row of each word that has any."""
    starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
    counts = np.diff(np.r_[starts, len(owners)]).astype(np.float32)
    vectors[owners[starts]] = np.add.reduceat(pieces, starts, axis=0) / counts[:, None]


class OnnxShim(Shim):
    """The transformer as ONNX Runtime runs it, stored as the bytes of its file."""

    def to_bytes(self) -> bytes:
        """Return the ONNX file."""
        found: bytes = self._model
        return found

    def from_bytes(self, data: bytes) -> "OnnxShim":
        """Take an ONNX file."""
        self._model = data
        self.__dict__.pop("session", None)
        return self

    @cached_property
    def session(self) -> Any:
        """The loaded network; one thread, so that the same words give the same numbers."""
        return open_network(self._model)

    def vectors(self, stretch: Stretch) -> Array:
        """Return a vector for each piece of a stretch but its marks."""
        return run_encoder(self.session, stretch)


def word_encoder(width: int) -> Model[list[Doc], list[Array]]:
    """Make the layer that turns texts into arrays of words by ``width``; it cannot be trained.

    Its tokenizer and its network are what was stored of a trained one.
    """
    return Model(
        ENCODER,
        _encode,
        dims={"nO": width},
        attrs={"tokenizer": ""},
        shims=[OnnxShim(b"")],
    )


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
    model: Model[list[Doc], list[Array]], docs: list[Doc], is_train: bool
) -> tuple[list[Array], Backward]:
    if is_train:
        raise NotImplementedError("kg.WordEncoder.v1 only reads. Train with 'kg train-parser'.")
    pieces = _pieces(model)
    shim: Any = model.shims[0]
    found = []
    for doc in docs:
        vectors = np.zeros((len(doc), model.get_dim("nO")), dtype=np.float32)
        for stretch in pieces.stretches(doc):
            word_means(shim.vectors(stretch), stretch.owners, vectors)
        found.append(vectors)
    return found, lambda _: docs


def _pieces(model: Model[list[Doc], list[Array]]) -> WordPieces:
    shim: Any = model.shims[0]
    if "pieces" not in shim.cfg:
        shim.cfg["pieces"] = WordPieces(model.attrs["tokenizer"])
    found: WordPieces = shim.cfg["pieces"]
    return found


registry.architectures.register("kg.WordEncoder.v1", func=word_encoder)
registry.architectures.register("kg.WordFeatures.v1", func=word_features)
