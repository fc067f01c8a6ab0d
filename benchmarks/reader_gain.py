"""Print what the learned reader adds to the rules, on annotated articles.

    python benchmarks/reader_gain.py GOLD... [--reader FOLDER]

GOLD is anything that kg evaluate takes as such; several are taken together. They are scored four
times: with the rules over the quick parser (--fast), with the rules over the default parser, with
the reader alone, which then sees no proposal of a rule, and with both.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kg.draft import Draft
from kg.evaluate import Evaluation, articles_of, evaluate, read_gold
from kg.extract import Extractor, load_extractor
from kg.reading import Reader, load_reader
from kg.records import Article, Extraction
from kg.revision import revise

MEASURES = (
    *("trigger", "event", "role", "place", "triple"),
    *("attribution", "not actual", "relation", "same event"),
)
WIDTH = 14

Finish = Callable[[Draft], Draft]


def ways_to_extract(reader: Reader) -> dict[str, tuple[Extractor, Finish]]:
    """Return who drafts and what is done with the draft of the rules, by name."""
    fast, rules = load_extractor(fast=True), load_extractor(rules_only=True)
    return {
        "rules, --fast": (fast, lambda draft: draft),
        "rules alone": (rules, lambda draft: draft),
        "reader alone": (
            rules,
            lambda draft: revise(replace(draft, tellings=(), relations=()), reader),
        ),
        "both": (rules, lambda draft: revise(draft, reader)),
    }


def extractions(
    extractor: Extractor, articles: Sequence[Article], finish: Finish
) -> list[Extraction]:
    """Return what is found in the articles."""
    docs = extractor.parse(articles)
    return [
        extractor.conclude(finish(extractor.draft(article, doc)))
        for article, doc in zip(articles, docs, strict=True)
    ]


def heading(width: int) -> str:
    """Return the first line of the table, whose first column is so many letters wide."""
    return " " * width + " ".join(f"{name:>11}" for name in (*MEASURES, "as fact"))


def row(name: str, result: Evaluation, width: int) -> str:
    """Return one line of the table: F1 of each measure, and the share asserted as fact."""
    right, total = result.shares["asserted as fact"]
    scores = [result.measures[measure].f1 for measure in MEASURES]
    cells = " ".join(f"{score:11.3f}" for score in scores)
    return f"{name:{width}}{cells} {right / max(total, 1):11.3f}"


def main() -> None:
    """Score the gold four times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="annotated articles")
    parser.add_argument("--reader", type=Path, help="folder of another reader than the shipped")
    options = parser.parse_args()
    reader = load_reader(options.reader)
    gold = [record for path in options.gold for record in read_gold(path)]
    articles = list(articles_of(gold))
    print(f"{len(gold)} articles, {sum(len(record['events']) for record in gold)} events")
    print(heading(WIDTH))
    for name, (extractor, finish) in ways_to_extract(reader).items():
        print(row(name, evaluate(gold, extractions(extractor, articles, finish)), WIDTH))


if __name__ == "__main__":
    main()
