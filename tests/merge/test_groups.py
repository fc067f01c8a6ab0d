from hypothesis import given
from hypothesis import strategies as st

from kg.merge.groups import Groups

PAIRS = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")))


def test_groups_are_named_by_their_least_member() -> None:
    groups = Groups("abc")
    assert groups.join("c", "b") == "b"
    assert groups.members() == {"a": ["a"], "b": ["b", "c"]}
    assert groups.find("z") == "z"


@given(PAIRS)
def test_the_order_of_judgements_makes_no_difference(pairs: list[tuple[str, str]]) -> None:
    shuffled = sorted(pairs, reverse=True)
    one, other = Groups("abcdef"), Groups("fedcba")
    for pair in pairs:
        one.join(*pair)
    for second, first in shuffled:
        other.join(first, second)
    assert one.members() == other.members()
