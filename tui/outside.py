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

from hoso.paths import state_folder
from hoso.text import tidy

_KNOWN = ("sensible-editor", "nano", "vim", "vi")


class Outcome(NamedTuple):
    """What came back: a new text, or None for none; where the file still lies if the editor failed; why."""

    text: str | None = None
    kept: Path | None = None
    why: str = ""


def editor_command(environment: dict[str, str] | None = None) -> list[str]:
    """VISUAL, else EDITOR, else an editor that is there; empty where there is none."""
    told = os.environ if environment is None else environment
    chosen = told.get("VISUAL") or told.get("EDITOR")
    if chosen:
        return shlex.split(chosen, posix=os.name != "nt")
    known = ("notepad",) if os.name == "nt" else _KNOWN
    return next(([name] for name in known if shutil.which(name)), [])


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
        return Outcome(why=error.strerror or str(error))
    try:
        written = tidy(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        return Outcome(kept=file if file.exists() else None, why=str(error))
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
