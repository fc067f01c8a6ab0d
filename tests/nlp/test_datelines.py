"""A dateline is told from the sentence that follows it."""

from datetime import date

import pytest
import spacy

from kg.nlp.datelines import dateline_day, dateline_length
from kg.nlp.tokenizer import adapt_tokenizer

NLP = adapt_tokenizer(spacy.blank("en"))


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


JUNE_3 = date(2021, 6, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("NAIROBI, June 3, 2021 (Reuters) - A gunman shot two guards.", JUNE_3),
        ("NEW DELHI, 3 June 2021 — India protested.", JUNE_3),
        ("Guards shot in Nairobi\n\nJune 3, 2021\n\nA gunman shot two guards.", JUNE_3),
        ("Guards shot in Nairobi\nPublished: 3 June 2021\nA gunman shot two guards.", JUNE_3),
        ("Guards shot in Nairobi\n2021-06-03\nA gunman shot two guards.", JUNE_3),
        ("NAIROBI, June 3 (Reuters) - A gunman shot two guards.", None),
        ("A gunman shot two guards on June 3, 2021.", None),
        ("NAIROBI — A gunman shot two guards on June 3, 2021.", None),
        ("The truce of June 3, 2021\n\nA gunman shot two guards.", None),
        ("", None),
    ],
)
def test_a_full_date_at_the_head_of_an_article_is_its_day(text: str, day: date | None) -> None:
    assert dateline_day(NLP(text)) == day
