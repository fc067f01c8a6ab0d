"""Tell acts done to each other from acts done side by side.

"The army and the rebels clashed" and "the army and the rebels attacked" both name two actors and
no recipient, but only the first makes them fight each other. The lexicon knows which of its rules
mean a mutual act: those whose frame is symmetric.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from kg.errors import ResourceError
from kg.records import EventMention
from kg.resources import data_path
from kg.taxonomy import Coding


def is_mutual(event: EventMention, coding: Coding) -> bool:
    """Whether several actors without a recipient did it to each other.

    A rule that is not in the lexicon (a record from elsewhere) counts as mutual if its type is
    mutual whenever there is a recipient too, as meetings are and attacks are not.
    """
    if coding.parties_property is None:
        return False
    listed = _mutual_by_rule().get(event.rule)
    return coding.parties_property == coding.edge_property if listed is None else listed


@cache
def _mutual_by_rule() -> Mapping[str, bool]:
    folder = data_path("lexicon")
    mutual_frames = {
        frame
        for frame, symmetric in _cells(folder / "frames.tsv", "frame", "symmetric")
        if symmetric == "yes"
    }
    return {
        rule: frame in mutual_frames
        for path in sorted(folder.glob("triggers_*.tsv"))
        for rule, frame in _cells(path, "id", "frame")
    }


def _cells(path: Path, first: str, second: str) -> Iterator[tuple[str, str]]:
    """Yield the cells of two columns; ``kg.events.lexicon`` checks the files in full."""
    with path.open(encoding="utf-8") as lines:
        header = lines.readline().rstrip("\n").split("\t")
        if not {first, second} <= set(header):
            raise ResourceError(f"{path}:1: lacks the column {first} or {second}. Add it.")
        places = header.index(first), header.index(second)
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) > max(places) and not line.startswith("#"):
                yield cells[places[0]], cells[places[1]]
