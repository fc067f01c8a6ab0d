"""The graph of the sample articles holds what a careful reader finds, and nothing beyond.

The statements stand in ``tests/cases/samples.toml``, in words that an analyst can read.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDFS

from kg.articles import read_articles
from kg.extract import load_extractor
from kg.namespaces import TERMS
from kg.rdf.mapping import to_quads
from kg.records import Article, Entity, EventMention, Extraction

pytestmark = pytest.mark.model

ROOT = Path(__file__).parent.parent
CASES = tomllib.loads((ROOT / "tests/cases/samples.toml").read_text(encoding="utf-8"))

Case = dict[str, Any]


@cache
def extraction(name: str) -> Extraction:
    """Return what the sample article of this name says."""
    read = list(read_articles([ROOT / "examples/articles" / f"{name}.txt"]))
    articles = [item for item in read if isinstance(item, Article)]
    return load_extractor().extract(articles[0])


@cache
def edges(name: str) -> frozenset[tuple[str, str, str]]:
    """Return the direct edges of an article's graph: subject IRI, property, object IRI."""
    quads = list(to_quads(extraction(name)))
    things = {entity.iri for entity in extraction(name).entities}
    return frozenset(
        (str(subject), str(predicate).removeprefix(TERMS), str(value))
        for subject, predicate, value, _ in quads
        if str(subject) in things and str(value) in things and predicate != RDFS.label
    )


def words_for(entity: Entity, text: str) -> set[str]:
    """Return all that an entity is called, lower-case."""
    called = {mention.span.quote(text) for mention in entity.mentions} | {entity.name}
    return {" ".join(words.lower().split()) for words in called}


def is_called(entity: Entity, words: str, text: str) -> bool:
    return any(words.lower() in called for called in words_for(entity, text))


def is_among(found: Extraction, ids: tuple[str, ...], words: str) -> bool:
    if words == "nobody":
        return not ids
    by_id = {entity.id: entity for entity in found.entities}
    return any(is_called(by_id[name], words, found.article.text) for name in ids)


def fits(case: Case, event: EventMention, found: Extraction) -> Iterator[tuple[str, bool]]:
    """Yield each thing that a case demands of an event, and whether it is so."""
    trigger = " ".join(event.trigger.quote(found.article.text).split())
    yield "trigger", trigger in case["trigger"]
    yield "type", event.type == case["type"]
    for key, ids in (
        ("actor", event.actors),
        ("recipient", event.recipients),
        ("place", event.places),
        ("weapon", event.weapons),
    ):
        if key in case:
            yield key, is_among(found, ids, case[key])
    for words in case.get("said_by", ()):
        yield f"said by {words}", is_among(found, event.attribution, words)
    for key in ("status", "certainty"):
        if key in case:
            yield key, getattr(event, key) == case[key]
    for key in ("killed", "injured"):
        if key in case:
            harm = event.casualties
            yield key, harm is not None and getattr(harm, key) == case[key]
    if "from" in case:
        date = event.date
        yield (
            "date",
            date is not None
            and (date.earliest.isoformat(), date.latest.isoformat()) == (case["from"], case["to"]),
        )
    if "edge" in case:
        by_id = {entity.id: entity for entity in found.entities}
        drawn = edges(case["article"])
        yield (
            f"edge {case['edge']}",
            any(
                (by_id[actor].iri, case["edge"], by_id[recipient].iri) in drawn
                for actor in event.actors
                for recipient in event.recipients
            ),
        )


def says(case: Case) -> str:
    return str(case["says"])


@pytest.mark.parametrize("case", CASES["event"], ids=says)
def test_event(case: Case) -> None:
    found = extraction(case["article"])
    near = []
    for event in found.events:
        demands = dict(fits(case, event, found))
        if all(demands.values()):
            return
        if demands["trigger"] and demands["type"]:
            missing = ", ".join(name for name, is_so in demands.items() if not is_so)
            near.append(f"{event.id} lacks {missing}")
    pytest.fail(f"{case['says']} Nearest: {'; '.join(near) or 'no event with this trigger'}.")


@pytest.mark.parametrize("case", CASES["relation"], ids=says)
def test_relation(case: Case) -> None:
    found = extraction(case["article"])
    first = {event.id: event.id for event in found.events}
    for relation in found.relations:
        if relation.type == "same_as":
            first[relation.source] = first[relation.target]
    words: dict[str, set[str]] = {}
    for event in found.events:
        words.setdefault(first[event.id], set()).add(event.trigger.quote(found.article.text))
    stated = {
        (relation.type.value, source, target)
        for relation in found.relations
        for source in words[first[relation.source]]
        for target in words[first[relation.target]]
    }
    assert (case["type"], case["from"], case["to"]) in stated


@pytest.mark.parametrize("case", CASES["no_edge"], ids=says)
def test_no_edge(case: Case) -> None:
    found = extraction(case["article"])

    def named(words: str) -> set[str] | None:
        if words == "anything":
            return None
        text = found.article.text
        return {entity.iri for entity in found.entities if words.lower() in words_for(entity, text)}

    subjects, objects = named(case["subject"]), named(case["object"])
    wrong = [
        (subject, value)
        for subject, edge, value in edges(case["article"])
        if edge == case["property"]
        and (subjects is None or subject in subjects)
        and (objects is None or value in objects)
    ]
    assert not wrong


@pytest.mark.parametrize("case", CASES["no_event"], ids=says)
def test_no_event(case: Case) -> None:
    found = extraction(case["article"])
    text = found.article.text
    start = text.index(case["within"])
    line_end = text.index("\n", start)
    told = [event.id for event in found.events if start <= event.trigger.start < line_end]
    assert not told


@pytest.mark.parametrize("name", sorted({case["article"] for case in CASES["event"]}))
def test_every_event_has_its_sentence(name: str) -> None:
    found = extraction(name)
    for event in found.events:
        sentence = event.sentence.quote(found.article.text)
        assert event.trigger.quote(found.article.text) in sentence
