"""The corpus that the reader is trained on: complete, varied, without doubles."""

import re
from collections import Counter, defaultdict
from functools import cache
from typing import Any

import pytest

from kg.evaluate import read_gold
from kg.resources import data_path
from kg.taxonomy import taxonomy
from kg.terms import EventType, RelationType, Status

FOLDER = data_path("train", "events")
FILES = sorted(FOLDER.glob("*.txt"))
WORD = re.compile(r"\w+")


@cache
def articles() -> tuple[dict[str, Any], ...]:
    return tuple(read_gold(FOLDER))


def events() -> list[dict[str, Any]]:
    return [event for article in articles() for event in article["events"]]


def test_there_is_enough_of_everything() -> None:
    types = Counter(event["type"] for event in events())
    statuses = Counter(event["status"] for event in events())
    relations = Counter(item["type"] for article in articles() for item in article["relations"])
    assert types.total() >= 23000
    assert min(types[item] for item in EventType) >= 300
    assert min(statuses[item] for item in Status) >= 150
    assert min(relations[item] for item in RelationType) >= 150


def test_a_tenth_is_held_out_of_each_slice() -> None:
    names = {path.stem for path in FILES}
    slices = {name for name in names if not name.endswith("-heldout")}
    assert names - slices == {f"{name}-heldout" for name in slices}
    for name in slices:
        held, shown = (
            sum(len(item["events"]) for item in read_gold(FOLDER / f"{stem}.txt"))
            for stem in (f"{name}-heldout", name)
        )
        assert 0.05 <= held / (held + shown) <= 0.2, name


def test_ids_are_unique() -> None:
    ids = Counter(article["doc_id"] for article in articles())
    assert [name for name, count in ids.items() if count > 1] == []


def test_no_two_texts_are_alike() -> None:
    texts_with: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for article in articles():
        words = WORD.findall(article["text"].lower())
        for start in range(len(words) - 4):
            texts_with[tuple(words[start : start + 5])].add(article["doc_id"])
    shared: Counter[tuple[str, str]] = Counter()
    for names in texts_with.values():
        ordered = sorted(names)
        shared.update(
            (one, other) for rank, one in enumerate(ordered) for other in ordered[rank + 1 :]
        )
    assert [pair for pair, count in shared.items() if count > 8] == []


def test_no_word_gives_a_type_away() -> None:
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles():
        for event in article["events"]:
            trigger = article["text"][event["trigger"]["start"] : event["trigger"]["end"]]
            words[event["type"]][trigger.lower()] += 1
    for event_type, counts in words.items():
        assert counts.most_common(1)[0][1] <= counts.total() / 4, event_type
        assert len(counts) >= 50, event_type


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_roles_modes_and_relations_fit(path: Any) -> None:
    for article in read_gold(path):
        known = {event["id"] for event in article["events"]}
        for event in article["events"]:
            where = f"{article['doc_id']} {event['id']}"
            if event["mode"] is not None:
                taxonomy().require_mode(EventType(event["type"]), event["mode"], where=where)
            if event["date"] is not None:
                assert event["date"]["from"] <= event["date"]["to"], where
        for relation in article["relations"]:
            assert {relation["from"], relation["to"]} <= known, article["doc_id"]
            assert relation["from"] != relation["to"], article["doc_id"]
