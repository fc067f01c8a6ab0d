from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.fingerprint import fingerprint

WORDS = "one two three four five six seven eight nine ten"


def test_case_and_punctuation_make_no_difference() -> None:
    assert fingerprint(WORDS) == fingerprint(WORDS.upper().replace(" ", ", "))


def test_one_word_changes_only_the_sequences_that_hold_it() -> None:
    first = set(fingerprint(WORDS).split())
    second = set(fingerprint(WORDS.replace("ten", "eleven")).split())
    assert len(first) == 6
    assert len(first & second) == 5


def test_a_text_without_words_has_none() -> None:
    assert fingerprint(" …! ") == ""


@given(st.text())
def test_hashes_are_few_and_ascending(text: str) -> None:
    hashes = fingerprint(text).split()
    assert hashes == sorted(set(hashes))
    assert len(hashes) <= 32
