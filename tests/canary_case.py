"""A workspace in which every kind of place is written in, and the places where something can be put into its files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from tests.site_case import replaced, small_workspace

SUM = "0" * 64
DOSSIER = f"""\
hoso: 1
unit: don-vi-a
state: returned
returned: {{because: xem lại, items: [bao_cao]}}
attachments:
  cong_van:
    r2345: {{file: cong_van/cong van.pdf, size: 9, sha256: {SUM}}}
  bao_cao.chung.kem:
    r3456: {{file: bao_cao/kem theo.pdf, size: 9, sha256: {SUM}}}
claimed:
settled:
  bao_cao:
    k2345: {{done: 2021-11-20T08:00:00+07:00, reply: đã sửa}}
waivers:
  - {{code: number-too-low, key: bao_cao.chung.am, reason: in sai từ năm trước}}
"""
APPRAISAL = """\
hoso: 1
verdict: returned
because: thiếu số
remarks:
  chung:
    k2345: {field: dang_vien, at: 2021-11-19T08:00:00+07:00, by: phòng, text: xem lại số này}
"""
EVENT = """\
hoso: 1
event: returned
at: 2021-11-19T09:00:00+07:00
by: phòng tổng hợp
because: thiếu số
note: gửi qua văn thư
"""
PRIVATE = "hoso: 1\nanswers:\n  chung:\n    rieng: ghi chú kín\n"
ANSWERS = """\
hoso: 1
outline: bc
version: 1
answers:
  chung:
    co_so: kem
    ly_do: |
      Dòng một
      dòng hai
    dang_vien: {value: 8341, before: 8197}
    am: -5
    hoan: {absent: withheld, because: chưa được phép nêu}
    ngay: 2021-11-05
  sinh_hoat:
    asks:
      ne_nep: {elsewhere: chung}
      thon: {absent: not_applicable, because: không có thôn}
    noi_dung: Có {{chung.dang_vien}} đảng viên
parked:
  cu:
    mat: câu trả lời cũ
"""
FIELDS = """\
      - {id: co_so, type: choice, options: muc, label: Mức}
      - {id: kem, type: file, label: Kèm theo, required: false}
      - {id: am, type: number, at_least: 0, label: Số âm}
      - {id: hoan, type: number, label: Số hoãn}
"""


def canary_workspace(folder: Path) -> Path:
    root = small_workspace(folder)
    replaced(root / "outlines/bc.yaml", "      - {id: co_so, type: choice, options: muc, label: Mức}\n", FIELDS)
    own = root / "checklists/hs-2021/don-vi-a"
    for name, text in {
        "dossier.yaml": DOSSIER, "bao_cao.yaml": ANSWERS, "bao_cao.appraisal.yaml": APPRAISAL, "bao_cao.private.yaml": PRIVATE,
        "history/20211119T0900-returned.yaml": EVENT, "conflicts/bao_cao.yaml": ANSWERS,
    }.items():  # fmt: skip
        (own / name).parent.mkdir(exist_ok=True)
        (own / name).write_text(text, encoding="utf-8")
    pages = root / "site/pages"
    pages.mkdir(parents=True)
    (pages / "index.md").write_text("---\ntitle: Trang đầu\n---\n\n# Xin chào\n\nNội dung.\n", encoding="utf-8")
    (pages / "so.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with zipfile.ZipFile(pages / "mau.docx", "w") as box:
        box.writestr("word/document.xml", "<w:p><w:t>Mẫu</w:t></w:p>")
    return root


class Spot(NamedTuple):
    """A scalar of a file: where it stands, from character to character."""

    path: str
    line: int
    start: int
    end: int
    text: str


def spots(root: Path) -> Iterator[Spot]:
    """Every scalar of every YAML file: values, and of what is no outline the keys too."""
    for path in sorted(root.rglob("*.yaml")):
        keys = path.parent.name != "outlines" or path.name == "lists.yaml"
        for node in _scalars(yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader), keys=keys):
            start, end = node.start_mark, node.end_mark
            yield Spot(path.relative_to(root).as_posix(), start.line + 1, start.index, end.index, node.value)


def _scalars(node: yaml.Node | None, *, keys: bool) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _scalars(one, keys=keys)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(key, keys=keys) if keys else ()
            yield from _scalars(value, keys=keys)


def put(root: Path, spot: Spot, word: str) -> str:
    """Puts a word behind what stands there; what stood in the file before comes back."""
    path = root / spot.path
    was = path.read_text(encoding="utf-8")
    text = f"{spot.text.strip()} {word}".replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    end = "\n" if was[spot.start : spot.end].endswith("\n") else ""
    path.write_text(f'{was[: spot.start]}"{text}"{end}{was[spot.end :]}', encoding="utf-8")
    return was
