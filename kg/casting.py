"""Turn the clusters of an article into its cast: entities with identifiers, by token.

A cluster becomes an entity when it has a name or takes part in an event; descriptions that
nothing happens to are left out. What a cluster is called, and which IRI it has, is decided here
once, so that the graph needs no second opinion.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from spacy.tokens import Token

from kg.mentions.clusters import Cluster, normal
from kg.mentions.finding import Mention, Mentions
from kg.namespaces import entity_iri
from kg.records import (
    Article,
    CharSpan,
    Entity,
    EntityMention,
    EntityRelation,
    EventMention,
    Link,
)
from kg.terms import EntityKind, EntityRelationType, MentionLevel

# Label of the mentions of a place that have no words but the name of another.
_BORROWED = "borrowed"
_PLACES = frozenset({EntityKind.PLACE, EntityKind.FACILITY, EntityKind.STATE})
_ACTING_FIELDS = ("actors", "recipients", "attribution")


class Cast:
    """Who and what an article speaks of."""

    def __init__(
        self,
        cluster_by_iri: Mapping[str, Cluster],
        mentions: Mentions,
        article: Article,
        sets: Mapping[int, Sequence[int]],
    ) -> None:
        self._iris = tuple(cluster_by_iri)
        self._clusters = clusters = tuple(cluster_by_iri.values())
        self._mentions = mentions
        self._article = article
        self._sets = sets
        self._number_by_head = {
            mention.head: number
            for number, cluster in enumerate(clusters)
            for mention in cluster.mentions
            if not _is_borrowed(mention)
        }

    def kind_of(self, token: Token) -> EntityKind | None:
        """Return the kind of what the noun phrase of ``token`` refers to, or None."""
        number = self._number(token)
        if number is not None and self._clusters[number].kind is not None:
            return self._clusters[number].kind
        mention = self._mentions.at(token)
        return None if mention is None else mention.link.kind

    def ids_of(self, tokens: Iterable[Token]) -> tuple[str, ...]:
        """Return the ids of the entities that noun phrases refer to, each once, in order."""
        numbers = (self._number(token) for token in tokens)
        return tuple(dict.fromkeys(f"E{number + 1}" for number in numbers if number is not None))

    def id_of(self, token: Token) -> str | None:
        """Return the id of the entity that the noun phrase of ``token`` refers to, or None."""
        return next(iter(self.ids_of([token])), None)

    def is_named(self, token: Token) -> bool:
        """Tell whether ``token`` is part of a proper name."""
        return token.i in self._mentions.named_parts()

    def extent(self, token: Token) -> tuple[int, int]:
        """Return the first token of the mention that holds ``token``, and the one past its last."""
        mention = self._mentions.at(token)
        if mention is None or not mention.start <= token.i < mention.end:
            return token.i, token.i + 1
        return mention.start, mention.end

    def participants(self) -> list[tuple[Mention, str | None]]:
        """Return all mentions in text order, each with the id of its entity, if it has one."""
        return [
            (mention, None if number is None else f"E{number + 1}")
            for mention in self._mentions.all
            for number in [self._number_by_head.get(mention.head)]
        ]

    def kind(self, entity_id: str) -> EntityKind | None:
        """Return the kind of an entity."""
        return self._of(entity_id).kind

    def name_of(self, entity_id: str) -> str:
        """Return what an entity is called in the article."""
        cluster = self._of(entity_id)
        kind = cluster.kind or EntityKind.OTHER
        return _name(cluster, _best_mention(cluster), kind, self._article.text)

    def link(self, entity_id: str) -> Link:
        """Return what an entity resolves to."""
        return _link(self._of(entity_id))

    def with_place(self, link: Link, named: Token) -> tuple["Cast", str]:
        """Return the cast with a place told of in the words that name another, and its id.

        Args:
            link: What it resolves to, by an identifier: what lies near Mosul.
            named: Word of the name that is borrowed: Mosul.
        """
        start, end = self.extent(named)
        words = self._mentions.doc[start:end]
        borrowed = Mention(
            head=named.i,
            start=start,
            end=end,
            span=CharSpan(start=words.start_char, end=words.end_char),
            level=MentionLevel.NOMINAL,
            label=_BORROWED,
            link=link,
        )
        iri = entity_iri(kind=EntityKind.PLACE, name=link.label, curated=link.id)
        clusters = dict(zip(self._iris, self._clusters, strict=True))
        known = clusters.get(iri, Cluster())
        place = replace(known, mentions=list(known.mentions))
        if borrowed not in place.mentions:
            place.add(borrowed)
        clusters[iri] = place
        number = list(clusters).index(iri)
        return Cast(clusters, self._mentions, self._article, self._sets), f"E{number + 1}"

    def members(self, entity_id: str) -> tuple[str, ...]:
        """Return the actors that "the two countries" take up; none for anything else."""
        heads = (self._sets.get(item.head) for item in self._of(entity_id).mentions)
        found = next((item for item in heads if item is not None), ())
        numbers = dict.fromkeys(self._number_by_head.get(head) for head in found)
        return tuple(f"E{number + 1}" for number in numbers if number is not None)

    def introduction(self, entity_id: str) -> Token | None:
        """Return the head of the phrase that first speaks of a nameless entity, else None."""
        first = min(self._of(entity_id).mentions, key=lambda item: item.start)
        return self._mentions.doc[first.head] if first.level is MentionLevel.NOMINAL else None

    def parties_named(self, token: Token) -> tuple[str, ...]:
        """Return the states that an agreement is called after: "the Iran nuclear deal"."""
        found = [self._clusters[number] for number in [self._number(token)] if number is not None]
        names = {
            normal(item.span.quote(self._article.text))
            for cluster in found
            if cluster.kind is EntityKind.AGREEMENT
            for item in cluster.mentions
        }
        if not names:  # as for nearly every word of an article
            return ()
        return tuple(
            f"E{number + 1}"
            for number, cluster in enumerate(self._clusters)
            if cluster.kind is EntityKind.STATE
            and any(name.startswith(f"{own} ") for name in names for own in cluster.names)
        )

    def _of(self, entity_id: str) -> Cluster:
        return self._clusters[int(entity_id.removeprefix("E")) - 1]

    def _number(self, token: Token) -> int | None:
        mention = self._mentions.at(token)
        return None if mention is None else self._number_by_head.get(mention.head)

    def entities(
        self, events: Sequence[EventMention], relations: Sequence[EntityRelation] = ()
    ) -> tuple[tuple[Entity, ...], dict[str, str]]:
        """Return the entities worth keeping and the map from provisional to final ids."""
        used: set[str] = {
            name
            for event in events
            for field in (*_ACTING_FIELDS, "places", "weapons")
            for name in getattr(event, field)
        }
        used |= {item.group for event in events for item in event.quantities if item.group}
        acting = {
            name for event in events for field in _ACTING_FIELDS for name in getattr(event, field)
        }
        for relation in relations:
            ends = {relation.source, relation.target, *relation.attribution}
            used |= ends
            # Where a body has its seat is a place; who leads or is led is an actor.
            is_seat = relation.type is EntityRelationType.BASED_IN
            acting |= ends - {relation.target} if is_seat else ends
        final: dict[str, str] = {}
        entities: list[Entity] = []
        for number, cluster in enumerate(self._clusters):
            provisional = f"E{number + 1}"
            is_named = any(item.level is MentionLevel.NAME for item in cluster.mentions)
            if cluster.kind is None or not (is_named or provisional in used):
                continue
            if provisional not in acting and _is_vague(cluster):
                continue
            final[provisional] = f"E{len(entities) + 1}"
            entities.append(
                self._entity(
                    final[provisional], self._iris[number], cluster, is_acting=provisional in acting
                )
            )
        return tuple(entities), final

    def _entity(self, entity_id: str, iri: str, cluster: Cluster, *, is_acting: bool) -> Entity:
        best, link = _best_mention(cluster), _link(cluster)
        kind = cluster.kind or EntityKind.OTHER
        if kind is EntityKind.STATE and not (is_acting or _acts_in_words(cluster)):
            kind = EntityKind.PLACE
        name = _name(cluster, best, kind, self._article.text)
        if cluster.id is None and best.level is MentionLevel.NOMINAL:
            words = self._mentions.described(best).quote(self._article.text)
            name = " ".join(words.split())
        return Entity(
            id=entity_id,
            name=name,
            kind=kind,
            iri=iri,
            mentions=tuple(
                EntityMention(span=item.span, level=item.level) for item in cluster.mentions
            ),
            country=cluster.country,
            sector=link.sector or best.link.sector,
            wikidata=link.wikidata,
            geonames=link.geonames,
            lat=link.lat,
            lon=link.lon,
            precision=link.precision,
            located_by=tuple(
                entity_iri(kind=EntityKind.PLACE, name="", curated=whole)
                for whole in link.located_by
            ),
            role=link.role,
        )


def _link(cluster: Cluster) -> Link:
    """Return what a cluster resolves to: as its best mention that has the identifier says."""
    best = _best_mention(cluster)
    links = [item.link for item in [best, *cluster.mentions]]
    return next((link for link in links if link.id == cluster.id), best.link)


def _is_borrowed(mention: Mention) -> bool:
    """Tell whether a mention of "near Mosul" is but the name of Mosul."""
    return mention.level is MentionLevel.NOMINAL and mention.label == _BORROWED


def _name(cluster: Cluster, best: Mention, kind: EntityKind, text: str) -> str:
    """Return what to call an entity: its fullest name in the article, states by their own."""
    is_described = best.label == "NORP" or best.level is not MentionLevel.NAME
    is_state = EntityKind.STATE in {kind, cluster.kind}
    if cluster.members:
        return " ".join(text[cluster.members[0].span.start : cluster.members[-1].span.end].split())
    if cluster.id is not None and best.link.id == cluster.id and (is_state or is_described):
        return best.link.label
    return " ".join(best.span.quote(text).split())


def _iri(cluster: Cluster, article: Article) -> str:
    """Return the IRI of the canonical node that a cluster stands for."""
    best = _best_mention(cluster)
    kind = cluster.kind or EntityKind.OTHER
    name = _name(cluster, best, kind, article.text)
    key, country = _minting_key(cluster, name)
    is_named = best.level is MentionLevel.NAME and not _is_bare_surname(best, cluster)
    return entity_iri(
        kind=kind,
        name=key,
        country=country,
        curated=cluster.id,
        doc_id=None if is_named or key != name else article.doc_id,
    )


def build_cast(
    clusters: Sequence[Cluster],
    mentions: Mentions,
    article: Article,
    *,
    sets: Mapping[int, Sequence[int]] = MappingProxyType({}),
) -> Cast:
    """Return the cast of ``article``; clusters that come to one IRI are one entity.

    Args:
        sets: By the head of a description that takes up several actors the heads of theirs, as
            ``find_sets`` returns them.
    """
    by_iri: dict[str, Cluster] = {}
    for cluster in clusters:
        known = by_iri.setdefault(_iri(cluster, article), cluster)
        if known is not cluster:
            for mention in cluster.mentions:
                known.add(mention)
            known.mentions.sort(key=lambda item: (item.start, -item.end))
    return Cast(by_iri, mentions, article, sets)


def _best_mention(cluster: Cluster) -> Mention:
    """Return the mention that names the cluster best: the longest name, else the first description.

    A later description may be somebody's own wording ("occupation forces").
    """
    names = [item for item in cluster.mentions if item.level is MentionLevel.NAME]
    if names:
        return max(names, key=lambda item: (item.span.end - item.span.start, -item.start))
    described = [item for item in cluster.mentions if item.level is MentionLevel.NOMINAL]
    pool = described or cluster.mentions
    if any(item.end - item.start > 1 for item in pool):
        pool = [item for item in pool if item.end - item.start > 1]
    return min(pool, key=lambda item: item.start)


def _minting_key(cluster: Cluster, name: str) -> tuple[str, str | None]:
    """Return name and country of the node that a nameless collective shares with other articles.

    "U.S. forces" and "American troops" are the armed forces of one state; groups with the same
    backer are spoken of as one. Other descriptions mean something else in each article.
    """
    if any(item.level is MentionLevel.NAME for item in cluster.mentions):
        return name, cluster.country
    backers = sorted(
        {
            key.removeprefix("backer:")
            for item in cluster.mentions
            for key in item.link.features
            if key.startswith("backer:")
        }
    )
    if cluster.kind is EntityKind.ARMED_GROUP and backers:
        return f"{' and '.join(backers)} backed armed groups", None
    if cluster.kind is EntityKind.MILITARY and cluster.country and len(name.split()) <= 2:
        return "armed forces", cluster.country
    return name, cluster.country


def _is_vague(cluster: Cluster) -> bool:
    """Tell whether a place has no more of a name than "location", "country" or "home"."""
    return cluster.kind in _PLACES and all(
        item.level is not MentionLevel.NAME
        and item.end - item.start == 1
        and not _is_borrowed(item)
        for item in cluster.mentions
    )


def _is_bare_surname(best: Mention, cluster: Cluster) -> bool:
    return cluster.kind is EntityKind.PERSON and best.end - best.start == 1 and cluster.id is None


def _acts_in_words(cluster: Cluster) -> bool:
    """Tell whether an adjective or a seat of government stands for the state somewhere."""
    return any(item.label == "NORP" for item in cluster.mentions)
