"""What a page is, in a word: results of the search carry it."""

from __future__ import annotations

from hoso.definitions import Definitions
from hoso.i18n import tr
from hoso.render.pages import BOARDS, DOSSIERS, OUTLINES, ROLLUPS


def label_of(path: str, made: Definitions) -> str:
    """Dossier, who has handed in, figures added up, form; what explains something is guidance, written by hand too."""
    folder, _, rest = path.partition("/")
    outline = made.outlines.get(rest.removesuffix(".md")) if folder == OUTLINES else None
    if folder == DOSSIERS:
        return tr("Dossier")
    if folder == BOARDS:
        return tr("Handing in")
    if folder == ROLLUPS:
        return tr("Added up")
    return tr("Form") if outline is not None and outline.layout == "form" else tr("Guidance")
