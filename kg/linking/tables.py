"""Read the tables under ``kg/data/knowledge`` into entries.

One reader a table; each refuses what the closed vocabularies and the other tables do not know.
What an alias looks like and how it is searched belongs to ``index`` and ``resolver``.
"""

import difflib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kg.errors import ResourceError
from kg.resources import read_tsv
from kg.terms import EntityKind, Precision

COUNTRY_COLUMNS = (
    "alpha3",
    "alpha2",
    "name",
    "wikidata",
    "capital",
    "lat",
    "lon",
    "adjectives",
    "nouns",
    "aliases",
    "source",
)
GROUP_COLUMNS = (
    "id",
    "name",
    "kind",
    "country",
    "sector",
    "wikidata",
    "aliases",
    "parent",
    "backers",
    "source",
)
PERSON_COLUMNS = ("id", "name", "country", "sector", "wikidata", "surname", "aliases", "source")
TERM_COLUMNS = ("person", "office", "of", "leads", "from", "to", "source")
PLACE_COLUMNS = (
    "id",
    "name",
    "kind",
    "country",
    "precision",
    "lat",
    "lon",
    "wikidata",
    "geonames",
    "aliases",
    "source",
)
AGREEMENT_COLUMNS = ("id", "name", "wikidata", "aliases", "source")
WEAPON_COLUMNS = ("name", "form", "family", "aliases", "source")

