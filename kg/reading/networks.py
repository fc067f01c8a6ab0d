"""The reader's small networks: from vectors and features to probabilities, in NumPy.

Each is one or two layers; their weights are written by ``kg.train`` under the names used here.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.resources import existing

WEIGHTS_FILE = "networks.npz"

Array = NDArray[np.float32]
Indices = NDArray[np.int64]


class Networks:
    """The networks that judge words, events, participants and pairs of events."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self._weights = dict(weights)

    @classmethod
    def load(cls, folder: Path) -> "Networks":
        """Load the weights.

        Raises:
            ResourceError: The file is missing.
        """
        with np.load(existing(folder / WEIGHTS_FILE)) as stored:
            return cls({name: stored[name].astype(np.float32) for name in stored.files})

    def types(self, words: Array, features: Array) -> Array:
        """Return the probabilities of the types of words; a row sums to 1."""
        return _softmax(self._linear("type_out", words) + self._linear("type_features", features))

    def statuses(self, triggers: Array, features: Array) -> Array:
        """Return the probabilities of the statuses of events; a row sums to 1."""
        found = self._linear("status_out", triggers) + self._linear("status_features", features)
        return _softmax(found)

    def roles(self, triggers: Array, mentions: Array, pairs: Indices, features: Array) -> Array:
        """Return for pairs of trigger and mention the probability of each role on its own."""
        return _sigmoid(self._pairs("role", triggers, mentions, pairs, features))

    def relations(self, one: Array, other: Array, pairs: Indices, features: Array) -> Array:
        """Return the probabilities of the relations of pairs of events; a row sums to 1."""
        return _softmax(self._pairs("relation", one, other, pairs, features))

    def _pairs(
        self, name: str, left: Array, right: Array, pairs: Indices, features: Array
    ) -> Array:
        which, whom = pairs[:, 0], pairs[:, 1]
        hidden = _gelu(
            self._linear(f"{name}_left", left)[which]
            + self._linear(f"{name}_right", right)[whom]
            + self._linear(f"{name}_product", left[which] * right[whom])
            + self._linear(f"{name}_features", features)
        )
        return self._linear(f"{name}_out", hidden) + self._linear(f"{name}_direct", features)

    def _linear(self, name: str, values: Array) -> Array:
        found: Array = values @ self._weights[f"{name}.weight"].T
        bias = self._weights.get(f"{name}.bias")
        return found if bias is None else np.asarray(found + bias)


def _softmax(values: Array) -> Array:
    values = np.exp(values - values.max(axis=-1, keepdims=True))
    return np.asarray(values / values.sum(axis=-1, keepdims=True))


def _sigmoid(values: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-values)), dtype=np.float32)


def _gelu(values: Array) -> Array:
    """Return the Gaussian error linear unit, in the approximation by tanh that training uses."""
    # a multiplication, as a power takes ten times as long
    inner = np.float32(np.sqrt(2 / np.pi)) * values * (1 + 0.044715 * values * values)
    return np.asarray(values * 0.5 * (1 + np.tanh(inner)))
