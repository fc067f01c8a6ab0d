"""Split a bare phrase, as ``kg lookup`` gets it, into the parts of a description.

A parse knows better; the mention stage builds its own ``Description``.
"""

import re

from kg.linking.nouns import load_actor_nouns, singulars
from kg.records import Description

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_QUANTITY = re.compile(
    r"^(?:(?:tens|dozens|hundreds|thousands|scores|millions|number|handful|majority|most|many|some|"
    r"several|one|two|three|members|parts) of )+(?:the )?",
    re.IGNORECASE,
)
_ARABIC_NAME = re.compile(r"(?:al|el|an|ar|as|ash|at|az)[-‐‑–][A-Z]")
_PREPOSITIONS = frozenset({"of", "in", "at", "on", "near", "for", "from", "to", "with", "by"})
_COMMON_TITLES = frozenset({"prime", "vice", "deputy", "crown", "senior", "top", "acting"})


def read_description(text: str) -> Description:
    """Split a bare phrase into head, modifiers and names, as ``kg lookup`` gets it.

    The head is the last known noun before the first preposition; words with a capital count as
    names unless they are part of a known noun ("Prime Minister").

    >>> read_description("two Iraqi security sources")
    ... # doctest: +NORMALIZE_WHITESPACE
    Description(text='two Iraqi security sources', head='security source',
        modifiers=('two',), names=('Iraqi',), places=(), plural=True)
    """
    words = _QUANTITY.sub("", _ARTICLE.sub("", text.strip())).split()
    text = " ".join(words)
    before, after = _split_at_preposition(words)
    head, plural, start = _head(before)
    modifiers: list[str] = []
    names: list[str] = []
    run: list[str] = []
    for word in before[:start]:
        bare = re.sub(r"(?:'s|’s|s['’])$", "", word)
        tied = re.fullmatch(r"(.+?)[-‐‑–][a-z]+", bare)
        if tied and tied.group(1)[:1].isupper():
            names.extend(filter(None, (" ".join(run), tied.group(1))))
            run.clear()
            continue
        if _ARABIC_NAME.match(word) or (
            word[:1].isupper() and bare.casefold() not in _COMMON_TITLES
        ):
            run.append(bare)
            continue
        if run:
            names.append(" ".join(run))
            run.clear()
        modifiers.append(bare.casefold())
    if run:
        names.append(" ".join(run))
    places = tuple(re.findall(r"[A-Z][\w.’'-]*(?: (?:of the |al-)?[A-Z][\w.’'-]*)*", after))
    return Description(
        text=text,
        head=head,
        modifiers=tuple(modifiers),
        names=tuple(names),
        places=places,
        plural=plural,
    )


def _split_at_preposition(words: list[str]) -> tuple[list[str], str]:
    nouns = load_actor_nouns()
    for number, word in enumerate(words[1:], start=1):
        compound = " ".join(words[number - 1 : number + 2]).casefold()  # "secretary of state"
        if word in _PREPOSITIONS and compound not in nouns:
            return words[:number], " ".join(words[number + 1 :])
    return words, ""


def _head(words: list[str]) -> tuple[str, bool, int]:
    """Return the lemma of the last known noun, whether it is plural, and where it starts."""
    nouns = load_actor_nouns()
    for end in range(len(words), 0, -1):
        for start in range(max(0, end - 5), end):
            if end - start > 2 and words[start + 1][:1].isupper() and words[end - 1].islower():
                continue  # "State Department spokesman" is a spokesman of a body with a name
            joined = " ".join(words[start:end]).casefold()
            if joined in nouns:
                return joined, False, start
            for form in singulars(joined):
                if form in nouns:
                    return form, True, start
    return (words[-1].casefold() if words else ""), False, max(0, len(words) - 1)
