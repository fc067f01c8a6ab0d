"""Queries may read this graph and do nothing else."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.query.guard import MAX_LENGTH, check_query, tokens

GOOD = [
    "SELECT ?s WHERE { ?s ?p ?o }",
    "select distinct ?s where { ?s a kg:Event } order by desc(?s) limit 5 offset 2",
    'SELECT ?s WHERE { ?s rdfs:label "SERVICE; DROP ALL" }',
    "SELECT ?s WHERE { ?s rdfs:label 'LOAD <file:///etc/passwd>' }",
    'SELECT ?s WHERE { ?s rdfs:label """FROM "here" to\nthere""" }',
    "SELECT ?s WHERE { ?s rdfs:label '''it's FROM''' }",
    "# SERVICE in a comment\nSELECT ?s WHERE { ?s ?p ?o }",
    "SELECT ?SERVICE WHERE { ?SERVICE ?p $load }",
    "SELECT ?s WHERE { ?s <http://example.org/SERVICE#LOAD> kg:SERVICE }",
    "SELECT ?s WHERE { ?s kg:file.LOAD ?o }",
    "SELECT ?s WHERE { ?s rdfs:label 'x'@en-GB ; kg:p 1, 1.5, -2e10, true }",
    "ASK { ?s (kg:actor|^kg:recipient)+/kg:place* ?o FILTER(!BOUND(?s) && ?o > 3 || ?o < -1) }",
    "CONSTRUCT { ?s kg:p ?o } WHERE { ?s kg:q ?o }",
    "DESCRIBE <http://example.org/x>",
    "PREFIX wikidata: <http://www.wikidata.org/entity/> DESCRIBE wikidata:Q796",
    "SELECT (GROUP_CONCAT(DISTINCT ?l; SEPARATOR=', ') AS ?all) WHERE { VALUES ?l { UNDEF 'a' } }",
    "SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } BIND(IF(?o IN (1, 2), 1, 0) AS ?x) }",
    "SELECT ?s WHERE { ?s rdfs:label 'caf\\u00e9' }",
    "PREFIX ex: <http://example.org/> BASE <http://a.org/> SELECT * WHERE { ex:a\\-b ?p _:n }",
]

BAD = [
    "SELECT ?s WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT ?s WHERE { service silent ?x { ?s ?p ?o } }",
    "SELECT ?s WHERE { \\u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT ?s WHERE { \\U00000053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT ?s WHERE { ?s ?p trueSERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT ?s WHERE { ?s ?p 1SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT ?s WHERE { ?s ?p 'x'SERVICE:x { ?s ?p ?o } }",
    "SELECT ?s WHERE { ?s ?p '\\u0027 . SERVICE <http://127.0.0.1/> { ?s ?p ?o } #' }",
    "SELECT ?s FROM <http://127.0.0.1/x.ttl> WHERE { ?s ?p ?o }",
    "ASKFROM <http://127.0.0.1/x.ttl> { ?s ?p ?o }",
    "SELECT ?s FROM NAMED <file:///etc/passwd> WHERE { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <file:///etc/passwd>",
    "INSERT DATA { <a:a> <a:a> <a:a> }",
    "DELETE WHERE { ?s ?p ?o }",
    "SELECT ?s WHERE { ?s ?p ?o } ; DROP ALL",
    "CLEAR ALL",
    "WITH <a:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "COPY DEFAULT TO <a:a>",
]


@pytest.mark.parametrize("text", GOOD)
def test_a_query_that_only_reads_is_allowed_and_parses(text: str) -> None:
    check_query(text)
    from kg.namespaces import PREFIXES

    ox.Store().query(text, prefixes=PREFIXES)


@pytest.mark.parametrize("text", BAD)
def test_a_query_that_reaches_further_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        check_query(text)
    assert "\n" not in str(caught.value)


def test_the_message_names_the_word_and_the_way_out() -> None:
    with pytest.raises(QueryError, match="DELETE is not allowed: queries only read; change"):
        check_query("DELETE WHERE { ?s ?p ?o }")
    with pytest.raises(QueryError, match=r"reach an article with GRAPH"):
        check_query("SELECT * FROM <a:a> WHERE { ?s ?p ?o }")


def test_a_misspelt_word_is_answered_with_the_right_one() -> None:
    with pytest.raises(QueryError, match=r"'SELCT' is no word .* Did you mean SELECT\?"):
        check_query("SELCT ?s WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ASK { " + "{" * 3000 + "}" * 3000 + " }", "nested deeper than 100"),
        ("ASK { FILTER" + "(" * 3000 + "1" + ")" * 3000 + " }", "nested deeper than 100"),
        ("ASK { FILTER(" + "!" * 20000 + "true) }", "more than 1000 operators"),
        ("ASK { FILTER(1" + "+1" * 20000 + " = 1) }", "more than 1000 operators"),
        ("ASK { FILTER(true" + "||true" * 10000 + ") }", "more than 1000 operators"),
        ("ASK { ?s <a:a>" + "/<a:a>" * 10000 + " ?o }", "more than 1000 operators"),
        ("ASK { } #" + "x" * MAX_LENGTH, "Use at most 100000"),
    ],
)
def test_a_query_too_large_to_parse_is_refused(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        check_query(text)


def test_a_hundred_nested_groups_are_answered() -> None:
    text = "ASK " + "{" * 100 + "}" * 100
    check_query(text)
    assert bool(ox.Store().query(text))


@given(st.text(alphabet="<>\"'\\#?$@:{}()a1 SERVICEfrom\n.u0053-_é"))
def test_tokens_are_the_whole_text(text: str) -> None:
    assert "".join(piece for _, piece in tokens(text)) == text


@given(
    st.text(alphabet="<>\"'\\#?$@:{}()a1 \n.,;-_!&|="),
    st.text(alphabet="<>\"'\\#?$@:{}()a1 \n.,;-_!&|="),
)
def test_no_surroundings_hide_a_service_that_the_engine_would_run(before: str, after: str) -> None:
    text = f"ASK {{ {before}SERVICE<a:a>{{}}{after} }}"
    try:
        check_query(text)
    except QueryError:
        return
    try:
        ox.Store().query(text)
    except SyntaxError:
        return
    except (OSError, RuntimeError) as error:
        pytest.fail(f"{text!r} asked another server: {error}")
