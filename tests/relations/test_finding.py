"""Relations are found in hand-written parses, between entities that the test names."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from spacy.tokens import Doc, Token

from kg.relations.finding import FoundRelation, find_relations
from kg.relations.lexicon import load_relation_lexicon
from kg.syntax import Syntax
from kg.taxonomy import taxonomy
from kg.terms import Certainty, EntityKind, EntityRelationType, Status
from tests.nlp.parses import make_doc

KINDS = {
    "Iran": EntityKind.STATE,
    "militias": EntityKind.ARMED_GROUP,
    "bonds": EntityKind.AGREEMENT,
    "Hamas": EntityKind.ARMED_GROUP,
    "Saleh": EntityKind.PERSON,
    "Berger": EntityKind.PERSON,
    "Gaza": EntityKind.PLACE,
    "leader": EntityKind.PERSON,
}


@dataclass
class Words:
    """Each word with a kind is an entity of its own, with a name if it is capitalised."""

    kinds: Mapping[str, EntityKind]

    def kind_of(self, token: Token) -> EntityKind | None:
        return self.kinds.get(token.text)

    def id_of(self, token: Token) -> str | None:
        return token.text if token.text in self.kinds else None

    def is_named(self, token: Token) -> bool:
        return token.text in self.kinds and token.text[0].isupper()

    def extent(self, token: Token) -> tuple[int, int]:
        return token.i, token.i + 1


def found_in(doc: Doc) -> list[FoundRelation]:
    lexicon = load_relation_lexicon()
    return list(find_relations(Syntax(doc), Words(KINDS), lexicon, taxonomy()))


def told(doc: Doc) -> list[tuple[str, str, str]]:
    return [(item.source.text, item.rule.type.value, item.target.text) for item in found_in(doc)]


def bonded(noun: str) -> Doc:
    return make_doc(
        f"""
        Iran Iran NNP PROPN 2 compound
        - - HYPH PUNCT 0 punct
        backed back VBN VERB 3 amod
        {noun} {noun} NNS NOUN 4 nsubj
        fell fall VBD VERB 4 ROOT
        """
    )


def test_what_stands_before_the_hyphen_backs_what_stands_behind() -> None:
    doc = bonded("militias")
    assert told(doc) == [("Iran", "backs", "militias")]
    (item,) = found_in(doc)
    assert item.evidence.quote(doc.text) == "Iran - backed militias"
    assert not item.is_clause


def test_a_relation_holds_only_between_fit_kinds() -> None:
    assert told(bonded("bonds")) == []


def titled(first: str, *, article: str = "the") -> Doc:
    return make_doc(
        f"""
        {article} {article} DT DET 3 det
        {first} {first} JJ ADJ 3 amod
        Hamas Hamas NNP PROPN 3 compound
        leader leader NN NOUN 4 compound
        Saleh Saleh NNP PROPN 5 nsubj
        left leave VBD VERB 5 ROOT
        """
    )


@pytest.mark.parametrize(
    ("word", "status", "certainty"),
    [
        ("new", Status.ACTUAL, Certainty.CERTAIN),
        ("former", Status.HISTORICAL, Certainty.CERTAIN),
        ("incoming", Status.FUTURE, Certainty.CERTAIN),
        ("suspected", Status.ACTUAL, Certainty.PROBABLE),
    ],
)
def test_a_modifier_says_whether_it_holds(word: str, status: Status, certainty: Certainty) -> None:
    (item,) = found_in(titled(word))
    assert (item.source.text, item.target.text) == ("Saleh", "Hamas")
    assert (item.status, item.certainty) == (status, certainty)


def test_another_kind_of_leader_leads_something_else() -> None:
    assert told(titled("village")) == []


def test_one_of_many_leaders_leads_nothing() -> None:
    assert told(titled("new", article="a")) == []


APPOSITION = """
Saleh Saleh NNP PROPN 6 nsubj
, , , PUNCT 3 punct
the the DT DET 3 det
leader leader NN NOUN 0 appos
of of IN ADP 5 case
Hamas Hamas NNP PROPN 3 nmod
left leave VBD VERB 6 ROOT
"""


def test_an_apposition_names_who_leads() -> None:
    assert told(make_doc(APPOSITION)) == [("Saleh", "leads", "Hamas")]


def test_a_nameless_person_is_left_out() -> None:
    doc = make_doc(
        """
        The the DT DET 1 det
        leader leader NN NOUN 4 nsubj
        of of IN ADP 3 case
        Hamas Hamas NNP PROPN 1 nmod
        left leave VBD VERB 4 ROOT
        """
    )
    assert told(doc) == []


COPULAR = """
Saleh Saleh NNP PROPN 3 nsubj
{be} be {tag} AUX 3 cop
the the DT DET 3 det
leader leader NN NOUN 3 ROOT
of of IN ADP 5 case
Hamas Hamas NNP PROPN 3 nmod
"""


@pytest.mark.parametrize(
    ("be", "tag", "status"), [("is", "VBZ", Status.ACTUAL), ("was", "VBD", Status.HISTORICAL)]
)
def test_a_clause_asserts_it_in_its_tense(be: str, tag: str, status: Status) -> None:
    (item,) = found_in(make_doc(COPULAR.format(be=be, tag=tag)))
    assert (item.source.text, item.rule.type) == ("Saleh", EntityRelationType.LEADS)
    assert (item.is_clause, item.status) == (True, status)


@pytest.mark.parametrize(
    ("form", "tag", "expected"),
    [("backs", "VBZ", [("Iran", "backs", "Hamas")]), ("backed", "VBD", [])],
)
def test_a_verb_counts_in_the_present_only(
    form: str, tag: str, expected: list[tuple[str, str, str]]
) -> None:
    doc = make_doc(
        f"""
        Iran Iran NNP PROPN 1 nsubj
        {form} back {tag} VERB 1 ROOT
        Hamas Hamas NNP PROPN 1 obj
        """
    )
    assert told(doc) == expected


def test_an_office_keeps_its_words() -> None:
    doc = make_doc(
        """
        Iran Iran NNP PROPN 3 nmod:poss
        's 's POS PART 0 case
        foreign foreign JJ ADJ 3 amod
        minister minister NN NOUN 6 nsubj
        , , , PUNCT 5 punct
        Berger Berger NNP PROPN 3 appos
        left leave VBD VERB 6 ROOT
        """
    )
    (item,) = found_in(doc)
    assert (item.source.text, item.target.text, item.role) == ("Berger", "Iran", "foreign minister")
