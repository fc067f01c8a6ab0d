"""Put the values that a user chose into a query, as RDF terms and never as loose text."""

import re
from collections.abc import Mapping
from datetime import date

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.guard import tokens
from kg.query.library import NamedQuery, Parameter
from kg.query.names import find_entity
from kg.store import Store

_DATE = "http://www.w3.org/2001/XMLSchema#date"


def bind_parameters(store: Store, query: NamedQuery, params: Mapping[str, str]) -> str:
    """Return the text of ``query`` with each ``$name`` replaced by the term chosen for it.

    Only whole ``$name`` tokens are replaced, and each by one term in SPARQL syntax, so a value
    cannot change the shape of the query. This is done in the text because endpoints know no
    other way, and because a bound variable would not reach into sub-selects.

    Args:
        store: Where names of entities are looked up.
        params: Values by parameter name; those of a query without header are plain text, or an
            IRI when written ``<...>``.

    Raises:
        QueryError: A parameter is unknown, or its value is not of its type.
    """
    declared = {parameter.name: parameter for parameter in query.parameters}
    written = {token[1:] for kind, token in tokens(query.text) if _is_parameter(kind, token)}
    allowed = sorted(declared) if declared else sorted(written)
    for name in params:
        if name not in allowed:
            known = f"It has {', '.join(allowed)}." if allowed else "It has none."
            raise QueryError(f"{query.name}: no parameter '{name}'. {known}")
    terms: dict[str, str] = {}
    for name in written:
        parameter = declared.get(name)
        value = params.get(name, parameter.default if parameter else None)
        if value is not None:
            terms[name] = _term(store, parameter, value, where=f"{query.name}: {name}")
    return "".join(
        terms.get(token[1:], token) if _is_parameter(kind, token) else token
        for kind, token in tokens(query.text)
    )


def _is_parameter(kind: str, token: str) -> bool:
    return kind == "variable" and token.startswith("$")


def _term(store: Store, parameter: Parameter | None, value: str, *, where: str) -> str:
    """Return ``value`` as one term in SPARQL syntax."""
    kind = parameter.type if parameter else "text"
    hint = f" Example: {parameter.example}." if parameter else ""
    try:
        if kind == "entity":
            return str(ox.NamedNode(str(find_entity(store, value).iri)))
        if kind == "iri" or (parameter is None and re.fullmatch(r"<[^<>\s]*>", value)):
            return str(ox.NamedNode(value.strip("<>")))
        if kind == "date":
            return str(ox.Literal(date.fromisoformat(value).isoformat(), datatype=_xsd_date()))
        if kind == "month":
            return str(ox.Literal(f"{date.fromisoformat(f'{value}-01'):%Y-%m}"))
        if kind == "integer":
            return str(ox.Literal(int(value)))
        return str(ox.Literal(value))
    except ValueError as error:
        raise QueryError(f"{where}: '{value}' is not of type {kind}.{hint}") from error


def _xsd_date() -> ox.NamedNode:
    return ox.NamedNode(_DATE)
