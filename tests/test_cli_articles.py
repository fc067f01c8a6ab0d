"""``kg extract`` and ``kg build``: what goes where, how they end, that no output is half there."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.record_json import from_record
from kg.records import Article, Extraction
from tests.conftest import RunCli
from tests.factory import EchoExtractor, make_extraction

GOOD = '{"doc_id": "%s", "text": "Militia attacked a base.", "published": "2024-04-21"}\n'


class OneAttack(EchoExtractor):
    """Finds the attack of a militia on a base in every article."""

    def extract(self, article: Article) -> Extraction:
        super().extract(article)
        return replace(make_extraction(), article=article)


def load_one_attack(
    model: str | None = None, *, fast: bool = False, overlay: Path | None = None
) -> EchoExtractor:
    if model:
        raise ResourceError(f"{model}: no such pipeline is installed. Install it with pip.")
    return OneAttack()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, with an extractor that needs no pipeline."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.extract.load_extractor", load_one_attack)
    return tmp_path


def write(name: str, content: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def rows(*ids: str) -> Path:
    return write("a.jsonl", "".join(GOOD % name for name in ids))


# --- extract


@pytest.mark.parametrize(("options", "expected"), [((), False), (("--fast",), True)])
def test_fast_leaves_the_reader_out(
    run_cli: RunCli, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], expected: bool
) -> None:
    asked = []

    def load(
        model: str | None = None, *, fast: bool = False, overlay: Path | None = None
    ) -> EchoExtractor:
        asked.append(fast)
        return load_one_attack(model)

    monkeypatch.setattr("kg.extract.load_extractor", load)
    assert run_cli("extract", rows("a"), *options).exit_code == 0
    assert asked == [expected]


@pytest.mark.parametrize("command", [("extract",), ("build", "-o", "graph.trig")])
def test_an_overlay_reaches_the_extractor(
    run_cli: RunCli, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    asked = []

    def load(
        model: str | None = None, *, fast: bool = False, overlay: Path | None = None
    ) -> EchoExtractor:
        asked.append(overlay)
        return load_one_attack(model)

    monkeypatch.setattr("kg.extract.load_extractor", load)
    overlay = write("mine/groups.tsv", "")
    assert run_cli(*command, rows("a"), "--overlay", overlay).exit_code == 0
    assert asked == [overlay]


def test_an_overlay_that_is_missing_is_a_wrong_use(run_cli: RunCli) -> None:
    result = run_cli("extract", rows("a"), "--overlay", "nowhere.tsv")
    assert result.exit_code == 2
    assert "nowhere.tsv" in result.stderr


def test_extract_writes_one_record_a_line_in_input_order(run_cli: RunCli) -> None:
    result = run_cli("extract", rows("b", "a", "c"))

    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["doc_id"] for record in records] == ["b", "a", "c"]
    assert records[0]["published"] == "2024-04-21"
    assert from_record(records[0]).events[0].type == "ASSAULT"
    assert (result.exit_code, result.stderr) == (0, "")


def test_extract_reads_standard_input(run_cli: RunCli) -> None:
    result = run_cli("extract", "-", stdin=GOOD % "x")
    assert json.loads(result.stdout)["doc_id"] == "x"


def test_extract_reads_compressed_standard_input(run_cli: RunCli) -> None:
    result = run_cli("extract", "-", stdin=gzip.compress((GOOD % "x").encode()))
    assert json.loads(result.stdout)["doc_id"] == "x"


def test_extract_writes_a_file(run_cli: RunCli) -> None:
    result = run_cli("extract", rows("a"), "-o", "records.jsonl")

    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(Path("records.jsonl").read_text())["doc_id"] == "a"
    assert sorted(path.name for path in Path().iterdir()) == ["a.jsonl", "records.jsonl"]


@pytest.mark.parametrize("jobs", [1, 3])
def test_any_number_of_jobs_writes_the_same(run_cli: RunCli, jobs: int) -> None:
    names = [f"n{number}" for number in range(20)]
    result = run_cli("extract", rows(*names), "--jobs", str(jobs))
    assert [json.loads(line)["doc_id"] for line in result.stdout.splitlines()] == names


def test_a_bad_line_is_told_and_fails_the_command(run_cli: RunCli) -> None:
    path = write("a.jsonl", "{broken\n" + GOOD % "good")
    result = run_cli("extract", path)

    assert result.exit_code == 1
    assert json.loads(result.stdout)["doc_id"] == "good"
    assert result.stderr.startswith("a.jsonl:1: not JSON (")
    assert result.stderr.count("\n") == 1


def test_keep_going_tells_a_bad_line_and_succeeds(run_cli: RunCli) -> None:
    path = write("a.jsonl", "{broken\n" + GOOD % "good")
    result = run_cli("extract", path, "--keep-going")

    assert result.exit_code == 0
    assert "a.jsonl:1: not JSON" in result.stderr


def test_quiet_still_tells_problems(run_cli: RunCli) -> None:
    result = run_cli("extract", "gone.txt", rows("a"), "--quiet")
    assert result.exit_code == 1
    assert result.stderr == "gone.txt: no such file or folder. Check the path.\n"


def test_no_article_at_all_is_a_failure_even_when_going_on(run_cli: RunCli) -> None:
    assert run_cli("extract", "gone.txt", "--keep-going").exit_code == 1


def test_an_article_that_cannot_be_extracted_does_not_stop_the_others(run_cli: RunCli) -> None:
    poison = '{"doc_id": "p", "text": "RAISE"}\n'
    result = run_cli("extract", write("a.jsonl", GOOD % "a" + poison + GOOD % "b"))

    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr.startswith("a.jsonl:2: extraction failed (ValueError: this article")


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("gone/records.jsonl", "there is no folder"),
        (".", "is a folder. Give the name of a file."),
    ],
)
def test_an_output_that_cannot_be_written_is_told_first(
    run_cli: RunCli, output: str, message: str
) -> None:
    result = run_cli("extract", rows("a"), "-o", output)

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_a_failing_run_leaves_the_old_output(run_cli: RunCli) -> None:
    write("records.jsonl", "old\n")
    result = run_cli("extract", rows("a"), "-o", "records.jsonl", "--model", "en_none")

    assert result.exit_code == 1
    assert result.stderr == (
        "Error: en_none: no such pipeline is installed. Install it with pip.\n"
    )
    assert Path("records.jsonl").read_text() == "old\n"
    assert sorted(path.name for path in Path().iterdir()) == ["a.jsonl", "records.jsonl"]


def test_fields_may_have_other_names(run_cli: RunCli) -> None:
    path = write("a.csv", "key,body\nk,Militia attacked a base.\n")
    result = run_cli("extract", path, "--field", "text=body", "--field", "doc_id=key")
    assert json.loads(result.stdout)["doc_id"] == "k"


@pytest.mark.parametrize("pair", ["body", "txt=body", "text="])
def test_a_field_option_that_makes_no_sense_is_a_usage_error(run_cli: RunCli, pair: str) -> None:
    result = run_cli("extract", rows("a"), "--field", pair)
    assert result.exit_code == 2
    assert "write FIELD=NAME with FIELD one of doc_id, text," in result.stderr


def test_no_input_is_a_usage_error(run_cli: RunCli) -> None:
    assert run_cli("extract").exit_code == 2


# --- build


def test_build_prints_what_the_graph_holds(run_cli: RunCli) -> None:
    result = run_cli("build", rows("a", "b"), "-o", "graph.trig")

    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line.split()[:2] for line in result.stdout.splitlines()]
    assert ["articles", "2"] in lines
    assert ["ASSAULT", "2"] in lines
    assert ["edges", "1"] in lines
    assert ["problems", "0"] in lines
    assert lines[-1][0] == "words/s"


def test_quiet_build_prints_nothing(run_cli: RunCli) -> None:
    result = run_cli("build", rows("a"), "-o", "graph.trig", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize("graph", ["graph.trig", "graph.nq"])
def test_one_run_or_many_in_any_order_give_the_same_graph(run_cli: RunCli, graph: str) -> None:
    def built(*runs: Sequence[str]) -> bytes:
        Path(graph).unlink(missing_ok=True)
        for ids in runs:
            assert run_cli("build", rows(*ids), "-o", graph).exit_code == 0
        return Path(graph).read_bytes()

    once = built("abc")
    assert built("cba") == once
    assert built("c", "ab") == once
    assert built("abc", "b") == once


def test_build_into_a_folder(run_cli: RunCli) -> None:
    assert run_cli("build", rows("a"), "-o", "store").exit_code == 0
    result = run_cli("build", rows("b"), "-o", "store")
    assert "articles" in result.stdout
    assert result.stdout.splitlines()[0].split() == ["articles", "2", "(1", "in", "this", "run)"]


def test_a_build_without_articles_leaves_the_graph_alone(run_cli: RunCli) -> None:
    run_cli("build", rows("a"), "-o", "graph.trig")
    before = Path("graph.trig").read_bytes()
    result = run_cli("build", "gone.txt", "-o", "graph.trig")

    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "gone.txt: no such file or folder. Check the path.",
        "Error: graph.trig: left as it is, since no article could be read.",
    ]
    assert Path("graph.trig").read_bytes() == before


def test_a_build_without_articles_makes_no_graph(run_cli: RunCli) -> None:
    for graph in ("graph.trig", "store"):
        assert run_cli("build", "gone.txt", "-o", graph).exit_code == 1
        assert not Path(graph).exists()


@pytest.mark.parametrize(
    "graph", ["gone/graph.trig", "graph.docx", "http://127.0.0.1:9/sparql", "notes.ttl/x.trig"]
)
def test_a_graph_that_cannot_be_written_is_told(run_cli: RunCli, graph: str) -> None:
    result = run_cli("build", rows("a"), "-o", graph)

    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {graph}")
    assert result.stderr.count("\n") == 1
    assert [path.name for path in Path().iterdir()] == ["a.jsonl"]


def test_a_graph_that_is_none_is_left_as_it_is(run_cli: RunCli) -> None:
    write("graph.trig", "This is no graph.")
    result = run_cli("build", rows("a"), "-o", "graph.trig")

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: graph.trig")
    assert Path("graph.trig").read_text() == "This is no graph."


def test_a_build_that_fails_leaves_the_old_graph(run_cli: RunCli) -> None:
    run_cli("build", rows("a"), "-o", "graph.trig")
    before = Path("graph.trig").read_bytes()
    assert run_cli("build", rows("b"), "-o", "graph.trig", "--model", "en_none").exit_code == 1
    assert Path("graph.trig").read_bytes() == before


def test_a_graph_does_not_go_to_standard_output(run_cli: RunCli) -> None:
    assert run_cli("build", rows("a"), "-o", "-").exit_code == 2
