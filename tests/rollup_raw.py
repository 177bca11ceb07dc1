"""A workspace of many units in every state, and its figures counted once more, straight from the files' text."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import yaml

from hoso import yamlio

OUTLINE = """
hoso: 1
title: Số liệu
sections:
  - id: s
    title: Một
    fields:
      - {id: tong, type: number, label: Tổng, decimals: 1, compare: true}
      - {id: nu, type: number, label: Nữ}
      - {id: ty_le, type: number, label: Tỷ lệ, measure: "%", compute: {share: nu, of: tong, decimals: 2}}
      - {id: muc, type: choice, label: Mức, options: [{id: a, label: A}, {id: b, label: B}]}
      - {id: nhieu, type: choice, many: true, label: Nhiều, options: [{id: x, label: X}, {id: y, label: Y}]}
      - {id: dau, type: mark, label: Dấu, required: false}
      - {id: ngay, type: date, label: Ngày}
      - id: bang
        type: table
        label: Bảng
        columns: [{id: c1, label: C1, type: number}, {id: c2, label: C2, type: number},
          {id: phan, label: Phần, type: number, compute: {share: c1, of: c2, decimals: 1}}]
        rows: [{id: r1, label: R1}, {id: r2, label: R2}]
        total: {label: Cộng}
      - id: mo
        type: table
        label: Mở
        columns: [{id: viec, label: Việc}, {id: so, label: Số, type: number}]
        rows: {open: true}
  - id: rieng
    title: Chỉ loại một
    applies: unit.kind == "k1"
    fields: [{id: them, type: number, label: Thêm}]
"""
RATED = """
hoso: 1
title: Chấm
sections:
  - id: c
    title: Chấm
    fields:
      - id: diem
        type: scoring
        label: Điểm
        groups: [{id: g, title: G, at_most: 100, criteria: [{id: m, title: M, at_most: 100}]}]
        levels: {list: muc, at_least: {tot: 80, kem: 0}}
      - {id: nhan, type: choice, options: muc, label: Nhận, checks: [{check: not_above, other: diem.own_level}]}
"""
LISTS = """
hoso: 1
lists: {muc: [{id: tot, label: Tốt}, {id: kem, label: Kém}]}
kinds: {k1: {label: K1}, k2: {label: K2}, k3: {label: K3}}
"""
CHECKLIST = """
hoso: 1
title: Đợt
items: [{id: bc, title: Báo cáo, outline: so}, {id: cham, title: Chấm, outline: cham}]
units: {kinds: [k1, k2]}
checks:
  - {id: q, check: at_most_share, over: units, of: cham.final_level, part: [tot], base: [tot, kem], limit: 40%, round: down, by: kind, level: warning}
