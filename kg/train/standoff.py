"""Read annotation of articles whose text lies in a corpus that is not part of kg.

Real news may be learned from where its licence allows it, but only what was annotated for kg is
kept here: where in a corpus something stands, and what it is. Sentences are counted from 0 within a
file of the corpus, letters from 0 within a sentence::

    === gmb-01254 ner-gmb-test.iob.gz 1254-1257 9f86d081
    E1 state CHN 1254:0-5 1256:12-14
    E2 company - 1254:42-60
    V1 REQUEST actual 1254:20-25 a=E1 r=E2
    V2 REQUEST actual 1256:30-34 a=E1 r=E2
    V2 same_as V1

But for the places and for a country that is not known, the lines are those of marked text
(``kg.evaluate.markup``). The last word of a header is the beginning of the SHA-256 of the text, so
that another edition of a corpus is not taken for the one that was annotated.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.markup import Described, Spans, described_article
from kg.train.docs import restore_spaces
from kg.train.labelled import LabelledSentence, read_labelled
from kg.train.treebank import Sentence, read_treebank

SUFFIX = ".standoff"
HELD_OUT = "heldout"
"""Files with this in their name are kept from training."""
_HEADER = re.compile(
    r"=== (?P<doc_id>\S+) (?P<corpus>\S+) (?P<first>\d+)-(?P<last>\d+) (?P<digest>[0-9a-f]{8})"
)
_PLACE = re.compile(r"(?P<sentence>\d+):(?P<start>\d+)-(?P<end>\d+)")
_TREEBANK = ".conllu.gz"


@dataclass(frozen=True, kw_only=True)
class _Line:
    """A sentence of a corpus, and whether a paragraph begins with it."""

    text: str
    opens: bool


@dataclass(kw_only=True)
class _Story:
    doc_id: str
    corpus: str
    first: int
    last: int
    digest: str
    line: int
    notes: list[tuple[int, str]] = field(default_factory=list)
    places: list[tuple[int, str, re.Match[str]]] = field(default_factory=list)


def read_standoff(path: Path, corpora: Path) -> list[dict[str, Any]]:
    """Read the annotated articles of a file, with their text from the corpora, in file order.

    Args:
        corpora: Folder with the files that ``kg.train.corpora`` names.

    Raises:
        InputError: A file is missing, a line cannot be read, a place lies outside its article, or
            the corpus is not the one that was annotated.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path}: cannot be read ({error}). Name a file of stand-off annotation."
        ) from error
    return [_article(story, path, corpora) for story in _stories(lines, path)]


def _stories(lines: Sequence[str], path: Path) -> Iterator[_Story]:
    story: _Story | None = None
    for number, line in enumerate(lines, start=1):
        if line.startswith("==="):
            header = _HEADER.fullmatch(line.strip())
            if header is None:
                raise InputError(
                    f"{path}:{number}: no header. Write '=== ID CORPUS FIRST-LAST DIGEST'."
                )
            if story is not None:
                yield story
            story = _Story(
                doc_id=header["doc_id"],
                corpus=header["corpus"],
                first=int(header["first"]),
                last=int(header["last"]),
                digest=header["digest"],
                line=number,
            )
        elif story is None:
            if line.strip() and not line.startswith("#"):
                raise InputError(f"{path}:{number}: a line before the first header.")
        elif line.strip():
            read = [(word, _PLACE.fullmatch(word)) for word in line.split()]
            story.places += [(number, read[0][0], place) for _, place in read if place]
            note = " ".join(word for word, place in read if not place)
            story.notes.append((number, note))
    if story is not None:
        yield story


def _article(story: _Story, path: Path, corpora: Path) -> dict[str, Any]:
    lines = _corpus(corpora / story.corpus)
    where = f"{path}:{story.line}"
    if not story.first <= story.last < len(lines):
        raise InputError(
            f"{where}: {story.corpus} has sentences 0 to {len(lines) - 1} only. Mend the header."
        )
    text, starts = _joined(lines[story.first : story.last + 1])
    if digest(text) != story.digest:
        raise InputError(
            f"{where}: the text in {corpora / story.corpus} is not the one annotated. "
            "Give the edition that the card of kg/data/train/news names."
        )
    spans: Spans = {}
    for number, name, place in story.places:
        index = int(place["sentence"]) - story.first
        start, end = int(place["start"]), int(place["end"])
        if not 0 <= index < len(starts) or not (
            start < end <= len(lines[story.first + index].text)
        ):
            raise InputError(f"{path}:{number}: '{place[0]}' lies outside of the article.")
        spans.setdefault(name, []).append(
            {"start": starts[index] + start, "end": starts[index] + end}
        )
    for found in spans.values():
        found.sort(key=lambda span: span["start"])
    return described_article(
        Described(
            doc_id=story.doc_id,
            published=None,
            text=text,
            spans=spans,
            notes=story.notes,
            path=path,
            line=story.line,
        )
    )


def _joined(lines: Sequence[_Line]) -> tuple[str, list[int]]:
    """Return the text of some sentences, and where in it each begins."""
    text = ""
    starts = []
    for line in lines:
        if text:
            text += "\n\n" if line.opens else " "
        starts.append(len(text))
        text += line.text
    return text, starts


def digest(text: str) -> str:
    """Return what a header says of its text."""
    return sha256(text.encode()).hexdigest()[:8]


@cache
def _corpus(path: Path) -> tuple[_Line, ...]:
    """Return the sentences of a corpus; where paragraphs are not told, each is one."""
    if path.name.endswith(_TREEBANK):
        return tuple(
            _Line(text=_treebank_text(sentence), opens=index == 0)
            for document in read_treebank(path)
            for paragraph in document.paragraphs
            for index, sentence in enumerate(paragraph)
        )
    return tuple(
        _Line(text=_labelled_text(sentence), opens=True)
        for document in read_labelled(path)
        for sentence in document
    )


def _treebank_text(sentence: Sentence) -> str:
    return "".join(word.form + (" " if word.space_after else "") for word in sentence).rstrip()


def _labelled_text(sentence: LabelledSentence) -> str:
    forms = [word.form for word in sentence]
    spaces = restore_spaces(forms)
    return "".join(
        form + (" " if space else "") for form, space in zip(forms, spaces, strict=True)
    ).rstrip()
