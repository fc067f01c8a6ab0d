"""Articles to graph: extract each, put its named graph into the store, merge them all.

The order of the work stands in ``build_graph``. Each step is another module's; this one only
joins them, so a notebook and the command line do the same.
"""

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.batch import Extractor, Load, Outcome, extract_articles
from kg.errors import InputError
from kg.extract import load_extractor
from kg.merge.assemble import assemble
from kg.rdf.mapping import to_quads
from kg.records import Article, Extraction
from kg.store import Store, open_store

Note = Callable[[Outcome], None]

_EVENTS_BY_TYPE = """
    SELECT ?name (COUNT(DISTINCT ?event) AS ?count) WHERE {
      ?event a kg:Event ; kg:eventType ?type .
      BIND(STRAFTER(STR(?type), "#") AS ?name)
    } GROUP BY ?name ORDER BY DESC(?count) ?name
"""
_COUNT = "SELECT (COUNT(DISTINCT ?node) AS ?count) WHERE {{ ?node a kg:{name} }}"


@dataclass(frozen=True, kw_only=True)
class BuildReport:
    """What one build did, and what the graph holds after it.

    Attributes:
        article_count: Articles extracted in this build.
        total_article_count: Articles in the graph.
        word_count: Words of the articles extracted, by white space.
        event_count_by_type: Merged events of the graph, most frequent type first.
        edge_count: Direct edges of the graph that follow from events.
        entity_relation_count: Relations between actors, apart from events.
        load_seconds: Time for loading the pipeline; 0 with several workers, whose loading is part
            of the extraction.
        extract_seconds: Time for reading and extracting the articles.
        merge_seconds: Time for merging all articles of the graph and for writing it.
    """

    article_count: int
    total_article_count: int
    word_count: int
    event_count_by_type: Mapping[str, int]
    edge_count: int
    entity_relation_count: int
    load_seconds: float
    extract_seconds: float
    merge_seconds: float


def build_graph(
    articles: Iterable[Article],
    location: str | Path,
    *,
    load: Load = load_extractor,
    jobs: int = 1,
    note: Note | None = None,
) -> BuildReport:
    """Extract articles and merge them into the graph at ``location``, made when it is missing.

    An article that the graph already holds is replaced. When no article can be extracted, the
    graph is left as it is, and none is made.

    Args:
        articles: Read as they are needed.
        location: A .trig, .nq or .ttl file or a folder; see ``kg.store.open_store``.
        load: Makes the extractor; see ``kg.batch.extract_articles``.
        jobs: Worker processes.
        note: Called with the outcome of each article, in order.

    Raises:
        KgError: The pipeline cannot be loaded, the graph cannot be written, or no article
            could be extracted.
    """
    is_new = not Path(location).exists()
    timed = _TimedLoad(load)
    outcomes = extract_articles(articles, timed.load if jobs == 1 else load, jobs=jobs)
    with open_store(location, mode="write") as store:
        try:
            return _build(outcomes, store, note, timed)
        except BaseException:
            if is_new and Path(location).is_dir() and not store.article_graphs():
                store.close()
                shutil.rmtree(location)
            raise


def _build(
    outcomes: Iterable[Outcome], store: Store, note: Note | None, timed: "_TimedLoad"
) -> BuildReport:
    started = time.perf_counter()
    counted = _Counted(outcomes, note)
    store.put_articles(to_quads(extraction) for extraction in counted)
    extracted = time.perf_counter()
    if not counted.article_count:
        raise InputError(f"{store.location}: left as it is, since no article could be read.")
    store.replace_merged(assemble(store.read_articles()))
    store.commit()
    return BuildReport(
        article_count=counted.article_count,
        total_article_count=len(store.article_graphs()),
        word_count=counted.word_count,
        event_count_by_type=_event_count_by_type(store),
        edge_count=_count(store, "Edge"),
        entity_relation_count=_count(store, "EntityRelation"),
        load_seconds=timed.seconds,
        extract_seconds=extracted - started - timed.seconds,
        merge_seconds=time.perf_counter() - extracted,
    )


class _TimedLoad:
    """Loads an extractor and keeps how long that took."""

    def __init__(self, load: Load) -> None:
        self.seconds = 0.0
        self._load = load

    def load(self) -> Extractor:
        started = time.perf_counter()
        extractor = self._load()
        self.seconds = time.perf_counter() - started
        return extractor


class _Counted:
    """The extractions among the outcomes, counted as they go by."""

    def __init__(self, outcomes: Iterable[Outcome], note: Note | None) -> None:
        self.article_count = 0
        self.word_count = 0
        self._outcomes = outcomes
        self._note = note

    def __iter__(self) -> Iterator[Extraction]:
        for outcome in self._outcomes:
            if self._note is not None:
                self._note(outcome)
            if isinstance(outcome, Extraction):
                self.article_count += 1
                self.word_count += len(outcome.article.text.split())
                yield outcome


def _event_count_by_type(store: Store) -> dict[str, int]:
    return {str(name): int(str(count)) for name, count in store.query(_EVENTS_BY_TYPE).rows}


def _count(store: Store, name: str) -> int:
    ((count,),) = store.query(_COUNT.format(name=name)).rows
    return int(str(count))
