"""A dateline is told from the sentence that follows it."""

import pytest
import spacy

from kg.nlp.datelines import dateline_length

NLP = spacy.blank("en")


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("NAIROBI — A gunman shot two guards.", "NAIROBI —"),
        ("NEW DELHI, June 3 (Reuters) - India protested.", "NEW DELHI, June 3 (Reuters) -"),
        ("MOSCOW (Sputnik) – “We object,” he said.", "MOSCOW (Sputnik) –"),
        ("LA PAZ, Bolivia -- The president resigned.", "LA PAZ, Bolivia --"),
        ("NATO-led troops left - at last.", ""),
        ("Nairobi — and its port — was quiet.", ""),
        ("UN envoys met in Geneva - a first.", ""),
        ("THE END", ""),
        ("", ""),
    ],
)
def test_dateline(line: str, dateline: str) -> None:
    doc = NLP(line)
    assert doc[: dateline_length(doc[:])].text == dateline
