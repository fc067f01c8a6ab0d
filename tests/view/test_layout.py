import math

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.layout import Box, place_nodes

SMALL = Box(symbol_width=20, symbol_height=20, width=90, above=15, below=35)

graphs = st.integers(min_value=1, max_value=14).flatmap(
    lambda count: st.tuples(
        st.just([f"n{index}" for index in range(count)]),
        st.lists(
            st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=2 * count
        ),
    )
)


def placed(nodes: list[str], pairs: list[tuple[int, int]]) -> dict[str, tuple[int, int]]:
    edges = [(nodes[first], nodes[second], 0.0) for first, second in pairs]
    return place_nodes(dict.fromkeys(nodes, SMALL), edges)


@settings(deadline=None, max_examples=40)
@given(graphs)
def test_no_two_nodes_overlap(graph: tuple[list[str], list[tuple[int, int]]]) -> None:
    nodes, pairs = graph
    spots = placed(nodes, pairs)
    assert list(spots) == nodes
    for index, first in enumerate(nodes):
        for second in nodes[index + 1 :]:
            (x1, y1), (x2, y2) = spots[first], spots[second]
            assert abs(x1 - x2) >= 88 or abs(y1 - y2) >= 48


@settings(deadline=None, max_examples=10)
@given(graphs)
def test_the_same_graph_is_placed_the_same(
    graph: tuple[list[str], list[tuple[int, int]]],
) -> None:
    assert placed(*graph) == placed(*graph)


def test_nothing_is_placed_nowhere() -> None:
    assert place_nodes({}, []) == {}


def test_neighbours_are_nearer_than_strangers() -> None:
    nodes = ["a", "b", "c", "d", "e"]
    spots = placed(nodes, [(0, 1), (1, 2), (2, 3), (3, 4)])

    def distance(first: str, second: str) -> float:
        (x1, y1), (x2, y2) = spots[first], spots[second]
        return math.hypot(x1 - x2, y1 - y2)

    assert distance("a", "b") < distance("a", "c") < distance("a", "e")


def test_parts_stand_beside_one_another() -> None:
    nodes = [f"n{index}" for index in range(40)]
    spots = placed(nodes, [])
    width = max(x for x, _ in spots.values()) - min(x for x, _ in spots.values())
    height = max(y for _, y in spots.values()) - min(y for _, y in spots.values())
    assert 0.5 < width / height < 3


def test_an_edge_has_room_for_its_label() -> None:
    ((x1, y1), (x2, y2)) = place_nodes({"a": SMALL, "b": SMALL}, [("a", "b", 300.0)]).values()
    assert math.hypot(x1 - x2, y1 - y2) > 250
