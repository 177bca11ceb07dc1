"""Open rows keep their ids: through edits and moves, through two people's saves, through Git's own merge."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoso import yamlio
from hoso.store.merging import merge
from hoso.workspace import Workspace
from tests.test_tables import LISTS, TIMES
from tui.grids import Desk, TableGrid
from tui.places import Key
from tui.session import Session

KEY = Key("field", "bieu", "s", "t1")
ROWS = {name: {"ten": name[-1].upper()} for name in ("raaaa", "rbbbb", "rcccc", "rdddd", "reeee", "rffff")}
OPEN = TIMES.replace("at_most: 4", "at_most: 90")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    fields = OPEN.strip("\n").replace("\n", "\n      ")
    answers = "".join(f"      {name}:\n        ten: {row['ten']}\n" for name, row in ROWS.items())
    for name, text in {
        "hoso.yaml": "hoso: 1\n", "outlines/lists.yaml": LISTS,
        "checklists/units.yaml": "hoso: 1\nunits:\n  so-a: {name: Sở A, kind: so}\n",
        "outlines/bieu.yaml": f"hoso: 1\ntitle: Biểu\nsections:\n  - id: s\n    title: Mục\n    fields:\n      {fields}\n",
        "checklists/dot.yaml": "hoso: 1\ntitle: Đợt\nitems:\n  - {id: bieu, title: Biểu, outline: bieu}\n",
        "checklists/dot/so-a/dossier.yaml": "hoso: 1\nunit: so-a\nstate: drafting\nattachments:\n",
        "checklists/dot/so-a/bieu.yaml": f"hoso: 1\noutline: bieu\nversion: 1\nanswers:\n  s:\n    t1:\n{answers}",
    }.items():  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


class Person:
    """Somebody who has the dossier open at the table."""

    def __init__(self, root: Path) -> None:
        self.session = Session(Workspace(root), "dot", "so-a")
        made: Any = self.session.field(KEY)
        self.desk = Desk(TableGrid(made, self.session.raw(KEY)), self._keep)

    def _keep(self, value: dict[str, Any], joined: bool) -> None:
        self.session.seal()
        self.session.put(KEY, value)
        self.desk.take(self.desk.grid, value)

    def write(self, row: int, text: str) -> None:
        self.desk.go(row, 0)
        self.desk.typed(text)
        self.desk.commit()

    def rows(self, row: int, what: str) -> None:
        self.desk.go(row, 0)
        assert self.desk.rows(what) == ""

    @property
    def names(self) -> list[str]:
        return list(self.session.raw(KEY))


def kept(root: Path) -> dict[str, Any]:
    document, problems = yamlio.read(root / "checklists/dot/so-a/bieu.yaml", "bieu.yaml")
    assert document is not None and not problems
    found: dict[str, Any] = document.data["answers"]["s"]["t1"]
    return found


def test_a_moved_row_is_saved_where_it_was_moved_to(root: Path) -> None:
    person = Person(root)
    person.rows(0, "down")
    assert person.session.save()
    assert list(kept(root)) == ["rbbbb", "raaaa", *list(ROWS)[2:]]
    assert person.session.undo() == KEY
    assert person.session.save()
    assert list(kept(root)) == list(ROWS)


def test_two_people_add_and_move_rows_at_once(root: Path) -> None:
    one, other = Person(root), Person(root)
    one.rows(0, "down")
    one.write(6, "mới của một")
    assert one.session.save()
    other.write(2, "C sửa")
    other.write(6, "mới của hai")
    other.rows(4, "removed")
    assert other.session.save()
    found = kept(root)
    assert list(found)[:2] == ["rbbbb", "raaaa"]
    assert "reeee" not in found
    assert found["rcccc"] == {"ten": "C sửa"}
    added = [row["ten"] for name, row in found.items() if name not in ROWS]
    assert sorted(added) == ["mới của hai", "mới của một"]
    assert other.session.clashes == {}


def test_a_row_that_one_removes_and_the_other_edits_stays_whole(root: Path) -> None:
    one, other = Person(root), Person(root)
    one.rows(1, "removed")
    assert one.session.save()
    other.desk.go(1, 3)
    other.desk.typed("2")
    assert other.session.save()
    assert kept(root)["rbbbb"] == {"ten": "B", "ngay": "2"}
    assert other.session.clashes == {"bieu.s.t1.rbbbb": None}
    assert list((root / "checklists/dot/so-a/conflicts").iterdir())


moves = st.lists(
    st.tuples(st.sampled_from(["up", "down", "inserted", "removed", "typed"]), st.integers(0, 7)), max_size=5
)


@given(moves, moves)
def test_no_merge_loses_a_row_or_a_cell(ours: list[tuple[str, int]], theirs: list[tuple[str, int]]) -> None:
    one, other = worked(ours, "ta"), worked(theirs, "họ")
    merged = merge(ROWS, one, other).tree
    for mine, its in ((one, other), (other, one)):
        for name in mine:
            if name not in ROWS or name in its:
                assert name in merged
    assert {name for name in ROWS if name not in one and name not in other}.isdisjoint(merged)
    if list(one) == list(ROWS):
        shared = [name for name in merged if name in other]
        assert shared == [name for name in other if name in merged]


def worked(steps: list[tuple[str, int]], text: str) -> dict[str, Any]:
    import yaml

    from hoso.kinds import TableField

    made = TableGrid(TableField.model_validate(yaml.load(OPEN, yaml.BaseLoader)[0]), dict(ROWS))
    desk = Desk(made, lambda value, _: (made.take(value), None)[1])
    for what, row in steps:
        desk.go(row, 0)
        if what == "typed":
            desk.typed(text)
            desk.commit()
        else:
            desk.rows(what)
    return made.value


# ---- plain Git --------------------------------------------------------------------------------------------


def git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    names = ["-c", "user.name=test", "-c", "user.email=", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *names, *arguments], cwd=root, capture_output=True, text=True, check=False)


def branches(root: Path, ours: Any, theirs: Any) -> subprocess.CompletedProcess[str]:
    """Two people work in two clones' branches; then plain `git merge`."""
    (root / ".gitignore").write_text("*.lock*\nconflicts/\n", encoding="utf-8")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "base")
    for name, work in (("hai", theirs), ("main", ours)):
        if name != "main":
            git(root, "checkout", "-q", "-b", name)
        person = Person(root)
        work(person)
        assert person.session.close()
        git(root, "commit", "-q", "-am", name)
        git(root, "checkout", "-q", "main")
    return git(root, "merge", "-q", "--no-edit", "hai")


