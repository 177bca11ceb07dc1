"""The small workspace with a year before it: the same unit, the same outline, some of its answers."""

from __future__ import annotations

from pathlib import Path

from tests.tui_case import CHECKLIST, NAME, OUTLINE, UNIT, make_case

BEFORE = "ho-so-cu"
PROSE = "Năm 2020 đã làm tốt.\n\nĐoạn hai nói về đảng viên mới.\nDòng cuối."


def make_two_years(root: Path) -> Path:
    make_case(root)
    indented = PROSE.replace("\n", "\n      ").replace("      \n", "\n")
    more = """\
  - id: phu
    title: Phụ lục
    sections:
      - id: lai
        title: Nhắc lại
        prompt: Nêu lại số đã báo cáo.
        fields:
          - {id: dang_vien, type: number, label: Đảng viên, required: false}
          - {id: nhan_xet, type: text, label: Nhận xét, required: false}
"""
    files = {
        "outlines/bao-cao.yaml": OUTLINE + more,
        f"checklists/{NAME}.yaml": CHECKLIST.replace("period: 2021\n", f"period: 2021\nprevious: {BEFORE}\n"),
        f"checklists/{BEFORE}.yaml": CHECKLIST.replace("2021", "2020"),
        f"checklists/{BEFORE}/{UNIT}/dossier.yaml": f"hoso: 1\nunit: {UNIT}\nstate: drafting\nattachments:\n",
        f"checklists/{BEFORE}/{UNIT}/bao_cao.yaml": (
            "hoso: 1\noutline: bao-cao\nversion: 1\nanswers:\n  chung:\n"
            f"    ket_qua: |\n      {indented}\n    dang_vien: 8197\n    ty_le: 94\n"
        ),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return root
