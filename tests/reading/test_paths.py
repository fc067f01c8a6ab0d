"""How a mention stands to a trigger in the parse, in numbers."""

import numpy as np

from kg.reading.paths import PATH_COUNT, Paths
from kg.records import CharSpan
from kg.syntax import Syntax
from tests.nlp.parses import make_doc

ACTIVE = """
Gunmen gunman NNS NOUN 1 nsubj
attacked attack VBD VERB 1 root
a a DT DET 3 det
convoy convoy NN NOUN 1 obj
of of IN ADP 5 case
soldiers soldier NNS NOUN 3 nmod
and and CC CCONJ 7 cc
policemen policeman NNS NOUN 5 conj
"""
PASSIVE = """
A a DT DET 1 det
convoy convoy NN NOUN 3 nsubj:pass
was be VBD AUX 3 aux:pass
attacked attack VBN VERB 3 root
by by IN ADP 5 case
gunmen gunman NNS NOUN 3 obl:agent
"""


def told(rows: str, mention: str) -> list[float]:
    """Return the numbers for "attacked" and a mention."""
    doc = make_doc(rows)

    def span(words: str) -> CharSpan:
        start = doc.text.index(words)
        return CharSpan(start=start, end=start + len(words))

    paths = Paths(Syntax(doc), [span("attacked")], [span(mention)])
    numbers = paths.numbers(np.array([[0, 0]]))
    assert numbers.shape == (1, PATH_COUNT)
    return list(numbers[0])


def test_a_role_is_told_alike_in_active_and_passive() -> None:
    logical = slice(0, 9)  # who does it, who undergoes it, ...
    assert told(ACTIVE, "Gunmen")[logical] == told(PASSIVE, "gunmen")[logical]
    assert told(ACTIVE, "convoy")[logical] == told(PASSIVE, "convoy")[logical]
    assert told(ACTIVE, "Gunmen")[logical] != told(ACTIVE, "convoy")[logical]


def test_what_lies_deeper_is_told_apart() -> None:
    assert told(ACTIVE, "a convoy") == told(ACTIVE, "convoy")
    assert told(ACTIVE, "soldiers") != told(ACTIVE, "convoy")
    assert told(ACTIVE, "policemen") != told(ACTIVE, "soldiers")


def test_nothing_to_pair_gives_no_numbers() -> None:
    paths = Paths(Syntax(make_doc(ACTIVE)), [], [])
    assert paths.numbers(np.zeros((0, 2), dtype=np.int64)).shape == (0, PATH_COUNT)


def test_each_number_tells_one_case() -> None:
    numbers = told(ACTIVE, "policemen")
    assert set(numbers) == {0.0, 1.0}
    assert sum(numbers) == sum(told(PASSIVE, "gunmen"))  # one case for each question
