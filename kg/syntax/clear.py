"""Turn a parse in the CLEAR scheme of the stock spaCy pipelines into arcs of UD's shape."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.syntax.arcs import PREDICATE_POS, Arc, Role

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
ONLY_CLEAR = frozenset(
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


def clear_arcs(doc: Doc) -> Iterator[Arc]:
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
        role = Role.OBLIQUE if above.pos_ in PREDICATE_POS | {"ADJ"} else Role.MODIFIER
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