def test_git_brings_rows_together_that_two_people_changed_and_added(root: Path) -> None:
    def ours(person: Person) -> None:
        person.write(0, "A sửa")
        person.rows(2, "inserted")
        person.write(2, "chen")

    def theirs(person: Person) -> None:
        person.write(6, "thêm cuối")
        person.rows(4, "down")

    merged = branches(root, ours, theirs)
    assert merged.returncode == 0, merged.stdout + merged.stderr
    found = kept(root)
    assert [row["ten"] for row in found.values()] == ["A sửa", "B", "chen", "C", "D", "F", "E", "thêm cuối"]
    assert [name for name in found if name in ROWS] == ["raaaa", "rbbbb", "rcccc", "rdddd", "rffff", "reeee"]


def test_rows_that_both_add_at_one_place_are_told_and_both_are_there(root: Path) -> None:
    merged = branches(root, lambda one: one.write(6, "của một"), lambda one: one.write(6, "của hai"))
    assert merged.returncode == 1
    problems = Workspace(root).row("dot", "so-a").problems
    assert "conflict-markers" in {found.code for found in problems}
    text = (root / "checklists/dot/so-a/bieu.yaml").read_text(encoding="utf-8")
    assert "của một" in text and "của hai" in text


def test_a_save_changes_only_the_line_that_was_changed(root: Path) -> None:
    before = (root / "checklists/dot/so-a/bieu.yaml").read_text(encoding="utf-8")
    person = Person(root)
    person.write(0, "khác")
    person.session.saver.save()
    after = (root / "checklists/dot/so-a/bieu.yaml").read_text(encoding="utf-8")
    assert after.replace("khác", "A") == before
