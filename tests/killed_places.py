"""What somebody may be doing when the app is killed, and what has to be on the disk then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

from hoso import yamlio
from hoso.store.attachments import faults
from hoso.workspace import Workspace
from tests import review_case, tui_case
from tests.pty_app import PtyApp
from tests.telex import WORDS, keystrokes
from tests.test_grid_pty import made as make_table
from tests.test_session import filled
from tui.session import Session

_RUN = """
import sys
from pathlib import Path
from hoso.workspace import Workspace
from tui.app import HosoApp
sys.exit(HosoApp(Workspace(Path(sys.argv[1])), open_at=(sys.argv[2], sys.argv[3])).run())
"""
OPEN_ROWS = """
- id: t1
  type: table
  columns: {each: 1..4, id: "c{}", label: "Cột {}", type: text, lines: 1}
  rows: {open: true}
"""
ENTER, F5, F9, F10, CTRL_G, TAB = b"\r", b"\x1b[15~", b"\x1b[20~", b"\x1b[21~", b"\x07", b"\t"
ROOT = Path(__file__).parent.parent
Typed = list[tuple[float, str]]  # each word with the moment at which it was sent whole
Kept = list[str] | None  # the words on disk; None for a file that does not read


class Place(NamedTuple):
    """Makes the workspace; goes where it happens and does it until a moment; reads what is kept of it."""

    make: Callable[[Path], Path]
    dossier: tuple[str, str]
    begins: str  # is on the screen when it can begin
    go: Callable[[PtyApp], None]
    act: Callable[[PtyApp, Random, float], Typed]
    kept: Callable[[Path], Kept]
    whole: Callable[[Path], str]  # what else is wrong with what was left

    def command(self, root: Path) -> list[str | Path]:
        return [sys.executable, "-c", _RUN, root, *self.dossier]


def type_words(app: PtyApp, random: Random, end: float, behind: bytes = b" ") -> Typed:
    """Types words as an input method does."""
    typed = []
    while time.monotonic() < end:
        word = random.choice(WORDS)
        for burst in keystrokes(word, random, decomposed=False):
            app.send(burst)
            time.sleep(random.uniform(0.002, 0.03))
        app.send(behind)
        typed.append((time.monotonic(), word))
    return typed


def _read(path: Path) -> dict[str, object] | None:
    if not path.exists():
        return {}
    document, problems = yamlio.read(path, path.name)
    return None if document is None or problems else dict(document.data)


def _fine(_: Path) -> str:
    return ""


# ---- prose ------------------------------------------------------------------------------------------------------


def _to_prose(app: PtyApp) -> None:
    app.send(TAB)
    time.sleep(0.3)


def _prose(root: Path) -> Kept:
    data = _read(tui_case.folder(root) / "bao_cao.yaml")
    answers = data and data.get("answers")
    kept = (answers.get("chung") or {}) if isinstance(answers, dict) else {}
    return None if data is None else str(kept.get("ket_qua", "")).split()


# ---- a table ----------------------------------------------------------------------------------------------------


def _cells(root: Path) -> Kept:
    data = _read(root / "checklists/dot/so-a/bieu.yaml")
    answers = data and data.get("answers")
    table = ((answers.get("s") or {}).get("t1") or {}) if isinstance(answers, dict) else {}
    return None if data is None else [str(cell) for row in table.values() for cell in (row or {}).values()]


def _type_cells(app: PtyApp, random: Random, end: float) -> Typed:
    return type_words(app, random, end, behind=TAB)


def _paste_cells(app: PtyApp, random: Random, end: float) -> Typed:
    block = "\n".join("\t".join(str(row * 4 + column) for column in range(4)) for row in range(750))
    app.send(b"\x1b[200~" + block.encode() + b"\x1b[201~")
    time.sleep(max(0.0, end - time.monotonic()))
    return []


def _all_or_none(root: Path) -> str:
    kept = _cells(root)
    return "" if kept is None or len(kept) in (0, 3000) else f"{len(kept)} of 3,000 cells"


# ---- attaching --------------------------------------------------------------------------------------------------


def _make_with_letter(root: Path) -> Path:
    tui_case.make_case(root)
    (root.parent / "thu.txt").write_text("Kính gửi\n" * 200_000, encoding="utf-8")
    return root


def _open_documents(app: PtyApp) -> None:
    app.send(F9)
    app.wait_for("Công văn")
    time.sleep(0.3)


def _attach(app: PtyApp, _: Random, end: float) -> Typed:
    app.send(b"thu.txt" + ENTER)
    time.sleep(max(0.0, end - time.monotonic()))
    return []


def _nothing(_: Path) -> Kept:
    return []


def _files(root: Path) -> str:
    workspace = Workspace(root)
    dossier = workspace.open(tui_case.NAME, tui_case.UNIT)
    listed = [one for files in dossier.attachments.values() for one in files]
    wrong = [fault.code for one in listed for fault in faults(root, dossier, one, None)]
    return ", ".join([*wrong, *(problem.code for problem in dossier.problems)])


# ---- handing in -------------------------------------------------------------------------------------------------


def _make_filled(root: Path) -> Path:
    tui_case.make_case(root)
    session = Session(tui_case.open_case(root), tui_case.NAME, tui_case.UNIT)
    filled(session, root.parent)
    session.close()
    return root


def _ask_to_hand_in(app: PtyApp) -> None:
    app.send(F10)
    app.wait_for("Chưa nộp")
    time.sleep(0.2)


def _hand_in(app: PtyApp, _: Random, end: float) -> Typed:
    app.send(ENTER)
    time.sleep(max(0.0, end - time.monotonic()))
    return []


def _handed_in(root: Path) -> str:
    """Whether it is handed in whole, or can still be."""
    session = Session(tui_case.open_case(root), tui_case.NAME, tui_case.UNIT)
    problems = [one.code for one in session.dossier.problems]
    if problems:
        return ", ".join(problems)
    if session.dossier.state == "drafting":
        session.submit()
    again = tui_case.open_case(root).open(tui_case.NAME, tui_case.UNIT)
    frozen = all((tui_case.folder(root) / "frozen" / f"{part}.yaml").is_file() for part in again.frozen)
    events = list((tui_case.folder(root) / "history").glob("*.yaml"))
    return "" if again.state == "handed_in" and again.frozen and frozen and events else f"half handed in: {again.state}"


# ---- reviewing --------------------------------------------------------------------------------------------------


def _begin_remark(app: PtyApp) -> None:
    app.send(CTRL_G)
    app.wait_for("Thẩm định · ")
    app.send(F5)
    app.wait_for("Nhận xét về gì?")
    app.send(ENTER)
    app.wait_for("Nhận xét về “Kết quả”")


def _remarks(root: Path) -> Kept:
    dossier = review_case.open_case(root).open(review_case.NAME, review_case.UNIT)
    if dossier.problems:
        return None
    appraisal = dossier.appraisals.get("bao_cao")
    return [word for one in (appraisal.all_remarks() if appraisal else ()) for word in one.text.split()]


OF_CASE, TABLE, REVIEWED = (tui_case.NAME, tui_case.UNIT), ("dot", "so-a"), (review_case.NAME, review_case.UNIT)


def _table(root: Path) -> Path:
    return make_table(root, OPEN_ROWS)


def _stay(_: PtyApp) -> None:
    time.sleep(0.3)


PLACES = {
    "prose": Place(tui_case.make_case, OF_CASE, "Quy mô", _to_prose, type_words, _prose, _fine),
    "table": Place(_table, TABLE, "│", _stay, _type_cells, _cells, _fine),
    "paste": Place(_table, TABLE, "│", _stay, _paste_cells, lambda root: _cells(root) and [], _all_or_none),
    "attach": Place(_make_with_letter, OF_CASE, "Quy mô", _open_documents, _attach, _nothing, _files),
    "submit": Place(_make_filled, OF_CASE, "Quy mô", _ask_to_hand_in, _hand_in, _nothing, _handed_in),
    "review": Place(review_case.make_case, REVIEWED, "Đã làm xong", _begin_remark, type_words, _remarks, _fine),
}  # fmt: skip
