"""Graphs and their content, read once."""

from pathlib import Path

import pytest

from kg.store import open_store
from kg.view.reading import read_outline, with_accounts
from kg.view.records import GraphContent
from tests.view.story import article_of_places, first_article, second_article, write_graph


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of both articles of the story."""
    path = tmp_path_factory.mktemp("view") / "story.trig"
    return write_graph(path, first_article(), second_article())


@pytest.fixture(scope="session")
def content(story: Path) -> GraphContent:
    """All that the story's graph holds."""
    with open_store(story) as store:
        return with_accounts(store, read_outline(store, title="Story"))


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the article whose events have places."""
    return write_graph(tmp_path_factory.mktemp("view") / "places.trig", article_of_places())
