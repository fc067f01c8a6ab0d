"""Read annotated articles written as marked text, the form in which people write and mend them.

An article is a header, its text with marked mentions and triggers, three dashes, and one line for
each entity, event and relation::

    === sahel-003 2013-02-11
    [E1: [E2: French] jets] {V1: bombed} [E3: a depot] near [E4: Kidal] on Sunday, [E5: Mali] said.
    ---
    E1 military FRA
    E2 state FRA
    E3 facility MLI
    E4 place MLI
    E5 state MLI
    V1 ASSAULT/aerial actual a=E1 r=E3 p=E4 by=E5 d=2013-02-10 k=3

The result is the form that ``kg.evaluate.gold`` reads: offsets count into the text without marks.
Whether roles, dates and statuses are right is the annotator's business.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.terms import EntityKind, EventType, RelationType, Status

_HEADER = re.compile(r"=== (?P<doc_id>\S+) (?P<published>\d{4}-\d\d-\d\d|-)\s*")
_MARK = re.compile(r"[\[{](?P<id>[EV]\d+): ?|[\]}]")
_RULE = "---"
_ROLES = {"a": "actors", "r": "recipients", "p": "places", "by": "attribution"}
_COUNTS = {"k": "killed", "i": "injured"}
_CLOSING = {"E": "]", "V": "}"}

Spans = dict[str, list[dict[str, int]]]


@dataclass(kw_only=True)
class _Block:
    """One article as it stands in a file: numbered lines above and below the dashes."""

    doc_id: str
    published: str | None
    line: int
    text: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)


def read_marked(path: Path) -> list[dict[str, Any]]:
    """Read the articles of a file of marked text, in file order.

    Raises:
        InputError: A mark is not closed or not described, a name is unknown, or a file is missing.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path}: cannot be read ({error}). Name a file of marked text."
        ) from error
    return [_to_article(block, path) for block in _find_blocks(lines, path)]


def _find_blocks(lines: Sequence[str], path: Path) -> Iterator[_Block]:
    block: _Block | None = None
    below = False
    for number, line in enumerate(lines, start=1):
        if line.startswith("==="):
            header = _HEADER.fullmatch(line)
            if header is None:
                raise InputError(
                    f"{path}:{number}: no header. Write '=== ID YYYY-MM-DD' or '=== ID -'."
                )
            if block is not None:
                yield block
            day = header["published"]
            block = _Block(
                doc_id=header["doc_id"], published=None if day == "-" else day, line=number
            )
            below = False
        elif block is None:
            if line.strip() and not line.startswith("#"):
                raise InputError(f"{path}:{number}: text before the first '=== ID DATE'.")
        elif line.strip() == _RULE:
            below = True
        elif below:
            if line.strip():
                block.notes.append((number, line.strip()))
        else:
            block.text.append((number, line.rstrip()))
    if block is not None:
        yield block


def _to_article(block: _Block, path: Path) -> dict[str, Any]:
    text, spans = _strip_marks(block, path)
    return described_article(
        Described(
            doc_id=block.doc_id,
            published=block.published,
            text=text,
            spans=spans,
            notes=block.notes,
            path=path,
            line=block.line,
        )
    )


@dataclass(frozen=True, kw_only=True)
class Described:
    """A text with the places of its mentions and triggers, and the lines that describe them.

    Attributes:
        spans: For each name of an entity or event where it is told, in text order.
        notes: Lines as they stand below the dashes of marked text, each with its number.
        path: The file that they stand in.
        line: The line of that file at which the article begins.
    """

    doc_id: str
    published: str | None
    text: str
    spans: Spans
    notes: Sequence[tuple[int, str]]
    path: Path
    line: int


def described_article(given: Described) -> dict[str, Any]:
    """Return an article in the form that ``kg.evaluate.gold`` reads.

    Raises:
        InputError: A line cannot be read, or what it names is described nowhere.
    """
    entities: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    relations: list[dict[str, Any]] = []
    described: set[str] = set()
    for number, note in given.notes:
        try:
            words = note.split()
            name = words[0]
            if name in described and words[1] not in set(RelationType):
                raise ValueError(f"{name} is described twice")
            if words[1] in set(RelationType):
                relations.append({"type": words[1], "from": name, "to": words[2]})
            elif name.startswith("E"):
                entities.append(_to_entity(words, given.spans, given.text))
                described.add(name)
            else:
                events.append(_to_event(words, given.spans))
                described.add(name)
        except (ValueError, IndexError) as error:
            raise InputError(f"{given.path}:{number}: '{note}': {error}. Mend the line.") from error
    _check_names(given, described=described, events=events, relations=relations)
    return {
        "doc_id": given.doc_id,
        "published": given.published,
        "text": given.text,
        "entities": entities,
        "events": sorted(events, key=lambda event: event["trigger"]["start"]),
        "relations": relations,
    }


