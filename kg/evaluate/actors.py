"""Score the countries that coded actors resolve to, on sentences coded with CAMEO or PLOVER.

The first three letters of an actor code are the country (``SYRREB``) where it has one; IGO, NGO and
the like stand in its place for actors without one. What is scored is the resolver alone: it gets
the words that were coded, and the countries that their sentence names.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.linking.matcher import NameMatcher, build_matcher
from kg.linking.resolver import Resolver

_FIELDS = (("actors", "actor_codes"), ("recipients", "recipient_codes"))


@dataclass(frozen=True, kw_only=True)
class ActorScores:
    """How many coded actors got their country.

    Attributes:
        countries: Right ones and all of the actors whose code begins with a country.
        others: The same of those whose code does not (IGO, NGO); right is to give no country.
        errors: A line for each that is wrong, in the order of the sentences.
    """

    countries: tuple[int, int]
    others: tuple[int, int]
    errors: tuple[str, ...]


def read_coded(path: Path) -> list[dict[str, Any]]:
    """Read coded sentences: JSONL with ``doc_id``, ``text``, ``actors`` and ``actor_codes``.

    ``published``, ``recipients`` and ``recipient_codes`` may be there as well.

    Raises:
        InputError: The file cannot be read, or a line is no coded sentence.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}). Name a JSONL file.") from error
    return [
        _coded(line, f"{path}:{number}")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]


def _coded(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: not JSON ({error.msg}). Mend the line.") from error
    if not isinstance(record, dict):
        raise InputError(f"{where}: no JSON object. A line is a coded sentence.")
    for field in ("doc_id", "text", "actors", "actor_codes"):
        if field not in record:
            raise InputError(f"{where}: no field '{field}'. A line is a coded sentence.")
    for names, codes in _FIELDS:
        if len(record.get(names, ())) != len(record.get(codes, ())):
            raise InputError(f"{where}: '{names}' and '{codes}' differ in number. Pair them.")
    try:
        record["day"] = date.fromisoformat(record["published"]) if record.get("published") else None
    except ValueError:
        raise InputError(
            f"{where}: 'published' is '{record['published']}'. Write the date as YYYY-MM-DD."
        ) from None
    return record


def score_actors(records: Iterable[Mapping[str, Any]], resolver: Resolver) -> ActorScores:
    """Resolve each coded actor in its sentence and compare countries."""
    matcher = build_matcher(resolver)
    count: Counter[tuple[bool, bool]] = Counter()
    errors = []
    for record in records:
        countries = _named_countries(record["text"], matcher, resolver)
        for name, code in _pairs(record):
            coded = code[:3] if resolver.is_country(code[:3]) else None
            found = resolver.lookup([name], day=record["day"], countries=countries)[0].country
            count[coded is not None, coded == found] += 1
            if coded != found:
                errors.append(
                    f"{record['doc_id']}: '{name}' is coded {code}, resolved to "
                    f"{found or 'no country'}"
                )
    return ActorScores(
        countries=(count[True, True], count[True, True] + count[True, False]),
        others=(count[False, True], count[False, True] + count[False, False]),
        errors=tuple(errors),
    )


def _pairs(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for names, codes in _FIELDS:
        yield from zip(record.get(names, ()), record.get(codes, ()), strict=True)


def _named_countries(text: str, matcher: NameMatcher, resolver: Resolver) -> Sequence[str]:
    """Return the countries of states and places named in a text, the most frequent first."""
    counts: Counter[str] = Counter()
    for name in matcher.find(text):
        country = resolver.resolve(name.span.quote(text)).country
        if country and name.label in {"GPE", "NORP", "LOC"}:
            counts[country] += 1
    return tuple(sorted(counts, key=lambda country: (-counts[country], country)))
