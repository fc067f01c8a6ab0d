"""Words of speech, and who speaks: the subject of a verb, the author of a statement.

The words are rows of ``kg/data/lexicon/speech_verbs.tsv`` and ``speech_nouns.tsv``.
"""

from collections.abc import Mapping
from functools import cache

from spacy.tokens import Token

from kg.resources import data_path, read_tsv
from kg.syntax import Role, Syntax

_NAMED = frozenset({"NORP", "GPE", "ORG", "PERSON"})
# "we", "I": the speaker of the quotation that holds them is the source
_NO_SPEAKERS = frozenset({"it", "there", "this", "that", "which", "what", "i", "we", "you"})
NAME_POS = frozenset({"PROPN", "NOUN", "PRON"})


@cache
def speech_slots() -> Mapping[str, frozenset[str]]:
    """Return the slots in which what is said stands to each verb of speech."""
    rows = read_tsv(data_path("lexicon", "speech_verbs.tsv"), ("lemma", "slots", "note"))
    return {row["lemma"]: frozenset(row["slots"].split("|")) for _, row in rows}


@cache
def statement_nouns() -> frozenset[str]:
    """Return the nouns that a clause with "that" can be the content of."""
    rows = read_tsv(data_path("lexicon", "speech_nouns.tsv"), ("lemma", "kind", "note"))
    return frozenset(row["lemma"] for _, row in rows if row["kind"] == "statement")


@cache
def document_nouns() -> frozenset[str]:
    """Return the nouns that say something but are not whom an article credits."""
    rows = read_tsv(data_path("lexicon", "speech_nouns.tsv"), ("lemma", "kind", "note"))
    return frozenset(row["lemma"] for _, row in rows)


def verb_name(syntax: Syntax, verb: Token) -> str:
    """Return the lemma of a verb, with its particle if both make a verb of speech."""
    lemma = verb.lemma_.lower()
    phrase = f"{lemma} {syntax.particle(verb)}"
    return phrase if phrase in speech_slots() else lemma


def is_speech(syntax: Syntax, token: Token) -> bool:
    """Tell whether a token is a verb that can stand beside a quotation."""
    if token.pos_ not in {"VERB", "AUX"}:
        return False
    return "quote" in speech_slots().get(verb_name(syntax, token), frozenset())


def speaker_of(syntax: Syntax, word: Token) -> Token | None:
    """Return who says what ``word`` reports."""
    if word.pos_ in {"NOUN", "PROPN"}:
        return author_of(syntax, word)
    only_documents = "evidence" in speech_slots().get(verb_name(syntax, word), frozenset())
    for item in syntax.participants(word):
        if item.role is Role.SUBJECT and item.token.lower_ not in _NO_SPEAKERS:
            if item.token.lemma_.lower() in document_nouns():
                return author_of(syntax, item.token)
            if only_documents:
                return None
            return item.token if item.token.pos_ in NAME_POS else None
    return None


def author_of(syntax: Syntax, noun: Token) -> Token | None:
    """Return whose statement or report a noun names, or None."""
    for arc in syntax.arcs(noun):
        if arc.role is Role.POSSESSOR or (
            arc.role in {Role.MODIFIER, Role.OBLIQUE} and arc.word in {"by", "from"}
        ):
            return arc.token
        if arc.role in {Role.ADJECTIVE, Role.COMPOUND} and arc.token.ent_type_ in _NAMED:
            return arc.token
        if arc.role is Role.COMPOUND and arc.token.pos_ == "NOUN":  # "a police report"
            return arc.token
        if arc.role is Role.ADNOMINAL_CLAUSE and "that" not in syntax.marks(arc.token):
            for item in syntax.participants(arc.token):
                if item.role is Role.SUBJECT and item.token != noun:
                    return item.token
    above = syntax.governor(noun)
    if above is None or above.role is not Role.OBJECT:
        return None
    # "expressed regret that ...", "released a video showing ..."
    slots = speech_slots().get(verb_name(syntax, above.head), frozenset())
    return speaker_of(syntax, above.head) if "document" in slots else None
