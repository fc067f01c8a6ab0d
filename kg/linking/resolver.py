"""Resolve proper names and descriptions to entries of the knowledge file and to cities.

The best candidate wins unless a rival with another id comes close or its score is low; then the
name is NIL, because a wrong node is worse than a missing one. How candidates are found and
scored is told in ``candidates``; what a description becomes, in ``descriptions``.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from math import prod
from pathlib import Path

from kg.linking.candidates import NO_HINT, Candidate, CandidateFinder, city_slug, label_of
from kg.linking.descriptions import country_on, describe, role_on
from kg.linking.directions import (
    Sense,
    read_border,
    read_direction,
    read_nearness,
    sense_of,
)
from kg.linking.gazetteer import Gazetteer, load_gazetteer
from kg.linking.knowledge import Knowledge, Spelling, build_knowledge, read_entries
from kg.linking.normal import name_key
from kg.linking.nouns import load_actor_nouns
from kg.linking.overlay import read_overlay
from kg.linking.parts import part_of, side_of
from kg.linking.phrases import read_description
from kg.linking.tables import Entry
from kg.records import Description, Hint, Link
from kg.terms import EntityKind

_LOWEST_SCORE = 0.4
# A rival this close to the best makes the name ambiguous.
_CLOSE = 0.97
_GOVERNMENT = re.compile(
    r"^(?:(?:the )?government of (?:the )?(?P<of>.+)"
    r"|(?P<by>.+?)(?:['’]s?)? (?:government|administration|regime))$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_KIND_BY_LABEL = {
    "PERSON": EntityKind.PERSON,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.FACILITY,
}


# "members of Hamas" and "talks with Iran" are not Hamas and Iran.
_CONNECTING = frozenset(
    "of in at on near for from to with by and or than against between under over".split()
)


class Resolver:
    """Resolve names and descriptions; made by ``load_resolver``."""

    def __init__(self, knowledge: Knowledge, gazetteer: Gazetteer) -> None:
        self.knowledge = knowledge
        self._gazetteer = gazetteer
        self._entry_by_id = {entry.id: entry for entry in knowledge.entry_by_slug.values()}
        self._finder = CandidateFinder(knowledge, gazetteer)
        # The caches live and die with the resolver, unlike those of decorated methods.
        self._resolve = lru_cache(maxsize=65536)(self._resolve_uncached)
        self._describe = lru_cache(maxsize=65536)(self._describe_uncached)
        self._find = lru_cache(maxsize=65536)(self._find_uncached)

    def resolve(self, name: str, *, day: date | None = None, hint: Hint | None = None) -> Link:
        """Return what a proper name refers to.

        Args:
            name: The name as the text has it; "the", titles and possessives may be part of it.
            day: Day of the article or event, for offices and namesakes.
            hint: What the mention stage knows.

        Returns:
            A link; its id is None when the name is unknown or ambiguous. Its kind may be known
            all the same ("Gen. Ali Karimi" is a person, "Syrian Army" a military), and so may
            the country where all that the name may mean are of one.
        """
        return self._resolve(name, day, hint or NO_HINT)

    def describe(self, phrase: Description, *, day: date | None = None) -> Link:
        """Return what a description refers to; see ``kg.linking.descriptions``."""
        return self._describe(phrase, None if phrase.plural else day)  # many hold no one office

    def lookup(
        self, names: Iterable[str], *, day: date | None = None, countries: Sequence[str] = ()
    ) -> list[Link]:
        """Resolve names and descriptions in the order given, as ``kg lookup`` shows them.

        Args:
            countries: ISO alpha-3 codes that the text is about, the most frequent first.
        """
        hint = Hint(countries=tuple(countries))
        return [self._look_up(name, day, hint) for name in names]

    def is_title(self, words: str) -> bool:
        """Tell whether the words are a title or an office, such as "Secretary of State"."""
        return name_key(words) in self.knowledge.sector_by_title

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield every name and alias with its NER label, sorted.

        National adjectives come with NORP. Weak aliases and surnames are left out: they are no
        evidence that a stretch of text is a name.
        """
        yield from sorted(
            {
                (spelling.text, label_of(spelling))
                for spellings in self.knowledge.spellings_by_key.values()
                for spelling in spellings
                if not spelling.is_weak
            }
        )

    def entry(self, id: str) -> Entry | None:
        """Return the entry with a curated id, or None."""
        return self._entry_by_id.get(id)

    def part(self, sense: Sense, places: Sequence[Link]) -> Link | None:
        """Return what a word makes of the places named with it: "near Aleppo".

        Args:
            places: What they resolve to: one place, or both states of a border.

        Returns:
            None where a place is unknown or the word makes nothing of it.
        """
        entries = [entry for link in places if (entry := self._place(link))]
        if len(entries) < len(places):
            return None
        part = part_of(sense, entries, self._gazetteer)
        return _part_link(part.name, part) if part else None

    def _place(self, link: Link) -> Entry | None:
        """Return the entry of a place that was resolved; that of a city is made anew."""
        entry = self._entry_by_id.get(link.id or "")
        if entry is not None or link.id is None or link.geonames is None or link.kind is None:
            return entry
        return Entry(
            id=link.id,
            slug=city_slug(link.geonames),
            name=link.label,
            kind=link.kind,
            country=link.country,
            lat=link.lat,
            lon=link.lon,
        )

    def is_country(self, code: str) -> bool:
        """Tell whether a word is the ISO alpha-3 code of a state or territory."""
        entry = self.knowledge.entry_by_slug.get(code)
        return entry is not None and entry.kind is EntityKind.STATE

    def is_national(self, word: str) -> bool:
        """Tell whether a word is a state, a national adjective or a word for inhabitants."""
        return any(
            spelling.entry.kind is EntityKind.STATE
            for spelling, _ in self._finder.by_spelling(word, NO_HINT)
        )

    def _look_up(self, name: str, day: date | None, hint: Hint) -> Link:
        link = self.resolve(name, day=day, hint=hint)
        if link.id is not None:
            return link
        if not name.strip():
            return link
        phrase = read_description(name)
        described = self.describe(phrase, day=day)
        if described.kind is not None and described.score > link.score:
            return replace(described, name=name, country=described.country or link.country)
        if link.country is None and described.kind is None:
            # "Palestinians of the West Bank", "Taliban-ruled Afghanistan": the last name tells.
            last = self.resolve(phrase.head.title(), day=day, hint=hint)
            if last.kind in {EntityKind.STATE, EntityKind.ETHNIC_RELIGIOUS_GROUP}:
                return replace(link, country=last.country)
        return link

    def _describe_uncached(self, phrase: Description, day: date | None) -> Link:
        link = describe(phrase, day=day, knowledge=self.knowledge, find=self._find)
        part = self._described_part(phrase) if link.kind is EntityKind.PLACE else None
        if part is None or link.id is not None:
            return link
        named = _part_link(phrase.text if phrase.names else part.name, part)
        return replace(named, name=link.name, score=link.score, features=link.features)

    def _described_part(self, phrase: Description) -> Entry | None:
        """Return the part of known places that "border of Mali and Niger" and the like mean."""
        sense = sense_of(phrase.head)
        if sense is None:
            return None
        named = [
            spelling.entry
            for name in (*phrase.names, *phrase.places)
            if (spelling := self._find(name))
        ]
        return part_of(sense, named, self._gazetteer)

    def _find_uncached(self, name: str) -> Spelling | None:
        best = self._best(name, None, NO_HINT, is_exact=True)
        return best.spelling if best else None

    def _resolve_uncached(self, name: str, day: date | None, hint: Hint) -> Link:
        best = self._best(name, day, hint)
        if best is None:
            best = (
                self._government(name, day)
                or self._part(name, day, hint)
                or self._border(name)
                or self._near(name, day, hint)
                or self._without_first_words(name, day, hint)
            )
        return self._link(name, best, day, hint) if best else self._nil(name, day, hint)

    def _best(
        self, name: str, day: date | None, hint: Hint, *, is_exact: bool = False
    ) -> Candidate | None:
        ranked = self._ranked(name, day, hint, is_exact=is_exact)
        if not ranked:
            return None
        best = ranked[0]
        rivals = [c for c in ranked[1:] if c.spelling.entry.id != best.spelling.entry.id]
        if not rivals:
            return best
        closeness = rivals[0].score / best.score
        if closeness > _CLOSE:
            return None
        return replace(best, features=(*best.features, ("margin", 1 - closeness**4 / 2)))

    def _ranked(
        self, name: str, day: date | None, hint: Hint, *, is_exact: bool = False
    ) -> list[Candidate]:
        """Return the candidates, the best first; none where even the best is unlikely."""
        ranked = sorted(
            self._finder.find(name, day=day, hint=hint, is_exact=is_exact),
            key=lambda candidate: (-candidate.score, candidate.spelling.entry.id),
        )
        return ranked if ranked and ranked[0].score >= _LOWEST_SCORE else []

    def _government(self, name: str, day: date | None) -> Candidate | None:
        """Read "the Iraqi government" and "the Trump administration" as their state."""
        stated = _GOVERNMENT.match(name)
        if not stated:
            return None
        owner = self._best(stated.group("of") or stated.group("by"), day, NO_HINT)
        if owner is None or owner.spelling.entry.kind not in {
            EntityKind.STATE,
            EntityKind.PERSON,
        }:
            return None
        state = self.knowledge.entry_by_slug.get(owner.spelling.entry.country or "")
        if state is None:
            return None
        spelling = Spelling(text=state.name, key=name_key(state.name), entry=state)
        return Candidate(spelling=spelling, features=(*owner.features, ("government", 0.95)))

    def _part(self, name: str, day: date | None, hint: Hint) -> Candidate | None:
        """Read "north-east Syria" as a region of its own, the same in every article."""
        direction = read_direction(name)
        if direction is None:
            return None
        whole = self._best(direction.whole, day, hint)
        if whole is None or whole.spelling.entry.kind not in {EntityKind.STATE, EntityKind.PLACE}:
            return None
        part = side_of(whole.spelling.entry, direction.side, self._gazetteer)
        return _part_candidate(name, part, whole)

    def _near(self, name: str, day: date | None, hint: Hint) -> Candidate | None:
        """Read "the outskirts of Aleppo" as a place of its own, less sharp than the town."""
        sense, place = read_nearness(name) or (None, "")
        found = self._best(place, day, hint) if sense else None
        if sense is None or found is None:
            return None
        part = part_of(sense, [found.spelling.entry], self._gazetteer)
        return _part_candidate(name, part, found) if part else None

    def _border(self, name: str) -> Candidate | None:
        """Read "the Syrian-Iraqi border" as a place of two states."""
        sides = read_border(name)
        if sides is None:
            return None
        states = [self._best(side, None, NO_HINT, is_exact=True) for side in sides]
        found = [state for state in states if state]
        if len(found) < 2:
            return None
        entries = [state.spelling.entry for state in found]
        part = part_of(Sense.BORDER, entries, self._gazetteer)
        return _part_candidate(name, part, found[0]) if part else None

    def _without_first_words(self, name: str, day: date | None, hint: Hint) -> Candidate | None:
        """Read "Lebanese Hezbollah", "the outlawed PKK" and "UN chief Ban Ki-moon" by their end.

        A people keeps its state: "Syrian Kurds" are not the Kurds of Iraq.
        """
        words = name.split()
        before = set[str]()
        for start in range(1, len(words)):
            first, rest = words[start - 1], " ".join(words[start:])
            if first in _CONNECTING:
                return None
            states = {
                spelling.entry.country or ""
                for spelling, _ in self._finder.by_spelling(first, NO_HINT)
                if label_of(spelling) in {"NORP", "GPE"}
            }
            before |= states
            best = self._best(rest, day, hint, is_exact=True) if rest[:1].isupper() else None
            if best is None or best.city or best.spelling.entry.kind is EntityKind.STATE:
                continue
            entry = best.spelling.entry
            if entry.kind is EntityKind.PERSON:
                if start == len(words) - 1 or best.features[0][0] not in {"name", "alias"}:
                    continue
            elif not states and not first[:1].islower():
                continue
            if entry.country and before and not before & {entry.country, ""}:
                continue
            if entry.kind is EntityKind.ETHNIC_RELIGIOUS_GROUP and len(states - {""}) == 1:
                best = replace(best, spelling=_people_of(best.spelling, states, name))
            return replace(best, features=(*best.features, ("shortened", 0.9)))
        return None

    def _nil(self, name: str, day: date | None, hint: Hint) -> Link:
        if hint.label in {"ORG", "FAC", None}:
            phrase = read_description(name)
            if phrase.names or phrase.modifiers or phrase.places:
                described = self.describe(phrase, day=day)
                if described.kind not in {None, EntityKind.PERSON}:
                    return replace(described, name=name, label=_ARTICLE.sub("", name))
        title, rest = self._finder.split_title(name)
        sector = self.knowledge.sector_by_title.get(name_key(title)) or None if title else None
        return Link(
            name=name,
            id=None,
            label=rest if title else _ARTICLE.sub("", name),
            kind=EntityKind.PERSON if title else _KIND_BY_LABEL.get(hint.label or ""),
            country=self._shared_country(name, day, hint) or self._worded_country(name, hint),
            sector=sector,
            score=0.0,
        )

    def _shared_country(self, name: str, day: date | None, hint: Hint) -> str | None:
        """Return the country of all that an ambiguous name may mean, if the article is about it."""
        ranked = self._ranked(name, day, hint)
        countries = {
            candidate.spelling.entry.country
            for candidate in ranked
            if candidate.score > _CLOSE * ranked[0].score
        }
        country = countries.pop() if len(countries) == 1 else None
        return country if country in hint.countries else None

    def _worded_country(self, name: str, hint: Hint) -> str | None:
        """Return the country that the words of an unknown name tell.

        "Kenya Water Board" is of Kenya; "Prime Minister Ann Lee" is of the only country that the
        article speaks of.
        """
        title, _ = self._finder.split_title(name)
        if title:
            offices = self.knowledge.offices_by_title.get(name_key(title), ())
            is_office = bool(offices) and self.knowledge.sector_by_title[name_key(title)] == "GOV"
            return hint.countries[0] if is_office and len(hint.countries) == 1 else None
        words = _ARTICLE.sub("", name).split()
        if hint.label not in {"ORG", "FAC", None} or len(words) < (3 if hint.label is None else 2):
            return None
        for end in (2, 1):
            for spelling, _ in self._finder.by_spelling(" ".join(words[:end]), NO_HINT):
                if spelling.entry.kind is EntityKind.STATE and not spelling.is_weak:
                    return spelling.entry.country
        return None

    def _link(self, name: str, best: Candidate, day: date | None, hint: Hint) -> Link:
        entry = best.spelling.entry
        features = dict(best.features)
        if best.city and (hint.is_actor or hint.label == "ORG"):
            country = self._finder.capital_country(best.city)
            if country:
                entry = self.knowledge.entry_by_slug[country]
                features["metonym"] = 0.9
        return Link(
            name=name,
            id=entry.id,
            label=entry.name,
            kind=entry.kind,
            country=country_on(entry, day, self.knowledge),
            sector=entry.sector,
            wikidata=entry.wikidata,
            geonames=entry.geonames,
            lat=entry.lat,
            lon=entry.lon,
            precision=entry.precision,
            located_by=entry.located_by,
            alias=best.spelling.text,
            role=role_on(entry, day),
            score=round(prod(features.values()), 4),
            features=features,
        )


