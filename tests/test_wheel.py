"""The wheel: what it carries, and that it works away from the clone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from hoso.starting import DEMO_DOSSIERS, demo_files

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of what Git knows, with a stranger's dossier lying in the clone's folders."""
    source = tmp_path_factory.mktemp("source")
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    stranger = source / "checklists/tong-ket-tccs-2021/don-vi-la"
    stranger.mkdir()
    (stranger / "dossier.yaml").write_text("hoso: 1\nunit: don-vi-la\n", encoding="utf-8")
    (source / "checklists" / DEMO_DOSSIERS[0] / "bao_cao.private.yaml").write_text("hoso: 1\n", encoding="utf-8")
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_carries_the_code_and_the_named_files_only(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    shipped = {name.removeprefix("hoso/shipped/") for name in names if name.startswith("hoso/shipped/")}
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "site").rglob("*") if path.is_file()}
    wanted = {name for name in demo_files(ROOT) if "/" in name}
    assert shipped == wanted | pages | {"hoso.yaml", "mkdocs.yml", "mkdocs.en.yml"}
    assert not any("don-vi-la" in name or ".private." in name for name in names)
    code = {name for name in names if not name.startswith("hoso/shipped/")}
    assert {
        "hoso/render/alone.css",
        "hoso/__init__.py",
        "hoso/locale/vi/LC_MESSAGES/hoso.mo",
        "hoso/pipelines/github.yml",
        "tui/app.py",
    } <= code
    assert all(name.startswith(("hoso/", "tui/")) for name in code)


def test_the_wheel_runs_the_demo_and_publishes_away_from_the_clone(wheel: Path, tmp_path: Path) -> None:
    target, demo = tmp_path / "installed", tmp_path / "demo"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    environment = os.environ | {"PYTHONPATH": str(target), "HOSO_CACHE": str(tmp_path / "cache")}

    def hoso(*arguments: str, cwd: Path = tmp_path) -> str:
        command = [sys.executable, "-P", "-W", "error", "-m", "hoso", *arguments]
        done = subprocess.run(command, cwd=cwd, env=environment, check=True, stdout=subprocess.PIPE)
        return done.stdout.decode()

    found = [sys.executable, "-P", "-c", "import hoso; print(hoso.__file__)"]
    where = subprocess.run(found, cwd=tmp_path, env=environment, check=True, stdout=subprocess.PIPE)
    assert Path(where.stdout.decode().strip()).is_relative_to(target)
    hoso("demo", str(demo), "--no-open")
    rows = json.loads(hoso("status", "tong-ket-tccs-2021", "--format", "json", cwd=demo))
    assert [(row["done"], row["total"]) for row in rows if row["unit"] == "khoi-cq-dn-ha-tinh"] == [(107, 107)]
    hoso("publish", cwd=demo)
    assert (demo / "build/site/index.html").is_file()
