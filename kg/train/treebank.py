"""Read Universal Dependencies treebanks.

CoNLL-U files come in; documents of paragraphs of sentences of words go out, with heads counted
from 0 inside the sentence. Multiword tokens become their words, empty nodes are left out. Nothing
of spaCy is known here.
"""

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError

_COLUMN_COUNT = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One syntactic word of a treebank.

    Attributes:
        head: Index of the head in the sentence, from 0; a root is its own head.
        relation: UD relation with subtype; "root" for a root.
        feats: UD features as written in the file, empty when there are none.
        misc: Content of the last column, which holds entities in GUM.
    """

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    relation: str
    space_after: bool = True
    misc: str = ""


Sentence = tuple[Word, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TreebankDocument:
    """A document of a treebank: its name and its sentences, paragraph by paragraph."""

    name: str
    paragraphs: tuple[tuple[Sentence, ...], ...]


def read_treebank(path: Path) -> tuple[TreebankDocument, ...]:
    """Read a gzipped CoNLL-U file.

    Raises:
        InputError: The file is missing, or a line has not ten columns.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            return tuple(parse_treebank(stream, source=path.name))
    except FileNotFoundError as error:
        raise InputError(
            f"{path}: no such file. Give the folder that holds the training corpora."
        ) from error


def parse_treebank(lines: Iterable[str], *, source: str = "text") -> Iterator[TreebankDocument]:
    """Divide CoNLL-U lines into documents at ``# newdoc`` and paragraphs at ``# newpar``.

    Raises:
        InputError: A line has not ten columns.
    """
    name = source
    paragraphs: list[list[Sentence]] = [[]]
    rows: list[list[str]] = []
    for number, line in enumerate(lines, start=1):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            if any(paragraphs):
                yield _document(name, paragraphs)
                paragraphs = [[]]
            name = line.partition("= ")[2]
        elif re.match(r"# newpar\b(?!_)", line):
            paragraphs.append([])
        elif line and not line.startswith("#"):
            columns = line.split("\t")
            if len(columns) != _COLUMN_COUNT:
                raise InputError(
                    f"{source}:{number}: {len(columns)} columns. "
                    f"A CoNLL-U line has {_COLUMN_COUNT}."
                )
            rows.append(columns)
        elif not line and rows:
            paragraphs[-1].append(to_sentence(rows))
            rows = []
    if rows:
        paragraphs[-1].append(to_sentence(rows))
    if any(paragraphs):
        yield _document(name, paragraphs)


def to_sentence(rows: list[list[str]]) -> Sentence:
    """Turn the CoNLL-U rows of one sentence into words."""
    words: list[Word] = []
    range_end, space_after_range = 0, True
    for columns in rows:
        identifier, form, lemma, upos, xpos, feats, head, relation, _, misc = columns
        space_after = "SpaceAfter=No" not in misc
        if "-" in identifier:
            range_end, space_after_range = int(identifier.split("-")[1]), space_after
            continue
        if "." in identifier:
            continue
        position = int(identifier)
        if position <= range_end:
            space_after = space_after_range if position == range_end else False
        # spaCy has no tokens with a space inside ("10 000"); they are rare.
        form = form.replace(" ", "")
        words.append(
            Word(
                form=form,
                lemma=form if lemma == "_" else lemma.replace(" ", ""),
                upos="X" if upos == "_" else upos,
                xpos=xpos,
                feats="" if feats == "_" else feats,
                head=int(head) - 1 if head != "0" else position - 1,
                relation=relation,
                space_after=space_after,
                misc=misc,
            )
        )
    return tuple(words)


def _document(name: str, paragraphs: list[list[Sentence]]) -> TreebankDocument:
    return TreebankDocument(
        name=name, paragraphs=tuple(tuple(paragraph) for paragraph in paragraphs if paragraph)
    )
