"""Tell which time expression dates an event.

Parses hang times too high or too low; so the words beside the event are looked at first, then the
phrase and clause of the event, then the verb that it depends on.
"""

from collections.abc import Container, Sequence

from spacy.tokens import Doc, Token

from kg.nlp.cue_table import find_cue
from kg.nlp.speech import is_speech
from kg.nlp.time_finding import TimeExpression
from kg.nlp.time_words import VERBAL, words_of
from kg.syntax import Arc, Role, Syntax

_OPENINGS = frozenset({"ADP", "PROPN", "NOUN", "ADJ", "ADV", "SCONJ", "DET"})
_ANCHORING = frozenset({"before", "after", "of", "into"})
_AT_THAT_TIME = frozenset({"as", "when", "while"})
_CAUSES = frozenset({"after", "against", "following", "over"})
_WITHIN = frozenset({"in", "by", "during", "with", "through"})
_PHRASE_WORDS = 4
_CHAIN_POS = frozenset({"ADP", "DET", "NOUN", "PROPN", "ADJ", "NUM"})
_CHAIN_WORDS = 8
_LAST = 20
_NOUN_LINKS = frozenset(
    {
        Role.OBLIQUE,
        Role.MODIFIER,
        Role.COMPOUND,
        Role.POSSESSOR,
        Role.ADVERB,
        Role.APPOSITION,
        Role.NAME_PART,
        Role.NUMBER,
        Role.ADJECTIVE,
        Role.OTHER,
        Role.OBJECT,
    }
)


def verb_of(syntax: Syntax, time: TimeExpression, token: Token) -> Token | None:
    """Return the verb between an expression and ``token``, which it dates, or None."""
    if _follows(syntax.doc, token, time):
        return None
    for arc in syntax.governors(head_of(syntax.doc, time)):
        if arc.head == token:
            return None
        if arc.head.pos_ in VERBAL:
            return arc.head
    return None


def head_of(doc: Doc, time: TimeExpression) -> Token:
    """Return the token of the expression that hangs on something outside it."""
    inside = range(time.first_token, time.last_token + 1)
    for index in inside:
        token = doc[index]
        if token.head.i not in inside and token.pos_ not in {"ADP", "PUNCT", "DET"}:
            return token
    return doc[time.last_token]


def anchor_of(syntax: Syntax, time: TimeExpression) -> Token | None:
    """Return the event word that "a day after" or "before" counts from, or None."""
    last = syntax.doc[time.last_token]
    if last.lower_ not in _ANCHORING or time.event_offset_days is None:
        return None
    verb = head_of(syntax.doc, time).head
    is_clause = last.dep_ != "case" and syntax.is_clause(verb)
    if verb.i > last.i and is_clause:  # "hours after the house rejected the bill"
        return verb
    above = last.head
    while above.i > last.i:
        arc = syntax.governor(above)
        if arc is None or arc.role not in {Role.POSSESSOR, Role.COMPOUND, Role.NAME_PART}:
            return above
        above = arc.head
    return None


def time_of(
    syntax: Syntax,
    token: Token,
    times: Sequence[TimeExpression],
    *,
    events: Container[int] = frozenset(),
) -> TimeExpression | None:
    """Return the expression that dates the event named by ``token``, or None.

    First choice is an expression inside the phrase or clause of the token, then one of a clause
    that says more of its noun ("a deal signed last year"), then one of the verb that the token
    depends on; never one that belongs to another noun or to a subordinate clause, nor the time
    at which somebody spoke of a plan. Between equals the nearest in the text wins.

    Args:
        events: Indices of the words that name events, which keep the time beside them.
    """
    sentence = token.sent
    ranked = []
    for time in times:
        if not sentence.start <= time.first_token < sentence.end:
            continue
        if time.interval is None and time.event_offset_days is None:
            continue
        if time.event_offset_days is not None and _is_anchor(syntax, token, time):
            continue
        if _is_of_cause(syntax.doc, token, time, events):
            continue
        rank = _rank_beside(syntax, token, time)
        if rank is None and not _is_owner(syntax.doc, time):
            rank = _rank(syntax, token, _hanging(syntax, time))
        if rank is None:
            rank = _rank_of_participle(syntax, token, time)
        if rank is None and _is_set_by(syntax, token, time):
            rank = 4
        if rank is None and time.event_offset_days is None:
            rank = _rank_through_clause(syntax, token, head_of(syntax.doc, time))
        if rank is None and time.event_offset_days is None:
            rank = _rank_in_order(syntax.doc, token, time)
        if rank is not None:
            ranked.append((rank, abs(time.first_token - token.i), time.first_token, time))
    return min(ranked, key=lambda item: item[:3])[3] if ranked else None


