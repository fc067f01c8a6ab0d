"""One view of a dependency parse, whichever label scheme the pipeline uses.

Universal Dependencies (the shipped pipeline) and the CLEAR scheme of the stock spaCy pipelines
(nsubjpass, dobj, agent, prep/pobj) differ in labels and in shape: UD hangs a noun on the verb
and the preposition on the noun, CLEAR chains verb, preposition and noun; UD takes the predicate
noun as head of a copular clause, CLEAR the verb "be". ``Syntax`` turns either into the same
arcs, in UD's shape, and answers who logically did what to whom, through passives, relatives,
participles, control and coordination. The rest of the code sees no dependency label.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc, Token


class Role(StrEnum):
    """What a dependent is to its head, in either scheme."""

    SUBJECT = "subject"
    PASSIVE_SUBJECT = "passive_subject"
    OBJECT = "object"
    INDIRECT_OBJECT = "indirect_object"
    AGENT = "agent"
    OBLIQUE = "oblique"
    MODIFIER = "modifier"
    POSSESSOR = "possessor"
    COMPOUND = "compound"
    ADJECTIVE = "adjective"
    APPOSITION = "apposition"
    CONJUNCT = "conjunct"
    NAME_PART = "name_part"
    COMPLEMENT = "complement"
    OPEN_COMPLEMENT = "open_complement"
    ADVERBIAL_CLAUSE = "adverbial_clause"
    RELATIVE_CLAUSE = "relative_clause"
    ADNOMINAL_CLAUSE = "adnominal_clause"
    PARATAXIS = "parataxis"
    NEGATION = "negation"
    AUXILIARY = "auxiliary"
    COPULA = "copula"
    MARK = "mark"
    CASE = "case"
    PARTICLE = "particle"
    NUMBER = "number"
    DETERMINER = "determiner"
    ADVERB = "adverb"
    ROOT = "root"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Arc:
    """A typed link from a head to a dependent.

    Attributes:
        word: Preposition of an OBLIQUE or MODIFIER, or the conjunction or preposition that
            introduces a clause, lower-case, parts joined by a space; "" when there is none.
    """

    role: Role
    head: Token
    token: Token
    word: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """A noun that takes part in what a predicate tells.

    Attributes:
        role: Logical role: SUBJECT does it, also in a passive; OBJECT undergoes it.
        word: Preposition, for OBLIQUE and MODIFIER.
        inherited: Whether the noun stands in another clause and was found through control,
            coordination, a relative or a participle.
    """

    role: Role
    token: Token
    word: str = ""
    inherited: bool = False


_UD = {
    "nsubj": Role.SUBJECT,
    "csubj": Role.SUBJECT,
    "nsubj:outer": Role.SUBJECT,
    "nsubj:pass": Role.PASSIVE_SUBJECT,
    "csubj:pass": Role.PASSIVE_SUBJECT,
    "obj": Role.OBJECT,
    "iobj": Role.INDIRECT_OBJECT,
    "obl:agent": Role.AGENT,
    "obl": Role.OBLIQUE,
    "obl:tmod": Role.OBLIQUE,
    "obl:npmod": Role.OBLIQUE,
    "obl:unmarked": Role.OBLIQUE,
    "nmod": Role.MODIFIER,
    "nmod:tmod": Role.MODIFIER,
    "nmod:npmod": Role.MODIFIER,
    "nmod:unmarked": Role.MODIFIER,
    "nmod:desc": Role.COMPOUND,
    "nmod:poss": Role.POSSESSOR,
    "compound": Role.COMPOUND,
    "amod": Role.ADJECTIVE,
    "appos": Role.APPOSITION,
    "conj": Role.CONJUNCT,
    "flat": Role.NAME_PART,
    "flat:foreign": Role.NAME_PART,
    "flat:name": Role.NAME_PART,
    "fixed": Role.NAME_PART,
    "ccomp": Role.COMPLEMENT,
    "xcomp": Role.OPEN_COMPLEMENT,
    "advcl": Role.ADVERBIAL_CLAUSE,
    "advcl:relcl": Role.ADVERBIAL_CLAUSE,
    "acl:relcl": Role.RELATIVE_CLAUSE,
    "acl": Role.ADNOMINAL_CLAUSE,
    "parataxis": Role.PARATAXIS,
    "aux": Role.AUXILIARY,
    "aux:pass": Role.AUXILIARY,
    "cop": Role.COPULA,
    "mark": Role.MARK,
    "case": Role.CASE,
    "compound:prt": Role.PARTICLE,
    "nummod": Role.NUMBER,
    "det": Role.DETERMINER,
    "advmod": Role.ADVERB,
    "ROOT": Role.ROOT,
    "root": Role.ROOT,
}
_CLEAR = {
    "nsubj": Role.SUBJECT,
    "csubj": Role.SUBJECT,
    "nsubjpass": Role.PASSIVE_SUBJECT,
    "csubjpass": Role.PASSIVE_SUBJECT,
    "dobj": Role.OBJECT,
    "dative": Role.INDIRECT_OBJECT,
    "npadvmod": Role.OBLIQUE,
    "poss": Role.POSSESSOR,
    "compound": Role.COMPOUND,
    "nmod": Role.COMPOUND,
    "amod": Role.ADJECTIVE,
    "appos": Role.APPOSITION,
    "conj": Role.CONJUNCT,
    "ccomp": Role.COMPLEMENT,
    "xcomp": Role.OPEN_COMPLEMENT,
    "advcl": Role.ADVERBIAL_CLAUSE,
    "relcl": Role.RELATIVE_CLAUSE,
    "acl": Role.ADNOMINAL_CLAUSE,
    "parataxis": Role.PARATAXIS,
    "neg": Role.NEGATION,
    "aux": Role.AUXILIARY,
    "auxpass": Role.AUXILIARY,
    "mark": Role.MARK,
    "prt": Role.PARTICLE,
    "nummod": Role.NUMBER,
    "det": Role.DETERMINER,
    "advmod": Role.ADVERB,
    "ROOT": Role.ROOT,
}
_CLEAR_ONLY = frozenset(
    [
        "dobj",
        "pobj",
        "nsubjpass",
        "csubjpass",
        "auxpass",
        "prep",
        "pcomp",
        "attr",
        "acomp",
        "agent",
        "dative",
        "neg",
        "poss",
        "relcl",
        "prt",
        "npadvmod",
    ]
)
_NEGATORS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
_PARTICLES = frozenset(
    {"up", "down", "off", "out", "away", "back", "over", "in", "on", "aside", "together"}
)
_COMPOUND_PREPOSITIONS = frozenset(
    {
        "according to",
        "ahead of",
        "along with",
        "alongside",
        "aside from",
        "away from",
        "because of",
        "due to",
        "in front of",
        "inside of",
        "instead of",
        "on behalf of",
        "out of",
        "outside of",
        "prior to",
        "rather than",
        "such as",
        "together with",
        "up to",
    }
)
_OBJECT_CONTROL = frozenset({"of", "from", "for"})
_SUBJECT_RELATIVES = frozenset({"who", "which", "that"})
_PREDICATE_POS = frozenset({"VERB", "AUX"})


class Syntax:
    """The arcs of one parsed document, in UD's shape."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._out: list[list[Arc]] = [[] for _ in doc]
        self._in: list[Arc | None] = [None] * len(doc)
        arcs: Iterable[Arc]
        if any(token.dep_ in _CLEAR_ONLY for token in doc):
            arcs = _clear_arcs(doc)
        else:
            arcs = _with_participles(list(_ud_arcs(doc)))
        for arc in arcs:
            self._in[arc.token.i] = arc
            if arc.role is not Role.ROOT:
                self._out[arc.head.i].append(arc)

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
        """Return ``token`` and all that is coordinated below it, in text order."""
        found = [token]
        for conjunct in self.dependents(token, Role.CONJUNCT):
            found.extend(self.conjuncts(conjunct))
        return sorted(found, key=lambda item: item.i)

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

    def is_clause(self, token: Token) -> bool:
        """Tell whether ``token`` heads a clause: a verb, or a noun or adjective with a copula."""
        return token.pos_ in _PREDICATE_POS or bool(self.dependents(token, Role.COPULA))

    def is_passive(self, verb: Token) -> bool:
        """Tell whether ``verb`` is passive, also as a participle ("rockets launched by ...")."""
        if verb.tag_ not in {"VBN", "VBD"}:
            return False
        arcs = self._out[verb.i]
        if any(arc.role in {Role.PASSIVE_SUBJECT, Role.AGENT} for arc in arcs):
            return True
        auxiliaries = [arc.token for arc in arcs if arc.role is Role.AUXILIARY]
        if auxiliaries:
            return auxiliaries[-1].lemma_.lower() in {"be", "get"} and verb.tag_ == "VBN"
        arc = self.governor(verb)
        if arc is None or any(other.role is Role.SUBJECT for other in arcs):
            return False
        if verb.tag_ == "VBD":
            return False
        if arc.role is Role.CONJUNCT and arc.head.pos_ == "VERB":
            return verb.tag_ == "VBN" and self.is_passive(arc.head)
        return verb.tag_ == "VBN" and arc.role in {
            Role.ADNOMINAL_CLAUSE,
            Role.ADJECTIVE,
            Role.ADVERBIAL_CLAUSE,
            Role.OPEN_COMPLEMENT,
        }

    def is_negated(self, token: Token) -> bool:
        """Tell whether a negator depends on ``token`` itself ("did not fire", "no attack")."""
        return any(
            arc.role is Role.NEGATION
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
        if predicate.pos_ in _PREDICATE_POS:
            return self._verb_participants(predicate)
        kinds = {Role.POSSESSOR, Role.COMPOUND, Role.ADJECTIVE, Role.MODIFIER, Role.SUBJECT}
        found = [
            Participant(arc.role, arc.token, arc.word)
            for arc in self._out[predicate.i]
            if arc.role in kinds
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
            if role is Role.SUBJECT and passive:
                role = Role.PASSIVE_SUBJECT
            if role is Role.PASSIVE_SUBJECT:
                role = Role.OBJECT
            elif role is Role.AGENT:
                role = Role.SUBJECT
            if role in {Role.SUBJECT, Role.OBJECT, Role.INDIRECT_OBJECT, Role.OBLIQUE}:
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
                return arc.head
            if arc.role not in {Role.CONJUNCT, Role.OPEN_COMPLEMENT, Role.COMPLEMENT}:
                return None
            verb = arc.head

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
        if arc.role is Role.OPEN_COMPLEMENT and above.pos_ in _PREDICATE_POS | {"ADJ"}:
            if above.pos_ == "VERB":
                objects = self.dependents(above, Role.OBJECT, Role.INDIRECT_OBJECT)
                if objects and not self.is_passive(above):
                    return self._antecedent(above, objects[0]) or objects[0]
            return self._surface_subject(above, depth)
        if arc.role is Role.CONJUNCT and above.pos_ in _PREDICATE_POS:
            return self._surface_subject(above, depth)
        if (
            arc.role is Role.ADVERBIAL_CLAUSE
            and verb.tag_ in {"VBG", "VBN", "VB"}
            and above.pos_ in _PREDICATE_POS
        ):
            if arc.word in _OBJECT_CONTROL:  # "accused them of attacking"
                objects = self.dependents(above, Role.OBJECT, Role.PASSIVE_SUBJECT)
                if objects:
                    return self._antecedent(above, objects[0]) or objects[0]
            return self._surface_subject(above, depth)
        return None

    def _adnominal_subject(self, verb: Token, noun: Token, depth: int) -> Token | None:
        """Return who does what a participle or infinitive below a noun tells.

        "a man carrying a bomb", "rockets launched by": the noun itself. "a decision to attack":
        whoever took it, so the subject or possessor of the noun.
        """
        if verb.tag_ in {"VBG", "VBN", "VBD"} and "to" not in self.marks(verb):
            return noun
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


def _ud_arcs(doc: Doc) -> Iterator[Arc]:
    for token in doc:
        role = _UD.get(token.dep_) or _UD.get(token.dep_.split(":")[0], Role.OTHER)
        head = token.head
        word = ""
        if role in {Role.OBLIQUE, Role.MODIFIER, Role.AGENT, Role.POSSESSOR}:
            word = _case_word(token)
            if role is Role.OBLIQUE and word == "by" and _ud_passive(head):
                role = Role.AGENT
        elif role in {Role.ADVERBIAL_CLAUSE, Role.ADNOMINAL_CLAUSE, Role.COMPLEMENT}:
            word = _mark_word(token)
        if _is_misplaced_infinitive(token, role):
            role, word = Role.OPEN_COMPLEMENT, ""
        if role in {Role.ADVERB, Role.DETERMINER} and token.lower_ in _NEGATORS:
            role = Role.NEGATION if token.dep_ == "advmod" else role
        yield Arc(role, head, token, word)


def _with_participles(arcs: list[Arc]) -> list[Arc]:
    """Undo "[airstrikes targeting] sites" where noun and participle are taken for modifiers.

    A plural noun does not modify a noun across a participle; it is what the participle describes.
    """
    by_token = {arc.token.i: number for number, arc in enumerate(arcs)}
    for number, arc in enumerate(arcs):
        noun = arc.token
        if arc.role is not Role.COMPOUND or noun.tag_ != "NNS" or noun.i + 1 >= len(noun.doc):
            continue
        participle = arcs[by_token[noun.i + 1]]
        if (
            participle.token.tag_ != "VBG"
            or participle.head != arc.head
            or arc.head.i < participle.token.i
            or participle.role not in {Role.COMPOUND, Role.ADJECTIVE}
        ):
            continue
        above = arcs[by_token[arc.head.i]]
        head = noun if above.role is Role.ROOT else above.head
        arcs[number] = Arc(above.role, head, noun, above.word)
        arcs[by_token[participle.token.i]] = Arc(Role.ADNOMINAL_CLAUSE, noun, participle.token)
        arcs[by_token[above.token.i]] = Arc(Role.OBJECT, participle.token, above.token)
        for other, moved in enumerate(arcs):
            if moved.head == above.token and moved.token.i < noun.i:
                arcs[other] = Arc(moved.role, noun, moved.token, moved.word)
    return arcs


def _is_misplaced_infinitive(token: Token, role: Role) -> bool:
    """Tell whether "to VERB" after a verb that takes it was parsed as an adverbial.

    Purpose ("sent troops to seize") and content ("ordered troops to seize") differ little for
    who does it, and parsers confuse them.
    """
    if role not in {Role.ADVERBIAL_CLAUSE, Role.OBLIQUE} or token.tag_ != "VB":
        return False
    if token.head.pos_ != "VERB" or token.i < token.head.i:
        return False
    return any(child.lower_ == "to" and child.i < token.i for child in token.children)


def _ud_passive(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj:pass", "aux:pass"} for child in verb.children) or (
        verb.tag_ == "VBN" and verb.dep_.startswith("acl")
    )


def _case_word(token: Token) -> str:
    """Return the preposition before a noun, its parts joined when they stand side by side."""
    words: list[Token] = []
    for child in token.children:
        if child.dep_ == "case" and child.i < token.i:
            if words and child.i != words[-1].i + 1:
                break
            words += [child, *(item for item in child.children if item.dep_ == "fixed")]
    joined = " ".join(word.lower_ for word in words)
    return joined if joined in _COMPOUND_PREPOSITIONS or len(words) < 2 else words[0].lower_


def _mark_word(token: Token) -> str:
    for child in token.children:
        if child.dep_ in {"mark", "case"} or (child.dep_ == "advmod" and child.tag_ == "WRB"):
            fixed = [item.lower_ for item in child.children if item.dep_ == "fixed"]
            return " ".join([child.lower_, *fixed])
    return ""


def _clear_arcs(doc: Doc) -> Iterator[Arc]:
    """Yield the arcs of a CLEAR parse: prepositions collapsed, copular clauses re-headed."""
    predicate_of = {
        token.i: predicate
        for token in doc
        for predicate in [_copular_predicate(token)]
        if predicate is not None
    }
    copula_of = {predicate.i: doc[index] for index, predicate in predicate_of.items()}
    for token in doc:
        if token.i in predicate_of:
            yield Arc(Role.COPULA, predicate_of[token.i], token)
        elif token.i in copula_of:  # the predicate takes the place of "be"
            verb = copula_of[token.i]
            if verb.dep_ == "ROOT":
                yield Arc(Role.ROOT, token, token)
            else:
                above = predicate_of.get(verb.head.i, verb.head)
                yield Arc(_CLEAR.get(verb.dep_, Role.OTHER), above, token, _clear_mark(verb))
        else:
            yield _clear_arc(token, predicate_of.get(token.head.i, token.head))


def _clear_arc(token: Token, head: Token) -> Arc:
    dep = token.dep_
    if dep in {"pobj", "pcomp"}:
        preposition = token.head
        words = [preposition.lower_]
        while preposition.dep_ == "prep" and preposition.head.dep_ == "prep":
            preposition = preposition.head
            words.insert(0, preposition.lower_)
        above = _copular_predicate(preposition.head) or preposition.head
        word = " ".join(words)
        if dep == "pcomp":
            return Arc(Role.ADVERBIAL_CLAUSE, above, token, word)
        if preposition.dep_ == "agent":
            return Arc(Role.AGENT, above, token, word)
        role = Role.OBLIQUE if above.pos_ in _PREDICATE_POS | {"ADJ"} else Role.MODIFIER
        return Arc(role, above, token, word)
    if dep in {"prep", "agent", "case"} or (
        dep == "dative" and any(child.dep_ == "pobj" for child in token.children)
    ):
        nouns = [child for child in token.children if child.dep_ in {"pobj", "pcomp"}]
        return Arc(Role.CASE, nouns[0] if nouns else head, token)
    if dep == "aux" and token.lower_ == "to":
        return Arc(Role.MARK, head, token)
    if dep == "det" and token.lower_ in {"no", "neither"}:
        return Arc(Role.DETERMINER, head, token)
    role = _CLEAR.get(dep, Role.OTHER)
    word = _clear_mark(token) if role in {Role.ADVERBIAL_CLAUSE, Role.COMPLEMENT} else ""
    return Arc(role, head, token, word)


def _clear_mark(token: Token) -> str:
    for child in token.children:
        if child.dep_ == "mark" or (child.dep_ == "advmod" and child.tag_ == "WRB"):
            return child.lower_
    return ""


def _copular_predicate(token: Token) -> Token | None:
    """Return the noun or adjective that "be" predicates, as UD takes it for the head."""
    if token.lemma_.lower() != "be" or token.dep_ in {"aux", "auxpass"}:
        return None
    for child in token.children:
        if child.dep_ in {"attr", "acomp"} and child.i > token.i:
            return child
    for child in token.children:
        if child.dep_ == "prep" and child.i > token.i:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return noun
    return None
