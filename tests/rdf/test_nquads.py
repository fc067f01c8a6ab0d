import pyoxigraph
from hypothesis import given, settings
from rdflib import XSD, Dataset, Literal, URIRef

from kg.namespaces import Quad
from kg.rdf.mapping import to_quads
from kg.rdf.nquads import quad_lines
from kg.records import Extraction
from tests.strategies import LAW, extractions

S, P, G = (URIRef(f"https://example.org/{name}") for name in "spg")


def line_of(value: URIRef | Literal) -> str:
    (line,) = quad_lines([(S, P, value, G)])
    return line.removeprefix(f"<{S}> <{P}> ").removesuffix(f" <{G}> .\n")


def test_texts_of_several_lines_stay_on_one() -> None:
    assert line_of(Literal('say "no"\n\\ and\r')) == '"say \\"no\\"\\n\\\\ and\\r"'


def test_datatypes_and_languages_are_kept() -> None:
    assert line_of(Literal("7", datatype=XSD.integer)) == f'"7"^^<{XSD.integer}>'
    assert line_of(Literal("hat", lang="en")) == '"hat"@en'
    assert line_of(Literal("hat", datatype=XSD.string)) == '"hat"'
    assert line_of(S) == f"<{S}>"


@given(extractions())
@settings(max_examples=LAW)
def test_both_parsers_read_back_what_was_written(extraction: Extraction) -> None:
    quads: list[Quad] = list(to_quads(extraction))
    text = "".join(quad_lines(quads))
    store = pyoxigraph.Store()
    store.load(text.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    assert len(store) == len(quads)
    dataset = Dataset()
    dataset.parse(data=text, format="nquads")
    assert set(dataset.quads()) == set(quads)
