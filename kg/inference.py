"""Open a network in ONNX so that it reads on one thread, each time with the same numbers."""

import onnxruntime

# ONNX Runtime joins sum and normalization into one step that takes longer than the two; without
# it the encoders read a sixth faster.
_SLOWER = ["SkipLayerNormFusion"]


def open_network(network: str | bytes) -> onnxruntime.InferenceSession:
    """Return the network of a file, given by its path or its bytes."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        network, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
    )
