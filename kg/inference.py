"""Read text with a small transformer in ONNX, so that the same words give the same numbers.

A text is read in stretches of whole lines, or of whole sentences where a line is long, on one
thread and each stretch on its own: weights are stored in eight bits and the scale of the numbers
is taken from what is read at once, so a batch would let one article change the numbers of another.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.tokens import Doc
from tokenizers import Tokenizer

from kg.resources import existing

ENCODER_FILE = "encoder.onnx"
TOKENIZER_FILE = "tokenizer.json"
LONGEST = 128
"""Most pieces of words that are read at once, without the marks at start and end."""
_ENDS = frozenset(".?!")
_CLOSERS = frozenset("\"'”’)]")
# ONNX Runtime joins sum and normalization into one step that takes longer than the two; without
# it the encoders read a sixth faster.
_SLOWER = ["SkipLayerNormFusion"]


def word_means(
    pieces: NDArray[np.float32], owners: NDArray[np.int64], vectors: NDArray[np.float32]
) -> None:
    """Write the mean of its pieces into the row of each word that has any.

    Args:
        pieces: Vectors of the pieces of some words: pieces by width.
        owners: The row of each piece, ascending.
    """
    starts = np.flatnonzero(np.append(True, owners[1:] != owners[:-1]))
    counts = np.diff(np.append(starts, len(owners)))
    sums = pieces[starts]
    # most words are one piece, and few are many
    for place in range(1, int(counts.max())):
        longer = np.flatnonzero(counts > place)
        sums[longer] += pieces[starts[longer] + place]
    vectors[owners[starts]] = sums / counts[:, None].astype(np.float32)


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Some words in a row, as the encoder reads them.

    Attributes:
        ids: Numbers of the pieces of the words, with the marks at start and end.
        owners: Index of the word that each piece but the marks belongs to, ascending.
        edges: Start and end of each piece but the marks in the text: pieces by 2.
    """

    ids: NDArray[np.int64]
    owners: NDArray[np.int64]
    edges: NDArray[np.int64]


class WordPieces:
    """Cuts the words of a text into the pieces that the encoder knows."""

    def __init__(self, tokenizer: str) -> None:
        """Take the tokenizer as the JSON text that the library ``tokenizers`` writes."""
        self._tokenizer = Tokenizer.from_str(tokenizer)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._start, self._end = self._tokenizer.encode("").ids  # the marks alone
        self._key = f"kg.stretches.{hashlib.sha256(tokenizer.encode()).hexdigest()[:16]}"

    def stretches(self, doc: Doc) -> list[Stretch]:
        """Return the stretches of a text, which is cut once and remembers them."""
        if self._key not in doc.user_data:
            # as plain arrays, which spaCy can store with the text
            doc.user_data[self._key] = [
                (item.ids, item.owners, item.edges) for item in self._cut(doc)
            ]
        return [
            Stretch(ids=ids, owners=owners, edges=edges)
            for ids, owners, edges in doc.user_data[self._key]
        ]

    def _cut(self, doc: Doc) -> Iterator[Stretch]:
        words = [token.text for token in doc]
        encoded = self._tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        ids = np.array(encoded.ids, dtype=np.int64)
        owners = np.array(encoded.word_ids, dtype=np.int64)
        edges = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2)
        edges += doc.to_array("IDX").astype(np.int64)[owners, None]
        for first, last in _divide(words, np.bincount(owners, minlength=len(words))):
            left, right = np.searchsorted(owners, (first, last))
            if left < right:
                part = slice(left, min(right, left + LONGEST))  # of a longer word, its beginning
                yield Stretch(
                    ids=np.array([self._start, *ids[part], self._end]),
                    owners=owners[part],
                    edges=edges[part],
                )


def _divide(words: Sequence[str], counts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield first and last word (exclusive) of stretches, cut at the best place within reach."""
    start = index = pieces = 0
    cuts = [0, 0]  # after the last line, after the last sentence
    while index < len(words):
        count = int(counts[index])
        if pieces + count > LONGEST and index > start:
            cut = next((place for place in cuts if place > start), index)
            yield start, cut
            start, index, pieces = cut, cut, 0
            continue
        pieces += count
        index += 1
        word = words[index - 1]
        if "\n" in word:
            cuts[0] = index
        elif word in _ENDS or (word in _CLOSERS and index > 1 and words[index - 2] in _ENDS):
            cuts[1] = index
    if start < len(words):
        yield start, len(words)


class Encoder:
    """A transformer with what cuts words for it.

    What it made of a text stays with the text, for all that read it.
    """

    def __init__(self, network: bytes, pieces: WordPieces) -> None:
        """Take the network as the bytes of an ONNX file, which turns "ids" into "states"."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            network, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
        self._pieces = pieces
        self._width = int(self._session.get_outputs()[0].shape[-1])
        name = hashlib.sha256(network).hexdigest()[:16]
        self._key, self._words_key = f"kg.states.{name}", f"kg.words.{name}"

    def read(self, doc: Doc) -> list[tuple[Stretch, NDArray[np.float32]]]:
        """Return the stretches of a text, each with a vector for each piece: pieces by width."""
        stretches = self._pieces.stretches(doc)
        if self._key not in doc.user_data:
            doc.user_data[self._key] = [self._states(stretch) for stretch in stretches]
        return list(zip(stretches, doc.user_data[self._key], strict=True))

    def words(self, doc: Doc) -> NDArray[np.float32]:
        """Return the mean of the pieces of each word: words by width, zeros for spaces."""
        if self._words_key not in doc.user_data:
            vectors = np.zeros((len(doc), self._width), dtype=np.float32)
            for stretch, states in self.read(doc):
                word_means(states, stretch.owners, vectors)
            doc.user_data[self._words_key] = vectors
        found: NDArray[np.float32] = doc.user_data[self._words_key]
        return found

    def _states(self, stretch: Stretch) -> NDArray[np.float32]:
        (states,) = self._session.run(None, {"ids": stretch.ids[None]})
        return np.asarray(states[0, 1:-1], dtype=np.float32)


def load_pieces(folder: Path) -> WordPieces:
    """Return what cuts words into the pieces that the encoder in ``folder`` knows.

    Raises:
        ResourceError: The file that tells them is missing.
    """
    return WordPieces(existing(folder / TOKENIZER_FILE).read_text(encoding="utf-8"))


@cache
def load_encoder(folder: Path) -> Encoder:
    """Return the encoder that lies in ``folder``, loaded once per process.

    Raises:
        ResourceError: A file is missing.
    """
    return Encoder(existing(folder / ENCODER_FILE).read_bytes(), load_pieces(folder))
