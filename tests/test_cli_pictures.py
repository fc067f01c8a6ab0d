"""``kg explain``, ``view`` and ``network``: what they write and what they say about it."""

import json
from pathlib import Path

import pytest

from tests.conftest import RunCli

EDGE = "Militia attacked base"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- explain


@pytest.mark.parametrize("thing", ["Militia", "militia", EDGE, "https://example.org/E1"])
def test_explain_shows_the_sentence(run_cli: RunCli, small_graph: Path, thing: str) -> None:
    result = run_cli("explain", small_graph, thing)

    assert (result.exit_code, result.stderr) == (0, "")
    assert "Militia attacked a base in Iraq on Saturday." in result.stdout
    assert "The Paper" in result.stdout


def test_explain_gives_json(run_cli: RunCli, small_graph: Path) -> None:
    result = run_cli("explain", small_graph, EDGE, "--format", "json")
    explanation = json.loads(result.stdout)
    assert explanation["kind"] == "edge"
    assert len(explanation["claims"]) == 1


def test_explain_tells_that_a_thing_is_unknown(run_cli: RunCli, small_graph: Path) -> None:
    result = run_cli("explain", small_graph, "Nobody")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: 'Nobody': no entity has this name.")


# --- view


def test_view_writes_a_page_of_its_own(run_cli: RunCli, small_graph: Path) -> None:
    result = run_cli("view", small_graph, "-o", "page.html")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "page.html: 3 actors and places, 1 event, 1 article\n"
    page = Path("page.html").read_text(encoding="utf-8")
    assert "Militia attacked a base in Iraq on Saturday." in page
    assert page.rstrip().endswith("</html>")


def test_view_may_open_on_the_map(run_cli: RunCli, small_graph: Path) -> None:
    run_cli("view", small_graph, "-o", "page.html", "--map")
    assert '"view":"map"' in Path("page.html").read_text(encoding="utf-8")


def test_view_may_be_narrowed(run_cli: RunCli, small_graph: Path) -> None:
    result = run_cli("view", small_graph, "-o", "page.html", "--since", "2024-05-01")
    assert " 0 events" in result.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--focus", "Nobody"], "Nobody"),
        (["--type", "ATTACK"], "ATTACK: no such event in the graph. It has ASSAULT."),
        (["--since", "2024-05-01", "--until", "2024-04-01"], "ends before it begins"),
        (["-o", "gone/page.html"], "gone/page.html"),
    ],
)
def test_a_view_that_cannot_be_drawn_is_told(
    run_cli: RunCli, small_graph: Path, options: list[str], message: str
) -> None:
    result = run_cli("view", small_graph, "-o", "page.html", *options)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert message in result.stderr
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("options", [["--hops", "0"], ["--since", "2024-02-31"], ["--top", "0"]])
def test_view_options_that_make_no_sense_end_with_2(
    run_cli: RunCli, small_graph: Path, options: list[str]
) -> None:
    assert run_cli("view", small_graph, "-o", "page.html", *options).exit_code == 2


# --- network


def test_network_prints_measures(run_cli: RunCli, small_graph: Path) -> None:
    result = run_cli("network", small_graph, "--format", "jsonl")

    assert (result.exit_code, result.stderr) == (0, "")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {(row["label"], row["out_count"], row["in_count"]) for row in rows} == {
        ("Militia", 1, 0),
        ("base", 0, 1),
    }


def test_view_writes_the_page_to_standard_output(run_cli: RunCli, small_graph: Path) -> None:
    result = run_cli("view", small_graph, "-o", "-")
    assert result.exit_code == 0
    assert result.stdout.startswith("<!doctype html>")
    assert not list(Path().iterdir())


def test_network_shows_the_top_nodes(run_cli: RunCli, small_graph: Path) -> None:
    result = run_cli("network", small_graph, "--format", "jsonl", "--top", "1")
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "json"])
@pytest.mark.parametrize("projection", ["actors", "events", "signed", "relations"])
def test_network_writes_each_format(
    run_cli: RunCli, small_graph: Path, suffix: str, projection: str
) -> None:
    name = f"network.{suffix}"
    result = run_cli("network", small_graph, "-o", name, "--projection", projection)

    assert result.exit_code == 0
    assert result.stderr.startswith(f"{name}: ")
    assert Path(name).stat().st_size > 0


def test_network_writes_two_tables(run_cli: RunCli, small_graph: Path) -> None:
    result = run_cli("network", small_graph, "-o", "n.csv", "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    assert sorted(path.name for path in Path().iterdir()) == ["n.edges.csv", "n.nodes.csv"]


def test_a_network_of_no_known_format_is_told(run_cli: RunCli, small_graph: Path) -> None:
    result = run_cli("network", small_graph, "-o", "n.doc")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: n.doc: no format for networks.")
