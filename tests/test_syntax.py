"""The syntax layer reads both dependency schemes alike: each case is parsed by hand in both."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.errors import ResourceError
from kg.resources import data_path
from kg.syntax import Arc, Role, Syntax
from kg.syntax.dependencies import without_circles
from kg.syntax.predicates import predicate_words

_VOCAB = spacy.blank("en").vocab
Word = tuple[str, str, str, str, int, str]  # text, lemma, coarse tag, fine tag, head, relation


def parse(words: list[Word]) -> Syntax:
    """Return the syntax of a sentence whose parse is written by hand."""
    return Syntax(
        Doc(
            _VOCAB,
            words=[word[0] for word in words],
            lemmas=[word[1] for word in words],
            pos=[word[2] for word in words],
            tags=[word[3] for word in words],
            heads=[word[4] for word in words],
            deps=[word[5] for word in words],
        )
    )


def told(syntax: Syntax, index: int) -> list[tuple[str, str, str]]:
    """Return the participants of a predicate as role, word and preposition."""
    return [
        (item.role.value, item.token.text, item.word)
        for item in syntax.participants(syntax.doc[index])
    ]


@dataclass(frozen=True)
class Twin:
    """One sentence in Universal Dependencies and in the CLEAR scheme."""

    ud: list[Word]
    clear: list[Word]

    def both(self) -> list[Syntax]:
        return [parse(self.ud), parse(self.clear)]


active = Twin(
    ud=[
        ("Rebels", "rebel", "NOUN", "NNS", 1, "nsubj"),
        ("shelled", "shell", "VERB", "VBD", 1, "ROOT"),
        ("Aden", "Aden", "PROPN", "NNP", 1, "obj"),
        ("from", "from", "ADP", "IN", 4, "case"),
        ("hills", "hill", "NOUN", "NNS", 1, "obl"),
    ],
    clear=[
        ("Rebels", "rebel", "NOUN", "NNS", 1, "nsubj"),
        ("shelled", "shell", "VERB", "VBD", 1, "ROOT"),
        ("Aden", "Aden", "PROPN", "NNP", 1, "dobj"),
        ("from", "from", "ADP", "IN", 1, "prep"),
        ("hills", "hill", "NOUN", "NNS", 3, "pobj"),
    ],
)
passive = Twin(
    ud=[
        ("Aden", "Aden", "PROPN", "NNP", 2, "nsubj:pass"),
        ("was", "be", "AUX", "VBD", 2, "aux:pass"),
        ("shelled", "shell", "VERB", "VBN", 2, "ROOT"),
        ("by", "by", "ADP", "IN", 4, "case"),
        ("rebels", "rebel", "NOUN", "NNS", 2, "obl:agent"),
    ],
    clear=[
        ("Aden", "Aden", "PROPN", "NNP", 2, "nsubjpass"),
        ("was", "be", "AUX", "VBD", 2, "auxpass"),
        ("shelled", "shell", "VERB", "VBN", 2, "ROOT"),
        ("by", "by", "ADP", "IN", 2, "agent"),
        ("rebels", "rebel", "NOUN", "NNS", 3, "pobj"),
    ],
)
agentless = Twin(
    ud=[
        ("Aden", "Aden", "PROPN", "NNP", 2, "nsubj:pass"),
        ("was", "be", "AUX", "VBD", 2, "aux:pass"),
        ("shelled", "shell", "VERB", "VBN", 2, "ROOT"),
        ("on", "on", "ADP", "IN", 4, "case"),
        ("Monday", "Monday", "PROPN", "NNP", 2, "obl"),
    ],
    clear=[
        ("Aden", "Aden", "PROPN", "NNP", 2, "nsubjpass"),
        ("was", "be", "AUX", "VBD", 2, "auxpass"),
        ("shelled", "shell", "VERB", "VBN", 2, "ROOT"),
        ("on", "on", "ADP", "IN", 2, "prep"),
        ("Monday", "Monday", "PROPN", "NNP", 3, "pobj"),
    ],
)
copular = Twin(
    ud=[
        ("Strikes", "strike", "NOUN", "NNS", 3, "nsubj"),
        ("were", "be", "AUX", "VBD", 3, "cop"),
        ("in", "in", "ADP", "IN", 3, "case"),
        ("response", "response", "NOUN", "NN", 3, "ROOT"),
        ("to", "to", "ADP", "IN", 5, "case"),
        ("attacks", "attack", "NOUN", "NNS", 3, "nmod"),
    ],
    clear=[
        ("Strikes", "strike", "NOUN", "NNS", 1, "nsubj"),
        ("were", "be", "AUX", "VBD", 1, "ROOT"),
        ("in", "in", "ADP", "IN", 1, "prep"),
        ("response", "response", "NOUN", "NN", 2, "pobj"),
        ("to", "to", "ADP", "IN", 3, "prep"),
        ("attacks", "attack", "NOUN", "NNS", 4, "pobj"),
    ],
)
relative = Twin(
    ud=[
        ("gunmen", "gunman", "NOUN", "NNS", 0, "ROOT"),
        ("who", "who", "PRON", "WP", 2, "nsubj"),
        ("stormed", "storm", "VERB", "VBD", 0, "acl:relcl"),
        ("parliament", "parliament", "NOUN", "NN", 2, "obj"),
    ],
    clear=[
        ("gunmen", "gunman", "NOUN", "NNS", 0, "ROOT"),
        ("who", "who", "PRON", "WP", 2, "nsubj"),
        ("stormed", "storm", "VERB", "VBD", 0, "relcl"),
        ("parliament", "parliament", "NOUN", "NN", 2, "dobj"),
    ],
)
control = Twin(
    ud=[
        ("Kigali", "Kigali", "PROPN", "NNP", 1, "nsubj"),
        ("urged", "urge", "VERB", "VBD", 1, "ROOT"),
        ("rebels", "rebel", "NOUN", "NNS", 1, "obj"),
        ("to", "to", "PART", "TO", 4, "mark"),
        ("disarm", "disarm", "VERB", "VB", 1, "xcomp"),
    ],
    clear=[
        ("Kigali", "Kigali", "PROPN", "NNP", 1, "nsubj"),
        ("urged", "urge", "VERB", "VBD", 1, "ROOT"),
        ("rebels", "rebel", "NOUN", "NNS", 1, "dobj"),
        ("to", "to", "PART", "TO", 4, "aux"),
        ("disarm", "disarm", "VERB", "VB", 1, "xcomp"),
    ],
)
coordinated = Twin(
    ud=[
        ("Rebels", "rebel", "NOUN", "NNS", 1, "nsubj"),
        ("attacked", "attack", "VERB", "VBD", 1, "ROOT"),
        ("and", "and", "CCONJ", "CC", 3, "cc"),
        ("burned", "burn", "VERB", "VBD", 1, "conj"),
        ("Bria", "Bria", "PROPN", "NNP", 3, "obj"),
    ],
    clear=[
        ("Rebels", "rebel", "NOUN", "NNS", 1, "nsubj"),
        ("attacked", "attack", "VERB", "VBD", 1, "ROOT"),
        ("and", "and", "CCONJ", "CC", 1, "cc"),
        ("burned", "burn", "VERB", "VBD", 1, "conj"),
        ("Bria", "Bria", "PROPN", "NNP", 3, "dobj"),
    ],
)
negated = Twin(
    ud=[
        ("Rebels", "rebel", "NOUN", "NNS", 3, "nsubj"),
        ("did", "do", "AUX", "VBD", 3, "aux"),
        ("not", "not", "PART", "RB", 3, "advmod"),
        ("attack", "attack", "VERB", "VB", 3, "ROOT"),
        ("Bria", "Bria", "PROPN", "NNP", 3, "obj"),
    ],
    clear=[
        ("Rebels", "rebel", "NOUN", "NNS", 3, "nsubj"),
        ("did", "do", "AUX", "VBD", 3, "aux"),
        ("not", "not", "PART", "RB", 3, "neg"),
        ("attack", "attack", "VERB", "VB", 3, "ROOT"),
        ("Bria", "Bria", "PROPN", "NNP", 3, "dobj"),
    ],
)
nominal = Twin(
    ud=[
        ("Turkey", "Turkey", "PROPN", "NNP", 2, "nmod:poss"),
        ("'s", "'s", "PART", "POS", 0, "case"),
        ("bombing", "bombing", "NOUN", "NN", 2, "ROOT"),
        ("of", "of", "ADP", "IN", 4, "case"),
        ("Afrin", "Afrin", "PROPN", "NNP", 2, "nmod"),
    ],
    clear=[
        ("Turkey", "Turkey", "PROPN", "NNP", 2, "poss"),
        ("'s", "'s", "PART", "POS", 0, "case"),
        ("bombing", "bombing", "NOUN", "NN", 2, "ROOT"),
        ("of", "of", "ADP", "IN", 2, "prep"),
        ("Afrin", "Afrin", "PROPN", "NNP", 3, "pobj"),
    ],
)


@pytest.mark.parametrize("syntax", active.both(), ids=["ud", "clear"])
def test_active(syntax: Syntax) -> None:
    assert told(syntax, 1) == [
        ("subject", "Rebels", ""),
        ("object", "Aden", ""),
        ("oblique", "hills", "from"),
    ]


@pytest.mark.parametrize("syntax", passive.both(), ids=["ud", "clear"])
def test_passive_roles_are_logical(syntax: Syntax) -> None:
    assert syntax.is_passive(syntax.doc[2])
    assert told(syntax, 2) == [("object", "Aden", ""), ("subject", "rebels", "by")]


@pytest.mark.parametrize("syntax", agentless.both(), ids=["ud", "clear"])
def test_passive_without_agent_has_none(syntax: Syntax) -> None:
    assert told(syntax, 2) == [("object", "Aden", ""), ("oblique", "Monday", "on")]


@pytest.mark.parametrize("syntax", copular.both(), ids=["ud", "clear"])
def test_predicate_noun_heads_a_copular_clause(syntax: Syntax) -> None:
    response = syntax.doc[3]
    assert syntax.is_clause(response)
    assert syntax.dependents(response, Role.SUBJECT) == [syntax.doc[0]]
    assert [(arc.token.text, arc.word) for arc in syntax.arcs(response, Role.MODIFIER)] == [
        ("attacks", "to")
    ]


@pytest.mark.parametrize("syntax", relative.both(), ids=["ud", "clear"])
def test_relative_pronoun_stands_for_its_noun(syntax: Syntax) -> None:
    assert told(syntax, 2) == [("subject", "gunmen", ""), ("object", "parliament", "")]


@pytest.mark.parametrize("syntax", control.both(), ids=["ud", "clear"])
def test_infinitive_takes_the_object_above_as_subject(syntax: Syntax) -> None:
    assert told(syntax, 4) == [("subject", "rebels", "")]
    assert syntax.marks(syntax.doc[4]) == ["to"]


@pytest.mark.parametrize("syntax", coordinated.both(), ids=["ud", "clear"])
def test_coordinated_verb_shares_the_subject(syntax: Syntax) -> None:
    assert told(syntax, 3) == [("object", "Bria", ""), ("subject", "Rebels", "")]


@pytest.mark.parametrize("syntax", negated.both(), ids=["ud", "clear"])
def test_negation(syntax: Syntax) -> None:
    assert syntax.is_negated(syntax.doc[3])
    assert syntax.auxiliaries(syntax.doc[3]) == ["did"]


@pytest.mark.parametrize("syntax", nominal.both(), ids=["ud", "clear"])
def test_event_noun(syntax: Syntax) -> None:
    assert told(syntax, 2) == [("possessor", "Turkey", ""), ("modifier", "Afrin", "of")]


def test_a_subject_hung_on_the_auxiliary_is_the_verb_s() -> None:
    syntax = parse(
        [
            ("Togo", "Togo", "PROPN", "NNP", 1, "nsubj"),
            ("has", "have", "AUX", "VBZ", 2, "aux"),
            ("refused", "refuse", "VERB", "VBN", 2, "ROOT"),
        ]
    )
    assert told(syntax, 2) == [("subject", "Togo", "")]


def test_a_phrase_under_a_preposition_is_no_apposition() -> None:
    syntax = parse(
        [
            ("base", "base", "NOUN", "NN", 0, "ROOT"),
            ("in", "in", "ADP", "IN", 3, "case"),
            ("oil", "oil", "NOUN", "NN", 3, "compound"),
            ("field", "field", "NOUN", "NN", 0, "appos"),
        ]
    )
    assert [(arc.role, arc.word) for arc in syntax.arcs(syntax.doc[0])] == [(Role.MODIFIER, "in")]


def test_a_noun_before_a_participle_is_no_modifier() -> None:
    syntax = parse(
        [
            ("ordered", "order", "VERB", "VBD", 0, "ROOT"),
            ("airstrikes", "airstrike", "NOUN", "NNS", 3, "compound"),
            ("targeting", "target", "VERB", "VBG", 3, "compound"),
            ("sites", "site", "NOUN", "NNS", 0, "obj"),
        ]
    )
    assert told(syntax, 0) == [("object", "airstrikes", "")]
    assert told(syntax, 2) == [("object", "sites", ""), ("subject", "airstrikes", "")]


def test_an_absolute_participle_is_passive() -> None:
    syntax = parse(
        [
            ("With", "with", "ADP", "IN", 2, "mark"),
            ("rebels", "rebel", "NOUN", "NNS", 2, "nsubj"),
            ("ousted", "oust", "VERB", "VBD", 3, "advcl"),
            ("turned", "turn", "VERB", "VBD", 3, "ROOT"),
        ]
    )
    assert told(syntax, 2) == [("object", "rebels", "")]


@pytest.mark.parametrize(("verb", "complainer"), [("summon", "Togo"), ("urge", "envoys")])
def test_the_verb_tells_whose_purpose_an_infinitive_is(verb: str, complainer: str) -> None:
    syntax = parse(
        [
            ("Togo", "Togo", "PROPN", "NNP", 1, "nsubj"),
            (f"{verb}ed", verb, "VERB", "VBD", 1, "ROOT"),
            ("envoys", "envoy", "NOUN", "NNS", 1, "obj"),
            ("to", "to", "PART", "TO", 4, "mark"),
            ("complain", "complain", "VERB", "VB", 1, "xcomp"),
        ]
    )
    assert told(syntax, 4) == [("subject", complainer, "")]


def test_a_participle_behind_a_predicate_noun_is_the_subject_s() -> None:
    syntax = parse(
        [
            ("Togo", "Togo", "PROPN", "NNP", 3, "nsubj"),
            ("is", "be", "AUX", "VBZ", 3, "cop"),
            ("a", "a", "DET", "DT", 3, "det"),
            ("donor", "donor", "NOUN", "NN", 3, "ROOT"),
            ("giving", "give", "VERB", "VBG", 3, "acl"),
            ("grain", "grain", "NOUN", "NN", 4, "obj"),
        ]
    )
    assert told(syntax, 4) == [("object", "grain", ""), ("subject", "Togo", "")]


@pytest.mark.parametrize(("joint", "role"), [(",", Role.APPOSITION), ("and", Role.CONJUNCT)])
def test_what_nothing_coordinates_is_another_name(joint: str, role: Role) -> None:
    pos, tag, relation = ("PUNCT", ",", "punct") if joint == "," else ("CCONJ", "CC", "cc")
    syntax = parse(
        [
            ("its", "its", "PRON", "PRP$", 1, "nmod:poss"),
            ("ally", "ally", "NOUN", "NN", 1, "ROOT"),
            (joint, joint, pos, tag, 3, relation),
            ("Togo", "Togo", "PROPN", "NNP", 1, "conj"),
        ]
    )
    arc = syntax.governor(syntax.doc[3])
    assert arc is not None
    assert arc.role is role


def test_who_means_the_person_named_right_before() -> None:
    syntax = parse(
        [
            ("support", "support", "NOUN", "NN", 0, "ROOT"),
            ("for", "for", "ADP", "IN", 2, "case"),
            ("Karim", "Karim", "PROPN", "NNP", 0, "nmod"),
            ("whom", "whom", "PRON", "WP", 5, "obj"),
            ("Togo", "Togo", "PROPN", "NNP", 5, "nsubj"),
            ("accuses", "accuse", "VERB", "VBZ", 0, "acl:relcl"),
        ]
    )
    assert ("object", "support", "") in told(syntax, 5)
    syntax.doc.set_ents([Span(syntax.doc, 2, 3, label="PERSON")])
    assert ("object", "Karim", "") in told(syntax, 5)


def test_what_is_said_on_a_day_hangs_on_the_verb() -> None:
    syntax = parse(
        [
            ("She", "she", "PRON", "PRP", 1, "nsubj"),
            ("said", "say", "VERB", "VBD", 1, "ROOT"),
            ("Monday", "Monday", "PROPN", "NNP", 1, "obj"),
            ("that", "that", "SCONJ", "IN", 5, "mark"),
            ("troops", "troop", "NOUN", "NNS", 5, "nsubj"),
            ("left", "leave", "VERB", "VBD", 2, "acl:relcl"),
        ]
    )
    said, left = syntax.doc[1], syntax.doc[5]
    arc = syntax.governor(left)
    assert arc is not None
    assert (arc.role, arc.head) == (Role.COMPLEMENT, said)
    assert [arc.token.text for arc in syntax.arcs(said, Role.OBLIQUE)] == ["Monday"]


def arcs_of(rows: str) -> dict[str, tuple[str, str]]:
    """Return role and head of each word of a parse, given as word, tag, head and relation."""
    words = [line.split() for line in rows.strip().splitlines()]
    coarse = {"N": "NOUN", "V": "VERB", "R": "ADV", "J": "ADJ", "I": "ADP", "C": "NUM"}
    syntax = parse(
        [
            (text, text, coarse.get(tag[0], "X"), tag, int(head), relation)
            for text, tag, head, relation in words
        ]
    )
    return {
        token.text: (arc.role.value, arc.head.text)
        for token in syntax.doc
        if (arc := syntax.governor(token)) is not None
    }


def test_the_second_day_of_a_verb_is_that_of_the_event_before_it() -> None:
    rows = """
    They PRP 1 nsubj
    clashed VBD 1 ROOT
    on IN 3 case
    Monday NNP 1 obl
    {word} IN 5 case
    raids NNS 1 obl
    on IN 7 case
    Sunday NNP 1 obl
    """
    assert arcs_of(rows.format(word="after"))["Sunday"] == ("modifier", "raids")
    assert arcs_of(rows.format(word="with"))["Sunday"] == ("oblique", "clashed")


def test_people_are_killed_not_the_many_of_their_number() -> None:
    rows = """
    They PRP 1 nsubj
    killed VBD 1 ROOT
    {word} RB 1 advmod
    many JJ 1 obj
    as IN 6 case
    60 CD 6 nummod
    people NNS 1 obl
    """
    assert arcs_of(rows.format(word="as"))["people"] == ("object", "killed")
    assert arcs_of(rows.format(word="so"))["people"] == ("oblique", "killed")


@pytest.mark.parametrize(
    ("verb", "arc"),
    [("voice", ("adnominal_clause", "regret")), ("tell", ("complement", "tell"))],
)
def test_what_is_voiced_has_the_clause_behind_it(verb: str, arc: tuple[str, str]) -> None:
    rows = f"""
    They PRP 1 nsubj
    {verb} VBP 1 ROOT
    regret NN 1 obj
    that IN 5 mark
    he PRP 5 nsubj
    left VBD 1 ccomp
    """
    assert arcs_of(rows)["left"] == arc


@pytest.mark.parametrize(("mark", "role"), [("that", "parataxis"), ("when", "complement")])
def test_a_verb_with_its_content_behind_it_does_not_say_the_sentence_before(
    mark: str, role: str
) -> None:
    rows = f"""
    We PRP 1 nsubj
    left VBD 3 ccomp
    Keller NNP 3 nsubj
    said VBD 3 ROOT
    {mark} IN 6 mark
    he PRP 6 nsubj
    went VBD 3 ccomp
    """
    assert arcs_of(rows)["left"] == (role, "said")


@pytest.mark.parametrize(
    ("subject", "arc"), [("soon", ("subject", "helps")), ("it", ("adverbial_clause", "left"))]
)
def test_a_clause_is_the_subject_that_its_verb_lacks(subject: str, arc: tuple[str, str]) -> None:
    rows = f"""
    once IN 2 mark
    they PRP 2 nsubj
    left VBD 6 advcl
    having VBG 2 advcl
    them PRP 3 obj
    {subject} PRP 6 {"advmod" if subject == "soon" else "nsubj"}
    helps VBZ 6 ROOT
    """
    assert arcs_of(rows)["having"] == arc


def test_names_behind_a_plural_are_coordinated_with_it() -> None:
    syntax = parse(
        [
            ("nurses", "nurse", "NOUN", "NNS", 4, "nsubj"),
            ("Ann", "Ann", "PROPN", "NNP", 0, "appos"),
            ("and", "and", "CCONJ", "CC", 3, "cc"),
            ("Ben", "Ben", "PROPN", "NNP", 1, "conj"),
            ("left", "leave", "VERB", "VBD", 4, "ROOT"),
        ]
    )
    assert [token.text for token in syntax.conjuncts(syntax.doc[0])] == ["nurses", "Ben"]


def test_a_verb_behind_a_predicate_adjective_shares_its_subject() -> None:
    syntax = parse(
        [
            ("envoys", "envoy", "NOUN", "NNS", 2, "nsubj"),
            ("are", "be", "AUX", "VBP", 2, "cop"),
            ("aware", "aware", "ADJ", "JJ", 2, "ROOT"),
            ("and", "and", "CCONJ", "CC", 5, "cc"),
            ("have", "have", "AUX", "VBP", 5, "aux"),
            ("asked", "ask", "VERB", "VBN", 2, "conj"),
        ]
    )
    assert told(syntax, 5) == [("subject", "envoys", "")]


@pytest.mark.parametrize(
    ("verb", "fighters"), [("flee", []), ("begin", [("subject", "people", "")])]
)
def test_who_flees_fighting_does_not_fight(verb: str, fighters: list[tuple[str, str, str]]) -> None:
    syntax = parse(
        [
            ("people", "people", "NOUN", "NNS", 1, "nsubj"),
            (verb, verb, "VERB", "VBP", 1, "ROOT"),
            ("fighting", "fight", "VERB", "VBG", 1, "xcomp"),
        ]
    )
    assert told(syntax, 2) == fighters


def test_not_only_denies_nothing() -> None:
    words = [
        ("not", "not", "PART", "RB", 2, "advmod"),
        ("only", "only", "ADV", "RB", 2, "advmod"),
        ("shelled", "shell", "VERB", "VBD", 2, "ROOT"),
    ]
    assert not parse(words).is_negated(parse(words).doc[2])
    assert parse([words[0], ("yet", "yet", "ADV", "RB", 2, "advmod"), words[2]]).is_negated(
        parse(words).doc[2]
    )


def test_who_is_asked_acts() -> None:
    syntax = parse(
        [
            ("its", "its", "PRON", "PRP$", 1, "nmod:poss"),
            ("invitation", "invitation", "NOUN", "NN", 1, "ROOT"),
            ("to", "to", "ADP", "IN", 3, "case"),
            ("Togo", "Togo", "PROPN", "NNP", 1, "nmod"),
            ("to", "to", "PART", "TO", 5, "mark"),
            ("attend", "attend", "VERB", "VB", 1, "acl"),
        ]
    )
    assert told(syntax, 5) == [("subject", "Togo", "")]


def test_a_dash_taken_for_a_noun_renames_nothing() -> None:
    syntax = parse(
        [
            ("Togo", "Togo", "PROPN", "NNP", 1, "nsubj"),
            ("attacked", "attack", "VERB", "VBD", 1, "ROOT"),
            ("towns", "town", "NOUN", "NNS", 1, "obj"),
            ("---", "---", "NOUN", "NN", 2, "conj"),
        ]
    )
    assert told(syntax, 1)[:2] == [("subject", "Togo", ""), ("object", "towns", "")]


def test_mends_never_close_a_circle() -> None:
    syntax = parse(
        [
            ("Ansar", "Ansar", "PROPN", "NNP", 2, "flat"),
            ("ally", "ally", "NOUN", "NN", 3, "nsubj"),
            ("Hadi", "Hadi", "PROPN", "NNP", 1, "flat"),
            ("fled", "flee", "VERB", "VBD", 3, "ROOT"),
        ]
    )
    arcs = [
        Arc(Role.APPOSITION, syntax.doc[0], syntax.doc[2]),
        Arc(Role.SUBJECT, syntax.doc[2], syntax.doc[1]),
        Arc(Role.NAME_PART, syntax.doc[1], syntax.doc[0]),
        Arc(Role.ROOT, syntax.doc[3], syntax.doc[3]),
    ]
    mended = {arc.token.i: arc for arc in without_circles(arcs)}
    assert [mended[index].head.i for index in range(4)] == [2, 3, 1, 3]
    assert mended[3].role is Role.ROOT


def test_a_list_that_is_not_known_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lists = data_path("lexicon", "predicates.toml").read_text(encoding="utf-8")
    path = tmp_path / "predicates.toml"
    path.write_text(lists.replace("voicing =", "voiced ="), encoding="utf-8")
    monkeypatch.setattr("kg.syntax.predicates.data_path", lambda *_: path)
    predicate_words.cache_clear()
    with pytest.raises(ResourceError, match=r"predicates\.toml: .*'voiced'.* Mend the file"):
        predicate_words()
    predicate_words.cache_clear()
