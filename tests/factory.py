"""Build records in one line: everything that a test does not care about has a plain value."""

import os
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kg.records import (
    Article,
    CharSpan,
    DateInterval,
    Entity,
    EntityMention,
    EntityRelation,
    EventMention,
    EventRelation,
    Extraction,
)
from kg.terms import (
    Certainty,
    EntityKind,
    EntityRelationType,
    EventType,
    Grain,
    MentionLevel,
    Polarity,
    RelationType,
    Status,
)

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples" / "articles"


def make_article(text: str = "Militia attacked a base.", **values: Any) -> Article:
    """Return an article named ``a1`` that holds ``text``."""
    return Article(**({"doc_id": "a1", "text": text, "source": "a1.txt"} | values))


def span_of(words: str, text: str, *, nth: int = 0) -> CharSpan:
    """Return where ``words`` stand in ``text``, for the ``nth`` time from 0."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return CharSpan(start=start, end=start + len(words))


def make_entity(
    id: str, name: str, kind: EntityKind = EntityKind.ARMED_GROUP, *, text: str = "", **values: Any
) -> Entity:
    """Return an entity that is mentioned wherever ``name`` stands in ``text``."""
    mentions = tuple(
        EntityMention(span=span_of(name, text, nth=nth), level=MentionLevel.NAME)
        for nth in range(text.count(name))
    )
    plain = {"iri": f"https://example.org/{id}", "mentions": mentions}
    return Entity(**({"id": id, "name": name, "kind": kind} | plain | values))


def make_event(
    id: str = "V1",
    type: EventType = EventType.ASSAULT,
    *,
    trigger: str = "attacked",
    text: str = "Militia attacked a base.",
    actors: Sequence[str] = (),
    recipients: Sequence[str] = (),
    **values: Any,
) -> EventMention:
    """Return an actual, certain event whose trigger stands in ``text``, its only sentence."""
    plain: dict[str, Any] = {
        "mode": None,
        "trigger": span_of(trigger, text),
        "sentence": CharSpan(start=0, end=len(text)),
        "actors": tuple(actors),
        "recipients": tuple(recipients),
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
    return EventMention(**({"id": id, "type": type} | plain | values))


def on_day(day: str) -> DateInterval:
    """Return the interval of one day, written YYYY-MM-DD."""
    value = date.fromisoformat(day)
    return DateInterval(earliest=value, latest=value, grain=Grain.DAY, derivation="stated")


def make_relation(type: RelationType, source: str, target: str, **values: Any) -> EventRelation:
    """Return a relation between two events of the same text."""
    return EventRelation(
        **({"type": type, "source": source, "target": target} | values),
        evidence=CharSpan(start=0, end=1),
    )


def make_entity_relation(
    type: EntityRelationType, source: str, target: str, *, words: str, text: str, **values: Any
) -> EntityRelation:
    """Return an actual, certain relation that ``words`` of ``text``, its only sentence, state."""
    plain: dict[str, Any] = {
        "evidence": span_of(words, text),
        "sentence": CharSpan(start=0, end=len(text)),
        "role": None,
        "status": Status.ACTUAL,
        "polarity": Polarity.POSITIVE,
        "certainty": Certainty.CERTAIN,
        "attribution": (),
        "confidence": 0.9,
        "rule": "rule.test",
    }
    return EntityRelation(**({"type": type, "source": source, "target": target} | plain | values))


def make_extraction(
    text: str = "Militia attacked a base.",
    *,
    entities: Sequence[Entity] | None = None,
    events: Sequence[EventMention] | None = None,
    relations: Sequence[EventRelation] = (),
    entity_relations: Sequence[EntityRelation] = (),
    **article: Any,
) -> Extraction:
    """Return an extraction; without entities and events, of a militia that attacked a base."""
    if entities is None:
        entities = (
            make_entity("E1", "Militia", text=text),
            make_entity("E2", "base", EntityKind.FACILITY, text=text),
        )
    if events is None:
        events = (make_event(text=text, actors=("E1",), recipients=("E2",)),)
    return Extraction(
        article=make_article(text, **article),
        entities=tuple(entities),
        events=tuple(events),
        relations=tuple(relations),
        entity_relations=tuple(entity_relations),
    )


class EchoExtractor:
    """Stands in for the extractor: one event per article, and crashes where the text says so.

    The texts ``RAISE`` and ``CRASH`` raise an exception and end the process; ``SLOW`` takes long.
    """

    def extract(self, article: Article) -> Extraction:
        """Return an extraction without entities, or fail."""
        if "RAISE" in article.text:
            raise ValueError("this article\nis poison")
        if "CRASH" in article.text:
            os._exit(13)
        if "SLOW" in article.text:
            time.sleep(10)
        return Extraction(article=article, entities=(), events=(), relations=())

    def extract_batch(self, articles: Sequence[Article]) -> list[Extraction]:
        """Return what ``extract`` returns for each."""
        return [self.extract(article) for article in articles]


def load_echo(
    model: str | None = None, *, fast: bool = False, overlay: Path | None = None
) -> EchoExtractor:
    """Return the stand-in in the place of ``kg.extract.load_extractor``."""
    return EchoExtractor()
