"""Find the names of persons, organizations and places by one judgement of each word.

Each word is judged once, for all labels: whether it begins a name, goes on with one, ends one, is
one alone or none (the scheme BILUO; Ratinov and Roth 2009, "Design Challenges and Misconceptions in
Named Entity Recognition"). The likeliest of the sequences that can be read as names is then sought
(Viterbi 1967), sentence by sentence. That takes a quarter of the time of spaCy's transitions.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import Tagger
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example
from thinc.api import Model, SequenceCategoricalCrossentropy

COMPONENT = "kg_names"
OUTSIDE = "O"
Scores = NDArray[np.float32]
_IMPOSSIBLE = np.float32(-1e9)


class NameTagger(Tagger):  # type: ignore[misc]
    """Judges words as spaCy's tagger does, and makes the names of a text of its judgements."""

    def __init__(self, vocab: Any, model: Model[list[Doc], list[Scores]], name: str) -> None:
        super().__init__(vocab, model, name, scorer=_score)
        self._order: NameOrder | None = None

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,
        labels: Sequence[str] | None = None,
    ) -> None:
        """Prepare for training on names with the labels of the examples."""
        if labels is None:
            found = {name.label_ for item in get_examples() for name in item.reference.ents}
            parts = [f"{part}-{label}" for label in sorted(found) for part in "BILU"]
            labels = [OUTSIDE, *parts]
        super().initialize(get_examples, nlp=nlp, labels=labels)

    def get_loss(self, examples: Iterable[Example], scores: Any) -> tuple[float, Any]:
        """Return the loss and its gradient; words without annotation teach nothing."""
        measure = SequenceCategoricalCrossentropy(names=list(self.labels), normalize=False)
        gradients, loss = measure(scores, [item.get_aligned_ner() for item in examples])
        return float(loss), gradients

    def predict(self, docs: Sequence[Doc]) -> list[list[str]]:
        """Return the part of a name that each word of each text is, a text at a time.

        The arrays of many texts would not fit the memory that is quick.
        """
        if self._order is None:
            self._order = NameOrder(self.labels)
        return [self._tags(doc, self._order) if len(doc) else [] for doc in docs]

    def _tags(self, doc: Doc, order: "NameOrder") -> list[str]:
        (scores,) = self.model.predict([doc])
        return order.best(scores, _sentence_starts(doc))

    def set_annotations(self, docs: Sequence[Doc], found: Sequence[Sequence[str]]) -> None:
        """Write the names into the texts."""
        for doc, tags in zip(docs, found, strict=True):
            doc.set_ents(list(_spans(doc, tags)))


class NameOrder:
    """Knows which part of a name may follow which."""

    def __init__(self, labels: Sequence[str]) -> None:
        """Take the labels of words: "O", and for each label of names "B-...", "I-...", ..."""
        self._labels = tuple(labels)
        opens = np.array([label[0] in "BI" for label in labels])
        goes_on = np.array([label[0] in "IL" for label in labels])
        names = np.array([label[2:] for label in labels])
        is_same = names[:, None] == names[None, :]
        self._may_follow = np.where(opens[:, None], goes_on[None, :] & is_same, ~goes_on[None, :])
        self._may_start, self._may_end = ~goes_on, ~opens

    def best(self, scores: Scores, starts: NDArray[np.int64]) -> list[str]:
        """Return the likeliest labels that can be read as names, none across a sentence's end.

        Args:
            scores: Logarithm of the odds of each label: words by labels.
            starts: Index of the first word of each sentence, ascending from 0.
        """
        chosen = scores.argmax(axis=1)
        fits = np.append(True, self._may_follow[chosen[:-1], chosen[1:]])
        fits[starts] = self._may_start[chosen[starts]]
        ends = np.append(starts[1:], len(chosen))
        is_readable = np.logical_and.reduceat(fits, starts) & self._may_end[chosen[ends - 1]]
        for start, end in zip(starts[~is_readable], ends[~is_readable], strict=True):
            chosen[start:end] = self._likeliest(scores[start:end])
        return [self._labels[index] for index in chosen]

    def _likeliest(self, scores: Scores) -> NDArray[np.int64]:
        """Return the likeliest sequence for one sentence."""
        cost = np.where(self._may_follow, np.float32(0), _IMPOSSIBLE)
        best = scores[0] + np.where(self._may_start, np.float32(0), _IMPOSSIBLE)
        before = np.zeros(scores.shape, dtype=np.int64)
        for index in range(1, len(scores)):
            ways = best[:, None] + cost
            before[index] = ways.argmax(axis=0)
            best = ways.max(axis=0) + scores[index]
        chosen = np.empty(len(scores), dtype=np.int64)
        chosen[-1] = (best + np.where(self._may_end, np.float32(0), _IMPOSSIBLE)).argmax()
        for index in range(len(scores) - 1, 0, -1):
            chosen[index - 1] = before[index, chosen[index]]
        return chosen


def _sentence_starts(doc: Doc) -> NDArray[np.int64]:
    is_start = doc.to_array("SENT_START").astype(np.int64) == 1
    is_start[0] = True
    return np.flatnonzero(is_start)


def _spans(doc: Doc, tags: Sequence[str]) -> Iterator[Span]:
    start = 0
    for index, tag in enumerate(tags):
        if tag[0] in "BU":
            start = index
        if tag[0] in "LU":
            yield Span(doc, start, index + 1, label=tag[2:])


def _score(examples: Iterable[Example], **_: Any) -> dict[str, Any]:
    return dict(get_ner_prf(examples))


@Language.factory(COMPONENT, assigns=["doc.ents"], default_score_weights={"ents_f": 1.0})
def make_name_tagger(nlp: Language, name: str, model: Model[list[Doc], list[Scores]]) -> NameTagger:
    """Make the component, with a network that gives each word a number for each label."""
    return NameTagger(nlp.vocab, model, name)
