"""Random workspaces with figures of few persons, and with everything that could give them away."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from hoso import yamlio

# Fields of numbers by their place, and how each follows from others: a sum of names, each with its sign.
PLAIN = {"bc.mot.kinh": (20, 60), "bc.mot.dang_vien": (100, 300), "bc.hai.nen": (20, 60)}
LATE = ("bc.hai.nen", "khac.nam", "khac.nu", "khien_trach.nam", "khien_trach.nu")  # some units have these later
SENSITIVE = {"bc.mot.dan_toc": (0, 6), "bc.hai.ky_luat": (0, 4), "bc.hai.ton_giao": (0, 9)}
FOLLOWS = {
    "bc.ba.cong": {"bc.mot.kinh": 1, "bc.mot.dan_toc": 1},  # computed, in another section
    "bc.ba.tong_ghi": {"bc.mot.kinh": 1, "bc.hai.ky_luat": 1},  # typed; a check says what it is the sum of
    "bc.ba.con_lai": {"bc.mot.dang_vien": 1, "bc.hai.ton_giao": -1},  # a formula
    "bc.ba.hai_lan": {"bc.ba.cong": 1, "bc.mot.kinh": 1},  # computed from what is computed
    "bc.ba.nhu": {"bc.hai.ky_luat": 1},  # typed; a check says it is equal
    "pl.mot.khop": {"bc.hai.ton_giao": 1},  # in another item; a check of the checklist says it is equal
}
SHARES = {"bc.ba.ty_le": ("bc.hai.ky_luat", "bc.mot.kinh", 2), "bc.hai.phan": ("bc.hai.ky_luat", "bc.hai.nen", 2)}
COMPUTED = ("bc.ba.cong", "bc.ba.con_lai", "bc.ba.hai_lan")

OUTLINE = """
hoso: 1
title: Báo cáo
publish: {dossiers: EXTENT, from: handed_in}
checks:
  - {id: khop_tong, check: sum_equals, parts: [mot.kinh, hai.ky_luat], total: ba.tong_ghi}
  - {id: khop_nhu, check: equal, left: hai.ky_luat, right: ba.nhu}
sections:
  - id: mot
    title: Một
    fields:
      - {id: kinh, type: number, label: bc.mot.kinh}
      - {id: dang_vien, type: number, label: bc.mot.dang_vien}
      - {id: dan_toc, type: number, label: bc.mot.dan_toc, sensitive: true, compare: true}
  - id: hai
    title: Hai
    fields:
      - {id: ky_luat, type: number, label: bc.hai.ky_luat, sensitive: true}
      - {id: ton_giao, type: number, label: bc.hai.ton_giao, sensitive: true, only_when: mot.kinh > 0}
      - {id: nen, type: number, label: bc.hai.nen}
      - {id: phan, type: number, label: bc.hai.phan, measure: "%", compute: {share: ky_luat, of: nen, decimals: 2}}
      - {id: vi_sao, type: text, label: bc.hai.vi_sao, required: false, only_when: ky_luat == 1}
      - {id: loi, type: text, label: bc.hai.loi, required: false}
  - id: ba
    title: Ba
    fields:
      - {id: cong, type: number, label: bc.ba.cong, compute: {sum: [mot.kinh, mot.dan_toc]}}
      - {id: tong_ghi, type: number, label: bc.ba.tong_ghi}
      - {id: con_lai, type: number, label: bc.ba.con_lai, compute: {formula: mot.dang_vien - hai.ton_giao}}
      - {id: hai_lan, type: number, label: bc.ba.hai_lan, compute: {sum: [cong, mot.kinh]}}
      - {id: nhu, type: number, label: bc.ba.nhu}
      - {id: ty_le, type: number, label: bc.ba.ty_le, measure: "%", compute: {share: hai.ky_luat, of: mot.kinh, decimals: 2}}
  - id: bon
    title: Bốn
    fields:
      - id: bang
        type: table
        label: bc.bon.bang
        columns: [{id: nam, label: nam, type: number}, {id: nu, label: nu, type: number},
          {id: ca, label: ca, type: number, compute: {sum: [nam, nu]}},
          {id: ty, label: ty, type: number, compute: {share: nu, of: nam, decimals: 2}}]
        rows: [{id: khien_trach, label: khien_trach, sensitive: true}, {id: khac, label: khac}]
        total: {label: Tổng}
"""
ANNEX = """
hoso: 1
title: Phụ lục
publish: {dossiers: EXTENT, from: handed_in}
sections:
  - id: mot
    title: Một
    fields:
      - {id: khop, type: number, label: pl.mot.khop}
"""
CHECKLIST = """
hoso: 1
title: Đợt
publish: {dossiers: EXTENT, from: handed_in}
items:
  - {id: bc, title: Báo cáo, outline: bc}
  - {id: pl, title: Phụ lục, outline: pl}
checks:
  - {id: khop_giao, check: equal, left: bc.hai.ton_giao, right: pl.mot.khop}
