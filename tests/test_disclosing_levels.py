"""Levels of single units do not follow from quotas and from the tables of levels, put together."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hoso import yamlio
from tests.attacker import Knowledge, figure, summed, tables
from tests.site_case import planned

LEVELS = ("tot", "kem")
OUTLINE: dict[str, Any] = {
    "hoso": "1", "title": "Chấm", "publish": {"dossiers": "totals", "from": "handed_in"},
    "sections": [{"id": "c", "title": "C", "fields": [
        {"id": "diem", "type": "scoring", "label": "Điểm",
         "groups": [{"id": "g", "title": "G", "at_most": "100", "criteria": [{"id": "m", "title": "M", "at_most": "100"}]}],
         "levels": {"list": "muc", "at_least": {"tot": "80", "kem": "0"}}},
        {"id": "nhan", "type": "choice", "options": "muc", "label": "Nhận",
         "checks": [{"check": "not_above", "other": "diem.own_level"}]},
    ]}],
}  # fmt: skip


def check(by: str | None) -> dict[str, Any]:
    """A limit of all there are, so that the limit tells the base."""
    made = {"id": f"q_{by or 'all'}", "check": "at_most_share", "over": "units", "of": "cham.final_level", "part": ["tot"],
            "base": ["tot", "kem"], "limit": "100%", "round": "down", "level": "warning"}  # fmt: skip
    return made | ({"by": by} if by else {})


def write_levels(folder: Path, seed: int) -> dict[str, dict[str, Any]]:
    """What is true of each unit: kind, parent, groups, final level."""
    chance = Random(seed)
    kinds = [f"k{n}" for n in range(chance.randint(2, 4))]
    files: dict[str, Any] = {
        "hoso.yaml": {"hoso": "1"},
        "outlines/lists.yaml": {"hoso": "1", "lists": {"muc": [{"id": name, "label": name} for name in LEVELS]},
                                "kinds": {name: {"label": f"Loại {name}"} for name in (*kinds, "khoi")}},
        "outlines/cham.yaml": OUTLINE,
        "checklists/dot.yaml": {
            "hoso": "1", "title": "Đợt", "publish": {"dossiers": "totals", "from": "handed_in"},
            "units": {"kinds": kinds}, "items": [{"id": "cham", "title": "Chấm", "outline": "cham"}],
            "checks": [check(by) for by in chance.sample(["kind", "parent", "group", None], 3)],
        },
    }  # fmt: skip
    units: dict[str, Any] = {f"p{n}": {"name": f"Khối p{n}", "kind": "khoi"} for n in range(2)}
    out: dict[str, dict[str, Any]] = {}
    for number in range(chance.randint(6, 24)):
        name = f"u{number:02}"
        groups = [one for one in ("g1", "g2") if chance.random() < 0.3]
        units[name] = {"name": name, "kind": kinds[min(int(chance.expovariate(0.9)), len(kinds) - 1)],
                       "parent": f"p{chance.randint(0, 1)}"} | ({"groups": groups} if groups else {})  # fmt: skip
        level = chance.choice([*LEVELS, *LEVELS, ""])
        out[name] = units[name] | {"groups": groups, "final": level}
        claimed = chance.choice(LEVELS)
        out[name]["rated"] = level or claimed
        files[f"checklists/dot/{name}/dossier.yaml"] = {
            "hoso": "1",
            "unit": name,
            "state": "handed_in",
            "attachments": None,
        }
        files[f"checklists/dot/{name}/cham.yaml"] = {"hoso": "1", "outline": "cham", "version": "1",
                                                     "answers": {"c": {"diem": {"g.m": "85"}, "nhan": claimed}}}  # fmt: skip
        if level:
            files[f"checklists/dot/{name}/cham.appraisal.yaml"] = {"hoso": "1", "verdict": "accepted", "level": level}
    files["checklists/units.yaml"] = {"hoso": "1", "units": units}
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(yamlio.dump(data), encoding="utf-8")
    return out


def groups_of(units: dict[str, dict[str, Any]]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {"Tất cả đơn vị": set(units)}
    for name, unit in units.items():
        for label in (f"Loại {unit['kind']}", f"Khối {unit['parent']}", *unit["groups"]):
            out.setdefault(label, set()).add(name)
    return out


def read(body: str, units: dict[str, dict[str, Any]]) -> tuple[Knowledge, int]:
    """Everything that the page tells of levels, as equations; and how many quotas it tells."""
    known, groups, quotas = Knowledge(), groups_of(units), 0
    for caption, (heads, *rows) in tables(body):
        group = next((label for label in groups if caption.startswith(f"{label}:")), "Tất cả đơn vị")
        for label, *cells in rows:
            for head, cell in zip(heads[1:], cells, strict=False):
                if label in LEVELS and head == FINAL:
                    known.learn(
                        summed(("final", unit, label) for unit in groups[group] if units[unit]["final"]),
                        figure(cell) or 0,
                    )
    row = r"(?m)^\| [^|]*\(q_(?:kind|parent|group|all)\) \| ([^|]+) \| (\d+) \| (\d+) \|"
    for group, count, limit in re.findall(row, unescape(body)):
        quotas += 1
        members = groups[group]
        known.learn(summed(("rated", unit, "tot") for unit in members), int(count))
        known.learn(summed(("rated", unit, one) for unit in members for one in LEVELS), int(limit))
    for unit, told in units.items():
        # Whom the superior has appraised is no secret; then both are one.
        for level in LEVELS if told["final"] else ():
            known.learn({("rated", unit, level): 1, ("final", unit, level): -1}, 0)
    return known, quotas


FINAL = "Chính thức"


@pytest.mark.parametrize("seed", range(40))
def test_no_level_of_one_or_two_units_follows(tmp_path: Path, seed: int) -> None:
    units = write_levels(tmp_path, seed)
    known, _ = read(planned(tmp_path).pages["tong-hop/dot.md"].body, units)
    groups = groups_of(units)
    sets = [*groups.values(), *(one & other for one in groups.values() for other in groups.values()),
            *(one - other for one in groups.values() for other in groups.values())]  # fmt: skip
    for some in sets:
        if 0 < len(some) < 3:
            for what in ("final", "rated"):
                members = [unit for unit in some if units[unit][what]]
                for level in LEVELS if members else ():
                    assert known.exactly(summed((what, unit, level) for unit in members)) is None, (some, what, level)


def test_something_is_told_at_all(tmp_path: Path) -> None:
    told = [read(planned(tmp_path / str(seed)).pages["tong-hop/dot.md"].body, units)
            for seed in range(10) for units in [write_levels(tmp_path / str(seed), seed)]]  # fmt: skip
    assert sum(quotas for _, quotas in told) > 5
    assert any(name[:1] == ("final",) for known, _ in told for form, _ in known.told for name in form)
