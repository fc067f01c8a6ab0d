"""Describe triggers with mentions, and triggers with triggers, in numbers for small networks.

What the words mean is the encoder's business; these numbers tell where things stand and what the
rules say. Training and extraction share them, so a change here needs the weights trained anew.
"""

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.reading.paths import PATH_COUNT, Paths
from kg.reading.views import ROLES, ProposalView, ReadingTask
from kg.records import CharSpan
from kg.terms import EntityKind, EventType, MentionLevel, RelationType, Status

Numbers = NDArray[np.float32]
Indices = NDArray[np.int64]

TYPES: tuple[EventType | None, ...] = (None, *EventType)
"""Labels of a word: None for no event, then the types in the order of the enum."""
STATUSES = tuple(Status)
_KINDS = tuple(EntityKind)
_LEVELS = tuple(MentionLevel)
_RELATIONS = tuple(RelationType)
# Upper ends, in words and in sentences, of how far apart two things stand.
_NEAR = (1, 3, 6, 12, np.inf)
_GAPS = (0, 1, 2, 5, np.inf)
_POINTING = frozenset({"the", "this", "these", "that", "those", "such"})
_SHARED = (
    ("actors", "actors"),
    ("recipients", "recipients"),
    ("places", "places"),
    ("actors", "recipients"),
    ("recipients", "actors"),
)
_CLASHING = ("actors", "recipients")
_PLACES = frozenset({EntityKind.FACILITY, EntityKind.PLACE, EntityKind.STATE})
# Kinds of things that the sentences of two triggers may both mention.
_MENTIONED = (_PLACES, frozenset({EntityKind.WEAPON}), frozenset(EntityKind) - _PLACES)
# Up to which sentence, from 0, an article says what it is about.
_LEAD = 1
# How many words before a noun its determiner may stand, and how many letters a stem has.
_DETERMINER_REACH = 3
_STEM = 5

REACH = 2
"""How many sentences before that of its trigger a participant may stand."""
RULED_ROLE_COUNT = 1 + 2 * len(ROLES)
"""How many of the last numbers of a role come from the rules."""
ROLE_COUNT = 4 + 1 + len(_NEAR) + len(_LEVELS) + 1 + len(_KINDS) + PATH_COUNT + RULED_ROLE_COUNT
RULED_RELATION_COUNT = len(_RELATIONS) + len(_SHARED) + len(_CLASHING) + 3
"""How many of the last numbers of a relation come from the rules."""
RELATION_COUNT = len(_GAPS) + 6 + len(_MENTIONED) + RULED_RELATION_COUNT


class Layout:
    """Where the triggers and mentions of one article stand, as arrays."""

    def __init__(self, task: ReadingTask) -> None:
        self.task = task
        starts = [sentence.start for sentence in task.sentences]
        self._words = np.cumsum([0, *(char == " " for char in task.text)])
        self.triggers = _edges([item.span for item in task.proposals])
        self.mentions = _edges([item.span for item in task.participants])
        self.trigger_sentences = _sentences(self.triggers, starts)
        self.mention_sentences = _sentences(self.mentions, starts)
        self.inner = _inside_longer(self.mentions)
        self.paths = Paths(
            task.syntax,
            [item.span for item in task.proposals],
            [item.span for item in task.participants],
        )

    def role_pairs(self) -> Indices:
        """Return which mentions stand near enough to which triggers, as rows of two numbers.

        A participant stands in the sentence of the trigger or in one of the ``REACH`` before.
        """
        gap = self.trigger_sentences[:, None] - self.mention_sentences[None, :]
        return np.argwhere((gap >= 0) & (gap <= REACH))

    def words_between(self, left: Indices, right: Indices) -> Indices:
        """Return about how many words stand between spans, given as rows of start and end."""
        start = np.minimum(left[:, 1], right[:, 1])
        end = np.maximum(left[:, 0], right[:, 0])
        return np.where(end > start, np.maximum(self._words[end] - self._words[start] - 1, 0), 0)


def _edges(spans: Sequence[CharSpan]) -> Indices:
    return np.array([(span.start, span.end) for span in spans], dtype=np.int64).reshape(-1, 2)


def _inside_longer(edges: Indices) -> NDArray[np.bool_]:
    """Return which spans lie inside a longer one: "Iranian" in "Iranian proxy militias"."""
    starts, ends = edges[:, 0], edges[:, 1]
    is_inside = (starts[:, None] >= starts[None, :]) & (ends[:, None] <= ends[None, :])
    is_shorter = (ends - starts)[:, None] < (ends - starts)[None, :]
    return np.asarray((is_inside & is_shorter).any(axis=1))


def _sentences(edges: Indices, starts: Sequence[int]) -> Indices:
    numbers = [max(0, bisect_right(starts, start) - 1) for start in edges[:, 0]]
    return np.array(numbers, dtype=np.int64)


def _steps(values: Indices, ends: Sequence[float]) -> Numbers:
    """Return one-hot rows that tell in which of the steps each value lies."""
    step = np.searchsorted(np.array(ends), values)
    return np.eye(len(ends), dtype=np.float32)[step]


