"""Run a query in a process of its own, since Oxigraph has no other way to stop one."""

import pickle
import subprocess
import sys

from kg.errors import GraphError, KgError, QueryError
from kg.store import QueryResult, open_store

# Not multiprocessing: it would run the caller's script again, or fail in a notebook or a pipe.
_CHILD = "from kg.query.apart import answer_request; answer_request()"


def query_apart(location: str, text: str, *, timeout: float) -> QueryResult:
    """Answer a query that has passed the guard, or give up after ``timeout`` seconds.

    Raises:
        KgError: As in this process; and when time is up or the process dies.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-c", _CHILD],
            input=pickle.dumps((location, text)),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryError(
            f"{location}: the query took longer than {timeout:g} seconds. Narrow it, or allow "
            "more time."
        ) from error
    if done.returncode != 0:
        raise QueryError(f"{location}: the query engine gave up on this query. Make it simpler.")
    answer = pickle.loads(done.stdout)  # noqa: S301 - written by answer_request
    if isinstance(answer, KgError):
        raise answer
    assert isinstance(answer, QueryResult)
    return answer


def answer_request() -> None:
    """Answer the one request on standard input, on standard output."""
    location, text = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - written by query_apart
    try:
        with open_store(location) as store:
            answer: QueryResult | KgError = store.query(text)
    except (QueryError, GraphError) as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))
