"""Make training examples for the reader: annotated articles beside what the rules find in them.

The reader sees in training what it will see in extraction: sentences and mentions as the pipeline
finds them, and the proposals of the rules. What the annotation says is laid over that: which
mention belongs to which annotated entity, and which proposal names which annotated event.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.evaluate import articles_of
from kg.extract import Extractor
from kg.inference import Stretch, WordPieces
from kg.reading.features import (
    STATUSES,
    TYPES,
    Layout,
    relation_features,
    role_features,
    status_features,
    type_features,
)
from kg.reading.reader import RELATIONS, relation_pairs
from kg.reading.views import ROLES, ParticipantView, ProposalView, ReadingTask
from kg.records import Article, CharSpan
from kg.revision import reading_task
from kg.terms import EntityKind, EventType, MentionLevel, RelationType, Status

# What follows the head of a noun phrase: "gunmen of the Front".
_TAIL = re.compile(r"\s(?:of|in|from|at|for|on|with|to|who|that|,)\b")

# How many example sentences of the lexicon are read as one article.
_TOGETHER = 12

Numbers = NDArray[np.float32]
Indices = NDArray[np.int64]


def _no_rows() -> Indices:
    return np.zeros((0, 2), dtype=np.int64)


def _no_numbers() -> Numbers:
    return np.zeros((0, 0), dtype=np.float32)


@dataclass(kw_only=True)
class Example:
    """One article in numbers; the rows of labels follow those of what they label.

    Attributes:
        stretches: The text as the encoder reads it.
        word_types: For each piece the number of its type in ``TYPES``.
        word_features: What the rules say of each piece.
        triggers: For each annotated event its pieces, as first and past the last.
        mentions: For each mention its pieces; both ends 0 when it was not read.
        statuses: For each event the number of its status.
        role_labels: For each pair a 0 or 1 for each role.
        role_weights: 0 where the annotation leaves open which mention of the entity is meant.
        relation_labels: For each pair of events a number in ``RELATIONS``.
    """

    doc_id: str
    text: str
    stretches: list[Stretch]
    word_types: Indices
    word_features: Numbers
    triggers: Indices = field(default_factory=_no_rows)
    mentions: Indices = field(default_factory=_no_rows)
    statuses: Indices = field(default_factory=_no_rows)
    status_features: Numbers = field(default_factory=_no_numbers)
    role_pairs: Indices = field(default_factory=_no_rows)
    role_features: Numbers = field(default_factory=_no_numbers)
    role_labels: Numbers = field(default_factory=_no_numbers)
    role_weights: Numbers = field(default_factory=_no_numbers)
    relation_pairs: Indices = field(default_factory=_no_rows)
    relation_features: Numbers = field(default_factory=_no_numbers)
    relation_labels: Indices = field(default_factory=_no_rows)


def make_examples(
    gold: Iterable[Mapping[str, Any]], extractor: Extractor, pieces: WordPieces
) -> Iterator[Example]:
    """Yield an example for each annotated article, in order.

    Args:
        gold: Annotated articles, as ``kg.evaluate.gold`` and ``kg.evaluate.markup`` read them.
        extractor: Rules without a reader.
    """
    records = list(gold)
    articles = list(articles_of(records))
    docs = extractor.parse(articles)
    for record, article, doc in zip(records, articles, docs, strict=True):
        draft = extractor.draft(article, doc)
        task = reading_task(draft.scene, draft.tellings, draft.relations)
        yield _example(record, task, pieces)


def lexicon_examples(extractor: Extractor, pieces: WordPieces) -> Iterator[Example]:
    """Yield the example sentences of the lexicon, with the types that the rules give their words.

    They teach the reader the plain words of each type, which invented articles use too seldom.
    Only types are learnt from them: nobody annotated who takes part.
    """
    texts = sorted(
        {text for rule in extractor.lexicon.rules for text in (rule.example, rule.absent)}
    )
    lists = [
        "\n".join(texts[start : start + _TOGETHER]) for start in range(0, len(texts), _TOGETHER)
    ]
    articles = [Article(doc_id=f"lexicon-{number}", text=text) for number, text in enumerate(lists)]
    docs = extractor.parse(articles)
    for article, doc in zip(articles, docs, strict=True):
        draft = extractor.draft(article, doc)
        task = reading_task(draft.scene, draft.tellings, draft.relations)
        stretches = pieces.stretches(doc)
        edges = _edges(stretches)
        features = type_features(task.proposals, edges)
        yield Example(
            doc_id=article.doc_id,
            text=article.text,
            stretches=stretches,
            word_types=features.argmax(axis=1),
            word_features=features,
        )


def _edges(stretches: Sequence[Stretch]) -> list[tuple[int, int]]:
    return [(start, end) for stretch in stretches for start, end in stretch.edges.tolist()]


def _example(
    record: Mapping[str, Any],
    drafted: ReadingTask,
    pieces: WordPieces,
) -> Example:
    participants, names = _participants(record, drafted)
    proposals, ruled_by = _proposals(record, drafted)
    task = ReadingTask(
        text=drafted.text,
        sentences=drafted.sentences,
        syntax=drafted.syntax,
        proposals=proposals,
        participants=participants,
        relations=frozenset(
            (relation, ruled_by[source], ruled_by[target])
            for relation, source, target in drafted.relations
            if source in ruled_by and target in ruled_by
        ),
    )
    stretches = pieces.stretches(drafted.syntax.doc)
    edges = _edges(stretches)
    layout = Layout(task)
    types = [EventType(event["type"]) for event in record["events"]]
    pairs = layout.role_pairs()
    labels, weights = _role_labels(record, layout, pairs, names)
    related = relation_pairs(layout, types)
    return Example(
        doc_id=record["doc_id"],
        text=drafted.text,
        stretches=stretches,
        word_types=_word_types(task, types, edges),
        word_features=type_features(drafted.proposals, edges),
        triggers=_rows([item.span for item in proposals], edges),
        mentions=_rows([item.span for item in participants], edges),
        statuses=np.array(
            [STATUSES.index(Status(event["status"])) for event in record["events"]], dtype=np.int64
        ),
        status_features=status_features(task),
        role_pairs=pairs,
        role_features=role_features(layout, pairs),
        role_labels=labels,
        role_weights=weights,
        relation_pairs=np.array(related, dtype=np.int64).reshape(-1, 2),
        relation_features=relation_features(layout, related, types),
        relation_labels=_relation_labels(record, task, related),
    )


def _span(place: Mapping[str, int]) -> CharSpan:
    return CharSpan(start=place["start"], end=place["end"])


def _overlap(one: CharSpan, other: CharSpan) -> bool:
    return one.start < other.end and other.start < one.end


def _participants(
    record: Mapping[str, Any], drafted: ReadingTask
) -> tuple[tuple[ParticipantView, ...], list[str | None]]:
    """Return the mentions, with the annotated entity of each; unfound annotated ones are added."""
    annotated = [
        (entity["id"], _span(place), EntityKind(entity["kind"]))
        for entity in record["entities"]
        for place in entity["mentions"]
    ]
    found: list[ParticipantView] = list(drafted.participants)
    names: list[str | None] = []
    met: set[int] = set()
    for item in drafted.participants:
        fitting = [
            (abs(span.start - item.span.start) + abs(span.end - item.span.end), number)
            for number, (_, span, _) in enumerate(annotated)
            if _means(item, span, drafted.text)
        ]
        number = min(fitting)[1] if fitting else None
        names.append(None if number is None else annotated[number][0])
        if number is not None:
            met.add(number)
    for number, (name, span, kind) in enumerate(annotated):
        if number not in met:
            found.append(
                ParticipantView(span=span, level=MentionLevel.NOMINAL, kind=kind, entity=None)
            )
            names.append(name)
    return tuple(found), names


def _means(item: ParticipantView, span: CharSpan, text: str) -> bool:
    """Tell whether a mention found is the one annotated: their heads must overlap."""
    return item.span == span or _overlap(_head(item.span, text), _head(span, text))


def _head(span: CharSpan, text: str) -> CharSpan:
    """Return the last word of a noun phrase before what follows its head."""
    quote = span.quote(text)
    tail = _TAIL.search(quote)
    end = tail.start() if tail else len(quote)
    start = quote.rfind(" ", 0, end) + 1
    return CharSpan(start=span.start + start, end=span.start + end)


def _proposals(
    record: Mapping[str, Any], drafted: ReadingTask
) -> tuple[tuple[ProposalView, ...], dict[str, str]]:
    """Return the annotated events with what the rules say of them, and their ids by the rules'."""
    proposals = []
    ruled_by: dict[str, str] = {}
    for event in record["events"]:
        span = _span(event["trigger"])
        ruled = next((item for item in drafted.proposals if _overlap(item.span, span)), None)
        if ruled is None:
            proposals.append(ProposalView(id=event["id"], span=span))
            continue
        ruled_by.setdefault(ruled.id, event["id"])
        proposals.append(
            ProposalView(
                id=event["id"],
                span=span,
                type=ruled.type,
                status=ruled.status,
                roles=ruled.roles,
            )
        )
    return tuple(proposals), ruled_by


