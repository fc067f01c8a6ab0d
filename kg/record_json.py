"""Write an extraction as the article record of ``kg extract``, and read such a record back."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from kg.errors import InputError
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
    Problem,
    Quantity,
)
from kg.terms import (
    Certainty,
    EntityKind,
    EntityRelationType,
    EventType,
    Grain,
    MentionLevel,
    Polarity,
    Precision,
    QuantityKind,
    RelationType,
    Status,
)


def to_record(extraction: Extraction) -> dict[str, Any]:
    """Return the article record as plain JSON values, keys in the documented order."""
    article = extraction.article
    return {
        "doc_id": article.doc_id,
        "published": article.published.isoformat() if article.published else None,
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "text": article.text,
        "entities": [_entity_json(entity) for entity in extraction.entities],
        "events": [_event_json(event) for event in extraction.events],
        "relations": [
            {
                "type": relation.type.value,
                "from": relation.source,
                "to": relation.target,
                "evidence": _span_json(relation.evidence),
            }
            for relation in extraction.relations
        ],
        "entity_relations": [
            _entity_relation_json(relation) for relation in extraction.entity_relations
        ],
        "problems": [_problem_json(problem) for problem in extraction.problems],
    }


def to_line(extraction: Extraction) -> str:
    """Return the article record as one line of JSON without the line end."""
    return json.dumps(to_record(extraction), ensure_ascii=False)


def from_record(record: Mapping[str, Any], *, source: str = "record") -> Extraction:
    """Return the extraction that ``record`` holds.

    Raises:
        InputError: A field is missing or has a value that is not allowed.
    """
    try:
        return _extraction(record)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{source}: not an article record ({type(error).__name__}: {error}). "
            "Write it with 'kg extract'."
        ) from error


def _extraction(record: Mapping[str, Any]) -> Extraction:
    published = record["published"]
    return Extraction(
        article=Article(
            doc_id=record["doc_id"],
            text=record["text"],
            title=record["title"],
            url=record["url"],
            publisher=record["publisher"],
            published=date.fromisoformat(published) if published else None,
        ),
        entities=tuple(_entity(item) for item in record["entities"]),
        events=tuple(_event(item) for item in record["events"]),
        relations=tuple(
            EventRelation(
                type=RelationType(item["type"]),
                source=item["from"],
                target=item["to"],
                evidence=_span(item["evidence"]),
            )
            for item in record["relations"]
        ),
        entity_relations=tuple(
            _entity_relation(item) for item in record.get("entity_relations", ())
        ),
        problems=tuple(
            Problem(
                stage=item["stage"],
                message=item["message"],
                span=None
                if item["start"] is None
                else CharSpan(start=item["start"], end=item["end"]),
            )
            for item in record["problems"]
        ),
    )


def _span_json(span: CharSpan) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _span(item: Mapping[str, int]) -> CharSpan:
    return CharSpan(start=item["start"], end=item["end"])


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "stage": problem.stage,
        "message": problem.message,
        "start": problem.span.start if problem.span else None,
        "end": problem.span.end if problem.span else None,
    }


def _entity_json(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.name,
        "kind": entity.kind.value,
        "iri": entity.iri,
        "country": entity.country,
        "sector": entity.sector,
        "wikidata": entity.wikidata,
        "geonames": entity.geonames,
        "lat": entity.lat,
        "lon": entity.lon,
        "precision": entity.precision.value if entity.precision else None,
        "located_by": list(entity.located_by),
        "role": entity.role,
        "mentions": [
            {**_span_json(mention.span), "level": mention.level.value}
            for mention in entity.mentions
        ],
    }


def _entity(item: Mapping[str, Any]) -> Entity:
    return Entity(
        id=item["id"],
        name=item["name"],
        kind=EntityKind(item["kind"]),
        iri=item["iri"],
        country=item["country"],
        sector=item["sector"],
        wikidata=item["wikidata"],
        geonames=item["geonames"],
        lat=item["lat"],
        lon=item["lon"],
        precision=Precision(item["precision"]) if item.get("precision") else None,
        located_by=tuple(item.get("located_by", ())),
        role=item.get("role"),
        mentions=tuple(
            EntityMention(span=_span(mention), level=MentionLevel(mention["level"]))
            for mention in item["mentions"]
        ),
    )


def _event_json(event: EventMention) -> dict[str, Any]:
    interval = event.date
    return {
        "id": event.id,
        "type": event.type.value,
        "mode": event.mode,
        "trigger": _span_json(event.trigger),
        "sentence": _span_json(event.sentence),
        "actors": list(event.actors),
        "recipients": list(event.recipients),
        "places": list(event.places),
        "weapons": list(event.weapons),
        "date": None
        if interval is None
        else {
            "from": interval.earliest.isoformat(),
            "to": interval.latest.isoformat(),
            "grain": interval.grain.value,
            "derivation": interval.derivation,
            "anchor": interval.anchor,
        },
        "date_text": event.date_text,
        "status": event.status.value,
        "polarity": event.polarity.value,
        "certainty": event.certainty.value,
        "attribution": list(event.attribution),
        "casualties": None
        if event.casualties is None
        else {"killed": event.casualties.killed, "injured": event.casualties.injured},
        "contexts": list(event.contexts),
        "confidence": event.confidence,
        "rule": event.rule,
        "quantities": [_quantity_json(quantity) for quantity in event.quantities],
    }


def _quantity_json(quantity: Quantity) -> dict[str, Any]:
    return {
        "kind": quantity.kind.value,
        "number": quantity.number,
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "group": quantity.group,
        "text": quantity.text,
    }


def _quantity(item: Mapping[str, Any]) -> Quantity:
    return Quantity(
        kind=QuantityKind(item["kind"]),
        number=item["number"],
        low=item["low"],
        high=item["high"],
        unit=item["unit"],
        group=item["group"],
        text=item["text"],
    )


def _event(item: Mapping[str, Any]) -> EventMention:
    interval = item["date"]
    casualties = item["casualties"]
    return EventMention(
        id=item["id"],
        type=EventType(item["type"]),
        mode=item["mode"],
        trigger=_span(item["trigger"]),
        sentence=_span(item["sentence"]),
        actors=tuple(item["actors"]),
        recipients=tuple(item["recipients"]),
        places=tuple(item["places"]),
        weapons=tuple(item["weapons"]),
        date=None
        if interval is None
        else DateInterval(
            earliest=date.fromisoformat(interval["from"]),
            latest=date.fromisoformat(interval["to"]),
            grain=Grain(interval["grain"]),
            derivation=interval["derivation"],
            anchor=interval.get("anchor"),
        ),
        date_text=item["date_text"],
        status=Status(item["status"]),
        polarity=Polarity(item["polarity"]),
        certainty=Certainty(item["certainty"]),
        attribution=tuple(item["attribution"]),
        casualties=None
        if casualties is None
        else Casualties(killed=casualties["killed"], injured=casualties["injured"]),
        contexts=tuple(item["contexts"]),
        confidence=item["confidence"],
        rule=item["rule"],
        quantities=tuple(_quantity(quantity) for quantity in item.get("quantities", ())),
    )


def _entity_relation_json(relation: EntityRelation) -> dict[str, Any]:
    return {
        "type": relation.type.value,
        "from": relation.source,
        "to": relation.target,
        "role": relation.role,
        "evidence": _span_json(relation.evidence),
        "sentence": _span_json(relation.sentence),
        "status": relation.status.value,
        "polarity": relation.polarity.value,
        "certainty": relation.certainty.value,
        "attribution": list(relation.attribution),
        "confidence": relation.confidence,
        "rule": relation.rule,
    }


def _entity_relation(item: Mapping[str, Any]) -> EntityRelation:
    return EntityRelation(
        type=EntityRelationType(item["type"]),
        source=item["from"],
        target=item["to"],
        role=item["role"],
        evidence=_span(item["evidence"]),
        sentence=_span(item["sentence"]),
        status=Status(item["status"]),
        polarity=Polarity(item["polarity"]),
        certainty=Certainty(item["certainty"]),
        attribution=tuple(item["attribution"]),
        confidence=item["confidence"],
        rule=item["rule"],
    )
