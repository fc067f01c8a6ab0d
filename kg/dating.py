"""Date what names no day itself by what the text says of it beside another event.

The time expressions of a clause are looked at first (``kg.nlp.time``). What is left undated takes
the day of another telling only where the words point to it: "since the campaign started", "killed
in the attack", "these strikes", "the rockets". Each interval says in its derivation from which
event it comes.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from spacy.tokens import Span, Token

from kg.draft import Draft, Scene
from kg.events.sameness import is_definite, share_days
from kg.events.tellings import UNREAL, Telling
from kg.nlp.speech import is_speech
from kg.nlp.time import time_of, verb_of
from kg.nlp.time_words import words_of
from kg.records import DateInterval, EventMention
from kg.syntax import Role, Syntax
from kg.terms import EventType, Grain, RelationType, Status

_WITHIN = frozenset({"in", "by", "during", "with", "through"})
_UNDER = frozenset({"under", "while", "amid"})
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_MOMENT = frozenset({"when", "as", "while"})
_FROM_THEN_ON = frozenset({"since", "after", "following"})
_WITHIN_ROLES = (Role.OBLIQUE, Role.MODIFIER, Role.ADVERBIAL_CLAUSE)
_LONGEST_SINCE = timedelta(days=366)
_LONGEST_AFTER = timedelta(days=31)
_REACH = 12
_PASSES = 2
_BARE_REACH = 4
_SPEECH_REACH = 4
_VAGUE = timedelta(days=31)
_FRESH = timedelta(days=3)
_NAME_WORD = re.compile(r"\b[A-Z][\w.]*\w")
_SINGULAR = frozenset({"NN", "NNP"})
_PLURAL = frozenset({"NNS", "NNPS"})
_SUBJECTS = (Role.SUBJECT, Role.PASSIVE_SUBJECT)
_SPEECH_TYPES = frozenset(
    {
        EventType.ACCUSE,
        EventType.REQUEST,
        EventType.REJECT,
        EventType.THREATEN,
        EventType.SUPPORT,
        EventType.AGREE,
    }
)


@dataclass(frozen=True, kw_only=True)
class _Day:
    """Days taken over from elsewhere, with the words that name them."""

    interval: DateInterval
    text: str | None


def date_by_context(draft: Draft) -> Draft:
    """Return the draft with days for tellings that only their surroundings date."""
    tellings = list(draft.tellings)
    groups = _groups(draft)
    for _ in range(_PASSES):  # what is dated now may date another
        for rule in _RULES:
            for position, item in enumerate(tellings):
                if item.event.date is None:
                    day = rule(item, tellings, draft.scene)
                    if day is not None:
                        event = replace(item.event, date=day.interval, date_text=day.text)
                        tellings[position] = replace(item, event=event)
        tellings = share_days(tellings, groups)
    return replace(draft, tellings=tuple(tellings))


def _groups(draft: Draft) -> list[list[Telling]]:
    """Return the tellings by the event that they tell."""
    first = {
        item.source: item.target for item in draft.relations if item.type is RelationType.SAME_AS
    }
    groups: dict[str, list[Telling]] = {}
    for item in draft.tellings:
        groups.setdefault(first.get(item.event.id, item.event.id), []).append(item)
    return list(groups.values())


def _taken_from(event: EventMention, why: str) -> _Day | None:
    """Return the day of an event, with a derivation that says why it is taken over."""
    if event.date is None:
        return None
    words = f"{event.date.derivation}; {why}"
    anchor = f"event {event.date.earliest.isoformat()}"
    return _Day(interval=replace(event.date, derivation=words, anchor=anchor), text=event.date_text)


# --- in the same sentence ---


def _by_moment(item: Telling, tellings: Sequence[Telling], scene: Scene) -> _Day | None:
    """Date by a clause of the same moment: "was on patrol when the incident occurred"."""
    if item.event.status in UNREAL:
        return None
    syntax, token = scene.syntax, item.token
    for word in token.sent:
        verb = word.head
        if word.lower_ not in _MOMENT or verb.tag_ != "VBD" or token in syntax.subtree(verb):
            continue
        above = {arc.head.i for arc in syntax.governors(verb)}
        if token.i not in above and _clause_of(token, syntax).i not in above:
            continue
        for named in (verb, *syntax.dependents(verb, *_SUBJECTS)):
            event = _named_by(named, tellings, syntax)
            if event is not None:
                return _taken_from(event, "at the same moment")
    return None


def _clause_of(token: Token, syntax: Syntax) -> Token:
    """Return the head of the clause in which a word stands, the word itself if it heads one."""
    if syntax.is_clause(token):
        return token
    return next((arc.head for arc in syntax.governors(token) if syntax.is_clause(arc.head)), token)


def _by_now(item: Telling, tellings: Sequence[Telling], scene: Scene) -> _Day | None:
    """Date what goes on while it is reported: "is already firing"."""
    del tellings
    published, token = scene.article.published, item.token
    if published is None or token.tag_ != "VBG" or item.event.status is not Status.ACTUAL:
        return None
    words = {below.lower_: below for below in token.children}
    adverb = next((word for word in words if word in words_of("now")), None)
    if adverb is None or not words.keys() & {"is", "are", "’s", "’re", "'s", "'re"}:
        return None
    derivation = f"'{adverb}', published {published.isoformat()}: the day of publication"
    interval = DateInterval(
        earliest=published,
        latest=published,
        grain=Grain.DAY,
        derivation=derivation,
        anchor=f"published {published.isoformat()}",
    )
    return _Day(interval=interval, text=adverb)


def _by_phrase(item: Telling, tellings: Sequence[Telling], scene: Scene) -> _Day | None:
    """Date a verb by the event in which it lies, and the reverse: "injured in the incident"."""
    if item.event.status in UNREAL - {Status.NEGATED}:
        return None
    syntax = scene.syntax
    arcs = syntax.arcs(item.token, *_WITHIN_ROLES)
    verb = _verb_of_object(item.token, syntax)
    if verb is not None:  # "opened fire while under attack"
        arcs += syntax.arcs(syntax.first_conjunct(verb), *_WITHIN_ROLES)
    for arc in arcs:
        if arc.word in _WITHIN or (verb is not None and arc.word in _UNDER):
            for token in syntax.conjuncts(arc.token):
                event = _named_by(token, tellings, syntax)
                if event is not None:
                    return _taken_from(event, "in which it lies")
    is_deed = item.token.pos_ == "VERB" and item.event.status not in UNREAL
    for token in syntax.dependents(item.token, *_SUBJECTS) if is_deed else ():
        other = _at(token, tellings)
        if other is not None and other.event.type is item.event.type:
            return _taken_from(other.event, "which did it")
    above = syntax.governor(syntax.first_conjunct(item.token))
    if above is not None and above.role in _WITHIN_ROLES and above.word in _WITHIN:
        other = _at(above.head, tellings)
        if other is not None and other.event.type is item.event.type:
            return _taken_from(other.event, "which lies in it")
    return None


def _from_then_on(item: Telling, tellings: Sequence[Telling], scene: Scene) -> _Day | None:
    """Bound by an event that came before: "has grown since the coup"."""
    published = scene.article.published
    if published is None or item.event.status in UNREAL:
        return None
    for other in tellings:
        known = other.event.date
        if known is None or other.sentence != item.sentence or known.latest > published:
            continue
        if other.event.status in UNREAL:
            continue
        word = _word_before(other.token, item.token, scene.syntax)
        longest = _LONGEST_SINCE if word == "since" else _LONGEST_AFTER
        if word in _FROM_THEN_ON and published - known.earliest <= longest:
            words = f"{known.derivation}; from then up to publication"
            interval = DateInterval(
                earliest=known.earliest,
                latest=published,
                grain=Grain.SPAN,
                derivation=words,
                anchor=f"event {known.earliest.isoformat()}",
            )
            return _Day(interval=interval, text=other.event.date_text)
    return None


def _word_before(token: Token, above: Token, syntax: Syntax) -> str:
    """Return the word that ties the phrase or clause of ``token`` to ``above``, or ""."""
    inside = token
    for arc in syntax.governors(token):
        if arc.role is Role.RELATIVE_CLAUSE:
            return ""
        words = [arc.word, *syntax.marks(inside)]
        words += [item.lower_ for item in inside.children if item.dep_ in {"case", "mark"}]
        found = next((word for word in words if word in _FROM_THEN_ON), "")
        inside = arc.head
        if found:
            heads = {arc.head.i, *(item.head.i for item in syntax.governors(arc.head))}
            is_inside = any(item.role in _WITHIN_ROLES for item in [syntax.governor(above)] if item)
            governor = syntax.governor(syntax.first_conjunct(above))
            is_inside = governor is not None and governor.head.i in heads and is_inside
            return found if above.i in heads or is_inside else ""
    return ""


# --- in sentences before ---


def _by_pointing(item: Telling, tellings: Sequence[Telling], scene: Scene) -> _Day | None:
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
    for other in _before(item, tellings):
        event = other.event
        if event.type is not item.event.type:
            continue
        is_same = _are_one_word(item, other)
        if is_heading:
            if is_same and _have_common_party(item.event, event):
                return _taken_from(event, "which a heading repeats")
            continue
        if item.sentence - other.sentence > _REACH:
            return None
        is_any = _is_bare(item, syntax) and item.sentence - other.sentence <= _BARE_REACH
        if not (is_same or (is_any and other.token.tag_ not in _PLURAL)):
            continue
        if not _may_be_of(item.event, event) or _is_vague(event):
            continue
        return _taken_from(event, "told of before")
    return None


def _by_thing(item: Telling, tellings: Sequence[Telling], scene: Scene) -> _Day | None:
    """Date what known weapons did by the event that brought them up: "the rockets hit a roof"."""
    syntax = scene.syntax
    is_told = item.event.status not in UNREAL or item.token.tag_ in {"VBD", "VBN"}
    if not is_told or item.event.status is Status.FUTURE:
        return None
    if not any(
        is_definite(token, syntax)
        for token in syntax.dependents(item.token, *_SUBJECTS, Role.OBJECT)
        if set(scene.cast.ids_of([token])) & set(item.event.weapons)
    ):
        return None
    for other in _before(item, tellings):
        if set(other.event.weapons) & set(item.event.weapons):
            return _taken_from(other.event, "of the same weapons")
    return None


def _by_lead(item: Telling, tellings: Sequence[Telling], scene: Scene) -> _Day | None:
    """Date what sources say of the news itself: the assault that the first sentence tells.

    Asked for are fresh news, an account in the past that names no time, the same attacker or the
    same target, and no other assault of theirs on another day.
    """
    published, event = scene.article.published, item.event
    lead = _lead(tellings, scene)
    if published is None or lead is None or lead.event.date is None:
        return None
    known = lead.event.date
    is_fresh = known.earliest == known.latest and published - known.earliest <= _FRESH
    if not is_fresh or event.type is not EventType.ASSAULT or event.status is not Status.ACTUAL:
        return None
    if not event.attribution or not _is_told_in_past(item.token, scene.syntax):
        return None
    if _names_time(item.token.sent, scene) or not _are_kin(event, lead.event, scene):
        return None
    for other in tellings:
        day = other.event.date
        is_assault = other.event.type is EventType.ASSAULT and other.event.status not in UNREAL
        if day is None or not is_assault or day.earliest == known.earliest:
            continue
        if _are_kin(event, other.event, scene):
            return None
    return _taken_from(lead.event, "the news of the article")


def _lead(tellings: Sequence[Telling], scene: Scene) -> Telling | None:
    """Return the assault that the main clause of the first telling sentence is about."""
    if not tellings:
        return None
    first = [item for item in tellings if item.sentence == tellings[0].sentence]
    root = first[0].token.sent.root
    for item in first:
        is_real = item.event.type is EventType.ASSAULT and item.event.status is Status.ACTUAL
        if is_real and scene.syntax.first_conjunct(item.token) == root:
            return item
    return None


def _are_kin(event: EventMention, other: EventMention, scene: Scene) -> bool:
    """Tell whether attackers or targets of two assaults agree, and neither clearly differ."""
    agree = False
    for role in ("actors", "recipients"):
        left, right = (
            {
                word
                for name in getattr(of, role)
                for word in _NAME_WORD.findall(scene.cast.name_of(name))
            }
            for of in (event, other)
        )
        if left and right:
            if role == "actors" and not left & right:
                return False
            agree = agree or bool(left & right)
    return agree


def _is_told_in_past(token: Token, syntax: Syntax) -> bool:
    forms = set(syntax.auxiliaries(token))
    return token.tag_ == "VBD" or (token.tag_ == "VBN" and bool(forms & {"was", "were"}))


def _names_time(sent: Span, scene: Scene) -> bool:
    return any(
        sent.start <= time.first_token < sent.end and time.interval is not None
        for time in scene.times
    )


def _by_frame(item: Telling, tellings: Sequence[Telling], scene: Scene) -> _Day | None:
    """Date by the time of the sentence before: "Last spring ... . The army refused to help"."""
    del tellings
    also = _by_also(item, scene)
    if also is not None:
        return also
    syntax, doc = scene.syntax, scene.syntax.doc
    sent = item.token.sent
    if item.event.status in UNREAL or not _is_main_past(item.token, syntax) or not sent.start:
        return None
    if _names_time(sent, scene):
        return None
    before = doc[sent.start - 1].sent
    if "\n" in doc[before.start : sent.start].text or before.root.tag_ != "VBD":
        return None
    if sent[0] not in _phrase_of_subject(sent.root, syntax):
        return None  # "During the war ..." sets a time of its own
    for time in scene.times:
        if before.start <= time.first_token <= before.start + 2 and time.interval is not None:
            words = f"{time.interval.derivation}; of the sentence before"
            return _Day(interval=replace(time.interval, derivation=words), text=time.text)
    return None


def _phrase_of_subject(verb: Token, syntax: Syntax) -> list[Token]:
    return [word for subject in syntax.dependents(verb, *_SUBJECTS) for word in subject.subtree]


def _by_next(item: Telling, tellings: Sequence[Telling], scene: Scene) -> _Day | None:
    """Date what a sentence goes on to tell: "Gunmen attacked on Friday. Two men were seized"."""
    syntax, doc, sent = scene.syntax, scene.syntax.doc, item.token.sent
    if item.event.status in UNREAL or not sent.start or _names_time(sent, scene):
        return None
    is_main = syntax.first_conjunct(item.token) == sent.root
    if not is_main or not _is_told_in_past(item.token, syntax):
        return None
    before = doc[sent.start - 1].sent
    if "\n" in doc[before.start : sent.start].text:
        return None
    is_same_party = any(
        subject.lower_ in _PRONOUNS
        for subject in syntax.dependents(sent.root, Role.SUBJECT, Role.PASSIVE_SUBJECT)
    )
    for other in _before(item, tellings):
        if other.sentence < item.sentence - 1:
            break
        known = other.event.date
        is_main = syntax.first_conjunct(other.token) == before.root
        if known is None or known.grain is not Grain.DAY or not is_main:
            continue
        if not _is_told_in_past(other.token, syntax):
            continue
        is_assault = other.event.type is item.event.type is EventType.ASSAULT
        if is_same_party or is_assault:
            return _taken_from(other.event, "of which the next sentence goes on to tell")
    return None


def _by_also(item: Telling, scene: Scene) -> _Day | None:
    """Date what "also" happened by the time of the sentence before, told in the same tense."""
    syntax, sent = scene.syntax, item.token.sent
    root = sent.root
    is_main = item.token == root or _clause_of(item.token, syntax) == root
    if item.event.status in UNREAL or not is_main or not sent.start or _names_time(sent, scene):
        return None
    if not any(child.lower_ == "also" for child in root.children):
        return None
    before = syntax.doc[sent.start - 1].sent.root
    if before.tag_ != root.tag_ or syntax.auxiliaries(before) != syntax.auxiliaries(root):
        return None
    time = time_of(syntax, before, scene.times)
    if time is None or time.interval is None:
        return None
    words = f"{time.interval.derivation}; of the sentence before"
    return _Day(interval=replace(time.interval, derivation=words), text=time.text)


def _by_speech(item: Telling, tellings: Sequence[Telling], scene: Scene) -> _Day | None:
    """Date an act of speech by the day on which its speaker spoke just before."""
    del tellings
    syntax = scene.syntax
    event = item.event
    if event.type not in _SPEECH_TYPES or event.status in UNREAL - {Status.NEGATED}:
        return None
    verb = _verb_of_object(item.token, syntax) or item.token
    if time_of(syntax, item.token.sent.root, scene.times) is not None:
        return None
    people = [person for person in syntax.participants(verb) if person.role is Role.SUBJECT]
    subjects = [person.token for person in people if person.token.lower_ != "it"]
    speakers: set[str] = set()
    if _is_main_past(verb, syntax):
        speakers = {*event.actors} & {*scene.cast.ids_of(subjects)}
    if _is_quoted(item.token, scene) and _is_now(verb, syntax):
        if any(subject.lower_ in {"i", "we"} for subject in subjects):
            speakers |= {*event.attribution}
    if not speakers:
        return None
    for verb, ids in _speaking_before(item, scene):
        if speakers & ids:
            time = time_of(syntax, verb, scene.times)
            if time is None or time.interval is None or verb_of(syntax, time, verb) is not None:
                continue
            words = f"{time.interval.derivation}; when the same speaker spoke"
            return _Day(interval=replace(time.interval, derivation=words), text=time.text)
    return None


def _speaking_before(item: Telling, scene: Scene) -> Iterator[tuple[Token, set[str]]]:
    """Yield the verbs of speech in the sentences just before, nearest first, with who speaks."""
    syntax, sentences = scene.syntax, scene.sentences
    index = item.token.sent.start - 1
    while index >= 0 and item.sentence - sentences[index] <= _SPEECH_REACH:
        token = syntax.doc[index]
        if is_speech(syntax, token) and token.tag_ == "VBD":
            yield token, set(scene.cast.ids_of(syntax.dependents(token, Role.SUBJECT)))
        index -= 1


# --- signs ---


def _named_by(token: Token, tellings: Sequence[Telling], syntax: Syntax) -> EventMention | None:
    """Return the dated event that a word names, if need be by "the incident"."""
    own = _at(token, tellings)
    if own is not None:
        return own.event if own.event.date is not None else None
    if token.lemma_.lower() not in words_of("happening") or not is_definite(token, syntax):
        return None
    for other in reversed(tellings):
        is_before = other.token.i < token.sent.start and other.event.type is EventType.ASSAULT
        if is_before and other.event.status not in UNREAL:
            return other.event if other.event.date is not None else None
    return None


def _at(token: Token, tellings: Sequence[Telling]) -> Telling | None:
    return next((item for item in tellings if item.token.i == token.i), None)


def _before(item: Telling, tellings: Sequence[Telling]) -> Iterator[Telling]:
    """Yield what is told before as real, the nearest first."""
    for other in reversed(tellings):
        if other.token.i < item.token.i and other.event.status not in UNREAL:
            yield other


def _are_one_word(one: Telling, other: Telling) -> bool:
    """Tell whether two tellings name the same kind of act: "killings", "killed"; "air strikes"."""
    left, right = _stem(one.token), _stem(other.token)
    if left == right or (min(len(left), len(right)) > 4 and left.endswith(right)):
        return True
    return bool(_stems(one) & _stems(other)) or (len(left) > 4 and right.endswith(left))


def _stems(item: Telling) -> set[str]:
    """Return the stems of the words that name an event, if these are several."""
    trigger = item.event.trigger
    words = [word for word in item.token.sent if trigger.start <= word.idx < trigger.end]
    return {_stem(word) for word in words} if len(words) > 1 else set()


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
    words = [item for item in sent if not item.is_space]
    before = token.doc[sent.start - 1] if sent.start else None
    is_line = "\n" in sent[-1].text and (before is None or "\n" in before.text)
    return is_line and words[-1].pos_ != "PUNCT"


def _have_common_party(event: EventMention, other: EventMention) -> bool:
    return bool({*event.actors, *event.recipients} & {*other.actors, *other.recipients})


def _verb_of_object(token: Token, syntax: Syntax) -> Token | None:
    """Return the verb whose object a noun is, or None."""
    above = syntax.governor(token)
    return above.head if above is not None and above.role is Role.OBJECT else None


def _is_now(verb: Token, syntax: Syntax) -> bool:
    """Tell whether a clause is in the present: "I urge them", "we are concerned"."""
    if verb.tag_ in {"VBP", "VBZ", "VB"} and not syntax.auxiliaries(verb):
        return True
    return verb.pos_ == "ADJ" and any(child.tag_ in {"VBP", "VBZ"} for child in verb.children)


def _is_main_past(token: Token, syntax: Syntax) -> bool:
    """Tell whether a verb is the simple past of a main clause."""
    root = token.sent.root
    return token.tag_ == "VBD" and syntax.first_conjunct(token) == root


_Rule = Callable[[Telling, Sequence[Telling], Scene], _Day | None]


def _is_quoted(token: Token, scene: Scene) -> bool:
    return any(span.start <= token.idx < span.end for span in scene.quotes)


_RULES: tuple[_Rule, ...] = (
    _by_pointing,
    _by_moment,
    _by_now,
    _by_phrase,
    _from_then_on,
    _by_lead,
    _by_thing,
    _by_next,
    _by_frame,
    _by_speech,
)
