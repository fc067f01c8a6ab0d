"""Read nouns that only point back as tellings: "the incident".

Such a noun names no event of its own. Its type is that of the event told before which it can
stand for; without one it tells nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from kg.draft import Scene, plain_telling
from kg.errors import ResourceError
from kg.events.sameness import Apart
from kg.events.tellings import UNREAL, Telling
from kg.records import CharSpan
from kg.resources import data_path, read_tsv
from kg.syntax import Role
from kg.terms import EventType

_COLUMNS = ("id", "lemma", "types", "use", "example", "absent")
_RULE = "point."
_POINTERS = frozenset({"the", "this", "that", "such"})
_OWNERS = frozenset({"his", "her", "their"})  # "its" is seldom the one who was told of
_ANY, _OWNED = "any", "owned"
# How many sentences back such a noun may point.
_REACH = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Anaphor:
    """A noun that can stand for an event told before.

    Attributes:
        types: Types of the events that it can stand for.
        counts: One stands for one, several for several.
        owned: Its owner points as an article does: "her trip".
    """

    id: str
    lemma: str
    types: frozenset[EventType]
    counts: bool
    owned: bool
    example: str
    absent: str


@cache
def load_anaphors() -> Mapping[str, Anaphor]:
    """Read the nouns, by lemma.

    Raises:
        ResourceError: A type or a use is unknown.
    """
    path = data_path("lexicon", "anaphors.tsv")
    found = {}
    for number, row in read_tsv(path, _COLUMNS):
        try:
            types = frozenset(EventType(name) for name in row["types"].split())
            uses = frozenset(row["use"].split())
            if unknown := uses - {_ANY, _OWNED}:
                raise ValueError(f"unknown use {min(unknown)!r}")
        except ValueError as error:
            raise ResourceError(f"{path}:{number}: {error}.") from error
        found[row["lemma"]] = Anaphor(
            id=row["id"],
            lemma=row["lemma"],
            types=types,
            counts=_ANY not in uses,
            owned=_OWNED in uses,
            example=row["example"],
            absent=row["absent"],
        )
    return found


def point_back(tellings: Sequence[Telling], scene: Scene) -> list[Telling]:
    """Return the tellings with those of nouns that point back, in text order, numbered anew."""
    told = {item.token.i: item for item in tellings}
    anaphors = load_anaphors()
    for index, (lemma, _) in enumerate(scene.syntax.forms):
        anaphor = anaphors.get(lemma)
        if anaphor is None or index in told:
            continue
        token = scene.syntax.doc[index]
        if not _points(token, anaphor, scene):
            continue
        meant = _meant(token, anaphor, list(told.values()), scene)
        if meant is not None:
            telling = plain_telling(
                scene,
                token,
                span=CharSpan(start=token.idx, end=token.idx + len(token)),
                event_id="",
                event_type=meant.event.type,
                rule=anaphor.id,
                taken=frozenset(told) | {token.i},
            )
            # "will discuss the incident on Friday": the day is that of what is done with it
            event = replace(telling.event, date=None, date_text=None)
            told[token.i] = replace(telling, event=event)
    return [
        replace(item, event=replace(item.event, id=f"V{number}"))
        for number, (_, item) in enumerate(sorted(told.items()), start=1)
    ]


def apart_by_pointing(tellings: Sequence[Telling]) -> Apart:
    """Return pairs that are not one event: what points back points beyond its own sentence."""
    return frozenset(
        frozenset((item.event.id, other.event.id))
        for item in tellings
        if item.event.rule.startswith(_RULE)
        for other in tellings
        if other is not item and other.sentence == item.sentence
    )


def _points(token: Token, anaphor: Anaphor, scene: Scene) -> bool:
    """Tell whether a noun points back and says nothing of its own, as "the incident at sea"."""
    syntax = scene.syntax
    described = syntax.dependents(
        token, Role.MODIFIER, Role.ADNOMINAL_CLAUSE, Role.RELATIVE_CLAUSE, Role.OPEN_COMPLEMENT
    )
    if (
        token.pos_ != "NOUN"
        or token.i in scene.skip
        # a day says nothing of its own
        or not all(item.i in scene.skip for item in described)
    ):
        return False
    owners = syntax.dependents(token, Role.POSSESSOR) if anaphor.owned else ()
    return any(item.lower_ in _OWNERS for item in owners) or any(
        item.lower_ in _POINTERS for item in syntax.dependents(token, Role.DETERMINER)
    )


def _meant(token: Token, anaphor: Anaphor, told: Sequence[Telling], scene: Scene) -> Telling | None:
    """Return the last event told before that a noun can stand for, or None."""
    found = [
        item
        for item in told
        if item.token.i < token.i
        and 0 < scene.sentences[token.i] - item.sentence <= _REACH
        and item.event.type in anaphor.types
        and item.event.status not in UNREAL
        and (not anaphor.counts or (item.token.tag_ in {"NNS", "NNPS"}) is (token.tag_ == "NNS"))
    ]
    return max(found, key=lambda item: item.token.i, default=None)
