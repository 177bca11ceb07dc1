"""Six units of three kinds under two parents, and what they hand in; the sums are done by hand in the tests."""

from pathlib import Path

OUTLINE = """
hoso: 1
title: Số liệu
publish: {dossiers: totals, from: handed_in}
sections:
  - id: chung
    title: Chung
    fields:
      - {id: dang_vien, type: number, label: Đảng viên, compare: true}
      - {id: nu, type: number, label: Nữ}
      - {id: ty_le_nu, type: number, label: Tỷ lệ nữ, measure: "%", compute: {share: nu, of: dang_vien, decimals: 1}}
      - {id: tu_ghi, type: number, label: Tỷ lệ tự ghi, measure: "%", required: false}
      - {id: rieng, type: number, label: Số riêng, private: true, required: false}
      - {id: hinh_thuc, type: choice, label: Hình thức, options: [{id: a, label: "=Một"}, {id: b, label: Hai}]}
  - id: bang
    title: Bảng
    fields:
      - id: xep_loai
        type: table
        label: Xếp loại
        corner: Mức
        columns:
          - {id: nam_2020, label: "2020", type: number, time: true}
          - {id: nam_2021, label: "2021", type: number, time: true}
          - {id: tang, label: Tăng, type: number, compute: {change: nam_2021, in: percent, decimals: 1}}
          - {id: kin, label: Kín, type: number, private: true}
        rows: [{id: tot, label: Tốt}, {id: kem, label: Kém}, {id: an, label: Ẩn, private: true}]
        total: {label: Tổng số}
      - id: mo
        type: table
        label: Danh sách
        columns:
          - {id: ten, label: Tên, type: text}
          - {id: so, label: Số, type: number}
          - {id: loai, label: Loại, type: choice, options: [{id: m, label: Mới}, {id: s, label: Sửa}], shown_as: marks}
        rows: {open: true}
"""
CHECKLIST = """
hoso: 1
title: Đợt
publish: {dossiers: totals, from: handed_in}
items: [{id: bc, title: Báo cáo, outline: so-lieu}]
"""
UNITS = {
    "a1": ("so", "khoi-a"), "a2": ("so", "khoi-a"), "a3": ("huyen", "khoi-a"),
    "b1": ("so", "khoi-b"), "b2": ("huyen", "khoi-b"), "b3": ("truong", "khoi-b"),
}  # fmt: skip
ANSWERS = {
    "a1": """
  chung:
    dang_vien: {value: 100, before: 90}
    nu: 40
    tu_ghi: 40
    rieng: 7777
    hinh_thuc: a
  bang:
    xep_loai:
      tot: {nam_2020: 10, nam_2021: 12, kin: 5555}
      kem: {nam_2020: 2, nam_2021: {absent: nil}}
      an: {nam_2020: 6666}
    mo:
      r1: {ten: x, so: 3, loai: m}
      r2: {ten: y, so: 4, loai: s}
""",
    "a2": """
  chung:
    dang_vien: {value: 50, before: 60}
    nu: {absent: pending}
    hinh_thuc: b
  bang:
    xep_loai:
      tot: {nam_2020: 5, nam_2021: 3}
      kem: {nam_2020: {absent: pending}, nam_2021: 1}
    mo: {absent: nil}
""",
    "a3": """
  chung:
    dang_vien: {absent: not_applicable, because: x}
    hinh_thuc: b
  bang:
    xep_loai: {absent: nil}
    mo:
      r1: {so: {absent: pending}, loai: m}
      r2: {so: 5}
""",
    "b1": """
  chung:
    dang_vien: tám
    nu: 10
""",
    "b2": """
  chung:
    dang_vien: {value: 250, before: 200}
    nu: 110
    hinh_thuc: a
""",
}
STATES = {"a1": "accepted", "b2": "drafting"}


def write_case(folder: Path, *, checklist: str = CHECKLIST, outline: str = OUTLINE) -> Path:
    files = {
        "hoso.yaml": "hoso: 1\n",
        "outlines/lists.yaml": "hoso: 1\nlists: {}\nkinds:\n  so: {label: Sở}\n  huyen: {label: Huyện}\n  truong: {label: Trường}\n",
        "outlines/so-lieu.yaml": outline.lstrip("\n"),
        "checklists/units.yaml": "hoso: 1\nunits:\n"
        + "".join(f"  {name}: {{name: Đơn vị {name}, kind: {kind}, parent: {under}}}\n" for name, (kind, under) in UNITS.items())
        + "".join(f"  {name}: {{name: Khối {name[-1]}, kind: khoi}}\n" for name in ("khoi-a", "khoi-b")),
        "checklists/dot.yaml": checklist.lstrip("\n") + "units: {kinds: [so, huyen, truong]}\n",
    }  # fmt: skip
    for name, answers in ANSWERS.items():
        state = STATES.get(name, "handed_in")
        files[f"checklists/dot/{name}/dossier.yaml"] = f"hoso: 1\nunit: {name}\nstate: {state}\nattachments:\n"
        files[f"checklists/dot/{name}/bc.yaml"] = f"hoso: 1\noutline: so-lieu\nversion: 1\nanswers:{answers}"
        event = f'hoso: 1\nevent: handed_in\nat: "2021-11-{20 + int(name[-1])}T08:00:00+07:00"\n'
        files[f"checklists/dot/{name}/history/20211120T0800-handed-in.yaml"] = event
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
