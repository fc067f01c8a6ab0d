"""Values reach a query as terms, and a query that takes too long is given up."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.query import find_entity, run_query
from kg.store import Store, open_store
from kg.store.embedded import EmbeddedStore
from tests.query.sample import HOSTILE, article_names, write_sample
from tests.store.endpoint_server import endpoint

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("running") / "sample.trig"
    with open_store(write_sample(path)) as store:
        yield store


@given(value=st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_no_value_can_change_the_shape_of_a_query(store: Store, value: str) -> None:
    result = run_query(store, "SELECT ?v WHERE { BIND($text AS ?v) } ORDER BY ?v", {"text": value})
    if not (value.startswith("<") and value.endswith(">")):
        assert [str(row[0]) for row in result.rows] == [value]


@pytest.mark.parametrize(
    "value", ['x" . ?s2 ?p2 ?o2 } #', "x' } UNION { ?s ?p ?o } #", "$other", HOSTILE]
)
def test_an_injection_finds_nothing(store: Store, value: str) -> None:
    text = "SELECT ?s WHERE { ?s kg:country $text }"
    assert run_query(store, text, {"text": value}).rows == ()


def test_an_iri_is_written_in_angle_brackets(store: Store) -> None:
    text = "SELECT (COUNT(?s) AS ?n) WHERE { ?s a $class }"
    result = run_query(store, text, {"class": "<https://w3id.org/kg-news/ns#Event>"})
    assert str(result.rows[0][0]) == "9"
    with pytest.raises(QueryError, match="is not of type"):
        run_query(store, text, {"class": "<a\x00b>"})


def test_a_parameter_in_a_string_or_comment_is_left_alone(store: Store) -> None:
    text = 'SELECT ?v WHERE { BIND(CONCAT("$x", $x) AS ?v) } # $x'
    assert str(run_query(store, text, {"x": "1"}).rows[0][0]) == "$x1"


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"actr": "x"}, r"who-attacked-whom: no parameter 'actr'\. It has actor, recipient"),
        ({"since": "5 March"}, r"since: '5 March' is not of type date\. Example: 2021"),
        ({"since": "2024-02-31"}, "is not of type date"),
        ({"sources": "many"}, "is not of type integer"),
        ({"actor": "Red Baner"}, r"no entity has this name\. Did you mean Red Banner"),
        ({"actor": "Zzyzx"}, "'Zzyzx': no entity has this name"),
    ],
)
def test_a_wrong_parameter_is_reported(store: Store, params: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run_query(store, "who-attacked-whom", params)


def test_a_parameter_of_a_text_without_any_is_reported(store: Store) -> None:
    with pytest.raises(QueryError, match=r"query: no parameter 'x'\. It has none"):
        run_query(store, "ASK { ?s ?p ?x }", {"x": "1"})


def test_entities_are_found_by_label_alias_iri_and_prefixed_name(store: Store) -> None:
    marn = find_entity(store, "ivo marn")
    assert find_entity(store, "Marn").iri == marn.iri
    assert find_entity(store, f"<{marn.iri}>").iri == marn.iri
    assert find_entity(store, str(marn.iri)).iri == marn.iri
    assert str(find_entity(store, "wd:Q796").iri) == "http://www.wikidata.org/entity/Q796"
    assert find_entity(store, HOSTILE).label == HOSTILE


def test_a_name_of_several_entities_is_reported_with_their_iris(tmp_path: Path) -> None:
    with open_store(tmp_path / "two.ttl", mode="write") as store:
        assert isinstance(store, EmbeddedStore)
        store.quads.update(
            "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
            "PREFIX kg: <https://w3id.org/kg-news/ns#> INSERT DATA { GRAPH kg:merged { "
            '<http://a.org/1> a kg:Entity ; rdfs:label "Congress" . '
            '<http://a.org/2> a kg:Entity ; rdfs:label "Congress" } }'
        )
        with pytest.raises(
            QueryError, match=r"names 2 entities\. Give one IRI: <http://a\.org/1>, <http://a"
        ):
            find_entity(store, "congress")


def test_broken_sparql_is_reported_with_its_place(store: Store) -> None:
    with pytest.raises(QueryError, match=r"query:2:\d+: broken SPARQL.*not SPARQL from"):
        run_query(store, "SELECT ?s WHERE {\n  ?s ?p  }\n ORDER BY ?s")
    with pytest.raises(QueryError, match=r"query:1:\d+: broken SPARQL: the query ends too early"):
        run_query(store, "SELECT ?s WHERE { ?s ?p ?o ")
    with pytest.raises(QueryError, match="unknown prefix"):
        run_query(store, "SELECT ?s WHERE { ?s nope:x ?o }")
    with pytest.raises(QueryError, match="does not bind or group by"):
        run_query(store, "SELECT ?s (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")


def test_the_merged_layer_is_counted_once(store: Store) -> None:
    plain = run_query(store, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    named = run_query(store, "SELECT (COUNT(*) AS ?n) WHERE { GRAPH kg:merged { ?s ?p ?o } }")
    assert plain.rows == named.rows
    graphs = run_query(store, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?c a kg:Claim } } ORDER BY ?g")
    assert [str(row[0]) for row in graphs.rows] == article_names()


def test_a_query_that_takes_too_long_is_given_up(store: Store) -> None:
    started = time.monotonic()
    with pytest.raises(QueryError, match=r"took longer than 1\.5 seconds"):
        run_query(store, ENDLESS, timeout=1.5)
    assert time.monotonic() - started < 10


def test_with_a_timeout_the_answer_and_the_errors_are_the_same(store: Store) -> None:
    assert run_query(store, "articles", timeout=60) == run_query(store, "articles")
    with pytest.raises(QueryError, match="broken SPARQL"):
        run_query(store, "SELECT ?s WHERE { ?s ?p }", timeout=60)
    with pytest.raises(QueryError, match="Give more than 0"):
        run_query(store, "articles", timeout=0)


def test_an_endpoint_gives_the_same_answers(store: Store) -> None:
    assert isinstance(store, EmbeddedStore)
    with endpoint(store.quads) as url, open_store(url) as remote:
        for name in ("who-attacked-whom", "disputed-accounts", "articles"):
            assert run_query(remote, name, timeout=20) == run_query(store, name)
        assert run_query(remote, "meetings", {"party": "Omar Tell"}).rows
