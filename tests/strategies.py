"""Hypothesis strategies for extractions: small worlds in which events collide often."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, permutations
from typing import Any

from hypothesis import strategies as st

from kg.namespaces import entity_iri
from kg.records import (
    Article,
    Casualties,
    CharSpan,
    DateInterval,
    Entity,
    EntityMention,
    EntityRelation,
    EventMention,
    EventRelation,
    Extraction,
    Quantity,
)
from kg.taxonomy import taxonomy
from kg.terms import (
    Certainty,
    EntityKind,
    EntityRelationType,
    EventType,
    Grain,
    MentionLevel,
    Polarity,
    QuantityKind,
    RelationType,
    Status,
)

LAW = 25
"""Examples for each law: a graph takes time to build and to compare."""

CAST = (
    ("Iraq", EntityKind.STATE, "wikidata:Q796"),
    ("Kataib Hezbollah", EntityKind.ARMED_GROUP, None),
    ("Joe Biden", EntityKind.PERSON, "wikidata:Q6279"),
    ("Rumalin", EntityKind.PLACE, "geonames:166706"),
    ("Green Village", EntityKind.FACILITY, None),
    ("rockets", EntityKind.WEAPON, None),
)
TEXTS = (
    "Militia “attacked” a base \\ near Zürich.\nNobody died, 7 were hurt.",
    "Ein\ttext mit \U0001f680 Raketen and more words so that it differs from the others.",
    "short",
)
TYPES = (*[EventType.ASSAULT] * 3, EventType.CONSULT, EventType.RETREAT)
DAYS = ((0, 0), (1, 1), (0, 1), (1, 2))
PUBLISHERS = (None, "Daily Gazette", "Evening Post")


def spans(text: str) -> st.SearchStrategy[CharSpan]:
    """Stretches of ``text`` that hold something, among a few."""
    marks = sorted({0, 3, len(text) // 3, len(text) // 2, len(text) - 1, len(text)})
    pairs = [(start, end) for start in marks for end in marks if start < end]
    return st.sampled_from([CharSpan(start=start, end=end) for start, end in pairs])


def entity_ids() -> st.SearchStrategy[tuple[str, ...]]:
    """Up to two different entities of the cast, the militia and the base more often."""
    names = [f"E{number}" for number in range(1, len(CAST) + 1)]
    often = [("E2",), ("E5",), ("E2", "E5")] * 5
    return st.sampled_from([*often, (), *combinations(names, 1), *permutations(names, 2)])


def intervals() -> st.SearchStrategy[DateInterval]:
    """One of few days, or two days."""
    first = date(2024, 4, 20)
    days = [(first + timedelta(days=a), first + timedelta(days=b)) for a, b in DAYS]
    return st.sampled_from(
        [
            DateInterval(earliest=earliest, latest=latest, grain=grain, derivation="drawn")
            for earliest, latest in days
            for grain in (Grain.DAY, Grain.SPAN)
        ]
    )


@st.composite
def events(draw: st.DrawFn, text: str) -> EventMention:
    """An event mention over the cast."""
    event_type = draw(st.sampled_from(TYPES))
    modes = [*[None] * 20, *taxonomy().types[event_type].modes]
    counts = [None, *(Casualties(killed=n, injured=m) for n, m in ((0, 0), (3, None), (None, 2)))]
    return EventMention(
        id="V1",
        type=event_type,
        mode=draw(st.sampled_from(modes)),
        trigger=draw(spans(text)),
        sentence=draw(spans(text)),
        actors=draw(entity_ids()),
        recipients=draw(entity_ids()),
        places=draw(entity_ids()),
        weapons=draw(entity_ids()),
        date=draw(intervals()),
        date_text=None,
        status=draw(st.sampled_from([*[Status.ACTUAL] * 6, *Status])),
        polarity=draw(st.sampled_from([*[Polarity.POSITIVE] * 3, *Polarity])),
        certainty=draw(st.sampled_from(Certainty)),
        attribution=draw(entity_ids()),
        casualties=draw(st.sampled_from(counts)),
        contexts=(),
        confidence=draw(st.sampled_from([0.0, 0.5, 0.87, 1.0])),
        rule="rule.drawn",
        quantities=tuple(draw(st.lists(quantities(), max_size=2))),
    )


def quantities() -> st.SearchStrategy[Quantity]:
    """A count of one kind, exact or bounded on one side or both, of a group or of nobody named."""
    return st.sampled_from(
        [
            Quantity(
                kind=kind, number=number, low=low, high=high, unit=unit, group=group, text=text
            )
            for kind in QuantityKind
            for number, low, high, unit, group, text in (
                (5, 5, 5, "person", "E2", "five rebels"),
                (5, 5, None, "person", None, "at least five"),
                (24, None, 24, "person", "E5", "up to 24"),
                (None, 24, None, "person", "E2", "dozens"),
                (30, 27, 33, "family", None, "about 30 families"),
            )
        ]
    )


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """An extraction of up to four event mentions with relations between them."""
    text = draw(st.sampled_from(TEXTS))
    count = draw(st.integers(0, 4))
    return _extraction(draw, "a1", text, [draw(events(text)) for _ in range(count)])


@st.composite
def article_sets(draw: st.DrawFn) -> tuple[Extraction, ...]:
    """Two or three articles that tell of the same one to three events, each in its own way."""
    happenings = [draw(events(TEXTS[0])) for _ in range(draw(st.integers(1, 3)))]
    no_change: dict[str, Any] = {}
    changes = st.sampled_from(
        [
            no_change,
            no_change,
            no_change,
            {"polarity": Polarity.NEGATIVE},
            {"status": Status.FUTURE},
            {"date": None},
            {"actors": ("E3",)},
            {"casualties": Casualties(killed=9)},
        ]
    )
    articles = []
    for number in range(draw(st.integers(2, 3))):
        text = draw(st.sampled_from(TEXTS))
        told = [
            replace(
                happening, **draw(changes), trigger=draw(spans(text)), sentence=draw(spans(text))
            )
            for happening in happenings
            if draw(st.integers(0, 4))
        ]
        articles.append(_extraction(draw, f"a{number}", text, told))
    return tuple(articles)


@st.composite
def entity_relations(draw: st.DrawFn, text: str) -> EntityRelation:
    """A relation between two entities of the cast, often the same two."""
    source, target = draw(st.sampled_from([("E1", "E2"), ("E3", "E2"), ("E2", "E3"), ("E2", "E2")]))
    return EntityRelation(
        type=draw(st.sampled_from(EntityRelationType)),
        source=source,
        target=target,
        evidence=draw(spans(text)),
        sentence=draw(spans(text)),
        role=draw(st.sampled_from([None, "foreign minister"])),
        status=draw(st.sampled_from([*[Status.ACTUAL] * 3, *Status])),
        polarity=draw(st.sampled_from([*[Polarity.POSITIVE] * 3, *Polarity])),
        certainty=draw(st.sampled_from(Certainty)),
        attribution=draw(entity_ids()),
        confidence=draw(st.sampled_from([0.0, 0.5, 1.0])),
        rule="rule.drawn",
    )


def _extraction(
    draw: st.DrawFn, doc_id: str, text: str, told: Sequence[EventMention]
) -> Extraction:
    mentioned = tuple(replace(event, id=f"V{n}") for n, event in enumerate(told, start=1))
    ids = [event.id for event in mentioned]
    relations = st.builds(
        EventRelation,
        type=st.sampled_from([RelationType.SAME_AS, *RelationType]),
        source=st.sampled_from(ids or ["V1"]),
        target=st.sampled_from(ids or ["V1"]),
        evidence=spans(text),
    )
    return Extraction(
        article=Article(
            doc_id=doc_id,
            text=text,
            publisher=draw(st.sampled_from(PUBLISHERS)),
            published=date(2024, 4, 22),
        ),
        entities=tuple(
            _entity(number, *known, doc_id=doc_id) for number, known in enumerate(CAST, start=1)
        ),
        events=mentioned,
        relations=tuple(draw(st.lists(relations, max_size=2)) if ids else ()),
        entity_relations=tuple(draw(st.lists(entity_relations(text), max_size=2))),
    )


def _entity(
    number: int, name: str, kind: EntityKind, curated: str | None, *, doc_id: str
) -> Entity:
    scope = doc_id if name.islower() else None
    return Entity(
        id=f"E{number}",
        name=name,
        kind=kind,
        iri=entity_iri(kind=kind, name=name, curated=curated, doc_id=scope),
        mentions=(EntityMention(span=CharSpan(start=0, end=1), level=MentionLevel.NAME),),
    )
