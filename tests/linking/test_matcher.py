"""Names of the knowledge file are found in running text, in any spacing, the longest first."""

from pathlib import Path

import pytest

from kg.linking import load_resolver
from kg.linking.matcher import NameMatcher, build_matcher
from kg.linking.tables import GROUP_COLUMNS


@pytest.fixture(scope="module")
def matcher() -> NameMatcher:
    return build_matcher(load_resolver())


def _found(matcher: NameMatcher, text: str) -> list[tuple[str, str]]:
    return [(found.span.quote(text), found.label) for found in matcher.find(text)]


def test_longest_name_wins(matcher: NameMatcher) -> None:
    assert _found(matcher, "Iraq’s Kataib Hezbollah met the UN Security Council.") == [
        ("Iraq", "GPE"),
        ("Kataib Hezbollah", "ORG"),
        ("UN Security Council", "ORG"),
    ]


@pytest.mark.parametrize(
    "text", ["the Al-Omar oil field", "the Al - Omar oil field", "the Al‑Omar oil field"]
)
def test_spacing_of_hyphens_does_not_matter(matcher: NameMatcher, text: str) -> None:
    assert _found(matcher, text) == [(text.removeprefix("the "), "FAC")]


@pytest.mark.parametrize("text", ["Kata'ib Hezbollah", "Kata’ib Hezbollah"])
def test_quotes_do_not_matter(matcher: NameMatcher, text: str) -> None:
    assert _found(matcher, text) == [(text, "ORG")]


def test_dotted_acronyms_are_found(matcher: NameMatcher) -> None:
    assert _found(matcher, "U.S. and U.N. officials") == [("U.S.", "GPE"), ("U.N.", "ORG")]


def test_case_counts(matcher: NameMatcher) -> None:
    assert _found(matcher, "he told us who is in the car") == []


def test_a_name_is_no_part_of_a_word(matcher: NameMatcher) -> None:
    assert _found(matcher, "Iraqiya2 Cuban5 Maliki") == []


def test_descriptions_are_no_names(matcher: NameMatcher) -> None:
    assert _found(matcher, "a Turkish army base") == [("Turkish", "NORP")]


def test_shared_names_have_no_id(tmp_path: Path) -> None:
    overlay = tmp_path / "overlay.tsv"
    row = "reuters-front\tReuters\tarmed_group\tIRQ\t\t\t\t\t\tours"
    overlay.write_text("\t".join(GROUP_COLUMNS) + f"\n{row}\n", encoding="utf-8")
    found = list(build_matcher(load_resolver(overlay)).find("Reuters said"))
    assert [(name.label, name.id) for name in found] == [("ORG", None)]


@pytest.mark.parametrize("text", ["eastern Syria", "north-east Syria", "South Lebanon"])
def test_parts_of_states_are_places(matcher: NameMatcher, text: str) -> None:
    assert _found(matcher, f"in {text} on Monday") == [(text, "LOC")]
