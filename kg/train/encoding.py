"""The encoder of ``kg.nlp.encoding`` while it is trained, by PyTorch inside a spaCy pipeline."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model, Optimizer
from thinc.shims import Shim
from torch import nn

from kg.inference import TOKENIZER_FILE, WordPieces, word_means
from kg.nlp.encoding import ENCODER
from kg.train.encoders import first_weights, read_stretches, trainable_encoder

# The encoder knows much already, so it learns slower than what is built on it.
_RATE_SHARE = 0.15
_WEIGHT_DECAY = 0.01
_LARGEST_GRADIENT = 1.0
Array = NDArray[np.float32]


class TorchShim(Shim):
    """The encoder with an optimizer of its own, which follows the rate of the pipeline's."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__(model)
        self._parameters = [item for item in model.parameters() if item.requires_grad]
        self._own = torch.optim.AdamW(self._parameters, weight_decay=_WEIGHT_DECAY)

    def states(self, stretches: list[NDArray[np.int64]], *, is_train: bool) -> torch.Tensor:
        """Return the states of all pieces: stretches by pieces by width."""
        self._model.train(is_train)
        with torch.set_grad_enabled(is_train), torch.autocast("cpu", dtype=torch.bfloat16):
            return read_stretches(self._model, stretches).float()

    def finish_update(self, optimizer: Optimizer) -> None:
        """Make a step, as fast as the rate of the pipeline's optimizer tells."""
        nn.utils.clip_grad_norm_(self._parameters, _LARGEST_GRADIENT)
        for group in self._own.param_groups:
            group["lr"] = float(optimizer.learn_rate) * _RATE_SHARE
        self._own.step()
        self._own.zero_grad()

    def to_bytes(self) -> bytes:
        """Return the weights as PyTorch stores them."""
        stream = BytesIO()
        torch.save(self._model.state_dict(), stream)
        return stream.getvalue()

    def from_bytes(self, data: bytes) -> "TorchShim":
        """Take weights that ``to_bytes`` gave."""
        self._model.load_state_dict(torch.load(BytesIO(data), weights_only=True))
        return self

    @property
    def encoder(self) -> nn.Module:
        """The network."""
        return self._model


def torch_encoder(width: int) -> Model[list[Doc], list[Array]]:
    """Make the layer that turns texts into arrays of words by ``width``, ready to be trained."""
    folder = first_weights()
    tokenizer = (folder / TOKENIZER_FILE).read_text(encoding="utf-8")
    return Model(
        ENCODER,
        _encode,
        dims={"nO": width},
        attrs={"tokenizer": tokenizer},
        shims=[TorchShim(trainable_encoder(folder))],
    )


def _encode(
    model: Model[list[Doc], list[Array]], docs: list[Doc], is_train: bool
) -> tuple[list[Array], Callable[[list[Array]], list[Doc]]]:
    shim: Any = model.shims[0]
    pieces = shim.cfg.setdefault("pieces", WordPieces(model.attrs["tokenizer"]))
    places, ids, owners = [], [], []
    for place, doc in enumerate(docs):
        for stretch in pieces.stretches(doc):
            places.append(place)
            ids.append(stretch.ids)
            owners.append(stretch.owners)
    vectors = [np.zeros((len(doc), model.get_dim("nO")), dtype=np.float32) for doc in docs]
    if not ids:
        return vectors, lambda _: docs
    states = shim.states(ids, is_train=is_train)
    found = states.detach().numpy()
    for row, (place, words) in enumerate(zip(places, owners, strict=True)):
        word_means(found[row, 1 : 1 + len(words)], words, vectors[place])

    def backward(gradients: list[Array]) -> list[Doc]:
        spread = np.zeros_like(found)
        for row, (place, words) in enumerate(zip(places, owners, strict=True)):
            _, index, counts = np.unique(words, return_inverse=True, return_counts=True)
            shares = gradients[place][words] / counts[index][:, None]
            spread[row, 1 : 1 + len(words)] = shares
        states.backward(torch.from_numpy(spread))
        return docs

    return vectors, backward


registry.architectures.register("kg.TorchWordEncoder.v1", func=torch_encoder)
