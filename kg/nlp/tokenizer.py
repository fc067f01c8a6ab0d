"""Cut text into tokens the way the treebanks do.

Universal Dependencies treebanks cut a compound at its hyphen ("Iran - backed", "U.S. - led") but
leave a prefix on its word ("re-elected", "counter-battery"). spaCy's own English rules cut all or
nothing, so three of its lists are adapted here. The adapted tokenizer is stored with a trained
pipeline; other pipelines keep theirs.
"""

from collections.abc import Callable, Mapping
from typing import Any

from spacy.attrs import NORM, ORTH  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_suffix_regex, registry

from kg.nlp.words import read_words

_HYPHEN_CLASS = "(?:-|"

_EXTRA_INFIXES = (
    r"(?<=[A-Za-z]\.)-(?=[A-Za-z])",  # U.S.-led
    r"(?<=[0-9])[–—](?=[0-9])",  # 830–846
    r"(?<=[0-9])-(?=[£$€])",
    r"(?<=[0-9]-)[£$€](?=[0-9])",
)
_EXTRA_SUFFIXES = (r"(?<=[0-9])(?:bn|mn|am|pm|m|tn|km|kg)", r"(?<=[A-Za-z])[`´][sS]")
_ACCENTS = "`´"
"""Accents that some keyboards give for an apostrophe."""


def adapt_tokenizer(nlp: Language) -> Language:
    """Give a blank English pipeline the tokenizer that the shipped pipeline was trained with.

    Returns:
        The same ``nlp``, so that the function also serves as a creation callback in training.
    """
    guards = "".join(
        rf"(?<!\b{form})"
        for prefix in read_words("prefixes.txt")
        for form in (prefix, prefix.capitalize())
    )
    infixes = [
        guards + infix if _HYPHEN_CLASS in infix else infix
        for infix in nlp.Defaults.infixes or ()
        if isinstance(infix, str)
    ]
    suffixes = [suffix for suffix in nlp.Defaults.suffixes or () if isinstance(suffix, str)]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex([*infixes, *_EXTRA_INFIXES]).finditer
    tokenizer.suffix_search = compile_suffix_regex([*suffixes, *_EXTRA_SUFFIXES]).search
    for abbreviation in read_words("abbreviations.txt"):
        tokenizer.add_special_case(abbreviation, [{"ORTH": abbreviation}])
    for text, tokens in nlp.Defaults.tokenizer_exceptions.items():
        if "'" in text[1:]:
            for accent in _ACCENTS:
                tokenizer.add_special_case(
                    text.replace("'", accent), [_with_accent(token, accent) for token in tokens]
                )
    return nlp


def _with_accent(token: Mapping[int, str], accent: str) -> dict[int, str]:
    """Write a part of a contraction with an accent; its norm stays that of the usual spelling."""
    form = token[ORTH]
    return {ORTH: form.replace("'", accent), NORM: token.get(NORM, form)}


def create_tokenizer_callback() -> Callable[[Language], Language]:
    """Return ``adapt_tokenizer``, in the form that the training configuration names."""
    return adapt_tokenizer


registry.callbacks.register("kg.adapt_tokenizer.v1", func=create_tokenizer_callback)