def _is_anchor(syntax: Syntax, token: Token, time: TimeExpression) -> bool:
    """Tell whether ``token`` lies in what the expression counts from."""
    anchor = anchor_of(syntax, time)
    return anchor is not None and token in syntax.subtree(anchor)


def _is_of_cause(doc: Doc, token: Token, time: TimeExpression, events: Container[int]) -> bool:
    """Tell whether the event before a time is what ``token`` answers or follows.

    "carried out the attack in revenge for a raid last month" dates the raid alone.
    """
    before = _word_before(doc, token, time)
    if before <= token.i or before not in events:
        return False
    start = before
    while start > token.i + 1 and doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN", "DET", "VERB"}:
        start -= 1
    word = doc[start - 1]
    if word.lower_ == "for":  # "revenge for", not "voted for"
        return doc[word.i - 1].pos_ == "NOUN"
    return word.lower_ in _CAUSES


def _is_set_by(syntax: Syntax, token: Token, time: TimeExpression) -> bool:
    """Tell whether a clause sets ``token`` in order: "the attack came a day after the visit"."""
    if time.event_offset_days is None:
        return False
    arc = syntax.governor(_hanging(syntax, time))
    return (
        arc is not None
        and arc.role in _NOUN_LINKS
        and _sets_in_order(syntax, arc.head)
        and token in syntax.dependents(arc.head, Role.SUBJECT)
    )


def _hanging(syntax: Syntax, time: TimeExpression) -> Token:
    """Return the token that ties the expression to the clause: "days" or "strike" in
    "two days after the strike", whichever hangs on the verb.
    """
    head = head_of(syntax.doc, time)
    anchor = anchor_of(syntax, time)
    return anchor if anchor is not None and head.head.i == anchor.i else head


def _is_owner(doc: Doc, time: TimeExpression) -> bool:
    """Tell whether the expression owns a noun: "last week's talks"."""
    after = time.last_token + 1
    return after < len(doc) and doc[after].tag_ == "POS"


def _follows(doc: Doc, token: Token, time: TimeExpression) -> bool:
    """Tell whether the expression stands right behind a word or its preposition."""
    return _word_before(doc, token, time) == token.i


def _word_before(doc: Doc, token: Token, time: TimeExpression) -> int:
    """Return the index of the word behind ``token`` that the expression and its preposition
    follow.
    """
    before = time.first_token - 1
    return before - 1 if before > token.i and doc[before].pos_ == "ADP" else before


def _rank_beside(syntax: Syntax, token: Token, time: TimeExpression) -> int | None:
    """Return a rank that the order of words gives, whatever the parse hangs where."""
    doc = syntax.doc
    after = time.last_token + 1
    is_owner = _is_owner(doc, time)
    if _follows(doc, token, time) and not is_owner:  # "the airstrikes on Sunday"
        return 0
    if is_owner and after < token.i <= after + _PHRASE_WORDS:
        between = doc[after + 1 : token.i]  # "Sunday's heavy airstrikes"
        if all(item.pos_ in {"ADJ", "NOUN", "PROPN", "PUNCT"} for item in between):
            return 0
    root = syntax.main_word(token.sent)
    opening = {token.sent.start, token.sent.start + 1}
    if time.first_token in opening and doc[token.sent.start].pos_ in _OPENINGS:
        if root.i == token.i:  # "On Monday the army attacked"
            return 2
        above = list(syntax.governors(token))
        if root.i > time.last_token and _reaches_up(syntax, token, above):
            return 4 + len(above)
    return None


