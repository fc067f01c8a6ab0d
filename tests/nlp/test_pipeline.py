"""The shipped pipeline: it loads, is repeatable, and reads sentences as news writes them."""

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language

from kg.errors import ResourceError
from kg.nlp.pipeline import add_steps, load_pipeline, widen_vectors


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def test_unknown_pipeline_says_what_to_do() -> None:
    with pytest.raises(ResourceError, match=r"xx_none: no spaCy pipeline.*spacy download xx_none"):
        load_pipeline("xx_none")


def test_any_pipeline_folder_gets_our_steps(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    loaded = load_pipeline(str(tmp_path / "blank"))
    assert loaded.pipe_names == ["kg_sentences", "kg_tags", "kg_lemmas"]
    assert load_pipeline(str(tmp_path / "blank")) is loaded


def test_steps_stand_before_the_parser_and_at_the_end() -> None:
    other = spacy.blank("en")
    other.add_pipe("parser")
    assert add_steps(other).pipe_names == ["kg_sentences", "parser", "kg_tags", "kg_lemmas"]


def test_vectors_are_widened() -> None:
    other = spacy.blank("en")
    other.vocab.vectors.data = np.ones((2, 3), dtype=np.float16)
    assert widen_vectors(other).vocab.vectors.data.dtype == np.float32


@pytest.mark.model
def test_line_breaks_and_quotations(nlp: Language) -> None:
    doc = nlp(
        "Militia Fires Rockets at Base\n\n“Three rockets hit the base. No one was hurt,” Col. Jane "
        "Doe, a spokeswoman for the U.S.-led coalition, said on Monday."
    )
    sentences = [sent.text.strip() for sent in doc.sents]
    assert [sentence.split()[0] for sentence in sentences] == ["Militia", "“Three", "No"]


@pytest.mark.model
def test_trees_follow_universal_dependencies(nlp: Language) -> None:
    doc = nlp("Two drones were launched by Iran-backed militias from Iraq on Tuesday.")
    relations = {token.text: (token.dep_, token.head.text) for token in doc}
    assert relations["drones"] == ("nsubj:pass", "launched")
    assert relations["militias"] == ("obl:agent", "launched")
    assert relations["launched"] == ("ROOT", "launched")


@pytest.mark.model
def test_names_have_labels(nlp: Language) -> None:
    doc = nlp("The United Nations said Hezbollah fighters left Beirut on Friday.")
    labels = {name.text.removeprefix("The "): name.label_ for name in doc.ents}
    assert labels == {
        "United Nations": "ORG",
        "Hezbollah": "ORG",
        "Beirut": "GPE",
        "Friday": "DATE",
    }


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("The two sides resumed talks.", "resumed", "resume"),
        ("The attacks ceased in May.", "ceased", "cease"),
        ("The army is restarting the offensive.", "restarting", "restart"),
        ("The deadline is approaching.", "approaching", "approach"),
        ("Airstrikes Kill Four in Aleppo", "Airstrikes", "airstrike"),
    ],
)
def test_lemmas_are_words(nlp: Language, text: str, word: str, lemma: str) -> None:
    assert {token.text: token.lemma_ for token in nlp(text)}[word] == lemma


@pytest.mark.model
def test_the_same_text_gives_the_same_analysis(nlp: Language) -> None:
    texts = ["Rockets hit a base near Homs.", "The minister met his counterpart in Doha."]
    alone = [nlp(text).to_json() for text in texts]
    together = [doc.to_json() for doc in nlp.pipe(reversed(texts))]
    assert alone == list(reversed(together))
