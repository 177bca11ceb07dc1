"""A small workspace with every field type, for the tests of the session and of the app."""

from __future__ import annotations

from pathlib import Path

from hoso.clock import clock_of
from hoso.workspace import Workspace

LISTS = """\
hoso: 1
kinds:
  so: {label: Sở}
documents:
  38-HD/BTCTW: {date: 2010-03-09, issuer: Ban Tổ chức Trung ương, about: tổ chức cơ sở đảng}
"""
UNITS = """\
hoso: 1
units:
  so-a: {name: Đảng bộ Sở A, kind: so}
  so-b: {name: Đảng bộ Sở B, kind: so}
"""
OUTLINE = """\
hoso: 1
title: Báo cáo thử
guidance: |
  Viết **ngắn gọn**.
sections:
  - id: chung
    title: Tình hình chung
    prompt: Nêu những nét chính.
    asks:
      - {id: quy_mo, text: "Quy mô, theo Hướng dẫn 38", mentions: [38-HD/BTCTW]}
      - {id: thuan_loi, text: Thuận lợi}
    fields:
      - {id: ket_qua, type: text, label: Kết quả đạt được, words: {at_least: 3, at_most: 500}}
      - {id: dang_vien, type: number, label: Tổng số đảng viên, measure: đảng viên, at_least: 0, compare: true}
      - {id: ty_le, type: number, label: Tỷ lệ, measure: "%", decimals: 1, required: false}
      - id: chinh_quyen
        type: choice
        label: Có chính quyền cùng cấp
        options: [{id: co, label: Có}, {id: khong, label: Không}]
      - {id: so_xa, type: number, label: Số xã, only_when: chinh_quyen == "co"}
      - id: loai_hinh
        type: choice
        many: true
        required: false
        label: Loại hình
        options: [{id: hanh_chinh, label: Hành chính}, {id: su_nghiep, label: Sự nghiệp}]
  - id: chi_tiet
    title: Chi tiết
    sections:
      - id: mot
        title: Phần một
        fields:
          - {id: tieu_de, type: text, lines: 1, label: Tiêu đề}
          - {id: ngay, type: date, label: Ngày họp}
          - {id: co_mat, type: mark, label: Đã họp đủ}
          - {id: bang_chung, type: file, label: Biên bản, formats: [txt], required: false}
      - id: hai
        title: Phần hai
        applies: chung.chinh_quyen == "co"
        fields:
          - {id: noi_dung, type: text, label: Nội dung}
"""
CHECKLIST = """\
hoso: 1
title: Hồ sơ thử năm 2021
period: 2021
deadline: {by: 2021-12-04}
units: {kinds: [so]}
items:
  - {id: bao_cao, title: Báo cáo, outline: bao-cao}
  - {id: cong_van, title: Công văn, attach: {formats: [txt], at_least: 1}}
"""
NAME, UNIT = "ho-so-thu", "so-a"


def make_case(root: Path) -> Path:
    files = {
        "hoso.yaml": "hoso: 1\n",
        "outlines/lists.yaml": LISTS,
        "outlines/bao-cao.yaml": OUTLINE,
        "checklists/units.yaml": UNITS,
        f"checklists/{NAME}.yaml": CHECKLIST,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def open_case(root: Path) -> Workspace:
    return Workspace(root, clock_of())


def folder(root: Path, unit: str = UNIT) -> Path:
    return root / "checklists" / NAME / unit
