from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from rdflib import RDF, RDFS, SKOS, Literal, URIRef

from kg.namespaces import GEO, KG, OA, PROV, SCHEMA, SEM, article_graph_iri
from kg.rdf.mapping import to_quads
from kg.rdf.mutual import _mutual_by_rule
from kg.rdf.validate import validate
from kg.records import Casualties, DateInterval, EntityMention, Extraction, Quantity
from kg.taxonomy import taxonomy
from kg.terms import (
    EntityKind,
    EventType,
    Grain,
    MentionLevel,
    Polarity,
    Precision,
    QuantityKind,
    RelationType,
    Status,
)
from tests.factory import (
    make_entity,
    make_event,
    make_extraction,
    make_relation,
    span_of,
)
from tests.rdf.worlds import (
    TEXT,
    accounts_of,
    edges_of,
    extraction_of,
    graph_of,
    nodes_of,
    only,
    to_graph,
    values,
)
from tests.strategies import LAW, extractions

RETALIATED_FOR = URIRef(taxonomy().relations[RelationType.RETALIATION_FOR].edge_property)
PRECONDITION_FOR = URIRef(taxonomy().relations[RelationType.PRECONDITION_FOR].edge_property)
ATTACK: dict[str, Any] = {"text": TEXT, "actors": ("E1",), "recipients": ("E2",)}


def test_an_article_is_described_with_its_text_and_outlet() -> None:
    graph = graph_of(
        (),
        title="Clash",
        url="https://news.example/a b",
        publisher="The Daily",
        published=date(2024, 4, 21),
    )
    article = only(graph, KG.Article)
    assert graph.identifier == article_graph_iri("a1")
    assert graph.value(article, KG.text) == Literal(TEXT)
    assert graph.value(article, SCHEMA.headline) == Literal("Clash")
    assert str(graph.value(article, SCHEMA.url)) == "https://news.example/a b"
    assert str(graph.value(article, SCHEMA.datePublished)) == "2024-04-21"
    assert values(graph, article, SCHEMA.publisher) == ["daily"]
    assert str(graph.value(only(graph, KG.Outlet), RDFS.label)) == "The Daily"


def test_an_entity_has_its_kind_names_and_place() -> None:
    text = "SANA said so. The Syrian Arab News Agency said it again."
    agency = make_entity(
        "E1",
        "Syrian Arab News Agency",
        EntityKind.MEDIA,
        text=text,
        country="SYR",
        sector="JRN",
        wikidata="Q1133098",
        lat=33.5,
        lon=-36.3,
        precision=Precision.SITE,
        located_by=("https://example.org/damascus",),
    )
    short = EntityMention(span=span_of("SANA", text), level=MentionLevel.NAME)
    agency = make_entity(**{**vars(agency), "mentions": (*agency.mentions, short)})
    graph = to_graph(to_quads(make_extraction(text, entities=(agency,), events=())))
    iri = URIRef(agency.iri)
    assert (iri, RDF.type, KG.Entity) in graph
    assert [str(name) for name in graph.objects(iri, SKOS.altLabel)] == ["SANA"]
    assert values(graph, iri, KG.country) == ["SYR"]
    assert values(graph, iri, KG.kind) == ["media"]
    assert values(graph, iri, SCHEMA.sameAs) == ["Q1133098"]
    assert (str(graph.value(iri, GEO.lat)), str(graph.value(iri, GEO.long))) == ("33.5", "-36.3")
    assert values(graph, iri, KG.precision) == ["site"]
    assert values(graph, iri, KG.locatedBy) == ["damascus"]


