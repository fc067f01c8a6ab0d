"""The meaning of types, as plain values: what ``ontology/*.ttl`` says of events, kinds, relations.

Everything that differs from type to type (scores, codes, which direct edge an event gives) is
read from the ontology, so that no other code knows a type by its name.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from kg.errors import ResourceError
from kg.namespaces import TERMS, entity_relation_type_iri, event_type_iri, relation_type_iri
from kg.resources import ontology_path
from kg.terms import EntityKind, EntityRelationType, EventType, RelationType

ONTOLOGY_FILES = (
    "kg.ttl",
    "event-types.ttl",
    "actor-types.ttl",
    "relation-types.ttl",
    "entity-relation-types.ttl",
)


@dataclass(frozen=True, kw_only=True)
class Coding:
    """What the ontology says of an event type, or of one of its modes.

    Attributes:
        iri: The concept.
        quad_class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material
            conflict.
        score: PLOVER's conflict-cooperation score, in [-10, 10].
        cameo: Closest CAMEO code, three or four digits.
        edge_property: Property of the edge from each actor to each recipient.
        parties_property: Symmetric property between the parties of a mutual act; None when the
            type knows no such act.
    """

    iri: str
    label: str
    comment: str
    quad_class: int
    score: Decimal
    cameo: str
    edge_property: str
    parties_property: str | None


@dataclass(frozen=True, kw_only=True)
class TypeEntry:
    """An event type with its modes by name, in alphabetical order."""

    type: EventType
    coding: Coding
    cameo_roots: tuple[str, ...]
    modes: Mapping[str, Coding]


@dataclass(frozen=True, kw_only=True)
class KindEntry:
    """A kind of entity; ``can_act`` tells whether it can begin a direct edge."""

    kind: EntityKind
    iri: str
    label: str
    can_act: bool


@dataclass(frozen=True, kw_only=True)
class RelationEntry:
    """A relation between events, with the property of its direct edge.

    Attributes:
        requires_actual: Whether the edge is drawn only between events said to have happened.
    """

    type: RelationType
    iri: str
    label: str
    edge_property: str
    requires_actual: bool


@dataclass(frozen=True, kw_only=True)
class EntityRelationEntry:
    """A standing relation between entities, with the property of its direct edge.

    Attributes:
        from_kinds: Kinds of entities from which it can start.
        to_kinds: Kinds to which it can point.
    """

    type: EntityRelationType
    iri: str
    label: str
    comment: str
    edge_property: str
    symmetric: bool
    from_kinds: frozenset[EntityKind]
    to_kinds: frozenset[EntityKind]


@dataclass(frozen=True, kw_only=True)
class EdgeProperty:
    """A property of direct edges between entities.

    Attributes:
        types: Event types that give such an edge, in the order of ``EventType``.
    """

    iri: str
    label: str
    comment: str
    symmetric: bool
    types: tuple[EventType, ...]


@dataclass(frozen=True, kw_only=True)
class Taxonomy:
    """All that the code takes from the ontology; the mappings keep the order of the enums."""

    types: Mapping[EventType, TypeEntry]
    kinds: Mapping[EntityKind, KindEntry]
    relations: Mapping[RelationType, RelationEntry]
    entity_relations: Mapping[EntityRelationType, EntityRelationEntry]
    edges: Mapping[str, EdgeProperty]
    sectors: tuple[str, ...]
    contexts: tuple[str, ...]

    def coding(self, event_type: EventType, mode: str | None = None) -> Coding:
        """Return the codes of a type, or of its mode; an unknown mode counts as none."""
        entry = self.types[event_type]
        return entry.coding if mode is None else entry.modes.get(mode, entry.coding)

    def require_type(self, name: str, *, where: str) -> EventType:
        """Return the event type called ``name``.

        Args:
            where: File and line, which begin the message.

        Raises:
            ResourceError: There is none; the message names the nearest.
        """
        if name in EventType.__members__:
            return EventType(name)
        raise _unknown(where, "event type", name, EventType.__members__)

    def require_mode(self, event_type: EventType, name: str, *, where: str) -> str:
        """Return ``name`` if it is a mode of ``event_type``.

        Raises:
            ResourceError: It is not; the message names the nearest.
        """
        modes = self.types[event_type].modes
        if name in modes:
            return name
        raise _unknown(where, f"mode of {event_type.value}", name, modes)

    def require_context(self, name: str, *, where: str) -> str:
        """Return ``name`` if it is a PLOVER context.

        Raises:
            ResourceError: It is not; the message names the nearest.
        """
        if name in self.contexts:
            return name
        raise _unknown(where, "context", name, self.contexts)


def _unknown(where: str, what: str, name: str, allowed: Iterable[str]) -> ResourceError:
    names = sorted(allowed)
    nearest = difflib.get_close_matches(name.upper() if what == "event type" else name, names, 1)
    if nearest:
        advice = f"Did you mean {nearest[0]!r}?"
    else:
        advice = f"Use one of {', '.join(names)}." if names else "Leave it empty."
    return ResourceError(f"{where}: {what} {name!r} is not in ontology/. {advice}")


def load_ontology() -> Graph:
    """Return a new graph of all ontology files, without the shapes.

    Raises:
        ResourceError: A file is missing or is not valid Turtle.
    """
    graph = Graph(bind_namespaces="none")
    for name in ONTOLOGY_FILES:
        path = ontology_path(name)
        try:
            graph.parse(path, format="turtle")
        except SyntaxError as error:  # rdflib's BadSyntax
            reason = " ".join(str(error).split())[:200]
            raise ResourceError(f"{path}: not valid Turtle ({reason}). Mend the file.") from error
    return graph


@cache
def taxonomy() -> Taxonomy:
    """Return the taxonomy of the installed ontology, read once.

    Raises:
        ResourceError: The ontology lacks something that an enum of ``kg.terms`` names.

    >>> taxonomy().coding(EventType.CONSULT, "visit").edge_property
    'https://w3id.org/kg-news/ns#visited'
    """
    graph = load_ontology()
    return _Reader(graph).taxonomy()


class _Reader:
    """Turns the ontology's graph into plain values, complaining about what is missing."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def taxonomy(self) -> Taxonomy:
        types = {event_type: self._type(event_type) for event_type in EventType}
        kinds = self._kinds()
        return Taxonomy(
            types=types,
            kinds=kinds,
            relations={relation: self._relation(relation) for relation in RelationType},
            entity_relations={
                relation: self._entity_relation(relation, kinds) for relation in EntityRelationType
            },
            edges=self._edges(types),
            sectors=self._scheme("SectorScheme"),
            contexts=self._scheme("ContextScheme"),
        )

    def _value(self, subject: Node, predicate: URIRef) -> str:
        value = self.graph.value(subject, predicate)
        if value is None:
            raise ResourceError(
                f"ontology: {_local(subject)} has no {_local(predicate)}. "
                "Add it, or reinstall the package."
            )
        return str(value)

    def _optional(self, subject: Node, predicate: URIRef) -> str | None:
        value = self.graph.value(subject, predicate)
        return None if value is None else str(value)

    def _coding(self, concept: URIRef, parent: Coding | None) -> Coding:
        edge = self._optional(concept, _term("edgeProperty"))
        parties = self._optional(concept, _term("partiesProperty"))
        if edge is None and parent is not None:
            edge, parties = parent.edge_property, parent.parties_property
        return Coding(
            iri=str(concept),
            label=self._value(concept, RDFS.label),
            comment=self._value(concept, RDFS.comment),
            quad_class=int(self._value(concept, _term("quadClass"))),
            score=Decimal(self._value(concept, _term("score"))),
            cameo=self._value(concept, _term("cameoCode")),
            edge_property=edge or self._value(concept, _term("edgeProperty")),
            parties_property=parties,
        )

    def _type(self, event_type: EventType) -> TypeEntry:
        concept = event_type_iri(event_type)
        coding = self._coding(concept, None)
        modes = {
            self._value(mode, SKOS.notation): self._coding(mode, coding)
            for mode in self.graph.subjects(SKOS.broader, concept)
            if isinstance(mode, URIRef)
        }
        roots = sorted(str(root) for root in self.graph.objects(concept, _term("cameoRoot")))
        return TypeEntry(
            type=event_type,
            coding=coding,
            cameo_roots=tuple(roots),
            modes=dict(sorted(modes.items())),
        )

    def _kinds(self) -> dict[EntityKind, KindEntry]:
        entries = {}
        for kind in EntityKind:
            candidates = [
                subject
                for subject in self.graph.subjects(SKOS.notation, Literal(kind.value))
                if (subject, RDF.type, OWL.Class) in self.graph
            ]
            if len(candidates) != 1:
                raise ResourceError(
                    f"ontology/actor-types.ttl: {len(candidates)} classes have the notation "
                    f"{kind.value!r}. Give it to exactly one."
                )
            concept = candidates[0]
            entries[kind] = KindEntry(
                kind=kind,
                iri=str(concept),
                label=self._value(concept, RDFS.label),
                can_act=(concept, RDFS.subClassOf, _term("Actor")) in self.graph,
            )
        return entries

    def _relation(self, relation: RelationType) -> RelationEntry:
        concept = relation_type_iri(relation)
        return RelationEntry(
            type=relation,
            iri=str(concept),
            label=self._value(concept, RDFS.label),
            edge_property=self._value(concept, _term("edgeProperty")),
            requires_actual=self._value(concept, _term("requiresActual")) == "true",
        )

    def _entity_relation(
        self, relation: EntityRelationType, kinds: Mapping[EntityKind, KindEntry]
    ) -> EntityRelationEntry:
        concept = entity_relation_type_iri(relation)
        edge = self._value(concept, _term("edgeProperty"))

        def allowed(name: str) -> frozenset[EntityKind]:
            classes = {str(found) for found in self.graph.objects(concept, _term(name))}
            return frozenset(kind for kind, entry in kinds.items() if entry.iri in classes)

        return EntityRelationEntry(
            type=relation,
            iri=str(concept),
            label=self._value(concept, RDFS.label),
            comment=self._value(concept, RDFS.comment),
            edge_property=edge,
            symmetric=(URIRef(edge), RDF.type, OWL.SymmetricProperty) in self.graph,
            from_kinds=allowed("fromKind"),
            to_kinds=allowed("toKind"),
        )

    def _edges(self, types: Mapping[EventType, TypeEntry]) -> dict[str, EdgeProperty]:
        givers: dict[str, list[EventType]] = {}
        for entry in types.values():
            for coding in (entry.coding, *entry.modes.values()):
                for iri in (coding.edge_property, coding.parties_property):
                    if iri is not None and entry.type not in givers.setdefault(iri, []):
                        givers[iri].append(entry.type)
        return {
            iri: EdgeProperty(
                iri=iri,
                label=self._value(URIRef(iri), RDFS.label),
                comment=self._value(URIRef(iri), RDFS.comment),
                symmetric=(URIRef(iri), RDF.type, OWL.SymmetricProperty) in self.graph,
                types=tuple(given),
            )
            for iri, given in sorted(givers.items())
        }

    def _scheme(self, name: str) -> tuple[str, ...]:
        members = self.graph.subjects(SKOS.inScheme, _term(name))
        return tuple(sorted(self._value(member, SKOS.notation) for member in members))


def _local(term: Node) -> str:
    return str(term).rpartition("#")[2]


def _term(name: str) -> URIRef:
    return URIRef(TERMS + name)
