"""Many articles, any number of workers: the same order, the same result, no article lost."""

import time
from collections.abc import Iterator

import pytest

from kg.batch import BATCH_LETTERS, BATCH_SIZE, Failure, Outcome, extract_articles
from kg.errors import ResourceError
from kg.record_json import to_line
from kg.records import Article
from tests.factory import EchoExtractor, load_echo, make_article

COUNT = 3 * BATCH_SIZE + 1


def articles(**text_by_id: str) -> list[Article]:
    return [
        make_article(text_by_id.get(f"a{n}", f"text {n}"), doc_id=f"a{n}", source=f"x.jsonl:{n}")
        for n in range(COUNT)
    ]


def lines(outcomes: Iterator[Outcome]) -> list[str]:
    return [str(item) if isinstance(item, Failure) else to_line(item) for item in outcomes]


def test_any_number_of_workers_gives_the_same_lines_in_input_order() -> None:
    one = lines(extract_articles(articles(a5="RAISE"), load_echo, jobs=1))
    three = lines(extract_articles(articles(a5="RAISE"), load_echo, jobs=3))

    assert one == three
    assert len(one) == COUNT
    assert '"a24"' in one[24]


def test_an_article_that_raises_is_reported_and_the_others_go_on() -> None:
    outcomes = lines(extract_articles(articles(a3="RAISE"), load_echo))

    assert outcomes[3] == (
        "x.jsonl:3: extraction failed (ValueError: this article is poison). "
        "The article is left out; please report it."
    )
    assert sum('"doc_id"' in line for line in outcomes) == COUNT - 1


def test_an_article_that_ends_its_process_is_reported_and_the_others_go_on() -> None:
    outcomes = list(extract_articles(articles(a3="CRASH", a20="CRASH"), load_echo, jobs=2))

    failed = [item.article.doc_id for item in outcomes if isinstance(item, Failure)]
    assert failed == ["a3", "a20"]
    assert [item.article.doc_id for item in outcomes] == [f"a{n}" for n in range(COUNT)]
    assert "perhaps for lack of memory" in str(outcomes[3])


def load_nothing() -> EchoExtractor:
    raise ResourceError("en_core_web_trf: no such pipeline. Install it.")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_pipeline_that_cannot_be_loaded_is_one_error(jobs: int) -> None:
    with pytest.raises(ResourceError, match="no such pipeline"):
        list(extract_articles(articles(), load_nothing, jobs=jobs))


def test_whoever_stops_early_does_not_wait_for_the_rest() -> None:
    texts = ["quick"] * BATCH_SIZE + ["SLOW"] * BATCH_SIZE
    slow = [make_article(text, doc_id=f"a{n}") for n, text in enumerate(texts)]
    outcomes = extract_articles(slow, load_echo, jobs=2)
    started = time.monotonic()
    next(outcomes)
    outcomes.close()
    assert time.monotonic() - started < 20


def test_articles_are_read_as_they_are_needed() -> None:
    read: list[str] = []

    def reading() -> Iterator[Article]:
        for article in articles():
            read.append(article.doc_id)
            yield article

    next(extract_articles(reading(), load_echo))
    assert len(read) == BATCH_SIZE


def test_long_articles_are_read_one_by_one() -> None:
    long = (make_article("word " * (BATCH_LETTERS // 4), doc_id=f"a{n}") for n in range(9))
    next(extract_articles(long, load_echo))
    assert next(long).doc_id == "a1"


def test_no_article_needs_no_pipeline() -> None:
    assert list(extract_articles([], load_nothing)) == []
