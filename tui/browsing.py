"""Finding files: paths as people type, paste and drop them, and folders as lists."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from hoso.causes import cause_unread
from hoso.paths import state_folder
from hoso.store.formats import fits
from hoso.store.naming import as_lies, is_lock
from hoso.text import LINES, UNPRINTABLE, composed, fold
from tui.beside import within

_PATIENCE = 0.5  # seconds for the folder in which to begin
MOST = 300  # entries shown at once; whoever has more types a letter


class Entry(NamedTuple):
    """Something in a folder: its path, a name that can be shown, the name folded, whether it is a folder."""

    path: Path
    name: str
    folded: str
    is_folder: bool

    @property
    def hidden(self) -> bool:
        return self.path.name.startswith(".")

    def fits(self, formats: list[str]) -> bool:
        """By the end of the name only: the content is looked at when the file is attached."""
        return self.is_folder or fits(self.path.name.rpartition(".")[2].lower(), formats)

    def details(self) -> tuple[int, datetime] | None:
        """Size and time of the last change; None where the system does not tell."""
        try:
            told = self.path.stat()
            return told.st_size, datetime.fromtimestamp(told.st_mtime).astimezone()
        except (OSError, OverflowError, ValueError):
            return None


class Listed(NamedTuple):
    """What a folder shows: the folder, entries in order, how many more there are, why it cannot be read; of the
    entries that are files, size and time."""

    folder: Path
    entries: list[Entry]
    left_out: int = 0
    trouble: str = ""
    details: dict[Path, tuple[int, datetime] | None] = {}


class Meant(NamedTuple):
    """What a typed path means: files, or one folder; whether the first is there at all."""

    paths: list[Path]
    is_folder: bool
    exists: bool


class Browser:
    """A folder that is looked into, files that are marked. `formats` are wanted: they come before others."""

    def __init__(self, folder: Path | None = None, formats: Iterable[str] = ()) -> None:
        self.folder = folder or begin_at()
        self.formats = list(formats)
        self.marked: list[Path] = []

    def look(self, typed: str = "") -> Listed:
        return look_into(self.folder, typed, self.formats)

    def enter(self, folder: Path) -> None:
        self.folder = Path(os.path.normpath(folder))

    def up(self) -> Path:
        """Goes to the folder above, and gives the one that was left."""
        left = self.folder
        self.folder = left.parent
        return left

    def toggle(self, path: Path) -> None:
        if path in self.marked:
            self.marked.remove(path)
        else:
            self.marked.append(path)

    def remember(self) -> None:
        """Begins here the next time. Nothing depends on it."""
        file = _memory()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(os.fsencode(self.folder))
        except OSError:
            return


def look_into(base: Path, typed: str, formats: list[str]) -> Listed:
    """What lies in the folder named so far and has what was typed last in its name, accents ignored.

    Names that begin like it come first. May run in a thread."""
    folder, piece = parted(typed, base)
    found, trouble = _listed(folder)
    sought = fold(composed(piece))
    fitting = [one for one in found if sought in one.folded and (not one.hidden or piece.startswith("."))]
    fitting.sort(key=lambda one: (not one.folded.startswith(sought), not one.is_folder, not one.fits(formats)))
    shown = fitting[:MOST]
    details = {one.path: one.details() for one in shown if not one.is_folder}
    return Listed(folder, shown, len(fitting) - len(shown), trouble, details)


def begin_at() -> Path:
    """The folder used last, else that of documents, else the home folder; none that does not answer."""
    import platformdirs

    for folder in (_remembered(), platformdirs.user_documents_path(), Path.home()):
        if folder is not None and within(_PATIENCE, partial(_can_be_read, folder), otherwise=False):
            return folder
    return Path.cwd()


def _can_be_read(folder: Path) -> bool:
    return os.access(folder, os.R_OK) and folder.is_dir()


def place_of(typed: str, base: Path) -> str:
    """The folder that is named so far, without a look at the disk."""
    return os.path.join(base, typed[: _cut_at(typed)])  # noqa: PTH118 - as it was typed


def _memory() -> Path:
    return state_folder() / "folder"


def _remembered() -> Path | None:
    try:
        kept = os.fsdecode(_memory().read_bytes())
        return Path(kept) if kept and "\0" not in kept else None
    except OSError:
        return None


# ---- folders ------------------------------------------------------------------------------------------------


def shown_name(name: str) -> str:
    """A file's name as a screen can show it, whatever bytes it is made of."""
    text = composed(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    return UNPRINTABLE.sub("�", LINES.sub("↵", text)).replace("\t", " ")


def shown_folder(folder: Path) -> str:
    """The path of a folder, the home folder as `~`."""
    home = Path.home()
    short = f"~{os.sep}{folder.relative_to(home)}" if folder != home and folder.is_relative_to(home) else str(folder)
    return shown_name("~" if folder == home else short)


def _listed(folder: Path) -> tuple[tuple[Entry, ...], str]:
    try:
        return _entries(str(folder), folder.stat().st_mtime_ns), ""
    except (OSError, ValueError) as error:
        return (), cause_unread(error)


@lru_cache(maxsize=8)
def _entries(folder: str, changed: int) -> tuple[Entry, ...]:  # noqa: ARG001
    with os.scandir(folder) as found:
        made = [_entry(one) for one in found if not is_lock(one.name)]
    return tuple(sorted(made, key=lambda one: (not one.is_folder, one.folded, one.name)))


def _entry(found: os.DirEntry[str]) -> Entry:
    try:
        is_folder = found.is_dir()
    except OSError:
        is_folder = False
    name = shown_name(found.name)
    return Entry(Path(found.path), name, fold(name), is_folder)


# ---- paths --------------------------------------------------------------------------------------------------


def as_path(typed: str, base: Path) -> Path:
    """The path a person means: `~` is the home folder, a relative one begins at `base`, quotes are taken off."""
    text = typed.strip()
    if text[:1] in ("'", '"') and text[-1:] == text[:1]:
        text = text[1:-1]
    path = Path(text.lstrip("\"'"))
    try:
        path = path.expanduser()
    except RuntimeError:  # the home of somebody who is not known
        return base / path
    return as_lies(base / path)


def meant(typed: str, base: Path) -> list[Path]:
    """The files a person means: a path, a `file://` address, or what terminals paste when files are dropped on
    them: several paths, quoted or with strokes before blanks."""
    one = as_path(typed, base)
    if _exists(one):
        return [one]
    pieces = typed.split()
    if pieces and all(piece.startswith("file://") for piece in pieces):
        return [_of_address(piece) for piece in pieces]
    several = [as_path(piece, base) for piece in _words(typed)]
    return several if several and all(map(_exists, several)) else [one]


def meaning(typed: str, base: Path) -> Meant:
    """The same, with what lies there. May run in a thread."""
    paths = meant(typed, base)
    return Meant(paths, len(paths) == 1 and _is_folder(paths[0]), _exists(paths[0]))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, RuntimeError, ValueError):
        return False


