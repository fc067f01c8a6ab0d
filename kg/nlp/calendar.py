"""Turn calendar words into intervals of days.

Pure date arithmetic: a weekday, month, year or stretch of time, and the day from which it is
seen, give a ``DateInterval``. What the words are and where they stand is ``kg.nlp.time``'s
business. Intervals that reach up to the day of publication stop there, so that only what is
announced lies after it.
"""

import calendar
from datetime import date, timedelta

from kg.records import DateInterval
from kg.terms import Grain

_RECENT_DAYS = {"day": 7, "week": 28, "month": 183, "year": 5 * 365, "decade": 30 * 365}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_LONG = {"decade": 10, "century": 100}


def day(value: date, derivation: str) -> DateInterval:
    """Return the interval of one day."""
    return DateInterval(earliest=value, latest=value, grain=Grain.DAY, derivation=derivation)


def span(
    earliest: date, latest: date, derivation: str, *, grain: Grain = Grain.SPAN
) -> DateInterval:
    """Return the interval between two days, whichever comes first."""
    earliest, latest = min(earliest, latest), max(earliest, latest)
    return DateInterval(earliest=earliest, latest=latest, grain=grain, derivation=derivation)


def weekday(
    number: int, published: date, derivation: str, *, future: bool = False, strict: bool = False
) -> DateInterval:
    """Return the weekday nearest to the publication day, on the side that ``future`` says.

    Args:
        number: 0 for Monday to 6 for Sunday.
        strict: Whether the publication day itself is excluded ("last Sunday", "next Sunday").
    """
    distance = (number - published.weekday()) % 7 if future else (published.weekday() - number) % 7
    if strict and distance == 0:
        distance = 7
    return day(published + timedelta(days=distance if future else -distance), derivation)


def month(
    year: int, number: int, derivation: str, *, part: str = "", until: date | None = None
) -> DateInterval:
    """Return a month, or its early, mid or late third, cut off at ``until`` if that lies in it."""
    last = calendar.monthrange(year, number)[1]
    first_day, last_day = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(
        part, (1, last)
    )
    earliest, latest = date(year, number, first_day), date(year, number, last_day)
    if until is not None and earliest <= until < latest:
        latest = until
    return span(earliest, latest, derivation, grain=Grain.SPAN if part else Grain.MONTH)


def month_near(
    number: int, published: date, derivation: str, *, future: bool = False, part: str = ""
) -> DateInterval:
    """Return the month of that number nearest to publication, on the side that ``future`` says."""
    year = published.year
    if future and number < published.month:
        year += 1
    elif not future and number > published.month:
        year -= 1
    return month(year, number, derivation, part=part, until=None if future else published)


def year_interval(
    year: int, derivation: str, *, part: str = "", until: date | None = None
) -> DateInterval:
    """Return a year, or its early, mid or late third, cut off at ``until`` if that lies in it."""
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(part, (1, 12))
    earliest = date(year, first, 1)
    latest = date(year, last, calendar.monthrange(year, last)[1])
    if until is not None and earliest <= until < latest:
        latest = until
    return span(earliest, latest, derivation, grain=Grain.SPAN if part else Grain.YEAR)


def season(name: str, year: int, derivation: str) -> DateInterval:
    """Return a northern season of a year; winter is that which ends in it."""
    if name == "winter":
        last = calendar.monthrange(year, 2)[1]
        return span(date(year - 1, 12, 1), date(year, 2, last), derivation)
    months = _SEASONS[name]
    last = calendar.monthrange(year, months[1])[1]
    return span(date(year, months[0], 1), date(year, months[1], last), derivation)


def fraction(parts: int, number: int, whole: DateInterval, derivation: str) -> DateInterval:
    """Return one of the halves or quarters of a month or year.

    Args:
        number: Which of them, from 1.

    Raises:
        ValueError: There is no such part.
    """
    if not 1 <= number <= parts:
        raise ValueError(f"no part {number} of {parts}")
    if whole.grain is Grain.MONTH:
        first, last = whole.earliest, whole.latest
        length = ((last - first).days + 1) // parts
        earliest = first + timedelta(days=length * (number - 1))
        latest = last if number == parts else earliest + timedelta(days=length - 1)
        return span(earliest, latest, derivation)
    months = 12 // parts
    year, until = whole.earliest.year, months * number
    last_day = calendar.monthrange(year, until)[1]
    return span(date(year, until - months + 1, 1), date(year, until, last_day), derivation)


