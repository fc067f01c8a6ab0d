"""Name the places in which words stand to an event: the slots of the table of cues.

``own_words`` gives the words of the clause or phrase of an event with their slots; ``slots_of``
gives the slots in which the event stands to what governs it. Both work on ``Syntax`` alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.syntax import Arc, Role, Syntax
from kg.syntax.dependencies import is_to_blame

CLAUSE_ROLES = frozenset(
    {Role.OPEN_COMPLEMENT, Role.COMPLEMENT, Role.ADVERBIAL_CLAUSE, Role.ADNOMINAL_CLAUSE}
)
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "such"})
_OWN_SLOT = {
    Role.AUXILIARY: "auxiliary",
    Role.ADVERB: "adverb",
    Role.MARK: "mark",
    Role.CASE: "case",
    Role.DETERMINER: "determiner",
    Role.ADJECTIVE: "adjective",
    Role.COMPOUND: "adjective",
}
_NO = frozenset({"no", "neither"})
_SUBJECTS = (Role.SUBJECT, Role.PASSIVE_SUBJECT)
_INVERTED = frozenset({"had", "should", "were"})
_GERUND_AUXILIARIES = frozenset({"being", "having"})
_NOBODY = frozenset({"nobody", "none", "nothing", "no-one", "neither"})
_FINITE_MARKS = frozenset({"that", "whether", "if"})
_PAST_COPULAS = frozenset({"was", "were"})


@dataclass(frozen=True)
class OwnWord:
    """A word of the clause or phrase of an event.

    Attributes:
        phrase: The word with those that make one with it: "as long as", "in case".
    """

    slot: str
    token: Token
    phrase: str


def own_words(syntax: Syntax, node: Token) -> Iterator[OwnWord]:
    """Yield the words that belong to ``node`` itself, without plain negators, in text order."""
    auxiliaries = {item.lower_ for item in syntax.dependents(node, Role.AUXILIARY)}
    is_bare = node.tag_ == "VB" or (node.tag_ == "VBN" and "be" in auxiliaries)
    is_infinitive = is_bare and "to" in syntax.marks(node) and not is_to_blame(node)
    was_to_have = node.tag_ == "VBN" and "have" in auxiliaries and "to" in syntax.marks(node)
    yield from _opening_mark(syntax, node)
    for arc in syntax.arcs(node):
        token = arc.token
        slot = _OWN_SLOT.get(arc.role, "")
        if arc.role is Role.OTHER and token.lower_ == "either":
            slot = "adverb"
        elif arc.role is Role.ADNOMINAL_CLAUSE and token.tag_ == "VBN":
            slot = "adjective"  # "talks planned for May"
        if arc.role is Role.MODIFIER:  # "action by any party"
            for word in syntax.dependents(token, Role.DETERMINER):
                if word.lower_ == "any":
                    yield OwnWord("determiner", word, word.lower_)
        if slot in {"case", "mark"} and token.lower_ == "due" and node.tag_ == "VB":
            yield OwnWord("to", token, "due")  # "due to meet", read as "because of"
        elif slot == "adverb" and is_infinitive and token.lower_ == "yet":
            yield OwnWord("to", token, "yet")  # "has yet to meet"
        elif slot and token.lower_ not in _NO:
            yield OwnWord(slot, token, _phrase(syntax, token))
        if arc.role is Role.AUXILIARY and token.lower_ in {"was", "were"} and was_to_have:
            yield OwnWord("to:next", token, "be to have")
        is_finite_be = token.lemma_.lower() == "be" and token.tag_ not in {"VB", "VBN", "VBG"}
        if is_infinitive and is_finite_be and arc.role in {Role.AUXILIARY, Role.COPULA}:
            yield OwnWord("to:next", token, token.lower_)  # "the ministers are to meet"


def _opening_mark(syntax: Syntax, node: Token) -> Iterator[OwnWord]:
    """Yield the conjunction that opens an adverbial clause but was hung on an inner word.

    An auxiliary that opens it is a condition as "if" is: "[Had] they attacked, many would have
    fled".
    """
    arc = syntax.governor(node)
    if arc is not None and arc.role is not Role.ADVERBIAL_CLAUSE:
        return
    first = syntax.subtree(node)[0]
    if arc is not None and first.dep_ == "mark" and first.head != node:
        yield OwnWord("mark", first, _phrase(syntax, first))
        return
    subjects = syntax.dependents(node, *_SUBJECTS)
    is_inverted = any(first.i < item.i < node.i for item in subjects)
    if is_inverted and first.lower_ in _INVERTED and node.sent[-1].text != "?":
        yield OwnWord("mark", first, "if")


def _phrase(syntax: Syntax, token: Token) -> str:
    if token.lower_ == "ago" and token.i:
        return f"{token.nbor(-1).lower_} ago"
    parts = [item.lower_ for item in syntax.dependents(token, Role.NAME_PART)]
    if not parts and token.i >= 2 and token.lower_ == "as":
        first, second = token.nbor(-2).lower_, token.nbor(-1).lower_
        if first in {"as", "so"}:
            return f"{first} {second} as"
    return " ".join([token.lower_, *parts])


def is_denied(syntax: Syntax, node: Token, *, passed: frozenset[int]) -> bool:
    """Tell whether a negator, "no longer", or a subject or object such as "no one" denies.

    Args:
        syntax: Parse of the document.
        node: Head of the clause or phrase.
        passed: Indexes of the tokens from which the question comes; their own "no" has been
            counted already.
    """
    if syntax.is_negated(node):
        return True
    for token in syntax.dependents(node, Role.ADVERB):
        if token.lower_ in {"longer", "more"} and syntax.is_negated(token):
            return True
    if not syntax.is_clause(node):
        return False
    arguments = syntax.dependents(node, Role.SUBJECT, Role.PASSIVE_SUBJECT, Role.OBJECT)
    return any(_is_nobody(syntax, token) for token in arguments if token.i not in passed)


def _is_nobody(syntax: Syntax, token: Token) -> bool:
    determiners = {item.lower_ for item in syntax.dependents(token, Role.DETERMINER)}
    if token.lower_ in _NOBODY or determiners & _NO:
        return True
    if token.lower_ == "more" and syntax.is_negated(token):
        return True
    return token.lower_ == "one" and token.i > 0 and token.nbor(-1).lower_ == "no"


def has_subject(syntax: Syntax, node: Token) -> bool:
    """Tell whether a clause has a subject of its own."""
    return bool(syntax.dependents(node, Role.SUBJECT, Role.PASSIVE_SUBJECT))


def is_definite(syntax: Syntax, node: Token) -> bool:
    """Tell whether a noun is given: with "the", "this" or an owner."""
    arcs = syntax.arcs(node, Role.DETERMINER, Role.POSSESSOR)
    return any(arc.role is Role.POSSESSOR or arc.token.lower_ in _DEFINITE for arc in arcs)


def slots_of(syntax: Syntax, node: Token, arc: Arc) -> list[str]:
    """Return the slots in which ``node`` stands to its governor, with their variants."""
    slot = _clause_slot(syntax, node, arc) or _noun_slot(syntax, arc)
    if not slot:
        return []
    slots = [slot]
    if slot == "to":
        copulas = {item.lower_ for item in syntax.dependents(arc.head, Role.COPULA)}
        if copulas & _PAST_COPULAS:  # "was able to seize": it did; "would be able" may not
            slots.insert(0, "to:past")
        if syntax.is_passive(arc.head):
            slots.append("to:passive")
        if arc.head.i + 1 < len(arc.head.doc) and arc.head.nbor(1).lower_ == "to":
            slots.append("to:next")
    elif not is_definite(syntax, node):
        slots.append(f"{slot}:bare")
    return slots


def _noun_slot(syntax: Syntax, arc: Arc) -> str:
    role = arc.role
    if role in {Role.OBJECT, Role.PASSIVE_SUBJECT}:
        return "object"
    if role in {Role.SUBJECT, Role.AGENT}:
        is_object = role is Role.SUBJECT and syntax.is_passive(arc.head)
        return "object" if is_object else "subject"
    if role in {Role.OBLIQUE, Role.MODIFIER} and arc.word:
        return f"prep:{arc.word}"
    return "compound" if role is Role.COMPOUND else ""


def _clause_slot(syntax: Syntax, node: Token, arc: Arc) -> str:
    role = arc.role
    marks = syntax.marks(node)
    if role is Role.RELATIVE_CLAUSE:  # a relative clause with "that" as mere mark is a content
        return "that" if "that" in marks else ""
    if role in {Role.SUBJECT, Role.PASSIVE_SUBJECT}:
        if "to" in marks and node.i > arc.head.i:  # "it is hard to attack them"
            return "to"
        return "that" if "that" in marks else ""
    if role not in CLAUSE_ROLES and role is not Role.OTHER:
        return ""
    if "to" in marks:
        return "to"
    is_gerund = node.tag_ == "VBG" or bool(_GERUND_AUXILIARIES & set(syntax.auxiliaries(node)))
    if role is Role.OPEN_COMPLEMENT and node.tag_ == "VBN":
        return "ing" if is_gerund else "to"  # "denied having left", "want it closed"
    if is_gerund and arc.word and arc.word not in _FINITE_MARKS:
        return f"prep:{arc.word}"
    if is_gerund and not has_subject(syntax, node):
        is_complement = role is not Role.ADVERBIAL_CLAUSE or node.i == arc.head.i + 1
        return "ing" if is_complement else ""
    if role in {Role.COMPLEMENT, Role.ADNOMINAL_CLAUSE} or "that" in marks:
        return "that"
    return "to" if role is Role.OPEN_COMPLEMENT and node.tag_ == "VB" else ""
