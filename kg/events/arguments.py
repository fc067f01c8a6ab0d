"""Find who took part in an event: actors, recipients, places and weapons of a trigger.

The frame of the trigger's rule says in which slots actor and recipient stand; this module reads
the slots off the parse, through light verbs, possessors and the nouns on which parsers hang
prepositions. Out go the head tokens of noun phrases; which entity each refers to is known to
``kg.mentions``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.events.lexicon import PLACE_SLOT, Lexicon
from kg.events.places import find_places
from kg.events.triggers import ACTOR_KINDS, KindOf, LightUse, Trigger, fillers, is_escort
from kg.syntax import Role, Syntax
from kg.syntax.disowning import disowner, is_nobody
from kg.syntax.predicates import predicate_words
from kg.terms import EntityKind, EventType

# Where something happens is its place, not whom it happens to.
_WITHIN = frozenset({"in", "near", "along", "inside", "outside"})
_AREAS = frozenset({EntityKind.PLACE, EntityKind.STATE})
_MOVING = frozenset({EventType.MOBILIZE, EventType.RETREAT})
# Who leaves a place or goes there does nothing to it, but may do so against it.
_TRAVELLED = frozenset({"from", "in", "into", "near", "along", "on", "at", "of", "obj", "to"})
_GROUNDS = _AREAS | {EntityKind.FACILITY}
_FORCES = frozenset({EntityKind.MILITARY, EntityKind.POLICE, EntityKind.ARMED_GROUP})
_CONCERNED = ACTOR_KINDS | {EntityKind.FACILITY, EntityKind.PLACE, EntityKind.STATE}
_TOWARDS = frozenset({"to", "against", "on", "for", "from", "with", "into", "in", "at"})
_ASIDE = frozenset({"by", "before", "after", "since", "during", "amid", "without"})
_WEAPON_SLOTS = ("subj", "obj", "with", "by", "mod", "using", "of", "from")
Accept = Callable[[Token], list[Token]]

_VISIT = "visit"  # mode of the PLOVER type CONSULT
_OWNER_ROLES = (Role.POSSESSOR, Role.COMPOUND, Role.ADJECTIVE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Arguments:
    """Heads of the noun phrases that take part in an event, in text order, each once."""

    actors: tuple[Token, ...] = ()
    recipients: tuple[Token, ...] = ()
    places: tuple[Token, ...] = ()
    weapons: tuple[Token, ...] = ()


def find_arguments(
    trigger: Trigger,
    syntax: Syntax,
    lexicon: Lexicon,
    kind_of: KindOf,
    *,
    triggers: Iterable[Trigger] = (),
) -> Arguments:
    """Find the participants of ``trigger``.

    Args:
        triggers: All triggers of the document: where an event noun stands as actor ("the
            strikes killed five"), whoever made it is meant.
    """
    return _Finder(syntax, lexicon, kind_of, triggers).arguments(trigger)


class _Finder:
    def __init__(
        self, syntax: Syntax, lexicon: Lexicon, kind_of: KindOf, triggers: Iterable[Trigger]
    ) -> None:
        self._syntax = syntax
        self._lexicon = lexicon
        self._kind_of = kind_of
        self._trigger_at = {item.token.i: item for item in triggers}
        self._visited: set[int] = set()

    def arguments(self, trigger: Trigger) -> Arguments:
        self._visited.add(trigger.token.i)
        frame = self._lexicon.frames[trigger.rule.frame]
        is_verb = trigger.token.pos_ == "VERB"
        accept = self._actor_or_author_of if is_verb else self._actor_of
        actors = self._first_group(frame.actor, trigger, accept)
        if frame.is_symmetric and trigger.token.pos_ != "VERB":
            actors = self._peers(frame.actor, trigger) or actors
        travelled = _TRAVELLED if trigger.rule.type in _MOVING else frozenset()
        recipients = self._given(trigger) or self._struck(trigger)
        recipients = recipients or self._first_group(
            frame.recipient, trigger, self._recipient_of, travelled=travelled
        )
        if frame.is_symmetric:  # whoever meets, agrees or cooperates is somebody
            recipients = [
                item for item in recipients if self._kind_of(item) is not EntityKind.AGREEMENT
            ]
        if recipients and ("obj",) in frame.recipient:
            recipients = [*recipients, *self._company(trigger)]
        if not actors and frame.is_symmetric:
            actors = self._attendants(trigger)
        for use in trigger.lights:
            if use.light.subject == "recipient" and not recipients:
                recipients = self._filled("subj", use.verb, self._recipient_of)
        if not recipients and not frame.is_symmetric:
            recipients = [item for item in self._beset(trigger) if item not in actors]
        is_deed = trigger.rule.type is not EventType.MOBILIZE  # what an army is for is to come
        if not recipients and actors and is_deed and not frame.is_symmetric:
            recipients = self._concerned(trigger, actors)
        if trigger.rule.type in _MOVING and ("obj",) not in frame.recipient[:1]:
            # forces that are moved are not those it is done to; prisoners who are freed are
            objects = fillers("obj", trigger.token, self._syntax)
            moved = [item for item in objects if self._kind_of(item) in _FORCES]
            recipients = [item for item in recipients if item not in moved]
            if ("from",) in frame.recipient[:1] or not actors:
                actors = [*actors, *moved]
        weapons = self._weapons(trigger)
        actors = [item for item in actors if item not in weapons]
        if _asks_for_object(trigger):  # "fired rockets": the object is the weapon, no target
            recipients = [item for item in recipients if item not in weapons]
        else:
            weapons = [item for item in weapons if item not in recipients]
        recipients = [item for item in recipients if item not in actors]
        places = self._places(trigger, recipients)
        return Arguments(
            actors=_ordered(actors),
            recipients=_ordered(recipients),
            places=_ordered(places),
            weapons=_ordered(weapons),
        )

    def _places(self, trigger: Trigger, recipients: Sequence[Token] = ()) -> list[Token]:
        return find_places(
            trigger.token,
            self._syntax,
            self._kind_of,
            event_type=trigger.rule.type,
            recipients=recipients,
            verbs=[use.verb for use in trigger.lights],
            others=frozenset(self._trigger_at),
            is_journey=trigger.rule.mode == _VISIT,
        )

    def _first_group(
        self,
        groups: tuple[tuple[str, ...], ...],
        trigger: Trigger,
        accept: Accept,
        *,
        travelled: frozenset[str] = frozenset(),
    ) -> list[Token]:
        """Return who stands in the first group of slots that anybody stands in.

        Args:
            travelled: Last parts of the slots in which a place is only where it happens.
        """
        for group in groups:
            found = [
                item
                for slot in group
                for token in self._slot_tokens(slot, trigger)
                for item in accept(token)
                if not (slot in _WITHIN and self._kind_of(item) in _AREAS)
                and not (slot.rpartition(".")[2] in travelled and self._kind_of(item) in _GROUNDS)
            ]
            if found:
                return found
        return []

    def _filled(self, slot: str, token: Token, accept: Accept) -> list[Token]:
        return [item for found in fillers(slot, token, self._syntax) for item in accept(found)]

    def _slot_tokens(self, slot: str, trigger: Trigger) -> Iterator[Token]:
        if slot == PLACE_SLOT:
            yield from self._places(trigger)
            return
        first, _, rest = slot.partition(".")
        for token in self._simple_slot(first, trigger):
            if not rest:
                yield token
                continue
            yield from fillers(rest, token, self._syntax)
            if rest == "by":  # "rejected the offer made by the rebels"
                for clause in self._syntax.dependents(token, Role.ADNOMINAL_CLAUSE):
                    for agent in self._syntax.dependents(clause, Role.AGENT):
                        yield from self._syntax.conjuncts(agent)

    def _simple_slot(self, slot: str, trigger: Trigger) -> list[Token]:
        token, lights = trigger.token, trigger.lights
        if token.pos_ in {"NOUN", "PROPN"}:
            if slot == "subj" and disowner(self._syntax, token) is not None:
                return []
            if slot == "subj":
                return [
                    item
                    for use in lights
                    if use.light.subject not in {"recipient", ""}
                    for item in self._lent_by(use)
                    if not is_nobody(self._syntax, item)
                ]
            found = fillers(slot, self._syntax.first_conjunct(token), self._syntax)
            if token != self._syntax.first_conjunct(token):
                found += fillers(slot, token, self._syntax)
            found = [item for item in found if item != token and not self._is_of_other(item, token)]
            if not found and slot not in {"obj", "mod", "poss"}:
                found = self._behind_both(slot, trigger)
            if not found and slot not in {"obj", "mod", "poss", "by"}:
                found = [
                    item
                    for use in lights
                    for item in fillers(slot, use.verb, self._syntax, nearby=False)
                ]
            return [item for item in found if item not in self._syntax.conjuncts(token)]
        return fillers(slot, token, self._syntax)

    def _behind_both(self, slot: str, trigger: Trigger) -> list[Token]:
        """Return who stands behind the last of like events: "the raids and attacks [by Chad]"."""
        first = self._syntax.first_conjunct(trigger.token)
        for other in self._syntax.conjuncts(first):
            like = self._trigger_at.get(other.i)
            is_like = like is not None and like.rule.type is trigger.rule.type
            if other.i <= trigger.token.i or not is_like:
                continue
            own = self._syntax.arcs(trigger.token, Role.MODIFIER)
            if any(arc.token.i < other.i for arc in own):  # "talks with Togo and raids by Chad"
                return []
            found = fillers(slot, other, self._syntax, nearby=False)
            if found:
                return found
        return []

    def _is_of_other(self, token: Token, noun: Token) -> bool:
        """Tell whether a doer is that of an event below: "concern over the raid [by Chad]"."""
        arc = self._syntax.governor(self._syntax.first_conjunct(token))
        if arc is None or arc.word != "by" or arc.role is not Role.MODIFIER:
            return False
        own = self._syntax.conjuncts(self._syntax.first_conjunct(noun))
        return arc.head not in own and arc.head.i in self._trigger_at

    def _lent_by(self, use: LightUse) -> list[Token]:
        """Return who does what a noun names: "[they] launched", "blamed [them] for"."""
        if use.light.subject == "object":
            return fillers("obj", use.verb, self._syntax)
        if use.light.subject != "actor":  # "blamed the raid on [them]"
            return fillers(use.light.subject, use.verb, self._syntax)
        return fillers("subj", self._avowal(use.verb), self._syntax)

    def _avowal(self, light: Token) -> Token:
        """Return the verb that takes upon itself what a noun names: "[claimed] responsibility"."""
        arc = self._syntax.governor(light)
        is_object = light.pos_ == "NOUN" and arc is not None and arc.role is Role.OBJECT
        disowning = predicate_words().disowning
        if arc is None or not is_object or arc.head.lemma_.lower() in disowning:
            return light
        return arc.head

    def _actor_of(self, token: Token) -> list[Token]:
        kind = self._kind_of(token)
        if kind in ACTOR_KINDS or _is_pronoun(token):
            return [token]
        nested = self._trigger_at.get(token.i)
        if nested is not None and nested.token.i not in self._visited:
            return list(self.arguments(nested).actors)
        if kind is EntityKind.WEAPON or kind is None:
            return self._owners(token)
        return []

    def _actor_or_author_of(self, token: Token) -> list[Token]:
        return self._actor_of(token) or self._authors(token)

    def _authors(self, token: Token) -> list[Token]:
        """Return who issues a thing that acts: "the party issued a statement condemning"."""
        arc = self._syntax.governor(token)
        if arc is None or arc.role is not Role.OBJECT or arc.head.pos_ != "VERB":
            return []
        return [
            item
            for item in fillers("subj", arc.head, self._syntax)
            if self._kind_of(item) in ACTOR_KINDS or _is_pronoun(item)
        ]

    def _peers(self, groups: tuple[tuple[str, ...], ...], trigger: Trigger) -> list[Token]:
        """Return the first party of a meeting or clash; the second stands under "with"."""
        first = [tuple(slot for slot in group if slot not in {"with", "mod"}) for group in groups]
        return self._first_group((*first, ("mod",)), trigger, self._actor_of)

    def _attendants(self, trigger: Trigger) -> list[Token]:
        """Return who "goes to", "returns for" or "attends" a meeting."""
        arc = self._syntax.governor(self._syntax.first_conjunct(trigger.token))
        while arc is not None and arc.role is Role.MODIFIER and arc.word == "of":
            arc = self._syntax.governor(arc.head)  # "a round of talks"
        if arc is None or arc.head.pos_ != "VERB" or arc.head.i in self._trigger_at:
            return []
        if arc.role is Role.OBJECT or arc.word in {"for", "to", "into", "in"}:
            return self._filled("subj", arc.head, self._actor_of)
        return []

    def _given(self, trigger: Trigger) -> list[Token]:
        """Return who is given what a noun names: "gave [the rebels] a warning"."""
        return [
            item
            for use in trigger.lights
            if use.light.subject == "actor" and use.light.slot == "obj"
            for item in self._filled("iobj", use.verb, self._recipient_of)
        ]

    def _struck(self, trigger: Trigger) -> list[Token]:
        """Return what an event is said to hit: "the strikes targeted [a depot] at two sites"."""
        return [
            item
            for use in trigger.lights
            if use.light.slot == "subj"
            for item in self._filled("obj", use.verb, self._recipient_of)
        ]

    def _company(self, trigger: Trigger) -> list[Token]:
        """Return who is named beside them: "was killed along with his son"."""
        token = trigger.token
        if token.pos_ != "VERB" or not self._syntax.is_passive(token):
            return []
        return [
            found
            for arc in self._syntax.arcs(token, Role.OBLIQUE)
            if is_escort(arc, self._syntax)
            for item in self._syntax.conjuncts(arc.token)
            for found in self._recipient_of(item)
        ]

    def _beset(self, trigger: Trigger) -> list[Token]:
        """Return what an act threatens: "shrinks under airstrikes", "defends [it] from attack"."""
        arc = self._syntax.governor(self._syntax.first_conjunct(trigger.token))
        if arc is None or arc.word not in {"under", "from", "against"}:
            return []
        if arc.word != "under":
            guards = self._lexicon.word_classes.get("guard", frozenset())
            is_guarded = arc.head.lemma_.lower() in guards
            return self._filled("obj", arc.head, self._recipient_of) if is_guarded else []
        if arc.role is Role.MODIFIER:
            return self._recipient_of(arc.head)
        return self._filled("subj", arc.head, self._recipient_of) if arc.head.pos_ == "VERB" else []

    def _concerned(self, trigger: Trigger, actors: list[Token]) -> list[Token]:
        """Return whom an act concerns through the thing it is done to.

        "lifted a ban on [a newspaper]", "rejected the decision of [the court]": the nearest
        actor, or else place, inside the object. In "the withdrawal of Chadian troops" what lies
        inside the object says who the actors are.
        """
        within = {item.i for item in self._grounds(trigger)}
        level = [item for item in self._objects(trigger) if item.i not in within]
        concerned = _CONCERNED - _GROUNDS if trigger.rule.type in _MOVING else _CONCERNED
        for _ in range(3):
            found = [
                item for item in level if self._kind_of(item) in concerned and item not in actors
            ]
            if found:
                return found
            level = [
                conjunct
                for item in level
                if item not in actors
                for arc in self._syntax.arcs(
                    item, Role.POSSESSOR, Role.COMPOUND, Role.ADJECTIVE, Role.MODIFIER
                )
                if arc.word not in _ASIDE
                for conjunct in self._syntax.conjuncts(arc.token)
            ]
        return []

    def _grounds(self, trigger: Trigger) -> list[Token]:
        """Return the places in which force is used: "a war in [Yemen]"."""
        if trigger.rule.type is not EventType.ASSAULT:
            return []
        return [
            arc.token
            for arc in self._syntax.arcs(trigger.token, Role.MODIFIER)
            if arc.word in _WITHIN and self._kind_of(arc.token) in _AREAS
        ]

    def _objects(self, trigger: Trigger) -> list[Token]:
        if trigger.token.pos_ == "VERB":
            found = fillers("obj", trigger.token, self._syntax)
            for verb in self._syntax.dependents(trigger.token, Role.OPEN_COMPLEMENT):
                found += fillers("obj", verb, self._syntax)
                found += [
                    item
                    for arc in self._syntax.arcs(verb, Role.OBLIQUE)
                    if arc.word in _TOWARDS
                    for item in self._syntax.conjuncts(arc.token)
                ]
            return found
        return [
            arc.token
            for arc in self._syntax.arcs(trigger.token, Role.MODIFIER)
            if arc.word not in _ASIDE
        ]

    def _recipient_of(self, token: Token) -> list[Token]:
        if token.i in self._trigger_at:
            return []
        if self._kind_of(token) is not None or _is_pronoun(token):
            return [token]
        return self._owners(token)  # "struck Hamas targets", whatever a target is

    def _owners(self, token: Token) -> list[Token]:
        """Return who owns or makes a thing: "Turkish drones", "Israel's jets"."""
        found = [
            item
            for item in self._syntax.dependents(token, *_OWNER_ROLES)
            if self._kind_of(item) in ACTOR_KINDS or item.tag_ == "PRP$"
        ]
        if not found:
            found = [
                arc.token
                for arc in self._syntax.arcs(token, Role.MODIFIER)
                if arc.word in {"by", "of", "for"} and self._kind_of(arc.token) in ACTOR_KINDS
            ]
        return found

    def _weapons(self, trigger: Trigger) -> list[Token]:
        heads = [trigger.token, *(use.verb for use in trigger.lights)]
        return [
            item
            for head in heads
            for slot in _WEAPON_SLOTS
            for item in fillers(slot, head, self._syntax)
            if self._kind_of(item) is EntityKind.WEAPON
        ]


def _asks_for_object(trigger: Trigger) -> bool:
    """Tell whether the rule fires only for certain objects, as "fire" does for weapons."""
    return any(
        condition.slot == "obj" and not condition.is_negated and "actor" not in condition.classes
        for condition in trigger.rule.when
    )


def _is_pronoun(token: Token) -> bool:
    is_reflexive = token.lower_.endswith(("self", "selves"))
    return token.tag_ in {"PRP", "PRP$"} and not is_reflexive


def _ordered(tokens: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(sorted(dict.fromkeys(tokens), key=lambda item: item.i))
