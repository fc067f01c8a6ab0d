"""Whom an article credits: reported clauses, "according to", and quotations."""

import pytest

from kg.nlp.attribution import quoted_speakers, sources
from kg.nlp.pipeline import load_pipeline
from kg.syntax import Syntax
from tests.nlp.parses import make_doc, word

# sentence with the event in brackets | heads of the sources, inner ones first
SOURCES = """
Rebels [attacked] the base, Reuters reported, citing a soldier. | soldier Reuters
Citing a soldier, Reuters reported that rebels [attacked] the base. | soldier Reuters
A ministry statement said that rebels [attacked] the base. | ministry
The army admitted [bombing] the town. | army
The army stopped [bombing] the town. |
The army [attacked] the town. |
The minister said that the army [attacked] the town. | minister
The minister said the army had [attacked] the town. | minister
The army [attacked] the town, the minister said. | minister
The army [attacked] the town, according to the minister. | minister
According to two witnesses, the army [attacked] the town. | witnesses
According to two witnesses and a priest, the army [attacked] the town. | witnesses priest
The minister told reporters that the army [attacked] the town. | minister
An official told CNN that the army [attacked] the town. | official
CNN reported that the army [attacked] the town. | CNN
The minister said that witnesses reported that the army [attacked] the town. | witnesses minister
The minister accused the army of [attacking] the town. | minister
The militia vowed to [attack] the base. | militia
The militia vowed to crush the troops that [attacked] the base. |
The group announced that it had [resumed] attacks. | group
The minister [said] that the army left. |
The army [attacked] the town after the minister said that it was ready. |
The militia that [attacked] the base said that it was ready. |
The army [attacked] the town, according to several reports. |
The army reportedly [attacked] the town. |
It is said that the army [attacked] the town. |
A report says that the army [attacked] the town. |
The minister expressed regret that the army [attacked] the town. | minister
The ministry released a video showing the [attack]. | ministry
The army [attacked] the town. The news was reported by Reuters. | Reuters
The army [attacked] the town. The bridge was reported by Reuters. |
A statement by the ministry said that the army [attacked] the town. | ministry
The minister spoke to them after the army [attacked] the town. |
"""


def credited(text: str) -> list[str]:
    start, end = text.index("["), text.index("]") - 1
    doc = load_pipeline()(text.replace("[", "").replace("]", ""))
    token = [item for item in doc if start <= item.idx < end][-1]
    return [item.text for item in sources(Syntax(doc), token)]


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "heads"),
    [[cell.strip() for cell in line.split("|")] for line in SOURCES.strip().splitlines()],
)
def test_sources(sentence: str, heads: str) -> None:
    assert credited(sentence) == heads.split()


QUOTED = [
    ("“The army [attacked] the town,” Keller said.", ["Keller"]),
    ("“The army [attacked] the town,” said Keller.", ["Keller"]),
    ("Keller said: “The army [attacked] the town and burned it.”", ["Keller"]),
    ('"The army [attacked] the town," Keller added.', ["Keller"]),
    # a quotation that goes on behind its attribution
    ("“They left in May,” Keller said. “The army [attacked] the town at night.”", ["Keller"]),
    # a quotation over two paragraphs, the first of which leaves its mark open
    (
        "Keller said: “They left the town in May.\n\n“The army [attacked] it at night.”",
        ["Keller"],
    ),
    # a quotation of its own behind what its speaker says in other words
    ("Keller said that they had left. “The army [attacked] the town at night.”", ["Keller"]),
    ("Keller fled to Lome on Monday. “The army [attacked] the town at night.”", []),
    # what another says behind a quotation that ends with a full stop is not its attribution
    ("Keller spoke. “The army [attacked] the town.” Moreno said that he was sorry.", []),
    # words in quotation marks are no quotation
    ("The army [attacked] what Keller called “the town”.", []),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "heads"), QUOTED)
def test_quotations_have_the_speaker_beside_them(text: str, heads: list[str]) -> None:
    assert credited(text) == heads


@pytest.mark.model
def test_speakers_are_found_by_the_span_between_the_marks() -> None:
    text = "“The army attacked the town,” Keller said."
    doc = load_pipeline()(text)
    ((span, speaker),) = quoted_speakers(doc, Syntax(doc)).items()
    assert span.quote(text) == "“The army attacked the town,”"
    assert speaker.text == "Keller"


SAID_UD = """
Keller Keller NNP PROPN 1 nsubj
said say VBD VERB 1 ROOT
troops troop NNS NOUN 3 nsubj
left leave VBD VERB 1 ccomp
"""
SAID_CLEAR = """
Keller Keller NNP PROPN 1 nsubj
said say VBD VERB 1 ROOT
that that IN SCONJ 4 mark
troops troop NNS NOUN 4 nsubj
left leave VBD VERB 1 ccomp
towns town NNS NOUN 4 dobj
"""
ACCORDING_CLEAR = """
Troops troop NNS NOUN 1 nsubj
left leave VBD VERB 1 ROOT
towns town NNS NOUN 1 dobj
according accord VBG VERB 1 prep
to to IN ADP 3 prep
Keller Keller NNP PROPN 4 pobj
"""


@pytest.mark.parametrize("rows", [SAID_UD, SAID_CLEAR, ACCORDING_CLEAR])
def test_sources_in_either_label_scheme(rows: str) -> None:
    doc = make_doc(rows)
    assert [item.text for item in sources(Syntax(doc), word(doc, "left"))] == ["Keller"]
