"""What is published, as Markdown: pure functions from definitions and dossiers to pages and a navigation."""

from hoso.render.pages import Entry, Page, Said

__all__ = ["Entry", "Page", "Said"]
