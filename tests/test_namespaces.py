import re
import string

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.namespaces import (
    KG,
    THINGS,
    article_graph_iri,
    article_iri,
    claim_iri,
    decimal,
    entity_iri,
    integer,
    is_article_graph,
    outlet_iri,
    slug,
)
from kg.terms import EntityKind, Status
from tests.factory import make_event

PERSON, GROUP = EntityKind.PERSON, EntityKind.ARMED_GROUP


def test_a_curated_identifier_decides_alone() -> None:
    first = entity_iri(kind=EntityKind.STATE, name="Iraq", curated="wikidata:Q796")
    second = entity_iri(kind=EntityKind.PLACE, name="Republic of Iraq", curated="wikidata:Q796")
    assert first == second == "http://www.wikidata.org/entity/Q796"


@pytest.mark.parametrize(
    ("curated", "iri"),
    [
        ("geonames:98182", "https://sws.geonames.org/98182/"),
        ("iso:IRQ", f"{THINGS}country/IRQ"),
        ("kg:green-village", f"{THINGS}entity/green-village"),
    ],
)
def test_curated_schemes(curated: str, iri: str) -> None:
    assert entity_iri(kind=EntityKind.PLACE, name="x", curated=curated) == iri


@pytest.mark.parametrize("curated", ["Q796", "wikidata:796", "geonames:x", "iso:iq", "kg:", "x:y"])
def test_a_malformed_curated_identifier_is_refused(curated: str) -> None:
    with pytest.raises(ValueError, match="curated identifier"):
        entity_iri(kind=EntityKind.PLACE, name="x", curated=curated)


@pytest.mark.parametrize(
    "name", ["Kata'ib Hezbollah", "the KATAIB  HEZBOLLAH", "Katā’ib Hezbollah"]
)
def test_spelling_of_case_accents_and_articles_makes_no_difference(name: str) -> None:
    assert entity_iri(kind=GROUP, name=name) == f"{THINGS}armed-group/kataib-hezbollah"


def test_country_tells_bodies_of_one_name_apart_but_not_persons() -> None:
    body = EntityKind.GOVERNMENT
    assert entity_iri(kind=body, name="Congress", country="USA") != entity_iri(
        kind=body, name="Congress", country="PER"
    )
    assert entity_iri(kind=PERSON, name="Jen Psaki", country="USA") == entity_iri(
        kind=PERSON, name="Jen Psaki"
    )


def test_descriptions_never_agree_across_articles() -> None:
    name = "two Iraqi security sources"
    first = entity_iri(kind=PERSON, name=name, country="IRQ", doc_id="a1")
    assert first == entity_iri(kind=PERSON, name=name, country="IRQ", doc_id="a1")
    assert first != entity_iri(kind=PERSON, name=name, country="IRQ", doc_id="a2")


def test_a_name_of_symbols_has_an_iri_of_its_own() -> None:
    assert slug("!!!") != slug("???")
    assert slug("...") != ""


@given(st.text(), st.text(), st.sampled_from(EntityKind))
def test_iris_are_plain_and_accepted_by_strict_stores(
    name: str, doc_id: str, kind: EntityKind
) -> None:
    for iri in (
        entity_iri(kind=kind, name=name, country="IRQ"),
        entity_iri(kind=kind, name=name, doc_id=doc_id),
        article_iri(doc_id),
        article_graph_iri(doc_id),
        outlet_iri(name),
    ):
        assert re.fullmatch(r"[A-Za-z0-9:/.%~_-]+", iri)
        pyoxigraph.NamedNode(str(iri))


@given(st.text(), st.text())
def test_different_articles_have_different_graphs(first: str, second: str) -> None:
    assert (article_graph_iri(first) == article_graph_iri(second)) == (first == second)


@given(st.text(alphabet=string.ascii_letters + " -'."))
def test_slugs_are_stable_under_case(name: str) -> None:
    assert slug(name.upper()) == slug(name.lower())


def test_a_claim_is_known_by_what_was_read() -> None:
    event = make_event(actors=("E1",))
    again = make_event("V9", actors=("E1",), confidence=0.1)
    parties = ("x", "", "")
    assert claim_iri("a1", event, parties) == claim_iri("a1", again, parties)
    assert claim_iri("a1", event, parties) != claim_iri("a2", event, parties)
    assert claim_iri("a1", event, parties) != claim_iri("a1", event, ("", "x", ""))
    planned = make_event(actors=("E1",), status=Status.FUTURE)
    assert claim_iri("a1", event, parties) != claim_iri("a1", planned, parties)


def test_misspelt_terms_fail_at_once() -> None:
    with pytest.raises(AttributeError, match="actr"):
        KG.actr  # noqa: B018


def test_article_graphs_are_told_from_the_merged_one() -> None:
    assert is_article_graph(article_graph_iri("a1"))
    assert not is_article_graph(KG.merged)


def test_numbers_have_one_spelling() -> None:
    assert str(integer(7)) == "7"
    assert [str(decimal(value)) for value in (0.0, 1.0, 0.1 + 0.2)] == ["0.0", "1.0", "0.3"]
