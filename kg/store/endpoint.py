"""A SPARQL 1.1 endpoint as a store, for reading only.

Speaks the SPARQL protocol (W3C 2013) with a form-encoded POST, which the servers tried all
accept, and with a timeout, which rdflib's own client lacks.
"""

import http.client
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import Graph, URIRef

from kg.errors import GraphError, QueryError
from kg.namespaces import KG, PREFIXES, Quad, is_article_graph
from kg.store.contract import ArticleGraph, QueryResult, Store, refuse_writing
from kg.store.embedded import one_line, to_result
from kg.store.terms import fill_graph

_TIMEOUT = 60.0
_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples"


class EndpointStore(Store):
    """A graph behind a SPARQL endpoint, which must hold it as the files do.

    What the default graph is, the server decides; patterns inside ``GRAPH`` mean the same
    everywhere.
    """

    def __init__(self, location: str) -> None:
        self.location = location

    def article_graphs(self) -> tuple[URIRef, ...]:
        """Return the names of the article graphs, sorted."""
        result = self.query("SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }")
        return tuple(sorted(URIRef(str(row[0])) for row in result.rows if _is_article(row)))

    def read_article(self, name: URIRef) -> Graph:
        """Return a copy of one article graph."""
        graph = self._construct(name)
        if not len(graph):
            raise GraphError(f"{self.location}: no article graph <{name}>. List them first.")
        return graph

    def read_articles(self) -> Iterator[tuple[Quad, ...]]:
        """Yield the quads of each article graph, one request each."""
        for name in self.article_graphs():
            yield tuple((*triple, name) for triple in self._construct(name))  # type: ignore[misc]

    def read_merged(self) -> Graph:
        """Return a copy of the merged layer."""
        return self._construct(KG.merged)

    def put_articles(self, graphs: Iterable[ArticleGraph]) -> int:  # noqa: ARG002 - see Store
        """Refuse."""
        raise refuse_writing(self.location)

    def remove_articles(self, names: Iterable[URIRef]) -> None:  # noqa: ARG002 - see Store
        """Refuse."""
        raise refuse_writing(self.location)

    def replace_merged(self, quads: Iterable[Quad]) -> None:  # noqa: ARG002 - see Store
        """Refuse."""
        raise refuse_writing(self.location)

    def query(self, text: str, *, timeout: float | None = None) -> QueryResult:
        """Answer a query as the server does; see the class on its default graph."""
        content, media_type = self._post(text, timeout or _TIMEOUT)
        try:
            if "json" in media_type:
                return to_result(ox.parse_query_results(content, ox.QueryResultsFormat.JSON))
            quads = ox.parse(content, _rdf_format(media_type))
            return QueryResult(
                kind="construct",
                columns=("subject", "predicate", "object"),
                rows=tuple(fill_graph(Graph(), quads)),  # type: ignore[arg-type]
            )
        except (SyntaxError, ValueError, OSError) as error:
            # Oxigraph's server cuts the answer short, with status 200, when time is up.
            raise QueryError(
                f"{self.location}: the answer is cut short or unreadable "
                f"({one_line(error)[:200]}). The server may have run out of time: narrow the query."
            ) from error

    def commit(self) -> None:
        """Do nothing: nothing can be written."""

    def close(self) -> None:
        """Do nothing: no connection is kept."""

    def _construct(self, name: URIRef) -> Graph:
        node = ox.NamedNode(str(name))
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {node} {{ ?s ?p ?o }} }}"
        graph = Graph(identifier=name)
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        for row in self.query(text).rows:
            graph.add(row)  # type: ignore[arg-type]
        return graph

    def _post(self, text: str, timeout: float) -> tuple[bytes, str]:
        declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
        request = urllib.request.Request(  # noqa: S310 - open_store lets http and https pass only
            self.location,
            data=urllib.parse.urlencode({"query": declared + text}).encode(),
            headers={"Accept": f"{_JSON}, {_TRIPLES};q=0.9"},
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as reply:  # noqa: S310 - as above
                return reply.read(), reply.headers.get_content_type()
        except TimeoutError as error:
            raise QueryError(
                f"{self.location}: no answer within {timeout:g} seconds. Narrow the query."
            ) from error
        except urllib.error.HTTPError as error:
            reason = one_line(error.read(500).decode("utf-8", "replace"))[:200]
            kind = QueryError if error.code == http.HTTPStatus.BAD_REQUEST else GraphError
            raise kind(
                f"{self.location}: the server answers {error.code} ({reason or error.reason}). "
                "Check the query and the address."
            ) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise GraphError(
                f"{self.location}: no SPARQL endpoint answers there ({one_line(error)}). "
                "Check the address."
            ) from error


def _is_article(row: tuple[object, ...]) -> bool:
    return isinstance(row[0], URIRef) and is_article_graph(str(row[0]))


def _rdf_format(media_type: str) -> ox.RdfFormat:
    found = ox.RdfFormat.from_media_type(media_type)
    if found is None:
        raise ValueError(f"answer of type {media_type}")
    return found
