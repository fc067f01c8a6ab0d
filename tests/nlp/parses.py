"""Build parses by hand, one word a line, for tests that need no model."""

import spacy
from spacy.tokens import Doc, Token

_VOCAB = spacy.blank("en").vocab


def make_doc(rows: str) -> Doc:
    """Return a parse of one sentence from rows of ``word lemma tag pos head dep``.

    Heads are indexes counted from 0; the head of the root is the root itself.
    """
    cells = [row.split() for row in rows.strip().splitlines()]
    return Doc(
        _VOCAB,
        words=[cell[0] for cell in cells],
        lemmas=[cell[1] for cell in cells],
        tags=[cell[2] for cell in cells],
        pos=[cell[3] for cell in cells],
        heads=[int(cell[4]) for cell in cells],
        deps=[cell[5] for cell in cells],
        sent_starts=[index == 0 for index in range(len(cells))],
    )


def word(doc: Doc, text: str) -> Token:
    """Return the first token with that text."""
    return next(token for token in doc if token.text == text)
