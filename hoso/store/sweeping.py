"""What saves have left behind that were ended by a power cut: half-written files beside those they were meant for."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from hoso.yamlio.writing import UNFINISHED

FORSAKEN = 24 * 3600  # seconds: no save takes a day, on whatever machine of a shared folder it runs


def sweep_dossier(folder: Path, now: float | None = None) -> int:
    """Takes unfinished files older than a day away, in the folder of a dossier and below; tells how many."""
    moment, count = time.time() if now is None else now, 0
    with suppress(OSError):
        for path in folder.rglob(f".*{UNFINISHED}"):
            with suppress(OSError):
                if path.is_file() and not path.is_symlink() and moment - path.stat().st_mtime > FORSAKEN:
                    path.unlink()
                    count += 1
    return count
