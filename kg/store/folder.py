"""A folder as a store: Oxigraph's on-disk database (RocksDB), durable after every article."""

import fcntl
import os
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from kg.errors import GraphError
from kg.store.embedded import EmbeddedStore, one_line

_LOCK = "kg.lock"
_DATABASE = "CURRENT"  # the file that every RocksDB database has


class FolderStore(EmbeddedStore):
    """A store in a folder of its own; one writer or any number of readers at a time.

    Oxigraph calls reading beside a writer undefined and does not prevent it, so an advisory lock
    on the file ``kg.lock`` does.
    """

    def __init__(self, location: str, quads: ox.Store, *, writable: bool, lock: int | None) -> None:
        super().__init__(location, quads, writable=writable)
        self._lock = lock

    @classmethod
    def open(cls, path: Path, *, writable: bool, clear: bool = False) -> Self:
        """Open the store in the folder ``path``, making it when ``writable`` and absent.

        Raises:
            GraphError: The folder is missing, holds something else, is in use or damaged, or
                cannot be written.
        """
        location = str(path)
        if not path.is_dir() and not writable:
            raise GraphError(f"{location}: no such graph. Build it first with 'kg build'.")
        is_store = (path / _DATABASE).is_file()
        if path.is_dir() and not is_store and (not writable or _has_files(path)):
            raise GraphError(
                f"{location}: a folder, but no graph store. Name a graph, or a new or empty folder."
            )
        lock = None
        try:
            if writable:
                path.mkdir(parents=True, exist_ok=True)
            lock = _lock(path, exclusive=writable)
            quads = ox.Store(location) if writable else ox.Store.read_only(location)
        except BlockingIOError as error:
            raise _in_use(location) from error
        except OSError as error:
            if lock is not None:
                os.close(lock)
            if "lock" in str(error).lower():  # a program other than kg has it open
                raise _in_use(location) from error
            raise GraphError(
                f"{location}: the store cannot be opened ({one_line(error)}). "
                "Check permissions, or build it anew in another folder."
            ) from error
        if clear:
            quads.clear()
        return cls(location, quads, writable=writable, lock=lock)

    def close(self) -> None:
        """Let go of the database and of the lock on the folder."""
        super().close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def commit(self) -> None:
        """Flush what the transactions wrote."""
        if self.writable:
            self.quads.flush()


def _has_files(path: Path) -> bool:
    return any(entry.name != _LOCK for entry in path.iterdir())


def _lock(path: Path, *, exclusive: bool) -> int | None:
    """Lock the folder; None where a reader may not even make the lock file.

    Raises:
        BlockingIOError: Another process, or another store of this one, holds it.
    """
    flags = os.O_RDWR | os.O_CREAT if exclusive else os.O_RDONLY | os.O_CREAT
    try:
        descriptor = os.open(path / _LOCK, flags, 0o666)
    except OSError:
        if exclusive:
            raise
        return None
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _in_use(location: str) -> GraphError:
    return GraphError(
        f"{location}: another process has this store open. Wait until it ends, or close it."
    )
