"""Turn the content of a graph into two drawings: who did what to whom, and event by event.

The first has one edge for each pair, kind of act and status, with its count. The second draws
each event as a box between those who take part, with the answers from event to event. What did
not happen, or is only planned, possible or denied, never shares an edge with what happened.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kg.view.curves import Strand, bend_edges, label_width
from kg.view.layout import Box, place_nodes
from kg.view.looks import (
    Look,
    answer_stroke,
    event_look,
    place_stroke,
    stroke,
    thing_look,
    tie_stroke,
    unnamed_look,
)
from kg.view.records import Event, GraphContent
from kg.view.styles import QuadStyle, StatusStyle, Styles

MOST_PICTURED_EVENTS = 300
"""More boxes than this cannot be read in one picture."""

MOST_PICTURED_PLACES = 60
"""Rarer places stand in the panel and the table alone, unless somebody acts on them."""


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
    options: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class DrawnEdge:
    """An edge of a drawing.

    Attributes:
        events: Indices of the events that it stands for; of a relation between events, its two
            ends; of one between actors, none.
        label: Its words without the count; the page adds the count of what is shown.
        labelled: Whether there is room to show the label from the start.
    """

    id: str
    origin: str
    target: str
    events: tuple[int, ...]
    label: str
    labelled: bool
    options: Mapping[str, Any]


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
    options: Mapping[str, Any]


def draw_actors(content: GraphContent, styles: Styles) -> Drawing:
    """Draw things as nodes and events as counted edges between them.

    The graph's own direct edges are what happened. An affirmed event without a named actor comes
    from a stub that says so; its target has one stub for all such events, which need not have
    one author.
    """
    return _Draughtsman(content, styles).actors()


def draw_events(content: GraphContent, styles: Styles) -> Drawing:
    """Draw events as boxes, joined to their parties and to the events that they answer.

    Of more than ``MOST_PICTURED_EVENTS``, those with answers come first, then the most reported.
    """
    return _Draughtsman(content, styles).events()


def picture_notices(content: GraphContent) -> tuple[str, ...]:
    """Say what the panel and the table hold but a picture leaves out; empty if nothing."""
    notices = []
    if len(content.events) > MOST_PICTURED_EVENTS:
        notices.append(
            f"The picture of events shows {MOST_PICTURED_EVENTS} of {len(content.events):,}: those"
            " that answer one another, then the most reported."
        )
    places = {place for event in content.events for place in event.places}
    if len(places) > MOST_PICTURED_PLACES:
        notices.append(
            f"The picture of actors shows the {MOST_PICTURED_PLACES} most frequent of"
            f" {len(places):,} places where something happened."
        )
    return tuple(notices)


class _Draughtsman:
    """Draws one content; holds its indices."""

    def __init__(self, content: GraphContent, styles: Styles) -> None:
        self.content = content
        self.styles = styles
        self.node_of = {thing.iri: f"t{index}" for index, thing in enumerate(content.things)}
        self.index_of = {event.iri: index for index, event in enumerate(content.events)}
        self.quad_of_type = {kind.id: styles.quad(kind.quad) for kind in content.types}
        self.type_label = {kind.id: kind.label for kind in content.types}

    def actors(self) -> Drawing:
        active: dict[str, int] = {}
        for event in self.content.events:
            for iri in {*event.actors, *event.recipients}:
                active[iri] = active.get(iri, 0) + 1
        sketches = [
            *self._stated_edges(),
            *self._other_edges(),
            *self._place_edges(),
            *self._ties(),
        ]
        used = {end for sketch in sketches for end in (sketch.origin, sketch.target)}
        looks: dict[str, Look] = {}
        for thing in self.content.things:
            node = self.node_of[thing.iri]
            if node in used or thing.iri in active:
                looks[node] = thing_look(thing, self.styles, count=active.get(thing.iri, 0))
            if _stub_of(node) in used:
                looks[_stub_of(node)] = unnamed_look()
        return _arranged(looks, sketches)

    def events(self) -> Drawing:
        pictured = self._pictured()
        sketches: list[_Sketch] = []
        active: dict[str, int] = {}
        for index in pictured:
            for sketch in self._party_edges(index):
                sketches.append(sketch)
                for node in (sketch.origin, sketch.target):
                    active[node] = active.get(node, 0) + 1
        words = {relation.id: relation.word for relation in self.styles.relations}
        for link in self.content.event_links:
            ends = (self.index_of[link.origin], self.index_of[link.target])
            if set(ends) <= set(pictured):
                sketches.append(
                    _Sketch(
                        origin=f"e{ends[0]}",
                        target=f"e{ends[1]}",
                        label=words.get(link.type, link.type),
                        events=ends,
                        options=answer_stroke(link.type),
                    )
                )
        looks = {
            node: thing_look(thing, self.styles, count=active[node])
            for thing in self.content.things
            for node in (self.node_of[thing.iri],)
            if node in active
        }
        for index in pictured:
            event = self.content.events[index]
            looks[f"e{index}"] = event_look(event, self._quad(event), self._status(event))
        return _arranged(looks, sketches)

    def _quad(self, event: Event) -> QuadStyle:
        return self.quad_of_type[event.type]

    def _status(self, event: Event) -> StatusStyle:
        return self.styles.status(event.status)

    def _pictured(self) -> list[int]:
        """Return the indices of the events that the second drawing has room for."""
        linked = {end for link in self.content.event_links for end in (link.origin, link.target)}
        ranked = sorted(
            self.index_of.items(),
            key=lambda item: (
                item[0] not in linked,
                -self.content.events[item[1]].source_count,
                item[1],
            ),
        )
        return sorted(index for _, index in ranked[:MOST_PICTURED_EVENTS])

    def _stated_edges(self) -> Iterator[_Sketch]:
        """Yield the direct edges of the graph, apart by status and by dispute."""
        for edge in self.content.edges:
            groups: dict[tuple[str, bool], list[int]] = {}
            for iri in edge.events:
                index = self.index_of[iri]
                event = self.content.events[index]
                groups.setdefault((event.status, event.is_disputed), []).append(index)
            for indices in groups.values():
                event = self.content.events[indices[0]]
                words = f"disputed: {edge.label}" if event.is_disputed else edge.label
                yield _Sketch(
                    origin=self.node_of[edge.origin],
                    target=self.node_of[edge.target],
                    label=_qualified(words, self._status(event)),
                    events=tuple(indices),
                    options=stroke(
                        self._quad(event), self._status(event), arrow=not edge.symmetric
                    ),
                )

    def _other_edges(self) -> Iterator[_Sketch]:
        """Yield edges for what is no edge of the graph: no actor named, or not affirmed."""
        groups: dict[tuple[str, str, str, str], list[int]] = {}
        for index, event in enumerate(self.content.events):
            # A verb says that it happened; what is not affirmed is called by its noun.
            affirmed = self._status(event).drawn != "dashed"
            words = event.verb if affirmed else self.type_label[event.type]
            for origin, target in self._other_pairs(event):
                groups.setdefault((origin, target, words, event.status), []).append(index)
        for (origin, target, words, status), indices in groups.items():
            event = self.content.events[indices[0]]
            yield _Sketch(
                origin=origin,
                target=target,
                label=_qualified(words, self.styles.status(status)),
                events=tuple(indices),
                options=stroke(self._quad(event), self._status(event), arrow=True),
            )

    def _other_pairs(self, event: Event) -> list[tuple[str, str]]:
        actors = [self.node_of[iri] for iri in event.actors]
        recipients = [self.node_of[iri] for iri in event.recipients]
        if not actors:
            return [(_stub_of(recipient), recipient) for recipient in recipients]
        if self._status(event).drawn != "dashed":
            return []
        if recipients:
            return [(one, other) for one in actors for other in recipients if one != other]
        # Joint actors of an attack did not attack one another; those of a meeting met.
        return list(combinations(actors, 2)) if event.mutual else []

    def _place_edges(self) -> Iterator[_Sketch]:
        """Yield thin lines from those to whom something happened to where it happened."""
        counts = Counter(place for event in self.content.events for place in event.places)
        ranked = sorted(counts, key=lambda place: (-counts[place], place))
        drawn = set(ranked[:MOST_PICTURED_PLACES])
        groups: dict[tuple[str, str, str], list[int]] = {}
        for index, event in enumerate(self.content.events):
            for party in event.recipients or event.actors:
                for place in event.places:
                    if place in drawn and place != party and place not in event.recipients:
                        groups.setdefault((party, place, event.status), []).append(index)
        for (party, place, status), indices in groups.items():
            yield _Sketch(
                origin=self.node_of[party],
                target=self.node_of[place],
                label="in",
                events=tuple(indices),
                options=place_stroke(self.styles.status(status)),
            )

    def _ties(self) -> Iterator[_Sketch]:
        """Yield the relations between actors; they stand for no event."""
        styles = {style.id: style for style in self.styles.ties}
        for number, relation in enumerate(self.content.relations):
            style = styles[relation.type]
            words = relation.offices[0] if len(relation.offices) == 1 else style.word
            yield _Sketch(
                origin=self.node_of[relation.origin],
                target=self.node_of[relation.target],
                label=f"formerly: {words}" if relation.is_over else words,
                events=(),
                options=tie_stroke(style.color, number, arrow=not relation.symmetric),
            )

    def _party_edges(self, index: int) -> Iterator[_Sketch]:
        """Yield the edges of an event's box: from actors, to recipients, to places."""
        event = self.content.events[index]
        plain = {**stroke(self._quad(event), self._status(event), arrow=False), "width": 1.5}
        box, where = f"e{index}", place_stroke(self._status(event))
        ends = [(self.node_of[iri], box, plain) for iri in event.actors]
        ends += [(box, self.node_of[iri], {**plain, "arrows": "to"}) for iri in event.recipients]
        ends += [(box, self.node_of[iri], where) for iri in event.places]
        for origin, target, options in ends:
            yield _Sketch(origin=origin, target=target, label="", events=(index,), options=options)


