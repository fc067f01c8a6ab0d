"""Resolve descriptions: phrases headed by a common noun, such as "two Iraqi security sources".

A description gives a typed nameless actor (kind, country, sector; no id), except where it
names an office and the day has one holder ("Iraqi Prime Minister" on 2024-04-20), or where the
phrase is a body of one state that the knowledge file knows ("the US military").
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from kg.linking.knowledge import Knowledge, Spelling
from kg.linking.normal import name_key
from kg.linking.nouns import (
    ActorNoun,
    Bond,
    find_noun,
    load_bonds,
    modify,
)
from kg.linking.tables import Entry
from kg.records import Description, Link
from kg.terms import EntityKind

# A name that any of these is tied to gives its country to the phrase.
_OWNED = frozenset(
    {
        EntityKind.STATE,
        EntityKind.GOVERNMENT,
        EntityKind.MILITARY,
        EntityKind.POLICE,
        EntityKind.ARMED_GROUP,
        EntityKind.PARTY,
        EntityKind.MEDIA,
        EntityKind.COMPANY,
        EntityKind.COURT,
        EntityKind.NGO,
        EntityKind.PERSON,
        EntityKind.PLACE,
        EntityKind.ETHNIC_RELIGIOUS_GROUP,
    }
)
# "the Syrian government" acts as the state; "the interim government" is a body of its own.
_GOVERNING = frozenset({"government", "administration", "regime", "authority"})
# "Turkish troops" are the Turkish Armed Forces; "two Turkish soldiers" are not.
_FORCES = frozenset(
    {"force", "troop", "military", "military force", "armed force", "armed forces", "personnel"}
)
_DETERMINERS = frozenset({"the", "these", "those", "all"})
_LEADER_NOUNS = frozenset({"leader", "ruler", "strongman", "dictator", "autocrat"})
# "the US military", "the state department": bodies whose names are descriptions.
_OFFICIAL_BODIES = frozenset({EntityKind.GOVERNMENT, EntityKind.IGO})
_BODIES = frozenset(EntityKind) - {EntityKind.STATE, EntityKind.PLACE, EntityKind.PERSON}
# A member of these bodies shares the body's sector ("Hamas official", "Pentagon spokesman").
_LENDING_KINDS = frozenset(
    {
        EntityKind.ARMED_GROUP,
        EntityKind.MILITARY,
        EntityKind.POLICE,
        EntityKind.PARTY,
        EntityKind.MEDIA,
        EntityKind.COMPANY,
        EntityKind.COURT,
        EntityKind.GOVERNMENT,
    }
)
_BOND = re.compile(r"([\w.’'&]+(?: [A-Z][\w.’']+)*)\s?[-‐‑–]\s?([a-z]+)\b")
_PROXY = re.compile(r"\bprox(?:y|ies)\b", re.IGNORECASE)
_MEMBER_SCORE = 0.75
_TYPED_SCORE = 0.7
_UNKNOWN_SCORE = 0.2


@dataclass(frozen=True, kw_only=True)
class _Tie:
    bond: Bond
    entry: Entry


@dataclass(frozen=True, kw_only=True)
class _Ties:
    """The named entities inside a phrase, by how they are tied to it."""

    owners: tuple[Entry, ...] = ()
    places: tuple[Entry, ...] = ()
    ties: tuple[_Tie, ...] = field(default=())


def describe(
    phrase: Description,
    *,
    day: date | None,
    knowledge: Knowledge,
    find: Callable[[str], Spelling | None],
) -> Link:
    """Return what a description refers to.

    Args:
        day: Day of the article or event; without it no office is resolved.
        find: Returns the one entry that a name inside the phrase means, or None.

    Returns:
        A link with kind None when the head noun can name no actor, place or thing.
    """
    noun, rest = find_noun(phrase.head, phrase.modifiers)
    known = find(phrase.text) if phrase.names or " " in phrase.text else None
    if known and known.entry.kind in (_BODIES if phrase.names else _OFFICIAL_BODIES):
        return _known(phrase, known)
    if noun is None:
        return Link(name=phrase.text, id=None, label=phrase.text, kind=None, score=0.0)
    ties = _find_ties(phrase, find)
    if noun.lemma in _GOVERNING and not rest and not ties.ties:
        state = _state(phrase, ties, knowledge)
        if state:
            return state
    if noun.lemma in _FORCES and not set(rest) - _DETERMINERS and not ties.ties:
        forces = _armed_forces(ties, find)
        if forces:
            return _known(phrase, forces)
    noun, blocks_office = modify(noun, rest, plural=phrase.plural)
    if _is_irregular(phrase, ties):
        noun = _as_proxy(noun)
    if day and not blocks_office and not phrase.plural:
        holder = _holder(phrase, noun, ties, day, knowledge)
        if holder:
            return holder
    return _nameless(phrase, noun, ties)


def _state(phrase: Description, ties: _Ties, knowledge: Knowledge) -> Link | None:
    # "the Trump administration" is the United States, "the Syrian authorities" are Syria.
    owners = ties.owners or ties.places
    if len(owners) != 1 or owners[0].kind not in {EntityKind.STATE, EntityKind.PERSON}:
        return None
    state = knowledge.entry_by_slug.get(owners[0].country or "")
    if state is None:
        return None
    return _known(phrase, Spelling(text=phrase.text, key=name_key(phrase.text), entry=state))


def _armed_forces(ties: _Ties, find: Callable[[str], Spelling | None]) -> Spelling | None:
    if len(ties.owners) != 1 or ties.owners[0].kind is not EntityKind.STATE:
        return None
    state = ties.owners[0]
    for word in (*state.adjectives, state.name):
        forces = find(f"{word} military")
        if forces and forces.entry.kind is EntityKind.MILITARY:
            return forces
    return None


def _known(phrase: Description, spelling: Spelling) -> Link:
    # "the US military" is an entity of the knowledge file although its head is a common noun.
    entry = spelling.entry
    return Link(
        name=phrase.text,
        id=entry.id,
        label=entry.name,
        kind=entry.kind,
        country=entry.country,
        sector=entry.sector,
        wikidata=entry.wikidata,
        geonames=entry.geonames,
        lat=entry.lat,
        lon=entry.lon,
        precision=entry.precision,
        alias=spelling.text,
        score=0.95,
        features={"alias": 0.95},
    )


def _find_ties(phrase: Description, find: Callable[[str], Spelling | None]) -> _Ties:
    bonds = load_bonds()
    ties = []
    bound = set()
    for match in _BOND.finditer(phrase.text):
        bond = bonds.get(match.group(2))
        spelling = find(match.group(1)) if bond else None
        if bond and spelling:
            ties.append(_Tie(bond=bond, entry=spelling.entry))
            bound.add(name_key(match.group(1)))
    owners = []
    for name in phrase.names:
        if name_key(re.split(r"\s?[-‐‑–]\s?[a-z]", name)[0]) in bound:
            continue
        for spelling in _find_all(name, find):
            if _PROXY.search(phrase.text):
                ties.append(_Tie(bond=Bond.BACKER, entry=spelling.entry))
            else:
                owners.append(spelling.entry)
    places = [spelling.entry for name in phrase.places if (spelling := find(name))]
    return _Ties(owners=tuple(owners), places=tuple(places), ties=tuple(ties))


def _find_all(name: str, find: Callable[[str], Spelling | None]) -> list[Spelling]:
    # "Syrian Kurdish" is two words for two things.
    whole = find(name)
    if whole or " " not in name:
        return [whole] if whole else []
    return [spelling for word in name.split() if (spelling := find(word))]


def _is_irregular(phrase: Description, ties: _Ties) -> bool:
    """Tell whether the fighters of a phrase cannot be the army of a state.

    They have a backer ("Iran-backed forces"), or they are those of a group or people rather than
    of a state ("Kurdish-led forces", "Houthi troops").
    """
    if _PROXY.search(phrase.text) or any(tie.bond in {Bond.BACKER, Bond.ALLY} for tie in ties.ties):
        return True
    masters = [*ties.owners, *(tie.entry for tie in ties.ties if tie.bond is Bond.LEADER)]
    return any(
        entry.kind in {EntityKind.ARMED_GROUP, EntityKind.ETHNIC_RELIGIOUS_GROUP}
        for entry in masters
    )


def _as_proxy(noun: ActorNoun) -> ActorNoun:
    if noun.plural_kind in {EntityKind.MILITARY, EntityKind.OTHER, EntityKind.ARMED_GROUP}:
        kind = EntityKind.PERSON if noun.kind is EntityKind.PERSON else EntityKind.ARMED_GROUP
        return replace(noun, kind=kind, plural_kind=EntityKind.ARMED_GROUP, sector="REB")
    return noun


def _holder(
    phrase: Description, noun: ActorNoun, ties: _Ties, day: date, knowledge: Knowledge
) -> Link | None:
    offices = knowledge.offices_by_noun.get(noun.lemma, ())
    body = _body(ties, knowledge) or knowledge.body_by_noun.get(noun.lemma)
    named = " ".join((*phrase.names, noun.lemma)).casefold()
    if ties.owners and named in knowledge.offices_by_noun:  # "the Pentagon chief" serves the state
        offices, body = knowledge.offices_by_noun[named], ties.owners[0].country
    if body is None or phrase.plural or not (offices or noun.lemma in _LEADER_NOUNS):
        return None
    if noun.lemma in _LEADER_NOUNS:
        holders = knowledge.leaders(body, day)
    else:
        holders = knowledge.holders(body, offices, day)
    if len(holders) != 1:
        return None
    person = holders[0]
    return Link(
        name=phrase.text,
        id=person.id,
        label=person.name,
        kind=EntityKind.PERSON,
        country=country_on(person, day, knowledge),
        sector=person.sector,
        wikidata=person.wikidata,
        alias=phrase.text,
        role=role_on(person, day),
        score=0.9,
        features={"office": 0.9},
    )


def role_on(person: Entry, day: date | None) -> str | None:
    """Return the offices that the person held on the day, joined, or None."""
    roles = [term.office for term in person.terms if day and term.holds_on(day)]
    return "; ".join(dict.fromkeys(roles)) or None


def country_on(entry: Entry, day: date | None, knowledge: Knowledge) -> str | None:
    """Return the country that an entry belongs to on the day.

    Who serves an international organisation belongs to no state meanwhile (PLOVER codes the
    Secretary-General of the United Nations as IGO, not as Portugal).
    """
    for term in entry.terms:
        body = knowledge.entry_by_slug.get(term.body)
        if day and term.holds_on(day) and body and body.kind is EntityKind.IGO:
            return None
    return entry.country


def _body(ties: _Ties, knowledge: Knowledge) -> str | None:
    # "French president", "president of France", "the White House press secretary"; "the Turkish
    # Cypriot leader" has two owners and leads neither.
    if len(ties.owners) > 1:
        return None
    for entry in (*ties.owners, *ties.places):
        if (entry.slug in knowledge.leading_terms) or any(
            body == entry.slug for body, _ in knowledge.terms_by_office
        ):
            return entry.slug
    return None


def _nameless(phrase: Description, noun: ActorNoun, ties: _Ties) -> Link:
    kind = noun.plural_kind if phrase.plural else noun.kind
    sector = noun.sector
    features = {"noun": _TYPED_SCORE}
    country = None
    for entry in ties.owners:
        if entry.kind in _OWNED and entry.country:
            country = country or entry.country
        if entry.kind in _LENDING_KINDS and entry.kind is not EntityKind.STATE:
            features[f"member_of:{entry.slug}"] = 1.0
            if kind is EntityKind.PERSON or noun.kind is EntityKind.OTHER:
                sector = entry.sector or sector
    for tie in ties.ties:
        features[f"{tie.bond}:{tie.entry.slug}"] = 1.0
        if tie.bond is Bond.BASE and country is None:
            country = tie.entry.country
    if country is None and not ties.ties:
        country = next((entry.country for entry in ties.places if entry.country), None)
    if noun.kind is EntityKind.OTHER:
        # "a group associated with Hamas", "the Taliban faction": what it belongs to tells.
        kin = next((e for e in (*ties.owners, *ties.places) if e.kind in _LENDING_KINDS), None)
        kind, sector = (kin.kind, kin.sector) if kin else (kind, sector)
    if country:
        features["country"] = 1.0
    score = _UNKNOWN_SCORE if kind is EntityKind.OTHER else _TYPED_SCORE
    return Link(
        name=phrase.text,
        id=None,
        label=phrase.text,
        kind=kind,
        country=country,
        sector=sector,
        score=_MEMBER_SCORE if country and score == _TYPED_SCORE else score,
        features=features,
    )
