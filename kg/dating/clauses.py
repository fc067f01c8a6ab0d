"""Date an event by another of its own sentence."""

from collections.abc import Sequence
from datetime import timedelta

from spacy.tokens import Token

from kg.dating.signs import (
    SUBJECTS,
    Day,
    clause_of,
    named_by,
    taken_from,
    telling_at,
    verb_of_object,
)
from kg.draft import Scene
from kg.events.tellings import UNREAL, Telling
from kg.nlp.time_words import words_of
from kg.records import DateInterval
from kg.syntax import Role, Syntax
from kg.terms import Grain, Status

_WITHIN = frozenset({"in", "by", "during", "with", "through"})
_UNDER = frozenset({"under", "while", "amid"})
_MOMENT = frozenset({"when", "as", "while"})
_FROM_THEN_ON = frozenset({"since", "after", "following"})
_WITHIN_ROLES = (Role.OBLIQUE, Role.MODIFIER, Role.ADVERBIAL_CLAUSE)
_LONGEST_SINCE = timedelta(days=366)
_LONGEST_AFTER = timedelta(days=31)


def by_moment(item: Telling, tellings: Sequence[Telling], scene: Scene) -> Day | None:
    """Date by a clause of the same moment: "was on patrol when the incident occurred"."""
    if item.event.status in UNREAL:
        return None
    syntax, token = scene.syntax, item.token
    sent = token.sent
    for index in range(sent.start, sent.end):
        if syntax.forms[index][1] not in _MOMENT:
            continue
        verb = syntax.doc[index].head
        if verb.tag_ != "VBD" or token in syntax.subtree(verb):
            continue
        above = {arc.head.i for arc in syntax.governors(verb)}
        if token.i not in above and clause_of(token, syntax).i not in above:
            continue
        for named in (verb, *syntax.dependents(verb, *SUBJECTS)):
            event = named_by(named, tellings, syntax)
            if event is not None:
                return taken_from(event, "at the same moment")
    return None


def by_now(item: Telling, tellings: Sequence[Telling], scene: Scene) -> Day | None:
    """Date what goes on while it is reported: "is already firing"."""
    del tellings
    published, token = scene.article.published, item.token
    if published is None or token.tag_ != "VBG" or item.event.status is not Status.ACTUAL:
        return None
    words = {below.lower_: below for below in token.children}
    adverb = next((word for word in words if word in words_of("now")), None)
    if adverb is None or not words.keys() & {"is", "are", "’s", "’re", "'s", "'re"}:
        return None
    derivation = f"'{adverb}', published {published.isoformat()}: the day of publication"
    interval = DateInterval(
        earliest=published,
        latest=published,
        grain=Grain.DAY,
        derivation=derivation,
        anchor=f"published {published.isoformat()}",
    )
    return Day(interval=interval, text=adverb)


def by_phrase(item: Telling, tellings: Sequence[Telling], scene: Scene) -> Day | None:
    """Date a verb by the event in which it lies, and the reverse: "injured in the incident"."""
    if item.event.status in UNREAL - {Status.NEGATED}:
        return None
    syntax = scene.syntax
    arcs = syntax.arcs(item.token, *_WITHIN_ROLES)
    verb = verb_of_object(item.token, syntax)
    if verb is not None:  # "opened fire while under attack"
        arcs += syntax.arcs(syntax.first_conjunct(verb), *_WITHIN_ROLES)
    for arc in arcs:
        if arc.word in _WITHIN or (verb is not None and arc.word in _UNDER):
            for token in syntax.conjuncts(arc.token):
                event = named_by(token, tellings, syntax)
                if event is not None:
                    return taken_from(event, "in which it lies")
    is_deed = item.token.pos_ == "VERB" and item.event.status not in UNREAL
    for token in syntax.dependents(item.token, *SUBJECTS) if is_deed else ():
        other = telling_at(token, tellings)
        if other is not None and other.event.type is item.event.type:
            return taken_from(other.event, "which did it")
    above = syntax.governor(syntax.first_conjunct(item.token))
    if above is not None and above.role in _WITHIN_ROLES and above.word in _WITHIN:
        other = telling_at(above.head, tellings)
        if other is not None and other.event.type is item.event.type:
            return taken_from(other.event, "which lies in it")
    return None


def from_then_on(item: Telling, tellings: Sequence[Telling], scene: Scene) -> Day | None:
    """Bound by an event that came before: "has grown since the coup"."""
    published = scene.article.published
    if published is None or item.event.status in UNREAL:
        return None
    for other in tellings:
        known = other.event.date
        if known is None or other.sentence != item.sentence or known.latest > published:
            continue
        if other.event.status in UNREAL:
            continue
        word = _word_before(other.token, item.token, scene.syntax)
        longest = _LONGEST_SINCE if word == "since" else _LONGEST_AFTER
        if word in _FROM_THEN_ON and published - known.earliest <= longest:
            words = f"{known.derivation}; from then up to publication"
            interval = DateInterval(
                earliest=known.earliest,
                latest=published,
                grain=Grain.SPAN,
                derivation=words,
                anchor=f"event {known.earliest.isoformat()}",
            )
            return Day(interval=interval, text=other.event.date_text)
    return None


def _word_before(token: Token, above: Token, syntax: Syntax) -> str:
    """Return the word that ties the phrase or clause of ``token`` to ``above``, or ""."""
    inside = token
    for arc in syntax.governors(token):
        if arc.role is Role.RELATIVE_CLAUSE:
            return ""
        words = [arc.word, *syntax.marks(inside)]
        words += [item.lower_ for item in inside.children if item.dep_ in {"case", "mark"}]
        found = next((word for word in words if word in _FROM_THEN_ON), "")
        inside = arc.head
        if found:
            heads = {arc.head.i, *(item.head.i for item in syntax.governors(arc.head))}
            is_inside = any(item.role in _WITHIN_ROLES for item in [syntax.governor(above)] if item)
            governor = syntax.governor(syntax.first_conjunct(above))
            is_inside = governor is not None and governor.head.i in heads and is_inside
            return found if above.i in heads or is_inside else ""
    return ""
