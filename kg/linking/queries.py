"""What the resolver is asked: a hint beside a proper name, and the parts of a description.

Plain values without spaCy objects; the mention stage fills them from a parse, ``kg lookup`` from
bare words.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Hint:
    """What the text around a proper name tells about it.

    Attributes:
        label: NER label of the mention: PERSON, ORG, GPE, LOC, FAC, NORP; None when unknown.
        countries: ISO alpha-3 codes that the article speaks of, the most frequent first; they
            choose between namesakes (Georgia, Tripoli, Hezbollah).
        is_actor: The mention acts or speaks, so that a seat of government (Tehran, Washington)
            stands for its state.
    """

    label: str | None = None
    countries: tuple[str, ...] = ()
    is_actor: bool = False


@dataclass(frozen=True, kw_only=True)
class Description:
    """A noun phrase headed by a common noun: "two Iraqi security sources".

    Attributes:
        text: The phrase without its article.
        head: Lemma of the head: ``source``; the last word of a compound is enough, because
            ``modifiers`` are joined to it where the noun table knows the compound (oil field).
        modifiers: Lemmas of the common words before the head, lower case, in order.
        names: Proper names and national adjectives before the head or in its possessive, in order.
        places: Proper names in a phrase after the head ("base in Syria", "president of France").
        plural: Whether the head is plural.
    """

    text: str
    head: str
    modifiers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    plural: bool = False
