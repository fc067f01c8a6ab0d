"""Networks say what the graph says, no more and no less."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import networkx as nx
import pytest

from kg.errors import GraphError
from kg.network import Projection, measures, to_network, to_table, write_network
from kg.query import render, run_query
from kg.store import Store, open_store
from kg.store.embedded import EmbeddedStore
from tests.query.sample import HOSTILE, write_sample

PROJECTIONS = get_args(Projection)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("network") / "sample.trig"
    with open_store(write_sample(path)) as store:
        yield store


def count(store: Store, pattern: str) -> int:
    text = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH kg:merged {{ {pattern} }} }}"
    return int(str(run_query(store, text).rows[0][0]))


def named(network: nx.DiGraph | nx.MultiDiGraph, label: str) -> str:
    (node,) = (node for node, name in network.nodes(data="label") if name == label)
    return str(node)


def between(network: nx.MultiDiGraph, start: str, end: str) -> list[dict[str, object]]:
    return list(network.get_edge_data(named(network, start), named(network, end)).values())


def test_actors_have_as_many_edges_as_the_graph(store: Store) -> None:
    network = to_network(store)
    assert isinstance(network, nx.MultiDiGraph)
    assert network.number_of_edges() == count(store, "?edge a kg:Edge ; kg:event ?event") == 7


def test_events_have_as_many_nodes_and_edges_as_the_graph(store: Store) -> None:
    network = to_network(store, projection="events")
    assert network.number_of_nodes() == count(store, "?event a kg:Event") == 9
    assert network.number_of_edges() == count(store, "?r a kg:EventRelation") == 1


def test_an_actor_edge_carries_its_event(store: Store) -> None:
    (edge,) = between(to_network(store), "Red Banner", "Dry Well base")
    assert edge["label"] == "attacked"
    assert edge["event_type"] == "ASSAULT"
    assert edge["status"] == "actual"
    assert (edge["first"], edge["last"]) == ("2024-03-04", "2024-03-04")
    assert edge["score"] == -9.0
    assert (edge["source_count"], edge["independent_source_count"]) == (1, 1)
    assert edge["confidence"] == 0.9
    assert edge["symmetric"] is False
    assert edge["sentences"] == (
        "Red Banner militants attacked the Dry Well base near Ostan on Monday."
    )


def test_the_mode_is_named_and_nodes_are_described(store: Store) -> None:
    network = to_network(store)
    (edge,) = between(network, "army", "Red Banner")
    assert edge["mode"] == "heavy-weapons"
    node = network.nodes[named(network, "Omar Tell")]
    assert node == {"label": "Omar Tell", "kind": "person", "country": "TEL"}


def test_an_event_relation_carries_its_evidence(store: Store) -> None:
    network = to_network(store, projection="events")
    ((start, end, edge),) = network.edges(data=True)
    assert network.nodes[start]["label"] == "assault: army → Red Banner (2024-03-05)"
    assert network.nodes[end]["label"].startswith("assault: Red Banner, Blue Banner → Dry Well")
    assert edge["label"] == "retaliation_for"
    assert edge["evidence"].startswith("The army shelled Red Banner")


def test_relations_between_actors_stand_apart_from_events(store: Store) -> None:
    network = to_network(store, projection="relations")
    assert network.number_of_edges() == count(store, "?r a kg:EntityRelation") == 2
    (edge,) = between(network, "Ivo Marn", "army")
    assert (edge["label"], edge["status"], edge["office"]) == (
        "leads",
        "actual, historical",
        "chief",
    )
    assert (edge["source_count"], edge["independent_source_count"]) == (2, 2)
    assert edge["sentences"] == (
        "Ivo Marn, who commands the army, is no friend of Blue Banner.\n"
        "The former chief of the army, Marn, is not a member of Red Banner."
    )
    assert not any("score" in attributes for _, _, attributes in network.edges(data=True))
    labels = {label for _, _, label in to_network(store).edges(data="label")}
    assert labels.isdisjoint({"leads", "backs"})


def test_plans_and_denials_are_no_actor_edges(store: Store) -> None:
    network = to_network(store)
    labels = {label for _, label in network.nodes(data="label")}
    assert "market" not in labels  # the army is only denied to have attacked it
    assert {status for _, _, status in network.edges(data="status")} == {"actual"}


def test_signed_sums_the_scores_both_ways_where_symmetric(store: Store) -> None:
    network = to_network(store, projection="signed")
    assert isinstance(network, nx.DiGraph)
    vask, tell = named(network, "Lena Vask"), named(network, "Omar Tell")
    # They met and spoke: one event told under two modes, so two edges with its mean score.
    assert network.edges[vask, tell] == network.edges[tell, vask]
    assert network.edges[vask, tell]["event_count"] == 2
    assert network.edges[named(network, "Red Banner"), named(network, "army")]["weight"] == -3.5


def test_rdflib_graphs_give_the_same_network(store: Store) -> None:
    assert isinstance(store, EmbeddedStore)
    expected = to_network(store)
    whole = to_network(store.dataset())
    assert nx.utils.graphs_equal(whole, expected)
    merged = to_network(store.read_merged())
    assert set(merged.edges(keys=True)) == set(expected.edges(keys=True))
    assert not any("sentences" in edge for _, _, edge in merged.edges(data=True))


def test_measures_of_the_sample(store: Store) -> None:
    found = {item.label: item for item in measures(to_network(store))}
    banner = found["Red Banner"]
    assert (banner.in_count, banner.out_count, banner.neighbour_count) == (2, 2, 3)
    assert (banner.cooperation, banner.conflict, banner.received) == (0.0, -12.5, 0.5)
    assert found["Lena Vask"].in_count == found["Lena Vask"].out_count == 2
    assert found["Lena Vask"].community == found["Omar Tell"].community
    assert found["Lena Vask"].community != banner.community
    assert sum(item.pagerank for item in found.values()) == pytest.approx(1)
    assert max(found.values(), key=lambda item: item.betweenness).label == "Red Banner"


def test_measures_of_a_network_from_elsewhere() -> None:
    assert measures(nx.MultiDiGraph()) == ()
    (alone,) = measures(nx.DiGraph([("a", "a")]))
    assert (alone.in_count, alone.neighbour_count) == (1, 0)
    assert alone.pagerank == pytest.approx(1)
    ring = measures(nx.cycle_graph(3, create_using=nx.DiGraph))
    assert [item.pagerank for item in ring] == [pytest.approx(1 / 3)] * 3


def test_pagerank_equals_the_textbook_example() -> None:
    # Page et al. (1998) with damping 0.85: b and c link to a, a to b.
    found = {item.node: item.pagerank for item in measures(nx.DiGraph(["ab", "ba", "ca"]))}
    assert found["c"] == pytest.approx(0.05)
    assert found["a"] == pytest.approx(0.05 + 0.85 * (found["b"] + found["c"]))


def test_measures_make_a_table(store: Store) -> None:
    text = render(to_table(measures(to_network(store))), width=120)
    assert text.startswith("label")
    assert "\x1b" not in text
    assert "(7 rows)" in text


@pytest.mark.parametrize("projection", PROJECTIONS)
@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_xml_formats_are_read_back_whole(
    store: Store, tmp_path: Path, projection: Projection, suffix: str
) -> None:
    network = to_network(store, projection=projection)
    (path,) = write_network(network, tmp_path / f"network.{suffix}")
    read = nx.read_graphml(path) if suffix == "graphml" else nx.read_gexf(path)
    assert set(read.nodes) == set(network.nodes)
    assert read.number_of_edges() == network.number_of_edges()
    if projection == "actors":
        labels = {attributes["label"] for _, attributes in read.nodes(data=True)}
        assert HOSTILE.replace("\x1b", "\ufffd") in labels


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_json_is_read_back_equal(store: Store, tmp_path: Path, projection: Projection) -> None:
    network = to_network(store, projection=projection)
    (path,) = write_network(network, tmp_path / "network.json")
    read = nx.node_link_graph(json.loads(path.read_text()), edges="edges")
    assert nx.utils.graphs_equal(read, network)


def test_csv_is_a_table_of_nodes_and_one_of_edges(store: Store, tmp_path: Path) -> None:
    network = to_network(store)
    nodes_path, edges_path = write_network(network, tmp_path / "network.csv")
    assert (nodes_path.name, edges_path.name) == ("network.nodes.csv", "network.edges.csv")
    nodes = list(csv.DictReader(io.StringIO(nodes_path.read_bytes().decode(), newline="")))
    edges = list(csv.DictReader(io.StringIO(edges_path.read_bytes().decode(), newline="")))
    assert {row["label"] for row in nodes} == {label for _, label in network.nodes(data="label")}
    assert len(edges) == network.number_of_edges()
    assert {row["from"] for row in edges} <= {row["node"] for row in nodes}


def test_an_empty_network_is_written_in_every_format(tmp_path: Path) -> None:
    for suffix in ("graphml", "gexf", "json", "csv"):
        for path in write_network(nx.MultiDiGraph(), tmp_path / f"empty.{suffix}"):
            assert path.stat().st_size > 0


def test_an_unknown_format_and_an_unwritable_place_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"network\.dot: no format for networks\. Use \.graphml"):
        write_network(nx.MultiDiGraph(), tmp_path / "network.dot")
    with pytest.raises(GraphError, match="cannot write"):
        write_network(nx.MultiDiGraph(), tmp_path / "missing" / "network.json")


@pytest.mark.slow
def test_bytes_and_measures_do_not_depend_on_the_process(tmp_path: Path) -> None:
    graph = write_sample(tmp_path / "sample.trig")
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from kg.network import measures, to_network, to_table, write_network\n"
        "from kg.query import render\n"
        "from kg.store import open_store\n"
        "network = to_network(open_store(sys.argv[1]))\n"
        "for suffix in ('graphml', 'gexf', 'json', 'csv'):\n"
        "    for path in write_network(network, Path(sys.argv[2]) / f'n.{suffix}'):\n"
        "        sys.stdout.write(path.read_text())\n"
        "sys.stdout.write(render(to_table(measures(network))))\n"
    )
    written = [
        subprocess.run(
            [sys.executable, "-c", script, str(graph), str(tmp_path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert written[0] == written[1]
    assert len(written[0]) > 10_000
