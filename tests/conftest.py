"""Fixtures that every test may use."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

RunCli = Callable[..., Result]


@pytest.fixture
def run_cli() -> RunCli:
    """Run ``kg`` with the arguments given, in this process; output and errors come apart."""

    def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
        from kg.cli import main

        return CliRunner().invoke(main, [str(part) for part in arguments], input=stdin)

    return run
