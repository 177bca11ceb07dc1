"""hoso: report outlines and dossier checklists, kept as YAML, filled in a terminal, published as a site."""

__version__ = "0.1.0"
