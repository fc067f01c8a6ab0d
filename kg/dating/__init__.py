"""Date what names no day itself by what the text says of it beside another event.

The time expressions of a clause are looked at first (``kg.nlp.time``). What is left undated takes
the day of another telling only where the words point to it: "since the campaign started", "killed
in the attack", "these strikes", "the rockets". Each interval says in its derivation from which
event it comes.
"""

from kg.dating.context import date_by_context

__all__ = ["date_by_context"]
