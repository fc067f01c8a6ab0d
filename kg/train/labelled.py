"""Read named-entity corpora in IOB2 columns.

A file has ``token<TAB>tag`` lines, an empty line after each sentence and ``# doc`` before each
document. The tag ``-`` means "not annotated": the token must teach nothing.
"""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import InputError

OUTSIDE = "O"
UNKNOWN = "-"


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelledWord:
    """A word of a named-entity corpus with its IOB2 tag.

    Attributes:
        is_joined: The next word follows without a space.
    """

    form: str
    tag: str = OUTSIDE
    is_joined: bool = False


LabelledSentence = tuple[LabelledWord, ...]
LabelledDocument = tuple[LabelledSentence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """The words ``start`` to ``end`` (exclusive) of a sentence, as one named entity.

    Attributes:
        label: None means that the words are not annotated.
    """

    start: int
    end: int
    label: str | None


def read_labelled(path: Path) -> tuple[LabelledDocument, ...]:
    """Read a gzipped IOB file.

    Raises:
        InputError: The file is missing, or a line has not two columns.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            return tuple(parse_labelled(stream, source=path.name))
    except FileNotFoundError as error:
        raise InputError(
            f"{path}: no such file. Give the folder that holds the training corpora."
        ) from error


def parse_labelled(lines: Iterable[str], *, source: str = "text") -> Iterator[LabelledDocument]:
    """Divide IOB lines into documents; a file without ``# doc`` is one document.

    Raises:
        InputError: A line has not two columns.
    """
    sentences: list[LabelledSentence] = []
    words: list[LabelledWord] = []
    for number, line in enumerate(lines, start=1):
        line = line.rstrip("\n")
        if line and line != "# doc":
            form, tab, tag = line.partition("\t")
            if not tab:
                raise InputError(f"{source}:{number}: no tab. Write a token, a tab and its tag.")
            words.append(LabelledWord(form=form, tag=tag))
            continue
        if words:
            sentences.append(tuple(words))
            words = []
        if line == "# doc" and sentences:
            yield tuple(sentences)
            sentences = []
    if words:
        sentences.append(tuple(words))
    if sentences:
        yield tuple(sentences)


def find_names(sentence: LabelledSentence) -> tuple[Name, ...]:
    """List the named entities and the unannotated words of a sentence, from left to right."""
    names: list[Name] = []
    start, label = 0, OUTSIDE
    for index, word in enumerate((*sentence, LabelledWord(form=""))):
        if label != OUTSIDE and word.tag != f"I-{label}":
            names.append(Name(start=start, end=index, label=label))
            label = OUTSIDE
        if word.tag == UNKNOWN:
            names.append(Name(start=index, end=index + 1, label=None))
        elif word.tag != OUTSIDE and label == OUTSIDE:
            start, label = index, word.tag[2:]
    return tuple(names)


def label_words(forms: Iterable[str], label: str, *, is_joined: bool = False) -> LabelledSentence:
    """Give the words of one name their IOB2 tags; ``is_joined`` tells it of the last word."""
    words = [
        LabelledWord(form=form, tag=f"{'I' if position else 'B'}-{label}")
        for position, form in enumerate(forms)
    ]
    return (*words[:-1], *(replace(word, is_joined=is_joined) for word in words[-1:]))
