"""What the rules find in an article, with the words of the parse that it rests on.

A draft goes from ``kg.extract``, where the rules make it, to ``kg.revision``, where a learned
reader looks through it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kg.casting import Cast
from kg.events.confidence import rule_precision
from kg.events.tellings import Telling
from kg.nlp.attribution import sources
from kg.nlp.cues import judge
from kg.nlp.time import TimeExpression, time_of
from kg.quantities import find_casualties
from kg.records import Article, CharSpan, EventMention, EventRelation
from kg.syntax import Syntax
from kg.terms import EventType


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What is known of an article when its events are told.

    Attributes:
        sentences: For each token the number of its sentence, from 0.
        contexts: For each token the PLOVER contexts of its paragraph.
        skip: Indices of tokens that name no event: boilerplate, names, dates.
    """

    article: Article
    syntax: Syntax
    cast: Cast
    quotes: Mapping[CharSpan, Token]
    times: tuple[TimeExpression, ...]
    sentences: list[int]
    contexts: list[tuple[str, ...]]
    skip: frozenset[int]


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
    time = time_of(syntax, token, scene.times)
    interval = None if time is None else time.interval
    judgement = judge(syntax, token, interval=interval, published=scene.article.published)
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
            date_text=None if time is None else time.text,
            status=judgement.status,
            polarity=judgement.polarity,
            certainty=judgement.certainty,
            attribution=scene.cast.ids_of(
                speaker
                for source in sources(syntax, token, scene.quotes)
                for speaker in syntax.conjuncts(source)
            ),
            casualties=find_casualties(syntax, token, token.sent, taken=taken - {token.i}),
            contexts=scene.contexts[token.i],
            confidence=rule_precision(rule),
            rule=rule,
        ),
        token=token,
        sentence=scene.sentences[token.i],
    )


def sentence_span(token: Token) -> CharSpan:
    """Return the sentence around a token, without the white space at its ends."""
    words = [item for item in token.sent if not item.is_space]
    return CharSpan(start=words[0].idx, end=words[-1].idx + len(words[-1]))