"""
CELLS = [(row, column) for row in ("khien_trach", "khac") for column in ("nam", "nu")]


@dataclass
class Case:
    """`real`: what is true of each unit; `given`: what it wrote, which lacks what it holds back or has not got yet."""

    root: Path
    kinds: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    real: dict[tuple[str, str], int] = field(default_factory=dict)
    given: set[tuple[str, str]] = field(default_factory=set)
    handed: set[str] = field(default_factory=set)


def write_case(folder: Path, seed: int) -> Case:
    chance = Random(seed)
    extent = chance.choice(["all", "figures", "totals"])
    case = Case(folder)
    kinds, parents = [f"k{n}" for n in range(chance.randint(2, 5))], [f"p{n}" for n in range(chance.randint(1, 3))]
    _put(folder, "hoso.yaml", {"hoso": "1"})
    _put(folder, "outlines/lists.yaml", {
        "hoso": "1", "lists": {}, "kinds": {name: {"label": f"Loại {name}"} for name in (*kinds, "khoi")},
    })  # fmt: skip
    for name, text in (("outlines/bc", OUTLINE), ("outlines/pl", ANNEX), ("checklists/dot", CHECKLIST)):
        lines = text.lstrip("\n").replace("EXTENT", extent)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.yaml").write_text(
            lines + ("" if name != "checklists/dot" else f"units: {{kinds: [{', '.join(kinds)}]}}\n"), encoding="utf-8"
        )
    units: dict[str, Any] = {name: {"name": f"Khối {name}", "kind": "khoi"} for name in parents}
    for number in range(chance.randint(6, 18)):
        unit = f"u{number:02}"
        # Kinds of very different sizes, so that some have one or two units.
        case.kinds[unit] = kinds[min(int(chance.expovariate(0.8)), len(kinds) - 1)]
        case.parents[unit] = chance.choice(parents)
        units[unit] = {"name": f"Đơn vị {unit}", "kind": case.kinds[unit], "parent": case.parents[unit]}
        _unit(case, unit, chance)
    _put(folder, "checklists/units.yaml", {"hoso": "1", "units": units})
    return case


def _unit(case: Case, unit: str, chance: Random) -> None:
    for name, (least, most) in (PLAIN | SENSITIVE).items():
        case.real[unit, name] = (
            chance.choice([0, chance.randint(least, most)]) if least == 0 else chance.randint(least, most)
        )
    for name, form in FOLLOWS.items():
        case.real[unit, name] = sum(case.real[unit, one] * sign for one, sign in form.items())
    for row, column in CELLS:
        case.real[unit, f"{row}.{column}"] = chance.randint(0, 4 if row == "khien_trach" else 40)
    if chance.random() < 0.12:
        return
    case.handed.add(unit)
    state = chance.choice(["handed_in", "accepted"])
    _put(
        case.root,
        f"checklists/dot/{unit}/dossier.yaml",
        {"hoso": "1", "unit": unit, "state": state, "attachments": None},
    )
    write_answers(case, unit, chance)


def write_answers(case: Case, unit: str, chance: Random) -> None:
    answers: dict[str, dict[str, Any]] = {"bc": {}, "pl": {}}
    holding_back, is_late = chance.random() < 0.3, chance.random() < 0.3
    for name in (*PLAIN, *SENSITIVE, *FOLLOWS):
        if name in COMPUTED:
            continue
        part, section, own = name.split(".")
        value: Any = str(case.real[unit, name])
        if name in LATE and is_late and chance.random() < 0.5:
            continue
        if holding_back and name in SENSITIVE and chance.random() < 0.5:
            value = chance.choice([{"absent": "pending"}, {"absent": "withheld", "because": "x"}, None])
        else:
            case.given.add((unit, name))
        if name == "bc.mot.dan_toc" and value is not None and not isinstance(value, dict):
            value = {"value": value, "before": str(chance.randint(0, 5))}
        if value is not None:
            answers[part].setdefault(section, {})[own] = value
    answers["bc"].setdefault("hai", {}).update(
        {"vi_sao": "vì có một", "loi": "Có {{hai.ky_luat}} người, cộng {{ba.cong}}"}
    )
    table: dict[str, Any] = {"khien_trach": {}, "khac": {}}
    for row, column in CELLS:
        if not (is_late and chance.random() < 0.3):
            table[row][column] = str(case.real[unit, f"{row}.{column}"])
            case.given.add((unit, f"{row}.{column}"))
    answers["bc"]["bon"] = {"bang": table}
    for part, kept in answers.items():
        if part == "bc" or chance.random() < 0.9:
            _put(case.root, f"checklists/dot/{unit}/{part}.yaml",
                 {"hoso": "1", "outline": part, "version": "1", "answers": kept})  # fmt: skip
        else:
            case.given.discard((unit, "pl.mot.khop"))


def _put(folder: Path, name: str, data: dict[str, Any]) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yamlio.dump(data), encoding="utf-8")
