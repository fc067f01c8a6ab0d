"""Variation of names."""

from random import Random

import pytest

from kg.train.labelled import LabelledSentence, find_names
from kg.train.names import (
    NameLists,
    PersonNames,
    curl_labelled,
    load_name_lists,
    make_caption,
    make_person,
    read_role,
    title_case,
    to_quotation,
    vary_sentence,
)
from tests.train.test_labelled import sentence

LISTS = NameLists(
    persons=[PersonNames(given=["Omar"], family=["al-Test"])],
    organizations={"media": ["Daily News"], "armed group": ["Blue Army", "Red Army"]},
    places=["Testville"],
    captions=["Photo : {person} / {agency}"],
    spellings={"U.S.": ["US"]},
    roles=["[Navy] spokesman"],
)


def labelled(words: LabelledSentence) -> set[tuple[str, str | None]]:
    return {
        (" ".join(word.form for word in words[name.start : name.end]), name.label)
        for name in find_names(words)
    }


def test_names_change_and_labels_stay() -> None:
    words = sentence("Mr./O Bush/B-PERSON left/O Rome/B-GPE for/O Red/B-ORG Army/I-ORG ./O")
    varied = [vary_sentence(words, Random(seed), lists=LISTS) for seed in range(60)]
    seen = set[tuple[str, str | None]]().union(*(labelled(words) for words in varied))
    assert {("al-Test", "PERSON"), ("Testville", "GPE"), ("Blue Army", "ORG")} <= seen
    assert {label for _, label in seen} == {"PERSON", "GPE", "ORG"}


def test_courtesy_titles_are_dropped_now_and_then() -> None:
    words = sentence("Mr./O Bush/B-PERSON left/O")
    first = {vary_sentence(words, Random(seed), lists=LISTS)[0].form for seed in range(20)}
    assert "Mr." in first
    assert len(first) > 1


def test_the_same_seed_gives_the_same_words() -> None:
    words = sentence("Ann/B-PERSON Lee/I-PERSON met/O NATO/B-ORG in/O Rome/B-GPE")
    again = [vary_sentence(words, Random(5), lists=LISTS) for _ in range(2)]
    assert again[0] == again[1]


def test_roles_have_organizations_in_brackets() -> None:
    words = read_role("[White House] press secretary")
    assert [word.tag for word in words] == ["B-ORG", "I-ORG", "O", "O"]


def test_captions_are_filled_in() -> None:
    words = make_caption(Random(1), lists=LISTS)
    assert {label for _, label in labelled(words)} == {"PERSON", "ORG"}


def test_family_names_come_first_where_they_do() -> None:
    lists = NameLists(
        persons=[PersonNames(given=["Min-su"], family=["Kim"], family_first=True)],
        organizations={},
        places=[],
        captions=[],
        spellings={},
        roles=[],
    )
    names = {" ".join(make_person(Random(seed), lists=lists)) for seed in range(20)}
    assert names == {"Kim", "Kim Min-su"}


def test_headlines_and_quotes() -> None:
    words = title_case(sentence("troops/O of/O Iran/B-GPE leave/O ./O"))
    assert [word.form for word in words] == ["Troops", "of", "Iran", "Leave"]
    quoted = curl_labelled(sentence('"/O Yes/O "/O'))
    assert [word.form for word in quoted] == ["“", "Yes", "”"]


@pytest.mark.parametrize("kind", ["armed group", "media", "igo", "agency", "military"])
def test_shipped_lists_are_broad(kind: str) -> None:
    lists = load_name_lists()
    assert len(lists.organizations[kind]) > 20
    assert len(lists.persons) > 10
    assert all(region.given and region.family for region in lists.persons)


def test_statements_become_quotations() -> None:
    words = to_quotation(sentence("Rome/B-GPE fell/O ./O"), Random(1), lists=LISTS)
    assert " ".join(word.form for word in words).startswith('" Rome fell , "')
    assert "al-Test" in {name.split()[-1] for name, _ in labelled(words)}
    assert words[-1].form == "."
