"""Where a graph lives: one contract over files, an on-disk store and a SPARQL endpoint."""

from kg.store.contract import ArticleGraph, QueryResult, Store, Value
from kg.store.files import write_whole
from kg.store.memory import to_store
from kg.store.opening import Mode, open_store
from kg.store.terms import to_sparql

__all__ = [
    "ArticleGraph",
    "Mode",
    "QueryResult",
    "Store",
    "Value",
    "open_store",
    "to_sparql",
    "to_store",
    "write_whole",
]