def _strip_marks(block: _Block, path: Path) -> tuple[str, Spans]:
    parts: list[str] = []
    spans: Spans = {}
    open_marks: list[tuple[str, int]] = []
    length = 0
    lines = block.text
    while lines and not lines[-1][1]:
        lines = lines[:-1]
    for index, (number, line) in enumerate(lines):
        position = 0
        for mark in _MARK.finditer(line):
            parts.append(line[position : mark.start()])
            length += mark.start() - position
            position = mark.end()
            if mark["id"]:
                open_marks.append((mark["id"], length))
                continue
            if not open_marks or mark[0] != _CLOSING[open_marks[-1][0][0]]:
                raise InputError(f"{path}:{number}: '{mark[0]}' closes nothing. Mend the marks.")
            name, start = open_marks.pop()
            spans.setdefault(name, []).append({"start": start, "end": length})
        if open_marks:
            raise InputError(
                f"{path}:{number}: mark {open_marks[-1][0]} is not closed on its line."
            )
        rest = line[position:] + ("\n" if index + 1 < len(lines) else "")
        parts.append(rest)
        length += len(rest)
    for found in spans.values():
        found.sort(key=lambda span: span["start"])
    return "".join(parts), spans


def _to_entity(words: Sequence[str], spans: Spans, text: str) -> dict[str, Any]:
    name, kind, *rest = words
    _known(kind, EntityKind, "kind")
    country = rest[0] if rest and rest[0] != "-" else None
    if country is not None and not re.fullmatch(r"[A-Z]{3}", country):
        raise ValueError(f"'{country}' is no ISO 3166 alpha-3 code")
    mentions = spans.get(name)
    if not mentions:
        raise ValueError(f"{name} is marked nowhere")
    quotes = [text[span["start"] : span["end"]] for span in mentions]
    named = [quote for quote in quotes if any(letter.isupper() for letter in quote)]
    return {
        "id": name,
        "name": max(named or quotes, key=len),
        "kind": kind,
        "wikidata": None,
        "country": country,
        "mentions": mentions,
    }


def _to_event(words: Sequence[str], spans: Spans) -> dict[str, Any]:
    name, kind, status, *rest = words
    kind, _, mode = kind.partition("/")
    _known(kind, EventType, "type")
    _known(status, Status, "status")
    triggers = spans.get(name, ())
    if len(triggers) != 1:
        raise ValueError(f"{name} is marked {len(triggers)} times; each trigger is an event")
    event: dict[str, Any] = {
        "id": name,
        "type": kind,
        "mode": mode or None,
        "trigger": triggers[0],
        **{role: [] for role in _ROLES.values()},
        "date": None,
        "status": status,
        "casualties": None,
    }
    for word in rest:
        key, _, value = word.partition("=")
        if key in _ROLES:
            event[_ROLES[key]] = value.split(",")
        elif key in _COUNTS:
            event["casualties"] = event["casualties"] or {"killed": None, "injured": None}
            event["casualties"][_COUNTS[key]] = int(value)
        elif key == "d":
            first, _, last = value.partition("..")
            event["date"] = {"from": _day(first), "to": _day(last or first)}
        else:
            raise ValueError(f"unknown key '{key}' (a, r, p, by, d, k, i)")
    return event


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _known(value: str, names: type[EntityKind] | type[EventType] | type[Status], what: str) -> None:
    if value not in set(names):
        near = get_close_matches(value, list(names), n=1)
        raise ValueError(f"unknown {what} '{value}'" + (f", perhaps '{near[0]}'" if near else ""))


def _check_names(
    given: Described,
    *,
    described: set[str],
    events: Sequence[Mapping[str, Any]],
    relations: Sequence[Mapping[str, str]],
) -> None:
    where = f"{given.path}:{given.line}"
    used = {name for event in events for role in _ROLES.values() for name in event[role]}
    ends = {relation[end] for relation in relations for end in ("from", "to")}
    for name in sorted((set(given.spans) | used | ends) - described):
        raise InputError(f"{where}: {name} of {given.doc_id} is not described below the dashes.")
    for name in sorted(used):
        if not name.startswith("E"):
            raise InputError(f"{where}: {name} of {given.doc_id} fills a role: no entity.")
