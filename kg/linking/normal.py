"""Bring spellings of one name together: an exact key and a key that ignores transliteration.

Both keys are for looking up only; what is shown is always the spelling of the knowledge file.
"""

import re
import unicodedata
from functools import lru_cache

# Letters that NFKD leaves whole although English transcription has a plain counterpart.
_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "ə": "a",
        "Ə": "A",
        "þ": "th",
        "ð": "d",
        "’": "'",
        "‘": "'",
        "ʿ": "'",
        "ʾ": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
    }
)
_DASH = re.compile(r"\s*[-‐‑‒–—―/]+\s*")
_POSSESSIVE = re.compile(r"(?:'s|s')$", re.IGNORECASE)
_DOTTED = re.compile(r"\b([A-Za-z])\.\s?(?=[A-Za-z]\b)")
# Arabic articles in their assimilated forms, and what English adds to names.
PARTICLES = frozenset(
    {"al", "el", "ul", "ad", "an", "ar", "as", "ash", "at", "az", "ol", "the", "of"}
)
_SOUNDS = (
    ("tsch", "s"),
    ("tch", "s"),
    ("sch", "s"),
    ("ph", "f"),
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("sh", "s"),
    ("ch", "s"),
    ("zh", "z"),
    ("dj", "j"),
    ("ts", "s"),
    ("tz", "s"),
    ("ck", "k"),
    ("q", "k"),
    ("c", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("y", "i"),
)
_VOWELS = re.compile(r"(?<=.)[aeiouh]+")
_DOUBLED = re.compile(r"(.)\1+")


def plain(name: str) -> str:
    """Return the name in plain Latin letters: no diacritics, straight quotes, single spaces."""
    if name.isascii():
        return " ".join(name.split()).replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Return the key under which spellings count as the same name.

    Case, diacritics, apostrophes, hyphens, dots of abbreviations, a leading "the" and a
    possessive ending do not matter: "the U.S." and "US" share a key, so do "Kata'ib" and
    "Kataib", "al - Sudani" and "al-Sudani".

    >>> name_key("the Al - Omar oil field"), name_key("U.S.'s"), name_key("Mevlüt Çavuşoğlu")
    ('al omar oil field', 'us', 'mevlut cavusoglu')
    """
    if name.isascii() and name.replace(" ", "").isalnum():
        return _without_article(name.casefold())
    # Folding case can bring forth letters that have a plain counterpart, such as "ß".
    text = _POSSESSIVE.sub(_keep_plural, plain(plain(name).casefold()))
    text = _DOTTED.sub(r"\1", _DASH.sub(" ", text))
    text = re.sub(r"[^\w\s&+]", " ", text.replace("'", "").replace(".", " "))
    return _without_article(text)


def _without_article(text: str) -> str:
    words = text.split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _keep_plural(match: re.Match[str]) -> str:
    # "forces'" keeps its s, "Iran's" loses it.
    return "s" if match.group().casefold().startswith("s") else ""


@lru_cache(maxsize=65536)
def sound_key(name: str) -> str:
    """Return a consonant skeleton that transliterations of one name share.

    Articles (al-, el-, as-) and vowels after the first letter fall away and related consonants
    fall together: Qassem Soleimani and Kasem Sulaymani, Kataib and Kata'eb, Hizbullah and
    Hezbollah. Different names can share a skeleton, so a match has to be confirmed by
    ``is_near``.

    >>> sound_key("al-Assad"), sound_key("Mohammed"), sound_key("Muhammad")
    ('asd', 'mmd', 'mmd')
    """
    words = [word for word in name_key(name).split() if word not in PARTICLES]
    return " ".join(filter(None, (word_sound(word) for word in words)))


@lru_cache(maxsize=65536)
def word_sound(word: str) -> str:
    """Return the skeleton of one lower-case word."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    if word[:1] in {"e", "i", "o", "u"}:
        word = "a" + word[1:]
    return _VOWELS.sub("", _DOUBLED.sub(r"\1", word))


def is_near(left: str, right: str) -> bool:
    """Tell whether two names with one skeleton also agree in most of their letters."""
    first, second = (_without_particles(name_key(name)) for name in (left, right))
    if first[:1] != second[:1] and first[:1] not in "aeiouckqwvyj":
        return False
    return similarity(left, right) >= 0.6


def _without_particles(key: str) -> str:
    return "".join(word for word in key.split() if word not in PARTICLES)


def similarity(left: str, right: str) -> float:
    """Return the share of letters that two names have in common, in order, in [0, 1].

    Twice the longest common subsequence over the summed lengths, as Ratcliff and Obershelp have
    it, but without their greedy blocks, which depend on the order of the arguments.

    >>> similarity("Gaddafi", "al-Qaddafi"), similarity("Ali", "Oli")
    (0.8571428571428571, 0.6666666666666666)
    """
    left, right = (_without_particles(name_key(name)) for name in (left, right))
    row = [0] * (len(right) + 1)
    for letter in left:
        previous = 0
        for place, other in enumerate(right, start=1):
            kept = row[place]
            row[place] = previous + 1 if letter == other else max(row[place], row[place - 1])
            previous = kept
    return 2 * row[-1] / max(1, len(left) + len(right))


def is_acronym(name: str) -> bool:
    """Tell whether a name is written as an abbreviation in capitals: US, PKK, U.N., JCPOA."""
    if not name.isupper() or " " in name:
        return False
    return 2 <= sum(c.isalpha() for c in name) <= 8
