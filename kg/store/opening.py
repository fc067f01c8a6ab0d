"""Find out from a location what kind of store it names, and open it."""

from pathlib import Path
from typing import Literal as Choice

from kg.errors import GraphError
from kg.store.contract import Store
from kg.store.endpoint import EndpointStore
from kg.store.files import FORMAT_BY_SUFFIX, FileStore
from kg.store.folder import FolderStore

Mode = Choice["read", "write", "create"]


def open_store(location: str | Path, *, mode: Mode = "read") -> Store:
    """Open the graph at ``location``.

    Args:
        location: A ``.trig``, ``.nq`` or ``.ttl`` file; a folder, which is an on-disk store; or
            the ``http://`` or ``https://`` URL of a SPARQL 1.1 endpoint, for reading only.
        mode: ``read`` what exists; ``write`` to add to it, making it when missing; ``create``
            to begin empty, in the place of what may be there.

    Raises:
        GraphError: The location is missing, of no known kind, no graph, in use by another
            process, or cannot be written.
    """
    text = str(location)
    writable = mode != "read"
    if text.startswith(("http://", "https://")):
        if writable:
            raise GraphError(
                f"{text}: endpoints are for reading only. Build into a file or folder."
            )
        return EndpointStore(text)
    path = Path(text)
    backend: type[FileStore | FolderStore]
    if path.suffix.lower() in FORMAT_BY_SUFFIX:
        backend = FileStore
    elif path.is_dir() or (not path.exists() and not path.suffix):
        backend = FolderStore
    else:
        allowed = ", ".join(sorted(FORMAT_BY_SUFFIX))
        raise GraphError(
            f"{text}: not the name of a graph. Use a {allowed} file, a folder, or the URL of an "
            "endpoint."
        )
    try:
        return backend.open(path, writable=writable, clear=mode == "create")
    except ValueError as error:  # a NUL character in the name
        raise GraphError(f"{text!r}: not a path ({error}). Name a file or folder.") from error
