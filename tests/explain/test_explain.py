"""An explanation says what is claimed, by whom, in which words, and what disagrees."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDFS, Literal

from kg.errors import QueryError
from kg.explain import Explanation, explain, to_json, to_text
from kg.namespaces import KG, article_graph_iri
from kg.query import find_entity, run_query
from kg.store import Store, open_store
from kg.store.embedded import EmbeddedStore
from tests.query.sample import HOSTILE, first_article, second_article, write_sample
from tests.store.endpoint_server import endpoint

ATTACK = "assault: Red Banner, Blue Banner → Dry Well base (2024-03-04)"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("explain") / "sample.trig"
    with open_store(write_sample(path)) as store:
        yield store


def sentences(explanation: Explanation) -> list[str]:
    return [claim.sentence for claim in explanation.claims]


@pytest.mark.parametrize(
    "thing",
    [
        "Red Banner attacked Dry Well base",
        "red banner attacked base",
        "red attacked well",
    ],
)
def test_an_edge_is_found_by_its_words(store: Store, thing: str) -> None:
    explanation = explain(store, thing)
    assert (explanation.kind, explanation.label) == ("edge", "Red Banner attacked Dry Well base")
    (claim,) = explanation.claims
    assert claim.sentence == "Red Banner militants attacked the Dry Well base near Ostan on Monday."
    assert (claim.speakers, claim.outlet, claim.title) == (
        (),
        "The Northern Herald",
        "Base attacked",
    )
    assert (claim.actors, claim.recipients, claim.places) == (
        ("Red Banner",),
        ("Dry Well base",),
        ("Ostan",),
    )
    assert (claim.status, claim.polarity, claim.certainty) == ("actual", "positive", "certain")
    assert (claim.earliest, claim.latest) == ("2024-03-04", "2024-03-04")


def test_an_edge_comes_with_the_accounts_that_contradict_it(store: Store) -> None:
    explanation = explain(store, "Red Banner attacked Dry Well base")
    assert [(claim.speakers, claim.killed) for claim in explanation.others] == [
        (("Ivo Marn",), 2),
        (("State television",), 5),
    ]
    told = {item.field: dict(item.values) for item in explanation.disagreements}
    assert told["actor"] == {
        "Blue Banner": ("State television",),
        "Red Banner": ("The Northern Herald",),
    }
    assert told["killed"] == {
        "2 (two soldiers)": ("Ivo Marn",),
        "5": ("State television",),
    }


def test_sentences_are_verbatim(store: Store) -> None:
    texts = {told.article.doc_id: told.article.text for told in (first_article(), second_article())}
    for thing in ("Red Banner", "Ivo Marn", "Dry Well base"):
        for claim in explain(store, thing).claims:
            assert texts[claim.article][claim.start : claim.end] == claim.sentence


def test_a_symmetric_edge_is_found_from_both_ends(store: Store) -> None:
    expected = explain(store, "Vask met Tell")
    assert explain(store, "Omar Tell met Lena Vask") == expected
    assert explain(store, "Tell spoke with Vask").label == "Lena Vask spokeWith Omar Tell"
    assert explain(store, "Tell spokeWith Vask").label == "Lena Vask spokeWith Omar Tell"


def test_an_event_is_found_by_its_label(store: Store) -> None:
    explanation = explain(store, ATTACK)
    assert explanation.kind == "event"
    assert len(explanation.claims) == 3
    assert dict(explanation.facts)["sources"] == "1"
    assert {(item.how, item.label) for item in explanation.related} == {
        ("edge", "Blue Banner attacked Dry Well base"),
        ("edge", "Red Banner attacked Dry Well base"),
        ("other end of retaliation for", "assault: army → Red Banner (2024-03-05)"),
    }


def test_why_accounts_are_one_event_is_told(store: Store) -> None:
    explanation = explain(store, "consult: Lena Vask, Omar Tell (2024-03-05)")
    assert {claim.article for claim in explanation.claims} == {"first", "second"}
    assert len(explanation.because) == 1


def test_an_entity_is_found_by_label_or_alias_with_what_it_said(store: Store) -> None:
    explanation = explain(store, "marn")
    assert (explanation.kind, explanation.label) == ("entity", "Ivo Marn")
    facts = dict(explanation.facts)
    assert facts["kind"] == "person"
    assert facts["country"] == "OST"
    assert facts["told in"] == "article:first, article:second"
    assert sentences(explanation) == [
        "General Ivo Marn said two soldiers were killed and none was injured.",
        "Marn denied that the army had attacked the market.",
        "Ivo Marn, who commands the army, is no friend of Blue Banner.",
        "Rockets hit the Dry Well base on Monday, killing at least three soldiers, Marn said.",
        "The former chief of the army, Marn, is not a member of Red Banner.",
        "The former chief of the army, Marn, is not a member of Red Banner.",
    ]
    assert [
        related.label for related in explanation.related if related.how == "actor relation"
    ] == ["Ivo Marn leads army"]


@pytest.mark.parametrize("thing", ["Ivo Marn leads army", "marn leads army"])
def test_a_relation_between_actors_is_found_by_its_words(store: Store, thing: str) -> None:
    explanation = explain(store, thing)
    assert (explanation.kind, explanation.label) == ("actor relation", "Ivo Marn leads army")
    facts = dict(explanation.facts)
    assert facts["office"] == "chief"
    assert facts["status"] == "actual, historical"
    assert (facts["sources"], facts["independent sources"]) == ("2", "2")
    assert [(claim.type, claim.actors, claim.recipients) for claim in explanation.claims] == [
        ("leads", ("Ivo Marn",), ("army",))
    ] * 2
    assert [(claim.status, claim.office) for claim in explanation.claims] == [
        ("actual", None),
        ("historical", "chief"),
    ]
    assert [related.label for related in explanation.related] == ["Ivo Marn", "army"]
    assert "leads: Ivo Marn → army, as chief; historical, certain" in to_text(explanation)


def test_a_claim_leads_to_the_relation_between_actors(store: Store) -> None:
    (claim,) = explain(store, "Red Banner backs Blue Banner").claims
    assert claim.speakers == ("State television",)
    assert explain(store, claim.iri).label == "Red Banner backs Blue Banner"


def test_a_denied_relation_between_actors_is_none(store: Store) -> None:
    with pytest.raises(QueryError):
        explain(store, "Ivo Marn belongs to Red Banner")


def test_a_denial_stays_a_denial(store: Store) -> None:
    explanation = explain(store, "assault: army → market")
    (claim,) = explanation.claims
    assert (claim.status, claim.polarity) == ("negated", "negative")
    assert "; negated, certain, denied" in to_text(explanation)


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("GRAPH kg:merged { ?x a kg:Edge }", "edge"),
        ("GRAPH kg:merged { ?x a kg:EventRelation }", "relation"),
        ("GRAPH kg:merged { ?x a kg:Event }", "event"),
        ("GRAPH graph:first { ?x a kg:EventAccount }", "event"),
        ("GRAPH graph:first { ?x a kg:Claim }", "event"),
    ],
)
def test_everything_has_an_iri_to_explain(store: Store, pattern: str, kind: str) -> None:
    rows = run_query(store, f"SELECT ?x WHERE {{ {pattern} }} ORDER BY ?x").rows
    for (iri,) in rows:
        explanation = explain(store, str(iri))
        assert explanation.kind == kind
        assert explanation.claims


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        ("Nobody Inc", "no entity has this name"),
        ("Red Baner", "Did you mean Red Banner"),
        ("army threatened Red Banner", "the graph has no such edge"),
        ("banner attacked base", r"means 2 edges\. Give one IRI: <"),
        ("https://example.org/none", "the graph says nothing of it"),
        ("<https://example.org/a b>", "not an IRI"),
        ("", "no entity has this name"),
        ("attacked", "no entity has this name"),
    ],
)
def test_what_is_not_there_is_reported(store: Store, thing: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        explain(store, thing)
    assert "\n" not in str(caught.value)


def test_text_of_an_edge(store: Store) -> None:
    text = to_text(explain(store, "army attacked Red Banner"))
    lines = text.splitlines()
    assert lines[0] == "army attacked Red Banner"
    assert "  confidence: 0.9" in lines
    start = lines.index("What is claimed")
    assert lines[start : start + 4] == [
        "What is claimed",
        "  1. first (The Northern Herald, 2024-03-06), in its own voice",
        '     "The army shelled Red Banner on Tuesday in response to the attack."',
        "     ASSAULT-heavy-weapons: army → Red Banner, 2024-03-05; actual, certain",
    ]


def test_text_shows_disagreement_and_counts_what_it_leaves_out(store: Store) -> None:
    text = to_text(explain(store, ATTACK), limit=1)
    assert "    5: according to State television\n" in text
    assert "  ... and 2 more\n" in text
    assert "more\n" not in to_text(explain(store, ATTACK), limit=None)


def test_a_hostile_name_steers_no_terminal(store: Store) -> None:
    explanation = explain(store, HOSTILE)
    assert explanation.label == HOSTILE
    text = to_text(explanation)
    assert "\x1b" not in text
    assert "\\x1b[31m" in text


def test_json_holds_everything(store: Store) -> None:
    explanation = explain(store, HOSTILE)
    data = json.loads(to_json(explanation))
    assert data["label"] == HOSTILE
    assert data["claims"][0]["sentence"] == f"{HOSTILE} helped Red Banner."
    attack = json.loads(to_json(explain(store, ATTACK)))
    assert attack["disagreements"][1]["values"]["5"] == ["State television"]
    assert attack["facts"]["type"] == "ASSAULT"


def test_an_endpoint_explains_the_same(store: Store) -> None:
    assert isinstance(store, EmbeddedStore)
    with endpoint(store.quads) as url, open_store(url) as remote:
        assert explain(remote, "army attacked Red Banner") == explain(
            store, "army attacked Red Banner"
        )


def test_each_article_names_its_speaker_in_its_own_words(store: Store, tmp_path: Path) -> None:
    marn = find_entity(store, "Ivo Marn").iri
    graph = store.read_article(article_graph_iri("second"))
    graph.set((marn, RDFS.label, Literal("General Marn")))
    with open_store(write_sample(tmp_path / "renamed.trig"), mode="write") as renamed:
        renamed.put_article(graph)
        claims = explain(renamed, str(marn)).claims
        told = {(claim.article, claim.speakers) for claim in claims if claim.speakers}
    assert told == {("first", ("Ivo Marn",)), ("second", ("General Marn",))}


def test_a_graph_without_articles_explains_what_it_has(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "merged.ttl"
    with open_store(path, mode="write") as merged:
        merged.replace_merged((s, p, o, KG.merged) for s, p, o in store.read_merged())  # type: ignore[misc]
    with open_store(path) as merged:
        explanation = explain(merged, "army attacked Red Banner")
    assert dict(explanation.facts)["confidence"] == "0.9"
    assert explanation.claims == ()
