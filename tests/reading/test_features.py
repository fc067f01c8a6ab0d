"""The numbers that describe triggers and mentions to the reader."""

import numpy as np

from kg.reading.features import (
    RELATION_COUNT,
    ROLE_COUNT,
    RULED_ROLE_COUNT,
    TYPES,
    Layout,
    relation_features,
    role_features,
    status_features,
    type_features,
)
from kg.reading.views import ParticipantView, ProposalView, ReadingTask
from kg.records import CharSpan
from kg.syntax import Syntax
from kg.terms import EntityKind, EventType, MentionLevel, RelationType, Status
from tests.nlp.parses import make_doc

TEXT = "Rebels shelled the town. The army answered. It rained. Then the shelling went on."


def span(words: str) -> CharSpan:
    start = TEXT.index(words)
    return CharSpan(start=start, end=start + len(words))


def mention(words: str, kind: EntityKind, entity: str | None) -> ParticipantView:
    return ParticipantView(span=span(words), level=MentionLevel.NOMINAL, kind=kind, entity=entity)


SYNTAX = Syntax(
    make_doc("""
Rebels rebel NNS NOUN 1 nsubj
shelled shell VBD VERB 1 root
the the DT DET 3 det
town town NN NOUN 1 obj
. . . PUNCT 1 punct
""")
)
TASK = ReadingTask(
    text=TEXT,
    syntax=SYNTAX,
    sentences=tuple(
        span(words)
        for words in (
            "Rebels shelled the town.",
            "The army answered.",
            "It rained.",
            "Then the shelling went on.",
        )
    ),
    proposals=(
        ProposalView(
            id="V1",
            span=span("shelled"),
            type=EventType.ASSAULT,
            status=Status.ACTUAL,
            roles={"actors": ("E1",), "recipients": ("E2",)},
        ),
        ProposalView(id="V2", span=span("shelling")),
    ),
    participants=(
        mention("Rebels", EntityKind.ARMED_GROUP, "E1"),
        mention("town", EntityKind.PLACE, "E2"),
        mention("army", EntityKind.MILITARY, None),
    ),
    relations=frozenset({(RelationType.SAME_AS, "V2", "V1")}),
)


def test_participants_stand_in_the_sentence_of_the_trigger_or_in_two_before() -> None:
    assert Layout(TASK).role_pairs().tolist() == [[0, 0], [0, 1], [1, 2]]


def test_a_role_is_told_in_numbers_of_one_length() -> None:
    layout = Layout(TASK)
    numbers = role_features(layout, layout.role_pairs())
    assert numbers.shape == (3, ROLE_COUNT)
    by_rules = numbers[:, -RULED_ROLE_COUNT:]
    assert by_rules[0].tolist() == [1, 1, 0, 0, 0, 0, 0, 1, 1]  # ruled; an actor; no place, speaker
    assert by_rules[1].tolist() == [1, 0, 1, 0, 0, 0, 0, 1, 1]
    assert by_rules[2].tolist() == [0] * RULED_ROLE_COUNT


def test_nobody_to_cast_gives_no_numbers() -> None:
    task = ReadingTask(
        text=TEXT,
        sentences=TASK.sentences,
        syntax=SYNTAX,
        proposals=TASK.proposals,
        participants=(),
    )
    layout = Layout(task)
    assert role_features(layout, layout.role_pairs()).shape == (0, ROLE_COUNT)


def test_a_pair_of_events_is_told_in_numbers_of_one_length() -> None:
    numbers = relation_features(Layout(TASK), [(0, 1)], [EventType.ASSAULT, EventType.ASSAULT])
    assert numbers.shape == (1, RELATION_COUNT)
    # three sentences apart, of one type, of one stem but not one word, the second "the shelling",
    # the first where the article begins
    assert numbers[0, :11].tolist() == [0, 0, 0, 1, 0, 1, 1, 0, 0, 1, 1]


def test_rules_mark_their_words() -> None:
    pieces = [(0, 6), (7, 14), (19, 23)]
    table = type_features(TASK.proposals, pieces)
    assert table.sum() == 1
    assert table[1, TYPES.index(EventType.ASSAULT)] == 1


def test_a_status_is_known_only_where_a_rule_gives_it() -> None:
    assert status_features(TASK).sum(axis=1).tolist() == [1, 0]


def test_words_between_do_not_depend_on_the_order() -> None:
    layout = Layout(TASK)
    one, other = layout.mentions[:1], layout.mentions[1:2]
    assert layout.words_between(one, other).tolist() == [2]
    assert np.array_equal(layout.words_between(one, other), layout.words_between(other, one))