"""
ABSENT = ("nil", "pending", "withheld", "not_applicable")
COUNTED = {"handed_in", "received", "accepted", "rolled_up"}


def write_raw(folder: Path, seed: int) -> Path:
    chance = Random(seed)
    units: dict[str, Any] = {"p1": {"name": "P1", "kind": "k3"}, "p2": {"name": "P2", "kind": "k3", "was": ["p0"]}}
    for number in range(40):
        name = f"u{number:02}"
        units[name] = {"name": f"Đơn vị {number}", "kind": chance.choice(["k1", "k2", "k3"]),
                       "parent": chance.choice(["p0", "p1", "p2"])}  # fmt: skip
        folder_name = name
        if number % 9 == 0:
            # Renamed since: its dossier lies where it was.
            folder_name = f"cu-{number}"
            units[name]["was"] = [folder_name]
        if chance.random() < 0.85:
            _dossier(folder / "checklists/dot" / folder_name, folder_name, units[name]["kind"], chance)
    _dossier(folder / "checklists/dot/khong-ai", "khong-ai", "k1", chance)
    texts = {"hoso.yaml": "hoso: 1\n", "outlines/lists.yaml": LISTS, "outlines/so.yaml": OUTLINE, "outlines/cham.yaml": RATED,
             "checklists/dot.yaml": CHECKLIST, "checklists/units.yaml": yamlio.dump({"hoso": "1", "units": units})}  # fmt: skip
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


def _dossier(folder: Path, unit: str, kind: str, chance: Random) -> None:
    folder.mkdir(parents=True)
    state = chance.choice([*COUNTED, "drafting", "ready", "returned"]) if unit != "u01" else "handed_in"
    _put(folder / "dossier.yaml", {"hoso": "1", "unit": unit, "state": state, "attachments": None})

    def number(least: int = 0, most: int = 500) -> Any:
        if chance.random() < 0.75:
            return str(chance.randint(least, most))
        absent = chance.choice([*ABSENT, ""])
        needs = {"because": "x"} if absent in ("withheld", "not_applicable") else {}
        return {"absent": absent} | needs if absent else None

    fields: dict[str, Any] = {
        "tong": number(500, 900), "nu": number(), "muc": chance.choice(["a", "b", None, {"absent": "pending"}]),
        "nhieu": chance.choice([["x"], ["x", "y"], None]), "dau": chance.choice(["x", None]), "ngay": "2021-11-05",
        "bang": chance.choice([{"absent": "nil"}, {"absent": "pending"}, {row: {column: number() for column in ("c1", "c2")} for row in ("r1", "r2")}]),
        "mo": {f"r{n}{n}{n}{n}2": {"viec": "x", "so": number()} for n in range(2, 2 + chance.randint(0, 3))} or None,
    }  # fmt: skip
    if isinstance(fields["tong"], str) and chance.random() < 0.5:
        fields["tong"] = {"value": fields["tong"] + ".5", "before": str(chance.randint(1, 9))}
    answers = {"s": fields, "rieng": {"them": number()} if kind == "k1" else None}
    if chance.random() < 0.93:
        _put(folder / "bc.yaml", {"hoso": "1", "outline": "so", "version": "1", "answers": answers})
    points, claim = chance.choice(["85", "60"]), chance.choice(["tot", "kem"])
    _put(folder / "cham.yaml", {"hoso": "1", "outline": "cham", "version": "1",
                                "answers": {"c": {"diem": {"g.m": points}, "nhan": claim}}})  # fmt: skip
    if chance.random() < 0.5:
        _put(
            folder / "cham.appraisal.yaml", {"hoso": "1", "verdict": "accepted", "level": chance.choice(["tot", "kem"])}
        )


def _put(path: Path, data: dict[str, Any]) -> None:
    path.write_text(yamlio.dump(data), encoding="utf-8")


# ---- counting once more: nothing below knows anything of hoso ------------------------------------------------------


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) if path.is_file() else {}


def counted(root: Path, wanted: str | None = None, under: str | None = None) -> dict[str, Any]:
    """Sums over the units of one kind, or under one parent, or all."""
    out: dict[str, Any] = {
        "expected": 0,
        "in": 0,
        "sums": Counter(),
        "states": Counter(),
        "levels": Counter(),
        "part": Counter(),
        "base": Counter(),
        "left": Counter(),
    }
    for name, unit in _load(root / "checklists/units.yaml")["units"].items():
        parent = {"p0": "p2"}.get(unit.get("parent", ""), unit.get("parent"))
        if unit["kind"] == "k3" or (wanted and unit["kind"] != wanted) or (under and parent != under):
            continue
        out["expected"] += 1
        folders = [root / "checklists/dot" / one for one in (name, *unit.get("was", []))]
        folder = next((one for one in folders if one.is_dir()), None)
        if folder is None or _load(folder / "dossier.yaml")["state"] not in COUNTED:
            continue
        out["in"] += 1
        _count(out, _load(folder / "bc.yaml").get("answers") or {})
        rated = _load(folder / "cham.yaml")["answers"]["c"]
        out["levels"]["own", "tot" if int(rated["diem"]["g.m"]) >= 80 else "kem"] += 1
        out["levels"]["claimed", rated["nhan"]] += 1
        final = _load(folder / "cham.appraisal.yaml").get("level")
        if final:
            out["levels"]["final", final] += 1
        out["levels"]["quota", final or rated["nhan"]] += 1
    return out


def _count(out: dict[str, Any], answers: dict[str, Any]) -> None:
    own = answers.get("s") or {}
    own = own if isinstance(own, dict) else {}
    for name in ("tong", "nu"):
        _add(out, name, own.get(name))
    _pair(out, "ty_le", own.get("nu"), own.get("tong"))
    rieng = answers.get("rieng")
    _add(out, "them", rieng.get("them") if isinstance(rieng, dict) else None)
    before = own.get("tong")
    if isinstance(before, dict) and before.get("before"):
        out["sums"]["before"] += Fraction(before["before"])
    for name in ("muc", "nhieu", "dau"):
        for option in [own[name]] if isinstance(own.get(name), str) and own[name] else own.get(name) or []:
            out["sums"][name, option] += option != "absent"
    table = own.get("bang") or {}
    for row in ("r1", "r2"):
        for column in ("c1", "c2"):
            cells = table.get(row) if isinstance(table, dict) else None
            _add(out, f"{row}.{column}", (cells or {}).get(column) if cells else None)
    before = dict(out["left"])
    for row in ("r1", "r2"):
        cells = (dict.fromkeys(("c1", "c2"), table) if "absent" in table else table.get(row)) or {}
        _pair(out, f"phan.{row}", cells.get("c1"), cells.get("c2"))
    out["left"]["phan"] += any(out["left"][f"phan.{row}"] > before.get(f"phan.{row}", 0) for row in ("r1", "r2"))
    for row in (own.get("mo") or {}).values():
        out["sums"]["rows"] += 1
        _add(out, "so", row.get("so"))


def _add(out: dict[str, Any], name: str, raw: Any) -> None:
    value = raw.get("value") if isinstance(raw, dict) else raw
    if value:
        out["sums"][name] += Fraction(value)
    elif isinstance(raw, dict):
        out["states"][name, raw["absent"]] += 1


def _pair(out: dict[str, Any], name: str, part: Any, base: Any) -> None:
    """A share is of the units that have both figures; who has one alone is left out, unless the other never applies."""
    known = [_figure(part), _figure(base)]
    if None not in known:
        out["part"][name] += known[0]
        out["base"][name] += known[1]
        return
    states = {raw["absent"] for raw in (part, base) if isinstance(raw, dict) and raw.get("absent")}
    some = known != [None, None] or states & {"pending", "withheld"}
    out["left"][name] += bool(some and "not_applicable" not in states)


def _figure(raw: Any) -> Fraction | None:
    if isinstance(raw, dict):
        return Fraction(0) if raw.get("absent") == "nil" else _figure(raw.get("value"))
    return Fraction(raw) if raw else None
