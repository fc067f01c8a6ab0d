"""Commands that tell how good it is and make it better: ``evaluate`` and those that train."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.articles import Reading, article_options
from kg.cli.console import Console, aligned, shared
from kg.errors import InputError
from kg.records import Extraction

if TYPE_CHECKING:
    from kg.evaluate import Counts, Evaluation

_TABLES = {"type": "types", "rule": "rules", "status": "statuses", "article": "articles"}
"""Attributes of an evaluation by the name of what they are broken down by."""


@click.command(short_help="Score extraction against annotated articles.")
@click.argument("gold", metavar="GOLD", type=click.Path(path_type=Path))
@click.argument("inputs", metavar="[INPUT]...", nargs=-1)
@article_options
@click.option(
    "--extracted", is_flag=True, help="INPUT holds records of 'kg extract', not articles."
)
@click.option(
    "--by",
    "by",
    type=click.Choice(["type", "rule", "status", "article"]),
    multiple=True,
    help="Also show event scores for each.",
)
@click.option(
    "--kinds", "with_kinds", is_flag=True, help="Also show how often each kind of error occurs."
)
@click.option("--errors", "error_count", type=click.IntRange(min=0), default=0, metavar="N")
@click.option(
    "--actors",
    "actors_only",
    is_flag=True,
    help="Score instead the countries that the coded actors of GOLD resolve to.",
)
@click.option(
    "--precision",
    "precision_file",
    type=click.Path(path_type=Path),
    metavar="FILE.tsv",
    help="Write how often each rule was right: what confidences are read from.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
)
@shared
def evaluate(
    console: Console,
    *,
    gold: Path,
    inputs: Sequence[str],
    extracted: bool,
    by: Sequence[str],
    with_kinds: bool,
    error_count: int,
    actors_only: bool,
    precision_file: Path | None,
    output_format: str,
    keep_going: bool,
    **options: Any,
) -> None:
    """Score what is extracted from INPUT against the annotated articles of GOLD.

    GOLD holds annotated articles: a .jsonl file of article records, or a .txt file or folder of
    marked text. Articles are paired by doc_id; without INPUT the texts of GOLD themselves are
    extracted. --errors shows the first N missed or spurious events.

    With --actors, GOLD is a .jsonl file of sentences with "actors" and "actor_codes", CAMEO or
    PLOVER codes that begin with a country; --errors shows wrong ones. Nothing is extracted.

    \b
    Examples:
      kg evaluate gold.jsonl --by type
      kg evaluate gold.jsonl gold.jsonl --extracted --errors 20
      kg evaluate coded.jsonl --actors --errors 20
    """
    if actors_only:
        _score_actors(gold, options["overlay"], error_count, output_format)
        return
    from kg.evaluate import evaluate as score
    from kg.evaluate import precision_table, read_gold
    from kg.store import write_whole

    annotated = read_gold(gold)
    reading = Reading(console, keep_going=keep_going)
    with console.progress("Articles") as step:
        if extracted:
            found = _records(inputs)
        else:
            found = _extractions(reading, annotated, inputs=inputs, **options)

        def stepping() -> Iterator[Extraction]:
            for extraction in found:
                step(extraction.article.doc_id)
                yield extraction

        result = score(annotated, stepping())
    if precision_file is not None:
        write_whole(precision_file, precision_table(result).encode())
    if output_format == "json":
        scores = _scores(result, by) | ({"kinds": dict(result.kinds)} if with_kinds else {})
        click.echo(json.dumps(scores, ensure_ascii=False, indent=1))
        return
    click.echo(_score_table("measure", result.measures))
    click.echo()
    _show_shares(result.shares)
    for name in by:
        click.echo("\n" + _score_table(name, getattr(result, _TABLES[name])))
    if with_kinds:
        rows = sorted(result.kinds.items(), key=lambda item: (-item[1], item[0]))
        click.echo("\n" + aligned([("error", "count"), *rows], right=[1]))
    for line in result.errors[:error_count]:
        click.echo(line)


def _score_actors(gold: Path, overlay: Path | None, error_count: int, output_format: str) -> None:
    from kg.evaluate import read_coded, score_actors
    from kg.linking.resolver import load_resolver

    scores = score_actors(read_coded(gold), load_resolver(overlay))
    shares = {"country": scores.countries, "no country": scores.others}
    if output_format == "json":
        click.echo(json.dumps({name: {"right": n, "of": of} for name, (n, of) in shares.items()}))
        return
    _show_shares(shares)
    for line in scores.errors[:error_count]:
        click.echo(line)


def _show_shares(shares: Mapping[str, Sequence[int]]) -> None:
    rows = (
        (name, f"{right / max(total, 1):.3f}", f"{right}/{total}")
        for name, (right, total) in shares.items()
    )
    click.echo(aligned([("share", "value", "of"), *rows], right=[1, 2]))


def _extractions(
    reading: Reading,
    annotated: Sequence[Mapping[str, Any]],
    *,
    inputs: Sequence[str],
    field_pairs: Sequence[str],
    stdin_kind: str | None,
    model: str | None,
    overlay: Path | None,
    fast: bool,
    jobs: int,
    engine: str,  # noqa: ARG001  # there is one engine so far
) -> Iterator[Extraction]:
    from kg.batch import extract_articles
    from kg.evaluate import articles_of
    from kg.extract import load_extractor

    articles: Iterable[Any] = articles_of(annotated)
    if inputs:
        articles = reading.read(inputs, field_pairs, stdin_kind)
    load = partial(load_extractor, model, fast=fast, overlay=overlay)
    for outcome in extract_articles(articles, load, jobs=jobs):
        reading.note(outcome)
        if isinstance(outcome, Extraction):
            yield outcome


def _records(inputs: Sequence[str]) -> Iterator[Extraction]:
    from kg.record_json import from_record

    for name in inputs:
        with click.open_file(name, encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                where = f"{name}:{number}"
                try:
                    record = json.loads(line)
                except json.JSONDecodeError as error:
                    raise InputError(f"{where}: not JSON ({error.msg}). Mend the line.") from error
                yield from_record(record, source=where)


def _score_table(what: str, counts: "dict[str, Counts]") -> str:
    rows: list[Sequence[object]] = [(what, "P", "R", "F1", "right", "spurious", "missed")]
    for name, count in counts.items():
        scores = (f"{value:.3f}" for value in (count.precision, count.recall, count.f1))
        rows.append((name, *scores, count.right, count.spurious, count.missed))
    return aligned(rows, right=range(1, 7))


def _scores(result: "Evaluation", by: Sequence[str]) -> dict[str, Any]:
    def values(counts: "dict[str, Counts]") -> dict[str, dict[str, float]]:
        return {
            name: {
                "precision": round(count.precision, 4),
                "recall": round(count.recall, 4),
                "f1": round(count.f1, 4),
                "right": count.right,
                "spurious": count.spurious,
                "missed": count.missed,
            }
            for name, count in counts.items()
        }

    shares = {
        name: {"right": right, "total": total} for name, (right, total) in result.shares.items()
    }
    groups = {_TABLES[name]: values(getattr(result, _TABLES[name])) for name in by}
    return {"measures": values(result.measures), "shares": shares, **groups}


@click.command(short_help="Train the language pipeline from corpora, or score it.")
@click.argument("corpora", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FOLDER", help="Train into FOLDER."
)
@click.option(
    "--model",
    metavar="NAME",
    help="Score this folder or installed pipeline in the place of the shipped one.",
)
@click.option("--core-steps", type=click.IntRange(min=1), metavar="N", help="Steps of the parser.")
@click.option("--ner-steps", type=click.IntRange(min=1), metavar="N", help="Steps of the names.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--fast", is_flag=True, help="Score the shipped pipeline without its transformer.")
@shared
def train(
    console: Console,
    *,
    corpora: Path,
    output: Path | None,
    model: str | None,
    fast: bool,
    core_steps: int | None,
    ner_steps: int | None,
    jobs: int,
) -> None:
    """Train the quick language pipeline from the CORPORA folder into a FOLDER, and score it.

    Without --output, the shipped pipeline is scored on the test sets of CORPORA. Which files
    CORPORA holds is told in the card of kg/data/models/en_kg_news.

    \b
    Examples:
      kg train corpora
      kg train corpora -o pipeline --jobs 2
    """
    from kg.nlp.pipeline import load_pipeline
    from kg.train.scores import score_pipeline, to_markdown
    from kg.train.training import train_pipeline

    if fast and (output is not None or model is not None):
        raise click.UsageError("--fast scores the shipped pipeline: no --model, no --output.")
    if output is not None:
        if model is not None:
            raise click.UsageError("--model names what to score; --output trains. Give one.")
        given: dict[str, Any] = {"core_steps": core_steps, "ner_steps": ner_steps}
        steps = {name: count for name, count in given.items() if count is not None}
        model = str(train_pipeline(corpora, output, jobs=jobs, report=console.note, **steps))
    click.echo(to_markdown(score_pipeline(load_pipeline(model, fast=fast), corpora)))


def _output(told: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make the option for the folder that a training writes to."""
    return click.option(
        "-o",
        "--output",
        required=True,
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        help=told,
    )


