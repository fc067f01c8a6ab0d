"""Extract many articles with one or more worker processes.

Articles come in and extractions go out in the same order, a bounded number at a time. Articles
are cut into batches by position alone, so any number of workers does the same work and gives the
same bytes. An article that fails, or takes its process down, becomes a ``Failure``; the others
go on. What is extracted is no concern of this module: it sees an ``Extractor``.
"""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from kg.errors import KgError
from kg.records import Article, Extraction

BATCH_SIZE = 64
"""Most articles in one batch; few, so that little is repeated when a process dies."""
BATCH_LETTERS = 40_000
"""Letters at which a batch is full: fewer give the networks of a pipeline too little to do at once,
more do not fit into the caches of a processor."""

_BATCHES_AHEAD = 4  # per worker: enough that none waits, few enough to bound memory


class Extractor(Protocol):
    """What turns articles into extractions."""

    def extract(self, article: Article) -> Extraction:
        """Return what one article says."""
        ...

    def extract_batch(self, articles: Sequence[Article]) -> list[Extraction]:
        """Return what each article says, in the same order."""
        ...


@dataclass(frozen=True, kw_only=True)
class Failure:
    """An article that could not be extracted.

    Attributes:
        message: What went wrong, in one line.
    """

    article: Article
    message: str

    def __str__(self) -> str:
        return f"{self.article.source or self.article.doc_id}: {self.message}"


Outcome = Extraction | Failure
Load = Callable[[], Extractor]
_Batch = Sequence[Article]


def extract_articles(
    articles: Iterable[Article], load: Load, *, jobs: int = 1
) -> Generator[Outcome]:
    """Yield the extraction of each article, or its failure, in the order of the articles.

    Args:
        articles: Taken a bounded number ahead, so they may be read while this runs.
        load: Makes the extractor; called once in each worker, so it must be picklable
            (a function of a module, or a ``functools.partial`` of one) when ``jobs`` exceeds 1.
        jobs: Worker processes; 1 works in this process, which a crash of the interpreter
            itself (not an exception) then ends.

    Raises:
        KgError: ``load`` cannot make the extractor.
    """
    batches = in_batches(articles)
    if jobs > 1:
        yield from _in_processes(batches, load, jobs)
        return
    extractor: Extractor | None = None
    for batch in batches:
        extractor = extractor or load()
        yield from _extract(extractor, batch)


def in_batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Yield the articles in batches, each of as many as are parsed fastest together."""
    batch: list[Article] = []
    letters = 0
    for article in articles:
        batch.append(article)
        letters += len(article.text)
        if len(batch) == BATCH_SIZE or letters >= BATCH_LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def _extract(extractor: Extractor, batch: _Batch) -> list[Outcome]:
    try:
        return list(extractor.extract_batch(batch))
    except Exception:  # noqa: BLE001  # whatever it was, _extract_one finds it and reports it
        return [_extract_one(extractor, article) for article in batch]


def _extract_one(extractor: Extractor, article: Article) -> Outcome:
    try:
        return extractor.extract(article)
    except KgError as error:
        return Failure(article=article, message=f"{error}")
    except Exception as error:  # noqa: BLE001  # one article must never lose the others
        return Failure(
            article=article,
            message=f"extraction failed ({type(error).__name__}: {_one_line(error)}). "
            "The article is left out; please report it.",
        )


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


_extractor: Extractor | None = None  # the one of this worker process


def _start_worker(load: Load) -> None:
    global _extractor  # noqa: PLW0603  # a process pool offers no other place for it
    # Ctrl-C reaches the whole process group. The parent ends the work; a worker that is
    # interrupted while it holds the lock of a queue would make the parent wait for ever.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _extractor = load()


def _work(batch: _Batch) -> list[Outcome]:
    if _extractor is None:
        raise RuntimeError("the worker has no extractor")
    return _extract(_extractor, batch)


def _pool(load: Load, jobs: int) -> ProcessPoolExecutor:
    # Spawned, not forked: forking a process with native threads can lock up.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_start_worker, initargs=(load,)
    )


def _in_processes(batches: Iterator[_Batch], load: Load, jobs: int) -> Iterator[Outcome]:
    waiting: deque[tuple[_Batch, Future[list[Outcome]]]] = deque()
    pool = _pool(load, jobs)
    try:
        while True:
            try:
                for batch in islice(batches, jobs * _BATCHES_AHEAD - len(waiting)):
                    waiting.append((batch, _submit(pool, batch)))
                if not waiting:
                    return
                outcomes = waiting[0][1].result()
            except BrokenProcessPool:
                pool.shutdown(cancel_futures=True)
                yield from _after_crash(waiting, load)
                waiting.clear()
                pool = _pool(load, jobs)
            else:
                waiting.popleft()
                yield from outcomes
    except BaseException:
        # Whoever stops early wants no more results, so nobody waits for those under way.
        # (They are None once the pool is shut down; Python 3.14 has a public way to do this.)
        for process in list((pool._processes or {}).values()):  # noqa: SLF001
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, batch: _Batch) -> Future[list[Outcome]]:
    try:
        return pool.submit(_work, batch)
    except BrokenProcessPool as error:
        # The batch must wait its turn like those submitted before the crash.
        broken: Future[list[Outcome]] = Future()
        broken.set_exception(error)
        return broken


def _after_crash(
    waiting: Iterable[tuple[_Batch, Future[list[Outcome]]]], load: Load
) -> Iterator[Outcome]:
    """Yield the outcomes of all batches under way when a process died.

    Which article did it is unknown, so each one of the unfinished batches goes alone.
    """
    load()  # raises here what would otherwise look like a crash of each article
    pool = _pool(load, 1)
    try:
        for batch, future in waiting:
            if future.done() and not future.cancelled() and future.exception() is None:
                yield from future.result()
                continue
            for article in batch:
                try:
                    yield from pool.submit(_work, (article,)).result()
                except BrokenProcessPool:
                    yield Failure(
                        article=article,
                        message="extraction ended its process, perhaps for lack of memory. "
                        "The article is left out; please report it.",
                    )
                    pool.shutdown(cancel_futures=True)
                    pool = _pool(load, 1)
    finally:
        pool.shutdown(cancel_futures=True)
