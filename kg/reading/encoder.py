"""The transformer under the reader, as ONNX Runtime runs it."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.errors import ResourceError
from kg.inference import Stretch, WordPieces, open_network, run_encoder

ENCODER_FILE = "encoder.onnx"
TOKENIZER_FILE = "tokenizer.json"


def load_pieces(folder: Path) -> WordPieces:
    """Return what cuts words into the pieces that the encoder in ``folder`` knows.

    Raises:
        ResourceError: The file that tells them is missing.
    """
    return WordPieces(_present(folder / TOKENIZER_FILE).read_text(encoding="utf-8"))


class Encoder:
    """The transformer, loaded; one thread, so that the same words give the same numbers."""

    def __init__(self, folder: Path) -> None:
        self._pieces = load_pieces(folder)
        self._session = open_network(str(_present(folder / ENCODER_FILE)))

    def stretches(self, doc: Doc) -> list[Stretch]:
        """Return the stretches in which a text is read, each on its own."""
        return self._pieces.stretches(doc)

    def vectors(self, stretch: Stretch) -> NDArray[np.float32]:
        """Return a vector for each piece of a stretch: pieces by width, without the marks."""
        return run_encoder(self._session, stretch)


def _present(path: Path) -> Path:
    if not path.is_file():
        raise ResourceError(f"{path}: no such file in this installation. Reinstall the package.")
    return path