@click.command("train-parser", short_help="Train the transformer under the parser from corpora.")
@click.argument("corpora", type=click.Path(path_type=Path))
@_output("Folder to write the parser to.")
@click.option("--steps", type=click.IntRange(min=1), metavar="N", help="Updates of the weights.")
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True)
@shared
def train_parser(
    console: Console, *, corpora: Path, output: Path, steps: int | None, jobs: int
) -> None:
    """Train the default parser from the CORPORA folder into a FOLDER, and print its scores.

    It takes the place of the quick pipeline's tags, lemmas and trees. Which files CORPORA holds is
    told in the card of kg/data/models/en_kg_parser. Needs PyTorch: pip install 'kg[train]'.

    \b
    Example:
      kg train-parser corpora -o parser
    """
    from kg.nlp.pipeline import load_pipeline
    from kg.train.scores import score_pipeline, to_markdown

    with _training_extra():
        from kg.train.parser import train_parser as fit_parser
    given: dict[str, Any] = {} if steps is None else {"steps": steps}
    fit_parser(corpora, output, threads=jobs, report=console.note, **given)
    click.echo(to_markdown(score_pipeline(load_pipeline(parser=str(output)), corpora)))


@click.command("train-reader", short_help="Train the learned reader from marked text.")
@click.argument("corpus", required=False, type=click.Path(path_type=Path))
@_output("Folder to write encoder, networks and tokenizer to.")
@click.option(
    "--corpora",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Learn also from the news of these corpora that is annotated in kg/data/train/news.",
)
@click.option("--epochs", type=click.IntRange(min=1), metavar="N", help="Readings of the corpus.")
@click.option("--runs", type=click.IntRange(min=1), metavar="N", help="Trainings to average.")
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True)
@shared
def train_reader(
    console: Console,
    *,
    corpus: Path | None,
    output: Path,
    corpora: Path | None,
    epochs: int | None,
    runs: int | None,
    jobs: int,
) -> None:
    """Train the reader, which judges what the rules propose, from CORPUS into a FOLDER.

    CORPUS is a folder with files of marked text, by default the one shipped; files whose name
    holds "heldout" are left out, for "kg evaluate". Needs PyTorch: pip install 'kg[train]'.

    \b
    Example:
      kg train-reader -o reader
    """
    from kg.resources import data_path

    with _training_extra():
        from kg.train.reader import train_reader as fit_reader
    wanted = {"epochs": epochs, "runs": runs}
    given: dict[str, Any] = {name: count for name, count in wanted.items() if count is not None}
    fit_reader(
        corpus or data_path("train", "events"),
        output,
        corpora=corpora,
        threads=jobs,
        report=console.note,
        **given,
    )


