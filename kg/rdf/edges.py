"""Draw the direct edges of an article: actor - property - recipient.

Only claims that affirm that an event happened (actual or historical, not denied) give edges; a
plan, a condition or a denial never does. Which property a type and mode give is stated in
``ontology/event-types.ttl``. An unknown actor gives no edge: the event keeps its recipient.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from rdflib import URIRef

from kg.rdf.accounts import Account, ClaimedEvent, happened
from kg.records import Entity, EventMention
from kg.taxonomy import Taxonomy
from kg.terms import Certainty

EdgeKey = tuple[str, str, str]
"""Subject, property and object IRIs; for a symmetric property the lesser IRI is the subject."""


@dataclass(kw_only=True)
class Edge:
    """A direct edge while its article is read.

    Attributes:
        joined: Whether no single claim names both ends.
    """

    key: EdgeKey
    symmetric: bool
    joined: bool
    accounts: set[URIRef] = field(default_factory=set)
    claims: set[URIRef] = field(default_factory=set)


def draw_edges(
    accounts: Iterable[Account], *, entity_by_id: Mapping[str, Entity], taxonomy: Taxonomy
) -> tuple[Edge, ...]:
    """Return the direct edges of an article, each with the accounts and claims it rests on.

    Sorted by subject, property and object.
    """
    edges: dict[EdgeKey, Edge] = {}
    for account in accounts:
        claims = [claim for claim in account.claims if happened(claim.event)]
        for told, supporting in (*_told(claims), *_joined(claims)):
            for key, symmetric in _keys(told, entity_by_id=entity_by_id, taxonomy=taxonomy):
                joined = len(supporting) > 1
                edge = edges.setdefault(key, Edge(key=key, symmetric=symmetric, joined=joined))
                edge.joined = edge.joined and joined
                edge.accounts.add(account.iri)
                edge.claims.update(supporting)
    return tuple(edge for _, edge in sorted(edges.items()))


@dataclass(frozen=True, kw_only=True)
class _Parties:
    event: EventMention
    actors: tuple[str, ...]
    recipients: tuple[str, ...]


def _told(claims: Iterable[ClaimedEvent]) -> Iterator[tuple[_Parties, tuple[URIRef, ...]]]:
    for claim in claims:
        event = claim.event
        yield (
            _Parties(event=event, actors=event.actors, recipients=event.recipients),
            (claim.iri,),
        )


def _joined(claims: list[ClaimedEvent]) -> Iterator[tuple[_Parties, tuple[URIRef, ...]]]:
    """Yield what one voice says in two sentences: the actor in one, the recipient in another.

    Only the same voice, sure of what it says, is joined, and only while it names one set of
    actors: who attacked according to one speaker never meets the target named by another.
    """
    sure = [claim for claim in claims if claim.event.certainty is Certainty.CERTAIN]
    voices: dict[tuple[str, ...], list[ClaimedEvent]] = {}
    for claim in sure:
        voices.setdefault(tuple(sorted(claim.event.attribution)), []).append(claim)
    for group in voices.values():
        naming = [claim for claim in group if claim.event.actors]
        if len({tuple(sorted(claim.event.actors)) for claim in naming}) != 1:
            continue
        named = naming[0]
        for claim in group:
            if claim.event.recipients and not claim.event.actors:
                parties = _Parties(
                    event=claim.event,
                    actors=named.event.actors,
                    recipients=claim.event.recipients,
                )
                yield parties, (named.iri, claim.iri)


def _keys(
    told: _Parties, *, entity_by_id: Mapping[str, Entity], taxonomy: Taxonomy
) -> Iterator[tuple[EdgeKey, bool]]:
    coding = taxonomy.coding(told.event.type, told.event.mode)
    actors = [
        entity_by_id[entity_id].iri
        for entity_id in told.actors
        if taxonomy.kinds[entity_by_id[entity_id].kind].can_act
    ]
    recipients = [entity_by_id[entity_id].iri for entity_id in told.recipients]
    if recipients:
        name = coding.edge_property
        pairs = [(actor, recipient) for actor in actors for recipient in recipients]
    elif coding.parties_property is not None:
        name = coding.parties_property
        pairs = list(combinations(actors, 2))
    else:
        return
    symmetric = taxonomy.edges[name].symmetric
    for first, second in pairs:
        if first == second:
            continue
        if symmetric and second < first:
            first, second = second, first
        yield (first, name, second), symmetric
