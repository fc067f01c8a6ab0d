"""Decide where events take place, on what the rules say and how likely the reader finds it.

A place that stands in the phrase of the event needs little to be believed; one that stands in the
phrase of another event, or in an earlier sentence, needs much, and so does a second one that
stands loosely in the sentence.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.draft import Scene
from kg.events.places import Tie, places_around, tie_of
from kg.events.tellings import Telling
from kg.limits import PlaceLimit
from kg.reading import Reading
from kg.terms import EntityKind, EventType

_SPOKEN = frozenset({EventType.ACCUSE, EventType.REJECT, EventType.REQUEST, EventType.SUPPORT})
"""What is done by words: a place in the sentence is nearly always that of what is spoken of."""
_AREAS = frozenset({EntityKind.PLACE, EntityKind.STATE})


def place_tellings(
    tellings: Sequence[Telling], reading: Reading, scene: Scene, limit: PlaceLimit
) -> list[Telling]:
    """Return the tellings with the places that the reader lets them have."""
    others = frozenset(item.token.i for item in tellings)
    least = {
        Tie.TOLD: limit.own,
        Tie.OWN: limit.own,
        Tie.LOOSE: limit.loose,
        Tie.OTHER: limit.other,
    }
    named = heads_by_sentence(scene)
    placed = []
    for item in tellings:
        scores = reading.roles[item.event.id]["places"]
        heads = named.get(item.sentence, {})
        ties = _ties(item.token, heads, scene, others)
        if item.event.type in _SPOKEN:
            ties = dict.fromkeys(ties, Tie.OTHER)
        kept = [
            name
            for name in item.event.places
            if ties.get(name) is Tie.TOLD
            or scores.get(name, 1.0) >= (limit.other if ties.get(name) is Tie.OTHER else limit.keep)
        ]
        if kept:  # a second place that hangs on nothing of the event is seldom its own
            ties = {name: Tie.OTHER if tie is Tie.LOOSE else tie for name, tie in ties.items()}
        kept += [
            name
            for name, score in scores.items()
            if name not in kept and score >= least[ties.get(name, Tie.OTHER)]
        ]
        kept += list(_around(kept, heads, scene))
        placed.append(replace(item, event=replace(item.event, places=tuple(dict.fromkeys(kept)))))
    return placed


def heads_by_sentence(scene: Scene) -> Mapping[int, Mapping[str, list[int]]]:
    """Return for each sentence, by its number, where the entities named in it stand in it."""
    found: dict[int, dict[str, list[int]]] = defaultdict(dict)
    for mention, entity in scene.cast.participants():
        if entity is not None:
            here = found[scene.sentences[mention.head]]
            here.setdefault(entity, []).append(mention.head)
    return found


def _ties(
    trigger: Token, heads: Mapping[str, list[int]], scene: Scene, others: frozenset[int]
) -> Mapping[str, Tie]:
    """Return how the entities named in the sentence of an event are tied to it, each at best."""
    doc = scene.syntax.doc
    return {
        name: min(
            (tie_of(trigger, doc[head], scene.syntax, others=others) for head in places),
            key=list(Tie).index,
        )
        for name, places in heads.items()
    }


def _around(names: Sequence[str], heads: Mapping[str, list[int]], scene: Scene) -> Iterator[str]:
    """Yield the areas in which the sentence says that the places lie."""
    cast, doc = scene.cast, scene.syntax.doc
    for name in names:
        for head in heads.get(name, ()):
            for outer in cast.ids_of(places_around(doc[head], scene.syntax)):
                if cast.kind(outer) in _AREAS:
                    yield outer
