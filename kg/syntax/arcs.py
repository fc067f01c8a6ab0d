"""The links of a parse and the roles of nouns in a clause, in terms that both schemes share."""

from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Token


class Role(StrEnum):
    """What a dependent is to its head, in either scheme."""

    SUBJECT = "subject"
    PASSIVE_SUBJECT = "passive_subject"
    OBJECT = "object"
    INDIRECT_OBJECT = "indirect_object"
    AGENT = "agent"
    OBLIQUE = "oblique"
    MODIFIER = "modifier"
    POSSESSOR = "possessor"
    COMPOUND = "compound"
    ADJECTIVE = "adjective"
    APPOSITION = "apposition"
    CONJUNCT = "conjunct"
    NAME_PART = "name_part"
    COMPLEMENT = "complement"
    OPEN_COMPLEMENT = "open_complement"
    ADVERBIAL_CLAUSE = "adverbial_clause"
    RELATIVE_CLAUSE = "relative_clause"
    ADNOMINAL_CLAUSE = "adnominal_clause"
    PARATAXIS = "parataxis"
    NEGATION = "negation"
    AUXILIARY = "auxiliary"
    COPULA = "copula"
    MARK = "mark"
    CASE = "case"
    PARTICLE = "particle"
    NUMBER = "number"
    DETERMINER = "determiner"
    ADVERB = "adverb"
    ROOT = "root"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Arc:
    """A typed link from a head to a dependent.

    Attributes:
        word: Preposition of an OBLIQUE or MODIFIER, or the conjunction or preposition that
            introduces a clause, lower-case, parts joined by a space; "" when there is none.
    """

    role: Role
    head: Token
    token: Token
    word: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """A noun that takes part in what a predicate tells.

    Attributes:
        role: Logical role: SUBJECT does it, also in a passive; OBJECT undergoes it.
        word: Preposition, for OBLIQUE and MODIFIER.
        inherited: Whether the noun stands in another clause and was found through control,
            coordination, a relative or a participle.
    """

    role: Role
    token: Token
    word: str = ""
    inherited: bool = False


PREDICATE_POS = frozenset({"VERB", "AUX"})
