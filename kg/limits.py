"""From which probability on the learned reader is followed: ``reader_limits.toml``, read."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.errors import ResourceError
from kg.resources import data_path, read_toml


@dataclass(frozen=True, kw_only=True)
class Limit:
    """The least probabilities at which the reader is followed in one respect.

    Attributes:
        keep: To keep what a rule says.
        add: To add what no rule says.
        fill: To put the likeliest into a role that would be empty; None for no less than ``add``.
    """

    keep: float
    add: float
    fill: float | None = None


@dataclass(frozen=True, kw_only=True)
class Limits:
    """When the reader is followed, by what it judges.

    Attributes:
        event: That words name an event of any type, to keep it; of the type, to add it.
        retype: The least probability of another type, to exchange the type that a rule gives.
        status: That of another status than the one that the cues tell.
        same: That two tellings are of one event.
        related: That of another relation between two events.
    """

    event: Limit
    retype: float
    status: float
    actors: Limit
    recipients: Limit
    places: Limit
    attribution: Limit
    same: Limit
    related: float


@cache
def load_limits() -> Limits:
    """Return the limits of ``kg/data/lexicon/reader_limits.toml``.

    Raises:
        ResourceError: A limit is missing or unknown.
    """
    path = data_path("lexicon", "reader_limits.toml")
    values: dict[str, Any] = {
        name: Limit(**value) if isinstance(value, dict) else value
        for name, value in read_toml(path).items()
    }
    try:
        return Limits(**values)
    except TypeError as error:
        raise ResourceError(f"{path}: {error}. Mend the file.") from error
