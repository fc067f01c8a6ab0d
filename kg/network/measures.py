"""Measure how the nodes of a network are placed in it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import networkx as nx
from rdflib import URIRef
from rdflib.term import Literal

from kg.store import QueryResult

_DAMPING = 0.85
_SAMPLE = 500
"""Sources that betweenness is estimated from; below, it is exact (Brandes and Pich 2007)."""


@dataclass(frozen=True, kw_only=True)
class NodeMeasures:
    """The measures of one node.

    Attributes:
        in_count: Edges that end here; symmetric ones count at both ends, in and out.
        out_count: Edges that begin here.
        neighbour_count: Other nodes that share an edge with it.
        pagerank: Share of the visits of a random walk along the edges (Brin and Page 1998).
        betweenness: Share of the shortest paths that pass through, directions ignored; estimated
            from a fixed sample in large networks.
        community: Number of its community, 1 for the largest (Louvain; Blondel et al. 2008).
        cooperation: Sum of the positive scores of what it did.
        conflict: Sum of the negative scores of what it did.
        received: Sum of the scores of what was done to it.
    """

    node: str
    label: str
    kind: str
    in_count: int
    out_count: int
    neighbour_count: int
    pagerank: float
    betweenness: float
    community: int
    cooperation: float
    conflict: float
    received: float


def measures(network: nx.DiGraph | nx.MultiDiGraph, *, seed: int = 0) -> tuple[NodeMeasures, ...]:
    """Return the measures of all nodes, highest PageRank first; empty for an empty network.

    Args:
        network: From ``to_network``.
        seed: For the community search and the sample of betweenness.
    """
    # Numbered nodes, since networkx walks over sets, whose order differs for strings by process.
    names = sorted(network)
    directed = _numbered(network, names)
    ties = _undirected(directed)
    pagerank = _pagerank(directed)
    sample = _SAMPLE if len(names) > _SAMPLE else None
    between = nx.betweenness_centrality(ties, k=sample, seed=seed)
    community = _communities(ties, seed=seed)
    done, received = _scores(network)
    found = [
        NodeMeasures(
            node=name,
            label=str(network.nodes[name].get("label", name)),
            kind=str(network.nodes[name].get("kind", network.nodes[name].get("event_type", ""))),
            in_count=sum(count for _, _, count in directed.in_edges(number, data="weight")),
            out_count=sum(count for _, _, count in directed.out_edges(number, data="weight")),
            neighbour_count=ties.degree(number),
            pagerank=pagerank[number],
            betweenness=between[number],
            community=community[number],
            cooperation=sum((score for score in done.get(name, ()) if score > 0), 0.0),
            conflict=sum((score for score in done.get(name, ()) if score < 0), 0.0),
            received=sum(received.get(name, ()), 0.0),
        )
        for number, name in enumerate(names)
    ]
    return tuple(sorted(found, key=lambda measured: (-measured.pagerank, measured.node)))


def to_table(measured: Sequence[NodeMeasures]) -> QueryResult:
    """Return measures as a table for ``kg.query.render``, numbers to four decimals."""
    columns = tuple(field.name for field in fields(NodeMeasures))
    return QueryResult(
        kind="select",
        columns=(*columns[1:], columns[0]),
        rows=tuple(
            (*(_cell(getattr(item, column)) for column in columns[1:]), URIRef(item.node))
            for item in measured
        ),
    )


def _cell(value: str | float) -> Literal:
    return Literal(round(value, 4) if isinstance(value, float) else value)


def _numbered(network: nx.DiGraph | nx.MultiDiGraph, names: Sequence[str]) -> nx.DiGraph:
    """Return a simple network of numbers, with the count of edges as weight."""
    number_by_name = {name: number for number, name in enumerate(names)}
    directed = nx.DiGraph()
    directed.add_nodes_from(range(len(names)))
    for start, end, attributes in network.edges(data=True):
        pairs = [(start, end), (end, start)] if attributes.get("symmetric") else [(start, end)]
        count = attributes.get("event_count", 1)
        for one, other in pairs:
            pair = number_by_name[one], number_by_name[other]
            weight = directed.edges[pair]["weight"] if directed.has_edge(*pair) else 0
            directed.add_edge(*pair, weight=weight + count)
    return directed


def _undirected(directed: nx.DiGraph) -> nx.Graph:
    ties = nx.Graph()
    ties.add_nodes_from(directed)
    for start, end, weight in directed.edges(data="weight"):
        if start != end:
            known = ties.edges[start, end]["weight"] if ties.has_edge(start, end) else 0
            ties.add_edge(start, end, weight=known + weight)
    return ties


def _pagerank(directed: nx.DiGraph) -> dict[int, float]:
    """Return the PageRank of each node by power iteration; networkx needs scipy for it."""
    size = len(directed)
    rank = dict.fromkeys(range(size), 1 / size) if size else {}
    total = dict(directed.out_degree(weight="weight"))
    for _ in range(100):
        loose = sum(rank[node] for node in range(size) if not total[node]) / size if size else 0
        following = dict.fromkeys(
            range(size), (1 - _DAMPING) / size + _DAMPING * loose if size else 0
        )
        for start, end, weight in directed.edges(data="weight"):
            following[end] += _DAMPING * rank[start] * weight / total[start]
        change = sum(abs(following[node] - rank[node]) for node in range(size))
        rank = following
        if change < 1e-9:
            break
    return rank


def _communities(ties: nx.Graph, *, seed: int) -> dict[int, int]:
    if not ties:
        return {}
    found = nx.community.louvain_communities(ties, weight="weight", seed=seed)
    ordered = sorted(found, key=lambda members: (-len(members), min(members)))
    return {node: number for number, members in enumerate(ordered, start=1) for node in members}


def _scores(
    network: nx.DiGraph | nx.MultiDiGraph,
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Return the scores of what each node did, and of what was done to it."""
    done: dict[str, list[float]] = {}
    received: dict[str, list[float]] = {}
    for start, end, attributes in network.edges(data=True):
        if "cooperation" in attributes:  # the sums of a signed network
            scores = [attributes["cooperation"], attributes["conflict"]]
        else:
            scores = [attributes.get("score", 0.0)]
        pairs = [(start, end), (end, start)] if attributes.get("symmetric") else [(start, end)]
        for one, other in pairs:
            done.setdefault(one, []).extend(scores)
            received.setdefault(other, []).extend(scores)
    return done, received
