"""Persons are told by the office before their name, bodies by whose office they are."""

import pytest

from kg.extract import load_extractor
from kg.records import Article

pytestmark = pytest.mark.model


def _countries(text: str) -> dict[str, str | None]:
    found = load_extractor(rules_only=True).extract(Article(doc_id="a", text=text))
    return {entity.name: entity.country for entity in found.entities if entity.kind == "person"}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("British Defence Secretary Paul Lockham left Berlin.", "Paul Lockham", "GBR"),
        ("Niger's ambassador Brah Idrissa left Chad.", "Brah Idrissa", "NER"),
        ("President Obama praised Nigeria.", "Obama", "USA"),
        ("Mary Lockham left Berlin.", "Mary Lockham", None),
    ],
)
def test_the_office_before_a_name_tells_the_country(
    text: str, name: str, country: str | None
) -> None:
    assert _countries(text)[name] == country


def test_the_office_of_an_official_is_a_body() -> None:
    text = "The public prosecutor’s office opened an inquiry into the mayor."
    found = load_extractor(rules_only=True).extract(Article(doc_id="a", text=text))
    kinds = {entity.name: entity.kind for entity in found.entities}
    assert kinds["public prosecutor’s office"] == "court"
