"""Find what a text states of two entities that lasts: "Iran-backed militias", "X, leader of Y".

In come the parse and what its noun phrases refer to; out go pairs of words with the rule that ties
them. Which words tie, and where the two entities stand beside them, are rows of the lexicon;
between which kinds of entities a relation can hold is said in the ontology. Whether the text
affirms it, and who says so, is judged by the caller.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kg.records import CharSpan
from kg.relations.lexicon import RelationLexicon, RelationRule
from kg.relations.phrases import HYPHENS, Phrase, PhraseReader, Referents
from kg.syntax import Role, Syntax
from kg.taxonomy import Taxonomy
from kg.terms import Certainty, EntityKind, EntityRelationType, Status

_BOND_ROLES = frozenset({Role.ADJECTIVE, Role.COMPOUND, Role.ADNOMINAL_CLAUSE})
_PARTICIPLES = frozenset({Role.ADNOMINAL_CLAUSE, Role.ADJECTIVE})
_PRESENT = frozenset({"VBZ", "VBP"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "'s", "’s"})
_WAS = frozenset({"was", "were"})
_HAVE = frozenset({"has", "have"})
_SINGLE_SLOTS = frozenset({"head", "self", "poss", "mod", "origin"})
_FIRST_AND_SECOND = frozenset({"my", "our", "your", "i", "we", "you", "me", "us"})
# A person without a name ("a spokesman") is nobody to draw, nor is "the area" a seat; which
# country "its" or "the country's" means is seldom sure.
_NAMED_ONLY = frozenset(
    {EntityKind.PERSON, EntityKind.PLACE, EntityKind.FACILITY, EntityKind.STATE}
)
_OF_STATES = frozenset({EntityKind.IGO, EntityKind.COALITION})


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundRelation:
    """A relation in the words of the parse.

    Attributes:
        anchor: The word that ties the two.
        is_clause: Whether a clause asserts it ("X leads Y"), so that its negation and tense
            count; a phrase ("Y leader X") takes it for granted.
        status: What a modifier or the tense makes of it: ``historical`` for "former" and "was".
        certainty: Lowered by a modifier such as "suspected".
        evidence: From the first to the last word that states it.
        role: Words for the office or function.
    """

    rule: RelationRule
    anchor: Token
    source: Token
    target: Token
    is_clause: bool
    status: Status
    certainty: Certainty
    evidence: CharSpan
    role: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Candidate:
    """The words of a rule with what stands in its slots.

    Attributes:
        anchor: The word that ties.
        modifiers: Common words before it.
    """

    rule: RelationRule
    anchor: Token
    first: int
    last: int
    fillers: Mapping[str, list[Token]]
    is_clause: bool
    is_past: bool
    modifiers: list[Token]
    role: str | None = None


def find_relations(
    syntax: Syntax, referents: Referents, lexicon: RelationLexicon, taxonomy: Taxonomy
) -> Iterator[FoundRelation]:
    """Yield the relations of a document in the order of the words that tie, each pair once."""
    return _Finder(syntax, referents, lexicon, taxonomy).found()


class _Finder:
    """One pass over the words of a document."""

    def __init__(
        self, syntax: Syntax, referents: Referents, lexicon: RelationLexicon, taxonomy: Taxonomy
    ) -> None:
        self._syntax = syntax
        self._referents = referents
        self._lexicon = lexicon
        self._taxonomy = taxonomy
        self._phrases = PhraseReader(syntax, referents)

    def found(self) -> Iterator[FoundRelation]:
        """Yield the relations of the document."""
        known = self._lexicon.last_words
        anchors = [
            self._syntax.doc[index]
            for index, forms in enumerate(self._syntax.forms)
            if not known.isdisjoint(forms)
        ]
        inner = {
            index  # "secretary general" is no secretary
            for token in anchors
            for rule, first in self._noun_rules(token)
            if " " in rule.word
            for index in range(first, token.i)
        }
        for token in anchors:
            if token.i in inner:
                continue
            seen = set()
            for candidate in self._candidates(token):
                for item in self._pairs(candidate):
                    key = (item.rule.type, item.source.i, item.target.i)
                    if key not in seen:
                        seen.add(key)
                        yield item

    # --- constructions ---

    def _candidates(self, token: Token) -> Iterator[_Candidate]:
        words = dict.fromkeys((token.lemma_.lower(), token.lower_))
        for rule in self._lexicon.rules_for("bond", token.lower_):
            yield from self._bond(rule, token)
        for word in words:
            for rule in self._lexicon.rules_for("verb", word):
                yield from self._verb(rule, token)
        for rule, first in self._noun_rules(token):
            yield from self._noun(rule, first, token.i)

    def _noun_rules(self, token: Token) -> list[tuple[RelationRule, int]]:
        """Return the rules whose words end at ``token``, those of most words only."""
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
            return []
        words = dict.fromkeys((token.lemma_.lower(), token.lower_))
        rules = [rule for word in words for rule in self._lexicon.rules_for("noun", word)]
        found = [(rule, first) for rule in rules for first in self._first_word(rule, token)]
        longest = max((rule.word.count(" ") for rule, _ in found), default=0)
        return [(rule, first) for rule, first in found if rule.word.count(" ") == longest]

    def _first_word(self, rule: RelationRule, token: Token) -> Iterator[int]:
        """Yield the index of the first word of a rule whose last is ``token``, if it is there."""
        doc, index = self._syntax.doc, token.i
        for word in reversed(rule.word.split()[:-1]):
            index -= 1
            while index > 0 and doc[index].text in HYPHENS:
                index -= 1
            if index < 0 or word not in {doc[index].lower_, doc[index].lemma_.lower()}:
                return
        yield index

    def _bond(self, rule: RelationRule, token: Token) -> Iterator[_Candidate]:
        """Read "Iran-backed militias": what stands before the hyphen, and the noun behind."""
        doc, arc = self._syntax.doc, self._syntax.governor(token)
        if token.i < 2 or doc[token.i - 1].text not in HYPHENS or arc is None:
            return
        if arc.head.i < token.i or arc.role not in _BOND_ROLES:
            return
        yield _Candidate(
            rule=rule,
            anchor=token,
            first=token.i,
            last=token.i,
            fillers={"tied": [doc[token.i - 2]], "head": [arc.head, *self._nouns_behind(token)]},
            is_clause=False,
            is_past=False,
            modifiers=self._phrases.read(token.i - 2, token.i).before,
        )

    def _nouns_behind(self, token: Token) -> list[Token]:
        """Return the nouns that follow without a break, the last first.

        "If Iran-backed militias attack" is read as an attack that Iran backs.
        """
        found = []
        for word in self._syntax.doc[token.i + 1 : token.sent.end]:
            if word.pos_ not in {"NOUN", "PROPN", "ADJ"}:
                break
            found.append(word)
        return found[::-1]

    def _verb(self, rule: RelationRule, token: Token) -> Iterator[_Candidate]:
        """Read "backed by Iran", "who leads the group": what stands, so no plain past."""
        syntax = self._syntax
        if token.i > 0 and syntax.doc[token.i - 1].text in HYPHENS:
            return
        arc = syntax.governor(token)
        helpers = set(syntax.auxiliaries(token))
        is_passive = syntax.is_passive(token) or (token.tag_ == "VBN" and bool(helpers & _BE))
        is_participle = (
            not helpers
            and token.tag_ in {"VBN", "VBG"}
            and arc is not None
            and arc.role in _PARTICIPLES
            and not arc.word  # "accused him of backing them" is another matter
        )
        is_past = token.tag_ == "VBD" and not is_passive
        if not (
            token.tag_ in _PRESENT
            or is_participle
            or (is_passive and token.tag_ != "VBG")
            or (is_past and "past" in rule.when)
            or (token.tag_ == "VBN" and helpers & _HAVE)
            or (token.pos_ == "ADJ" and helpers)
        ):
            return
        yield _Candidate(
            rule=rule,
            anchor=token,
            first=token.i,
            last=token.i,
            fillers=self._parties(token),
            is_clause=not is_participle,
            is_past=is_past or "had" in helpers,
            modifiers=syntax.dependents(token, Role.ADVERB),
        )

    def _parties(self, verb: Token) -> Mapping[str, list[Token]]:
        """Return the participants of a verb by slot, coordinated ones each by itself."""
        syntax = self._syntax
        arc = syntax.governor(verb)
        found = syntax.participants(verb)
        if verb.pos_ == "ADJ" and arc is not None and arc.role is Role.CONJUNCT:
            # "is based in X and allied with Y"
            sides = {Role.SUBJECT, Role.OBJECT}
            found += [item for item in syntax.participants(arc.head) if item.role in sides]
        fillers: dict[str, list[Token]] = {}
        for item in found:
            slot = {Role.SUBJECT: "subj", Role.OBJECT: "obj"}.get(item.role, item.word)
            members = syntax.conjuncts(item.token)
            if item.inherited:  # "Israel and the Arabs led by X": the nearest is led
                members = [word for word in members if word.i < verb.i][-1:] or members
            if slot:
                fillers.setdefault(slot, []).extend(members)
        return fillers

    def _noun(self, rule: RelationRule, first: int, last: int) -> Iterator[_Candidate]:
        """Read "Hamas leader X", "X, the leader of Hamas", "X is its leader"."""
        reader, syntax = self._phrases, self._syntax
        phrase = reader.read(first, last)
        if "definite" in rule.when and reader.is_one_of_many(phrase):
            return
        if "bare" in rule.when and not self._is_bare(phrase):
            return
        fillers: dict[str, list[Token]] = {
            "poss": phrase.owners,
            "mod": phrase.names,
            "origin": phrase.names[::-1],
        }
        for arc in reader.arcs(phrase, Role.MODIFIER, Role.OBLIQUE):
            members = [word for word in syntax.conjuncts(arc.token) if not self._owns(word)]
            fillers.setdefault(arc.word, []).extend(members)
        subjects = reader.subjects(phrase)
        is_office = rule.type is EntityRelationType.HOLDS_OFFICE
        fillers["self"] = subjects or [reader.described(phrase, is_office=is_office)]
        if "named" in rule.when:
            fillers["self"] = list(filter(self._referents.is_named, fillers["self"]))
        copulas = {word.lower_ for word in syntax.dependents(phrase.node, Role.COPULA)}
        without = frozenset(self._lexicon.effects)
        yield _Candidate(
            rule=rule,
            anchor=phrase.node,
            first=first,
            last=last,
            fillers=fillers,
            is_clause=bool(subjects),
            is_past=bool(subjects) and bool(copulas & _WAS),
            modifiers=phrase.before,
            role=reader.words_of_office(phrase, without=without) if "role" in rule.when else None,
        )

    def _owns(self, token: Token) -> bool:
        """Tell whether "'s" follows: the head of the party's office does not head the party."""
        end = self._referents.extent(token)[1]
        return end < len(self._syntax.doc) and self._syntax.doc[end].tag_ == "POS"

    def _is_bare(self, phrase: Phrase) -> bool:
        """Tell whether nothing makes another noun of it: "[opposition] leader", "[Gaza] leader"."""
        is_owned = bool(phrase.owners) or any(
            arc.word == "of" for arc in self._phrases.arcs(phrase, Role.MODIFIER)
        )
        words = {item.lower_ for item in phrase.before if item.pos_ != "VERB"}
        return not (is_owned and phrase.names) and words <= self._lexicon.effects.keys()

    # --- pairs ---

    def _pairs(self, candidate: _Candidate) -> Iterator[FoundRelation]:
        rule = candidate.rule
        entry = self._taxonomy.entity_relations[rule.type]
        to_kinds = entry.to_kinds
        if rule.form == "noun" and "place" not in rule.when:
            to_kinds -= {EntityKind.PLACE}
        for source in self._filled(candidate, rule.source, entry.from_kinds):
            for target in self._filled(candidate, rule.target, to_kinds):
                ids = self._referents.id_of(source), self._referents.id_of(target)
                if ids[0] != ids[1] and self._is_fit(rule.type, source, target):
                    yield self._relation(candidate, source, target)

    def _relation(self, candidate: _Candidate, source: Token, target: Token) -> FoundRelation:
        effects = [self._lexicon.effects.get(word.lower_, "") for word in candidate.modifiers]
        status = next((Status(name) for name in effects if name in set(Status)), Status.ACTUAL)
        if candidate.is_past and status is Status.ACTUAL:
            status = Status.HISTORICAL
        return FoundRelation(
            rule=candidate.rule,
            anchor=candidate.anchor,
            source=source,
            target=target,
            is_clause=candidate.is_clause,
            status=status,
            certainty=next(
                (Certainty(name) for name in effects if name in set(Certainty)), Certainty.CERTAIN
            ),
            evidence=self._evidence(candidate, source, target),
            role=candidate.role,
        )

    def _filled(
        self, candidate: _Candidate, slots: Iterable[str], kinds: frozenset[EntityKind]
    ) -> list[Token]:
        """Return the entities of a fit kind in the first slot that holds any."""
        for slot in slots:
            found = [item for item in candidate.fillers.get(slot, ()) if self._fits(item, kinds)]
            if slot == "mod" and candidate.rule.type is EntityRelationType.ALLIED_WITH:
                # "European allies" are allies in Europe, not of it
                found = [item for item in found if item.pos_ != "ADJ"]
            if found:
                return found[:1] if slot in _SINGLE_SLOTS else found
        return []

    def _is_fit(self, relation: EntityRelationType, source: Token, target: Token) -> bool:
        """Tell whether a state is said to be part of states: not "members, many of them Saudis"."""
        is_state = self._referents.kind_of(source) is EntityKind.STATE
        is_part = is_state and relation is EntityRelationType.PART_OF
        return not is_part or self._referents.kind_of(target) in _OF_STATES

    def _fits(self, token: Token, kinds: frozenset[EntityKind]) -> bool:
        kind = self._referents.kind_of(token)
        if kind not in kinds or self._referents.id_of(token) is None:
            return False
        if token.pos_ == "PRON" and token.lower_ in _FIRST_AND_SECOND:
            return False
        is_he = kind is EntityKind.PERSON and token.pos_ == "PRON"
        return kind not in _NAMED_ONLY or is_he or self._referents.is_named(token)

    def _evidence(self, candidate: _Candidate, source: Token, target: Token) -> CharSpan:
        doc = self._syntax.doc
        indices = [candidate.first, candidate.last + 1]
        indices += [
            word.i
            for word in candidate.modifiers
            if self._lexicon.effects.get(word.lower_, "plain") != "plain"
        ]
        for item in (source, target):
            if item.sent == candidate.anchor.sent:
                indices += self._referents.extent(item)
        last = doc[max(indices) - 1]
        return CharSpan(start=doc[min(indices)].idx, end=last.idx + len(last))
