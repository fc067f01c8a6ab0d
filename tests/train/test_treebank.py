"""Reading CoNLL-U."""

import gzip
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.train.treebank import parse_treebank, read_treebank

TEXT = """\
# newdoc id = one
# sent_id = one-1
# text = They don't stay.
1\tThey\tthey\tPRON\tPRP\tNumber=Plur\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tstay\tstay\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4.1\tthere\tthere\tADV\tRB\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
# sent_id = one-2
1\tLeave\tleave\tVERB\tVB\t_\t0\troot\t_\t_

# newdoc id = two
1\tStop\tstop\tVERB\tVB\t_\t0\troot\t_\t_
"""


def test_documents_paragraphs_and_sentences() -> None:
    one, two = parse_treebank(TEXT.splitlines())
    assert (one.name, two.name) == ("one", "two")
    assert [len(paragraph) for paragraph in one.paragraphs] == [1, 1]


def test_multiword_tokens_become_words_and_empty_nodes_vanish() -> None:
    sentence = next(parse_treebank(TEXT.splitlines())).paragraphs[0][0]
    assert [word.form for word in sentence] == ["They", "do", "n't", "stay", "."]
    assert [word.space_after for word in sentence] == [True, False, True, False, True]


def test_heads_count_from_zero_and_a_root_is_its_own() -> None:
    sentence = next(parse_treebank(TEXT.splitlines())).paragraphs[0][0]
    assert [word.head for word in sentence] == [3, 3, 3, 3, 3]


def test_a_short_line_is_refused() -> None:
    with pytest.raises(InputError, match=r"x.conllu:1: 2 columns"):
        list(parse_treebank(["1\tThey\n"], source="x.conllu"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.gz: no such file"):
        read_treebank(tmp_path / "none.gz")


def test_a_gzipped_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tiny.conllu.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    assert len(read_treebank(path)) == 2
