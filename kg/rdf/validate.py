"""Check a graph against the shapes of the ontology, and against what shapes cannot say.

One named graph at a time: over the union of all graphs a node would be checked against what
several articles say of it. Shapes are SHACL (W3C 2017); two laws are checked in plain code: every
span reproduces its words, and every direct edge has a node that can be opened.
"""

from dataclasses import dataclass
from functools import cache

import pyshacl
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from kg.errors import ResourceError
from kg.namespaces import KG, OA, PREFIXES, PROV, local_name
from kg.resources import ontology_path
from kg.taxonomy import taxonomy


@dataclass(frozen=True, kw_only=True, order=True)
class ShapeProblem:
    """One way in which a graph does not conform.

    Attributes:
        node: What is wrong, as a prefixed name where one exists.
        path: The property concerned; empty when the whole node is.
        message: What should hold.
        value: The value that is not allowed; empty when one is missing.
    """

    node: str
    path: str
    message: str
    value: str = ""

    def __str__(self) -> str:
        """Return one line: where, what, and the value found."""
        where = f"{self.node} {self.path}".rstrip()
        return f"{where}: {self.message}" + (f" Found: {self.value}" if self.value else "")


@dataclass(frozen=True, kw_only=True)
class ShapeReport:
    """The outcome for one graph; ``problems`` is sorted and empty exactly if it conforms."""

    graph: str
    problems: tuple[ShapeProblem, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def validate(graph: Graph) -> ShapeReport:
    """Check one article graph, or the merged graph.

    Raises:
        ResourceError: The shapes of this installation cannot be read.
    """
    _, results, _ = pyshacl.validate(
        graph, shacl_graph=_shapes(), inference="none", advanced=False, meta_shacl=False
    )
    if not isinstance(results, Graph):
        raise ResourceError("ontology/shapes.ttl: the shapes cannot be applied. Reinstall.")
    problems = {
        _problem(results, result) for result in results.subjects(RDF.type, SH.ValidationResult)
    }
    problems.update(_wrong_spans(graph))
    problems.update(_bare_edges(graph))
    return ShapeReport(graph=_short(graph.identifier), problems=tuple(sorted(problems)))


@cache
def _shapes() -> Graph:
    return Graph(bind_namespaces="none").parse(ontology_path("shapes.ttl"), format="turtle")


def _problem(results: Graph, result: Node) -> ShapeProblem:
    path = results.value(result, SH.resultPath)
    value = results.value(result, SH.value)
    message = results.value(result, SH.resultMessage)
    return ShapeProblem(
        node=_short(results.value(result, SH.focusNode)),
        path=_short(path) if isinstance(path, URIRef) else "",
        message=str(message),
        value="" if value is None else _short(value),
    )


def _wrong_spans(graph: Graph) -> set[ShapeProblem]:
    problems = set()
    for span in graph.subjects(RDF.type, KG.Span):
        text = graph.value(graph.value(span, PROV.wasQuotedFrom), KG.text)
        start, end, exact = (graph.value(span, term) for term in (OA.start, OA.end, OA.exact))
        if text is None or start is None or end is None or exact is None:
            continue  # the shapes tell of it
        words = str(text)[int(str(start)) : int(str(end))]
        if words != str(exact):
            problems.add(
                ShapeProblem(
                    node=_short(span),
                    path=_short(OA.exact),
                    message="A span reproduces the words of the text.",
                    value=_short(exact),
                )
            )
    return problems


def _bare_edges(graph: Graph) -> set[ShapeProblem]:
    """Return the direct edges without a node, either way round for symmetric ones."""
    nodes = {
        (
            graph.value(edge, RDF.subject),
            graph.value(edge, RDF.predicate),
            graph.value(edge, RDF.object),
        )
        for edge in graph.subjects(RDF.type, KG.Edge)
    }
    problems = set()
    for name, edge_property in taxonomy().edges.items():
        predicate = URIRef(name)
        for subject, obj in graph.subject_objects(predicate):
            known = (subject, predicate, obj) in nodes
            if edge_property.symmetric and (obj, predicate, subject) in nodes:
                known = True
            if not known:
                problems.add(
                    ShapeProblem(
                        node=_short(subject),
                        path=_short(predicate),
                        message="A direct edge has a kg:Edge node with its claims.",
                        value=_short(obj),
                    )
                )
    return problems


def _short(node: Node | None) -> str:
    if isinstance(node, Literal):
        text = " ".join(str(node).split())
        return f'"{text if len(text) <= 60 else text[:57] + "..."}"'
    name = str(node)
    if local_name(name) != name:
        return f"kg:{local_name(name)}"
    for prefix, namespace in PREFIXES.items():
        if name.startswith(namespace):
            return f"{prefix}:{name.removeprefix(namespace)}"
    return name
