"""Whether an event is told as fact, plan, possibility or denial: twins of every construction."""

from datetime import date

import pytest

from kg.nlp.cues import Judgement, judge
from kg.nlp.pipeline import load_pipeline
from kg.nlp.quotations import quoted_speakers
from kg.records import DateInterval
from kg.syntax import Syntax
from kg.terms import Certainty, EventType, Grain, Polarity, Status
from tests.nlp.parses import make_doc, word

# sentence with the event in brackets | status
STATUS = """
The army [attacked] the town. | actual
The town was [attacked] by the army. | actual
The [attack] on the town killed three men. | actual
The army launched an [attack] on the town. | actual
The army has [attacked] the town. | actual
The minister condemned the [attack] on the town. | actual
The minister will condemn the [attack] on the town. | actual
The ministry said that the army [attacked] the town. | actual
The ministry confirmed that the army [attacked] the town. | actual
The rebels managed to [capture] the town. | actual
The rebels began to [shell] the town. | actual
The rebels continued [shelling] the town. | actual
The army forced the rebels to [leave] the town. | actual
The state was the first to [recognise] the new government. | actual
Why did the army [attack] the town? | actual
The army [attacked] the town, killing three men. | actual
The army will [attack] the town. | future
The town will be [attacked] by the army. | future
The army will launch an [attack] on the town. | future
Many will flee when the army [attacks] the town. | future
The minister was due to [meet] the envoy. | future
The envoy is to hold two sessions of [talks] in Geneva. | future
[Talks] are set to resume in Geneva. | future
[Talks] are to be held in Geneva. | future
A new round of [talks] is due to be held in Geneva. | future
The [talks] seemed to fail. | actual
The army is going to [attack] the town. | future
The two presidents are to [meet] in Geneva. | future
The army vowed to [attack] the town. | future
The army plans to [attack] the town. | future
The two presidents agreed to [meet] in Geneva. | future
The two presidents are expected to [meet] in Geneva. | future
The ministry said that the army would [attack] the town. | future
The ministers discussed the planned [visit] of the king. | future
The president announced a plan to [withdraw] the troops. | future
The decision to [withdraw] the troops surprised many. | actual
The men were reported by witnesses to have [left] the town. | actual
A plan by the king to [withdraw] the troops failed. | future
The army may [attack] the town. | hypothetical
The town might be [attacked] by the army. | hypothetical
The army could launch an [attack] on the town. | hypothetical
If the army [attacks] the town, many will flee. | hypothetical
If they sign the treaty, the army will [withdraw] from the town. | hypothetical
Unless the army [withdraws], the talks will end. | hypothetical
Had the army [attacked] the town, many would have fled. | hypothetical
The talks would have failed had the army [attacked] the town. | hypothetical
It is dangerous to [attack] the town. | hypothetical
The aim is the [defeat] of the rebels. | hypothetical
The plan was an [attack] on the law. | actual
The army was able to [capture] the town. | actual
The army is to [blame] for the raid. | actual
The army was not able to [capture] the town. | negated
The army would be able to [capture] the town. | hypothetical
It is unclear whether the rockets [hit] the base. | hypothetical
The envoy called for [talks] between the two sides. | hypothetical
The envoy urged the army to [release] the prisoners. | hypothetical
The general ordered the soldiers to [attack] the town. | hypothetical
The general asked for permission to [attack] the town. | hypothetical
The rebels want to [capture] the town. | hypothetical
The rebels tried to [capture] the town. | hypothetical
The soldiers crossed the river to [attack] the town. | hypothetical
The villagers fear an [attack] by the army. | hypothetical
The villagers fear a repeat of [airstrikes] and shelling. | hypothetical
The quarrel could lead to a return to [war]. | hypothetical
The party may issue a statement [rejecting] the plan. | hypothetical
The party issued a statement [rejecting] the plan. | actual
The army will support factions [fighting] in the north. | actual
The general vowed to strike until the king [resigned]. | hypothetical
The king would talk as soon as the army [left] the town. | hypothetical
The king left the town as soon as the army [left] the valley. | actual
The army would leave once the [war] had ended. | actual
Anyone who [attacks] the town will be shot. | hypothetical
The men were not tried but [shot]. | actual
The troops stayed, not only to [fight] the rebels but to train police. | hypothetical
Fears are growing that the army [attacked] the town. | hypothetical
Chad denied reports of an [attack] on the town. | negated
The [attack] is not expected to delay the talks. | actual
The king wants the port [closed]. | hypothetical
The rebels denied having [attacked] the town. | negated
The threat of an [attack] drove many from the town. | hypothetical
The villagers prepared for a possible [attack]. | hypothetical
The minister warned that any [attack] would be answered. | hypothetical
The rebels are able to [attack] the town. | hypothetical
Will the army [attack] the town? | hypothetical
The talks aimed at [ending] the war failed. | hypothetical
The villagers fear that the army will not [leave] the town. | hypothetical
If they do not [leave] the town, many will die. | hypothetical
The envoy worked to prevent [attacks] on the town. | hypothetical
The army did not [attack] the town. | negated
The town was not [attacked] by the army. | negated
The army never [attacked] the town. | negated
The army will not [attack] the town. | negated
The army has no plans to [attack] the town. | negated
The army did not launch an [attack] on the town. | negated
The army denied that it [attacked] the town. | negated
The army refused to [leave] the town. | negated
The rebels failed to [capture] the town. | negated
The army left without [attacking] the town. | negated
There was no [attack] on the town. | negated
The mediators averted an [attack] on the town. | negated
The soldiers prevented the rebels from [attacking] the town. | negated
No one was [hurt] in the raid. | negated
No soldiers were [killed] in the raid. | negated
Nobody [attacked] the town. | negated
The army no longer [attacks] the town. | negated
The army vowed not to [attack] the town. | negated
The rebels could not [capture] the town. | negated
"""


