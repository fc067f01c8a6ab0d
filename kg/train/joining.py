"""Teach one transformer what two know: the one under the parser and the one under the reader.

It starts from the mean of their weights. On much text it learns to give each of the two what their
own gave them (Hinton et al. 2015, "Distilling the knowledge in a neural network"), while it learns
from annotated articles what the reader learnt from them. What the parser makes of the vectors of
words, its tags and trees, stays as it was trained.

Where parser and reader share a transformer already, it goes on learning for the reader alone, and
the parser is given what it had.
"""

import logging
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_model_from_path
from torch import Tensor, nn
from torch.nn import functional

from kg.inference import ENCODER_FILE, TOKENIZER_FILE, Encoder, load_encoder, load_pieces
from kg.nlp.encoding import attach_encoder, encoder_layers
from kg.nlp.pipeline import DEFAULT_ENCODER, DEFAULT_PARSER
from kg.reading.networks import WEIGHTS_FILE
from kg.reading.reader import DEFAULT_READER, encoder_of
from kg.train.corpora import make_core_sets, make_ner_sets
from kg.train.encoders import (
    first_weights,
    read_exact,
    read_stretches,
    write_encoder,
    write_meta,
)
from kg.train.examples import Example
from kg.train.networks import ReaderNetworks
from kg.train.parser import runnable_parser
from kg.train.reader import Loss, fit_runs, mean_weights, read_examples, write_heads
from kg.train.training import (
    HEADLINE_COUNT,
    SEEDS,
    check_output,
    replace_folder,
    write_pipeline,
)

# The names in news make up for the treebanks, which hold little of it; not all are needed.
_NEWS_SHARE = 0.6
_LIKE_LENGTH = 512  # how many stretches are sorted by length at once
_BATCH = 16
_DROPOUT = 0.07
Array = NDArray[np.float32]
Report = Callable[[str], None]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Regime:
    """How much each of what is learnt counts.

    Attributes:
        rate: Highest learning rate of the transformer.
        reader: Weight of what the reader learns from annotated articles.
        words: Weight of the distance from what the parser judged by.
        states: Weight of the distance from what the reader judged by.
        relations: Whether the network of the reader that relates events is changed.
    """

    rate: float
    reader: float
    words: float
    states: float
    relations: bool


JOINING = Regime(rate=2e-4, reader=0.3, words=30.0, states=30.0, relations=True)
FURTHER = Regime(rate=1e-4, reader=1.0, words=30.0, states=0.0, relations=False)
"""For a transformer that both share already: nothing holds the reader to what it had.

But the real news comes in short stories without days, and what it teaches of events told again
holds less in long articles than what was known.
"""
_OF_RELATIONS = "reader.heads.relation_"


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """Some words in a row, with what parser and reader had of their own encoders.

    Attributes:
        ids: Numbers of the pieces of the words, with the marks at start and end.
        owners: Row of the word that each piece but the marks belongs to.
        spelling: What the parser knows of the spelling: words by width.
        words: What the parser judges by: words by width.
        states: What the reader judges by: pieces by width.
    """

    ids: NDArray[np.int64]
    owners: NDArray[np.int64]
    spelling: NDArray[np.float16]
    words: NDArray[np.float16]
    states: NDArray[np.float16]


class Teachers:
    """The parser and the reader's encoder, each as it was trained on its own."""

    def __init__(self, parser: Language, reader: Encoder) -> None:
        component: Any = parser.get_pipe("tok2vec")
        joined, self.narrow = component.model.layers
        _, self._spelling = joined.layers
        self._words, self._reader = component.model, reader

    def lessons(self, doc: Doc) -> list[Lesson]:
        """Return what they make of a text."""
        spelling = self._spelling.predict([doc])[0].astype(np.float16)
        words = self._words.predict([doc])[0].astype(np.float16)
        found = []
        for stretch, states in self._reader.read(doc):
            own, owners = np.unique(stretch.owners, return_inverse=True)
            found.append(
                Lesson(
                    ids=stretch.ids,
                    owners=owners,
                    spelling=spelling[own],
                    words=words[own],
                    states=states.astype(np.float16),
                )
            )
        doc.user_data.clear()
        return found


