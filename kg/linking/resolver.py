"""Resolve proper names to entries of the knowledge file and cities of the gazetteer.

Every candidate gets factors in [0, 1], named in ``Link.features``; its score is their product:

    match      how the spelling was found: name 1, alias .98, acronym .95, national word .97,
               name in parts .85, weak alias .6 or .97, transliteration .8, surname .75
    label      how well the kind agrees with the NER label
    context    whether the candidate's country is among those of the article
    time       for persons: whether they held an office on the day, or near it
    size       for cities: the logarithm of the population

The best candidate wins unless a rival with another id comes close or the score is low; then the
name is NIL, because a wrong node is worse than a missing one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from math import log10, prod
from pathlib import Path

from kg.linking.descriptions import describe, read_description, role_on
from kg.linking.gazetteer import City, Gazetteer, load_gazetteer
from kg.linking.knowledge import Knowledge, Spelling, build_knowledge, read_entries
from kg.linking.normal import is_acronym, is_near, name_key, plain, sound_key
from kg.linking.nouns import load_actor_nouns
from kg.linking.queries import Description, Hint
from kg.linking.tables import Entry, read_groups
from kg.records import Link
from kg.terms import EntityKind

NO_HINT = Hint()
_LOWEST_SCORE = 0.4
# A rival this close to the best makes the name ambiguous.
_CLOSE = 0.97
_CITY_ALONE = 100_000
_PLACE_LABELS = frozenset({None, "GPE", "LOC", "FAC"})

_ORGANISED = frozenset(
    {
        EntityKind.GOVERNMENT,
        EntityKind.MILITARY,
        EntityKind.POLICE,
        EntityKind.ARMED_GROUP,
        EntityKind.COALITION,
        EntityKind.IGO,
        EntityKind.PARTY,
        EntityKind.NGO,
        EntityKind.MEDIA,
        EntityKind.COMPANY,
        EntityKind.COURT,
    }
)
_KINDS_BY_LABEL = {
    "PERSON": frozenset({EntityKind.PERSON}),
    "ORG": _ORGANISED | {EntityKind.AGREEMENT, EntityKind.WEAPON, EntityKind.FACILITY},
    "GPE": frozenset({EntityKind.STATE, EntityKind.PLACE}),
    "LOC": frozenset({EntityKind.PLACE, EntityKind.STATE, EntityKind.FACILITY}),
    "FAC": frozenset({EntityKind.FACILITY, EntityKind.PLACE, EntityKind.GOVERNMENT}),
    "NORP": frozenset(
        {
            EntityKind.ETHNIC_RELIGIOUS_GROUP,
            EntityKind.PARTY,
            EntityKind.ARMED_GROUP,
            EntityKind.STATE,
        }
    ),
}
_TITLE_END = re.compile(r"^(?P<title>.+?)\s+(?P<rest>[A-ZÀ-Þ'’‘].*)$")
_GOVERNMENT = re.compile(
    r"^(?:(?:the )?government of (?:the )?(?P<of>.+)"
    r"|(?P<by>.+?)(?:['’]s?)? (?:government|administration|regime))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    spelling: Spelling
    features: tuple[tuple[str, float], ...]
    city: City | None = None

    @property
    def score(self) -> float:
        return prod(value for _, value in self.features)


class Resolver:
    """Resolve names and descriptions; made by ``load_resolver``."""

    def __init__(self, knowledge: Knowledge, gazetteer: Gazetteer) -> None:
        self.knowledge = knowledge
        self._gazetteer = gazetteer
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
            all the same ("Gen. Ali Karimi" is a person, "Syrian Army" a military).
        """
        return self._resolve(name, day, hint or NO_HINT)

    def describe(self, phrase: Description, *, day: date | None = None) -> Link:
        """Return what a description refers to; see ``kg.linking.descriptions``."""
        return self._describe(phrase, day)

    def lookup(self, names: Iterable[str], *, day: date | None = None) -> list[Link]:
        """Resolve names and descriptions in the order given, as ``kg lookup`` shows them."""
        return [self._look_up(name, day) for name in names]

    def is_title(self, words: str) -> bool:
        """Tell whether the words are a title or an office, such as "Secretary of State"."""
        return name_key(words) in self.knowledge.sector_by_title

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield every multi-word or distinctive name with its NER label, sorted.

        National adjectives come with NORP. Weak aliases and surnames are left out: they are no
        evidence that a stretch of text is a name.
        """
        found = set()
        for spellings in self.knowledge.spellings_by_key.values():
            for spelling in spellings:
                if not spelling.is_weak:
                    found.add((spelling.text, label_of(spelling)))
        yield from sorted(found)

    def entry(self, id: str) -> Entry | None:
        """Return the entry with a curated id, or None."""
        return next((e for e in self.knowledge.entry_by_slug.values() if e.id == id), None)

    def is_national(self, word: str) -> bool:
        """Tell whether a word is a state, a national adjective or a word for inhabitants."""
        return any(
            spelling.entry.kind is EntityKind.STATE
            for spelling, _ in self._by_spelling(word, NO_HINT)
        )

    def _look_up(self, name: str, day: date | None) -> Link:
        link = self.resolve(name, day=day)
        if link.id is not None:
            return link
        phrase = read_description(name)
        described = self.describe(phrase, day=day)
        if described.kind is not None and (link.kind is None or described.id):
            return replace(described, name=name)
        return link

    def _describe_uncached(self, phrase: Description, day: date | None) -> Link:
        return describe(phrase, day=day, knowledge=self.knowledge, find=self._find)

    def _find_uncached(self, name: str) -> Spelling | None:
        best = self._best(name, None, NO_HINT)
        return best.spelling if best else None

    def _resolve_uncached(self, name: str, day: date | None, hint: Hint) -> Link:
        best = self._best(name, day, hint)
        if best is not None:
            return self._link(name, best, day, hint)
        stated = _GOVERNMENT.match(name)
        if stated:
            country = self._best(stated.group("of") or stated.group("by"), day, NO_HINT)
            if country and country.spelling.entry.kind is EntityKind.STATE:
                return self._link(name, country, day, hint)
        return self._nil(name, day, hint)

    def _nil(self, name: str, day: date | None, hint: Hint) -> Link:
        if hint.label in {"ORG", "FAC", None}:
            phrase = read_description(name)
            if phrase.names or phrase.modifiers or phrase.places:
                described = self.describe(phrase, day=day)
                if described.kind is not None and described.kind is not EntityKind.PERSON:
                    return replace(described, name=name, label=plain_label(name))
        kind = {
            "PERSON": EntityKind.PERSON,
            "GPE": EntityKind.PLACE,
            "LOC": EntityKind.PLACE,
            "FAC": EntityKind.FACILITY,
        }.get(hint.label or "")
        sector = None
        title, rest = self._split_title(name)
        if title and rest:
            kind = EntityKind.PERSON
            sector = self.knowledge.sector_by_title.get(name_key(title)) or None
        return Link(
            name=name, id=None, label=rest or plain_label(name), kind=kind, sector=sector, score=0.0
        )

    def _best(self, name: str, day: date | None, hint: Hint) -> _Candidate | None:
        ranked = sorted(
            self._candidates(name, day, hint),
            key=lambda c: (-c.score, c.spelling.entry.id),
        )
        if not ranked or ranked[0].score < _LOWEST_SCORE:
            return None
        best = ranked[0]
        rivals = [c for c in ranked[1:] if c.spelling.entry.id != best.spelling.entry.id]
        if rivals:
            closeness = rivals[0].score / best.score
            if closeness > _CLOSE:
                return None
            margin = 1 - closeness**4 / 2
            return replace(best, features=(*best.features, ("margin", margin)))
        return best

    def _candidates(self, name: str, day: date | None, hint: Hint) -> Iterator[_Candidate]:
        found = False
        for spelling, match in self._by_spelling(name, hint):
            found = True
            yield self._candidate(spelling, match, day, hint)
        title, rest = self._split_title(name)
        if title:
            offices = self.knowledge.offices_by_title.get(name_key(title), ())
            for candidate in self._persons(rest, day, hint, offices):
                found = True
                yield candidate
        elif hint.label in {None, "PERSON"} and not found:
            for candidate in self._persons(name, day, hint, ()):
                found = True
                yield candidate
        if not found:
            for spelling in self._by_sound(name):
                found = True
                yield self._candidate(spelling, ("transliteration", 0.8), day, hint)
        if hint.label in _PLACE_LABELS and not is_acronym(name):
            yield from self._cities(name, hint)

    def _by_spelling(self, name: str, hint: Hint) -> Iterator[tuple[Spelling, tuple[str, float]]]:
        for spelling in self.knowledge.spellings_by_key.get(name_key(name), ()):
            # "us", "who" and "car" are words; only capitals make them US, WHO and CAR.
            if spelling.is_acronym and not is_acronym(plain(name).removeprefix("the ")):
                continue
            if spelling.is_weak:
                likely = hint.countries[:1] == (spelling.entry.country,)
                yield spelling, ("weak_alias", 0.97 if likely else 0.6)
            elif spelling.is_national:
                yield spelling, ("national", 0.97)
            elif spelling.is_acronym:
                yield spelling, ("acronym", 0.95)
            elif spelling.is_name:
                yield spelling, ("name", 1.0)
            else:
                yield spelling, ("alias", 0.98)

    def _by_sound(self, name: str) -> Iterator[Spelling]:
        key = sound_key(name)
        if len(key.replace(" ", "")) < 3 or not name[:1].isupper() or is_acronym(name):
            return
        seen = set()
        for spelling in self.knowledge.spellings_by_sound.get(key, ()):
            if spelling.entry.id not in seen and is_near(name, spelling.text):
                seen.add(spelling.entry.id)
                yield spelling

    def _split_title(self, name: str) -> tuple[str, str]:
        words = name.split()
        start = 0
        for end in range(min(6, len(words) - 1), 0, -1):
            if name_key(" ".join(words[:end])) in self.knowledge.sector_by_title:
                start = end
                break
        return " ".join(words[:start]), " ".join(words[start:])

    def _persons(
        self, name: str, day: date | None, hint: Hint, offices: tuple[str, ...]
    ) -> Iterator[_Candidate]:
        """Yield persons called by surname or by some of their names."""
        for spelling in self.knowledge.spellings_by_key.get(name_key(name), ()):
            if offices and spelling.entry.kind is EntityKind.PERSON:
                yield self._candidate(spelling, ("name", 1.0), day, hint)
        words = [word for word in sound_key(name).split() if word]
        if not words or not name[:1].isupper():
            return
        last = name.rsplit(maxsplit=1)[-1]
        for surname in dict.fromkeys((sound_key(name), sound_key(last))):
            for entry in self.knowledge.persons_by_surname.get(surname, ()):
                match = _person_match(name, entry)
                if match is None:
                    continue
                spelling = Spelling(text=entry.name, key=name_key(entry.name), entry=entry)
                candidate = self._candidate(spelling, match, day, hint)
                if offices:
                    factor = _office_factor(entry, offices, day)
                    candidate = replace(
                        candidate, features=(*candidate.features, ("title", factor))
                    )
                yield candidate

    def _candidate(
        self, spelling: Spelling, match: tuple[str, float], day: date | None, hint: Hint
    ) -> _Candidate:
        entry = spelling.entry
        features = [match, ("label", _label_factor(spelling, hint.label))]
        if hint.countries and entry.country and entry.kind is not EntityKind.STATE:
            features.append(("context", 1.0 if entry.country in hint.countries else 0.85))
        elif hint.countries and entry.kind is EntityKind.STATE:
            features.append(("context", 1.0 if entry.slug in hint.countries else 0.9))
        if entry.kind is EntityKind.PERSON and entry.terms and day:
            features.append(("time", _time_factor(entry, day)))
        return _Candidate(spelling=spelling, features=tuple(features))

    def _cities(self, name: str, hint: Hint) -> Iterator[_Candidate]:
        cities = self._gazetteer.find(name_key(name))
        for city in cities[:12]:
            country = self.knowledge.country_by_alpha2.get(city.alpha2)
            in_context = country in hint.countries
            is_capital = city is cities[0] and self._is_capital(city)
            if not in_context and not is_capital and city.population < _CITY_ALONE:
                continue
            size = min(1.0, 0.55 + 0.45 * log10(max(10, city.population)) / 7)
            label = {"GPE": 1.0, "LOC": 0.95, "FAC": 0.75}.get(hint.label or "GPE", 0.9)
            features = [
                ("name" if name_key(city.name) == name_key(name) else "alias", 0.97),
                ("label", label),
                ("size", 1.0 if is_capital else size),
            ]
            if hint.countries:
                features.append(("context", 1.0 if in_context else 0.8))
            entry = Entry(
                id=f"geonames:{city.geonames}",
                slug=f"geonames-{city.geonames}",
                geonames=city.geonames,
                name=city.name,
                kind=EntityKind.PLACE,
                country=country,
                lat=city.lat,
                lon=city.lon,
            )
            yield _Candidate(
                spelling=Spelling(text=name, key=name_key(name), entry=entry),
                features=tuple(features),
                city=city,
            )

    def _is_capital(self, city: City) -> bool:
        country = self.knowledge.country_by_alpha2.get(city.alpha2)
        return self.knowledge.country_by_capital.get(name_key(city.name)) == country

    def _link(self, name: str, best: _Candidate, day: date | None, hint: Hint) -> Link:
        entry = best.spelling.entry
        features = dict(best.features)
        if best.city and hint.is_actor and entry.country and self._is_capital(best.city):
            entry = self.knowledge.entry_by_slug[entry.country]
            features["metonym"] = 0.9
        return Link(
            name=name,
            id=entry.id,
            label=entry.name,
            kind=entry.kind,
            country=entry.country,
            sector=entry.sector,
            wikidata=entry.wikidata,
            geonames=entry.geonames,
            lat=entry.lat,
            lon=entry.lon,
            alias=best.spelling.text,
            role=role_on(entry, day),
            score=round(prod(features.values()), 4),
            features=features,
        )


def plain_label(name: str) -> str:
    """Return a name without its article, for display."""
    return re.sub(r"^(?:the|an?)\s+", "", " ".join(name.split()), flags=re.IGNORECASE)


def label_of(spelling: Spelling) -> str:
    """Return the NER label that a spelling stands for."""
    if spelling.is_national:
        return "NORP"
    kind = spelling.entry.kind
    if kind is EntityKind.PERSON:
        return "PERSON"
    if kind is EntityKind.STATE:
        return "GPE"
    if kind is EntityKind.PLACE:
        return "LOC"
    if kind is EntityKind.FACILITY:
        return "FAC"
    return "NORP" if kind is EntityKind.ETHNIC_RELIGIOUS_GROUP else "ORG"


def _label_factor(spelling: Spelling, label: str | None) -> float:
    if label is None:
        return 1.0
    kind = spelling.entry.kind
    if label == "NORP" and spelling.is_national:
        return 1.0
    allowed = _KINDS_BY_LABEL.get(label)
    if allowed is None:
        return 0.9
    if kind in allowed:
        return 1.0
    return 0.6 if kind is EntityKind.PERSON or label == "PERSON" else 0.8


def _time_factor(entry: Entry, day: date) -> float:
    if any(term.holds_on(day) for term in entry.terms):
        return 1.0
    margin = timedelta(days=5 * 365)
    if any(
        (term.first is None or term.first - margin <= day)
        and (term.last is None or day <= term.last + margin)
        for term in entry.terms
    ):
        return 0.93
    return 0.85


def _office_factor(entry: Entry, offices: tuple[str, ...], day: date | None) -> float:
    held = [term for term in entry.terms if term.office in offices]
    if not held:
        return 0.75
    return 1.0 if day is None or any(term.holds_on(day) for term in held) else 0.9


def _person_match(name: str, entry: Entry) -> tuple[str, float] | None:
    """Tell how a name in parts agrees with a person: every word has its place in the full name."""
    query = sound_key(name).split()
    if entry.surname and sound_key(entry.surname).split() == query:
        return ("surname", 0.8) if is_near(name, entry.surname) else None
    for full in (entry.name, *entry.aliases):
        words = sound_key(full).split()
        if len(query) < 2 or len(words) < 2 or query[-1] != words[-1]:
            continue
        if _is_within(query, words) or (_is_within(words, query) and query[0] == words[0]):
            return ("name_in_parts", 0.85)
    return None


def _is_within(few: list[str], many: list[str]) -> bool:
    rest = iter(many)
    return all(any(word == other or other[:1] == word for other in rest) for word in few)


@lru_cache(maxsize=4)
def load_resolver(overlay: Path | None = None) -> Resolver:
    """Return a resolver over the shipped knowledge, cached for the process.

    Args:
        overlay: A table with the columns of ``groups.tsv`` whose rows are added; a row with the
            id of a shipped entry replaces it.

    Raises:
        ResourceError: A table is malformed.
    """
    load_actor_nouns()
    entries = list(read_entries())
    if overlay is not None:
        entries += read_groups(overlay)
    return Resolver(build_knowledge(entries), load_gazetteer())