def rows_of(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def judge_text(sentence: str) -> Judgement:
    start, end = sentence.index("["), sentence.index("]") - 1
    doc = load_pipeline()(sentence.replace("[", "").replace("]", ""))
    token = [item for item in doc if start <= item.idx < end][-1]
    return judge(Syntax(doc), token)


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "status"), rows_of(STATUS))
def test_status(sentence: str, status: str) -> None:
    assert judge_text(sentence).status.value == status


CERTAINTY = """
The rockets were [launched] by the militia. | certain
The rockets were likely [launched] by the militia. | probable
The militia reportedly [attacked] the base. | probable
The rockets are believed to have been [launched] by the militia. | probable
The findings suggest that the truck was [destroyed] by rebels. | probable
The court examined an alleged [attack] on the village. | probable
The army may [attack] the town. | possible
It is unclear whether the rockets [hit] the base. | possible
The threat of an [attack] drove many from the town. | possible
"""


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "certainty"), rows_of(CERTAINTY))
def test_certainty(sentence: str, certainty: str) -> None:
    assert judge_text(sentence).certainty.value == certainty


@pytest.mark.model
def test_likely_launched_is_reported_as_fact_but_not_for_certain() -> None:
    judgement = judge_text("The rockets were likely [launched] by the militia.")
    assert judgement.status is Status.ACTUAL
    assert judgement.certainty is Certainty.PROBABLE


# --- parses by hand, in both label schemes -----------------------------------------------------

DENIED_UD = """
The the DT DET 1 det
army army NN NOUN 4 nsubj
did do VBD AUX 4 aux
not not RB PART 4 advmod
attack attack VB VERB 4 ROOT
"""
DENIED_CLEAR = """
The the DT DET 1 det
army army NN NOUN 4 nsubj
did do VBD AUX 4 aux
not not RB PART 4 neg
attack attack VB VERB 4 ROOT
towns town NNS NOUN 4 dobj
"""
THREATENED_UD = """
They they PRP PRON 1 nsubj
threatened threaten VBD VERB 1 ROOT
to to TO PART 3 mark
attack attack VB VERB 1 xcomp
"""
THREATENED_CLEAR = """
They they PRP PRON 1 nsubj
threatened threaten VBD VERB 1 ROOT
to to TO PART 3 aux
attack attack VB VERB 1 xcomp
towns town NNS NOUN 3 dobj
"""
THREAT_OF_UD = """
The the DT DET 1 det
threat threat NN NOUN 4 nsubj
of of IN ADP 3 case
attack attack NN NOUN 1 nmod
grew grow VBD VERB 4 ROOT
"""
THREAT_OF_CLEAR = """
The the DT DET 1 det
threat threat NN NOUN 4 nsubj
of of IN ADP 1 prep
attack attack NN NOUN 2 pobj
grew grow VBD VERB 4 ROOT
"""
NO_ONE_HURT = """
No no DT DET 1 det
troops troop NNS NOUN 3 nsubj:pass
were be VBD AUX 3 aux:pass
injured injure VBN VERB 3 ROOT
"""


