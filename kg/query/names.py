"""Find the entity that a user names."""

import difflib
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import URIRef

from kg.errors import QueryError
from kg.namespaces import PREFIXES
from kg.store import Store

_LABELS = """
SELECT DISTINCT ?entity ?label ?name WHERE {
  GRAPH kg:merged {
    ?entity a kg:Entity ; rdfs:label ?label ; rdfs:label|skos:altLabel ?name .
    %s
  }
}
"""
_EXACT = "FILTER(LCASE(STR(?name)) = LCASE(%s))"


@dataclass(frozen=True, kw_only=True, order=True)
class Named:
    """An entity of the graph with its preferred label."""

    iri: URIRef
    label: str


def find_entity(store: Store, name: str) -> Named:
    """Return the entity that ``name`` means: an IRI, a prefixed name, a label or an alias.

    Letter case does not matter. A label is preferred to an alias.

    Raises:
        QueryError: Nothing or more than one thing has this name; the message lists candidates.
    """
    iri = expand(name)
    if iri is not None:
        return Named(iri=iri, label=name)
    found = _rows(store, _EXACT % ox.Literal(name))
    preferred = [row for row in found if row[1].casefold() == name.casefold()] or found
    candidates = sorted({Named(iri=entity, label=label) for entity, label, _ in preferred})
    by_iri = {candidate.iri: candidate for candidate in reversed(candidates)}
    if len(by_iri) == 1:
        return next(iter(by_iri.values()))
    if by_iri:
        several = ", ".join(f"<{candidate.iri}>" for candidate in list(by_iri.values())[::-1][:5])
        raise QueryError(f"'{name}' names {len(by_iri)} entities. Give one IRI: {several}.")
    raise QueryError(f"'{name}': no entity has this name. {_nearest(store, name)}")


def expand(name: str) -> URIRef | None:
    """Return the IRI that ``name`` writes out in full, in ``<>``, or with a known prefix."""
    bare = name[1:-1] if name.startswith("<") and name.endswith(">") else name
    prefix, colon, local = bare.partition(":")
    if colon and local.startswith("//"):
        text = bare
    elif colon and prefix in PREFIXES and " " not in local:
        text = PREFIXES[prefix] + local
    else:
        return None
    try:
        ox.NamedNode(text)
    except ValueError as error:
        raise QueryError(f"'{name}': not an IRI ({error}). Percent-encode it.") from error
    return URIRef(text)


def _nearest(store: Store, name: str) -> str:
    by_folded = {row[2].casefold(): row[2] for row in sorted(_rows(store, ""), reverse=True)}
    words = name.casefold().split()
    near = difflib.get_close_matches(name.casefold(), by_folded, n=3, cutoff=0.6)
    near += [known for known in sorted(by_folded) if set(words) & set(known.split())]
    if not near:
        return "List entities with 'kg network GRAPH'."
    return f"Did you mean {' or '.join(by_folded[known] for known in dict.fromkeys(near[:3]))}?"


def _rows(store: Store, condition: str) -> list[tuple[URIRef, str, str]]:
    return [
        (URIRef(str(entity)), str(label), str(name))
        for entity, label, name in store.query(_LABELS % condition).rows
    ]
