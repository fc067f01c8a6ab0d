"""Gather the event mentions of an article into accounts: one for each event that it tells.

Mentions that ``same_as`` joins are one account, if they are of one type. A mention of another
type ("the shelling", called "a threat" later) keeps an account of its own, and the graph keeps
the relation between the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import URIRef

from kg.namespaces import account_iri, claim_iri
from kg.records import EventMention, Extraction
from kg.terms import EventType, Polarity, RelationType, Status

_HAPPENED = frozenset({Status.ACTUAL, Status.HISTORICAL})


@dataclass(frozen=True, kw_only=True)
class ClaimedEvent:
    """An event mention with the IRI of the claim that it makes.

    Attributes:
        repeats: Ids of all mentions that make this claim, that of ``event`` included.
    """

    iri: URIRef
    event: EventMention
    repeats: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Account:
    """One event as the article tells it: its claims in the order of the text."""

    iri: URIRef
    type: EventType
    claims: tuple[ClaimedEvent, ...]


def happened(event: EventMention) -> bool:
    """Whether the sentence affirms that the event took place, now or long ago."""
    return event.status in _HAPPENED and event.polarity is Polarity.POSITIVE


def gather_accounts(
    extraction: Extraction, *, iri_by_entity: Mapping[str, str]
) -> tuple[Account, ...]:
    """Return the accounts of an article in the order of their first claims.

    Mentions that make the same claim (same trigger, type, status and participants) count once.
    """
    claims = _claims(extraction, iri_by_entity)
    root = _roots(extraction, claims)
    members: dict[str, dict[URIRef, ClaimedEvent]] = {}
    for event_id, claim in claims.items():
        members.setdefault(root[event_id], {}).setdefault(claim.iri, claim)
    accounts = []
    for group in members.values():
        ordered = sorted(group.values(), key=_text_order)
        accounts.append(
            Account(
                iri=account_iri(ordered[0].iri),
                type=ordered[0].event.type,
                claims=tuple(ordered),
            )
        )
    return tuple(sorted(accounts, key=lambda account: _text_order(account.claims[0])))


def _claims(extraction: Extraction, iri_by_entity: Mapping[str, str]) -> dict[str, ClaimedEvent]:
    iris = {}
    for event in extraction.events:
        participants = tuple(
            "|".join(sorted(iri_by_entity[entity_id] for entity_id in entity_ids))
            for entity_ids in (event.actors, event.recipients, event.places)
        )
        iris[event.id] = claim_iri(extraction.article.doc_id, event, participants)
    repeats: dict[URIRef, list[str]] = {}
    for event_id, iri in iris.items():
        repeats.setdefault(iri, []).append(event_id)
    return {
        event.id: ClaimedEvent(
            iri=iris[event.id], event=event, repeats=tuple(repeats[iris[event.id]])
        )
        for event in extraction.events
    }


def _roots(extraction: Extraction, claims: Mapping[str, ClaimedEvent]) -> dict[str, str]:
    """Return for each event id the id that stands for its account."""
    parent = {event_id: event_id for event_id in claims}

    def find(event_id: str) -> str:
        while parent[event_id] != event_id:
            event_id = parent[event_id]
        return event_id

    first_of: dict[URIRef, str] = {}
    pairs = []
    for event_id, claim in claims.items():
        pairs.append((first_of.setdefault(claim.iri, event_id), event_id))
    pairs += [
        (relation.target, relation.source)
        for relation in extraction.relations
        if relation.type is RelationType.SAME_AS
    ]
    for first, second in pairs:
        if claims[first].event.type is claims[second].event.type:
            parent[find(second)] = find(first)
    return {event_id: find(event_id) for event_id in claims}


def _text_order(claim: ClaimedEvent) -> tuple[int, int, str]:
    trigger = claim.event.trigger
    return (trigger.start, trigger.end, claim.iri)
