"""Tell where the name of a capital stands for the government that has its seat there.

"Moscow urged", "talks with Moscow", "Moscow's decision" mean Russia; "flew to Moscow", "riots in
Moscow" and "the bombing of Moscow" mean the town. The lexicon tells which slots of which words are
those of a party; where force is used or somebody travels, only who does it is one.
"""

from collections.abc import Container, Mapping
from functools import cache

from spacy.tokens import Span

from kg.resources import data_path, read_toml
from kg.syntax import Role, Syntax

PartySlots = Mapping[tuple[str, str], Container[str]]
"""By lemma and part of speech the slots in which a party stands, as the lexicon names them."""

_SLOTS = {
    Role.OBJECT: ("obj",),
    Role.PASSIVE_SUBJECT: ("obj",),
    Role.INDIRECT_OBJECT: ("iobj", "obj"),  # "urged [Moscow] to leave"
    Role.POSSESSOR: ("poss",),
}


@cache
def _nouns() -> Mapping[str, frozenset[str]]:
    """Return by slot the nouns that name no event but have a government in that slot."""
    lists = read_toml(data_path("lexicon", "coreference.toml"))["seats"]
    return {slot: frozenset(nouns) for slot, nouns in lists.items()}


def is_government(span: Span, syntax: Syntax, parties: PartySlots) -> bool:
    """Tell whether a name acts or is dealt with, so that a capital would stand for its state."""
    arc = syntax.governor(syntax.first_conjunct(span.root))
    if arc is None:
        return False
    if arc.role is Role.AGENT:
        return True
    if arc.role is Role.SUBJECT:
        return not syntax.is_passive(arc.head)
    slots = _SLOTS.get(arc.role, (arc.word,))
    heads = [arc.head]
    if arc.role is Role.OBLIQUE:  # "put pressure on Moscow"
        heads += syntax.dependents(arc.head, Role.OBJECT)
    words = [(head.lemma_.lower(), "VERB" if head.pos_ == "AUX" else head.pos_) for head in heads]
    return any(
        slot in parties.get(word, ()) or (word[1] == "NOUN" and word[0] in _nouns().get(slot, ()))
        for word in words
        for slot in slots
    )
