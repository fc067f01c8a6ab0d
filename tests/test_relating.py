"""A relation between entities is kept with its status and its speaker, as the text has it."""

import pytest

from kg.extract import load_extractor
from kg.records import Article, Extraction
from kg.terms import EntityKind, EntityRelationType, Status

pytestmark = [pytest.mark.model]

CASES = [
    ("Tehran-backed militias left Basra.", "Iran backs Tehran-backed militias", "actual, certain"),
    (
        "The allegedly Iran-backed militia left Basra.",
        "Iran backs allegedly Iran-backed militia",
        "actual, probable",
    ),
    (
        "If Iran-backed militias attack, Basra will fall.",
        "Iran backs Iran-backed militias",
        "actual, certain",
    ),
    (
        "If the rebels are backed by Iran, the talks will fail.",
        "Iran backs rebels",
        "hypothetical, certain",
    ),
    (
        "The US said the rebels are backed by Iran.",
        "Iran backs rebels",
        "actual, certain, said by United States",
    ),
    ("The group is believed to be backed by Iran.", "Iran backs group", "actual, probable"),
    ("The rebels once backed by Turkey left Kidal.", "Turkey backs rebels", "historical, certain"),
    ("Karim Saleh is not a member of Hamas.", "Karim Saleh part_of Hamas", "negated, certain"),
    ("Former Hamas leader Karim Saleh died.", "Karim Saleh leads Hamas", "historical, certain"),
    (
        "Anna Berger said Hamas leader Karim Saleh will resign.",
        "Karim Saleh leads Hamas",
        "actual, certain",
    ),
    (
        "“We trust Hamas leader Karim Saleh,” Anna Berger said.",
        "Karim Saleh leads Hamas",
        "actual, certain, said by Anna Berger",
    ),
    (
        "Former US president Donald Trump left.",
        "Donald Trump holds_office United States",
        "historical, certain",
    ),
    (
        "Hezbollah is based in Lebanon and is allied with Iran.",
        "Hezbollah allied_with Iran",
        "actual, certain",
    ),
]
"""Sentence, the relation of one type that it states, and how it is told."""


def extracted(text: str) -> Extraction:
    return load_extractor(rules_only=True).extract(Article(doc_id="x", text=text))


@pytest.mark.parametrize(("text", "wanted", "telling"), CASES)
def test_a_relation_is_told_as_the_text_tells_it(text: str, wanted: str, telling: str) -> None:
    extraction = extracted(text)
    names = {entity.id: entity.name for entity in extraction.entities}
    told = {
        f"{names[item.source]} {item.type} {names[item.target]}": item
        for item in extraction.entity_relations
    }
    assert wanted in told
    relation = told[wanted]
    speakers = " and ".join(names[name] for name in relation.attribution)
    said = f", said by {speakers}" if speakers else ""
    assert f"{relation.status}, {relation.certainty}{said}" == telling


def test_the_backer_of_nameless_militias_is_a_state_and_they_are_kept() -> None:
    extraction = extracted("Militias stayed at home. Tehran-backed militias left Basra.")
    kinds = {entity.name: entity.kind for entity in extraction.entities}
    assert kinds["Iran"] is EntityKind.STATE
    assert kinds["Tehran-backed militias"] is EntityKind.ARMED_GROUP


def test_a_seat_is_a_place() -> None:
    extraction = extracted("Hezbollah is based in Lebanon.")
    (relation,) = extraction.entity_relations
    assert relation.type is EntityRelationType.BASED_IN
    kinds = {entity.id: entity.kind for entity in extraction.entities}
    assert kinds[relation.target] is EntityKind.PLACE


def test_evidence_and_office_are_the_words_of_the_text() -> None:
    text = "On Friday the Turkish foreign minister, Hakan Fidan, arrived."
    (relation,) = extracted(text).entity_relations
    assert relation.evidence.quote(text) == "Turkish foreign minister, Hakan Fidan"
    assert relation.sentence.quote(text) == text
    assert relation.role == "foreign minister"
    assert relation.status is Status.ACTUAL


def test_who_are_meant_together_each_have_the_relation() -> None:
    extraction = extracted("Ann Lee and Bo Dahl met in Lome. They lead the Ansar movement.")
    names = {entity.id: entity.name for entity in extraction.entities}
    leading = {names[relation.source] for relation in extraction.entity_relations}
    assert leading == {"Ann Lee", "Bo Dahl"}
    assert "Ann Lee and Bo Dahl" not in names.values()
