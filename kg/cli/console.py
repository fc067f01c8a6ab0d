"""What every command shares: how it speaks, how it ends, and how it writes a file.

Data goes to standard output; progress, notes and problems go to standard error. Progress is
shown on a terminal only.
"""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from kg.errors import InputError, KgError

if TYPE_CHECKING:
    from rich.progress import Progress

Step = Callable[[str], None]


class Console:
    """The voice of one run of a command.

    Attributes:
        failed: Whether something went wrong that the exit status must tell.
    """

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self.failed = False
        self.verbose = verbose
        self._quiet = quiet
        self._progress: Progress | None = None

    def problem(self, message: object, *, failed: bool = True) -> None:
        """Tell what went wrong without ending the command; ``failed`` turns the exit status."""
        self.failed = self.failed or failed
        self._say(str(message))

    def note(self, message: str) -> None:
        """Say what a user may want to know, unless asked to be quiet."""
        if not self._quiet:
            self._say(message)

    def detail(self, message: str) -> None:
        """Say what only a user who asks for it wants to know."""
        if self.verbose:
            self._say(message)

    def show(self, text: str) -> None:
        """Print a result that is for people, unless asked to be quiet."""
        if not self._quiet:
            click.echo(text)

    def _say(self, message: str) -> None:
        if self._progress is None:
            click.echo(message, err=True)
        else:
            self._progress.console.print(message, markup=False, highlight=False, soft_wrap=True)

    @contextmanager
    def progress(self, what: str) -> Iterator[Step]:
        """Show that work goes on; the function given steps by one and says where it stands."""
        if self._quiet or not sys.stderr.isatty():
            yield lambda _: None
            return
        from rich import console, progress

        bar = progress.Progress(
            progress.SpinnerColumn(),
            progress.TextColumn("{task.description} {task.completed}"),
            progress.TimeElapsedColumn(),
            progress.TextColumn("{task.fields[at]}", markup=False),
            console=console.Console(stderr=True),
            transient=True,
        )
        task = bar.add_task(what, total=None, at="")
        self._progress = bar
        try:
            with bar:
                yield lambda at: bar.update(task, advance=1, at=at[:50])
        finally:
            self._progress = None


def shared(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options of every command, and turn errors into a message and an exit status.

    The command gets a ``Console`` as its first argument.
    """

    @click.option("-v", "--verbose", is_flag=True, help="Say more; show where an error arose.")
    @click.option("--quiet", is_flag=True, help="No progress and no summary; problems are told.")
    @wraps(function)
    def command(*, quiet: bool, verbose: bool, **arguments: Any) -> None:
        console = Console(quiet=quiet, verbose=verbose)
        try:
            function(console, **arguments)
        except KgError as error:
            _end(console, f"Error: {error}")
        except BrokenPipeError:
            raise  # click ends quietly when the reader of a pipe goes away
        except OSError as error:
            where = error.filename or "input or output"
            _end(console, f"Error: {where}: {error.strerror or error}.")
        except Exception as error:  # a user must never meet a traceback unasked
            if isinstance(error, click.ClickException | click.exceptions.Exit | click.Abort):
                raise
            what = " ".join(str(error).split()) or "no message"
            _end(
                console,
                f"Error: internal fault ({type(error).__name__}: {what}). "
                "Please report it with the output of the same command with -v.",
            )
        if console.failed:
            click.get_current_context().exit(1)

    return command


def _end(console: Console, message: str) -> None:
    if console.verbose:
        click.echo(traceback.format_exc(), err=True, nl=False)
    click.echo(message, err=True)
    click.get_current_context().exit(1)


@contextmanager
def written(path: str, *, binary: bool = False) -> Iterator[IO[Any]]:
    """Open ``path`` for writing so that it is whole or untouched; ``-`` is standard output.

    Raises:
        InputError: The folder is missing, or nothing may be written there.
    """
    if path == "-":
        stream = sys.stdout.buffer if binary else sys.stdout
        yield stream
        stream.flush()
        return
    target = Path(path).resolve()
    check_writable(target)
    mode, encoding = ("wb", None) if binary else ("w", "utf-8")
    if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
        with target.open(mode, encoding=encoding) as file:
            yield file
        return
    with tempfile.NamedTemporaryFile(
        mode, encoding=encoding, dir=target.parent, prefix=f".{target.name}.", delete=False
    ) as file:
        temporary = Path(file.name)
        try:
            yield file
            file.flush()
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)


def check_writable(target: Path) -> None:
    """Refuse an output before the work begins, not after it.

    Raises:
        InputError: It is a folder, its folder is missing, or nothing may be written there.
    """
    folder = target.parent
    if target.is_dir():
        raise InputError(f"{target}: is a folder. Give the name of a file.")
    if not folder.is_dir():
        raise InputError(f"{target}: there is no folder {folder}. Make it, or write elsewhere.")
    if not os.access(target if target.exists() else folder, os.W_OK):
        raise InputError(f"{target}: cannot be written. Change its rights, or write elsewhere.")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def aligned(rows: Iterable[Sequence[object]], *, right: Sequence[int] = ()) -> str:
    """Return rows as lines with aligned columns, those numbered in ``right`` to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = (
        "  ".join(
            cell.rjust(width) if index in right else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    )
    return "\n".join(line.rstrip() for line in lines)


def counted(count: int, noun: str) -> str:
    """Return a number with its noun, as ``1 event`` or ``2,000 events``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