def _word_types(
    task: ReadingTask, types: Sequence[EventType], edges: Sequence[tuple[int, int]]
) -> Indices:
    labels = np.zeros(len(edges), dtype=np.int64)
    for proposal, event_type in zip(task.proposals, types, strict=True):
        for row, (start, end) in enumerate(edges):
            if start < proposal.span.end and proposal.span.start < end:
                labels[row] = TYPES.index(event_type)
    return labels


def _rows(spans: Sequence[CharSpan], edges: Sequence[tuple[int, int]]) -> Indices:
    rows = []
    for span in spans:
        inside = [
            row for row, (start, end) in enumerate(edges) if start < span.end and span.start < end
        ]
        rows.append((inside[0], inside[-1] + 1) if inside else (0, 0))
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _role_labels(
    record: Mapping[str, Any], layout: Layout, pairs: Indices, names: Sequence[str | None]
) -> tuple[Numbers, Numbers]:
    """Return labels and weights of the roles of each pair.

    The annotation names entities. Every mention in the sentence of the trigger has its entity's
    role; where there is none, the nearest mention before has it and the others count for nothing.
    """
    labels = np.zeros((len(pairs), len(ROLES)), dtype=np.float32)
    weights = np.ones_like(labels)
    events = record["events"]
    nearest: dict[tuple[int, str], int] = {}
    is_here: set[tuple[int, str]] = set()
    for which, whom in pairs.tolist():
        name = names[whom]
        if name is None:
            continue
        if layout.mention_sentences[whom] == layout.trigger_sentences[which]:
            is_here.add((which, name))
        last = nearest.get((which, name))
        if last is None or layout.mentions[last, 0] < layout.mentions[whom, 0]:
            nearest[which, name] = whom
    for row, (which, whom) in enumerate(pairs.tolist()):
        name = names[whom]
        if name is None:
            continue
        for column, role in enumerate(ROLES):
            if name not in events[which][role]:
                continue
            here = layout.mention_sentences[whom] == layout.trigger_sentences[which]
            if here or ((which, name) not in is_here and nearest[which, name] == whom):
                labels[row, column] = 1
            else:
                weights[row, column] = 0
    return labels, weights