def _part_candidate(name: str, part: Entry, whole: Candidate) -> Candidate:
    spelling = Spelling(text=name, key=name_key(name), entry=part)
    return Candidate(spelling=spelling, features=(*whole.features, ("part", 0.95)))


def _part_link(label: str, part: Entry) -> Link:
    return Link(
        name=part.name,
        id=part.id,
        label=label,
        kind=part.kind,
        country=part.country,
        lat=part.lat,
        lon=part.lon,
        precision=part.precision,
        located_by=part.located_by,
        score=1.0,
    )


def _people_of(people: Spelling, states: set[str], name: str) -> Spelling:
    country = max(states)
    entry = replace(
        people.entry,
        id=f"kg:{people.entry.slug}-{country.casefold()}",
        slug=f"{people.entry.slug}-{country.casefold()}",
        name=name,
        country=country,
    )
    return replace(people, entry=entry)


@lru_cache(maxsize=4)
def load_resolver(overlay: Path | None = None) -> Resolver:
    """Return a resolver over the shipped knowledge, cached for the process.

    Args:
        overlay: A table or a folder of tables that add to the shipped ones and correct them, as
            ``kg.linking.overlay`` tells.

    Raises:
        ResourceError: A table is malformed.
    """
    load_actor_nouns()
    entries = list(read_entries())
    if overlay is not None:
        entries = read_overlay(overlay, entries)
    return Resolver(build_knowledge(entries), load_gazetteer())
