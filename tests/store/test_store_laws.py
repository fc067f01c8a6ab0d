"""Laws of stores: what is written is read, and the order of writing leaves no trace."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDFS, XSD, Literal, URIRef

from kg.namespaces import KG, THINGS, Quad, article_graph_iri
from kg.store import open_store

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)
LITERALS = st.one_of(
    TEXT.map(Literal),
    TEXT.map(lambda text: Literal(text, lang="en")),
    st.dates().map(lambda day: Literal(day.isoformat(), datatype=XSD.date)),
    st.integers(-(2**60), 2**60).map(lambda number: Literal(str(number), datatype=XSD.integer)),
)
SUBJECTS = st.integers(0, 5).map(lambda number: URIRef(f"{THINGS}person/p{number}"))
NAMES = st.sampled_from("abc").map(article_graph_iri)
QUADS = st.lists(
    st.tuples(SUBJECTS, st.sampled_from([RDFS.label, KG.role]), LITERALS, NAMES), max_size=20
)


def article_graphs(quads: list[Quad]) -> dict[URIRef, list[Quad]]:
    found: dict[URIRef, list[Quad]] = {}
    for quad in quads:
        found.setdefault(quad[3], []).append(quad)
    return found


@pytest.mark.parametrize("name", ["graph.trig", "graph.nq"])
@given(quads=QUADS)
@settings(max_examples=40)
def test_what_is_written_is_read(name: str, quads: list[Quad]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        with open_store(path, mode="write") as store:
            store.put_articles(article_graphs(quads).values())
        if quads:
            with open_store(path) as store:
                read = {quad for graph in store.read_articles() for quad in graph}
            assert read == set(quads)


@given(quads=QUADS, data=st.data())
@settings(max_examples=40)
def test_the_order_of_writing_leaves_no_trace(quads: list[Quad], data: st.DataObject) -> None:
    written = []
    for ordered in (quads, data.draw(st.permutations(quads))):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "graph.trig"
            with open_store(path, mode="write") as store:
                store.put_articles(article_graphs(ordered).values())
                store.replace_merged(ordered)
            written.append(path.read_bytes())
    assert written[0] == written[1]


@given(first=QUADS, second=QUADS)
@settings(max_examples=40)
def test_replacing_is_as_if_the_first_had_never_been(first: list[Quad], second: list[Quad]) -> None:
    with TemporaryDirectory() as folder:
        for path, rounds in (
            (Path(folder) / "a.nq", [first, second]),
            (Path(folder) / "b.nq", [second]),
        ):
            with open_store(path, mode="write") as store:
                for quads in rounds:
                    store.replace_merged(quads)
        assert (Path(folder) / "a.nq").read_bytes() == (Path(folder) / "b.nq").read_bytes()
