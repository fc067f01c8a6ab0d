"""Read how the page draws kinds, quad classes, statuses, relations, ties and map."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import ResourceError
from kg.resources import data_path, read_toml
from kg.terms import EntityKind, EntityRelationType, RelationType, Status


@dataclass(frozen=True, kw_only=True)
class QuadStyle:
    """A PLOVER quad class, 1 to 4: a line colour and a pale tint for boxes."""

    id: int
    label: str
    color: str
    tint: str


@dataclass(frozen=True, kw_only=True)
class GroupStyle:
    """Kinds of things that look alike.

    Attributes:
        shape: A vis-network shape that keeps its label outside.
        symbol: The character that stands for the shape in the legend.
        size: Of a node with no event; it grows with their number.
    """

    id: str
    label: str
    kinds: tuple[str, ...]
    shape: str
    symbol: str
    color: str
    size: int


@dataclass(frozen=True, kw_only=True)
class StatusStyle:
    """Whether an event happened, and so how its edges are drawn.

    Attributes:
        word: Put before the label of an edge; empty for what happened.
        drawn: ``solid``, ``dotted`` (happened, but long ago) or ``dashed`` (not affirmed).
        shown: Whether the page shows such events when it opens.
    """

    id: str
    label: str
    word: str
    drawn: str
    shown: bool


@dataclass(frozen=True, kw_only=True)
class RelationStyle:
    """How a relation between events reads: on an arrow, forward and backward."""

    id: str
    word: str
    label: str
    inverse: str


@dataclass(frozen=True, kw_only=True)
class MapStyle:
    """Colours of the map under its marks; quiet, so that the marks stand out."""

    sea: str
    land: str
    coast: str
    border: str
    name: str


@dataclass(frozen=True, kw_only=True)
class TieStyle:
    """How a relation between actors looks.

    Attributes:
        word: What stands on the line where the text names no office.
        label: Its name in the legend.
    """

    id: str
    word: str
    label: str
    color: str


@dataclass(frozen=True, kw_only=True)
class Styles:
    """All styles, in the order of the legend."""

    quads: tuple[QuadStyle, ...]
    groups: tuple[GroupStyle, ...]
    statuses: tuple[StatusStyle, ...]
    relations: tuple[RelationStyle, ...]
    map: MapStyle
    ties: tuple[TieStyle, ...]

    def quad(self, quad_id: int) -> QuadStyle:
        """Return the style of a quad class; the last one for a class that is not listed."""
        return next((quad for quad in self.quads if quad.id == quad_id), self.quads[-1])

    def group_of(self, kind: str) -> GroupStyle:
        """Return the group that ``kind`` belongs to; the last one for an unknown kind."""
        return next((group for group in self.groups if kind in group.kinds), self.groups[-1])

    def status(self, status_id: str) -> StatusStyle:
        """Return the style of a status; an unknown one is never drawn as accomplished."""
        return next(
            (status for status in self.statuses if status.id == status_id),
            StatusStyle(id=status_id, label=status_id, word=status_id, drawn="dashed", shown=False),
        )


@cache
def load_styles(path: Path | None = None) -> Styles:
    """Return the styles in ``path``, by default the ones shipped.

    Raises:
        ResourceError: A key is missing or unknown, or a kind, status or relation has no style
            or two of them.
    """
    path = path or data_path("view", "styles.toml")
    tables: Mapping[str, Any] = read_toml(path)
    try:
        styles = Styles(
            quads=tuple(QuadStyle(**row) for row in tables["quad"]),
            groups=tuple(
                GroupStyle(**{**row, "kinds": tuple(row["kinds"])}) for row in tables["group"]
            ),
            statuses=tuple(StatusStyle(**row) for row in tables["status"]),
            relations=tuple(RelationStyle(**row) for row in tables["relation"]),
            map=MapStyle(**tables["map"]),
            ties=tuple(TieStyle(**row) for row in tables["tie"]),
        )
    except (KeyError, TypeError) as error:
        raise ResourceError(
            f"{path}: a table or key is missing or unknown ({error}). Compare with README.md."
        ) from error
    _same(path, "quad", [str(quad.id) for quad in styles.quads], ["1", "2", "3", "4"])
    kinds = [kind for group in styles.groups for kind in group.kinds]
    _same(path, "kinds", kinds, list(EntityKind))
    _same(path, "status", [status.id for status in styles.statuses], list(Status))
    _same(path, "relation", [relation.id for relation in styles.relations], list(RelationType))
    _same(path, "tie", [tie.id for tie in styles.ties], list(EntityRelationType))
    return styles


def _same(path: Path, name: str, found: list[str], wanted: list[str]) -> None:
    if sorted(found) != sorted(wanted):
        odd = sorted(set(found) ^ set(wanted)) or sorted(found)
        raise ResourceError(
            f"{path}: {name} {', '.join(odd)} should have exactly one style. Mend the file."
        )