_SECTORS = frozenset(
    (
        "AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PRE PRM PTY REB REF REL "
        "SOC SPY UAF UNK"
    ).split()
)
_SECTOR_BY_KIND = {
    EntityKind.STATE: "GOV",
    EntityKind.GOVERNMENT: "GOV",
    EntityKind.MILITARY: "MIL",
    EntityKind.COALITION: "MIL",
    EntityKind.POLICE: "COP",
    EntityKind.ARMED_GROUP: "REB",
    EntityKind.PARTY: "PTY",
    EntityKind.MEDIA: "JRN",
    EntityKind.COMPANY: "BUS",
    EntityKind.COURT: "JUD",
    EntityKind.CIVILIANS: "CVL",
}
_WIKIDATA = re.compile(r"Q[1-9]\d*")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class Term:
    """One stretch of time in which a person held an office.

    Attributes:
        person: Slug of the person.
        office: Name of the office as in ``offices.tsv``.
        body: Alpha-3 of the state, or slug of the organisation, that the office belongs to.
        leads: Whether its holder is the effective leader of the body ("the Turkish leader").
        first: First day; None when unknown or long ago.
        last: Last day, inclusive; None when still held as far as the table knows.
    """

    person: str
    office: str
    body: str
    leads: bool
    first: date | None
    last: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether the office was held on the day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A named thing of the knowledge file.

    Attributes:
        id: ``wikidata:Q..`` where certain, else ``iso:..`` for states, ``geonames:..`` for places
            of GeoNames, and ``kg:slug``.
        slug: Key within the tables: alpha-3 for states, lower-case words and hyphens else.
        aliases: Other spellings; weak ones are in ``weak`` instead.
        weak: Aliases that usually mean another entity and need the article's country.
        adjectives: Words such as "Iraqi", for states.
        nouns: Inhabitants such as "Iraqis", for states.
        surname: Name by which a person is called alone; None when that is not usual.
        is_shared_surname: The surname means the person only on days in office.
        parent: Slug of the body it belongs to.
        backers: Alpha-3 codes or slugs of those who support it.
        lat: Latitude in degrees, of the place or of the middle of what it covers.
        precision: For states, places and sites.
        located_by: Ids of the places that a part of known places is named after.
    """

    id: str
    slug: str
    name: str
    kind: EntityKind
    country: str | None = None
    sector: str | None = None
    wikidata: str | None = None
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    capital: str | None = None
    alpha2: str | None = None
    surname: str | None = None
    is_shared_surname: bool = False
    parent: str | None = None
    backers: tuple[str, ...] = ()
    geonames: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision | None = None
    located_by: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()


def read_countries(path: Path) -> Iterator[Entry]:
    """Yield the states and territories of ISO 3166 in file order."""
    for number, row in read_tsv(path, COUNTRY_COLUMNS):
        wikidata = _wikidata(row["wikidata"], path, number)
        aliases, weak = _aliases(row["aliases"])
        yield Entry(
            id=f"wikidata:{wikidata}" if wikidata else f"iso:{row['alpha3']}",
            slug=row["alpha3"],
            name=row["name"],
            kind=EntityKind.STATE,
            country=row["alpha3"],
            sector="GOV",
            wikidata=wikidata,
            aliases=aliases,
            weak=weak,
            adjectives=_cells(row["adjectives"]),
            nouns=_cells(row["nouns"]),
            capital=row["capital"] or None,
            alpha2=row["alpha2"],
            lat=float(row["lat"]) if row["lat"] else None,
            lon=float(row["lon"]) if row["lon"] else None,
            precision=Precision.COUNTRY,
        )


def read_groups(path: Path) -> Iterator[Entry]:
    """Yield armed groups, armies, parties, organisations and other bodies in file order.

    Raises:
        ResourceError: A kind, sector, slug or Wikidata id is not well formed.
    """
    for number, row in read_tsv(path, GROUP_COLUMNS):
        kind = _kind(row["kind"], path, number)
        wikidata = _wikidata(row["wikidata"], path, number)
        aliases, weak = _aliases(row["aliases"])
        yield Entry(
            id=_id(wikidata, row["id"]),
            slug=_slug(row["id"], path, number),
            name=row["name"],
            kind=kind,
            country=row["country"] or None,
            sector=_sector(row["sector"], path, number) or _SECTOR_BY_KIND.get(kind),
            wikidata=wikidata,
            aliases=aliases,
            weak=weak,
            parent=row["parent"] or None,
            backers=_cells(row["backers"]),
        )


def read_persons(path: Path, terms: Mapping[str, tuple[Term, ...]]) -> Iterator[Entry]:
    """Yield persons with their terms of office, in file order.

    Args:
        terms: Terms by the slug of the person, as ``read_terms`` returns them.
    """
    for number, row in read_tsv(path, PERSON_COLUMNS):
        wikidata = _wikidata(row["wikidata"], path, number)
        aliases, weak = _aliases(row["aliases"])
        slug = _slug(row["id"], path, number)
        yield Entry(
            id=_id(wikidata, slug),
            slug=slug,
            name=row["name"],
            kind=EntityKind.PERSON,
            country=row["country"] or None,
            sector=_sector(row["sector"], path, number),
            wikidata=wikidata,
            aliases=aliases,
            weak=weak,
            surname=row["surname"].removesuffix("?") or None,
            is_shared_surname=row["surname"].endswith("?"),
            terms=terms.get(slug, ()),
        )


def read_terms(path: Path) -> dict[str, tuple[Term, ...]]:
    """Return the terms of office by person, each person's in file order.

    A date is a day, a month or a year; a month or year means its first day as a start and its
    last day as an end.

    Raises:
        ResourceError: A date is not well formed or an end lies before its start.
    """
    terms: dict[str, tuple[Term, ...]] = {}
    for number, row in read_tsv(path, TERM_COLUMNS):
        first = _day(row["from"], path, number)
        last = _day(row["to"], path, number, is_end=True)
        if first and last and last < first:
            raise ResourceError(f"{path}:{number}: the term ends before it begins. Mend a date.")
        term = Term(
            person=row["person"],
            office=row["office"],
            body=row["of"],
            leads=row["leads"] == "yes",
            first=first,
            last=last,
        )
        terms[term.person] = (*terms.get(term.person, ()), term)
    return terms


def read_places(path: Path) -> Iterator[Entry]:
    """Yield regions, provinces, bases, oil fields and other sites in file order."""
    for number, row in read_tsv(path, PLACE_COLUMNS):
        wikidata = _wikidata(row["wikidata"], path, number)
        aliases, weak = _aliases(row["aliases"])
        yield Entry(
            id=_id(wikidata, row["id"], geonames=row["geonames"]),
            slug=_slug(row["id"], path, number),
            name=row["name"],
            kind=_kind(row["kind"], path, number),
            country=row["country"] or None,
            wikidata=wikidata,
            aliases=aliases,
            weak=weak,
            geonames=row["geonames"] or None,
            lat=_degrees(row["lat"], 90, path, number),
            lon=_degrees(row["lon"], 180, path, number),
            precision=_precision(row["precision"], path, number),
        )


def read_agreements(path: Path) -> Iterator[Entry]:
    """Yield treaties, accords and plans in file order."""
    for number, row in read_tsv(path, AGREEMENT_COLUMNS):
        wikidata = _wikidata(row["wikidata"], path, number)
        aliases, weak = _aliases(row["aliases"])
        yield Entry(
            id=_id(wikidata, row["id"]),
            slug=_slug(row["id"], path, number),
            name=row["name"],
            kind=EntityKind.AGREEMENT,
            wikidata=wikidata,
            aliases=aliases,
            weak=weak,
        )


def read_weapon_names(path: Path) -> Iterator[Entry]:
    """Yield the weapons with a proper name (Katyusha, HIMARS) in file order."""
    for _, row in read_tsv(path, WEAPON_COLUMNS):
        if row["form"] == "name":
            slug = "weapon-" + re.sub(r"[^a-z0-9]+", "-", row["name"].casefold()).strip("-")
            aliases, weak = _aliases(row["aliases"])
            yield Entry(
                id=f"kg:{slug}",
                slug=slug,
                name=row["name"],
                kind=EntityKind.WEAPON,
                aliases=aliases,
                weak=weak,
            )


def read_weapon_nouns(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each common noun for a weapon with its family: ``("mortar shell", "artillery")``."""
    for _, row in read_tsv(path, WEAPON_COLUMNS):
        if row["form"] == "noun":
            for lemma in (row["name"], *_cells(row["aliases"])):
                yield lemma, row["family"]


