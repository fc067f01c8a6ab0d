from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.resources import data_path
from kg.terms import EntityKind, Status
from kg.view.styles import load_styles

SHIPPED = data_path("view", "styles.toml")


def luminance(color: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_kind_has_a_group_and_every_status_a_style() -> None:
    styles = load_styles()
    assert all(kind in styles.group_of(kind).kinds for kind in EntityKind)
    assert all(styles.status(status).id == status for status in Status)


def test_only_what_happened_is_drawn_solid() -> None:
    drawn = {status.id: status.drawn for status in load_styles().statuses}
    assert drawn == {
        "actual": "solid",
        "historical": "dotted",
        "future": "dashed",
        "hypothetical": "dashed",
        "negated": "dashed",
    }


def test_an_unknown_status_is_never_drawn_as_accomplished() -> None:
    assert load_styles().status("rumoured").drawn == "dashed"


def test_lines_stand_out_from_white() -> None:
    for quad in load_styles().quads:
        assert 1.05 / (luminance(quad.color) + 0.05) >= 3.0, quad


def test_names_of_countries_can_be_read() -> None:
    colors = load_styles().map
    for ground in (colors.land, colors.sea):
        assert (luminance(ground) + 0.05) / (luminance(colors.name) + 0.05) >= 4.0, ground


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"person"', '"persona"', "kinds person, persona should have exactly one style"),
        ('id = "future"', 'id = "actual"', "status future should have exactly one style"),
        ("tint =", "hue =", "a table or key is missing or unknown"),
        ("sea =", "ocean =", "a table or key is missing or unknown"),
        ("[[relation]]", "[[relations]]", "a table or key is missing or unknown"),
    ],
)
def test_a_fault_in_the_styles_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "styles.toml"
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ResourceError, match=message):
        load_styles(path)
