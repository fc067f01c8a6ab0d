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

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.batch import in_batches
from kg.casting import build_cast
from kg.commitments import tell_commitments
from kg.dating import date_by_context
from kg.draft import Draft, Scene, plain_telling
from kg.events.arguments import find_arguments
from kg.events.lexicon import Lexicon, TriggerRule, load_lexicon
from kg.events.relations import aim_retaliation, apart_by_statement, relate_events
from kg.events.sameness import fill_from_same
from kg.events.tellings import Telling
from kg.events.triggers import Trigger, find_triggers, named_deeds
from kg.filling import (
    aim_words,
    apart_by_count,
    credit_before,
    date_by_events,
    name_members,
    name_parties,
)
from kg.linking.matcher import build_matcher
from kg.linking.resolver import Resolver, load_resolver
from kg.mentions.coref import join_mentions
from kg.mentions.finding import NameFinder, find_mentions
from kg.mentions.sets import find_sets
from kg.nlp.attribution import quoted_speakers, sources
from kg.nlp.boilerplate import boilerplate_tokens
from kg.nlp.contexts import find_contexts
from kg.nlp.cues import is_history
from kg.nlp.datelines import dateline_day
from kg.nlp.pipeline import load_pipeline
from kg.nlp.speech import document_nouns
from kg.nlp.time import find_times
from kg.pointing import apart_by_pointing, point_back
from kg.reading import Reader, load_reader
from kg.records import Article, EntityRelation, EventMention, Extraction
from kg.relating import relate_entities
from kg.revision import revise
from kg.surroundings import tell_surroundings
from kg.syntax import Role, Syntax
from kg.terms import EventType, Polarity, Status

# The vectors of the words of many articles would not fit the memory that is quick.
_ALONE = {"tok2vec": {"batch_size": 1}}


