"""The common nouns that can name an actor, place or thing, and the words that change their kind.

Read from ``kg/data/lexicon``: the head noun decides first ("militia" is an armed group), a
modifier can change it ("rebel commander", "aid group"), and a bond ties a foreign name to the
phrase without giving it a nationality ("Iran-backed", "US-led", "UK-based").
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from kg.errors import ResourceError
from kg.linking.tables import read_weapon_nouns
from kg.resources import data_path, read_tsv
from kg.terms import EntityKind

NOUN_COLUMNS = ("lemma", "kind", "plural_kind", "sector", "number", "animate")
MODIFIER_COLUMNS = ("modifier", "head_kinds", "kind", "plural_kind", "sector", "office")
BOND_COLUMNS = ("word", "bond")


class Bond(StrEnum):
    """How a name in "X-backed group" is tied to the group."""

    BACKER = "backer"
    LEADER = "leader"
    ALLY = "ally"
    BASE = "base"
    HOLDER = "holder"
    MAKER = "maker"
    AGAINST = "against"


@dataclass(frozen=True, kw_only=True)
class ActorNoun:
    """A head noun.

    Attributes:
        lemma: One or more lower-case words.
        kind: What a singular phrase with this head is.
        plural_kind: What a plural phrase is: a "fighter" is a person, "fighters" a group.
        sector: PLOVER sector code.
        is_collective: Whether the singular already means many ("troop", "police").
        is_animate: Whether it means people rather than a body or thing.
        family: Weapon family, for weapons.
    """

    lemma: str
    kind: EntityKind
    plural_kind: EntityKind
    sector: str | None = None
    is_collective: bool = False
    is_animate: bool = False
    family: str | None = None


@dataclass(frozen=True, kw_only=True)
class Modifier:
    """What a modifier makes of a head of some kind.

    Attributes:
        kind: New kind; None keeps the head's.
        sector: New sector; None keeps the head's.
        blocks_office: The phrase does not mean the holder of the office ("former president").
    """

    word: str
    kind: EntityKind | None
    plural_kind: EntityKind | None
    sector: str | None
    blocks_office: bool


@cache
def load_actor_nouns() -> Mapping[str, ActorNoun]:
    """Return the head nouns by lemma: actors, places and things, and the weapon nouns."""
    path = data_path("lexicon", "actor_nouns.tsv")
    nouns = {
        lemma: ActorNoun(
            lemma=lemma, kind=EntityKind.WEAPON, plural_kind=EntityKind.WEAPON, family=family
        )
        for lemma, family in read_weapon_nouns(data_path("knowledge", "weapons.tsv"))
    }
    for number, row in read_tsv(path, NOUN_COLUMNS):
        kind = _kind(row["kind"], path, number)
        noun = ActorNoun(
            lemma=row["lemma"],
            kind=kind,
            plural_kind=_kind(row["plural_kind"], path, number) if row["plural_kind"] else kind,
            sector=row["sector"] or None,
            is_collective=row["number"] == "many",
            is_animate=row["animate"] == "yes",
        )
        if noun.lemma in nouns:
            raise ResourceError(f"{path}:{number}: '{noun.lemma}' is there twice. Keep one row.")
        nouns[noun.lemma] = noun
    return nouns


@cache
def load_modifiers() -> Mapping[tuple[str, EntityKind], Modifier]:
    """Return the effect of a modifier by its word and the kind of head that it changes."""
    path = data_path("lexicon", "actor_modifiers.tsv")
    modifiers = {}
    for number, row in read_tsv(path, MODIFIER_COLUMNS):
        kind = _kind(row["kind"], path, number) if row["kind"] else None
        plural = _kind(row["plural_kind"], path, number) if row["plural_kind"] else kind
        for cell in row["head_kinds"].split("|"):
            key = (row["modifier"], _kind(cell, path, number))
            if key in modifiers:
                raise ResourceError(
                    f"{path}:{number}: '{row['modifier']}' is there twice for {cell}. Keep one."
                )
            modifiers[key] = Modifier(
                word=row["modifier"],
                kind=kind,
                plural_kind=plural,
                sector=row["sector"] or None,
                blocks_office=row["office"] == "other",
            )
    return modifiers


@cache
def load_bonds() -> Mapping[str, Bond]:
    """Return the second halves of "X-backed" and the like with what they mean."""
    path = data_path("lexicon", "actor_bonds.tsv")
    return {row["word"]: Bond(row["bond"]) for _, row in read_tsv(path, BOND_COLUMNS)}


def find_noun(head: str, modifiers: tuple[str, ...]) -> tuple[ActorNoun | None, tuple[str, ...]]:
    """Return the noun of the longest compound that ends in ``head``, and the words left over.

    >>> noun, rest = find_noun("field", ("large", "oil"))
    >>> noun.lemma, rest
    ('oil field', ('large',))
    """
    nouns = load_actor_nouns()
    words = (*modifiers, *head.split())
    for start in range(max(0, len(words) - 5), len(words)):
        joined = " ".join(words[start:])
        # Lemmatizers leave some plurals as they are ("troops").
        for lemma in (joined, *singulars(joined)):
            if lemma in nouns:
                return nouns[lemma], words[:start]
    return None, modifiers


def singulars(plural: str) -> tuple[str, ...]:
    """Return what a plural may be the plural of, the most regular first.

    >>> singulars("ministries"), singulars("gunmen")
    (('ministrie', 'ministry', 'ministri'), ('gunman',))
    """
    if plural.endswith("men"):
        return (plural[:-3] + "man",)
    if plural.endswith("people"):
        return (plural[:-6] + "person", plural)
    if plural.endswith("children"):
        return (plural[:-3],)
    if not plural.endswith("s") or plural.endswith("ss"):
        return ()
    forms = [plural[:-1]]
    if plural.endswith("ies"):
        forms.append(plural[:-3] + "y")
    if plural.endswith("es"):
        forms.append(plural[:-2])
    return tuple(forms)


def modify(
    noun: ActorNoun, words: tuple[str, ...], *, plural: bool = False
) -> tuple[ActorNoun, bool]:
    """Apply the modifiers, from the head outwards, and tell whether an office is ruled out."""
    table = load_modifiers()
    blocks_office = False
    for word in reversed(words):
        kinds = (noun.plural_kind, noun.kind) if plural else (noun.kind, noun.plural_kind)
        effect = table.get((word, kinds[0])) or table.get((word, kinds[1]))
        if effect is None:
            continue
        blocks_office = blocks_office or effect.blocks_office
        noun = replace(
            noun,
            kind=effect.kind or noun.kind,
            plural_kind=effect.plural_kind or noun.plural_kind,
            sector=effect.sector or (noun.sector if effect.kind in {None, noun.kind} else None),
        )
    return noun, blocks_office


def _kind(cell: str, path: Path, number: int) -> EntityKind:
    try:
        return EntityKind(cell)
    except ValueError:
        raise ResourceError(f"{path}:{number}: '{cell}' is no kind of entity.") from None
