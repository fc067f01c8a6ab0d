"""What conversion must know of names: kinds of place, peoples, titles, words of dates.

The kinds of place are read off the labels of a training corpus rather than kept as a list of our
own; peoples come from the corpora folder (``demonyms.json``); titles and date words are lists in
kg/data/train.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from kg.errors import InputError
from kg.nlp.words import read_list
from kg.resources import data_path
from kg.train.labelled import (
    OUTSIDE,
    LabelledDocument,
    LabelledSentence,
    LabelledWord,
    Name,
    find_names,
    label_words,
)

_PLACE_LABELS = ("GPE", "LOC", "FAC")
_FREQUENT = 6
_NEARLY_ALWAYS = 0.8


@dataclass(frozen=True, kw_only=True)
class Gazetteer:
    """Knowledge about names for conversion.

    Attributes:
        label_by_place: GPE, LOC or FAC of place names seen in a corpus, words joined by a space.
        label_by_head: LOC or FAC of common last words of place names, lower-case ("river",
            "airport").
        demonyms: Words for nationalities, religions and peoples.
        titles: Words before a person's name, lower-case without final stop.
        date_words: Lower-case words of calendar dates.
    """

    label_by_place: Mapping[str, str]
    label_by_head: Mapping[str, str]
    demonyms: frozenset[str]
    titles: frozenset[str]
    date_words: frozenset[str]

    def place_label(self, forms: tuple[str, ...]) -> str:
        """Say which kind of place a name is; an unknown one is taken for a town or country."""
        known = self.label_by_place.get(" ".join(forms))
        if known:
            return known
        last, first = (
            self.label_by_head.get(forms[-1].lower()),
            self.label_by_head.get(forms[0].lower()),
        )
        if last == "FAC" and len(forms) == 1:
            return "GPE"
        return last or ("LOC" if first == "LOC" else "GPE")

    def is_date_word(self, form: str) -> bool:
        """Say whether a word looks like part of a calendar date: a year, a month, "week"."""
        word = form.lower().rstrip(".")
        return bool(re.fullmatch(r"\d{4}s?|\d{1,2}(st|nd|rd|th)", word)) or word in self.date_words


def load_gazetteer(demonyms: Path, places: Iterable[LabelledDocument]) -> Gazetteer:
    """Gather the knowledge from demonyms, a corpus with labelled places and the lists of kg.

    Raises:
        InputError: ``demonyms`` is not a file with a JSON list.
    """
    try:
        peoples = json.loads(demonyms.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"{demonyms}: not a readable JSON list. Give the folder that holds the corpora."
        ) from error
    heads = {}
    for line in read_list(data_path("train", "place-heads.tsv")):
        word, _, label = line.partition("\t")
        heads[word] = label
    return Gazetteer(
        label_by_place=_place_labels(places),
        label_by_head=heads,
        demonyms=frozenset(peoples),
        titles=frozenset(read_list(data_path("train", "titles.txt"))),
        date_words=frozenset(read_list(data_path("train", "date-words.txt"))),
    )


def divide_compounds(sentence: LabelledSentence, gazetteer: Gazetteer) -> LabelledSentence:
    """Label the name inside compounds such as "Iran-backed", which the corpora leave whole.

    The tokenizer divides these words at the hyphen, so the name must be learnt as a word of its
    own.
    """
    words: list[LabelledWord] = []
    for word in sentence:
        name, hyphen, rest = word.form.rpartition("-")
        label = "NORP" if name in gazetteer.demonyms else gazetteer.label_by_place.get(name)
        if hyphen and label and rest.islower() and word.tag == "O":
            words.append(LabelledWord(form=name, tag=f"B-{label}", is_joined=True))
            words.append(LabelledWord(form=hyphen, is_joined=True))
            words.append(LabelledWord(form=rest))
        else:
            words.append(word)
    return tuple(words)


def clear_roles(sentence: LabelledSentence, gazetteer: Gazetteer) -> LabelledSentence:
    """Take the label off roles before a person ("Secretary of [State] Rice") that GMB calls ORG."""
    words = list(sentence)
    names = find_names(sentence)
    for role, person in pairwise(names):
        is_before = role.label == "ORG" and person.label == "PERSON" and role.end == person.start
        if is_before and sentence[role.end - 1].form.lower() in gazetteer.titles:
            for index in range(role.start, role.end):
                words[index] = replace(words[index], tag=OUTSIDE)
    return tuple(words)


def hide_dates(sentence: LabelledSentence, gazetteer: Gazetteer) -> LabelledSentence:
    """Mark date-like words "not annotated", for corpora that do not label dates."""
    return tuple(
        LabelledWord(form=word.form, tag="-")
        if word.tag == "O" and gazetteer.is_date_word(word.form)
        else word
        for word in sentence
    )


def to_our_labels(sentence: LabelledSentence, gazetteer: Gazetteer) -> LabelledSentence:
    """Translate PER, ORG, LOC of UNER; peoples become NORP, and dates are not annotated."""
    words = list(sentence)
    for index, word in enumerate(sentence):
        if word.tag == "O" and word.form in gazetteer.demonyms:
            words[index] = LabelledWord(form=word.form, tag="B-NORP")
    for name in find_names(sentence):
        forms = tuple(word.form for word in sentence[name.start : name.end])
        if name.label == "PER":
            words[name.start : name.end] = label_words(forms, "PERSON")
        elif name.label == "LOC":
            words[name.start : name.end] = label_words(forms, gazetteer.place_label(forms))
    return hide_dates(tuple(words), gazetteer)


def agreed_labels(documents: Iterable[LabelledDocument]) -> list[LabelledDocument]:
    """Give each frequent name of an automatically labelled corpus its usual label.

    GMB labels "NATO" an organization hundreds of times and a place now and then; the exceptions
    are errors.
    """
    documents = list(documents)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for sentence in document:
            for name in find_names(sentence):
                if name.label:
                    counts[_written(sentence, name)][name.label] += 1
    agreed: dict[str, str] = {}
    for form, labels in counts.items():
        (label, count), total = labels.most_common(1)[0], labels.total()
        if len(labels) > 1 and total >= _FREQUENT and count >= _NEARLY_ALWAYS * total:
            agreed[form] = label
    return [tuple(_relabelled(sentence, agreed) for sentence in document) for document in documents]


def _relabelled(sentence: LabelledSentence, agreed: Mapping[str, str]) -> LabelledSentence:
    words = list(sentence)
    for name in find_names(sentence):
        label = agreed.get(_written(sentence, name))
        if name.label and label and label != name.label:
            forms = [word.form for word in sentence[name.start : name.end]]
            words[name.start : name.end] = label_words(forms, label)
    return tuple(words)


def _written(sentence: LabelledSentence, name: Name) -> str:
    return " ".join(word.form for word in sentence[name.start : name.end])


def _place_labels(documents: Iterable[LabelledDocument]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for sentence in document:
            for name in find_names(sentence):
                if name.label in _PLACE_LABELS:
                    counts[" ".join(word.form for word in sentence[name.start : name.end])][
                        name.label
                    ] += 1
    return {
        form: max(labels, key=lambda label: (labels[label], label))
        for form, labels in counts.items()
    }
