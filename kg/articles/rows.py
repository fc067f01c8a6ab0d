"""Read the rows of .jsonl, .json and .csv files: plain mappings with a place to point at.

A row that cannot be read becomes an ``ArticleProblem``; the rows after it go on.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.articles.cleaning import decode
from kg.articles.problems import ArticleProblem
from kg.articles.sources import (
    MAX_JSON_BYTES,
    MAX_LINE_BYTES,
    ByteStream,
    LongLine,
    Source,
    in_memory,
    read_lines,
    read_whole,
)
from kg.errors import InputError


@dataclass(frozen=True, kw_only=True)
class FieldNames:
    """The names of the fields in rows; ``doc_id`` None stands for ``doc_id`` or else ``id``."""

    doc_id: str | None = None
    text: str = "text"
    title: str = "title"
    url: str = "url"
    publisher: str = "publisher"
    published: str = "published"

    @property
    def doc_id_names(self) -> tuple[str, ...]:
        """The names under which the identifier is looked for, best first."""
        return (self.doc_id,) if self.doc_id else ("doc_id", "id")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One mapping of a file, and where it stands."""

    source: str
    values: Mapping[str, Any]


def read_rows(
    stream: ByteStream, source: Source, fields: FieldNames
) -> Iterator[Row | ArticleProblem]:
    """Yield the rows of a file of kind ``jsonl``, ``json`` or ``csv``, in order.

    Raises:
        InputError: The file as a whole is not of its kind.
    """
    if source.kind == "csv":
        return _csv_rows(stream, source, fields)
    if source.kind == "jsonl":
        return _jsonl_rows(stream, source)
    return _json_rows(stream, source)


def _text_lines(stream: ByteStream, source: Source) -> Iterator[tuple[int, str | ArticleProblem]]:
    """Yield decoded lines; a line that is too long is a problem, a wrong encoding one beside it."""
    if stream.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff"):
        # A line end is two bytes in UTF-16, so such a file cannot be read by bytes.
        content = read_whole(stream, limit=MAX_JSON_BYTES, name=source.name)
        stream = in_memory(decode(content)[0].encode("utf-8", "replace"))
    for number, line in read_lines(stream):
        if isinstance(line, LongLine):
            yield (
                number,
                ArticleProblem(
                    source=f"{source.name}:{number}",
                    message=f"a line of {line.byte_count / 1e6:.1f} MB; at most "
                    f"{MAX_LINE_BYTES // 1_000_000} MB is read. Split it into articles.",
                ),
            )
            continue
        text, guessed = decode(line)
        if guessed:
            yield number, wrong_encoding(f"{source.name}:{number}", guessed)
        yield number, text


def wrong_encoding(source: str, guessed: str) -> ArticleProblem:
    """Return the report on text that is not UTF-8, but was read as the encoding ``guessed``."""
    return ArticleProblem(
        source=source,
        message=f"not UTF-8; read as {guessed}. Save it as UTF-8.",
        skipped=False,
    )


def _jsonl_rows(stream: ByteStream, source: Source) -> Iterator[Row | ArticleProblem]:
    for number, line in _text_lines(stream, source):
        where = f"{source.name}:{number}"
        if isinstance(line, ArticleProblem):
            yield line
        elif line.strip():
            yield _json_row(line, where)


def _json_row(line: str, where: str) -> Row | ArticleProblem:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return ArticleProblem(
            source=where, message=f"not JSON ({_reason(error)}). Write one JSON object a line."
        )
    return _row(value, where)


def _row(value: object, where: str) -> Row | ArticleProblem:
    if isinstance(value, dict):
        return Row(source=where, values=value)
    return ArticleProblem(
        source=where,
        message=f"a JSON {_JSON_NAMES.get(type(value), 'value')}, not an object. "
        'Write articles as {"doc_id": ..., "text": ...}.',
    )


_JSON_NAMES = {list: "array", str: "string", int: "number", float: "number", type(None): "null"}


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return "nested too deep" if isinstance(error, RecursionError) else str(error)


def _json_rows(stream: ByteStream, source: Source) -> Iterator[Row | ArticleProblem]:
    """Yield the objects of a .json file: one object, an array of them, or one a line."""
    content = read_whole(stream, limit=MAX_JSON_BYTES, name=source.name)
    text, guessed = decode(content)
    if guessed:
        yield wrong_encoding(source.name, guessed)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            lines = in_memory(text.encode("utf-8", "replace"))
            yield from _jsonl_rows(lines, source)
            return
        raise InputError(
            f"{source.name}:{error.lineno}: not JSON ({_reason(error)}). Mend the file."
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{source.name}: not JSON ({_reason(error)}). Mend the file.") from error
    if not isinstance(value, list):
        yield _row(value, source.name)
        return
    for index, item in enumerate(value):
        yield _row(item, f"{source.name}[{index}]")


def _csv_rows(
    stream: ByteStream, source: Source, fields: FieldNames
) -> Iterator[Row | ArticleProblem]:
    """Yield the rows of a .csv file by the names in its first line.

    The separator is the one of comma, semicolon and tab that makes a text column of the header.
    """
    csv.field_size_limit(MAX_LINE_BYTES)
    reports: list[ArticleProblem] = []
    lines = _good_lines(_text_lines(stream, source), reports)
    header_line = next(lines, "")
    header, separator = _csv_header(header_line, fields)
    if not header:
        yield from reports
        if header_line.strip():
            raise InputError(
                f"{source.name}:1: no column '{fields.text}' in {header_line.strip()[:80]!r}. "
                "Name the columns in the first line, or give --field text=COLUMN."
            )
        return
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        where = f"{source.name}:{reader.line_num + 2}"  # the header is line 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield ArticleProblem(source=where, message=f"not CSV ({error}). Mend the quotes.")
            continue
        yield from reports
        reports.clear()
        if cells is None:
            return
        if len(cells) > len(header):
            yield ArticleProblem(
                source=where,
                message=f"{len(cells)} cells, but {len(header)} columns. Quote the text.",
            )
        elif any(cells):
            yield Row(source=where, values=dict(zip(header, cells, strict=False)))


def _csv_header(line: str, fields: FieldNames) -> tuple[list[str], str]:
    for separator in ",;\t":
        header = next(csv.reader([line], delimiter=separator), [])
        header = [name.strip() for name in header]
        if fields.text in header:
            return header, separator
    return [], ","


def _good_lines(
    lines: Iterator[tuple[int, str | ArticleProblem]], reports: list[ArticleProblem]
) -> Iterator[str]:
    for _number, line in lines:
        if isinstance(line, ArticleProblem):
            reports.append(line)
        else:
            yield line
