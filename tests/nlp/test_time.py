"""Times: what an expression means on a day of publication, and which event it dates."""

from datetime import date

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.nlp.time import TimeExpression, anchor_of, find_times, time_of
from kg.nlp.tokenizer import adapt_tokenizer
from kg.syntax import Syntax
from kg.terms import Grain
from tests.nlp.parses import make_doc, word

WEDNESDAY = date(2024, 4, 24)
SUNDAY = date(2024, 4, 21)


BLANK = adapt_tokenizer(spacy.blank("en"))


@pytest.fixture(scope="module")
def blank() -> Language:
    return BLANK


def read(nlp: Language, text: str, published: date | None) -> list[TimeExpression]:
    return list(find_times(nlp(text), published=published))


# words in their sentence | words found | first day | last day, seen from Wednesday 24 April 2024
RESOLVED = """
rebels attacked on Sunday | Sunday | 2024-04-21 | 2024-04-21
rebels attacked on Wednesday | Wednesday | 2024-04-24 | 2024-04-24
rebels attacked on Thursday | Thursday | 2024-04-18 | 2024-04-18
the raid of Sunday night | Sunday night | 2024-04-21 | 2024-04-21
early on Saturday morning | Saturday morning | 2024-04-20 | 2024-04-20
last Sunday | last Sunday | 2024-04-21 | 2024-04-21
last Wednesday | last Wednesday | 2024-04-17 | 2024-04-17
next Monday | next Monday | 2024-04-29 | 2024-04-29
next Wednesday | next Wednesday | 2024-05-01 | 2024-05-01
this Monday | this Monday | 2024-04-22 | 2024-04-22
on Tuesday last week | Tuesday last week | 2024-04-16 | 2024-04-16
Tuesday of last week | Tuesday of last week | 2024-04-16 | 2024-04-16
on Friday next week | Friday next week | 2024-05-03 | 2024-05-03
yesterday | yesterday | 2024-04-23 | 2024-04-23
yesterday morning | yesterday morning | 2024-04-23 | 2024-04-23
today | today | 2024-04-24 | 2024-04-24
tonight | tonight | 2024-04-24 | 2024-04-24
tomorrow | tomorrow | 2024-04-25 | 2024-04-25
tomorrow evening | tomorrow evening | 2024-04-25 | 2024-04-25
overnight | overnight | 2024-04-23 | 2024-04-24
last night | last night | 2024-04-23 | 2024-04-23
this morning | this morning | 2024-04-24 | 2024-04-24
last week | last week | 2024-04-15 | 2024-04-21
this week | this week | 2024-04-22 | 2024-04-24
next week | next week | 2024-04-29 | 2024-05-05
last weekend | last weekend | 2024-04-20 | 2024-04-21
over the weekend | weekend | 2024-04-20 | 2024-04-21
next weekend | next weekend | 2024-04-27 | 2024-04-28
last month | last month | 2024-03-01 | 2024-03-31
late last month | late last month | 2024-03-21 | 2024-03-31
this month | this month | 2024-04-01 | 2024-04-24
earlier this month | earlier this month | 2024-04-01 | 2024-04-24
later this month | later this month | 2024-04-24 | 2024-04-30
next month | next month | 2024-05-01 | 2024-05-31
last year | last year | 2023-01-01 | 2023-12-31
late last year | late last year | 2023-09-01 | 2023-12-31
this year | this year | 2024-01-01 | 2024-04-24
earlier this year | earlier this year | 2024-01-01 | 2024-04-24
next year | next year | 2025-01-01 | 2025-12-31
back in February | February | 2024-02-01 | 2024-02-29
in April | April | 2024-04-01 | 2024-04-24
in May | May | 2023-05-01 | 2023-05-31
early March | early March | 2024-03-01 | 2024-03-10
mid-March | mid-March | 2024-03-11 | 2024-03-20
late March | late March | 2024-03-21 | 2024-03-31
last April | last April | 2023-04-01 | 2023-04-30
next May | next May | 2024-05-01 | 2024-05-31
in February 2019 | February 2019 | 2019-02-01 | 2019-02-28
in February of 2019 | February of 2019 | 2019-02-01 | 2019-02-28
the end of June 2018 | end of June 2018 | 2018-06-21 | 2018-06-30
in 2015 | 2015 | 2015-01-01 | 2015-12-31
the 2015 deal | 2015 | 2015-01-01 | 2015-12-31
early 2015 | early 2015 | 2015-01-01 | 2015-04-30
at the end of 2015 | end of 2015 | 2015-09-01 | 2015-12-31
between 2011 and 2014 | 2011 and 2014 | 2011-01-01 | 2014-12-31
from 2011 to 2014 | 2011 to 2014 | 2011-01-01 | 2014-12-31
the 1990s | 1990s | 1990-01-01 | 1999-12-31
the early 1990s | early 1990s | 1990-01-01 | 1993-12-31
July 14, 2015 | July 14, 2015 | 2015-07-14 | 2015-07-14
14 July 2015 | 14 July 2015 | 2015-07-14 | 2015-07-14
on the 14th of July 2015 | 14th of July 2015 | 2015-07-14 | 2015-07-14
Tuesday, July 14, 2015 | Tuesday, July 14, 2015 | 2015-07-14 | 2015-07-14
Sept. 11, 2001 | Sept. 11, 2001 | 2001-09-11 | 2001-09-11
2015-07-14 | 2015-07-14 | 2015-07-14 | 2015-07-14
14 July | 14 July | 2023-07-14 | 2023-07-14
on April 3 | April 3 | 2024-04-03 | 2024-04-03
on May 3rd | May 3rd | 2023-05-03 | 2023-05-03
on 21 December last year | 21 December last year | 2023-12-21 | 2023-12-21
three days ago | three days ago | 2024-04-21 | 2024-04-21
a week ago | a week ago | 2024-04-14 | 2024-04-20
two weeks ago | two weeks ago | 2024-04-07 | 2024-04-13
three months ago | three months ago | 2024-01-01 | 2024-01-31
four years ago | four years ago | 2020-01-01 | 2020-12-31
a few days ago | a few days ago | 2024-04-17 | 2024-04-24
12 hours ago | 12 hours ago | 2024-04-23 | 2024-04-24
the past month | past month | 2024-03-25 | 2024-04-24
the past three weeks | past three weeks | 2024-04-03 | 2024-04-24
the last two years | last two years | 2022-04-25 | 2024-04-24
in the last 24 hours | last 24 hours | 2024-04-23 | 2024-04-24
in recent days | recent days | 2024-04-17 | 2024-04-24
in recent weeks | recent weeks | 2024-03-27 | 2024-04-24
in the coming days | coming days | 2024-04-24 | 2024-05-01
in the coming weeks | coming weeks | 2024-04-24 | 2024-05-22
in the next three days | next three days | 2024-04-24 | 2024-04-27
in the summer of 2014 | summer of 2014 | 2014-06-01 | 2014-08-31
last summer | last summer | 2023-06-01 | 2023-08-31
since 2014 | 2014 | 2014-01-01 | 2024-04-24
since Monday | Monday | 2024-04-22 | 2024-04-24
since early March | early March | 2024-03-01 | 2024-04-24
after Monday | Monday | 2024-04-22 | 2024-04-24
"""


