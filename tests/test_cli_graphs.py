"""``kg query``, ``validate``, ``lookup``: answers on standard output, faults in one line."""

import csv
import json
from pathlib import Path

import pytest

from kg.cli import main
from tests.conftest import RunCli

EVENTS = "SELECT ?event WHERE { ?event a kg:Event }"


# --- query


def test_the_analyst_queries_are_listed_without_a_graph(run_cli: RunCli) -> None:
    result = run_cli("query", "--list")

    assert (result.exit_code, result.stderr) == (0, "")
    assert "who-attacked-whom\n    Which actor attacked" in result.stdout
    assert "--param actor=" in result.stdout


def test_an_analyst_query_answers(run_cli: RunCli, small_graph: Path) -> None:
    result = run_cli("query", small_graph, "who-attacked-whom", "--format", "csv")

    assert (result.exit_code, result.stderr) == (0, "")
    (row,) = csv.DictReader(result.stdout.splitlines())
    assert (row["attacker"], row["attacked"]) == ("Militia", "base")


def test_parameters_narrow_the_answer(run_cli: RunCli, small_graph: Path) -> None:
    def count(day: str) -> int:
        arguments = ("query", small_graph, "who-attacked-whom", "--param", f"since={day}")
        result = run_cli(*arguments, "--format", "jsonl")
        assert result.exit_code == 0
        return len(result.stdout.splitlines())

    assert [count("2024-04-20"), count("2024-04-21")] == [1, 0]


@pytest.mark.parametrize("output_format", ["table", "csv", "tsv", "json", "jsonl"])
def test_sparql_answers_in_each_format(
    run_cli: RunCli, small_graph: Path, output_format: str
) -> None:
    result = run_cli("query", small_graph, EVENTS, "--format", output_format)
    assert result.exit_code == 0
    assert "event" in result.stdout
    assert result.stdout.endswith("\n")


