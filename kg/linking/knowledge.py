"""The knowledge file in memory: all entries, and the keys under which they are found.

Built once from the tables and an optional overlay; read-only afterwards.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kg.linking.normal import is_acronym, name_key, sound_key
from kg.linking.tables import (
    Entry,
    Term,
    read_agreements,
    read_countries,
    read_groups,
    read_persons,
    read_places,
    read_terms,
    read_weapon_names,
)
from kg.resources import data_path, read_tsv
from kg.terms import EntityKind

OFFICE_COLUMNS = ("office", "nouns", "titles", "sector", "holders")
TITLE_COLUMNS = ("title", "sector")

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, kw_only=True)
class Spelling:
    """One name under which an entry is known.

    Attributes:
        key: Its ``name_key``.
        is_name: It is the preferred name.
        is_weak: It usually means another entity.
        is_national: It is a national adjective or a word for inhabitants.
    """

    text: str
    key: str
    entry: Entry
    is_name: bool = False
    is_weak: bool = False
    is_national: bool = False
    is_acronym: bool = False


@dataclass(frozen=True, kw_only=True)
class Office:
    """An office and the words for it.

    Attributes:
        nouns: Head nouns that describe its holder, compounds included.
        titles: What stands before a name.
        is_shared: Several people can hold it at once, so that it describes nobody.
        body: The only body that has the office ("the pope").
    """

    name: str
    nouns: tuple[str, ...]
    titles: tuple[str, ...]
    sector: str
    is_shared: bool
    body: str | None


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """All entries with the keys to find them.

    Attributes:
        entry_by_slug: Every entry by its key within the tables.
        spellings_by_key: Names, aliases and national words by ``name_key``.
        spellings_by_sound: Names and aliases of what is transliterated, by ``sound_key``.
        persons_by_surname: Persons by the ``sound_key`` of the name they go by alone.
        terms_by_office: Terms by body and office.
        leading_terms: Terms of effective leaders by body.
        country_by_alpha2: Alpha-3 code by alpha-2 code.
        country_by_capital: Alpha-3 code by the ``name_key`` of the seat of government.
        office_by_title: Offices by the ``name_key`` of a title before a name.
        offices_by_noun: Offices with one holder by a head noun.
        body_by_noun: The only body with an office that the noun describes.
        sector_by_title: PLOVER sector, or empty, by the ``name_key`` of a title.
    """

    entry_by_slug: Mapping[str, Entry]
    spellings_by_key: Mapping[str, tuple[Spelling, ...]]
    spellings_by_sound: Mapping[str, tuple[Spelling, ...]]
    persons_by_surname: Mapping[str, tuple[Entry, ...]]
    terms_by_office: Mapping[tuple[str, str], tuple[Term, ...]]
    leading_terms: Mapping[str, tuple[Term, ...]]
    country_by_alpha2: Mapping[str, str]
    country_by_capital: Mapping[str, str]
    offices_by_title: Mapping[str, tuple[str, ...]]
    offices_by_noun: Mapping[str, tuple[str, ...]]
    body_by_noun: Mapping[str, str]
    sector_by_title: Mapping[str, str]

    def holders(self, body: str, offices: Iterable[str], day: date) -> tuple[Entry, ...]:
        """Return the persons who held one of the offices of the body on the day, by slug."""
        slugs = {
            term.person
            for office in offices
            for term in self.terms_by_office.get((body, office), ())
            if term.holds_on(day)
        }
        return tuple(self.entry_by_slug[slug] for slug in sorted(slugs))

    def leaders(self, body: str, day: date) -> tuple[Entry, ...]:
        """Return the effective leaders of the body on the day, by slug."""
        slugs = {term.person for term in self.leading_terms.get(body, ()) if term.holds_on(day)}
        return tuple(self.entry_by_slug[slug] for slug in sorted(slugs))


# Kinds whose names reach English in several transliterations.
_TRANSLITERATED = frozenset(
    {
        EntityKind.STATE,
        EntityKind.PERSON,
        EntityKind.ARMED_GROUP,
        EntityKind.MILITARY,
        EntityKind.PLACE,
        EntityKind.FACILITY,
        EntityKind.PARTY,
        EntityKind.COALITION,
        EntityKind.MEDIA,
    }
)


def read_entries() -> Iterator[Entry]:
    """Yield the entries of all shipped tables in a fixed order."""
    folder = data_path("knowledge")
    yield from read_countries(folder / "countries.tsv")
    yield from read_groups(folder / "groups.tsv")
    yield from read_persons(folder / "persons.tsv", read_terms(folder / "terms.tsv"))
    yield from read_places(folder / "regions.tsv")
    yield from read_places(folder / "sites.tsv")
    yield from read_agreements(folder / "agreements.tsv")
    yield from read_weapon_names(folder / "weapons.tsv")


def build_knowledge(entries: Iterable[Entry]) -> Knowledge:
    """Index the entries; a later entry replaces an earlier one with the same slug."""
    by_slug = {entry.slug: entry for entry in entries}
    by_key: dict[str, list[Spelling]] = {}
    by_sound: dict[str, list[Spelling]] = {}
    by_surname: dict[str, list[Entry]] = {}
    by_office: dict[tuple[str, str], list[Term]] = {}
    leading: dict[str, list[Term]] = {}
    for entry in by_slug.values():
        for spelling in _spellings(entry):
            by_key.setdefault(spelling.key, []).append(spelling)
            is_sure = not (spelling.is_acronym or spelling.is_weak)
            if entry.kind in _TRANSLITERATED and is_sure:
                by_sound.setdefault(sound_key(spelling.text), []).append(spelling)
        if entry.surname:
            by_surname.setdefault(sound_key(entry.surname), []).append(entry)
        for term in entry.terms:
            by_office.setdefault((term.body, term.office), []).append(term)
            if term.leads:
                leading.setdefault(term.body, []).append(term)
    countries = [entry for entry in by_slug.values() if entry.kind is EntityKind.STATE]
    offices = tuple(read_offices())
    return Knowledge(
        entry_by_slug=by_slug,
        spellings_by_key=_frozen(by_key),
        spellings_by_sound=_frozen(by_sound),
        persons_by_surname=_frozen(by_surname),
        terms_by_office=_frozen(by_office),
        leading_terms=_frozen(leading),
        country_by_alpha2={entry.alpha2: entry.slug for entry in countries if entry.alpha2},
        country_by_capital={
            name_key(entry.capital): entry.slug for entry in countries if entry.capital
        },
        offices_by_title=_frozen(_words(offices, titles=True)),
        offices_by_noun=_frozen(
            _words(tuple(office for office in offices if not office.is_shared), titles=False)
        ),
        body_by_noun={
            noun: office.body for office in offices if office.body for noun in office.nouns
        },
        sector_by_title=_title_sectors(offices),
    )


def read_offices() -> Iterator[Office]:
    """Yield the offices in file order."""
    for _, row in read_tsv(data_path("knowledge", "offices.tsv"), OFFICE_COLUMNS):
        yield Office(
            name=row["office"],
            nouns=tuple(filter(None, row["nouns"].split("|"))),
            titles=tuple(filter(None, row["titles"].split("|"))),
            sector=row["sector"],
            is_shared=row["holders"] == "many",
            body=row["holders"] if row["holders"] not in {"one", "many"} else None,
        )


def _spellings(entry: Entry) -> Iterator[Spelling]:
    seen = {entry.name}
    yield _spelling(entry, entry.name, is_name=True)
    for text in entry.aliases:
        if text not in seen:
            seen.add(text)
            yield _spelling(entry, text)
    for text in entry.weak:
        yield _spelling(entry, text, is_weak=True)
    for text in (*entry.adjectives, *entry.nouns):
        if text not in seen:
            seen.add(text)
            yield _spelling(entry, text, is_national=True)


def _spelling(
    entry: Entry,
    text: str,
    *,
    is_name: bool = False,
    is_weak: bool = False,
    is_national: bool = False,
) -> Spelling:
    return Spelling(
        text=text,
        key=name_key(text),
        entry=entry,
        is_name=is_name,
        is_weak=is_weak,
        is_national=is_national,
        is_acronym=is_acronym(text),
    )


def _words(offices: tuple[Office, ...], *, titles: bool) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for office in offices:
        for word in office.titles if titles else office.nouns:
            words.setdefault(name_key(word) if titles else word, []).append(office.name)
    return words


def _title_sectors(offices: tuple[Office, ...]) -> dict[str, str]:
    sectors = {name_key(title): office.sector for office in offices for title in office.titles}
    for _, row in read_tsv(data_path("knowledge", "titles.tsv"), TITLE_COLUMNS):
        sectors[name_key(row["title"])] = row["sector"]
    return sectors


def _frozen(lists: Mapping[_Key, list[_Value]]) -> dict[_Key, tuple[_Value, ...]]:
    return {key: tuple(values) for key, values in lists.items()}