def test_an_attack_gives_account_claim_and_edge() -> None:
    graph = graph_of([make_event(**ATTACK, mode="drone")])
    account, claim, edge = (only(graph, name) for name in (KG.EventAccount, KG.Claim, KG.Edge))
    assert (account, RDF.type, SEM.Event) in graph
    assert values(graph, account, KG.eventType) == ["ns#ASSAULT"]
    assert values(graph, account, KG.mode) == ["ns#ASSAULT-drone"]
    assert values(graph, account, KG.cameoCode) == ["1952"]
    assert values(graph, account, KG.quadClass) == ["4"]
    assert values(graph, account, KG.score) == ["-9.5"]
    assert values(graph, account, KG.actor) == ["militia"]
    assert values(graph, account, KG.recipient) == ["base"]
    assert str(graph.value(account, RDFS.label)) == "assault: militia → base"
    assert list(graph.objects(account, KG.claim)) == [claim]
    assert list(graph.objects(edge, KG.claim)) == [claim]
    assert list(graph.objects(edge, KG.event)) == [account]
    assert edges_of(graph) == {"militia attacked base"}
    assert str(graph.value(edge, RDFS.label)) == "militia attacked base"


def test_a_claim_leads_to_its_words() -> None:
    text = "Nobody died. “Rockets hit,” he said \U0001f680. The militia attacked the base."
    event = make_event(text=text, sentence=span_of("The militia attacked the base.", text))
    graph = to_graph(to_quads(make_extraction(text, events=(event,))))
    claim = only(graph, KG.Claim)
    sentence, trigger = graph.value(claim, KG.sentence), graph.value(claim, KG.trigger)
    assert str(graph.value(sentence, OA.exact)) == "The militia attacked the base."
    assert str(graph.value(trigger, OA.exact)) == "attacked"
    assert graph.value(sentence, PROV.wasQuotedFrom) == only(graph, KG.Article)


def test_what_is_not_said_is_absent() -> None:
    graph = graph_of([make_event(text=TEXT, recipients=("E2",))])
    account, claim = only(graph, KG.EventAccount), only(graph, KG.Claim)
    for absent in (KG.actor, KG.time, KG.killed, KG.injured, KG.mode, KG.earliest):
        assert values(graph, account, absent) == []
    assert values(graph, claim, KG.speaker) == []
    assert values(graph, claim, KG.outlet) == []
    assert edges_of(graph) == set(), "no actor is invented"


def test_no_casualties_are_a_count_of_none() -> None:
    event = make_event(**ATTACK, casualties=Casualties(killed=0, injured=None))
    graph = graph_of([event])
    assert values(graph, only(graph, KG.Claim), KG.killed) == ["0"]
    assert values(graph, only(graph, KG.EventAccount), KG.killed) == ["0"]
    assert values(graph, only(graph, KG.Claim), KG.injured) == []


def test_a_count_keeps_its_bounds_its_words_and_its_group() -> None:
    five = Quantity(
        kind=QuantityKind.ARRESTED,
        number=5,
        low=5,
        high=None,
        unit="person",
        group="E1",
        text="at least five rebels",
    )
    families = replace(
        five, kind=QuantityKind.DISPLACED, unit="family", group=None, text="five families"
    )
    event = make_event(**ATTACK, quantities=(five, families))
    graph = graph_of([event])
    claim, account = only(graph, KG.Claim), only(graph, KG.EventAccount)
    assert values(graph, claim, KG.numberArrested) == ["5"]
    assert values(graph, account, KG.numberArrested) == ["5"]
    assert values(graph, claim, KG.numberDisplaced) == [], "families are not counted as people"
    first, second = sorted(
        (URIRef(str(node)) for node in graph.objects(claim, KG.quantity)),
        key=lambda node: values(graph, node, KG.quantityKind),
    )
    assert values(graph, first, RDFS.label) == ["arrested: 5 or more"]
    assert values(graph, second, RDFS.label) == ["displaced: 5 or more (family)"]
    assert values(graph, first, KG.low) == ["5"]
    assert values(graph, first, KG.high) == []
    assert values(graph, first, KG.words) == ["at least five rebels"]
    assert len(values(graph, first, KG.group)) == 1


