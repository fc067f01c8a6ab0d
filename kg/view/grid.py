"""Rectangles in a plane, found again by where they lie."""

from collections.abc import Iterator
from math import floor

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_CELL = 90.0


def overlap(one: Rectangle, other: Rectangle) -> bool:
    """Whether two rectangles share an area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class Grid:
    """Named rectangles; asking for those at a place does not look at the others.

    >>> grid = Grid()
    >>> grid.add("a", (0.0, 0.0, 10.0, 10.0))
    >>> sorted(grid.at(5.0, 5.0)), sorted(grid.at(50.0, 5.0))
    (['a'], [])
    """

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[str, Rectangle]]] = {}

    def add(self, name: str, area: Rectangle) -> None:
        """Keep ``area`` under ``name``."""
        for cell in _cells_of(area):
            self._cells.setdefault(cell, []).append((name, area))

    def at(self, x: float, y: float) -> set[str]:
        """Return the names of the rectangles around a point."""
        found = self._cells.get((floor(x / _CELL), floor(y / _CELL)), ())
        return {
            name
            for name, (left, top, right, bottom) in found
            if left < x < right and top < y < bottom
        }

    def over(self, area: Rectangle) -> set[str]:
        """Return the names of the rectangles that overlap ``area``."""
        return {
            name
            for cell in _cells_of(area)
            for name, other in self._cells.get(cell, ())
            if overlap(area, other)
        }


def _cells_of(area: Rectangle) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = area
    for column in range(floor(left / _CELL), floor(right / _CELL) + 1):
        for row in range(floor(top / _CELL), floor(bottom / _CELL) + 1):
            yield column, row
