"""Closed vocabularies, as enums whose values are the strings used in records and in the graph.

The PLOVER categories and their modes live in ``ontology/event-types.ttl``; only what the code
itself must distinguish stands here. A test holds these enums equal to the ontology.
"""

from enum import StrEnum


class EventType(StrEnum):
    """The 16 PLOVER event categories (PLOVER codebook, draft 2.0)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class EntityKind(StrEnum):
    """What an entity is."""

    STATE = "state"
    GOVERNMENT = "government"
    MILITARY = "military"
    POLICE = "police"
    ARMED_GROUP = "armed_group"
    COALITION = "coalition"
    IGO = "igo"
    PERSON = "person"
    CIVILIANS = "civilians"
    PARTY = "party"
    NGO = "ngo"
    MEDIA = "media"
    COMPANY = "company"
    COURT = "court"
    ETHNIC_RELIGIOUS_GROUP = "ethnic_religious_group"
    PLACE = "place"
    FACILITY = "facility"
    WEAPON = "weapon"
    AGREEMENT = "agreement"
    OTHER = "other"


class Status(StrEnum):
    """Whether an event happened, according to the sentence that tells it."""

    ACTUAL = "actual"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"
    HISTORICAL = "historical"


class Polarity(StrEnum):
    """Whether the sentence affirms or denies the event."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Certainty(StrEnum):
    """How sure the sentence is of what it tells."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class QuantityKind(StrEnum):
    """What was done to the people whom an event counts."""

    KILLED = "killed"
    INJURED = "injured"
    ARRESTED = "arrested"
    DISPLACED = "displaced"


class RelationType(StrEnum):
    """Relations between events; the direction is from the first to the second."""

    RETALIATION_FOR = "retaliation_for"
    RESPONSE_TO = "response_to"
    CAUSED = "caused"
    PART_OF = "part_of"
    SAME_AS = "same_as"
    PRECONDITION_FOR = "precondition_for"


class EntityRelationType(StrEnum):
    """Standing relations between entities; the direction is from the first to the second."""

    BACKS = "backs"
    LEADS = "leads"
    PART_OF = "part_of"
    SPOKESPERSON_FOR = "spokesperson_for"
    HOLDS_OFFICE = "holds_office"
    ALLIED_WITH = "allied_with"
    BASED_IN = "based_in"


class MentionLevel(StrEnum):
    """How a mention refers: by a proper name, by a common noun, or by a pronoun."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class Precision(StrEnum):
    """How narrowly a place is known, and so what its coordinates are worth."""

    SITE = "site"
    SETTLEMENT = "settlement"
    REGION = "region"
    PART = "part"
    COUNTRY = "country"
    AREA = "area"


class Grain(StrEnum):
    """The precision of a resolved date."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    SPAN = "span"
