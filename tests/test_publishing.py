"""Publishing that is cut off, and the site while it is worked on."""

from __future__ import annotations

import contextlib
import errno
import http.client
import io
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hoso import staging
from hoso.cli import main
from hoso.cli.progress import Progress
from hoso.cli.site_server import SiteServer
from hoso.cli.watching import look
from hoso.publish import render_to
from hoso.publishing_site import publish_site
from hoso.workspace import Workspace
from tests.site_case import replaced, small_workspace
from tests.test_site import files_of

ANSWER = "checklists/hs-2021/don-vi-a/bao_cao.yaml"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return small_workspace(tmp_path)


def hoso(root: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "hoso", *arguments], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, encoding="utf-8", env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
    )  # fmt: skip


# ---- cut off


def stop(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def no_space(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "x.html")


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize(
    "place", ["mkdocs.commands.build._build_page", "hoso.searching.complete", "mkdocs.utils.write_file"]
)
@pytest.mark.parametrize("cut", [stop, no_space])
def test_what_is_cut_off_leaves_the_site_as_it_was(
    small: Path, monkeypatch: pytest.MonkeyPatch, cut: Callable[..., None], place: str, full: bool
) -> None:
    publish_site(Workspace(small))
    before = files_of(small / "build")
    replaced(small / ANSWER, "khối mã", "khối chữ")
    with monkeypatch.context() as patched:
        patched.setattr(place, cut)
        with pytest.raises((KeyboardInterrupt, OSError)):
            publish_site(Workspace(small), full=full)
    assert files_of(small / "build") == before
    assert publish_site(Workspace(small)).made
    assert "khối chữ" in (small / "build/site/ho-so/hs-2021/don-vi-a.html").read_text(encoding="utf-8")


def test_one_that_publishes_does_not_disturb_another(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other, killed = small / "build/site.new.1", small / "build/site.new.2"
    for folder in (other, killed):
        folder.mkdir(parents=True)
        (folder / "x.html").write_text("x", encoding="utf-8")
    os.utime(killed, (1, 1))
    publish_site(Workspace(small))
    assert (other / "x.html").is_file() and not killed.exists()
    assert sorted(path.name for path in (small / "build").iterdir()) == ["site", "site.json", "site.new.1"]


def test_pages_as_markdown_are_written_all_or_not_at_all(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "pages"
    render_to(Workspace(small), folder)
    (folder / "own.txt").write_text("x", encoding="utf-8")
    before = files_of(folder)
    replaced(small / ANSWER, "khối mã", "khối chữ")
    with monkeypatch.context() as patched:
        patched.setattr("hoso.publish.expanded", stop)
        with pytest.raises(KeyboardInterrupt):
            render_to(Workspace(small), folder)
    assert files_of(folder) == before
    render_to(Workspace(small), folder)
    assert {name for name, text in files_of(folder).items() if before[name] != text} == {
        "ho-so/hs-2021/don-vi-a.md"
    }  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is no signal there")
@pytest.mark.parametrize("command", ["publish", "render"])
def test_ctrl_c_ends_with_a_sentence_and_its_exit_code(small: Path, tmp_path: Path, command: str) -> None:
    """Stopped in the midst of building: the pages written by hand are many, so that it takes a while."""
    publish_site(Workspace(small))
    before = files_of(small / "build")
    waiting = tmp_path / "sitecustomize.py"
    waiting.write_text(
        "import pathlib, time\n"
        "def wait(*_, **__):\n    pathlib.Path('waits').touch()\n    time.sleep(60)\n"
        "import hoso.publish\nhoso.publish.navigation = wait\n"
        "import hoso.mkdocs_plugin\nhoso.mkdocs_plugin.navigation = wait\n",
        encoding="utf-8",
    )
    replaced(small / ANSWER, "khối mã", "khối chữ")
    os.environ["PYTHONPATH"] = str(tmp_path)
    try:
        process = hoso(small, command, *([str(tmp_path / "out")] if command == "render" else []))
    finally:
        del os.environ["PYTHONPATH"]
    until(lambda: (small / "waits").exists())
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert out == "" and "Traceback" not in err and err.strip().count("\n") == 0 and err.strip()
    assert files_of(small / "build") == before
    assert not list(tmp_path.rglob("*.new*")) and not list((tmp_path / "out").rglob("*.md"))


@pytest.mark.parametrize("command", [["check"], ["status"], ["rollup", "hs-2021"]])
def test_every_long_command_says_that_it_was_stopped(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.chdir(small)
    monkeypatch.setattr("hoso.workspace.Workspace.open", stop)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with pytest.raises(SystemExit) as ended:
        main(command)
    assert ended.value.code == 130
    assert capsys.readouterr().err.endswith("\nĐã dừng.\n")


def test_ctrl_c_is_not_heard_while_files_change_places() -> None:
    with staging.undisturbed():
        signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


# ---- progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", told := Terminal())
    times = iter([0, 0.01, 0.05, 0.2, 0.21, 9])
    with Progress(lambda: next(times)) as progress:
        for what, done in (("reading", 0), ("reading", 20), ("reading", 1240), ("building", 1), ("building", 5040)):
            progress(what, done, 5040)
    assert told.getvalue() == "".join(
        f"\r\x1b[K{line}" for line in ("reading 0/5.040", "reading 1.240/5.040", "building 1/5.040", "building 5.040/5.040", "")
    )  # fmt: skip


def test_progress_is_never_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", told := Terminal())
    monkeypatch.setenv("COLUMNS", "30")
    with Progress(lambda: 0) as progress:
        progress("Hồ sơ báo cáo kiểm điểm và đánh giá", 20, 5040)
    line = told.getvalue().split("\x1b[K")[1]
    assert line.startswith("Hồ sơ báo cáo") and line.endswith(" 20/5.040\r")
    assert len(line) <= 30


def test_progress_is_a_line_now_and_then_in_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", told := io.StringIO())
    times = iter([0, 1, 11, 12, 25])
    with Progress(lambda: next(times)) as progress:
        for what, done in (("reading", 0), ("reading", 20), ("building", 30), ("building", 40)):
            progress(what, done, 50)
    assert told.getvalue() == "reading 20/50\nbuilding 40/50\n"


# ---- served


def until(holds: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[SiteServer]:
    with SiteServer(folder, 0) as server, server.running():
        yield server


def asked(server: SiteServer, path: str) -> tuple[int, str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    try:
        return answer.status, answer.read().decode(), answer.headers
    finally:
        connection.close()


def test_served_pages_carry_the_script_and_are_not_kept(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    for name in ("index.html", "x/index.html", "a.css"):
        (tmp_path / name).write_text("<body>á</body>", encoding="utf-8")
    with serving(tmp_path) as server:
        for path in ("/", "/index.html", "/x/", "/x/index.html?q=1"):
            status, text, headers = asked(server, path)
            assert (status, text) == (200, '<body>á<script src="/.hoso/reload.js"></script></body>')
            assert headers["Cache-Control"] == "no-cache"
        assert asked(server, "/a.css")[1] == "<body>á</body>"
        assert asked(server, "/x")[0] == 301
        assert asked(server, "/nowhere.html")[0] == 404
        assert asked(server, "/../../etc/hostname")[0] == 404
        assert "location.reload" in asked(server, "/.hoso/reload.js")[1]


def test_who_waits_is_told_of_a_build(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        first = asked(server, "/.hoso/version?seen=")[1]
        told: list[str] = []
        waiting = threading.Thread(target=lambda: told.append(asked(server, f"/.hoso/version?seen={first}")[1]))
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        server.version.raise_()
        waiting.join(10)
    assert told and told[0] != first


CHANGES: dict[str, Callable[[Path], object]] = {
    "an answer": lambda root: replaced(root / ANSWER, "khối mã", "khối chữ"),
    "a file with an older date": lambda root: os.utime(root / ANSWER, (1, 1)),
    "a file more": lambda root: (root / "outlines/x.yaml").write_text("", encoding="utf-8"),
    "a file gone": lambda root: (root / ANSWER).unlink(),
    "the marker": lambda root: replaced(root / "hoso.yaml", "language: vi", "language: en"),
}  # fmt: skip
PASSING = (f"{ANSWER.removesuffix('.yaml')}.lock.json", f"{ANSWER}~", "outlines/.bc.yaml.hoso-tmp", "build/site/x.html")


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_pages_are_made_from_is_watched(small: Path, change: str) -> None:
    seen = look(small)
    CHANGES[change](small)
    assert look(small) != seen


@pytest.mark.parametrize("name", PASSING)
def test_what_passes_is_not_watched(small: Path, name: str) -> None:
    seen = look(small)
    (small / name).parent.mkdir(parents=True, exist_ok=True)
    (small / name).write_text("x", encoding="utf-8")
    assert look(small) == seen


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is no signal there")
def test_what_is_saved_is_built_while_the_site_is_served(small: Path) -> None:
    process = hoso(small, "publish", "--serve", "--port", "0")
    said: list[str] = []
    assert process.stderr is not None
    reading = threading.Thread(target=lambda: said.extend(iter(process.stderr.readline, "")))  # type: ignore[union-attr]
    reading.start()
    page = small / "build/site/ho-so/hs-2021/don-vi-a.html"
    try:
        until(lambda: any("http://127.0.0.1:" in line for line in said))
        assert "khối mã" in page.read_text(encoding="utf-8")
        replaced(small / ANSWER, "khối mã", "khối chữ")
        until(lambda: "khối chữ" in page.read_text(encoding="utf-8"))
        (small / "outlines/bc.yaml").write_text("hoso: [\n", encoding="utf-8")  # a mistake does not end it
        until(lambda: any("outlines/bc.yaml:" in line for line in said))
        assert process.poll() is None
    finally:
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        code = process.wait(20)
    reading.join(10)
    process.communicate()
    assert code == 0 and time.monotonic() - begun < 10 and "Traceback" not in "".join(said)


def test_a_port_that_is_taken_is_told_before_anything_is_built(small: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = hoso(small, "publish", "--serve", "--port", str(taken.getsockname()[1]))
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1 and out == ""
    assert re.search(r"--port 0", err) and "Traceback" not in err
    assert not (small / "build").exists()
