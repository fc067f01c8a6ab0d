"""Each cue of a relation between events fires in its example and not in its counterexample."""

import re
from datetime import date
from functools import cache

import pytest

from kg.errors import ResourceError
from kg.events.relation_cues import RelationCue, load_relation_cues
from kg.extract import load_extractor
from kg.records import Article, Extraction
from kg.terms import RelationType

pytestmark = pytest.mark.model

CUES = load_relation_cues()
_ANSWERS = {RelationType.RETALIATION_FOR, RelationType.RESPONSE_TO}


@cache
def read(text: str) -> Extraction:
    """Return what a text without a date says."""
    return load_extractor(rules_only=True).extract(Article(doc_id="case", text=text))


def fires(cue: RelationCue, text: str) -> bool:
    """Tell whether a relation of the cue's kind rests on words that hold the cue."""
    wanted = _ANSWERS if cue.type in _ANSWERS else {cue.type}
    begin = cue.lemma[:2]  # "led" for "lead"
    return any(
        relation.type in wanted and re.search(rf"(?i)\b{begin}", relation.evidence.quote(text))
        for relation in read(text).relations
    )


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_example_fires(cue: RelationCue) -> None:
    assert fires(cue, cue.example)


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_counterexample_does_not(cue: RelationCue) -> None:
    assert not fires(cue, cue.absent)


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_reversed_relations_begin_with_the_second_event(cue: RelationCue) -> None:
    text = cue.example
    if not cue.is_reversed:
        return
    by_id = {event.id: event for event in read(text).events}
    relation = next(item for item in read(text).relations if item.type is cue.type)
    assert by_id[relation.source].trigger > by_id[relation.target].trigger


@pytest.mark.parametrize(
    ("column", "value"),
    [("construction", "nuon"), ("type", "cause"), ("asks", "real"), ("types", "ASAULT > ")],
)
def test_an_unknown_value_is_refused(
    monkeypatch: pytest.MonkeyPatch, column: str, value: str
) -> None:
    row = {"id": "x", "construction": "noun", "lemma": "x", "word": "", "type": "caused"}
    row |= {"asks": "", "types": "", "example": "", "absent": ""} | {column: value}
    load_relation_cues.cache_clear()
    monkeypatch.setattr("kg.events.relation_cues.read_tsv", lambda path, columns: [(2, row)])
    with pytest.raises(ResourceError, match=f":2: .*{value.removesuffix(' > ')}"):
        load_relation_cues()
    load_relation_cues.cache_clear()


@pytest.mark.parametrize(
    ("earlier", "later", "expected"), [("Monday", "Tuesday", True), ("Tuesday", "Monday", False)]
)
def test_a_cause_is_not_later_than_its_effect(*, earlier: str, later: str, expected: bool) -> None:
    text = f"The shelling of Arlit on {earlier} led to the attack on Gao on {later}."
    article = Article(doc_id="case", text=text, published=date(2021, 7, 1))
    relations = load_extractor(rules_only=True).extract(article).relations
    assert any(item.type is RelationType.CAUSED for item in relations) is expected


def test_what_is_answered_may_be_the_subject_of_the_answer() -> None:
    text = "The raid on Gao was answered with air strikes. Any assault will be answered with force."
    found = read(text)
    words = {event.id: event.trigger.quote(text) for event in found.events}
    answers = {
        (words[item.source], words[item.target])
        for item in found.relations
        if item.type is RelationType.RETALIATION_FOR
    }
    assert answers == {("strikes", "raid"), ("force", "assault")}


@pytest.mark.parametrize(
    ("text", "is_condition"),
    [
        ("If a deal is reached, Niger will release the hostages.", True),
        ("Niger will release the hostages once the war has been ended.", False),
    ],
)
def test_what_is_reached_may_be_a_condition(text: str, is_condition: bool) -> None:
    types = {relation.type for relation in read(text).relations}
    assert (RelationType.PRECONDITION_FOR in types) is is_condition


def test_an_event_that_moves_somebody_causes_what_they_do() -> None:
    text = "The attack on Togo persuaded Chad to withdraw its troops."
    words = {event.id: event.trigger.quote(text) for event in read(text).events}
    (relation,) = read(text).relations
    assert (words[relation.source], words[relation.target]) == ("attack", "withdraw")


@pytest.mark.parametrize(
    "text",
    [
        "The strikes were in retaliation for rebel attacks on the army.",
        "Jets bombed the rebels and the army in retaliation for a rebel attack on the army.",
    ],
)
def test_retaliation_is_aimed_at_who_attacked_not_at_who_was_attacked(text: str) -> None:
    found = read(text)
    names = {item.id: item.name for item in found.entities}
    assert {names[name].rstrip("s") for name in found.events[0].recipients} == {"rebel"}
