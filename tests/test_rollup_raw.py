"""The roll-up against a count of the files by other means, in every form in which it is given."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hoso.cli import build
from tests.rollup_raw import counted, write_raw

SEEDS = range(4)


def given(root: Path, *more: str) -> str:
    done = CliRunner().invoke(
        build(), ["rollup", "dot", "--by", "kind", "--by", "parent", *more], standalone_mode=False
    )
    assert "checklists/dot/khong-ai" in done.stderr
    return done.stdout


@pytest.fixture(params=SEEDS)
def root(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_raw(tmp_path, request.param))
    return tmp_path


def whole(made: dict[str, Any], found: Any) -> None:
    """One group of a roll-up against what was counted of it."""
    assert made["units"] == {"expected": found["expected"], "in": found["in"]}
    tables = {one["field"]: one for one in made["tables"]}
    sums, states = found["sums"], found["states"]

    def figure(value: Any) -> Fraction:
        return Fraction(str(value or 0))

    assert figure(tables["s.tong"]["totals"]["value"]) == sums["tong"]
    assert figure(tables["s.tong"]["totals"]["before"]) == sums["before"]
    assert figure(tables["s.nu"]["totals"]["value"]) == sums["nu"]
    for absent in ("nil", "pending", "not_applicable", "withheld"):
        assert tables["s.nu"]["counts"][absent] == states["nu", absent]
    nothing_given = not sums["nu"] and not states["nu", "nil"]
    assert (tables["s.nu"]["totals"]["value"] is None) is nothing_given

    def is_share(told: Any, name: str, within: Fraction) -> bool:
        """Of the units that have both; nothing where none of them has a base."""
        if not found["base"][name]:
            return told is None
        return bool(abs(figure(told) - 100 * found["part"][name] / found["base"][name]) <= within)

    assert is_share(tables["s.ty_le"]["totals"]["value"], "ty_le", Fraction(1, 200))
    assert tables["s.ty_le"]["rows"][0]["left_out"].get("value", 0) == found["left"]["ty_le"]
    for field, options in (("muc", "ab"), ("nhieu", "xy"), ("dau", "x")):
        rows = {row["id"]: row["values"]["units"] or 0 for row in tables[f"s.{field}"]["rows"]}
        assert rows == {option: sums[field, option] for option in options}
    assert "s.ngay" not in tables
    cells_of = {row["id"]: row["values"] for row in tables["s.bang"]["rows"]}
    left_of = {row["id"]: row["left_out"] for row in tables["s.bang"]["rows"]}
    for row in ("r1", "r2"):
        for column in ("c1", "c2"):
            assert figure(cells_of[row][column]) == sums[f"{row}.{column}"]
        assert is_share(cells_of[row]["phan"], f"phan.{row}", Fraction(1, 20))
        assert left_of[row].get("phan", 0) == found["left"][f"phan.{row}"]
    for name in ("part", "base"):
        found[name]["phan"] = found[name]["phan.r1"] + found[name]["phan.r2"]
    assert is_share(tables["s.bang"]["totals"]["phan"], "phan", Fraction(1, 20))
    assert figure(tables["s.bang"]["totals"]["c1"]) == sums["r1.c1"] + sums["r2.c1"]
    assert figure(tables["s.mo"]["totals"]["rows"]) == sums["rows"]
    assert figure(tables["s.mo"]["totals"]["so"]) == sums["so"]
    if "rieng.them" in tables:
        assert figure(tables["rieng.them"]["totals"]["value"]) == sums["them"]
    levels = {row["id"]: row["values"] for row in tables["levels"]["rows"]}
    for column in ("own", "claimed", "final"):
        assert {name: levels[name][column] or 0 for name in ("tot", "kem")} == {
            name: found["levels"][column, name] for name in ("tot", "kem")
        }


def test_every_sum_is_what_the_files_say(root: Path) -> None:
    made = json.loads(given(root, "--format", "json"))
    whole(made, counted(root))
    for one in made["groups"]:
        whole(one, counted(root, **{"wanted" if one["by"] == "kind" else "under": one["id"]}))
    assert {(one["by"], one["id"]) for one in made["groups"]} == {
        ("kind", "k1"), ("kind", "k2"), ("parent", "p1"), ("parent", "p2")
    }  # fmt: skip
    for quota in made["quotas"]:
        levels = counted(root, wanted=quota["group"])["levels"]
        best, base = levels["quota", "tot"], levels["quota", "tot"] + levels["quota", "kem"]
        limit = base * 40 // 100
        assert (quota["count"], quota["base"], quota["limit"], quota["places_left"], quota["holds"]) == (
            best, base, limit, limit - best, best <= limit
        )  # fmt: skip


def test_all_forms_tell_the_same(root: Path, tmp_path: Path) -> None:
    made = json.loads(given(root, "--format", "json"))
    lines = list(csv.reader(io.StringIO(given(root, "--format", "csv"))))[1:]
    groups = {"Tất cả đơn vị": made} | {one["label"]: one for one in made["groups"]}
    told = {(line[0], line[2].partition(":")[0], line[3], line[4]): line[5] for line in lines}
    for title, one in groups.items():
        for table in one["tables"]:
            for row in table["rows"]:
                for column, value in row["values"].items():
                    label = table["labels"][column]
                    found = next(text for (group, field, line, head), text in told.items() if (group, field, line) ==
                                 (title, table["field"], row["label"]) and head in (label, f"{label} (%)"))  # fmt: skip
                    assert (found == "") == (value is None)
                    assert value is None or abs(float(found) - value) < 0.06, (title, table["field"], row["id"], column)
    path = tmp_path / "x.xlsx"
    given(root, "--format", "xlsx", "-o", str(path))
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    numbers = {
        float(one)
        for one in re.findall(r"<c [^>]*?(?:/>|>)?<v>([^<]+)</v>", re.sub(r'<c [^>]*t="s"[^>]*>.*?</c>', "", sheet))
    }
    tables = {one["field"]: one for one in made["tables"]}
    for field in ("s.tong", "s.nu", "s.mo"):
        assert {float(one) for one in tables[field]["totals"].values() if one is not None} <= numbers
    shown = given(root)
    assert f"{counted(root)['in']} trên {counted(root)['expected']} đơn vị" in shown
