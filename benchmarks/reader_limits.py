"""Print how the scores change with the limits from which on the learned reader is followed.

    python benchmarks/reader_limits.py GOLD... --vary event.add=0.6,0.8 [--vary bare=0.8 ...]

GOLD is anything that kg evaluate takes as such; several are taken together. The first row is that
of the limits shipped (kg/data/lexicon/reader_limits.toml), each other row that of one value in one
place of them; ``none`` for no limit. The articles are read once, so that many values can be tried.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from reader_gain import heading, row

from kg.evaluate import articles_of, evaluate, read_gold
from kg.extract import load_extractor
from kg.limits import Limits, load_limits
from kg.reading import load_reader
from kg.revision import look_through, settle

# Words less likely to name an event are not looked at, whatever the limits.
LEAST = 0.4


def varied(limits: Limits, wanted: str) -> Iterator[tuple[str, Limits]]:
    """Yield a name and the changed limits for each value of "place=value,value"."""
    place, _, values = wanted.partition("=")
    group, _, name = place.partition(".")
    for text in values.split(","):
        changed: dict[str, Any] = {group: None if text == "none" else float(text)}
        if name:
            inner: dict[str, Any] = {name: changed[group]}
            changed = {group: replace(getattr(limits, group), **inner)}
        yield f"{place}={text}", replace(limits, **changed)


def main() -> None:
    """Score the gold with the limits shipped, and with each of the others."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="annotated articles")
    parser.add_argument("--vary", action="append", default=[], help="place=value,value")
    parser.add_argument("--reader", type=Path, help="folder of another reader than the shipped")
    options = parser.parse_args()
    extractor, reader = load_extractor(rules_only=True), load_reader(options.reader)
    gold = [record for path in options.gold for record in read_gold(path)]
    articles = list(articles_of(gold))
    docs = extractor.parse(articles)
    drafts = [extractor.draft(article, doc) for article, doc in zip(articles, docs, strict=True)]
    opinions = [look_through(draft, reader, least=LEAST) for draft in drafts]
    tried = [("as shipped", load_limits())]
    tried += [item for wanted in options.vary for item in varied(load_limits(), wanted)]
    width = max(len(name) for name, _ in tried)
    print(heading(width))
    for name, limits in tried:
        found = [
            extractor.conclude(settle(draft, opinion, limits))
            for draft, opinion in zip(drafts, opinions, strict=True)
        ]
        print(row(name, evaluate(gold, found), width))


if __name__ == "__main__":
    main()
