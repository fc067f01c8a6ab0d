"""Fix sentence boundaries before the parser sets the others.

The parser decides where sentences end, but it keeps what is decided here. A text comes in with
tokens and, at best, Penn Treebank tags; ``Token.is_sent_start`` goes out as True, False, or left
open. News needs this because headings and captions have no final stop, titles ("Col.") end in one,
and a quotation that ends in a comma goes on with the verb of saying.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.nlp.datelines import dateline_length
from kg.nlp.words import read_words

COMPONENT = "kg_sentences"

_BEGINS, _CONTINUES = 1, -1
_STRAIGHT = '"'
_OPENING = frozenset(["“", "``", "„", "«"])
_CLOSING = frozenset(["”", "''", "»"])
_FULL_STOPS = frozenset([".", "!", "?", "…", "...", "....", "?!", "!!", "!?"])
_STOPS = _FULL_STOPS | frozenset([":", ";", "•", "*", "·", "|"])
_AFTER_STOPS = frozenset([*_CLOSING, _STRAIGHT, "'", "’"])
_BRACKETS = frozenset([")", "]"])
_JOINING = frozenset([",", "–"])
_CLOCK = frozenset(["am", "pm"])
_LONGEST_BRACKET = 30
_FARTHEST_SPEECH_VERB = 45


@Language.component(COMPONENT)
def set_boundaries(doc: Doc) -> Doc:
    """Set the boundaries that are certain, line by line."""
    if not len(doc):
        return doc
    # written at once: each setting of ``Token.is_sent_start`` looks through the whole text
    starts = doc.to_array([SENT_START]).astype(np.int64)
    covered = 1
    for start, end in lines_of(doc):
        starts[covered:start] = _CONTINUES
        covered = end
        tokens = list(doc[start:end])
        quotes = _quote_sides(tokens)
        if start:
            starts[start] = _BEGINS
        for position in range(1, len(tokens)):
            if _is_inside(tokens, quotes, position):
                starts[start + position] = _CONTINUES
            elif _follows_full_quotation(tokens, quotes, position):
                starts[start + position] = _BEGINS
        for position in _joined_to_speech(tokens, quotes):
            starts[start + position] = _CONTINUES
        dateline = dateline_length(tokens)
        if dateline:
            starts[start + dateline] = _BEGINS
    starts[covered:] = _CONTINUES
    return doc.from_array([SENT_START], starts.astype(np.uint64))  # type: ignore[arg-type]


def lines_of(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the token ranges between line breaks; the break itself ends its line.

    White space between two lines belongs to neither.
    """
    start = 0
    is_space = doc.to_array("IS_SPACE").astype(bool)
    for index in np.flatnonzero(is_space).tolist():
        if "\n" in doc[index].text:
            if not is_space[start:index].all():
                yield start, index + 1
            start = index + 1
    if start < len(doc):
        yield start, len(doc)


def _quote_sides(tokens: list[Token]) -> list[str]:
    """Tell for each token whether it is an opening ("open") or a closing quote ("close").

    Straight quotes take turns.
    """
    sides: list[str] = []
    is_open = False
    for token in tokens:
        text = token.text
        if text == _STRAIGHT:
            is_open = not is_open
            sides.append("open" if is_open else "close")
        else:
            sides.append("open" if text in _OPENING else "close" if text in _CLOSING else "")
    return sides


def _is_inside(tokens: list[Token], quotes: list[str], position: int) -> bool:
    """Say whether a token certainly does not begin a sentence."""
    token, before = tokens[position], tokens[position - 1]
    if token.is_space or quotes[position] == "close" or quotes[position - 1] == "open":
        return True
    if _ends_abbreviation(tokens, position - 1):
        return True
    if quotes[position] == "open":
        return before.text in (",", ":")
    if quotes[position - 1] == "close" and position > 1:
        return tokens[position - 2].text == ","
    if before.text in _BRACKETS and position > 1:
        return not _bracket_may_end_sentence(tokens, position - 1)
    if token.text[:1].islower() or token.text == ",":
        return not _may_end_sentence(before) and not before.is_space
    # times, numbers and addresses are left to the parser: mail headers may lose their line breaks
    is_word = before.is_alpha and before.lower_ not in _CLOCK
    return before.text in _JOINING or (is_word and token.is_alpha)


def _bracket_may_end_sentence(tokens: list[Token], position: int) -> bool:
    """Say whether a full stop stands inside a bracket that closes, or right before it opened."""
    for opening in range(position - 1, max(0, position - _LONGEST_BRACKET), -1):
        if tokens[opening].text in ("(", "["):
            return any(_may_end_sentence(tokens[at - 1]) for at in (position, opening))
    return _may_end_sentence(tokens[position - 1])


def _follows_full_quotation(tokens: list[Token], quotes: list[str], position: int) -> bool:
    """Say whether a token follows a quotation with a full stop that nobody is said to say."""
    return (
        position > 1
        and quotes[position - 1] == "close"
        and tokens[position - 2].text == "."
        and (tokens[position].text[:1].isupper() or quotes[position] == "open")
        and _speech_verb(tokens, position, must_be_near=True) is None
    )


def _may_end_sentence(token: Token) -> bool:
    text = token.text
    return text in _STOPS or text in _AFTER_STOPS or text.endswith((".", "!", "?"))


def _ends_abbreviation(tokens: list[Token], position: int) -> bool:
    """Say whether a title, or initials that qualify the next word, end at ``position``."""
    token = tokens[position]
    text = token.text
    if text == "." and position and not tokens[position - 1].whitespace_:
        text = tokens[position - 1].text + text
    if text in _abbreviations():
        return True
    is_initials = (
        len(text) > 3 and text.replace(".", "").isupper() and text[1::2] == "." * (len(text) // 2)
    )
    following = tokens[position + 1]
    if not is_initials or token.is_space:
        return False
    # "U.S. forces", "U.S. Central Command", but not "in the U.S. The troops"
    return following.is_lower or following.tag_ in (
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "JJ",
        "POS",
        "HYPH",
        "VBZ",
        "VBD",
    )


def _joined_to_speech(tokens: list[Token], quotes: list[str]) -> Iterator[int]:
    """Yield the tokens from a closed quotation to the verb of saying that goes with it."""
    for position in range(1, len(tokens) - 1):
        if quotes[position] != "close" or tokens[position - 1].text not in (",", "?", "!"):
            continue
        verb = _speech_verb(tokens, position + 1, must_be_near=tokens[position - 1].text != ",")
        if verb is not None:
            yield from range(position, verb + 1)


def _speech_verb(tokens: list[Token], start: int, *, must_be_near: bool) -> int | None:
    farthest = 5 if must_be_near else _FARTHEST_SPEECH_VERB
    for position in range(start, min(len(tokens), start + farthest)):
        token = tokens[position]
        if token.lower_ in _speech_verbs():
            return position
        if token.text in _FULL_STOPS and not _ends_abbreviation([*tokens, token], position):
            return None
    return None


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(read_words("abbreviations.txt"))


@cache
def _speech_verbs() -> frozenset[str]:
    return frozenset(read_words("speech-verbs.txt"))
