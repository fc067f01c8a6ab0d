"""The knowledge tables agree with themselves and with one another."""

from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.linking.knowledge import build_knowledge, read_entries, read_offices
from kg.linking.normal import name_key
from kg.linking.nouns import load_actor_nouns, load_bonds, load_modifiers
from kg.linking.tables import (
    GROUP_COLUMNS,
    PERSON_COLUMNS,
    TERM_COLUMNS,
    Entry,
    Term,
    read_countries,
    read_groups,
    read_terms,
)
from kg.resources import data_path
from kg.terms import EntityKind

ENTRIES = tuple(read_entries())
SLUGS = {entry.slug for entry in ENTRIES}
STATES = {entry.slug for entry in ENTRIES if entry.kind is EntityKind.STATE}
TERMS = read_terms(data_path("knowledge", "terms.tsv"))
SHARED_OFFICES = {office.name for office in read_offices() if office.is_shared}
SORTED = (
    "agreements.tsv",
    "countries.tsv",
    "groups.tsv",
    "persons.tsv",
    "regions.tsv",
    "sites.tsv",
)


def _terms() -> list[Term]:
    return [term for terms in TERMS.values() for term in terms]


@pytest.mark.parametrize("name", SORTED)
def test_tables_are_sorted_by_id(name: str) -> None:
    lines = data_path("knowledge", name).read_text(encoding="utf-8").splitlines()[1:]
    ids = [line.split("\t")[0] for line in lines]
    assert ids == sorted(ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", sorted(data_path("knowledge").glob("*.tsv")), ids=lambda p: p.name)
def test_every_table_is_in_the_card(path: Path) -> None:
    card = data_path("knowledge", "README.md").read_text(encoding="utf-8")
    assert f"`{path.name}`" in card
    header = path.read_text(encoding="utf-8").partition("\n")[0].split("\t")
    if path.name not in {"cities.tsv", "city_names.tsv"}:
        assert all(f"`{column}`" in card for column in header)


def test_no_slug_and_no_id_twice() -> None:
    assert [slug for slug, count in Counter(e.slug for e in ENTRIES).items() if count > 1] == []
    assert [id_ for id_, count in Counter(e.id for e in ENTRIES).items() if count > 1] == []


def test_countries_parents_backers_and_bodies_exist() -> None:
    assert {e.country for e in ENTRIES if e.country} <= STATES
    assert {e.parent for e in ENTRIES if e.parent} <= SLUGS
    assert {backer for e in ENTRIES for backer in e.backers} <= SLUGS
    assert {term.body for term in _terms()} <= SLUGS
    assert set(TERMS) <= {e.slug for e in ENTRIES if e.kind is EntityKind.PERSON}
    assert {term.office for term in _terms()} <= {office.name for office in read_offices()}


def test_parents_form_no_circle() -> None:
    parent_by_slug = {entry.slug: entry.parent for entry in ENTRIES}
    for slug in parent_by_slug:
        seen = [slug]
        while (parent := parent_by_slug[seen[-1]]) is not None:
            assert parent not in seen, seen
            seen.append(parent)


def test_an_office_has_one_holder_a_day() -> None:
    by_office = defaultdict(list)
    for term in _terms():
        if term.office not in SHARED_OFFICES and term.first:
            by_office[(term.body, term.office)].append(term)
    for office, terms in sorted(by_office.items()):
        ordered = sorted(terms, key=lambda term: (term.first, term.person))
        for before, after in pairwise(ordered):
            assert before.last is not None, (office, before.person, after.person)
            assert after.first is not None
            assert before.last < after.first, (office, before.person, after.person)


def test_a_body_has_one_leader_a_day() -> None:
    by_body = defaultdict(list)
    for term in _terms():
        if term.leads and term.first:
            by_body[term.body].append(term)
    for body, terms in sorted(by_body.items()):
        ordered = sorted(terms, key=lambda term: (term.first, term.person))
        for before, after in pairwise(ordered):
            overlap = before.last is None or (after.first and after.first <= before.last)
            assert before.person == after.person or not overlap, (body, before, after)


def test_coordinates_are_on_the_globe() -> None:
    for entry in ENTRIES:
        assert (entry.lat is None) == (entry.lon is None), entry.slug
        if entry.lat is not None and entry.lon is not None:
            assert -90 <= entry.lat <= 90, entry.slug
            assert -180 <= entry.lon <= 180, entry.slug


def test_shared_names_are_known_and_weak() -> None:
    """Two entries under one strong name make the name ambiguous; each such pair is listed."""
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in ENTRIES:
        for name in (entry.name, *entry.aliases, *entry.adjectives, *entry.nouns):
            owners[name_key(name)].add(entry.slug)
    card = data_path("knowledge", "README.md").read_text(encoding="utf-8")
    shared = sorted(key for key, slugs in owners.items() if len(slugs) > 1)
    assert [key for key in shared if f"`{key}`" not in card] == []


def test_coverage() -> None:
    kinds = Counter(entry.kind for entry in ENTRIES)
    assert kinds[EntityKind.STATE] >= 249
    assert kinds[EntityKind.ARMED_GROUP] >= 600
    assert kinds[EntityKind.PERSON] >= 2000
    assert len(_terms()) >= 2000
    assert len({term.body for term in _terms()} & STATES) >= 160
    ministers = {
        office: {term.body for term in _terms() if term.office == office} & STATES
        for office in ("foreign minister", "defense minister")
    }
    assert len(ministers["foreign minister"] & ministers["defense minister"]) >= 60
    assert len(load_actor_nouns()) >= 2000


def test_lexicon_tables_load() -> None:
    assert load_actor_nouns()["oil field"].kind is EntityKind.FACILITY
    assert load_actor_nouns()["fighter"].plural_kind is EntityKind.ARMED_GROUP
    assert ("rebel", EntityKind.PERSON) in load_modifiers()
    assert load_bonds()["backed"] == "backer"


def test_alpha2_codes_are_distinct() -> None:
    codes = [entry.alpha2 for entry in read_countries(data_path("knowledge", "countries.tsv"))]
    assert len(codes) == len(set(codes))
    assert all(code and len(code) == 2 for code in codes)


def test_later_entries_replace_earlier_ones() -> None:
    first = Entry(id="kg:front", slug="front", name="Front", kind=EntityKind.PARTY)
    second = Entry(id="kg:front", slug="front", name="Front", kind=EntityKind.ARMED_GROUP)
    knowledge = build_knowledge([first, second])
    assert knowledge.entry_by_slug["front"] is second
    assert len(knowledge.spellings_by_key["front"]) == 1


def _write(path: Path, columns: tuple[str, ...], *cells: str) -> Path:
    path.write_text("\t".join(columns) + "\n" + "\t".join(cells) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (("Front", "Front", "party"), "id 'Front' is not lower-case words"),
        (("front", "Front", "partie"), "Did you mean 'party'"),
        (("front", "Front", "party", "", "GOVT"), "'GOVT' is no PLOVER sector"),
        (("front", "Front", "party", "", "", "30"), "'30' is no Wikidata id"),
    ],
)
def test_bad_groups_are_refused(tmp_path: Path, cells: tuple[str, ...], message: str) -> None:
    path = _write(tmp_path / "groups.tsv", GROUP_COLUMNS, *cells)
    with pytest.raises(ResourceError, match=rf"groups\.tsv:2: .*{message}"):
        list(read_groups(path))


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        ("2021-13", "", "'2021-13' is no date"),
        ("soon", "", "'soon' is no date"),
        ("2021-02-02", "2021-02-01", "the term ends before it begins"),
    ],
)
def test_bad_terms_are_refused(tmp_path: Path, first: str, last: str, message: str) -> None:
    cells = ("ann-lee", "president", "USA", "", first, last, "kg")
    path = _write(tmp_path / "terms.tsv", TERM_COLUMNS, *cells)
    with pytest.raises(ResourceError, match=rf"terms\.tsv:2: {message}"):
        read_terms(path)


