"""Answers read well on a terminal and lose nothing in the file formats."""

import csv
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, URIRef
from rdflib.term import BNode, Literal

from kg.namespaces import KG, PREFIXES
from kg.query import QueryResult, render
from kg.query.rendering import to_plain

HOSTILE = "x\"\t,;'\\ \n=1+1 \x1b]0;own\x07 \u202e<script>"


def select(*columns: str, rows: list[tuple[URIRef | BNode | Literal | None, ...]]) -> QueryResult:
    return QueryResult(kind="select", columns=columns, rows=tuple(rows))


SAMPLE = select(
    "who",
    "what",
    "n",
    rows=[
        (KG.Event, Literal("Dry Well"), Literal(3)),
        (URIRef("http://example.org/x"), Literal(HOSTILE), None),
        (BNode("b1"), Literal("Zoug", lang="fr"), Literal("0.5", datatype=XSD.decimal)),
    ],
)


def test_table_aligns_columns_and_counts_rows() -> None:
    result = select("who", "n", rows=[(KG.Event, Literal(3)), (Literal("東京"), Literal(10))])
    assert render(result) == "who       n\n--------  --\nkg:Event  3\n東京      10\n(2 rows)\n"


def test_table_shows_what_could_steer_a_terminal() -> None:
    text = render(SAMPLE)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\x1b]0;own\\x07 \\u202e<script>" in text
    assert len(text.splitlines()) == 6


def test_table_cuts_the_longest_cells_to_the_width() -> None:
    result = select("a", "b", rows=[(Literal("x" * 100), Literal("short"))])
    lines = render(result, width=40).splitlines()
    assert lines[2] == "x" * 32 + "…  short"


def test_table_of_nothing_says_so() -> None:
    assert render(select("a", rows=[])) == "a\n-\n(0 rows)\n"


def test_csv_follows_the_standard() -> None:
    text = render(SAMPLE, format="csv")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows == [
        ["who", "what", "n"],
        [str(KG.Event), "Dry Well", "3"],
        ["http://example.org/x", HOSTILE, ""],
        ["_:b1", "Zoug", "0.5"],
    ]
    assert text.startswith("who,what,n\r\n")


def test_tsv_and_json_are_read_back_by_another_reader() -> None:
    for format_, parser in (
        ("tsv", ox.QueryResultsFormat.TSV),
        ("json", ox.QueryResultsFormat.JSON),
    ):
        text = render(SAMPLE, format=format_)  # type: ignore[arg-type]
        solutions = ox.parse_query_results(text, parser)
        assert isinstance(solutions, ox.QuerySolutions)
        rows = [tuple(solution) for solution in solutions]
        assert rows[0] == (ox.NamedNode(str(KG.Event)), ox.Literal("Dry Well"), ox.Literal(3))
        assert rows[1][1] == ox.Literal(HOSTILE)
        assert rows[1][2] is None
        assert rows[2][1] == ox.Literal("Zoug", language="fr")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_tsv(text: str) -> None:
    written = render(select("a", rows=[(Literal(text),)]), format="tsv")
    solutions = ox.parse_query_results(written, ox.QueryResultsFormat.TSV)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [solution["a"] for solution in solutions] == [ox.Literal(text)]


def test_jsonl_has_one_flat_object_per_row() -> None:
    lines = render(SAMPLE, format="jsonl").splitlines()
    assert json.loads(lines[0]) == {"who": str(KG.Event), "what": "Dry Well", "n": 3}
    assert json.loads(lines[1]) == {"who": "http://example.org/x", "what": HOSTILE, "n": None}
    assert json.loads(lines[2])["n"] == 0.5


def test_ask_is_a_boolean_in_json() -> None:
    result = QueryResult(kind="ask", columns=("answer",), rows=((Literal(True),),))
    assert json.loads(render(result, format="json")) == {"head": {}, "boolean": True}
    assert render(result, format="csv") == "answer\r\ntrue\r\n"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Literal("INF", datatype=XSD.double, normalize=False), "INF"),
        (Literal("NaN", datatype=XSD.double, normalize=False), "NaN"),
        (Literal("many", datatype=XSD.integer), "many"),
        (Literal(True), True),
        (Literal("2024-02-03", datatype=XSD.date), "2024-02-03"),
        (None, None),
    ],
)
def test_plain_values_are_json(value: Literal | None, plain: object) -> None:
    assert to_plain(value) == plain
    json.dumps(to_plain(value), allow_nan=False)


def test_known_prefixes_shorten_whole_names_only() -> None:
    odd = URIRef(PREFIXES["kg"] + "a/b c")
    assert f"<{odd}>" not in render(select("a", rows=[(odd,)]))
    assert str(odd) in render(select("a", rows=[(odd,)]))
