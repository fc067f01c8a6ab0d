"""Annotation without its text: read with the corpus it was made on, refused with another."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.resources import data_path
from kg.train.standoff import HELD_OUT, digest, read_standoff

LABELLED = "Togo\tB-GPE\nurged\tO\nits\tO\nally\tO\n.\tO\n\nIt\tO\nagreed\tO\n.\tO\n"
TREEBANK = """# newdoc id = one
# newpar
1\tTogo\tTogo\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2\tyielded\tyield\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

1\tBenin\tBenin\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2\tthanked\tthank\tVERB\tVBD\t_\t0\troot\t_\t_
3\tit\tit\tPRON\tPRP\t_\t2\tobj\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""
TEXT = "Togo urged its ally.\n\nIt agreed."
STORY = f"""=== a-1 news.iob.gz 0-1 {digest(TEXT)}
E1 state TGO 0:0-4
E2 state - 0:15-19 1:0-2
V1 REQUEST actual 0:5-10 a=E1 r=E2
V2 AGREE actual 1:3-9 a=E2
V2 response_to V1
"""


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    for name, text in (("news.iob.gz", LABELLED), ("trees.conllu.gz", TREEBANK)):
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as stream:
            stream.write(text)
    return tmp_path


def read(corpora: Path, story: str) -> list[dict[str, Any]]:
    path = corpora / "news.standoff"
    path.write_text(story, encoding="utf-8")
    return read_standoff(path, corpora)


def test_places_count_from_their_sentence(corpora: Path) -> None:
    (article,) = read(corpora, STORY)
    assert article["text"] == TEXT
    assert article["relations"] == [{"type": "response_to", "from": "V2", "to": "V1"}]
    quotes = {
        item["id"]: [TEXT[place["start"] : place["end"]] for place in item["mentions"]]
        for item in article["entities"]
    }
    assert quotes == {"E1": ["Togo"], "E2": ["ally", "It"]}
    triggers = [
        TEXT[item["trigger"]["start"] : item["trigger"]["end"]] for item in article["events"]
    ]
    assert triggers == ["urged", "agreed"]


def test_sentences_of_a_paragraph_stand_on_one_line(corpora: Path) -> None:
    text = "Togo yielded. Benin thanked it."
    (article,) = read(
        corpora,
        f"=== b-1 trees.conllu.gz 0-1 {digest(text)}\n"
        "E1 state BEN 1:0-5\nV1 SUPPORT actual 1:6-13 a=E1\n",
    )
    assert article["text"] == text


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ("=== a-1 news.iob.gz 0-1\n", r"standoff:1: no header\. Write"),
        ("V1 AGREE actual 1:3-9\n", r"standoff:1: a line before the first header"),
        (STORY.replace("0-1", "0-2"), r"standoff:1: news\.iob\.gz has sentences 0 to 1 only"),
        (STORY.replace(digest(TEXT), "00000000"), r"is not the one annotated\. Give the edition"),
        (STORY.replace("1:3-9", "1:3-90"), r"standoff:5: '1:3-90' lies outside of the article"),
        (STORY.replace("1:3-9", "4:3-9"), r"standoff:5: '4:3-9' lies outside of the article"),
        (STORY.replace("a=E2", "a=E3"), r"standoff:1: E3 of a-1 is not described"),
        (STORY.replace("AGREE", "AGREED"), r"standoff:5: .*unknown type 'AGREED', perhaps 'AGREE'"),
        (STORY.replace("news.iob.gz", "none.iob.gz"), r"none\.iob\.gz: no such file"),
    ],
)
def test_a_fault_is_told_with_its_place(corpora: Path, story: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read(corpora, story)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.standoff: cannot be read"):
        read_standoff(tmp_path / "none.standoff", tmp_path)


def test_what_is_learned_and_what_is_held_out_are_of_different_parts_of_the_corpora() -> None:
    corpora: dict[bool, set[str]] = {True: set(), False: set()}
    for path in data_path("train", "news").glob("*.standoff"):
        lines = path.read_text(encoding="utf-8").splitlines()
        corpora[HELD_OUT in path.stem] |= {
            line.split()[2] for line in lines if line.startswith("===")
        }
    assert all("-train." in name for name in corpora[False])
    assert corpora[True]
    assert not any("-train." in name for name in corpora[True])
