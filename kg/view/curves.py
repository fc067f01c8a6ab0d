"""Bend edges and decide which of them have room for a label.

Parallel edges need different bends to be told apart, and a label must not lie on a node or on
another label. Bends are tried in a fixed order and the first good one is taken, busiest edge
first. The curves are those of vis-network's ``curvedCW`` and, below 0, ``curvedCCW``: quadratic,
with the control point beside the middle.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.view.grid import Grid, Rectangle
from kg.view.layout import Box

_BENDS = (0.0, 0.14, -0.14, 0.26, -0.26, 0.38, -0.38, 0.5, -0.5)
_APART = 0.11
_CHAR_WIDTH = 6.6
_LINE_HEIGHT = 14.0
# Nodes keep a margin around them, into which a label may reach.
_SLACK = 5.0


@dataclass(frozen=True, kw_only=True)
class Strand:
    """An edge to be bent.

    Attributes:
        weight: Busier edges choose first.
    """

    id: str
    origin: str
    target: str
    label: str
    weight: int


@dataclass(frozen=True, kw_only=True)
class Bend:
    """How an edge runs.

    Attributes:
        roundness: Above 0 clockwise, below 0 counter-clockwise, 0 straight; seen from its origin.
        labelled: Whether its label has room.
    """

    roundness: float
    labelled: bool


_Spot = tuple[float, float]


def bend_edges(
    strands: Sequence[Strand], spots: Mapping[str, tuple[int, int]], boxes: Mapping[str, Box]
) -> dict[str, Bend]:
    """Return the bend of each edge; loops are left to the drawing library.

    Args:
        spots: Position of every node.
        boxes: Room of every node around its position.
    """
    rooms, labels = Grid(), Grid()
    for node, box in boxes.items():
        x, y = spots[node]
        half, side, drop = box.width / 2 - _SLACK, box.symbol_width / 2, box.symbol_height / 2
        rooms.add(node, (x - side, y - drop, x + side, y + drop))
        rooms.add(node, (x - half, y + drop, x + half, y + box.below - _SLACK))
    taken: dict[tuple[str, str], list[float]] = {}
    bends: dict[str, Bend] = {}
    for strand in sorted(strands, key=lambda strand: (-strand.weight, strand.id)):
        if strand.origin == strand.target:
            bends[strand.id] = Bend(roundness=0.0, labelled=True)
            continue
        pair = (min(strand.origin, strand.target), max(strand.origin, strand.target))
        sign = 1.0 if strand.origin == pair[0] else -1.0
        used = taken.setdefault(pair, [])
        best = 0.5 + _APART * len(used)
        fewest, place = 1_000_000, (0.0, 0.0, 0.0, 0.0)
        for bend in _BENDS:
            if any(abs(bend - other) < _APART for other in used):
                continue
            curve = _curve(spots[strand.origin], spots[strand.target], bend * sign)
            label = _label_place(strand, curve)
            faults = 3 * len(labels.over(label)) + 3 * len(rooms.over(label))
            crossed = {node for x, y in curve for node in rooms.at(x, y)}
            faults += 2 * len(crossed - {strand.origin, strand.target})
            if faults < fewest:
                fewest, best, place = faults, bend, label
            if faults == 0:
                break
        used.append(best)
        is_clear = fewest < 1_000_000 and not labels.over(place) and not rooms.over(place)
        if is_clear and strand.label:
            labels.add(strand.id, place)
        bends[strand.id] = Bend(roundness=best * sign, labelled=is_clear)
    return bends


def label_width(label: str) -> float:
    """Return the room that the label of an edge takes from left to right."""
    return len(label) * _CHAR_WIDTH


def _label_place(strand: Strand, curve: Sequence[_Spot]) -> Rectangle:
    """Return where the label lies: around the middle of the curve."""
    x, y = curve[len(curve) // 2]
    half = label_width(strand.label) / 2
    return (x - half, y - _LINE_HEIGHT / 2, x + half, y + _LINE_HEIGHT / 2)


def _curve(origin: _Spot, target: _Spot, roundness: float) -> list[_Spot]:
    """Return points along the curve that vis-network draws."""
    across, down = target[0] - origin[0], target[1] - origin[1]
    length = math.hypot(across, down)
    turn = math.atan2(-down, across) + (0.5 * roundness + 0.5) * math.pi
    reach = (0.5 * abs(roundness) + 0.5) * length
    via = (origin[0] + reach * math.sin(turn), origin[1] + reach * math.cos(turn))
    points = []
    for step in range(1, 12):
        t = step / 12
        points.append(
            (
                (1 - t) ** 2 * origin[0] + 2 * t * (1 - t) * via[0] + t * t * target[0],
                (1 - t) ** 2 * origin[1] + 2 * t * (1 - t) * via[1] + t * t * target[1],
            )
        )
    return points
