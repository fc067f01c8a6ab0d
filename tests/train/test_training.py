"""A pipeline trained for a few steps on a tiny corpus."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from spacy.util import load_model_from_path

from kg.errors import InputError
from kg.nlp.pipeline import load_pipeline
from kg.train import corpora as names
from kg.train.naming import train_names
from kg.train.scores import score_pipeline, to_markdown
from kg.train.training import make_vectors, train_pipeline

TREE = """\
# newdoc id = GUM_news_x
# newpar
1\tTroops\ttroop\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\troot\t_\t_
3\tHoms\tHoms\tPROPN\tNNP\tNumber=Sing\t2\tobj\t_\tEntity=(1-place-new-s-cf1-1-sgl)
4\ton\ton\tADP\tIN\t_\t5\tcase\t_\t_
5\tMonday\tMonday\tPROPN\tNNP\tNumber=Sing\t2\tobl\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""
NAMES = (
    "# doc\nMr.\tO\nBush\tB-PERSON\nleft\tO\nHoms\tB-GPE\n.\tO\n\nNATO\tB-ORG\nstayed\tO\n.\tO\n\n"
)
UNER_NAMES = "# doc\nAnn\tB-PER\nleft\tO\nHoms\tB-LOC\n.\tO\n\n"
TREEBANKS = (
    *(names.EWT_TRAIN, names.EWT_DEV, names.EWT_TEST),
    *(names.GUM_TRAIN, names.GUM_DEV, names.GUM_TEST, names.PUD_TEST),
)
NAME_CORPORA = (
    *(names.GMB_TRAIN, names.GMB_DEV, names.GMB_TEST, names.WIKIGOLD),
    *(names.POLITICS_TRAIN, names.POLITICS_DEV, names.POLITICS_TEST),
)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Write a corpora folder in which every file says nearly the same."""
    folder = tmp_path / "corpora"
    folder.mkdir()
    texts = dict.fromkeys(TREEBANKS, TREE * 30) | dict.fromkeys(NAME_CORPORA, NAMES * 30)
    texts |= dict.fromkeys((names.UNER_DEV, names.UNER_TEST), UNER_NAMES)
    texts[names.VECTOR_WORDS] = "left\nHoms\n"
    for name, text in texts.items():
        (folder / name).write_bytes(gzip.compress(text.encode()))
    (folder / names.DEMONYMS).write_text(json.dumps(["Syrian"]), encoding="utf-8")
    np.save(folder / names.VECTOR_TABLE, np.ones((2, 96), dtype=np.float16))
    return folder


@pytest.mark.slow
def test_a_trained_pipeline_loads_and_scores(corpora: Path, tmp_path: Path) -> None:
    messages: list[str] = []
    output = tmp_path / "models" / "tiny"
    output.mkdir(parents=True)
    (output / "README.md").write_text("card", encoding="utf-8")
    train_pipeline(corpora, output, core_steps=10, ner_steps=4, report=messages.append)
    assert [message.split()[0] for message in messages] == [
        "reading",
        "training",
        "training",
        "writing",
    ]
    assert (output / "README.md").read_text(encoding="utf-8") == "card"
    assert str(tmp_path) not in (output / "config.cfg").read_text(encoding="utf-8")
    assert [path.name for path in output.parent.iterdir()] == ["tiny"]
    nlp = load_pipeline(str(output))
    assert nlp.vocab.vectors.data.dtype == np.float32
    scores = score_pipeline(nlp, corpora)
    assert [row.test_set for row in scores.parses] == ["EWT", "GUM", "PUD", "GUM news", "PUD news"]
    assert "| GMB (VOA news) |" in to_markdown(scores)


@pytest.mark.slow
def test_names_are_trained_over_the_shared_encoder(corpora: Path, tmp_path: Path) -> None:
    output = tmp_path / "models" / "tiny"
    train_names(corpora, output, steps=60, work=tmp_path / "work")
    assert str(tmp_path) not in (output / "config.cfg").read_text(encoding="utf-8")
    doc = load_pipeline(names=str(output))("Mr. Bush left Homs. NATO stayed.")
    assert {(name.text, name.label_) for name in doc.ents} >= {("Bush", "PERSON"), ("NATO", "ORG")}
    assert "Troops" not in load_model_from_path(output).vocab.strings


def test_names_without_an_encoder_are_refused(corpora: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"encoder\.onnx: no such file"):
        train_names(corpora, tmp_path / "out", encoder=tmp_path, work=tmp_path / "work")


def test_vectors_and_words_must_agree(corpora: Path, tmp_path: Path) -> None:
    (corpora / names.VECTOR_WORDS).write_bytes(gzip.compress(b"left\n"))
    with pytest.raises(InputError, match="1 words for 2 vectors"):
        make_vectors(corpora, tmp_path / "vectors")


def test_a_folder_without_corpora_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        train_pipeline(tmp_path, tmp_path / "out")


def test_no_other_files_make_way_for_a_model(corpora: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not a model"):
        train_pipeline(corpora, tmp_path, core_steps=1, ner_steps=1)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
