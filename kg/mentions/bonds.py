"""Words that tie a group to a name: "[Iran]-backed", "associated with [Ansar]"."""

from functools import cache

from spacy.tokens import Span

from kg.resources import data_path, read_tsv

HYPHENS = frozenset({"-", "–", "‑"})
"""Marks that join the words of a compound."""


@cache
def bonds(*kinds: str) -> frozenset[str]:
    """Return the words that tie a group to a name in one of the ways: "associated with"."""
    path = data_path("lexicon", "actor_bonds.tsv")
    rows = read_tsv(path, ("word", "bond"))
    return frozenset(row["word"] for _, row in rows if row["bond"] in kinds)


def is_tied(span: Span) -> bool:
    """Tell whether a name backs or leads what follows: "[Tehran]-backed militias"."""
    behind = span.doc[span.end : span.end + 2]
    return (
        len(behind) == 2
        and behind[0].text in HYPHENS
        and behind[1].lower_ in bonds("ally", "backer", "leader")
    )
