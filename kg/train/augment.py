"""Vary treebank documents as news varies: curly quotes, line breaks, spellings of states."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

from kg.train.headlines import is_headline_like, to_headline
from kg.train.treebank import Sentence, TreebankDocument, Word

_OPENING_TAGS = frozenset(["``"])
_JOINED_SHARE = 0.25
_CLITICS = frozenset(["'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "'"])


def divide(
    document: TreebankDocument, random: Random | None = None, *, longest: int = 8
) -> Iterator[tuple[Sentence, ...]]:
    """Divide a document into blocks of sentences, at most a paragraph each.

    Args:
        random: If given, a paragraph in four shares its block with the one before.
        longest: Largest number of sentences in a block.
    """
    block: list[Sentence] = []
    for paragraph in document.paragraphs:
        if block and (random is None or random.random() >= _JOINED_SHARE):
            yield tuple(block)
            block = []
        for sentence in paragraph:
            if len(block) == longest:
                yield tuple(block)
                block = []
            block.append(sentence)
    if block:
        yield tuple(block)


def vary_block(
    block: Sequence[Sentence], random: Random, *, spellings: Mapping[str, Sequence[str]]
) -> tuple[Sentence, ...]:
    """Write a block with other spellings, curly quotes (1 in 3) and line breaks (1 in 5)."""
    sentences = [respell(sentence, random, spellings=spellings) for sentence in block]
    if random.random() < 1 / 3:
        sentences = [curl_sentence(sentence) for sentence in sentences]
    if random.random() < 0.2:
        sentences = list(break_lines(sentences, random))
    return tuple(sentences)


def make_headlines(
    documents: Iterable[TreebankDocument], random: Random, *, count: int
) -> list[tuple[Sentence, ...]]:
    """Make ``count`` blocks of one headline each, or fewer when not so many sentences serve."""
    fit = [
        sentence
        for document in documents
        for paragraph in document.paragraphs
        for sentence in paragraph
        if is_headline_like(sentence)
    ]
    return [
        (to_headline(sentence, random),) for sentence in random.sample(fit, min(count, len(fit)))
    ]


def curl(form: str, *, is_opening: bool) -> str:
    """Return a straight quote or apostrophe in its typographic form."""
    if form in ('"', "``", "''"):
        return "“" if is_opening else "”"
    if form in _CLITICS and not is_opening:
        return form.replace("'", "’")
    return "‘" if form == "'" else form


def curl_sentence(sentence: Sentence) -> Sentence:
    """Give a sentence typographic quotes; its part-of-speech tags say which of them open."""
    return tuple(
        replace(word, form=curl(word.form, is_opening=word.xpos in _OPENING_TAGS))
        for word in sentence
    )


def break_lines(block: Sequence[Sentence], random: Random) -> Iterator[Sentence]:
    """Put a line break after some sentences that another one follows."""
    for sentence, _ in pairwise(block):
        yield (
            add_line_break(sentence, random.choice(("\n", "\n\n")))
            if random.random() < 0.5
            else sentence
        )
    yield from block[-1:]


def add_line_break(sentence: Sentence, text: str) -> Sentence:
    """Append a white-space token in the manner of spaCy: tag _SP, attached to the last word."""
    last = replace(sentence[-1], space_after=False)
    space = Word(
        form=text,
        lemma=text,
        upos="SPACE",
        xpos="_SP",
        feats="",
        head=len(sentence) - 1,
        relation="dep",
        space_after=False,
    )
    return (*sentence[:-1], last, space)


def respell(
    sentence: Sentence, random: Random, *, spellings: Mapping[str, Sequence[str]]
) -> Sentence:
    """Replace some words by other spellings of the same single word ("U.S." by "US")."""
    return tuple(
        replace(word, form=random.choice(spellings[word.form]))
        if word.form in spellings and random.random() < 0.6
        else word
        for word in sentence
    )
