"""Mend tags by what stands around them.

The tagger has seen many headlines, in which every word has a capital, and so may take a word of a
name for a common noun. Where the words around it are written small, the capital tells that it
belongs to a name: "the Treasury Board", "News Corporation".

Tag and word class come from two networks, which may disagree. A word that is tagged as a noun and
stands in the sentence as one is one, whatever its class: "killed in clashes with rebels". A
participle beside a noun whose verb is left out is an adjective: "12 were dead and 30 wounded".
"""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

COMPONENT = "kg_tags"

_NAME_TAGS = {"NN": "NNP", "NNS": "NNPS"}
_NOMINAL = frozenset({"nmod", "nsubj", "nsubj:pass", "obj", "obl"})
_LARGEST_CAPITAL_SHARE = 0.5
_SHORTEST_WORD = 4
"""Length from which words count as content; short ones are written small in headlines, too."""
_JOINING = frozenset(["-", "–", ",", "'s", "’s"])
"""What may stand before a word without giving it a capital, as a colon or a quote does."""


@Language.component(COMPONENT)
def mend_tags(doc: Doc) -> Doc:
    """Tag capitalised common nouns inside running text as parts of names, and nouns as nouns."""
    if doc.has_annotation("SENT_START") and doc.has_annotation("TAG"):
        for sentence in doc.sents:
            for token in list(_names_taken_for_nouns(sentence)):
                token.tag_ = _NAME_TAGS[token.tag_]
                token.pos_ = "PROPN"
                token.lemma_ = token.text
        for token in doc:
            if token.pos_ != "VERB":
                continue
            if token.tag_ in _NAME_TAGS and _stands_as_noun(token):
                token.pos_ = "NOUN"
            elif token.tag_ == "VBN" and (token.dep_ == "orphan" or _is_counted(token)):
                token.tag_, token.pos_ = "JJ", "ADJ"
    return doc


def _is_counted(token: Token) -> bool:
    """Say whether a participle describes the people of a number before it: "and 30 wounded"."""
    return (
        token.dep_ == "amod"
        and token.head.i < token.i
        and token.nbor(-1).like_num
        and token.nbor(-1).dep_ == "conj"
    )


def _stands_as_noun(token: Token) -> bool:
    return token.dep_ in _NOMINAL and any(child.dep_ in {"case", "det"} for child in token.children)


def _names_taken_for_nouns(sentence: Span) -> Iterator[Token]:
    taken = [token for token in sentence if token.is_title and token.tag_ in _NAME_TAGS]
    if taken and _is_running_text(sentence):
        for token in taken:
            if token.i == sentence.start:
                if _begins_name(token):
                    yield token
            elif not (_stands_after_mark(token) or _is_alone_after_determiner(token)):
                yield token


def _begins_name(token: Token) -> bool:
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    return following is not None and following.is_title and following.tag_.startswith("NNP")


def _stands_after_mark(token: Token) -> bool:
    """Say whether a mark comes before that may give any word a capital."""
    before = token.nbor(-1)
    return not before.is_alpha and before.text not in _JOINING


def _is_alone_after_determiner(token: Token) -> bool:
    """Say whether it may be a common noun written large in respect: "the Government"."""
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    return token.nbor(-1).pos_ == "DET" and not (following is not None and following.is_title)


def _is_running_text(sentence: Span) -> bool:
    words = [token for token in sentence[1:] if token.is_alpha and len(token) >= _SHORTEST_WORD]
    capitals = sum(not token.is_lower for token in words)
    return capitals < _LARGEST_CAPITAL_SHARE * len(words)
