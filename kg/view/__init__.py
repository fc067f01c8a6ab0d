"""The interactive page of a graph."""

from kg.view.page import PageSummary, render_page, write_page

__all__ = ["PageSummary", "render_page", "write_page"]
