"""Read how many people an event killed or hurt.

``parse_number`` reads numbers as news writes them ("3,000", "twenty-one", "2.5 million", "at
least five"). ``find_casualties`` collects what the clause of an event and the clauses and nouns
that belong to it say: "killed three soldiers", "killing at least five and wounding 20", "the
death of a member", "no casualties". What is vague ("dozens", "several") stays None: a number is
never invented.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from spacy.tokens import Span, Token

from kg.records import Casualties
from kg.resources import data_path, read_tsv
from kg.syntax import Role, Syntax

_COLUMNS = ("word", "kind", "value", "note")
_VICTIM_ROLES = frozenset({Role.OBJECT})
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
_SINGULAR = frozenset({"a", "an", "another", "one"})
_ZERO = frozenset({"no", "zero", "neither"})
_NO_ONE = frozenset({"nobody", "none", "no-one"})
_YEAR = re.compile(r"(19|20)\d\d")
_TOGETHER = frozenset(
    {"along", "along with", "alongside", "together with", "as well as", "besides"}
)
_OPENING_WORDS = 6
_NEAR = 4


@cache
def _words() -> dict[str, tuple[str, str]]:
    rows = read_tsv(data_path("lexicon", "number_words.tsv"), _COLUMNS)
    return {row["word"]: (row["kind"], row["value"]) for _, row in rows}


def _kind(word: str) -> str:
    return _words().get(word.lower(), ("", ""))[0]


def parse_number(words: str | Sequence[str]) -> int | None:
    """Return the whole number that words say, or None when they say none.

    >>> parse_number("more than 3,000"), parse_number("twenty-one"), parse_number("2.5 million")
    (3000, 21, 2500000)
    >>> parse_number("dozens") is None
    True
    """
    parts = words.split() if isinstance(words, str) else list(words)
    total, current = 0.0, 0.0
    is_number = False
    for part in (piece for word in parts for piece in word.lower().split("-") if piece):
        kind, value = _words().get(part, ("", ""))
        digits = part.replace(",", "")
        if digits.replace(".", "", 1).isdigit():
            current += float(digits)
        elif kind == "number":
            current += float(value)
        elif kind == "factor":
            current = (current or 1.0) * float(value)
            if float(value) >= 1000:
                total, current = total + current, 0.0
        elif kind == "plural":
            return None
        elif part == "and" or not is_number:
            continue
        else:
            break
        is_number = True
    return round(total + current) if is_number else None


def find_casualties(
    syntax: Syntax, trigger: Token, sent: Span, *, taken: Collection[int] = ()
) -> Casualties | None:
    """Return what the sentence says of dead and hurt for the event that ``trigger`` names.

    Looked at are the trigger, the verb that governs it, and the clauses and nouns that hang on
    either; a count belongs to the event of its own clause. A next sentence that opens by saying
    that nobody was hurt is read too. None when no number is stated.

    Args:
        syntax: Parse of the document.
        trigger: The word that names the event.
        sent: The sentence of the trigger.
        taken: Indexes of tokens that name other events, whose counts are theirs.
    """
    killed: int | None = None
    injured: int | None = None
    if not any(_kinds(token) for token in sent.doc[sent.start : sent.end + _OPENING_WORDS]):
        return None  # most sentences: no need to climb
    words = [word for word in _harm_words(syntax, trigger, sent) if word.i not in taken]
    words += _harm_denied_next(syntax, sent)
    for word in words:
        for kind in _kinds(word):
            count = _count(syntax, word)
            if count is None:
                continue
            if "killed" in kind and killed is None:
                killed = count
            if "injured" in kind and injured is None:
                injured = count
    if killed is None and injured is None:
        return None
    return Casualties(killed=killed, injured=injured)


def _kinds(word: Token) -> list[str]:
    """Return which counts a word of harm gives: "killed", "injured", or both ("casualties")."""
    kind = _kind(word.lemma_) or _kind(word.lower_)
    if kind == "lose" and not any(_kind(child.lemma_) == "people" for child in word.children):
        return []
    return {
        "kill": ["killed"],
        "lose": ["killed"],
        "hurt": ["injured"],
        "harm": ["killed", "injured"],
    }.get(kind, [])


def _is_harm(word: Token) -> bool:
    return bool(_kinds(word))


def _harm_words(syntax: Syntax, trigger: Token, sent: Span) -> Iterator[Token]:
    """Yield the words of harm that belong to the event, nearest to it first."""
    seen: set[int] = set()
    for start in _neighbours(syntax, trigger):
        for token in [start, *_below(syntax, start)]:
            if token.i not in seen and sent.start <= token.i < sent.end:
                seen.add(token.i)
                if _is_harm(token):
                    yield token


def _harm_denied_next(syntax: Syntax, sent: Span) -> list[Token]:
    """Return words such as "no casualties" from the beginning of the next sentence."""
    doc = syntax.doc
    if sent.end >= len(doc):
        return []
    opening = doc[sent.end].sent[:_OPENING_WORDS]
    return [word for word in opening if _is_harm(word) and _number_of(syntax, word) == 0]


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
        if arc.role in {Role.OBLIQUE, Role.MODIFIER} and arc.word not in _WITHIN:
            continue
        if arc.role in _CLAUSES_BELOW or _is_harm(arc.token):
            yield arc.token
            if depth > 1:
                yield from _below(syntax, arc.token, depth=depth - 1)
        elif arc.role in {Role.OBLIQUE, Role.MODIFIER, Role.OBJECT, Role.SUBJECT}:
            yield from _harm_in(syntax, arc.token)


def _harm_in(syntax: Syntax, noun: Token) -> Iterator[Token]:
    """Yield words of harm inside a noun phrase: "resulting in the death of", "with five dead"."""
    for token in syntax.subtree(noun):
        if token != noun and _is_harm(token):
            yield token


def _count(syntax: Syntax, word: Token) -> int | None:
    """Return how many a word of harm speaks of."""
    if syntax.is_clause(word) and word.pos_ in {"VERB", "AUX"}:
        return _count_of_verb(syntax, word)
    if word.pos_ == "ADJ" or word.lower_ in {"dead", "wounded", "injured"}:
        return _count_beside(syntax, word)
    if word.lemma_.lower() in {"death", "loss", "killing", "murder", "injury", "wounding"}:
        victims = [
            arc.token
            for arc in syntax.arcs(word, Role.MODIFIER, Role.POSSESSOR)
            if arc.word == "of" or arc.role is Role.POSSESSOR
        ]
        count = _number_of(syntax, word)
        if victims and count is None:
            return _people(syntax, victims[0], is_named=True)
        return count
    return _number_of(syntax, word)


def _count_of_verb(syntax: Syntax, verb: Token) -> int | None:
    victims = [item.token for item in syntax.participants(verb) if item.role in _VICTIM_ROLES]
    if verb.lemma_.lower() in {"die", "perish"}:
        victims = [item.token for item in syntax.participants(verb) if item.role is Role.SUBJECT]
    victims = [item for item in victims if _kind(item.lemma_) != "measure"]
    if _is_alternative(verb):
        return None
    if not victims:
        return _count_behind(syntax, verb)
    people = [item for item in syntax.conjuncts(victims[0]) if not syntax.is_clause(item)]
    beside = [verb, *syntax.dependents(verb, Role.OBLIQUE)]
    people += [
        arc.token
        for item in beside
        for arc in syntax.arcs(item, Role.OBLIQUE, Role.MODIFIER)
        if arc.word in _TOGETHER
    ]
    counts = [_people(syntax, person, is_named=True) for person in people]
    known = [count for count in counts if count is not None]
    if not known:
        return None
    return 0 if syntax.is_negated(verb) else sum(known)


def _is_alternative(verb: Token) -> bool:
    """Tell whether a count is shared out: "killed or wounded 40 men"."""
    words = verb.doc[max(0, verb.i - 2) : verb.i + 3]
    return any(
        second.lower_ == "or" and _is_harm(first) and _is_harm(third)
        for first, second, third in zip(words, words[1:], words[2:], strict=False)
    )


def _count_behind(syntax: Syntax, verb: Token) -> int | None:
    """Return the number right behind an active verb whose object the parse hangs elsewhere."""
    if syntax.is_passive(verb):
        return None
    for token in verb.doc[verb.i + 1 : verb.i + 1 + _NEAR]:
        if token.like_num and _kind(token.head.lemma_) != "measure":
            return _number_of(syntax, token)
    return None


def _people(syntax: Syntax, noun: Token, *, is_named: bool = False) -> int | None:
    """Return how many people a noun phrase names, or None.

    Args:
        syntax: Parse of the document.
        noun: Head of the noun phrase.
        is_named: Whether a single named or definite person counts as one.
    """
    count = _number_of(syntax, noun)
    if count is not None:
        return count
    if noun.lower_ in _NO_ONE:
        return 0
    if noun.lower_ == "one" and noun.i and noun.nbor(-1).lower_ == "no":
        return 0
    determiners = {item.lower_ for item in syntax.dependents(noun, Role.DETERMINER)}
    if (
        noun.tag_ in {"NN", "NNP", "JJ"}
        and determiners & _SINGULAR
        and _kind(noun.lemma_) != "group"
    ):
        return 1
    if is_named and (noun.ent_type_ == "PERSON" or _names_person(syntax, noun)):
        return 1
    return None


def _names_person(syntax: Syntax, noun: Token) -> bool:
    """Tell whether an apposition gives the name of one person: "the journalist Ana Ruiz"."""
    if noun.tag_ != "NN":
        return False
    names = syntax.dependents(noun, Role.APPOSITION, Role.NAME_PART)
    return any(name.ent_type_ == "PERSON" for name in names)


def _number_of(syntax: Syntax, noun: Token) -> int | None:
    """Return the number that stands with a noun, or that the noun itself is."""
    determiners = {item.lower_ for item in syntax.dependents(noun, Role.DETERMINER)}
    if determiners & _ZERO:
        return 0
    numbers = syntax.dependents(noun, Role.NUMBER)
    if any(_YEAR.fullmatch(item.text) for item in numbers):
        return None  # "2011 protesters"
    if noun.like_num and noun.i and noun.nbor(-1).text == ",":
        return None  # an age: "Ana Ruiz, 22, died"
    if noun.lower_ != "one" and (noun.like_num or _kind(noun.lower_) in {"number", "factor"}):
        return parse_number([item.text for item in syntax.subtree(noun) if item.i <= noun.i])
    for arc in syntax.arcs(noun, Role.NUMBER):
        if arc.token.i > noun.i:
            continue  # the age in "Ana Ruiz, 22, was killed"
        words = [
            item.text
            for item in syntax.subtree(arc.token)
            if item.like_num or _kind(item.lower_) in {"number", "factor", "plural"}
        ]
        count = parse_number(words)
        if count is not None:
            return count
    for arc in syntax.arcs(noun, Role.ADJECTIVE, Role.COMPOUND, Role.DETERMINER):
        if arc.token.like_num:
            return parse_number(arc.token.text)
    return None


def _count_beside(syntax: Syntax, word: Token) -> int | None:
    """Return the number of "five dead", "left 20 people wounded"."""
    if word.i and word.nbor(-1).like_num:
        return _number_of(syntax, word.nbor(-1))
    count = _number_of(syntax, word)
    if count is not None:
        return count
    for item in syntax.dependents(word, Role.SUBJECT):
        count = _people(syntax, item)
        if count is not None:
            return count
    arc = syntax.governor(word)
    if arc is not None and arc.role is Role.OPEN_COMPLEMENT:
        for item in syntax.dependents(arc.head, Role.OBJECT):
            return _people(syntax, item)
    if arc is not None and arc.role in {Role.ADJECTIVE, Role.ADNOMINAL_CLAUSE}:
        return _people(syntax, arc.head)
    return None