def week_of(number: int, whole: DateInterval, derivation: str) -> DateInterval:
    """Return the first to fifth seven days of a month, or the last if ``number`` is -1."""
    if number < 0:
        return span(whole.latest - timedelta(days=6), whole.latest, derivation, grain=Grain.WEEK)
    earliest = whole.earliest + timedelta(days=7 * (number - 1))
    latest = min(whole.latest, earliest + timedelta(days=6))
    return span(earliest, latest, derivation, grain=Grain.WEEK)


def decade(first_year: int, derivation: str, *, part: str = "") -> DateInterval:
    """Return the ten years from ``first_year``, or their early, mid or late part."""
    first, last = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get(part, (0, 9))
    return span(date(first_year + first, 1, 1), date(first_year + last, 12, 31), derivation)


def calendar_unit(
    unit: str, shift: int, published: date, derivation: str, *, future: bool = False, part: str = ""
) -> DateInterval | None:
    """Return the day, week, weekend, month or year that lies ``shift`` units from publication.

    With shift 0 the interval ends on the publication day, or begins there if ``future``.
    """
    if unit == "day":
        return day(published + timedelta(days=shift), derivation)
    if unit == "weekend":
        return _weekend(shift, published, derivation, future=future)
    if unit == "month":
        index = published.year * 12 + published.month - 1 + shift
        found = month(index // 12, index % 12 + 1, derivation, part=part)
    elif unit == "year":
        found = year_interval(published.year + shift, derivation, part=part)
    elif unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=shift)
        sunday = monday + timedelta(days=6)
        if shift == -1 and published.weekday() == 6:
            # A Sunday paper means by "last week" the week that ended the day before.
            sunday = published - timedelta(days=1)
        found = span(monday, sunday, derivation, grain=Grain.WEEK)
    elif unit in _LONG:
        length = _LONG[unit]
        first = (published.year // length + shift) * length
        found = span(date(first, 1, 1), date(first + length - 1, 12, 31), derivation)
    else:
        return None
    if shift == 0:
        earliest = max(found.earliest, published) if future else found.earliest
        latest = found.latest if future else min(found.latest, published)
        return span(min(earliest, latest), latest, derivation, grain=found.grain)
    return found


def _weekend(shift: int, published: date, derivation: str, *, future: bool) -> DateInterval:
    saturday = published - timedelta(days=(published.weekday() - 5) % 7)
    if future or shift > 0:
        saturday = published + timedelta(days=(5 - published.weekday()) % 7)
    elif shift < 0 and published.weekday() == 5:
        saturday -= timedelta(days=7)
    sunday = saturday + timedelta(days=1)
    if not (future or shift > 0):
        sunday = min(sunday, published)
    return span(saturday, sunday, derivation)


def stretch(unit: str, count: int, published: date, derivation: str) -> DateInterval:
    """Return the last (negative) or next ``count`` units up to, or from, the publication day."""
    days = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3652}
    return span(published, published + timedelta(days=count * days.get(unit, 0)), derivation)


def recent(unit: str, published: date, derivation: str, *, future: bool = False) -> DateInterval:
    """Return what "recent weeks" or "the coming weeks" can mean: a few of the units."""
    length = timedelta(days=_RECENT_DAYS.get(unit, 7))
    return span(published, published + length if future else published - length, derivation)


def ago(unit: str, count: int, published: date, derivation: str) -> DateInterval | None:
    """Return what "three days ago" can mean; the grain is that of the unit."""
    if unit == "hour":
        days = count // 24
        return span(
            published - timedelta(days=days + 1), published - timedelta(days=days), derivation
        )
    if unit == "day":
        return day(published - timedelta(days=count), derivation)
    if unit in {"week", "fortnight"}:
        centre = published - timedelta(weeks=count * (2 if unit == "fortnight" else 1))
        around = timedelta(days=3)
        return span(centre - around, centre + around, derivation, grain=Grain.WEEK)
    if unit in {"month", "year"}:
        if unit == "year" and count >= published.year - 1:
            return None
        return calendar_unit(unit, -count, published, derivation)
    if unit == "decade" and count * 10 < published.year - 10:
        return decade((published.year // 10 - count) * 10, derivation)
    return None
