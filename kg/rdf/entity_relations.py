"""Gather the relations between entities that an article states: claims, and what rests on them.

A claim that affirms a relation, as holding or as over, gives a node for the relation; a denial, a
plan or a condition stays a claim. The plain triple is for what is said to hold now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rdflib import URIRef

from kg.namespaces import entity_relation_claim_iri
from kg.records import EntityRelation, Extraction
from kg.taxonomy import Taxonomy
from kg.terms import Polarity, Status

_AFFIRMED = frozenset({Status.ACTUAL, Status.HISTORICAL})

RelationKey = tuple[str, str, str]
"""Subject, property and object IRIs; for a symmetric property the lesser IRI is the subject."""


@dataclass(frozen=True, kw_only=True)
class ClaimedRelation:
    """A stated relation with the IRI of the claim that it makes, and those of its ends."""

    iri: URIRef
    relation: EntityRelation
    subject: str
    property: str
    object: str


@dataclass(kw_only=True)
class GatheredRelation:
    """A relation between two entities, with the claims that affirm it so far."""

    key: RelationKey
    symmetric: bool
    claims: list[ClaimedRelation] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether a claim says that it holds, not only that it did."""
        return any(claim.relation.status is Status.ACTUAL for claim in self.claims)


def claim_relations(
    extraction: Extraction, *, iri_by_entity: Mapping[str, str], taxonomy: Taxonomy
) -> tuple[ClaimedRelation, ...]:
    """Return the relations that an article states, one for each claim, sorted by claim.

    A relation of an entity to itself, where two entities of the article are one, is left out.
    """
    claims: dict[URIRef, ClaimedRelation] = {}
    for relation in extraction.entity_relations:
        ends = iri_by_entity[relation.source], iri_by_entity[relation.target]
        if ends[0] == ends[1]:
            continue
        iri = entity_relation_claim_iri(extraction.article.doc_id, relation, ends)
        claim = ClaimedRelation(
            iri=iri,
            relation=relation,
            subject=ends[0],
            property=taxonomy.entity_relations[relation.type].edge_property,
            object=ends[1],
        )
        claims.setdefault(iri, claim)
    return tuple(claim for _, claim in sorted(claims.items()))


def gather_relations(
    claims: Iterable[ClaimedRelation], *, taxonomy: Taxonomy
) -> tuple[GatheredRelation, ...]:
    """Return the relations that claims affirm, sorted by subject, property and object."""
    gathered: dict[RelationKey, GatheredRelation] = {}
    for claim in claims:
        relation = claim.relation
        if relation.status not in _AFFIRMED or relation.polarity is not Polarity.POSITIVE:
            continue
        symmetric = taxonomy.entity_relations[relation.type].symmetric
        subject, obj = claim.subject, claim.object
        if symmetric and obj < subject:
            subject, obj = obj, subject
        key = (subject, claim.property, obj)
        item = gathered.setdefault(key, GatheredRelation(key=key, symmetric=symmetric))
        item.claims.append(claim)
    return tuple(item for _, item in sorted(gathered.items()))
