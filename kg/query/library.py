"""The analyst queries of ``ontology/queries`` and the header comments that describe them.

A header is a run of comment lines at the top of the file::

    # title: Who attacked whom
    # question: Who attacked whom, when, and how many sources say so?
    # parameter: actor | entity | any | Iran | the attacker
    # parameter: since | date | any | 2024-02-01 | first day

The cells of a parameter are name, type, default, example and meaning. In the query it is written
``$actor``, which SPARQL reads as a variable: with the default ``any`` it stays one, so the file
is a valid query by itself.
"""

import difflib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal as Choice
from typing import cast, get_args

from kg.errors import QueryError
from kg.resources import ontology_path

ParameterType = Choice["entity", "iri", "date", "month", "integer", "text"]
_HEADER = re.compile(r"#\s*(title|question|parameter)\s*:\s*(.*)")
ANY = "any"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A value that the user of a query may choose.

    Attributes:
        type: ``entity`` is a name, alias or IRI of an actor, place or thing of the graph.
        default: None when the parameter may be left out, and then anything matches.
        example: A value that makes sense in the sample graph.
        meaning: What it stands for, in a few words.
    """

    name: str
    type: ParameterType
    default: str | None
    example: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class NamedQuery:
    """A SPARQL query with its description.

    Attributes:
        name: File name without ``.rq``; ``query`` for a text without a file.
        question: What the query answers, in the words of an analyst.
    """

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    text: str


def list_queries() -> tuple[NamedQuery, ...]:
    """Return the analyst queries that are shipped, sorted by name."""
    files = sorted(ontology_path("queries").glob("*.rq"))
    return tuple(read_query(path) for path in files)


def find_query(text_or_name: str) -> NamedQuery:
    """Return the query that the user means: a name, a file, or the text itself.

    Text is whatever holds white space or a brace, so names and paths have neither.

    Raises:
        QueryError: There is no such name or file.
    """
    if re.search(r"[\s{}]", text_or_name.strip()):
        return parse_query(text_or_name, name="query", source="query")
    wanted = text_or_name.strip()
    if wanted.endswith(".rq"):
        return read_query(Path(wanted))
    named = {path.stem: path for path in ontology_path("queries").glob("*.rq")}
    if wanted in named:
        return read_query(named[wanted])
    near = difflib.get_close_matches(wanted, sorted(named), n=3, cutoff=0.4)
    hint = f"Did you mean {' or '.join(near)}?" if near else "List them with 'kg query --list'."
    raise QueryError(f"{wanted or 'empty query'}: no such query. {hint}")


def read_query(path: Path) -> NamedQuery:
    """Return the query in a file.

    Raises:
        QueryError: The file cannot be read, or its header is malformed.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise QueryError(f"{path}: no such file. Name a query, a file or write SPARQL.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read ({error}). Save it as UTF-8 text.") from error
    return parse_query(text, name=path.stem, source=str(path))


def parse_query(text: str, *, name: str, source: str) -> NamedQuery:
    """Return ``text`` with what its header says; all of the header may be missing.

    Raises:
        QueryError: A parameter line is malformed.
    """
    described = {"title": name, "question": ""}
    parameters: list[Parameter] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#"):
            break
        match = _HEADER.fullmatch(line.strip())
        if match is None:
            continue
        if match[1] == "parameter":
            parameters.append(_parameter(match[2], where=f"{source}:{number}"))
        else:
            described[match[1]] = match[2]
    return NamedQuery(name=name, parameters=tuple(parameters), text=text, **described)


def _parameter(line: str, *, where: str) -> Parameter:
    cells = [cell.strip() for cell in line.split("|")]
    types = get_args(ParameterType)
    if len(cells) != 5 or cells[1] not in types or not re.fullmatch(r"\w+", cells[0]):
        raise QueryError(
            f"{where}: not a parameter: '{line}'. Write name | type | default | example | meaning, "
            f"where type is one of {', '.join(types)}."
        )
    name, kind, default, example, meaning = cells
    return Parameter(
        name=name,
        type=cast("ParameterType", kind),
        default=None if default == ANY else default,
        example=example,
        meaning=meaning,
    )
