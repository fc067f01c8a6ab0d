"""Fixtures that every test may use."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from kg.merge.assemble import assemble
from kg.rdf.mapping import to_quads
from kg.store import open_store
from kg.terms import EntityKind
from tests.factory import make_entity, make_event, make_extraction, on_day

RunCli = Callable[..., Result]

# The same examples everywhere, however busy the machine is.
settings.register_profile("kg", deadline=None, derandomize=True)
settings.load_profile("kg")


@pytest.fixture
def run_cli() -> RunCli:
    """Run ``kg`` with the arguments given, in this process; output and errors come apart."""

    def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
        from kg.cli import main

        return CliRunner().invoke(main, [str(part) for part in arguments], input=stdin)

    return run


@pytest.fixture(scope="session")
def small_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of one article: on 2024-04-20, Militia attacked a base in Iraq."""
    text = "Militia attacked a base in Iraq on Saturday."
    extraction = make_extraction(
        text,
        entities=(
            make_entity("E1", "Militia", text=text),
            make_entity("E2", "base", EntityKind.FACILITY, text=text),
            make_entity("E3", "Iraq", EntityKind.STATE, text=text, country="IRQ"),
        ),
        events=(
            make_event(
                text=text,
                actors=("E1",),
                recipients=("E2",),
                places=("E3",),
                date=on_day("2024-04-20"),
                date_text="Saturday",
            ),
        ),
        publisher="The Paper",
    )
    path = tmp_path_factory.mktemp("graph") / "small.trig"
    with open_store(path, mode="write") as store:
        store.put_articles([to_quads(extraction)])
        store.replace_merged(assemble(store.read_articles()))
    return path
