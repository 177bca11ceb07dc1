"""Kills the app at random moments of typing and looks at what is left: `python -m tests.kills 1000 --seed 1`.

A kill is SIGKILL, as a power cut. At most the last second may be missing, the file must read whole, and the next
one who opens the dossier must not be kept out by the lock of the dead one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import NamedTuple

from hoso import yamlio
from tests.pty_app import PtyApp
from tests.telex import WORDS, keystrokes
from tests.tui_case import NAME, UNIT, folder, make_case

_RUN = """
import sys
from pathlib import Path
from hoso.workspace import Workspace
from tui.app import HosoApp
sys.exit(HosoApp(Workspace(Path(sys.argv[1])), open_at=(sys.argv[2], sys.argv[3])).run())
"""
SAVED_WITHIN = 1.0  # seconds
ROOT = Path(__file__).parent.parent


class Result(NamedTuple):
    """What one kill left: how late the file was in seconds, and what was wrong with it."""

    seed: int
    behind: float
    wrong: str


def read_prose(root: Path) -> str | None:
    """The answer on disk; None where the file does not read."""
    path = folder(root) / "bao_cao.yaml"
    if not path.exists():
        return ""
    document, problems = yamlio.read(path, path.name)
    if document is None or problems:
        return None
    return str((document.data["answers"]["chung"] or {}).get("ket_qua", "")).rstrip("\n")


def type_until(app: PtyApp, random: Random, end: float) -> list[tuple[float, str]]:
    """Types words as an input method does until then; each with the moment at which it was sent whole."""
    typed = []
    while time.monotonic() < end:
        word = random.choice(WORDS)
        for burst in keystrokes(word, random, decomposed=False):
            app.send(burst)
            time.sleep(random.uniform(0.002, 0.03))
        app.send(b" ")
        typed.append((time.monotonic(), word))
    return typed


def judge(root: Path, typed: list[tuple[float, str]], killed: float) -> tuple[float, str]:
    kept = read_prose(root)
    if kept is None:
        return 0.0, "the file does not read"
    whole = " ".join(word for _, word in typed)
    words = kept.split()
    behind = max((killed - moment for moment, _ in typed[len(words) :]), default=0.0)
    if any(word != wanted for word, (_, wanted) in zip(words[:-1], typed, strict=False)):
        return behind, f"other words: {kept[:60]!r} for {whole[:60]!r}"
    if behind > SAVED_WITHIN:
        return behind, "more than the last second is missing"
    return behind, ""


def kill_once(seed: int) -> Result:
    """Types for a random while, kills, judges; then opens again and types one word more."""
    random = Random(seed)
    with tempfile.TemporaryDirectory() as temporary:
        root = make_case(Path(temporary) / "ws")
        env = {"HOSO_STATE": f"{temporary}/state", "HOSO_CACHE": f"{temporary}/cache", "HOSO_TODAY": "2021-12-01"}
        command = [sys.executable, "-c", _RUN, str(root), NAME, UNIT]
        with PtyApp(command, size=(100, 30), cwd=ROOT, env=env) as app:
            app.wait_for("Quy mô", timeout=120)
            app.send(b"\t")
            time.sleep(0.3)
            typed = type_until(app, random, time.monotonic() + random.uniform(0.2, 3.0))
            killed = time.monotonic()
            app.kill()
        behind, wrong = judge(root, typed, killed)
        return Result(seed, behind, wrong or _locked_out(root))


def _locked_out(root: Path) -> str:
    """Whether the dead one's lock keeps others out, or a half-written file was left under a real name."""
    from tests.tui_case import open_case
    from tui.session import Key, Session

    session = Session(open_case(root), NAME, UNIT)
    if session.holder("bao_cao") is not None:
        return "the lock of the dead process holds"
    session.type_into(Key("field", "bao_cao", "mot", "tieu_de"), "sau khi mất điện")
    saved = session.close()
    return "" if saved else f"cannot be saved again: {session.save_error}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=2)
    options = parser.parse_args()
    done, lock = list[Result](), threading.Lock()

    def one(seed: int) -> None:
        result = kill_once(seed)
        with lock:
            done.append(result)
            if result.wrong or len(done) % 25 == 0:
                bad = sum(bool(each.wrong) for each in done)
                latest = max(each.behind for each in done)
                print(f"{len(done)} kills, {bad} wrong, {latest:.2f} s behind at most {result.wrong}", flush=True)

    with ThreadPoolExecutor(options.at_once) as pool:
        list(pool.map(one, range(options.seed, options.seed + options.count)))
    return int(any(each.wrong for each in done))


if __name__ == "__main__":
    sys.exit(main())
