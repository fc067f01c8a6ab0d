"""Draw the direct edges of an article: actor - property - recipient.

Only claims that affirm that an event happened (actual or historical, not denied) give edges; a
plan, a condition or a denial never does. Which property a type and mode give is stated in
``ontology/event-types.ttl``. An unknown actor gives no edge: the event keeps its recipient.

Both ends come from one claim. Joining the actor of one sentence to the recipient of another, even
of the same voice, was tried on real articles and drew almost only wrong edges.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from rdflib import URIRef

from kg.rdf.accounts import Account, happened
from kg.rdf.mutual import is_mutual
from kg.records import Entity, EventMention
from kg.taxonomy import Taxonomy

EdgeKey = tuple[str, str, str]
"""Subject, property and object IRIs; for a symmetric property the lesser IRI is the subject."""


@dataclass(kw_only=True)
class Edge:
    """A direct edge, with the accounts and claims that it rests on so far."""

    key: EdgeKey
    symmetric: bool
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
        for claim in account.claims:
            if not happened(claim.event):
                continue
            for key, symmetric in _keys(claim.event, entity_by_id=entity_by_id, taxonomy=taxonomy):
                edge = edges.setdefault(key, Edge(key=key, symmetric=symmetric))
                edge.accounts.add(account.iri)
                edge.claims.add(claim.iri)
    return tuple(edge for _, edge in sorted(edges.items()))


def _keys(
    event: EventMention, *, entity_by_id: Mapping[str, Entity], taxonomy: Taxonomy
) -> Iterator[tuple[EdgeKey, bool]]:
    for first, name, second in _pairs(event, entity_by_id=entity_by_id, taxonomy=taxonomy):
        symmetric = taxonomy.edges[name].symmetric
        subject, obj = entity_by_id[first].iri, entity_by_id[second].iri
        if subject == obj or (symmetric and not _can_act(entity_by_id[second], taxonomy)):
            continue
        if symmetric and obj < subject:
            subject, obj = obj, subject
        yield (subject, name, obj), symmetric


def _pairs(
    event: EventMention, *, entity_by_id: Mapping[str, Entity], taxonomy: Taxonomy
) -> Iterator[tuple[str, str, str]]:
    """Yield entity id, property and entity id of each edge that the event may give."""
    coding = taxonomy.coding(event.type, event.mode)
    parties = coding.parties_property if is_mutual(event, coding) else None
    actors = [name for name in event.actors if _can_act(entity_by_id[name], taxonomy)]
    if not event.recipients and parties is not None:
        for first, second in combinations(actors, 2):
            yield first, parties, second
    for actor in actors:
        for recipient in event.recipients:
            # "exchanged fire with" is done by both: a fight, not an attack of the one on the
            # other; but a place cannot fight back.
            answers = parties if _can_act(entity_by_id[recipient], taxonomy) else None
            name = answers or coding.edge_property
            yield actor, name, recipient


def _can_act(entity: Entity, taxonomy: Taxonomy) -> bool:
    return taxonomy.kinds[entity.kind].can_act
