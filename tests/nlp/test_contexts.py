"""Contexts of paragraphs, from lemmas written by hand; each row of the table in its sentences."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kg.errors import ResourceError
from kg.nlp.contexts import (
    COLUMNS,
    ContextCue,
    find_context_cues,
    find_contexts,
    load_context_cues,
    read_context_cues,
)
from kg.nlp.pipeline import load_pipeline
from kg.resources import data_path
from kg.taxonomy import taxonomy

CUES = load_context_cues()
_VOCAB = spacy.blank("en").vocab


def make_doc(text: str) -> Doc:
    """Return a doc of words between blanks; ``form/lemma`` gives a lemma, ``¶`` a line break."""
    cells = [cell.partition("/") for cell in text.replace("¶", "\n\n").split(" ")]
    words = [form for form, _, _ in cells]
    return Doc(_VOCAB, words=words, lemmas=[lemma or form for form, _, lemma in cells])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ambassador left .", ("diplomatic",)),
        ("Lawsuits/lawsuit were/be filed/file .", ("legal",)),
        ("PARLIAMENT met/meet .", ("legislative",)),
        ("A judge/judge came/come .", ()),
        ("A judge spoke/speak to the lawyer .", ("legal",)),
        ("A judge and a judge met/meet .", ()),
        ("A judge went/go to the hospital .", ()),
        ("Chemical/chemical weapons/weapon were/be found/find .", ("cbrn",)),
        ("The chemical plant has/have no weapons/weapon .", ()),
        ("The weapons/weapon of a chemical", ()),
        ("The chemical", ()),
        ("A cyber - attack on the stock - exchange", ("cyber",)),
        ("Same - sex couples/couple", ("lgbt",)),
        ("The running/run mate and the running mate", ("election",)),
        ("An envoy spoke/speak of human/human rights/right .", ("diplomatic", "human_rights")),
    ],
)
def test_contexts_of_a_paragraph(text: str, expected: tuple[str, ...]) -> None:
    doc = make_doc(text)
    assert find_contexts(doc) == [expected] * len(doc)


def test_paragraphs_end_at_line_breaks() -> None:
    doc = make_doc("A judge came/come . ¶ The lawyer left/leave . ¶ An envoy spoke/speak .")
    assert find_contexts(doc) == [()] * 10 + [("diplomatic",)] * 4


def test_a_line_break_belongs_to_the_paragraph_that_it_ends() -> None:
    doc = make_doc("Envoys/envoy met/meet ¶ Rain fell/fall ¶")
    assert find_contexts(doc) == [("diplomatic",)] * 3 + [()] * 3


def test_a_phrase_does_not_cross_a_line_break() -> None:
    doc = make_doc("It is chemical ¶ weapons/weapon are/be heavy")
    assert find_contexts(doc) == [()] * len(doc)


def test_other_white_space_parts_nothing() -> None:
    words = ["chemical", "  ", "weapon"]
    assert find_contexts(Doc(_VOCAB, words=words, lemmas=words)) == [("cbrn",)] * 3


def test_tokens_of_a_paragraph_share_one_tuple() -> None:
    assert len({id(found) for found in find_contexts(make_doc("The envoy and the consul"))}) == 1


def test_an_empty_doc_has_no_paragraph() -> None:
    assert find_contexts(Doc(_VOCAB)) == []


def test_table_is_sorted_and_normal() -> None:
    lines = data_path("lexicon", "contexts.tsv").read_text(encoding="utf-8").splitlines()[1:]
    ids = [line.split("\t")[0] for line in lines]
    assert ids == sorted(ids)
    assert all(line == line.rstrip() and "  " not in line for line in lines)


def test_ids_tell_context_and_words() -> None:
    for cue in CUES:
        assert cue.id.startswith(f"context.{cue.context}."), cue.id


def test_every_context_has_rows() -> None:
    count = Counter(cue.context for cue in CUES)
    assert set(count) == set(taxonomy().contexts)
    assert min(count.values()) >= 14


def test_every_sentence_is_used_once() -> None:
    count = Counter(text for cue in CUES for text in (cue.example, cue.absent))
    assert [text for text, number in count.items() if number > 1 or not text] == []


def test_no_row_needs_another_row_of_its_context() -> None:
    """A phrase around a strong word says nothing new, and one around a weak word counts twice."""
    cues_by_use = {(cue.context, cue.words): cue for cue in CUES}
    needless = []
    for cue in CUES:
        size = len(cue.words)
        parts = [cue.words[i:j] for i in range(size) for j in range(i + 1, size + 1)]
        for part in parts:
            inner = cues_by_use.get((cue.context, part), cue)
            if inner is not cue and (inner.is_strong or not cue.is_strong):
                needless.append(f"{cue.id} holds {inner.id}")
    assert needless == []


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["context.legal.a\tlegals\tlawsuit\tstrong\tx\ty"], r":2: context 'legals'.*'legal'"),
        (["context.legal.a\tlegal\tlawsuit\tstrung\tx\ty"], r":2: strength 'strung'.*'strong'"),
        (["context.legal.a\tlegal\tlawsuit\t\tx\ty"], ":2: strength ''"),
        (["context.legal.a\tlegal\tLawsuit\tweak\tx\ty"], ":2: words 'Lawsuit'"),
        (["context.legal.a\tlegal\ta  b\tweak\tx\ty"], ":2: words 'a  b'"),
        (["context.legal.a\tlegal\ta b c d\tweak\tx\ty"], ":2: words 'a b c d'"),
        (["context.legal.a\tlegal\t\tweak\tx\ty"], ":2: words ''"),
        (
            ["context.legal.a\tlegal\ta\tweak\tx\ty", "context.legal.a\tlegal\tb\tweak\tx\ty"],
            ":3: id 'context.legal.a' is used twice",
        ),
        (
            ["context.legal.a\tlegal\ta\tweak\tx\ty", "context.legal.b\tlegal\ta\tweak\tx\ty"],
            ":3: 'a' is in 'context.legal.a' already",
        ),
    ],
)
def test_refuses_a_wrong_row(tmp_path: Path, rows: list[str], message: str) -> None:
    path = tmp_path / "contexts.tsv"
    path.write_text("\n".join(["\t".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=message) as error:
        read_context_cues(path)
    assert str(path) in str(error.value)


@pytest.fixture(scope="module")
def doc_by_sentence() -> Mapping[str, Doc]:
    texts = [text for cue in CUES for text in (cue.example, cue.absent)]
    return dict(zip(texts, load_pipeline().pipe(texts), strict=True))


def cues_in(doc: Doc) -> frozenset[ContextCue]:
    return frozenset().union(*(cues for _, _, cues in find_context_cues(doc)))


@pytest.mark.model
@pytest.mark.slow
def test_each_row_is_found_in_its_example(doc_by_sentence: Mapping[str, Doc]) -> None:
    silent = [cue.id for cue in CUES if cue not in cues_in(doc_by_sentence[cue.example])]
    assert silent == []


@pytest.mark.model
@pytest.mark.slow
def test_each_strong_row_gives_its_context(doc_by_sentence: Mapping[str, Doc]) -> None:
    silent = [
        cue.id
        for cue in CUES
        if cue.is_strong and cue.context not in find_contexts(doc_by_sentence[cue.example])[0]
    ]
    assert silent == []


@pytest.mark.model
@pytest.mark.slow
def test_no_row_is_found_in_its_counterexample(doc_by_sentence: Mapping[str, Doc]) -> None:
    wrong = [cue.id for cue in CUES if cue in cues_in(doc_by_sentence[cue.absent])]
    assert wrong == []