def _cells(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


def _aliases(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    # A question mark at the end marks a weak alias.
    names = _cells(cell)
    return (
        tuple(name for name in names if not name.endswith("?")),
        tuple(name[:-1] for name in names if name.endswith("?")),
    )


def _id(wikidata: str | None, slug: str, *, geonames: str = "") -> str:
    if wikidata:
        return f"wikidata:{wikidata}"
    return f"geonames:{geonames}" if geonames else f"kg:{slug}"


def _kind(cell: str, path: Path, number: int) -> EntityKind:
    try:
        return EntityKind(cell)
    except ValueError:
        near = difflib.get_close_matches(cell, list(EntityKind), n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise ResourceError(f"{path}:{number}: '{cell}' is no kind of entity.{hint}") from None


def _precision(cell: str, path: Path, number: int) -> Precision | None:
    try:
        return Precision(cell) if cell else None
    except ValueError:
        raise ResourceError(
            f"{path}:{number}: '{cell}' is no precision. Use one of {', '.join(Precision)}."
        ) from None


def _sector(cell: str, path: Path, number: int) -> str | None:
    if cell and cell not in _SECTORS:
        raise ResourceError(
            f"{path}:{number}: '{cell}' is no PLOVER sector. Use one of "
            f"{', '.join(sorted(_SECTORS))}."
        )
    return cell or None


def _wikidata(cell: str, path: Path, number: int) -> str | None:
    if cell and not _WIKIDATA.fullmatch(cell):
        raise ResourceError(f"{path}:{number}: '{cell}' is no Wikidata id. Write it as Q30.")
    return cell or None


def _slug(cell: str, path: Path, number: int) -> str:
    if not _SLUG.fullmatch(cell):
        raise ResourceError(
            f"{path}:{number}: id '{cell}' is not lower-case words joined by hyphens. Mend it."
        )
    return cell


def _degrees(cell: str, most: int, path: Path, number: int) -> float | None:
    if not cell:
        return None
    try:
        degrees = float(cell)
    except ValueError:
        degrees = math.inf
    if not abs(degrees) <= most:
        raise ResourceError(
            f"{path}:{number}: '{cell}' is no coordinate. Write degrees from -{most} to {most}."
        )
    return degrees


def _day(cell: str, path: Path, number: int, *, is_end: bool = False) -> date | None:
    if not cell:
        return None
    try:
        numbers = [int(part) for part in cell.split("-")]
        if len(numbers) == 3:
            return date(*numbers)
        year, month = (*numbers, 12 if is_end else 1)[:2]
        if not is_end:
            return date(year, month, 1)
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    except (ValueError, TypeError):
        raise ResourceError(
            f"{path}:{number}: '{cell}' is no date. Write YYYY-MM-DD, YYYY-MM or YYYY."
        ) from None
