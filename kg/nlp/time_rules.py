"""What each kind of time expression means: patterns over word codes, and how they resolve.

A pattern matches the letters of ``kg.nlp.time_words``; its function gives the interval that the
words name, and the distance in days for what counts from another event ("two days after").
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.nlp import calendar
from kg.nlp.time_words import Word
from kg.records import DateInterval

_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}


@dataclass(frozen=True)
class Match:
    """A stretch of coded tokens with all that resolving it needs.

    Attributes:
        future: Whether the verb above looks ahead.
        perfect: Whether it tells what has lasted up to now: "have held the town".
    """

    words: Sequence[Word]
    published: date | None
    future: bool
    derivation: str
    perfect: bool = False

    def value(self, codes: str) -> str:
        """Return the value of the first word with one of the codes, or ""."""
        return next((word.value for word in self.words if word.code in codes), "")

    def number(self, codes: str, *, default: int = 0) -> int:
        """Return the number of the first word with one of the codes, or ``default``."""
        value = self.value(codes)
        return int(value) if value else default

    def has(self, codes: str) -> bool:
        """Tell whether a word has one of the codes."""
        return any(word.code in codes for word in self.words)


Resolution = tuple[DateInterval | None, int | None]


def _iso_date(match: Match) -> Resolution:
    digits = match.value("i") or "-".join(word.value for word in match.words if word.code in "YDN")
    try:
        value = date.fromisoformat(digits)
    except ValueError:
        return None, None
    return calendar.day(value, f"{match.derivation}: a full date"), None


def _full_date(match: Match) -> Resolution:
    """Resolve day and month, with the year or with the year nearest to publication."""
    number, day_number = match.number("M"), match.number("DB")
    words = f"{match.derivation}: a full date"
    if match.has("Y"):
        year = match.number("Y")
    elif match.published is None:
        return None, None
    elif match.has("U"):  # "21 December last year"
        year = match.published.year + match.number("LTX")
    else:
        words = f"{match.derivation}: the year nearest to publication"
        year = match.published.year
        try:
            candidate = date(year, number, day_number)
        except ValueError:
            return None, None
        if candidate > match.published and not match.future:
            year -= 1
        elif candidate < match.published and match.future:
            year += 1
    try:
        return calendar.day(date(year, number, day_number), words), None
    except ValueError:
        return None, None


def _month(match: Match) -> Resolution:
    part = match.value("KG")
    number = match.number("M")
    if match.has("Y"):
        words = f"{match.derivation}: that month"
        return calendar.month(
            match.number("Y"), number, words, part=part, until=match.published
        ), None
    if match.published is None:
        return None, None
    future = match.has("X") or (match.future and not match.has("L"))
    words = f"{match.derivation}: the {'next' if future else 'most recent'} such month"
    if match.has("L") and number == match.published.month:
        return calendar.month(match.published.year - 1, number, words, part=part), None
    return calendar.month_near(number, match.published, words, future=future, part=part), None


def _hyphenated(match: Match) -> Resolution:
    """Resolve "mid-March" and "mid-2019", which are one word each."""
    part, code, value = match.value("h").split()
    words = [Word("K", part), Word(code, value), *match.words[1:]]
    return (_year if code == "Y" else _month)(replace(match, words=words))


def _year(match: Match) -> Resolution:
    words = f"{match.derivation}: that year"
    year = match.number("Y")
    return calendar.year_interval(year, words, part=match.value("KG"), until=match.published), None


def _year_range(match: Match) -> Resolution:
    years = sorted(int(word.value) for word in match.words if word.code == "Y")
    words = f"{match.derivation}: from the first year to the second"
    return calendar.span(date(years[0], 1, 1), date(years[-1], 12, 31), words), None


def _decade(match: Match) -> Resolution:
    first_year = match.number("S")
    if first_year < 100:
        first_year += 1900
    words = f"{match.derivation}: that decade"
    return calendar.decade(first_year, words, part=match.value("KG")), None


def _season(match: Match) -> Resolution:
    name, year, words = match.value("z"), match.number("Y"), f"{match.derivation}: that season"
    if year:  # which of two winters "the winter of 2019" was, nobody knows
        return None if name == "winter" else calendar.season(name, year, words), None
    if match.published is None or (name == "fall" and not match.has("LX")):
        return None, None  # "the fall" of a town is no season
    year = match.published.year
    found = calendar.season(name, year, words)
    if name == "winter" and match.published.month == 12:
        found = calendar.season(name, year + 1, words)
    if match.has("L") and found.latest >= match.published:
        found = calendar.season(name, found.latest.year - 1, words)
    elif match.has("X") and found.earliest <= match.published:
        found = calendar.season(name, found.latest.year + 1, words)
    elif not match.future and found.earliest <= match.published < found.latest:
        found = calendar.span(found.earliest, match.published, words)
    return found, None


def _range(match: Match) -> Resolution:
    """Resolve "from 4 to 6 June", "March 3-4", "Monday and Tuesday", "March to May 2021"."""
    middle = next(at for at, word in enumerate(match.words) if word.code in "&-")
    sides = [list(match.words[:middle]), list(match.words[middle + 1 :])]
    resolve = _weekday if match.has("W") and not match.has("M") else _month
    for code in "MY":  # what one side leaves out stands on the other
        named = [word for word in match.words if word.code == code]
        for side in sides:
            if named and not any(word.code == code for word in side):
                side.append(named[-1] if side is sides[0] else named[0])
    if match.has("DB"):
        resolve = _full_date
    if match.has("U"):  # "Thursday and Friday next week"
        sides[0] += match.words[-2:]
    (first, _), (last, _) = (resolve(replace(match, words=side)) for side in sides)
    if first is None or last is None:
        return None, None
    earliest, latest = first.earliest, last.latest
    if earliest > latest and resolve is _weekday:
        shift = 7 if match.future else -7
        earliest = date.fromordinal(earliest.toordinal() + min(shift, 0))
        latest = date.fromordinal(latest.toordinal() + max(shift, 0))
    elif earliest > latest:
        earliest = earliest.replace(year=earliest.year - 1)
    words = f"{match.derivation}: from the first to the second"
    return calendar.span(earliest, latest, words), None


def _fraction(match: Match) -> Resolution:
    """Resolve "the first half of May", "the third quarter of 2023"."""
    parts, number = match.number("H"), match.number("B")
    whole = _whole(match)
    if whole is None or (parts == 2 and not match.has("MYU")):
        return None, None
    words = f"{match.derivation}: that part"
    found = calendar.fraction(parts, number, whole, words)
    if match.published and not match.future and found.earliest > match.published:
        found = calendar.fraction(
            parts, number, calendar.year_interval(whole.earliest.year - 1, words), words
        )
    return found, None


def _whole(match: Match) -> DateInterval | None:
    """Return the month or year of which an expression names a part."""
    published, words = match.published, match.derivation
    if match.has("M"):
        near, _ = _month(replace(match, words=[word for word in match.words if word.code in "MY"]))
        return (
            None if near is None else calendar.month(near.earliest.year, near.earliest.month, words)
        )
    if match.has("Y"):
        return calendar.year_interval(match.number("Y"), words)
    if published is None or match.value("U") not in {"", "year"}:
        return None
    return calendar.year_interval(published.year + match.number("LX"), words)


def _week_of_month(match: Match) -> Resolution:
    """Resolve "the first week of March", "the last days of May 2019"."""
    month, unit = _whole(match), match.value("Uw")
    if month is None or unit not in {"day", "week"}:
        return None, None
    number = -1 if match.has("L") else match.number("B")
    words = f"{match.derivation}: that part of the month"
    if unit == "day" and not any(word.is_plural for word in match.words):
        shift = (month.latest - month.earliest).days if number < 0 else number - 1
        return calendar.day(date.fromordinal(month.earliest.toordinal() + shift), words), None
    return calendar.week_of(number, month, words), None


def _holiday(match: Match) -> Resolution:
    """Resolve "Christmas", "Christmas Eve", "New Year's Day"."""
    if match.has("x"):
        number, day_number = (int(part) for part in match.value("x").split("-"))
    else:
        number, day_number = 1, 1
    if match.has("e"):
        eve = date.fromordinal(date(2001, number, day_number).toordinal() - 1)
        number, day_number = eve.month, eve.day
    year = [word for word in match.words if word.code == "Y"]
    day_words = [Word("M", str(number)), Word("D", str(day_number)), *year]
    return _full_date(replace(match, words=day_words))


def _weekday(match: Match) -> Resolution:
    if match.published is None:
        return None, None
    number = match.number("W")
    if match.has("U"):  # "Tuesday last week"
        shift = -1 if match.has("L") else 1 if match.has("X") else 0
        week = calendar.calendar_unit("week", shift, match.published, "", future=True)
        if week is None:
            return None, None
        monday = week.earliest.toordinal() - week.earliest.weekday()
        words = f"{match.derivation}: that day of that week"
        return calendar.day(date.fromordinal(monday + number), words), None
    strict = match.has("LX")
    future = match.has("X") or (match.future and not match.has("L"))
    side = "first such day from" if future else "last such day up to"
    words = f"{match.derivation}: the {side} publication"
    found = calendar.weekday(number, match.published, words, future=future, strict=strict)
    return found, None


def _deictic(match: Match) -> Resolution:
    if match.published is None:
        return None, None
    if match.has("d"):
        first, last = (int(part) for part in match.value("d").split(":"))
    else:  # "last night", "this morning"
        first = last = match.number("LTX")
    words = f"{match.derivation}: counted from publication"
    earliest = date.fromordinal(match.published.toordinal() + first)
    latest = date.fromordinal(match.published.toordinal() + last)
    if earliest == latest:
        return calendar.day(earliest, words), None
    return calendar.span(earliest, latest, words), None


def _calendar_unit(match: Match) -> Resolution:
    """Resolve "last week", "late last year", "later this month", "the end of the month"."""
    unit = match.value("Uw")
    if any(word.is_plural for word in match.words):
        return None, None  # "his last days"
    if match.has("X") and unit in {"day", "hour"}:
        return None, 1 if unit == "day" else 0  # "the next day" counts from the text
    if match.published is None:
        return None, None
    shift = match.number("LXT")
    words = f"{match.derivation}: counted from publication"
    future = match.has("Z") or (match.future and not match.has("EL"))
    found = calendar.calendar_unit(
        unit, shift, match.published, words, future=future, part=match.value("KG")
    )
    return found, None


def _stretch(match: Match) -> Resolution:
    """Resolve "the past three months", "the coming days", "recent weeks"."""
    if match.published is None:
        return None, None
    unit = match.value("U")
    future = match.has("CX")
    words = f"{match.derivation}: {'from' if future else 'up to'} publication"
    if match.has("R") or (match.has("vC") and not match.has("DN")):
        return calendar.recent(unit, match.published, words, future=future), None
    count = match.number("DNa", default=1)
    if unit == "hour":
        unit, count = "day", max(1, count // 24)
    return calendar.stretch(unit, count if future else -count, match.published, words), None


def _lasting(match: Match) -> Resolution:
    """Resolve "for nearly three months" of what has lasted up to publication."""
    if match.published is None or not match.perfect or match.future:
        return None, None
    unit, words = match.value("U"), f"{match.derivation}: up to publication"
    if match.has("v") or not match.has("DNa"):
        return calendar.recent(unit, match.published, words), None
    count = match.number("DNa", default=1)
    if unit == "hour":
        unit, count = "day", max(1, count // 24)
    return calendar.stretch(unit, -count, match.published, words), None


def _long(match: Match) -> Resolution:
    """Resolve "the four-year campaign" of what has lasted up to publication."""
    return _lasting(match) if match.value("U") in {"month", "year"} else (None, None)


def _in_time(match: Match) -> Resolution:
    """Resolve "in three weeks", which looks ahead only if the verb does."""
    if match.published is None or not match.future:
        return None, None
    unit, count = match.value("U"), match.number("DNa", default=1)
    words = f"{match.derivation}: counted from publication"
    if unit == "hour":
        return calendar.stretch("day", max(1, count // 24), match.published, words), None
    return calendar.ago(unit, -count, match.published, words), None


def _within(match: Match) -> Resolution:
    """Resolve "within days", which looks ahead only if the verb does."""
    if match.published is None or not match.future:
        return None, None
    unit = match.value("U")
    words = f"{match.derivation}: from publication"
    if match.has("DNa"):
        count = match.number("DNa", default=1)
        if unit == "hour":
            unit, count = "day", max(1, count // 24)
        return calendar.stretch(unit, count, match.published, words), None
    return calendar.recent(unit, match.published, words, future=True), None


def _after_next(match: Match) -> Resolution:
    """Resolve "the week after next", "the day before yesterday"."""
    if match.published is None:
        return None, None
    sign = -1 if match.has("<") else 1
    words = f"{match.derivation}: counted from publication"
    shift = int(match.value("d").split(":")[0]) if match.has("d") else sign
    return calendar.calendar_unit(match.value("U"), shift + sign, match.published, words), None


def _ago(match: Match) -> Resolution:
    if match.published is None:
        return None, None
    unit = match.value("U")
    words = f"{match.derivation}: counted back from publication"
    if match.has("P"):
        unit = "day"
    if match.has("H"):  # "half a year ago"
        return calendar.ago("month", 6, match.published, words), None
    if match.has("v") and unit in {"hour", "day", "week"} and not match.has("DN"):
        return calendar.recent(unit, match.published, words), None
    if not match.has("DNa") or match.has("v"):
        return None, None  # "decades ago" has no bound
    count = match.number("DNa", default=1)
    return calendar.ago(unit, count, match.published, words), None


def _from_event(match: Match) -> Resolution:
    """Resolve what counts from another event: "two days after", "a week earlier"."""
    sign = -1 if match.has("<Eb") else 1
    unit = match.value("U") or "day"  # "the previous night"
    if unit == "hour":
        return None, 0
    is_one = match.has("tbf") and not any(word.is_plural for word in match.words)
    is_counted = (match.has("DNa") or is_one) and not match.has("v")
    if not is_counted or unit not in _UNIT_DAYS:
        return None, None
    return None, sign * _UNIT_DAYS[unit] * match.number("DNa", default=1)


def _nth_of_event(match: Match) -> Resolution:
    """Resolve "on the second day of the truce", "in its third week"."""
    days = _UNIT_DAYS.get(match.value("U"))
    if days is None:
        return None, None
    return None, days * (match.number("B") - 1) + days // 2


def _eve(match: Match) -> Resolution:
    del match
    return None, -1


def _same_day(match: Match) -> Resolution:
    return None, 0 if match.value("U") == "day" else None


def _clock(match: Match) -> Resolution:
    del match
    return None, None


Resolver = Callable[[Match], Resolution]
RULES: tuple[tuple[re.Pattern[str], Resolver], ...] = tuple(
    (re.compile(pattern), resolve)
    for pattern, resolve in (
        (r"i", _iso_date),
        (r"Y-[DN]-[DN]", _iso_date),
        (r"t?[DB]O?M?[&-]t?[DB]O?M,?Y?", _range),
        (r"M[DB][&-]M?[DB](?:,?Y)?", _range),
        (r"M,?Y?[&-]M,?Y?", _range),
        (r"WP?[&-]WP?(?:O?[LXT]U)?", _range),
        (r"t?BH(?:Ot?(?:M,?O?Y?|Y|[TLX]?U))?", _fraction),
        (r"t?[BL][Uw]Ot?M,?O?Y?", _week_of_month),
        (r"x[Ue]?,?Y?", _holiday),
        (r"QU(?:\.[eU])?", _holiday),
        (r"tU(?:>X|<L|[<>]d)", _after_next),
        (r"h[,O]?Y?", _hyphenated),
        (r"(?:W,?)?Mt?[DB],?Y", _full_date),
        (r"(?:W,?)?t?[DB]O?M,?Y", _full_date),
        (r"(?:W,?)?(?:M[DB]|t?[DB]O?M),?[LTX]U", _full_date),
        (r"(?:W,?)?Mt?[DB]", _full_date),
        (r"(?:W,?)?t?[DB]O?M", _full_date),
        (r"(?:t?GO)?K?-?M[,O]?Y", _month),
        (r"(?:t?GO)?[LXTK]?-?M", _month),
        (r"Y[&-]Y", _year_range),
        (r"(?:t?GO)?t?K?-?Y", _year),
        (r"t?K?-?S", _decade),
        (r"t?[LXT]?z(?:O?Y)", _season),
        (r"[LXT]z", _season),
        (r"K?[LXT]?WP?", _weekday),
        (r"WO?[LXT]U", _weekday),
        (r"K?dP?", _deictic),
        (r"[LT]P", _deictic),
        (r"(?:t?GO)?[KEZ]?[LXT][Uw]", _calendar_unit),
        (r"t?GOtU", _calendar_unit),
        (r"tXU", _calendar_unit),
        (r"tw", _calendar_unit),
        (r"t?[pLCX][DNv]U", _stretch),
        (r"t?[pC]U", _stretch),
        (r"t?R[DNv]?U", _stretch),
        (r"n[aDNv]?v?U", _within),
        (r"tz", _season),
        (r"a?[DNv]?O?UA", _ago),
        (r"[aDN]PA", _ago),
        (r"HaUA", _ago),
        (r"F~*[aDNv]?~*v?O?U", _lasting),
        (r"[DN]-U", _long),
        (r"j~*[aDN]U", _in_time),
        (r"t?BUO", _nth_of_event),
        (r"qBU", _nth_of_event),
        (r"t?eO", _eve),
        (r"t?kk?U", _same_day),
        (r"EjtU", _same_day),
        (r"[aDN]v?UI", _from_event),
        (r"t?[aDNv]v?[O]?U[<>]", _from_event),
        (r"t?[aDNv]?v?[O]?U[EZ]", _from_event),
        (r"U[<>]", _from_event),
        (r"tU[<>]", _from_event),
        (r"t[bf][UP]", _from_event),
        (r"tP<", _from_event),
        (r"tXP", _from_event),
        (r"cm?g*", _clock),
        (r"[DN]mg*", _clock),
    )
)
