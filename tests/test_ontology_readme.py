"""The description of the graph is true: its terms exist, its files exist, its query answers."""

import re

from rdflib import Dataset

from kg.merge.assemble import assemble
from kg.namespaces import PREFIXES, TERMS
from kg.rdf.mapping import to_quads
from kg.resources import ontology_path
from kg.taxonomy import load_ontology
from tests.factory import make_extraction

README = ontology_path("README.md").read_text(encoding="utf-8")


def test_every_term_that_it_names_is_defined() -> None:
    defined = {str(subject).removeprefix(TERMS) for subject in load_ontology().subjects()}
    named = set(re.findall(r"(?<![\w/])kg:([A-Za-z][\w-]*)", README))
    assert named - defined == set()


def test_every_file_that_it_names_is_there() -> None:
    for name in re.findall(r"^\| `([\w./-]+)` \|", README, flags=re.MULTILINE):
        ontology_path(name)


def test_its_query_finds_the_sentence_behind_an_edge() -> None:
    (query,) = re.findall(r"```sparql\n(.*?)```", README, flags=re.DOTALL)
    article = list(to_quads(make_extraction()))
    dataset = Dataset()
    for subject, predicate, obj, graph in (*article, *assemble([article])):
        dataset.graph(graph).add((subject, predicate, obj))
    prologue = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    rows = [tuple(map(str, row)) for row in dataset.query(prologue + query)]  # type: ignore[arg-type]
    assert [row[0] for row in rows] == ["Militia attacked a base."]
