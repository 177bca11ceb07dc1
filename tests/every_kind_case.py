"""A workspace in which everything stands that can be filled: all kinds of fields, tables, a score sheet, a claim,
private answers, remarks to be ticked off, the dossier of the year before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hoso.definitions import Outline
from tests.test_plain import TABLES
from tests.tui_case import LISTS, NAME, UNIT, folder
from tests.writing_case import make_two_years
from tui.grids import Desk, Grid, ScoringGrid, TableGrid
from tui.places import Key
from tui.session import Session

LEVELS = """\
lists:
  muc:
    - {id: tot, label: Tốt}
    - {id: kha, label: Khá}
"""
RATED = "  - {id: tu_cham, title: Bảng tự chấm, attach: {formats: [txt], at_least: 1}, levels: muc, required: false}\n"
PRIVATE = """\
  - id: rieng
    title: Riêng
    fields:
      - {id: mat, type: text, label: Điều riêng, private: true}
"""
REMARKS = """\
hoso: 1
remarks:
  chung:
    rabcd:
      text: Nêu số liệu
      field: ket_qua
      at: 2021-12-01T08:00:00+07:00
"""
TICKS = "settled:\n  bao_cao:\n    rabcd:\n      done:\n"  # as returning a dossier makes them
FIXED, OPEN, POINTS = (Key("field", "bao_cao", "bang", name) for name in ("co_dinh", "mo", "diem"))


def make_every_kind(root: Path) -> Path:
    make_two_years(root)
    outline, checklist = root / "outlines/bao-cao.yaml", root / f"checklists/{NAME}.yaml"
    _add(root / "outlines/lists.yaml", LISTS + LEVELS)
    _add(outline, outline.read_text(encoding="utf-8") + TABLES.removeprefix("\n") + PRIVATE)
    _add(checklist, checklist.read_text(encoding="utf-8") + RATED)
    _add(folder(root) / "dossier.yaml", f"hoso: 1\nunit: {UNIT}\nstate: returned\nattachments:\n{TICKS}")
    _add(folder(root) / "bao_cao.appraisal.yaml", REMARKS)
    return root


def _add(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def desk_of(session: Session, key: Key) -> Desk:
    """The grid of a table or score sheet as it stands now; what is done there goes into the session."""
    made: Any = session.field(key)
    raw = session.raw(key)
    value = raw if isinstance(raw, dict) and "absent" not in raw else {}
    grid: Grid = ScoringGrid(made, value, lambda _: True) if made.type == "scoring" else TableGrid(made, value)

    def keep(value: dict[str, object], joined: bool) -> None:
        if not joined:
            session.seal()
        session.put(key, value or None, seen=desk.grid.value)
        desk.take(desk.grid, value)

    desk = Desk(grid, keep)
    return desk


def fields_of(session: Session) -> list[Key]:
    """Every field of every part, hidden ones too."""
    outlines: list[tuple[str, Outline]] = [(part, made) for part in session.asked if (made := session.outline(part))]
    return [
        Key("field", part, node.id, name)
        for part, made in outlines
        for node in made.nodes.values()
        for name in node.fields
    ]