def _rank(syntax: Syntax, token: Token, head: Token) -> int | None:
    """Return how directly ``head`` dates ``token``, 0 the most, or None if it does not."""
    governors = list(syntax.governors(token))
    above = [arc.head.i for arc in governors]
    if above and above[0] == head.i and governors[0].role is Role.MODIFIER:
        return 2  # "killed last week in clashes", the clashes hung on the week
    climbed, steps = head, 0
    for arc in syntax.governors(head):
        is_clause = syntax.is_clause(climbed) and climbed.pos_ in VERBAL
        if steps and arc.role is Role.OPEN_COMPLEMENT and _is_subject(syntax, token, arc.head):
            return 4 + steps  # "talks are due to be held in May"
        if steps and is_clause:
            # a participle or relative clause dates its noun: "a deal signed last year"
            follows = climbed.i == token.i + 1 and climbed.tag_ in {"VBN", "VBD"}
            return (
                3 if steps <= 2 and (follows or _says_more(syntax, climbed, arc, token)) else None
            )
        if arc.role not in _NOUN_LINKS:
            return None
        climbed = arc.head
        steps += 1
        if climbed.i == token.i:
            return 0 if steps == 1 else 1
        if climbed.i in above:
            break
        if arc.role in {Role.POSSESSOR, Role.COMPOUND} and climbed.pos_ != "PROPN":
            return None  # "last week's talks" dates the talks alone
    if climbed.i not in above:
        return None
    depth = above.index(climbed.i)
    if not _reaches_up(syntax, token, governors[: depth + 1]):
        return None
    return 4 + depth + (0 if steps == 1 else 5)


def _is_subject(syntax: Syntax, token: Token, verb: Token) -> bool:
    """Tell whether a word, or what it is measured by, is the subject: "a round of [talks] is"."""
    for arc in syntax.governors(token):
        if arc.role in {Role.SUBJECT, Role.PASSIVE_SUBJECT}:
            return arc.head == verb
        if arc.role is not Role.MODIFIER or not _is_measure(arc):
            return False
    return False


def _rank_of_participle(syntax: Syntax, token: Token, time: TimeExpression) -> int | None:
    """Return a rank if a participle right before the time says more of ``token``.

    "The raid, coming just two days after the vote, ...", wherever the parse hangs the days.
    """
    before = time.first_token - 1
    while before > 0 and syntax.doc[before].pos_ == "ADV":
        before -= 1
    clause = syntax.doc[max(before, 0)]
    arc = syntax.governor(clause)
    is_one = clause.tag_ == "VBG" and arc is not None and _says_more(syntax, clause, arc, token)
    return 3 if is_one else None


def _rank_through_clause(syntax: Syntax, token: Token, head: Token) -> int | None:
    """Return a rank if a clause of the same moment has the time: "fell when they met in May"."""
    climbed, arcs = head, syntax.governors(head)
    for arc in arcs:
        if arc.role is Role.ADVERBIAL_CLAUSE and arc.head.pos_ in VERBAL | {"NOUN", "PROPN"}:
            words = {arc.word, *(item.lower_ for item in climbed.children if item.i < climbed.i)}
            if not words & {"when", "as"} or climbed.tag_ != "VBD":
                return None
            if arc.head.i == token.i:
                return 6
            way = list(syntax.governors(token))
            above = [item.head.i for item in way]
            if arc.head.i not in above:
                return None
            depth = above.index(arc.head.i)
            return 7 + depth if _reaches_up(syntax, token, way[: depth + 1]) else None
        if arc.role not in _NOUN_LINKS | {Role.OPEN_COMPLEMENT}:
            return None
        climbed = arc.head
    return None


def _rank_in_order(doc: Doc, token: Token, time: TimeExpression) -> int | None:
    """Return a rank that the order of words alone gives, for where the parse goes astray."""
    after = time.last_token + 1
    if token.i == after + 1:
        if doc[after].text == "," and token.tag_ == "VBG":  # "said this week, begging them"
            return _LAST
        if doc[after].lower_ == "and" and token.tag_ == "VBD":  # "left in May and threatened"
            return _LAST
    between = doc[token.i + 1 : time.first_token]
    is_chain = 0 < len(between) <= _CHAIN_WORDS and between[-1].pos_ == "ADP"
    if token.pos_ == "NOUN" and is_chain and all(item.pos_ in _CHAIN_POS for item in between):
        return _LAST  # "the bombing of a hotel in Quetta in 2008"
    return None


