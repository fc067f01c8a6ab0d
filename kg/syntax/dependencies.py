"""Turn a parse in Universal Dependencies into arcs, mending what parsers commonly misread."""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet

from spacy.tokens import Token

from kg.syntax.arcs import Arc, Role
from kg.syntax.predicates import predicate_words

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
_DAYS = frozenset(
    {
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("today", "yesterday"),
    }
)
_NO_PERSON = frozenset({"GPE", "LOC", "NORP", "ORG"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
# Sets that every word is compared with are made once.
_WITH_CASE = frozenset({Role.OBLIQUE, Role.MODIFIER, Role.AGENT, Role.POSSESSOR})
_WITH_MARK = frozenset({Role.ADVERBIAL_CLAUSE, Role.ADNOMINAL_CLAUSE, Role.COMPLEMENT})
_NEGATING = frozenset({Role.ADVERB, Role.DETERMINER})
_MISPLACED = frozenset({Role.ADVERBIAL_CLAUSE, Role.OBLIQUE})
_WANTED = frozenset({"advcl", "acl", "ccomp", "xcomp"})
_MOVABLE = _SUBJECTS | _WANTED | {"mark"}
_WANTING = frozenset({"VERB", "NOUN"})
_NEGATORS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
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


def ud_arcs(tokens: Iterable[Token]) -> list[Arc]:
    """Return one arc for each token of a parse in Universal Dependencies."""
    return without_circles(_with_participles([_mended(arc) for arc in _arcs(tokens)]))


def without_circles(arcs: list[Arc]) -> list[Arc]:
    """Hang back where the parser had it what two mends together would close to a circle."""
    while circle := _circle(arcs):
        arcs = [_parsed(item.token) if item.token.i in circle else item for item in arcs]
    return arcs


def _circle(arcs: Iterable[Arc]) -> AbstractSet[int]:
    """Return the indices of tokens that hang on one another in a circle, if any do."""
    heads = {arc.token.i: arc.head.i for arc in arcs}
    safe: set[int] = set()
    for index in heads:
        way: list[int] = []
        passed: set[int] = set()
        at = index
        while at not in safe and at not in passed and heads[at] != at:
            way.append(at)
            passed.add(at)
            at = heads[at]
        if at in passed:
            return set(way[way.index(at) :])
        safe |= passed
    return frozenset()


def _parsed(token: Token) -> Arc:
    """Return the arc that the parser gave to a token, whatever it is to its head."""
    return Arc(Role.ROOT if token.head == token else Role.OTHER, token.head, token)


def _mended(arc: Arc) -> Arc:
    """Hang a word where it belongs of which parsers commonly do not know that."""
    for mend, roles in _MENDS:
        if not roles or arc.role in roles:
            arc = mend(arc)
    return arc


def _off_auxiliary(arc: Arc) -> Arc:
    """Hang on the verb what a parser hung on its auxiliary: "the council [has] refused"."""
    auxiliary = arc.head
    if auxiliary.dep_ not in {"aux", "aux:pass", "cop"} or auxiliary == arc.token:
        return arc
    return Arc(arc.role, auxiliary.head, arc.token, arc.word)


def _off_accused(arc: Arc) -> Arc:
    """Hang on the verb what somebody is accused of: "accused the army [of murder]".

    Names stay: "accused the army of Chad".
    """
    verb = arc.head.head
    if (
        arc.word != "of"
        or arc.head.dep_ != "obj"
        or verb.lemma_.lower() not in predicate_words().charging
    ):
        return arc
    return arc if arc.token.pos_ == "PROPN" else Arc(Role.OBLIQUE, verb, arc.token, arc.word)


def _off_far_name(arc: Arc) -> Arc:
    """Let a name that is no person's rename the noun right before it: "its ally [Norland]"."""
    token = arc.token
    noun = token.nbor(-1) if token.i else token
    if token.pos_ != "PROPN" or noun.pos_ != "NOUN" or token.is_ancestor(noun):
        return arc
    is_beside = arc.head == noun and token.ent_type_ in _NO_PERSON
    return Arc(Role.APPOSITION, noun, token) if is_beside or arc.head.i < noun.i else arc


def _of_gerund(arc: Arc) -> Arc:
    """Read "the priest's killing by the army", where parsers may take "'s" for "is"."""
    verb = arc.head
    if verb.tag_ != "VBG":
        return arc
    children = list(verb.children)
    is_owned = any(item.tag_ == "POS" or item.dep_ == "nmod:poss" for item in children)
    if not is_owned or not any(_case_word(item) == "by" for item in children):
        return arc
    if arc.role is not Role.OBLIQUE:
        return Arc(Role.OBJECT, verb, arc.token)
    return Arc(Role.AGENT, verb, arc.token, arc.word) if arc.word == "by" else arc


def _to_blame(arc: Arc) -> Arc:
    """Take for the object who "is to blame": others blame them."""
    return Arc(Role.OBJECT, arc.head, arc.token) if is_to_blame(arc.head) else arc


def is_to_blame(verb: Token) -> bool:
    """Tell whether an infinitive is passive in sense: "Norland is [to blame]"."""
    children = {child.lemma_.lower() for child in verb.children}
    return verb.lemma_.lower() == "blame" and verb.tag_ == "VB" and {"to", "be"} <= children


def _as_prefix(arc: Arc) -> Arc:
    """Take the first half of "test-fired" for part of the verb."""
    behind = arc.token.i + 1
    if arc.word or arc.token.pos_ != "NOUN" or arc.head.i != behind + 1:
        return arc
    if arc.head.dep_ == "amod" or arc.token.doc[behind].text != "-":
        return arc
    return Arc(Role.COMPOUND, arc.head, arc.token)


def _off_day(arc: Arc) -> Arc:
    """Hang on the verb a day, and what a parser hung on it: "the army said Monday that it left".

    In "the army on Monday attacked" the day is not the army's.
    """
    is_day = arc.token.lower_ in _DAYS
    if is_day and arc.role is Role.OBJECT:
        return Arc(Role.OBLIQUE, arc.head, arc.token)
    subject = arc.head
    if (
        is_day
        and arc.role is Role.MODIFIER
        and subject.dep_ in _SUBJECTS
        and subject.i < arc.token.i
    ):
        return Arc(Role.OBLIQUE, subject.head, arc.token, arc.word)
    if arc.role not in {Role.RELATIVE_CLAUSE, Role.ADNOMINAL_CLAUSE}:
        return arc
    day, verb = arc.head, arc.head.head
    is_content = any(
        child.lower_ == "that" and child.dep_ == "mark" for child in arc.token.children
    )
    if is_content and day.lower_ in _DAYS and verb.pos_ == "VERB":
        return Arc(Role.COMPLEMENT, verb, arc.token, "that")
    return arc


def _off_first_day(arc: Arc) -> Arc:
    """Hang on an event the second day of a verb: "clashed on Monday after raids [on Sunday]"."""
    token, verb = arc.token, arc.head
    if not _is_day(token):
        return arc
    before = [child for child in verb.children if verb.i < child.i < token.i]
    first = next((place for place, child in enumerate(before) if _is_day(child)), len(before))
    for child in reversed(before[first:]):
        if (
            child.dep_ == "obl"
            and child.pos_ == "NOUN"
            and _case_word(child) in {"after", "before"}
        ):
            return Arc(Role.MODIFIER, child, token, arc.word)
    return arc


def _is_day(token: Token) -> bool:
    """Tell whether a noun is a day or a part of one: "Sunday", "Sunday night"."""
    return token.lower_ in _DAYS or any(
        child.lower_ in _DAYS for child in token.children if child.dep_ == "compound"
    )


def _to_predicate(arc: Arc) -> Arc:
    """Make a clause the subject that its verb lacks: "once they left, [having] them back is vain".

    Parsers may hang it on the clause before.
    """
    clause, above = arc.token, arc.head.head
    is_between = arc.head.i < clause.i < above.i
    if clause.tag_ != "VBG" or arc.head.dep_ != "advcl" or not is_between:
        return arc
    others = [child for child in above.children if clause.right_edge.i < child.i < above.i]
    if any(child.dep_ not in {"aux", "cop", "advmod"} for child in others) or not others:
        return arc
    return Arc(Role.SUBJECT, above, clause)


def _off_inclusion(arc: Arc) -> Arc:
    """Hang on a noun what a parser hung on its examples: "troops, including medics, [to Mali]"."""
    example = arc.head
    is_behind = arc.token.i > example.i
    if not is_behind or not any(child.lower_ == "including" for child in example.children):
        return arc
    between = example.doc[example.i + 1 : arc.token.i]
    has_ended = any(token.text == "," for token in between)
    return Arc(arc.role, example.head, arc.token, arc.word) if has_ended else arc


def _as_many(arc: Arc) -> Arc:
    """Hang a noun where a parser hung its number's "many": "killed as many as 60 [people]"."""
    token, verb = arc.token, arc.head
    if token.lower_ in {"many", "few", "much"} and _is_between_as(token):
        return Arc(Role.ADVERB, verb, token)
    if arc.word != "as" or not token.left_edge.i:
        return arc
    many = token.left_edge.nbor(-1)
    if many.head != verb or not _is_between_as(many):
        return arc
    return Arc(_UD.get(many.dep_, arc.role), verb, token)


def _is_between_as(token: Token) -> bool:
    return (
        0 < token.i < len(token.doc) - 1 and token.nbor(-1).lower_ == token.nbor(1).lower_ == "as"
    )


def _off_voicing(arc: Arc) -> Arc:
    """Hang on what is voiced what a parser hung on the verb: "expressed [regret] that they left".

    Nor does a verb with its content behind it say what was quoted before: "'We left.' Keller said
    that he was sorry."
    """
    token, verb = arc.token, arc.head
    if arc.word == "that" and verb.lemma_.lower() in predicate_words().voicing:
        start = token.left_edge.i
        voiced = token.doc[start - 1] if start else token
        if voiced.head == verb and voiced.dep_ == "obj":
            return Arc(Role.ADNOMINAL_CLAUSE, voiced, token, arc.word)
    if token.i < verb.i and any(
        child.i > verb.i and child.dep_ == "ccomp" and _mark_word(child) == "that"
        for child in verb.children
    ):
        return Arc(Role.PARATAXIS, verb, token)
    return arc


def _arcs(tokens: Iterable[Token]) -> Iterator[Arc]:
    for token in tokens:
        role = _UD.get(token.dep_) or _UD.get(token.dep_.split(":")[0], Role.OTHER)
        head = token.head
        word = ""
        if role in _WITH_CASE:
            word = _case_word(token)
            if role is Role.OBLIQUE and word == "by" and _ud_passive(head):
                role = Role.AGENT
        elif role in _WITH_MARK:
            word = _mark_word(token)
        if role is Role.APPOSITION:
            first = min(token.subtree, key=lambda item: item.i)
            if first.dep_ == "case" and first.pos_ == "ADP":  # "a base, in an oil field" is no name
                role, word = Role.MODIFIER, first.lower_
        if role is Role.CONJUNCT and _is_renamed(token):
            role = Role.APPOSITION
        if _is_misplaced_infinitive(token, role):
            role, word = Role.OPEN_COMPLEMENT, ""
        if role in _NEGATING and token.lower_ in _NEGATORS:
            role = Role.NEGATION if token.dep_ == "advmod" else role
        arc = Arc(role, head, token, word)
        yield _moved(arc) if token.dep_ in _MOVABLE else arc


def _moved(arc: Arc) -> Arc:
    """Hang a word on another where parsers are commonly wrong about its clause."""
    token, head = arc.token, arc.head
    clause = head if token.dep_ in _SUBJECTS or token.lower_ == "for" else token
    wanted = _wanted_of(clause)
    if wanted is not None and token == wanted:
        role = Role.OBLIQUE if clause.head.pos_ == "VERB" else Role.MODIFIER
        return Arc(role, clause.head, token, "for")
    if wanted is not None and token == clause:
        role = Role.OPEN_COMPLEMENT if head.pos_ == "VERB" else Role.ADNOMINAL_CLAUSE
        return Arc(role, head, token)
    if wanted is not None and token.dep_ == "mark":
        return Arc(Role.CASE, wanted, token)
    described = _described_by(token)
    if described is not None:
        return Arc(Role.ADNOMINAL_CLAUSE, described, token)
    if _is_called(token):
        return Arc(Role.OBJECT, head, token)
    verb = _verb_before_second_subject(token)
    return arc if verb is None else Arc(Role.OBJECT, verb, token)


def _wanted_of(clause: Token) -> Token | None:
    """Return of whom something is wanted in "called for [Norland] to withdraw", or None.

    Parsers take it for the subject of the clause; what is called for is taken to be said of it.
    """
    if clause.tag_ != "VB" or clause.dep_ not in _WANTED or clause.head.pos_ not in _WANTING:
        return None
    marks = {child.lower_ for child in clause.children if child.dep_ == "mark"}
    if not {"for", "to"} <= marks or clause.i < clause.head.i:
        return None
    return next((child for child in clause.children if child.dep_ in _SUBJECTS), None)


def _described_by(token: Token) -> Token | None:
    """Return the noun that a participle right behind it describes: "ordered [raids] targeting it".

    Parsers may take the participle for what the object of the verb is made or seen to do, or for
    what its subject does: "fired at [crowds] demanding bread".
    """
    if token.tag_ != "VBG" or token.head.pos_ != "VERB" or not token.i:
        return None
    before = token.nbor(-1)
    if token.dep_ == "advcl" and token.lemma_.lower() in predicate_words().describing:
        is_beside = before.head == token.head and before.dep_ in {"obj", "obl"}
        return before if is_beside and before.tag_ == "NNS" else None
    if token.dep_ != "xcomp":
        return None
    objects = [child for child in token.head.children if child.dep_ == "obj"]
    if len(objects) != 1 or token.head.lemma_.lower() in predicate_words().watching:
        return None
    noun = objects[0]
    is_behind = noun.i == token.i - 1 and noun.pos_ in {"NOUN", "PROPN"}
    return noun if is_behind and any(child.dep_ == "obj" for child in token.children) else None


def _is_called(token: Token) -> bool:
    """Tell whether a name that a parser takes for what somebody is called is who is called."""
    return (
        token.dep_ == "xcomp"
        and token.pos_ == "PROPN"
        and token.head.lemma_.lower() in {"call", "phone"}
        and not any(child.dep_ == "obj" for child in token.head.children)
    )


def _verb_before_second_subject(token: Token) -> Token | None:
    """Return the participle whose object a parser takes for a second subject of the verb behind.

    "The moment for [restarting the deal] is near": one verb has but one subject.
    """
    if token.dep_ not in _SUBJECTS:
        return None
    subjects = [child for child in token.head.children if child.dep_ in _SUBJECTS]
    start = token.left_edge.i
    if len(subjects) < 2 or token == subjects[0] or not start:
        return None
    verb = token.nbor(start - 1 - token.i)
    is_bare = verb.tag_ == "VBG" and not any(
        child.dep_ in {"obj", "ccomp", "xcomp"} for child in verb.children
    )
    return verb if is_bare else None


def _is_renamed(token: Token) -> bool:
    """Tell whether a noun is named by another after a comma: "its ally, [Norland]".

    Parsers take it for a coordination, but nothing coordinates the two.
    """
    nouns = {"NOUN", "PROPN"}
    if token.pos_ not in nouns or token.head.pos_ not in nouns:
        return False
    # a dash may be taken for a noun, and then holds no other word
    start = min((item.i for item in token.subtree if not item.is_punct), default=token.i)
    return (
        token.doc[start - 1].text == ","
        and not any(child.dep_ == "cc" for child in (*token.children, *token.head.children))
        and sum(child.dep_ == "conj" for child in token.head.children) == 1
        and not any(child.dep_ == "conj" for child in token.children)
    )


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
    if role not in _MISPLACED or token.tag_ != "VB":
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


# Each with the roles of the arcs that it is asked about; none for all.
_MENDS: tuple[tuple[Callable[[Arc], Arc], tuple[Role, ...]], ...] = (
    (_off_auxiliary, ()),
    (_off_day, (Role.OBJECT, Role.MODIFIER, Role.RELATIVE_CLAUSE, Role.ADNOMINAL_CLAUSE)),
    (_off_first_day, (Role.OBLIQUE,)),
    (_off_inclusion, (Role.MODIFIER,)),
    (_off_accused, (Role.MODIFIER,)),
    (_as_prefix, (Role.OBLIQUE,)),
    (_to_blame, (Role.SUBJECT,)),
    (_of_gerund, (Role.SUBJECT, Role.POSSESSOR, Role.OBLIQUE)),
    (_off_far_name, (Role.NAME_PART,)),
    (_off_voicing, (Role.COMPLEMENT,)),
    (_as_many, ()),
    (_to_predicate, (Role.ADVERBIAL_CLAUSE,)),
)
