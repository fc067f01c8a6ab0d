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
    coding = taxonomy.coding(event.type, event.mode)
    actors = [
        entity_by_id[entity_id].iri
        for entity_id in event.actors
        if taxonomy.kinds[entity_by_id[entity_id].kind].can_act
    ]
    recipients = [entity_by_id[entity_id].iri for entity_id in event.recipients]
    if recipients:
        name = coding.edge_property
        pairs = [(actor, recipient) for actor in actors for recipient in recipients]
    elif coding.parties_property is not None and is_mutual(event, coding):
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
