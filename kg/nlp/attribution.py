"""Find whom an article credits with what it tells.

From the word that names an event, ``sources`` climbs to the root and collects the subjects of
verbs of speech in whose reported clause the event lies, the nouns after "according to", and the
speaker of the quotation that holds it; innermost first. ``quoted_speakers`` finds these speakers
once for a document. The verbs are rows of ``kg/data/lexicon/speech_verbs.tsv``.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc, Token

from kg.records import CharSpan
from kg.resources import data_path, read_tsv
from kg.syntax import Arc, Role, Syntax

_ACCORDING = frozenset({"according to", "as per", "in the words of"})
_CLAUSES = frozenset({Role.COMPLEMENT, Role.OPEN_COMPLEMENT})
_OPENING, _CLOSING = "“", "”"
_STRAIGHT = '"'
_WINDOW = 45
_FRAGMENT_WORDS = 4
_NAME_POS = frozenset({"PROPN", "NOUN", "PRON"})


@cache
def _speech_slots() -> Mapping[str, frozenset[str]]:
    rows = read_tsv(data_path("lexicon", "speech_verbs.tsv"), ("lemma", "slots", "note"))
    return {row["lemma"]: frozenset(row["slots"].split("|")) for _, row in rows}


@cache
def _speech_nouns() -> frozenset[str]:
    rows = read_tsv(data_path("lexicon", "speech_nouns.tsv"), ("lemma", "note"))
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
    if quotes is None:
        quotes = quoted_speakers(syntax.doc, syntax)
    for span, speaker in quotes.items():
        if span.start <= token.idx < span.end and speaker not in found:
            found.append(speaker)
    return found


def is_reported(syntax: Syntax, token: Token) -> bool:
    """Tell whether the clause of ``token`` is what somebody says: "said it would attack"."""
    return any(_is_reported_by(syntax, node, arc) for node, arc in _path(syntax, token))


def _path(syntax: Syntax, token: Token) -> Iterator[tuple[Token, Arc]]:
    node = token
    for arc in syntax.governors(token):
        yield node, arc
        node = arc.head


def _climb(syntax: Syntax, token: Token) -> Iterator[Token]:
    yield from _beside(syntax, token, token)
    for node, arc in _path(syntax, token):
        if _is_reported_by(syntax, node, arc):
            speaker = _speaker(syntax, arc.head)
            if speaker is not None:
                yield speaker
        yield from _beside(syntax, arc.head, token)


def _is_reported_by(syntax: Syntax, node: Token, arc: Arc) -> bool:
    """Tell whether ``arc`` ties what is said to the word that says it."""
    slots = _speech_slots().get(_name(syntax, arc.head))
    if arc.head.pos_ in {"NOUN", "PROPN"}:
        is_clause = arc.role in {Role.COMPLEMENT, Role.ADNOMINAL_CLAUSE} and (
            "that" in syntax.marks(node)
        )
        return is_clause and arc.head.lemma_.lower() in _speech_nouns()
    if slots is None:
        return False
    if "to" in syntax.marks(node):
        is_clause = arc.role in {*_CLAUSES, Role.ADVERBIAL_CLAUSE}
        return is_clause and "to" in slots
    if arc.role is Role.COMPLEMENT:
        return bool(slots & {"that", "quote"})
    if arc.role in {Role.OBJECT, Role.PASSIVE_SUBJECT}:
        return "object" in slots
    return arc.word in slots and arc.role in {Role.OBLIQUE, Role.ADVERBIAL_CLAUSE}


def _name(syntax: Syntax, verb: Token) -> str:
    particle = syntax.particle(verb)
    lemma = verb.lemma_.lower()
    return f"{lemma} {particle}" if particle else lemma


def _beside(syntax: Syntax, node: Token, trigger: Token) -> Iterator[Token]:
    """Yield sources that hang on a clause: "according to X", ", X said"."""
    for arc in syntax.arcs(node):
        if arc.token == trigger:
            continue
        if arc.word in _ACCORDING:
            yield arc.token
        elif arc.role in {Role.PARATAXIS, Role.ADVERBIAL_CLAUSE, Role.OTHER}:
            if arc.role is Role.ADVERBIAL_CLAUSE and "as" not in syntax.marks(arc.token):
                continue
            is_speech = "quote" in _speech_slots().get(_name(syntax, arc.token), frozenset())
            has_content = syntax.dependents(arc.token, Role.COMPLEMENT, Role.OBJECT)
            if is_speech and not has_content and trigger not in syntax.subtree(arc.token):
                speaker = _speaker(syntax, arc.token)
                if speaker is not None:
                    yield speaker


def _speaker(syntax: Syntax, word: Token) -> Token | None:
    """Return who says what ``word`` reports."""
    if word.pos_ in {"NOUN", "PROPN"}:
        owners = syntax.dependents(word, Role.POSSESSOR)
        for arc in syntax.arcs(word, Role.MODIFIER):
            if arc.word in {"by", "from"}:
                owners.append(arc.token)
        return owners[0] if owners else None
    for item in syntax.participants(word):
        if item.role is Role.SUBJECT and item.token.lower_ not in {"it", "there"}:
            return item.token
    return None


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
    """Return the speaker named behind a quotation: '..., " X said'."""
    end = min(limit, last + _WINDOW, len(doc))
    for index in range(last + 1, end):
        token = doc[index]
        if "\n" in token.text or (token.text in {".", "!", "?"} and index > last + 1):
            return None
        if _is_speech(syntax, token):
            return _speaker(syntax, token) or _nearest_name(doc, last + 1, index, end)
    return None


def _speaker_before(doc: Doc, syntax: Syntax, first: int, limit: int) -> Token | None:
    """Return the speaker named in front of a quotation: 'X said: "...'."""
    start = max(limit + 1, first - _WINDOW)
    for index in range(first - 1, start - 1, -1):
        token = doc[index]
        if "\n" in token.text or token.text in {".", "!", "?"}:
            return None
        if _is_speech(syntax, token):
            return _speaker(syntax, token) or _nearest_name(doc, start, index, first)
    return None


def _is_speech(syntax: Syntax, token: Token) -> bool:
    if token.pos_ not in {"VERB", "AUX"}:
        return False
    return "quote" in _speech_slots().get(_name(syntax, token), frozenset())


def _nearest_name(doc: Doc, start: int, verb: int, end: int) -> Token | None:
    """Return the noun nearest to a verb of speech whose subject the parse does not give."""
    after = doc[verb + 1] if verb + 1 < end else None
    if after is not None and after.pos_ == "PROPN":
        last = after.i
        while last + 1 < end and doc[last + 1].pos_ == "PROPN":
            last += 1
        return doc[last]
    for index in range(verb - 1, start - 1, -1):
        if doc[index].pos_ in _NAME_POS:
            return doc[index]
    return None


def _goes_on(doc: Doc, last: int, first: int) -> bool:
    """Tell whether only an attribution of one sentence stands between two quotations."""
    between = doc[last + 1 : first]
    if any("\n" in token.text for token in between):
        return all(not token.is_alpha for token in between)
    stops = sum(token.text in {".", "!", "?"} for token in between)
    return stops <= 1 and len(between) <= _WINDOW


__all__ = ["is_reported", "pairwise", "quoted_speakers", "sources"]
