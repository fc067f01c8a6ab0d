"""What every store offers, whatever holds the graph.

A store holds one named graph per article and the merged layer, which is derived from the article
graphs. Queries see the merged layer as their default graph and the article graphs through
``GRAPH``; the union of all graphs is never queried, since it counts a triple once per graph.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Literal as Choice
from typing import Self

from rdflib import Graph, URIRef
from rdflib.term import BNode, Literal

from kg.errors import GraphError
from kg.namespaces import Quad

Value = URIRef | BNode | Literal
"""An RDF term that can stand in an answer."""

ArticleGraph = Graph | Iterable[Quad]
"""An article graph: an rdflib graph with its name as identifier, or its quads."""


@dataclass(frozen=True, kw_only=True)
class QueryResult:
    """The answer to a query, complete and detached from the store.

    Attributes:
        kind: ``select``; ``ask``, with the one column ``answer``; or ``construct``, with the
            columns ``subject``, ``predicate`` and ``object``.
        columns: Variable names without question mark, in the order of the query.
        rows: One value per column; None where a variable is unbound.
    """

    kind: Choice["select", "ask", "construct"]
    columns: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]


class Store(ABC):
    """A place for article graphs and the merged layer derived from them.

    A graph that is put is whole or absent, never half there, even when the process is killed.
    Backends differ in when it becomes durable: a folder at once, a file at ``commit``. Leaving a
    ``with`` block commits; leaving it by an exception does not.

    Attributes:
        location: Path or URL, as the user gave it.
    """

    location: str

    @abstractmethod
    def article_graphs(self) -> tuple[URIRef, ...]:
        """Return the names of the article graphs, sorted."""

    @abstractmethod
    def read_article(self, name: URIRef) -> Graph:
        """Return a copy of one article graph, with ``name`` as its identifier.

        Raises:
            GraphError: The store holds no such graph.
        """

    @abstractmethod
    def read_articles(self) -> Iterator[tuple[Quad, ...]]:
        """Yield the quads of each article graph; graphs are sorted by name, their quads are not.

        This is what merging reads; ``read_article`` gives a graph to look into.
        """

    @abstractmethod
    def read_merged(self) -> Graph:
        """Return a copy of the merged layer; empty when there is none."""

    @abstractmethod
    def put_articles(self, graphs: Iterable[ArticleGraph]) -> int:
        """Add article graphs, each replacing the one of the same name, and count them.

        Graphs are consumed one at a time, so an iterator over thousands needs the memory of one.

        Raises:
            GraphError: The store is read-only, a graph is empty or not named as an article
                graph, holds a term that RDF does not allow, or writing failed.
        """

    def put_article(self, graph: ArticleGraph) -> None:
        """Add one article graph, replacing the one of the same name."""
        self.put_articles((graph,))

    @abstractmethod
    def remove_articles(self, names: Iterable[URIRef]) -> None:
        """Remove article graphs. The merged layer is left for the caller to rebuild.

        Raises:
            GraphError: The store is read-only or lacks one of the graphs; then none is removed.
        """

    @abstractmethod
    def replace_merged(self, quads: Iterable[Quad]) -> None:
        """Put ``quads`` in the place of the merged layer; what graph they name is ignored.

        Raises:
            GraphError: The store is read-only, or writing failed.
        """

    @abstractmethod
    def query(self, text: str, *, timeout: float | None = None) -> QueryResult:
        """Answer a SPARQL query over the merged layer and, through ``GRAPH``, the articles.

        Args:
            text: Run as it is; ``kg.query`` checks what comes from a user. The prefixes of
                ``kg.namespaces`` need no declaration.
            timeout: Seconds after which an endpoint is given up; embedded stores cannot be
                interrupted and ignore it (``kg.query`` runs them in a process of their own).

        Raises:
            QueryError: The query is malformed or the endpoint refuses it.
        """

    @abstractmethod
    def commit(self) -> None:
        """Make everything that was put durable. Does nothing when there is nothing to write."""

    @abstractmethod
    def close(self) -> None:
        """Give the store back without committing. Closing twice is allowed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.close()


def refuse_writing(location: str) -> GraphError:
    """Return the error for a change to a store that is open for reading."""
    return GraphError(f"{location}: open for reading only. Open it with mode='write'.")