def role_features(layout: Layout, pairs: Indices) -> Numbers:
    """Return ``ROLE_COUNT`` numbers for each pair of a trigger and a mention."""
    task = layout.task
    which, whom = pairs[:, 0], pairs[:, 1]
    triggers, mentions = layout.triggers[which], layout.mentions[whom]
    distance = layout.mention_sentences[whom] - layout.trigger_sentences[which]
    is_inside = (mentions[:, 0] < triggers[:, 1]) & (triggers[:, 0] < mentions[:, 1])
    levels = [[item.level is level for level in _LEVELS] for item in task.participants]
    kinds = [[item.kind is kind for kind in _KINDS] for item in task.participants]
    is_ruled = np.array([item.is_ruled for item in task.proposals], dtype=np.float32)
    empty = [
        [item.is_ruled and not item.roles.get(role) for role in ROLES] for item in task.proposals
    ]
    return np.hstack(
        [
            np.stack([distance == 0, distance == -1, distance < -1, distance > 0], axis=1),
            (mentions[:, :1] < triggers[:, :1]),
            _steps(layout.words_between(triggers, mentions), _NEAR),
            _table(levels, len(_LEVELS))[whom],
            is_inside[:, None],
            _table(kinds, len(_KINDS))[whom],
            layout.paths.numbers(pairs),
            is_ruled[which][:, None],
            _ruled_roles(task)[which, whom],
            _table(empty, len(ROLES))[which],
        ]
    ).astype(np.float32)


def _table(rows: Sequence[Sequence[bool]], width: int) -> Numbers:
    return np.array(rows, dtype=np.float32).reshape(-1, width)


def _ruled_roles(task: ReadingTask) -> Numbers:
    """Return which mention the rules put into which role of which proposal."""
    table = np.zeros((len(task.proposals), len(task.participants), len(ROLES)), dtype=np.float32)
    mentions_of: dict[str, list[int]] = {}
    for number, participant in enumerate(task.participants):
        if participant.entity is not None:
            mentions_of.setdefault(participant.entity, []).append(number)
    for number, proposal in enumerate(task.proposals):
        for index, role in enumerate(ROLES):
            for entity in proposal.roles.get(role, ()):
                table[number, mentions_of.get(entity, []), index] = 1
    return table


def relation_features(
    layout: Layout, pairs: Sequence[tuple[int, int]], types: Sequence[EventType | None]
) -> Numbers:
    """Return ``RELATION_COUNT`` numbers for each pair of triggers, the first in the text first.

    Args:
        types: Type of each proposal, as far as it is known by now.
    """
    task = layout.task
    ruled: dict[tuple[str, str], set[RelationType]] = {}
    for relation, source, target in task.relations:
        ruled.setdefault((source, target), set()).add(relation)
        ruled.setdefault((target, source), set()).add(relation)
    words = [item.span.quote(task.text).lower() for item in task.proposals]
    points = [_points_back(task.text, item.span) for item in task.proposals]
    mentioned = [_mentioned(layout, kinds) for kinds in _MENTIONED]
    sentences = layout.trigger_sentences
    rows = []
    for first, second in pairs:
        one, other = task.proposals[first], task.proposals[second]
        found = ruled.get((one.id, other.id), set())
        both = one.is_ruled and other.is_ruled
        rows.append(
            [
                types[first] is types[second],
                words[first][:_STEM] == words[second][:_STEM],
                words[first] == words[second],
                points[first],
                points[second],
                sentences[first] <= _LEAD,
                *(bool(names[sentences[first]] & names[sentences[second]]) for names in mentioned),
                *(relation in found for relation in _RELATIONS),
                *(both and bool(_common(one, other, *roles)) for roles in _SHARED),
                *(both and _clash(one, other, role) for role in _CLASHING),
                both and one.status is other.status,
                both and (one.status is Status.ACTUAL) is not (other.status is Status.ACTUAL),
                both,
            ]
        )
    numbers = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    gaps = layout.trigger_sentences[numbers[:, 1]] - layout.trigger_sentences[numbers[:, 0]]
    return np.hstack([_steps(gaps, _GAPS), _table(rows, RELATION_COUNT - len(_GAPS))])


def _mentioned(layout: Layout, kinds: frozenset[EntityKind]) -> list[set[str]]:
    """Return for each sentence the entities of some kinds that it mentions."""
    found: list[set[str]] = [set() for _ in layout.task.sentences]
    for item, sentence in zip(layout.task.participants, layout.mention_sentences, strict=True):
        if item.entity is not None and item.kind in kinds:
            found[sentence].add(item.entity)
    return found


def _points_back(text: str, span: CharSpan) -> bool:
    """Tell whether "the" or "this" stands shortly before a span."""
    before = text[max(0, span.start - 30) : span.start].lower().split()
    return bool(_POINTING.intersection(before[-_DETERMINER_REACH:]))


def _common(one: ProposalView, other: ProposalView, left: str, right: str) -> set[str]:
    return set(one.roles.get(left, ())) & set(other.roles.get(right, ()))


def _clash(one: ProposalView, other: ProposalView, role: str) -> bool:
    has_both = bool(one.roles.get(role)) and bool(other.roles.get(role))
    return has_both and not _common(one, other, role, role)


def type_features(
    proposals: Sequence[ProposalView], pieces: Indices | Sequence[tuple[int, int]]
) -> Numbers:
    """Return for each piece of text which type a rule gives it: pieces by ``len(TYPES)``.

    Args:
        pieces: Start and end of each in the text: pieces by 2.
    """
    edges = np.asarray(pieces, dtype=np.int64).reshape(-1, 2)
    table = np.zeros((len(edges), len(TYPES)), dtype=np.float32)
    for proposal in proposals:
        if proposal.is_ruled:
            inside = (edges[:, 0] < proposal.span.end) & (proposal.span.start < edges[:, 1])
            table[inside, TYPES.index(proposal.type)] = 1
    return table


def status_features(task: ReadingTask) -> Numbers:
    """Return which status the rules give each proposal, as rows of zeros and a one."""
    return _table(
        [
            [item.is_ruled and item.status is status for status in STATUSES]
            for item in task.proposals
        ],
        len(STATUSES),
    )