@click.command("train-encoder", short_help="Join the transformers under parser and reader.")
@click.argument("corpora", type=click.Path(path_type=Path))
@_output("Folder to write encoder, parser and reader under.")
@click.option("--parser", required=True, metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--reader", required=True, metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--epochs", type=click.IntRange(min=1), metavar="N", help="Readings of the corpus.")
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True)
@shared
def train_encoder(
    console: Console,
    *,
    corpora: Path,
    output: Path,
    parser: Path,
    reader: Path,
    epochs: int | None,
    jobs: int,
) -> None:
    """Join the transformers of a parser and a reader into one, which reads each article once.

    PARSER and READER are what "kg train-parser" and "kg train-reader" wrote; where they share a
    transformer already, as those shipped with kg do, it goes on learning. CORPORA is the folder
    that "kg train-parser" learns from. Needs PyTorch: pip install 'kg[train]'.

    \b
    Example:
      kg train-encoder corpora --parser parser --reader reader -o models
    """
    from kg.nlp.pipeline import DEFAULT_PARSER, load_pipeline
    from kg.resources import data_path
    from kg.train.scores import score_pipeline, to_markdown

    with _training_extra():
        from kg.train.joining import join_encoders
    given: dict[str, Any] = {} if epochs is None else {"epochs": epochs}
    join_encoders(
        corpora,
        data_path("train", "events"),
        output,
        parser=parser,
        reader=reader,
        threads=jobs,
        report=console.note,
        **given,
    )
    nlp = load_pipeline(parser=str(output / DEFAULT_PARSER))
    click.echo(to_markdown(score_pipeline(nlp, corpora)))


@click.command("train-names", short_help="Train names over the shared transformer from corpora.")
@click.argument("corpora", type=click.Path(path_type=Path))
@_output("Folder to write the names to.")
@click.option(
    "--encoder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Transformer to judge by, in the place of the shipped one.",
)
@click.option("--steps", type=click.IntRange(min=1), metavar="N", help="Updates of the weights.")
@shared
def train_names(
    console: Console, *, corpora: Path, output: Path, encoder: Path | None, steps: int | None
) -> None:
    """Train the names of the default pipeline from CORPORA into a FOLDER, and print the scores.

    The transformer is not changed, so this comes after "kg train-encoder". Which files CORPORA
    holds is told in the card of kg/data/models/en_kg_names.

    \b
    Example:
      kg train-names corpora --encoder models/en_kg_encoder -o models/en_kg_names
    """
    from kg.nlp.pipeline import load_pipeline
    from kg.train.naming import train_names as fit_names
    from kg.train.scores import score_pipeline, to_markdown

    given: dict[str, Any] = {} if steps is None else {"steps": steps}
    fit_names(corpora, output, encoder=encoder, report=console.note, **given)
    click.echo(to_markdown(score_pipeline(load_pipeline(names=str(output)), corpora)))


@contextmanager
def _training_extra() -> Iterator[None]:
    """Say what to install where an import fails."""
    try:
        yield
    except ImportError as error:
        raise InputError(f"{error}. Training needs more: pip install 'kg[train]'.") from error
