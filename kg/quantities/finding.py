"""Find which words of harm belong to an event, and what they count.

Looked at is what the clause of an event and the clauses and nouns that belong to it say: "killing
at least five and wounding 20", "the arrest of two men", "no casualties".
"""

from collections.abc import Collection, Iterator, Mapping

from spacy.tokens import Span, Token

from kg.quantities.counting import Count, counts_of, is_denied, kinds_of, stated_total
from kg.records import Casualties
from kg.syntax import Role, Syntax
from kg.terms import QuantityKind

_CLAUSES_BELOW = (
    Role.ADVERBIAL_CLAUSE,
    Role.CONJUNCT,
    Role.ADNOMINAL_CLAUSE,
    Role.RELATIVE_CLAUSE,
    Role.OPEN_COMPLEMENT,
    Role.PARATAXIS,
)
_OTHER_CLAUSES = frozenset(
    {Role.COMPLEMENT, Role.RELATIVE_CLAUSE, Role.ADNOMINAL_CLAUSE, Role.PARATAXIS}
)
_WITHIN = frozenset(
    {"", "in", "by", "with", "of", "during", "from", "to", "at", "on", "as", "for", "after"}
)
_HARM_TO_BODIES = frozenset({QuantityKind.KILLED, QuantityKind.INJURED})
_OPENING_WORDS = 6
_EARLIER = frozenset({"after", "for"})
"""Words that put a harm before the event: "shelled the town after the death of three men"."""


def find_counts(
    syntax: Syntax,
    trigger: Token,
    sent: Span,
    *,
    taken: Collection[int] = (),
    harms: bool = True,
) -> dict[QuantityKind, list[Count]]:
    """Return what the sentence counts of harm for the event that ``trigger`` names, by kind.

    Looked at are the trigger, the verb that governs it, and the clauses and nouns that hang on
    either; a count belongs to the event of its own clause. The first words that state a number
    count; words that only bound one ("dozens") do where no others are. A next sentence that
    opens by saying that nobody was hurt is read too.

    Args:
        syntax: Parse of the document.
        trigger: The word that names the event.
        sent: The sentence of the trigger.
        taken: Indexes of tokens that name other events, whose counts are theirs.
        harms: Whether the event is of a kind that makes prisoners and drives people out. Other
            events count these only if their own word says so: who is given shelter or set free
            was displaced or arrested by another event.
    """
    if not any(
        kinds_of(syntax, token) for token in sent.doc[sent.start : sent.end + _OPENING_WORDS]
    ):
        return {}  # most sentences: no need to climb
    words = [word for word in _harm_words(syntax, trigger, sent) if word.i not in taken]
    words += _harm_denied_next(syntax, sent)
    found: dict[QuantityKind, list[Count]] = {}
    for word in words:
        counts: list[Count] | None = None
        for kind in kinds_of(syntax, word):
            if not harms and word != trigger and kind not in _HARM_TO_BODIES:
                continue
            counts = counts_of(syntax, word) if counts is None else counts
            if not counts or (kind in found and stated_total(found[kind]) is not None):
                continue
            if kind not in found or stated_total(counts) is not None:
                found[kind] = counts
    return found


def casualties_of(counts: Mapping[QuantityKind, list[Count]]) -> Casualties | None:
    """Return the numbers of dead and hurt that are stated; None when neither is."""
    killed = stated_total(counts.get(QuantityKind.KILLED, []))
    injured = stated_total(counts.get(QuantityKind.INJURED, []))
    if killed is None and injured is None:
        return None
    return Casualties(killed=killed, injured=injured)


def _harm_words(syntax: Syntax, trigger: Token, sent: Span) -> Iterator[Token]:
    """Yield the words of harm that belong to the event, nearest to it first."""
    seen: set[int] = set()
    for start in _neighbours(syntax, trigger):
        for token in [start, *_below(syntax, start)]:
            if token.i not in seen and sent.start <= token.i < sent.end:
                seen.add(token.i)
                if _is_harm(syntax, token):
                    yield token


def _harm_denied_next(syntax: Syntax, sent: Span) -> list[Token]:
    """Return words such as "no casualties" from the beginning of the next sentence."""
    doc = syntax.doc
    if sent.end >= len(doc):
        return []
    opening = doc[sent.end].sent[:_OPENING_WORDS]
    return [word for word in opening if _is_harm(syntax, word) and is_denied(syntax, word)]


def _is_harm(syntax: Syntax, word: Token) -> bool:
    return bool(kinds_of(syntax, word))


def _neighbours(syntax: Syntax, trigger: Token) -> Iterator[Token]:
    """Yield the trigger and the verbs above it in the same clause or coordination."""
    yield trigger
    for arc in syntax.governors(trigger):
        if arc.role in _OTHER_CLAUSES:
            return
        if arc.role in {Role.OBLIQUE, Role.MODIFIER} and arc.word not in _WITHIN:
            return
        if arc.role is not Role.CONJUNCT or syntax.is_clause(arc.head):
            yield arc.head
        if arc.role is Role.ADVERBIAL_CLAUSE:
            return


def _below(syntax: Syntax, token: Token, *, depth: int = 2) -> Iterator[Token]:
    """Yield words of harm in what hangs on ``token``, a few clauses deep at most."""
    for arc in syntax.arcs(token):
        if "to" in syntax.marks(arc.token):
            continue  # "threatened to kill ten men"
        if arc.role in {Role.OBLIQUE, Role.MODIFIER} and (
            arc.word not in _WITHIN or (arc.word in _EARLIER and _is_harm(syntax, arc.token))
        ):
            continue
        if arc.role in _CLAUSES_BELOW or _is_harm(syntax, arc.token):
            yield arc.token
            if depth > 1:
                yield from _below(syntax, arc.token, depth=depth - 1)
        elif arc.role in {Role.OBLIQUE, Role.MODIFIER, Role.OBJECT, Role.SUBJECT}:
            yield from _harm_in(syntax, arc.token)


def _harm_in(syntax: Syntax, noun: Token) -> Iterator[Token]:
    """Yield words of harm inside a noun phrase: "resulting in the death of", "with five dead"."""
    for token in syntax.subtree(noun):
        if token != noun and _is_harm(syntax, token):
            yield token
