"""Date what points back to an event that is dated in a sentence before."""

from collections.abc import Sequence
from datetime import timedelta

from spacy.tokens import Token

from kg.dating.signs import SUBJECTS, Day, real_before, taken_from
from kg.draft import Scene
from kg.events.sameness import is_definite
from kg.events.tellings import UNREAL, Telling
from kg.nlp.time_words import words_of
from kg.records import EventMention
from kg.syntax import Role, Syntax
from kg.terms import Status

_REACH = 12
_BARE_REACH = 4
_VAGUE = timedelta(days=31)
_SINGULAR = frozenset({"NN", "NNP"})
_PLURAL = frozenset({"NNS", "NNPS"})


def by_pointing(item: Telling, tellings: Sequence[Telling], scene: Scene) -> Day | None:
    """Date a noun that points back by the event it means: "these strikes", "the attack".

    The nearest event before of the same word is meant; for a bare noun in the singular the
    nearest of its type, whatever its word.
    """
    syntax = scene.syntax
    is_heading = _is_heading(item.token)
    if not (is_heading or is_definite(item.token, syntax)) or item.event.status is Status.FUTURE:
        return None
    if item.event.status in UNREAL and not _has_demonstrative(item.token):
        return None
    before = [other for other in real_before(item, tellings) if _is_worth_asking(item, other)]
    if is_heading:
        repeated = (
            other
            for other in before
            if _are_one_word(item, other) and _have_common_party(item.event, other.event)
        )
        found = next(repeated, None)
        return None if found is None else taken_from(found.event, "which a heading repeats")
    is_bare = _is_bare(item, syntax)
    for other in before:
        distance = item.sentence - other.sentence
        is_any = is_bare and distance <= _BARE_REACH and other.token.tag_ not in _PLURAL
        is_meant = distance <= _REACH and (_are_one_word(item, other) or is_any)
        if is_meant and _may_be_of(item.event, other.event) and not _is_vague(other.event):
            return taken_from(other.event, "told of before")
    return None


def _is_worth_asking(item: Telling, other: Telling) -> bool:
    """Tell whether an event may be the one that a noun points back to.

    What is undated in the same sentence is another event, as in "fired a day after the attack".
    """
    if item.sentence == other.sentence and other.event.date is None:
        return False
    is_noun = other.token.pos_ == "NOUN" and other.token.lemma_ == item.token.lemma_
    return is_noun or item.event.type is other.event.type


def by_thing(item: Telling, tellings: Sequence[Telling], scene: Scene) -> Day | None:
    """Date what known weapons did by the event that brought them up: "the rockets hit a roof"."""
    syntax = scene.syntax
    is_told = item.event.status not in UNREAL or item.token.tag_ in {"VBD", "VBN"}
    if not is_told or item.event.status is Status.FUTURE:
        return None
    if not any(
        is_definite(token, syntax)
        for token in syntax.dependents(item.token, *SUBJECTS, Role.OBJECT)
        if set(scene.cast.ids_of([token])) & set(item.event.weapons)
    ):
        return None
    for other in real_before(item, tellings):
        if set(other.event.weapons) & set(item.event.weapons):
            return taken_from(other.event, "of the same weapons")
    return None


def _are_one_word(one: Telling, other: Telling) -> bool:
    """Tell whether two tellings name the same kind of act: "killings", "killed"; "air strikes"."""
    left, right = _stem(one.token), _stem(other.token)
    if left == right or (min(len(left), len(right)) > 4 and left.endswith(right)):
        return True
    return bool(_stems(one) & _stems(other)) or (len(left) > 4 and right.endswith(left))


def _stems(item: Telling) -> set[str]:
    """Return the stems of the words that name an event, if these are several."""
    trigger = item.event.trigger
    words = item.token.doc.char_span(trigger.start, trigger.end)
    return set() if words is None or len(words) < 2 else {_stem(word) for word in words}


def _stem(token: Token) -> str:
    return token.lemma_.lower().removesuffix("s").removesuffix("ing").removesuffix("e")


def _may_be_of(event: EventMention, other: EventMention) -> bool:
    """Tell whether no party speaks against two tellings being of one event."""
    pairs = ((event.actors, other.actors), (event.recipients, other.recipients))
    return all(not (one and two) or set(one) & set(two) for one, two in pairs)


def _is_vague(event: EventMention) -> bool:
    """Tell whether an event has so wide a date that another of its kind may be meant."""
    return event.date is not None and event.date.latest - event.date.earliest > _VAGUE


def _is_bare(item: Telling, syntax: Syntax) -> bool:
    """Tell whether a noun says no more than that there was such an event: "the attack".

    What lasts ("the fighting") may go on beyond the event told last.
    """
    if item.token.lemma_.lower() in words_of("lasting"):
        return False
    roles = (Role.MODIFIER, Role.POSSESSOR, Role.ADJECTIVE, Role.COMPOUND, Role.ADNOMINAL_CLAUSE)
    return item.token.tag_ in _SINGULAR and not syntax.arcs(item.token, *roles)


def _has_demonstrative(token: Token) -> bool:
    return any(child.lower_ in {"this", "these", "that", "those"} for child in token.children)


def _is_heading(token: Token) -> bool:
    """Tell whether a word stands in a line of its own without a final stop."""
    sent = token.sent
    before = token.doc[sent.start - 1] if sent.start else None
    if "\n" not in sent[-1].text or not (before is None or "\n" in before.text):
        return False
    words = [item for item in sent if not item.is_space]
    return words[-1].pos_ != "PUNCT"


def _have_common_party(event: EventMention, other: EventMention) -> bool:
    return bool({*event.actors, *event.recipients} & {*other.actors, *other.recipients})