def rows_of(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "found", "first", "last"), rows_of(RESOLVED))
def test_resolves_against_publication(
    blank: Language, text: str, found: str, first: str, last: str
) -> None:
    times = read(blank, text, WEDNESDAY)
    assert [time.text for time in times] == [found]
    interval = times[0].interval
    assert interval is not None
    assert (interval.earliest.isoformat(), interval.latest.isoformat()) == (first, last)
    assert times[0].span.quote(text) == found
    assert found in interval.derivation


@pytest.mark.parametrize(
    ("text", "relation", "offset"),
    [
        ("a day after the visit", "after", 1),
        ("two days after the strike", "after", 2),
        ("three weeks before the vote", "before", -21),
        ("hours after the raid", "after", 0),
        ("two weeks earlier", "before", -14),
        ("four days later", "after", 4),
        ("a month later", "after", 30),
        ("the day before", "before", -1),
        ("the previous day", "during", -1),
        ("the following day", "during", 1),
        ("the next day", "during", 1),
        ("weeks after the deal", "after", None),
    ],
)
def test_counts_from_another_event(
    blank: Language, text: str, relation: str, offset: int | None
) -> None:
    (time,) = read(blank, text, WEDNESDAY)
    assert (time.relation, time.event_offset_days) == (relation, offset)
    assert time.interval is None


