"""Read the table of cues: words that tell whether an event is fact, plan, wish, fear or denial.

Each row of ``kg/data/lexicon/cues.tsv`` names words, the slot in which the event stands to them,
and what they do to it. What the slots are in a parse is ``kg.nlp.cues``'s business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from kg.errors import ResourceError
from kg.resources import data_path, read_tsv

COLUMNS = ("id", "lemma", "pos", "slot", "effect", "example", "absent")
EFFECTS = frozenset(
    {
        "negate",
        "hypothetical",
        "future",
        "probable",
        "possible",
        "pass",
        "fact",
        "would",
        "habit",
        "historical",
        "able",
        "pending",
        "wish",
    }
)
_POS = frozenset({"verb", "noun", "adj", "any"})
_OWN_SLOTS = frozenset({"self", "auxiliary", "adverb", "mark", "case", "determiner", "adjective"})
_SUFFIXES = (":bare", ":passive", ":next")
_GOVERNOR_SLOTS = frozenset({"to", "that", "ing", "object", "subject", "compound"})


@dataclass(frozen=True, kw_only=True)
class Cue:
    """One row of the table.

    Attributes:
        lemmas: Lower-case lemmas or forms; a particle follows its verb after a space.
        pos: ``verb``, ``noun`` or ``adj`` if the word must be one, else ``any``.
        slots: Where the event, or the word, must stand. A suffix asks for more: ``:bare`` that
            the event is a noun without "the", "this" or an owner, ``:passive`` that the
            governor is passive, ``:next`` that "to" follows it at once.
        effects: What is done to the status; see ``EFFECTS``.
        example: A sentence whose event, in brackets, must meet the cue.
        absent: A sentence whose event must not.
    """

    id: str
    lemmas: tuple[str, ...]
    pos: str
    slots: tuple[str, ...]
    effects: frozenset[str]
    example: str
    absent: str


def read_cues(path: Path) -> tuple[Cue, ...]:
    """Return the rows of a table of cues in file order.

    Raises:
        ResourceError: A slot, part of speech or effect is unknown, or an id or a use of a word
            comes twice.
    """
    cues = []
    seen: set[str] = set()
    row_by_use: dict[tuple[str, str, str], str] = {}
    for number, row in read_tsv(path, COLUMNS):
        where = f"{path}:{number}"
        if row["id"] in seen:
            raise ResourceError(f"{where}: id '{row['id']}' is used twice. Give each row its own.")
        seen.add(row["id"])
        slots = tuple(row["slot"].split("|"))
        for slot in slots:
            name = slot
            for suffix in _SUFFIXES:
                name = name.removesuffix(suffix)
            if name not in _OWN_SLOTS | _GOVERNOR_SLOTS and not name.startswith("prep:"):
                known = ", ".join(sorted(_OWN_SLOTS | _GOVERNOR_SLOTS))
                raise ResourceError(f"{where}: unknown slot '{slot}'. Use {known} or prep:WORD.")
        if row["pos"] not in _POS:
            known = ", ".join(sorted(_POS))
            raise ResourceError(f"{where}: unknown part of speech '{row['pos']}'. Use {known}.")
        effects = frozenset(row["effect"].split())
        if not effects or effects - EFFECTS:
            known = ", ".join(sorted(EFFECTS))
            raise ResourceError(f"{where}: unknown effect '{row['effect']}'. Use {known}.")
        for use in product(slots, [row["pos"]], row["lemma"].split("|")):
            if row_by_use.setdefault(use, row["id"]) != row["id"]:
                raise ResourceError(
                    f"{where}: '{use[2]}' in slot '{use[0]}' is in '{row_by_use[use]}' already. "
                    "Take it out of one of them."
                )
        cues.append(
            Cue(
                id=row["id"],
                lemmas=tuple(row["lemma"].split("|")),
                pos=row["pos"],
                slots=slots,
                effects=effects,
                example=row["example"],
                absent=row["absent"],
            )
        )
    return tuple(cues)


@cache
def _cue_by_use() -> Mapping[tuple[str, str, str], Cue]:
    return {
        (slot, cue.pos, lemma): cue
        for cue in read_cues(data_path("lexicon", "cues.tsv"))
        for slot, lemma in product(cue.slots, cue.lemmas)
    }


def find_cue(slot: str, lemma: str, *, pos: str = "any") -> Cue | None:
    """Return the shipped cue of a word in a slot; a row for its part of speech goes first."""
    table = _cue_by_use()
    return table.get((slot, pos, lemma)) or table.get((slot, "any", lemma))
