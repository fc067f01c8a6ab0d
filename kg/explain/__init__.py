"""What the graph knows of one thing: what is claimed, by whom, in which words, what disagrees."""

from kg.explain.explaining import explain
from kg.explain.records import ClaimTold, Disagreement, Explanation, Related
from kg.explain.rendering import to_json, to_text

__all__ = [
    "ClaimTold",
    "Disagreement",
    "Explanation",
    "Related",
    "explain",
    "to_json",
    "to_text",
]
