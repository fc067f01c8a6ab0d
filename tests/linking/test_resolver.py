"""What names and descriptions resolve to, in a table that an analyst can read and extend."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from kg.linking import Hint, Resolver, load_resolver
from kg.records import Link
from kg.resources import read_tsv

CASES = Path(__file__).with_name("cases.tsv")
PAIRS = Path(__file__).with_name("pairs.tsv")
COLUMNS = (
    *("text", "how", "day", "label", "countries"),
    *("id", "kind", "country", "sector", "fails"),
)
PAIR_COLUMNS = ("pair", *COLUMNS)


@pytest.fixture(scope="session")
def resolver() -> Resolver:
    return load_resolver()


def _pairs() -> dict[str, list[Mapping[str, str]]]:
    pairs: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for _, row in read_tsv(PAIRS, PAIR_COLUMNS):
        pairs[row["pair"]].append(row)
    return pairs


def _known_failure(reason: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(strict=True, reason=reason)] if reason else []


def _cases() -> list[object]:
    return [
        pytest.param(row, id=f"{number}-{row['text']}", marks=_known_failure(row["fails"]))
        for number, row in read_tsv(CASES, COLUMNS)
    ]


def _pair_cases() -> list[object]:
    return [
        pytest.param(
            rows, id=pair, marks=_known_failure("; ".join(filter(None, (r["fails"] for r in rows))))
        )
        for pair, rows in _pairs().items()
    ]


def _resolve(resolver: Resolver, row: Mapping[str, str]) -> Link:
    day = date.fromisoformat(row["day"]) if row["day"] else None
    if row["how"] == "phrase":
        return resolver.lookup([row["text"]], day=day)[0]
    countries = tuple(filter(None, row["countries"].split(",")))
    hint = Hint(label=row["label"] or None, countries=countries, is_actor=row["how"] == "actor")
    return resolver.resolve(row["text"], day=day, hint=hint)


def _check(resolver: Resolver, row: Mapping[str, str]) -> None:
    """Compare what the row states; ``-`` is nothing, ``@slug`` the entry of a table."""
    link = _resolve(resolver, row)
    found = {"id": link.id, "kind": link.kind, "country": link.country, "sector": link.sector}
    wanted = {name: row[name] for name in found if row[name]}
    if wanted.get("id", "").startswith("@"):
        wanted["id"] = resolver.knowledge.entry_by_slug[wanted["id"][1:]].id
    assert {name: found[name] or "-" for name in wanted} == wanted, link


@pytest.mark.parametrize("row", _cases())
def test_table(resolver: Resolver, row: Mapping[str, str]) -> None:
    _check(resolver, row)


@pytest.mark.parametrize("rows", _pair_cases())
def test_pairs(resolver: Resolver, rows: list[Mapping[str, str]]) -> None:
    for row in rows:
        _check(resolver, row)


def test_tables_are_large_and_nearly_all_right() -> None:
    """What is marked as failing does fail, so that the marks tell the share."""
    cases = [row["fails"] for _, row in read_tsv(CASES, COLUMNS)]
    pairs = [any(row["fails"] for row in rows) for rows in _pairs().values()]
    assert len(cases) >= 500
    assert sum(not fails for fails in cases) / len(cases) >= 0.95
    assert len(pairs) >= 40
    assert sum(not fails for fails in pairs) / len(pairs) >= 0.9


def test_both_readings_of_a_pair_differ() -> None:
    for pair, rows in _pairs().items():
        answers = {(row["id"], row["kind"], row["country"]) for row in rows}
        assert len(answers) > 1, pair


def test_score_is_the_product_of_the_features(resolver: Resolver) -> None:
    link = resolver.resolve("President Biden", day=date(2021, 6, 28))
    product = 1.0
    for value in link.features.values():
        assert 0 <= value <= 1
        product *= value
    assert link.score == pytest.approx(product, abs=1e-4)


def test_role_is_the_office_on_the_day(resolver: Resolver) -> None:
    in_office = resolver.resolve("Nouri al-Maliki", day=date(2010, 1, 1))
    later = resolver.resolve("Nouri al-Maliki", day=date(2020, 1, 1))
    assert (in_office.role, later.role) == ("prime minister", None)


def test_backer_is_a_feature_and_gives_no_country(resolver: Resolver) -> None:
    link = resolver.lookup(["Iran-backed militias"])[0]
    assert link.country is None
    assert link.features["backer:IRN"] == 1.0


def test_nil_keeps_the_name_without_title(resolver: Resolver) -> None:
    link = resolver.resolve("Col. Wayne Moratto", hint=Hint(label="PERSON"))
    assert (link.id, link.label, link.score) == (None, "Wayne Moratto", 0.0)


def test_cities_come_with_coordinates_and_geonames_id(resolver: Resolver) -> None:
    link = resolver.resolve("Baghdad", hint=Hint(label="GPE"))
    assert link.geonames == "98182"
    assert link.lat == pytest.approx(33.3, abs=0.1)
    assert link.lon == pytest.approx(44.4, abs=0.1)


def test_lookup_keeps_the_order_and_the_names(resolver: Resolver) -> None:
    links = resolver.lookup(["Iraq", "nobody in particular", "Iraq"])
    assert [link.name for link in links] == ["Iraq", "nobody in particular", "Iraq"]


def test_lookup_takes_less_than_two_milliseconds(resolver: Resolver) -> None:
    names = sorted({name for name, _ in resolver.names()})[:2000]
    start = perf_counter()
    resolver.lookup(names)
    assert (perf_counter() - start) / len(names) < 0.002


def test_names_are_sorted_and_never_weak(resolver: Resolver) -> None:
    names = list(resolver.names())
    assert names == sorted(names)
    assert ("Kata'ib Hezbollah", "ORG") in names
    assert ("Iraqi", "NORP") in names
    assert "Senate" not in {name for name, _ in names}
