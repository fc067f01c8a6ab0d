"""Write real news that was annotated for kg as gold that kg evaluate takes, with its text.

    python benchmarks/news_gold.py CORPORA kg/data/train/news/gmb-heldout.standoff... -o gold.jsonl

CORPORA is the folder that kg train learns from; the texts lie there, not in this repository.
"""

import argparse
import json
from pathlib import Path

from kg.train.standoff import read_standoff


def main() -> None:
    """Write the gold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("annotation", nargs="+", type=Path, help="stand-off files")
    parser.add_argument("-o", "--output", type=Path, required=True, help="file to write")
    options = parser.parse_args()
    records = [
        record for path in options.annotation for record in read_standoff(path, options.corpora)
    ]
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    options.output.write_text("".join(lines), encoding="utf-8")
    events = sum(len(record["events"]) for record in records)
    print(f"{options.output}: {len(records)} articles, {events} events")


if __name__ == "__main__":
    main()
