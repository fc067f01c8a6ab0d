"""What a telling leaves unsaid is taken over only where the text asks for it."""

from datetime import date

import pytest

from kg.extract import load_extractor
from kg.records import Article, EventMention, Extraction

pytestmark = pytest.mark.model


def read(text: str, published: date | None = date(2019, 3, 14)) -> Extraction:
    return load_extractor(rules_only=True).extract(
        Article(doc_id="a", text=text, published=published)
    )


def told_by(found: Extraction, words: str) -> EventMention:
    return next(item for item in found.events if item.trigger.quote(found.article.text) == words)


def names(found: Extraction, ids: tuple[str, ...]) -> list[str]:
    return [entity.name for entity in found.entities if entity.id in ids]


def test_who_first_told_of_a_thing_is_credited_with_what_became_of_it() -> None:
    found = read(
        "Two police officers said that an old bus was parked near the market of Kano. "
        "The damaged bus was later seized."
    )
    assert names(found, told_by(found, "seized").attribution) == ["police officers"]


def test_what_is_known_otherwise_is_credited_to_nobody() -> None:
    found = read(
        "Soldiers found an old bus near the market of Kano. The damaged bus was later seized."
    )
    assert told_by(found, "seized").attribution == ()


def test_a_new_paragraph_ends_the_credit() -> None:
    found = read(
        "Two police officers said that an old bus was parked near the market of Kano.\n\n"
        "The damaged bus was later seized."
    )
    assert told_by(found, "seized").attribution == ()


def test_joined_events_share_the_day_counted_from() -> None:
    found = read(
        "Gunmen attacked the base on Tuesday. The attack came a day after the visit of Emmanuel "
        "Macron to Niger and his talks with Mahamadou Issoufou."
    )
    days = [told_by(found, words).date for words in ("visit", "talks")]
    assert [day.earliest for day in days if day] == [date(2019, 3, 11), date(2019, 3, 11)]


def test_the_state_that_an_agreement_is_called_after_is_the_other_party() -> None:
    found = read(
        "France welcomed the Iran nuclear deal, and Iran kept to it. "
        "The United States walked away from talks on the nuclear deal."
    )
    assert names(found, told_by(found, "walked away").recipients) == ["Iran"]


@pytest.mark.parametrize(
    ("text", "word", "recipients"),
    [
        ("Rebels threatened to shell Homs.", "threatened", ["Homs"]),
        ("Rebels threatened Chad that they would shell Homs.", "threatened", ["Chad"]),
        ("Chad agreed to help Mali.", "agreed", ["Mali"]),
    ],
)
def test_a_threat_or_promise_is_aimed_at_whom_its_content_befalls(
    text: str, word: str, recipients: list[str]
) -> None:
    found = read(text)
    assert names(found, told_by(found, word).recipients) == recipients
