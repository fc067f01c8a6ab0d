"""Commands that turn a graph into a network to measure and a page to look at."""

import shutil
import sys
from pathlib import Path
from typing import Any

import click

from kg.cli.console import Console, shared


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
    type=click.Choice(["actors", "events", "signed"]),
    default="actors",
    show_default=True,
    help="Actors tied by events; events tied by relations; or actors tied by sums of scores.",
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
