"""Names of attached files: kept so that every system can hold them, found however they are composed."""

from __future__ import annotations

from pathlib import Path

from hoso.kinds.spec import WINDOWS_NAMES
from hoso.text import LINES, UNPRINTABLE, composed, fold

_REFUSED = '<>:"/\\|?*'


def plain_name(name: str) -> str:
    """A name that every system can keep: NFC, at most 200 bytes, nothing that Windows refuses or nobody can see."""
    cleaned = "".join("_" if _is_refused(letter) else letter for letter in composed(name))
    stem, dot, suffix = cleaned.strip(" .").rpartition(".")
    if not stem:
        stem, dot, suffix = suffix, "", ""
    if stem.partition(".")[0].lower() in WINDOWS_NAMES:
        stem = f"_{stem}"
    return f"{_cut(stem, 160).rstrip(' .')}{dot}{_cut(suffix, 30)}" or "tep"


def is_lock(name: str) -> bool:
    """Whether a word processor put the file beside one that it holds open: `~$letter.docx`, `.~lock.letter.odt#`."""
    return name.startswith("~$") or (name.startswith(".~lock.") and name.endswith("#"))


def free_name(folder: Path, name: str) -> str:
    """The name, or one made from it that no system takes for one that is there."""
    taken = {fold(path.name) for path in folder.iterdir()}
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, dot + suffix) if stem else (name, "")
    count, made = 1, name
    while fold(made) in taken:
        count += 1
        made = f"{stem} ({count}){suffix}"
    return made


def as_lies(path: Path) -> Path:
    """The path as the disk spells it: a name may lie there in NFD that is written in NFC, or the other way about."""
    try:
        if path.exists() or path == path.parent:
            return path
        folder = as_lies(path.parent)
        wanted = composed(path.name)
        return next((one for one in folder.iterdir() if composed(one.name) == wanted), path)
    except (OSError, RuntimeError, ValueError):
        return path


def _is_refused(letter: str) -> bool:
    hidden = UNPRINTABLE.match(letter) or LINES.match(letter)
    return letter in _REFUSED or ord(letter) < 32 or "\ud800" <= letter <= "\udfff" or hidden is not None


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")
