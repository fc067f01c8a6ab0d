"""Turn the content of a graph into two drawings: who did what to whom, and event by event.

The first has one edge for each pair, event type and status, with its count. The second draws
each event as a box between those who take part, with the answers from event to event. What did
not happen, or is only planned, possible or denied, never shares an edge with what happened.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from kg.view.curves import Strand, bend_edges
from kg.view.layout import Box, place_nodes
from kg.view.records import Event, GraphContent, Thing
from kg.view.styles import QuadStyle, Styles

_CHAR_WIDTH = 7.4
# A label begins a little below its symbol; its lines are as high as its font.
_LABEL_DROP = 11.0
_LINE_HEIGHT = 14.0
_LONGEST_LABEL = 44
_LONGEST_LINE = 18
_GREY = "#a8a29e"
_INK = "#1c1917"
_DASHES: Mapping[str, list[int] | bool] = {"solid": False, "dashed": [7, 6], "dotted": [2, 5]}

_Node = tuple[str, dict[str, Any], Box]
"""Label, options and room of a node."""


@dataclass(frozen=True, kw_only=True)
class DrawnNode:
    """A node of a drawing.

    Attributes:
        id: ``t`` and the thing's index, ``e`` and the event's index, or ``u`` and the index of
            the thing to which an unnamed actor did something.
        options: Options for vis-network.
    """

    id: str
    label: str
    x: int
    y: int
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class DrawnEdge:
    """An edge of a drawing.

    Attributes:
        events: Indices of the events that it stands for; empty for a standing relation.
        label: Its words without the count; the page adds the count of what is shown.
        labelled: Whether there is room to show the label from the start.
    """

    id: str
    origin: str
    target: str
    events: tuple[int, ...]
    label: str
    labelled: bool
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Nodes and edges with their places."""

    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnEdge, ...]


@dataclass(frozen=True, kw_only=True)
class _Sketch:
    """An edge before it has a run."""

    origin: str
    target: str
    label: str
    events: tuple[int, ...]
    options: dict[str, Any]


def draw_actors(content: GraphContent, styles: Styles) -> Drawing:
    """Draw things as nodes and events as counted edges between them.

    The graph's own direct edges are what happened. An affirmed event without a named actor comes
    from a stub that says so; its target has one stub for all such events, which need not have
    one author.
    """
    index = {thing.iri: number for number, thing in enumerate(content.things)}
    number_of = {event.iri: number for number, event in enumerate(content.events)}
    active: dict[str, int] = {}
    for event in content.events:
        for iri in sorted({*event.actors, *event.recipients}):
            active[iri] = active.get(iri, 0) + 1
    sketches = [
        *_stated_edges(content, index, number_of, styles),
        *_other_edges(content, index, styles),
        *_place_edges(content, index, styles),
    ]
    used = {end for sketch in sketches for end in (sketch.origin, sketch.target)}
    nodes: dict[str, _Node] = {}
    for number, thing in enumerate(content.things):
        if f"t{number}" in used or thing.iri in active:
            nodes[f"t{number}"] = _thing_node(thing, active.get(thing.iri, 0), styles)
        if f"u{number}" in used:
            nodes[f"u{number}"] = _stub_node()
    return _arranged(nodes, sketches)


def _stated_edges(
    content: GraphContent, index: dict[str, int], number_of: dict[str, int], styles: Styles
) -> Iterator[_Sketch]:
    """Yield the direct edges of the graph, apart by the status of their events."""
    for edge in content.edges:
        by_status: dict[str, list[int]] = {}
        for iri in edge.events:
            if iri in number_of:
                number = number_of[iri]
                by_status.setdefault(content.events[number].status, []).append(number)
        for status, events in by_status.items():
            yield _Sketch(
                origin=f"t{index[edge.origin]}",
                target=f"t{index[edge.target]}",
                label=edge.label,
                events=tuple(events),
                options=_stroke(
                    content, events[0], status, styles, arrows="" if edge.symmetric else "to"
                ),
            )


