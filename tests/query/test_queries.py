"""Each analyst query gives the answer that a reader of the two sample articles would give."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.query import QueryResult, list_queries, run_query
from kg.store import Store, open_store
from tests.query.sample import HOSTILE, write_sample

ATTACK = "assault: Red Banner, Blue Banner → Dry Well base (2024-03-04)"
ROCKETS = "assault: ? → Dry Well base (2024-03-04)"
SHELLING = "assault: army → Red Banner (2024-03-05)"
TALKS = "consult: Lena Vask, Omar Tell (2024-03-05)"
HERALD, WIRE = "The Northern Herald", "South Wire"

Row = tuple[str | None, ...]

CASES: list[tuple[str, dict[str, str], tuple[str, ...], list[Row]]] = [
    (
        "who-attacked-whom",
        {},
        ("attacker", "did", "attacked", "from", "events", "independentSources"),
        [
            ("Blue Banner", "attacked", "Dry Well base", "2024-03-04", "1", "1"),
            ("Red Banner", "attacked", "Dry Well base", "2024-03-04", "1", "1"),
            ("army", "attacked", "Red Banner", "2024-03-05", "1", "1"),
        ],
    ),
    (
        "who-attacked-whom",
        {"recipient": "red banner"},
        ("attacker", "attacked"),
        [("army", "Red Banner")],
    ),
    (
        "who-attacked-whom",
        {"since": "2024-03-05", "until": "2024-03-06"},
        ("attacker",),
        [("army",)],
    ),
    ("who-attacked-whom", {"sources": "2"}, ("attacker",), []),
    (
        "response-chains",
        {},
        ("beganWith", "answered", "relation", "response", "happened", "sentence"),
        [
            (
                ATTACK,
                ATTACK,
                "retaliation for",
                SHELLING,
                "true",
                "The army shelled Red Banner on Tuesday in response to the attack.",
            )
        ],
    ),
    ("response-chains", {"actor": "Red Banner"}, ("response",), []),
    (
        "meetings",
        {},
        ("meeting", "from", "place", "independentSources"),
        [(TALKS, "2024-03-05", "Ostan", "2")],
    ),
    ("meetings", {"party": "Omar Tell"}, ("meeting",), [(TALKS,)]),
    ("meetings", {"until": "2024-03-04"}, ("meeting",), []),
    (
        "actor-timeline",
        {"actor": "Red Banner", "month": "2024-03"},
        ("from", "type", "whom"),
        [("2024-03-02", "THREATEN", "army"), ("2024-03-04", "ASSAULT", "Dry Well base")],
    ),
    ("actor-timeline", {"actor": "Red Banner", "month": "2024-02"}, ("event",), []),
    (
        "actor-timeline",
        {"actor": "Lena Vask", "status": "future"},
        ("from", "to", "type", "whom"),
        [("2024-03-11", "2024-03-17", "CONSULT", "Omar Tell")],
    ),
    (
        "casualties-by-event",
        {},
        ("event", "killed", "injured", "counted", "saidBy", "outlet"),
        [
            (ATTACK, "5", None, None, "State television", HERALD),
            (
                ROCKETS,
                "3",
                None,
                "killed: 3 or more (at least three soldiers)",
                "Ivo Marn",
                WIRE,
            ),
            (ATTACK, "2", "0", "killed: 2 (two soldiers)", "Ivo Marn", HERALD),
        ],
    ),
    ("casualties-by-event", {"place": "Ostan"}, ("killed",), [("5",), ("2",)]),
    (
        "disputed-accounts",
        {},
        ("event", "disputed", "value", "saidBy"),
        [
            (ATTACK, "actor", "Blue Banner", "State television"),
            (ATTACK, "actor", "Red Banner", None),
            (ATTACK, "killed", "2", "Ivo Marn"),
            (ATTACK, "killed", "5", "State television"),
        ],
    ),
    ("disputed-accounts", {"field": "killed"}, ("value",), [("2",), ("5",)]),
    (
        "statements-by-speaker",
        {"speaker": "Ivo Marn"},
        ("published", "outlet", "about", "status", "polarity"),
        [
            ("2024-03-06", HERALD, ATTACK, "actual", "positive"),
            ("2024-03-06", HERALD, "assault: army → market", "negated", "negative"),
            ("2024-03-07", WIRE, ROCKETS, "actual", "positive"),
        ],
    ),
    (
        "statements-by-speaker",
        {},
        ("saidBy",),
        [("Ivo Marn",), ("Ivo Marn",), ("Ivo Marn",), ("State television",)],
    ),
    (
        "threats-followed-by-attacks",
        {},
        ("actor", "threatDay", "attack", "attackDay", "recipient"),
        # The threat was to the army, the attack on a base of the same country.
        [("Red Banner", "2024-03-02", ATTACK, "2024-03-04", "Dry Well base")],
    ),
    ("threats-followed-by-attacks", {"days": "2"}, ("actor",), [("Red Banner",)]),
    ("threats-followed-by-attacks", {"days": "1"}, ("actor",), []),
    (
        "events-at-place",
        {"place": "Ostan"},
        ("where", "from", "type", "event", "happened"),
        [
            ("Ostan", "2024-03-04", "ASSAULT", ATTACK, "true"),
            ("Ostan", "2024-03-05", "CONSULT", TALKS, "true"),
        ],
    ),
    ("events-at-place", {"country": "TEL"}, ("event",), []),
    (
        "sources-of-edge",
        {"subject": "Red Banner", "object": "Dry Well base"},
        ("from", "edge", "to", "sentence", "saidBy", "outlet", "published", "title"),
        [
            (
                "Red Banner",
                "attacked",
                "Dry Well base",
                "Red Banner militants attacked the Dry Well base near Ostan on Monday.",
                None,
                HERALD,
                "2024-03-06",
                "Base attacked",
            )
        ],
    ),
    (
        "sources-of-edge",
        {"property": "https://w3id.org/kg-news/ns#aided"},
        ("from", "sentence"),
        [(HOSTILE, f"{HOSTILE} helped Red Banner.")],
    ),
    (
        "relations-between-actors",
        {},
        ("from", "edge", "to", "office", "status", "saidBy", "outlet", "independentSources"),
        [
            ("Red Banner", "backs", "Blue Banner", None, "actual", "State television", HERALD, "1"),
            ("Ivo Marn", "leads", "army", None, "actual", None, HERALD, "2"),
            ("Ivo Marn", "leads", "army", "chief", "historical", None, WIRE, "2"),
        ],
    ),
    ("relations-between-actors", {"actor": "Blue Banner"}, ("edge",), [("backs",)]),
    ("relations-between-actors", {"relation": "backs"}, ("from",), [("Red Banner",)]),
    ("relations-between-actors", {"sources": "3"}, ("from",), []),
    (
        "planned-or-feared",
        {},
        ("event", "told", "outlet", "sentence"),
        [
            (
                "consult: Lena Vask → Omar Tell (2024-03-11)",
                "future",
                WIRE,
                "Vask will visit Omar Tell next week.",
            )
        ],
    ),
    ("planned-or-feared", {"status": "hypothetical"}, ("event",), []),
    (
        "unattributed-attacks",
        {},
        ("from", "attack", "saidBy"),
        [
            ("2024-03-04", ROCKETS, "Ivo Marn"),
            ("2024-03-06", "assault: ? → market (2024-03-06)", None),
        ],
    ),
    (
        "conflict-and-cooperation",
        {},
        ("from", "towards", "events", "sum"),
        [
            ("army", "Red Banner", "1", "-9.5"),
            ("Blue Banner", "Dry Well base", "1", "-9"),
            ("Red Banner", "Dry Well base", "1", "-9"),
            ("Red Banner", "army", "1", "-3.5"),
            (HOSTILE, "Red Banner", "1", "10"),
        ],
    ),
    (
        "conflict-and-cooperation",
        {"actor": HOSTILE, "recipient": "Red Banner"},
        ("from", "sum"),
        [(HOSTILE, "10")],
    ),
    (
        "denials",
        {},
        ("event", "denied", "saidBy", "sentence"),
        [
            (
                "assault: army → market",
                "the event",
                "Ivo Marn",
                "Marn denied that the army had attacked the market.",
            )
        ],
    ),
    ("denials", {"speaker": "State television"}, ("event",), []),
    (
        "articles",
        {},
        ("published", "outlet", "title", "identifier", "events", "claims"),
        [
            ("2024-03-06", HERALD, "Base attacked", "first", "5", "7"),
            ("2024-03-07", WIRE, None, "second", "5", "5"),
        ],
    ),
    ("articles", {"since": "2024-03-07"}, ("identifier",), [("second",)]),
]


@pytest.fixture(scope="module", params=["sample.trig", "store"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("queries") / request.param
    with open_store(write_sample(path)) as store:
        yield store


def picked(result: QueryResult, columns: tuple[str, ...]) -> list[Row]:
    indexes = [result.columns.index(column) for column in columns]
    return [
        tuple(None if row[index] is None else str(row[index]) for index in indexes)
        for row in result.rows
    ]


@pytest.mark.parametrize(
    ("name", "params", "columns", "rows"), CASES, ids=[f"{case[0]} {case[1]}" for case in CASES]
)
def test_answer(
    store: Store, name: str, params: dict[str, str], columns: tuple[str, ...], rows: list[Row]
) -> None:
    assert picked(run_query(store, name, params), columns) == rows


def test_every_query_has_a_tested_answer() -> None:
    assert {query.name for query in list_queries()} == {case[0] for case in CASES if case[3]}
    assert len(list_queries()) >= 10


def test_every_parameter_is_tested() -> None:
    declared = {(query.name, item.name) for query in list_queries() for item in query.parameters}
    used = {(name, param) for name, params, _, _ in CASES for param in params}
    assert declared - used == {
        ("who-attacked-whom", "actor"),
        ("planned-or-feared", "actor"),
        ("unattributed-attacks", "since"),
        ("meetings", "since"),
    }
