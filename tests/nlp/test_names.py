"""Names made of what each word was judged to be."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.nlp.names import NameOrder
from kg.nlp.pipeline import load_pipeline

LABELS = ("O", "B-ORG", "I-ORG", "L-ORG", "U-ORG", "B-GPE", "I-GPE", "L-GPE", "U-GPE")


def is_readable(labels: tuple[str, ...]) -> bool:
    """Tell whether names can be made of the labels of a sentence."""
    ends = ("O", *labels), (*labels, "O")
    return all(
        (after[0] in "IL" and before[2:] == after[2:])
        if before[0] in "BI"
        else after[0] not in "IL"
        for before, after in zip(*ends, strict=True)
    )


def judged(*words: str) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Return scores that speak for one label each."""
    return np.array([[float(label == word) for label in LABELS] for word in words], np.float32)


@given(
    st.integers(1, 4).flatmap(
        lambda count: arrays(np.float32, (count, len(LABELS)), elements=st.integers(-9, 9))
    )
)
def test_of_the_readable_sequences_the_likeliest_is_chosen(
    scores: np.ndarray[tuple[int, int], np.dtype[np.float32]],
) -> None:
    def sum_of(labels: tuple[str, ...]) -> float:
        return sum(
            float(row[LABELS.index(label)]) for row, label in zip(scores, labels, strict=True)
        )

    found = tuple(NameOrder(LABELS).best(scores, np.array([0])))
    readable = filter(is_readable, product(LABELS, repeat=len(scores)))
    assert is_readable(found)
    assert sum_of(found) == max(map(sum_of, readable))


def test_no_name_goes_on_in_the_next_sentence() -> None:
    order = NameOrder(LABELS)
    scores = judged("O", "B-ORG", "L-ORG", "O")
    assert order.best(scores, np.array([0])) == ["O", "B-ORG", "L-ORG", "O"]
    parted = order.best(scores, np.array([0, 2]))
    assert is_readable(tuple(parted[:2]))
    assert is_readable(tuple(parted[2:]))


@pytest.mark.model
def test_names_are_found_in_news() -> None:
    doc = load_pipeline()("Militants of Hamas fired on Ashkelon, Yoav Gallant said on Monday.")
    found = {(name.text, name.label_) for name in doc.ents}
    assert {("Hamas", "ORG"), ("Ashkelon", "GPE"), ("Yoav Gallant", "PERSON")} <= found
    assert list(load_pipeline()("").ents) == []
