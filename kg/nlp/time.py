"""Find the time expressions of a text and the days that they mean.

A small grammar of our own over words of ``kg/data/lexicon/time_words.tsv``: every token becomes
one letter of a code, and patterns over these codes name the expressions. Weekdays, months and
"last week" are resolved against the day of publication and say so in their derivation; without
that day only full dates are resolved. ``time_of`` tells which expression dates an event.
What an expression relative to another event ("a day after the visit") means is left to the
caller, who knows the date of that event: ``event_offset_days`` and ``anchor_of`` help.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from spacy.tokens import Doc, Token

from kg.nlp import calendar
from kg.records import CharSpan, DateInterval
from kg.resources import data_path, read_tsv
from kg.syntax import Arc, Role, Syntax
from kg.terms import Grain


@dataclass(frozen=True, kw_only=True)
class TimeExpression:
    """Words that say when.

    Attributes:
        interval: Days on which what it dates can lie; None when they are unbounded
            ("before Monday"), unknown ("at noon") or counted from another event.
        relation: ``during``, ``since``, ``until``, ``before`` or ``after``.
        event_offset_days: Days from the event named after the expression, or spoken of before
            it, to the event that it dates: +1 for "a day after the visit", -14 for "two weeks
            earlier".
        deictic: Whether the meaning depends on the day of publication.
        first_token: Index of the first token in the Doc.
        last_token: Index of the last token, inclusive.
    """

    span: CharSpan
    text: str
    interval: DateInterval | None
    relation: str
    event_offset_days: int | None
    deictic: bool
    first_token: int
    last_token: int


@dataclass(frozen=True)
class _Word:
    code: str
    value: str


@dataclass(frozen=True)
class _Match:
    """A stretch of coded tokens with all that resolving it needs."""

    words: Sequence[_Word]
    published: date | None
    future: bool
    derivation: str

    def value(self, codes: str) -> str:
        """Return the value of the first word with one of the codes, or ""."""
        return next((word.value for word in self.words if word.code in codes), "")

    def number(self, codes: str, *, default: int = 0) -> int:
        value = self.value(codes)
        return int(value) if value else default

    def has(self, codes: str) -> bool:
        return any(word.code in codes for word in self.words)


_Resolution = tuple[DateInterval | None, int | None]

_CODES = {
    "weekday": "W",
    "month": "M",
    "unit": "U",
    "weekend": "w",
    "deictic": "d",
    "part": "P",
    "last": "L",
    "past": "p",
    "next": "X",
    "coming": "C",
    "this": "T",
    "recent": "R",
    "text_before": "b",
    "text_after": "f",
    "ago": "A",
    "earlier": "E",
    "later": "Z",
    "before": "<",
    "after": ">",
    "stretch": "K",
    "since": "s",
    "until": "u",
    "by": "y",
    "within": "n",
    "edge": "G",
    "article": "a",
    "number": "N",
    "vague": "v",
    "season": "z",
    "ordinal": "B",
}
_COLUMNS = ("word", "kind", "value", "note")
_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_YEAR = re.compile(r"(1[6-9]|20)\d\d")
_DECADE = re.compile(r"((?:1[6-9]|20)?\d0)[’']?s")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:am|pm)?|\d{1,2}(?:am|pm)")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_FIXED = {"of": "O", "the": "t", ",": ",", "-": "-", "–": "-", "and": "&", "to": "&"}
_HALF_DAYS = frozenset({"a.m.", "p.m.", "am", "pm", "a.m", "p.m"})
_YEAR_BEFORE = frozenset("in since of by until till during from the early late mid - ( for".split())
_OPENINGS = frozenset({"ADP", "PROPN", "NOUN", "ADJ", "ADV", "SCONJ", "DET"})
_PHRASE_WORDS = 4
_VERBAL = frozenset({"VERB", "AUX"})


@cache
def _words() -> dict[str, _Word]:
    rows = read_tsv(data_path("lexicon", "time_words.tsv"), _COLUMNS)
    return {
        row["word"]: _Word(_CODES[row["kind"]], row["value"])
        for _, row in rows
        if row["kind"] in _CODES
    }


@cache
def _words_of(kind: str) -> frozenset[str]:
    rows = read_tsv(data_path("lexicon", "time_words.tsv"), _COLUMNS)
    return frozenset(row["word"] for _, row in rows if row["kind"] == kind)


def find_times(doc: Doc, *, published: date | None) -> tuple[TimeExpression, ...]:
    """Return the time expressions of ``doc`` in text order, none overlapping another.

    Args:
        published: Day from which "yesterday" counts; None leaves everything but full dates
            without an interval.
    """
    words = [_word_of(token) for token in doc]
    code = "".join(word.code for word in words)
    found = []
    for start, end, resolve in _matches(code):
        if not _is_plausible(doc, start, end, code):
            continue
        found.append(_expression(doc, words, range(start, end), resolve, published))
    return tuple(found)


def _matches(code: str) -> Iterator[tuple[int, int, "_Resolver"]]:
    """Yield the longest match at each place, the earlier rule first when two are as long."""
    position = 0
    while position < len(code):
        if code[position] in ".,-&O(":
            position += 1
            continue
        best: tuple[int, _Resolver] | None = None
        for pattern, resolve in _RULES:
            match = pattern.match(code, position)
            if match and match.end() > position and (best is None or match.end() > best[0]):
                best = match.end(), resolve
        if best is None:
            position += 1
        else:
            yield position, best[0], best[1]
            position = best[0]


def _word_of(token: Token) -> _Word:
    lower = token.lower_
    if token.like_num and lower.isdigit():
        number = int(lower)
        if _YEAR.fullmatch(lower):
            return _Word("Y", lower)
        return _Word("D" if 1 <= number <= 31 and len(lower) <= 2 else "N", lower)
    if lower in _FIXED:
        return _Word(_FIXED[lower], lower)
    if lower in _HALF_DAYS:
        return _Word("m", lower)
    for pattern, code in ((_ISO, "i"), (_CLOCK, "c"), (_ORDINAL, "B"), (_DECADE, "S")):
        match = pattern.fullmatch(lower)
        if match:
            return _Word(code, match[1] if match.groups() else lower)
    word = _words().get(lower)
    if word is None or not _is_used_as(word.code, token):
        return _Word(".", lower)
    return word


def _is_used_as(code: str, token: Token) -> bool:
    """Tell whether a word stands for time: "May" the month, not the verb or the lady."""
    if code in "MW":
        is_name = token.ent_type_ == "PERSON"
        return token.text[0].isupper() and token.pos_ not in _VERBAL and not is_name
    if code == "z":
        return token.pos_ not in _VERBAL
    if code == "U":
        return token.pos_ in {"NOUN", "PROPN", "ADV", ""}
    return True


def _is_plausible(doc: Doc, start: int, end: int, code: str) -> bool:
    """Refuse a bare number that only looks like a year ("2000 troops")."""
    if end - start > 1 or code[start] != "Y":
        return True
    before = doc[start - 1].lower_ if start else ""
    after = doc[end] if end < len(doc) else None
    if after is not None and (after.tag_ == "NNS" or after.lower_ in {"%", "percent"}):
        return False
    return before in _YEAR_BEFORE or (after is not None and after.pos_ in {"NOUN", "PROPN"})


def _expression(
    doc: Doc,
    words: Sequence[_Word],
    place: range,
    resolve: "_Resolver",
    published: date | None,
) -> TimeExpression:
    start, end = place.start, place.stop
    first = start + 1 if words[start].code == "t" and end - start > 1 else start
    text = doc[first:end].text
    anchor = f"published {published.isoformat()}" if published else "no day of publication"
    match = _Match(
        words=words[start:end],
        published=published,
        future=_is_future(doc, first, end),
        derivation=f"'{text}', {anchor}",
    )
    interval, offset = resolve(match)
    relation = _relation(words, start, match)
    if interval is not None:
        interval = _bounded(interval, relation, published, future=match.future)
    is_absolute = match.has("YiS") and not match.has("LXTd")
    span = doc[first:end]
    return TimeExpression(
        span=CharSpan(start=span.start_char, end=span.end_char),
        text=text,
        interval=interval,
        relation=relation,
        event_offset_days=offset,
        deictic=not is_absolute and offset is None,
        first_token=first,
        last_token=end - 1,
    )


def _relation(words: Sequence[_Word], start: int, match: _Match) -> str:
    """Return how the expression bounds the event, from the preposition before or in it."""
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


def _is_future(doc: Doc, start: int, end: int) -> bool:
    """Tell whether the verb above the expression looks ahead ("will meet on Monday")."""
    inside = range(start, end)
    token = next((doc[i] for i in inside if doc[i].head.i not in inside), doc[start])
    for _ in range(6):
        if token.pos_ in _VERBAL or token.tag_ in {"VB", "VBN", "VBG", "VBD", "VBZ", "VBP"}:
            return _looks_ahead(token)
        if token.head.i == token.i:
            return any(child.lower_ in {"will", "’ll", "'ll"} for child in token.children)
        token = token.head
    return False


def _looks_ahead(verb: Token) -> bool:
    children = [child.lower_ for child in verb.children]
    if any(word in {"will", "shall", "'ll", "’ll", "would"} for word in children):
        return True
    above = verb.head
    if verb.tag_ != "VB" or "to" not in children:
        return False
    if above.i == verb.i or "going" in (above.lower_, *children):
        return True
    return bool({above.lemma_.lower(), above.lower_} & _words_of("scheduler"))


# --- what each kind of expression means ------------------------------------------------------


def _iso_date(match: _Match) -> _Resolution:
    try:
        value = date.fromisoformat(match.value("i"))
    except ValueError:
        return None, None
    return calendar.day(value, f"{match.derivation}: a full date"), None


def _full_date(match: _Match) -> _Resolution:
    """Resolve day and month, with the year or with the year nearest to publication."""
    number, day_number = match.number("M"), match.number("DB")
    words = f"{match.derivation}: a full date"
    if match.has("Y"):
        year = match.number("Y")
    elif match.published is None:
        return None, None
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


def _month(match: _Match) -> _Resolution:
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


def _year(match: _Match) -> _Resolution:
    words = f"{match.derivation}: that year"
    year = match.number("Y")
    return calendar.year_interval(year, words, part=match.value("KG"), until=match.published), None


def _year_range(match: _Match) -> _Resolution:
    years = sorted(int(word.value) for word in match.words if word.code == "Y")
    words = f"{match.derivation}: from the first year to the second"
    return calendar.span(date(years[0], 1, 1), date(years[-1], 12, 31), words), None


def _decade(match: _Match) -> _Resolution:
    first_year = match.number("S")
    if first_year < 100:
        first_year += 1900
    words = f"{match.derivation}: that decade"
    return calendar.decade(first_year, words, part=match.value("KG")), None


def _season(match: _Match) -> _Resolution:
    year = match.number("Y")
    if not year:
        if match.published is None:
            return None, None
        shift = -1 if match.has("L") else 1 if match.has("X") else 0
        found = calendar.season(match.value("z"), match.published.year, match.derivation)
        if found is None:
            return None, None
        year = match.published.year
        if shift < 0 and found.latest >= match.published:
            year -= 1
        elif shift > 0 and found.earliest <= match.published:
            year += 1
    return calendar.season(match.value("z"), year, f"{match.derivation}: that season"), None


def _weekday(match: _Match) -> _Resolution:
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


def _deictic(match: _Match) -> _Resolution:
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


def _calendar_unit(match: _Match) -> _Resolution:
    """Resolve "last week", "late last year", "later this month", "the end of the month"."""
    unit = match.value("Uw")
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


def _stretch(match: _Match) -> _Resolution:
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


def _within(match: _Match) -> _Resolution:
    """Resolve "within days", which looks ahead only if the verb does."""
    if match.published is None or not match.future:
        return None, None
    unit = match.value("U")
    words = f"{match.derivation}: from publication"
    if match.has("DNa"):
        count = match.number("DNa", default=1)
        return calendar.stretch(unit, count, match.published, words), None
    return calendar.recent(unit, match.published, words, future=True), None


def _ago(match: _Match) -> _Resolution:
    if match.published is None:
        return None, None
    unit = match.value("U")
    words = f"{match.derivation}: counted back from publication"
    if match.has("v") and unit in {"hour", "day", "week"} and not match.has("DN"):
        return calendar.recent(unit, match.published, words), None
    if not match.has("DNa") or match.has("v"):
        return None, None  # "decades ago" has no bound
    count = match.number("DNa", default=1)
    return calendar.ago(unit, count, match.published, words), None


def _from_event(match: _Match) -> _Resolution:
    """Resolve what counts from another event: "two days after", "a week earlier"."""
    sign = -1 if match.has("<Eb") else 1
    unit = match.value("U")
    if unit == "hour":
        return None, 0
    is_counted = match.has("DNatbf") and not match.has("v")
    if not is_counted or unit not in _UNIT_DAYS:
        return None, None
    return None, sign * _UNIT_DAYS[unit] * match.number("DNa", default=1)


def _clock(match: _Match) -> _Resolution:
    del match
    return None, None


_Resolver = Callable[[_Match], _Resolution]
_RULES: tuple[tuple[re.Pattern[str], _Resolver], ...] = tuple(
    (re.compile(pattern), resolve)
    for pattern, resolve in (
        (r"i", _iso_date),
        (r"(?:W,?)?M[DB],?Y", _full_date),
        (r"(?:W,?)?t?[DB]O?M,?Y", _full_date),
        (r"(?:W,?)?M[DB]", _full_date),
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
        (r"t?[aDNv]v?[O]?U[<>]", _from_event),
        (r"t?[aDNv]?v?[O]?U[EZ]", _from_event),
        (r"U[<>]", _from_event),
        (r"tU[<>]", _from_event),
        (r"t[bf]U", _from_event),
        (r"cm?", _clock),
        (r"[DN]m", _clock),
    )
)
# --- which expression dates which event -------------------------------------------------------

_NOUN_LINKS = frozenset(
    {
        Role.OBLIQUE,
        Role.MODIFIER,
        Role.COMPOUND,
        Role.POSSESSOR,
        Role.ADVERB,
        Role.APPOSITION,
        Role.NAME_PART,
        Role.NUMBER,
        Role.ADJECTIVE,
        Role.OTHER,
        Role.OBJECT,
    }
)


def head_of(doc: Doc, time: TimeExpression) -> Token:
    """Return the token of the expression that hangs on something outside it."""
    inside = range(time.first_token, time.last_token + 1)
    for index in inside:
        token = doc[index]
        if token.head.i not in inside and token.pos_ not in {"ADP", "PUNCT", "DET"}:
            return token
    return doc[time.last_token]


def anchor_of(syntax: Syntax, time: TimeExpression) -> Token | None:
    """Return the event word that "a day after" or "before" counts from, or None."""
    last = syntax.doc[time.last_token]
    if last.lower_ not in {"before", "after"}:
        return None
    above = last.head
    while above.i > last.i:
        arc = syntax.governor(above)
        if arc is None or arc.role not in {Role.POSSESSOR, Role.COMPOUND, Role.NAME_PART}:
            return above
        above = arc.head
    return None


def time_of(syntax: Syntax, token: Token, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """Return the expression that dates the event named by ``token``, or None.

    First choice is an expression inside the phrase or clause of the token, then one of a clause
    that says more of its noun ("a deal signed last year"), then one of the verb that the token
    depends on; never one that belongs to another noun or to a subordinate clause, nor the time
    at which somebody spoke of a plan. Between equals the nearest in the text wins.
    """
    sentence = token.sent
    ranked = []
    for time in times:
        if not sentence.start <= time.first_token < sentence.end:
            continue
        if time.interval is None and time.event_offset_days is None:
            continue
        if time.event_offset_days is not None and _is_anchor(syntax, token, time):
            continue
        rank = _rank_beside(syntax, token, time)
        if rank is None:
            rank = _rank(syntax, token, _hanging(syntax, time))
        if rank is not None:
            ranked.append((rank, abs(time.first_token - token.i), time.first_token, time))
    return min(ranked, key=lambda item: item[:3])[3] if ranked else None


def _is_anchor(syntax: Syntax, token: Token, time: TimeExpression) -> bool:
    """Tell whether ``token`` lies in what the expression counts from."""
    anchor = anchor_of(syntax, time)
    return anchor is not None and token in syntax.subtree(anchor)


def _hanging(syntax: Syntax, time: TimeExpression) -> Token:
    """Return the token that ties the expression to the clause: "days" or "strike" in
    "two days after the strike", whichever hangs on the verb."""
    head = head_of(syntax.doc, time)
    anchor = anchor_of(syntax, time)
    return anchor if anchor is not None and head.head.i == anchor.i else head


def _rank_beside(syntax: Syntax, token: Token, time: TimeExpression) -> int | None:
    """Return a rank that the order of words gives, whatever the parse hangs where."""
    doc = syntax.doc
    before = time.first_token - 1
    if before > token.i and doc[before].pos_ == "ADP":
        before -= 1
    if before == token.i:  # "the airstrikes on Sunday"
        return 0
    after = time.last_token + 1
    if after < token.i <= after + _PHRASE_WORDS and doc[after].tag_ == "POS":
        between = doc[after + 1 : token.i]  # "Sunday's heavy airstrikes"
        if all(item.pos_ in {"ADJ", "NOUN", "PROPN", "PUNCT"} for item in between):
            return 0
    root = token.sent.root
    opening = {token.sent.start, token.sent.start + 1}
    if time.first_token in opening and doc[token.sent.start].pos_ in _OPENINGS:
        if root.i == token.i:  # "On Monday the army attacked"
            return 2
        above = list(syntax.governors(token))
        if root.i > time.last_token and _reaches_up(syntax, token, above):
            return 4 + len(above)
    return None


def _rank(syntax: Syntax, token: Token, head: Token) -> int | None:
    """Return how directly ``head`` dates ``token``, 0 the most, or None if it does not."""
    governors = list(syntax.governors(token))
    above = [arc.head.i for arc in governors]
    climbed, steps = head, 0
    for arc in syntax.governors(head):
        is_clause = syntax.is_clause(climbed) and climbed.pos_ in _VERBAL
        if steps and is_clause:
            # a participle or relative clause dates its noun: "a deal signed last year"
            follows = climbed.i == token.i + 1 and climbed.tag_ in {"VBN", "VBD"}
            return 3 if steps <= 2 and (follows or _says_more(syntax, arc, token)) else None
        if arc.role not in _NOUN_LINKS:
            return None
        climbed = arc.head
        steps += 1
        if climbed.i == token.i:
            return 0 if steps == 1 else 1
        if climbed.i in above:
            break
        if arc.role in {Role.POSSESSOR, Role.COMPOUND} and climbed.pos_ != "PROPN":
            return None  # "last week's talks" dates the talks alone
    if climbed.i not in above:
        return None
    depth = above.index(climbed.i)
    if not _reaches_up(syntax, token, governors[: depth + 1]):
        return None
    return 4 + depth + (0 if steps == 1 else 5)


def _says_more(syntax: Syntax, arc: Arc, token: Token) -> bool:
    """Tell whether a clause is about ``token``: "a deal signed last year", "the timing of the
    raid, coming two days after the vote"."""
    if arc.role not in {Role.ADNOMINAL_CLAUSE, Role.RELATIVE_CLAUSE}:
        return False
    about = [item.token for item in syntax.arcs(arc.head, Role.MODIFIER) if item.word == "of"]
    return token == arc.head or token in about


