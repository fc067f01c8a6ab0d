"""Two invented articles about an invented war, as a graph that tests can ask.

The first says who attacked the base, but quotes television with another name and another count
of dead; the second names nobody and counts three.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kg.merge.assemble import assemble
from kg.namespaces import Quad, article_graph_iri, entity_iri
from kg.rdf.mapping import to_quads
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
from kg.store import open_store
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
from tests.factory import on_day

HOSTILE = 'Group "X" <script>alert(1)</script> \\ \x1b[31m } UNION { ?s ?p ?o } # &amp; é'
"""A name that tries to break out of whatever shows it."""

_FIRST = (
    "Red Banner militants attacked the Dry Well base near Ostan on Monday.",
    "General Ivo Marn said two soldiers were killed and none was injured.",
    "The army shelled Red Banner on Tuesday in response to the attack.",
    "President Lena Vask met Prime Minister Omar Tell in Ostan on Tuesday.",
    "Marn denied that the army had attacked the market.",
    f"{HOSTILE} helped Red Banner.",
    "State television said that Blue Banner attacked the base, killing five.",
    "Blue Banner is backed by Red Banner, State television said.",
    "Ivo Marn, who commands the army, is no friend of Blue Banner.",
)
_SECOND = (
    "Red Banner threatened the army on Saturday.",
    "Rockets hit the Dry Well base on Monday, killing at least three soldiers, Marn said.",
    "A bomb exploded at the market on Wednesday.",
    "Vask will visit Omar Tell next week.",
    "Vask and Tell talked by telephone on Tuesday.",
    "The former chief of the army, Marn, is not a member of Red Banner.",
)

_NAMES: dict[str, tuple[str, EntityKind, str | None]] = {
    "banner": ("Red Banner", EntityKind.ARMED_GROUP, "OST"),
    "base": ("Dry Well base", EntityKind.FACILITY, "OST"),
    "town": ("Ostan", EntityKind.PLACE, "OST"),
    "army": ("army", EntityKind.MILITARY, "OST"),
    "marn": ("Ivo Marn", EntityKind.PERSON, "OST"),
    "vask": ("Lena Vask", EntityKind.PERSON, "OST"),
    "tell": ("Omar Tell", EntityKind.PERSON, "TEL"),
    "market": ("market", EntityKind.FACILITY, "OST"),
    "hostile": (HOSTILE, EntityKind.OTHER, None),
    "blue": ("Blue Banner", EntityKind.ARMED_GROUP, "OST"),
    "television": ("State television", EntityKind.MEDIA, "OST"),
}


def _entity(key: str, text: str) -> Entity:
    name, kind, country = _NAMES[key]
    written = next(part for part in (name, name.split()[-1]) if part in text)
    start = text.index(written)
    span = CharSpan(start=start, end=start + len(written))
    return Entity(
        id=key,
        name=name,
        kind=kind,
        iri=entity_iri(kind=kind, name=name, country=country),
        country=country,
        mentions=(EntityMention(span=span, level=MentionLevel.NAME),),
    )


def _event(
    id: str, type: EventType, sentence: str, trigger: str, text: str, **values: Any
) -> EventMention:
    start = text.index(sentence)
    trigger_char = text.index(trigger, start)
    plain: dict[str, Any] = {
        "mode": None,
        "actors": (),
        "recipients": (),
        "places": (),
        "weapons": (),
        "date": None,
        "date_text": None,
        "status": Status.ACTUAL,
        "polarity": Polarity.POSITIVE,
        "certainty": Certainty.CERTAIN,
        "attribution": (),
        "casualties": None,
        "contexts": (),
        "confidence": 0.9,
        "rule": "rule.test",
    }
    return EventMention(
        id=id,
        type=type,
        trigger=CharSpan(start=trigger_char, end=trigger_char + len(trigger)),
        sentence=CharSpan(start=start, end=start + len(sentence)),
        **(plain | values),
    )


def _dead(low: int, high: int | None, words: str) -> Quantity:
    return Quantity(
        kind=QuantityKind.KILLED,
        number=low,
        low=low,
        high=high,
        unit="person",
        group=None,
        text=words,
    )


def _tie(
    type: EntityRelationType, source: str, target: str, words: str, text: str, **values: Any
) -> EntityRelation:
    start = text.index(words)
    sentence = next(part for part in (*_FIRST, *_SECOND) if words in part)
    first = text.index(sentence)
    plain: dict[str, Any] = {
        "role": None,
        "status": Status.ACTUAL,
        "polarity": Polarity.POSITIVE,
        "certainty": Certainty.CERTAIN,
        "attribution": (),
        "confidence": 0.9,
        "rule": "tie.test",
    }
    return EntityRelation(
        type=type,
        source=source,
        target=target,
        evidence=CharSpan(start=start, end=start + len(words)),
        sentence=CharSpan(start=first, end=first + len(sentence)),
        **(plain | values),
    )


def _relation(
    type: RelationType, source: str, target: str, sentence: str, text: str
) -> EventRelation:
    start = text.index(sentence)
    span = CharSpan(start=start, end=start + len(sentence))
    return EventRelation(type=type, source=source, target=target, evidence=span)


def first_article() -> Extraction:
    text = " ".join(_FIRST)
    monday, tuesday = on_day("2024-03-04"), on_day("2024-03-05")
    attack, dead, shelling, meeting, denial, help_, other, _, _ = _FIRST
    parties = {"actors": ("banner",), "recipients": ("base",), "places": ("town",)}
    return Extraction(
        article=Article(
            doc_id="first",
            text=text,
            title="Base attacked",
            publisher="The Northern Herald",
            published=on_day("2024-03-06").earliest,
        ),
        entities=tuple(_entity(key, text) for key in _NAMES),
        events=(
            _event("V1", EventType.ASSAULT, attack, "attacked", text, date=monday, **parties),
            _event(
                "V2",
                EventType.ASSAULT,
                dead,
                "killed",
                text,
                recipients=("base",),
                attribution=("marn",),
                casualties=Casualties(killed=2, injured=0),
                quantities=(_dead(2, 2, "two soldiers"),),
                date=monday,
            ),
            _event(
                "V3",
                EventType.ASSAULT,
                shelling,
                "shelled",
                text,
                mode="heavy-weapons",
                actors=("army",),
                recipients=("banner",),
                date=tuesday,
            ),
            _event(
                "V4",
                EventType.CONSULT,
                meeting,
                "met",
                text,
                actors=("vask", "tell"),
                places=("town",),
                date=tuesday,
            ),
            _event(
                "V5",
                EventType.ASSAULT,
                denial,
                "attacked",
                text,
                actors=("army",),
                recipients=("market",),
                status=Status.NEGATED,
                polarity=Polarity.NEGATIVE,
                attribution=("marn",),
            ),
            _event(
                "V6",
                EventType.AID,
                help_,
                "helped",
                text,
                actors=("hostile",),
                recipients=("banner",),
                certainty=Certainty.PROBABLE,
            ),
            _event(
                "V7",
                EventType.ASSAULT,
                other,
                "attacked",
                text,
                actors=("blue",),
                recipients=("base",),
                attribution=("television",),
                casualties=Casualties(killed=5),
                date=monday,
            ),
        ),
        relations=(
            _relation(RelationType.SAME_AS, "V2", "V1", dead, text),
            _relation(RelationType.SAME_AS, "V7", "V1", other, text),
            _relation(RelationType.RETALIATION_FOR, "V3", "V1", shelling, text),
        ),
        entity_relations=(
            _tie(
                EntityRelationType.BACKS,
                "banner",
                "blue",
                "Blue Banner is backed by Red Banner",
                text,
                attribution=("television",),
            ),
            _tie(EntityRelationType.LEADS, "marn", "army", "Ivo Marn, who commands the army", text),
        ),
    )


def second_article() -> Extraction:
    text = " ".join(_SECOND)
    threat, rockets, bomb, visit, call, _ = _SECOND
    next_week = DateInterval(
        earliest=on_day("2024-03-11").earliest,
        latest=on_day("2024-03-17").latest,
        grain=Grain.WEEK,
        derivation="next week after 2024-03-07",
    )
    return Extraction(
        article=Article(
            doc_id="second",
            text=text,
            publisher="South Wire",
            published=on_day("2024-03-07").earliest,
        ),
        entities=tuple(
            _entity(key, text)
            for key in ("banner", "army", "base", "marn", "market", "vask", "tell")
        ),
        events=(
            _event(
                "V1",
                EventType.THREATEN,
                threat,
                "threatened",
                text,
                actors=("banner",),
                recipients=("army",),
                date=on_day("2024-03-02"),
            ),
            _event(
                "V2",
                EventType.ASSAULT,
                rockets,
                "hit",
                text,
                recipients=("base",),
                attribution=("marn",),
                casualties=Casualties(killed=3),
                quantities=(_dead(3, None, "at least three soldiers"),),
                date=on_day("2024-03-04"),
            ),
            _event(
                "V3",
                EventType.ASSAULT,
                bomb,
                "exploded",
                text,
                recipients=("market",),
                date=on_day("2024-03-06"),
            ),
            _event(
                "V4",
                EventType.CONSULT,
                visit,
                "visit",
                text,
                mode="visit",
                actors=("vask",),
                recipients=("tell",),
                date=next_week,
                status=Status.FUTURE,
            ),
            _event(
                "V5",
                EventType.CONSULT,
                call,
                "talked",
                text,
                mode="phone",
                actors=("vask", "tell"),
                date=on_day("2024-03-05"),
            ),
        ),
        relations=(),
        entity_relations=(
            _tie(
                EntityRelationType.LEADS,
                "marn",
                "army",
                "former chief of the army, Marn",
                text,
                role="chief",
                status=Status.HISTORICAL,
            ),
            _tie(
                EntityRelationType.PART_OF,
                "marn",
                "banner",
                "Marn, is not a member of Red Banner",
                text,
                status=Status.NEGATED,
                polarity=Polarity.NEGATIVE,
            ),
        ),
    )


@cache
def _quads() -> tuple[tuple[tuple[Quad, ...], ...], tuple[Quad, ...]]:
    articles = tuple(tuple(to_quads(told)) for told in (first_article(), second_article()))
    return articles, tuple(assemble(articles))


def write_sample(path: Path) -> Path:
    """Write the graph of the two articles to ``path`` and return it."""
    articles, merged = _quads()
    with open_store(path, mode="write") as store:
        store.put_articles(articles)
        store.replace_merged(merged)
    return path


def article_names() -> Sequence[str]:
    return [str(article_graph_iri(name)) for name in ("first", "second")]
