"""A browser and a built site for the tests of this folder. Without a browser they fail at once and say so."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hoso import i18n
from hoso.publishing_site import publish_site
from hoso.workspace import Workspace
from tests.browser.chromium import LOCAL, Browser, NoBrowser
from tests.site_case import ROOT, replaced


@pytest.fixture(scope="session")
def window(tmp_path_factory):
    try:
        made = Browser(tmp_path_factory.mktemp("profile"))
    except NoBrowser as error:
        pytest.exit(str(error), returncode=1)
    yield made
    made.close()


@pytest.fixture
def browser(window):
    """The window, with nothing left of the test before."""
    window.forget()
    return window


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory):
    """What the fixtures of a session build is not kept among the user's own files."""
    kept = {name: os.environ.get(name) for name in ("HOSO_CACHE", "HOSO_STATE", "HOSO_TODAY")}
    os.environ |= {
        "HOSO_CACHE": str(tmp_path_factory.mktemp("cache")),
        "HOSO_STATE": str(tmp_path_factory.mktemp("state")),
        "HOSO_TODAY": "2021-12-01",
    }
    i18n.use("vi")
    yield
    for name, value in kept.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def shipped_workspace(folder: Path) -> Path:
    for name in ("outlines", "checklists", "site"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.lock.json", "*.private.yaml"))
    for name in ("hoso.yaml", "mkdocs.yml"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def built(root: Path) -> Path:
    result = publish_site(Workspace(root))
    assert not result.stopped, [found.line_of_text() for found in result.findings]
    return result.folder


@pytest.fixture(scope="session")
def site(tmp_path_factory, own_folders) -> Path:
    """The site of the shipped workspace, with dossiers shown in full."""
    root = shipped_workspace(tmp_path_factory.mktemp("shipped"))
    for path in [*root.glob("outlines/*.yaml"), *root.glob("checklists/*.yaml")]:
        if "publish: {dossiers: totals" in path.read_text(encoding="utf-8"):
            replaced(path, "publish: {dossiers: totals", "publish: {dossiers: all")
    return built(root)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *told: object) -> None:
        """Requests are not narrated."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A static host that gives this folder, and knows nothing else."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer((LOCAL, 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://{LOCAL}:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@contextmanager
def opened(folder: Path, way: str) -> Iterator[str]:
    """The address of a folder, by `http` from a deep folder of a host, or by `file` as a double click opens it."""
    if way == "file":
        yield f"{folder.as_uri()}/"
        return
    with served(folder.parent.parent) as host:
        yield f"{host}{folder.relative_to(folder.parent.parent).as_posix()}/"
