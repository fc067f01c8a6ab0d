from pathlib import Path

from kg.store import open_store
from kg.view.reading import read_outline, with_accounts
from kg.view.records import Event, GraphContent


def event_of(content: GraphContent, words: str) -> Event:
    return next(event for event in content.events if event.words == words)


def names(content: GraphContent, iris: tuple[str, ...]) -> list[str]:
    return [thing.label for iri in iris for thing in content.things if thing.iri == iri]


def test_an_event_has_its_parties_and_its_day(content: GraphContent) -> None:
    event = event_of(content, "attacked")
    assert names(content, event.actors) == ["Red Front"]
    assert names(content, event.recipients) == ["Camp Delta"]
    assert names(content, event.places) == ["Northmark"]
    assert (event.earliest, event.latest) == ("2024-04-20", "2024-04-20")
    assert (event.type, event.verb) == ("ASSAULT", "attacked")


def test_two_articles_give_one_event_with_two_accounts(content: GraphContent) -> None:
    event = event_of(content, "attacked")
    assert event.source_count == 2
    assert [account.sentence for account in event.accounts] == [
        "The Red Front attacked Camp Delta in Northmark",
        "The Red Front attacked Camp Delta in Northmark, killing two.",
    ]
    assert [account.counts for account in event.accounts] == [(), (("killed", 2),)]
    assert [account.counted for account in event.accounts] == [(), (("killed", "2", "two"),)]


def test_the_trigger_stands_in_the_sentence(content: GraphContent) -> None:
    for event in content.events:
        for account in event.accounts:
            assert account.sentence[account.trigger_start : account.trigger_end] == event.words


def test_the_speaker_is_told(content: GraphContent) -> None:
    (account,) = event_of(content, "struck").accounts
    assert account.speakers == ("Maria Holt",)


def test_only_what_a_claim_affirms_has_happened(content: GraphContent) -> None:
    assert {event.words: event.status for event in content.events} == {
        "attacked": "actual",
        "struck": "actual",
        "hit": "actual",
        "meet": "hypothetical",
        "armed": "negated",
    }


def test_an_unnamed_actor_stays_unnamed(content: GraphContent) -> None:
    assert event_of(content, "hit").actors == ()


def test_edges_are_those_of_the_graph(content: GraphContent) -> None:
    told = {
        (*names(content, (edge.origin,)), edge.label, *names(content, (edge.target,)))
        for edge in content.edges
    }
    assert told == {
        ("Red Front", "attacked", "Camp Delta"),
        ("Arvania", "attacked", "Red Front"),
    }


def test_a_relation_runs_from_the_answer_to_what_it_answers(content: GraphContent) -> None:
    (link,) = content.event_links
    assert link.type == "retaliation_for"
    assert link.origin == event_of(content, "struck").iri
    assert link.target == event_of(content, "attacked").iri


def test_sources_have_outlet_title_link_and_day(content: GraphContent) -> None:
    first, second = content.sources
    assert (first.title, first.publisher) == ("A raid and its answer", "The Paper")
    assert (first.url, first.published) == ("https://example.org/raid", "2024-05-03")
    assert (second.title, second.url) == ("a2", None)


def test_places_have_their_coordinates(places: Path) -> None:
    with open_store(places) as store:
        content = read_outline(store, title="Places")
    found = {thing.label: (thing.lat, thing.lon) for thing in content.things}
    assert found["Ostvik"] == (65.6839, -18.1105)
    assert found["northern Iceland"] == (None, None)


def test_a_graph_of_others_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "foreign.ttl"
    path.write_text(
        """@prefix kg: <https://w3id.org/kg-news/ns#> . @prefix x: <http://example.org/> .
        x:e a kg:Event ; kg:eventType kg:ASSAULT ; kg:actor x:a ; kg:recipient x:b .
        x:f a kg:Event ; kg:eventType x:COUP .
        x:g a kg:Edge ; kg:event x:f .
        x:a kg:knows x:b .""",
        encoding="utf-8",
    )
    with open_store(path) as store:
        content = with_accounts(store, read_outline(store, title="Foreign"))
    (event,) = content.events
    assert (event.status, event.words) == ("hypothetical", "assault")
    assert [thing.label for thing in content.things] == ["a", "b"]
    assert content.edges == ()
