"""Analyst queries describe themselves, and are valid SPARQL without their runner."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.namespaces import PREFIXES
from kg.query import NamedQuery, check_query, find_query, list_queries
from kg.query.library import parse_query
from tests.factory import ROOT

QUERIES = list_queries()


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_header_says_what_an_analyst_needs(query: NamedQuery) -> None:
    assert query.title
    assert query.title != query.name
    assert query.question.endswith("?")
    for parameter in query.parameters:
        assert parameter.example
        assert parameter.meaning


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_the_file_is_a_query_of_its_own(query: NamedQuery) -> None:
    check_query(query.text)
    ox.Store().query(query.text, prefixes=PREFIXES)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_parameters_are_those_of_the_header_and_no_variable_besides(query: NamedQuery) -> None:
    written = set(re.findall(r"\$(\w+)", query.text))
    assert written == {parameter.name for parameter in query.parameters}
    # SPARQL holds $x and ?x for one variable; the runner replaces $x only.
    assert not written & set(re.findall(r"\?(\w+)", query.text))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_rows_come_in_a_fixed_order(query: NamedQuery) -> None:
    assert "ORDER BY" in query.text


def test_no_query_relies_on_what_the_default_graph_is() -> None:
    for query in QUERIES:
        assert "GRAPH" in query.text
        assert "FROM" not in query.text


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(QueryError, match=r"who-atacked: no such query\. Did you mean who-attacked"):
        find_query("who-atacked")
    with pytest.raises(QueryError, match=r"zzz: no such query\. List them"):
        find_query("zzz")
    with pytest.raises(QueryError, match="empty query: no such query"):
        find_query("")


def test_a_file_is_read_and_a_missing_one_reported(tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("# title: Mine\nASK { ?s ?p $x }\n")
    query = find_query(str(path))
    assert (query.name, query.title, query.parameters) == ("mine", "Mine", ())
    with pytest.raises(QueryError, match=r"gone\.rq: no such file"):
        find_query(str(tmp_path / "gone.rq"))
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryError, match=r"mine\.rq: cannot be read"):
        find_query(str(path))


def test_text_is_taken_as_it_is() -> None:
    assert find_query("ASK { }").text == "ASK { }"


@pytest.mark.parametrize(
    "line", ["actor", "actor | name | any | x | y", "a b | text | any | x | y"]
)
def test_a_malformed_parameter_is_reported_with_its_line(line: str) -> None:
    text = f"# title: T\n# parameter: {line}\nASK {{ }}"
    with pytest.raises(QueryError, match=r"mine\.rq:2: not a parameter"):
        parse_query(text, name="mine", source="mine.rq")


def test_the_card_lists_each_query_with_its_question_and_parameters() -> None:
    card = (ROOT / "ontology" / "queries" / "README.md").read_text(encoding="utf-8")
    rows = [line for line in card.splitlines() if line.startswith("| ")][2:]
    assert rows == [
        f"| {query.name} | {query.question} | "
        f"{', '.join(parameter.name for parameter in query.parameters) or 'none'} |"
        for query in QUERIES
    ]
