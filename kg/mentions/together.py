"""Find who is spoken of together: "France and Mali", whom "they" can then mean."""

from dataclasses import dataclass

from kg.mentions.finding import Mention, Mentions
from kg.syntax import Role, Syntax
from kg.terms import EntityKind, MentionLevel

_TELLING = frozenset({Role.SUBJECT, Role.PASSIVE_SUBJECT, Role.AGENT, Role.OBJECT})
_THINGS = frozenset(
    {EntityKind.PLACE, EntityKind.FACILITY, EntityKind.WEAPON, EntityKind.AGREEMENT}
)


@dataclass(frozen=True, eq=False)
class Company:
    """Several who are coordinated as subject, agent or object of one predicate."""

    members: tuple[Mention, ...]
    role: Role


def companies(mentions: Mentions, syntax: Syntax) -> tuple[Company, ...]:
    """Return who is spoken of together, in text order; everybody in it is a mention."""
    found = []
    for mention in mentions.all:
        head = syntax.doc[mention.head]
        arc = syntax.governor(head)
        if arc is None or arc.role not in _TELLING:
            continue
        parts = [mentions.exactly_at(item) for item in syntax.conjuncts(head)]
        members = tuple(item for item in parts if item is not None)
        if len(parts) > 1 and len(members) == len(parts) and all(map(_is_somebody, members)):
            found.append(Company(members, arc.role))
    return tuple(found)


def _is_somebody(mention: Mention) -> bool:
    return mention.level is not MentionLevel.PRONOUN and mention.link.kind not in _THINGS
