"""Let the rules date what is undated, the surest first."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.dating.clauses import by_moment, by_now, by_phrase, from_then_on
from kg.dating.going_on import by_frame, by_lead, by_next, by_speech
from kg.dating.pointing import by_pointing, by_thing
from kg.dating.signs import Day
from kg.draft import Draft, Scene
from kg.events.sameness import share_days
from kg.events.tellings import Telling
from kg.filling import date_by_events
from kg.nlp.time import time_of
from kg.terms import RelationType

_PASSES = 2
_Rule = Callable[[Telling, Sequence[Telling], Scene], Day | None]
_RULES: tuple[_Rule, ...] = (
    by_pointing,
    by_moment,
    by_now,
    by_phrase,
    from_then_on,
    by_lead,
    by_thing,
    by_next,
    by_frame,
    by_speech,
)


def date_by_context(draft: Draft) -> Draft:
    """Return the draft with days for tellings that only their surroundings date."""
    tellings = list(draft.tellings)
    groups = _groups(draft)
    counted = _counted(draft)
    for _ in range(_PASSES):  # what is dated now may date another
        for rule in _RULES:
            for position, item in enumerate(tellings):
                if item.event.date is None and item.event.id not in counted:
                    day = rule(item, tellings, draft.scene)
                    if day is not None:
                        event = replace(item.event, date=day.interval, date_text=day.text)
                        tellings[position] = replace(item, event=event)
        tellings = share_days(tellings, groups)
        tellings = date_by_events(tellings, draft.scene.syntax, draft.scene.times)
    return replace(draft, tellings=tuple(tellings))


def _counted(draft: Draft) -> set[str]:
    """Return the ids of events that are dated from others: "two days after the bombing"."""
    scene = draft.scene
    if all(time.event_offset_days is None for time in scene.times):
        return set()  # as in most articles
    times = ((item, time_of(scene.syntax, item.token, scene.times)) for item in draft.tellings)
    return {
        item.event.id
        for item, time in times
        if time is not None and time.event_offset_days is not None
    }


def _groups(draft: Draft) -> list[list[Telling]]:
    """Return the tellings by the event that they tell."""
    first = {
        item.source: item.target for item in draft.relations if item.type is RelationType.SAME_AS
    }
    groups: dict[str, list[Telling]] = {}
    for item in draft.tellings:
        groups.setdefault(first.get(item.event.id, item.event.id), []).append(item)
    return list(groups.values())
