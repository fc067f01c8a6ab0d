"""Times: the expressions of a text, the days that they mean, and the events that they date.

A small grammar of our own over words of ``kg/data/lexicon/time_words.tsv``; see
``kg.nlp.time_finding`` for the first two and ``kg.nlp.time_links`` for the third.
"""

from kg.nlp.time_finding import TimeExpression, find_times
from kg.nlp.time_links import anchor_of, head_of, time_of, verb_of
from kg.nlp.time_words import VERBAL

__all__ = ["VERBAL", "TimeExpression", "anchor_of", "find_times", "head_of", "time_of", "verb_of"]