def test_a_date_keeps_its_precision_and_derivation() -> None:
    month = DateInterval(
        earliest=date(2024, 2, 1),
        latest=date(2024, 2, 29),
        grain=Grain.MONTH,
        derivation="February before 2024-04-21",
    )
    graph = graph_of([make_event(**ATTACK, date=month, date_text="back in February")])
    account, claim = only(graph, KG.EventAccount), only(graph, KG.Claim)
    interval = only(graph, KG.Interval)
    assert list(graph.objects(account, KG.time)) == [interval]
    assert values(graph, interval, KG.grain) == ["month"]
    assert values(graph, interval, KG.earliest) == ["2024-02-01"]
    assert values(graph, account, KG.latest) == ["2024-02-29"]
    assert values(graph, claim, KG.dateDerivation) == ["February before 2024-04-21"]
    assert values(graph, claim, KG.dateText) == ["back in February"]


def test_speakers_and_outlet_stand_on_the_claim() -> None:
    graph = graph_of([make_event(**ATTACK, attribution=("E4", "E3"))], publisher="Gazette")
    claim = only(graph, KG.Claim)
    assert values(graph, claim, KG.speaker) == ["army", "minister"]
    assert values(graph, claim, PROV.wasAttributedTo) == ["army", "minister"]
    assert values(graph, claim, KG.outlet) == ["gazette"]


# --- Several tellings ---


def told_twice(**second: Any) -> Extraction:
    first = make_event("V1", **ATTACK)
    values = {"trigger": "met", "text": TEXT, "recipients": ("E2",)} | second
    again = make_event("V2", **values)
    same = make_relation(RelationType.SAME_AS, "V2", "V1")
    return extraction_of([first, again], relations=[same])


def test_tellings_of_one_event_are_one_account_with_two_claims() -> None:
    graph = to_graph(to_quads(told_twice()))
    assert len(nodes_of(graph, KG.Claim)) == 2
    assert len(list(graph.objects(only(graph, KG.EventAccount), KG.claim))) == 2


def test_values_that_disagree_stay_side_by_side() -> None:
    graph = to_graph(to_quads(told_twice(actors=("E3",), attribution=("E4",))))
    account = only(graph, KG.EventAccount)
    assert values(graph, account, KG.actor) == ["army", "militia"]
    told = {
        tuple(values(graph, claim, KG.actor)): values(graph, claim, KG.speaker)
        for claim in nodes_of(graph, KG.Claim)
    }
    assert told == {("militia",): [], ("army",): ["minister"]}


def test_same_as_across_types_keeps_two_accounts_and_their_relation() -> None:
    graph = to_graph(to_quads(told_twice(type=EventType.THREATEN)))
    assert len(accounts_of(graph)) == 2
    relation = only(graph, KG.EventRelation)
    assert values(graph, relation, KG.relationType) == ["ns#relation-same_as"]


def test_mentions_that_say_exactly_the_same_are_one_claim() -> None:
    graph = graph_of([make_event("V1", **ATTACK), make_event("V2", **ATTACK)])
    assert len(nodes_of(graph, KG.Claim)) == 1


def test_a_relation_of_a_repeated_mention_is_that_of_its_claim() -> None:
    extraction = extraction_of(
        [
            make_event("V1", **ATTACK),
            make_event("V2", **ATTACK),
            make_event("V3", trigger="met", text=TEXT, actors=("E3",), recipients=("E1",)),
        ],
        relations=[make_relation(RelationType.RETALIATION_FOR, "V3", "V2")],
    )
    graph = to_graph(to_quads(extraction))
    assert len(nodes_of(graph, KG.Claim)) == 2
    assert len(nodes_of(graph, KG.EventRelation)) == 1


