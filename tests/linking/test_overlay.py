"""Tables of one's own add to the shipped knowledge and correct it; bad rows are told by line."""

from datetime import date
from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.linking import load_resolver
from kg.linking.tables import GROUP_COLUMNS, PERSON_COLUMNS, PLACE_COLUMNS, TERM_COLUMNS

FRONT = "blorkistan-front\tBlorkistan Front\tarmed_group\tIRQ\t\t\tBF\t\tIRN\tours"


def _write(path: Path, columns: tuple[str, ...], *rows: str, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(("\t".join(columns), *rows)) + "\n", encoding=encoding)
    return path


def test_a_file_adds_and_replaces_whatever_its_name(tmp_path: Path) -> None:
    party = "kataib-hezbollah\tKataib Hezbollah\tparty\tIRQ\tPTY\t\t\t\t\tours"
    resolver = load_resolver(_write(tmp_path / "mine.tsv", GROUP_COLUMNS, FRONT, party))
    assert resolver.resolve("Blorkistan Front").id == "kg:blorkistan-front"
    assert resolver.resolve("Kataib Hezbollah").kind == "party"
    assert load_resolver().resolve("Kataib Hezbollah").kind == "armed_group"


def test_spreadsheets_may_begin_a_file_with_a_mark(tmp_path: Path) -> None:
    overlay = _write(tmp_path / "groups.tsv", GROUP_COLUMNS, FRONT, encoding="utf-8-sig")
    assert load_resolver(overlay).resolve("Blorkistan Front").id == "kg:blorkistan-front"


def test_a_folder_holds_any_of_the_tables(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    _write(folder / "groups.tsv", GROUP_COLUMNS, FRONT)
    _write(folder / "persons.tsv", PERSON_COLUMNS, "ann-brindle\tAnn Brindle\tFRA\tGOV")
    _write(
        folder / "terms.tsv",
        TERM_COLUMNS,
        "ann-brindle\tprime minister\tFRA\tyes\t2030\t2031\tours",
        "ann-brindle\tleader\tblorkistan-front\tyes\t2032\t\tours",
        "emmanuel-macron\tpresident\tFRA\tyes\t2017-05-14\t2029\tours",
    )
    place = "zorv\tZorv\tplace\tIRQ\tsettlement\t33.5\t44.5"
    _write(folder / "regions.tsv", PLACE_COLUMNS, place)
    _write(folder / "sites.tsv", PLACE_COLUMNS, "zorv-base\tZorv Air Base\tfacility\tIRQ")
    (folder / "notes.txt").write_text("no table", encoding="utf-8")
    resolver = load_resolver(folder)

    def found(name: str, year: int) -> str:
        return resolver.lookup([name], day=date(year, 6, 1))[0].label

    assert found("the French prime minister", 2030) == "Ann Brindle"
    assert found("the leader of Blorkistan Front", 2033) == "Ann Brindle"
    assert found("the French president", 2029) == "Emmanuel Macron"
    assert found("the French president", 2030) == "French president"
    assert (resolver.resolve("Zorv").lat, resolver.resolve("Zorv").lon) == (33.5, 44.5)
    assert resolver.resolve("Zorv Air Base").kind == "facility"


def test_a_person_that_is_corrected_keeps_the_terms(tmp_path: Path) -> None:
    row = "emmanuel-macron\tE. Macron\tFRA\tGOV"
    resolver = load_resolver(_write(tmp_path / "persons.tsv", PERSON_COLUMNS, row))
    assert resolver.lookup(["the French president"], day=date(2020, 1, 1))[0].label == "E. Macron"


@pytest.mark.parametrize(
    ("name", "columns", "rows", "message"),
    [
        ("groups.tsv", GROUP_COLUMNS, ["front\tFront\tarmed_grop"], ":2: .*'armed_group'?"),
        ("groups.tsv", GROUP_COLUMNS, ["front\tFront\tparty\tIraq"], ":2: country 'Iraq' is no"),
        ("groups.tsv", GROUP_COLUMNS, [FRONT, FRONT], ":3: id 'blorkistan-front' stands in line 2"),
        (
            "groups.tsv",
            GROUP_COLUMNS,
            ["front\tFront\tparty\tIRQ\t\t\t\tgang"],
            ":2: parent 'gang' is",
        ),
        (
            "groups.tsv",
            GROUP_COLUMNS,
            ["front\tFront\tparty\tIRQ\t\t\t\t\tIRN|gang"],
            ":2: backers 'gang' is",
        ),
        ("terms.tsv", TERM_COLUMNS, ["nobody-known\tpresident\tFRA"], ":2: person 'nobody-known'"),
        ("terms.tsv", TERM_COLUMNS, ["joe-biden\tbaker\tUSA"], ":2: office 'baker' is no office"),
        ("terms.tsv", TERM_COLUMNS, ["joe-biden\tpresident\tNowhere"], ":2: of 'Nowhere' is"),
        (
            "sites.tsv",
            PLACE_COLUMNS,
            ["z\tZ\tfacility\tIRQ\tsite\tnorth\t1"],
            ":2: 'north' is no coord",
        ),
        ("sites.tsv", PLACE_COLUMNS, ["z\tZ\tfacility\tIRQ\t\t91\t1"], ":2: '91' is no coordinate"),
        ("sites.tsv", PLACE_COLUMNS, ["z\tZ\tfacility\tIRQ\tspot"], ":2: 'spot' is no precision"),
        ("mine.tsv", ("id", "name"), [], ":1: columns are id, name. Take the columns of groups"),
        ("groups.tsv", ("id", "name"), [], ":1: columns are id, name. Expected id, name, kind"),
    ],
)
def test_bad_rows_are_told_in_one_line(
    tmp_path: Path, name: str, columns: tuple[str, ...], rows: list[str], message: str
) -> None:
    overlay = _write(tmp_path / name, columns, *rows)
    with pytest.raises(ResourceError, match=message) as caught:
        load_resolver(overlay)
    assert str(caught.value).startswith(f"{overlay}:")
    assert "\n" not in str(caught.value)


def test_what_is_no_overlay_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="holds none of groups"):
        load_resolver(tmp_path)
    with pytest.raises(ResourceError, match="no such file or folder"):
        load_resolver(tmp_path / "nowhere")
    latin = tmp_path / "groups.tsv"
    latin.write_bytes("id\tname\n\xe9".encode("latin-1"))
    with pytest.raises(ResourceError, match="is not UTF-8"):
        load_resolver(latin)
