"""The article record: written and read back without loss; what is no record is told."""

import json
from typing import Any

import pytest
from hypothesis import given

from kg.errors import InputError
from kg.record_json import from_record, to_line, to_record
from kg.records import Extraction
from tests.factory import make_event, make_extraction, on_day
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
        *("entities", "events", "relations", "problems"),
    ]
    assert [key for key in record["entities"][0] if key != "role"] == [
        *("id", "name", "kind", "iri", "country", "sector"),
        *("wikidata", "geonames", "lat", "lon", "mentions"),
    ]
    assert list(record["events"][0]) == [
        *("id", "type", "mode", "trigger", "sentence", "actors", "recipients", "places"),
        *("weapons", "date", "date_text", "status", "polarity", "certainty", "attribution"),
        *("casualties", "contexts", "confidence", "rule"),
    ]
    assert record["entities"][0]["mentions"] == [{"start": 0, "end": 7, "level": "name"}]
    assert record["events"][0]["date"]["from"] == "2024-04-20"


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
