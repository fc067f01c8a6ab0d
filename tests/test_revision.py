"""What is decided on the reader's opinion: each decision by itself, with opinions made up."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from kg.draft import Draft
from kg.errors import ResourceError
from kg.events.tellings import UNREAL
from kg.extract import load_extractor
from kg.limits import Limit, Limits, Odds, PlaceLimit, load_limits
from kg.reading import ROLES, ProposalView, Reader, Reading
from kg.reading.features import TYPES
from kg.reading.reader import DEFAULT_READER, Array, WordVectors
from kg.records import Article, Extraction
from kg.resources import data_path
from kg.revision import Opinion, look_through, settle
from kg.terms import EventType, Polarity, RelationType, Status

pytestmark = pytest.mark.model

TEXT = "Rebels shelled the army near Kidal. On Sunday soldiers from Mali answered the attack."
HALF = Limit(keep=0.2, add=0.6)
LIMITS = Limits(
    event=HALF,
    doubtful={EventType.REQUEST: 0.9},
    bare=0.6,
    status=0.7,
    spared=frozenset(),
    actors=HALF,
    recipients=HALF,
    places=PlaceLimit(keep=0.2, own=0.3, loose=0.6, other=0.9),
    attribution=HALF,
    same=HALF,
    odds=Odds(number=-2.0, actors=0.0, places=0.0, toll=0.0, span=0.0, weapon=0.0),
    related=dict.fromkeys(RelationType, 0.6),
)


@pytest.fixture(scope="module")
def draft() -> Draft:
    extractor = load_extractor(rules_only=True)
    article = Article(doc_id="a", text=TEXT, published=date(2013, 2, 11))
    found = extractor.draft(article, extractor.nlp(TEXT))
    assert [item.event.trigger.quote(TEXT) for item in found.tellings][:2] == ["shelled", "attack"]
    return replace(found, tellings=found.tellings[:2], relations=())


def sure(draft: Draft) -> Reading:
    """Return the opinion of a reader who finds the draft right and adds nothing."""
    events = [item.event for item in draft.tellings]
    return Reading(
        types={
            event.id: dict.fromkeys((None, *EventType), 0.0) | {event.type: 1.0} for event in events
        },
        statuses={event.id: dict.fromkeys(Status, 0.0) | {event.status: 1.0} for event in events},
        roles={
            event.id: {role: dict.fromkeys(getattr(event, role), 1.0) for role in ROLES}
            for event in events
        },
        relations=(),
        same={},
    )


def settled(draft: Draft, reading: Reading, limits: Limits = LIMITS) -> Draft:
    return settle(draft, Opinion(tellings=draft.tellings, reading=reading), limits)


def names(draft: Draft, ids: tuple[str, ...]) -> list[str]:
    return [draft.scene.cast.name_of(name) for name in ids]


def test_whom_the_reader_agrees_with_is_left_alone(draft: Draft) -> None:
    found = settled(draft, sure(draft))
    assert [item.event for item in found.tellings] == [item.event for item in draft.tellings]
    assert found.remarks == ()


def test_what_names_no_event_is_dropped_with_a_remark(draft: Draft) -> None:
    reading = sure(draft)
    no_event: dict[EventType | None, float] = {**dict.fromkeys(EventType, 0.01), None: 0.9}
    reading = replace(reading, types={**reading.types, "V1": no_event})
    found = settled(draft, reading)
    assert [item.event.trigger.quote(TEXT) for item in found.tellings] == ["attack"]
    assert [item.event.id for item in found.tellings] == ["V1"]
    assert found.remarks[0].text == "reader: no event (0.90), ASSAULT dropped"


def test_what_names_no_event_stays_where_the_rule_is_spared(draft: Draft) -> None:
    reading = sure(draft)
    no_event: dict[EventType | None, float] = {**dict.fromkeys(EventType, 0.01), None: 0.9}
    reading = replace(reading, types={**reading.types, "V1": no_event})
    limits = replace(LIMITS, spared=frozenset({draft.tellings[0].event.rule}))
    found = settled(draft, reading, limits)
    assert [item.event.trigger.quote(TEXT) for item in found.tellings] == ["shelled", "attack"]


@pytest.mark.parametrize(("bare", "count"), [(0.6, 1), (0.95, 0)])
def test_what_the_reader_adds_without_parties_must_be_likelier(
    draft: Draft, bare: float, count: int
) -> None:
    first = draft.tellings[0]
    event = replace(first.event, rule="reader.assault", actors=(), recipients=())
    alone = replace(draft, tellings=(replace(first, event=event),))
    reading = sure(alone)
    types = {**reading.types["V1"], EventType.ASSAULT: 0.8}
    reading = replace(reading, types={"V1": types})
    found = settled(alone, reading, replace(LIMITS, bare=bare))
    assert len(found.tellings) == count


@pytest.mark.parametrize(("kind", "count"), [(EventType.ASSAULT, 1), (EventType.REQUEST, 0)])
def test_what_the_reader_adds_of_a_doubtful_type_must_be_likelier(
    draft: Draft, kind: EventType, count: int
) -> None:
    first = draft.tellings[0]
    event = replace(first.event, type=kind, rule=f"reader.{kind.lower()}")
    alone = replace(draft, tellings=(replace(first, event=event),))
    reading = sure(alone)
    reading = replace(reading, types={"V1": {**reading.types["V1"], kind: 0.8}})
    assert len(settled(alone, reading).tellings) == count


def test_a_verb_that_only_carries_an_event_noun_is_passed_over() -> None:
    extractor = load_extractor(rules_only=True)
    text = "Rebels launched an attack on the barracks."
    found = extractor.draft(Article(doc_id="a", text=text), extractor.nlp(text))
    assert [item.event.trigger.quote(text) for item in found.tellings] == ["attack"]
    assert {item.text for item in found.scene.syntax.doc if item.i in found.scene.skip} == {
        "launched"
    }


def test_the_reader_adds_no_word_that_never_names_an_event() -> None:
    text = "The junta is a security threat. The union got a threat."
    threats = [match.start() for match in re.finditer("threat", text)]

    class Alarmed(Reader):
        def word_types(self, words: WordVectors, proposals: Sequence[ProposalView]) -> Array:
            types = super().word_types(words, proposals)
            types[:] = 0
            types[np.isin(words.edges[:, 0], threats), TYPES.index(EventType.THREATEN)] = 1
            return types

    extractor = load_extractor(rules_only=True)
    found = extractor.draft(Article(doc_id="a", text=text), extractor.nlp(text))
    opinion = look_through(found, Alarmed(data_path("models", DEFAULT_READER)), least=0.5)
    assert [item.event.trigger.start for item in opinion.tellings] == threats[1:]


def test_the_type_that_a_rule_gives_stays(draft: Draft) -> None:
    reading = sure(draft)
    types: dict[EventType | None, float] = dict.fromkeys((None, *EventType), 0.0)
    types[EventType.COERCE] = 0.99
    reading = replace(reading, types={**reading.types, "V1": types})
    assert settled(draft, reading).tellings[0].event.type is EventType.ASSAULT


@pytest.mark.parametrize(("far", "found"), [(0.0, ["army", "Mali"]), (0.9, ["Mali"])])
def test_whom_the_sentence_does_not_name_must_be_likelier(
    draft: Draft, far: float, found: list[str]
) -> None:
    cast = draft.scene.cast
    known = {cast.name_of(name): name for _, name in cast.participants() if name is not None}
    scores = {known["army"]: 0.8, known["Mali"]: 0.8}
    reading = sure(draft)
    first, second = draft.tellings
    told = replace(second, event=replace(second.event, recipients=()))
    of_event = {role: scores if role == "recipients" else {} for role in ROLES}
    roles = {**reading.roles, told.event.id: of_event}
    limits = replace(LIMITS, recipients=replace(HALF, far=far))
    done = settled(
        replace(draft, tellings=(first, told)), replace(reading, roles=roles), limits
    ).tellings[1]
    assert sorted(names(draft, done.event.recipients), key=str.lower) == found


def test_another_status_changes_the_polarity(draft: Draft) -> None:
    reading = sure(draft)
    statuses = dict.fromkeys(Status, 0.0) | {Status.NEGATED: 0.9}
    first = settled(draft, replace(reading, statuses={**reading.statuses, "V1": statuses}))
    assert first.tellings[0].event.status is Status.NEGATED
    assert first.tellings[0].event.polarity is Polarity.NEGATIVE


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("Mali foiled an attack on Kidal.", Status.NEGATED),
        ("Mali foiled the attack on Kidal.", Status.ACTUAL),
        ("Nobody knows whether rebels attack Kidal.", Status.HYPOTHETICAL),
        ("Mali hopes that rebels attack Kidal.", Status.ACTUAL),
    ],
)
def test_what_is_new_or_open_is_not_believed_to_have_happened(text: str, now: Status) -> None:
    extractor = load_extractor(rules_only=True)
    foiled = extractor.draft(Article(doc_id="a", text=text), extractor.nlp(text))
    (event,) = (item.event for item in foiled.tellings if item.token.text == "attack")
    assert event.status in UNREAL
    reading = sure(foiled)
    statuses = dict.fromkeys(Status, 0.0) | {Status.ACTUAL: 0.9}
    told = settled(foiled, replace(reading, statuses={**reading.statuses, event.id: statuses}))
    assert [item.event.status for item in told.tellings if item.token.text == "attack"] == [now]


def test_a_likely_participant_is_added_and_an_unlikely_one_sent_away(draft: Draft) -> None:
    cast = draft.scene.cast
    ids = {cast.name_of(entity): entity for _, entity in cast.participants() if entity}
    reading = sure(draft)
    roles = {role: dict(scores) for role, scores in reading.roles["V1"].items()}
    roles["actors"] = {ids["Rebels"]: 0.1}
    roles["recipients"] = {ids["army"]: 0.3, ids["Kidal"]: 0.7}
    first = settled(draft, replace(reading, roles={**reading.roles, "V1": roles})).tellings[0]
    assert names(draft, first.event.actors) == []
    assert names(draft, first.event.recipients) == ["army", "Kidal"]


def judged(draft: Draft, limits: Limits, **roles: dict[str, float]) -> Draft:
    """Return the draft as a reader has it who gives other roles to the first event, by name."""
    ids = {
        draft.scene.cast.name_of(name): name for _, name in draft.scene.cast.participants() if name
    }
    reading = sure(draft)
    first = {role: dict(scores) for role, scores in reading.roles["V1"].items()} | {
        role: {ids[name]: score for name, score in scores.items()} for role, scores in roles.items()
    }
    return settled(draft, replace(reading, roles={**reading.roles, "V1": first}), limits)


def test_where_a_rule_finds_the_place_nobody_acts(draft: Draft) -> None:
    first = draft.tellings[0]
    (place,) = first.event.places
    reading = sure(draft)
    roles = {**reading.roles["V1"], "actors": {place: 1.0}}
    found = settled(draft, replace(reading, roles={**reading.roles, "V1": roles}))
    assert place not in found.tellings[0].event.actors


def test_an_empty_role_is_guessed_when_all_else_is_decided(draft: Draft) -> None:
    limits = replace(LIMITS, event=replace(HALF, guess=0.9), actors=replace(HALF, guess=0.3))
    scores = {"Rebels": 0.1, "Mali": 0.4}
    assert names(draft, judged(draft, LIMITS, actors=scores).tellings[0].event.actors) == []
    found = judged(draft, limits, actors=scores)
    assert names(draft, found.tellings[0].event.actors) == ["Mali"]
    unlikely = judged(draft, limits, actors={"Rebels": 0.1, "Mali": 0.2})
    assert names(draft, unlikely.tellings[0].event.actors) == []


def test_whoever_is_in_the_other_role_is_no_guess(draft: Draft) -> None:
    limits = replace(LIMITS, event=replace(HALF, guess=0.9), actors=replace(HALF, guess=0.3))
    found = judged(draft, limits, actors={"Rebels": 0.1, "army": 0.4}, recipients={"army": 0.9})
    assert names(draft, found.tellings[0].event.actors) == []


def test_a_doubtful_party_gives_way_to_one_that_can_fill_the_role(draft: Draft) -> None:
    limits = replace(LIMITS, actors=Limit(keep=0.1, add=0.9, fill=0.5, gives_way=0.3))
    for score, kept in ((0.2, "Mali"), (0.4, "Rebels")):
        found = judged(draft, limits, actors={"Rebels": score, "Mali": 0.6})
        assert names(draft, found.tellings[0].event.actors) == [kept]


def test_whom_the_reader_adds_beside_those_of_a_rule_must_be_likelier(draft: Draft) -> None:
    limits = replace(LIMITS, actors=replace(HALF, beside=0.8))
    for score, others in ((0.7, []), (0.9, ["Mali"])):
        beside = judged(draft, limits, actors={"Rebels": 1.0, "Mali": score})
        assert names(draft, beside.tellings[0].event.actors) == ["Rebels", *others]
    alone = judged(draft, limits, actors={"Rebels": 0.1, "Mali": 0.7})
    assert names(draft, alone.tellings[0].event.actors) == ["Mali"]


def test_a_recipient_is_kept_that_the_reader_takes_for_the_place(draft: Draft) -> None:
    doubt = {"army": 0.1}
    gone = judged(draft, LIMITS, recipients=doubt).tellings[0].event
    assert names(draft, gone.recipients) == []
    kept = judged(draft, LIMITS, recipients=doubt, places={"army": 0.5}).tellings[0].event
    assert names(draft, kept.recipients) == ["army"]


def test_two_tellings_of_one_event_share_what_they_say(draft: Draft) -> None:
    reading = replace(sure(draft), same={("V1", "V2"): 0.9})
    found = settled(draft, reading)
    assert [(item.type, item.source, item.target) for item in found.relations] == [
        (RelationType.SAME_AS, "V2", "V1")
    ]
    assert names(draft, found.tellings[1].event.actors) == ["Rebels"]


def test_a_likely_relation_comes_with_the_words_between(draft: Draft) -> None:
    relation = (RelationType.CAUSED, "V1", "V2", 0.7)
    (found,) = settled(draft, replace(sure(draft), relations=(relation,))).relations
    assert (found.type, found.source, found.target) == (RelationType.CAUSED, "V1", "V2")
    assert found.evidence.quote(TEXT).endswith("answered the attack.")


def settle_text(text: str, *same: tuple[str, str], **statuses: Status) -> Draft:
    """Return the draft of a text as a reader has it who is rather sure that pairs are one event."""
    extractor = load_extractor(rules_only=True)
    article = Article(doc_id="a", text=text, published=date(2013, 2, 11))
    found = replace(extractor.draft(article, extractor.nlp(text)), relations=())
    reading = replace(sure(found), same=dict.fromkeys(same, 0.7))
    changed = {name: {**dict.fromkeys(Status, 0.0), now: 1.0} for name, now in statuses.items()}
    return settled(found, replace(reading, statuses={**reading.statuses, **changed}))


def test_another_number_speaks_against_one_event() -> None:
    one = settle_text("An attack shook Gao. The attack hit a mosque.", ("V1", "V2"))
    many = settle_text("An attack shook Gao. The attacks hit two mosques.", ("V1", "V2"))
    assert [item.type for item in one.relations] == [RelationType.SAME_AS]
    assert many.relations == ()


def test_what_points_to_a_plan_is_planned() -> None:
    text = "Rebels will attack Gao in May. The attack worries Mali. The attacks of 1990 hit Mopti."
    planned = settle_text(text, ("V1", "V2"), V1=Status.FUTURE)
    assert [item.event.status for item in planned.tellings[:2]] == [Status.FUTURE] * 2
    assert planned.tellings[2].event.status is not Status.FUTURE


def test_the_reader_relates_only_what_stands_near(draft: Draft) -> None:
    text = "Rebels shelled Kidal. The market was quiet. It rained. Soldiers bombed a village."
    extractor = load_extractor(rules_only=True)
    article = Article(doc_id="a", text=text, published=None)
    far = extractor.draft(article, extractor.nlp(text))
    relation = (RelationType.CAUSED, "V1", "V2", 0.9)
    assert len(settled(draft, replace(sure(draft), relations=(relation,))).relations) == 1
    assert settled(far, replace(sure(far), relations=(relation,))).relations == ()


def test_the_limits_shipped_are_probabilities() -> None:
    limits = load_limits()
    pairs = (limits.event, limits.actors, limits.recipients, limits.attribution)
    for limit in pairs:
        assert 0 <= limit.keep <= limit.add <= 1
    places = limits.places
    assert 0 <= places.keep <= places.own <= places.loose <= places.other <= 1
    odd = (limits.bare, limits.status, limits.same.keep, limits.same.add)
    assert all(0 <= value <= 1 for value in odd)
    assert all(0 <= value <= 1 for value in limits.related.values())
    assert all(limits.event.add <= value <= 1 for value in limits.doubtful.values())


def test_every_relation_but_identity_has_a_limit() -> None:
    assert load_limits().related.keys() == set(RelationType) - {RelationType.SAME_AS}


def test_an_unknown_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    load_limits.cache_clear()
    monkeypatch.setattr("kg.limits.read_toml", lambda path: {"evnt": 0.5})
    with pytest.raises(ResourceError, match="evnt"):
        load_limits()
    load_limits.cache_clear()


def test_the_whole_is_the_same_on_every_run() -> None:
    extractor = load_extractor()
    article = Article(doc_id="a", text=TEXT, published=date(2013, 2, 11))
    other = Article(doc_id="b", text="The two presidents met in Vienna on Monday.", published=None)

    def found(articles: list[Article]) -> Extraction:
        return next(
            item for item in extractor.extract_batch(articles) if item.article.doc_id == "a"
        )

    assert found([article, other]) == found([other, article]) == found([article])


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Talks began in Kidal after raids by rebels.", []),
        ("Talks began in Kidal after rebels ended raids.", ["rebels"]),
    ],
)
def test_who_does_another_event_is_not_taken_for_a_doer_of_this_one(
    text: str, actors: list[str]
) -> None:
    extractor = load_extractor(rules_only=True)
    drafted = extractor.draft(Article(doc_id="a", text=text), extractor.nlp(text))
    talks = drafted.tellings[0].event
    assert talks.type is EventType.CONSULT
    assert not talks.actors
    reading = sure(drafted)
    rebels = next(
        name
        for mention, name in drafted.scene.cast.participants()
        if name is not None and mention.span.quote(text) == "rebels"
    )
    of_talks = {**reading.roles[talks.id], "actors": {rebels: 0.9}}
    reading = replace(reading, roles={**reading.roles, talks.id: of_talks})
    (found, *_) = settled(drafted, reading).tellings
    assert names(drafted, found.event.actors) == actors
