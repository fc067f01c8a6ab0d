"""Add to or correct the knowledge tables with tables of one's own.

An overlay is a table, or a folder of tables, with the columns of ``groups.tsv``, ``persons.tsv``,
``terms.tsv``, ``regions.tsv`` or ``sites.tsv``. A row with the id of a shipped entry replaces it.
A person keeps the shipped terms of office; a term of the overlay replaces one of the same person,
office, body and first day, and is added otherwise.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import ResourceError
from kg.linking.knowledge import read_offices
from kg.linking.tables import (
    GROUP_COLUMNS,
    PERSON_COLUMNS,
    PLACE_COLUMNS,
    TERM_COLUMNS,
    Entry,
    Term,
    read_groups,
    read_persons,
    read_places,
    read_terms,
)
from kg.resources import read_tsv
from kg.terms import EntityKind


@dataclass(frozen=True, kw_only=True)
class _Table:
    """A kind of table that an overlay may hold.

    Attributes:
        names: The files of the knowledge folder that have these columns.
        read: Yields its entries; None for terms, which belong to persons.
    """

    names: tuple[str, ...]
    columns: tuple[str, ...]
    read: Callable[[Path], Iterator[Entry]] | None


_TABLES = (
    _Table(names=("groups.tsv",), columns=GROUP_COLUMNS, read=read_groups),
    _Table(
        names=("persons.tsv",),
        columns=PERSON_COLUMNS,
        read=lambda path: read_persons(path, {}),
    ),
    _Table(names=("regions.tsv", "sites.tsv"), columns=PLACE_COLUMNS, read=read_places),
    _Table(names=("terms.tsv",), columns=TERM_COLUMNS, read=None),
)
_NAMES = tuple(name for table in _TABLES for name in table.names)


def read_overlay(path: Path, shipped: Iterable[Entry]) -> list[Entry]:
    """Return the shipped entries as the overlay adds to them and corrects them.

    Args:
        path: A table, whatever its name, or a folder with files named as the shipped tables.

    Raises:
        ResourceError: The path holds no such table, or a row is malformed, stands twice, or names
            what no table knows; the message says where.
    """
    by_slug = {entry.slug: entry for entry in shipped}
    found = [(file, _table(file)) for file in _files(path)]
    for file, table in found:
        if table.read is None:
            continue
        for entry in table.read(file):
            terms = by_slug[entry.slug].terms if entry.slug in by_slug else ()
            by_slug[entry.slug] = replace(entry, terms=terms)
    for file, table in found:
        _check(file, table, by_slug)
        if table.read is None:
            for slug, terms in read_terms(file).items():
                by_slug[slug] = _with_terms(by_slug[slug], terms)
    return list(by_slug.values())


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise ResourceError(f"{path}: no such file or folder. Name an overlay that exists.")
    if not path.is_dir():
        return [path]
    files = [path / name for name in _NAMES if (path / name).is_file()]
    if not files:
        raise ResourceError(f"{path}: holds none of {', '.join(_NAMES)}. Add one of these.")
    return files


def _table(path: Path) -> _Table:
    """Return the kind of table that the columns in the first line tell."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ResourceError(f"{path}: is not UTF-8. Save it as UTF-8.") from None
    header = tuple(text.partition("\n")[0].split("\t"))
    for table in _TABLES:
        if header == table.columns or path.name in table.names:
            return table
    raise ResourceError(
        f"{path}:1: columns are {', '.join(header)}. Take the columns of {', '.join(_NAMES)}."
    )


def _check(path: Path, table: _Table, by_slug: Mapping[str, Entry]) -> None:
    """Refuse an id that stands twice, and names of what no table has."""
    states = {slug for slug, entry in by_slug.items() if entry.kind is EntityKind.STATE}
    persons = {slug for slug, entry in by_slug.items() if entry.kind is EntityKind.PERSON}
    known = {
        "country": (states, "country of countries.tsv (write it as IRQ)"),
        "parent": (by_slug.keys(), "id of a table"),
        "backers": (by_slug.keys(), "id of a table, nor a country"),
        "person": (persons, "id of persons.tsv"),
        "office": ({office.name for office in read_offices()}, "office of offices.tsv"),
        "of": (by_slug.keys(), "id of a table, nor a country"),
    }
    line_by_id: dict[str, int] = {}
    for number, row in read_tsv(path, table.columns):
        if "id" in row and line_by_id.setdefault(row["id"], number) != number:
            raise ResourceError(
                f"{path}:{number}: id '{row['id']}' stands in line {line_by_id[row['id']]} "
                "already. Keep one of the rows."
            )
        for column in known.keys() & row.keys():
            names, what = known[column]
            for name in filter(None, row[column].split("|")):
                if name not in names:
                    raise ResourceError(
                        f"{path}:{number}: {column} '{name}' is no {what}. Mend it or add its row."
                    )


def _with_terms(person: Entry, terms: tuple[Term, ...]) -> Entry:
    def key(term: Term) -> tuple[object, ...]:
        return term.office, term.body, term.first

    kept = {key(term): term for term in (*person.terms, *terms)}
    return replace(person, terms=tuple(kept.values()))