@pytest.mark.parametrize(
    "text",
    [
        "at 7:44 p.m. local time",
        "decades ago",
        "years ago",
        "before Monday",
        "until 2014",
        "by May",
    ],
)
def test_unbounded_or_dayless_expressions_give_no_interval(blank: Language, text: str) -> None:
    assert [time.interval for time in read(blank, text, WEDNESDAY)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "2000 troops",
        "2000 heavily armed troops",
        "The rebels may attack",
        "They march on the capital",
        "a one-off strike",
        "The 14 soldiers fled",
        "at the end of the road",
        "Resolution 1701",
        "the fallen of the war",
    ],
)
def test_finds_nothing_where_no_time_is_named(blank: Language, text: str) -> None:
    assert read(blank, text, WEDNESDAY) == []


@pytest.mark.parametrize("text", ["on Sunday", "last week", "three days ago", "in May", "14 July"])
def test_without_a_day_of_publication_nothing_relative_is_dated(blank: Language, text: str) -> None:
    assert [time.interval for time in read(blank, text, None)] == [None]


@pytest.mark.parametrize("text", ["July 14, 2015", "2015-07-14", "in February 2019", "in 2015"])
def test_full_dates_need_no_day_of_publication(blank: Language, text: str) -> None:
    (time,) = read(blank, text, None)
    assert time.interval is not None
    assert not time.deictic


def test_a_sunday_paper_means_by_last_week_the_week_that_ends_the_day_before(
    blank: Language,
) -> None:
    (time,) = read(blank, "last week", SUNDAY)
    assert time.interval is not None
    assert time.interval.latest == date(2024, 4, 20)


def test_sunday_in_a_sunday_paper_is_that_day_but_last_sunday_is_not(blank: Language) -> None:
    today, before = read(blank, "on Sunday; last Sunday", SUNDAY)
    assert today.interval is not None
    assert before.interval is not None
    assert today.interval.earliest == SUNDAY
    assert before.interval.earliest == date(2024, 4, 14)


def test_an_impossible_date_gives_no_interval(blank: Language) -> None:
    assert [time.interval for time in read(blank, "February 31, 2019", WEDNESDAY)] == [None]


def test_a_day_outside_the_calendar_gives_no_interval(blank: Language) -> None:
    assert [time.interval for time in read(blank, "3000000 days ago", WEDNESDAY)] == [None]


WORDS = "last next this the a few three 14 2015 May March Sunday week days years ago since of ,"


@given(
    st.lists(st.sampled_from([*WORDS.split(), "after", "late", "mid-June", "night", "900000"])),
    st.dates(),
)
def test_any_words_of_time_are_read_without_error_and_in_order(
    words: list[str], published: date
) -> None:
    text = " ".join(words)
    times = find_times(BLANK(text), published=published)
    assert [time.span.quote(text) for time in times] == [time.text for time in times]
    assert list(times) == sorted(times, key=lambda time: time.span)
    for time in times:
        if time.interval is not None:
            assert time.interval.earliest <= time.interval.latest


def test_grain_follows_the_words(blank: Language) -> None:
    grains = [
        time.interval.grain if time.interval else None
        for time in read(
            blank, "on Sunday, last week, last month, last year, in recent days", SUNDAY
        )
    ]
    assert grains == [Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.YEAR, Grain.SPAN]


# --- with a parse -----------------------------------------------------------------------------


def dated(doc: Doc, event: str, published: date = WEDNESDAY) -> str | None:
    times = find_times(doc, published=published)
    time = time_of(Syntax(doc), word(doc, event), times)
    return None if time is None else time.text


WILL_MEET = """
They they PRP PRON 2 nsubj
will will MD AUX 2 aux
meet meet VB VERB 2 ROOT
on on IN ADP 4 case
Sunday sunday NNP PROPN 2 obl
"""


def test_a_weekday_after_will_lies_ahead() -> None:
    (time,) = find_times(make_doc(WILL_MEET), published=WEDNESDAY)
    assert time.interval is not None
    assert time.interval.earliest == date(2024, 4, 28)


PLANS_TO = """
They they PRP PRON 1 nsubj
plan plan VBP VERB 1 ROOT
to to TO PART 3 mark
withdraw withdraw VB VERB 1 xcomp
within within IN ADP 6 case
three three CD NUM 6 nummod
weeks week NNS NOUN 3 obl
"""


