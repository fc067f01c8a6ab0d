"""Find who denies a part in an event: "Iran denied any role in the raid"."""

from spacy.tokens import Token

from kg.syntax.arcs import Role
from kg.syntax.predicates import predicate_words
from kg.syntax.reading import Syntax


def is_nobody(syntax: Syntax, token: Token) -> bool:
    """Tell whether a noun phrase denies that there is anybody: "no group has claimed it"."""
    return any(item.lower_ == "no" for item in syntax.dependents(token, Role.DETERMINER))


def disowner(syntax: Syntax, token: Token) -> Token | None:
    """Return the verb by which somebody denies a part in the event of ``token``, or None.

    That the event happened is not what is denied.
    """
    words = predicate_words()
    arc = syntax.governor(syntax.first_conjunct(token))
    if arc is None or arc.role not in {Role.MODIFIER, Role.OBLIQUE, Role.ADNOMINAL_CLAUSE}:
        return None
    part = arc.head if arc.head.lemma_.lower() in words.shares else None
    if part is None and arc.head.lemma_.lower() in words.disowning:  # "denied a role [in the raid]"
        part = next(
            (
                item
                for item in syntax.dependents(arc.head, Role.OBJECT)
                if item.lemma_.lower() in words.shares
            ),
            None,
        )
    above = None if part is None else syntax.governor(syntax.first_conjunct(part))
    if above is None or above.role not in {Role.OBJECT, Role.PASSIVE_SUBJECT}:
        return None
    verb = above.head
    if verb.lemma_.lower() in words.sharing:  # "denied that it had a role in the raid"
        said = syntax.governor(verb)
        verb = said.head if said is not None and said.role is Role.COMPLEMENT else verb
    return verb if verb.lemma_.lower() in words.disowning else None
