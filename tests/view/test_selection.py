from dataclasses import replace
from datetime import date

import pytest

from kg.errors import QueryError
from kg.view.records import GraphContent
from kg.view.selection import Wish, choose


def words(content: GraphContent) -> set[str]:
    return {event.words for event in content.events}


def test_without_wishes_everything_stays(content: GraphContent) -> None:
    assert choose(content, Wish()) == (content, ())


def test_a_focus_keeps_what_touches_it(content: GraphContent) -> None:
    chosen, notices = choose(content, Wish(focus="belland"))
    assert words(chosen) == {"meet", "armed"}
    assert notices == ("Shows what is within 1 step of Belland: 2 events of 5.",)


def test_two_hops_reach_the_neighbours_of_neighbours(content: GraphContent) -> None:
    chosen, _ = choose(content, Wish(focus="Belland", hops=2))
    assert words(chosen) == {"meet", "armed", "attacked", "struck"}


def test_a_place_is_a_focus_but_no_step(content: GraphContent) -> None:
    assert words(choose(content, Wish(focus="Northmark"))[0]) == {"attacked"}


def test_a_range_of_dates_leaves_out_the_undated_and_says_so(content: GraphContent) -> None:
    chosen, notices = choose(content, Wish(since=date(2024, 5, 1)))
    assert words(chosen) == {"struck"}
    assert notices == ("3 undated events left out: a range of dates is set.",)


def test_until_includes_its_day(content: GraphContent) -> None:
    assert words(choose(content, Wish(until=date(2024, 4, 20)))[0]) == {"attacked"}


def test_types_are_named_in_any_case(content: GraphContent) -> None:
    assert words(choose(content, Wish(types=("consult",)))[0]) == {"meet"}


def test_sources_are_counted(content: GraphContent) -> None:
    assert words(choose(content, Wish(min_sources=2))[0]) == {"attacked"}


def test_what_is_chosen_belongs_together(content: GraphContent) -> None:
    chosen, _ = choose(content, Wish(min_sources=2))
    assert {thing.label for thing in chosen.things} == {"Red Front", "Camp Delta", "Northmark"}
    assert [edge.label for edge in chosen.edges] == ["attacked"]
    assert chosen.event_links == ()
    assert [kind.id for kind in chosen.types] == ["ASSAULT"]


def test_a_cap_keeps_the_busiest_and_says_what_is_missing(content: GraphContent) -> None:
    chosen, (notice,) = choose(content, Wish(top=2))
    # Red Front is in three events; Camp Delta, Arvania and Belland are in two each.
    assert words(chosen) in ({"attacked", "hit"}, {"struck"}, {"armed"})
    busiest = {iri for event in chosen.events for iri in (*event.actors, *event.recipients)}
    assert len(busiest) <= 2
    assert notice.startswith("Shows the 2 most often involved of 4 actors and targets")


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        (
            Wish(focus="Arvanja"),
            "--focus 'Arvanja': no such actor or place in the graph. Did you mean 'Arvania'?",
        ),
        (
            Wish(types=("COUP",)),
            "--type COUP: no such event in the graph. It has AID, ASSAULT, CONSULT.",
        ),
        (Wish(hops=0), "--hops 0: not a number of steps. Use 1 or more."),
        (Wish(top=0), "--top 0: nothing would be shown. Use 1 or more."),
        (
            Wish(since=date(2024, 2, 1), until=date(2024, 1, 1)),
            "--since 2024-02-01 --until 2024-01-01: ends before it begins. Swap the dates.",
        ),
    ],
)
def test_wishes_that_make_no_sense_are_refused(
    content: GraphContent, wish: Wish, message: str
) -> None:
    with pytest.raises(QueryError) as caught:
        choose(content, wish)
    assert str(caught.value) == message


def test_an_empty_graph_has_no_types_to_name(content: GraphContent) -> None:
    empty = replace(content, events=(), types=(), things=())
    with pytest.raises(QueryError, match="It has none"):
        choose(empty, Wish(types=("AID",)))
