"""Making workspaces: an empty one, and the demo from what hoso ships."""

from __future__ import annotations

import shutil
from contextlib import AbstractContextManager
from pathlib import Path

from hoso import i18n, yamlio
from hoso.example import EMPTY
from hoso.paths import MARKER, shipped
from hoso.problems import refuse

# Dossiers travel by name only: whatever else lies in a clone's folders stays there.
DEMO_DOSSIERS = ("tong-ket-tccs-2021/khoi-cq-dn-ha-tinh", "kiem-diem-2022/huyen-uy-bao-lam")
_OWN_FILES = (".private.yaml", ".lock.json", ".hoso-tmp")
GITIGNORE = "/build/\n*.private.yaml\n*.lock.json\n.*.hoso-tmp\n"
# Checksums are taken of bytes: a Git that turns line ends on Windows would make every frozen wording look changed.
GITATTRIBUTES = "*.yaml text eol=lf\n*.yml text eol=lf\n*.md text eol=lf\n/checklists/*/*/files/** binary\n"
_FOR_GIT = {".gitignore": GITIGNORE, ".gitattributes": GITATTRIBUTES}
_MARKER = "hoso: 1\nlanguage: {language}\ntime_zone: Asia/Ho_Chi_Minh\n"


def make_workspace(folder: Path) -> None:
    """In the language of whoever makes it. Raises Refused where a workspace or anything else already is, OSError if it
    cannot be written."""
    _must_be_free(folder)
    for name, text in {MARKER: _MARKER.format(language=i18n.language()), **EMPTY}.items():
        yamlio.write(folder / name, text)
    prepare_for_git(folder)


def in_its_language(folder: Path) -> AbstractContextManager[None]:
    """For files that are added to a workspace: they speak its language, whoever adds them."""
    from hoso.workspace import read_settings

    return i18n.speaking(read_settings(folder)[0]["language"])


def prepare_for_git(folder: Path) -> list[str]:
    """What keeps private answers out of a repository, and bytes as they are; gives what was not there yet."""
    made = [name for name in _FOR_GIT if not (folder / name).exists()]
    for name in made:
        yamlio.write(folder / name, _FOR_GIT[name])
    return made


def make_demo(folder: Path) -> bool:
    """Makes the demo; False if there is a workspace already, which is left as it is. Raises as make_workspace."""
    if (folder / MARKER).is_file():
        return False
    _must_be_free(folder)
    source = shipped()
    for name in demo_files(source):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target)
    prepare_for_git(folder)
    # The marker comes last: a demo that was interrupted is not taken for a workspace.
    shutil.copyfile(source / MARKER, folder / MARKER)
    return True


def demo_files(source: Path) -> list[str]:
    """The files of the demo but its marker, as paths below the source."""
    names = [path for part in ("outlines", "checklists") for path in (source / part).glob("*.yaml")]
    for dossier in DEMO_DOSSIERS:
        names += [path for path in (source / "checklists" / dossier).rglob("*") if path.is_file()]
    return sorted(path.relative_to(source).as_posix() for path in names if not path.name.endswith(_OWN_FILES))


def _must_be_free(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise refuse("folder-taken", str(folder), folder=folder)
