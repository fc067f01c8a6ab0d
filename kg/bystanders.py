"""Find who stands beside an event without a part in it, by the words that name them.

In "Iran said that he had died in a raid" Iran only speaks; in "people fled the shelling" people
are those who did not shell; a town that fell took nothing. In "strikes in Syria" Syria is where.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.nlp.speech import speaker_of, speech_slots, verb_name
from kg.syntax import Role, Syntax
from kg.syntax.disowning import disowner, is_nobody
from kg.syntax.predicates import predicate_words

_SUBJECTS = (Role.SUBJECT, Role.PASSIVE_SUBJECT)
# What falls was taken by others.
_TAKEN = frozenset({"fall"})
_WITHIN = frozenset({"in", "inside", "into", "across", "throughout"})
_CONTRASTING = frozenset({"except", "except for", "other than", "unlike"})
_MET = frozenset({Role.OBJECT, Role.PASSIVE_SUBJECT, Role.OBLIQUE})


def bystanders(token: Token, syntax: Syntax) -> Iterator[Token]:
    """Yield the heads of those who speak of the event that ``token`` names, or suffer it.

    Who tells of an event without naming who did it may well have done it ("the army said the
    raid was over"); who tells what became of others in it has not.
    """
    if token.lemma_.lower() in _TAKEN:
        for subject in syntax.dependents(token, *_SUBJECTS):
            yield from syntax.conjuncts(subject)
    if token.pos_ == "VERB":  # "condemned the fire, which wounded two"
        for item in syntax.participants(token):
            if item.role is Role.SUBJECT and item.token.pos_ == "NOUN":
                yield from bystanders(item.token, syntax)
    denial = disowner(syntax, token)
    if denial is not None:
        for subject in syntax.dependents(denial, *_SUBJECTS, Role.AGENT):
            yield from syntax.conjuncts(subject)
    words = predicate_words()
    node, tells_of_others = token, False
    for arc in syntax.governors(token):
        subjects = syntax.dependents(node, *_SUBJECTS)
        tells_of_others = tells_of_others or (bool(subjects) and token not in subjects)
        verb = arc.head
        yield from (item for item in syntax.dependents(verb, *_SUBJECTS) if is_nobody(syntax, item))
        lemma = verb.lemma_.lower()
        is_fled = arc.role in {Role.OBJECT, Role.OPEN_COMPLEMENT} and lemma in words.fleeing
        is_met = arc.role in _MET and lemma in words.meeting.get(arc.word or "object", ())
        if node == token and (is_fled or is_met):
            for item in syntax.participants(verb):
                if item.role is Role.SUBJECT:
                    yield from syntax.conjuncts(item.token)
        slots = speech_slots().get(verb_name(syntax, verb), frozenset())
        if arc.role is Role.COMPLEMENT and tells_of_others and "that" in slots:
            speaker = speaker_of(syntax, verb)
            if speaker is not None:
                yield from syntax.conjuncts(speaker)
        node = verb


def is_contrasted(token: Token, syntax: Syntax) -> bool:
    """Tell whether somebody is named only to be left out: "unlike Chad", "but not Chad"."""
    arc = syntax.governor(syntax.first_conjunct(token))
    is_apart = arc is not None and arc.word in _CONTRASTING
    is_noun = token.pos_ in {"NOUN", "PROPN"}
    return is_apart or (is_noun and bool(syntax.dependents(token, Role.NEGATION)))


def owners(token: Token, syntax: Syntax) -> Iterator[Token]:
    """Yield the heads of those whose the victims are: "a group whose leader was killed"."""
    for item in syntax.participants(token):
        if item.role is Role.OBJECT:
            for owner in syntax.dependents(item.token, Role.POSSESSOR):
                yield syntax.owner_meant(owner) or owner


def grounds(token: Token, syntax: Syntax) -> Iterator[Token]:
    """Yield the heads of the places in which the event that ``token`` names happens."""
    noun = syntax.first_conjunct(token)
    link = syntax.governor(noun)
    heads = [token, noun]
    if link is not None and link.role in {Role.OBJECT, *_SUBJECTS}:  # "launched a war in Chad"
        heads.append(link.head)
    for head in heads:
        for arc in syntax.arcs(head, Role.OBLIQUE, Role.MODIFIER):
            if arc.word in _WITHIN:
                yield from syntax.conjuncts(arc.token)
