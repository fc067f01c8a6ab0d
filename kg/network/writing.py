"""Write a network for other programs: GraphML, GEXF, JSON, or CSV tables of nodes and edges."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from kg.errors import GraphError
from kg.store import write_whole

# XML 1.0, section 2.2: what no escape can express.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MODIFIED = re.compile(rb' lastmodifieddate="[^"]*"')


def write_network(network: nx.DiGraph | nx.MultiDiGraph, path: Path) -> tuple[Path, ...]:
    """Write ``network`` in the format that the suffix of ``path`` names, and return the files.

    The same network gives the same bytes. ``.csv`` gives two files beside each other,
    ``name.nodes.csv`` and ``name.edges.csv``. JSON is networkx's node-link format.

    Raises:
        GraphError: The suffix is not .graphml, .gexf, .json or .csv, or writing failed.
    """
    suffix = path.suffix.lower()
    if suffix == ".csv":
        files = {
            path.with_suffix(".nodes.csv"): _csv("node", _node_rows(network)),
            path.with_suffix(".edges.csv"): _csv("from", _edge_rows(network)),
        }
    elif suffix == ".json":
        files = {path: _json(network)}
    elif suffix == ".graphml":
        files = {path: _graphml(network)}
    elif suffix == ".gexf":
        files = {path: _gexf(network)}
    else:
        raise GraphError(
            f"{path}: no format for networks. Use .graphml, .gexf, .json or .csv as suffix."
        )
    for file, content in files.items():
        write_whole(file, content)
    return tuple(files)


def _graphml(network: nx.DiGraph | nx.MultiDiGraph) -> bytes:
    output = io.BytesIO()
    # Not write_graphml, which takes lxml where it is installed and then writes other bytes.
    nx.write_graphml_xml(_for_xml(network), output)
    return output.getvalue()


def _gexf(network: nx.DiGraph | nx.MultiDiGraph) -> bytes:
    output = io.BytesIO()
    nx.write_gexf(_for_xml(network), output)
    return _MODIFIED.sub(b"", output.getvalue(), count=1)  # today's date


def _for_xml(network: nx.DiGraph | nx.MultiDiGraph) -> nx.DiGraph | nx.MultiDiGraph:
    clean = network.__class__(**_clean(network.graph))
    for node, attributes in network.nodes(data=True):
        clean.add_node(node, **_clean(attributes))
    for start, end, *key, attributes in _edges(network):
        clean.add_edge(start, end, *key, **_clean(attributes))
    return clean


def _edges(network: nx.DiGraph | nx.MultiDiGraph) -> Iterable[tuple[Any, ...]]:
    if network.is_multigraph():
        edges: Iterable[tuple[Any, ...]] = network.edges(keys=True, data=True)
        return edges
    return list(network.edges(data=True))


def _clean(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
        for name, value in attributes.items()
    }


def _json(network: nx.DiGraph | nx.MultiDiGraph) -> bytes:
    data = nx.node_link_data(network, edges="edges")
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _node_rows(network: nx.DiGraph | nx.MultiDiGraph) -> list[dict[str, Any]]:
    return [{"node": node, **attributes} for node, attributes in network.nodes(data=True)]


def _edge_rows(network: nx.DiGraph | nx.MultiDiGraph) -> list[dict[str, Any]]:
    return [
        {"from": start, "to": end, **attributes}
        for start, end, attributes in network.edges(data=True)
    ]


def _csv(first: str, rows: list[dict[str, Any]]) -> bytes:
    columns = list(dict.fromkeys(name for row in rows for name in row)) or [first]
    output = io.StringIO()
    writer = csv.DictWriter(output, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return output.getvalue().encode()
