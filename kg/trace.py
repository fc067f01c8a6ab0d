"""Tell sentence by sentence which rules fired, which were refused and why, and what came of it."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.draft import Draft, Remark
from kg.events.lexicon import Condition, Lexicon
from kg.events.tellings import Telling
from kg.events.triggers import tried_rules
from kg.extract import Extractor, complete
from kg.records import Article, CharSpan, EntityRelation
from kg.relating import relate_entities


def trace(extractor: Extractor, article: Article) -> Iterator[str]:
    """Yield lines that tell how the events of ``article`` were found.

    Below each sentence stand, by word, the rules tried, the most specific first, and what the
    reader changed; then the events that the sentence tells, and the relations between actors.
    """
    drafted = extractor.draft(article, extractor.nlp(article.text))
    final = complete(extractor.revised(drafted))
    stated = relate_entities(final.scene)
    yield f"{article.doc_id}"
    for sent in drafted.scene.syntax.doc.sents:
        lines = [
            line
            for token in sent
            if token.i not in drafted.scene.skip
            for line in _tried(token, drafted, extractor.lexicon)
        ]
        lines += [_remark(item, article.text) for item in final.remarks if _is_in(item.span, sent)]
        lines += [_told(item, final) for item in final.tellings if _is_in(item.event.trigger, sent)]
        lines += [_stated(item, final) for item in stated if _is_in(item.evidence, sent)]
        if lines:
            yield ""
            yield " ".join(sent.text.split())
            yield from lines


def _is_in(span: CharSpan, sent: Span) -> bool:
    return sent.start_char <= span.start < sent.end_char


def _tried(token: Token, draft: Draft, lexicon: Lexicon) -> Iterator[str]:
    scene = draft.scene
    for rule, unmet in tried_rules(token, scene.syntax, lexicon, scene.cast.kind_of):
        if unmet is not None:
            yield f"  {token.text}: {rule.id} refused, {_wanted(unmet)}"
            continue
        verdict = "no event in this use" if rule.type is None else f"fires: {rule.type}"
        yield f"  {token.text}: {rule.id} {verdict}"
        return


def _wanted(condition: Condition) -> str:
    """Return what a condition asks for, in words."""
    names = [*sorted(condition.lemmas), *(f"@{name}" for name in condition.classes)]
    shown = "anything" if condition.is_any else " or ".join(names[:6])
    shown += " ..." if len(names) > 6 else ""
    return f"as '{condition.slot}' must {'not ' if condition.is_negated else ''}be {shown}"


def _remark(remark: Remark, text: str) -> str:
    return f"  {remark.span.quote(text)}: {remark.text}"


def _told(telling: Telling, draft: Draft) -> str:
    event, cast = telling.event, draft.scene.cast
    text = draft.scene.article.text

    def named(ids: tuple[str, ...]) -> str:
        return " and ".join(map(cast.name_of, ids)) or "?"

    said = f", said by {named(event.attribution)}" if event.attribution else ""
    day = f", {event.date.earliest} to {event.date.latest}" if event.date else ""
    return (
        f"  => {event.id} {event.type} '{event.trigger.quote(text)}': {named(event.actors)} -> "
        f"{named(event.recipients)}, {event.status}{day}{said} "
        f"({event.rule}, confidence {event.confidence})"
    )


def _stated(relation: EntityRelation, draft: Draft) -> str:
    cast, words = draft.scene.cast, relation.evidence.quote(draft.scene.article.text)
    said = " and ".join(map(cast.name_of, relation.attribution))
    role = f", {relation.role}" if relation.role else ""
    return (
        f"  => {relation.type} '{' '.join(words.split())}': {cast.name_of(relation.source)} -> "
        f"{cast.name_of(relation.target)}{role}, {relation.status}"
        f"{f', said by {said}' if said else ''} ({relation.rule}, confidence {relation.confidence})"
    )
