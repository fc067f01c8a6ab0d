"""Tell the promise or the threat that lies in what somebody says they will do.

"The president will visit Cairo" tells of a visit that is planned, and commits the president to it.
PLOVER codes the commitment: cooperation that is still to come is an agreement, force a threat, a
withdrawal a concession. So the plan is told twice, as the deed with the status ``future`` and as
the commitment, which is a fact; the word that commits ("will") is its trigger. Where a verb of
its own tells the commitment ("promised to visit"), nothing is added.
"""

from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from kg.casting import Cast
from kg.draft import Draft, renumbered
from kg.errors import ResourceError
from kg.events.confidence import rule_precision
from kg.events.lexicon import load_lexicon
from kg.events.tellings import Telling
from kg.nlp.cues import judge
from kg.records import CharSpan, EventMention
from kg.resources import data_path, read_tsv
from kg.syntax import Role, Syntax
from kg.terms import Certainty, EventType, Polarity, Status

_COLUMNS = ("id", "cues", "deeds", "lemmas", "type", "toward", "example", "absent")


@dataclass(frozen=True, kw_only=True, slots=True)
class Commitment:
    """What it is to say that one will do certain deeds.

    Attributes:
        cues: Ids of the words that commit, from ``cues.tsv``.
        deeds: Types of the deeds.
        lemmas: Words that name the deeds; empty for any.
        type: Type of the commitment.
        toward: It is one only toward somebody.
    """

    id: str
    cues: frozenset[str]
    deeds: frozenset[EventType]
    lemmas: frozenset[str]
    type: EventType
    toward: bool
    example: str
    absent: str


@cache
def load_commitments() -> tuple[Commitment, ...]:
    """Read the commitments; the first that fits counts.

    Raises:
        ResourceError: A type is unknown.
    """
    path = data_path("lexicon", "commitments.tsv")
    found = []
    for number, row in read_tsv(path, _COLUMNS):
        try:
            deeds = frozenset(EventType(name) for name in row["deeds"].split())
            committed = EventType(row["type"])
        except ValueError as error:
            raise ResourceError(f"{path}:{number}: {error}.") from error
        found.append(
            Commitment(
                id=row["id"],
                cues=frozenset(row["cues"].split()),
                deeds=deeds,
                lemmas=frozenset(row["lemmas"].split("|")) - {""},
                type=committed,
                toward=row["toward"] == "yes",
                example=row["example"],
                absent=row["absent"],
            )
        )
    return tuple(found)


def tell_commitments(draft: Draft) -> Draft:
    """Return the draft with the commitments that its plans hold, in text order.

    What is said to be done to several ("will visit Cairo and meet the king") is one commitment.
    """
    syntax = draft.scene.syntax
    types = {item.token.i: item.event.type for item in draft.tellings}
    told: dict[int, Telling] = {}
    for item in draft.tellings:
        word, commitment = _committed(item, syntax)
        above = {types.get(arc.head.i) for arc in syntax.governors(item.token)}
        if word is None or commitment is None:
            continue
        if commitment.type in above:  # "announced that troops would leave" concedes already
            continue
        verb = syntax.governor(word)
        own = {item.token, syntax.first_conjunct(item.token)}
        if verb is None or (verb.head not in own and verb.head.i in types):
            continue  # "would boycott the talks" commits to no talks
        if not _subjects(verb.head, draft) & set(item.event.actors):
            continue  # "withdrawal would help Chad", "Chad will be helped"
        if not _is_own(item.event, draft.scene.cast):
            continue
        first = told.setdefault(word.i, _telling(item, _named_by(word, syntax), commitment))
        if (first.event.type, first.event.actors) == (commitment.type, item.event.actors):
            whom = dict.fromkeys((*first.event.recipients, *item.event.recipients))
            event = replace(first.event, recipients=tuple(whom))
            told[word.i] = replace(first, event=event)
    binding = {item.id for item in load_commitments() if not item.toward}
    kept = [
        item
        for item in told.values()
        if item.event.rule in binding or item.event.recipients or len(item.event.actors) > 1
    ]
    return renumbered(replace(draft, tellings=(*draft.tellings, *kept)))


def _is_own(event: EventMention, cast: Cast) -> bool:
    """Tell whether no stranger says what an actor will do: "monitors said they would attack"."""
    sources = set(event.attribution)
    if not sources or sources & set(event.actors):
        return True
    countries = [
        {cast.link(name).country for name in names} - {None} for names in (sources, event.actors)
    ]
    return not all(countries) or not countries[0].isdisjoint(countries[1])


def _named_by(word: Token, syntax: Syntax) -> Token:
    """Return the word that names a commitment: "announced" in "announced that it would leave"."""
    deed = syntax.governor(word)
    told = deed and syntax.governor(deed.head)
    if told and told.role is Role.COMPLEMENT:
        announcing = load_lexicon().word_classes.get("announce", frozenset())
        return told.head if told.head.lemma_.lower() in announcing else word
    return word


def _subjects(verb: Token, draft: Draft) -> set[str]:
    """Return the ids of who does what an active verb tells."""
    syntax, cast = draft.scene.syntax, draft.scene.cast
    if verb.pos_ != "VERB" or syntax.is_passive(verb):
        return set()
    tokens = [item.token for item in syntax.participants(verb) if item.role is Role.SUBJECT]
    found = cast.ids_of(token for head in tokens for token in syntax.conjuncts(head))
    return {member for name in found for member in cast.members(name) or (name,)}


def _committed(telling: Telling, syntax: Syntax) -> tuple[Token | None, Commitment | None]:
    """Return the word that commits to a plan, with what it commits to; else None for both."""
    event = telling.event
    if event.status is not Status.FUTURE or not event.actors:
        return None, None
    judgement = judge(syntax, telling.token, event_type=event.type)
    if judgement.certainty is not Certainty.CERTAIN or not judgement.deciding:
        return None, None
    heard = {cue for cue, _ in judgement.deciding}
    lemma = telling.token.lemma_.lower()
    for item in load_commitments():
        is_meant = event.type in item.deeds and (not item.lemmas or lemma in item.lemmas)
        if is_meant and heard <= item.cues:
            span = judgement.deciding[-1][1]
            word = syntax.doc.char_span(span.start, span.end)
            return (None, None) if word is None else (word[0], item)
    return None, None


def _telling(deed: Telling, word: Token, commitment: Commitment) -> Telling:
    # "announced that troops would leave": who concedes is not who leaves
    concedes = commitment.type is EventType.CONCEDE and deed.event.attribution
    event = replace(
        deed.event,
        actors=deed.event.attribution if concedes else deed.event.actors,
        id=f"{deed.event.id}.{commitment.id}",
        type=commitment.type,
        mode=None,
        trigger=CharSpan(start=word.idx, end=word.idx + len(word)),
        places=(),
        weapons=(),
        date=None,
        date_text=None,
        status=Status.ACTUAL,
        polarity=Polarity.POSITIVE,
        certainty=Certainty.CERTAIN,
        casualties=None,
        confidence=rule_precision(commitment.id),
        rule=commitment.id,
        quantities=(),
    )
    return replace(deed, event=event, token=word)