def test_a_query_file_answers(run_cli: RunCli, small_graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(EVENTS)
    result = run_cli("query", small_graph, path, "--format", "json")
    assert len(json.loads(result.stdout)["results"]["bindings"]) == 1


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("who-atacked-whom", "no such query. Did you mean who-attacked-whom?"),
        ("mine.rq", "mine.rq: no such file."),
        ("SELECT ?event WHERE { ?event a", "SPARQL"),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE is not allowed"),
    ],
)
def test_a_query_that_cannot_be_answered_is_told(
    run_cli: RunCli, small_graph: Path, query: str, message: str
) -> None:
    result = run_cli("query", small_graph, query)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "no such graph"), ("", "empty"), ("This is no graph.", ":1")],
)
@pytest.mark.parametrize("command", ["query", "validate"])
def test_a_graph_that_is_none_is_told(
    run_cli: RunCli, tmp_path: Path, content: str | None, message: str, command: str
) -> None:
    path = tmp_path / "graph.trig"
    if content is not None:
        path.write_text(content)
    result = run_cli(command, path, *([EVENTS] if command == "query" else []))

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {path}")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["graph.trig"],
        ["graph.trig", EVENTS, "--param", "actor"],
        ["graph.trig", EVENTS, "--format", "xml"],
        ["graph.trig", EVENTS, "--timeout", "0"],
    ],
)
def test_wrong_usage_ends_with_2(run_cli: RunCli, arguments: list[str]) -> None:
    result = run_cli("query", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


# --- validate


def test_a_sound_graph_is_told(run_cli: RunCli, small_graph: Path) -> None:
    result = run_cli("validate", small_graph)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{small_graph}: 2 graphs, 0 faults\n"


def test_a_faulty_graph_fails(run_cli: RunCli, small_graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    path.write_text(small_graph.read_text().replace('oa:exact "attacked"', 'oa:exact "kissed"'))
    result = run_cli("validate", path)

    assert result.exit_code == 1
    assert "A span reproduces the words of the text." in result.stdout
    assert result.stdout.splitlines()[-1].startswith(f"{path}: 2 graphs, ")


# --- lookup


def test_lookup_gives_an_array_in_the_order_given(run_cli: RunCli) -> None:
    result = run_cli("lookup", "Iraq", "Nobody Inparticular", "--format", "json")

    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert [list(item) for item in found] == 2 * [
        [
            *("name", "id", "label", "kind", "country"),
            *("sector", "wikidata", "role", "alias", "score"),
            *("features", "geonames", "lat", "lon", "precision"),
        ]
    ]
    assert found[0]["name"] == "Iraq"
    assert (found[0]["id"], found[0]["country"], found[0]["kind"]) == (
        "wikidata:Q796",
        "IRQ",
        "state",
    )
    assert found[0]["features"] == {"name": 1.0, "label": 1.0}
    assert (found[0]["geonames"], found[0]["precision"]) == (None, "country")
    assert (found[1]["lat"], found[1]["lon"], found[1]["precision"]) == (None, None, None)
    assert (found[1]["name"], found[1]["id"]) == ("Nobody Inparticular", None)


def test_lookup_tells_where_a_place_is(run_cli: RunCli) -> None:
    result = run_cli("lookup", "Baghdad", "--format", "json")

    place = json.loads(result.stdout)[0]
    assert (place["geonames"], round(place["lat"]), round(place["lon"])) == ("98182", 33, 44)


def test_lookup_knows_who_held_an_office_on_a_day(run_cli: RunCli) -> None:
    def holder(day: str) -> str:
        result = run_cli("lookup", "the US president", "--date", day, "--format", "json")
        return str(json.loads(result.stdout)[0]["label"])

    assert holder("2022-05-01") == "Joe Biden"
    assert holder("1990-05-01") != "Joe Biden"


def test_lookup_reads_names_from_standard_input(run_cli: RunCli) -> None:
    result = run_cli("lookup", "Iraq", "-", stdin="Syria\n\nIran\n")
    assert [line.split()[0] for line in result.stdout.splitlines()] == [
        "name",
        "Iraq",
        "Syria",
        "Iran",
    ]


def test_lookup_refuses_an_impossible_date(run_cli: RunCli) -> None:
    result = run_cli("lookup", "Iraq", "--date", "2024-02-31")
    assert result.exit_code == 2
    assert "'2024-02-31' is no day. Write it as 2024-03-31." in result.stderr


def test_lookup_tells_namesakes_apart_by_country(run_cli: RunCli) -> None:
    for country in ("LBN", "LBY"):
        result = run_cli("lookup", "Tripoli", "--country", country, "--format", "json")
        assert json.loads(result.stdout)[0]["country"] == country
    result = run_cli("lookup", "Tripoli", "--country", "Libya")
    assert result.exit_code == 2
    assert "'Libya' is no country. Write it as IRQ." in result.stderr


def test_lookup_takes_an_overlay(run_cli: RunCli, tmp_path: Path) -> None:
    overlay = tmp_path / "groups.tsv"
    columns = "id name kind country sector wikidata aliases parent backers source".split()
    row = "blorkistan-front\tBlorkistan Front\tarmed_group\tIRQ"
    overlay.write_text("\t".join(columns) + f"\n{row}\n")
    result = run_cli("lookup", "Blorkistan Front", "--overlay", overlay)
    assert "kg:blorkistan-front" in result.stdout

    overlay = tmp_path / "faulty.tsv"
    overlay.write_text("\t".join(columns) + f"\n{row.replace('_group', '_grop')}\n")
    result = run_cli("lookup", "Blorkistan Front", "--overlay", overlay)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {overlay}:2: 'armed_grop' is no kind")
    assert result.stderr.count("\n") == 1


# --- every command


@pytest.mark.parametrize("name", main.commands)
def test_every_command_has_help_with_an_example(run_cli: RunCli, name: str) -> None:
    result = run_cli(name, "-h")

    assert result.exit_code == 0
    assert "Example" in result.stdout
    assert f"kg {name} " in result.stdout
    for option in ("--verbose", "--quiet", "--help"):
        assert option in result.stdout


def test_the_version_is_the_package_version(run_cli: RunCli) -> None:
    from importlib.metadata import version

    assert run_cli("--version").stdout == f"kg, version {version('kg')}\n"


def test_an_internal_fault_is_told_without_a_traceback(
    run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(overlay: Path | None) -> None:
        raise ZeroDivisionError("no\nway")

    monkeypatch.setattr("kg.linking.resolver.load_resolver", broken)
    result = run_cli("lookup", "Iraq")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: internal fault (ZeroDivisionError: no way).")
    assert result.stderr.count("\n") == 1

    assert "Traceback" in run_cli("lookup", "Iraq", "-v").stderr
