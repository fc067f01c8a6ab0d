"""The only door to the files shipped with the package: ``kg/data`` and ``ontology/``.

In a wheel the ontology lies inside the package; in a checkout it stands beside it.
"""

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import ResourceError

_PACKAGE = Path(__file__).resolve().parent


def data_path(*parts: str) -> Path:
    """Return the path of a file or folder under ``kg/data``.

    Raises:
        ResourceError: It does not exist.
    """
    return existing(_PACKAGE.joinpath("data", *parts))


def ontology_path(*parts: str) -> Path:
    """Return the path of a file or folder of the ontology.

    Raises:
        ResourceError: It does not exist.
    """
    shipped = _PACKAGE / "ontology"
    root = shipped if shipped.is_dir() else _PACKAGE.parent / "ontology"
    return existing(root.joinpath(*parts))


def existing(path: Path) -> Path:
    """Return the path of a file or folder that the package needs.

    Raises:
        ResourceError: It does not exist.
    """
    if not path.exists():
        raise ResourceError(f"{path}: no such file in this installation. Reinstall the package.")
    return path


def read_tsv(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows of a tab-separated file with their line numbers, counted from 1.

    The first line names the columns. Empty lines and lines that begin with ``#`` are skipped;
    missing cells at the end of a row are empty strings.

    Args:
        columns: The columns that the file must have, in this order.

    Raises:
        ResourceError: The header differs from ``columns``, or a row has too many cells.
    """
    with path.open(encoding="utf-8-sig") as lines:  # spreadsheets begin a file with a mark
        header = tuple(lines.readline().rstrip("\n").split("\t"))
        if header != columns:
            raise ResourceError(
                f"{path}:1: columns are {', '.join(header)}. Expected {', '.join(columns)}."
            )
        for number, line in enumerate(lines, start=2):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            cells = line.split("\t")
            if len(cells) > len(columns):
                raise ResourceError(
                    f"{path}:{number}: {len(cells)} cells, but only {len(columns)} columns. "
                    "Remove the extra tabs."
                )
            cells += [""] * (len(columns) - len(cells))
            yield number, dict(zip(columns, cells, strict=True))


def require_known(value: str, known: Iterable[str], noun: str, where: str) -> None:
    """Refuse a cell that is not among the known values, naming the nearest.

    Args:
        noun: What the value is, for the message: "word class".
        where: File and line.

    Raises:
        ResourceError: The value is not known.
    """
    known = list(known)
    if value in known:
        return
    near = difflib.get_close_matches(value, known, n=1, cutoff=0.0)
    hint = f" Did you mean '{near[0]}'?" if near else " There is none to choose from."
    raise ResourceError(f"{where}: {noun} '{value}' is not known.{hint}")


@cache
def read_toml(path: Path) -> Mapping[str, Any]:
    """Return the content of a TOML file.

    Raises:
        ResourceError: The file is not valid TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ResourceError(f"{path}: {error}. Mend the file.") from error
