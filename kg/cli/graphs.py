"""Commands that ask a graph in words: ``query``, ``explain``, ``validate``; and ``lookup``."""

import json
import shutil
import sys
from collections.abc import Sequence
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.articles import overlay_option
from kg.cli.console import Console, aligned, counted, shared

if TYPE_CHECKING:
    from kg.query import NamedQuery


@click.command(short_help="Ask a graph: analyst queries by name, or SPARQL.")
@click.argument("graph", required=False)
@click.argument("query", required=False, metavar="NAME|FILE.rq|SPARQL")
@click.option("--list", "list_only", is_flag=True, help="Name the analyst queries.")
@click.option("--param", "pairs", metavar="NAME=VALUE", multiple=True, help="Set a parameter.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "csv", "tsv", "json", "jsonl"]),
    default="table",
    show_default=True,
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give a query up after this long.",
)
@shared
def query(
    console: Console,  # noqa: ARG001  # every command has one
    *,
    graph: str | None,
    query: str | None,
    list_only: bool,
    pairs: Sequence[str],
    output_format: str,
    timeout: float | None,
) -> None:
    """Ask GRAPH one of the analyst queries, a query of your own in a file, or SPARQL 1.1.

    The merged layer is the default graph; GRAPH reaches what single articles say.

    \b
    Examples:
      kg query graph.trig --list
      kg query graph.trig who-attacked-whom --param actor=Iran --format csv
      kg query graph.trig 'SELECT ?event WHERE { ?event a kg:Event } LIMIT 5'
    """
    from kg.query import list_queries, render, run_query
    from kg.store import open_store

    if list_only:
        click.echo(_listing(list_queries()))
        return
    if graph is None or query is None:
        raise click.UsageError("Give a GRAPH and a query; 'kg query --list' names the queries.")
    params = dict(_pair(pair) for pair in pairs)
    with open_store(graph) as store:
        result = run_query(store, query, params, timeout=timeout)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    click.echo(render(result, format=output_format, width=width), nl=False)  # type: ignore[arg-type]  # click.Choice has the same names


def _listing(queries: "Sequence[NamedQuery]") -> str:
    lines: list[str] = []
    for named in queries:
        lines += [named.name, f"    {named.question}"]
        lines += [
            f"    --param {parameter.name}={parameter.example}: {parameter.meaning}"
            + (f" (default {parameter.default})" if parameter.default else "")
            for parameter in named.parameters
        ]
    return "\n".join(lines)


def _pair(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not equals or not name:
        raise click.BadParameter(f"'{pair}': write NAME=VALUE.", param_hint="--param")
    return name, value


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:  # noqa: ARG001  # click gives them
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        raise click.BadParameter(f"'{value}' is no day. Write it as 2024-03-31.") from None


@click.command(short_help="What names and descriptions resolve to.")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option(
    "--date",
    "day",
    callback=_day,
    metavar="YYYY-MM-DD",
    help="The day asked about; it decides who holds an office.",
)
@click.option(
    "--country",
    "countries",
    metavar="CODE",
    multiple=True,
    help="A country that the text is about, as IRQ; the first counts most. It tells namesakes "
    "apart.",
)
@overlay_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
)
@shared
def lookup(
    console: Console,  # noqa: ARG001  # every command has one
    *,
    names: Sequence[str],
    day: date | None,
    countries: Sequence[str],
    overlay: Path | None,
    output_format: str,
) -> None:
    """Tell what each NAME or description resolves to; '-' reads names from standard input.

    \b
    Examples:
      kg lookup 'Kataib Hezbollah' 'Iranian-backed militias'
      kg lookup 'the US president' --date 2019-05-01 --format json
      kg lookup Tripoli --country LBN
    """
    from kg.linking.resolver import load_resolver

    resolver = load_resolver(overlay)
    for code in countries:
        if not resolver.is_country(code):
            raise click.BadParameter(
                f"'{code}' is no country. Write it as IRQ.", param_hint="--country"
            )
    wanted = [part for name in names for part in (_read_names() if name == "-" else [name])]
    links = resolver.lookup(wanted, day=day, countries=countries)
    columns = (
        *("name", "id", "label", "kind", "country"),
        *("sector", "wikidata", "role", "alias", "score"),
        *("features", "geonames", "lat", "lon", "precision"),
    )
    values = [[getattr(link, column) for column in columns] for link in links]
    if output_format == "json":
        records = [dict(zip(columns, row, strict=True)) for row in values]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
        return
    shown = ("name", "id", "label", "kind", "country", "sector", "role", "score")
    indexes = [columns.index(column) for column in shown]
    cells = [[_cell(row[index]) for index in indexes] for row in values]
    click.echo(aligned([shown, *cells], right=[len(shown) - 1]))


def _read_names() -> list[str]:
    return [line.strip() for line in sys.stdin if line.strip()]


def _cell(value: object) -> str:
    return "-" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)


@click.command(short_help="What is claimed of a thing, by whom, in which sentences.")
@click.argument("graph")
@click.argument("thing")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)
@shared
def explain(
    console: Console,  # noqa: ARG001  # every command has one
    *,
    graph: str,
    thing: str,
    output_format: str,
) -> None:
    """Tell what GRAPH claims of THING, by whom, in which sentences, and what disagrees.

    THING is an actor, place, event or edge: an IRI, a name, or an edge in words.

    \b
    Examples:
      kg explain graph.trig Iraq
      kg explain graph.trig 'Joe Biden met Reuven Rivlin' --format json
    """
    from kg.explain import explain as explained
    from kg.explain import to_json, to_text
    from kg.store import open_store

    with open_store(graph) as store:
        explanation = explained(store, thing)
    text = to_json(explanation) if output_format == "json" else to_text(explanation)
    click.echo(text.rstrip("\n"))


@click.command(short_help="Check a graph against the shapes of the ontology.")
@click.argument("graph")
@shared
def validate(console: Console, *, graph: str) -> None:
    """Check every article's graph in GRAPH, and the merged layer, against the ontology's shapes.

    Prints one line for each fault; the exit status is 1 when there is any.

    \b
    Example:
      kg validate graph.trig
    """
    from kg.rdf.validate import validate as check
    from kg.store import open_store

    fault_count = graph_count = 0
    with open_store(graph) as store, console.progress("Graphs") as step:
        parts = (store.read_article(name) for name in store.article_graphs())
        for part in chain(parts, [store.read_merged()]):
            report = check(part)
            graph_count += 1
            fault_count += len(report.problems)
            for problem in report.problems:
                click.echo(f"{report.graph}: {problem}")
            step(report.graph)
    console.failed = fault_count > 0
    console.show(f"{graph}: {counted(graph_count, 'graph')}, {counted(fault_count, 'fault')}")