def _other_edges(content: GraphContent, index: dict[str, int], styles: Styles) -> Iterator[_Sketch]:
    """Yield edges for what is no edge of the graph: no actor named, or not affirmed."""
    groups: dict[tuple[str, str, str, str], list[int]] = {}
    for number, event in enumerate(content.events):
        is_solid = styles.status(event.status).drawn != "dashed"
        actors = [f"t{index[iri]}" for iri in event.actors]
        recipients = [f"t{index[iri]}" for iri in event.recipients]
        if not actors:
            pairs = [(f"u{recipient[1:]}", recipient) for recipient in recipients]
        elif is_solid:
            pairs = []
        elif recipients:
            pairs = [(one, other) for one in actors for other in recipients if one != other]
        else:
            # Joint actors of an attack did not attack one another; those of a meeting met.
            pairs = list(combinations(actors, 2)) if event.mutual else []
        for origin, target in pairs:
            words = event.verb if is_solid else event.type
            groups.setdefault((origin, target, words, event.status), []).append(number)
    labels = {kind.id: kind.label for kind in content.types}
    for (origin, target, words, status), events in groups.items():
        word = styles.status(status).word
        yield _Sketch(
            origin=origin,
            target=target,
            label=words if words not in labels else f"{word}: {labels[words].lower()}",
            events=tuple(events),
            options=_stroke(content, events[0], status, styles, arrows="to"),
        )


