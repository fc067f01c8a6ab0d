"""Score extractions against annotated articles.

A gold file is JSONL: one article a line with ``doc_id``, ``text``, ``published``, ``entities``,
``events`` and ``relations`` as in the article record; or marked text (``kg.evaluate.markup``). Two
entities are the same when one of their mention strings agrees or shares most of its words; two
events when they have one type and their triggers overlap or stand close together in one sentence.
Roles, triples and truth values are scored over events found; those of missed and spurious events
count as missed and spurious. Sentences whose actors have codes score the resolver alone
(``kg.evaluate.actors``).
"""

from kg.evaluate.actors import ActorScores, read_coded, score_actors
from kg.evaluate.gold import articles_of, read_gold
from kg.evaluate.precision import precision_table
from kg.evaluate.scores import Counts, Evaluation, evaluate

__all__ = [
    "ActorScores",
    "Counts",
    "Evaluation",
    "articles_of",
    "evaluate",
    "precision_table",
    "read_coded",
    "read_gold",
    "score_actors",
]
