"""Fill what a telling leaves to its surroundings: the day, the other party, the speaker.

A reader takes these over from a neighbouring phrase or sentence. Each rule asks for a sign in the
text that the surroundings are meant; nothing is taken over because it merely stands near.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain

from spacy.tokens import Token

from kg.casting import Cast
from kg.events.sameness import Apart
from kg.events.tellings import Telling
from kg.nlp.attribution import sources
from kg.nlp.time import TimeExpression, anchor_of, time_of
from kg.records import CharSpan, DateInterval, EventMention
from kg.syntax import Role, Syntax
from kg.terms import EntityKind, EventType, Grain

# How many sentences back "the next day" may reach.
_TEXT_REACH = 2
_AIMED = frozenset({EventType.THREATEN, EventType.AGREE})
_CONTENT = (Role.OPEN_COMPLEMENT, Role.COMPLEMENT, Role.OBJECT, Role.ADNOMINAL_CLAUSE)


def date_by_events(
    tellings: Sequence[Telling], syntax: Syntax, times: Sequence[TimeExpression]
) -> list[Telling]:
    """Date events by one another: in "a day after the visit" either may be the dated one.

    What is joined to the event counted from has its day too: "a day after his visit and his
    meeting with the president".
    """
    by_token = {item.token.i: item for item in tellings}
    counted = [time for time in times if time.event_offset_days is not None]
    for time in counted:
        anchor = anchor_of(syntax, time)
        others = [] if anchor is None else _joined(anchor, syntax, by_token)
        for item in _counted_by(time, anchor, tellings, syntax, times):
            if anchor is None:  # "a week later"
                others = _spoken_of_before(item, by_token)
            _date_by_one_another(item.token.i, others, time, by_token)
    return [by_token[item.token.i] for item in tellings]


def apart_by_count(
    tellings: Sequence[Telling], syntax: Syntax, times: Sequence[TimeExpression]
) -> Apart:
    """Return pairs of events of which one is counted from the other: "hours after the raid"."""
    by_token = {item.token.i: item for item in tellings}
    pairs = set()
    for time in times:
        anchor = anchor_of(syntax, time)
        if anchor is None:
            continue
        for item in _counted_by(time, anchor, tellings, syntax, times):
            for index in _joined(anchor, syntax, by_token):
                pairs.add(frozenset((item.event.id, by_token[index].event.id)))
    return frozenset(pairs)


def _counted_by(
    time: TimeExpression,
    anchor: Token | None,
    tellings: Sequence[Telling],
    syntax: Syntax,
    times: Sequence[TimeExpression],
) -> list[Telling]:
    """Return the events that lie some days from ``anchor``.

    "The police fired on Tuesday, hours after the vote": an event that has a time of its own is
    found above the anchor.
    """
    sent = syntax.doc[time.first_token].sent
    near = [item for item in tellings if sent.start <= item.token.i < sent.end]
    found = [item for item in near if time_of(syntax, item.token, times) == time]
    if found or anchor is None:
        return found
    above = {arc.head.i for arc in syntax.governors(anchor)}
    return [item for item in near if item.token.i in above][-1:]


def _spoken_of_before(item: Telling, by_token: Mapping[int, Telling]) -> list[int]:
    """Return the event that "the next day" counts from: the last whose very day is told."""
    found = [
        index
        for index, other in by_token.items()
        if index < item.token.i
        and item.sentence - other.sentence <= _TEXT_REACH
        and other.event.date is not None
        and other.event.date.grain is Grain.DAY
    ]
    return found[-1:]


def _date_by_one_another(
    index: int, others: Sequence[int], time: TimeExpression, by_token: dict[int, Telling]
) -> None:
    """Date an event by those it is counted from, or those by it."""
    event, days = by_token[index].event, time.event_offset_days or 0
    others = [other for other in others if other != index]
    dated = [by_token[other].event for other in others if by_token[other].event.date]
    if event.date is None and dated:
        event = _shifted(event, dated[0], days, time)
        by_token[index] = replace(by_token[index], event=event)
    if event.date is None:
        return
    for other in others:
        known = by_token[other]
        if known.event.date is None:
            shifted = _shifted(known.event, event, -days, time)
            by_token[other] = replace(known, event=shifted)


def _joined(anchor: Token, syntax: Syntax, by_token: Mapping[int, Telling]) -> list[int]:
    """Return the events coordinated with ``anchor``, itself included.

    An event that the parse joins to a party or place ("a visit to France and a meeting") is
    taken to be joined to the event that the party or place belongs to.
    """
    found = [token.i for token in syntax.conjuncts(anchor) if token.i in by_token]
    for token in syntax.subtree(anchor):
        first = syntax.first_conjunct(token)
        is_misjoined = first != token and first.i not in by_token
        if token.i in by_token and token.i not in found and is_misjoined:
            found.append(token.i)
    return found


def _shifted(
    event: EventMention, known: EventMention, days: int, time: TimeExpression
) -> EventMention:
    """Return ``event`` dated some days from ``known``, which has a date."""
    if known.date is None:
        return event
    anchor = f"event {known.date.earliest.isoformat()}"
    slack = timedelta(days=time.event_slack_days)
    interval = DateInterval(
        earliest=known.date.earliest + timedelta(days=days) - slack,
        latest=known.date.latest + timedelta(days=days) + slack,
        grain=Grain.SPAN if slack else known.date.grain,
        derivation=f"'{time.text}', {anchor}: counted from then",
        anchor=anchor,
    )
    return replace(event, date=interval, date_text=time.text)


def name_parties(tellings: Sequence[Telling], syntax: Syntax, cast: Cast) -> list[Telling]:
    """Name as the other party the state that an agreement is called after.

    Who walks away from talks on "the Iran nuclear deal", or from the deal, walks away from Iran.
    """
    filled = []
    for item in tellings:
        event = item.event
        is_open = not event.recipients or (
            event.type is EventType.SANCTION
            and all(cast.kind(name) is EntityKind.AGREEMENT for name in event.recipients)
        )
        if event.actors and is_open:
            parties = dict.fromkeys(
                name
                for token in syntax.subtree(item.token)
                for name in cast.parties_named(token)
                if name not in event.actors
            )
            if parties:
                item = replace(item, event=replace(event, recipients=tuple(parties)))
        filled.append(item)
    return filled


def aim_words(tellings: Sequence[Telling], syntax: Syntax) -> list[Telling]:
    """Aim a threat or promise that names nobody at those whom its content befalls.

    Who "threatened to shell Homs" threatens Homs; who "agreed to help Mali" agrees with Mali.
    """
    by_token = {item.token.i: item.event for item in tellings}
    aimed = []
    for item in tellings:
        event = item.event
        if event.type in _AIMED and not event.recipients:
            contents = (by_token.get(token.i) for token in syntax.dependents(item.token, *_CONTENT))
            befallen = next((found.recipients for found in contents if found is not None), ())
            names = tuple(name for name in befallen if name not in event.actors)
            item = replace(item, event=replace(event, recipients=names))
        aimed.append(item)
    return aimed


def name_members(tellings: Sequence[Telling], cast: Cast) -> list[Telling]:
    """Put in the place of "the two countries" those that are meant."""

    def named(names: Sequence[str]) -> tuple[str, ...]:
        each = (cast.members(name) or (name,) for name in names)
        return tuple(dict.fromkeys(chain.from_iterable(each)))

    return [
        replace(
            item,
            event=replace(
                item.event,
                actors=(actors := named(item.event.actors)),
                recipients=tuple(
                    name for name in named(item.event.recipients) if name not in actors
                ),
                attribution=named(item.event.attribution),
            ),
        )
        for item in tellings
    ]


def credit_before(
    tellings: Sequence[Telling],
    syntax: Syntax,
    cast: Cast,
    *,
    quotes: Mapping[CharSpan, Token],
    sentences: Sequence[int],
) -> list[Telling]:
    """Credit what is told of a thing to whoever told, in the sentence before, that there is one.

    "Security sources revealed that a truck was parked there. The truck has since been seized":
    the truck is known from those sources alone, and so is what became of it.

    Args:
        sentences: For each token the number of its sentence.
    """
    filled = []
    for item in tellings:
        event = item.event
        if not event.attribution:
            for name in (*event.recipients, *event.actors):
                token = cast.introduction(name)
                if token is None or sentences[token.i] != item.sentence - 1:
                    continue
                if _is_parted(token, item.token):
                    continue
                speakers = cast.ids_of(sources(syntax, token, quotes))
                event = replace(event, attribution=event.attribution or speakers)
            item = replace(item, event=event)
        filled.append(item)
    return filled


def _is_parted(token: Token, later: Token) -> bool:
    """Tell whether a new paragraph begins between two words."""
    return any("\n" in item.text for item in token.doc[token.i : later.i])