def _qualified(words: str, status: StatusStyle) -> str:
    return f"{status.word}: {words}" if status.word else words


def _stub_of(node: str) -> str:
    return f"u{node[1:]}"


def _least_length(sketch: _Sketch, boxes: Mapping[str, Box]) -> float:
    """Return how long an edge must be for its label to fit between its ends."""
    if not sketch.label or sketch.options.get("quiet"):
        return 0.0
    ends = boxes[sketch.origin].symbol_width + boxes[sketch.target].symbol_width
    return label_width(sketch.label) + ends / 2 + 24.0


def _weight(sketch: _Sketch) -> int:
    """Return the right of way of an edge: answers first, then what happened most often."""
    if sketch.options.get("quiet"):
        return 0
    return 1000 if "link" in sketch.options else 1 + len(sketch.events)


def _arranged(looks: Mapping[str, Look], sketches: Sequence[_Sketch]) -> Drawing:
    """Give the nodes their places and the edges their runs."""
    boxes = {node: look.box for node, look in looks.items()}
    lengths = [(edge.origin, edge.target, _least_length(edge, boxes)) for edge in sketches]
    spots = place_nodes(boxes, lengths)
    named = {f"l{number}": sketch for number, sketch in enumerate(sketches)}
    bends = bend_edges(
        [
            Strand(
                id=name,
                origin=sketch.origin,
                target=sketch.target,
                label=sketch.label + (" ×9" if len(sketch.events) > 1 else ""),
                weight=_weight(sketch),
            )
            for name, sketch in named.items()
        ],
        spots,
        boxes,
    )
    edges = []
    for name, sketch in named.items():
        bend = bends[name]
        options: dict[str, Any] = {"width": 1.5, **sketch.options}
        if bend.roundness:
            options["smooth"] = {
                "enabled": True,
                "type": "curvedCW" if bend.roundness > 0 else "curvedCCW",
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
            DrawnNode(
                id=node, label=look.label, x=spots[node][0], y=spots[node][1], options=look.options
            )
            for node, look in looks.items()
        ),
        edges=tuple(edges),
    )
