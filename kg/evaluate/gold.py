"""Read annotated articles."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import InputError

Record = Mapping[str, Any]


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Read annotated articles, in file order.

    Raises:
        InputError: The file is missing, a line is no JSON object, or a field is missing.
    """
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
