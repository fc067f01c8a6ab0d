"""Write the interactive page: one file that opens from disk and asks the network for nothing.

pyvis builds the nodes, edges and options and brings vis-network. Its own template does not serve:
it lets text from articles become markup in four places, always calls a content delivery network,
and draws nothing without one. The page has its own template, in which every value is escaped and
only scripts with the page's nonce run.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pyvis
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyvis.network import Network

from kg.errors import GraphError
from kg.resources import data_path
from kg.store import open_store
from kg.view.drawing import Drawing, draw_actors, draw_events, picture_notices
from kg.view.pagedata import page_data
from kg.view.reading import read_outline, with_accounts
from kg.view.records import GraphContent
from kg.view.selection import Wish, choose
from kg.view.spots import load_world
from kg.view.styles import Styles, load_styles

TITLE = "Who did what to whom"
View = Literal["actors", "events", "map", "table"]
"""What the page can open on."""
_SCRIPTS = (
    *("model.js", "filters.js", "canvas.js", "world.js", "marks.js", "map.js"),
    *("panel.js", "table.js", "timeline.js", "main.js"),
)
_VIS = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"

_OPTIONS: Mapping[str, Any] = {
    # Positions come from Python: vis-network's own simulation takes up to a minute and moves on.
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "multiselect": False,
        "tooltipDelay": 150,
        "hideEdgesOnDrag": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {
        "font": {
            "face": "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif",
            "size": 14,
            "color": "#1c1917",
            "strokeWidth": 4,
            "strokeColor": "#ffffff",
        },
        "labelHighlightBold": False,
        "chosen": True,
    },
    "edges": {
        "font": {
            "face": "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif",
            "size": 11.5,
            "color": "#44403c",
            "strokeWidth": 4,
            "strokeColor": "#ffffff",
            "align": "horizontal",
        },
        "smooth": {"enabled": False},
        "arrows": {"to": {"scaleFactor": 0.55}},
        "selectionWidth": 1.5,
        "hoverWidth": 0.5,
        "labelHighlightBold": False,
    },
}


@dataclass(frozen=True, kw_only=True)
class PageSummary:
    """What a written page holds, for whoever asked for it."""

    thing_count: int
    event_count: int
    article_count: int
    notices: tuple[str, ...]


def write_page(
    source: str | Path,
    output: Path,
    *,
    focus: str | None = None,
    hops: int = 1,
    since: date | None = None,
    until: date | None = None,
    types: Iterable[str] = (),
    min_sources: int = 1,
    top: int = 150,
    title: str = TITLE,
    view: View = "actors",
) -> PageSummary:
    """Write the page of a graph to ``output``, whole or not at all.

    The options choose what goes on the page (see ``kg.view.selection.Wish``).

    Args:
        source: A graph file, a store folder, or the URL of a SPARQL endpoint.
        title: Heading of the page.
        view: What the page opens on; the others are one click away.

    Raises:
        GraphError: The graph cannot be read or the page cannot be written.
        QueryError: ``focus`` or a type is not in the graph, or an option makes no sense.
    """
    wish = Wish(
        focus=focus,
        hops=hops,
        since=since,
        until=until,
        types=tuple(types),
        min_sources=min_sources,
        top=top,
    )
    with open_store(source) as store:
        outline = read_outline(store, title=title)
        chosen, notices = choose(outline, wish)
        content = with_accounts(store, chosen)
    page = render_page(content, notices=notices, view=view)
    _write_whole(output, page)
    return PageSummary(
        thing_count=len(content.things),
        event_count=len(content.events),
        article_count=len(content.sources),
        notices=notices,
    )


def _write_whole(output: Path, text: str) -> None:
    draft = output.with_name(f".{output.name}.part")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(output)
    except OSError as error:
        draft.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        raise GraphError(
            f"{output}: cannot be written ({reason}). Choose another place."
        ) from error


def render_page(
    content: GraphContent,
    *,
    notices: tuple[str, ...] = (),
    styles: Styles | None = None,
    view: View = "actors",
) -> str:
    """Return the page for ``content`` as HTML; the same content gives the same text.

    Args:
        notices: What the page must say about itself, such as what was left out.
    """
    styles = styles or load_styles()
    actors, events = draw_actors(content, styles), draw_events(content, styles)
    network = _network(actors)
    notices = (*notices, *picture_notices(content))
    data = page_data(content, styles, load_world(), notices=notices)
    data["view"] = view
    data["options"] = network.options
    second = _network(events)
    data["drawings"] = {
        "actors": {"nodes": network.nodes, "edges": network.edges},
        "events": {"nodes": second.nodes, "edges": second.edges},
    }
    return _rendered(network, data, title=content.title)


def _network(drawing: Drawing) -> Network:
    """Hand a drawing to pyvis.

    ``directed=True`` because an undirected pyvis network drops parallel edges; ids are made here,
    so no text from an article is ever an id.
    """
    network = Network(directed=True, cdn_resources="in_line")
    for node in drawing.nodes:
        network.add_node(node.id, label=node.label, x=node.x, y=node.y, **node.options)
    for edge in drawing.edges:
        network.add_edge(edge.origin, edge.target, id=edge.id, **edge.options)
        network.edges[-1].update(words=edge.label, events=list(edge.events), labelled=edge.labelled)
    network.options = dict(_OPTIONS)
    return network


def _rendered(network: Network, data: Mapping[str, Any], *, title: str) -> str:
    folder = data_path("view")
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = _script_json(data)
    script = "\n".join((folder / name).read_text(encoding="utf-8").rstrip() for name in _SCRIPTS)
    # A nonce that follows from the content keeps the page the same from run to run, and markup
    # that came in with the content could still not foretell it.
    nonce = base64.b64encode(hashlib.sha256(text.encode()).digest()[:18]).decode()
    # Marked safe in the template: our own files, pyvis's own file, and the JSON escaped below.
    environment.globals.update(
        title=title,
        nonce=nonce,
        page_data=text,
        vis_script=_VIS.read_text(encoding="utf-8").split("//# sourceMappingURL")[0],
        page_script=script,
        page_style=(folder / "page.css").read_text(encoding="utf-8"),
        is_empty=not data["events"],
        data=data,
    )
    network.templateEnv = environment
    network.path = "page.html"
    return str(network.generate_html("page.html"))


def _script_json(value: Any) -> str:
    """Return JSON that can stand inside a script element whatever its strings hold."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
