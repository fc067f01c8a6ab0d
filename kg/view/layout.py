"""Give every node a place: deterministic, without overlaps, shaped for a wide screen.

Each connected part is laid out by stress, freed of overlaps and then packed beside the others.
Plain arithmetic with fixed seeds gives the same graph the same picture. networkx is not used:
its layouts know nothing of labels, leave overlaps, and need scipy from 500 nodes on.
"""

import math
import random
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# Length of one step between neighbours, in page units.
_UNIT = 124.0
_ROUNDS = 40
# Parts with more nodes than this are placed by their distances to about 60 of them.
_LARGE = 260
_PIVOTS = 60
# How much larger than its boxes together the outline of a part is at least.
_LOOSENESS = 1.1
# Raster on which parts are packed, and the gap between them.
_CELL = 40.0
_GAP = 8.0
# Small parts are tried so many more times; large ones only as far as the effort allows.
_TRIES = 23
_EFFORT = 60_000
_GOLDEN_ANGLE = math.pi * (3.0 - math.sqrt(5.0))


@dataclass(frozen=True, kw_only=True)
class Box:
    """The room that a node takes around its centre, label included, in page units.

    Attributes:
        symbol_width: Of the symbol alone, without a label below it.
        symbol_height: Likewise.
        above: From the centre to the upper edge.
        below: From the centre to the lower edge, under the label.
    """

    symbol_width: float
    symbol_height: float
    width: float
    above: float
    below: float


_Wish = tuple[str, str, float, float]
"""Two nodes, the distance that they should have, and how much that matters in (0, 1]."""

_Neighbours = Mapping[str, Mapping[str, float]]
"""Node to its neighbours, each with the least length of the edge."""


@dataclass
class _Point:
    x: float
    y: float


def place_nodes(
    boxes: Mapping[str, Box], edges: Iterable[tuple[str, str, float]], *, aspect: float = 1.2
) -> dict[str, tuple[int, int]]:
    """Return a whole-number position for each node, in the order of ``boxes``.

    Args:
        boxes: Room that each node needs; the order decides between equal choices.
        edges: Pairs of node ids, each with the least length that its label needs; direction,
            repetition and loops do not matter.
        aspect: Wished ratio of the picture's width to its height.

    Source:
        Zheng, Pawar and Goodman (2018), Graph Drawing by Stochastic Gradient Descent; for large
        parts only distances to pivots and neighbours are used (Ortmann, Klimenta and Brandes
        2016, A Sparse Stress Model).
    """
    neighbours: dict[str, dict[str, float]] = {node: {} for node in boxes}
    for first, second, least in edges:
        if first != second:
            least = max(least, neighbours[first].get(second, 0.0))
            neighbours[first][second] = neighbours[second][first] = least
    parts = [_place_part(part, neighbours, boxes, aspect) for part in _parts(neighbours)]
    placed = _pack(parts, neighbours, boxes, aspect)
    return {node: (round(placed[node].x), round(placed[node].y)) for node in boxes}


def _parts(neighbours: _Neighbours) -> list[list[str]]:
    """Return the connected parts, largest first."""
    seen: set[str] = set()
    parts = []
    for node in neighbours:
        if node not in seen:
            part = list(_distances(node, neighbours))
            seen.update(part)
            parts.append(part)
    return sorted(parts, key=len, reverse=True)


def _distances(start: str, neighbours: _Neighbours) -> dict[str, int]:
    """Return the number of steps from ``start`` to each node that it reaches."""
    found = {start: 0}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for neighbour in neighbours[node]:
            if neighbour not in found:
                found[neighbour] = found[node] + 1
                queue.append(neighbour)
    return found


def _place_part(
    part: Sequence[str],
    neighbours: _Neighbours,
    boxes: Mapping[str, Box],
    aspect: float,
) -> dict[str, _Point]:
    """Lay out one connected part: the best of several tries, then without overlaps."""
    edges = [
        (node, other, least)
        for node in part
        for other, least in neighbours[node].items()
        if node < other
    ]
    wished = _wished_lengths(part, neighbours)
    tries = 1 + min(_TRIES, _EFFORT // (1 + len(wished) + len(edges) ** 2))
    found = []
    for seed in range(tries):
        trial = _spiral(part, neighbours)
        _relax(trial, list(wished), random.Random(seed))  # noqa: S311 - a picture, no secret
        found.append((_tangle(trial, edges) if tries > 1 else 0.0, seed, trial))
    points = min(found, key=lambda entry: entry[:2])[2]
    _turn_wide(points)
    _make_room(points, boxes)
    for _ in range(3):
        _stretch(points, aspect)
        _separate(points, boxes)
        # Labels are wide and low, so parting them makes the picture higher: spread it again.
        if _ratio(points) > 0.9 * aspect:
            break
    return points


def _tangle(points: Mapping[str, _Point], edges: Sequence[tuple[str, str, float]]) -> float:
    """Return how hard the edges are to follow: crossings, labels without room, length."""
    crossings = cramped = 0
    total = 0.0
    for index, (first, second, least) in enumerate(edges):
        a, b = points[first], points[second]
        length = math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2)
        total += length
        cramped += length < 0.9 * least
        for third, fourth, _ in edges[index + 1 :]:
            if first not in (third, fourth) and second not in (third, fourth):
                c, d = points[third], points[fourth]
                crossings += (_side(a, b, c) > 0) != (_side(a, b, d) > 0) and (
                    _side(c, d, a) > 0
                ) != (_side(c, d, b) > 0)
    return crossings + 0.7 * cramped + 0.3 * total / _UNIT


