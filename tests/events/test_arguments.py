"""Who did it to whom, in constructions that do not name both beside the trigger."""

import pytest

from kg.extract import load_extractor
from kg.records import Article

pytestmark = pytest.mark.model

CASES = [
    ("Police imposed a curfew in Kidal on Monday.", "curfew", ["Police"], ["Kidal"]),
    ("The villages are shrinking under airstrikes.", "airstrikes", [], ["villages"]),
    ("Syria began a series of attacks on the rebels.", "attacks", ["Syria"], ["rebels"]),
    (
        "Rebels and soldiers are guilty of killing farmers.",
        "killing",
        ["Rebels", "soldiers"],
        ["farmers"],
    ),
    # in company, or left out
    ("Togo, along with Benin, shelled Kidal.", "shelled", ["Togo", "Benin"], ["Kidal"]),
    ("Togo, but not Benin, bombed the town.", "bombed", ["Togo"], ["town"]),
    ("Togo and its ally Benin shelled Kidal.", "shelled", ["Togo", "Benin"], ["Kidal"]),
    ("The priest's killing by the army was condemned.", "killing", ["army"], ["priest"]),
    # in a clause below
    ("The raid the rebels launched on Kidal failed.", "raid", ["rebels"], ["Kidal"]),
    ("The raid that the rebels hoped to launch failed.", "raid", ["rebels"], []),
    # charges, and denials of a part
    ("Togo accused the rebels of a raid.", "raid", ["rebels"], []),
    ("The rebels were charged with a raid.", "raid", ["rebels"], []),
    ("Togo blamed the raid on the rebels.", "raid", ["rebels"], []),
    ("The rebels are to blame for the raid.", "raid", ["rebels"], []),
    ("The rebels are to blame for the raid.", "blame", [], ["rebels"]),
    ("The rebels denied responsibility for the raid.", "raid", [], []),
    ("The rebels denied that they had a hand in the raid.", "raid", [], []),
    # who is called upon is to act
    ("Togo called on the rebels to free the hostages.", "free", ["rebels"], ["hostages"]),
    (
        "Togo pleaded with the rebels on Monday to free the hostages.",
        "free",
        ["rebels"],
        ["hostages"],
    ),
    ("Togo called on Monday to free the hostages.", "free", ["Togo"], ["hostages"]),
    ("Togo put pressure on the rebels to free the hostages.", "free", ["rebels"], ["hostages"]),
    # whose is what stands behind two nouns
    ("The raids and attacks by Chad on Mali failed.", "raids", ["Chad"], ["Mali"]),
    ("Togo voiced concern over the raid by Chad.", "concern", ["Togo"], ["Chad"]),
    (
        "Police fired at farmers demanding the release of a priest.",
        "demanding",
        ["farmers"],
        ["priest"],
    ),
    # who leaves a place or goes there does nothing to it, unless against it
    ("France will withdraw its troops from Mali.", "withdraw", ["France", "troops"], []),
    ("Turkey sent tanks into Syria.", "sent", ["Turkey"], []),
    ("Turkey sent tanks against Syria.", "sent", ["Turkey"], ["Syria"]),
    ("The rebels freed ten Chadian soldiers.", "freed", ["rebels"], ["Chadian soldiers"]),
    ("Turkey formed a border force.", "formed", ["Turkey"], ["border force"]),
    ("The mayor was killed along with two guards.", "killed", [], ["mayor", "guards"]),
    ("Iran returned to compliance with the Geneva agreement.", "compliance", ["Iran"], []),
    ("Chad gave the rebels a warning.", "warning", ["Chad"], ["rebels"]),
    ("Germany called for Chad to withdraw its troops.", "called", ["Germany"], ["Chad"]),
    ("The calls for Chad to withdraw its troops grew.", "withdraw", ["Chad", "troops"], []),
    ("Mali asked for Chad to be punished.", "punished", [], ["Chad"]),
    ("The UN called for Chad to free the editors.", "free", ["Chad"], ["editors"]),
    ("Protesters called for the king to resign.", "resign", ["king"], []),
    ("The airstrikes targeted two depots at sites in Syria.", "airstrikes", [], ["depots"]),
    ("The rebels surrendered to Syria.", "surrendered", ["rebels"], ["Syria"]),
    (
        "Troops landed in Bangui at the invitation of the king.",
        "invitation",
        ["king"],
        [],
    ),
    ("Ansar claimed responsibility for the attack on Gao.", "attack", ["Ansar"], ["Gao"]),
    ("Ansar denied responsibility for the attack on Gao.", "attack", [], ["Gao"]),
    # of those named as examples, names count, and what merely has no name does not
    (
        "The army shelled militias, including Ansar, in Gao.",
        "shelled",
        ["army"],
        ["militias", "Ansar"],
    ),
    ("The army shelled villagers, including nurses, in Gao.", "shelled", ["army"], ["villagers"]),
    (
        "The nurses Ann Lee and Ben Lind were killed in Gao.",
        "killed",
        [],
        ["Ann Lee", "Ben Lind"],
    ),
    ("A group of Syrian diplomats met the envoy.", "met", ["Syrian diplomats"], ["envoy"]),
    ("Several members of Parliament criticised the army.", "criticised", ["Parliament"], ["army"]),
    ("The army attacked Syria's ally, Iran, on Monday.", "attacked", ["army"], ["Iran"]),
    ("The minister drew fierce condemnation from Kenya.", "condemnation", ["Kenya"], ["minister"]),
    ("Togo, whose 2011 invasion of Benin failed, sent envoys.", "invasion", ["Togo"], ["Benin"]),
    (
        "Senegal sent soldiers, including medics, to Bissau on a peacekeeping mission.",
        "sent",
        ["Senegal"],
        ["Bissau"],
    ),
    ("Oslo said that a truce with Chad was out of the question.", "question", ["Norway"], []),
    ("Imam Qasim Dawari condemned the police.", "condemned", ["Qasim Dawari"], ["police"]),
    ("The army protected the villagers from attacks by Chad.", "attacks", ["Chad"], ["villagers"]),
    ("Chad began a campaign to oust Ansar.", "campaign", ["Chad"], ["Ansar"]),
    ("Niger took the town with the aid of Chad.", "aid", ["Chad"], []),
    ("Niger marched in support of Chad.", "support", [], ["Chad"]),
    ("Kenya is under pressure from Uganda.", "pressure", ["Uganda"], []),
    ("Ghana was the target of an attack by Ansar.", "attack", ["Ansar"], ["Ghana"]),
    ("The use of gas by the army was wrong.", "use", ["army"], []),
    ("Police used tear gas against students.", "used", ["Police"], ["students"]),
    (
        "Turkey launched Operation Peace Spring against Syria on Friday.",
        "Operation Peace Spring",
        ["Turkey"],
        ["Syria"],
    ),
    (
        "The Kidal Workers’ party (KWP), a militant group that has fought the army, attacked Togo.",
        "fought",
        ["KWP"],
        ["army"],
    ),
]


def test_the_name_of_an_operation_names_no_party() -> None:
    text = "Operation Desert Storm killed hundreds of soldiers."
    found = load_extractor(rules_only=True).extract(Article(doc_id="a", text=text))
    assert next(event.trigger.quote(text) for event in found.events) == "Operation Desert Storm"
    assert {entity.name for entity in found.entities} == {"soldiers"}


def test_who_speaks_for_an_operation_tells_no_attack() -> None:
    text = "The spokesman for Operation Desert Storm met the king."
    found = load_extractor(rules_only=True).extract(Article(doc_id="a", text=text))
    assert [event.trigger.quote(text) for event in found.events] == ["met"]


@pytest.mark.parametrize(("text", "word", "actors", "recipients"), CASES)
def test_who_did_it_to_whom(text: str, word: str, actors: list[str], recipients: list[str]) -> None:
    extractor = load_extractor(rules_only=True)
    draft = extractor.draft(Article(doc_id="a", text=text), extractor.nlp(text))
    cast = draft.scene.cast
    (event,) = [item.event for item in draft.tellings if item.event.trigger.quote(text) == word]
    assert [cast.name_of(name) for name in event.actors] == actors
    assert [cast.name_of(name) for name in event.recipients] == recipients
