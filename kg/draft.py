"""What the rules find in an article, with the words of the parse that it rests on.

A draft goes from ``kg.extract``, where the rules make it, to ``kg.revision``, where a learned
reader looks through it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from spacy.tokens import Token

from kg.casting import Cast
from kg.events.confidence import rule_precision
from kg.events.tellings import Telling
from kg.nlp.attribution import sources
from kg.nlp.cues import judge
from kg.nlp.time import VERBAL, TimeExpression, time_of, verb_of
from kg.quantities import Count, casualties_of, find_counts
from kg.records import Article, CharSpan, DateInterval, EventMention, EventRelation, Quantity
from kg.syntax import Syntax
from kg.taxonomy import taxonomy
from kg.terms import EventType, Grain, QuantityKind, Status

_MATERIAL_CONFLICT = 4
"""The quad class of events that make prisoners and drive people out."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What is known of an article when its events are told.

    Attributes:
        sentences: For each token the number of its sentence, from 0.
        contexts: For each token the PLOVER contexts of its paragraph.
        skip: Indices of tokens that name no event of their own: boilerplate, names, dates, verbs
            that only carry an event noun ("launched" in "launched an attack").
        barred: Indices of tokens that name no event as they are used, whatever the reader thinks.
    """

    article: Article
    syntax: Syntax
    cast: Cast
    quotes: Mapping[CharSpan, Token]
    times: tuple[TimeExpression, ...]
    sentences: list[int]
    contexts: list[tuple[str, ...]]
    skip: frozenset[int]
    barred: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What was decided about some words, and why, for people to read."""

    span: CharSpan
    text: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The tellings of an article in text order, and the relations between them.

    Attributes:
        remarks: What the reader changed, in text order.
    """

    scene: Scene
    tellings: tuple[Telling, ...]
    relations: tuple[EventRelation, ...]
    remarks: tuple[Remark, ...] = ()


def renumbered(draft: Draft) -> Draft:
    """Return the draft with its tellings in text order, and event ids that follow it."""
    tellings = sorted(draft.tellings, key=lambda item: item.event.trigger.start)
    ids = {item.event.id: f"V{number}" for number, item in enumerate(tellings, start=1)}
    return replace(
        draft,
        tellings=tuple(
            replace(item, event=replace(item.event, id=ids[item.event.id])) for item in tellings
        ),
        relations=tuple(
            replace(item, source=ids[item.source], target=ids[item.target])
            for item in draft.relations
        ),
    )


def plain_telling(
    scene: Scene,
    token: Token,
    *,
    span: CharSpan,
    event_id: str,
    event_type: EventType,
    rule: str,
    taken: frozenset[int],
) -> Telling:
    """Return an event named by ``token`` with its day, truth, speakers and victims, uncast.

    Args:
        span: The words that name the event.
        rule: Id of the rule or model that found it.
        taken: Indices of all tokens that name events, whose victims are their own.
    """
    syntax = scene.syntax
    time = time_of(syntax, token, scene.times, events=taken)
    interval = None if time is None else _seen_by_speaker(time, token, scene)
    judgement = judge(
        syntax,
        token,
        event_type=event_type,
        quotes=scene.quotes,
        interval=interval,
        published=scene.article.published,
    )
    counts = find_counts(
        syntax,
        token,
        token.sent,
        taken=taken - {token.i},
        harms=taxonomy().types[event_type].coding.quad_class == _MATERIAL_CONFLICT,
    )
    if time is not None and _lies_ahead(syntax, token, judgement.status):
        interval = None if _dates_speech(syntax, time, token) else time.ahead
    return Telling(
        event=EventMention(
            id=event_id,
            type=event_type,
            mode=None,
            trigger=span,
            sentence=sentence_span(token),
            actors=(),
            recipients=(),
            places=(),
            weapons=(),
            date=interval,
            date_text=None if time is None or (interval is None and time.interval) else time.text,
            status=judgement.status,
            polarity=judgement.polarity,
            certainty=judgement.certainty,
            attribution=scene.cast.ids_of(
                speaker
                for source in sources(syntax, token, scene.quotes)
                for speaker in syntax.conjuncts(source)
            ),
            casualties=casualties_of(counts),
            contexts=scene.contexts[token.i],
            confidence=rule_precision(rule),
            rule=rule,
            quantities=_quantities(counts, scene.cast),
        ),
        token=token,
        sentence=scene.sentences[token.i],
    )


def _quantities(counts: Mapping[QuantityKind, list[Count]], cast: Cast) -> tuple[Quantity, ...]:
    """Return what is counted, by kind, with the entities that the groups are."""
    return tuple(
        Quantity(
            kind=kind,
            number=count.number.value,
            low=count.number.low,
            high=count.number.high,
            unit=count.unit,
            group=cast.id_of(count.head),
            text=count.words,
        )
        for kind in QuantityKind
        for count in counts.get(kind, ())
    )


def _seen_by_speaker(time: TimeExpression, token: Token, scene: Scene) -> DateInterval | None:
    """Return the days of a time, which "last night" in a quotation counts from its own day.

    Where the day of speaking is not told, it is that of publication or the day before.
    """
    interval, published = time.interval, scene.article.published
    if interval is None or published is None or not time.counts_from_today:
        return interval
    for span, speaker in scene.quotes.items():
        if span.start <= token.idx < span.end:
            spoken = time_of(scene.syntax, speaker.head, scene.times)
            said = None if spoken is None or spoken == time else spoken.interval
            if said is None or said.earliest != said.latest:
                return replace(
                    interval,
                    earliest=interval.earliest - timedelta(days=1),
                    grain=Grain.SPAN,
                    derivation=f"{interval.derivation} or the day before, as it is quoted",
                )
            shift = said.latest - published
            return replace(
                interval,
                earliest=interval.earliest + shift,
                latest=interval.latest + shift,
                derivation=f"'{time.text}', said {said.latest.isoformat()}: counted from then",
                anchor=f"event {said.latest.isoformat()}",
            )
    return interval


def _dates_speech(syntax: Syntax, time: TimeExpression, token: Token) -> bool:
    """Tell whether a time says when a plan was spoken of: "said on Sunday it would attack".

    In "voted for a truce on Sunday" it does so too, although it stands beside the truce.
    """
    verb = verb_of(syntax, time, token)
    above = syntax.governor(token)
    if verb is None and above is not None and above.word == "for":
        verb = above.head
    return verb is not None and verb.tag_ == "VBD"


def _lies_ahead(syntax: Syntax, token: Token, status: Status) -> bool:
    """Tell whether an event is still to come: "called for a strike on 12 August"."""
    if token.pos_ == "ADJ":  # a verdict is given when it is spoken
        return False
    if status is not Status.HYPOTHETICAL:
        return status is Status.FUTURE
    if token.pos_ in VERBAL:
        return token.tag_ == "VB" and "have" not in syntax.auxiliaries(token)
    above = list(syntax.governors(token))[:2]
    return any(arc.word == "for" or arc.head.tag_ == "VB" for arc in above)


def sentence_span(token: Token) -> CharSpan:
    """Return the sentence around a token, without the white space at its ends."""
    sent = token.sent
    first, last = sent.start, sent.end - 1
    while sent.doc[first].is_space:
        first += 1
    while sent.doc[last].is_space:
        last -= 1
    return CharSpan(start=sent.doc[first].idx, end=sent.doc[last].idx + len(sent.doc[last]))
