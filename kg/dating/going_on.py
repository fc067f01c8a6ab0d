"""Date what a text goes on to tell: after a dated sentence, a dated speech, the news itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from spacy.tokens import Token

from kg.dating.signs import (
    SUBJECTS,
    Day,
    clause_of,
    is_main_past,
    is_told_in_past,
    names_time,
    real_before,
    taken_from,
    verb_of_object,
)
from kg.draft import Scene
from kg.events.tellings import UNREAL, Telling
from kg.nlp.speech import is_speech
from kg.nlp.time import time_of, verb_of
from kg.records import EventMention
from kg.syntax import Role, Syntax
from kg.terms import EventType, Grain, Status

_PRONOUNS = frozenset({"he", "she", "they", "it"})
_SPEECH_REACH = 4
_FRESH = timedelta(days=3)
_NAME_WORD = re.compile(r"\b[A-Z][\w.]*\w")
_SPEECH_TYPES = frozenset(
    {
        EventType.ACCUSE,
        EventType.REQUEST,
        EventType.REJECT,
        EventType.THREATEN,
        EventType.SUPPORT,
        EventType.AGREE,
    }
)


def by_lead(item: Telling, tellings: Sequence[Telling], scene: Scene) -> Day | None:
    """Date what sources say of the news itself: the assault that the first sentence tells.

    Asked for are fresh news, an account in the past that names no time, the same attacker or the
    same target, and no other assault of theirs on another day.
    """
    published, event = scene.article.published, item.event
    lead = _lead(tellings, scene)
    if published is None or lead is None or lead.event.date is None:
        return None
    known = lead.event.date
    is_fresh = known.earliest == known.latest and published - known.earliest <= _FRESH
    if not is_fresh or event.type is not EventType.ASSAULT or event.status is not Status.ACTUAL:
        return None
    if not event.attribution or not is_told_in_past(item.token, scene.syntax):
        return None
    if names_time(item.token.sent, scene) or not _are_kin(event, lead.event, scene):
        return None
    for other in tellings:
        day = other.event.date
        is_assault = other.event.type is EventType.ASSAULT and other.event.status not in UNREAL
        if day is None or not is_assault or day.earliest == known.earliest:
            continue
        if _are_kin(event, other.event, scene):
            return None
    return taken_from(lead.event, "the news of the article")


def _lead(tellings: Sequence[Telling], scene: Scene) -> Telling | None:
    """Return the assault that the main clause of the first telling sentence is about."""
    if not tellings:
        return None
    first = [item for item in tellings if item.sentence == tellings[0].sentence]
    root = scene.syntax.main_word(first[0].token.sent)
    for item in first:
        is_real = item.event.type is EventType.ASSAULT and item.event.status is Status.ACTUAL
        if is_real and scene.syntax.first_conjunct(item.token) == root:
            return item
    return None


def _are_kin(event: EventMention, other: EventMention, scene: Scene) -> bool:
    """Tell whether attackers or targets of two assaults agree, and neither clearly differ."""
    agree = False
    for role in ("actors", "recipients"):
        left, right = (
            {
                word
                for name in getattr(of, role)
                for word in _NAME_WORD.findall(scene.cast.name_of(name))
            }
            for of in (event, other)
        )
        if left and right:
            if role == "actors" and not left & right:
                return False
            agree = agree or bool(left & right)
    return agree


def by_next(item: Telling, tellings: Sequence[Telling], scene: Scene) -> Day | None:
    """Date what a sentence goes on to tell: "Gunmen attacked on Friday. Two men were seized"."""
    syntax, doc, sent = scene.syntax, scene.syntax.doc, item.token.sent
    if item.event.status in UNREAL or not sent.start or names_time(sent, scene):
        return None
    is_main = syntax.first_conjunct(item.token) == syntax.main_word(sent)
    if not is_main or not is_told_in_past(item.token, syntax):
        return None
    before = doc[sent.start - 1].sent
    if "\n" in doc[before.start : sent.start].text:
        return None
    is_same_party = any(
        subject.lower_ in _PRONOUNS
        for subject in syntax.dependents(syntax.main_word(sent), Role.SUBJECT, Role.PASSIVE_SUBJECT)
    )
    for other in real_before(item, tellings):
        if other.sentence < item.sentence - 1:
            break
        known = other.event.date
        is_main = syntax.first_conjunct(other.token) == syntax.main_word(before)
        if known is None or known.grain is not Grain.DAY or not is_main:
            continue
        if not is_told_in_past(other.token, syntax):
            continue
        is_assault = other.event.type is item.event.type is EventType.ASSAULT
        if is_same_party or is_assault:
            return taken_from(other.event, "of which the next sentence goes on to tell")
    return None


def by_frame(item: Telling, tellings: Sequence[Telling], scene: Scene) -> Day | None:
    """Date by the time of the sentence before: "Last spring ... . The army refused to help"."""
    del tellings
    also = _by_also(item, scene)
    if also is not None:
        return also
    syntax, doc = scene.syntax, scene.syntax.doc
    sent = item.token.sent
    if item.event.status in UNREAL or not is_main_past(item.token, syntax) or not sent.start:
        return None
    if names_time(sent, scene):
        return None
    before = doc[sent.start - 1].sent
    if "\n" in doc[before.start : sent.start].text or syntax.main_word(before).tag_ != "VBD":
        return None
    if sent[0] not in _phrase_of_subject(syntax.main_word(sent), syntax):
        return None  # "During the war ..." sets a time of its own
    for time in scene.times:
        if before.start <= time.first_token <= before.start + 2 and time.interval is not None:
            words = f"{time.interval.derivation}; of the sentence before"
            return Day(interval=replace(time.interval, derivation=words), text=time.text)
    return None


def _by_also(item: Telling, scene: Scene) -> Day | None:
    """Date what "also" happened by the time of the sentence before, told in the same tense."""
    syntax, sent = scene.syntax, item.token.sent
    root = syntax.main_word(sent)
    is_main = item.token == root or clause_of(item.token, syntax) == root
    if item.event.status in UNREAL or not is_main or not sent.start or names_time(sent, scene):
        return None
    if not any(child.lower_ == "also" for child in root.children):
        return None
    before = syntax.main_word(syntax.doc[sent.start - 1].sent)
    if before.tag_ != root.tag_ or syntax.auxiliaries(before) != syntax.auxiliaries(root):
        return None
    time = time_of(syntax, before, scene.times)
    if time is None or time.interval is None:
        return None
    words = f"{time.interval.derivation}; of the sentence before"
    return Day(interval=replace(time.interval, derivation=words), text=time.text)


def _phrase_of_subject(verb: Token, syntax: Syntax) -> list[Token]:
    return [word for subject in syntax.dependents(verb, *SUBJECTS) for word in subject.subtree]


def by_speech(item: Telling, tellings: Sequence[Telling], scene: Scene) -> Day | None:
    """Date an act of speech by the day on which its speaker spoke just before."""
    del tellings
    syntax = scene.syntax
    event = item.event
    if event.type not in _SPEECH_TYPES or event.status in UNREAL - {Status.NEGATED}:
        return None
    verb = verb_of_object(item.token, syntax) or item.token
    if time_of(syntax, item.token.sent.root, scene.times) is not None:
        return None
    people = [person for person in syntax.participants(verb) if person.role is Role.SUBJECT]
    subjects = [person.token for person in people if person.token.lower_ != "it"]
    speakers: set[str] = set()
    if is_main_past(verb, syntax):
        speakers = {*event.actors} & {*scene.cast.ids_of(subjects)}
    is_own = any(subject.lower_ in {"i", "we"} for subject in subjects)
    if is_own and _is_quoted(item.token, scene) and _is_now(verb, syntax):
        speakers |= {*event.attribution}
    if not speakers:
        return None
    for verb, ids in _speaking_before(item, scene):
        if speakers & ids:
            time = time_of(syntax, verb, scene.times)
            if time is None or time.interval is None or verb_of(syntax, time, verb) is not None:
                continue
            words = f"{time.interval.derivation}; when the same speaker spoke"
            return Day(interval=replace(time.interval, derivation=words), text=time.text)
    return None


def _speaking_before(item: Telling, scene: Scene) -> Iterator[tuple[Token, set[str]]]:
    """Yield the verbs of speech in the sentences just before, nearest first, with who speaks."""
    syntax, sentences = scene.syntax, scene.sentences
    index = item.token.sent.start - 1
    while index >= 0 and item.sentence - sentences[index] <= _SPEECH_REACH:
        token = syntax.doc[index]
        if is_speech(syntax, token) and token.tag_ == "VBD":
            yield token, set(scene.cast.ids_of(syntax.dependents(token, Role.SUBJECT)))
        index -= 1


def _is_now(verb: Token, syntax: Syntax) -> bool:
    """Tell whether a clause is in the present: "I urge them", "we are concerned"."""
    if verb.tag_ in {"VBP", "VBZ", "VB"} and not syntax.auxiliaries(verb):
        return True
    return verb.pos_ == "ADJ" and any(child.tag_ in {"VBP", "VBZ"} for child in verb.children)


def _is_quoted(token: Token, scene: Scene) -> bool:
    return any(span.start <= token.idx < span.end for span in scene.quotes)