def _says_more(syntax: Syntax, clause: Token, arc: Arc, token: Token) -> bool:
    """Tell whether a clause is about ``token``: "a deal signed last year", "the timing of the
    raid, coming two days after the vote".
    """
    if arc.role not in {Role.ADNOMINAL_CLAUSE, Role.RELATIVE_CLAUSE}:
        return False
    about = [
        item.token
        for item in syntax.arcs(arc.head, Role.MODIFIER)
        if item.word == "of" and clause.tag_ == "VBG"
    ]
    return token == arc.head or token in about


def _reaches_up(syntax: Syntax, token: Token, way: Sequence[Arc]) -> bool:
    """Tell whether a time of the clause at the end of ``way`` also holds of ``token``."""
    node = token
    for arc in way:
        role = arc.role
        is_aside = role in {Role.RELATIVE_CLAUSE, Role.ADNOMINAL_CLAUSE, Role.PARATAXIS}
        if is_aside and not _is_cleft(syntax, arc):
            return False
        if role is Role.CONJUNCT and _changes_tense(syntax, node, arc.head):
            return False
        if role is Role.COMPLEMENT and not (
            _is_simple_past(syntax, node) or (node == token and _is_verdict(syntax, node, arc))
        ):
            return False
        is_finite = node.tag_ not in {"VBG", "VBN", "VB"} and arc.word not in _WITHIN
        is_finite = is_finite and not (not arc.word and is_speech(syntax, node))
        if role is Role.ADVERBIAL_CLAUSE and is_finite and arc.word not in _AT_THAT_TIME:
            return False
        if role is Role.MODIFIER and not _is_measure(arc):
            return False
        if role in {Role.SUBJECT, Role.PASSIVE_SUBJECT} and _sets_in_order(syntax, arc.head):
            return False
        node = arc.head
    return True


def _is_cleft(syntax: Syntax, arc: Arc) -> bool:
    """Tell whether a clause says what a noun did: "it was the minister who refused"."""
    return arc.head.pos_ in {"NOUN", "PROPN"} and any(
        item.lower_ == "it" for item in syntax.dependents(arc.head, Role.SUBJECT)
    )


def _is_verdict(syntax: Syntax, node: Token, arc: Arc) -> bool:
    """Tell whether a clause is itself the act of who says it: "said it was unacceptable"."""
    return node.pos_ == "ADJ" and is_speech(syntax, arc.head)


def _changes_tense(syntax: Syntax, node: Token, head: Token) -> bool:
    """Tell whether of two joined clauses only the first lies in the past."""
    if not syntax.dependents(node, Role.SUBJECT, Role.PASSIVE_SUBJECT):
        return False
    return _is_simple_past(syntax, head) and not _is_simple_past(syntax, node)


def _is_measure(arc: Arc) -> bool:
    """Tell whether a noun only measures its modifier: "a wave of attacks"."""
    cue = find_cue(f"prep:{arc.word}", arc.head.lemma_.lower(), pos="noun")
    return cue is not None and "pass" in cue.effects


def _is_simple_past(syntax: Syntax, verb: Token) -> bool:
    if verb.pos_ in {"ADJ", "NOUN"}:  # "was concerned"
        return any(child.lower_ in {"was", "were"} for child in verb.children)
    forms = set(syntax.auxiliaries(verb))
    return verb.tag_ == "VBD" or (verb.tag_ in {"VBN", "VBG"} and bool(forms & {"was", "were"}))


def _sets_in_order(syntax: Syntax, verb: Token) -> bool:
    """Tell whether a verb puts one event after another: "the attack follows a visit"."""
    if verb.lemma_.lower() not in words_of("sequence"):
        return False
    return bool(syntax.arcs(verb, Role.OBJECT, Role.OBLIQUE))
