"""Sort the errors of an extraction by kind: what was missed or made up, and where it stood.

The counts tell what to mend first. A participant that is missing is told apart by whether the
article's entities hold it at all, whether it stands in the sentence of the trigger, and whether it
was put into another role instead.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.gold import Record
from kg.evaluate.matching import SENTENCE_END, is_same, names_by_id, pair_events

_ROLES = {"actors": "actor", "recipients": "recipient", "places": "place"}


@dataclass(frozen=True, kw_only=True)
class _View:
    """The entities of one article, annotated and found, and its sentences."""

    wanted: Mapping[str, frozenset[str]]
    known: Mapping[str, frozenset[str]]
    mentions: Mapping[str, Sequence[Record]]
    ends: Sequence[int]

    def sentence(self, place: Record) -> int:
        """Return the number of the sentence that a span begins in."""
        return bisect_right(self.ends, place["start"])


def error_kinds(gold: Record, found: Record) -> Counter[str]:
    """Return how often each kind of error occurs in one article.

    Args:
        gold: The annotated article.
        found: The record of what was extracted from it.
    """
    text = gold["text"]
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    events, guesses = gold["events"], found["events"]
    pairs = pair_events(events, guesses, ends, by_type=False)
    view = _View(
        wanted=names_by_id(gold, text),
        known=names_by_id(found, text),
        mentions={entity["id"]: entity["mentions"] for entity in gold["entities"]},
        ends=ends,
    )
    kinds: Counter[str] = Counter()
    kinds["event: missed"] = len(events) - len(pairs)
    kinds["event: made up"] = len(guesses) - len(pairs)
    for left, right in pairs:
        event, guess = events[left], guesses[right]
        if event["type"] != guess["type"]:
            kinds["event: wrong type"] += 1
        stated, told = (item.get("status") or "actual" for item in (event, guess))
        if stated != told:
            kinds[f"status: {stated} taken for {told}"] += 1
        kinds.update(_day_errors(event, guess))
        kinds.update(_role_errors(event, guess, view))
    return +kinds


def _day_errors(event: Record, guess: Record) -> list[str]:
    stated, told = event.get("date"), guess.get("date")
    if stated is None:
        return []
    if told is None:
        return ["day: missing"]
    is_apart = told["from"] > stated["to"] or told["to"] < stated["from"]
    return ["day: wrong"] if is_apart else []


def _role_errors(event: Record, guess: Record, view: _View) -> list[str]:
    wanted, known = view.wanted, view.known
    kinds = []
    for role, label in _ROLES.items():
        told = [known[name] for name in guess.get(role, ()) if known.get(name)]
        stated = [name for name in event.get(role, ()) if wanted.get(name)]
        kinds += [
            f"{label}: {_why_missing(name, event, guess, view)}"
            for name in stated
            if not _is_among(wanted[name], told)
        ]
        names = [wanted[name] for name in stated]
        kinds += [f"{label}: made up" for other in told if not _is_among(other, names)]
    spoken = [known[name] for name in guess.get("attribution", ()) if known.get(name)]
    credited = [wanted[name] for name in event.get("attribution", ()) if wanted.get(name)]
    kinds += ["speaker: missing" for names in credited if not _is_among(names, spoken)]
    kinds += ["speaker: made up" for names in spoken if not _is_among(names, credited)]
    return kinds


def _is_among(names: frozenset[str], others: Iterable[frozenset[str]]) -> bool:
    return any(is_same(names, other) for other in others)


def _why_missing(name: str, event: Record, guess: Record, view: _View) -> str:
    names = view.wanted[name]
    if not _is_among(names, view.known.values()):
        return "entity not found"
    cast = [
        view.known[other]
        for role in _ROLES
        for other in guess.get(role, ())
        if view.known.get(other)
    ]
    if _is_among(names, cast):
        return "in another role"
    sentence = view.sentence(event["trigger"])
    is_near = any(view.sentence(place) == sentence for place in view.mentions[name])
    return "missing, in the sentence" if is_near else "missing, in another sentence"
