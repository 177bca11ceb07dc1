"""Kills the app at random moments and looks at what is left: `python -m tests.kills 1000 --seed 1 --where table`.

A kill is SIGKILL, as a power cut. At most the last second may be missing, every file must read whole, old or new, and
the next one who opens the dossier must not be kept out by the lock of the dead one.
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

from tests.killed_places import PLACES, ROOT, Place, Typed
from tests.pty_app import PtyApp

SAVED_WITHIN = 1.0  # seconds


class Result(NamedTuple):
    """What one kill left: how late the file was in seconds, and what was wrong with it."""

    seed: int
    behind: float
    wrong: str


def judge(place: Place, root: Path, typed: Typed, killed: float) -> tuple[float, str]:
    words = place.kept(root)
    if words is None:
        return 0.0, "a file does not read"
    behind = max((killed - moment for moment, _ in typed[len(words) :]), default=0.0)
    if any(word != wanted for word, (_, wanted) in zip(words[:-1], typed, strict=False)):
        return behind, f"other words: {' '.join(words)[:60]!r} for {' '.join(word for _, word in typed)[:60]!r}"
    if behind > SAVED_WITHIN:
        return behind, "more than the last second is missing"
    return behind, place.whole(root)


def kill_once(seed: int, where: str = "prose") -> Result:
    """Does something for a random while, kills, judges; then opens again and types one word more."""
    random, place = Random(seed), PLACES[where]
    with tempfile.TemporaryDirectory() as temporary:
        root = place.make(Path(temporary) / "ws")
        env = {"HOSO_STATE": f"{temporary}/state", "HOSO_CACHE": f"{temporary}/cache", "HOSO_TODAY": "2021-12-01"}
        with PtyApp(place.command(root), size=(100, 30), cwd=ROOT, env=env | {"HOME": temporary}) as app:
            app.wait_for(place.begins, timeout=120)
            place.go(app)
            typed = place.act(app, random, time.monotonic() + random.uniform(0.02, 3.0))
            killed = time.monotonic()
            app.kill()
        behind, wrong = judge(place, root, typed, killed)
        return Result(seed, behind, wrong or (_locked_out(root) if where == "prose" else ""))


def _locked_out(root: Path) -> str:
    """Whether the dead one's lock keeps others out, or a half-written file was left under a real name."""
    from tests.tui_case import NAME, UNIT, open_case
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
    parser.add_argument("--where", choices=PLACES, default="prose")
    options = parser.parse_args()
    done, lock = list[Result](), threading.Lock()

    def one(seed: int) -> None:
        result = kill_once(seed, options.where)
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
