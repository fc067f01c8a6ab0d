"""``kg evaluate`` and ``kg train``: scores on standard output; what is no gold is told."""

import json
import sys
from pathlib import Path

import pytest

from kg.record_json import to_line
from kg.terms import RelationType
from tests.conftest import RunCli
from tests.factory import load_echo, make_event, make_extraction, make_relation


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two annotated articles; the extractor at hand finds nothing in them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.extract.load_extractor", load_echo)
    text = "Militia attacked a base. It had vowed to strike."
    threat = make_event("V2", trigger="vowed", text=text, actors=("E1",))
    attack = make_event("V1", text=text, actors=("E1",), recipients=("E2",))
    articles = (
        make_extraction(doc_id="a1"),
        make_extraction(
            text,
            doc_id="a2",
            events=(attack, threat),
            relations=(make_relation(RelationType.CAUSED, "V2", "V1"),),
        ),
    )
    path = Path("gold.jsonl")
    path.write_text("".join(to_line(article) + "\n" for article in articles))
    return path


def test_gold_against_itself_is_perfect(run_cli: RunCli, gold: Path) -> None:
    result = run_cli("evaluate", gold, gold, "--extracted", "--format", "json", "--by", "type")

    assert (result.exit_code, result.stderr) == (0, "")
    scores = json.loads(result.stdout)
    assert scores["measures"]["event"] == {
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "right": 3,
        "spurious": 0,
        "missed": 0,
    }
    assert scores["types"]["ASSAULT"]["right"] == 3


def test_an_extractor_that_finds_nothing_misses_all(run_cli: RunCli, gold: Path) -> None:
    result = run_cli("evaluate", gold, gold, "--errors", "2")

    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["event", "0.000", "0.000", "0.000", "0", "0", "3"] in lines
    assert sum("missed ASSAULT" in line for line in result.stdout.splitlines()) == 2


def test_the_precision_of_rules_is_written(run_cli: RunCli, gold: Path) -> None:
    run_cli("evaluate", gold, gold, "--extracted", "--precision", "rules.tsv")
    header, total, *rules = Path("rules.tsv").read_text().splitlines()
    assert header.split("\t") == ["rule", "right", "wrong"]
    assert total.split("\t") == ["*", "3", "0"]
    assert sum(int(rule.split("\t")[1]) for rule in rules) == 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{broken\n", "gold.jsonl:1: not JSON"),
        ('{"doc_id": "a1"}\n', "gold.jsonl:1: no field"),
        (None, "gold.jsonl: cannot be read"),
    ],
)
def test_what_is_no_gold_is_told(
    run_cli: RunCli, gold: Path, content: str | None, message: str
) -> None:
    Path("articles.txt").write_text("Text.")
    gold.unlink() if content is None else gold.write_text(content)
    result = run_cli("evaluate", gold, "articles.txt")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {message}")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("content", ["{broken\n", '{"doc_id": "a1"}\n'])
def test_what_is_no_record_is_told(run_cli: RunCli, gold: Path, content: str) -> None:
    Path("records.jsonl").write_text(content)
    result = run_cli("evaluate", gold, "records.jsonl", "--extracted")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: records.jsonl:1: not ")


def test_train_either_scores_or_trains(run_cli: RunCli) -> None:
    result = run_cli("train", "corpora", "-o", "pipeline", "--model", "en_core_web_sm")
    assert result.exit_code == 2
    assert "Give one." in result.stderr


@pytest.mark.parametrize("other", ["--model", "--output"])
def test_fast_scores_the_shipped_pipeline_alone(run_cli: RunCli, other: str) -> None:
    result = run_cli("train", "corpora", "--fast", other, "pipeline")
    assert result.exit_code == 2
    assert "--fast scores the shipped pipeline" in result.stderr


def test_corpora_that_are_missing_are_told(run_cli: RunCli, tmp_path: Path) -> None:
    result = run_cli("train", tmp_path, "-o", tmp_path / "pipeline")
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(tmp_path) in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.stderr


MARKED = """=== m1 2020-05-05
[E1: Militia] {V1: attacked} a [E2: base].
---
E1 armed_group
E2 facility
V1 ASSAULT actual a=E1 r=E2
"""


def test_marked_text_is_gold_whose_own_texts_are_extracted(run_cli: RunCli, gold: Path) -> None:
    marked = gold.with_suffix(".txt")
    marked.write_text(MARKED)
    result = run_cli("evaluate", marked, "--by", "status")

    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["event", "0.000", "0.000", "0.000", "0", "0", "1"] in lines


def test_coded_actors_score_the_resolver(run_cli: RunCli, tmp_path: Path) -> None:
    coded = tmp_path / "coded.jsonl"
    sentence = {
        "doc_id": "s1",
        "text": "Togo praised the UN.",
        "actors": ["Togo"],
        "actor_codes": ["TGOGOV"],
        "recipients": ["UN"],
        "recipient_codes": ["MLI"],
    }
    coded.write_text(json.dumps(sentence))
    result = run_cli("evaluate", coded, "--actors", "--errors", "5")
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line.split() for line in result.stdout.splitlines()[1:3]] == [
        ["country", "0.500", "1/2"],
        ["no", "country", "0.000", "0/0"],
    ]
    assert result.stdout.splitlines()[3] == "s1: 'UN' is coded MLI, resolved to no country"

    result = run_cli("evaluate", coded, "--actors", "--format", "json")
    assert json.loads(result.stdout)["country"] == {"right": 1, "of": 2}


@pytest.mark.parametrize(
    ("command", "module"),
    [(["train-reader"], "kg.train.reader"), (["train-parser", "corpora"], "kg.train.parser")],
)
def test_transformers_cannot_be_trained_without_torch(
    run_cli: RunCli,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    module: str,
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.delitem(sys.modules, module, raising=False)
    result = run_cli(*command, "-o", tmp_path / "trained")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("Training needs more: pip install 'kg[train]'.\n")
    assert not (tmp_path / "trained").exists()
