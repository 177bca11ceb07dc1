"""Half-written files of saves that were cut off are taken away when their dossier opens; young ones stay."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from hoso.store.sweeping import FORSAKEN, sweep_dossier
from tests.tui_case import NAME, UNIT, folder, make_case, open_case
from tui.session import Session

_KILLED = """
import os, signal, sys
from pathlib import Path
from hoso import yamlio
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL) if os.name != "nt" else os._exit(1)
yamlio.write(Path(sys.argv[1]), "hoso: 1\\n")
"""


def test_what_a_killed_save_left_goes_after_a_day(tmp_path: Path) -> None:
    root = make_case(tmp_path / "ws")
    answers = folder(root) / "bao_cao.yaml"
    answers.parent.mkdir(parents=True)
    subprocess.run([sys.executable, "-c", _KILLED, answers], check=False)
    (left,) = answers.parent.iterdir()
    assert left.name.startswith(".bao_cao.yaml.") and not answers.exists()
    Session(open_case(root), NAME, UNIT).close()
    assert left.exists()  # its writer might be at it still
    old = time.time() - FORSAKEN - 60
    os.utime(left, (old, old))
    Session(open_case(root), NAME, UNIT).close()
    assert not left.exists()


def test_nothing_else_is_taken_away(tmp_path: Path) -> None:
    old = time.time() - 2 * FORSAKEN
    kept = [tmp_path / name for name in ("bao_cao.yaml", "files/a/x.hoso-tmp", ".nhap.txt", "history/a.yaml")]
    gone = [tmp_path / name for name in (".dossier.yaml.abc.hoso-tmp", "history/.a.yaml.x1.hoso-tmp")]
    for path in [*kept, *gone]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
        os.utime(path, (old, old))
    assert sweep_dossier(tmp_path) == 2
    assert all(path.exists() for path in kept) and not any(path.exists() for path in gone)
    assert sweep_dossier(tmp_path / "không có") == 0