def _place_edges(content: GraphContent, index: dict[str, int], styles: Styles) -> Iterator[_Sketch]:
    """Yield thin lines from those to whom something happened to where it happened."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for number, event in enumerate(content.events):
        for party in event.recipients or event.actors:
            for place in event.places:
                if place != party and place not in event.recipients:
                    key = (f"t{index[party]}", f"t{index[place]}", event.status)
                    groups.setdefault(key, []).append(number)
    for (party, place, status), events in groups.items():
        yield _Sketch(
            origin=party,
            target=place,
            label="in",
            events=tuple(events),
            options=_quiet(styles.status(status).drawn),
        )


def draw_events(content: GraphContent, styles: Styles) -> Drawing:
    """Draw each event as a box, joined to its parties and to the events that it answers."""
    index = {thing.iri: number for number, thing in enumerate(content.things)}
    number_of = {event.iri: number for number, event in enumerate(content.events)}
    sketches = []
    active: dict[int, int] = {}
    for number, event in enumerate(content.events):
        stroke = _stroke(content, number, event.status, styles, arrows="")
        for role, iris in (("by", event.actors), ("to", event.recipients), ("in", event.places)):
            for iri in iris:
                active[index[iri]] = active.get(index[iri], 0) + 1
                ends = (f"t{index[iri]}", f"e{number}")
                options = {**stroke, "width": 1.5, "arrows": "to" if role == "to" else ""}
                sketches.append(
                    _Sketch(
                        origin=ends[0] if role == "by" else ends[1],
                        target=ends[1] if role == "by" else ends[0],
                        label="",
                        events=(number,),
                        options=_quiet(styles.status(event.status).drawn)
                        if role == "in"
                        else options,
                    )
                )
    names = {relation.id: relation.label for relation in styles.relations}
    for link in content.event_links:
        ends_of_link = (number_of[link.origin], number_of[link.target])
        sketches.append(
            _Sketch(
                origin=f"e{ends_of_link[0]}",
                target=f"e{ends_of_link[1]}",
                label=names.get(link.type, link.type),
                events=ends_of_link,
                options={
                    "color": _line_color(_INK),
                    "width": 2.5,
                    "arrows": "to",
                    "link": link.type,
                },
            )
        )
    nodes = {
        f"t{number}": _thing_node(thing, active[number], styles)
        for number, thing in enumerate(content.things)
        if number in active
    }
    for number, event in enumerate(content.events):
        nodes[f"e{number}"] = _event_node(event, _quad(content, event, styles), styles)
    return _arranged(nodes, sketches)


def _quad(content: GraphContent, event: Event, styles: Styles) -> QuadStyle:
    return styles.quad(next(kind.quad for kind in content.types if kind.id == event.type))


def _stroke(
    content: GraphContent, event: int, status: str, styles: Styles, *, arrows: str
) -> dict[str, Any]:
    """Return the look of an edge that stands for events like ``event``."""
    color = _quad(content, content.events[event], styles).color
    return {
        "color": _line_color(color),
        "arrows": arrows,
        "dashes": _DASHES[styles.status(status).drawn],
    }


def _quiet(drawn: str) -> dict[str, Any]:
    """Return the look of edges that only say where."""
    return {
        "color": {"color": "#d6d3d1", "highlight": _GREY, "hover": _GREY},
        "width": 1,
        "dashes": _DASHES[drawn],
        "arrows": "",
        "quiet": True,
    }


def _line_color(color: str) -> dict[str, str]:
    return {"color": color, "highlight": color, "hover": color}


def _thing_node(thing: Thing, count: int, styles: Styles) -> _Node:
    group = styles.group_of(thing.kind)
    small = group.id in ("place", "facility", "thing")
    size = min((7 if small else 10) + 3.2 * count**0.5, 30.0)
    lines = _lines(thing.label)
    box = Box(
        symbol=size,
        width=max(2 * size, max(map(len, lines)) * _CHAR_WIDTH) + 14,
        above=size + 6,
        below=size + _LABEL_DROP + _LINE_HEIGHT * len(lines) + 7,
    )
    color = {
        "background": group.color,
        "border": "#ffffff",
        "highlight": {"background": group.color, "border": _INK},
        "hover": {"background": group.color, "border": _INK},
    }
    options = {"shape": group.shape, "size": round(size, 1), "color": color, "borderWidth": 1.5}
    return "\n".join(lines), options, box


def _stub_node() -> _Node:
    color = {
        "background": "#ffffff",
        "border": "#78716c",
        "highlight": {"background": "#ffffff", "border": _INK},
        "hover": {"background": "#ffffff", "border": _INK},
    }
    options = {
        "shape": "dot",
        "size": 8,
        "color": color,
        "borderWidth": 1.5,
        "shapeProperties": {"borderDashes": [3, 3]},
        "font": {"color": "#57534e", "size": 12},
    }
    return "not named", options, Box(symbol=9, width=80, above=15, below=38)


def _event_node(event: Event, quad: QuadStyle, styles: Styles) -> _Node:
    status = styles.status(event.status)
    lines = [*_lines(event.words)[:2], event_day(event)]
    if status.word:
        lines[0] = f"{status.word}: {lines[0]}"
    if not event.actors:
        lines.append("actor not named")
    lines = [line for line in lines if line]
    color = {
        "background": quad.tint,
        "border": quad.color,
        "highlight": {"background": quad.tint, "border": _INK},
        "hover": {"background": quad.tint, "border": _INK},
    }
    options = {
        "shape": "box",
        "color": color,
        "borderWidth": 1.5,
        "shapeProperties": {"borderRadius": 4, "borderDashes": _DASHES[status.drawn]},
        "font": {"size": 12},
    }
    height = 8 + 8 * len(lines)
    width = max(map(len, lines)) * 6.8 + 26
    box = Box(symbol=height, width=width, above=height + 8, below=height + 8)
    return "\n".join(lines), options, box


def event_day(event: Event) -> str:
    """Return when the event happened, as short as the interval allows; empty if unknown."""
    if not event.earliest or not event.latest:
        return ""
    if event.earliest == event.latest:
        return event.earliest
    return f"{event.earliest} to {event.latest}"


def _lines(label: str) -> list[str]:
    """Cut a long label short and break it into lines near ``_LONGEST_LINE``."""
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


def _arranged(nodes: Mapping[str, _Node], sketches: Sequence[_Sketch]) -> Drawing:
    """Give the nodes their places and the edges their runs."""
    boxes = {node: box for node, (_, _, box) in nodes.items()}
    spots = place_nodes(boxes, [(sketch.origin, sketch.target) for sketch in sketches])
    named = {f"l{number}": sketch for number, sketch in enumerate(sketches)}
    bends = bend_edges(
        [
            Strand(
                id=name,
                origin=sketch.origin,
                target=sketch.target,
                label=sketch.label + (" ×9" if len(sketch.events) > 1 else ""),
                weight=0 if sketch.options.get("quiet") else 1 + len(sketch.events),
            )
            for name, sketch in named.items()
        ],
        spots,
        boxes,
    )
    edges = []
    for name, sketch in named.items():
        bend = bends[name]
        options: dict[str, Any] = {"width": round(1.4 + 1.3 * (len(sketch.events) - 1) ** 0.5, 1)}
        options.update(sketch.options)
        if bend.roundness:
            turn = "curvedCW" if bend.roundness > 0 else "curvedCCW"
            options["smooth"] = {
                "enabled": True,
                "type": turn,
                "roundness": round(abs(bend.roundness), 2),
            }
        edges.append(
            DrawnEdge(
                id=name,
                origin=sketch.origin,
                target=sketch.target,
                events=sketch.events,
                label=sketch.label,
                labelled=bend.labelled,
                options=options,
            )
        )
    return Drawing(
        nodes=tuple(
            DrawnNode(id=node, label=label, x=spots[node][0], y=spots[node][1], options=options)
            for node, (label, options, _) in nodes.items()
        ),
        edges=tuple(edges),
    )
