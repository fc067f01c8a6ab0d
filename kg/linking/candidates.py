"""Find the entries and cities that a proper name may mean, and score each.

Every candidate gets factors in [0, 1], kept in ``Link.features``; its score is their product:

    match      how the spelling was found: name 1, alias .98, national word .97, acronym .95,
               first word left out .9, name in parts .85, surname .8, transliteration .8,
               weak alias .97 if its country leads the article, .6 if it is among the others or
               none is known; where one leads, the same name of others .9
    label      how well the kind agrees with the NER label
    context    whether the candidate's country is among those of the article
    time       for persons: whether they led a body on the day, held an office, or did near it
    title      for persons: whether they held the office that the title names
    size       for cities: the logarithm of the population
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import log10, prod

from kg.linking.gazetteer import City, Gazetteer
from kg.linking.knowledge import Knowledge, Spelling
from kg.linking.normal import (
    PARTICLES,
    is_acronym,
    is_near,
    name_key,
    plain,
    similarity,
    sound_key,
    word_sound,
)
from kg.linking.tables import Entry
from kg.records import Hint
from kg.terms import EntityKind, Precision

NO_HINT = Hint()
# A city that the article's countries do not suggest is taken only if readers know it anyway.
_CITY_ALONE = 100_000
# An old name that no other city has is known where the city is this large (Saigon).
_METROPOLIS = 1_000_000
# Inside a description a person or group is likelier ("Bush officials").
_CITY_IN_PHRASE = 300_000
# So many cities of one name are weighed where the article's countries do not suggest them.
_LARGEST = 12
_PLACE_LABELS = frozenset({None, "GPE", "LOC", "FAC"})
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_SPACED_DASH = re.compile(r"\s*([-/])\s*")
# Towns here are named after cities elsewhere (Geneva, Moscow, Athens), which are meant.
_NEW_WORLD = frozenset({"US", "CA", "AU", "NZ"})
_LONG_AGO = 0.85
_OFFICE_MARGIN = timedelta(days=5 * 365)

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
        EntityKind.OTHER,
    }
)
_PLACES = frozenset({EntityKind.STATE, EntityKind.PLACE, EntityKind.FACILITY})
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


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An entry that a name may mean, with what speaks for it.

    Attributes:
        features: Factors in [0, 1] by name, in the order in which they were found.
        city: The city of the gazetteer behind the entry, if it is one.
    """

    spelling: Spelling
    features: tuple[tuple[str, float], ...]
    city: City | None = None

    @property
    def score(self) -> float:
        """The product of the factors."""
        return prod(value for _, value in self.features)