def test_within_lies_ahead_of_a_plan() -> None:
    (time,) = find_times(make_doc(PLANS_TO), published=WEDNESDAY)
    assert time.interval is not None
    assert time.interval.latest == date(2024, 5, 15)


TWO_TIMES = """
Militias militias NNS NOUN 1 nsubj
attacked attack VBD VERB 1 ROOT
troops troops NNS NOUN 1 obj
on on IN ADP 4 case
Monday monday NNP PROPN 1 obl
after after IN ADP 6 case
airstrikes airstrikes NNS NOUN 1 obl
on on IN ADP 8 case
Sunday sunday NNP PROPN 6 nmod
"""


def test_each_of_two_events_has_its_own_time() -> None:
    doc = make_doc(TWO_TIMES)
    assert dated(doc, "attacked") == "Monday"
    assert dated(doc, "airstrikes") == "Sunday"


SAID_ON = """
He he PRP PRON 1 nsubj
said say VBD VERB 1 ROOT
on on IN ADP 3 case
Sunday sunday NNP PROPN 1 obl
that that IN SCONJ 7 mark
they they PRP PRON 7 nsubj
would would MD AUX 7 aux
attack attack VB VERB 1 ccomp
"""


def test_the_time_of_speaking_is_not_the_time_of_a_plan() -> None:
    doc = make_doc(SAID_ON)
    assert dated(doc, "said") == "Sunday"
    assert dated(doc, "attack") is None


POSSESSIVE = """
They they PRP PRON 1 nsubj
discussed discussed VBD VERB 1 ROOT
Sunday sunday NNP PROPN 4 nmod:poss
's 's POS PART 2 case
strikes strike NNS NOUN 1 obj
"""


def test_a_possessive_time_dates_its_noun_alone() -> None:
    doc = make_doc(POSSESSIVE)
    assert dated(doc, "strikes") == "Sunday"
    assert dated(doc, "discussed") is None


RELATIVE = """
The the DT DET 1 det
deal deal NN NOUN 5 nsubj
signed signed VBN VERB 1 acl
last last JJ ADJ 4 amod
year year NN NOUN 2 obl
collapsed collapsed VBD VERB 5 ROOT
"""


def test_a_participle_dates_its_noun_but_not_the_main_clause() -> None:
    doc = make_doc(RELATIVE)
    assert dated(doc, "deal") == "last year"
    assert dated(doc, "collapsed") is None


FOLLOWS = """
The the DT DET 1 det
raid raid NN NOUN 2 nsubj
follows follow VBZ VERB 2 ROOT
a a DT DET 4 det
strike strike NN NOUN 2 obj
on on IN ADP 6 case
Saturday saturday NNP PROPN 2 obl
"""


def test_what_follows_an_event_does_not_share_its_time() -> None:
    doc = make_doc(FOLLOWS)
    assert dated(doc, "raid") is None
    assert dated(doc, "strike") == "Saturday"


DAY_AFTER = """
Rockets rockets NNS NOUN 1 nsubj
fell fell VBD VERB 1 ROOT
two two CD NUM 3 nummod
days day NNS NOUN 6 nmod
after after IN ADP 6 case
the the DT DET 6 det
strike strike NN NOUN 1 obl
"""


def test_an_offset_dates_the_later_event_and_names_its_anchor() -> None:
    doc = make_doc(DAY_AFTER)
    syntax = Syntax(doc)
    (time,) = find_times(doc, published=WEDNESDAY)
    assert time.event_offset_days == 2
    anchor = anchor_of(syntax, time)
    assert isinstance(anchor, Token)
    assert anchor.text == "strike"
    assert dated(doc, "fell") == "two days after"
    assert dated(doc, "strike") is None


CLEAR_PARSE = """
Rebels rebels NNS NOUN 2 nsubjpass
were were VBD AUX 2 auxpass
killed killed VBN VERB 2 ROOT
by by IN ADP 2 agent
troops troops NNS NOUN 3 pobj
on on IN ADP 2 prep
Monday monday NNP PROPN 5 pobj
"""


def test_reads_the_other_label_scheme() -> None:
    assert dated(make_doc(CLEAR_PARSE), "killed") == "Monday"
