"""What common expressions of time mean, read with the shipped pipeline.

``dates.tsv`` has a row for each: a text, its day of publication or nothing, the expression found in
it, and the days and grain that it names, or nothing where it names none.
"""

from datetime import date
from pathlib import Path

import pytest

from kg.extract import load_extractor
from kg.nlp.time import find_times
from kg.resources import read_tsv

pytestmark = pytest.mark.model

COLUMNS = ("text", "published", "expression", "earliest", "latest", "grain")
ROWS = [row for _, row in read_tsv(Path(__file__).with_name("dates.tsv"), COLUMNS)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["expression"] + row["published"])
def test_expression(row: dict[str, str]) -> None:
    published = date.fromisoformat(row["published"]) if row["published"] else None
    doc = load_extractor(rules_only=True).nlp(row["text"])
    by_text = {time.text: time.interval for time in find_times(doc, published=published)}
    assert row["expression"] in by_text
    interval = by_text[row["expression"]]
    if not row["earliest"]:
        assert interval is None
        return
    assert interval is not None
    found = (interval.earliest.isoformat(), interval.latest.isoformat(), interval.grain.value)
    assert found == (row["earliest"], row["latest"], row["grain"])
    assert row["expression"] in interval.derivation
    if interval.anchor is not None:
        assert interval.anchor == f"published {row['published']}"