class CandidateFinder:
    """Find candidates in one knowledge file and one gazetteer."""

    def __init__(self, knowledge: Knowledge, gazetteer: Gazetteer) -> None:
        self._knowledge = knowledge
        self._gazetteer = gazetteer

    def find(
        self, name: str, *, day: date | None, hint: Hint, is_exact: bool = False
    ) -> Iterator[Candidate]:
        """Yield the candidates for a name.

        Args:
            is_exact: Leave out transliterations, for names inside descriptions.
        """
        found = [
            self._candidate(spelling, match, day, hint)
            for spelling, match in self.by_spelling(name, hint)
        ]
        title, rest = self.split_title(name)
        offices = self._knowledge.offices_by_title.get(name_key(title), ())
        if title or not found:
            found.extend(self._persons(rest, day, hint, title=title, offices=offices))
        # Mexico, Kuwait and Singapore are states first; their capitals answer to the name too.
        is_state = any(candidate.spelling.entry.kind is EntityKind.STATE for candidate in found)
        may_be_city = hint.label in _PLACE_LABELS or self.is_capital(name)
        if may_be_city and not is_state and not is_acronym(name):
            least = _CITY_IN_PHRASE if is_exact else _CITY_ALONE
            is_person = any(c.spelling.entry.kind is EntityKind.PERSON for c in found)
            found.extend(self._cities(name, hint, least=least, is_person=is_person))
        if not found and not is_exact:
            found.extend(
                self._candidate(spelling, ("transliteration", 0.8), day, hint)
                for spelling in self._by_sound(name, day, hint)
            )
        yield from found

    def by_spelling(self, name: str, hint: Hint) -> Iterator[tuple[Spelling, tuple[str, float]]]:
        """Yield the spellings that share the name's key, with the factor for the match."""
        written = _SPACED_DASH.sub(r"\1", _ARTICLE.sub("", plain(name)))
        spellings = self._knowledge.spellings_by_key.get(name_key(name), ())
        local = {
            spelling.entry.id
            for spelling in spellings
            if spelling.is_weak and hint.countries[:1] == (spelling.entry.country,)
        }
        for spelling in spellings:
            # "us", "who" and "car" are words; only capitals make them US, WHO and CAR.
            if spelling.is_acronym and not is_acronym(written):
                continue
            # "the congress of a party" is not Congress.
            if written.islower() and written.isalpha() and not spelling.text.islower():
                continue
            if spelling.is_weak:
                if not hint.countries or spelling.entry.country in hint.countries:
                    yield spelling, ("weak_alias", 0.97 if spelling.entry.id in local else 0.6)
            elif local and spelling.entry.country not in hint.countries:
                # The Islamic State of an article on Afghanistan is the one of Khorasan.
                yield spelling, ("foreign", 0.9)
            elif spelling.is_national:
                yield spelling, ("national", 0.97)
            elif spelling.is_acronym:
                yield spelling, ("acronym", 0.95)
            elif spelling.is_name:
                yield spelling, ("name", 1.0)
            else:
                yield spelling, ("alias", 0.98)

    def split_title(self, name: str) -> tuple[str, str]:
        """Split "Lt. Gen. Sean MacFarland" into title and name; the title may be empty."""
        words = name.split()
        for end in range(min(6, len(words) - 1), 0, -1):
            is_title = name_key(" ".join(words[:end])) in self._knowledge.sector_by_title
            if is_title and _is_capitalised(words[end]):
                return " ".join(words[:end]), " ".join(words[end:])
        return "", name

    def is_capital(self, name: str) -> bool:
        """Tell whether a name is that of a capital as ``countries.tsv`` spells it."""
        return name_key(name) in self._knowledge.country_by_capital

    def capital_country(self, city: City) -> str | None:
        """Return the state whose capital the city is."""
        country = self._knowledge.country_by_alpha2.get(city.alpha2)
        capital_of = self._knowledge.country_by_capital.get(name_key(city.name))
        return country if country == capital_of else None

    def _by_sound(self, name: str, day: date | None, hint: Hint) -> Iterator[Spelling]:
        key = sound_key(name)
        if len(key.replace(" ", "")) < 3 or not _is_capitalised(name) or is_acronym(name):
            return
        is_single = " " not in name_key(name)
        seen = set()
        for spelling in self._knowledge.spellings_by_sound.get(key, ()):
            entry = spelling.entry
            if entry.id in seen or not is_near(name, spelling.text):
                continue
            is_person = entry.kind is EntityKind.PERSON
            if is_person and _is_far(entry, day, hint) and similarity(name, entry.name) < 0.9:
                continue
            # One word alone is weak evidence: kind and country have to agree as well.
            is_state = entry.kind is EntityKind.STATE
            if is_state and similarity(name, spelling.text) < 0.85:
                continue
            if is_single and (
                similarity(name, spelling.text) < 0.8
                or label_factor(spelling, hint.label) < 1
                or (hint.countries and not is_state and entry.country not in hint.countries)
            ):
                continue
            seen.add(entry.id)
            yield spelling

    def _persons(
        self, name: str, day: date | None, hint: Hint, *, title: str, offices: tuple[str, ...]
    ) -> Iterator[Candidate]:
        """Yield persons called by full name after a title, by surname, or by some names."""
        last = name.rsplit(maxsplit=1)[-1] if name.strip() else ""
        if not _is_capitalised(last):
            return
        full = {
            spelling.entry.id: (spelling.entry, ("name", 1.0))
            for spelling, _ in self.by_spelling(name, hint)
            if title and spelling.entry.kind is EntityKind.PERSON and not spelling.is_weak
        }
        for surname in dict.fromkeys((sound_key(name), sound_key(last))):
            for entry in self._knowledge.persons_by_surname.get(surname, ()):
                match = _person_match(name, entry)
                if (
                    match
                    and entry.id not in full
                    and self._is_likely(name, entry, day, hint, has_title=bool(title))
                ):
                    full[entry.id] = (entry, match)
        for entry, match in full.values():
            spelling = Spelling(text=entry.name, key=name_key(entry.name), entry=entry)
            candidate = self._candidate(spelling, match, day, hint)
            if offices:
                factor = ("title", _office_factor(entry, offices, day))
                candidate = replace(candidate, features=(*candidate.features, factor))
            yield candidate

    def _is_likely(
        self, name: str, entry: Entry, day: date | None, hint: Hint, *, has_title: bool
    ) -> bool:
        """Tell whether a bare surname means the person, as every Rahman shares it.

        The article has to be about the person's country, unless the person leads it on the day
        or serves an international organisation. A surname that others of the country share
        means the person only on days in office.
        """
        is_foreign = bool(hint.countries) and entry.country not in hint.countries
        if not entry.surname or sound_key(name) != sound_key(entry.surname):
            return not _is_far(entry, day, hint) or similarity(name, entry.name) >= 0.9
        in_office = any(day and term.holds_on(day) for term in entry.terms)
        if entry.is_shared_surname and (is_foreign or not in_office):
            return False
        if has_title:
            return True
        is_same = _parts(name) == _parts(entry.surname)
        if hint.label not in {None, "PERSON"} and not is_same:
            return False
        if is_foreign:
            is_labelled = hint.label in {None, "PERSON"}
            return is_same and is_labelled and self._is_world_known(entry, day)
        is_long = min(len(name_key(name)), len(name_key(entry.surname))) >= 5
        if hint.label == "PERSON" and hint.countries and self._is_world_known(entry, day):
            return True  # "Asad" for al-Assad, where the article is about his country
        return is_same or (is_long and similarity(name, entry.surname) >= 0.85)

    def _is_world_known(self, entry: Entry, day: date | None) -> bool:
        return any(
            term.leads or self._knowledge.entry_by_slug[term.body].kind is EntityKind.IGO
            for term in entry.terms
            if day and term.holds_on(day)
        )

    def _candidate(
        self, spelling: Spelling, match: tuple[str, float], day: date | None, hint: Hint
    ) -> Candidate:
        entry = spelling.entry
        features = [match, ("label", label_factor(spelling, hint.label))]
        if hint.countries and entry.country:
            absent = 0.9 if entry.kind is EntityKind.STATE else 0.85
            if hint.label == "PERSON" and entry.kind in _PLACES:
                absent = 0.5  # Jordan and Chad are first names, and Washington is a surname
            features.append(("context", 1.0 if entry.country in hint.countries else absent))
        if entry.kind is EntityKind.PERSON and entry.terms and day:
            features.append(("time", _time_factor(entry, day)))
        return Candidate(spelling=spelling, features=tuple(features))

    def _cities(self, name: str, hint: Hint, *, least: int, is_person: bool) -> Iterator[Candidate]:
        key = name_key(name)
        cities = self._gazetteer.find(key)
        capitals = [city for city in cities if self.capital_country(city)][:1]
        for number, city in enumerate(cities):
            country = self._knowledge.country_by_alpha2.get(city.alpha2)
            in_context = country in hint.countries
            if number >= _LARGEST and not in_context:
                continue
            is_own_name = name_key(city.name) == key
            is_capital = city in capitals and (number == 0 or is_own_name)
            if not in_context and not is_capital and city.population < least:
                continue
            # Alternate names reach back to colonial times (Victoria for Hong Kong).
            nearness = 0.7 if is_capital else 0.85
            is_longer = name_key(city.name).startswith(f"{key} ")
            is_alike = is_longer or similarity(name, city.name) >= nearness
            is_alike = is_alike or (len(cities) == 1 and city.population >= _METROPOLIS)
            if not (in_context or is_own_name or is_alike):
                continue
            is_namesake = city.alpha2 in _NEW_WORLD and cities[0].alpha2 not in _NEW_WORLD
            if is_namesake and city.population < _CITY_ALONE <= cities[0].population:
                continue
            size = min(1.0, 0.55 + 0.45 * log10(max(10, city.population)) / 7)
            features = [
                ("name", 0.97) if is_own_name else ("alias", 0.95 if is_alike else 0.85),
                ("label", _city_label_factor(city, hint.label, is_person=is_person)),
                ("size", 1.0 if is_capital else size),
            ]
            if hint.countries:
                features.append(("context", 1.0 if in_context else 0.8))
            entry = Entry(
                id=f"wikidata:{city.wikidata}" if city.wikidata else f"geonames:{city.geonames}",
                slug=city_slug(city.geonames),
                name=city.name,
                kind=EntityKind.PLACE,
                country=country,
                wikidata=city.wikidata,
                geonames=city.geonames,
                lat=city.lat,
                lon=city.lon,
                precision=Precision.SETTLEMENT,
            )
            spelling = Spelling(text=name, key=key, entry=entry)
            yield Candidate(spelling=spelling, features=tuple(features), city=city)


