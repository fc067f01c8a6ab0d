"""What is known of an entity while an article is read, and the word lists that tell it apart."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from kg.errors import ResourceError
from kg.mentions.finding import Mention
from kg.resources import data_path, read_toml, read_tsv
from kg.terms import EntityKind, MentionLevel


@dataclass(eq=False)
class Cluster:
    """Mentions that are taken to be one entity, while the article is read."""

    mentions: list[Mention] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    kind: EntityKind | None = None
    country: str | None = None
    id: str | None = None
    is_plural: bool = False
    gender: str | None = None
    members: tuple[Mention, ...] = ()  # of those that "they" are together

    def add(self, mention: Mention) -> None:
        """Take a mention in; what the cluster knows already is kept."""
        self.mentions.append(mention)
        link = mention.link
        self.kind = self.kind or link.kind
        # Where a later description places a group says nothing of whom it belongs to.
        if mention.level is MentionLevel.NAME or len(self.mentions) == 1:
            self.country = self.country or link.country
        self.id = self.id or link.id
        # "Iranians" may stand for Iran, which is one.
        self.is_plural = self.is_plural or (mention.is_plural and self.kind is not EntityKind.STATE)


@dataclass(frozen=True, kw_only=True)
class CoreferenceWords:
    """The lists of ``kg/data/lexicon/coreference.toml``."""

    generic_military: frozenset[str]
    own_sides: frozenset[str]
    set_apart: frozenset[str]
    genders: Mapping[str, str]
    kinds_by_hypernym: Mapping[str, frozenset[EntityKind]]


@cache
def coreference_words() -> CoreferenceWords:
    """Return the word lists.

    Raises:
        ResourceError: A kind of entity is unknown.
    """
    path = data_path("lexicon", "coreference.toml")
    lists = read_toml(path)
    kinds: dict[str, set[EntityKind]] = {}
    for kind, words in lists["hypernyms"].items():
        if kind not in set(EntityKind):
            raise ResourceError(f"{path}: '{kind}' is no kind of entity. See kg/terms.py.")
        for word in words:
            kinds.setdefault(word, set()).add(EntityKind(kind))
    return CoreferenceWords(
        generic_military=frozenset(lists["generic_military"]),
        own_sides=frozenset(lists["own_sides"]),
        set_apart=frozenset(lists["set_apart"]),
        genders={word: gender for gender, words in lists["genders"].items() for word in words},
        kinds_by_hypernym={word: frozenset(found) for word, found in kinds.items()},
    )


@cache
def given_names() -> Mapping[str, str]:
    """Return the gender of those who bear a given name, by the name."""
    rows = read_tsv(data_path("knowledge", "given_names.tsv"), ("name", "gender"))
    return {row["name"]: row["gender"] for _, row in rows}


def normal(text: str) -> str:
    """Return ``text`` lower-case, without accents, possessive, full stops and hyphens.

    >>> normal("U.S.-led coalition’s")
    'us led coalition'
    """
    text = unicodedata.normalize("NFKD", text.replace("’", "'")).lower()
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = re.sub(r"'s?$", "", text).replace(".", "")
    return " ".join(re.sub(r"[^\w\s]", " ", text).split())
