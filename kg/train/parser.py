"""Train tags, lemmas and trees over a small transformer, for the default pipeline.

They take the place of those of the convolutional pipeline, from the same corpora and over the same
words; the names stay with that one.
"""

import logging
from pathlib import Path
from typing import Any

import torch
from spacy.language import Language
from spacy.util import load_model_from_config, load_model_from_path

from kg.nlp.encoding import ENCODER as ENCODER_LAYER
from kg.nlp.tokenizer import adapt_tokenizer
from kg.train import encoding  # noqa: F401  spaCy looks its layers up by name
from kg.train.encoders import write_encoder, write_exact
from kg.train.training import (
    ENCODER,
    Report,
    bare_config,
    check_output,
    describe,
    replace_folder,
    start_message,
    train_half,
    work_folder,
    write_pipeline,
)

_DESCRIPTION = "Universal Dependencies and lemmas over a small transformer"
_log = logging.getLogger(__name__)


def train_parser(
    corpora: Path,
    output: Path,
    *,
    steps: int = 3000,
    threads: int = 2,
    work: Path | None = None,
    report: Report = _log.info,
) -> Path:
    """Train a parser from the corpora and write it to ``output``, replacing what is there.

    The transformer is written in ONNX with weights of eight bits, as ``kg.nlp.encoding`` runs it.

    Args:
        corpora: Folder with the files that ``kg.train.corpora`` names.
        steps: Updates, of up to 1,100 words each.
        work: Folder for training sets, log and checkpoints, which is kept; by default a temporary
            one.
        report: Called with a line of text at the start of each step; by default it is logged.

    Raises:
        InputError: A corpus is missing or malformed, the first weights are not installed, or
            other files lie where to write.
    """
    check_output(output)
    torch.set_num_threads(threads)
    with work_folder(work) as folder:
        report(start_message(ENCODER, steps, folder))
        trained = train_half(ENCODER, corpora, folder, steps=steps)
        report(f"writing {output}")
        return assemble_parser(trained, output)


def assemble_parser(trained: Path, output: Path) -> Path:
    """Write a trained parser as extraction runs it; of an older one, README.md stays."""
    nlp = load_model_from_path(trained)
    runnable = runnable_parser(nlp, ".")
    layer = encoder_layer(nlp)
    describe(runnable, output.name, _DESCRIPTION)

    def write(folder: Path) -> None:
        write_pipeline(runnable, folder)
        write_encoder(layer.shims[0].encoder, layer.attrs["tokenizer"], folder)
        write_exact(layer.shims[0].encoder, folder)

    return replace_folder(output, write)


def runnable_parser(nlp: Language, encoder: str) -> Language:
    """Return a parser, in training or read, as extraction runs it.

    Args:
        encoder: Where its encoder lies, seen from the folder that it will be written to.
    """
    config = bare_config(nlp)
    layer = config["components"]["tok2vec"]["model"]["encoder"]
    layer.update({"@architectures": "kg.WordEncoder.v1", "folder": encoder})
    runnable = adapt_tokenizer(load_model_from_config(config, auto_fill=True, validate=True))
    runnable.vocab.strings.from_bytes(nlp.vocab.strings.to_bytes())
    for name in nlp.pipe_names:
        old: Any = nlp.get_pipe(name)
        new: Any = runnable.get_pipe(name)
        new.from_bytes(old.to_bytes())
    attributes = encoder_layer(runnable).attrs
    attributes.clear()  # of what the other layer had
    attributes["folder"] = encoder
    return runnable


def encoder_layer(nlp: Language) -> Any:
    """Return the layer of a parser that holds its encoder."""
    component: Any = nlp.get_pipe("tok2vec")
    return next(layer for layer in component.model.walk() if layer.name == ENCODER_LAYER)
