"""Read the rules for relations between entities (``kg/data/lexicon/entity_relation_*.tsv``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from kg.errors import ResourceError
from kg.resources import data_path, read_tsv, require_known
from kg.terms import Certainty, EntityRelationType, Status

RULE_COLUMNS = ("id", "form", "word", "type", "source", "target", "when", "example", "absent")
WORD_COLUMNS = ("word", "effect", "note")
PRECISION_COLUMNS = ("type", "right", "wrong")
FORMS = ("bond", "noun", "verb")
CONDITIONS = ("bare", "definite", "named", "past", "place", "role")
EFFECTS = ("plain", *Status, *Certainty)
_SLOTS: Mapping[str, tuple[str, ...]] = {
    "bond": ("tied", "head"),
    "noun": ("self", "poss", "mod", "origin"),
    "verb": ("subj", "obj"),
}
_PREPOSITIONS = ("of", "for", "to", "with", "in", "at", "from", "by")


@dataclass(frozen=True, kw_only=True, slots=True)
class RelationRule:
    """A word in a construction that states a relation between two entities.

    Attributes:
        form: ``bond``: the second half of "X-backed Y"; ``noun``: a noun such as "leader";
            ``verb``: a verb or participle with its participants.
        word: Lower-case lemma or form; of several words the last is the head.
        source: Slots in which the first entity of the relation stands; the first filled counts.
        target: Slots in which the second stands.
        when: ``bare``: no further word describes the noun; ``definite``: neither "a" nor plural;
            ``named``: the noun must describe a proper name; ``past``: the verb may stand in the
            simple past; ``place``: the second entity may be a place; ``role``: the words for the
            office are kept.
        example: A sentence in which the rule finds a relation.
        absent: A sentence in which it must not.
    """

    id: str
    form: str
    word: str
    type: EntityRelationType
    source: tuple[str, ...]
    target: tuple[str, ...]
    when: frozenset[str]
    example: str
    absent: str


@dataclass(frozen=True, kw_only=True)
class RelationLexicon:
    """The rules by the last word that they ask for, longest first, and the words around them.

    Attributes:
        effects: What a modifier does to a relation: a status ("former"), a certainty
            ("suspected"), or ``plain`` for words that change nothing and belong to no role ("new").
    """

    rules: tuple[RelationRule, ...]
    rules_by_word: Mapping[tuple[str, str], tuple[RelationRule, ...]]
    effects: Mapping[str, str]

    @cached_property
    def last_words(self) -> frozenset[str]:
        """The words with which rules end."""
        return frozenset(word for _, word in self.rules_by_word)

    def rules_for(self, form: str, word: str) -> tuple[RelationRule, ...]:
        """Return the rules of a form whose last word is ``word``."""
        return self.rules_by_word.get((form, word), ())


@cache
def load_relation_lexicon(folder: Path | None = None) -> RelationLexicon:
    """Return the lexicon in ``folder``, by default the one shipped.

    Raises:
        ResourceError: A row names a form, slot, type, condition or effect that does not exist.
    """
    folder = folder or data_path("lexicon")
    rules = _read_rules(folder / "entity_relation_rules.tsv")
    by_word: dict[tuple[str, str], list[RelationRule]] = {}
    for rule in sorted(rules, key=lambda item: -len(item.word.split())):
        by_word.setdefault((rule.form, rule.word.split()[-1]), []).append(rule)
    return RelationLexicon(
        rules=rules,
        rules_by_word={key: tuple(found) for key, found in by_word.items()},
        effects=_read_words(folder / "entity_relation_words.tsv"),
    )


@cache
def relation_precision(relation: EntityRelationType) -> float:
    """Return how often relations of a type were right on articles read by eye, in [0, 1].

    One right and one wrong are added (Laplace), so that few articles do not give certainty.

    Raises:
        ResourceError: A type or a count is wrong, or a type is missing.
    """
    path = data_path("lexicon", "entity_relation_precision.tsv")
    counts = {}
    for number, row in read_tsv(path, PRECISION_COLUMNS):
        where = f"{path}:{number}"
        require_known(row["type"], EntityRelationType, "relation type", where)
        try:
            counts[row["type"]] = int(row["right"]), int(row["wrong"])
        except ValueError as error:
            raise ResourceError(f"{where}: {error}. Write whole numbers.") from error
    if relation not in counts:
        raise ResourceError(f"{path}: no row for '{relation}'. Add its counts.")
    right, wrong = counts[relation]
    return round((right + 1) / (right + wrong + 2), 3)


def _read_rules(path: Path) -> tuple[RelationRule, ...]:
    rules = []
    line_by_id: dict[str, int] = {}
    for number, row in read_tsv(path, RULE_COLUMNS):
        where = f"{path}:{number}"
        if row["id"] in line_by_id:
            raise ResourceError(
                f"{where}: id '{row['id']}' is used at line {line_by_id[row['id']]}."
            )
        line_by_id[row["id"]] = number
        require_known(row["form"], FORMS, "form", where)
        require_known(row["type"], EntityRelationType, "relation type", where)
        slots = {side: tuple(row[side].split("|")) for side in ("source", "target")}
        allowed = (*_SLOTS[row["form"]], *(_PREPOSITIONS if row["form"] != "bond" else ()))
        for slot in (*slots["source"], *slots["target"]):
            require_known(slot, allowed, "slot", where)
        when = frozenset(row["when"].split())
        for condition in sorted(when):
            require_known(condition, CONDITIONS, "condition", where)
        for column in ("word", "example", "absent"):
            if not row[column]:
                raise ResourceError(f"{where}: '{column}' is empty. Write it.")
        rules.append(
            RelationRule(
                id=row["id"],
                form=row["form"],
                word=row["word"],
                type=EntityRelationType(row["type"]),
                source=slots["source"],
                target=slots["target"],
                when=when,
                example=row["example"],
                absent=row["absent"],
            )
        )
    return tuple(rules)


def _read_words(path: Path) -> Mapping[str, str]:
    effects = {}
    for number, row in read_tsv(path, WORD_COLUMNS):
        where = f"{path}:{number}"
        require_known(row["effect"], EFFECTS, "effect", where)
        if row["word"] in effects:
            raise ResourceError(f"{where}: '{row['word']}' is there already. Keep one.")
        effects[row["word"]] = row["effect"]
    return effects
