"""Pair what was found with what is annotated: events by trigger, entities by their names."""

import re
from collections.abc import Sequence

from kg.evaluate.gold import Record

_DETERMINER = re.compile(
    r"^(the|a|an|its|his|her|their|this|these|those|some|several|at least|about)\s+", re.IGNORECASE
)
_PRONOUNS = frozenset(
    "he she it they him her them his hers its their theirs we us our who which that i me my "
    "you those this".split()
)
SENTENCE_END = re.compile(r"(?<=[.!?][\"”’' ])\s*(?=[A-Z“\"])|\n+")
# Triggers of one event may be annotated this many characters apart.
_NEAR = 60
_SHARED_WORDS = 0.6


def pair_events(
    gold: Sequence[Record], found: Sequence[Record], ends: Sequence[int], *, by_type: bool
) -> list[tuple[int, int]]:
    """Pair events greedily: overlapping triggers first, then one type, then the nearest."""
    candidates = []
    for left, event in enumerate(gold):
        for right, guess in enumerate(found):
            same_type = event["type"] == guess["type"]
            if by_type and not same_type:
                continue
            one, two = event["trigger"], guess["trigger"]
            overlap = min(one["end"], two["end"]) - max(one["start"], two["start"])
            is_near = -overlap <= _NEAR and not any(
                min(one["start"], two["start"]) < end <= max(one["start"], two["start"])
                for end in ends
            )
            if overlap > 0 or is_near:
                distance = abs(one["start"] - two["start"])
                candidates.append((overlap <= 0, not same_type, distance, left, right))
    pairs: list[tuple[int, int]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for *_, left, right in sorted(candidates):
        if left not in used[0] and right not in used[1]:
            used[0].add(left)
            used[1].add(right)
            pairs.append((left, right))
    return pairs


def names_by_id(record: Record, text: str) -> dict[str, frozenset[str]]:
    return {
        entity["id"]: frozenset(
            name
            for name in map(
                _plain,
                [
                    entity.get("name") or "",
                    *(text[item["start"] : item["end"]] for item in entity["mentions"]),
                ],
            )
            if name and name not in _PRONOUNS
        )
        for entity in record["entities"]
    }


def _plain(name: str) -> str:
    """Return a name lower-case, without determiner, possessive, full stops and punctuation."""
    name = re.sub(r"'s$", "", " ".join(name.replace("’", "'").split()).lower())
    for long, short in (("u.s.", "us"), ("u.n.", "un"), ("u.k.", "uk")):
        name = name.replace(long, short)
    while name != (shorter := _DETERMINER.sub("", name)):
        name = shorter
    return re.sub(r"[^\w\s-]", "", name).replace("-", " ").strip()


def is_same(one: frozenset[str], two: frozenset[str]) -> bool:
    return bool(one & two) or any(
        _word_overlap(left, right) >= _SHARED_WORDS for left in one for right in two
    )


def _word_overlap(left: str, right: str) -> float:
    one, two = set(left.split()), set(right.split())
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0