def _words(typed: str) -> list[str]:
    try:
        return shlex.split(typed, posix=os.name != "nt")
    except ValueError:
        return []


def _of_address(address: str) -> Path:
    path = os.fsdecode(unquote_to_bytes(urlsplit(address).path))
    return as_lies(Path(path.lstrip("/") if os.name == "nt" else path))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, RuntimeError, ValueError):
        return False


def entries(typed: str, base: Path) -> list[Path]:
    """What lies in the folder named so far and begins like the last piece, accents ignored: folders first."""
    return [one.path for one in _begun(typed, base)]


def _begun(typed: str, base: Path) -> list[Entry]:
    folder, piece = parted(typed, base)
    sought = fold(composed(piece))
    found = _listed(folder)[0]
    return [one for one in found if one.folded.startswith(sought) and (not one.hidden or piece.startswith("."))]


def completed(typed: str, base: Path) -> str:
    """The typed path made longer as far as there is one way on; as typed where there is none."""
    # A name that is no text cannot be typed; it is chosen in the list.
    found = [one for one in _begun(typed, base) if "�" not in one.name]
    piece = parted(typed, base)[1]
    if not found or not piece:
        return typed
    begin = typed[: len(typed) - len(piece)]
    if len(found) == 1:
        return f"{begin}{found[0].name}{os.sep if found[0].is_folder else ''}"
    common = _begun_alike([one.name for one in found])
    return begin + common if len(common) > len(piece) else typed


def _begun_alike(names: list[str]) -> str:
    shortest = min(names, key=len)
    same = (place for place, letter in enumerate(shortest) if any(name[place] != letter for name in names))
    return shortest[: next(same, len(shortest))]


def parted(typed: str, base: Path) -> tuple[Path, str]:
    """The folder that a typed path names, and what follows."""
    text = typed.lstrip().lstrip("\"'")
    if text == "~":
        return Path.home(), ""
    cut = _cut_at(text)
    return (as_path(text[:cut], base) if cut else base), text[cut:]


def _cut_at(typed: str) -> int:
    return max(typed.rfind("/"), typed.rfind(os.sep)) + 1
