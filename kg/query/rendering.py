"""Write an answer as a table, CSV, TSV, JSON or JSON lines."""

import csv
import io
import json
import re
import unicodedata
from typing import Any
from typing import Literal as Choice

from rdflib import XSD, URIRef
from rdflib.term import BNode, Literal

from kg.namespaces import PREFIXES
from kg.store import QueryResult, Value

Format = Choice["table", "csv", "tsv", "json", "jsonl"]
_NUMBERS = {XSD.integer, XSD.decimal, XSD.double, XSD.float, XSD.int, XSD.long}
_LOCAL = re.compile(r"[\w-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def render(result: QueryResult, *, format: Format = "table", width: int | None = None) -> str:
    """Return ``result`` as text that ends in a line end.

    Args:
        format: ``csv`` and ``tsv`` follow the SPARQL 1.1 CSV and TSV formats (W3C 2013), ``json``
            the SPARQL 1.1 JSON format; ``jsonl`` is one flat object per row with plain values.
        width: Columns of the terminal for ``table``, whose long cells are then cut; None cuts
            nothing.
    """
    if format == "csv":
        return _csv(result)
    if format == "tsv":
        return _tsv(result)
    if format == "json":
        return json.dumps(_json(result), ensure_ascii=False, indent=2) + "\n"
    if format == "jsonl":
        rows = (dict(zip(result.columns, map(to_plain, row), strict=True)) for row in result.rows)
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return _table(result, width)


def to_plain(value: Value | None) -> str | int | float | bool | None:
    """Return a value as JSON knows it: IRIs and text as strings, numbers as numbers."""
    if not isinstance(value, Literal):
        return None if value is None else str(value)
    if value.datatype in _NUMBERS or value.datatype == XSD.boolean:
        python: Any = value.toPython()
        if isinstance(python, bool | int):
            return python
        try:
            number = float(value)
        except ValueError:
            return str(value)  # "many"^^xsd:integer
        # JSON has no infinity.
        return number if number - number == 0 else str(value)
    return str(value)


def shorten(value: Value | None) -> str:
    """Return a value for reading: IRIs with a known prefix, text on one line, no controls."""
    if value is None:
        return ""
    if isinstance(value, URIRef):
        text = str(value)
        for prefix, namespace in PREFIXES.items():
            if text.startswith(namespace) and _LOCAL.fullmatch(text.removeprefix(namespace)):
                return f"{prefix}:{text.removeprefix(namespace)}"
        return visible(text)
    return visible(f"_:{value}" if isinstance(value, BNode) else str(value))


def visible(text: str) -> str:
    r"""Return ``text`` on one line, with whatever could steer a terminal made visible.

    >>> visible("two\nlines, \x1b[31mred")
    'two lines, \\x1b[31mred'
    """
    joined = " ".join(text.split())
    return "".join(
        char if unicodedata.category(char) not in {"Cc", "Cf", "Cs"} else ascii(char)[1:-1]
        for char in joined
    )


def _table(result: QueryResult, width: int | None) -> str:
    cells = [[shorten(value) for value in row] for row in result.rows]
    columns = [list(column) for column in zip(result.columns, *cells, strict=True)]
    widths = [max(map(_columns_of, column)) for column in columns]
    if width is not None:
        # Cut the widest column first, so that short ones stay whole.
        while sum(widths) + 2 * (len(widths) - 1) > width and max(widths, default=0) > 8:
            widths[widths.index(max(widths))] -= 1
    lines = [result.columns, tuple("-" * size for size in widths), *cells]
    text = "".join(
        "  ".join(_fit(cell, size) for cell, size in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in lines
    )
    return f"{text}({len(cells)} {'row' if len(cells) == 1 else 'rows'})\n"


def _columns_of(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes; East Asian letters take two."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def _fit(text: str, size: int) -> str:
    if _columns_of(text) > size:
        while _columns_of(text) > size - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (size - _columns_of(text))


def _csv(result: QueryResult) -> str:
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(result.columns)
    for row in result.rows:
        writer.writerow([_csv_cell(value) for value in row])
    return output.getvalue()


def _csv_cell(value: Value | None) -> str:
    if value is None:
        return ""
    return f"_:{value}" if isinstance(value, BNode) else str(value)


def _tsv(result: QueryResult) -> str:
    lines = ["\t".join(f"?{column}" for column in result.columns)]
    lines += ["\t".join(_tsv_cell(value) for value in row) for row in result.rows]
    return "".join(line + "\n" for line in lines)


def _tsv_cell(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, URIRef):
        return f"<{value}>"
    if isinstance(value, BNode):
        return f"_:{value}"
    if value.datatype == XSD.integer:
        return str(value)
    quoted = '"' + "".join(_ESCAPES.get(char, char) for char in value) + '"'
    if value.language:
        return f"{quoted}@{value.language}"
    return f"{quoted}^^<{value.datatype}>" if value.datatype else quoted


def _json(result: QueryResult) -> dict[str, Any]:
    if result.kind == "ask":
        return {"head": {}, "boolean": to_plain(result.rows[0][0])}
    bindings = [
        {
            column: _json_term(value)
            for column, value in zip(result.columns, row, strict=True)
            if value is not None
        }
        for row in result.rows
    ]
    return {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}


def _json_term(value: Value) -> dict[str, str]:
    if isinstance(value, URIRef):
        return {"type": "uri", "value": str(value)}
    if isinstance(value, BNode):
        return {"type": "bnode", "value": str(value)}
    term = {"type": "literal", "value": str(value)}
    if value.language:
        term["xml:lang"] = value.language
    elif value.datatype:
        term["datatype"] = str(value.datatype)
    return term
