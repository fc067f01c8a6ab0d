"""A file as a store: read whole, held in memory, written whole and at once.

``.trig`` and ``.nq`` hold everything. ``.ttl`` cannot hold named graphs, so it gets the merged
layer alone and cannot be added to. The bytes depend on the graph only: quads are sorted, and
blank nodes, if a foreign graph has any, get canonical names (RDFC-1.0, W3C 2024).
"""

import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from kg.errors import GraphError
from kg.namespaces import PREFIXES
from kg.store.embedded import MERGED, EmbeddedStore, one_line

FORMAT_BY_SUFFIX = {
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".ttl": ox.RdfFormat.TURTLE,
}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class FileStore(EmbeddedStore):
    """A store in a file, which changes at ``commit`` only."""

    def __init__(self, path: Path, quads: ox.Store, *, writable: bool) -> None:
        super().__init__(str(path), quads, writable=writable)
        self._path = path

    @classmethod
    def open(cls, path: Path, *, writable: bool, clear: bool = False) -> Self:
        """Read the file ``path``; when ``writable``, a missing file is an empty store.

        Raises:
            GraphError: The file is missing, is no graph, or could not be written later.
        """
        quads = ox.Store()
        if path.is_dir():
            raise GraphError(f"{path}: a folder with the name of a file. Name a file or a store.")
        if writable:
            _check_writable(path)
        if path.exists():
            if not clear:
                _refuse_additions(path, writable=writable)
                _load(quads, path)
        elif not writable:
            raise GraphError(f"{path}: no such graph. Build it first with 'kg build'.")
        if not writable and next(iter(quads), None) is None:
            raise GraphError(f"{path}: an empty file, not a graph. Build it with 'kg build'.")
        return cls(path, quads, writable=writable)

    def commit(self) -> None:
        """Write the file, whole and at once."""
        if self.writable:
            content = to_bytes(self.quads, FORMAT_BY_SUFFIX[self._path.suffix.lower()])
            write_whole(self._path, content)


def to_bytes(quads: Iterable[ox.Quad], file_format: ox.RdfFormat) -> bytes:
    """Return the graph as text in UTF-8, the same bytes for the same graph.

    Graphs come sorted by name, subjects by IRI, ``rdf:type`` before other predicates. Turtle gets
    the merged layer alone.
    """
    if file_format == ox.RdfFormat.TURTLE:
        quads = [
            ox.Quad(quad.subject, quad.predicate, quad.object)
            for quad in quads
            if quad.graph_name == MERGED
        ]
    else:
        quads = list(quads)
    if any(_has_blank_node(quad) for quad in quads):
        dataset = ox.Dataset(quads)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        quads = list(dataset)
    ordered = sorted(quads, key=_order)
    content = io.BytesIO()
    ox.serialize(ordered, content, file_format, prefixes=PREFIXES)
    return content.getvalue()


def _has_blank_node(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _order(quad: ox.Quad) -> tuple[str, str, str, str]:
    predicate = quad.predicate.value
    return (
        str(quad.graph_name),
        str(quad.subject),
        "" if predicate == _TYPE else predicate,
        str(quad.object),
    )


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a crash, sees the old content or the new, never a part.

    Raises:
        GraphError: It cannot be written; then the old content is untouched.
    """
    target = path.resolve()  # a link stays a link
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        temporary.unlink(missing_ok=True)  # left by a killed process of the same number
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise GraphError(
            f"{path}: cannot write ({one_line(error)}). Check space and permissions."
        ) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _check_writable(path: Path) -> None:
    """Find out before hours of work whether the result can be written."""
    folder = path.resolve().parent
    if not folder.is_dir():
        raise GraphError(f"{path}: cannot write, since {folder} is no folder. Make it first.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise GraphError(f"{path}: cannot write in {folder}. Choose another place.")


def _refuse_additions(path: Path, *, writable: bool) -> None:
    if writable and path.suffix.lower() == ".ttl":
        raise GraphError(
            f"{path}: Turtle holds the merged facts without the articles they come from, so "
            "nothing can be added to it. Build into a .trig file, or remove this one first."
        )


def _load(quads: ox.Store, path: Path) -> None:
    file_format = FORMAT_BY_SUFFIX[path.suffix.lower()]
    try:
        with path.open("rb") as file:
            quads.bulk_load(file, file_format)
    except SyntaxError as error:
        raise GraphError(
            f"{path}:{error.lineno or 1}: not a graph in {file_format.name} "
            f"({one_line(error.msg)}). Name a graph made by 'kg build'."
        ) from error
    except (OSError, ValueError) as error:
        raise GraphError(f"{path}: cannot be read ({one_line(error)}). Check the file.") from error
    _move_default_graph(quads)


def _move_default_graph(quads: ox.Store) -> None:
    """Take triples outside any named graph, all of them in Turtle, as the merged layer."""
    outside = ox.DefaultGraph()
    triples = list(quads.quads_for_pattern(None, None, None, outside))
    if triples:
        quads.extend(ox.Quad(item.subject, item.predicate, item.object, MERGED) for item in triples)
        quads.clear_graph(outside)
