"""Read the trigger lexicon: which words name events, in which use, of which type.

In come the tables of ``kg/data/lexicon``; out goes a ``Lexicon`` of typed rows in which every type,
frame, slot and word class is known. Whether a row's conditions hold in a sentence is decided by
``kg.events.triggers``, which mode belongs to which type by the ontology.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from kg.errors import ResourceError
from kg.resources import data_path, read_tsv, require_known
from kg.terms import EventType

BLOCKED, BARRED = "NONE", "NEVER"
ANY = "*"
PARTS_OF_SPEECH = ("ADJ", "NOUN", "VERB")
ASPECTS = ("begin", "end", "negated")
BUILT_IN_CLASSES = (
    "actor",
    "agreement",
    "armed",
    "facility",
    "money",
    "person",
    "place",
    "weapon",
)
PREPOSITIONS = tuple(
    (
        "about|across|after|against|ahead of|along|alongside|amid|among|around|as|aside|at|"
        "away from|because of|before|behalf of|behind|between|by|despite|down|during|"
        "following|for|from|in|in front of|including|inside|instead of|into|near|of|off|on|"
        "onto|out|out of|outside|over|past|through|to|together with|toward|towards|under|"
        "until|up|upon|with|within|without"
    ).split("|")
)
WORD_SLOTS = ("adv", "aux", "case", "det", "form", "gov", "prep", "prt")
NOUN_SLOTS = ("ccomp", "iobj", "mod", "obj", "poss", "subj", "xcomp")
PLACE_SLOT = "place"
"""Slot of frames alone: the places of the event, wherever they stand."""

_RULE_COLUMNS = (
    "id",
    "lemma",
    "pos",
    "when",
    "type",
    "mode",
    "frame",
    "span",
    "example",
    "absent",
)
_FRAME_COLUMNS = ("frame", "actor", "recipient", "symmetric", "note")
_LENT = ("actor", "object", "on", "recipient", "to", "")
_LIGHT_COLUMNS = ("lemma", "slot", "subject", "aspect", "note")
_CLASS_COLUMNS = ("class", "lemma")
_VISIT = "visit"  # mode of the PLOVER type CONSULT
# Types of events that may befall a place as well as a party.
_AT_PLACES = frozenset(
    {
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.MOBILIZE,
        EventType.PROTEST,
        EventType.RETREAT,
    }
)
# Slots in which who acts stands, and those in which a party to a dealing does.
_DOING = frozenset({"among", "between", "by", "poss"})
_DEALING = _DOING | {"against", "at", "for", "from", "iobj", "obj", "on", "to", "with"}
_TYPES = (*(item.value for item in EventType), BLOCKED, BARRED)
_PARTICIPANT_SLOTS = (*NOUN_SLOTS, *PREPOSITIONS)
_CONDITION_SLOTS = (*WORD_SLOTS, *NOUN_SLOTS, *PREPOSITIONS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """What a slot around the trigger must, or must not, hold.

    Attributes:
        slot: A slot of ``WORD_SLOTS`` or ``NOUN_SLOTS``, or a preposition; ``ccomp.aux`` is the
            auxiliary of the clause that the trigger takes.
        lemmas: Words of which one must fill the slot.
        classes: Names of word classes, without ``@``, of which the filler may be a member.
        is_any: Whether any filler will do.
        is_negated: Whether the slot must be without such a filler.
    """

    slot: str
    lemmas: frozenset[str]
    classes: tuple[str, ...]
    is_any: bool = False
    is_negated: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TriggerRule:
    """A word in a use that names an event, or in one that names none.

    Attributes:
        pos: VERB, NOUN or ADJ, as tagged.
        when: Conditions that must all hold.
        type: None when the rule blocks: so used, the word is no event.
        is_bar: Whether it blocks whatever the learned reader thinks of the word.
        mode: PLOVER mode of the type, or None.
        frame: Id of the frame that says where actor and recipient stand; "" for a block.
        span: How far the trigger reaches: "" for the word with its particle, ``obj`` up to the
            object, ``prep:at`` up to the noun under that preposition.
        example: A sentence in which the rule fires.
        absent: A sentence in which it does not.
        location: ``file:line`` of the row, for messages.
        specificity: How much a use must show for this rule; of rules that hold, the highest
            wins. What must be there counts before what must be absent; a word says more than a
            class, a class more than any filler.
    """

    id: str
    lemma: str
    pos: str
    when: tuple[Condition, ...]
    type: EventType | None
    mode: str | None
    frame: str
    span: str
    example: str
    absent: str
    location: str
    is_bar: bool = False

    specificity: tuple[int, int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "specificity", _specificity(self.when))

    @property
    def takes_negation(self) -> bool:
        """Whether a negator is part of what the rule fires on: "will not accept"."""
        return any(
            condition.slot == "adv" and "not" in condition.lemmas and not condition.is_negated
            for condition in self.when
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """Where the actor and the recipient of a trigger stand.

    Attributes:
        actor: Groups of slots in order of preference: a group counts only when those before it
            found nobody; all slots of one group count together. ``obj.poss`` is the possessor
            of the object.
        recipient: The same for the recipient.
        is_symmetric: Whether all parties are peers, as in a meeting or a clash.
    """

    id: str
    actor: tuple[tuple[str, ...], ...]
    recipient: tuple[tuple[str, ...], ...]
    is_symmetric: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class LightVerb:
    """A verb that lends a party to the event noun it governs: "launched an attack".

    Attributes:
        slot: Where the noun stands: ``obj``, ``subj`` or a preposition ("came under attack").
        subject: What the subject of the verb is to the event: ``actor``, ``recipient`` or "";
            ``object`` where the actor is the object of the verb ("accused them of murder"), ``on``
            or ``to`` where it stands under that ("blamed the murder on them").
        aspect: ``begin``, ``end``, ``negated`` or "" for what the verb says of the event.
    """

    lemma: str
    slot: str
    subject: str
    aspect: str


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """All rows of the trigger lexicon, checked against one another.

    Attributes:
        rules: In the order of the files.
        word_classes: Lemmas by the name of their class.
    """

    rules: tuple[TriggerRule, ...]
    frames: Mapping[str, Frame]
    light_verbs: tuple[LightVerb, ...]
    word_classes: Mapping[str, frozenset[str]]
    _by_word: Mapping[tuple[str, str], tuple[TriggerRule, ...]]

    def rules_for(self, lemma: str, pos: str) -> tuple[TriggerRule, ...]:
        """Return the rules of a word, the most specific first, else in file order."""
        return self._by_word.get((lemma, pos), ())

    @cached_property
    def deeds(self) -> frozenset[str]:
        """Lemmas of the nouns that name an event in some use."""
        return frozenset(
            rule.lemma for rule in self.rules if rule.pos == "NOUN" and rule.type is not None
        )

    @cached_property
    def party_slots(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """Slots in which somebody acts or is dealt with, by lemma and part of speech.

        Whom force is used on, or who is travelled to, may be a mere place and is left out.
        """
        at_places = {
            (rule.lemma, rule.pos)
            for rule in self.rules
            if rule.type in _AT_PLACES or rule.mode == _VISIT
        }
        found: dict[tuple[str, str], set[str]] = {}
        for rule in self.rules:
            if rule.type is None or rule.mode == _VISIT:
                continue
            word, frame = (rule.lemma, rule.pos), self.frames[rule.frame]
            slots = {slot for group in frame.actor for slot in group} & _DOING
            if word not in at_places:
                both = (*frame.actor, *frame.recipient)
                slots |= {slot for group in both for slot in group} & _DEALING
            found.setdefault(word, set()).update(slots)
        return {word: frozenset(slots) for word, slots in found.items()}

    @cached_property
    def named_deeds(self) -> frozenset[str]:
        """Lemmas of the nouns with which the names of events begin: "Operation Desert Storm"."""
        return frozenset(
            rule.lemma
            for rule in self.rules
            if any(item.slot == "form" and "title" in item.lemmas for item in rule.when)
        )


@cache
def rules_with_negation() -> frozenset[str]:
    """Return the ids of the rules that fire on a negator, which leaves their events affirmed."""
    return frozenset(rule.id for rule in load_lexicon().rules if rule.takes_negation)


@cache
def load_lexicon(folder: Path | None = None) -> Lexicon:
    """Read the lexicon of ``folder``, by default the one shipped with the package.

    Raises:
        ResourceError: A row names an unknown type, part of speech, frame, slot or word class,
            or uses an id again.
    """
    folder = folder or data_path("lexicon")
    word_classes = read_word_classes(folder / "word_classes.tsv")
    frames = read_frames(folder / "frames.tsv")
    rules: dict[str, TriggerRule] = {}
    for path in sorted(folder.glob("triggers_*.tsv")):
        for rule in read_rules(path, frames=frames, word_classes=word_classes):
            if rule.id in rules:
                raise ResourceError(
                    f"{rule.location}: rule id '{rule.id}' is used at {rules[rule.id].location}. "
                    "Give each rule an id of its own."
                )
            rules[rule.id] = rule
    return Lexicon(
        rules=tuple(rules.values()),
        frames=frames,
        light_verbs=read_light_verbs(folder / "light_verbs.tsv"),
        word_classes=word_classes,
        _by_word=_by_word(rules.values()),
    )


def _generality(rule: TriggerRule) -> tuple[int, ...]:
    return tuple(-part for part in rule.specificity)


def _specificity(conditions: tuple[Condition, ...]) -> tuple[int, int, int]:
    present = [item for item in conditions if not item.is_negated]
    return len(present), sum(map(_weight, present)), len(conditions) - len(present)


def _weight(condition: Condition) -> int:
    if condition.is_any:
        return 0
    return 1 if condition.classes else 2


def _by_word(rules: Iterable[TriggerRule]) -> dict[tuple[str, str], tuple[TriggerRule, ...]]:
    grouped: dict[tuple[str, str], list[TriggerRule]] = {}
    for rule in rules:
        grouped.setdefault((rule.lemma, rule.pos), []).append(rule)
    return {word: tuple(sorted(group, key=_generality)) for word, group in grouped.items()}


def read_rules(
    path: Path, *, frames: Mapping[str, Frame], word_classes: Mapping[str, frozenset[str]]
) -> list[TriggerRule]:
    """Read trigger rules, one row each, in file order.

    A row such as ``assault.fire.v.at  fire  VERB  prep:at|on  ASSAULT  ...`` makes "gunmen fired
    at the convoy" an assault and leaves "the mayor fired his deputy" alone.

    Raises:
        ResourceError: A row names an unknown type, part of speech, frame, slot or word class.
    """
    rules = []
    for number, row in read_tsv(path, _RULE_COLUMNS):
        where = f"{path}:{number}"
        require_known(row["pos"], PARTS_OF_SPEECH, "part of speech", where)
        require_known(row["type"], _TYPES, "event type", where)
        is_block = row["type"] in {BLOCKED, BARRED}
        if not is_block or row["frame"]:
            require_known(row["frame"], frames, "frame", where)
        for column in ("id", "lemma", "example"):
            if not row[column]:
                raise ResourceError(f"{where}: '{column}' is empty. Fill it in.")
        rules.append(
            TriggerRule(
                id=row["id"],
                lemma=row["lemma"],
                pos=row["pos"],
                when=_conditions(row["when"], word_classes, where),
                type=None if is_block else EventType(row["type"]),
                mode=row["mode"] or None,
                frame=row["frame"],
                span=_span(row["span"], where),
                example=row["example"],
                absent=row["absent"],
                location=where,
                is_bar=row["type"] == BARRED,
            )
        )
    return rules


def read_frames(path: Path) -> dict[str, Frame]:
    """Read frames by id.

    A row such as ``accuse  subj  obj;on  no`` finds the accuser in the subject, the accused in
    the object and, where there is none, under "on" ("pinned the blame on").

    Raises:
        ResourceError: A slot is unknown, or an id is used twice.
    """
    frames: dict[str, Frame] = {}
    for number, row in read_tsv(path, _FRAME_COLUMNS):
        where = f"{path}:{number}"
        if row["frame"] in frames:
            raise ResourceError(f"{where}: frame '{row['frame']}' is there already. Remove one.")
        require_known(row["symmetric"], ("yes", "no"), "value of symmetric", where)
        frames[row["frame"]] = Frame(
            id=row["frame"],
            actor=_slots(row["actor"], where),
            recipient=_slots(row["recipient"], where),
            is_symmetric=row["symmetric"] == "yes",
        )
    return frames


def read_light_verbs(path: Path) -> tuple[LightVerb, ...]:
    """Read light verbs in file order.

    Raises:
        ResourceError: A slot, a role of the subject or an aspect is unknown.
    """
    verbs = []
    for number, row in read_tsv(path, _LIGHT_COLUMNS):
        where = f"{path}:{number}"
        require_known(row["slot"], _PARTICIPANT_SLOTS, "slot", where)
        require_known(row["subject"], _LENT, "role of the subject", where)
        require_known(row["aspect"], (*ASPECTS, ""), "aspect", where)
        verbs.append(
            LightVerb(
                lemma=row["lemma"], slot=row["slot"], subject=row["subject"], aspect=row["aspect"]
            )
        )
    return tuple(verbs)


def read_word_classes(path: Path) -> dict[str, frozenset[str]]:
    """Read the lemmas of each word class, so that ``obj:@raid`` may stand for many words."""
    members: dict[str, set[str]] = {}
    for _, row in read_tsv(path, _CLASS_COLUMNS):
        members.setdefault(row["class"], set()).add(row["lemma"])
    return {name: frozenset(lemmas) for name, lemmas in members.items()}


def _conditions(
    cell: str, word_classes: Mapping[str, frozenset[str]], where: str
) -> tuple[Condition, ...]:
    conditions = []
    for part in filter(None, cell.split(";")):
        slot, _, fillers = part.removeprefix("!").partition(":")
        for name in slot.split("."):
            require_known(name, _CONDITION_SLOTS, "slot", where)
        names = fillers.split("|")
        if not all(names):
            raise ResourceError(f"{where}: condition '{part}' lacks a filler. Write 'slot:word'.")
        classes = tuple(name[1:] for name in names if name.startswith("@"))
        for name in classes:
            require_known(name, (*BUILT_IN_CLASSES, *word_classes), "word class", where)
        conditions.append(
            Condition(
                slot=slot,
                lemmas=frozenset(name for name in names if name != ANY and name[0] != "@"),
                classes=classes,
                is_any=ANY in names,
                is_negated=part.startswith("!"),
            )
        )
    return tuple(conditions)


def _slots(cell: str, where: str) -> tuple[tuple[str, ...], ...]:
    groups = tuple(tuple(group.split("+")) for group in cell.split(";") if group)
    for name in (name for group in groups for name in group if name != PLACE_SLOT):
        for slot in name.split("."):
            require_known(slot, _PARTICIPANT_SLOTS, "slot", where)
    return groups


def _span(cell: str, where: str) -> str:
    kind, _, preposition = cell.partition(":")
    if cell:
        require_known(kind, ("obj", "prep"), "span", where)
    if kind == "prep":
        require_known(preposition, PREPOSITIONS, "preposition", where)
    return cell
