"""Print how long names take to look up, how long the knowledge takes to load, and its size.

    python benchmarks/lookup.py [--names N] [--rounds N]

Names are those of the knowledge tables and of cities, each also with a letter doubled (a spelling
that only transliteration finds) and as a description ("NAME officials"); no name is looked up
twice by one resolver, so that no cache helps. Times are seconds by the wall clock, the best of the
rounds. The exit status is 1 where a limit is exceeded.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kg.linking.gazetteer import load_gazetteer
from kg.linking.normal import name_key, sound_key, word_sound
from kg.linking.nouns import load_actor_nouns
from kg.linking.resolver import Resolver, load_resolver
from kg.resources import data_path

LIMITS = {"ms per name": 2.0, "s to load": 0.5, "MB on disk": 60.0}
DAY = date(2015, 6, 1)
_CITY_STEP = 97
"""Every so manyth name of a city is looked up."""


def load() -> tuple[Resolver, float]:
    """Load a resolver as a new process does, and return it with the seconds that took."""
    for cached in (
        load_resolver,
        load_gazetteer,
        load_actor_nouns,
        name_key,
        sound_key,
        word_sound,
    ):
        cached.cache_clear()
    start = time.perf_counter()
    resolver = load_resolver()
    return resolver, time.perf_counter() - start


def names(resolver: Resolver, count: int) -> list[str]:
    """Return what is looked up, from all parts of the tables."""
    lines = data_path("knowledge", "city_names.tsv").read_text(encoding="utf-8").splitlines()
    cities = [line.partition("\t")[0].title() for line in lines[::_CITY_STEP]]
    known = sorted({name for name, _ in resolver.names()} | set(cities))
    plain = known[:: max(1, 3 * len(known) // count)]

    def forms() -> Iterator[str]:
        for name in plain:
            middle = len(name) // 2
            yield name
            yield name[:middle] + name[middle - 1 : middle] + name[middle:]
            yield f"{name} officials"

    return list(dict.fromkeys(forms()))


def size(folder: Path) -> int:
    """Return the bytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.iterdir())


def main() -> None:
    """Measure, print each figure with its limit, and tell by the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=9000, help="about how many to look up")
    parser.add_argument("--rounds", type=int, default=3, help="how often to time each")
    options = parser.parse_args()
    spent, loading = [], []
    for _ in range(options.rounds):
        resolver, seconds = load()
        loading.append(seconds)
        wanted = names(resolver, options.names)
        start = time.perf_counter()
        resolver.lookup(wanted, day=DAY)
        spent.append((time.perf_counter() - start) / len(wanted))
    figures = {
        "ms per name": 1000 * min(spent),
        "s to load": min(loading),
        "MB on disk": size(data_path("knowledge")) / 1e6,
    }
    print(f"{len(wanted)} names, best of {options.rounds} rounds")
    for what, figure in figures.items():
        print(f"{figure:8.3f} {what:12} (limit {LIMITS[what]:g})")
    sys.exit(any(figure >= LIMITS[what] for what, figure in figures.items()))


if __name__ == "__main__":
    main()
