"""Find the time expressions of a text and the days that they mean.

Weekdays, months and "last week" are resolved against the day of publication and say so in their
derivation; without that day only full dates are resolved. What an expression relative to another
event ("a day after the visit") means is left to the caller, who knows the date of that event.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Token

from kg.nlp import calendar
from kg.nlp.time_rules import RULES, Match, Resolution, Resolver
from kg.nlp.time_words import VERBAL, Word, word_of, words_of
from kg.records import CharSpan, DateInterval

_BESIDE_CLOCK = frozenset({"on", "at", "about", "around", ",", "(", ")"})
_PRESENT_BE = frozenset({"am", "are", "is", "'re", "'s", "’re", "’s"})
_SLACK_DAYS = {"week": 3, "fortnight": 3, "month": 15, "year": 182}
_VERB_TAGS = frozenset({"VB", "VBN", "VBG", "VBD", "VBZ", "VBP"})
_YEAR_BEFORE = frozenset("in since of by until till during from the early late mid - ( for".split())


@dataclass(frozen=True, kw_only=True)
class TimeExpression:
    """Words that say when.

    Attributes:
        interval: Days on which what it dates can lie; None when they are unbounded
            ("before Monday"), unknown ("at noon") or counted from another event.
        ahead: What ``interval`` is if the event is still to come: a weekday, a month or a day of
            the year lies on that side of publication on which the event does.
        relation: ``during``, ``since``, ``until``, ``before`` or ``after``.
        event_offset_days: Days from the event named after the expression, or spoken of before
            it, to the event that it dates: +1 for "a day after the visit", -14 for "two weeks
            earlier".
        event_slack_days: How far from that the event may lie, as "a month after" is no exact
            count of days.
        deictic: Whether the meaning depends on the day of publication.
        counts_from_today: Whether it is told from the day of speaking: "last night", "tomorrow".
        is_clock: Whether it is a time of day alone.
        first_token: Index of the first token in the Doc.
        last_token: Index of the last token, inclusive.
    """

    span: CharSpan
    text: str
    interval: DateInterval | None
    ahead: DateInterval | None
    relation: str
    event_offset_days: int | None
    event_slack_days: int
    deictic: bool
    counts_from_today: bool
    is_clock: bool
    first_token: int
    last_token: int


def find_times(doc: Doc, *, published: date | None) -> tuple[TimeExpression, ...]:
    """Return the time expressions of ``doc`` in text order, none overlapping another.

    Args:
        published: Day from which "yesterday" counts; None leaves everything but full dates
            without an interval.
    """
    words = [word_of(token) for token in doc]
    code = "".join(word.code for word in words)
    found = []
    for start, end, resolve in _matches(code):
        if not _is_plausible(doc, start, end, code):
            continue
        found.append(_expression(doc, words, range(start, end), resolve, published))
    return tuple(_with_clocks(found, doc))


def _with_clocks(times: Sequence[TimeExpression], doc: Doc) -> list[TimeExpression]:
    """Join the time of day and its zone to the day: "at 3 a.m. (0100 GMT) on Tuesday"."""
    joined: list[TimeExpression] = []
    for time in times:
        last = joined[-1] if joined else None
        if last is not None and _are_one_moment(last, time, doc):
            day = last if last.interval is not None else time
            joined[-1] = _renamed(day, doc, last.first_token, time.last_token)
        else:
            joined.append(time)
    return joined


def _are_one_moment(one: TimeExpression, other: TimeExpression, doc: Doc) -> bool:
    """Tell whether of two expressions one is a time of day, and only its zone lies between."""
    if (one.is_clock and other.is_clock) or not (one.is_clock or other.is_clock):
        return False
    if (other if one.is_clock else one).event_offset_days is not None:
        return False
    return all(
        token.lower_ in _BESIDE_CLOCK or token.lower_ in words_of("zone") or token.lower_.isdigit()
        for token in doc[one.last_token + 1 : other.first_token]
    )


def _renamed(time: TimeExpression, doc: Doc, first: int, last: int) -> TimeExpression:
    """Return a time of more words, which stand in its derivation too."""
    span = doc[first : last + 1]

    def told(interval: DateInterval | None) -> DateInterval | None:
        if interval is None:
            return None
        words = interval.derivation.replace(f"'{time.text}'", f"'{span.text}'", 1)
        return replace(interval, derivation=words)

    return replace(
        time,
        span=CharSpan(start=span.start_char, end=span.end_char),
        text=span.text,
        interval=told(time.interval),
        ahead=told(time.ahead),
        first_token=first,
        last_token=last,
    )


def _matches(code: str) -> Iterator[tuple[int, int, Resolver]]:
    """Yield the longest match at each place, the earlier rule first when two are as long."""
    position = 0
    while position < len(code):
        if code[position] in ".,-&O(":
            position += 1
            continue
        best: tuple[int, Resolver] | None = None
        for pattern, resolve in RULES:
            match = pattern.match(code, position)
            if match and match.end() > position and (best is None or match.end() > best[0]):
                best = match.end(), resolve
        if best is None:
            position += 1
        else:
            yield position, best[0], best[1]
            position = best[0]


def _is_plausible(doc: Doc, start: int, end: int, code: str) -> bool:
    """Refuse what only looks like a time.

    A bare number that is no year ("2000 troops", "2000 armed men"), "the fall of the town".
    """
    if doc[end - 1].lower_ == "fall" and end < len(doc) and doc[end].lower_ == "of":
        return False
    if end - start > 1 or code[start] != "Y":
        return True
    before = doc[start - 1].lower_ if start else ""
    while end < len(doc) and (doc[end].pos_ == "ADJ" or doc[end].tag_ == "HYPH"):
        end += 1
    after = doc[end] if end < len(doc) else None
    if after is not None and (after.tag_ == "NNS" or after.lower_ in {"%", "percent"}):
        return False
    return before in _YEAR_BEFORE or (after is not None and after.pos_ in {"NOUN", "PROPN"})


def _expression(
    doc: Doc,
    words: Sequence[Word],
    place: range,
    resolve: Resolver,
    published: date | None,
) -> TimeExpression:
    start, end = place.start, place.stop
    first = start + 1 if words[start].code == "t" and end - start > 1 else start
    text = doc[first:end].text
    anchor = f"published {published.isoformat()}" if published else "no day of publication"
    match = Match(
        words=words[start:end],
        published=published,
        future=_is_set_for(doc, words, place)
        or _is_future(
            _verb_above(doc, first, end),
            is_day=words[first].code == "W" and words[start].code != "s",
        ),
        derivation=f"'{text}', {anchor}",
        perfect=words[start].code in "FDN" and _is_perfect(_verb_above(doc, first, end)),
    )
    relation = _relation(words, start, match)
    interval, offset = _resolved(match, resolve, relation)
    ahead = interval
    if not match.future and published is not None:
        ahead, _ = _resolved(replace(match, future=True), resolve, relation)
    is_absolute = match.has("YiS") and not match.has("LXTd")
    if published is not None and not is_absolute:
        interval, ahead = (_anchored(days, published) for days in (interval, ahead))
    span = doc[first:end]
    return TimeExpression(
        span=CharSpan(start=span.start_char, end=span.end_char),
        text=text,
        interval=interval,
        ahead=ahead,
        relation=relation,
        event_offset_days=offset,
        event_slack_days=0 if offset is None else _SLACK_DAYS.get(match.value("U"), 0),
        deictic=not is_absolute and offset is None,
        counts_from_today=match.has("d") or (match.has("LT") and match.has("P")),
        is_clock=all(word.code in "cmgDN" for word in match.words) and match.has("cm"),
        first_token=first,
        last_token=end - 1,
    )


def _anchored(interval: DateInterval | None, published: date) -> DateInterval | None:
    """Return days counted from publication with that as their anchor."""
    if interval is None:
        return None
    return replace(interval, anchor=f"published {published.isoformat()}")


def _resolved(match: Match, resolve: Resolver, relation: str) -> Resolution:
    """Return the days of the event that a match dates, and how far they lie from another event."""
    try:
        interval, offset = resolve(match)
    except (OverflowError, ValueError):  # "three million days ago" lies outside the calendar
        return None, None
    if interval is not None:
        interval = _bounded(interval, relation, match.published, future=match.future)
    return interval, offset


def _relation(words: Sequence[Word], start: int, match: Match) -> str:
    """Return how the expression bounds the event, from the preposition before or in it."""
    if match.has("<>") and match.has("dLX"):  # "the week after next"
        return "during"
    if match.has("<") or (match.has("E") and match.has("U") and not match.has("T")):
        return "before"
    if match.has(">") or (match.has("Z") and not match.has("T")):
        return "after"
    position = start - 1
    while position >= 0 and words[position].code in "taKvN" and start - position < 4:
        position -= 1
    code = words[position].code if position >= 0 else "."
    if code == "." and position >= 0:
        return {"following": "after", "prior": "before"}.get(words[position].value, "during")
    return {
        "s": "since",
        "u": "until",
        "y": "until",
        "<": "before",
        ">": "after",
        "f": "after",
    }.get(code, "during")


def _bounded(
    interval: DateInterval, relation: str, published: date | None, *, future: bool
) -> DateInterval | None:
    """Return the days on which the event lies, given the days that the expression names."""
    if relation == "during":
        return interval
    if relation in {"since", "after"}:
        if published is None or future or interval.earliest > published:
            return None
        words = f"{interval.derivation}: from then up to publication"
        return calendar.span(interval.earliest, published, words)
    if published is not None and future and interval.latest >= published:
        words = f"{interval.derivation}: from publication up to then"
        return calendar.span(published, interval.latest, words)
    return None


def _verb_above(doc: Doc, start: int, end: int) -> Token | None:
    """Return the verb or else the root above an expression, None if it is too far up."""
    inside = range(start, end)
    token = next((doc[i] for i in inside if doc[i].head.i not in inside), doc[start])
    for _ in range(6):
        if token.pos_ in VERBAL or token.tag_ in _VERB_TAGS or token.head.i == token.i:
            return token
        token = token.head
    return None


def _is_set_for(doc: Doc, words: Sequence[Word], place: range) -> bool:
    """Tell whether something is called for a day to come: "called a strike for Monday"."""
    start, end = place.start, place.stop
    is_owner = end < len(doc) and doc[end].tag_ == "POS"  # "condemned for Monday's attack"
    is_day = end - start == 1 and words[start].code == "W"
    return is_day and not is_owner and start > 0 and doc[start - 1].lower_ == "for"


def _is_future(verb: Token | None, *, is_day: bool) -> bool:
    """Tell whether the verb above an expression looks ahead ("will meet on Monday").

    Args:
        is_day: The expression is a day of the week: what "they are doing on Monday" is to come.
    """
    if verb is None:
        return False
    if verb.pos_ in VERBAL or verb.tag_ in _VERB_TAGS:
        return _looks_ahead(verb, is_day=is_day)
    return any(child.lower_ in {"will", "’ll", "'ll"} for child in verb.children)


def _is_perfect(verb: Token | None) -> bool:
    """Tell whether the verb above an expression tells what has lasted: "have held"."""
    words = set() if verb is None else {child.lower_ for child in verb.children}
    return bool(words & {"has", "have", "’ve", "'ve"})


def _looks_ahead(verb: Token, *, is_day: bool) -> bool:
    children = [child.lower_ for child in verb.children]
    if any(word in {"will", "shall", "'ll", "’ll", "would"} for word in children):
        return True
    if verb.tag_ == "VBG" and _PRESENT_BE & set(children):
        return is_day
    above = verb.head
    is_bare = verb.tag_ == "VB" or (verb.tag_ == "VBN" and "be" in children)
    if not is_bare or "to" not in children:
        return False
    if above.i == verb.i or "going" in (above.lower_, *children):
        return True
    return bool({above.lemma_.lower(), above.lower_} & words_of("scheduler"))
