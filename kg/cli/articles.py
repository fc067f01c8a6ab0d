"""Commands that take articles in: ``extract`` and ``build``."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from kg.cli.console import Console, aligned, shared, written
from kg.records import Extraction

overlay_option = click.option(
    "--overlay",
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help="A table, or a folder of tables, that adds to the shipped tables of groups, persons, "
    "terms, regions and sites or corrects them.",
)
"""The option of every command that resolves names."""


def articles_argument(function: Callable[..., None]) -> Callable[..., None]:
    """Add the argument that names articles."""
    return click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)(function)


def article_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options of every command that reads articles and extracts from them."""
    for option in reversed(
        (
            click.option(
                "--field",
                "field_pairs",
                metavar="FIELD=NAME",
                multiple=True,
                help="Name of a field in .jsonl, .json and .csv input, as text=body. "
                "Fields: doc_id, text, title, url, publisher, published.",
            ),
            click.option(
                "--stdin-as",
                "stdin_kind",
                type=click.Choice(["txt", "jsonl", "json", "csv", "html"]),
                help="What '-' holds; without it, its beginning decides.",
            ),
            click.option(
                "--model",
                metavar="NAME",
                help="An installed spaCy pipeline in the place of the shipped one.",
            ),
            overlay_option,
            click.option(
                "--fast",
                is_flag=True,
                help="Leave the transformer out: a quarter quicker, finds less.",
            ),
            click.option(
                "--jobs",
                type=click.IntRange(min=1),
                default=1,
                show_default=True,
                help="Worker processes. The result is the same for any number.",
            ),
            click.option(
                "--engine",
                type=click.Choice(["local"]),
                default="local",
                show_default=True,
                help="Where the workers run.",
            ),
            click.option(
                "--keep-going",
                is_flag=True,
                help="Exit with 0 although articles were passed over.",
            ),
        )
    ):
        function = option(function)
    return function


class Reading:
    """The articles of one command: reads them, tells what was passed over, and counts.

    Attributes:
        article_count: Articles read so far.
        problem_count: Lines, files and articles passed over so far.
    """

    def __init__(self, console: Console, *, keep_going: bool) -> None:
        self.article_count = 0
        self.problem_count = 0
        self._console = console
        self._keep_going = keep_going

    def read(
        self, inputs: Sequence[str], field_pairs: Sequence[str], stdin_kind: str | None
    ) -> Iterator[Any]:
        """Yield the articles; report the rest."""
        from kg.articles import ArticleProblem, read_articles

        names = field_names(field_pairs)
        for item in read_articles(inputs, fields=names, stdin_kind=stdin_kind):
            if isinstance(item, ArticleProblem):
                self.report(item, skipped=item.skipped)
            else:
                self.article_count += 1
                yield item
        if not self.article_count:
            self._console.failed = True  # whatever goes on, there is nothing to go on with

    def note(self, outcome: Any) -> None:
        """Tell what went wrong with an article that was extracted, or could not be."""
        if not isinstance(outcome, Extraction):
            self.report(outcome)
            return
        for problem in outcome.problems:
            where = outcome.article.source or outcome.article.doc_id
            self.report(f"{where}: {problem.stage}: {problem.message}", skipped=False)

    def report(self, problem: object, *, skipped: bool = True) -> None:
        """Tell a problem with an article."""
        self.problem_count += 1
        self._console.problem(problem, failed=skipped and not self._keep_going)


def field_names(pairs: Sequence[str]) -> Any:
    """Return the ``FieldNames`` that options such as ``text=body`` state."""
    from kg.articles import FieldNames

    allowed = [field.name for field in fields(FieldNames)]
    names: dict[str, str] = {}
    for pair in pairs:
        field, equals, name = pair.partition("=")
        if not equals or not name or field not in allowed:
            raise click.BadParameter(
                f"'{pair}': write FIELD=NAME with FIELD one of {', '.join(allowed)}.",
                param_hint="--field",
            )
        names[field] = name
    return replace(FieldNames(), **names)


