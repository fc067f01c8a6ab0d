"""Train the names of the default pipeline over the encoder that parser and reader share.

The encoder stays as it is, so this comes last. The corpora are those that the quick pipeline learns
its names from, varied in the same way.
"""

import logging
from collections.abc import Callable
from os.path import relpath
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import load_model_from_config, load_model_from_path, registry

from kg.errors import InputError
from kg.inference import ENCODER_FILE
from kg.nlp.encoding import attach_encoder, encoder_layers
from kg.nlp.names import COMPONENT
from kg.nlp.pipeline import DEFAULT_ENCODER
from kg.nlp.tokenizer import adapt_tokenizer
from kg.resources import data_path
from kg.train.training import (
    NAMES,
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

_DESCRIPTION = "Named entities over a small transformer"
_log = logging.getLogger(__name__)


def train_names(
    corpora: Path,
    output: Path,
    *,
    encoder: Path | None = None,
    steps: int = 4000,
    work: Path | None = None,
    report: Report = _log.info,
) -> Path:
    """Train names from the corpora and write them to ``output``, replacing what is there.

    Args:
        corpora: Folder with the files that ``kg.train.corpora`` names.
        encoder: Folder of the encoder to judge by; None for the one shipped with kg.
        steps: Updates, of up to 1,500 words each.
        work: Folder for training sets, log and checkpoints, which is kept; by default a temporary
            one.
        report: Called with a line of text at the start of each step; by default it is logged.

    Raises:
        InputError: A corpus is missing or malformed, there is no encoder in the folder, or other
            files lie where to write.
    """
    check_output(output)
    used = encoder or data_path("models", DEFAULT_ENCODER)
    if not (used / ENCODER_FILE).is_file():
        raise InputError(
            f"{used / ENCODER_FILE}: no such file. Give a folder that kg train-encoder wrote."
        )
    with work_folder(work) as folder:
        report(start_message(NAMES, steps, folder))
        trained = train_half(NAMES, corpora, folder, steps=steps, encoder=used)
        report(f"writing {output}")
        return assemble_names(trained, output, encoder=used)


def assemble_names(trained: Path, output: Path, *, encoder: Path) -> Path:
    """Write trained names as extraction runs them; of older ones, README.md stays.

    Where the encoder lies is written as seen from ``output``, so both can move together.
    """
    nlp = load_model_from_path(trained)
    config, where = bare_config(nlp), Path(relpath(encoder, output)).as_posix()
    features = config["components"][COMPONENT]["model"]["tok2vec"]["embed"]
    features["encoder"]["folder"] = where
    runnable = adapt_tokenizer(load_model_from_config(config, auto_fill=True, validate=True))
    old: Any = nlp.get_pipe(COMPONENT)
    new: Any = runnable.get_pipe(COMPONENT)
    new.from_bytes(old.to_bytes(exclude=["vocab"]))  # which lists the words of the corpora
    for layer in encoder_layers(runnable):
        layer.attrs["folder"] = where
    describe(runnable, output.name, _DESCRIPTION)
    return replace_folder(output, lambda folder: write_pipeline(runnable, folder))


def _attach_callback() -> Callable[[Language], Language]:
    def attach(nlp: Language) -> Language:
        attach_encoder(nlp, Path())  # which the layers name by its whole path
        return nlp

    return attach


registry.callbacks.register("kg.attach_encoder.v1", func=_attach_callback)