def city_slug(geonames: str) -> str:
    """Return the slug of a city of the gazetteer."""
    return f"geonames-{geonames}"


def label_of(spelling: Spelling) -> str:
    """Return the NER label that a spelling stands for."""
    entry = spelling.entry
    if spelling.is_national or entry.kind is EntityKind.ETHNIC_RELIGIOUS_GROUP:
        return "NORP"
    if entry.kind is EntityKind.PLACE:
        return "GPE" if entry.geonames else "LOC"
    by_kind = {EntityKind.PERSON: "PERSON", EntityKind.STATE: "GPE", EntityKind.FACILITY: "FAC"}
    return by_kind.get(entry.kind, "ORG")


def label_factor(spelling: Spelling, label: str | None) -> float:
    """Return how well a spelling agrees with an NER label, which errs about one time in ten."""
    if label is None or (label == "NORP" and spelling.is_national):
        return 1.0
    kind = spelling.entry.kind
    allowed = _KINDS_BY_LABEL.get(label)
    if allowed is None:
        return 0.9
    if kind in allowed:
        return 1.0
    return 0.6 if kind is EntityKind.PERSON or label == "PERSON" else 0.8


def _city_label_factor(city: City, label: str | None, *, is_person: bool) -> float:
    if label is None:  # Clinton and Ivanov are towns as well, but rarely meant
        return 0.8 if is_person and city.population < _CITY_ALONE else 1.0
    return {"GPE": 1.0, "LOC": 0.95, "FAC": 0.75}.get(label, 0.8)


