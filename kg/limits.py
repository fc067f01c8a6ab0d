"""From which probability on the learned reader is followed: ``reader_limits.toml``, read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.errors import ResourceError
from kg.resources import data_path, read_toml
from kg.terms import EventType, RelationType


@dataclass(frozen=True, kw_only=True)
class Limit:
    """The least probabilities at which the reader is followed in one respect.

    Attributes:
        keep: To keep what a rule says.
        add: To add what no rule says.
        beside: The same, where rules say something else, if that is more than ``add``.
        far: The same, for whom the sentence of the event does not name.
        fill: To put the likeliest into a role that would be empty; None for no less than ``add``.
        gives_way: To keep what a rule says where something else could fill the role.
        guess: To fill a role that is empty still when tellings of one event have lent one another
            their parties; of an event, that it is one, to guess at all. None for no guess.
    """

    keep: float
    add: float
    beside: float = 0.0
    far: float = 0.0
    fill: float | None = None
    gives_way: float = 0.0
    guess: float | None = None


@dataclass(frozen=True, kw_only=True)
class Odds:
    """What speaks for (above 0) or against (below 0) two tellings being of one event.

    Attributes:
        number: One is singular, the other plural.
        actors: They name different actors.
        places: They name different places.
        toll: They count the dead differently.
        span: One took days, the other goes on for months.
        weapon: They name the same weapon.
    """

    number: float
    actors: float
    places: float
    toll: float
    span: float
    weapon: float


@dataclass(frozen=True, kw_only=True)
class PlaceLimit:
    """The least probabilities at which the reader is followed on where an event takes place.

    Attributes:
        keep: To keep a place that a rule gives, but from the phrase of another event.
        own: To add one that stands under a preposition in the phrase of the event.
        loose: To add one that stands elsewhere in its sentence.
        other: To keep or add one from the phrase of another event, to add one from an earlier
            sentence, or one that stands elsewhere in its sentence where a rule gives a place.
    """

    keep: float
    own: float
    loose: float
    other: float


@dataclass(frozen=True, kw_only=True)
class Limits:
    """When the reader is followed, by what it judges.

    Attributes:
        event: That words name an event of any type, to keep it; of the type, to add it.
        doubtful: The same, to add one of a type at which the reader errs oftener.
        bare: The same, to add an event in which nobody is known to take part.
        status: That of another status than the one that the cues tell.
        spared: Ids of rules whose events the reader may not take away.
        same: That two tellings are of one event: ``keep`` for a pair that a rule ties, ``add`` for
            the mean over all with which a telling would be grouped.
        odds: What speaks for and against that, as logarithms of odds, which are added to those of
            the reader.
        related: That of another relation between two events, by its type.
    """

    event: Limit
    doubtful: Mapping[EventType, float]
    bare: float
    status: float
    spared: frozenset[str]
    actors: Limit
    recipients: Limit
    places: PlaceLimit
    attribution: Limit
    same: Limit
    odds: Odds
    related: Mapping[RelationType, float]


@cache
def load_limits() -> Limits:
    """Return the limits of ``kg/data/lexicon/reader_limits.toml``.

    Raises:
        ResourceError: A limit is missing or unknown.
    """
    path = data_path("lexicon", "reader_limits.toml")
    try:
        return Limits(**{name: _parsed(name, value) for name, value in read_toml(path).items()})
    except (TypeError, ValueError) as error:
        raise ResourceError(f"{path}: {error}. Mend the file.") from error


def _parsed(name: str, value: Any) -> Any:
    if name == "spared":
        return frozenset(value)
    if name == "odds":
        return Odds(**value)
    if name == "places":
        return PlaceLimit(**value)
    if name == "doubtful":
        return {EventType(kind): least for kind, least in value.items()}
    if name == "related":
        return {RelationType(relation): least for relation, least in value.items()}
    return Limit(**value) if isinstance(value, dict) else value
