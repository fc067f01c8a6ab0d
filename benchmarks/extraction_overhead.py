"""Print how much time extraction adds to the bare spaCy pipeline on the same articles, in one run.

    python benchmarks/extraction_overhead.py INPUT... [--articles N] [--rounds N]

Both are timed on the same machine in turns, so that its noise falls on both alike; the ratio of
the sums is what counts. Times are processor seconds of this process.
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
    texts = [article.text for article in articles]
    extractor = load_extractor()
    extractor.extract_batch(articles[:3])  # fills the caches that a long run has
    bare = full = 0.0
    for _ in range(options.rounds):
        bare += processor_seconds(lambda: list(extractor.nlp.pipe(texts)))
        full += processor_seconds(lambda: extractor.extract_batch(articles))
    words *= options.rounds
    print(
        f"articles        {len(articles)}, {words // options.rounds} words, {options.rounds} rounds"
    )
    print(f"bare pipeline   {bare:6.1f} s  {words / bare:7.0f} words/s")
    print(f"extraction      {full:6.1f} s  {words / full:7.0f} words/s")
    print(f"added           {100 * (full / bare - 1):6.1f} %")


if __name__ == "__main__":
    main()
