"""Read "eastern Syria" and "north-east Nigeria" as regions of what they name."""

import re
from dataclasses import dataclass

_SIDES = "north|south|east|west"
_PATTERN = re.compile(
    rf"^(?:the )?(?:far |rural )?"
    rf"(?P<side>(?:{_SIDES})(?:[-\s]?(?:{_SIDES}))?(?:ern)?|central)\s+(?P<whole>[A-Z].*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Direction:
    """A part of a state or region.

    Attributes:
        side: ``northeastern`` and the like, in one spelling.
        whole: Name of what it is a part of.
    """

    side: str
    whole: str


def read_direction(name: str) -> Direction | None:
    """Split the name of a part of a state; None when it is none.

    >>> read_direction("north-east Syria")
    Direction(side='northeastern', whole='Syria')
    >>> read_direction("Syria") is None
    True
    """
    match = _PATTERN.match(" ".join(name.split()))
    if not match or not match.group("whole")[:1].isupper():
        return None
    side = re.sub(r"[-\s]", "", match.group("side").casefold()).removesuffix("ern")
    return Direction(side=side if side == "central" else f"{side}ern", whole=match.group("whole"))