def test_months_and_years_are_whole(tmp_path: Path) -> None:
    cells = ("ann-lee", "president", "USA", "yes", "2020-02", "2021", "kg")
    term = read_terms(_write(tmp_path / "terms.tsv", TERM_COLUMNS, *cells))["ann-lee"][0]
    assert (str(term.first), str(term.last)) == ("2020-02-01", "2021-12-31")


def test_columns_are_those_of_the_reader() -> None:
    header = data_path("knowledge", "persons.tsv").read_text(encoding="utf-8").partition("\n")[0]
    assert tuple(header.split("\t")) == PERSON_COLUMNS


@pytest.mark.parametrize("name", ["actor_bonds.tsv", "actor_modifiers.tsv", "actor_nouns.tsv"])
def test_actor_tables_are_sorted_and_in_their_card(name: str) -> None:
    lines = data_path("lexicon", name).read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[0] for line in lines[1:]] == sorted(
        line.split("\t")[0] for line in lines[1:]
    )
    card = data_path("lexicon", "README.md").read_text(encoding="utf-8")
    assert f"`{name}`" in card
    assert all(f"`{column}`" in card for column in lines[0].split("\t"))


def test_one_person_is_told_from_many() -> None:
    nouns = load_actor_nouns()
    assert [nouns[lemma].is_collective for lemma in ("child", "people", "troop")] == [
        False,
        True,
        True,
    ]
