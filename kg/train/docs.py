"""Turn sentences of the corpora into spaCy documents with annotation."""

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.train.labelled import LabelledSentence, Name, find_names
from kg.train.treebank import Sentence

_NO_SPACE_BEFORE = frozenset(
    [
        *".,;:?!%)]}’”",
        "'s",
        "'",
        "n't",
        "'re",
        "'ve",
        "'ll",
        "'m",
        "'d",
        "''",
        "...",
        "’s",
        "n’t",
        "’re",
        "’ve",
        "’ll",
        "’d",
    ]
)
_NO_SPACE_AFTER = frozenset("([{$#£€“‘")


def treebank_doc(
    vocab: Vocab, sentences: Sequence[Sentence], names: Sequence[Sequence[Name]] | None = None
) -> Doc:
    """Make a document with tags, morphology, lemmas and trees.

    Args:
        names: Named entities of each sentence; None leaves the document without entity annotation.
    """
    words = [word for sentence in sentences for word in sentence]
    starts = _starts(sentences)
    doc = Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space_after for word in words],
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        morphs=[word.feats for word in words],
        lemmas=[word.lemma for word in words],
        heads=[
            start + word.head
            for start, sentence in zip(starts, sentences, strict=True)
            for word in sentence
        ],
        deps=["ROOT" if word.relation == "root" else word.relation for word in words],
        sent_starts=[index == 0 for sentence in sentences for index in range(len(sentence))],
    )
    if names is not None:
        _set_names(doc, starts, names)
    return doc


def labelled_doc(vocab: Vocab, sentences: Sequence[LabelledSentence]) -> Doc:
    """Make a document with named entities only, its spaces restored from the punctuation."""
    words = [word.form for sentence in sentences for word in sentence]
    spaces = [
        space and not word.is_joined
        for sentence in sentences
        for word, space in zip(
            sentence, restore_spaces([word.form for word in sentence]), strict=True
        )
    ]
    doc = Doc(vocab, words=words, spaces=spaces)
    _set_names(doc, _starts(sentences), [find_names(sentence) for sentence in sentences])
    return doc


def restore_spaces(forms: Sequence[str]) -> list[bool]:
    """Say for each word of a tokenized sentence whether a space follows it.

    Straight quotes open and close in turn.
    """
    spaces: list[bool] = []
    is_quoted = False
    for form, following in zip(forms, [*forms[1:], ""], strict=True):
        if form == '"':
            is_quoted = not is_quoted
        is_opening = form in _NO_SPACE_AFTER or (form == '"' and is_quoted)
        is_closed = following in _NO_SPACE_BEFORE or (following == '"' and is_quoted)
        spaces.append(not is_opening and not is_closed)
    return spaces


def _starts(sentences: Iterable[Sequence[object]]) -> list[int]:
    starts, offset = [], 0
    for sentence in sentences:
        starts.append(offset)
        offset += len(sentence)
    return starts


def _set_names(doc: Doc, starts: Sequence[int], names: Sequence[Sequence[Name]]) -> None:
    spans: list[Span] = []
    missing: list[Span] = []
    for start, found in zip(starts, names, strict=True):
        for name in found:
            if name.label is None:
                missing.extend(
                    Span(doc, index, index + 1)
                    for index in range(start + name.start, start + name.end)
                )
            else:
                spans.append(Span(doc, start + name.start, start + name.end, label=name.label))
    doc.set_ents(spans, missing=missing, default="outside")
