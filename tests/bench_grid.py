"""The budgets of a large table: 300 rows of 12 columns, a key to the screen, 3,000 cells pasted."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROWS, COLUMNS, PASTED = 300, 12, 300 * 10
DOWN, ENTER, TAB, TOP, UNDO = b"\x1b[B", b"\r", b"\t", b"\x1b[1;5H", b"\x1a"
SEEN = 23  # lines of the screen: below, problems are told and the time of saving, a moment after the key
DIGITS = "123456789"
WORDS = ("viet", "nghi", "quyen", "truong", "dang", "khoi")


def made(root: Path) -> Path:
    """A workspace whose one section is the table: a text, ten figures, their sum; a total, a check on each row."""
    figures = "\n".join(f"          - {{id: c{one}, label: Cột {one}, type: number, at_least: 0, required: true}}"
                        for one in range(1, 11))  # fmt: skip
    outline = f"""hoso: 1
title: Biểu lớn
sections:
  - id: s
    title: Bảng
    fields:
      - id: t
        type: table
        label: Bảng lớn
        rows: {{open: true, number: "1"}}
        columns:
          - {{id: ten, label: Tên, type: text, lines: 1}}
{figures}
          - {{id: tong, label: Tổng, type: number, compute: {{sum: [{", ".join(f"c{one}" for one in range(1, 11))}]}}}}
        total: {{label: Cộng}}
        checks:
          - {{check: sum_equals, parts: [c1], total: c2, remainder: allowed, each: row, level: warning}}
"""
    cells = "".join(f"        c{one}: {10 + one}\n" for one in range(1, 11))
    rows = "".join(f"      r{place:04}:\n        ten: Đơn vị {place}\n{cells}" for place in range(1, ROWS + 1))
    for name, text in {
        "hoso.yaml": "hoso: 1\n", "outlines/lists.yaml": "hoso: 1\nkinds:\n  so: {label: Sở}\n", "outlines/bieu.yaml": outline,
        "checklists/units.yaml": "hoso: 1\nunits:\n  so-a: {name: Sở A, kind: so}\n",
        "checklists/dot.yaml": "hoso: 1\ntitle: Đợt\nitems:\n  - {id: bieu, title: Biểu, outline: bieu}\n",
        "checklists/dot/so-a/dossier.yaml": "hoso: 1\nunit: so-a\nstate: drafting\nattachments:\n",
        "checklists/dot/so-a/bieu.yaml": f"hoso: 1\noutline: bieu\nversion: 1\nanswers:\n  s:\n    t:\n{rows}",
    }.items():  # fmt: skip
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def measured(
    workspace: Path,
    bare: str,
    env: dict[str, str],
    alternate: Callable[..., list[float]],
    wait: Callable[[Any, Callable[[], bool]], None],
) -> Iterator[tuple[str, float, float]]:
    """What was done, the seconds in a bare TextArea (0 where that does nothing like it), the seconds in the grid."""
    from tests.pty_app import PtyApp

    fill = [sys.executable, "-m", "hoso", "fill", "dot", "so-a"]
    with ExitStack() as stack:
        plain, grid = (
            stack.enter_context(PtyApp(command, size=(120, 30), env=env, cwd=workspace))
            for command in ([sys.executable, "-c", bare], fill)
        )
        wait(plain, lambda: "row 5" in plain.text)
        wait(grid, lambda: "Đơn vị 5" in grid.text)
        time.sleep(2)
        plain_time, ours = alternate(60, _letters(plain, wait, 30), _letters(grid, wait, SEEN))
        yield "letter", plain_time, ours
        grid.send(TAB)
        plain_time, ours = alternate(60, _letters(plain, wait, 30, DIGITS), _letters(grid, wait, SEEN, DIGITS))
        yield "digit", plain_time, ours
        yield "paste", 0.0, _pasting(grid, wait)


def _letters(app: Any, wait: Callable[[Any, Callable[[], bool]], None], seen: int, letters: str = "") -> Any:
    """Types a letter a call and tells the seconds until it is shown; now and then goes on to the next line."""
    typed = iter([*letters] * 40) if letters else (letter for word in WORDS * 20 for letter in word)
    count = 0

    def one() -> float:
        nonlocal count
        count += 1
        if count % 5 == 0 and count < 30:
            app.send(ENTER)
            time.sleep(0.3)
        letter = next(typed)
        before = app.lines[:seen]
        begun = time.perf_counter()
        app.send(letter.encode())
        wait(app, lambda: app.lines[:seen] != before)
        taken = time.perf_counter() - begun
        time.sleep(0.05)
        return taken

    return one


def _pasting(app: Any, wait: Callable[[Any, Callable[[], bool]], None]) -> float:
    """Pastes other figures into all rows, three times; the best time until they are shown."""
    times = []
    for round_ in (1, 2, 3):
        app.send(TOP + TAB)
        time.sleep(1)
        block = "\r\n".join("\t".join([str(1000 * round_ + row)] * (PASTED // ROWS)) for row in range(1, ROWS + 1))
        shown = f"{1000 * round_ + 1:,}".replace(",", ".")
        begun = time.perf_counter()
        app.send(b"\x1b[200~" + block.encode() + b"\x1b[201~")
        wait(app, lambda shown=shown: shown in app.text)  # type: ignore[misc]
        times.append(time.perf_counter() - begun)
        time.sleep(1)
    return min(times)
