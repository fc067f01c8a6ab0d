"""Derive named entities from the GUM treebank.

GUM marks every noun phrase that refers to something, named or not, in the ``Entity`` field of the
last column. A named entity is taken to be the run of proper nouns around the head of such a
phrase, labelled by the phrase's type. Proper nouns that fit no label are left unannotated, so that
they teach nothing.

Source: Zeldes (2017), The GUM Corpus, Language Resources and Evaluation 51; GUM's entity
guidelines.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.train.gazetteer import Gazetteer
from kg.train.labelled import Name
from kg.train.treebank import Sentence

_ENTITY = re.compile(r"(?:^|\|)Entity=([^|]*)")
_BRACKET = re.compile(r"\([^()]+\)|\([^()]+|[^()]+\)")
_LINKERS = frozenset(["of", "for", "the", "and", "&", "-", "de", "on"])
_JOINED_TYPES = frozenset(["organization", "event", "place"])
_LONGEST_LINK = 3
_LONGEST_DATE = 6
_DATE_TAGS = frozenset(["PROPN", "NUM", "PUNCT", "NOUN", "ADJ", "DET", "ADP"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """A phrase that GUM marks as an entity: half-open word range, type, index of its head."""

    start: int
    end: int
    kind: str
    head: int


def find_gum_names(sentence: Sentence, gazetteer: Gazetteer) -> tuple[Name, ...]:
    """List the named entities of a GUM sentence and the proper nouns that must teach nothing."""
    phrases = sorted(read_phrases(sentence), key=lambda phrase: phrase.end - phrase.start)
    names = list(_find_dates(sentence, phrases, gazetteer))
    used = {index for name in names if name.label for index in range(name.start, name.end)}
    for phrase in phrases:
        if sentence[phrase.head].upos != "PROPN" or phrase.head in used:
            continue
        start, end = _proper_run(sentence, phrase, used)
        if phrase.kind == "person":
            while start < end - 1 and sentence[start].form.lower().rstrip(".") in gazetteer.titles:
                start += 1
        names.append(
            Name(start=start, end=end, label=_label(sentence, phrase.kind, start, end, gazetteer))
        )
        used.update(range(start, end))
    for index, word in enumerate(sentence):
        if index not in used and word.form in gazetteer.demonyms:
            names.append(Name(start=index, end=index + 1, label="NORP"))
        elif index not in used and word.upos == "PROPN":
            names.append(Name(start=index, end=index + 1, label=None))
    return _without_overlap(names)


def read_phrases(sentence: Sentence) -> tuple[Phrase, ...]:
    """Read the brackets of the ``Entity`` fields: ``(1-person-new-cf1-1`` opens, ``1)`` closes."""
    phrases: list[Phrase] = []
    is_open: list[tuple[str, str, int, str]] = []
    for index, word in enumerate(sentence):
        field = _ENTITY.search(word.misc)
        for bracket in _BRACKET.findall(field.group(1)) if field else ():
            parts = bracket.strip("()").split("-")
            if bracket.startswith("("):
                is_open.append((parts[0], parts[1], index, parts[5] if len(parts) > 5 else "1"))
            if not bracket.endswith(")"):
                continue
            for position in reversed(range(len(is_open))):
                if is_open[position][0] == parts[0]:
                    _, kind, start, head_words = is_open.pop(position)
                    head = _head(start, index + 1, head_words)
                    if head is not None:
                        phrases.append(Phrase(start=start, end=index + 1, kind=kind, head=head))
                    break
    return tuple(phrases)


def _head(start: int, end: int, head_words: str) -> int | None:
    first = head_words.partition(",")[0]
    head = start + int(first) - 1 if first.isdigit() else start
    return head if head < end else None


def _find_dates(
    sentence: Sentence, phrases: Iterable[Phrase], gazetteer: Gazetteer
) -> Iterable[Name]:
    dates: list[Name] = []
    for phrase in phrases:
        words = sentence[phrase.start : phrase.end]
        if phrase.kind != "time" or len(words) > _LONGEST_DATE:
            continue
        if any(gazetteer.is_date_word(word.form) for word in words) and all(
            word.upos in _DATE_TAGS for word in words
        ):
            # phrases come from small to large; the largest date replaces the ones inside it
            dates = [
                date
                for date in dates
                if not (phrase.start <= date.start and date.end <= phrase.end)
            ]
            if not any(date.start < phrase.end and phrase.start < date.end for date in dates):
                dates.append(Name(start=phrase.start, end=phrase.end, label="DATE"))
        else:
            dates.append(Name(start=phrase.start, end=phrase.end, label=None))
    return dates


def _proper_run(sentence: Sentence, phrase: Phrase, used: set[int]) -> tuple[int, int]:
    """Extend the head over the proper nouns around it, across "of", "for the" and the like."""

    def is_proper(index: int) -> bool:
        return (
            phrase.start <= index < phrase.end
            and index not in used
            and sentence[index].upos == "PROPN"
        )

    start, last = phrase.head, phrase.head
    while is_proper(start - 1) or (
        start > 0 and sentence[start - 1].form in ("-", "'") and is_proper(start - 2)
    ):
        start -= 1
    while last + 1 < phrase.end and last + 1 not in used:
        following = sentence[last + 1]
        if following.upos == "PROPN" or (
            following.upos == "NUM" and phrase.kind in ("event", "object")
        ):
            last += 1
            continue
        if following.form not in _LINKERS or phrase.kind not in _JOINED_TYPES:
            break
        after = last + 1
        while after < phrase.end and sentence[after].form in _LINKERS:
            after += 1
        is_list = following.form == "and" and phrase.kind == "place"
        if not is_proper(after) or after - last > _LONGEST_LINK or is_list:
            break
        last = after
    return start, last + 1


def _label(sentence: Sentence, kind: str, start: int, end: int, gazetteer: Gazetteer) -> str | None:
    forms = tuple(word.form for word in sentence[start:end])
    match kind:
        case "person":
            return "NORP" if len(forms) == 1 and forms[0] in gazetteer.demonyms else "PERSON"
        case "organization":
            return "ORG"
        case "place":
            return gazetteer.place_label(forms)
        case "event":
            return "EVENT"
        case _:
            return None


def _without_overlap(names: Iterable[Name]) -> tuple[Name, ...]:
    """Keep the labelled names that do not overlap, and unannotated words only where no name is."""
    taken: set[int] = set()
    kept: list[Name] = []
    for name in sorted(names, key=lambda name: (name.label is None, name.start)):
        covered = set(range(name.start, name.end))
        if name.label is not None and not covered & taken:
            kept.append(name)
            taken |= covered
        elif name.label is None:
            kept.extend(
                Name(start=index, end=index + 1, label=None) for index in sorted(covered - taken)
            )
            taken |= covered
    return tuple(sorted(kept, key=lambda name: name.start))
