"""Read a parsed document: who logically did what to whom, under which conditions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from kg.syntax.arcs import PREDICATE_POS, Arc, Participant, Role
from kg.syntax.clear import ONLY_CLEAR, clear_arcs
from kg.syntax.dependencies import ud_arcs
from kg.syntax.predicates import predicate_words

_PARTICLES = frozenset(
    {"up", "down", "off", "out", "away", "back", "over", "in", "on", "aside", "together"}
)
_PLURAL = frozenset({"are", "were", "have"})
_ADDING = frozenset({"only", "just", "merely", "simply", "solely"})
_OBJECT_CONTROL = frozenset({"of", "from", "for"})
# Roles of those who take part in what a noun and in what a verb tells.
_OF_NOUNS = frozenset({Role.POSSESSOR, Role.COMPOUND, Role.ADJECTIVE, Role.MODIFIER, Role.SUBJECT})
_OF_VERBS = frozenset({Role.SUBJECT, Role.OBJECT, Role.INDIRECT_OBJECT, Role.OBLIQUE})
_SUBJECT_RELATIVES = frozenset({"who", "which", "that"})


_NAMED_BEFORE = {"WP": ("PERSON",), "WP$": ("PERSON", "GPE", "ORG", "NORP")}


class Syntax:
    """The arcs of one parsed document, in UD's shape."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.tokens = tuple(doc)  # spaCy makes each token anew whenever it is asked for
        self._out: list[list[Arc]] = [[] for _ in range(len(doc))]
        self._in: list[Arc | None] = [None] * len(doc)
        is_clear = any(token.dep_ in ONLY_CLEAR for token in self.tokens)
        arcs: Iterable[Arc] = clear_arcs(doc) if is_clear else ud_arcs(self.tokens)
        for arc in arcs:
            self._in[arc.token.i] = arc
            if arc.role is not Role.ROOT:
                self._out[arc.head.i].append(arc)

    @cached_property
    def forms(self) -> tuple[tuple[str, str], ...]:
        """Lemma and form of each token, in small letters."""
        return tuple((token.lemma_.lower(), token.lower_) for token in self.tokens)

    def places_of(self, word: str) -> Sequence[int]:
        """Return the indices of the tokens with a lemma or form, given in small letters."""
        return self._places.get(word, ())

    @cached_property
    def _places(self) -> Mapping[str, Sequence[int]]:
        places: dict[str, list[int]] = {}
        for index, (lemma, form) in enumerate(self.forms):
            places.setdefault(lemma, []).append(index)
            if form != lemma:
                places.setdefault(form, []).append(index)
        return places

    def arcs(self, token: Token, *roles: Role) -> list[Arc]:
        """Return the arcs to the dependents of ``token`` in text order; no role means any."""
        arcs = self._out[token.i]
        return [arc for arc in arcs if arc.role in roles] if roles else arcs

    def dependents(self, token: Token, *roles: Role) -> list[Token]:
        """Return the dependents of ``token`` with one of the roles, in text order."""
        return [arc.token for arc in self._out[token.i] if arc.role in roles]

    def governor(self, token: Token) -> Arc | None:
        """Return the arc that ends in ``token``; None for the root of a sentence."""
        arc = self._in[token.i]
        return None if arc is None or arc.role is Role.ROOT else arc

    def governors(self, token: Token) -> Iterator[Arc]:
        """Yield the arcs from ``token`` up to the root of its sentence, nearest first."""
        arc = self.governor(token)
        while arc is not None:
            yield arc
            arc = self.governor(arc.head)

    def conjuncts(self, token: Token) -> list[Token]:
        """Return ``token`` and all that is coordinated below it, in text order.

        Of "Russia, but not Iran" only Russia is.
        """
        found, stack = [token], [token, *self._names_beside(token)]
        while stack:  # a text without full stops can coordinate thousands of words
            below = [
                item
                for item in self.dependents(stack.pop(), Role.CONJUNCT)
                if item.pos_ == "VERB" or not self.dependents(item, Role.NEGATION)
            ]
            found += below
            stack += below
        return sorted(found, key=lambda item: item.i)

    def _names_beside(self, token: Token) -> list[Token]:
        """Return the first of the names that follow a plural: "aid workers [Ann] and Ben"."""
        if token.tag_ != "NNS":
            return []
        return [item for item in self.dependents(token, Role.APPOSITION) if item.i == token.i + 1]

    def first_conjunct(self, token: Token) -> Token:
        """Return the head of the coordination that ``token`` belongs to, or ``token`` itself."""
        arc = self.governor(token)
        while arc is not None and arc.role is Role.CONJUNCT:
            token = arc.head
            arc = self.governor(token)
        return token

    def subtree(self, token: Token) -> list[Token]:
        """Return ``token`` and all that depends on it, in text order."""
        found, stack = [token], [token]
        while stack:
            for arc in self._out[stack.pop().i]:
                found.append(arc.token)
                stack.append(arc.token)
        return sorted(found, key=lambda item: item.i)

    def main_word(self, sentence: Span) -> Token:
        """Return the head of what a sentence tells: "Homs [fell], the ministry said"."""
        root = sentence.root
        content = (arc.token for arc in self.arcs(root, Role.COMPLEMENT) if arc.token.i < root.i)
        return next(content, root)

    def is_clause(self, token: Token) -> bool:
        """Tell whether ``token`` heads a clause: a verb, or a noun or adjective with a copula."""
        return token.pos_ in PREDICATE_POS or bool(self.dependents(token, Role.COPULA))

    def is_passive(self, verb: Token) -> bool:
        """Tell whether ``verb`` is passive, also as a participle ("rockets launched by ...")."""
        if verb.tag_ not in {"VBN", "VBD"} or self._calls(verb):
            return False
        arcs = self._out[verb.i]
        if any(arc.role in {Role.PASSIVE_SUBJECT, Role.AGENT} for arc in arcs):
            return True
        auxiliaries = [arc.token for arc in arcs if arc.role is Role.AUXILIARY]
        if auxiliaries:
            return auxiliaries[-1].lemma_.lower() in {"be", "get"} and verb.tag_ == "VBN"
        arc = self.governor(verb)
        if any(arc.role is Role.MARK and arc.token.lower_ == "with" for arc in arcs):
            return True  # "with the rebels driven out"
        if arc is None or any(other.role is Role.SUBJECT for other in arcs):
            return False
        if verb.tag_ == "VBD":  # "citizens captured abroad", unless a main clause was misread
            is_participle = (
                arc.role is Role.ADNOMINAL_CLAUSE and self.governor(arc.head) is not None
            )
            return is_participle and not any(other.role is Role.OBJECT for other in arcs)
        if arc.role is Role.CONJUNCT and arc.head.pos_ == "VERB":
            return verb.tag_ == "VBN" and self.is_passive(arc.head)
        return verb.tag_ == "VBN" and arc.role in {
            Role.ADNOMINAL_CLAUSE,
            Role.ADJECTIVE,
            Role.ADVERBIAL_CLAUSE,
            Role.OPEN_COMPLEMENT,
        }

    def _calls(self, verb: Token) -> bool:
        """Tell whether a verb calls for something, which parsers take for a passive."""
        following = verb.nbor(1).lower_ if verb.i + 1 < len(self.doc) else ""
        return (
            verb.lemma_.lower() == "call"
            and following == "for"
            and not {"be", "been", "being", "is", "are", "was", "were"} & {*self.auxiliaries(verb)}
        )

    def is_negated(self, token: Token) -> bool:
        """Tell whether a negator depends on ``token`` itself ("did not fire", "no attack").

        "Not only" denies nothing.
        """
        return any(
            (arc.role is Role.NEGATION and not _adds(arc.token))
            or (arc.role is Role.DETERMINER and arc.token.lower_ in {"no", "neither"})
            for arc in self._out[token.i]
        )

    def auxiliaries(self, verb: Token) -> list[str]:
        """Return the lower-case forms of the auxiliaries and copulas, in text order."""
        return [token.lower_ for token in self.dependents(verb, Role.AUXILIARY, Role.COPULA)]

    def marks(self, token: Token) -> list[str]:
        """Return the lower-case words that introduce the clause of ``token``."""
        return [item.lower_ for item in self.dependents(token, Role.MARK)]

    def particle(self, verb: Token) -> str:
        """Return the particle of a phrasal verb, lower-case, or "".

        A parser often takes it for an adverb ("pulled back") or for the preposition of what is
        really the object ("called off the talks").
        """
        token = self.particle_token(verb)
        return "" if token is None else token.lower_

    def particle_token(self, verb: Token) -> Token | None:
        """Return the particle of a phrasal verb, or None."""
        found = self.dependents(verb, Role.PARTICLE)
        if not found:
            found = [
                item
                for item in self.dependents(verb, Role.ADVERB)
                if item.lower_ in _PARTICLES and item.i > verb.i
            ]
        if not found and verb.i + 1 < len(self.doc):
            after = verb.nbor(1)
            if after.lower_ in _PARTICLES and after.tag_ in {"RP", "RB", "IN"}:
                found = [after]
        return found[0] if found else None

    def participants(self, predicate: Token) -> list[Participant]:
        """Return the nouns that take part in what ``predicate`` tells, heads of coordinations only.

        For a verb the roles are logical: SUBJECT for who does it, OBJECT for who undergoes it.
        A subject that the clause lacks is looked for in the clauses around it. For a noun they
        are POSSESSOR, COMPOUND, ADJECTIVE and MODIFIER with its preposition.
        """
        if predicate.pos_ in PREDICATE_POS:
            return self._verb_participants(predicate)
        found = [
            Participant(arc.role, self.owner_meant(arc.token) or arc.token, arc.word)
            for arc in self._out[predicate.i]
            if arc.role in _OF_NOUNS
        ]
        if predicate.pos_ == "ADJ" and not any(item.role is Role.SUBJECT for item in found):
            link = self.governor(predicate)  # "groups responsible for attacks"
            if link is not None and link.role in {Role.ADJECTIVE, Role.ADNOMINAL_CLAUSE}:
                found.append(Participant(Role.SUBJECT, link.head, "", True))
        found += [
            Participant(Role.MODIFIER, arc.token, arc.word or "by")
            for arc in self._out[predicate.i]
            if arc.role in {Role.OBLIQUE, Role.AGENT}
        ]
        return found

    def _verb_participants(self, verb: Token) -> list[Participant]:
        passive = self.is_passive(verb)
        found = []
        for arc in self._out[verb.i]:
            role = arc.role
            if role is Role.PASSIVE_SUBJECT and not passive:
                role = Role.SUBJECT
            if role is Role.SUBJECT and passive:
                role = Role.PASSIVE_SUBJECT
            if role is Role.PASSIVE_SUBJECT:
                role = Role.OBJECT
            elif role is Role.AGENT:
                role = Role.SUBJECT
            if role in _OF_VERBS:
                antecedent = self._antecedent(verb, arc.token)
                found.append(
                    Participant(role, antecedent or arc.token, arc.word, antecedent is not None)
                )
        wanted = Role.OBJECT if passive else Role.SUBJECT
        if not any(item.role is wanted for item in found):
            inherited = self._inherited_subject(verb)
            if inherited is not None:
                found.append(Participant(wanted, inherited, "", True))
        link = self.governor(verb)
        if (
            link is not None
            and link.role is Role.RELATIVE_CLAUSE
            and not passive
            and not any(item.role is Role.OBJECT for item in found)
            and any(item.role is Role.SUBJECT and item.token != link.head for item in found)
            and not self._has_relativizer(verb)
        ):
            found.append(Participant(Role.OBJECT, link.head, "", True))
        if (
            link is not None
            and link.role is Role.CONJUNCT
            and link.head.pos_ == "VERB"
            and passive
            and not any(item.role is Role.SUBJECT for item in found)
        ):
            found += [
                Participant(Role.SUBJECT, item.token, item.word, True)
                for item in self._verb_participants(link.head)
                if item.role is Role.SUBJECT and self.is_passive(link.head)
            ]
        if passive and not any(item.role is Role.SUBJECT for item in found):
            found += [  # "armed and trained by Iran"
                Participant(Role.SUBJECT, agent, "by", True)
                for other in self.dependents(verb, Role.CONJUNCT)
                if self.is_passive(other) and not self.auxiliaries(other)
                for agent in self.dependents(other, Role.AGENT)
            ]
        return found

    def _has_relativizer(self, verb: Token) -> bool:
        return any(
            arc.token.tag_ in {"WDT", "WP", "WP$", "WRB"} or arc.token.lower_ == "that"
            for arc in self._out[verb.i]
        )

    def _antecedent(self, verb: Token, token: Token) -> Token | None:
        """Return the noun that a relative pronoun stands for, or None."""
        if token.tag_ not in {"WDT", "WP"} and not (
            token.lower_ in _SUBJECT_RELATIVES and token.pos_ == "PRON" and token.i < verb.i
        ):
            return None
        if token.tag_ not in {"WDT", "WP"} and token.lower_ == "that" and token.tag_ == "DT":
            return None
        while True:
            arc = self.governor(verb)
            if arc is None:
                return None
            if arc.role is Role.RELATIVE_CLAUSE:
                named = self._named_before(token)
                return arc.head if named is None else self._all_named(named, verb)
            if arc.role not in {Role.CONJUNCT, Role.OPEN_COMPLEMENT, Role.COMPLEMENT}:
                return None
            verb = arc.head

    def _all_named(self, name: Token, verb: Token) -> Token:
        """Return the head of the list that ends in ``name``, where a plural verb means them all."""
        if not _PLURAL & {*self.auxiliaries(verb)}:
            return name
        arc = self.governor(name)
        while arc is not None and arc.role in {Role.APPOSITION, Role.CONJUNCT}:
            name = arc.head
            arc = self.governor(name)
        return name

    def owner_meant(self, pronoun: Token) -> Token | None:
        """Return the noun that "whose" stands for, or None."""
        if pronoun.tag_ != "WP$":
            return None
        named = self._named_before(pronoun)
        if named is not None:
            return named
        for arc in self.governors(pronoun):
            if arc.role is Role.RELATIVE_CLAUSE:
                return arc.head if arc.head.i < pronoun.i else None
        return None

    def _named_before(self, pronoun: Token) -> Token | None:
        """Return who is named right before "who" or "whose", which parsers often pass by."""
        before = pronoun.i - 1
        if before > 0 and self.doc[before].text == ",":
            before -= 1
        labels = _NAMED_BEFORE.get(pronoun.tag_, ())
        if before < 0 or self.doc[before].ent_type_ not in labels:
            return None
        token = self.doc[before]
        arc = self.governor(token)
        while arc is not None and arc.role in {Role.NAME_PART, Role.COMPOUND}:
            token = arc.head
            arc = self.governor(token)
        return token

    def _inherited_subject(self, verb: Token, *, depth: int = 0) -> Token | None:
        """Return the subject that the clause of ``verb`` borrows from a clause above it."""
        arc = self.governor(verb)
        if arc is None or depth > 6:
            return None
        above = arc.head
        if arc.role in {Role.ADNOMINAL_CLAUSE, Role.ADJECTIVE}:
            return self._adnominal_subject(verb, above, depth)
        if arc.role is Role.RELATIVE_CLAUSE:
            has_subject = self.dependents(verb, Role.SUBJECT, Role.PASSIVE_SUBJECT)
            return None if has_subject else above
        if arc.role is Role.OPEN_COMPLEMENT and above.pos_ in PREDICATE_POS | {"ADJ"}:
            words = predicate_words()
            if verb.tag_ == "VBG" and above.lemma_.lower() in words.fleeing_from:
                return None  # who "fled fighting" did not fight
            if above.pos_ == "VERB":
                objects = self.dependents(above, Role.OBJECT, Role.INDIRECT_OBJECT)
                called_on = self._called_on(above, verb)
                people = [item for item in objects if item.lemma_.lower() not in words.beckoning]
                if called_on and not people:
                    return called_on[0]
                is_controlled = above.lemma_.lower() not in words.subject_control
                if objects and is_controlled and not self.is_passive(above):
                    return self._antecedent(above, objects[0]) or objects[0]
            return self._surface_subject(above, depth)
        if arc.role is Role.CONJUNCT and self.is_clause(above):  # "are aware and have asked"
            return self._surface_subject(above, depth)
        if (
            arc.role is Role.ADVERBIAL_CLAUSE
            and verb.tag_ in {"VBG", "VBN", "VB"}
            and self.is_clause(above)
        ):
            if arc.word in _OBJECT_CONTROL:  # "accused them of attacking"
                objects = self.dependents(above, Role.OBJECT, Role.PASSIVE_SUBJECT)
                if objects:
                    return self._antecedent(above, objects[0]) or objects[0]
            return self._surface_subject(above, depth)
        return None

    def _called_on(self, above: Token, verb: Token) -> list[Token]:
        """Return who is meant to act: "called for [him] to leave", "an order to [troops] to go"."""
        words = predicate_words().beckoning
        is_verb = above.pos_ in PREDICATE_POS
        prepositions = {"for"} if is_verb else {"for", "on", "to"}
        callers = [above, *self.dependents(above, Role.OBJECT)] if is_verb else []
        beckoning = {words.get(item.lemma_.lower()) for item in callers} - {None}
        marks = [item.i for item in self.dependents(verb, Role.MARK) if item.lower_ == "to"]
        return [
            arc.token
            for arc in self.arcs(above, Role.OBLIQUE, Role.MODIFIER)
            if (arc.word in prepositions and self.subtree(arc.token)[-1].i + 1 in marks)
            or (marks and arc.word in beckoning and arc.token.ent_type_ != "DATE")
        ]

    def _adnominal_subject(self, verb: Token, noun: Token, depth: int) -> Token | None:
        """Return who does what a participle or infinitive below a noun tells.

        "a man carrying a bomb", "rockets launched by": the noun itself. "a decision to attack":
        whoever took it, so the subject or possessor of the noun.
        """
        if verb.tag_ in {"VBG", "VBN", "VBD"} and "to" not in self.marks(verb):
            if self.dependents(noun, Role.COPULA):  # "is the largest donor, giving millions"
                return self._surface_subject(noun, depth) or noun
            return noun
        called_on = self._called_on(noun, verb)
        if called_on:
            return called_on[0]
        owners = self.dependents(noun, Role.POSSESSOR)
        if owners:
            return owners[0]
        for above in self.arcs(noun, Role.MODIFIER):
            if above.word in {"of", "by"} and above.token.ent_type_:
                return above.token  # "the decision of the minister to resign"
        compounds = [
            item
            for item in self.dependents(noun, Role.COMPOUND, Role.ADJECTIVE)
            if item.ent_type_ in {"GPE", "NORP", "ORG", "PERSON"}
        ]
        if compounds:
            return compounds[0]
        arc = self.governor(noun)
        if arc is not None and arc.role in {Role.OBJECT, Role.OBLIQUE} and arc.head.pos_ == "VERB":
            return self._surface_subject(arc.head, depth)
        return None

    def _surface_subject(self, verb: Token, depth: int) -> Token | None:
        for arc in self._out[verb.i]:
            if arc.role in {Role.SUBJECT, Role.PASSIVE_SUBJECT}:
                return self._antecedent(verb, arc.token) or arc.token
        return self._inherited_subject(verb, depth=depth + 1)


def _adds(negator: Token) -> bool:
    """Tell whether a negator begins "not only"."""
    return negator.i + 1 < len(negator.doc) and negator.nbor(1).lower_ in _ADDING