class JoinedNetworks(nn.Module):  # type: ignore[misc]
    """The reader's networks, and what turns the same encoder's vectors into the parser's."""

    def __init__(self, reader: ReaderNetworks, narrow: Any, regime: Regime) -> None:
        """Take the reader, and the layer of the parser that narrows vectors."""
        super().__init__()
        self.reader, self._regime = reader, regime
        self.narrow, self.scale = _torch_layers(narrow)
        self._choices = self.narrow.out_features // self.scale.weight.shape[0]
        width = reader.encoder.config.hidden_size
        self.bridge = nn.Linear(width, width)
        nn.init.eye_(self.bridge.weight)
        nn.init.zeros_(self.bridge.bias)

    def loss(
        self, batch: Sequence[Example], own: Sequence[Lesson], others: Sequence[Lesson]
    ) -> Tensor:
        """Return the loss of some articles with their lessons, and of lessons from elsewhere."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            read = [vectors.float() for vectors in self.reader.read(batch)]
            states = read_stretches(self.reader.encoder, [lesson.ids for lesson in others]).float()
        rest = [states[row, 1 : len(lesson.ids) - 1] for row, lesson in enumerate(others)]
        distances = self.distance(torch.cat(read), own) + self.distance(torch.cat(rest), others)
        return self._regime.reader * self.reader.loss_of(batch, read) + distances / 2

    def distance(self, pieces: Tensor, lessons: Sequence[Lesson]) -> Tensor:
        """Return how far the vectors of some lessons are from what the teachers had.

        Args:
            pieces: Vectors of the pieces of all lessons, in order.
        """
        ends = np.cumsum([0, *(len(lesson.words) for lesson in lessons)])
        rows = [lesson.owners + end for lesson, end in zip(lessons, ends, strict=False)]
        owners, count = torch.from_numpy(np.concatenate(rows)), int(ends[-1])
        sums = torch.zeros(count, pieces.shape[1]).index_add(0, owners, pieces)
        means = sums / torch.bincount(owners, minlength=count).unsqueeze(1)
        spelling, words, states = (
            torch.from_numpy(np.concatenate([getattr(lesson, name) for lesson in lessons])).float()
            for name in ("spelling", "words", "states")
        )
        means = functional.dropout(means, _DROPOUT, self.training)
        chosen = self.narrow(torch.cat([means, spelling], dim=1)).unflatten(1, (-1, self._choices))
        of_words = functional.mse_loss(self.scale(chosen.amax(dim=2)), words)
        of_states = functional.mse_loss(self.bridge(pieces), states) / states.var(dim=0).mean()
        return self._regime.words * of_words + self._regime.states * of_states

    def teach(self, narrow: Any) -> None:
        """Write what was learnt into the layer of the parser."""
        for learnt, (own, weight) in zip((self.narrow, self.scale), _layers(narrow), strict=True):
            for name, value in ((weight, learnt.weight), ("b", learnt.bias)):
                shape = own.get_param(name).shape
                own.set_param(name, value.detach().numpy().reshape(shape).copy())


def _layers(narrow: Any) -> tuple[tuple[Any, str], tuple[Any, str]]:
    """Return the layers of spaCy that narrow vectors, each with the name of its weights."""
    by_name = {layer.name: layer for layer in narrow.walk()}
    return (by_name["maxout"], "W"), (by_name["layernorm"], "G")


def _torch_layers(narrow: Any) -> tuple[nn.Linear, nn.LayerNorm]:
    """Return the layers of PyTorch that do what those of spaCy do, but for the choice between."""
    (maxout, _), _ = layers = _layers(narrow)
    units, choices, width = maxout.get_param("W").shape
    found = nn.Linear(width, units * choices), nn.LayerNorm(units, eps=1e-8)
    for layer, (own, weight) in zip(found, layers, strict=True):
        for target, name in ((layer.weight, weight), (layer.bias, "b")):
            target.data = torch.tensor(own.get_param(name)).reshape(target.shape)
    return found


def join_encoders(
    corpora: Path,
    corpus: Path,
    output: Path,
    *,
    parser: Path,
    reader: Path,
    epochs: int = 5,
    runs: int = 2,
    seed: int = 1,
    threads: int = 2,
    report: Report = _log.info,
) -> Path:
    """Join the encoders of a parser and a reader into one, and write all three under ``output``.

    If they share one, as those shipped do, that goes on learning.

    Args:
        corpora: Folder with the files that ``kg.train.corpora`` names.
        corpus: Folder with files of marked text, as for ``train_reader``.
        parser: Folder that ``train_parser`` wrote, or this function.
        reader: Folder that ``train_reader`` wrote, or this function.
        epochs: Times that each article of the corpus is read in a run.
        runs: Trainings whose weights are averaged, as in ``train_reader``.
        report: Called with a line of text now and then; by default it is logged.

    Raises:
        InputError: A corpus is missing or malformed, the package with the first weights is not
            installed, parser or reader have no encoder of their own to learn from, or other files
            lie where to write.
    """
    for name in (DEFAULT_ENCODER, DEFAULT_PARSER, DEFAULT_READER):
        check_output(output / name)
    torch.set_num_threads(threads)
    start = first_weights()
    nlp = load_model_from_path(parser)
    attach_encoder(nlp, parser)
    folders = [_encoder_of_parser(nlp, parser), encoder_of(reader).resolve()]
    regime = FURTHER if folders[0] == folders[1] else JOINING
    exact = [read_exact(folder) for folder in dict.fromkeys(folders)]
    teachers = Teachers(nlp, load_encoder(folders[1]))
    examples = read_examples(corpus, load_pieces(start), corpora=corpora, report=report)
    report("asking parser and reader")
    lessons = {id(item): teachers.lessons(nlp.make_doc(item.text)) for item in examples}
    more = _lessons_of_corpora(corpora, nlp, teachers, seed)
    networks = JoinedNetworks(_reader_networks(start, reader, exact), teachers.narrow, regime)

    def loss_of_run(shuffle: random.Random) -> Loss:
        others = _endless(more, shuffle)

        def loss(batch: Sequence[Example]) -> Tensor:
            own = [lesson for example in batch for lesson in lessons[id(example)]]
            return networks.loss(batch, own, _as_many(others, own))

        return loss

    kept = {
        name: value.clone()
        for name, value in networks.state_dict().items()
        if name.startswith(_OF_RELATIONS) and not regime.relations
    }
    fit_runs(
        networks,
        examples,
        loss_of_run,
        rate=regime.rate,
        epochs=epochs,
        runs=runs,
        seed=seed,
        report=report,
    )
    networks.load_state_dict({**networks.state_dict(), **kept})
    report(f"writing {output}")
    return _write(networks, nlp, (start / TOKENIZER_FILE).read_text(encoding="utf-8"), output)


def _encoder_of_parser(nlp: Language, home: Path) -> Path:
    (folder,) = {str(layer.attrs["folder"]) for layer in encoder_layers(nlp)}
    return (home / folder).resolve()


def _reader_networks(
    start: Path, reader: Path, exact: Sequence[Mapping[str, Tensor]]
) -> ReaderNetworks:
    """Return networks with the heads of the reader over the mean of two encoders."""
    networks = ReaderNetworks(start, encoder_dropout=0.0)
    networks.encoder.load_state_dict(mean_weights(exact))
    with np.load(reader / WEIGHTS_FILE) as heads:
        networks.heads.load_state_dict(
            {name: torch.tensor(heads[name].astype(np.float32)) for name in heads.files}
        )
    return networks


def _lessons_of_corpora(
    corpora: Path, nlp: Language, teachers: Teachers, seed: int
) -> list[Lesson]:
    """Return what the teachers make of the treebanks and of the corpora of names."""
    chance = random.Random(seed)  # noqa: S311, the same choice each time is the point
    trees, _ = make_core_sets(
        corpora, nlp.vocab, seed=SEEDS["encoder"], headline_count=HEADLINE_COUNT
    )
    news, _ = make_ner_sets(corpora, nlp.vocab, seed=SEEDS["ner"])
    some = [doc for doc in news if chance.random() < _NEWS_SHARE]
    return [lesson for doc in (*trees, *some) for lesson in teachers.lessons(doc)]


def _endless(lessons: Sequence[Lesson], shuffle: random.Random) -> Iterator[Lesson]:
    """Yield all lessons in random order, those of like length together, over and over."""
    while True:
        order = list(range(len(lessons)))
        shuffle.shuffle(order)
        batches = []
        for start in range(0, len(order), _LIKE_LENGTH):
            block = order[start : start + _LIKE_LENGTH]
            block.sort(key=lambda index: len(lessons[index].ids))
            batches += [block[first : first + _BATCH] for first in range(0, len(block), _BATCH)]
        shuffle.shuffle(batches)
        for batch in batches:
            yield from (lessons[index] for index in batch)


def _as_many(lessons: Iterator[Lesson], own: Sequence[Lesson]) -> list[Lesson]:
    """Take lessons until they hold at least as many pieces as some others."""
    pieces = sum(len(lesson.ids) for lesson in own)
    found: list[Lesson] = []
    while pieces > 0:
        found.append(next(lessons))
        pieces -= len(found[-1].ids)
    return found


def _write(networks: JoinedNetworks, nlp: Language, tokenizer: str, output: Path) -> Path:
    where = f"../{DEFAULT_ENCODER}"
    joined = runnable_parser(nlp, where)
    component: Any = joined.get_pipe("tok2vec")
    networks.teach(component.model.layers[1])

    def write_shared(folder: Path) -> None:
        folder.mkdir()
        write_encoder(networks.reader.encoder, tokenizer, folder)
        write_meta(folder, (ENCODER_FILE, TOKENIZER_FILE))

    def write_reader(folder: Path) -> None:
        folder.mkdir()
        write_heads(networks.reader, folder)
        write_meta(folder, (WEIGHTS_FILE,), encoder=where)

    replace_folder(output / DEFAULT_ENCODER, write_shared)
    replace_folder(output / DEFAULT_PARSER, lambda folder: write_pipeline(joined, folder))
    replace_folder(output / DEFAULT_READER, write_reader)
    return output
