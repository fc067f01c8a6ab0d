"""Find the quotations of a text and their speakers."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.nlp.speech import NAME_POS, is_speech, speaker_of
from kg.records import CharSpan
from kg.syntax import Syntax

_OPENING, _CLOSING = "“", "”"
_STRAIGHT = '"'
_WINDOW = 45
_FRAGMENT_WORDS = 4


def quoted_speakers(doc: Doc, syntax: Syntax) -> dict[CharSpan, Token]:
    """Return the speaker of each quotation, by the span between its quotation marks.

    The speaker is looked for after the quotation, then before it, in the same paragraph; a
    quotation that only goes on has the speaker of the one before.
    """
    spans = _quotations(syntax.tokens)
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
            speaker = _speaker_so_far(doc, syntax, first)
        if speaker is None:
            continue
        previous = last, speaker
        span = CharSpan(start=doc[first].idx, end=doc[last].idx + len(doc[last].text))
        found[span] = speaker
    return found


def _quotations(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Return the token indexes of opening and closing marks.

    A paragraph that begins with a mark while a quotation is open continues it; one left open
    ends with its paragraph.
    """
    marks: list[tuple[int, int]] = []
    opened: int | None = None
    for token in tokens:
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
        marks.append((opened, len(tokens) - 1))
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
        if is_speech(syntax, token):
            speaker = speaker_of(syntax, token)
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
        if is_speech(syntax, token):
            speaker = speaker_of(syntax, token)
            if speaker is not None:
                return speaker
            names = [item for item in doc[start:index] if item.pos_ in NAME_POS]
            return names[-1] if names else None
    return None


def _speaker_so_far(doc: Doc, syntax: Syntax, first: int) -> Token | None:
    """Return who speaks in the sentence before a quotation that is one of its own.

    'X said that the time had come. "We will begin tomorrow."'
    """
    if not first or not _ends_sentence(doc, first - 1):
        return None
    root = doc[first - 1].sent.root
    return speaker_of(syntax, root) if is_speech(syntax, root) else None


def _ends_sentence(doc: Doc, index: int) -> bool:
    """Tell whether a mark ends a sentence, as that of "Col." does not."""
    if doc[index].text not in {".", "!", "?"}:
        return False
    return index + 1 >= len(doc) or bool(doc[index + 1].is_sent_start) or doc[index].dep_ == "punct"


def _first_name(doc: Doc, start: int, end: int) -> Token | None:
    """Return the last word of the first noun phrase behind a quotation: who says it."""
    found: Token | None = None
    for token in doc[start:end]:
        if token.pos_ in NAME_POS:
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
