"""A small workspace with a dossier that was handed in, for the tests of reviewing."""

from __future__ import annotations

from pathlib import Path

from hoso.clock import clock_of
from hoso.desk import Desk
from hoso.workspace import Workspace

LISTS = """\
hoso: 1
lists:
  muc:
    - {id: xuat_sac, label: Xuất sắc}
    - {id: tot, label: Tốt}
    - {id: hoan_thanh, label: Hoàn thành}
    - {id: khong, label: Không hoàn thành}
kinds:
  huyen: {label: Huyện}
  so: {label: Sở}
"""
UNITS = """\
hoso: 1
units:
  huyen-a: {name: Huyện ủy A, kind: huyen}
  so-b: {name: Sở B, kind: so}
"""
REPORT = """\
hoso: 1
title: Báo cáo
sections:
  - id: chung
    title: Tình hình chung
    fields:
      - {id: ket_qua, type: text, label: Kết quả}
      - {id: dang_vien, type: number, label: Đảng viên}
  - id: rieng
    title: Tình hình riêng
    fields:
      - {id: han_che, type: text, label: Hạn chế}
"""
SHEET = """\
hoso: 1
title: Bảng điểm
sections:
  - id: cham
    title: Tự chấm
    fields:
      - {id: ky_luat, type: choice, label: Kỷ luật, options: [{id: co, label: Có}, {id: khong, label: Không}]}
      - id: diem
        type: scoring
        label: Bảng điểm
        groups:
          - id: viec
            title: Việc
            at_most: 100
            criteria:
              - {id: chinh, title: Việc chính, at_most: 60, step: "0.5"}
              - {id: phu, title: Việc phụ, at_most: 40}
        levels: {list: muc, at_least: {xuat_sac: 90, tot: 70, hoan_thanh: 50, khong: 0}}
        caps:
          - {when: ky_luat == "co", level: hoan_thanh, because: Có kỷ luật}
      - {id: tu_nhan, type: choice, label: Mức tự nhận, options: muc}
"""
CHECKLIST = """\
hoso: 1
title: Hồ sơ thử năm 2021
period: 2021
deadline: {by: 2021-12-31}
to:
  - {id: phong_tong_hop, name: Phòng Tổng hợp, by: [paper]}
items:
  - {id: bao_cao, title: Báo cáo, outline: bc}
  - id: tu_cham
    title: Bảng tự chấm
    choose:
      - {when: unit.kind == "huyen", outline: bang}
      - {attach: {formats: [txt], at_least: 1}, levels: muc, because: Không có bảng điểm}
  - {id: cong_van, title: Công văn, attach: {formats: [txt], at_least: 1}, required: false}
checks:
  - {id: q, check: at_most_share, over: units, of: tu_cham.final_level, part: [xuat_sac], base: [tot], limit: 20%, round: down, level: warning}
"""
NAME, UNIT, OTHER = "hs", "huyen-a", "so-b"
ANSWERS = """\
hoso: 1
outline: bc
version: 1
answers:
  chung:
    ket_qua: Đã làm xong
    dang_vien: 8341
  rieng:
    han_che: Còn chậm
"""
POINTS = """\
hoso: 1
outline: bang
version: 1
answers:
  cham:
    ky_luat: khong
    diem:
      viec.chinh: 55
      viec.phu: 38
    tu_nhan: xuat_sac
"""


def make_case(root: Path, state: str = "handed_in") -> Path:
    files = {
        "hoso.yaml": "hoso: 1\n", "outlines/lists.yaml": LISTS, "outlines/bc.yaml": REPORT, "outlines/bang.yaml": SHEET,
        "checklists/units.yaml": UNITS, f"checklists/{NAME}.yaml": CHECKLIST,
        f"checklists/{NAME}/{UNIT}/dossier.yaml": f"hoso: 1\nunit: {UNIT}\nstate: {state}\nattachments:\n",
        f"checklists/{NAME}/{UNIT}/bao_cao.yaml": ANSWERS, f"checklists/{NAME}/{UNIT}/tu_cham.yaml": POINTS,
    }  # fmt: skip
    for name, text in files.items():
        write(root / name, text)
    return root


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def folder(root: Path, unit: str = UNIT) -> Path:
    return root / "checklists" / NAME / unit


def open_case(root: Path) -> Workspace:
    return Workspace(root, clock_of())


def desk_of(root: Path, unit: str = UNIT) -> Desk:
    workspace = open_case(root)
    return Desk(workspace, workspace.open(NAME, unit))
