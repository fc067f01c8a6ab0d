"""Tell what each paragraph of an article is about: its PLOVER contexts.

Each row of ``kg/data/lexicon/contexts.tsv`` is a word or phrase that speaks for a context. A strong
one is enough; of the weak ones it takes two different ones in the same paragraph. A context is said
of the text and not of an event, so neither negation nor grammar matters here.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from kg.errors import ResourceError
from kg.resources import data_path, read_tsv
from kg.taxonomy import taxonomy

COLUMNS = ("id", "context", "words", "strength", "example", "absent")
STRENGTHS = ("strong", "weak")
LONGEST = 3
"""Words in the longest phrase."""

_HYPHENS = frozenset(["-", "‐", "‑", "–"])


@dataclass(frozen=True, kw_only=True, slots=True)
class ContextCue:
    """One row of the table.

    Attributes:
        words: Lower-case lemmas or forms that follow one another, at most ``LONGEST``.
        is_strong: Whether the row alone gives the context.
        example: A sentence in which the row matches.
        absent: A sentence in which it does not.
    """

    id: str
    context: str
    words: tuple[str, ...]
    is_strong: bool
    example: str
    absent: str


def read_context_cues(path: Path) -> tuple[ContextCue, ...]:
    """Return the rows of a table of context cues in file order.

    Raises:
        ResourceError: A context or strength is unknown, the words are no lower-case phrase, or an
            id or a phrase of a context comes twice.
    """
    cues: list[ContextCue] = []
    seen: set[str] = set()
    id_by_use: dict[tuple[str, tuple[str, ...]], str] = {}
    for number, row in read_tsv(path, COLUMNS):
        where = f"{path}:{number}"
        if row["id"] in seen:
            raise ResourceError(f"{where}: id '{row['id']}' is used twice. Give each row its own.")
        seen.add(row["id"])
        context = taxonomy().require_context(row["context"], where=where)
        if row["strength"] not in STRENGTHS:
            near = difflib.get_close_matches(row["strength"], STRENGTHS, n=1, cutoff=0.0)[0]
            raise ResourceError(
                f"{where}: strength '{row['strength']}' is unknown. Did you mean '{near}'?"
            )
        words = tuple(row["words"].split(" "))
        if not all(words) or len(words) > LONGEST or row["words"] != row["words"].lower():
            raise ResourceError(
                f"{where}: words '{row['words']}' are not 1 to {LONGEST} lower-case words with "
                "one space between them. Shorten or mend the phrase."
            )
        first = id_by_use.setdefault((context, words), row["id"])
        if first != row["id"]:
            raise ResourceError(
                f"{where}: '{row['words']}' is in '{first}' already. Take out one of the two."
            )
        cues.append(
            ContextCue(
                id=row["id"],
                context=context,
                words=words,
                is_strong=row["strength"] == "strong",
                example=row["example"],
                absent=row["absent"],
            )
        )
    return tuple(cues)


@cache
def load_context_cues() -> tuple[ContextCue, ...]:
    """Return the shipped table in file order, read once.

    Raises:
        ResourceError: As ``read_context_cues``.
    """
    return read_context_cues(data_path("lexicon", "contexts.tsv"))


@cache
def _cues_by_first_word() -> Mapping[str, tuple[ContextCue, ...]]:
    table: dict[str, list[ContextCue]] = {}
    for cue in load_context_cues():
        table.setdefault(cue.words[0], []).append(cue)
    return {word: tuple(cues) for word, cues in table.items()}


def find_contexts(doc: Doc) -> list[tuple[str, ...]]:
    """Return for each token the contexts of its paragraph, in alphabetical order.

    The tokens of a paragraph share one tuple; a line break belongs to the paragraph that it ends.
    """
    contexts: list[tuple[str, ...]] = []
    for start, end, cues in find_context_cues(doc):
        contexts += [_judge(cues)] * (end - start)
    return contexts


def find_context_cues(doc: Doc) -> Iterator[tuple[int, int, frozenset[ContextCue]]]:
    """Yield the first token of each paragraph, the token behind it, and the cues that it holds."""
    start = 0
    words: list[tuple[str, str]] = []
    for token in doc:
        if token.is_space:
            if "\n" in token.text:
                yield start, token.i + 1, _match(words)
                start, words = token.i + 1, []
        elif token.text not in _HYPHENS:  # "cyber-attack" is "cyber attack"
            words.append((token.lemma_.lower(), token.lower_))
    if start < len(doc):
        yield start, len(doc), _match(words)


def _match(words: Sequence[tuple[str, str]]) -> frozenset[ContextCue]:
    """Return the cues that hold somewhere in a row of words, each given as lemma and form.

    The form counts as well as the lemma because the lemma of a participle in a set phrase depends
    on its surroundings: the "ruling party" is now a "ruling", now a "rule party".
    """
    table = _cues_by_first_word()
    return frozenset(
        cue
        for position, word in enumerate(words)
        for first in {*word}
        for cue in table.get(first, ())
        if _follows(cue, words, position)
    )


def _follows(cue: ContextCue, words: Sequence[tuple[str, str]], position: int) -> bool:
    found = words[position : position + len(cue.words)]
    return len(found) == len(cue.words) and all(
        wanted in word for wanted, word in zip(cue.words, found, strict=True)
    )


def _judge(cues: frozenset[ContextCue]) -> tuple[str, ...]:
    strong = {cue.context for cue in cues if cue.is_strong}
    weak = [cue.context for cue in cues if not cue.is_strong]
    return tuple(sorted(strong.union(name for name in weak if weak.count(name) > 1)))
