"""Mend lemmas that are not words.

The trained lemmatizer cuts and pastes endings, so a rare verb may come out as "resum" or
"restarte". Where its lemma of a verb, noun or adjective is not in the word list, the lemma is
derived by rule instead. Words that the lists do not know at all get the lemma that English
spelling suggests. Other parts of speech are left alone.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.words import read_words

COMPONENT = "kg_lemmas"

_LIST_BY_POS = {"NOUN": "known-nouns.txt", "VERB": "known-verbs.txt", "ADJ": "known-adjectives.txt"}
_BASE_TAGS = frozenset(["NN", "VB", "VBP"])
_TAGS_BY_POS = {
    "NOUN": frozenset(["NN", "NNS"]),
    "VERB": frozenset(["VB", "VBD", "VBG", "VBN", "VBP", "VBZ"]),
    "ADJ": frozenset(["JJ", "JJR", "JJS"]),
}
_ENDINGS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "NOUN": (
        ("ies", "y"),
        ("ves", "f"),
        ("ves", "fe"),
        ("men", "man"),
        ("children", "child"),
        ("ses", "s"),
        ("xes", "x"),
        ("zes", "z"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("s", ""),
    ),
    "VERB": (
        ("ies", "y"),
        ("ied", "y"),
        ("es", "e"),
        ("es", ""),
        ("s", ""),
        ("ed", "e"),
        ("ed", ""),
        ("ing", "e"),
        ("ing", ""),
    ),
    "ADJ": (("ier", "y"), ("iest", "y"), ("er", "e"), ("est", "e"), ("er", ""), ("est", "")),
}
_SPELLINGS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "NOUN": (
        ("children", "child"),
        ("women", "woman"),
        ("men", "man"),
        ("ies", "y"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("sses", "ss"),
        ("xes", "x"),
    ),
    "VERB": (("ied", "y"), ("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss")),
}
_UNDOUBLED = re.compile(r"(.*[aeiou])([bdgkmnprt])\2")
# A verb that doubles its last letter before an ending.
_DOUBLING = re.compile(r"[^aeiou]*[aeiou][bdgkmnprt]")
_NEEDS_E = re.compile(
    r".*(?:[aeiou][scvzg]|[^aeious]at|i[aou]t|[^aeiou]u|[nr][cgsv]|[dl]g|[bcdfgkptz]l|[iy]z|lv)"
)


@Language.component(COMPONENT)
def mend_lemmas(doc: Doc) -> Doc:
    """Replace the lemmas of verbs, nouns and adjectives that are not words."""
    for token in doc:
        pos = token.pos_
        if pos in _LIST_BY_POS:
            old = token.lemma_
            new = mended_lemma(token.text, pos, token.tag_, old)
            if new != old:
                token.lemma_ = new
    return doc


@lru_cache(maxsize=50_000)
def mended_lemma(form: str, pos: str, tag: str, lemma: str) -> str:
    """Return the lemma to use for a verb, noun or adjective.

    Args:
        form: The word as written; capitals in headlines do no harm.
        pos: VERB, NOUN or ADJ.
        tag: Penn Treebank tag; words that are parts of names (NNP) keep their lemma.
        lemma: What the trained lemmatizer says.
    """
    if tag not in _TAGS_BY_POS[pos] or "." in lemma or not (form.isascii() and form[:1].isalpha()):
        return lemma
    lower, low_lemma, known = form.lower(), lemma.lower(), known_words(pos)
    if tag == "JJ":
        # participles may have the lemma of their verb
        is_word = low_lemma in known or low_lemma in known_words("VERB")
        return lemma if is_word or low_lemma == lower else lower
    is_unchanged = low_lemma == lower and tag not in _BASE_TAGS
    irregular = irregular_forms(pos).get(lower)
    if irregular and is_unchanged:
        return irregular
    if low_lemma in known and not (is_unchanged and form != lower) and _fits(low_lemma, lower, pos):
        # "TV" keeps its capitals, "TROOPS" and "Exchange" in headlines do not
        return lemma if lemma == form and form.isupper() and len(form) < 5 else low_lemma
    if irregular and (tag not in _BASE_TAGS or lower not in known):
        return irregular
    if tag in _BASE_TAGS:
        return lemma if lemma == form and pos == "NOUN" else lower
    for candidate in _candidates(lower, pos):
        if candidate in known:
            return candidate
    return spelled_lemma(lower, pos)


def _fits(lemma: str, form: str, pos: str) -> bool:
    """Say whether a form that is spelled by rule can be of a lemma: "dined" is not of "din"."""
    if pos != "VERB" or form in irregular_forms(pos) or not form.endswith(("ed", "ing")):
        return True
    return lemma == form or lemma in _candidates(form, pos)


def spelled_lemma(form: str, pos: str) -> str:
    """Guess the lemma of an unlisted inflected form from English spelling.

    >>> spelled_lemma("weaponized", "VERB"), spelled_lemma("airstrikes", "NOUN")
    ('weaponize', 'airstrike')
    """
    for ending, replacement in _SPELLINGS.get(pos, ()):
        if form.endswith(ending) and len(form) > len(ending) + 1:
            return form.removesuffix(ending) + replacement
    if pos == "VERB":
        for ending in ("ing", "ed"):
            if form.endswith(ending) and len(form) > len(ending) + 2:
                return _stem_to_verb(form.removesuffix(ending))
    is_inflected = form.endswith("s") and not form.endswith(("ss", "us", "is"))
    return form[:-1] if pos in _SPELLINGS and is_inflected and len(form) > 3 else form


def _stem_to_verb(stem: str) -> str:
    doubled = _UNDOUBLED.fullmatch(stem)
    if doubled:
        return doubled[1] + doubled[2]
    return stem + "e" if _NEEDS_E.fullmatch(stem) else stem


def _candidates(form: str, pos: str) -> Iterator[str]:
    for ending, replacement in _ENDINGS[pos]:
        if form.endswith(ending) and len(form) > len(ending) + 1:
            candidate = form.removesuffix(ending) + replacement
            if ending not in ("ed", "ing") or not _DOUBLING.fullmatch(candidate):
                yield candidate
    if pos == "VERB":
        for ending in ("ing", "ed"):
            doubled = (
                _UNDOUBLED.fullmatch(form.removesuffix(ending)) if form.endswith(ending) else None
            )
            if doubled:
                yield doubled[1] + doubled[2]
    yield form


@cache
def known_words(pos: str) -> frozenset[str]:
    """Return the lemmas that are known to be words of a part of speech."""
    return frozenset(read_words(_LIST_BY_POS[pos]))


@cache
def irregular_forms(pos: str) -> Mapping[str, str]:
    """Return the lemmas of the irregular forms of a part of speech."""
    rows = (line.split("\t") for line in read_words("irregular-forms.tsv"))
    return {form: lemma for row_pos, form, lemma in rows if row_pos == pos}
