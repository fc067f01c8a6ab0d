"""Ask a graph: analyst queries by name, or SPARQL text, guarded and rendered."""

from kg.query.guard import check_query
from kg.query.library import NamedQuery, Parameter, find_query, list_queries
from kg.query.names import Named, find_entity
from kg.query.rendering import Format, render
from kg.query.running import run_query
from kg.store import QueryResult

__all__ = [
    "Format",
    "Named",
    "NamedQuery",
    "Parameter",
    "QueryResult",
    "check_query",
    "find_entity",
    "find_query",
    "list_queries",
    "render",
    "run_query",
]
