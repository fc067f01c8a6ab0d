"""Say which corpus serves for what, and make training and development sets of them.

The test sets are named here too, so that one look tells that nothing is both trained and tested on.
"""

from collections.abc import Mapping
from pathlib import Path
from random import Random

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from kg.nlp.words import read_list
from kg.resources import data_path
from kg.train.augment import divide, make_headlines, vary_block
from kg.train.docs import labelled_doc, treebank_doc
from kg.train.gazetteer import (
    Gazetteer,
    agreed_labels,
    clear_roles,
    divide_compounds,
    hide_dates,
    load_gazetteer,
    to_our_labels,
)
from kg.train.gum import find_gum_names
from kg.train.labelled import LabelledDocument, read_labelled
from kg.train.names import NameLists, load_name_lists, vary_document
from kg.train.treebank import Sentence, TreebankDocument, read_treebank

EWT_TRAIN, EWT_DEV, EWT_TEST = (f"ud-ewt-{part}.conllu.gz" for part in ("train", "dev", "test"))
GUM_TRAIN, GUM_DEV, GUM_TEST = (
    f"ud-gum-open-{part}.conllu.gz" for part in ("train", "dev", "test")
)
PUD_TEST = "ud-pud-test.conllu.gz"
GMB_TRAIN, GMB_DEV, GMB_TEST = (f"ner-gmb-{part}.iob.gz" for part in ("train", "dev", "test"))
POLITICS_TRAIN, POLITICS_DEV, POLITICS_TEST = (
    f"ner-crossner-politics-{part}.iob.gz" for part in ("train", "dev", "test")
)
UNER_DEV, UNER_TEST = (f"ner-uner-ewt-{part}.iob.gz" for part in ("dev", "test"))
WIKIGOLD = "ner-wikigold.iob.gz"
DEMONYMS = "demonyms.json"
VECTOR_WORDS, VECTOR_TABLE = "vectors-minilm96.words.txt.gz", "vectors-minilm96.f16.npy"

_SENTENCES_PER_BLOCK = 6


def read_gazetteer(corpora: Path) -> Gazetteer:
    """Read what conversion must know of names; kinds of place are those of GMB's training part."""
    return load_gazetteer(corpora / DEMONYMS, read_labelled(corpora / GMB_TRAIN))


def read_spellings() -> Mapping[str, tuple[str, ...]]:
    """Read the spellings that may take the place of another one."""
    rows = (line.split("\t") for line in read_list(data_path("train", "spellings.tsv")))
    return {found: tuple(others.split("|")) for found, others in rows}


def make_core_sets(
    corpora: Path, vocab: Vocab, *, seed: int, headline_count: int
) -> tuple[list[Doc], list[Doc]]:
    """Make the training and development sets for tags, lemmas and trees."""
    random = Random(seed)  # noqa: S311  repeatable, nothing secret
    spellings = read_spellings()
    documents = [*read_treebank(corpora / EWT_TRAIN), *read_treebank(corpora / GUM_TRAIN)]
    blocks = [
        vary_block(block, random, spellings=spellings)
        for document in documents
        for block in divide(document, random)
    ]
    headlines = make_headlines(documents, random, count=headline_count)
    blocks += [vary_block(headline, random, spellings=spellings) for headline in headlines]
    train = [treebank_doc(vocab, block) for block in blocks]
    random.shuffle(train)
    # every other block: evaluation during training should not take longer than training
    dev = [
        treebank_doc(vocab, block)
        for name in (EWT_DEV, GUM_DEV)
        for block in _plain_blocks(read_treebank(corpora / name))[::2]
    ]
    return train, dev


def make_ner_sets(corpora: Path, vocab: Vocab, *, seed: int) -> tuple[list[Doc], list[Doc]]:
    """Make the training and development sets for named entities."""
    random = Random(seed)  # noqa: S311  repeatable, nothing secret
    gazetteer = read_gazetteer(corpora)
    lists = load_name_lists()
    spellings = read_spellings()
    train: list[Doc] = []
    for document in agreed_labels(read_labelled(corpora / GMB_TRAIN)):
        cleared = (clear_roles(sentence, gazetteer) for sentence in document)
        divided = tuple(divide_compounds(sentence, gazetteer) for sentence in cleared)
        train.append(_varied(vocab, divided, random, lists))
    for name in (WIKIGOLD, POLITICS_TRAIN, POLITICS_DEV):
        for document in read_labelled(corpora / name):
            undated = tuple(hide_dates(sentence, gazetteer) for sentence in document)
            train.append(_varied(vocab, undated, random, lists))
    for document in read_labelled(corpora / UNER_DEV):
        for block in blocks_of(document):
            ours = tuple(to_our_labels(sentence, gazetteer) for sentence in block)
            train.append(_varied(vocab, ours, random, lists))
    for treebank in read_treebank(corpora / GUM_TRAIN):
        for sentences in divide(treebank, random):
            varied = vary_block(sentences, random, spellings=spellings)
            train.append(
                treebank_doc(
                    vocab, varied, [find_gum_names(sentence, gazetteer) for sentence in varied]
                )
            )
    random.shuffle(train)
    return train, _ner_dev(corpora, vocab, gazetteer)


def blocks_of(document: LabelledDocument) -> list[LabelledDocument]:
    """Divide a long document into blocks of a few sentences."""
    return [
        document[start : start + _SENTENCES_PER_BLOCK]
        for start in range(0, len(document), _SENTENCES_PER_BLOCK)
    ]


def write_docs(path: Path, docs: list[Doc]) -> None:
    """Write documents in spaCy's binary format, making the folder if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=docs).to_disk(path)


def _varied(vocab: Vocab, document: LabelledDocument, random: Random, lists: NameLists) -> Doc:
    return labelled_doc(vocab, vary_document(document, random, lists=lists))


def _plain_blocks(documents: tuple[TreebankDocument, ...]) -> list[tuple[Sentence, ...]]:
    return [block for document in documents for block in divide(document)]


def _ner_dev(corpora: Path, vocab: Vocab, gazetteer: Gazetteer) -> list[Doc]:
    labelled = [labelled_doc(vocab, document) for document in read_labelled(corpora / GMB_DEV)[::3]]
    blocks = _plain_blocks(read_treebank(corpora / GUM_DEV))[::3]
    return labelled + [
        treebank_doc(vocab, block, [find_gum_names(sentence, gazetteer) for sentence in block])
        for block in blocks
    ]
