"""Which day an event has that is dated beside another, or not at all.

``event_dates.tsv`` has a row for each: a text published on 24 April 2024, the last trigger of these
words in it, its days, grain and anchor, or nothing where the text gives none.
"""

from datetime import date
from pathlib import Path

import pytest

from kg.extract import load_extractor
from kg.records import Article, EventMention
from kg.resources import read_tsv
from kg.terms import Status

pytestmark = pytest.mark.model

COLUMNS = ("text", "trigger", "earliest", "latest", "grain", "anchor")
ROWS = [row for _, row in read_tsv(Path(__file__).with_name("event_dates.tsv"), COLUMNS)]
WEDNESDAY = date(2024, 4, 24)


def told_by(text: str, words: str, published: date | None) -> EventMention:
    article = Article(doc_id="a", text=text, published=published)
    found = load_extractor(rules_only=True).extract(article)
    return [item for item in found.events if item.trigger.quote(text) == words][-1]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_event(row: dict[str, str]) -> None:
    interval = told_by(row["text"], row["trigger"], WEDNESDAY).date
    if not row["earliest"]:
        assert interval is None
        return
    assert interval is not None
    assert (
        interval.earliest.isoformat(),
        interval.latest.isoformat(),
        interval.grain.value,
        interval.anchor or "",
    ) == (row["earliest"], row["latest"], row["grain"], row["anchor"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_in_an_undated_article_only_full_dates_date_events(row: dict[str, str]) -> None:
    interval = told_by(row["text"], row["trigger"], None).date
    is_full = any(year in row["text"] for year in ("2016", "2024"))
    assert is_full or interval is None


def test_the_derivation_tells_expression_and_event() -> None:
    text = "Jets bombed Aleppo on Monday. Rebels attacked the base two days after the bombing."
    interval = told_by(text, "attacked", WEDNESDAY).date
    assert interval is not None
    assert interval.derivation == "'two days after', event 2024-04-22: counted from then"


@pytest.mark.parametrize(("year", "status"), [("2011", Status.HISTORICAL), ("2024", Status.ACTUAL)])
def test_what_is_dated_by_its_other_telling_is_as_old(year: str, status: Status) -> None:
    text = f"Chad shelled the port in March {year}. The shelling of the port killed ten men."
    assert told_by(text, "shelling", WEDNESDAY).status is status
