"""Run a query that a user gives: by name, from a file, or as text."""

import multiprocessing
from collections.abc import Mapping
from multiprocessing.connection import Connection

from kg.errors import GraphError, KgError, QueryError
from kg.query.guard import check_query
from kg.query.library import find_query
from kg.query.parameters import bind_parameters
from kg.store import QueryResult, Store, open_store
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
    return _query_apart(store.location, text, timeout)


def _query_apart(location: str, text: str, timeout: float) -> QueryResult:
    """Answer in a process that can be ended; Oxigraph has no other way to stop a query."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(location, text, sender), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(timeout):
            raise QueryError(
                f"{location}: the query took longer than {timeout:g} seconds. Narrow it, or allow "
                "more time."
            )
        answer = receiver.recv()
    except EOFError as error:
        raise QueryError(
            f"{location}: the query engine gave up on this query. Make it simpler."
        ) from error
    finally:
        process.kill()
        process.join()
        receiver.close()
    if isinstance(answer, KgError):
        raise answer
    assert isinstance(answer, QueryResult)
    return answer


def _answer(location: str, text: str, sender: Connection) -> None:
    """Send the answer, or the error, to the process that waits for it."""
    try:
        with open_store(location) as store:
            answer: QueryResult | KgError = store.query(text)
    except (QueryError, GraphError) as error:
        answer = error
    sender.send(answer)
