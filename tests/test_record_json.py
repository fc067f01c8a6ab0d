"""The article record: written and read back without loss; what is no record is told."""

import json
from typing import Any

import pytest
from hypothesis import given

from kg.errors import InputError
from kg.record_json import from_record, to_line, to_record
from kg.records import Extraction
from kg.terms import EntityRelationType
from tests.factory import make_entity_relation, make_event, make_extraction, on_day
from tests.strategies import extractions


@given(extractions())
def test_a_record_is_read_back_as_it_was(extraction: Extraction) -> None:
    line = to_line(extraction)

    assert "\n" not in line
    assert from_record(json.loads(line)) == extraction
    assert to_line(from_record(json.loads(line))) == line


def test_a_record_has_the_documented_fields_in_their_order() -> None:
    event = make_event(actors=("E1",), recipients=("E2",), date=on_day("2024-04-20"))
    record = to_record(make_extraction(events=(event,)))

    assert list(record) == [
        *("doc_id", "published", "title", "url", "publisher", "text"),
        *("entities", "events", "relations", "entity_relations", "problems"),
    ]
    assert [key for key in record["entities"][0] if key != "role"] == [
        *("id", "name", "kind", "iri", "country", "sector"),
        *("wikidata", "geonames", "lat", "lon", "precision", "located_by", "mentions"),
    ]
    assert list(record["events"][0]) == [
        *("id", "type", "mode", "trigger", "sentence", "actors", "recipients", "places"),
        *("weapons", "date", "date_text", "status", "polarity", "certainty", "attribution"),
        *("casualties", "contexts", "confidence", "rule", "quantities"),
    ]
    assert record["entities"][0]["mentions"] == [{"start": 0, "end": 7, "level": "name"}]
    assert record["events"][0]["date"]["from"] == "2024-04-20"


def test_a_relation_between_entities_has_its_fields() -> None:
    text = "Militia spokesman Karim Saleh denied it."
    relation = make_entity_relation(
        EntityRelationType.SPOKESPERSON_FOR,
        "E2",
        "E1",
        words=text[:29],
        text=text,
        role="spokesman",
    )
    record = to_record(make_extraction(text, events=(), entity_relations=(relation,)))
    (item,) = record["entity_relations"]
    assert list(item) == [
        *("type", "from", "to", "role", "evidence", "sentence", "status", "polarity"),
        *("certainty", "attribution", "confidence", "rule"),
    ]
    assert (item["type"], item["from"], item["to"]) == ("spokesperson_for", "E2", "E1")
    assert item["evidence"] == {"start": 0, "end": 29}


def test_a_record_without_relations_between_entities_is_read() -> None:
    record = to_record(make_extraction())
    del record["entity_relations"]
    assert from_record(record) == from_record(to_record(make_extraction()))


@pytest.mark.parametrize(
    "change",
    [{"text": None}, {"published": "soon"}, {"events": [{}]}, {"entities": [{"id": "E1"}]}],
)
def test_what_is_no_record_is_told(change: dict[str, Any]) -> None:
    record = to_record(make_extraction()) | change
    if record["text"] is None:
        del record["text"]
    with pytest.raises(InputError, match=r"^r\.jsonl:3: not an article record \(.*'kg extract'\.$"):
        from_record(record, source="r.jsonl:3")