@contextmanager
def _no_collection() -> Iterator[None]:
    """Let Python look for garbage in cycles only afterwards.

    Of the many small objects that a batch of articles makes most live till its end, and to go
    through them over and over takes a twelfth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(frozen=True, kw_only=True)
class Extractor:
    """A loaded pipeline with its lexicon and knowledge, ready for any number of articles."""

    nlp: Language
    lexicon: Lexicon
    resolver: Resolver
    names: NameFinder
    reader: Reader | None = None

    def extract(self, article: Article) -> Extraction:
        """Return what ``article`` says."""
        return self.extract_batch([article])[0]

    def extract_batch(self, articles: Sequence[Article]) -> list[Extraction]:
        """Return what each article says, in order; batching only makes it faster."""
        with _no_collection():
            docs = self.parse(articles)
            return [self.from_doc(item, doc) for item, doc in zip(articles, docs, strict=True)]

    def parse(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """Yield the parse of each article, in order."""
        for batch in in_batches(articles):
            texts = [item.text for item in batch]
            yield from self.nlp.pipe(texts, batch_size=len(batch), component_cfg=_ALONE)

    def from_doc(self, article: Article, doc: Doc) -> Extraction:
        """Return what ``article`` says, from its parse by ``nlp``."""
        return self.conclude(self.revised(self.draft(article, doc)))

    def revised(self, draft: Draft) -> Draft:
        """Return the draft as the reader would have it, if there is one."""
        return draft if self.reader is None else revise(draft, self.reader)

    def conclude(self, draft: Draft) -> Extraction:
        """Return the record of what a draft tells."""
        draft = tell_surroundings(complete(draft), self.resolver)
        stated = relate_entities(draft.scene)
        entities, final = draft.scene.cast.entities([item.event for item in draft.tellings], stated)
        return Extraction(
            article=draft.scene.article,
            entities=entities,
            events=tuple(_with_final_ids(item.event, final) for item in draft.tellings),
            relations=draft.relations,
            entity_relations=_between_final(stated, final),
        )

    def draft(self, article: Article, doc: Doc) -> Draft:
        """Return what the rules find in ``article``, from its parse by ``nlp``."""
        if article.published is None:
            article = replace(article, published=dateline_day(doc))
        syntax = Syntax(doc)
        names = named_deeds(doc, self.lexicon.named_deeds)
        skip = boilerplate_tokens(doc) | {token.i for name in names for token in name}
        mentions = find_mentions(
            doc,
            syntax,
            self.resolver,
            names=self.names,
            published=article.published,
            skip=skip,
            deeds=self.lexicon.deeds | document_nouns(),
            parties=self.lexicon.party_slots,
        )
        quotes = quoted_speakers(doc, syntax)

        def quoted_by(token: Token) -> Token | None:
            spans = (span for span in quotes if span.start <= token.idx < span.end)
            return next((quotes[span] for span in spans), None)

        def speaker_of(token: Token) -> Token | None:
            return quoted_by(token) or next(iter(sources(syntax, token, quotes)), None)

        clusters = join_mentions(mentions, syntax, speaker_of=speaker_of, quoted_by=quoted_by)
        sets = find_sets(mentions, syntax, clusters)
        cast = build_cast(clusters, mentions, article, sets=sets)
        times = find_times(doc, published=article.published)
        dated = {index for time in times for index in range(time.first_token, time.last_token + 1)}
        skip |= mentions.named_parts() | dated
        triggers, barred = find_triggers(syntax, self.lexicon, cast.kind_of, skip=skip, names=names)
        scene = Scene(
            article=article,
            syntax=syntax,
            cast=cast,
            quotes=quotes,
            times=times,
            sentences=_sentence_numbers(doc),
            contexts=find_contexts(doc),
            skip=skip | {use.verb.i for trigger in triggers for use in trigger.lights},
            barred=barred,
        )
        tellings = [
            self._tell(trigger, f"V{number}", scene, triggers)
            for number, trigger in enumerate(triggers, start=1)
        ]
        tellings = point_back(tellings, scene)
        apart = apart_by_statement(tellings, syntax) | apart_by_pointing(tellings)
        apart |= apart_by_count(tellings, syntax, times)
        tellings = fill_from_same(date_by_events(tellings, syntax, times), syntax, apart=apart)
        tellings = date_by_events(tellings, syntax, times)
        tellings = name_parties(tellings, syntax, cast)
        tellings = credit_before(tellings, syntax, cast, quotes=quotes, sentences=scene.sentences)
        relations = relate_events(tellings, syntax, apart=apart)
        tellings = aim_retaliation(tellings, relations)
        return Draft(scene=scene, tellings=tuple(tellings), relations=relations)

    def _tell(
        self, trigger: Trigger, event_id: str, scene: Scene, triggers: Sequence[Trigger]
    ) -> Telling:
        """Return the event mention that ``trigger`` makes."""
        rule, token, syntax, cast = trigger.rule, trigger.token, scene.syntax, scene.cast
        arguments = find_arguments(trigger, syntax, self.lexicon, cast.kind_of, triggers=triggers)
        telling = plain_telling(
            scene,
            token,
            span=trigger.span,
            event_id=event_id,
            event_type=_type_of(rule),
            rule=rule.id,
            taken=frozenset(item.token.i for item in triggers),
        )
        event = telling.event
        if rule.takes_negation and event.status is Status.NEGATED:
            # "will not allow" is a refusal that did happen.
            event = replace(event, status=Status.ACTUAL, polarity=Polarity.POSITIVE)
        actors = cast.ids_of(arguments.actors)
        if not actors and _is_verdict(token, event, syntax):
            actors = event.attribution[:1]
        event = replace(
            event,
            mode=rule.mode,
            actors=actors,
            recipients=tuple(
                name for name in cast.ids_of(arguments.recipients) if name not in actors
            ),
            places=cast.ids_of(arguments.places),
            weapons=cast.ids_of(arguments.weapons),
        )
        return replace(telling, event=event)


def _is_verdict(token: Token, event: EventMention, syntax: Syntax) -> bool:
    """Tell whether an event is what somebody thinks: "unacceptable", "out of the question"."""
    is_phrase = bool(syntax.dependents(token, Role.COPULA) and syntax.dependents(token, Role.CASE))
    return token.pos_ == "ADJ" or (is_phrase and event.type is EventType.REJECT)


def complete(draft: Draft) -> Draft:
    """Return the draft with parties completed, commitments told, and days from the context."""
    scene = draft.scene
    tellings = aim_words(name_members(draft.tellings, scene.cast), scene.syntax)
    return _aged(date_by_context(tell_commitments(replace(draft, tellings=tuple(tellings)))))


def _aged(draft: Draft) -> Draft:
    """Return the draft with what happened, on days that were found late, told as history."""
    published = draft.scene.article.published
    tellings = tuple(
        replace(item, event=replace(item.event, status=Status.HISTORICAL))
        if item.event.date is not None
        and item.event.status is Status.ACTUAL
        and is_history(item.event.date, published)
        else item
        for item in draft.tellings
    )
    return replace(draft, tellings=tellings)


def _type_of(rule: TriggerRule) -> EventType:
    if rule.type is None:
        raise AssertionError(f"{rule.id}: a blocking rule made a trigger")
    return rule.type


@cache
def load_extractor(
    model: str | None = None,
    *,
    fast: bool = False,
    rules_only: bool = False,
    overlay: Path | None = None,
) -> Extractor:
    """Return an extractor, loaded once per process.

    Args:
        model: Name or path of an installed spaCy pipeline; None for the one shipped.
        fast: Whether to do without transformers: with the quick parser and without the learned
            reader, which finds less and errs more.
        rules_only: Whether to leave out the learned reader alone.
        overlay: Tables that add to the knowledge tables and correct them, as ``load_resolver``
            takes them.

    Raises:
        ResourceError: The pipeline, the lexicon or the knowledge file cannot be loaded.
    """
    resolver = load_resolver(overlay)
    extractor = Extractor(
        nlp=load_pipeline(model, fast=fast),
        lexicon=load_lexicon(),
        resolver=resolver,
        names=build_matcher(resolver).find,
        reader=None if fast or rules_only else load_reader(),
    )
    # The tables stay for good; to look through them for garbage took an eighth of the time.
    gc.freeze()
    return extractor


def _sentence_numbers(doc: Doc) -> list[int]:
    return [number for number, sent in enumerate(doc.sents) for _ in range(sent.start, sent.end)]


def _between_final(
    relations: Sequence[EntityRelation], final: Mapping[str, str]
) -> tuple[EntityRelation, ...]:
    """Return the relations whose ends were both kept, with final ids."""
    return tuple(
        replace(
            item,
            source=final[item.source],
            target=final[item.target],
            attribution=tuple(final[name] for name in item.attribution if name in final),
        )
        for item in relations
        if item.source in final and item.target in final
    )


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
        quantities=tuple(
            replace(item, group=final.get(item.group) if item.group else None)
            for item in event.quantities
        ),
    )
