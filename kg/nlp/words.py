"""Read the word lists of kg/data/language.

A list has one entry a line; lines that start with ``#`` are comments and empty lines are skipped.
"""

from functools import cache
from pathlib import Path

from kg.errors import ResourceError
from kg.resources import data_path


def read_list(path: Path) -> tuple[str, ...]:
    """Read the entries of one list file in file order.

    Raises:
        ResourceError: The file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ResourceError(
            f"{path}: cannot be read ({error.strerror}). Install kg again."
        ) from error
    return tuple(line.rstrip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def read_words(name: str) -> tuple[str, ...]:
    """Read a list of kg/data/language once per process."""
    return read_list(data_path("language", name))
