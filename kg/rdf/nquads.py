"""Write quads as N-Quads, one line each: the format in which stores take them fastest."""

from collections.abc import Iterable, Iterator

from rdflib import XSD, Literal

from kg.namespaces import Quad

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def quad_lines(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield each quad as a line of N-Quads with its line end, in the order given.

    rdflib's own ``n3()`` is Turtle and breaks texts of several lines.
    """
    for subject, predicate, obj, graph in quads:
        written = _literal(obj) if isinstance(obj, Literal) else f"<{obj}>"
        yield f"<{subject}> <{predicate}> {written} <{graph}> .\n"


def _literal(value: Literal) -> str:
    quoted = f'"{value.translate(_ESCAPES)}"'
    if value.language:
        return f"{quoted}@{value.language}"
    if value.datatype is None or value.datatype == XSD.string:
        return quoted
    return f"{quoted}^^<{value.datatype}>"
