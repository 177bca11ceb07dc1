"""Random keys, pastes, clicks and sizes on whatever screen comes: `python -m tests.fuzz 200 --seed 1`.

Nothing may ever end the app or leave a file that does not read."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import traceback
from pathlib import Path
from random import Random
from unittest.mock import patch

from textual import events

from hoso import yamlio
from tests import review_case
from tests.every_kind_case import make_every_kind
from tests.telex import WORDS
from tests.tui_case import NAME, UNIT, open_case
from tui import keys
from tui.app import HosoApp

HOSTILE = [
    "\x00\x01\x02\x1b[31mđỏ\x1b[0m\x7f", "\x1b[200~lồng nhau\x1b[201~", "\ud800 nửa chữ \udfff", "👩‍👩‍👧‍👦 👍🏽 🇻🇳",
    "\u202eđảo\u202c \u200f\u200e\u2067x\u2069", "\u0301\u0323\u0302đầu dòng", "e\u0323\u0302 e\u0302\u0323 \u0301\u0301\u0301",
    "a\tb\tc\n1\t2\t3\n", "x\r\ny\rz\x0bw\x0c\x1c\x85\u2028\u2029v", "\ufeff\u200b\u00ad\u2060", "{{chung.dang_vien}} {{ }} {{",
    "<<<<<<< a\n=======\n>>>>>>> b", "- : # ' \" | > & * ! % @ `", "8.341", "9" * 400, "1e400", "0x10", "[bold]x[/bold] [/]",
    "\ue000\ufffe\uffff\U0010ffff", "𝐓𝐢𝐞̂́𝐧𝐠", "ｗｉｄｅ 全角", "\n" * 30, " " * 200,
]  # fmt: skip
EVERY = ("escape", "enter", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pageup", "pagedown",
         "backspace", "delete", "space", "ctrl+a", "ctrl+c", "ctrl+x", "ctrl+v", "ctrl+z", "ctrl+y", "shift+down",
         "shift+right", "ctrl+end", "ctrl+home", "ctrl+left", "ctrl+backspace", "ctrl+delete", "insert", "f5")  # fmt: skip
_NEVER = {"quit", "outside"}  # the one ends it all, the other needs a terminal


def all_keys() -> list[str]:
    made = [key for one in keys.COMMANDS if one.id not in _NEVER for key in one.key.split(",") if key]
    return [*EVERY * 2, *made, *"ax1đ.%"]


def an_event(random: Random) -> events.Event | tuple[int, int]:
    """A key, a paste, a click, the window losing or getting the focus; or a size."""
    kind = random.random()
    if kind < 0.80:
        key = random.choice(all_keys())
        return events.Key(key, " " if key == "space" else key if len(key) == 1 else None)
    if kind < 0.90:
        return events.Paste(random.choice([*HOSTILE, random.choice(WORDS), "a\tb\n" * random.randint(1, 60)]))
    if kind < 0.93:
        return random.choice([events.AppFocus, events.AppBlur])()
    if kind < 0.96:
        return random.randint(20, 200), random.randint(5, 60)
    x, y = random.randint(0, 119), random.randint(0, 39)
    made = random.choice([events.MouseDown, events.MouseUp, events.MouseMove, events.MouseScrollDown])
    return made(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y)


async def play(root: Path, at: tuple[str, str] | None, seed: int, steps: int) -> None:
    """Raises what the app was ended by; AssertionError for a file that does not read."""
    random = Random(seed)
    app = HosoApp(open_case(root), open_at=at)
    async with app.run_test(size=random.choice([(80, 24), (120, 40), (160, 45)]), notifications=True) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        for _ in range(steps):
            happens = an_event(random)
            if isinstance(happens, tuple):
                await pilot.resize_terminal(*happens)
            else:
                app.post_message(happens)
            if random.random() < 0.5:
                await pilot.pause()
            if app._exception is not None or not app.is_running:
                break
        await pilot.pause()
        assert app._exception is None
        for session in app.sessions:
            assert session.save(), session.save_error
    must_read(root)


def must_read(root: Path) -> None:
    for path in root.rglob("*.yaml"):
        document, problems = yamlio.read(path, path.name)
        assert document is not None and not problems, (path, problems)


def one(seed: int, steps: int = 80) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        os.environ |= {"HOSO_STATE": f"{base}/state", "HOSO_CACHE": f"{base}/cache", "HOSO_TODAY": "2021-12-01"}
        at: tuple[str, str] | None = (NAME, UNIT)
        if seed % 3 == 2:
            root, at = review_case.make_case(base / "ws"), (review_case.NAME, review_case.UNIT)
        else:
            root = make_every_kind(base / "ws")
        # Nothing is opened outside, whatever is pressed.
        with patch("subprocess.Popen", side_effect=FileNotFoundError("nothing to open it with")):
            asyncio.run(play(root, None if seed % 7 == 6 else at, seed, steps))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=80)
    options = parser.parse_args()
    bad = 0
    for seed in range(options.seed, options.seed + options.count):
        try:
            one(seed, options.steps)
        except BaseException:
            bad += 1
            print(f"--- seed {seed}", flush=True)
            traceback.print_exc(limit=-6)
    print(f"{options.count} walks, {bad} ended badly")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
