"""Keys bring spellings together and keep names apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking.normal import is_acronym, is_near, name_key, similarity, sound_key

SAME = [
    ("Kata'ib Hezbollah", "Kataib Hezbollah"),
    ("the U.S.", "US"),
    ("al - Sudani", "Al-Sudani"),
    ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
    ("Mevlüt Çavuşoğlu", "Mevlut Cavusoglu"),
    ("Iran’s", "Iran"),
    ("Bosnia-Herzegovina", "Bosnia Herzegovina"),
]
ALIKE = [
    ("al-Assad", "el-Asad"),
    ("Hezbollah", "Hizbullah"),
    ("Kataib", "Kataeb"),
    ("Qassem Soleimani", "Kasem Sulaymani"),
    ("Moqtada Sadr", "Muqtada al-Sadr"),
    ("Mohammed", "Muhammad"),
    ("Zelensky", "Zelenskyy"),
]
APART = [("Iran", "Iraq"), ("Mali", "Malawi"), ("Austria", "Australia")]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_spellings_share_a_key(left: str, right: str) -> None:
    assert name_key(left) == name_key(right)


@pytest.mark.parametrize(("left", "right"), ALIKE)
def test_transliterations_share_a_sound(left: str, right: str) -> None:
    assert sound_key(left) == sound_key(right)
    assert is_near(left, right)


@pytest.mark.parametrize(("left", "right"), APART)
def test_other_names_stay_apart(left: str, right: str) -> None:
    assert name_key(left) != name_key(right)
    assert sound_key(left) != sound_key(right) or not is_near(left, right)


@pytest.mark.parametrize(("name", "expected"), [("US", True), ("U.N.", True), ("Us", False)])
def test_acronyms_are_capitals(name: str, expected: bool) -> None:
    assert is_acronym(name) is expected


@given(st.text(max_size=30))
def test_keys_of_keys_are_the_keys(name: str) -> None:
    key = name_key(name)
    assert name_key(key) in {key, key.removeprefix("the ")}


@given(st.text(max_size=20), st.text(max_size=20))
def test_similarity_is_symmetric_and_a_share(left: str, right: str) -> None:
    assert similarity(left, right) == similarity(right, left)
    assert 0 <= similarity(left, right) <= 1
