"""Choose the label of a merged node from those that articles give."""

from collections import Counter
from collections.abc import Iterable


def best_label(labels: Iterable[str]) -> str:
    """Return the most frequent label; among equals the longest, then the alphabetically first.

    Empty when there are none.
    """
    counts = Counter(labels)
    if not counts:
        return ""
    return min(counts, key=lambda label: (-counts[label], -len(label), label))
