"""How many an event killed and hurt, from the words of its sentence."""

import pytest

from kg.nlp.pipeline import load_pipeline
from kg.quantities import casualties_of, find_counts, parse_number
from kg.records import Casualties
from kg.syntax import Syntax
from tests.nlp.parses import make_doc, word


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("3", 3),
        ("3,000", 3000),
        ("twenty-one", 21),
        ("two hundred", 200),
        ("two hundred and fifty", 250),
        ("three thousand two hundred", 3200),
        ("2.5 million", 2_500_000),
        ("a dozen", 12),
        ("two dozen", 24),
        ("more than 100", 100),
        ("at least five", 5),
        ("no", None),
        ("dozens", None),
        ("several", None),
        ("hundreds", None),
        ("", None),
    ],
)
def test_parse_number(words: str, number: int | None) -> None:
    assert parse_number(words) == number


# sentence with the event in brackets | killed | injured
CASUALTIES = """
The blast [killed] three soldiers. | 3 |
Three people were [killed] in the raid. | 3 |
Three people were killed in the [raid]. | 3 |
The [attack] killed more than 100 civilians. | 100 |
A bomb [exploded] in the market, killing at least five and wounding 20. | 5 | 20
The [explosion] resulted in the death of a member of the council. | 1 |
There were no casualties in the [attack]. | 0 | 0
The [shelling] caused no casualties. | 0 | 0
No one was hurt in the [attack]. | | 0
No soldiers were injured in the [raid]. | | 0
Two soldiers and a civilian were [killed]. | 3 |
Ten men were [killed] in the town along with 26 other people. | 36 |
Five others were wounded in the [blast]. | | 5
The [attack] left 12 people dead and 30 wounded. | 12 | 30
The [attack] injured twenty-one people. | | 21
A [bombing] that killed 14 people shook the city. | 14 |
At least 3,000 people died in the [siege]. | 3000 |
A soldier was [killed] by a sniper. | 1 |
The army lost 40 men in the [battle]. | 40 |
Rockets [hit] the base. No casualties were reported. | 0 | 0
Dozens were [killed] in the raid. | |
Several people were hurt in the [raid]. | |
The army [attacked] the town with 30 tanks. | |
The army [attacked] the town in 2014. | |
The [fight] lasted 12 hours. | |
The army [killed] or wounded 40 men. | |
Ana Ruiz, 22, was [killed] in the raid. | 1 |
He [threatened] to kill ten men. | |
They [condemned] the army despite the death of ten men. | |
"""


def number(cell: str) -> int | None:
    return int(cell) if cell.strip() else None


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "killed", "injured"), [line.split("|") for line in CASUALTIES.strip().splitlines()]
)
def test_casualties(sentence: str, killed: str, injured: str) -> None:
    start, end = sentence.index("["), sentence.index("]") - 1
    doc = load_pipeline()(sentence.replace("[", "").replace("]", "").strip())
    token = [item for item in doc if start <= item.idx < end][-1]
    found = casualties_of(find_counts(Syntax(doc), token, token.sent)) or Casualties()
    assert (found.killed, found.injured) == (number(killed), number(injured))


KILLED_UD = """
Troops troop NNS NOUN 1 nsubj
killed kill VBD VERB 1 ROOT
three three CD NUM 3 nummod
men man NNS NOUN 1 obj
"""
KILLED_CLEAR = """
Three three CD NUM 1 nummod
men man NNS NOUN 3 nsubjpass
were be VBD AUX 3 auxpass
killed kill VBN VERB 3 ROOT
"""


@pytest.mark.parametrize("rows", [KILLED_UD, KILLED_CLEAR])
def test_casualties_in_either_label_scheme(rows: str) -> None:
    doc = make_doc(rows)
    token = word(doc, "killed")
    assert casualties_of(find_counts(Syntax(doc), token, token.sent)) == Casualties(killed=3)


def test_a_count_of_another_event_is_not_taken() -> None:
    doc = make_doc(
        """
Ten ten CD NUM 1 nummod
men man NNS NOUN 3 nsubj:pass
were be VBD AUX 3 aux:pass
killed kill VBN VERB 3 ROOT
in in IN ADP 5 case
raids raid NNS NOUN 3 obl
"""
    )
    syntax, raids = Syntax(doc), word(doc, "raids")
    assert casualties_of(find_counts(syntax, raids, raids.sent)) == Casualties(killed=10)
    taken = {word(doc, "killed").i}
    assert casualties_of(find_counts(syntax, raids, raids.sent, taken=taken)) is None
