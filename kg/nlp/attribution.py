"""Find whom an article credits with what it tells.

From the word that names an event, ``sources`` climbs to the root and collects the subjects of
verbs of speech in whose reported clause the event lies, the nouns after "according to", and the
speaker of the quotation that holds it; innermost first.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from spacy.tokens import Token

from kg.nlp.quotations import quoted_speakers
from kg.nlp.speech import (
    author_of,
    document_nouns,
    is_speech,
    speaker_of,
    speech_slots,
    statement_nouns,
    verb_name,
)
from kg.records import CharSpan
from kg.syntax import Arc, Role, Syntax
from kg.syntax.disowning import disowner, is_nobody

_ACCORDING = frozenset({"according to", "as per", "in the words of"})
# What stands beside a report ("since sending troops") is the article's own background.
_ASIDE = frozenset(
    {"after", "before", "since", "ahead", "ahead of", "following", "despite", "prior to"}
)
# "vowed to crush the force unveiled in May": what describes a thing is not part of the vow.
_BACKGROUND = frozenset({Role.RELATIVE_CLAUSE, Role.ADNOMINAL_CLAUSE})
_CITING = frozenset({"cite", "quote"})
_CLAUSES = frozenset({Role.COMPLEMENT, Role.OPEN_COMPLEMENT})
_BREAKS = frozenset({",", "”", "—", "–", '"', "''"})
_CLOSING_WORDS = 9


def sources(
    syntax: Syntax, token: Token, quotes: Mapping[CharSpan, Token] | None = None
) -> list[Token]:
    """Return the heads of those credited with the clause of ``token``, innermost first.

    Args:
        syntax: Parse of the document.
        token: The word that names an event.
        quotes: Result of ``quoted_speakers`` for the document; found anew when None.
    """
    found: list[Token] = []
    for speaker in _climb(syntax, token):
        if speaker not in found:
            found.append(speaker)
    if not found:
        found.extend(_closing_speaker(syntax, token))
    if not found:
        found.extend(_reporter(syntax, token))
    if quotes is None:
        quotes = quoted_speakers(syntax.doc, syntax)
    for span, speaker in quotes.items():
        if span.start <= token.idx < span.end and speaker not in found:
            found.append(speaker)
    return found


def is_reported(syntax: Syntax, token: Token) -> bool:
    """Tell whether the clause of ``token`` is what somebody says: "said it would attack"."""
    return any(_reporting_word(syntax, node, arc) is not None for node, arc in _path(syntax, token))


def _path(syntax: Syntax, token: Token) -> Iterator[tuple[Token, Arc]]:
    node = token
    for arc in syntax.governors(token):
        yield node, arc
        node = arc.head


def _climb(syntax: Syntax, token: Token) -> Iterator[Token]:
    yield from _beside(syntax, token, token)
    is_background = False
    for node, arc in _path(syntax, token):
        is_background = is_background or arc.role in _BACKGROUND
        word = _reporting_word(syntax, node, arc)
        is_wish = node.tag_ == "VB" and arc.role is not Role.COMPLEMENT
        # Who "denied a part in the raid" does not say that there was one.
        is_denied = word is not None and word == disowner(syntax, token)
        if word is not None and not is_denied and not (is_background and is_wish):
            yield from _credited(syntax, word)
        if arc.word in _ASIDE:
            return
        yield from _beside(syntax, arc.head, token)


def _credited(syntax: Syntax, word: Token) -> Iterator[Token]:
    """Yield whom a report cites, then who makes it: "Reuters said, citing [officials]"."""
    for clause in syntax.dependents(word, Role.ADVERBIAL_CLAUSE):
        if clause.tag_ == "VBG" and clause.lemma_.lower() in _CITING:
            for source in syntax.dependents(clause, Role.OBJECT):
                yield from syntax.conjuncts(source)
    yield from _with_conjuncts(syntax, speaker_of(syntax, word))


def _with_conjuncts(syntax: Syntax, speaker: Token | None) -> Iterator[Token]:
    if speaker is not None and not is_nobody(syntax, speaker):
        yield from syntax.conjuncts(speaker)


def _reporting_word(syntax: Syntax, node: Token, arc: Arc) -> Token | None:
    """Return the word whose content ``node`` is, or None.

    A clause hung on the object of a verb ("accused them of having struck a deal") is looked at
    as if it hung on the verb.
    """
    if _is_reported_by(syntax, node, arc):
        return arc.head
    if arc.role is Role.CONJUNCT and _is_content_beside(syntax, node, arc.head):
        return arc.head
    if arc.role in {Role.RELATIVE_CLAUSE, Role.ADNOMINAL_CLAUSE} and "that" in syntax.marks(node):
        return _verb_before(syntax, arc.head)
    if arc.role is Role.ADNOMINAL_CLAUSE and arc.word:
        above = syntax.governor(arc.head)
        if above is not None and above.role in {Role.OBJECT, Role.PASSIVE_SUBJECT}:
            slots = speech_slots().get(verb_name(syntax, above.head), frozenset())
            if arc.word in slots:
                return above.head
    return None


def _is_content_beside(syntax: Syntax, node: Token, verb: Token) -> bool:
    """Tell whether a verb joined to "said" belongs to what was said.

    In "X said Y had left and remains ready" the tense changes because the second verb is part of
    the report, although the parse joins it to "said".
    """
    if verb.tag_ != "VBD" or node.tag_ not in {"VBZ", "VBP"}:
        return False
    has_subject = syntax.dependents(node, Role.SUBJECT, Role.PASSIVE_SUBJECT)
    if has_subject or not syntax.dependents(verb, Role.COMPLEMENT):
        return False
    return "that" in speech_slots().get(verb_name(syntax, verb), frozenset())


def _verb_before(syntax: Syntax, noun: Token) -> Token | None:
    """Return the verb of "said in a speech on Monday that ..." if it has no other content."""
    for arc in syntax.governors(noun):
        if arc.role not in {Role.OBLIQUE, Role.MODIFIER}:
            return None
        if "that" in speech_slots().get(verb_name(syntax, arc.head), frozenset()):
            return None if syntax.dependents(arc.head, Role.COMPLEMENT) else arc.head
    return None


def _is_reported_by(syntax: Syntax, node: Token, arc: Arc) -> bool:
    """Tell whether ``arc`` ties what is said to the word that says it."""
    slots = speech_slots().get(verb_name(syntax, arc.head))
    if _ASIDE & {arc.word, *syntax.marks(node)}:
        return False
    if arc.head.pos_ in {"NOUN", "PROPN"}:
        is_clause = arc.role in {Role.COMPLEMENT, Role.ADNOMINAL_CLAUSE} and (
            "that" in syntax.marks(node)
        )
        return is_clause and arc.head.lemma_.lower() in statement_nouns()
    if slots is None:
        return False
    if "to" in syntax.marks(node) and "that" not in syntax.marks(node):
        is_clause = arc.role in {*_CLAUSES, Role.ADVERBIAL_CLAUSE}
        return is_clause and "to" in slots
    if node.tag_ == "VBG" and arc.role in _CLAUSES and "ing" in slots:  # "admitted bombing it"
        return True
    if arc.role is Role.OPEN_COMPLEMENT and node.tag_ == "VB":  # 'vowed to "crush" them'
        return "to" in slots
    if arc.role is Role.COMPLEMENT:
        return bool(slots & {"that", "quote"})
    if arc.role in {Role.OBJECT, Role.PASSIVE_SUBJECT}:
        return "object" in slots
    return arc.word in slots and arc.role in {
        Role.OBLIQUE,
        Role.ADVERBIAL_CLAUSE,
        Role.ADNOMINAL_CLAUSE,
    }


def _beside(syntax: Syntax, node: Token, trigger: Token) -> Iterator[Token]:
    """Yield sources that hang on a clause: "according to X", ", X said"."""
    for arc in syntax.arcs(node):
        if arc.token == trigger:
            continue
        if arc.word in _ACCORDING:
            for source in syntax.conjuncts(arc.token):
                is_document = source.lemma_.lower() in document_nouns()
                author = author_of(syntax, source) if is_document else source
                if author is not None:
                    yield author
        elif arc.role in {Role.PARATAXIS, Role.ADVERBIAL_CLAUSE, Role.OTHER}:
            if arc.role is Role.ADVERBIAL_CLAUSE and "as" not in syntax.marks(arc.token):
                continue
            is_speech = "quote" in speech_slots().get(verb_name(syntax, arc.token), frozenset())
            has_content = syntax.dependents(arc.token, Role.COMPLEMENT, Role.OBJECT)
            if is_speech and not has_content and trigger not in syntax.subtree(arc.token):
                yield from _credited(syntax, arc.token)


def _closing_speaker(syntax: Syntax, token: Token) -> Iterator[Token]:
    """Yield who says a sentence that ends in ", X said", however the parse hangs the verb."""
    sent = token.sent
    for verb in syntax.doc[max(token.i + 1, sent.end - _CLOSING_WORDS) : sent.end]:
        if not is_speech(syntax, verb) or verb.tag_ == "VB":  # "if they fire, we will respond"
            continue
        if syntax.dependents(verb, Role.COMPLEMENT, Role.OBJECT, Role.OPEN_COMPLEMENT):
            continue
        speaker = speaker_of(syntax, verb)
        if speaker is None or not token.i < speaker.i < verb.i:
            continue
        first = min(item.i for item in syntax.subtree(speaker) if item.i < verb.i)
        if first > token.i and syntax.doc[first - 1].text in _BREAKS:
            yield from _with_conjuncts(syntax, speaker)
            return


def _reporter(syntax: Syntax, token: Token) -> Iterator[Token]:
    """Yield who is credited with a whole paragraph: "The news was reported by X"."""
    for verb, agents in _reports(syntax):
        if verb.i < token.sent.end:
            continue
        between = syntax.doc[token.i : verb.i]
        if not any("\n" in item.text for item in between):
            yield from agents
        return


@lru_cache(maxsize=2)  # asked for each event of a document in turn
def _reports(syntax: Syntax) -> tuple[tuple[Token, tuple[Token, ...]], ...]:
    """Return the verbs of sentences such as "The news was reported by X", with every X."""
    found = []
    for verb in syntax.tokens:
        if verb.dep_ != "ROOT" or verb.tag_ != "VBN" or not is_speech(syntax, verb):
            continue
        subjects = syntax.dependents(verb, Role.PASSIVE_SUBJECT)
        if subjects and subjects[0].lemma_.lower() in document_nouns():
            agents = syntax.dependents(verb, Role.AGENT)
            found.append(
                (verb, tuple(item for agent in agents for item in syntax.conjuncts(agent)))
            )
    return tuple(found)


__all__ = ["is_reported", "quoted_speakers", "sources"]
