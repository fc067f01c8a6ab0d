"""How many people an event killed, injured, arrested or displaced.

numbers   numbers as news writes them, and the bounds that words set to them
counting  how many of whom a word such as "killed" or "arrests" speaks of
finding   which of these words belong to an event
"""

from kg.quantities.counting import Count
from kg.quantities.finding import casualties_of, find_counts
from kg.quantities.numbers import Number, parse_number

__all__ = ["Count", "Number", "casualties_of", "find_counts", "parse_number"]
