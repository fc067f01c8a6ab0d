"""How sure the reader must be of a place depends on where the place is named."""

from dataclasses import replace
from datetime import date

import pytest

from kg.draft import Draft
from kg.extract import load_extractor
from kg.limits import PlaceLimit
from kg.placing import place_tellings
from kg.reading import Reading
from kg.records import Article

pytestmark = pytest.mark.model

LIMIT = PlaceLimit(keep=0.1, own=0.2, loose=0.5, other=0.8)
TEXT = (
    "Officials spoke in Bamako. Rebels shelled the army near Kidal, Mali, after soldiers "
    "were killed in Menaka."
)


@pytest.fixture(scope="module")
def draft() -> Draft:
    extractor = load_extractor(rules_only=True)
    article = Article(doc_id="a", text=TEXT, published=date(2013, 2, 11))
    return extractor.draft(article, extractor.nlp(TEXT))


def placed(draft: Draft, **scores: float) -> list[str]:
    """Return where the shelling happened, if the reader finds places as likely as told."""
    cast = draft.scene.cast
    ids = {cast.name_of(name): name for _, name in cast.participants() if name}
    bare = tuple(replace(item, event=replace(item.event, places=())) for item in draft.tellings)
    none: dict[str, dict[str, float]] = {"places": {}}
    shelled = next(item for item in bare if item.token.text == "shelled")
    roles = {item.event.id: dict(none) for item in bare}
    roles[shelled.event.id] = {"places": {ids[name]: score for name, score in scores.items()}}
    reading = Reading(types={}, statuses={}, roles=roles, relations=(), same={})
    found = place_tellings(bare, reading, draft.scene, LIMIT)
    event = next(item.event for item in found if item.event.id == shelled.event.id)
    return [cast.name_of(name) for name in event.places]


@pytest.mark.parametrize(
    ("name", "least"),
    [("Kidal", LIMIT.own), ("Menaka", LIMIT.other), ("Bamako", LIMIT.other)],
    ids=["in its phrase", "in the phrase of another event", "in an earlier sentence"],
)
def test_a_place_farther_off_must_be_likelier(draft: Draft, name: str, least: float) -> None:
    assert placed(draft, **{name: least})[:1] == [name]
    assert placed(draft, **{name: least - 0.05}) == []


def test_the_area_around_a_place_comes_with_it(draft: Draft) -> None:
    assert placed(draft, Kidal=0.9) == ["Kidal", "Mali"]


def test_a_second_place_must_be_likelier_if_it_stands_loosely(draft: Draft) -> None:
    text = "Officials in Niamey, who saw it, said rebels shelled the army in Kidal."
    extractor = load_extractor(rules_only=True)
    article = Article(doc_id="a", text=text, published=date(2013, 2, 11))
    told = extractor.draft(article, extractor.nlp(text))
    shelled = next(item for item in told.tellings if item.token.text == "shelled")
    ids = {
        told.scene.cast.name_of(name): name for _, name in told.scene.cast.participants() if name
    }

    def found(**scores: float) -> list[str]:
        roles = {
            item.event.id: {"places": {ids[name]: score for name, score in scores.items()}}
            for item in told.tellings
        }
        reading = Reading(types={}, statuses={}, roles=roles, relations=(), same={})
        events = place_tellings([shelled], reading, told.scene, LIMIT)
        return [told.scene.cast.name_of(name) for name in events[0].event.places]

    assert found(Kidal=0.9, Niamey=LIMIT.loose) == ["Kidal"]
    assert found(Kidal=0.9, Niamey=LIMIT.other) == ["Kidal", "Niamey"]
    assert found(Kidal=0.0, Niamey=LIMIT.loose) == ["Niamey"]


@pytest.mark.parametrize(
    "text",
    [
        "In some countries like Peru, where 38 reporters were murdered, the law is weak.",
        "Grave is the situation in Peru, where gunmen murdered two reporters.",
    ],
)
def test_what_a_where_clause_says_stays_however_unlikely(text: str) -> None:
    extractor = load_extractor(rules_only=True)
    draft = extractor.draft(Article(doc_id="a", text=text), extractor.nlp(text))
    cast = draft.scene.cast
    event = next(item.event for item in draft.tellings if item.token.text == "murdered")
    unlikely = dict.fromkeys(event.places, 0.0)
    roles = {item.event.id: {"places": unlikely} for item in draft.tellings}
    reading = Reading(types={}, statuses={}, roles=roles, relations=(), same={})
    found = place_tellings(draft.tellings, reading, draft.scene, LIMIT)
    kept = next(item.event.places for item in found if item.event.id == event.id)
    assert [cast.name_of(name) for name in kept] == ["Peru"]
