"""Turn what a user names as input into articles, one after another.

The order is the order of the input; memory does not grow with it, but for the identifiers seen.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kg.articles.cleaning import clean_text, decode, is_binary, parse_day
from kg.articles.pages import declared_charset, read_page
from kg.articles.problems import ArticleProblem
from kg.articles.rows import FieldNames, Row, read_rows, wrong_encoding
from kg.articles.sources import (
    MAX_FILE_BYTES,
    ByteStream,
    Source,
    find_sources,
    open_source,
    read_whole,
)
from kg.errors import InputError
from kg.records import Article

MAX_TEXT_CHARS = 1_000_000
"""Longest text of one article; the parser needs about 1 GB of memory for as much."""

_HEADER_FIELDS = ("doc_id", "title", "url", "publisher", "published")
_HEADER_LINE = re.compile(r"(?P<name>[A-Za-z_]+)\s*:\s*(?P<value>.*)")
_Read = Iterator[Article | ArticleProblem]


class _RefusedError(Exception):
    """What a row, a header or a file holds is not an article; the message says why."""


def read_articles(
    inputs: Sequence[str | Path],
    *,
    fields: FieldNames | None = None,
    stdin_kind: str | None = None,
) -> _Read:
    """Yield the articles of files, folders and standard input (``-``), in the order given.

    Whatever is not an article is reported in its place and the rest goes on. Of two articles
    with one identifier the first is taken. A .txt or .html file is named by its stem, or by as
    much of its path as makes it the only one.

    Args:
        inputs: Files, folders, or ``-``.
        fields: Names of the fields in .jsonl, .json and .csv input, if they are others.
        stdin_kind: What standard input holds, one of ``sources.KINDS``, if its beginning misleads.
    """
    source_by_id: dict[str, str] = {}
    for given in inputs:
        try:
            sources = find_sources(given, stdin_kind=stdin_kind)
        except InputError as error:
            yield _problem(error)
            continue
        for source in sources:
            for item in _read_source(source, fields or FieldNames()):
                yield _unique(item, source, source_by_id) if isinstance(item, Article) else item


def _unique(
    article: Article, source: Source, source_by_id: dict[str, str]
) -> Article | ArticleProblem:
    doc_id = article.doc_id
    if source.kind in ("txt", "html") and source.path and doc_id == source.stem:
        parents = iter(source.path.resolve().parents)
        while source_by_id.get(doc_id, source.name) != source.name:
            doc_id = f"{next(parents).name}/{doc_id}"
    if doc_id in source_by_id:
        return ArticleProblem(
            source=article.source,
            message=f"doc_id '{doc_id}' is used before, at {source_by_id[doc_id]}. "
            "Give each article its own.",
        )
    source_by_id[doc_id] = article.source
    return article if doc_id == article.doc_id else replace(article, doc_id=doc_id)


def _problem(error: InputError) -> ArticleProblem:
    where, _, message = str(error).partition(": ")
    return ArticleProblem(source=where, message=message)


def _read_source(source: Source, fields: FieldNames) -> _Read:
    try:
        with open_source(source) as stream:
            beginning = stream.peek(1024)[:1024]
            if not beginning:
                raise InputError(f"{source.name}: the file is empty. Remove it or fill it.")
            if is_binary(beginning):
                raise InputError(f"{source.name}: a binary file, not text. Convert it to text.")
            source = replace(source, kind=source.kind or _kind_of_content(beginning))
            if source.kind in ("txt", "html"):
                yield from _read_file(stream, source)
            else:
                yield from _read_rows(stream, source, fields)
    except InputError as error:
        yield _problem(error)


def _kind_of_content(beginning: bytes) -> str:
    start = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    return {b"{": "jsonl", b"[": "json", b"<": "html"}.get(start[:1], "txt")


def _read_rows(stream: ByteStream, source: Source, fields: FieldNames) -> _Read:
    any_row = False
    for row in read_rows(stream, source, fields):
        any_row = True
        if isinstance(row, ArticleProblem):
            yield row
            continue
        try:
            yield _from_row(row, fields)
        except _RefusedError as error:
            yield ArticleProblem(source=row.source, message=str(error))
    if not any_row:
        yield ArticleProblem(source=source.name, message="no articles in it. Remove it or fill it.")


def _from_row(row: Row, fields: FieldNames) -> Article:
    values = row.values
    text = values.get(fields.text)
    if text is None:
        present = ", ".join(f"'{name}'" for name in list(values)[:8]) or "none"
        raise _RefusedError(
            f"no field '{fields.text}' (fields: {present}). Add it, or give --field text=NAME."
        )
    if not isinstance(text, str):
        raise _RefusedError(f"'{fields.text}' is not a string. Write the article's text there.")
    doc_ids = (values.get(name) for name in fields.doc_id_names)
    doc_id = next((value for value in doc_ids if value not in (None, "")), None)
    return _article(
        text=text,
        doc_id=_optional(doc_id, "doc_id") or _id_of_text(text),
        title=_optional(values.get(fields.title), fields.title),
        url=_optional(values.get(fields.url), fields.url),
        publisher=_optional(values.get(fields.publisher), fields.publisher),
        published=_day(_optional(values.get(fields.published), fields.published), fields.published),
        source=row.source,
    )


def _optional(value: object, name: str) -> str | None:
    """Return a field's value as a clean one-line string; None when it is empty."""
    if value is None or isinstance(value, str | int):
        return " ".join(clean_text(str("" if value is None else value)).split()) or None
    raise _RefusedError(f"'{name}' is not a string. Write it as one.")


