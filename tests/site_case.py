"""What the tests of the site share: a small workspace with its pages, and the Markdown settings of the site."""

import shutil
from pathlib import Path
from typing import Any

from hoso import publish, yamlio
from hoso.text import slug
from hoso.workspace import Workspace

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "golden/site/workspace"
PAGES = Path(__file__).parent / "golden/site/pages"


def small_workspace(folder: Path) -> Path:
    return Path(shutil.copytree(SMALL, folder / "small"))


def planned(root: Path, before: publish.Manifest | None = None) -> publish.Plan:
    workspace = Workspace(root)
    where = publish.sources(root)
    return publish.plan(workspace, publish.fingerprint(workspace, where.config), where.pages, before)


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def markdown_of_the_site() -> Any:
    """Python-Markdown as mkdocs.yml sets it up."""
    from markdown import Markdown

    document, _ = yamlio.read(ROOT / "mkdocs.yml", "mkdocs.yml")
    assert document is not None
    names: list[str] = []
    settings: dict[str, dict[str, Any]] = {}
    for one in document.data["markdown_extensions"]:
        for name, given in one.items() if isinstance(one, dict) else [(one, {})]:
            names.append(name)
            settings[name] = dict(given)
    settings["toc"] |= {"slugify": lambda text, _: slug(text), "toc_depth": 4}
    settings["tables"] = {"use_align_attribute": True}
    return Markdown(extensions=names, extension_configs=settings)