@pytest.mark.parametrize(
    ("rows", "event", "status"),
    [
        (DENIED_UD, "attack", Status.NEGATED),
        (DENIED_CLEAR, "attack", Status.NEGATED),
        (THREATENED_UD, "attack", Status.HYPOTHETICAL),
        (THREATENED_CLEAR, "attack", Status.HYPOTHETICAL),
        (THREATENED_UD, "threatened", Status.ACTUAL),
        (THREAT_OF_UD, "attack", Status.HYPOTHETICAL),
        (THREAT_OF_CLEAR, "attack", Status.HYPOTHETICAL),
        (NO_ONE_HURT, "injured", Status.NEGATED),
    ],
)
def test_status_in_either_label_scheme(rows: str, event: str, status: Status) -> None:
    doc = make_doc(rows)
    assert judge(Syntax(doc), word(doc, event)).status is status


def test_cues_are_named_and_placed() -> None:
    doc = make_doc(THREATENED_UD)
    ((cue, span),) = judge(Syntax(doc), word(doc, "attack")).cues
    assert cue == "cue.threaten"
    assert span.quote(doc.text) == "threatened"


ATTACKED = """
They they PRP PRON 1 nsubj
attacked attack VBD VERB 1 ROOT
"""


def days(earliest: date, latest: date) -> DateInterval:
    return DateInterval(earliest=earliest, latest=latest, grain=Grain.DAY, derivation="")


@pytest.mark.parametrize(
    ("earliest", "latest", "status"),
    [
        (date(2024, 4, 20), date(2024, 4, 20), Status.ACTUAL),
        (date(2024, 4, 24), date(2024, 5, 1), Status.FUTURE),
        (date(2014, 1, 1), date(2014, 12, 31), Status.HISTORICAL),
        (date(2014, 1, 1), date(2024, 4, 24), Status.ACTUAL),
    ],
)
def test_the_day_of_an_event_tells_plan_and_history(
    earliest: date, latest: date, status: Status
) -> None:
    doc = make_doc(ATTACKED)
    interval = days(earliest, latest)
    token = word(doc, "attacked")
    judgement = judge(Syntax(doc), token, interval=interval, published=date(2024, 4, 24))
    assert judgement.status is status
    assert judgement.polarity is Polarity.POSITIVE


@pytest.mark.parametrize(
    ("earliest", "latest", "status"),
    [
        (date(2014, 1, 1), date(2014, 12, 31), Status.HISTORICAL),
        (date(1990, 1, 1), date(1999, 12, 31), Status.HISTORICAL),
        (date(2014, 3, 1), date(2014, 3, 31), Status.ACTUAL),
        (date(2014, 3, 9), date(2014, 3, 9), Status.ACTUAL),
    ],
)
def test_in_an_undated_article_a_year_alone_is_history(
    earliest: date, latest: date, status: Status
) -> None:
    doc = make_doc(ATTACKED)
    judgement = judge(Syntax(doc), word(doc, "attacked"), interval=days(earliest, latest))
    assert judgement.status is status


def test_a_denied_event_of_long_ago_stays_denied() -> None:
    doc = make_doc(DENIED_UD)
    interval = days(date(2014, 1, 1), date(2014, 12, 31))
    token = word(doc, "attack")
    judgement = judge(Syntax(doc), token, interval=interval, published=date(2024, 4, 24))
    assert (judgement.status, judgement.polarity) == (Status.NEGATED, Polarity.NEGATIVE)


@pytest.mark.model
@pytest.mark.parametrize(
    ("event_type", "status"),
    [(EventType.REQUEST, Status.ACTUAL), (EventType.AID, Status.HYPOTHETICAL)],
)
def test_what_people_go_to_say_is_said(event_type: EventType, status: Status) -> None:
    doc = load_pipeline()("Workers marched to the palace to demand bread.")
    assert judge(Syntax(doc), word(doc, "demand"), event_type=event_type).status is status


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The king said a retreat would free the town.", Status.FUTURE),
        ("“A retreat would free the town,” the king said.", Status.HYPOTHETICAL),
        ("The king said the army would “free the town from all evil”.", Status.FUTURE),
    ],
)
def test_would_is_no_plan_in_quoted_words(text: str, status: Status) -> None:
    doc = load_pipeline()(text)
    syntax = Syntax(doc)
    quotes = quoted_speakers(doc, syntax)
    assert judge(syntax, word(doc, "free"), quotes=quotes).status is status
