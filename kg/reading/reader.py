"""Read an article with the learned reader: which words name events, and what holds of each.

The reader is shown the sentences, what the rules propose and who may take part. Out go
probabilities; what is made of them is decided in ``kg.revision``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.inference import load_encoder
from kg.reading.features import (
    STATUSES,
    TYPES,
    Layout,
    relation_features,
    role_features,
    status_features,
    type_features,
)
from kg.reading.networks import Networks
from kg.reading.views import ROLES, ProposalView, ReadingTask
from kg.records import CharSpan
from kg.resources import data_path, existing
from kg.terms import EventType, RelationType, Status

DEFAULT_READER = "en_kg_reader"
META_FILE = "meta.json"
RELATIONS: tuple[tuple[RelationType, bool] | None, ...] = (
    None,
    (RelationType.SAME_AS, False),
    *(
        (relation, is_reversed)
        for relation in RelationType
        if relation is not RelationType.SAME_AS
        for is_reversed in (False, True)
    ),
)
"""Labels of a pair of events: a relation, and whether it runs from the later to the earlier."""
_SAME = RELATIONS.index((RelationType.SAME_AS, False))
# How many sentences apart two events may stand to be related, and to be one.
_RELATED_REACH = 3
# Relations less likely than this are not worth telling.
_NEGLIGIBLE = 0.05
Array = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class WordVectors:
    """The pieces of an article's words, with the vector of each.

    Attributes:
        edges: Start and end of each piece in the text, ascending.
    """

    edges: NDArray[np.int64]
    vectors: Array

    def rows(self, span: CharSpan) -> slice:
        """Return which pieces lie in a span; empty if it was not read."""
        first = int(np.searchsorted(self.edges[:, 1], span.start, side="right"))
        last = int(np.searchsorted(self.edges[:, 0], span.end, side="left"))
        return slice(first, max(first, last))

    def means(self, spans: Sequence[CharSpan]) -> Array:
        """Return the mean vector of each span: spans by width, zeros for what was not read."""
        edges = np.array([(span.start, span.end) for span in spans], dtype=np.int64).reshape(-1, 2)
        firsts = np.searchsorted(self.edges[:, 1], edges[:, 0], side="right")
        lasts = np.searchsorted(self.edges[:, 0], edges[:, 1], side="left")
        found = np.zeros((len(spans), self.vectors.shape[1]), dtype=np.float32)
        is_one = lasts - firsts == 1
        found[is_one] = self.vectors[firsts[is_one]]
        for row in np.flatnonzero(lasts - firsts > 1):
            found[row] = self.vectors[firsts[row] : lasts[row]].mean(axis=0)
        return found


@dataclass(frozen=True, kw_only=True)
class FoundWords:
    """Words that the reader takes for the name of an event.

    Attributes:
        score: Probability of the type, the mean over the pieces of the words.
    """

    span: CharSpan
    type: EventType
    score: float


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the reader thinks of the proposals of an article, by their ids.

    Attributes:
        types: Probability of each type, and of None for no event.
        statuses: Probability of each status.
        roles: For each role the probability of each entity, where not negligible.
        relations: Type, source, target and probability of each pair thought related.
        same: Probability that two proposals are one event, the first in the text first.
    """

    types: Mapping[str, Mapping[EventType | None, float]]
    statuses: Mapping[str, Mapping[Status, float]]
    roles: Mapping[str, Mapping[str, Mapping[str, float]]]
    relations: tuple[tuple[RelationType, str, str, float], ...]
    same: Mapping[tuple[str, str], float]


