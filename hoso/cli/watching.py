"""What the pages of a workspace are made from, watched by looking again: network folders report no changes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

WATCHED = ("outlines", "checklists", "site", "hoso.yaml", "mkdocs.yml", "mkdocs.en.yml")
# Locks beat while somebody writes, and editors keep half-written files beside the real ones.
_PASSING = (".lock.json", ".hoso-tmp", ".swp", "~")
_LEAST, _SHARE = 0.3, 5


class Look(NamedTuple):
    """How many files there are, and sums that change with any of them."""

    files: int
    changed: int
    size: int


def look(root: Path) -> Look:
    files = changed = size = 0
    for name in WATCHED:
        for found in _files(root / name):
            files += 1
            changed += found.st_mtime_ns
            size += found.st_size
    return Look(files, changed, size)


def _files(path: Path) -> Iterator[os.stat_result]:
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name.endswith(_PASSING):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    yield from _files(Path(entry.path))
                else:
                    yield entry.stat()
    except NotADirectoryError:
        yield path.stat()
    except OSError:
        return


def changes(root: Path) -> Iterator[None]:
    """Yields whenever something was saved, for ever. Looking takes at most a fifth of the time."""
    seen = look(root)
    while True:
        begun = time.monotonic()
        now = look(root)
        if now != seen:
            seen = now
            yield
        else:
            time.sleep(max(_LEAST, _SHARE * (time.monotonic() - begun)))
