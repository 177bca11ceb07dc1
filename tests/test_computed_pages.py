"""Computed figures on the page of a dossier: there, where everything they are made of is there too."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from tests.site_case import planned

OUTLINE = """
hoso: 1
title: Báo cáo
publish: {dossiers: EXTENT, from: drafting}
sections:
  - id: s
    title: Chung
    fields:
      - {id: m, type: number, label: Members, compare: true}
      - {id: w, type: number, label: Women}
      - {id: kept, type: number, label: Kept, private: true}
      - {id: few, type: number, label: Few, sensitive: true}
      - {id: vote, type: choice, label: Vote, options: [{id: co, label: Có}, {id: khong, label: Không}]}
      - id: list
        type: table
        label: List
        columns: [{id: name, label: Name, type: text}, {id: cost, label: Cost, type: number, decimals: 1}]
        rows: {open: true}
      - id: grid
        type: table
        label: Grid
        columns: [{id: a, label: A, type: number}, {id: b, label: B, type: number, private: true}]
        rows: [{id: r, label: R}, {id: q, label: Q}]
      - {id: men, type: number, label: Men, compute: {formula: m - w}}
      - {id: share, type: number, label: Share, measure: "%", compute: {share: w, of: m, decimals: 1}}
      - {id: grown, type: number, label: Grown, compute: {change: m}}
      - {id: none, type: number, label: Nothing, compute: {share: w, of: blank}}
      - {id: blank, type: number, label: Blank}
      - {id: part, type: number, label: Part, compute: {sum: [w, late]}}
      - {id: late, type: number, label: Late}
      - {id: of_kept, type: number, label: Of kept, compute: {sum: [m, kept]}}
      - {id: of_few, type: number, label: Of few, compute: {formula: m - few}}
      - {id: of_that, type: number, label: Of that, compute: {sum: [of_few, w]}}
      - {id: of_choice, type: number, label: Of choice, compute: {formula: 'm if vote == "co" else w'}}
      - {id: of_list, type: number, label: Of list, decimals: 1, compute: {sum: [list.cost], decimals: 1}}
      - {id: of_grid, type: number, label: Of grid, compute: {sum: [grid.r.a, grid.q.a]}}
      - {id: of_hidden, type: number, label: Of hidden, compute: {sum: [grid.r.b, m]}}
      - {id: entered, type: number, label: Entered, compute: {formula: m - w, entered: true}}
      - {id: other, type: number, label: Elsewhere, compute: {sum: [t.there, m]}}
  - id: t
    title: Khác
    fields:
      - {id: there, type: number, label: There}
"""
ANSWERS = """hoso: 1
outline: bc
version: 1
answers:
  s:
    m: {value: 100, before: 90}
    w: 40
    few: 3
    vote: co
    late: {absent: pending}
    list:
      aaaaa: {name: x, cost: 1.5}
      bbbbb: {name: y, cost: 2}
    grid: {r: {a: 5}, q: {a: 7}}
    men: 7777
    entered: 61
  t: {there: 11}
"""
SHOWN = {"Men": "60", "Share": "40,0%", "Grown": "10", "Part": "40 (tạm tính)", "Of grid": "12", "Entered": "61",
         "Elsewhere": "111"}  # fmt: skip


def rows_of(folder: Path, extent: str, outline: str = OUTLINE) -> dict[str, str]:
    """The figures on the page of the dossier, by their labels."""
    files = {
        "hoso.yaml": "hoso: 1\n", "outlines/lists.yaml": "hoso: 1\n",
        "outlines/bc.yaml": outline.lstrip("\n").replace("EXTENT", extent),
        "checklists/units.yaml": "hoso: 1\nunits:\n  a: {name: A, kind: k}\n",
        "checklists/dot.yaml": "hoso: 1\ntitle: D\npublish: {dossiers: EXTENT, from: drafting}\n"
        "items: [{id: bc, outline: bc}]\n".replace("EXTENT", extent),
        "checklists/dot/a/dossier.yaml": "hoso: 1\nunit: a\nstate: handed_in\nattachments:\n",
        "checklists/dot/a/bc.yaml": ANSWERS,
        "checklists/dot/a/bc.private.yaml": "hoso: 1\noutline: bc\nversion: 1\nanswers:\n  s:\n    kept: 4321\n"
        "    grid: {r: {b: 6543}}\n",
    }  # fmt: skip
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    body = planned(folder).pages["ho-so/dot/a.md"].body
    assert "7777" not in body and "4421" not in body
    return {row[1].strip(): row[2].strip() for row in re.finditer(r"(?m)^\| ([^|]+) \| ([^|]+) \|", unescape(body))}


def test_they_stand_among_the_figures(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "all")
    wanted = SHOWN | {"Of list": "3,5"}
    assert {name: rows.get(name) for name in wanted} == wanted and "Of choice" in rows
    assert not {"Of kept", "Of few", "Of that", "Of hidden", "Nothing", "Few", "Kept"} & rows.keys()


def test_figures_alone_are_not_made_of_what_is_not_published(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "figures")
    assert {name: rows.get(name) for name in SHOWN} == SHOWN
    # What was chosen, and what stands in a table with text, would follow from these.
    assert not {"Of choice", "Of list", "Of kept", "Of few", "Of that", "Of hidden"} & rows.keys()


def test_a_figure_of_before_that_is_not_shown_gives_no_change(tmp_path: Path) -> None:
    outline = OUTLINE.replace("label: Members, compare: true", "label: Members, sensitive: true, compare: true")
    rows = rows_of(tmp_path, "all", outline)
    assert not {"Grown", "Members", "Men"} & rows.keys() and rows["Women"] == "40"


@pytest.mark.parametrize("condition", ['vote == "khong"', "w > 99"])
def test_one_that_is_not_asked_is_not_shown(tmp_path: Path, condition: str) -> None:
    outline = OUTLINE.replace("label: Men,", f"label: Men, only_when: '{condition}',")
    assert "Men" not in rows_of(tmp_path, "all", outline)
