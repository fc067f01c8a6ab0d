"""Judge which entities of different articles are one.

Equal IRIs are one without further judgement: curated identifiers and minted names agree by
construction. Beyond that only what is certain is joined: a curated identifier given beside a
minted one, a name that lacks the country which it has everywhere else, and an acronym of
exactly one full name. What is known in one article only by a description is never joined.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import RDFS, Literal, URIRef

from kg.merge.facts import ArticleFacts
from kg.merge.groups import Groups
from kg.namespaces import KG, SCHEMA, THINGS


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The judgement that members are one thing, known by its canonical IRI."""

    members: tuple[URIRef, ...]
    canonical: URIRef
    because: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What all articles together say of one IRI."""

    iri: URIRef
    kinds: frozenset[str]
    labels: frozenset[str]
    countries: frozenset[str]
    same_as: frozenset[URIRef]


def judge_entities(articles: Iterable[ArticleFacts]) -> tuple[Decision, ...]:
    """Return the judgements that join entities of different IRIs, by canonical IRI."""
    known = _known(articles)
    groups: Groups[URIRef] = Groups(known)
    reasons: dict[tuple[URIRef, URIRef], str] = {}
    for first, second, because in (*_curated(known), *_countries(known), *_acronyms(known)):
        groups.join(first, second)
        reasons[first, second] = because
    decisions = []
    for members in groups.members().values():
        # Two curated identifiers in one group mean that some judgement is wrong: join none of it.
        if len(members) > 1 and sum(map(_is_curated, members)) <= 1:
            texts = {text for (first, _), text in reasons.items() if first in members}
            decisions.append(
                Decision(
                    members=tuple(members),
                    canonical=min(members, key=_rank),
                    because=tuple(sorted(texts)),
                )
            )
    return tuple(sorted(decisions, key=lambda decision: decision.canonical))


def _known(articles: Iterable[ArticleFacts]) -> dict[URIRef, _Known]:
    gathered: dict[URIRef, dict[URIRef, set[URIRef | Literal]]] = {}
    for facts in articles:
        for entity in facts.entities:
            values = gathered.setdefault(entity.iri, {})
            for predicate in (KG.kind, RDFS.label, KG.country, SCHEMA.sameAs):
                values.setdefault(predicate, set()).update(entity.values.get(predicate, ()))
    return {
        iri: _Known(
            iri=iri,
            kinds=frozenset(map(str, values[KG.kind])),
            labels=frozenset(map(str, values[RDFS.label])),
            countries=frozenset(map(str, values[KG.country])),
            same_as=frozenset(URIRef(other) for other in values[SCHEMA.sameAs]),
        )
        for iri, values in sorted(gathered.items())
    }


def _curated(known: dict[URIRef, _Known]) -> list[tuple[URIRef, URIRef, str]]:
    return [
        (entity.iri, other, f"{other} is given as its curated identifier")
        for entity in known.values()
        if len(entity.same_as) == 1  # two would make two curated things one
        for other in entity.same_as
        if not _is_curated(entity.iri)
    ]


def _countries(known: dict[URIRef, _Known]) -> list[tuple[URIRef, URIRef, str]]:
    with_country: dict[str, list[URIRef]] = {}
    for iri in known:
        stem, _, last = iri.rpartition("/")
        if iri.startswith(THINGS) and len(last) == 3 and last.isupper():
            with_country.setdefault(stem, []).append(iri)
    return [
        (iri, same[0], "same kind and name; no other country has one")
        for iri in known
        if len(same := with_country.get(str(iri), [])) == 1
    ]


def _acronyms(known: dict[URIRef, _Known]) -> list[tuple[URIRef, URIRef, str]]:
    full_names: dict[tuple[str, str], set[URIRef]] = {}
    for entity in known.values():
        for label in entity.labels:
            words = [word for word in label.replace("-", " ").split() if word[0].isupper()]
            if len(words) >= 3 and not _is_scoped(entity.iri):
                initials = "".join(word[0] for word in words)
                for kind in entity.kinds:
                    full_names.setdefault((kind, initials), set()).add(entity.iri)
    found = []
    for entity in known.values():
        for label in sorted(entity.labels):
            acronym = label.replace(".", "")
            if not (acronym.isalpha() and acronym.isupper() and not _is_scoped(entity.iri)):
                continue
            for kind in sorted(entity.kinds):
                full = full_names.get((kind, acronym), set()) - {entity.iri}
                if len(full) == 1 and _may_join(entity, known[min(full)]):
                    because = f"{acronym} is the acronym of this one name of kind {kind}"
                    found.append((entity.iri, min(full), because))
    return found


def _may_join(first: _Known, second: _Known) -> bool:
    curated = _is_curated(first.iri) and _is_curated(second.iri)
    clash = first.countries and second.countries and not first.countries & second.countries
    return not curated and not clash


def _is_curated(iri: str) -> bool:
    return not iri.startswith(THINGS) or iri.startswith((f"{THINGS}entity/", f"{THINGS}country/"))


def _is_scoped(iri: str) -> bool:
    return iri.rpartition("/")[2].startswith("in-")


def _rank(iri: URIRef) -> tuple[bool, bool, int, str]:
    """Sort key: Wikidata first, then other curated ones, then the fuller name."""
    wikidata = iri.startswith("http://www.wikidata.org/")
    return (not wikidata, not _is_curated(iri), -len(iri), iri)
