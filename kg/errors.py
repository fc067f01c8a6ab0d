"""The errors that `kg` raises on purpose.

Every message says where, what, and what to do, in one line that a reader of the command line
can act on. Anything that is not a ``KgError`` is a fault of the project.
"""


class KgError(Exception):
    """Base of all errors that a user can cause and mend."""


class InputError(KgError):
    """An article, or a file of articles, cannot be read."""


class ResourceError(KgError):
    """A data file, the ontology or a language pipeline is missing or wrong."""


class GraphError(KgError):
    """A graph cannot be opened, read or written."""


class QueryError(KgError):
    """A query is unknown, malformed, forbidden or lacks a parameter."""