def _day(value: str | None, name: str) -> date | None:
    if value is None:
        return None
    try:
        return parse_day(value)
    except ValueError as error:
        raise _RefusedError(
            f"'{name}' is '{value[:40]}', which is no date. Write the date as YYYY-MM-DD."
        ) from error


def _id_of_text(text: str) -> str:
    """Return an identifier for an article that has none: it comes from content, not from order."""
    return f"text-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}"


def _article(*, text: str, source: str, **values: Any) -> Article:
    cleaned = clean_text(text)
    if not cleaned.strip():
        raise _RefusedError("the text is empty. Remove the article or fill it.")
    if len(cleaned) > MAX_TEXT_CHARS:
        raise _RefusedError(
            f"a text of {len(cleaned):,} characters; at most {MAX_TEXT_CHARS:,} are read. Split it."
        )
    return Article(text=cleaned, cleaned=cleaned != text, source=source, **values)


def _read_file(stream: ByteStream, source: Source) -> _Read:
    """Yield the one article of a .txt or .html file."""
    content = read_whole(stream, limit=MAX_FILE_BYTES, name=source.name)
    declared = declared_charset(content) if source.kind == "html" else None
    markup, guessed = decode(content, declared=declared)
    if guessed:
        yield wrong_encoding(source.name, guessed)
    try:
        if source.kind == "html":
            yield from _from_page(markup, source)
        else:
            yield from _from_text(markup, source)
    except _RefusedError as error:
        yield ArticleProblem(source=source.name, message=str(error))


def _from_text(content: str, source: Source) -> _Read:
    header, text = _split_header(content)
    unknown = [name for name in header if name not in _HEADER_FIELDS]
    if unknown:
        yield ArticleProblem(
            source=source.name,
            message=f"front matter '{unknown[0]}' is not used. "
            f"The fields are {', '.join(_HEADER_FIELDS)}.",
            skipped=False,
        )
    yield _article(
        text=text,
        doc_id=_optional(header.get("doc_id"), "doc_id") or source.stem,
        title=_optional(header.get("title"), "title"),
        url=_optional(header.get("url"), "url"),
        publisher=_optional(header.get("publisher"), "publisher"),
        published=_day(header.get("published"), "published"),
        source=source.name,
    )


def _split_header(content: str) -> tuple[Mapping[str, str], str]:
    """Return the fields of the front matter, and the text after it.

    Front matter is a block of ``name: value`` lines between two lines ``---``; a dashed line
    alone at the beginning of an article is not.
    """
    lines = content.splitlines(keepends=True)
    if not lines or lines[0].strip() != "---":
        return {}, content
    header: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() == "---":
            return header, "".join(lines[number + 1 :])
        field = _HEADER_LINE.fullmatch(line.strip())
        if field is None and line.strip():
            break
        if field and (value := field["value"].strip("\"' ")):
            header[field["name"].lower()] = value
    return {}, content


def _from_page(markup: str, source: Source) -> _Read:
    page = read_page(clean_text(markup))
    days = [day for value in page.published if (day := _day_or_none(value))]
    if page.published and not days:
        # Nobody can mend a page of the web, so its article is taken undated.
        yield ArticleProblem(
            source=source.name,
            message=f"the page's date is '{page.published[0][:40]}', which is no date. "
            "The article stays undated.",
            skipped=False,
        )
    yield replace(
        _article(
            text=page.text,
            doc_id=source.stem,
            title=_optional(page.title, "title"),
            url=_optional(page.url, "url"),
            publisher=_optional(page.publisher, "publisher"),
            published=days[0] if days else None,
            source=source.name,
        ),
        cleaned=True,  # the source holds markup
    )


def _day_or_none(value: str) -> date | None:
    try:
        return parse_day(value)
    except ValueError:
        return None
