"""A long text in an editor of the user's own: a private file that outlives whatever goes wrong."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from hoso.causes import cause
from hoso.i18n import tr
from hoso.paths import state_folder
from hoso.text import shown_size, tidy

_MOST = 8_000_000  # bytes that are taken over; a book has one
_KNOWN = ("sensible-editor", "nano", "vim", "vi")


class NoEditor(Exception):  # noqa: N818 - as Refused
    """No editor can be started; the words say why and what to do."""


class Outcome(NamedTuple):
    """What came back: a new text, or None for none; where the file still lies if the editor failed; why."""

    text: str | None = None
    kept: Path | None = None
    why: str = ""


def editor_command(environment: dict[str, str] | None = None) -> list[str]:
    """VISUAL, else EDITOR, else an editor that is there. Raises NoEditor."""
    told = os.environ if environment is None else environment
    named = "VISUAL" if told.get("VISUAL", "").strip() else "EDITOR"
    chosen = told.get(named, "").strip()
    if chosen:
        return _split(named, chosen)
    known = ("notepad",) if os.name == "nt" else _KNOWN
    found = next((name for name in known if shutil.which(name)), None)
    if found is None:
        raise NoEditor(tr("No editor was found. Set EDITOR to its command."))
    return [found]


def _split(named: str, chosen: str) -> list[str]:
    try:
        command = shlex.split(chosen, posix=os.name != "nt")
    except ValueError as error:
        words = tr("A quotation mark in {name} is not closed: {command}", name=named, command=chosen)
        raise NoEditor(words) from error
    program = command[0].strip('"') if command else ""
    if not shutil.which(program):
        raise NoEditor(tr("The editor that {name} names was not found: {command}", name=named, command=chosen))
    return [program, *command[1:]]


def told(outcome: Outcome) -> str:
    """What has to be said of it; nothing where all went well."""
    if outcome.kept is not None:
        return tr("The editor failed ({why}). What it wrote is kept in {file}.", why=outcome.why, file=outcome.kept)
    return tr("The editor failed ({why}). Nothing was changed.", why=outcome.why) if outcome.why else ""


def edit(text: str, command: Sequence[str], run: Callable[[list[str]], int]) -> Outcome:
    """Gives the text to an editor. What it wrote before it crashed is kept and never taken over by itself."""
    folder = _own_folder()
    file = folder / "hoso.md"
    begun = text + "\n" if text else ""
    file.write_text(begun, encoding="utf-8", newline="\n")
    try:
        code = run([*command, str(file)])
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        return Outcome(why=cause(error))
    try:
        size = file.stat().st_size
        if size > _MOST:
            return Outcome(kept=file, why=tr("it wrote {size}, more than an answer can be", size=shown_size(size)))
        written = tidy(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        return Outcome(kept=file, why=tr("what it wrote is no text in UTF-8"))
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        return Outcome(why=tr("it took the file away"))
    if code != 0 and written != tidy(begun):
        return Outcome(kept=file, why=str(code))
    shutil.rmtree(folder, ignore_errors=True)
    return Outcome(None if code != 0 or written == tidy(begun) else written, why=str(code) if code else "")


def run_and_wait(command: list[str]) -> int:
    return subprocess.run(command, check=False).returncode


def _own_folder() -> Path:
    """A new folder that only its owner may look into; in the state folder, which survives a restart."""
    above = state_folder() / "editing"
    above.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Path(tempfile.mkdtemp(dir=above))
