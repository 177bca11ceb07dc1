"""The app in a browser: the page it gives out, who may connect, the port, leaving."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hoso.cli import main
from tests.tui_case import make_case


@pytest.fixture
def root(tmp_path):
    return make_case(tmp_path / "ws")


@pytest.fixture
def served(root: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    environment = os.environ | {"HOSO_LANGUAGE": "vi", "HOSO_CACHE": str(tmp_path / "cache"), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "hoso", "serve"], cwd=root, env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert found, line
        yield process, int(found[1])
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def asked(port: int, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    with closing(connection):
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")


UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13",
           "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA=="}  # fmt: skip


def test_the_page_asks_no_other_host_and_only_it_may_connect(served):
    process, port = served
    status, page = asked(port, "/")
    assert status == 200 and "Ứng dụng đang khởi động" in page
    assert re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?((?:https?:)?//[^"')]+)""", page) == []
    for path in re.findall(r"/static/[^\"]+", page):
        assert asked(port, path)[0] == 200, path
    assert asked(port, "/ws", Origin="http://example.org", **UPGRADE)[0] == 403
    assert asked(port, "/ws", **UPGRADE)[0] == 403
    assert asked(port, "/", Host=f"example.org:{port}")[0] == 403
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0


def test_a_taken_port_is_told_where_it_was_chosen_and_passed_over_where_not(root, monkeypatch, capsys):
    from tui.web.server import free_port

    monkeypatch.chdir(root)
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        taken = one.getsockname()[1]
        with pytest.raises(SystemExit) as ended:
            main(["serve", "--port", str(taken)])
        assert ended.value.code == 1 and f"127.0.0.1:{taken}" in capsys.readouterr().err
        monkeypatch.setattr("tui.web.server.PORT", taken)
        assert free_port("127.0.0.1", None) > taken


def test_without_the_extra_it_says_how_to_install_it(root, monkeypatch, capsys):
    monkeypatch.chdir(root)
    monkeypatch.delitem(sys.modules, "tui.web.server", raising=False)
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    with pytest.raises(SystemExit) as ended:
        main(["serve"])
    assert ended.value.code == 2 and "hoso[serve]" in capsys.readouterr().err


def test_other_machines_are_let_in_only_with_a_warning(root, monkeypatch, capsys):
    monkeypatch.chdir(root)
    monkeypatch.setattr("tui.web.server.AppServer.serve", lambda server: server._ready())
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--host", "0.0.0.0", "--port", "0"])
    said = capsys.readouterr().err
    assert ended.value.code == 0 and "không có mật khẩu" in said.lower()


@pytest.mark.parametrize(
    ("host", "name", "own"),
    [
        ("127.0.0.1", "127.0.0.1", True), ("127.0.0.1", "localhost", True), ("localhost", "evil.example", False),
        ("127.0.0.1", "192.0.2.7", False), ("0.0.0.0", "192.0.2.7", True), ("0.0.0.0", "localhost", True),
        ("0.0.0.0", "evil.example", False), ("0.0.0.0", socket.gethostname().upper(), True), ("::", "::1", True),
    ],
)  # fmt: skip
def test_a_name_that_a_stranger_made_point_here_is_turned_away(host, name, own):
    from tui.web.server import AppServer

    assert AppServer("true", host, 1, "hoso", lambda: None)._is_own_name(name) is own


def test_no_other_site_may_frame_the_page(served):
    _, port = served
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/")
    with closing(connection):
        headers = connection.getresponse().headers
    assert (
        "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        and headers["X-Content-Type-Options"] == "nosniff"
    )
    assert asked(port, "/download/x")[0] == 404 and asked(port, "/download/x", Host=f"example.org:{port}")[0] == 403
