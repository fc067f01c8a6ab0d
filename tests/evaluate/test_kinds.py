"""Errors are told apart by kind, on an article with one of each."""

from copy import deepcopy
from typing import Any

from kg.evaluate.kinds import error_kinds

TEXT = "Rebels shelled the army near Kidal on Sunday. Mali said it would answer."


def entity(name: str, words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"id": name, "name": words, "mentions": [{"start": start, "end": start + len(words)}]}


def event(words: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {
        "type": "ASSAULT",
        "trigger": {"start": start, "end": start + len(words)},
        "actors": [],
        "recipients": [],
        "places": [],
        "attribution": [],
        "date": None,
        "status": "actual",
        **fields,
    }


GOLD: dict[str, Any] = {
    "text": TEXT,
    "entities": [
        entity("E1", "Rebels"),
        entity("E2", "army"),
        entity("E3", "Kidal"),
        entity("E4", "Mali"),
    ],
    "events": [
        event(
            "shelled",
            actors=["E1"],
            recipients=["E2"],
            places=["E3"],
            date={"from": "2013-02-10", "to": "2013-02-10"},
        ),
        event("answer", actors=["E4"], status="future", attribution=["E4"]),
    ],
    "relations": [],
}


def changed(number: int, **fields: Any) -> dict[str, Any]:
    found = deepcopy(GOLD)
    found["events"][number].update(fields)
    return found


def kinds(found: dict[str, Any]) -> dict[str, int]:
    return dict(error_kinds(GOLD, found))


def test_what_is_right_is_no_error() -> None:
    assert kinds(GOLD) == {}


def test_an_event_is_missed_made_up_or_of_another_type() -> None:
    assert kinds({**GOLD, "events": GOLD["events"][:1]}) == {"event: missed": 1}
    more = {**GOLD, "events": [*GOLD["events"], event("Sunday")]}
    assert kinds(more) == {"event: made up": 1}
    assert kinds(changed(0, type="COERCE")) == {"event: wrong type": 1}


def test_a_participant_is_missing_for_a_reason() -> None:
    assert kinds(changed(0, actors=[])) == {"actor: missing, in the sentence": 1}
    assert kinds(changed(0, actors=["E2"], recipients=["E1"])) == {
        "actor: in another role": 1,
        "actor: made up": 1,
        "recipient: in another role": 1,
        "recipient: made up": 1,
    }
    without = changed(0, actors=[])
    without["entities"] = without["entities"][1:]
    assert kinds(without) == {"actor: entity not found": 1}


def test_truth_speaker_and_day_are_told() -> None:
    assert kinds(changed(1, status="actual", attribution=[])) == {
        "status: future taken for actual": 1,
        "speaker: missing": 1,
    }
    assert kinds(changed(0, date=None)) == {"day: missing": 1}
    other = {"from": "2013-02-03", "to": "2013-02-03"}
    assert kinds(changed(0, date=other)) == {"day: wrong": 1}