# --- Direct edges ---


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("polarity", Polarity)
def test_only_what_is_said_to_have_happened_gives_an_edge(
    status: Status, polarity: Polarity
) -> None:
    graph = graph_of([make_event(**ATTACK, status=status, polarity=polarity)])
    happened = status in {Status.ACTUAL, Status.HISTORICAL} and polarity is Polarity.POSITIVE
    assert edges_of(graph) == ({"militia attacked base"} if happened else set())
    assert len(nodes_of(graph, KG.Claim)) == 1, "a denial or a plan is a claim too"


def test_a_meeting_holds_both_ways_and_has_one_node() -> None:
    event = make_event(
        type=EventType.CONSULT, trigger="met", text=TEXT, actors=("E4",), recipients=("E3",)
    )
    graph = graph_of([event])
    assert edges_of(graph) == {"army met minister", "minister met army"}
    assert str(graph.value(only(graph, KG.Edge), KG.symmetric)) == "true"


def test_a_visit_holds_one_way() -> None:
    event = make_event(
        type=EventType.CONSULT,
        mode="visit",
        trigger="met",
        text=TEXT,
        actors=("E4",),
        recipients=("E3",),
    )
    assert edges_of(graph_of([event])) == {"minister visited army"}


def assault_rule(*, mutual: bool) -> str:
    """Return a rule of the lexicon that reads force as used by all on all, or side by side."""
    known = sorted(_mutual_by_rule().items())
    return next(rule for rule, is_mutual in known if "assault" in rule and is_mutual is mutual)


def test_parties_of_a_clash_fought_each_other() -> None:
    clash = make_event(text=TEXT, actors=("E1", "E3", "E4"), rule=assault_rule(mutual=True))
    graph = graph_of([clash])
    assert edges_of(graph) == {
        f"{first} foughtWith {second}"
        for first in ("militia", "army", "minister")
        for second in ("militia", "army", "minister")
        if first != second
    }


def test_who_clash_with_somebody_fight_and_with_a_place_attack() -> None:
    clash = make_event(
        text=TEXT, actors=("E1",), recipients=("E3", "E2"), rule=assault_rule(mutual=True)
    )
    assert edges_of(graph_of([clash])) == {
        "militia foughtWith army",
        "army foughtWith militia",
        "militia attacked base",
    }


def test_nobody_meets_a_place() -> None:
    meeting = make_event(
        type=EventType.CONSULT, trigger="met", text=TEXT, actors=("E3",), recipients=("E5", "E4")
    )
    assert edges_of(graph_of([meeting])) == {"army met minister", "minister met army"}


def test_who_attack_side_by_side_do_not_fight_each_other() -> None:
    attack = make_event(text=TEXT, actors=("E1", "E3"), rule=assault_rule(mutual=False))
    assert edges_of(graph_of([attack])) == set()


def test_a_meeting_read_by_a_rule_from_elsewhere_is_mutual() -> None:
    meeting = make_event(
        type=EventType.CONSULT, trigger="met", text=TEXT, actors=("E3", "E4"), rule="other"
    )
    assert edges_of(graph_of([meeting])) == {"army met minister", "minister met army"}
    assert edges_of(graph_of([make_event(text=TEXT, actors=("E1", "E3"), rule="other")])) == set()


def test_several_actors_of_a_one_way_act_are_no_parties() -> None:
    event = make_event(type=EventType.AID, text=TEXT, actors=("E1", "E3"))
    assert edges_of(graph_of([event])) == set()


def test_what_cannot_act_begins_no_edge() -> None:
    graph = graph_of([make_event(text=TEXT, actors=("E6", "E5", "E1"), recipients=("E2",))])
    assert edges_of(graph) == {"militia attacked base"}


def test_nobody_acts_on_himself() -> None:
    assert edges_of(graph_of([make_event(text=TEXT, actors=("E1",), recipients=("E1",))])) == set()


