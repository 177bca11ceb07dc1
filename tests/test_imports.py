"""What a clean process loads: the core no front end, a list of dossiers nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hoso.workspace import Workspace

from .conftest import ROOT

FRONT_ENDS = ("textual", "mkdocs", "click", "tui")
PARTS = ("kinds", "definitions", "formulas", "store", "render", "rollup")
CORE = sorted(
    {
        f"hoso.{path.stem}"
        for path in (ROOT / "hoso").glob("*.py")
        if path.stem not in ("__main__", "mkdocs_plugin", "__init__")
    }
    | {f"hoso.{part}" for part in PARTS}
    | {f"hoso.{part}.{path.stem}" for part in PARTS for path in (ROOT / "hoso" / part).glob("[a-z]*.py")}
)


def loaded(code: str, cwd: Path = ROOT) -> set[str]:
    """The top-level modules that a clean process has loaded after some code."""
    told = "\nimport sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", code + told], capture_output=True, text=True, check=True, cwd=cwd, encoding="utf-8"
    )
    return set(done.stdout.splitlines()[-1].split())


def test_the_core_loads_no_front_end() -> None:
    assert "hoso.workspace" in CORE and "hoso.store.locks" in CORE and len(CORE) > 30
    code = "import importlib, sys\n" + "\n".join(f"importlib.import_module({name!r})" for name in CORE)
    assert not loaded(code) & set(FRONT_ENDS)


@pytest.mark.parametrize("name", ["hoso.render", "hoso.workspace", "hoso.validate", "hoso.store", "hoso.definitions"])
def test_a_core_module_alone_loads_no_front_end(name: str) -> None:
    assert not loaded(f"import {name}") & set(FRONT_ENDS)


def test_listing_dossiers_from_a_warm_index_loads_nothing_heavy(workspace_root: Path) -> None:
    workspace = Workspace(workspace_root)
    assert len(list(workspace.rows("tong-ket-tccs-2021"))) == 1
    assert workspace.checklists
    workspace.index.close()
    code = f"""
from pathlib import Path
from hoso.workspace import Workspace
workspace = Workspace(Path({str(workspace_root)!r}))
info = workspace.checklists["tong-ket-tccs-2021"]
assert [one.row.done for one in workspace.standings(info) if one.row] == [118]
assert workspace.definition_problems == []
workspace.index.close()
"""
    assert not loaded(code) & {"pydantic", "babel", "markdown", *FRONT_ENDS}


def test_the_first_screen_loads_nothing_heavy(workspace_root: Path) -> None:
    workspace = Workspace(workspace_root)
    list(workspace.rows("tong-ket-tccs-2021"))
    workspace.index.close()
    code = f"""
from pathlib import Path
from hoso.workspace import Workspace
from tui.app import HosoApp
from tui.board import Board
board = Board(Workspace(Path({str(workspace_root)!r})))
assert board.ready and board.first() and HosoApp
"""
    assert not loaded(code) & {"pydantic", "babel", "markdown", "yaml", "click"}
