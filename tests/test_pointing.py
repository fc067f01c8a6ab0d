"""A noun that only points back tells again what was told before."""

import pytest

from kg.errors import ResourceError
from kg.extract import load_extractor
from kg.pointing import Anaphor, load_anaphors
from kg.records import Article, EventMention, Extraction
from kg.terms import EventType, RelationType

pytestmark = pytest.mark.model

ANAPHORS = tuple(load_anaphors().values())


def read(text: str) -> Extraction:
    article = Article(doc_id="a", text=text, published=None)
    return load_extractor(rules_only=True).extract(article)


def pointing(found: Extraction) -> list[EventMention]:
    return [event for event in found.events if event.rule.startswith("point.")]


@pytest.mark.parametrize("anaphor", ANAPHORS, ids=lambda item: item.id)
def test_example_points_back(anaphor: Anaphor) -> None:
    found = read(anaphor.example)
    (event,) = pointing(found)
    assert event.rule == anaphor.id
    assert (RelationType.SAME_AS, event.id) in {
        (item.type, item.source) for item in found.relations
    }


@pytest.mark.parametrize("anaphor", ANAPHORS, ids=lambda item: item.id)
def test_counterexample_does_not(anaphor: Anaphor) -> None:
    assert pointing(read(anaphor.absent)) == []


def test_it_points_beyond_its_own_sentence() -> None:
    text = "Gunmen attacked a convoy near Gao. Soldiers shelled a village after the incident."
    found = read(text)
    (event,) = pointing(found)
    names = {item.id: item.trigger.quote(text) for item in found.events}
    assert [names[item.target] for item in found.relations if item.source == event.id] == [
        "attacked"
    ]
    assert pointing(read("Gunmen attacked a convoy in the incident.")) == []


def test_its_day_is_that_of_what_it_points_to() -> None:
    found = read("Gunmen attacked a convoy. The council will discuss the incident on 5 May 2013.")
    assert pointing(found)[0].date is None


def test_an_unknown_type_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "x", "lemma": "x", "types": "ASAULT", "use": "", "example": "", "absent": ""}
    load_anaphors.cache_clear()
    monkeypatch.setattr("kg.pointing.read_tsv", lambda path, columns: [(2, row)])
    with pytest.raises(ResourceError, match=r":2: .*ASAULT"):
        load_anaphors()
    load_anaphors.cache_clear()


def test_an_owner_points_too_where_the_noun_allows_it() -> None:
    (event,) = pointing(read("The envoy visited Togo on Monday. Her trip was short."))
    assert event.type is EventType.CONSULT
    assert pointing(read("Gunmen attacked a convoy. Its incident room was full.")) == []