class Reader:
    """The encoder with its networks, loaded."""

    def __init__(self, folder: Path) -> None:
        self._encoder = load_encoder(encoder_of(folder))
        self._networks = Networks.load(folder)

    def vectors(self, doc: Doc) -> WordVectors:
        """Read an article, given as a pipeline parsed it."""
        read = self._encoder.read(doc)
        if not read:
            return WordVectors(
                edges=np.zeros((0, 2), dtype=np.int64), vectors=np.zeros((0, 1), dtype=np.float32)
            )
        return WordVectors(
            edges=np.vstack([stretch.edges for stretch, _ in read]),
            vectors=np.vstack([states for _, states in read]),
        )

    def word_types(self, words: WordVectors, proposals: Sequence[ProposalView]) -> Array:
        """Return for each piece the probabilities of ``TYPES``, given what the rules propose."""
        if not len(words.edges):
            return np.zeros((0, len(TYPES)), dtype=np.float32)
        return self._networks.types(words.vectors, type_features(proposals, words.edges))

    def judge(self, words: WordVectors, types: Array, task: ReadingTask) -> Reading:
        """Judge the proposals of an article.

        Args:
            types: Result of ``word_types``.
        """
        ids = [item.id for item in task.proposals]
        by_word = [_mean_types(types[words.rows(item.span)], item) for item in task.proposals]
        chosen = [TYPES[int(row.argmax())] for row in by_word]
        known = [best or item.type for best, item in zip(chosen, task.proposals, strict=True)]
        if not ids:
            return Reading(types={}, statuses={}, roles={}, relations=(), same={})
        layout = Layout(task)
        triggers = words.means([item.span for item in task.proposals])
        statuses = self._networks.statuses(triggers, status_features(task))
        relations, same = self._relate(layout, triggers, known)
        return Reading(
            types={
                name: dict(zip(TYPES, map(float, row), strict=True))
                for name, row in zip(ids, by_word, strict=True)
            },
            statuses={
                name: dict(zip(STATUSES, map(float, row), strict=True))
                for name, row in zip(ids, statuses, strict=True)
            },
            roles=self._cast(layout, triggers, words),
            relations=relations,
            same=same,
        )

    def _cast(
        self, layout: Layout, triggers: Array, words: WordVectors
    ) -> dict[str, dict[str, dict[str, float]]]:
        task, pairs = layout.task, layout.role_pairs()
        if not len(pairs):
            return {item.id: {role: {} for role in ROLES} for item in task.proposals}
        mentions = words.means([item.span for item in task.participants])
        scores = self._networks.roles(triggers, mentions, pairs, role_features(layout, pairs))
        names = list(dict.fromkeys(item.entity for item in task.participants if item.entity))
        places = {name: place for place, name in enumerate(names)}
        entities = np.array(
            [
                # of two mentions one in the other it is the longer that takes part
                -1 if item.entity is None or is_inner else places[item.entity]
                for item, is_inner in zip(task.participants, layout.inner, strict=True)
            ]
        )
        of_pair = entities[pairs[:, 1]]
        best = np.full((len(task.proposals), len(names), len(ROLES)), -1, dtype=np.float32)
        is_known = of_pair >= 0
        np.maximum.at(best, (pairs[is_known, 0], of_pair[is_known]), scores[is_known])
        return {
            item.id: {
                role: {names[place]: float(rows[place, column]) for place in judged}
                for column, role in enumerate(ROLES)
            }
            for item, rows in zip(task.proposals, best, strict=True)
            for judged in [np.flatnonzero(rows[:, 0] >= 0)]
        }

    def _relate(
        self, layout: Layout, triggers: Array, types: Sequence[EventType | None]
    ) -> tuple[tuple[tuple[RelationType, str, str, float], ...], dict[tuple[str, str], float]]:
        task = layout.task
        pairs = relation_pairs(layout, types)
        if not pairs:
            return (), {}
        scores = self._networks.relations(
            triggers, triggers, np.array(pairs), relation_features(layout, pairs, types)
        )
        ends = [(task.proposals[one].id, task.proposals[other].id) for one, other in pairs]
        same = dict(zip(ends, scores[:, _SAME].tolist(), strict=True))
        relations = []
        for row, column in np.argwhere(scores > _NEGLIGIBLE).tolist():
            label = RELATIONS[column]
            if label is not None and column != _SAME:
                relation, is_reversed = label
                one, other = ends[row][::-1] if is_reversed else ends[row]
                relations.append((relation, one, other, float(scores[row, column])))
        return tuple(relations), same


def relation_pairs(layout: Layout, types: Sequence[EventType | None]) -> list[tuple[int, int]]:
    """Return the pairs of triggers that may be related, the first in the text first.

    Events of one type may be the same however far apart; others are related only nearby.
    """
    order = sorted(range(len(types)), key=lambda index: tuple(layout.triggers[index]))
    sentences = layout.trigger_sentences
    return [
        (first, second)
        for position, first in enumerate(order)
        for second in order[position + 1 :]
        if types[first] is types[second] or sentences[second] - sentences[first] <= _RELATED_REACH
    ]


def find_words(words: WordVectors, types: Array, text: str, *, least: float) -> list[FoundWords]:
    """Return the words that most likely name an event, in text order.

    Neighbouring pieces of one type are one name.

    Args:
        least: Least probability of the type.
    """
    best = types.argmax(axis=1) if len(types) else np.zeros(0, dtype=np.int64)
    found = []
    start = 0
    while start < len(best):
        end = start + 1
        if best[start]:
            while end < len(best) and best[end] == best[start] and _is_next(words, end, text):
                end += 1
            event_type = TYPES[int(best[start])]
            score = float(types[start:end, best[start]].mean())
            if event_type is not None and score >= least:
                span = CharSpan(start=int(words.edges[start, 0]), end=int(words.edges[end - 1, 1]))
                found.append(FoundWords(span=span, type=event_type, score=score))
        start = end
    return found


def _is_next(words: WordVectors, row: int, text: str) -> bool:
    """Tell whether at most a space parts a piece from the one before."""
    return text[words.edges[row - 1, 1] : words.edges[row, 0]] in {"", " "}


def _mean_types(rows: Array, proposal: ProposalView) -> Array:
    """Return the mean of the pieces of a proposal; one without any is what the rules say."""
    if not len(rows):
        unread = np.zeros(len(TYPES), dtype=np.float32)
        unread[TYPES.index(proposal.type)] = 1
        return unread
    return np.asarray(rows.mean(axis=0))


def encoder_of(folder: Path) -> Path:
    """Return the folder of the encoder that the reader in ``folder`` names.

    Raises:
        ResourceError: The file that tells it is missing.
    """
    where: str = json.loads(existing(folder / META_FILE).read_text(encoding="utf-8"))["encoder"]
    return (folder / where).resolve()


@cache
def load_reader(folder: Path | None = None) -> Reader:
    """Return a reader, loaded once per process.

    Args:
        folder: Folder that ``kg train`` wrote; None for the reader shipped.

    Raises:
        ResourceError: A file is missing.
    """
    return Reader(folder or data_path("models", DEFAULT_READER))
