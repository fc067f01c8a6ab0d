"""From one article to its extraction: the stages in their order.

    pipeline  parse, names, sentences                         kg.nlp.pipeline
    mentions  names, descriptions, pronouns, resolved         kg.mentions, kg.linking
    entities  mentions of one thing joined                    kg.mentions.coref
    triggers  words that name events; who took part           kg.events
    truth     when, whether, who says so, how many harmed     kg.nlp.time, kg.nlp.cues, quantities
    relations same event, retaliation, cause, part            kg.events.relations

Triggers come after entities because many rules ask what kind of thing an argument is; truth after
triggers because only what names an event is judged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.casting import Cast, build_cast
from kg.events.arguments import find_arguments
from kg.events.confidence import rule_precision
from kg.events.lexicon import Lexicon, load_lexicon
from kg.events.relations import aim_retaliation, apart_by_statement, relate_events
from kg.events.sameness import fill_from_same
from kg.events.tellings import Telling
from kg.events.triggers import Trigger, find_triggers
from kg.filling import credit_before, date_by_events, name_parties
from kg.linking.matcher import build_matcher
from kg.linking.resolver import Resolver, load_resolver
from kg.mentions.coref import join_mentions
from kg.mentions.finding import NameFinder, find_mentions
from kg.nlp.attribution import quoted_speakers, sources
from kg.nlp.boilerplate import boilerplate_tokens
from kg.nlp.cues import judge
from kg.nlp.pipeline import load_pipeline
from kg.nlp.time import TimeExpression, find_times, time_of
from kg.quantities import find_casualties
from kg.records import Article, CharSpan, EventMention, Extraction
from kg.syntax import Syntax
from kg.terms import Polarity, Status


@dataclass(frozen=True, kw_only=True)
class Extractor:
    """A loaded pipeline with its lexicon and knowledge, ready for any number of articles."""

    nlp: Language
    lexicon: Lexicon
    resolver: Resolver
    names: NameFinder

    def extract(self, article: Article) -> Extraction:
        """Return what ``article`` says."""
        return self.extract_batch([article])[0]

    def extract_batch(self, articles: Sequence[Article]) -> list[Extraction]:
        """Return what each article says, in order; batching only makes it faster."""
        docs = self.nlp.pipe(article.text for article in articles)
        return [self.from_doc(article, doc) for article, doc in zip(articles, docs, strict=True)]

    def from_doc(self, article: Article, doc: Doc) -> Extraction:
        """Return what ``article`` says, from its parse by ``nlp``."""
        syntax = Syntax(doc)
        skip = boilerplate_tokens(doc)
        mentions = find_mentions(
            doc,
            syntax,
            self.resolver,
            names=self.names,
            published=article.published,
            skip=skip,
        )
        quotes = quoted_speakers(doc, syntax)

        def speaker_of(token: Token) -> Token | None:
            for span, speaker in quotes.items():
                if span.start <= token.idx < span.end:
                    return speaker
            return next(iter(sources(syntax, token, quotes)), None)

        cast = build_cast(join_mentions(mentions, syntax, speaker_of=speaker_of), mentions, article)
        times = find_times(doc, published=article.published)
        dated = {index for time in times for index in range(time.first_token, time.last_token + 1)}
        triggers = find_triggers(
            syntax, self.lexicon, cast.kind_of, skip=skip | mentions.named_parts() | dated
        )
        scene = _Scene(
            article=article,
            syntax=syntax,
            cast=cast,
            triggers=triggers,
            quotes=quotes,
            times=times,
            sentences=_sentence_numbers(doc),
        )
        tellings = [
            self._tell(trigger, f"V{number}", scene)
            for number, trigger in enumerate(triggers, start=1)
        ]
        apart = apart_by_statement(tellings, syntax)
        tellings = fill_from_same(date_by_events(tellings, syntax, times), syntax, apart=apart)
        tellings = date_by_events(tellings, syntax, times)
        tellings = name_parties(tellings, syntax, cast)
        tellings = credit_before(tellings, syntax, cast, quotes=quotes)
        relations = relate_events(tellings, syntax)
        tellings = aim_retaliation(tellings, relations)
        entities, final = cast.entities([item.event for item in tellings])
        return Extraction(
            article=article,
            entities=entities,
            events=tuple(_with_final_ids(item.event, final) for item in tellings),
            relations=relations,
        )

    def _tell(self, trigger: Trigger, event_id: str, scene: "_Scene") -> Telling:
        """Return the event mention that ``trigger`` makes."""
        rule, token, syntax, cast = trigger.rule, trigger.token, scene.syntax, scene.cast
        arguments = find_arguments(
            trigger, syntax, self.lexicon, cast.kind_of, triggers=scene.triggers
        )
        time = time_of(syntax, token, scene.times)
        interval = None if time is None else time.interval
        judgement = judge(syntax, token, interval=interval, published=scene.article.published)
        if rule.takes_negation and judgement.status is Status.NEGATED:
            # "will not allow" is a refusal that did happen.
            judgement = replace(judgement, status=Status.ACTUAL, polarity=Polarity.POSITIVE)
        others = {item.token.i for item in scene.triggers} - {token.i}
        actors = cast.ids_of(arguments.actors)
        attribution = cast.ids_of(
            speaker
            for source in sources(syntax, token, scene.quotes)
            for speaker in syntax.conjuncts(source)
        )
        if not actors and token.pos_ == "ADJ":  # "unacceptable" is the verdict of who says it
            actors = attribution[:1]
        if rule.type is None:
            raise AssertionError(f"{rule.id}: a blocking rule made a trigger")
        return Telling(
            event=EventMention(
                id=event_id,
                type=rule.type,
                mode=rule.mode,
                trigger=trigger.span,
                sentence=_sentence_span(token),
                actors=actors,
                recipients=tuple(
                    name for name in cast.ids_of(arguments.recipients) if name not in actors
                ),
                places=cast.ids_of(arguments.places),
                weapons=cast.ids_of(arguments.weapons),
                date=interval,
                date_text=None if time is None else time.text,
                status=judgement.status,
                polarity=judgement.polarity,
                certainty=judgement.certainty,
                attribution=attribution,
                casualties=find_casualties(syntax, token, token.sent, taken=others),
                contexts=(),
                confidence=rule_precision(rule.id),
                rule=rule.id,
            ),
            token=token,
            sentence=scene.sentences[token.i],
        )


@dataclass(frozen=True, kw_only=True)
class _Scene:
    """What is known of an article when its events are told."""

    article: Article
    syntax: Syntax
    cast: Cast
    triggers: tuple[Trigger, ...]
    quotes: Mapping[CharSpan, Token]
    times: tuple[TimeExpression, ...]
    sentences: list[int]


@cache
def load_extractor(model: str | None = None) -> Extractor:
    """Return an extractor, loaded once per process.

    Args:
        model: Name or path of an installed spaCy pipeline; None for the one shipped.

    Raises:
        ResourceError: The pipeline, the lexicon or the knowledge file cannot be loaded.
    """
    resolver = load_resolver()
    return Extractor(
        nlp=load_pipeline(model),
        lexicon=load_lexicon(),
        resolver=resolver,
        names=build_matcher(resolver).find,
    )


def _sentence_numbers(doc: Doc) -> list[int]:
    return [number for number, sent in enumerate(doc.sents) for _ in sent]


def _sentence_span(token: Token) -> CharSpan:
    """Return the sentence around a token, without the white space at its ends."""
    words = [item for item in token.sent if not item.is_space]
    return CharSpan(start=words[0].idx, end=words[-1].idx + len(words[-1]))


def _with_final_ids(event: EventMention, final: Mapping[str, str]) -> EventMention:
    def renamed(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(final[name] for name in names if name in final)

    return replace(
        event,
        actors=renamed(event.actors),
        recipients=renamed(event.recipients),
        places=renamed(event.places),
        weapons=renamed(event.weapons),
        attribution=renamed(event.attribution),
    )
