"""Opening an attached file in the system's viewer: a copy of it, so that nothing changes in the dossier unseen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from hoso.causes import cause_unread
from hoso.dossiers import Attachment
from hoso.i18n import tr
from hoso.paths import state_folder
from hoso.problems import CODES
from hoso.store.attachments import is_inside
from hoso.store.formats import format_of, named_format
from hoso.store.naming import plain_name
from tui.session import Session

_KEPT = 7 * 24 * 3600  # seconds for which a viewer may need its copy
_SHOWS_TROUBLE_WITHIN = 3.0  # seconds
_PLAIN_TEXT = ("txt", "csv", "md", "log")
_running: list[subprocess.Popen[bytes]] = []


class CannotView(Exception):  # noqa: N818 - what is the matter
    """A file cannot be shown; the message says why, in words."""


def opener(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> list[str]:
    """What opens a file by its kind; empty where nothing does. Windows opens files by itself."""
    told = os.environ if environment is None else environment
    if platform == "darwin":
        return ["open"]
    if platform == "win32":
        return ["start"]
    # Without a display it would fall back to a browser inside this very terminal.
    has_display = told.get("DISPLAY") or told.get("WAYLAND_DISPLAY")
    names = ("wslview",) if told.get("WSL_DISTRO_NAME") else ("xdg-open",) if has_display else ()
    return next(([found] for name in names if (found := shutil.which(name, path=told.get("PATH")))), [])


def checked(session: Session, attachment: Attachment) -> Path:
    """Where the file lies. Raises CannotView for one that is gone, leads elsewhere, or is of no kind that is shown."""
    path = session.file_path(attachment)
    try:
        if not is_inside(session.workspace.root, session.dossier, path):
            raise CannotView(tr(CODES["attachment-path"].message, name=path.name))
        kind = format_of(path)
    except (OSError, RuntimeError, ValueError) as error:
        raise CannotView(tr("{name} cannot be opened: {why}.", name=path.name, why=cause_unread(error))) from error
    if kind == "?":
        # A program that somebody attached must not be run by opening it.
        raise CannotView(tr("A file of this kind is not opened from here. It lies at {path}", path=str(path)))
    return path


def name_for(path: Path) -> str:
    """The file's name with the end that its content asks for, by which systems choose the viewer.

    Raises OSError."""
    kind, name = format_of(path), plain_name(path.name)
    end = name.rpartition(".")[2].lower()
    told = end in _PLAIN_TEXT if kind == "txt" else named_format(name) == kind
    return name if told else f"{name}.{kind}"


def copy_for_viewing(path: Path) -> Path:
    """A copy that only its owner can read and nobody can write; may run in a thread. Raises OSError."""
    above = state_folder() / "viewing"
    above.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep(above)
    folder = Path(tempfile.mkdtemp(dir=above))
    try:
        copy = folder / name_for(path)
        shutil.copyfile(path, copy)
        copy.chmod(0o400)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return copy


def show(session: Session, attachment: Attachment) -> None:
    """Opens a copy in the system's viewer; may run in a thread. Raises CannotView."""
    path = checked(session, attachment)
    command = opener()
    if not command:
        raise CannotView(tr("There is no program here that opens files. It lies at {path}", path=str(path)))
    try:
        opened = _start(command, copy_for_viewing(path))
    except OSError as error:
        raise CannotView(tr("{name} cannot be opened: {why}.", name=path.name, why=cause_unread(error))) from error
    if not opened:
        raise CannotView(tr("No program opens this file. It lies at {path}", path=str(path)))


def _start(command: list[str], path: Path) -> bool:
    """Whether a program took the file; one that is still busy with it has."""
    if command == ["start"]:
        getattr(os, "startfile")(path)  # noqa: B009 - only Windows has it
        return True
    quiet = subprocess.DEVNULL
    made = subprocess.Popen([*command, str(path)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    _running[:] = [one for one in _running if one.poll() is None]
    try:
        return made.wait(_SHOWS_TROUBLE_WITHIN) == 0
    except subprocess.TimeoutExpired:
        _running.append(made)
        return True


def _sweep(above: Path) -> None:
    for folder in above.iterdir():
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _KEPT:
                shutil.rmtree(folder, ignore_errors=True)
