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
from kg.terms import EventType

COLUMNS = ("id", "lemma", "pos", "slot", "types", "effect", "example", "absent")
EFFECTS = frozenset(
    {
        "arranged",
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
        "contingent",
    }
)
_POS = frozenset({"verb", "noun", "adj", "any"})
_OWN_SLOTS = frozenset({"self", "auxiliary", "adverb", "mark", "case", "determiner", "adjective"})
_SUFFIXES = (":bare", ":passive", ":past", ":next")
_GOVERNOR_SLOTS = frozenset({"to", "that", "ing", "object", "subject", "compound"})


@dataclass(frozen=True, kw_only=True)
class Cue:
    """One row of the table.

    Attributes:
        lemmas: Lower-case lemmas or forms; a particle follows its verb after a space.
        pos: ``verb``, ``noun`` or ``adj`` if the word must be one, else ``any``.
        slots: Where the event, or the word, must stand. A suffix asks for more: ``:bare`` that
            the event is a noun without "the", "this" or an owner, ``:passive`` that the
            governor is passive, ``:past`` that it is an adjective behind "was" or "were",
            ``:next`` that "to" follows it at once.
        types: Types that the event must be one of; empty for any.
        effects: What is done to the status; see ``EFFECTS``.
        example: A sentence whose event, in brackets, must meet the cue.
        absent: A sentence whose event must not.
    """

    id: str
    lemmas: tuple[str, ...]
    pos: str
    slots: tuple[str, ...]
    types: tuple[EventType, ...]
    effects: frozenset[str]
    example: str
    absent: str


def read_cues(path: Path) -> tuple[Cue, ...]:
    """Return the rows of a table of cues in file order.

    Raises:
        ResourceError: A slot, part of speech, type or effect is unknown, or an id or a use of a
            word comes twice.
    """
    cues = []
    seen: set[str] = set()
    row_by_use: dict[tuple[str, str, EventType | None, str], str] = {}
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
        types = _types(row["types"], where)
        for use in product(slots, [row["pos"]], types or [None], row["lemma"].split("|")):
            if row_by_use.setdefault(use, row["id"]) != row["id"]:
                raise ResourceError(
                    f"{where}: '{use[3]}' in slot '{use[0]}' is in '{row_by_use[use]}' already. "
                    "Take it out of one of them."
                )
        cues.append(
            Cue(
                id=row["id"],
                lemmas=tuple(row["lemma"].split("|")),
                pos=row["pos"],
                slots=slots,
                types=types,
                effects=effects,
                example=row["example"],
                absent=row["absent"],
            )
        )
    return tuple(cues)


def _types(names: str, where: str) -> tuple[EventType, ...]:
    try:
        return tuple(EventType(name) for name in names.split("|")) if names else ()
    except ValueError as error:
        known = ", ".join(EventType)
        raise ResourceError(f"{where}: unknown type in '{names}'. Use {known}.") from error


@cache
def _cue_by_use() -> Mapping[tuple[str, str, EventType | None, str], Cue]:
    return {
        (slot, cue.pos, kind, lemma): cue
        for cue in read_cues(data_path("lexicon", "cues.tsv"))
        for slot, kind, lemma in product(cue.slots, cue.types or (None,), cue.lemmas)
    }


def find_cue(
    slot: str, lemma: str, *, pos: str = "any", event_type: EventType | None = None
) -> Cue | None:
    """Return the shipped cue of a word in a slot.

    A row for the type of the event goes before one for any, and then a row for the part of
    speech of the word before one for any.
    """
    table = _cue_by_use()
    kinds = (None,) if event_type is None else (event_type, None)
    for kind in kinds:
        cue = table.get((slot, pos, kind, lemma)) or table.get((slot, "any", kind, lemma))
        if cue is not None:
            return cue
    return None
