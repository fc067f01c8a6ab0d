"""A plan that somebody says they will carry out commits them: to cooperate, to yield, to harm."""

import pytest

from kg.commitments import Commitment, load_commitments
from kg.errors import ResourceError
from kg.extract import load_extractor
from kg.nlp.cue_table import read_cues
from kg.records import Article, EventMention, Extraction
from kg.resources import data_path
from kg.terms import EventType, Status

pytestmark = pytest.mark.model

COMMITMENTS = load_commitments()


def read(text: str) -> Extraction:
    article = Article(doc_id="a", text=text, published=None)
    return load_extractor(rules_only=True).extract(article)


def committing(found: Extraction) -> list[EventMention]:
    return [event for event in found.events if event.rule.startswith("commit.")]


@pytest.mark.parametrize("commitment", COMMITMENTS, ids=lambda item: item.id)
def test_example_commits(commitment: Commitment) -> None:
    found = read(commitment.example)
    (event,) = committing(found)
    assert event.rule == commitment.id
    assert event.type is commitment.type
    assert event.status is Status.ACTUAL
    (deed,) = (item for item in found.events if item.status is Status.FUTURE)
    assert deed.type in commitment.deeds
    assert event.actors == deed.actors


@pytest.mark.parametrize("commitment", COMMITMENTS, ids=lambda item: item.id)
def test_counterexample_does_not(commitment: Commitment) -> None:
    assert committing(read(commitment.absent)) == []


def test_every_cue_is_in_the_table_of_cues() -> None:
    known = {cue.id for cue in read_cues(data_path("lexicon", "cues.tsv"))}
    assert {cue for commitment in COMMITMENTS for cue in commitment.cues} <= known


def test_its_words_are_those_that_commit() -> None:
    text = "The president will visit Cairo in May."
    (event,) = committing(read(text))
    assert event.trigger.quote(text) == "will"
    assert event.date is None


def test_all_to_whom_it_is_promised_take_part_in_one_commitment() -> None:
    text = "Macron will visit Cairo and meet King Abdullah."
    found = read(text)
    (event,) = committing(found)
    names = {item.id: item.name for item in found.entities}
    assert "Abdullah" in {names[whom] for whom in event.recipients}
    deeds = [item for item in found.events if item.status is Status.FUTURE]
    assert [item.type for item in deeds] == [EventType.CONSULT, EventType.CONSULT]


def test_who_announces_a_withdrawal_concedes_it() -> None:
    text = "Donald Trump announced that American troops would leave Syria."
    found = read(text)
    (event,) = committing(found)
    names = {item.id: item.name for item in found.entities}
    assert {names[name] for name in event.actors} == {"Donald Trump"}


def test_an_announcement_names_the_commitment() -> None:
    text = "Turkey announced that it would attack the town."
    (event,) = committing(read(text))
    assert event.trigger.quote(text) == "announced"


@pytest.mark.parametrize(
    "text",
    [
        "France said that Turkey would attack the town.",  # that is for Turkey to say
        "The rebels promised that they would release the hostages.",  # the verb tells it
        "The president will not visit Cairo.",
        "The president would visit Cairo if he were asked.",
        "The president may visit Cairo.",
        "The hostages will be released.",  # nobody commits themselves
        "The rebels said they would boycott the talks.",  # the deed is no talks
    ],
)
def test_nothing_is_added_without_a_commitment_of_its_own(text: str) -> None:
    assert committing(read(text)) == []


def test_an_unknown_type_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "x", "cues": "cue.will", "deeds": "ASAULT", "lemmas": "", "type": "AGREE"}
    load_commitments.cache_clear()
    monkeypatch.setattr(
        "kg.commitments.read_tsv", lambda path, columns: [(2, row | {"example": "", "absent": ""})]
    )
    with pytest.raises(ResourceError, match=r":2: .*ASAULT"):
        load_commitments()
    load_commitments.cache_clear()


@pytest.mark.parametrize(
    "text", ["The president will hold talks in May.", "The union will protest in May."]
)
def test_what_is_meant_for_nobody_commits_to_nothing(text: str) -> None:
    assert committing(read(text)) == []
