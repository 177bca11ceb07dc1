"""What all tests share."""

import signal
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from hoso import i18n

# Windows has no pseudo-terminals of this kind.
collect_ignore = (
    [
        "pty_app.py",
        "kills.py",
        "killed_places.py",
        "test_app_pty.py",
        "test_kills_pty.py",
        "test_review_pty.py",
        "test_typing_pty.py",
        "test_grid_pty.py",
        "test_plain_pty.py",
    ]
    if sys.platform == "win32"
    else []
)
# Who starts the tests in the background of a shell leaves them deaf to Ctrl+C, and every process that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data" / "workspace"


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory, monkeypatch):
    """Keeps the caches and the language of whoever runs the tests out."""
    base = tmp_path_factory.mktemp("own")
    monkeypatch.setenv("HOSO_CACHE", str(base / "cache"))
    monkeypatch.setenv("HOSO_STATE", str(base / "state"))
    monkeypatch.delenv("HOSO_LANGUAGE", raising=False)
    monkeypatch.delenv("HOSO_TODAY", raising=False)
    before = i18n.language()
    yield
    i18n.use(before)


@pytest.fixture
def workspace_root(tmp_path: Path) -> Path:
    """A copy of the tests' own workspace: one outline, its checklist, one filled dossier."""
    root = tmp_path / "workspace"
    for name in ("outlines", "checklists"):
        copytree(DATA / name, root / name, ignore=ignore_patterns("*.lock.json", "*.private.yaml", "*.hoso-tmp"))
    (root / "hoso.yaml").write_bytes((DATA / "hoso.yaml").read_bytes())
    return root
