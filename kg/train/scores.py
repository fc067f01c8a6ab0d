"""Score a pipeline on the held-out test sets.

Texts are given raw, paragraph by paragraph, so that errors of tokenization and of sentence ends
count too. Trees, tags and lemmas are scored on Universal Dependencies test sets, names on four
sets of different origin.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.scorer import Scorer, get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.vocab import Vocab

from kg.train.augment import divide
from kg.train.corpora import (
    EWT_TEST,
    GMB_TEST,
    GUM_TEST,
    POLITICS_TEST,
    PUD_TEST,
    UNER_TEST,
    blocks_of,
    read_gazetteer,
)
from kg.train.docs import labelled_doc, treebank_doc
from kg.train.gazetteer import Gazetteer, divide_compounds
from kg.train.gum import find_gum_names
from kg.train.labelled import read_labelled
from kg.train.treebank import TreebankDocument, read_treebank

_UNER_LABELS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
_BATCH = 32


@dataclass(frozen=True, kw_only=True)
class ParseScore:
    """Scores on a treebank, each a share in [0, 1].

    Attributes:
        word_count: Words in the test set.
        tokens: F1 of token boundaries.
        sentences: F1 of sentence boundaries.
        xpos: Accuracy of Penn Treebank tags; the following ones likewise.
        uas: Accuracy of heads, punctuation aside.
        las: Accuracy of heads with relation, punctuation aside.
    """

    test_set: str
    word_count: int
    tokens: float
    sentences: float
    xpos: float
    upos: float
    lemmas: float
    uas: float
    las: float


@dataclass(frozen=True, kw_only=True)
class NameScore:
    """Scores of named entities, exact span and label, each a share in [0, 1]."""

    test_set: str
    precision: float
    recall: float
    f1: float
    f1_by_label: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class PipelineScores:
    """All scores of one pipeline."""

    parses: tuple[ParseScore, ...]
    names: tuple[NameScore, ...]


def score_pipeline(nlp: Language, corpora: Path) -> PipelineScores:
    """Score a pipeline that labels as ours does, on the test sets in the corpora folder.

    Raises:
        InputError: A test set is missing or malformed.
    """
    gazetteer = read_gazetteer(corpora)
    treebanks = {
        "EWT": read_treebank(corpora / EWT_TEST),
        "GUM": read_treebank(corpora / GUM_TEST),
        "PUD": read_treebank(corpora / PUD_TEST),
    }
    treebanks["GUM news"] = _named(treebanks["GUM"], "GUM_news")
    treebanks["PUD news"] = _named(treebanks["PUD"], "n")
    parses = [
        score_parses(nlp, name, _treebank_docs(nlp.vocab, documents))
        for name, documents in treebanks.items()
    ]
    name_sets: dict[str, tuple[Iterable[Doc], Callable[[Doc], None] | None]] = {
        "GMB (VOA news)": (_gmb_docs(nlp.vocab, corpora / GMB_TEST, gazetteer), None),
        "CrossNER politics": (_labelled_docs(nlp.vocab, corpora / POLITICS_TEST), _without_dates),
        "UNER EWT (PER, ORG, LOC)": (_labelled_docs(nlp.vocab, corpora / UNER_TEST), _to_uner),
        "GUM": (_treebank_docs(nlp.vocab, treebanks["GUM"], gazetteer), None),
    }
    names = [score_names(nlp, name, docs, adapt) for name, (docs, adapt) in name_sets.items()]
    return PipelineScores(parses=tuple(parses), names=tuple(names))


def score_parses(nlp: Language, name: str, docs: Iterable[Doc]) -> ParseScore:
    """Score tokens, sentences, tags, lemmas and trees against documents of a treebank."""
    examples = _examples(nlp, docs)
    scores = Scorer(nlp).score(examples)
    return ParseScore(
        test_set=name,
        word_count=sum(len(example.reference) for example in examples),
        tokens=_share(scores, "token_f"),
        sentences=_share(scores, "sents_f"),
        xpos=_share(scores, "tag_acc"),
        upos=_share(scores, "pos_acc"),
        lemmas=_share(scores, "lemma_acc"),
        uas=_share(scores, "dep_uas"),
        las=_share(scores, "dep_las"),
    )


def score_names(
    nlp: Language, name: str, docs: Iterable[Doc], adapt: Callable[[Doc], None] | None = None
) -> NameScore:
    """Score named entities; ``adapt`` translates the predicted labels to those of the test set."""
    examples = _examples(nlp, docs)
    if adapt is not None:
        for example in examples:
            adapt(example.predicted)
    scores = get_ner_prf(examples)
    return NameScore(
        test_set=name,
        precision=_share(scores, "ents_p"),
        recall=_share(scores, "ents_r"),
        f1=_share(scores, "ents_f"),
        f1_by_label={
            label: values["f"] for label, values in sorted(scores["ents_per_type"].items())
        },
    )


def to_markdown(scores: PipelineScores) -> str:
    """Write the scores as two Markdown tables, in per cent."""
    lines = [
        "| test set | words | tokens F | sentences F | XPOS | UPOS | lemmas | UAS | LAS |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in scores.parses:
        shares = (row.tokens, row.sentences, row.xpos, row.upos, row.lemmas, row.uas, row.las)
        cells = " | ".join(f"{100 * share:.1f}" for share in shares)
        lines.append(f"| {row.test_set} | {row.word_count} | {cells} |")
    lines += ["", "| test set | P | R | F | F by label |", "|---|---|---|---|---|"]
    for names in scores.names:
        cells = " | ".join(
            f"{100 * share:.1f}" for share in (names.precision, names.recall, names.f1)
        )
        by_label = ", ".join(
            f"{label} {100 * share:.1f}" for label, share in names.f1_by_label.items()
        )
        lines.append(f"| {names.test_set} | {cells} | {by_label} |")
    return "\n".join(lines) + "\n"


def _examples(nlp: Language, docs: Iterable[Doc]) -> list[Example]:
    gold = list(docs)
    predicted = nlp.pipe((doc.text for doc in gold), batch_size=_BATCH)
    return [Example(guess, doc) for guess, doc in zip(predicted, gold, strict=True)]


def _treebank_docs(
    vocab: Vocab, documents: Sequence[TreebankDocument], gazetteer: Gazetteer | None = None
) -> list[Doc]:
    """Make a document of each paragraph, with names if a gazetteer is given."""
    docs = []
    for document in documents:
        for paragraph in divide(document, longest=1000):
            names = None
            if gazetteer is not None:
                names = [find_gum_names(sentence, gazetteer) for sentence in paragraph]
            docs.append(treebank_doc(vocab, paragraph, names))
    return docs


def _labelled_docs(vocab: Vocab, path: Path) -> list[Doc]:
    return [
        labelled_doc(vocab, block)
        for document in read_labelled(path)
        for block in blocks_of(document)
    ]


def _gmb_docs(vocab: Vocab, path: Path, gazetteer: Gazetteer) -> list[Doc]:
    """Make test documents in which "Iran" of "Iran-backed" is a name, as in training."""
    return [
        labelled_doc(vocab, [divide_compounds(sentence, gazetteer) for sentence in block])
        for document in read_labelled(path)
        for block in blocks_of(document)
    ]


def _named(documents: Iterable[TreebankDocument], prefix: str) -> tuple[TreebankDocument, ...]:
    return tuple(document for document in documents if document.name.startswith(prefix))


def _to_uner(doc: Doc) -> None:
    doc.set_ents(
        [
            Span(doc, name.start, name.end, label=_UNER_LABELS[name.label_])
            for name in doc.ents
            if name.label_ in _UNER_LABELS
        ]
    )


def _without_dates(doc: Doc) -> None:
    doc.set_ents([name for name in doc.ents if name.label_ not in ("DATE", "TIME")])


def _share(scores: Mapping[str, Any], key: str) -> float:
    value = scores.get(key)
    return float(value) if value is not None else 0.0
