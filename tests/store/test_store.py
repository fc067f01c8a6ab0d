"""Every store keeps the same contract, whatever holds the graph."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal as Choice

import pytest
from rdflib import RDFS, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from kg.errors import GraphError, QueryError
from kg.namespaces import KG, Quad, article_graph_iri, entity_iri
from kg.store import ArticleGraph, Store, open_store
from kg.store.embedded import EmbeddedStore
from kg.terms import EntityKind
from tests.store.endpoint_server import endpoint

HOSTILE = 'a "quote" \\ back\\slash\nline } } INSERT <x> \u202e \U0001f4a3 \' \x7f'
TOWN = URIRef(entity_iri(kind=EntityKind.PLACE, name="Dry Well", country="IRQ"))


def article_graph(doc_id: str, *labels: str) -> Graph:
    graph = Graph(identifier=article_graph_iri(doc_id))
    for label in labels:
        graph.add((TOWN, RDFS.label, Literal(label)))
    return graph


def names_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def merged_quads(*labels: str) -> list[Quad]:
    return [(TOWN, KG.kind, Literal(label), KG.merged) for label in labels]


def merged_graph(*labels: str) -> Graph:
    graph = Graph(identifier=KG.merged)
    for subject, predicate, obj, _ in merged_quads(*labels):
        graph.add((subject, predicate, obj))
    return graph


class ReadContract:
    """What every store that can be read offers; it holds articles a and b and a merged layer."""

    def test_article_graphs_are_listed_sorted_without_the_merged_layer(self, filled: Store) -> None:
        assert filled.article_graphs() == (article_graph_iri("a"), article_graph_iri("b"))

    def test_an_article_graph_comes_back_whole(self, filled: Store) -> None:
        graph = filled.read_article(article_graph_iri("b"))
        assert graph.identifier == article_graph_iri("b")
        assert isomorphic(graph, article_graph("b", "Dry Well", HOSTILE))

    def test_all_article_graphs_can_be_read_in_turn(self, filled: Store) -> None:
        quads = list(filled.read_articles())
        assert [len(graph) for graph in quads] == [1, 2]
        assert quads[0] == ((TOWN, RDFS.label, Literal("Dry Well"), article_graph_iri("a")),)

    def test_an_unknown_article_graph_is_an_error(self, filled: Store) -> None:
        with pytest.raises(GraphError, match=r"no article graph .*/z"):
            filled.read_article(article_graph_iri("z"))

    def test_the_merged_layer_comes_back_whole(self, filled: Store) -> None:
        assert isomorphic(filled.read_merged(), merged_graph("merged"))

    def test_a_query_reaches_one_article_graph(self, filled: Store) -> None:
        result = filled.query("SELECT ?name WHERE { GRAPH graph:a { ?town rdfs:label ?name } }")
        assert result.columns == ("name",)
        assert result.rows == ((Literal("Dry Well"),),)

    def test_a_query_counts_in_the_merged_layer_once(self, filled: Store) -> None:
        result = filled.query(
            "SELECT (COUNT(*) AS ?count) WHERE { GRAPH kg:merged { ?town ?property ?value } }"
        )
        assert result.rows == ((Literal("1", datatype=XSD.integer),),)

    def test_an_unbound_variable_is_none(self, filled: Store) -> None:
        result = filled.query("SELECT ?x ?y WHERE { VALUES (?x ?y) { (1 UNDEF) } }")
        assert result.rows == ((Literal(1), None),)

    def test_ask_gives_one_answer(self, filled: Store) -> None:
        result = filled.query("ASK { GRAPH ?graph { ?town ?property 'Dry Well' } }")
        assert (result.kind, result.columns, result.rows) == (
            "ask",
            ("answer",),
            ((Literal(True),),),
        )

    def test_construct_gives_triples(self, filled: Store) -> None:
        result = filled.query("CONSTRUCT { ?s kg:kind ?o } WHERE { GRAPH graph:a { ?s ?p ?o } }")
        assert (result.kind, result.rows) == ("construct", ((TOWN, KG.kind, Literal("Dry Well")),))

    def test_a_broken_query_is_an_error(self, filled: Store) -> None:
        with pytest.raises(QueryError):
            filled.query("SELECT ?x WHERE { ?x ")

    def test_closing_twice_is_allowed(self, filled: Store) -> None:
        filled.close()
        filled.close()


class StoreContract(ReadContract):
    """What every store that can be written offers besides."""

    name: str

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return tmp_path / self.name

    @pytest.fixture
    def filled(self, path: Path) -> Iterator[Store]:
        with open_store(path, mode="write") as store:
            store.put_articles(
                [article_graph("b", "Dry Well", HOSTILE), article_graph("a", "Dry Well")]
            )
            store.replace_merged(merged_quads("merged"))
        with open_store(path) as store:
            yield store

    def labels(self, path: Path, doc_id: str) -> list[str]:
        with open_store(path) as store:
            graph = store.read_article(article_graph_iri(doc_id))
            return sorted(str(label) for label in graph.objects(TOWN, RDFS.label))

    def test_a_query_sees_the_merged_layer_as_its_default_graph(self, filled: Store) -> None:
        assert len(filled.query("SELECT * WHERE { ?town ?property ?value }").rows) == 1

    def test_every_literal_survives_being_written_and_read(self, path: Path) -> None:
        graph = article_graph("a", HOSTILE, "", "  spaces  ", "Ελλάδα")
        for literal in (
            Literal("Bagdad", lang="de"),
            Literal("2021-06-28", datatype=XSD.date),
            Literal("2021-06-31", datatype=XSD.gYear),
            Literal(7),
            Literal(0.85),
            Literal(True),
        ):
            graph.add((TOWN, RDFS.comment, literal))
        with open_store(path, mode="write") as store:
            store.put_article(graph)
        with open_store(path) as store:
            assert isomorphic(store.read_article(article_graph_iri("a")), graph)

    def test_an_article_put_again_is_replaced(self, path: Path) -> None:
        with open_store(path, mode="write") as store:
            store.put_article(article_graph("a", "old", "older"))
        with open_store(path, mode="write") as store:
            assert store.put_articles([article_graph("a", "new", HOSTILE)]) == 1
        assert self.labels(path, "a") == sorted(["new", HOSTILE])

    def test_what_is_read_can_be_put(self, path: Path, filled: Store) -> None:
        other = path.with_name(f"other-{path.name}")
        with open_store(other, mode="write") as store:
            assert store.put_articles(filled.read_articles()) == 2
            expected = [set(graph) for graph in filled.read_articles()]
            assert [set(graph) for graph in store.read_articles()] == expected

    def test_the_merged_layer_is_replaced_whole(self, path: Path) -> None:
        with open_store(path, mode="write") as store:
            store.replace_merged(merged_quads("old", "older"))
            store.replace_merged(merged_quads("new"))
            assert isomorphic(store.read_merged(), merged_graph("new"))

    def test_a_new_store_is_empty(self, path: Path) -> None:
        with open_store(path, mode="write") as store:
            assert store.article_graphs() == ()
            assert len(store.read_merged()) == 0

    def test_an_article_can_be_removed(self, path: Path, filled: Store) -> None:
        filled.close()
        with open_store(path, mode="write") as store:
            store.remove_articles([article_graph_iri("a")])
        with open_store(path) as store:
            assert store.article_graphs() == (article_graph_iri("b"),)

    def test_nothing_is_removed_when_one_article_is_unknown(
        self, path: Path, filled: Store
    ) -> None:
        filled.close()
        with open_store(path, mode="write") as store:
            with pytest.raises(GraphError, match=r"graph/z>\. Nothing was removed"):
                store.remove_articles([article_graph_iri("a"), article_graph_iri("z")])
            assert len(store.article_graphs()) == 2

    def test_create_begins_empty(self, path: Path, filled: Store) -> None:
        filled.close()
        with open_store(path, mode="create") as store:
            assert store.article_graphs() == ()
            store.put_article(article_graph("c", "only"))
        with open_store(path) as store:
            assert store.article_graphs() == (article_graph_iri("c"),)
            assert len(store.read_merged()) == 0

    def test_a_store_opened_for_reading_refuses_every_change(self, filled: Store) -> None:
        changes: list[Callable[[], object]] = [
            lambda: filled.put_article(article_graph("c", "new")),
            lambda: filled.remove_articles([article_graph_iri("a")]),
            lambda: filled.replace_merged(merged_quads("new")),
        ]
        for change in changes:
            with pytest.raises(GraphError, match="for reading only"):
                change()

    @pytest.mark.parametrize(
        ("graph", "message"),
        [
            (article_graph("a"), "is empty"),
            (merged_graph("x"), "is named <.*merged>"),
            ([*merged_quads("x"), (TOWN, KG.kind, Literal("x"), TOWN)], "is named 2"),
        ],
    )
    def test_what_is_not_one_article_graph_is_refused(
        self, path: Path, graph: ArticleGraph, message: str
    ) -> None:
        with (
            open_store(path, mode="write") as store,
            pytest.raises(GraphError, match=f"an article graph {message}"),
        ):
            store.put_article(graph)

    def test_a_term_that_rdf_does_not_allow_is_refused_whole(self, path: Path) -> None:
        graph = article_graph("a", "fine")
        graph.add((URIRef("https://example.org/no space"), RDFS.label, Literal("x")))
        with open_store(path, mode="write") as store:
            store.put_article(article_graph("a", "before"))
            with pytest.raises(GraphError, match="is not RDF"):
                store.put_article(graph)
        assert self.labels(path, "a") == ["before"]

    def test_a_missing_graph_cannot_be_read(self, path: Path) -> None:
        with pytest.raises(GraphError, match=f"{self.name}: no such graph. Build it first"):
            open_store(path)
        assert not path.exists()

    def test_an_output_that_cannot_be_written_is_refused_at_once(self, path: Path) -> None:
        path.write_text("in the way")
        with pytest.raises(GraphError, match="cannot"):
            open_store(path / self.name, mode="write")

    def test_a_killed_writer_leaves_whole_articles(self, path: Path) -> None:
        script = (
            "import os, sys\n"
            "from tests.store.test_store import article_graph\n"
            "from kg.store import open_store\n"
            "store = open_store(sys.argv[1], mode='write')\n"
            "store.put_article(article_graph('a', 'new 1', 'new 2'))\n"
            "def more():\n"
            "    yield article_graph('b', 'new 1', 'new 2')\n"
            "    os.kill(os.getpid(), 9)\n"
            "store.put_articles(more())\n"
        )
        with open_store(path, mode="write") as store:
            store.put_articles([article_graph(name, "old 1", "old 2") for name in "ab"])
        done = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
        assert done.returncode == -9
        for doc_id in "ab":
            assert self.labels(path, doc_id) in (["old 1", "old 2"], ["new 1", "new 2"])

    def test_rdflib_sees_the_same_quads(self, filled: Store) -> None:
        assert isinstance(filled, EmbeddedStore)
        names = {str(graph.identifier) for graph in filled.dataset().graphs()}
        assert {str(name) for name in filled.article_graphs()} < names


class FileContract(StoreContract):
    """What holds of files besides."""

    def test_the_order_of_adding_leaves_no_trace_in_the_bytes(self, tmp_path: Path) -> None:
        first, second = tmp_path / "1" / self.name, tmp_path / "2" / self.name
        graphs = [article_graph(name, "Dry Well", HOSTILE, name) for name in "abc"]
        for path, ordered in ((first, graphs), (second, graphs[::-1])):
            path.parent.mkdir()
            for graph in ordered:
                with open_store(path, mode="write") as store:
                    store.put_article(graph)
        assert first.read_bytes() == second.read_bytes()

    def test_blank_nodes_of_a_foreign_graph_do_not_change_the_bytes(self, path: Path) -> None:
        path.write_text('_:x <http://example.org/p> "1" .\n_:x <http://example.org/q> _:y .\n')
        contents = []
        for _ in range(2):
            with open_store(path, mode="write"):
                pass
            contents.append(path.read_bytes())
        assert contents[0] == contents[1]

    def test_an_error_inside_the_block_leaves_the_file_as_it_was(
        self, path: Path, filled: Store
    ) -> None:
        before = path.read_bytes()

        def interrupted() -> Iterator[Graph]:
            yield article_graph("c", "new")
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt), open_store(path, mode="write") as store:
            store.put_articles(interrupted())
        assert path.read_bytes() == before
        assert names_in(path.parent) == [self.name]

    def test_a_failed_write_leaves_the_file_as_it_was(
        self, path: Path, filled: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = path.read_bytes()

        def full_disk(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", full_disk)
        store = open_store(path, mode="write")
        store.put_article(article_graph("c", "new"))
        with pytest.raises(GraphError, match=r"cannot write .*No space left"):
            store.commit()
        assert path.read_bytes() == before
        assert names_in(path.parent) == [self.name]

    @pytest.mark.parametrize(
        "content", [b"\x89PNG\r\n\x1a\n\xff", b'{"no": "graph"}', b"Rockets hit a base.", b""]
    )
    def test_a_file_that_is_no_graph_is_refused_in_one_line(
        self, path: Path, content: bytes
    ) -> None:
        path.write_bytes(content)
        with pytest.raises(GraphError, match="not a graph") as caught:
            open_store(path)
        assert "\n" not in str(caught.value)
        assert self.name in str(caught.value)

    def test_a_folder_named_like_a_file_is_refused(self, path: Path) -> None:
        path.mkdir()
        with pytest.raises(GraphError, match="a folder with the name of a file"):
            open_store(path, mode="write")


class TestTrigFile(FileContract):
    name = "graph.trig"


class TestNQuadsFile(FileContract):
    name = "graph.nq"

    def test_triples_outside_any_graph_count_as_merged(self, path: Path) -> None:
        path.write_text(f'<{TOWN}> <{KG.kind}> "merged" .\n')
        with open_store(path) as store:
            assert isomorphic(store.read_merged(), merged_graph("merged"))


class TestFolder(StoreContract):
    name = "store"

    def test_articles_put_before_an_error_stay(self, path: Path) -> None:
        def interrupted() -> Iterator[Graph]:
            yield article_graph("a", "kept")
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt), open_store(path, mode="write") as store:
            store.put_articles(interrupted())
        assert self.labels(path, "a") == ["kept"]

    def test_readers_share(self, path: Path, filled: Store) -> None:
        with open_store(path) as second:
            assert second.article_graphs() == filled.article_graphs()

    @pytest.mark.parametrize(
        ("held", "wanted"), [("write", "write"), ("write", "read"), ("read", "write")]
    )
    def test_a_store_in_use_is_refused_until_it_is_closed(
        self, path: Path, held: Choice["read", "write"], wanted: Choice["read", "write"]
    ) -> None:
        open_store(path, mode="write").close()
        with (
            open_store(path, mode=held),
            pytest.raises(GraphError, match="another process has this store open"),
        ):
            open_store(path, mode=wanted)
        open_store(path, mode=wanted).close()

    def test_a_folder_of_other_things_is_left_alone(self, path: Path) -> None:
        path.mkdir()
        (path / "article.txt").write_text("Rockets hit a base.")
        for mode in ("read", "write", "create"):
            with pytest.raises(GraphError, match="a folder, but no graph store"):
                open_store(path, mode=mode)
        assert names_in(path) == ["article.txt"]

    def test_a_damaged_store_is_refused_in_one_line(self, path: Path, filled: Store) -> None:
        filled.close()
        (path / "CURRENT").write_text("MANIFEST-999999\n")
        with pytest.raises(GraphError, match="the store cannot be opened") as caught:
            open_store(path)
        assert "\n" not in str(caught.value)


class TestEndpoint(ReadContract):
    @pytest.fixture
    def filled(self, tmp_path: Path) -> Iterator[Store]:
        inner = open_store(tmp_path / "inner.trig", mode="write")
        assert isinstance(inner, EmbeddedStore)
        inner.put_articles(
            [article_graph("b", "Dry Well", HOSTILE), article_graph("a", "Dry Well")]
        )
        inner.replace_merged(merged_quads("merged"))
        with endpoint(inner.quads) as url, open_store(url) as store:
            yield store

    def test_it_refuses_every_change(self, filled: Store) -> None:
        changes: list[Callable[[], object]] = [
            lambda: filled.put_article(article_graph("c", "new")),
            lambda: filled.remove_articles([article_graph_iri("a")]),
            lambda: filled.replace_merged(merged_quads("new")),
            lambda: open_store(filled.location, mode="write"),
        ]
        for change in changes:
            with pytest.raises(GraphError, match="for reading only"):
                change()

    def test_an_answer_cut_short_is_an_error(self, filled: Store, tmp_path: Path) -> None:
        inner = open_store(tmp_path / "other.trig", mode="write")
        assert isinstance(inner, EmbeddedStore)
        with (
            endpoint(inner.quads, cut_short=True) as url,
            pytest.raises(QueryError, match="cut short or unreadable"),
        ):
            open_store(url).query("SELECT ?x WHERE { VALUES ?x { 1 2 3 4 5 6 7 8 9 } }")

    def test_a_slow_answer_is_given_up(self, tmp_path: Path) -> None:
        inner = open_store(tmp_path / "other.trig", mode="write")
        assert isinstance(inner, EmbeddedStore)
        with (
            endpoint(inner.quads, delay=1.0) as url,
            pytest.raises(QueryError, match=r"no answer within 0\.1 seconds"),
        ):
            open_store(url).query("ASK { }", timeout=0.1)

    def test_an_address_where_nothing_answers_is_an_error(self) -> None:
        with pytest.raises(GraphError, match="no SPARQL endpoint answers there"):
            open_store("http://127.0.0.1:9/query").query("ASK { }")


class TestTurtleFile:
    """Turtle cannot hold named graphs, so it keeps the merged layer alone."""

    def test_it_keeps_the_merged_layer_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "graph.ttl"
        with open_store(path, mode="write") as store:
            store.put_article(article_graph("a", "Dry Well"))
            store.replace_merged(merged_quads("merged"))
        with open_store(path) as store:
            assert store.article_graphs() == ()
            assert isomorphic(store.read_merged(), merged_graph("merged"))
            assert len(store.query("SELECT * WHERE { ?s ?p ?o }").rows) == 1

    def test_it_cannot_be_added_to_but_replaced(self, tmp_path: Path) -> None:
        path = tmp_path / "graph.ttl"
        with open_store(path, mode="write") as store:
            store.replace_merged(merged_quads("old"))
        with pytest.raises(GraphError, match=r"nothing can be added to it\. Build into a \.trig"):
            open_store(path, mode="write")
        with open_store(path, mode="create") as store:
            store.replace_merged(merged_quads("new"))
        with open_store(path) as store:
            assert isomorphic(store.read_merged(), merged_graph("new"))


@pytest.mark.parametrize("name", ["graph.rdf", "page.html", "graph.trig.gz", "a\0b"])
def test_a_name_of_no_known_kind_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(GraphError, match=r"not the name of a graph|not a path"):
        open_store(tmp_path / name, mode="write")


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "real.trig", tmp_path / "link.trig"
    link.symlink_to(target)
    with open_store(link, mode="write") as store:
        store.put_article(article_graph("a", "Dry Well"))
    assert link.is_symlink()
    assert open_store(target).article_graphs() == (article_graph_iri("a"),)
