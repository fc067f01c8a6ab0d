"""Read articles from files, folders and standard input.

In come paths as a user types them; out come ``Article`` records in input order, and an
``ArticleProblem`` for each line or file that is not an article. What the text says is left to
the stages that follow.
"""

from kg.articles.problems import ArticleProblem
from kg.articles.read import read_articles
from kg.articles.rows import FieldNames

__all__ = ["ArticleProblem", "FieldNames", "read_articles"]
