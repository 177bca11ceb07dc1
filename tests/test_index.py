"""The index is a cache: without it everything works, and nothing stale ever comes out of it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from hoso.paths import cache_folder
from hoso.stamps import stamp, stamps
from hoso.workspace import Workspace

CHECKLIST, UNIT = "tong-ket-tccs-2021", "khoi-cq-dn-ha-tinh"


def rows(root: Path) -> list[tuple[str, str, int, int, list[str]]]:
    workspace = Workspace(root)
    found = [(row.unit, row.state, row.done, row.total, [one.code for one in row.problems])
             for row in workspace.rows(CHECKLIST, hints=True)]  # fmt: skip
    workspace.index.close()
    return found


def judged(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The units that are read and judged to list the rows."""
    seen: list[str] = []
    real = Workspace.row

    def row(self: Workspace, checklist: str, unit: str) -> object:
        seen.append(unit)
        return real(self, checklist, unit)

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "row", row)
        rows(root)
    return seen


def cache() -> Path:
    (path,) = cache_folder().glob("*.sqlite")
    return path


def drop(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def test_a_warm_index_judges_nothing(workspace_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert judged(workspace_root, monkeypatch) == [UNIT]
    assert judged(workspace_root, monkeypatch) == []


def test_deleting_the_index_loses_nothing(workspace_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows(workspace_root)
    drop(cache())
    assert rows(workspace_root) == before == rows(workspace_root)


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_spoiled_index_loses_nothing(workspace_root: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows(workspace_root)
    path = cache()
    drop(path)
    path.write_bytes(content)
    assert rows(workspace_root) == before
    assert judged(workspace_root, monkeypatch) == []


@pytest.mark.parametrize("column", ["items", "findings", "hints"])
@pytest.mark.parametrize("value", ["{", "[[1]]", "7", "null"])
def test_spoiled_rows_lose_nothing(workspace_root: Path, column: str, value: str) -> None:
    before = rows(workspace_root)
    connection = sqlite3.connect(cache())
    connection.execute(f"UPDATE dossier SET {column} = ?", (value,))
    connection.execute("UPDATE definitions SET problems = ?", (value,))
    connection.commit()
    connection.close()
    assert rows(workspace_root) == before
    assert Workspace(workspace_root).definition_problems == []


def test_an_index_with_other_columns_loses_nothing(workspace_root: Path) -> None:
    before = rows(workspace_root)
    connection = sqlite3.connect(cache())
    connection.executescript("DROP TABLE dossier; DROP TABLE definitions; CREATE TABLE dossier (x); ")
    connection.close()
    assert rows(workspace_root) == before


def test_an_index_that_cannot_be_kept_loses_nothing(
    workspace_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(workspace_root)
    blocked = tmp_path / "a file"
    blocked.write_text("x", encoding="utf-8")
    monkeypatch.setenv("HOSO_CACHE", str(blocked / "below"))
    assert rows(workspace_root) == before
    monkeypatch.setenv("HOSO_CACHE", str(tmp_path / "folder"))
    rows(workspace_root)
    (path,) = (tmp_path / "folder").glob("*.sqlite")
    drop(path)
    path.mkdir()
    assert rows(workspace_root) == before


def test_a_changed_file_is_judged_anew(workspace_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows(workspace_root)
    path = workspace_root / "checklists" / CHECKLIST / UNIT / "bao_cao.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("so_tccs: 109", "so_tccs: xxx"), encoding="utf-8")
    assert rows(workspace_root)[0][4] == ["not-a-number"]
    assert judged(workspace_root, monkeypatch) == []


@pytest.mark.parametrize("name", ["files/cong_van/cong-van-gui-bao-cao.docx", "dossier.yaml"])
def test_a_file_gone_is_seen(workspace_root: Path, name: str) -> None:
    before = rows(workspace_root)
    (workspace_root / "checklists" / CHECKLIST / UNIT / name).unlink()
    assert rows(workspace_root) != before


def test_a_changed_definition_has_every_row_judged_anew(workspace_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows(workspace_root)
    path = workspace_root / "outlines/bao-cao-tccs-dang-2021.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("so_tccs, type: number", "so_tccs, type: date", 1), encoding="utf-8")
    assert judged(workspace_root, monkeypatch) == [UNIT]
    path.write_text(text, encoding="utf-8")
    assert judged(workspace_root, monkeypatch) == [UNIT]


def test_a_definition_changed_under_an_open_workspace_is_seen_on_reloading(workspace_root: Path) -> None:
    workspace = Workspace(workspace_root)
    assert [row.total for row in workspace.rows(CHECKLIST)] == [118]
    path = workspace_root / f"checklists/{CHECKLIST}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("required: false", "required: true"), encoding="utf-8")
    workspace.reload()
    assert [row.total for row in workspace.rows(CHECKLIST)] == [120]
    workspace.index.close()


def test_a_stale_row_is_never_returned(workspace_root: Path) -> None:
    """Whatever is edited between two listings, what comes out is what judging now says."""
    folder = workspace_root / "checklists" / CHECKLIST / UNIT
    edits: list[Callable[[], object]] = [
        lambda: (folder / "bao_cao.yaml").write_text("answers: [", encoding="utf-8"),
        lambda: (folder / "bao_cao.yaml").unlink(),
        lambda: (folder / "la.yaml").write_text("hoso: 1\noutline: x\n", encoding="utf-8"),
        lambda: (folder / "bao_cao.private.yaml").write_text("x: [", encoding="utf-8"),
        lambda: (folder / "aaa").symlink_to(folder / "nowhere"),
        lambda: (folder / "dossier.yaml").write_text("hoso: 1\nunit: x\n", encoding="utf-8"),
        lambda: (folder / "dossier.yaml").unlink(),
    ]
    rows(workspace_root)
    for edit in edits:
        edit()
        workspace = Workspace(workspace_root)
        fresh = workspace.row(CHECKLIST, UNIT)
        listed = list(workspace.rows(CHECKLIST, hints=True))
        assert listed == [fresh]
        workspace.index.close()


def test_a_dossier_gone_is_forgotten(workspace_root: Path) -> None:
    rows(workspace_root)
    folder = workspace_root / "checklists" / CHECKLIST / UNIT
    folder.rename(folder.with_name("thanh-uy-ha-tinh"))
    assert [row[0] for row in rows(workspace_root)] == ["thanh-uy-ha-tinh"]
    workspace = Workspace(workspace_root)
    assert list(workspace.known_rows(CHECKLIST)) == ["thanh-uy-ha-tinh"]
    workspace.index.close()


def test_a_stamp_sees_names_sizes_and_times_below_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    assert stamp(tmp_path / "nothing") == "" == stamp(tmp_path)
    for name in "aceg":
        (tmp_path / name).symlink_to(tmp_path / "nowhere")
    marks = {stamp(tmp_path)}
    for name in "bdfh":
        (tmp_path / name).write_text("x", encoding="utf-8")
        marks.add(stamp(tmp_path))
    (tmp_path / "b").write_text("xy", encoding="utf-8")
    marks.add(stamp(tmp_path))
    os.utime(tmp_path / "d", ns=(1, 1))
    marks.add(stamp(tmp_path))
    assert len(marks) == 7
    (tmp_path / "history").mkdir()
    (tmp_path / "history" / "x.yaml").write_text("x", encoding="utf-8")
    (tmp_path / ".lock.json").write_text("x", encoding="utf-8")
    assert stamp(tmp_path) in marks


def test_two_workspaces_do_not_share_rows(workspace_root: Path, tmp_path: Path) -> None:
    from shutil import copytree

    other = tmp_path / "other"
    copytree(workspace_root, other)
    (other / "checklists" / CHECKLIST / UNIT / "bao_cao.yaml").unlink()
    assert rows(workspace_root) != rows(other)
    assert rows(workspace_root)[0][2] == 118


def test_many_stamps_are_those_of_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"don-vi-{number}" for number in range(7)]
    for name in names[:-1]:
        (tmp_path / name / "files").mkdir(parents=True)
        (tmp_path / name / "dossier.yaml").write_text(name * 3, encoding="utf-8")
    monkeypatch.setattr("hoso.stamps._MANY", 2)
    monkeypatch.setattr("threading.active_count", lambda: 1)
    told = stamps(str(tmp_path), names)
    assert told == [stamp(tmp_path / name) for name in names]
    assert told[-1] == "" != told[0]
