"""Run a query that a user gives: by name, from a file, or as text."""

from collections.abc import Mapping

from kg.errors import QueryError
from kg.query.apart import query_apart
from kg.query.guard import check_query
from kg.query.library import find_query
from kg.query.parameters import bind_parameters
from kg.store import QueryResult, Store
from kg.store.endpoint import EndpointStore


def run_query(
    store: Store,
    text_or_name: str,
    params: Mapping[str, str] | None = None,
    *,
    timeout: float | None = None,
) -> QueryResult:
    """Answer a query of the library, a query file, or SPARQL text.

    The default graph is the merged layer, ``GRAPH`` reaches the article graphs, and the prefixes
    of ``kg.namespaces`` need no declaration.

    Args:
        params: Values for the ``$name`` parameters of the query.
        timeout: Seconds. An embedded store is then queried by another process, which opens the
            committed graph anew; that costs about a second.

    Raises:
        QueryError: The query is unknown, malformed, does more than read, lacks a parameter or
            takes too long.
    """
    query = find_query(text_or_name)
    check_query(query.text)
    text = bind_parameters(store, query, params or {})
    if timeout is not None and timeout <= 0:
        raise QueryError(f"timeout: {timeout:g} seconds. Give more than 0.")
    if timeout is None or isinstance(store, EndpointStore):
        return store.query(text, timeout=timeout)
    return query_apart(store.location, text, timeout=timeout)