def _reaches_up(syntax: Syntax, token: Token, way: Sequence[Arc]) -> bool:
    """Tell whether a time of the clause at the end of ``way`` also holds of ``token``."""
    node = token
    for arc in way:
        role = arc.role
        if role in {Role.RELATIVE_CLAUSE, Role.ADNOMINAL_CLAUSE, Role.PARATAXIS}:
            return False
        if role is Role.COMPLEMENT and not _is_simple_past(syntax, node):
            return False
        if role is Role.ADVERBIAL_CLAUSE and node.tag_ not in {"VBG", "VBN", "VB"}:
            if arc.word not in {"as", "when", "while"}:
                return False
        if role in {Role.SUBJECT, Role.PASSIVE_SUBJECT} and _sets_in_order(syntax, arc.head):
            return False
        node = arc.head
    return True


def _is_simple_past(syntax: Syntax, verb: Token) -> bool:
    forms = set(syntax.auxiliaries(verb))
    return verb.tag_ == "VBD" or (verb.tag_ in {"VBN", "VBG"} and bool(forms & {"was", "were"}))


def _sets_in_order(syntax: Syntax, verb: Token) -> bool:
    """Tell whether a verb puts one event after another: "the attack follows a visit"."""
    if verb.lemma_.lower() not in _words_of("sequence"):
        return False
    return bool(syntax.arcs(verb, Role.OBJECT, Role.OBLIQUE))


__all__ = ["Grain", "TimeExpression", "anchor_of", "find_times", "head_of", "time_of"]