def _side(a: _Point, b: _Point, c: _Point) -> float:
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)


def _spiral(part: Sequence[str], neighbours: _Neighbours) -> dict[str, _Point]:
    """Start from a sunflower's spiral, hubs in the middle, so that they end up there."""
    order = {node: index for index, node in enumerate(part)}
    by_degree = sorted(part, key=lambda node: (-len(neighbours[node]), order[node]))
    points = {}
    for rank, node in enumerate(by_degree):
        reach, angle = 0.6 * _UNIT * math.sqrt(rank), rank * _GOLDEN_ANGLE
        points[node] = _Point(reach * math.cos(angle), reach * math.sin(angle))
    return points


def _wished_lengths(part: Sequence[str], neighbours: _Neighbours) -> list[_Wish]:
    """Return what distances the nodes should have: as many steps as edges lie between them."""
    order = {node: index for index, node in enumerate(part)}
    # Of a large part only some nodes know their distance to all others; these are spread over
    # the part, or leaves would not keep apart from leaves.
    pivots = part[:: 1 + len(part) // _PIVOTS] if len(part) > _LARGE else part
    wished: dict[tuple[str, str], float] = {}
    for pivot in pivots:
        for node, steps in _distances(pivot, neighbours).items():
            if steps:
                first, second = sorted((pivot, node), key=order.__getitem__)
                wished[first, second] = _UNIT * steps
    for node in part:
        for neighbour in neighbours[node]:
            first, second = sorted((node, neighbour), key=order.__getitem__)
            # Around a hub there is room only if its spokes are longer.
            crowd = min(len(neighbours[node]), len(neighbours[neighbour]))
            length = _UNIT * (1.0 + 0.1 * math.sqrt(crowd - 1))
            wished[first, second] = max(length, neighbours[node][neighbour])
    return [
        (first, second, length, 1.0 if second in neighbours[first] else (_UNIT / length) ** 2)
        for (first, second), length in wished.items()
    ]


def _relax(points: Mapping[str, _Point], wished: list[_Wish], chance: random.Random) -> None:
    """Move the points until their distances are near the wished ones."""
    if not wished:
        return
    longest = max(length for _, _, length, _ in wished)
    strongest, weakest = (longest / _UNIT) ** 2, 0.05
    rounds = _ROUNDS if len(wished) < 40_000 else _ROUNDS // 2
    for turn in range(rounds):
        rate = strongest * (weakest / strongest) ** (turn / (rounds - 1))
        wished.sort(key=lambda _: chance.random())
        for first, second, length, weight in wished:
            one, other = points[first], points[second]
            across, down = one.x - other.x, one.y - other.y
            distance = math.sqrt(across * across + down * down) or 1.0
            step = min(1.0, rate * weight)
            shift = step * (distance - length) / (2.0 * distance)
            one.x -= shift * across
            one.y -= shift * down
            other.x += shift * across
            other.y += shift * down


def _turn_wide(points: Mapping[str, _Point]) -> None:
    """Centre the points and turn them so that they spread most from left to right."""
    count = len(points)
    middle_x = sum(point.x for point in points.values()) / count
    middle_y = sum(point.y for point in points.values()) / count
    spread_x = spread_y = both = 0.0
    for point in points.values():
        point.x -= middle_x
        point.y -= middle_y
        spread_x += point.x * point.x
        spread_y += point.y * point.y
        both += point.x * point.y
    angle = 0.5 * math.atan2(2.0 * both, spread_x - spread_y)
    cosine, sine = math.cos(angle), math.sin(angle)
    for point in points.values():
        point.x, point.y = (
            point.x * cosine + point.y * sine,
            point.y * cosine - point.x * sine,
        )


def _make_room(points: Mapping[str, _Point], boxes: Mapping[str, Box]) -> None:
    """Spread the nodes of a crowded part evenly, so that few boxes are left to push apart."""
    needed = sum(boxes[node].width * (boxes[node].above + boxes[node].below) for node in points)
    width, height = _extent(points)
    factor = math.sqrt(_LOOSENESS * needed / (width * height))
    if factor > 1.0:
        for point in points.values():
            point.x *= factor
            point.y *= factor


def _stretch(points: Mapping[str, _Point], aspect: float) -> None:
    """Bring the outline nearer to the wished ratio, without much distortion."""
    factor = min(1.3, max(0.85, math.sqrt(aspect / _ratio(points))))
    for point in points.values():
        point.x *= factor
        point.y /= factor


def _extent(points: Mapping[str, _Point]) -> tuple[float, float]:
    """Return width and height of the outline, each with room for one node more."""
    width = max(point.x for point in points.values()) - min(point.x for point in points.values())
    height = max(point.y for point in points.values()) - min(point.y for point in points.values())
    return width + _UNIT, height + _UNIT


def _ratio(points: Mapping[str, _Point]) -> float:
    width, height = _extent(points)
    return width / height


def _separate(points: Mapping[str, _Point], boxes: Mapping[str, Box]) -> None:
    """Push apart nodes whose boxes overlap, each time the shorter way."""
    nodes = [(point, boxes[node]) for node, point in points.items()]
    for _ in range(150 if len(nodes) <= _LARGE else 60):
        nodes.sort(key=lambda node: node[0].x - node[1].width / 2)
        moved = False
        for index, (one, box) in enumerate(nodes):
            # Nodes move while they are compared, so the order is only nearly right.
            right = one.x + box.width / 2 + 20.0
            for other, room in nodes[index + 1 :]:
                if other.x - room.width / 2 > right:
                    break
                gap = other.y - one.y
                too_high = (
                    box.below + room.above - gap if gap >= 0 else room.below + box.above + gap
                )
                if too_high <= 0:
                    continue
                too_wide = (box.width + room.width) / 2 - abs(one.x - other.x)
                if too_wide <= 0:
                    continue
                moved = True
                if too_wide < too_high:
                    push = (too_wide / 2 + 1.0) * (1 if one.x <= other.x else -1)
                    one.x -= push
                    other.x += push
                else:
                    push = (too_high / 2 + 1.0) * (1 if gap >= 0 else -1)
                    one.y -= push
                    other.y += push
        if not moved:
            return


def _pack(
    parts: Sequence[Mapping[str, _Point]],
    neighbours: _Neighbours,
    boxes: Mapping[str, Box],
    aspect: float,
) -> dict[str, _Point]:
    """Set the parts beside one another, small ones into the gaps that larger ones leave.

    Source:
        Freivalds, Dogrusoz and Kikusts (2002), Disconnected Graph Layout and the Polyomino
        Packing Approach.
    """
    taken: set[tuple[int, int]] = set()
    placed: dict[str, _Point] = {}
    start, last_shape = 0, 0
    extent = sum(len(_cells(part, neighbours, boxes)) for part in parts)
    offsets = _offsets(2 + int(2.2 * math.sqrt(extent)), aspect) if len(parts) > 1 else [(0, 0)]
    for part in parts:
        cells = _cells(part, neighbours, boxes)
        # Where a part did not fit, one of the same size seldom does.
        start = start if len(cells) == last_shape else 0
        last_shape = len(cells)
        for turn in range(start, len(offsets)):
            right, down = offsets[turn]
            if all((column + right, row + down) not in taken for column, row in cells):
                start = turn
                break
        else:
            right, down = 0, 1 + max((row for _, row in taken), default=0)
            down -= min(row for _, row in cells)
        taken.update((column + right, row + down) for column, row in cells)
        for node, point in part.items():
            placed[node] = _Point(point.x + right * _CELL, point.y + down * _CELL)
    return placed


def _cells(
    part: Mapping[str, _Point], neighbours: _Neighbours, boxes: Mapping[str, Box]
) -> list[tuple[int, int]]:
    """Return the squares of a raster that the nodes and edges of ``part`` touch, sorted."""
    found: set[tuple[int, int]] = set()
    for node, point in part.items():
        box = boxes[node]
        half = box.width / 2 + _GAP
        for column in range(
            math.floor((point.x - half) / _CELL), math.floor((point.x + half) / _CELL) + 1
        ):
            for row in range(
                math.floor((point.y - box.above - _GAP) / _CELL),
                math.floor((point.y + box.below + _GAP) / _CELL) + 1,
            ):
                found.add((column, row))
        for neighbour in neighbours[node]:
            other = part[neighbour]
            steps = 1 + int(max(abs(point.x - other.x), abs(point.y - other.y)) / _CELL * 2)
            for step in range(steps):
                x = point.x + (other.x - point.x) * step / steps
                y = point.y + (other.y - point.y) * step / steps
                found.add((math.floor(x / _CELL), math.floor(y / _CELL)))
    return sorted(found)


def _offsets(reach: int, aspect: float) -> list[tuple[int, int]]:
    """Return shifts in raster steps, nearest to the middle first, wide rather than high."""
    across = max(1, int(reach * math.sqrt(aspect)))
    shifts = [
        (right, down) for right in range(-across, across + 1) for down in range(-reach, reach + 1)
    ]
    return sorted(
        shifts, key=lambda shift: (max(abs(shift[0]) / aspect, abs(shift[1])), shift[1], shift[0])
    )