@click.command(short_help="Article records, one JSON line per article.")
@articles_argument
@article_options
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to; '-' is the default.")
@click.option(
    "--trace",
    "traced",
    is_flag=True,
    help="Tell instead, in words, which rules fired or were refused in each sentence, and why.",
)
@shared
def extract(
    console: Console,
    *,
    inputs: Sequence[str],
    field_pairs: Sequence[str],
    stdin_kind: str | None,
    model: str | None,
    overlay: Path | None,
    fast: bool,
    jobs: int,
    engine: str,  # noqa: ARG001  # there is one engine so far
    keep_going: bool,
    output: str,
    traced: bool,
) -> None:
    """Write what each article says: its entities, events and relations, as one line of JSON.

    Lines come in the order of the input. Offsets count characters of the line's own "text".

    \b
    Example:
      kg extract examples/articles -o records.jsonl
    """
    from kg.batch import extract_articles
    from kg.extract import load_extractor
    from kg.record_json import to_line
    from kg.trace import trace

    reading = Reading(console, keep_going=keep_going)
    load = partial(load_extractor, model, fast=fast, overlay=overlay)
    with written(output) as file, console.progress("Articles") as step:
        articles = reading.read(inputs, field_pairs, stdin_kind)
        if traced:
            for article in articles:
                file.writelines(f"{line}\n" for line in trace(load(), article))
                step(article.doc_id)
            return
        for outcome in extract_articles(articles, load, jobs=jobs):
            reading.note(outcome)
            if isinstance(outcome, Extraction):
                file.write(to_line(outcome) + "\n")
            step(outcome.article.doc_id)


@click.command(short_help="Extract articles and merge them into a graph.")
@articles_argument
@article_options
@click.option("-o", "--output", required=True, metavar="GRAPH", help="The graph to make or add to.")
@shared
def build(
    console: Console,
    *,
    inputs: Sequence[str],
    field_pairs: Sequence[str],
    stdin_kind: str | None,
    model: str | None,
    overlay: Path | None,
    fast: bool,
    jobs: int,
    engine: str,  # noqa: ARG001  # there is one engine so far
    keep_going: bool,
    output: str,
) -> None:
    """Extract articles and merge them into GRAPH, which is made or added to.

    An article that GRAPH already holds is replaced. The result does not depend on the order of
    the articles, nor on whether they came in one run or in many.

    \b
    Example:
      kg build examples/articles -o graph.trig
    """
    if output == "-":
        raise click.BadParameter("a graph goes to a file or folder, not to '-'.", param_hint="-o")
    from kg.build import build_graph
    from kg.extract import load_extractor

    reading = Reading(console, keep_going=keep_going)
    with console.progress("Articles") as step:

        def note(outcome: Any) -> None:
            reading.note(outcome)
            step(outcome.article.doc_id)

        articles = reading.read(inputs, field_pairs, stdin_kind)
        load = partial(load_extractor, model, fast=fast, overlay=overlay)
        report = build_graph(articles, output, load=load, jobs=jobs, note=note)
    console.show(summary(report, reading.problem_count))


def summary(report: Any, problem_count: int) -> str:
    """Return the table that ends a build: what the graph holds now, and how quickly."""
    added = f" ({report.article_count:,} in this run)"
    times = (
        f" (loading {report.load_seconds:.1f} s, extracting {report.extract_seconds:.1f} s, "
        f"merging {report.merge_seconds:.1f} s)"
    )
    rows = [
        ("articles", f"{report.total_article_count:,}", added),
        ("events", f"{sum(report.event_count_by_type.values()):,}", ""),
        *((f"  {name}", f"{count:,}", "") for name, count in report.event_count_by_type.items()),
        ("edges", f"{report.edge_count:,}", ""),
        ("relations", f"{report.entity_relation_count:,}", " (between actors, apart from events)"),
        ("problems", f"{problem_count:,}", ""),
        # as wide below 1,000 as above, so that the table looks alike on a busy machine
        ("words/s", f"{report.word_count / report.extract_seconds:>5,.0f}", times),
    ]
    return aligned(rows, right=[1])
