"""Documents are held to the code: what the README shows is what the commands print.

A block of the README marked ``console`` holds commands after ``$`` and, below each, its output.
They run in order in a folder that holds ``examples`` and their graph, ``graph.trig``, and
``tests/gold``.
``python -m tests.test_docs`` writes the output of today into the README, to be read before it is
committed.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click
import pytest

from kg.cli import main
from tests.conftest import RunCli
from tests.factory import ROOT

README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPEED = re.compile(r"^words/s .*$", re.MULTILINE)
MAKE = re.compile(r"^ {4}(make [a-z]+)$", re.MULTILINE)


def run(command: str, folder: Path) -> str:
    """Return what ``command`` prints to both streams, in ``folder``, with this Python's ``kg``."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path, "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    return result.stdout


def commands_of(block: str) -> list[str]:
    """Return the commands of a block; a quoted one may go on over indented lines."""
    return re.findall(r"^\$ (.*(?:\n {4}.*)*)", block, re.MULTILINE)


def rewritten(readme: str, folder: Path) -> str:
    """Return ``readme`` with the output that its commands have now."""
    for name in ("examples", "tests/gold"):
        shutil.copytree(ROOT / name, folder / name)
    run("kg build examples/articles -o graph.trig", folder)

    def block(match: re.Match[str]) -> str:
        shown = "".join(f"$ {command}\n{run(command, folder)}" for command in commands_of(match[1]))
        return f"```console\n{shown}```"

    return BLOCK.sub(block, readme)


@pytest.mark.model
@pytest.mark.slow
def test_the_readme_shows_what_the_commands_print(tmp_path: Path) -> None:
    readme = README.read_text(encoding="utf-8")
    assert BLOCK.search(readme), "the README shows no command"

    shown, printed = (SPEED.sub("words/s", text) for text in (readme, rewritten(readme, tmp_path)))
    assert printed == shown, "see what changed: python -m tests.test_docs && git diff README.md"


def test_the_readme_sets_up_with_two_commands() -> None:
    assert MAKE.findall(README.read_text(encoding="utf-8")) == ["make demo", "make test"]


@pytest.mark.parametrize("name", main.commands)
def test_the_readme_knows_every_command(name: str) -> None:
    assert f"kg {name}" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("document", sorted(ROOT.glob("*.md")), ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    local = [link for link in links if not link.startswith(("http://", "https://"))]
    assert [link for link in local if not (document.parent / link).exists()] == []


def examples(command: click.Command) -> list[str]:
    """Return the example lines of a command's help."""
    _, _, lines = (command.help or "").partition("Example")
    return re.findall(r"^\s*(kg .*)$", lines, re.MULTILINE)


@pytest.fixture(scope="module")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that help texts speak of."""
    folder = tmp_path_factory.mktemp("help")
    shutil.copytree(ROOT / "examples", folder / "examples")
    coded = '{"doc_id": "s", "text": "Mali", "actors": ["Mali"], "actor_codes": ["MLI"]}'
    (folder / "coded.jsonl").write_text(coded)
    run("kg extract examples/articles -o gold.jsonl", folder)
    run("kg build examples/articles -o graph.trig", folder)
    return folder


# Training takes an hour and needs more than a test has, so its examples are read but not run.
RUNNABLE = [
    (name, line)
    for name in main.commands
    if not name.startswith("train")
    for line in examples(main.commands[name])
]


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize(("name", "line"), RUNNABLE)
def test_the_example_of_a_help_text_runs(
    run_cli: RunCli, example_folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, line: str
) -> None:
    monkeypatch.chdir(example_folder)
    result = run_cli(*shlex.split(line)[1:])
    assert result.exit_code == 0, result.stderr


def main_write() -> None:
    """Write the output of today into the README."""
    with tempfile.TemporaryDirectory() as folder:
        README.write_text(
            rewritten(README.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8"
        )


if __name__ == "__main__":
    main_write()