def _time_factor(entry: Entry, day: date) -> float:
    held = [term for term in entry.terms if term.holds_on(day)]
    if held:
        return 1.0 if any(term.leads for term in held) else 0.96
    is_near_term = any(
        (term.first is None or term.first - _OFFICE_MARGIN <= day)
        and (term.last is None or day <= term.last + _OFFICE_MARGIN)
        for term in entry.terms
    )
    return 0.93 if is_near_term else _LONG_AGO


def _is_far(entry: Entry, day: date | None, hint: Hint) -> bool:
    """Tell whether a person is far from home and office, where other Hassans are likelier."""
    is_foreign = bool(hint.countries) and entry.country not in hint.countries
    return is_foreign and day is not None and _time_factor(entry, day) <= _LONG_AGO


def _office_factor(entry: Entry, offices: tuple[str, ...], day: date | None) -> float:
    held = [term for term in entry.terms if term.office in offices]
    if not held:
        return 0.75
    return 1.0 if day is None or any(term.holds_on(day) for term in held) else 0.9


def _person_match(name: str, entry: Entry) -> tuple[str, float] | None:
    """Tell how a name in parts agrees with a person: every word has its place in the full name."""
    query = _parts(name)
    if entry.surname and sound_key(entry.surname) == sound_key(name):
        return ("surname", 0.8) if is_near(name, entry.surname) else None
    for full in (entry.name, *entry.aliases):
        words = _parts(full)
        if len(query) < 2 or len(words) < 2 or not _is_same_word(query[-1], words[-1]):
            continue
        # The first name counts: Muhammad Nour is not Abdul Wahid Mohamed al-Nur.
        if _is_same_word(query[0], words[0]) and (
            _is_within(query, words) or _is_within(words, query)
        ):
            return ("name_in_parts", 0.85)
    return None


def _is_capitalised(name: str) -> bool:
    # "al-Assad" and "de Mistura" are names as well.
    return any(word[:1].isupper() for word in name.replace("-", " ").split())


def _parts(name: str) -> list[str]:
    return [word for word in name_key(name).split() if word_sound(word) and word not in PARTICLES]


def _is_within(few: list[str], many: list[str]) -> bool:
    rest = iter(many)
    return all(any(_is_same_word(word, other) for other in rest) for word in few)


def _is_same_word(word: str, other: str) -> bool:
    # Initials stand for names: "J. Kerry".
    if len(word) == 1 or len(other) == 1:
        return word[:1] == other[:1]
    return word_sound(word) == word_sound(other) and is_near(word, other)
