"""Signs in the words of an article that one telling lends another its day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from kg.draft import Scene
from kg.events.sameness import is_definite
from kg.events.tellings import UNREAL, Telling
from kg.nlp.time_words import words_of
from kg.records import DateInterval, EventMention
from kg.syntax import Role, Syntax
from kg.terms import EventType

SUBJECTS = (Role.SUBJECT, Role.PASSIVE_SUBJECT)


@dataclass(frozen=True, kw_only=True)
class Day:
    """Days taken over from elsewhere, with the words that name them."""

    interval: DateInterval
    text: str | None


def taken_from(event: EventMention, why: str) -> Day | None:
    """Return the day of an event, with a derivation that says why it is taken over."""
    if event.date is None:
        return None
    words = f"{event.date.derivation}; {why}"
    anchor = f"event {event.date.earliest.isoformat()}"
    return Day(interval=replace(event.date, derivation=words, anchor=anchor), text=event.date_text)


def named_by(token: Token, tellings: Sequence[Telling], syntax: Syntax) -> EventMention | None:
    """Return the dated event that a word names, if need be by "the incident"."""
    own = telling_at(token, tellings)
    if own is not None:
        return own.event if own.event.date is not None else None
    if token.lemma_.lower() not in words_of("happening") or not is_definite(token, syntax):
        return None
    for other in reversed(tellings):
        is_before = other.token.i < token.sent.start and other.event.type is EventType.ASSAULT
        if is_before and other.event.status not in UNREAL:
            return other.event if other.event.date is not None else None
    return None


def telling_at(token: Token, tellings: Sequence[Telling]) -> Telling | None:
    return next((item for item in tellings if item.token.i == token.i), None)


def real_before(item: Telling, tellings: Sequence[Telling]) -> Iterator[Telling]:
    """Yield what is told before as real, the nearest first."""
    for other in reversed(tellings):
        if other.token.i < item.token.i and other.event.status not in UNREAL:
            yield other


def clause_of(token: Token, syntax: Syntax) -> Token:
    """Return the head of the clause in which a word stands, the word itself if it heads one."""
    if syntax.is_clause(token):
        return token
    return next((arc.head for arc in syntax.governors(token) if syntax.is_clause(arc.head)), token)


def verb_of_object(token: Token, syntax: Syntax) -> Token | None:
    """Return the verb whose object a noun is, or None."""
    above = syntax.governor(token)
    return above.head if above is not None and above.role is Role.OBJECT else None


def is_main_past(token: Token, syntax: Syntax) -> bool:
    """Tell whether a verb is the simple past of a main clause."""
    root = syntax.main_word(token.sent)
    return token.tag_ == "VBD" and syntax.first_conjunct(token) == root


def is_told_in_past(token: Token, syntax: Syntax) -> bool:
    forms = set(syntax.auxiliaries(token))
    return token.tag_ == "VBD" or (token.tag_ == "VBN" and bool(forms & {"was", "were"}))


def names_time(sent: Span, scene: Scene) -> bool:
    """Tell whether a sentence says when, even if only "two days after" something."""
    return any(
        sent.start <= time.first_token < sent.end
        and (time.interval is not None or time.event_offset_days is not None)
        for time in scene.times
    )
