"""Words by which is told who takes part in what: "accuse [them] of", "call on [them] to"."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.errors import ResourceError
from kg.resources import data_path, read_toml


@dataclass(frozen=True, kw_only=True)
class PredicateWords:
    """The lists of lemmas of ``kg/data/lexicon/predicates.toml``, whose comments explain them.

    Attributes:
        beckoning: By lemma, the preposition under which stands who is to act.
        meeting: By the preposition under which a deed stands, or ``object``, the verbs whose
            subject meets it.
    """

    watching: frozenset[str]
    describing: frozenset[str]
    voicing: frozenset[str]
    charging: frozenset[str]
    subject_control: frozenset[str]
    disowning: frozenset[str]
    shares: frozenset[str]
    sharing: frozenset[str]
    fleeing: frozenset[str]
    fleeing_from: frozenset[str]
    beckoning: Mapping[str, str]
    meeting: Mapping[str, frozenset[str]]


@cache
def predicate_words() -> PredicateWords:
    """Return the word lists.

    Raises:
        ResourceError: A list is missing or unknown.
    """
    path = data_path("lexicon", "predicates.toml")
    try:
        return PredicateWords(
            **{name: _parsed(name, value) for name, value in read_toml(path).items()}
        )
    except TypeError as error:
        raise ResourceError(f"{path}: {error}. Mend the file.") from error


def _parsed(name: str, value: Any) -> Any:
    if name == "beckoning":
        return {word: preposition for preposition, words in value.items() for word in words}
    if isinstance(value, dict):
        return {place: frozenset(words) for place, words in value.items()}
    return frozenset(value)
