from kg.view.curves import Strand, bend_edges
from kg.view.layout import Box

BOX = Box(symbol_width=20, symbol_height=20, width=60, above=15, below=35)


def strand(id: str, origin: str = "a", target: str = "b", label: str = "met") -> Strand:
    return Strand(id=id, origin=origin, target=target, label=label, weight=1)


def test_a_free_edge_is_straight_and_labelled() -> None:
    bends = bend_edges([strand("e")], {"a": (0, 0), "b": (300, 0)}, {"a": BOX, "b": BOX})
    assert (bends["e"].roundness, bends["e"].labelled) == (0.0, True)


def test_parallel_edges_are_told_apart() -> None:
    strands = [strand("e1"), strand("e2"), strand("e3", "b", "a")]
    bends = bend_edges(strands, {"a": (0, 0), "b": (300, 0)}, {"a": BOX, "b": BOX})
    # Seen from one end, so that a bend to the left there is one to the right here.
    runs = {bends["e1"].roundness, bends["e2"].roundness, -bends["e3"].roundness}
    assert len(runs) == 3


def test_an_edge_goes_round_a_node_in_its_way() -> None:
    spots = {"a": (0, 0), "b": (600, 0), "c": (300, 0)}
    bends = bend_edges([strand("e")], spots, dict.fromkeys(spots, BOX))
    assert bends["e"].roundness != 0.0


def test_a_label_without_room_is_left_out() -> None:
    spots = {"a": (0, 0), "b": (62, 0)}
    bends = bend_edges([strand("e", label="mobilized against")], spots, dict.fromkeys(spots, BOX))
    assert not bends["e"].labelled


def test_a_loop_is_left_to_the_library() -> None:
    bends = bend_edges([strand("e", "a", "a")], {"a": (0, 0)}, {"a": BOX})
    assert bends["e"].roundness == 0.0
