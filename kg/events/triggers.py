"""Find the words that evoke events and give each the lexicon rule that fits its use.

In come the parse, the lexicon and a function that tells what kind of thing a noun refers to; out
go triggers in text order. Who takes part in them is left to ``kg.events.arguments``, whether they
happened to ``kg.nlp.cues``.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from kg.events.lexicon import WORD_SLOTS, Condition, Lexicon, LightVerb, TriggerRule
from kg.records import CharSpan
from kg.syntax import Arc, Role, Syntax
from kg.terms import EntityKind, EventType

KindOf = Callable[[Token], EntityKind | None]

ACTOR_KINDS = frozenset(EntityKind) - {
    EntityKind.PLACE,
    EntityKind.FACILITY,
    EntityKind.WEAPON,
    EntityKind.AGREEMENT,
}
_CLASS_KINDS = {
    "actor": ACTOR_KINDS,
    "armed": frozenset({EntityKind.ARMED_GROUP, EntityKind.MILITARY}),
    "person": frozenset({EntityKind.PERSON, EntityKind.CIVILIANS}),
    "place": frozenset({EntityKind.PLACE, EntityKind.STATE}),
    "facility": frozenset({EntityKind.FACILITY}),
    "weapon": frozenset({EntityKind.WEAPON}),
    "agreement": frozenset({EntityKind.AGREEMENT}),
}
_ALONGSIDE = frozenset({"along with", "alongside", "together with"})
_NOUN_POS = frozenset({"NOUN", "PROPN"})
# What is said has been said, also where it is turned down.
_SPOKEN = frozenset({EventType.ACCUSE, EventType.REQUEST, EventType.THREATEN})
_HYPHENS = frozenset({"-", "–", "‑"})


@dataclass(frozen=True, kw_only=True, slots=True)
class LightUse:
    """The verb that lends its arguments to an event noun ("launched" in "launched an attack")."""

    verb: Token
    light: LightVerb


@dataclass(frozen=True, kw_only=True, slots=True)
class Trigger:
    """A word that names an event.

    Attributes:
        token: Head of the trigger.
        span: The shortest words that name the event.
        lights: Verbs that lend their arguments to a noun: above it, then below it.
    """

    token: Token
    rule: TriggerRule
    span: CharSpan
    lights: tuple[LightUse, ...] = ()


def find_triggers(
    syntax: Syntax,
    lexicon: Lexicon,
    kind_of: KindOf,
    *,
    skip: frozenset[int] = frozenset(),
    names: Iterable[Span] = (),
) -> tuple[tuple[Trigger, ...], frozenset[int]]:
    """Find the event triggers of a document, in text order, and the tokens that can be none.

    Args:
        kind_of: Tells what kind of entity the noun phrase of a token refers to.
        skip: Token indices that are no triggers: parts of names, captions, by-lines.
        names: Names of events; what is asked of a word is asked of their first.
    """
    found = []
    barred = set()
    named = {name.root.i: name for name in names}
    for token in syntax.tokens:
        name = named.get(token.i)
        if name is None and token.i in skip:
            continue
        rule = match_rule(token if name is None else name[0], syntax, lexicon, kind_of)
        if rule is not None and rule.is_bar:
            barred.add(token.i)
        elif rule is not None and rule.type is not None:
            found.append(
                Trigger(
                    token=token,
                    rule=rule,
                    span=_trigger_span(token, rule, syntax)
                    if name is None
                    else CharSpan(start=name.start_char, end=name.end_char),
                    lights=tuple(
                        use
                        for use in light_uses(token, syntax, lexicon)
                        # who "rejected the demand" did not fail to make it: another did
                        if not (use.light.aspect == "negated" and rule.type in _SPOKEN)
                    ),
                )
            )
    return tuple(_without_doubles(found, syntax)), frozenset(barred)


def named_deeds(doc: Doc, beginnings: Container[str]) -> list[Span]:
    """Return the names of events in text order, such as "Operation Desert Storm".

    Args:
        beginnings: Words with which such a name begins, in lower case.
    """
    found = []
    for token in doc:
        end = token.i
        while end < len(doc) and doc[end].is_title and doc[end].pos_ in _NOUN_POS:
            end += 1
        if token.lower_ in beginnings and end - token.i > 1:
            found.append(doc[token.i : end])
    return found


def _without_doubles(triggers: list[Trigger], syntax: Syntax) -> list[Trigger]:
    """Drop the noun of "reached an agreement" where the verb is a trigger for its sake.

    A rule that asks for a certain object names the same event as that object does.
    """
    doubled = {
        item.i
        for trigger in triggers
        for condition in trigger.rule.when
        if condition.slot == "obj" and not condition.is_negated
        for item in fillers("obj", trigger.token, syntax)
    }
    types = {trigger.token.i: trigger.rule.type for trigger in triggers}
    return [
        trigger
        for trigger in triggers
        if not _is_noun_modifier(trigger.token, syntax)
        and not (
            trigger.token.i in doubled
            and any(
                types.get(verb.i) is trigger.rule.type
                for verb in _verbs_over(trigger.token, syntax)
            )
        )
    ]


def _is_noun_modifier(token: Token, syntax: Syntax) -> bool:
    """Tell whether an event noun only modifies another noun: "bomb attack", "aid group"."""
    arc = syntax.governor(token)
    return (
        arc is not None
        and arc.role is Role.COMPOUND
        and token.pos_ in _NOUN_POS
        and arc.head.pos_ in _NOUN_POS
        and arc.head.i > token.i
    )


def describes_other(token: Token, triggers: Container[int], syntax: Syntax) -> bool:
    """Tell whether a word only tells more of another event: "bilateral" before "talks".

    Args:
        triggers: Token indices of the words that name events.
    """
    arc = syntax.governor(token)
    return (
        arc is not None and arc.role in {Role.ADJECTIVE, Role.COMPOUND} and arc.head.i in triggers
    )


def match_rule(
    token: Token, syntax: Syntax, lexicon: Lexicon, kind_of: KindOf
) -> TriggerRule | None:
    """Return the most specific rule whose conditions hold for ``token``, a block included."""
    for rule, unmet in tried_rules(token, syntax, lexicon, kind_of):
        if unmet is None:
            return rule
    return None


def tried_rules(
    token: Token, syntax: Syntax, lexicon: Lexicon, kind_of: KindOf
) -> Iterator[tuple[TriggerRule, Condition | None]]:
    """Yield the rules for a word, the most specific first, each with a condition that it fails.

    A rule that fails none comes with None. Words that only describe a noun have no rules.
    """
    lemma = token.lemma_.lower()
    rules: tuple[TriggerRule, ...] = ()
    for pos in _lexicon_pos(token, syntax):
        rules = rules or lexicon.rules_for(lemma, pos)
    if not rules or _is_modifier_only(token, syntax):
        return
    for rule in sorted(rules, key=lambda item: item.specificity, reverse=True):
        unmet = (
            condition
            for condition in rule.when
            if not _holds(condition, token, syntax, lexicon, kind_of)
        )
        yield rule, next(unmet, None)


def light_uses(token: Token, syntax: Syntax, lexicon: Lexicon) -> tuple[LightUse, ...]:
    """Return the light verbs around an event noun: "[launched] attacks [targeting] a base"."""
    if token.pos_ not in _NOUN_POS:
        return ()
    first = _measured(syntax.first_conjunct(token), syntax, lexicon)
    found = []
    arc = syntax.governor(first)
    if arc is not None and arc.role not in {Role.ADNOMINAL_CLAUSE, Role.RELATIVE_CLAUSE}:
        found.append(_light(arc.head, _slot_of(first, arc.head, syntax), lexicon))
    for below in syntax.dependents(first, Role.ADNOMINAL_CLAUSE, Role.RELATIVE_CLAUSE):
        verb = _verb_below(first, below, syntax)
        found.append(_light(verb or below, "subj" if verb is None else "obj", lexicon))
    return tuple(use for use in found if use is not None)


def _verb_below(noun: Token, below: Token, syntax: Syntax) -> Token | None:
    """Return the verb of a clause below a noun whose object the noun is, or None.

    "Talks [held] in Bern", "the talks they [held]", "the talks they hope to [hold]".
    """
    if syntax.is_passive(below):
        return below
    subjects = [item for item in syntax.participants(below) if item.role is Role.SUBJECT]
    for inner in syntax.dependents(below, Role.OPEN_COMPLEMENT):
        objects = [item for item in syntax.participants(inner) if item.role is Role.OBJECT]
        if inner.pos_ == "VERB" and all(item.token == noun for item in objects):
            is_others = any(item.token != noun for item in subjects)
            return inner if objects or is_others else None
    return below if _slot_of(noun, below, syntax) == "obj" else None


def _verbs_over(noun: Token, syntax: Syntax) -> list[Token]:
    """Return what governs a noun, and the verbs in clauses below it whose object it is."""
    arc = syntax.governor(noun)
    found = [] if arc is None else [arc.head]
    if noun.pos_ in _NOUN_POS:
        for below in syntax.dependents(noun, Role.ADNOMINAL_CLAUSE, Role.RELATIVE_CLAUSE):
            verb = _verb_below(noun, below, syntax)
            found += [] if verb is None else [verb]
    return found


def _measured(noun: Token, syntax: Syntax, lexicon: Lexicon) -> Token:
    """Return the noun that counts or measures another: "[months] of threats"."""
    measures = lexicon.word_classes.get("measure", frozenset())
    arc = syntax.governor(noun)
    while arc is not None and arc.role is Role.MODIFIER and arc.word == "of":
        if arc.head.lemma_.lower() not in measures:
            break
        noun = syntax.first_conjunct(arc.head)
        arc = syntax.governor(noun)
    return noun


def _counted(nouns: Iterable[Token], syntax: Syntax, lexicon: Lexicon) -> Iterator[Token]:
    """Yield what some nouns only count or measure: "dozens of [peacekeepers]"."""
    measures = lexicon.word_classes.get("measure", frozenset())
    for noun in nouns:
        if noun.lemma_.lower() in measures:
            yield from (arc.token for arc in syntax.arcs(noun, Role.MODIFIER) if arc.word == "of")


def _light(verb: Token, slot: str, lexicon: Lexicon) -> LightUse | None:
    lemma = verb.lemma_.lower()
    for light in lexicon.light_verbs:
        if light.lemma == lemma and light.slot == slot:
            return LightUse(verb=verb, light=light)
    return None


def _slot_of(noun: Token, verb: Token, syntax: Syntax) -> str:
    for item in syntax.participants(verb):
        if item.token == noun:
            if item.role is Role.SUBJECT:
                return "subj"
            if item.role is Role.OBJECT:
                return "obj"
            return item.word or "iobj"
    return ""


def _lexicon_pos(token: Token, syntax: Syntax) -> tuple[str, ...]:
    """Return the parts of speech to look a word up as, the likelier first.

    Taggers confuse "clashes between" with the verb, "cut aid" with the noun.
    """
    if token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in {"aux", "aux:pass"}):
        words = {arc.word for arc in syntax.arcs(token, Role.MODIFIER)}
        arc = syntax.governor(token)
        is_argument = arc is not None and arc.role in {Role.SUBJECT, Role.OBJECT, Role.OBLIQUE}
        if syntax.dependents(token, Role.DETERMINER) or (words & {"between", "of"} and is_argument):
            return ("NOUN", "VERB")
        return ("VERB",)
    if token.pos_ in _NOUN_POS:
        if syntax.dependents(token, Role.OBJECT, Role.AUXILIARY):
            return ("NOUN", "VERB")
        return ("NOUN",)
    if token.pos_ == "ADJ":
        if token.tag_ in {"VBN", "VBG"}:
            return ("ADJ", "VERB")
        arc = syntax.governor(token)
        is_argument = arc is not None and arc.role in {Role.SUBJECT, Role.OBJECT, Role.OBLIQUE}
        is_noun = is_argument and bool(syntax.dependents(token, Role.DETERMINER))
        return ("NOUN", "ADJ") if is_noun else ("ADJ",)  # "the airstrike", taken for an adjective
    return ()


def _is_modifier_only(token: Token, syntax: Syntax) -> bool:
    """Tell whether the word only describes a noun, or people, and tells nothing.

    So in "Iran-backed groups", "the visiting minister", "the dead and injured".
    """
    first = syntax.first_conjunct(token)
    is_participle = token.tag_ in {"VBG", "VBN"} and token.pos_ in {"VERB", "ADJ"}
    if is_participle and first.pos_ not in _NOUN_POS and syntax.dependents(first, Role.DETERMINER):
        return True
    arc = syntax.governor(first)
    if arc is None or arc.role not in {Role.ADJECTIVE, Role.COMPOUND} or arc.head.i < token.i:
        return False
    if token.i > 0 and token.nbor(-1).text in _HYPHENS and token.pos_ in {"VERB", "ADJ"}:
        return True
    # "the visiting minister", "a destroyed building": background, unless it has its own arguments.
    return is_participle and all(arc.role is Role.CONJUNCT for arc in syntax.arcs(token))


def fillers(slot: str, token: Token, syntax: Syntax, *, nearby: bool = True) -> list[Token]:
    """Return the tokens that stand in a slot of a trigger, coordinated ones included.

    Args:
        slot: A slot name of the lexicon: ``subj``, ``obj``, ``mod`` ... or a preposition.
        nearby: Whether a preposition that hangs on the object or, for a noun, on its verb
            counts too, as parsers often attach it there.
    """
    found: list[Token] = []
    if slot in {"xcomp", "ccomp"}:
        role = Role.OPEN_COMPLEMENT if slot == "xcomp" else Role.COMPLEMENT
        found = syntax.dependents(token, role)
        if slot == "xcomp" and token.pos_ in _NOUN_POS:  # "a campaign to oust the king"
            clauses = syntax.dependents(token, Role.ADNOMINAL_CLAUSE)
            found += [item for item in clauses if "to" in syntax.marks(item)]
    elif slot == "mod":
        found = syntax.dependents(token, Role.COMPOUND, Role.ADJECTIVE, Role.NAME_PART)
    elif slot == "poss":
        found = [
            syntax.owner_meant(item) or item for item in syntax.dependents(token, Role.POSSESSOR)
        ]
    elif slot in {"subj", "obj", "iobj"}:
        wanted = {
            "subj": Role.SUBJECT,
            "obj": Role.OBJECT,
            "iobj": Role.INDIRECT_OBJECT,
        }[slot]
        found = [item.token for item in syntax.participants(token) if item.role is wanted]
        if slot == "obj" and not found:
            found = _stand_in_objects(token, syntax)
    else:
        found = _under_preposition(slot, token, syntax, nearby=nearby)
    heads = [conjunct for item in found for conjunct in syntax.conjuncts(item)]
    return heads + _examples(heads, syntax) if slot in {"subj", "obj"} else heads


def _examples(heads: Sequence[Token], syntax: Syntax) -> list[Token]:
    """Return who is named as belonging to others: "militias, including [Ansar]"."""
    return [
        conjunct
        for head in heads
        for arc in syntax.arcs(head, Role.MODIFIER)
        if arc.word == "including" or is_escort(arc, syntax)
        for conjunct in syntax.conjuncts(arc.token)
        if conjunct.pos_ == "PROPN"
    ]


def is_escort(arc: Arc, syntax: Syntax) -> bool:
    """Tell whether an arc brings in one more of the same part: "Russia, along with [Iran]"."""
    words = {
        item.lower_
        for token in (arc.token, arc.head)
        for item in syntax.dependents(token, Role.ADVERB)
    }
    return arc.word in _ALONGSIDE or (arc.word == "with" and bool(words & {"along", "together"}))


def _stand_in_objects(token: Token, syntax: Syntax) -> list[Token]:
    """Return what parsers take for something else: "allowed [them] to go", "called off [talks]"."""
    participants = syntax.participants(token)
    found = [item.token for item in participants if item.role is Role.INDIRECT_OBJECT]
    particle = syntax.particle(token) if token.pos_ == "VERB" else ""
    if not found and particle:
        found = [
            item.token
            for item in participants
            if item.role is Role.OBLIQUE and item.word == particle
        ]
    return found


def _under_preposition(word: str, token: Token, syntax: Syntax, *, nearby: bool) -> list[Token]:
    roles = {Role.OBLIQUE, Role.MODIFIER, Role.AGENT}
    heads = [token]
    if nearby and token.pos_ == "VERB":
        heads += [
            arc.token for arc in syntax.arcs(token, Role.OBJECT, Role.PASSIVE_SUBJECT, Role.OBLIQUE)
        ]
    found = [
        arc.token
        for head in heads
        for arc in syntax.arcs(head)
        if arc.role in roles and arc.word == word
    ]
    if not found and nearby and token.pos_ in _NOUN_POS:  # "the call of the bishops for calm"
        found = [
            below.token
            for arc in syntax.arcs(token, Role.MODIFIER, Role.OBLIQUE)
            for below in syntax.arcs(arc.token, Role.MODIFIER)
            if below.word == word
        ] or _right_behind(word, token, syntax)
    return found


def _right_behind(word: str, noun: Token, syntax: Syntax) -> list[Token]:
    """Return what a parse hangs on the verb of an object: "lifted its [embargo against Togo]"."""
    arc = syntax.governor(noun)
    if arc is None or arc.role is not Role.OBJECT or arc.head.pos_ != "VERB":
        return []
    return [
        other.token
        for other in syntax.arcs(arc.head, Role.OBLIQUE, Role.AGENT)
        if other.word == word and syntax.subtree(other.token)[0].i == noun.i + 1
    ]


def prepositions(token: Token, syntax: Syntax) -> frozenset[str]:
    """Return the prepositions that hang on a trigger or on its object."""
    roles = {Role.OBLIQUE, Role.MODIFIER, Role.AGENT}
    heads = [token, *syntax.dependents(token, Role.OBJECT, Role.PASSIVE_SUBJECT)]
    return frozenset(
        arc.word for head in heads for arc in syntax.arcs(head) if arc.role in roles and arc.word
    )


def _holds(
    condition: Condition, token: Token, syntax: Syntax, lexicon: Lexicon, kind_of: KindOf
) -> bool:
    return _is_met(condition, token, syntax, lexicon, kind_of) is not condition.is_negated


def _is_met(
    condition: Condition, token: Token, syntax: Syntax, lexicon: Lexicon, kind_of: KindOf
) -> bool:
    slot, _, inner = condition.slot.partition(".")
    if inner:  # "ccomp.aux": the auxiliary of the clause that is said
        nested = replace(condition, slot=inner, is_negated=False)
        return any(
            _is_met(nested, item, syntax, lexicon, kind_of) for item in fillers(slot, token, syntax)
        )
    if slot in WORD_SLOTS:
        words = _slot_words(slot, token, syntax)
        return bool(words) if condition.is_any else bool(words & condition.lemmas)
    tokens = fillers(slot, token, syntax)
    if condition.is_any and tokens:
        return True
    for item in (*tokens, *_counted(tokens, syntax, lexicon)):
        lemma = item.lemma_.lower()
        if lemma in condition.lemmas or item.lower_ in condition.lemmas:
            return True
        for name in condition.classes:
            if name in lexicon.word_classes and lemma in lexicon.word_classes[name]:
                return True
            if name == "money" and _is_money(item, syntax):
                return True
            if name in _CLASS_KINDS and kind_of(item) in _CLASS_KINDS[name]:
                return True
    return False


def _slot_words(slot: str, token: Token, syntax: Syntax) -> frozenset[str]:
    if slot == "prep":
        return prepositions(token, syntax)
    if slot == "prt":
        return frozenset(filter(None, [syntax.particle(token)]))
    if slot == "gov":
        arc = syntax.governor(token)
        while arc is not None and arc.role is Role.COMPOUND and arc.head.is_title:
            token = arc.head  # of the name that the word is part of
            arc = syntax.governor(token)
        return frozenset(item.lemma_.lower() for item in _verbs_over(token, syntax))
    if slot == "form":
        forms = {token.lower_, token.tag_.lower()}
        if token.pos_ == "VERB" and syntax.is_passive(token):
            forms.add("passive")
        if token.tag_ in {"NNS", "NNPS"}:
            forms.add("plural")
        if token.is_title and token.i + 1 < len(syntax.doc) and token.nbor().is_title:
            forms.add("title")
        return frozenset(forms)
    roles = {
        "det": (Role.DETERMINER,),
        "adv": (Role.ADVERB, Role.NEGATION),
        "aux": (Role.AUXILIARY, Role.COPULA),
        "case": (Role.CASE,),
    }[slot]
    return frozenset(_words(syntax.dependents(token, *roles)))


def _words(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        yield token.lower_
        yield token.lemma_.lower()


def _is_money(token: Token, syntax: Syntax) -> bool:
    return token.tag_ == "$" or any(
        item.tag_ == "$" or item.text in {"$", "€", "£"} for item in syntax.subtree(token)
    )


def _trigger_span(token: Token, rule: TriggerRule, syntax: Syntax) -> CharSpan:
    """Return the words that name the event: "walked out", "cease-fire", "paid compensation"."""
    first = last = token
    if token.i > 1 and token.nbor(-1).tag_ == "HYPH" and token.pos_ in _NOUN_POS:
        parts = syntax.dependents(token, Role.COMPOUND)
        first = min((part for part in parts if part.i == token.i - 2), key=_index, default=token)
    particle = syntax.particle_token(token) if token.pos_ == "VERB" else None
    asks = any(condition.slot == "prt" for condition in rule.when)
    if particle is not None and asks and particle.i == token.i + 1:
        last = particle
    kind, _, preposition = rule.span.partition(":")
    if kind == "obj":
        ends = fillers("obj", token, syntax)
    elif kind == "prep":
        ends = fillers(preposition, token, syntax)
    else:
        ends = []
    if ends:
        near = min(ends, key=lambda item: abs(item.i - token.i))
        first, last = min(first, near, key=_index), max(last, near, key=_index)
    return CharSpan(start=first.idx, end=last.idx + len(last))


def _index(token: Token) -> int:
    return token.i
