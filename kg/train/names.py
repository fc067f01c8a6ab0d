"""Vary named-entity documents: other names, spellings, quotes, headlines and photo captions.

The free corpora know the names of their years and countries. A recogniser that should find the
militia or the minister of tomorrow must learn from the words around a name, so many names are
exchanged for others of the same label, taken from the lists in kg/data/train.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from kg.nlp.words import read_list
from kg.resources import data_path
from kg.train.augment import curl
from kg.train.labelled import (
    OUTSIDE,
    LabelledDocument,
    LabelledSentence,
    LabelledWord,
    Name,
    find_names,
    label_words,
)

_PERSON_SHARE = 0.4
_PLACE_SHARE = 0.2
_ORGANIZATION_SHARE = 0.1
_LISTED_ORGANIZATION_SHARE = 0.5
_SPELLING_SHARE = 0.6
_TITLE_CASE_SHARE = 0.08
_QUOTATION_SHARE = 0.1
_CAPTION_SHARE = 0.06
_CURLY_SHARE = 1 / 3
_UNVARIED_SHARE = 0.4
_TITLE_DROP_SHARE = 0.4
_ROLE_SHARE = 0.08
_COURTESY_TITLES = frozenset(["Mr.", "Mrs.", "Ms.", "Mr", "Mrs", "Ms"])
_ROLE = re.compile(r"([^\[\]]+)|\[([^\[\]]+)\]")
_KEPT_PLACES = frozenset(["U.S.", "United States", "US"])
_LOWER_IN_TITLES = frozenset("a an the of in on at to for and or but by with from as".split())
_CLITICS = frozenset(["'s", "n't", "'re", "'ve", "'ll", "'d", "'m"])


@dataclass(frozen=True, kw_only=True)
class PersonNames:
    """Given and family names of one part of the world; ``family_first`` for East Asian order."""

    given: Sequence[str]
    family: Sequence[str]
    family_first: bool = False


@dataclass(frozen=True, kw_only=True)
class NameLists:
    """Names to put in place of others.

    Attributes:
        persons: Given and family names by region.
        organizations: Names by kind ("armed group", "agency", ...).
        places: Towns and countries.
        captions: Templates with ``{person}``, ``{agency}`` and ``{place}``, words divided by
            spaces.
        spellings: Spellings that may take the place of another.
        roles: What may stand before a full name, organizations in brackets.
    """

    persons: Sequence[PersonNames]
    organizations: Mapping[str, Sequence[str]]
    places: Sequence[str]
    captions: Sequence[str]
    spellings: Mapping[str, Sequence[str]]
    roles: Sequence[str]

    def kind_of(self, organization: str) -> str | None:
        """Return the kind of a listed organization."""
        return next(
            (kind for kind, names in self.organizations.items() if organization in names), None
        )


def load_name_lists() -> NameLists:
    """Read the lists of kg/data/train; their card tells the columns."""
    persons: dict[str, dict[str, list[str]]] = {}
    for region, part, names in _rows("persons.tsv"):
        persons.setdefault(region, {}).setdefault(part, []).extend(names.split("|"))
    organizations: dict[str, list[str]] = {}
    for kind, names in _rows("organizations.tsv"):
        organizations.setdefault(kind, []).extend(names.split("|"))
    return NameLists(
        persons=[
            PersonNames(
                given=parts["given"],
                family=parts["family"],
                family_first=region.startswith("east-asian"),
            )
            for region, parts in persons.items()
        ],
        organizations=organizations,
        places=[name for _, names in _rows("places.tsv") for name in names.split("|")],
        captions=read_list(data_path("train", "captions.txt")),
        roles=read_list(data_path("train", "roles.txt")),
        spellings={found: others.split("|") for found, others in _rows("spellings.tsv")},
    )


def vary_document(
    document: LabelledDocument, random: Random, *, lists: NameLists
) -> LabelledDocument:
    """Return a document with other names (3 in 5) and curly quotes (1 in 3)."""
    sentences = list(document)
    if random.random() >= _UNVARIED_SHARE:
        sentences = [vary_sentence(sentence, random, lists=lists) for sentence in sentences]
    if random.random() < _QUOTATION_SHARE:
        position = random.randrange(len(sentences))
        sentences[position] = to_quotation(sentences[position], random, lists=lists)
    if random.random() < _CAPTION_SHARE:
        caption = make_caption(random, lists=lists)
        sentences.insert(random.choice((0, len(sentences))), caption)
    if random.random() < _CURLY_SHARE:
        sentences = [curl_labelled(sentence) for sentence in sentences]
    return tuple(sentences)


def vary_sentence(
    sentence: LabelledSentence, random: Random, *, lists: NameLists
) -> LabelledSentence:
    """Exchange some names and spellings of a sentence, and now and then make a headline of it."""
    names = {name.start: name for name in find_names(sentence) if name.label}
    words: list[LabelledWord] = []
    index = 0
    while index < len(sentence):
        name = names.get(index)
        end = name.end if name else index + 1
        old = sentence[index:end]
        other = other_name(name, [word.form for word in old], random, lists=lists) if name else None
        if name and name.label == "PERSON":
            words = _with_other_role(words, random, lists, is_full_name=len(old) > 1)
        if name and name.label and other:
            words.extend(label_words(other, name.label, is_joined=old[-1].is_joined))
        else:
            words.extend(_respell(word, random, lists) for word in old)
        index = end
    return title_case(words) if random.random() < _TITLE_CASE_SHARE else tuple(words)


def _with_other_role(
    words: list[LabelledWord], random: Random, lists: NameLists, *, is_full_name: bool
) -> list[LabelledWord]:
    """Drop "Mr." before a person, as most newspapers do, or put a role before a full name."""
    last = words[-1].form if words else ""
    if last in _COURTESY_TITLES and random.random() < _TITLE_DROP_SHARE:
        return words[:-1]
    follows_name = bool(words) and words[-1].tag != OUTSIDE
    if is_full_name and not follows_name and not last.istitle() and random.random() < _ROLE_SHARE:
        return [*words, *read_role(random.choice(lists.roles))]
    return words


def read_role(text: str) -> LabelledSentence:
    """Read a role such as "[White House] press secretary", organizations in brackets."""
    words: list[LabelledWord] = []
    for outside, organization in _ROLE.findall(text):
        words.extend(LabelledWord(form=form) for form in outside.split())
        words.extend(label_words(organization.split(), "ORG"))
    return tuple(words)


def other_name(
    name: Name, forms: Sequence[str], random: Random, *, lists: NameLists
) -> Sequence[str] | None:
    """Choose the words of another name of the same label, or None to keep the name."""
    draw = random.random()
    written = " ".join(forms)
    match name.label:
        case "PERSON" if draw < _PERSON_SHARE:
            return make_person(random, lists=lists)
        case "GPE" if draw < _PLACE_SHARE and written not in _KEPT_PLACES:
            return random.choice(lists.places).split()
        case "ORG":
            kind = lists.kind_of(written)
            if kind and draw < _LISTED_ORGANIZATION_SHARE:
                return random.choice(lists.organizations[kind]).split()
            if not kind and draw < _ORGANIZATION_SHARE:
                kinds = list(lists.organizations)
                return random.choice(lists.organizations[random.choice(kinds)]).split()
    return None


def make_person(random: Random, *, lists: NameLists) -> Sequence[str]:
    """Make a name: the family name alone (30 %), with one given name (55 %) or with two."""
    region = random.choice(lists.persons)
    family = random.choice(region.family).split()
    draw = random.random()
    if draw < 0.3:
        return family
    given = random.choice(region.given).split()
    if region.family_first:
        return [*family, *given]
    if draw > 0.85:
        given = [*given, *random.choice(region.given).split()]
    return [*given, *family]


def make_caption(random: Random, *, lists: NameLists) -> LabelledSentence:
    """Make a by-line or photo credit from a template."""
    words: list[LabelledWord] = []
    for part in random.choice(lists.captions).split():
        match part:
            case "{person}":
                words.extend(label_words(make_person(random, lists=lists), "PERSON"))
            case "{agency}":
                words.extend(
                    label_words(random.choice(lists.organizations["media"]).split(), "ORG")
                )
            case "{place}":
                words.extend(label_words(random.choice(lists.places).split(), "GPE"))
            case _:
                words.append(LabelledWord(form=part))
    return tuple(words)


def to_quotation(
    sentence: LabelledSentence, random: Random, *, lists: NameLists
) -> LabelledSentence:
    """Let somebody say a statement: quotation, person and verb, as in ``"...," Doe said.``."""
    if sentence[-1].form != "." or any(word.form == '"' for word in sentence):
        return sentence
    person = label_words(make_person(random, lists=lists), "PERSON")
    verb = random.choice(("said", "said", "said", "added", "told reporters", "wrote", "warned"))
    return (
        LabelledWord(form='"'),
        *sentence[:-1],
        *(LabelledWord(form=form) for form in (",", '"')),
        *person,
        *(LabelledWord(form=form) for form in (*verb.split(), ".")),
    )


def title_case(words: Sequence[LabelledWord]) -> LabelledSentence:
    """Write a sentence as a headline: capitals on all but short function words, no final stop."""
    kept = words[:-1] if len(words) > 1 and words[-1].form == "." else words
    return tuple(
        LabelledWord(
            form=word.form[:1].upper() + word.form[1:], tag=word.tag, is_joined=word.is_joined
        )
        if word.form[:1].islower()
        and not (index and word.form in _LOWER_IN_TITLES)
        and word.form not in _CLITICS
        else word
        for index, word in enumerate(kept)
    )


def curl_labelled(sentence: LabelledSentence) -> LabelledSentence:
    """Give a sentence typographic quotes; straight ones open and close in turn."""
    words: list[LabelledWord] = []
    is_quoted = False
    for word in sentence:
        if word.form == '"':
            is_quoted = not is_quoted
        is_opening = word.form == '"' and is_quoted
        words.append(replace(word, form=curl(word.form, is_opening=is_opening)))
    return tuple(words)


def _respell(word: LabelledWord, random: Random, lists: NameLists) -> LabelledWord:
    others = lists.spellings.get(word.form)
    if not others or random.random() >= _SPELLING_SHARE:
        return word
    return replace(word, form=random.choice(others))


def _rows(name: str, *, folder: str = "train") -> list[list[str]]:
    path: Path = data_path(folder, name)
    return [line.split("\t") for line in read_list(path)]