@pytest.mark.parametrize("speaker", [("E4",), ("E3",), ()])
def test_the_actor_of_one_sentence_never_meets_the_recipient_of_another(
    speaker: tuple[str, ...],
) -> None:
    extraction = extraction_of(
        [
            make_event("V1", text=TEXT, actors=("E1",), attribution=("E4",)),
            make_event("V2", trigger="met", text=TEXT, recipients=("E2",), attribution=speaker),
        ],
        relations=[make_relation(RelationType.SAME_AS, "V2", "V1")],
    )
    assert edges_of(to_graph(to_quads(extraction))) == set()


# --- Relations between events ---


def related(relation_type: RelationType, **second: Any) -> Extraction:
    values = {"trigger": "met", "text": TEXT, "actors": ("E3",), "recipients": ("E1",)} | second
    return extraction_of(
        [make_event("V1", **ATTACK), make_event("V2", **values)],
        relations=[make_relation(relation_type, "V2", "V1")],
    )


def test_a_stated_relation_has_a_node_and_a_direct_edge() -> None:
    graph = to_graph(to_quads(related(RelationType.RETALIATION_FOR)))
    relation = only(graph, KG.EventRelation)
    source, target = graph.value(relation, KG.fromEvent), graph.value(relation, KG.toEvent)
    assert values(graph, URIRef(str(source)), KG.actor) == ["army"]
    assert (source, RETALIATED_FOR, target) in graph
    assert len(list(graph.objects(relation, KG.claim))) == 2
    assert str(graph.value(graph.value(relation, KG.sentence), OA.exact)) == TEXT[:1]


def test_a_threatened_retaliation_is_stated_but_not_drawn() -> None:
    extraction = related(RelationType.RETALIATION_FOR, status=Status.FUTURE)
    graph = to_graph(to_quads(extraction))
    assert len(nodes_of(graph, KG.EventRelation)) == 1
    assert list(graph.subject_objects(RETALIATED_FOR)) == []


def test_a_precondition_is_drawn_between_hypothetical_events() -> None:
    extraction = related(RelationType.PRECONDITION_FOR, status=Status.HYPOTHETICAL)
    assert list(to_graph(to_quads(extraction)).subject_objects(PRECONDITION_FOR))


# --- Laws ---


@given(extractions())
@settings(max_examples=LAW)
def test_the_same_extraction_gives_the_same_quads(extraction: Extraction) -> None:
    quads = list(to_quads(extraction))
    assert quads == list(to_quads(extraction))
    assert len(quads) == len(set(quads))


@given(extractions())
@settings(max_examples=10)  # each takes a tenth of a second
def test_every_graph_conforms_to_the_shapes(extraction: Extraction) -> None:
    report = validate(to_graph(to_quads(extraction)))
    assert [str(problem) for problem in report.problems] == []


@given(extractions())
@settings(max_examples=LAW)
def test_every_span_reproduces_its_words(extraction: Extraction) -> None:
    graph = to_graph(to_quads(extraction))
    text = extraction.article.text
    for span in nodes_of(graph, KG.Span):
        start, end = (int(str(graph.value(span, term))) for term in (OA.start, OA.end))
        assert str(graph.value(span, OA.exact)) == text[start:end]


@given(extractions())
@settings(max_examples=LAW)
def test_every_event_mention_is_a_claim_of_one_account(extraction: Extraction) -> None:
    graph = to_graph(to_quads(extraction))
    for claim in nodes_of(graph, KG.Claim):
        assert len(list(graph.subjects(KG.claim, claim))) >= 1
        owners = [node for node in accounts_of(graph) if (node, KG.claim, claim) in graph]
        assert len(owners) == 1
    assert bool(nodes_of(graph, KG.Claim)) == bool(extraction.events)


@given(extractions())
@settings(max_examples=LAW)
def test_no_edge_rests_on_what_did_not_happen(extraction: Extraction) -> None:
    graph = to_graph(to_quads(extraction))
    for edge in nodes_of(graph, KG.Edge):
        for claim in graph.objects(edge, KG.claim):
            assert str(graph.value(claim, KG.status)) in {"actual", "historical"}
            assert str(graph.value(claim, KG.polarity)) == "positive"
