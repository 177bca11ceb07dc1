"""Which files hold definitions, and what every file says first. Imports nothing heavy."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from hoso import __version__
from hoso.problems import Problem, named, problem
from hoso.yamlio import Document

LANGUAGE_VERSION = 1
LISTS, UNITS = "outlines/lists.yaml", "checklists/units.yaml"


def outline_files(root: Path) -> list[Path]:
    return sorted(path for path in (root / "outlines").glob("*.yaml") if path.name != "lists.yaml")


def checklist_files(root: Path) -> list[Path]:
    return sorted(path for path in (root / "checklists").glob("*.yaml") if path.name != "units.yaml")


def definition_files(root: Path) -> list[Path]:
    """Every file that definitions are read from, in the order of reading."""
    shared = [root / name for name in (LISTS, UNITS) if is_there(root, name)]
    return [*shared, *outline_files(root), *checklist_files(root)]


def is_there(root: Path, name: str) -> bool:
    """Whether something has this name, be it a file, a folder or a link that leads nowhere."""
    return os.path.lexists(root / name)


def fingerprint(root: Path) -> str:
    """Changes with the text of any definition and with hoso's version."""
    whole = hashlib.sha256(__version__.encode())
    for path in definition_files(root):
        whole.update(os.fsencode(path.relative_to(root).as_posix()) + b"\0" + _content(path) + b"\0")
    return whole.hexdigest()


def _content(path: Path) -> bytes:
    """What is in the file, as far as it can be read; reading it for good tells why it cannot."""
    try:
        return path.read_bytes() if path.is_file() else b"?"
    except OSError:
        return b"?"


def version_problem(document: Document) -> Problem | None:
    """What is wrong with the first thing a file has to say: its shape and the version of the language."""
    if not isinstance(document.data, dict):
        return problem("not-a-mapping", document.path, "", document.place(()), found=named(document.data))
    version = document.data.get("hoso")
    if version == str(LANGUAGE_VERSION):
        return None
    if version is None:
        return problem("version-missing", document.path, "", (1, 1))
    place = document.place(("hoso",))
    if not (isinstance(version, str) and version.isascii() and version.isdigit()):
        return problem("version-unknown", document.path, "hoso", place, value=named(version))
    if int(version[:9]) > LANGUAGE_VERSION:
        return problem("version-newer", document.path, "hoso", place, value=version)
    if int(version[:9]) < LANGUAGE_VERSION:
        return problem("version-unknown", document.path, "hoso", place, value=version)
    return None
