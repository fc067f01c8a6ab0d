"""Find whom "the two countries" and "both sides" mean: the actors that an article is about.

Where names follow ("his allies, Iran and Russia"), they are meant. Otherwise a definite
description with a number of its own ("the two", "both", "the three") takes up as many actors of a
fitting kind as it counts: those spoken of most before it, what stands near counting for more.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from spacy.tokens import Token

from kg.errors import ResourceError
from kg.mentions.clusters import Cluster
from kg.mentions.coref import count_of
from kg.mentions.finding import Mention, Mentions
from kg.resources import data_path, read_toml
from kg.syntax import Role, Syntax
from kg.terms import EntityKind, MentionLevel

# How many sentences back a mention counts for more, and for how much more.
_NEAR = 2
_NEAR_WEIGHT = 3
# What stands between a plural and the names of those whom it means.
_BEFORE_NAMES = frozenset({",", "–", "—", "-", "(", ":"})


@cache
def _kinds_by_head() -> Mapping[str, frozenset[EntityKind]]:
    """Return by lemma of the head of which kinds the members may be.

    Raises:
        ResourceError: A kind of entity is unknown.
    """
    path = data_path("lexicon", "coreference.toml")
    kinds: dict[str, set[EntityKind]] = {}
    for kind, words in read_toml(path)["sets"].items():
        if kind not in set(EntityKind):
            raise ResourceError(f"{path}: '{kind}' is no kind of entity. See kg/terms.py.")
        for word in words:
            kinds.setdefault(word, set()).add(EntityKind(kind))
    return {word: frozenset(found) for word, found in kinds.items()}


def find_sets(
    mentions: Mentions, syntax: Syntax, clusters: Sequence[Cluster]
) -> dict[int, tuple[int, ...]]:
    """Return by the head of each such description the heads of a mention of each member."""
    sentence_of = [number for number, sent in enumerate(syntax.doc.sents) for _ in sent]
    cluster_of = {item.head: cluster for cluster in clusters for item in cluster.mentions}
    sets = {}
    for cluster in clusters:
        for mention in cluster.mentions if cluster.members else ():
            sets[mention.head] = tuple(item.head for item in cluster.members)
    for mention in mentions.all:
        listed = _listed(mention, mentions, syntax)
        if listed:
            sets[mention.head] = listed
            continue
        token = syntax.doc[mention.head]
        kinds = _kinds_by_head().get(token.lemma_.lower())
        count = count_of(token, syntax) if mention.level is MentionLevel.NOMINAL and kinds else 0
        if not kinds or not count or syntax.dependents(token, Role.ADJECTIVE, Role.COMPOUND):
            continue
        mates = {id(cluster_of.get(index)) for index in (mention.head, *_mates(token, syntax))}
        weights = {}
        for cluster in clusters:
            earlier = [item.head for item in cluster.mentions if item.end <= mention.start]
            is_named = any(item.level is MentionLevel.NAME for item in cluster.mentions)
            if earlier and is_named and cluster.kind in kinds and id(cluster) not in mates:
                places = (sentence_of[item.head] for item in cluster.mentions)
                gaps = (sentence_of[mention.head] - place for place in places)
                weight = sum(_NEAR_WEIGHT if 0 <= gap <= _NEAR else 1 for gap in gaps)
                weights[earlier[-1]] = weight
        if len(weights) >= count:
            chosen = sorted(weights, key=lambda head: (-weights[head], -head))[:count]
            sets[mention.head] = tuple(sorted(chosen))
    return sets


def _listed(mention: Mention, mentions: Mentions, syntax: Syntax) -> tuple[int, ...]:
    """Return the names behind a plural that say whom it means: "his allies, Iran and Russia"."""
    doc = syntax.doc
    is_open = mention.level is MentionLevel.NOMINAL and mention.is_plural
    start = mention.end
    for arc in syntax.arcs(doc[mention.head], Role.MODIFIER):  # "the guarantors of the pact, ..."
        start = max(start, syntax.subtree(arc.token)[-1].i + 1) if arc.word == "of" else start
    if not is_open or start + 1 >= len(doc) or doc[start].text not in _BEFORE_NAMES:
        return ()
    first = mentions.at(doc[start + 1])
    if first is None or first.level is not MentionLevel.NAME:
        return ()
    found = [first]
    named_first = doc[first.head]
    # Parsers coordinate the names with one another, or each with the description.
    others = syntax.conjuncts(syntax.first_conjunct(named_first))
    for token in others[others.index(named_first) :]:
        named = mentions.exactly_at(token)
        if named is not None and named.level is MentionLevel.NAME and named not in found:
            found.append(named)
    return tuple(item.head for item in found) if len(found) > 1 else ()


def _mates(token: Token, syntax: Syntax) -> set[int]:
    """Return the other arguments of the predicate that a description is an argument of."""
    arc = syntax.governor(token)
    return set() if arc is None else {item.token.i for item in syntax.participants(arc.head)}
