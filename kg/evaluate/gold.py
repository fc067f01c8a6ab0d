"""Read annotated articles, as records or as marked text."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.markup import read_marked
from kg.records import Article

Record = Mapping[str, Any]


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Read annotated articles, in file order.

    Args:
        path: Records as JSONL, a .txt file of marked text, or a folder of such.

    Raises:
        InputError: The file is missing, a line is no JSON object, or a field is missing.
    """
    if path.is_dir():
        files = sorted(path.rglob("*.txt"))
        if not files:
            raise InputError(f"{path}: no .txt file in this folder. Name one with marked text.")
        return [record for file in files for record in read_marked(file)]
    if path.suffix == ".txt":
        return read_marked(path)
    return _read_records(path)


def articles_of(gold: Iterable[Record]) -> Iterator[Article]:
    """Yield the articles of annotated records, without what is annotated.

    Raises:
        InputError: A date is not written as YYYY-MM-DD.
    """
    for record in gold:
        published = record.get("published")
        try:
            day = date.fromisoformat(published) if published else None
        except ValueError as error:
            raise InputError(
                f"{record['doc_id']}: 'published' is '{published}'. Write the date as YYYY-MM-DD."
            ) from error
        yield Article(doc_id=record["doc_id"], text=record["text"], published=day)


def _read_records(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}). Name a gold file in JSONL.") from error
    gold = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{path}:{number}: not JSON ({error.msg}). Mend the line.") from error
        missing = [
            key
            for key in ("doc_id", "text", "entities", "events", "relations")
            if not isinstance(record, dict) or key not in record
        ]
        if missing:
            raise InputError(
                f"{path}:{number}: no field '{missing[0]}'. A gold line is an annotated article."
            )
        gold.append(record)
    return gold
