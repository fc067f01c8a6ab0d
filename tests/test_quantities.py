"""How many an event killed, hurt, arrested and displaced, from the words of its sentence.

``quantities.tsv`` has a row for each: a text, the last trigger of these words in it, and what its
event counts: kind, number (``-`` where only words such as "dozens" stand), bounds, in brackets the
unit if it is not a person, and the group that was harmed.
"""

from pathlib import Path

import pytest

from kg.extract import load_extractor
from kg.nlp.pipeline import load_pipeline
from kg.quantities import casualties_of, find_counts, parse_number
from kg.records import Article, Casualties, EventMention, Extraction
from kg.resources import data_path, read_tsv
from kg.syntax import Syntax
from kg.terms import QuantityKind
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


COLUMNS = ("text", "trigger", "counts")
ROWS = [row for _, row in read_tsv(Path(__file__).with_name("quantities.tsv"), COLUMNS)]


def told_by(text: str, words: str) -> tuple[Extraction, EventMention]:
    found = load_extractor(rules_only=True).extract(Article(doc_id="a", text=text))
    return found, [event for event in found.events if event.trigger.quote(text) == words][-1]


@pytest.mark.model
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['trigger']}: {row['text']}")
def test_counts_of_an_event(row: dict[str, str]) -> None:
    found, event = told_by(row["text"], row["trigger"])
    name_by_id = {entity.id: entity.name for entity in found.entities}
    counts = [
        " ".join(
            (
                quantity.kind.value,
                "-" if quantity.number is None else str(quantity.number),
                f"{bound(quantity.low)}..{bound(quantity.high)}",
                *([] if quantity.unit == "person" else [f"({quantity.unit})"]),
                *([] if quantity.group is None else [name_by_id[quantity.group]]),
            )
        )
        for quantity in event.quantities
    ]
    assert "; ".join(counts) == row["counts"]


def bound(number: int | None) -> str:
    return "" if number is None else str(number)


@pytest.mark.model
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['trigger']}: {row['text']}")
def test_a_number_lies_within_its_bounds_and_its_words_in_the_text(row: dict[str, str]) -> None:
    _, event = told_by(row["text"], row["trigger"])
    harm = event.casualties or Casualties()
    assert (event.total(QuantityKind.KILLED), event.total(QuantityKind.INJURED)) == (
        harm.killed,
        harm.injured,
    )
    for quantity in event.quantities:
        number = quantity.number
        assert quantity.text in row["text"]
        assert quantity.low is not None or quantity.high is not None
        assert number is None or (quantity.low or 0) <= number
        assert number is None or quantity.high is None or number <= quantity.high


def test_no_word_means_two_numbers_or_two_harms() -> None:
    rows = [row for _, row in read_tsv(data_path("lexicon", "number_words.tsv"), WORD_COLUMNS)]
    for kinds in (BOUNDS, HARMS, {row["kind"] for row in rows} - BOUNDS - HARMS):
        words = [row["word"] for row in rows if row["kind"] in kinds]
        assert sorted(set(words)) == sorted(words)


WORD_COLUMNS = ("word", "kind", "value", "note")
BOUNDS = {"about", "almost", "filler", "least", "most"}
HARMS = {
    *("kill", "lose", "hurt", "harm", "arrest", "hold"),
    *("displace", "flee", "evacuate", "force"),
}


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
A gunman [killed] Ana Ruiz, 22. | 1 |
Five soldiers and three civilians were [killed]. | 8 |
Between 10 and 15 soldiers were [killed]. | 10 |
A total of 18 sailors were [killed]. | 18 |
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
