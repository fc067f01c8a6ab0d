"""Find whom an article credits with what it tells.

From the word that names an event, ``sources`` climbs to the root and collects the subjects of
verbs of speech in whose reported clause the event lies, the nouns after "according to", and the
speaker of the quotation that holds it; innermost first. ``quoted_speakers`` finds these speakers
once for a document. The verbs are rows of ``kg/data/lexicon/speech_verbs.tsv``.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from spacy.tokens import Doc, Token

from kg.records import CharSpan
from kg.resources import data_path, read_tsv
from kg.syntax import Arc, Role, Syntax

_ACCORDING = frozenset({"according to", "as per", "in the words of"})
# What stands beside a report ("since sending troops") is the article's own background.
_ASIDE = frozenset(
    {"after", "before", "since", "ahead", "ahead of", "following", "despite", "prior to"}
)
_CLAUSES = frozenset({Role.COMPLEMENT, Role.OPEN_COMPLEMENT})
_OPENING, _CLOSING = "“", "”"
_BREAKS = frozenset({",", "”", "—", "–", '"', "''"})
_CLOSING_WORDS = 7
_STRAIGHT = '"'
_WINDOW = 45
_FRAGMENT_WORDS = 4
_NAMED = frozenset({"NORP", "GPE", "ORG", "PERSON"})
_NO_SPEAKERS = frozenset({"it", "there", "this", "that", "which", "what"})
_NAME_POS = frozenset({"PROPN", "NOUN", "PRON"})


@cache
def _speech_slots() -> Mapping[str, frozenset[str]]:
    rows = read_tsv(data_path("lexicon", "speech_verbs.tsv"), ("lemma", "slots", "note"))
    return {row["lemma"]: frozenset(row["slots"].split("|")) for _, row in rows}


@cache
def _speech_nouns() -> frozenset[str]:
    """Return the nouns that a clause with "that" can be the content of."""
    rows = read_tsv(data_path("lexicon", "speech_nouns.tsv"), ("lemma", "kind", "note"))
    return frozenset(row["lemma"] for _, row in rows if row["kind"] == "statement")


@cache
def _documents() -> frozenset[str]:
    """Return the nouns that say something but are not whom an article credits."""
    rows = read_tsv(data_path("lexicon", "speech_nouns.tsv"), ("lemma", "kind", "note"))
    return frozenset(row["lemma"] for _, row in rows)


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
    for node, arc in _path(syntax, token):
        word = _reporting_word(syntax, node, arc)
        if word is not None:
            yield from _with_conjuncts(syntax, _speaker(syntax, word))
        if arc.word in _ASIDE:
            return
        yield from _beside(syntax, arc.head, token)


def _with_conjuncts(syntax: Syntax, speaker: Token | None) -> Iterator[Token]:
    if speaker is not None:
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
            slots = _speech_slots().get(_name(syntax, above.head), frozenset())
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
    return "that" in _speech_slots().get(_name(syntax, verb), frozenset())


def _verb_before(syntax: Syntax, noun: Token) -> Token | None:
    """Return the verb of "said in a speech on Monday that ..." if it has no other content."""
    for arc in syntax.governors(noun):
        if arc.role not in {Role.OBLIQUE, Role.MODIFIER}:
            return None
        if "that" in _speech_slots().get(_name(syntax, arc.head), frozenset()):
            return None if syntax.dependents(arc.head, Role.COMPLEMENT) else arc.head
    return None


def _is_reported_by(syntax: Syntax, node: Token, arc: Arc) -> bool:
    """Tell whether ``arc`` ties what is said to the word that says it."""
    slots = _speech_slots().get(_name(syntax, arc.head))
    if _ASIDE & {arc.word, *syntax.marks(node)}:
        return False
    if arc.head.pos_ in {"NOUN", "PROPN"}:
        is_clause = arc.role in {Role.COMPLEMENT, Role.ADNOMINAL_CLAUSE} and (
            "that" in syntax.marks(node)
        )
        return is_clause and arc.head.lemma_.lower() in _speech_nouns()
    if slots is None:
        return False
    if "to" in syntax.marks(node) and "that" not in syntax.marks(node):
        is_clause = arc.role in {*_CLAUSES, Role.ADVERBIAL_CLAUSE}
        return is_clause and "to" in slots
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


def _name(syntax: Syntax, verb: Token) -> str:
    """Return the lemma of a verb, with its particle if both make a verb of speech."""
    lemma = verb.lemma_.lower()
    phrase = f"{lemma} {syntax.particle(verb)}"
    return phrase if phrase in _speech_slots() else lemma


def _beside(syntax: Syntax, node: Token, trigger: Token) -> Iterator[Token]:
    """Yield sources that hang on a clause: "according to X", ", X said"."""
    for arc in syntax.arcs(node):
        if arc.token == trigger:
            continue
        if arc.word in _ACCORDING:
            yield from syntax.conjuncts(arc.token)
        elif arc.role in {Role.PARATAXIS, Role.ADVERBIAL_CLAUSE, Role.OTHER}:
            if arc.role is Role.ADVERBIAL_CLAUSE and "as" not in syntax.marks(arc.token):
                continue
            is_speech = "quote" in _speech_slots().get(_name(syntax, arc.token), frozenset())
            has_content = syntax.dependents(arc.token, Role.COMPLEMENT, Role.OBJECT)
            if is_speech and not has_content and trigger not in syntax.subtree(arc.token):
                yield from _with_conjuncts(syntax, _speaker(syntax, arc.token))


def _speaker(syntax: Syntax, word: Token) -> Token | None:
    """Return who says what ``word`` reports."""
    if word.pos_ in {"NOUN", "PROPN"}:
        return _author(syntax, word)
    only_documents = "evidence" in _speech_slots().get(_name(syntax, word), frozenset())
    for item in syntax.participants(word):
        if item.role is Role.SUBJECT and item.token.lower_ not in _NO_SPEAKERS:
            if item.token.lemma_.lower() in _documents():
                return _author(syntax, item.token)
            if only_documents:
                return None
            return item.token if item.token.pos_ in _NAME_POS else None
    return None


def _author(syntax: Syntax, noun: Token) -> Token | None:
    """Return whose statement or report a noun names, or None."""
    for arc in syntax.arcs(noun):
        if arc.role is Role.POSSESSOR or (
            arc.role in {Role.MODIFIER, Role.OBLIQUE} and arc.word in {"by", "from"}
        ):
            return arc.token
        if arc.role in {Role.ADJECTIVE, Role.COMPOUND} and arc.token.ent_type_ in _NAMED:
            return arc.token
        if arc.role is Role.ADNOMINAL_CLAUSE:
            for item in syntax.participants(arc.token):
                if item.role is Role.SUBJECT and item.token != noun:
                    return item.token
    above = syntax.governor(noun)
    if above is None or above.role is not Role.OBJECT:
        return None
    # "expressed regret that ...", "released a video showing ..."
    slots = _speech_slots().get(_name(syntax, above.head), frozenset())
    return _speaker(syntax, above.head) if "document" in slots else None


def _closing_speaker(syntax: Syntax, token: Token) -> Iterator[Token]:
    """Yield who says a sentence that ends in ", X said", however the parse hangs the verb."""
    sent = token.sent
    words = [item for item in sent if not (item.is_punct or item.is_space)]
    for verb in words[-_CLOSING_WORDS:]:
        if verb.i <= token.i or not _is_speech(syntax, verb):
            continue
        if syntax.dependents(verb, Role.COMPLEMENT, Role.OBJECT, Role.OPEN_COMPLEMENT):
            continue
        speaker = _speaker(syntax, verb)
        if speaker is None or not token.i < speaker.i < verb.i:
            continue
        first = min(item.i for item in syntax.subtree(speaker) if item.i < verb.i)
        if first > token.i and syntax.doc[first - 1].text in _BREAKS:
            yield from _with_conjuncts(syntax, speaker)
            return


def _reporter(syntax: Syntax, token: Token) -> Iterator[Token]:
    """Yield who is credited with a whole paragraph: "The news was reported by X"."""
    doc = syntax.doc
    sent = token.sent
    while sent.end < len(doc) and not any("\n" in item.text for item in sent[-1:]):
        sent = doc[sent.end].sent
        verb = sent.root
        if not syntax.is_passive(verb) or not _is_speech(syntax, verb):
            continue
        subjects = syntax.dependents(verb, Role.PASSIVE_SUBJECT)
        if subjects and subjects[0].lemma_.lower() in _documents():
            for agent in syntax.dependents(verb, Role.AGENT):
                yield from syntax.conjuncts(agent)
            return


# --- quotations -------------------------------------------------------------------------------


def quoted_speakers(doc: Doc, syntax: Syntax) -> dict[CharSpan, Token]:
    """Return the speaker of each quotation, by the span between its quotation marks.

    The speaker is looked for after the quotation, then before it, in the same paragraph; a
    quotation that only goes on has the speaker of the one before.
    """
    spans = _quotations(doc)
    found: dict[CharSpan, Token] = {}
    previous: tuple[int, Token] | None = None
    for number, (first, last) in enumerate(spans):
        following = spans[number + 1][0] if number + 1 < len(spans) else len(doc)
        preceding = spans[number - 1][1] if number else -1
        if last - first - 1 < _FRAGMENT_WORDS:
            continue
        speaker = _speaker_after(doc, syntax, last, following)
        if speaker is None:
            speaker = _speaker_before(doc, syntax, first, preceding)
        if speaker is None and previous is not None and _goes_on(doc, previous[0], first):
            speaker = previous[1]
        if speaker is None:
            continue
        previous = last, speaker
        span = CharSpan(start=doc[first].idx, end=doc[last].idx + len(doc[last].text))
        found[span] = speaker
    return found


def _quotations(doc: Doc) -> list[tuple[int, int]]:
    """Return the token indexes of opening and closing marks.

    A paragraph that begins with a mark while a quotation is open continues it; one left open
    ends with its paragraph.
    """
    marks: list[tuple[int, int]] = []
    opened: int | None = None
    for token in doc:
        text = token.text
        if "\n" in text and opened is not None:
            marks.append((opened, token.i - 1))
            opened = None
        elif text == _OPENING or (text in {_STRAIGHT, "``"} and opened is None):
            if opened is None:
                opened = token.i
        elif text in {_CLOSING, _STRAIGHT, "''"} and opened is not None:
            marks.append((opened, token.i))
            opened = None
    if opened is not None:
        marks.append((opened, len(doc) - 1))
    return [(first, last) for first, last in marks if last > first]


def _speaker_after(doc: Doc, syntax: Syntax, last: int, limit: int) -> Token | None:
    """Return the speaker named behind a quotation: '..., " X said'.

    A quotation that ends its sentence with a full stop has none behind it.
    """
    if doc[last - 1].text in {".", "…"} or doc[last].text in {".", "…"}:
        return None
    end = min(limit, last + _WINDOW, len(doc))
    for index in range(last + 1, end):
        token = doc[index]
        if "\n" in token.text or (index > last + 1 and _ends_sentence(doc, index)):
            return None
        if _is_speech(syntax, token):
            speaker = _speaker(syntax, token)
            if speaker is not None and last < speaker.i < end:
                return speaker
            return _first_name(doc, last + 1, end)
    return None


def _speaker_before(doc: Doc, syntax: Syntax, first: int, limit: int) -> Token | None:
    """Return the speaker named in front of a quotation: 'X said: "...'."""
    start = max(limit + 1, first - _WINDOW)
    for index in range(first - 1, start - 1, -1):
        token = doc[index]
        if "\n" in token.text or _ends_sentence(doc, index):
            return None
        if _is_speech(syntax, token):
            speaker = _speaker(syntax, token)
            if speaker is not None:
                return speaker
            names = [item for item in doc[start:index] if item.pos_ in _NAME_POS]
            return names[-1] if names else None
    return None


def _is_speech(syntax: Syntax, token: Token) -> bool:
    if token.pos_ not in {"VERB", "AUX"}:
        return False
    return "quote" in _speech_slots().get(_name(syntax, token), frozenset())


def _ends_sentence(doc: Doc, index: int) -> bool:
    """Tell whether a mark ends a sentence, as that of "Col." does not."""
    if doc[index].text not in {".", "!", "?"}:
        return False
    return index + 1 >= len(doc) or bool(doc[index + 1].is_sent_start) or doc[index].dep_ == "punct"


def _first_name(doc: Doc, start: int, end: int) -> Token | None:
    """Return the last word of the first noun phrase behind a quotation: who says it."""
    found: Token | None = None
    for token in doc[start:end]:
        if token.pos_ in _NAME_POS:
            found = token
        elif found is not None and token.dep_ not in {"flat", "compound"}:
            return found
    return found


def _goes_on(doc: Doc, last: int, first: int) -> bool:
    """Tell whether only an attribution of one sentence stands between two quotations."""
    between = doc[last + 1 : first]
    if any("\n" in token.text for token in between):
        return all(not token.is_alpha for token in between)
    stops = sum(token.text in {".", "!", "?"} for token in between)
    return stops <= 1 and len(between) <= _WINDOW


__all__ = ["is_reported", "quoted_speakers", "sources"]
