"""What is reported about input that is not, or not quite, an article."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ArticleProblem:
    """One line or file that cannot be taken as it is.

    Attributes:
        source: Where: ``path``, ``path:line`` or ``path[item]``.
        message: What is wrong, and what to do about it, in one line.
        skipped: Whether the article is left out; False when it was read all the same.
    """

    source: str
    message: str
    skipped: bool = True

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"
