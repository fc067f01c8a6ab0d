"""Turn the relations between entities that a text states into records: as fact or not, by whom.

What a clause asserts ("X leads Y") is judged as an event is, with its negation, its tense and
whoever reports it. What a phrase takes for granted ("Iran-backed militias") holds whatever
becomes of the sentence; only words of the phrase itself hedge it.
"""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.casting import Cast
from kg.draft import Scene, sentence_span
from kg.nlp.attribution import sources
from kg.nlp.cues import Judgement, judge, judge_phrase
from kg.records import CharSpan, EntityRelation
from kg.relations.finding import FoundRelation, find_relations
from kg.relations.lexicon import load_relation_lexicon, relation_precision
from kg.taxonomy import taxonomy
from kg.terms import Certainty, EntityRelationType, Status

_SURE = [Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE]
# A title before a name is the article's own wording, also in what it reports; who backs whom is
# part of the report.
_OWN_WORDS = frozenset(
    {
        EntityRelationType.HOLDS_OFFICE,
        EntityRelationType.LEADS,
        EntityRelationType.SPOKESPERSON_FOR,
        EntityRelationType.PART_OF,
        EntityRelationType.BASED_IN,
    }
)


def relate_entities(scene: Scene) -> tuple[EntityRelation, ...]:
    """Return the relations between entities that an article states, in text order.

    Their ends are ids of the scene's cast; the same relation in the same words comes once.
    """
    found = find_relations(scene.syntax, scene.cast, load_relation_lexicon(), taxonomy())
    relations: dict[tuple[str, str, str, CharSpan], EntityRelation] = {}
    for item in found:
        for relation in _between_members(_relation(item, scene), scene.cast):
            key = (relation.type, relation.source, relation.target, relation.evidence)
            relations.setdefault(key, relation)
    return tuple(sorted(relations.values(), key=_text_order))


def _between_members(relation: EntityRelation, cast: Cast) -> Iterator[EntityRelation]:
    """Yield the relation of each of several who are meant together: "they", "the two parties"."""
    for source in cast.members(relation.source) or (relation.source,):
        for target in cast.members(relation.target) or (relation.target,):
            yield replace(relation, source=source, target=target)


def _text_order(relation: EntityRelation) -> tuple[int, int, str, str, str]:
    span = relation.evidence
    return (span.start, span.end, relation.type, relation.source, relation.target)


def _relation(item: FoundRelation, scene: Scene) -> EntityRelation:
    cast, syntax = scene.cast, scene.syntax
    judgement = _judge(item, scene)
    source, target = cast.id_of(item.source), cast.id_of(item.target)
    if source is None or target is None:
        raise AssertionError(f"{item.rule.id}: an end of a relation is no entity")
    speakers = cast.ids_of(
        speaker for word in _sources(item, scene) for speaker in syntax.conjuncts(word)
    )
    return EntityRelation(
        type=item.rule.type,
        source=source,
        target=target,
        evidence=item.evidence,
        sentence=sentence_span(item.anchor),
        role=item.role,
        status=judgement.status,
        polarity=judgement.polarity,
        certainty=judgement.certainty,
        attribution=tuple(name for name in speakers if item.is_clause or name != source),
        confidence=relation_precision(item.rule.type),
        rule=item.rule.id,
    )


def _judge(item: FoundRelation, scene: Scene) -> Judgement:
    if item.is_clause:
        judgement = judge(scene.syntax, item.anchor, published=scene.article.published)
    else:
        judgement = judge_phrase(scene.syntax, item.anchor)
    certainties = [judgement.certainty, item.certainty]
    arc = scene.syntax.governor(item.anchor)
    if not item.is_clause and arc is not None and arc.head.pos_ not in {"VERB", "AUX"}:
        # "an alleged Iran-backed militia": what is said of the militia is said of its backer
        certainties.append(judge_phrase(scene.syntax, arc.head).certainty)
    # A conjunction may be hung on a participle: "if Iran-backed militias attack".
    is_open = judgement.status is not Status.ACTUAL and item.rule.form != "bond"
    status = judgement.status if is_open else item.status
    return replace(judgement, status=status, certainty=max(certainties, key=_SURE.index))


def _sources(item: FoundRelation, scene: Scene) -> Iterator[Token]:
    """Yield those credited with a relation; with a title only who is quoted with it."""
    if item.is_clause or item.rule.type not in _OWN_WORDS:
        yield from sources(scene.syntax, item.anchor, scene.quotes)
        return
    for span, speaker in scene.quotes.items():
        if span.start <= item.anchor.idx < span.end:
            yield speaker
