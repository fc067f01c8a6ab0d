"""Commands that turn a graph into a network to measure and a page to look at."""

import shutil
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from kg.cli.console import Console, counted, shared

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(short_help="The interactive page of a graph, in one file.")
@click.argument("graph")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PAGE.html",
    help="The page to write; it needs no network and no other file.",
)
@click.option("--focus", metavar="ACTOR", help="Only what lies around this actor or place.")
@click.option(
    "--hops",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many steps around the focus.",
)
@click.option("--since", type=DAY, metavar="YYYY-MM-DD", help="Only events from this day on.")
@click.option("--until", type=DAY, metavar="YYYY-MM-DD", help="Only events up to this day.")
@click.option(
    "--type", "types", metavar="TYPE", multiple=True, help="Only events of this type, as ASSAULT."
)
@click.option(
    "--min-sources",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Only events that so many articles tell of.",
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=150,
    show_default=True,
    help="Most actors and places on the page.",
)
@click.option("--map", "opens_map", is_flag=True, help="Open on the map of where it happened.")
@shared
def view(
    console: Console,
    *,
    graph: str,
    output: Path,
    since: datetime | None,
    until: datetime | None,
    opens_map: bool,
    **wishes: Any,
) -> None:
    """Draw GRAPH as one page to open in a browser: search, filter, and click for the evidence.

    \b
    Examples:
      kg view graph.trig -o page.html
      kg view graph.trig -o page.html --focus 'Joe Biden' --type CONSULT
      kg view graph.trig -o map.html --map
    """
    from kg.view.page import write_page

    to_stdout = str(output) == "-"
    with TemporaryDirectory() as folder:
        target = Path(folder) / "page.html" if to_stdout else output
        page = write_page(
            graph,
            target,
            since=since.date() if since else None,
            until=until.date() if until else None,
            view="map" if opens_map else "actors",
            **wishes,
        )
        if to_stdout:
            click.echo(target.read_text(encoding="utf-8"), nl=False)
    counts = (
        f"{page.thing_count} actors and places",
        counted(page.event_count, "event"),
        counted(page.article_count, "article"),
    )
    (console.note if to_stdout else console.show)(f"{output}: {', '.join(counts)}")
    for notice in page.notices:
        console.note(notice)


@click.command(short_help="A network for networkx and other programs, and its measures.")
@click.argument("graph")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also write the network: .graphml, .gexf, .json or .csv (two files).",
)
@click.option(
    "--projection",
    type=click.Choice(["actors", "events", "signed", "relations"]),
    default="actors",
    show_default=True,
    help="Actors tied by events; events tied by relations; actors tied by sums of scores; or "
    "actors tied by who backs, leads or belongs to whom.",
)
@click.option(
    "--top",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Most nodes in the table of measures; 0 shows all.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "csv", "tsv", "json", "jsonl"]),
    default="table",
    show_default=True,
)
@shared
def network(
    console: Console,
    *,
    graph: str,
    output: Path | None,
    projection: Any,
    top: int,
    output_format: Any,
) -> None:
    """Turn GRAPH into a network, print the measures of its nodes, and write it for other programs.

    \b
    Examples:
      kg network graph.trig --top 5
      kg network graph.trig -o network.graphml --quiet
      kg network graph.trig --projection signed -o signed.gexf
    """
    from kg.network import measures, to_network, to_table, write_network
    from kg.query import render
    from kg.store import open_store

    with open_store(graph) as store:
        found = to_network(store, projection=projection)
    if output is not None:
        for path in write_network(found, output):
            console.note(
                f"{path}: {found.number_of_nodes()} nodes, {found.number_of_edges()} edges"
            )
    table = to_table(measures(found)[: top or None])
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    console.show(render(table, format=output_format, width=width).rstrip("\n"))
