"""Judging: what is done of what is wanted, and what is wrong where, as golden cases and for what is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from hoso.dossiers import Waiver
from hoso.problems import Level, problem
from hoso.workspace import Workspace

from .golden_cases import build, cases, lines, read_case

FOLDER = "checklists/hs/so-a/"
SHIPPED = ("tong-ket-tccs-2021", "khoi-cq-dn-ha-tinh")


@pytest.mark.parametrize("path", cases("counting"))
def test_golden(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    workspace = Workspace(build(tmp_path, case["files"]))
    assert workspace.definition_problems == []
    verdict = workspace.verdict(workspace.open("hs", "so-a"))
    found = zip(lines(verdict.problems), verdict.problems, strict=True)
    told = [line.removeprefix(FOLDER) + (" waived" if one.waived else "") for line, one in found]
    assert told == (case["problems"] or [])
    assert f"{verdict.done}/{verdict.total}" == case["count"]
    assert {name: f"{part.done}/{part.total}" for name, part in verdict.parts.items()} == case["items"]
    handing_in = workspace.verdict(workspace.open("hs", "so-a"), handing_in=True)
    against = [one for one in handing_in.problems if one.level is Level.ERROR and one.waived is None]
    assert str(len(against)) == case["obstacles"]
    # What the index keeps is what was judged.
    row = workspace.row("hs", "so-a")
    assert (row.done, row.total, len(row.problems)) == (verdict.done, verdict.total, len(verdict.problems))
    assert (row.errors, row.warnings) == (verdict.count(Level.ERROR), verdict.count(Level.WARNING))


def test_the_shipped_dossier_is_done_as_counted_by_hand(workspace_root: Path) -> None:
    """42 asks, 75 fields that are required of it, one document to attach."""
    workspace = Workspace(workspace_root)
    verdict = workspace.verdict(workspace.open(*SHIPPED))
    assert verdict.problems == []
    assert {name: (part.done, part.total) for name, part in verdict.parts.items()} == {
        "cong_van": (1, 1), "bao_cao": (117, 117), "bang_so_lieu": (0, 0), "minh_chung": (0, 0),
    }  # fmt: skip
    outline = workspace.definitions.outlines["bao-cao-tccs-dang-2021"]
    sheet = workspace.open(*SHIPPED).sheets["bao_cao"]
    marks = [mark for node in outline.nodes.values() for mark in ((sheet.answers[node.id] or {}).get("asks") or {})]
    assert len(marks) == 42


def test_emptying_one_answer_takes_exactly_one_from_done(workspace_root: Path) -> None:
    path = workspace_root / "checklists" / "/".join(SHIPPED) / "bao_cao.yaml"
    text = path.read_text(encoding="utf-8")
    for before, after in (("    so_tccs: 109\n", ""), ("      nghi_quyet: here\n", "")):
        assert text.count(before) == 1
        path.write_text(text.replace(before, after), encoding="utf-8")
        verdict = Workspace(workspace_root).verdict(Workspace(workspace_root).open(*SHIPPED))
        assert (verdict.done, verdict.total) == (117, 118)


def test_a_waiver_covers_a_code_at_a_key_or_everywhere() -> None:
    found = problem("ask-open", "x.yaml", "a.b.asks.c", label="x")
    assert Waiver("ask-open", "a.b.asks.c", "vì").covers(found) and Waiver("ask-open", "", "vì").covers(found)
    assert not Waiver("ask-open", "a.b", "vì").covers(found)
    assert not Waiver("answer-missing", "a.b.asks.c", "vì").covers(found)


def test_the_order_of_problems_does_not_change_from_run_to_run(tmp_path: Path) -> None:
    case = read_case(Path(__file__).parent / "golden/counting/conditions-off.yaml")
    files = case["files"]
    answers = files[FOLDER + "bc.yaml"] + "".join(f"  la_{n}:\n    x: y\n" for n in range(9))
    answers = answers.replace("    so: 10\n", "    so: 10\n" + "".join(f"    xa_{n}: y\n" for n in range(9)))
    workspace = Workspace(build(tmp_path, files | {FOLDER + "bc.yaml": answers}))
    keys = [one.key for one in workspace.verdict(workspace.open("hs", "so-a")).problems]
    assert [key for key in keys if ".xa_" in key] == [f"bc.a.xa_{n}" for n in range(9)]
    assert [key for key in keys if ".la_" in key] == [f"bc.la_{n}" for n in range(9)]
