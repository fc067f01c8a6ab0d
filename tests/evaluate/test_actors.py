"""Coded actors are resolved in their sentence and their countries are compared with the codes."""

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate import read_coded, score_actors
from kg.linking import load_resolver


def _write(path: Path, **fields: object) -> Path:
    record = {"doc_id": "s1", "text": "Text.", "actors": [], "actor_codes": [], **fields}
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return path


def test_countries_are_compared_and_the_wrong_ones_listed(tmp_path: Path) -> None:
    path = _write(
        tmp_path / "coded.jsonl",
        text="Chadian rebels met Prime Minister Moussa Abbo and the UN. Mali and Togo agreed.",
        published="2009-05-05",
        actors=["Chadian rebels", "Prime Minister Moussa Abbo", "Mali"],
        actor_codes=["TCDREB", "TCDGOV", "TGO"],
        recipients=["UN", "Togo"],
        recipient_codes=["IGO", "IGO"],
    )
    scores = score_actors(read_coded(path), load_resolver())
    assert scores.countries == (1, 3)
    assert scores.others == (1, 2)
    assert scores.errors == (
        "s1: 'Prime Minister Moussa Abbo' is coded TCDGOV, resolved to no country",
        "s1: 'Mali' is coded TGO, resolved to MLI",
        "s1: 'Togo' is coded IGO, resolved to TGO",
    )


def test_an_unknown_prime_minister_is_of_the_only_country(tmp_path: Path) -> None:
    path = _write(
        tmp_path / "coded.jsonl",
        text="Chadian rebels met Prime Minister Moussa Abbo.",
        actors=["Prime Minister Moussa Abbo"],
        actor_codes=["TCDGOV"],
    )
    assert score_actors(read_coded(path), load_resolver()).countries == (1, 1)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"actors": ["Mali"]}, ":1: 'actors' and 'actor_codes' differ in number"),
        ({"recipients": ["Mali"]}, ":1: 'recipients' and 'recipient_codes' differ"),
        ({"published": "May 2009"}, ":1: 'published' is 'May 2009'"),
    ],
)
def test_faulty_sentences_are_told(tmp_path: Path, fields: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_coded(_write(tmp_path / "coded.jsonl", **fields))


@pytest.mark.parametrize(
    ("content", "message"),
    [("{broken", ":1: not JSON"), ("[]", ":1: no JSON object"), ("{}", ":1: no field 'doc_id'")],
)
def test_what_is_no_coded_sentence_is_told(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "coded.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_coded(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_coded(tmp_path / "nowhere.jsonl")
