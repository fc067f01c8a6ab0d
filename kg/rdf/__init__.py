"""One article's extraction as one named graph, and the shapes that every graph must fit."""
