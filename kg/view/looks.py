"""How each node and edge looks: vis-network options, and the room that a node needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.view.layout import Box
from kg.view.records import Event, Thing
from kg.view.styles import QuadStyle, StatusStyle, Styles

# Widths of characters at the font sizes of the page, generous so that no font overflows.
_CHAR_WIDTH = 7.4
_BOX_CHAR_WIDTH = 7.0
# A label begins a little below its symbol; its lines are as high as its font.
_LABEL_DROP = 11.0
_LINE_HEIGHT = 14.0
_LONGEST_LABEL = 44
_LONGEST_LINE = 18
_LARGEST = 30.0
_INK = "#1c1917"
_PALE, _GREY = "#d6d3d1", "#a8a29e"
_DASHES: Mapping[str, list[int] | bool] = {"solid": False, "dashed": [7, 6], "dotted": [2, 5]}
_TIE_DASHES = [14, 5]


@dataclass(frozen=True, kw_only=True)
class Look:
    """A node's label, options and room."""

    label: str
    options: Mapping[str, Any]
    box: Box


def thing_look(thing: Thing, styles: Styles, *, count: int) -> Look:
    """Return the look of a thing: its group's shape, larger the more events it is in."""
    group = styles.group_of(thing.kind)
    size = min(group.size + 3.2 * count**0.5, _LARGEST)
    lines = label_lines(thing.label)
    return Look(
        label="\n".join(lines),
        options={
            "shape": group.shape,
            "size": round(size, 1),
            "color": _fill(group.color, border="#ffffff"),
            "borderWidth": 1.5,
        },
        box=Box(
            symbol_width=2 * size,
            symbol_height=2 * size,
            width=max(2 * size, max(map(len, lines)) * _CHAR_WIDTH) + 14,
            above=size + 6,
            below=size + _LABEL_DROP + _LINE_HEIGHT * len(lines) + 7,
        ),
    )


def unnamed_look() -> Look:
    """Return the look of the stub for an actor whom no source names."""
    return Look(
        label="not named",
        options={
            "shape": "dot",
            "size": 8,
            "color": _fill("#ffffff", border="#78716c"),
            "borderWidth": 1.5,
            "shapeProperties": {"borderDashes": [3, 3]},
            "font": {"color": "#57534e", "size": 12},
        },
        box=Box(symbol_width=18, symbol_height=18, width=80, above=15, below=38),
    )


def event_look(event: Event, quad: QuadStyle, status: StatusStyle) -> Look:
    """Return the look of an event: a box that says what, when, and that nobody is named."""
    what = " ".join(label_lines(event.words)[:2])
    lines = [f"{status.word}: {what}" if status.word else what]
    lines += [day_of(event)] if event.earliest else []
    lines += [] if event.actors else ["actor not named"]
    width = max(map(len, lines)) * _BOX_CHAR_WIDTH + 12
    height = 12.0 + 13.0 * len(lines)
    return Look(
        label="\n".join(lines),
        options={
            "shape": "box",
            "color": _fill(quad.tint, border=quad.color),
            "borderWidth": 1.5,
            "shapeProperties": {"borderRadius": 4, "borderDashes": _DASHES[status.drawn]},
            "font": {"size": 13},
        },
        box=Box(
            symbol_width=width,
            symbol_height=height,
            width=width + 14,
            above=height / 2 + 8,
            below=height / 2 + 8,
        ),
    )


def stroke(quad: QuadStyle, status: StatusStyle, *, arrow: bool) -> dict[str, Any]:
    """Return the look of an edge that stands for events of one class and status."""
    return {
        "color": _line(quad.color),
        "arrows": "to" if arrow else "",
        "dashes": _DASHES[status.drawn],
    }


def place_stroke(status: StatusStyle) -> dict[str, Any]:
    """Return the look of an edge that only says where; ``quiet`` tells the page so."""
    return {
        "color": {"color": _PALE, "highlight": _GREY, "hover": _GREY},
        "width": 1,
        "dashes": _DASHES[status.drawn],
        "arrows": "",
        "quiet": True,
    }


def answer_stroke(relation: str) -> dict[str, Any]:
    """Return the look of a relation between events; ``link`` tells the page which."""
    return {"color": _line(_INK), "width": 2.5, "arrows": "to", "link": relation}


def tie_stroke(color: str, number: int, *, arrow: bool) -> dict[str, Any]:
    """Return the look of a relation between actors; ``tie`` tells the page which."""
    return {
        "color": _line(color),
        "width": 1.5,
        "arrows": "to" if arrow else "",
        "dashes": _TIE_DASHES,
        "tie": number,
    }


def day_of(event: Event) -> str:
    """Return when the event happened, as short as the interval allows; empty if unknown."""
    if not event.earliest or not event.latest:
        return ""
    if event.earliest == event.latest:
        return event.earliest
    return f"{event.earliest} to {event.latest}"


def label_lines(label: str) -> list[str]:
    """Cut a long label short and break it into lines of about 18 characters.

    >>> label_lines("Syrian Observatory for Human Rights")
    ['Syrian Observatory', 'for Human Rights']
    """
    label = " ".join(label.split())
    if len(label) > _LONGEST_LABEL:
        label = label[: _LONGEST_LABEL - 1].rstrip() + "…"
    lines = [""]
    for word in label.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _LONGEST_LINE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _line(color: str) -> dict[str, str]:
    return {"color": color, "highlight": color, "hover": color}


def _fill(background: str, *, border: str) -> dict[str, Any]:
    marked = {"background": background, "border": _INK}
    return {"background": background, "border": border, "highlight": marked, "hover": marked}
