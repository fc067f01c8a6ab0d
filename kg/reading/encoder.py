"""Turn the words of an article into vectors, with a small transformer run by ONNX Runtime.

Sentences are put together to stretches of at most ``LONGEST`` pieces, so that each word is read
with what stands around it, and each stretch is read on its own: weights are stored in eight bits
and the scale of the numbers is taken from what is read at once, so a batch would let one article
change the numbers of another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.errors import ResourceError
from kg.inference import open_network
from kg.records import CharSpan

ENCODER_FILE = "encoder.onnx"
TOKENIZER_FILE = "tokenizer.json"
LONGEST = 160
"""Most pieces of words that are read at once, without the marks at start and end."""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Some sentences in a row, as the encoder reads them.

    Attributes:
        ids: Numbers of the pieces, with the marks at start and end.
        edges: Start and end of each piece in the text, without the marks.
    """

    ids: tuple[int, ...]
    edges: tuple[tuple[int, int], ...]


class PieceReader:
    """Cuts text into the pieces of words that the encoder knows."""

    def __init__(self, folder: Path) -> None:
        path = folder / TOKENIZER_FILE
        if not path.is_file():
            raise ResourceError(
                f"{path}: no such file in this installation. Reinstall the package."
            )
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._start, self._end = self._tokenizer.encode("").ids  # the marks alone

    def stretches(self, text: str, sentences: Sequence[CharSpan]) -> Iterator[Stretch]:
        """Yield the text of the sentences in stretches; a longer one is divided."""
        ids: list[int] = []
        edges: list[tuple[int, int]] = []
        for found, places in self._pieces(text, sentences):
            for start in range(0, len(found), LONGEST):
                part = slice(start, start + LONGEST)
                if ids and len(ids) + len(found[part]) > LONGEST:
                    yield self._stretch(ids, edges)
                    ids, edges = [], []
                ids += found[part]
                edges += places[part]
        if ids:
            yield self._stretch(ids, edges)

    def _pieces(
        self, text: str, sentences: Sequence[CharSpan]
    ) -> Iterator[tuple[list[int], list[tuple[int, int]]]]:
        for sentence in sentences:
            found = self._tokenizer.encode(sentence.quote(text), add_special_tokens=False)
            start = sentence.start
            yield found.ids, [(start + left, start + right) for left, right in found.offsets]

    def _stretch(self, ids: list[int], edges: list[tuple[int, int]]) -> Stretch:
        return Stretch(ids=(self._start, *ids, self._end), edges=tuple(edges))


class Encoder:
    """The transformer, loaded; one thread, so that the same words give the same numbers."""

    def __init__(self, folder: Path) -> None:
        path = folder / ENCODER_FILE
        if not path.is_file():
            raise ResourceError(
                f"{path}: no such file in this installation. Reinstall the package."
            )
        self._session = open_network(str(path))

    def vectors(self, stretch: Stretch) -> NDArray[np.float32]:
        """Return a vector for each piece of a stretch: pieces by width, without the marks."""
        ids = np.array([stretch.ids], dtype=np.int64)
        (states,) = self._session.run(None, {"ids": ids})
        return np.asarray(states[0, 1:-1], dtype=np.float32)
