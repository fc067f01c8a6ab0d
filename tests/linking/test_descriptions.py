"""Descriptions as the mention stage hands them over: head, modifiers, names, places."""

from datetime import date

import pytest

from kg.linking import Description, Resolver, load_resolver
from kg.linking.nouns import find_noun, load_actor_nouns, modify, singulars
from kg.linking.phrases import read_description
from kg.terms import EntityKind


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return load_resolver()


def test_the_head_may_be_the_last_word_of_a_compound(resolver: Resolver) -> None:
    phrase = Description(text="large oil field", head="field", modifiers=("large", "oil"))
    assert resolver.describe(phrase).kind is EntityKind.FACILITY


def test_plurals_that_a_lemmatizer_left_alone_are_read(resolver: Resolver) -> None:
    phrase = Description(text="US troops", head="troops", names=("US",), plural=True)
    assert resolver.describe(phrase).id == "wikidata:Q11211"


def test_number_decides_between_person_and_group(resolver: Resolver) -> None:
    one = Description(text="Taliban fighter", head="fighter", names=("Taliban",))
    many = Description(text="Taliban fighters", head="fighter", names=("Taliban",), plural=True)
    assert resolver.describe(one).kind is EntityKind.PERSON
    assert resolver.describe(many).kind is EntityKind.ARMED_GROUP


@pytest.mark.parametrize(
    "text", ["Iran-backed groups", "Iran - backed groups", "Iran–backed groups"]
)
@pytest.mark.parametrize("names", [(), ("Iran",)])
def test_a_backer_is_no_owner(resolver: Resolver, text: str, names: tuple[str, ...]) -> None:
    link = resolver.describe(Description(text=text, head="group", names=names, plural=True))
    assert (link.kind, link.country) == (EntityKind.ARMED_GROUP, None)
    assert link.features["backer:IRN"] == 1.0


def test_a_leader_is_no_owner(resolver: Resolver) -> None:
    link = resolver.describe(
        Description(text="U.S.-led coalition", head="coalition", names=("U.S.",))
    )
    assert (link.kind, link.country) == (EntityKind.COALITION, None)
    assert link.features["leader:USA"] == 1.0


def test_owner_counts_more_than_place(resolver: Resolver) -> None:
    phrase = Description(
        text="US base", head="base", modifiers=("military",), names=("US",), places=("Syria",)
    )
    assert resolver.describe(phrase).country == "USA"
    assert resolver.describe(Description(text="base", head="base", places=("Syria",))).country == (
        "SYR"
    )


def test_members_remember_their_body(resolver: Resolver) -> None:
    link = resolver.describe(Description(text="Hamas official", head="official", names=("Hamas",)))
    assert link.features["member_of:hamas"] == 1.0


def test_an_office_needs_day_number_and_holder(resolver: Resolver) -> None:
    day = date(2024, 4, 20)
    one = Description(
        text="Iraqi prime minister", head="minister", modifiers=("prime",), names=("Iraqi",)
    )
    many = Description(
        text="Iraqi prime ministers",
        head="minister",
        modifiers=("prime",),
        names=("Iraqi",),
        plural=True,
    )
    former = Description(
        text="former Iraqi prime minister",
        head="minister",
        modifiers=("former", "prime"),
        names=("Iraqi",),
    )
    assert resolver.describe(one, day=day).id == "kg:mohammed-shia-al-sudani"
    assert resolver.describe(one).id is None
    assert resolver.describe(many, day=day).id is None
    assert resolver.describe(former, day=day).id is None
    assert resolver.describe(one, day=date(1950, 1, 1)).id is None


def test_unknown_heads_fill_no_role(resolver: Resolver) -> None:
    link = resolver.describe(Description(text="sharp increase", head="increase"))
    assert (link.kind, link.score) == (None, 0.0)


def test_modifiers_work_from_the_head_outwards() -> None:
    noun, rest = find_noun("group", ("human", "rights"))
    assert (noun, rest) == (load_actor_nouns()["human rights group"], ())
    noun, _ = find_noun("group", ())
    assert noun is not None
    assert modify(noun, ("armed",))[0].kind is EntityKind.ARMED_GROUP
    assert modify(noun, ("aid",))[0].kind is EntityKind.NGO


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("gunmen", "gunman"), ("ministries", "ministry"), ("bases", "base"), ("churches", "church")],
)
def test_singulars(plural: str, singular: str) -> None:
    assert singular in singulars(plural)


@pytest.mark.parametrize(
    ("text", "head", "names", "places"),
    [
        ("the US secretary of state", "secretary of state", ("US",), ()),
        ("president of the United States", "president", (), ("United States",)),
        ("Turkish-backed Syrian fighters", "fighter", ("Turkish", "Syrian"), ()),
        ("Iraqi Prime Minister", "prime minister", ("Iraqi",), ()),
        ("", "", (), ()),
    ],
)
def test_bare_phrases_are_split(
    text: str, head: str, names: tuple[str, ...], places: tuple[str, ...]
) -> None:
    phrase = read_description(text)
    assert (phrase.head, phrase.names, phrase.places) == (head, names, places)
