"""Print what rules, reader and parser add to the time of the quick spaCy pipeline.

    python benchmarks/extraction_overhead.py INPUT... [--articles N] [--rounds N]

All are timed on the same machine in turns, so that its noise falls on them alike; the ratio of the
sums is what counts. Times are processor seconds of this process.
"""

import argparse
import time
from collections.abc import Callable

from kg.articles import read_articles
from kg.extract import load_extractor
from kg.records import Article


def processor_seconds(work: Callable[[], object]) -> float:
    """Return the processor time that ``work`` takes, in seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Time both in turns and print words a second and the share that extraction adds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input", nargs="+", help="articles, as for kg extract")
    parser.add_argument("--articles", type=int, default=100, help="how many to read at most")
    parser.add_argument("--rounds", type=int, default=3, help="how often to time each")
    options = parser.parse_args()
    read = (item for item in read_articles(options.input) if isinstance(item, Article))
    articles = [article for article, _ in zip(read, range(options.articles), strict=False)]
    words = sum(len(article.text.split()) for article in articles)
    extractor, fast = load_extractor(), load_extractor(fast=True)
    rules = load_extractor(rules_only=True)
    ways: dict[str, Callable[[], object]] = {
        "quick pipeline": lambda: list(fast.parse(articles)),
        "and rules (--fast)": lambda: fast.extract_batch(articles),
        "pipeline": lambda: list(extractor.parse(articles)),
        "and rules": lambda: rules.extract_batch(articles),
        "and reader (default)": lambda: extractor.extract_batch(articles),
    }
    extractor.extract_batch(articles[:3])  # fills the caches that a long run has
    fast.extract_batch(articles[:3])
    seconds = dict.fromkeys(ways, 0.0)
    for _ in range(options.rounds):
        for name, work in ways.items():
            seconds[name] += processor_seconds(work)
    print(f"{len(articles)} articles, {words} words, {options.rounds} rounds")
    bare = seconds["quick pipeline"]
    for name, spent in seconds.items():
        rate, added = words * options.rounds / spent, 100 * (spent / bare - 1)
        print(f"{name:20} {spent:6.1f} s  {rate:7.0f} words/s  {added:+6.1f} %")


if __name__ == "__main__":
    main()
