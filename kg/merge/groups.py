"""Group things that were judged to be one, whatever the order in which the judgements come."""

from collections.abc import Iterable
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=str)


class Groups(Generic[Item]):
    """Disjoint sets; each is represented by its least member."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._parent: dict[Item, Item] = {item: item for item in items}

    def find(self, item: Item) -> Item:
        """Return the least member of the group of ``item``, which is new if unknown."""
        parent = self._parent
        root = parent.setdefault(item, item)
        while parent[root] != root:
            root = parent[root]
        while parent[item] != root:
            parent[item], item = root, parent[item]
        return root

    def join(self, first: Item, second: Item) -> Item:
        """Make the groups of both one, and return its least member."""
        least, other = sorted((self.find(first), self.find(second)), key=str)
        self._parent[other] = least
        return least

    def members(self) -> dict[Item, list[Item]]:
        """Return the groups by least member; all in ascending order."""
        groups: dict[Item, list[Item]] = {}
        for item in sorted(self._parent, key=str):
            groups.setdefault(self.find(item), []).append(item)
        return dict(sorted(groups.items()))
