"""Literals in the one spelling in which each value is written."""

from datetime import date
from functools import lru_cache

from rdflib import XSD, Literal

TRUE = Literal("true", datatype=XSD.boolean)


@lru_cache(maxsize=4096)
def plain(value: str) -> Literal:
    """Return a short string as a literal; for texts, which do not recur, use ``Literal``."""
    return Literal(value)


@lru_cache(maxsize=4096)
def integer(value: int) -> Literal:
    """Return a whole number as ``xsd:integer``."""
    return Literal(str(value), datatype=XSD.integer)


@lru_cache(maxsize=4096)
def day(value: date) -> Literal:
    """Return a day as ``xsd:date``."""
    return Literal(value.isoformat(), datatype=XSD.date)


@lru_cache(maxsize=4096)
def decimal(value: float) -> Literal:
    """Return ``value`` as ``xsd:decimal`` with at most six decimals and at least one.

    >>> str(decimal(0.85)), str(decimal(-9))
    ('0.85', '-9.0')
    """
    text = f"{value:.6f}".rstrip("0")
    return Literal(f"{text}0" if text.endswith(".") else text, datatype=XSD.decimal)
