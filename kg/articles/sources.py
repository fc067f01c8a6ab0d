"""Find the files that an input names and read them, plain or compressed, within bounds.

Nothing here knows what an article is. All limits stand at the top, with what they guard against.
"""

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol, cast

from kg.articles.cleaning import clean_text
from kg.errors import InputError

MAX_LINE_BYTES = 8_000_000
"""Longest line of a .jsonl or .csv file; a longer one is not an article."""

MAX_FILE_BYTES = 32_000_000
"""Largest .txt or .html file; the whole file is one article."""

MAX_JSON_BYTES = 512_000_000
"""Largest .json file, which is held in memory as a whole; .jsonl is not."""

MAX_RATIO = 200
"""Most bytes that one compressed byte may hold; news text gives 3 to 10."""

_RATIO_FLOOR = 16_000_000  # Small files may be as repetitive as they like.
_KINDS = {".txt": "txt", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json"}
_KINDS |= {".csv": "csv", ".html": "html", ".htm": "html"}
KINDS = ("txt", "jsonl", "json", "csv", "html")
SUFFIXES = "txt, .jsonl, .json, .csv or .html, each also .gz"


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file of articles.

    Attributes:
        path: None for standard input.
        kind: One of ``KINDS``; None when the content decides.
        name: How messages call it.
    """

    path: Path | None
    kind: str | None
    name: str

    @property
    def stem(self) -> str:
        """The file name without its suffixes, which names the article of a .txt or .html file."""
        if self.path is None:
            return "stdin"
        # A file name need not be text; what is not is replaced.
        name = clean_text(self.path.name.removesuffix(".gz"))
        return name.rpartition(".")[0] or name


def find_sources(given: str | Path, *, stdin_kind: str | None = None) -> list[Source]:
    """Return the files that one input names, those of a folder sorted and with its subfolders.

    In a folder, hidden files and files of other kinds are passed over.

    Args:
        given: A file, a folder, or ``-`` for standard input.
        stdin_kind: One of ``KINDS`` for what standard input holds; None lets the content decide.

    Raises:
        InputError: It does not exist, holds no article file, or is of an unknown kind.
    """
    if str(given) == "-":
        return [Source(path=None, kind=stdin_kind, name="standard input")]
    path = Path(given)
    if path.is_dir():
        found = [
            Source(path=file, kind=kind, name=str(file))
            for file in sorted(path.rglob("*"))
            if (kind := _kind(file)) and file.is_file() and not _is_hidden(file, path)
        ]
        if not found:
            raise InputError(f"{path}: no articles in this folder. Put .{SUFFIXES} files there.")
        return found
    if not path.exists():
        raise InputError(f"{path}: no such file or folder. Check the path.")
    kind = _kind(path)
    if kind is None:
        raise InputError(f"{path}: not a kind of file that is read. Give .{SUFFIXES}.")
    return [Source(path=path, kind=kind, name=str(path))]


def _kind(path: Path) -> str | None:
    name = path.name.lower().removesuffix(".gz")
    return _KINDS.get(Path(name).suffix)


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


class ByteStream(Protocol):
    """What is read here: a buffered stream of bytes."""

    def peek(self, size: int = ..., /) -> bytes:
        """Return the bytes that come next without taking them."""
        ...

    def read(self, size: int = ..., /) -> bytes:
        """Take up to ``size`` bytes."""
        ...

    def readline(self, size: int | None = ..., /) -> bytes:
        """Take a line, or the first ``size`` bytes of it."""
        ...


@contextmanager
def open_source(source: Source) -> Iterator[ByteStream]:
    """Open a source for reading bytes; compressed content is recognised by its first bytes.

    Raises:
        InputError: The file cannot be opened or read, is damaged, or swells beyond ``MAX_RATIO``.
    """
    try:
        if source.path is None:
            yield _plain(sys.stdin.buffer)
        else:
            with source.path.open("rb") as file:
                yield _plain(file)
    except OSError as error:  # gzip.BadGzipFile is one, too
        what = error.strerror or str(error)
        raise InputError(f"{source.name}: cannot be read ({what}). Mend the file.") from error
    except (EOFError, zlib.error) as error:
        raise InputError(f"{source.name}: damaged gzip file ({error}). Fetch it again.") from error
    except _BombError as error:
        raise InputError(
            f"{source.name}: swells to more than {MAX_RATIO} times its size when unpacked. "
            "Unpack and check it by hand."
        ) from error


def in_memory(content: bytes) -> ByteStream:
    """Return a stream of bytes that are already read."""
    return io.BufferedReader(io.BytesIO(content))


def _plain(file: IO[bytes]) -> ByteStream:
    reader = file if hasattr(file, "peek") else io.BufferedReader(_Counted(file))
    if reader.peek(2)[:2] != b"\x1f\x8b":
        return cast("ByteStream", reader)
    packed = _Counted(reader)
    unpacked = gzip.GzipFile(fileobj=cast("IO[bytes]", packed))
    return io.BufferedReader(_Unpacked(unpacked, packed))


class _BombError(Exception):
    """A compressed file holds more than any article could."""


class _Counted(io.RawIOBase):
    """Bytes of another stream, counted; also makes a reader of any object with ``read``."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Unpacked(io.RawIOBase):
    """The content of a gzip file, refused when it grows out of proportion."""

    def __init__(self, file: gzip.GzipFile, packed: _Counted) -> None:
        self._file = file
        self._packed = packed
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self._file.read1(len(buffer))
        buffer[: len(data)] = data
        self._count += len(data)
        if self._count > max(_RATIO_FLOOR, MAX_RATIO * self._packed.count):
            raise _BombError
        return len(data)


def read_whole(stream: ByteStream, *, limit: int, name: str) -> bytes:
    """Return all that ``stream`` holds.

    Raises:
        InputError: It holds more than ``limit`` bytes.
    """
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise InputError(f"{name}: more than {limit // 1_000_000} MB. Split it into articles.")
    return content


@dataclass(frozen=True, kw_only=True)
class LongLine:
    """A line that was passed over because it is longer than ``MAX_LINE_BYTES``."""

    byte_count: int


def read_lines(stream: ByteStream) -> Iterator[tuple[int, bytes | LongLine]]:
    """Yield lines with their numbers, counted from 1; memory stays bounded by the line limit."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) <= MAX_LINE_BYTES or line.endswith(b"\n"):
            yield number, line
            continue
        byte_count = len(line)
        while rest := stream.readline(1_000_000):
            byte_count += len(rest)
            if rest.endswith(b"\n"):
                break
        yield number, LongLine(byte_count=byte_count)
