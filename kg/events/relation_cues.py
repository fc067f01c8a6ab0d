"""Read which words state that two events are related, and what they ask of the events."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import ResourceError
from kg.events.tellings import UNREAL, Telling
from kg.records import EventMention
from kg.resources import data_path, read_tsv
from kg.terms import EventType, RelationType, Status

CONSTRUCTIONS = (
    "noun",
    "verb",
    "modifier",
    "reply",
    "adverb",
    "preposition",
    "clause",
    "object",
    "part",
    "degree",
    "joined",
)
"""How a cue ties two events together; ``RelationCue`` tells what each means."""
_COLUMNS = ("id", "construction", "lemma", "word", "type", "asks", "types", "example", "absent")
_STATUSES: Mapping[str, frozenset[Status]] = {
    "": frozenset(Status),
    "unreal": UNREAL,
    "negated": frozenset({Status.NEGATED}),
    "visit": frozenset(),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class RelationCue:
    """A word that states a relation between two events.

    Attributes:
        construction: ``noun``: "in LEMMA WORD event" hangs on the first event; ``verb``: the
            lemma links its subject to its object or to what stands under WORD; ``modifier``:
            the word describes the first event and the second is told elsewhere; ``reply``: the
            verb, with WORD after it, names the first event or WORD brings it in, the second was
            told just before; ``adverb``: "WORD LEMMA" alone, likewise; ``preposition``: LEMMA links
            the event under it; ``clause``: LEMMA, with WORD after it, introduces the clause of
            the second event; ``object``: an event of the type LEMMA has one of the type WORD as
            its object; ``part``: "LEMMA WORD event" is one of those told before; ``degree``:
            "LEMMA such WORD" the second event; ``joined``: LEMMA stands between two events of
            one party.
        is_reversed: Whether the relation runs from the second event to the first.
        asks: What the first event must be: ``unreal``, ``negated``, of a mode, or "" for anything.
        types: Types that the first and the second event must have; none for any.
    """

    id: str
    construction: str
    lemma: str
    word: str
    type: RelationType
    is_reversed: bool
    asks: str
    types: tuple[frozenset[str], frozenset[str]]
    example: str
    absent: str

    def allows(self, first: Telling, second: Telling) -> bool:
        """Tell whether two events are what the cue asks for."""
        return (
            first is not second
            and self._is_asked(first.event)
            and all(
                not types or item.event.type in types
                for types, item in zip(self.types, (first, second), strict=True)
            )
        )

    def _is_asked(self, event: EventMention) -> bool:
        if self.asks == "negated" and event.type is EventType.REJECT:
            return True
        return event.mode == self.asks or event.status in _STATUSES[self.asks]


@cache
def load_relation_cues() -> tuple[RelationCue, ...]:
    """Read the cues, in file order; a type that begins with ``^`` runs from second to first.

    Raises:
        ResourceError: A construction, a relation type or what is asked is unknown.
    """
    path = data_path("lexicon", "relation_cues.tsv")
    cues = []
    for number, row in read_tsv(path, _COLUMNS):
        for column, known in (("construction", CONSTRUCTIONS), ("asks", _STATUSES)):
            if row[column] not in known:
                raise ResourceError(
                    f"{path}:{number}: {column} '{row[column]}' is not one of {', '.join(known)}."
                )
        try:
            relation = RelationType(row["type"].removeprefix("^"))
        except ValueError as error:
            raise ResourceError(
                f"{path}:{number}: relation type '{row['type']}' is not one of "
                f"{', '.join(RelationType)}."
            ) from error
        cues.append(
            RelationCue(
                id=row["id"],
                construction=row["construction"],
                lemma=row["lemma"],
                word=row["word"],
                type=relation,
                is_reversed=row["type"].startswith("^"),
                asks=row["asks"],
                types=_read_types(row["types"], f"{path}:{number}"),
                example=row["example"],
                absent=row["absent"],
            )
        )
    return tuple(cues)


def _read_types(text: str, place: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the types of "REJECT > AGREE REQUEST", on both sides of the sign.

    Raises:
        ResourceError: A type is unknown.
    """
    first, _, second = text.partition(">")
    for name in (*first.split(), *second.split()):
        if name not in set(EventType):
            raise ResourceError(f"{place}: '{name}' is not an event type.")
    return frozenset(first.split()), frozenset(second.split())