def _relation_labels(
    record: Mapping[str, Any], task: ReadingTask, pairs: Sequence[tuple[int, int]]
) -> Indices:
    ids = [item.id for item in task.proposals]
    group_of = _groups(record)
    stated = {
        (group_of.get(item["from"], item["from"]), group_of.get(item["to"], item["to"])): item[
            "type"
        ]
        for item in record["relations"]
        if item["type"] != RelationType.SAME_AS
    }
    labels = np.zeros(len(pairs), dtype=np.int64)
    for row, (first, second) in enumerate(pairs):
        one, other = (group_of.get(ids[index], ids[index]) for index in (first, second))
        if one == other:
            labels[row] = RELATIONS.index((RelationType.SAME_AS, False))
        elif (one, other) in stated:
            labels[row] = RELATIONS.index((RelationType(stated[one, other]), False))
        elif (other, one) in stated:
            labels[row] = RELATIONS.index((RelationType(stated[other, one]), True))
    return labels


def _groups(record: Mapping[str, Any]) -> dict[str, str]:
    """Return for each event told more than once the id that stands for all its tellings."""
    first: dict[str, str] = {}

    def root(name: str) -> str:
        while first.get(name, name) != name:
            name = first[name]
        return name

    for relation in record["relations"]:
        if relation["type"] == RelationType.SAME_AS:
            first[root(relation["from"])] = root(relation["to"])
    return {event["id"]: root(event["id"]) for event in record["events"]}
