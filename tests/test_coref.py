"""Mentions of one thing under names and descriptions that differ."""

import pytest

from kg.extract import load_extractor
from kg.records import Article

pytestmark = pytest.mark.model


def entities(text: str, kind: str) -> list[set[str]]:
    """Return for each entity of a kind the words that it is mentioned by."""
    article = Article(doc_id="a", text=text)
    found = load_extractor(rules_only=True).extract(article)
    return [
        {mention.span.quote(text) for mention in entity.mentions}
        for entity in found.entities
        if entity.kind == kind
    ]


def test_a_town_spelled_with_a_last_letter_more_is_one() -> None:
    text = (
        "Gunmen shelled the town of Zalmur. Rockets hit a base near the town of Zalmurr on Monday."
    )
    assert any({"Zalmur", "Zalmurr"} <= names for names in entities(text, "place"))


def test_towns_of_other_names_stay_apart() -> None:
    text = (
        "Gunmen shelled the town of Zalmur. Rockets hit a base near the town of Zalmit on Monday."
    )
    assert not any({"Zalmur", "Zalmit"} <= names for names in entities(text, "place"))


def test_a_body_called_by_name_and_what_it_is_is_one() -> None:
    text = "Hamas shelled a base near Gaza. Fatah attacked the Hamas movement on Monday."
    assert any({"Hamas", "Hamas movement"} <= names for names in entities(text, "armed_group"))


def test_a_group_of_a_body_stays_apart() -> None:
    text = "Hamas shelled a base near Gaza. A Hamas group attacked the harbour on Monday."
    assert not any({"Hamas", "Hamas group"} <= names for names in entities(text, "armed_group"))


def whom(text: str, pronoun: str) -> set[str]:
    """Return by which words the person is mentioned whom a pronoun means."""
    (names,) = (names for names in entities(text, "person") if pronoun in names)
    return names


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        (
            "Anna Brodin accused Peter Almgren of theft. Police arrested him.",
            "him",
            "Peter Almgren",
        ),
        ("Peter Almgren accused Anna Brodin of theft. Police arrested her.", "her", "Anna Brodin"),
        ("Mrs Brodin attacked Mr Almgren. Police arrested her.", "her", "Brodin"),
        ("Togo's king accused Ann Lee. Police in Lome arrested her.", "her", "Ann Lee"),
    ],
)
def test_he_and_she_are_told_apart_by_name_and_title(text: str, pronoun: str, name: str) -> None:
    assert name in whom(text, pronoun)


def test_who_is_she_once_is_not_he_later() -> None:
    text = "Reze Tal attacked a guard. Police arrested her. Amo Kev attacked a guard. She fled him."
    assert "Reze Tal" not in whom(text, "him")


def test_whoever_speaks_is_nobody_else_in_their_own_words() -> None:
    text = "Police arrested Almgren. Brodin wept. “They beat him on Monday,” Brodin said."
    assert "Almgren" in whom(text, "him")


@pytest.mark.parametrize("speaker", ["his lawyer", "his brother, Ove,"])
def test_whose_lawyer_speaks_is_meant(speaker: str) -> None:
    text = f"Peter Almgren was arrested in Lome. On Monday {speaker} said guards had beaten him."
    assert "Peter Almgren" in whom(text, "him")


def actors(text: str, trigger: str) -> set[str]:
    """Return who does what a word of a text names, as the rules tell."""
    found = load_extractor(rules_only=True).extract(Article(doc_id="a", text=text))
    names = {item.id: item.name for item in found.entities}
    (event,) = (item for item in found.events if item.trigger.quote(text) == trigger)
    return {names[name] for name in event.actors}


@pytest.mark.parametrize(
    ("phrase", "doers"),
    [
        ("An army raid", {"army"}),
        ("A police raid", {"police"}),
        ("A sniper raid", set()),  # how, not who
    ],
)
def test_who_stands_before_a_deed_did_it(phrase: str, doers: set[str]) -> None:
    assert actors(f"{phrase} shook the town.", "raid") == doers


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Togo and Benin condemned the coup. They bombed Lome.", {"Togo", "Benin"}),
        (
            "Ann Lee, Bo Dahl and Cy Ek met in Lome, saying they bombed it.",
            {"Ann Lee", "Bo Dahl", "Cy Ek"},
        ),
        # in their countries, not they themselves
        ("Rebels fled to Togo and Benin. They bombed Lome.", {"Rebels"}),
        ("Togo and Benin met. Rebels left. They bombed Lome.", {"Rebels"}),
    ],
)
def test_they_are_all_who_are_spoken_of_together(text: str, doers: set[str]) -> None:
    assert actors(text, "bombed") == doers


def test_we_are_those_for_whom_somebody_speaks_who_is_named_later() -> None:
    text = "Togo's president, Ann Lee, spoke. “We left. We bombed the rebels in Lome,” she said."
    assert actors(text, "bombed") == {"Togo"}


def test_who_speaks_for_somebody_is_called_so() -> None:
    text = "A spokesman for the rebels criticised Togo."
    assert actors(text, "criticised") == {"spokesman for the rebels"}


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        (
            "The UN Security Council met. The council criticised Togo.",
            "UN Security Council",
        ),
        ("President Ann Lee met Vice President Bo Dahl. The president criticised Togo.", "Ann Lee"),
        (
            "President Ann Lee met Vice President Bo Dahl. The vice president criticised Togo.",
            "Bo Dahl",
        ),
        ("The FARC freed a priest. The Colombian rebels criticised Togo.", "FARC"),
        ("The FARC freed a priest. The Peruvian rebels criticised Togo.", "Peruvian rebels"),
    ],
)
def test_whom_a_description_takes_up(text: str, doer: str) -> None:
    assert actors(text, "criticised") == {doer}
