"""The command line: each command parses, calls one function of the package, and prints.

What a command calls is imported when it is called, so that ``kg --help`` is quick.
"""

import io
import sys

import click

from kg.cli.articles import build, extract
from kg.cli.graphs import explain, lookup, query, validate
from kg.cli.pictures import network, view
from kg.cli.quality import (
    evaluate,
    train,
    train_encoder,
    train_names,
    train_parser,
    train_reader,
)

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _InOrder(click.Group):
    """Lists commands in the order in which a user meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)


@click.group(cls=_InOrder, context_settings=CONTEXT)
@click.version_option(None, "-V", "--version", package_name="kg", prog_name="kg")
def main() -> None:
    """Turn news articles on conflict and diplomacy into a knowledge graph, and ask it.

    INPUT is a file, a folder, '-' for standard input, or several of these: .txt (optional front
    matter: title, url, publisher, published), .jsonl, .json or .csv (doc_id or id, text, and
    optional title, url, publisher, published), .html; each may be compressed (.gz).

    GRAPH is a .trig, .nq or .ttl file, a folder (an on-disk store), or the URL of a SPARQL
    endpoint.

    \b
    Begin with:
      kg build examples/articles -o graph.trig
      kg query graph.trig --list
    """
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # data is UTF-8 whatever the locale says


for command in (
    *(build, extract, query, explain, view, network, validate, lookup),
    *(evaluate, train, train_parser, train_reader, train_encoder, train_names),
):
    main.add_command(command)
