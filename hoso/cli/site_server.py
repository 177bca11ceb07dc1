"""The site on this machine while it is worked on: pages that a browser loads again by itself once they were built."""

from __future__ import annotations

import functools
import http.server
import io
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qs, urlsplit

# No page of the site can have such an address: MkDocs leaves out what begins with a point.
_OWN = "/.hoso/"
_SCRIPT = """
(function () {
  var seen = "";
  function ask() {
    fetch("/.hoso/version?seen=" + seen, {cache: "no-store"}).then(function (answer) { return answer.text(); })
      .then(function (version) {
        if (seen && version !== seen) location.reload(); else { seen = version; ask(); }
      }).catch(function () { setTimeout(ask, 1000); });
  }
  ask();
})();
"""
_TAG = b'<script src="/.hoso/reload.js"></script></body>'
_PATIENCE = 20.0


class Version:
    """Counts the builds; who waits for another one than theirs is woken by it."""

    def __init__(self) -> None:
        self.started = time.time_ns()
        self.count = 0
        self.changed = threading.Condition()

    def __str__(self) -> str:
        return f"{self.started}-{self.count}"

    def raise_(self) -> None:
        with self.changed:
            self.count += 1
            self.changed.notify_all()

    def after(self, seen: str) -> str:
        with self.changed:
            self.changed.wait_for(lambda: str(self) != seen, _PATIENCE)
            return str(self)


class SiteServer(http.server.ThreadingHTTPServer):
    """Serves a folder on loopback. Raises OSError where the port is taken."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int) -> None:
        self.version = Version()
        super().__init__(("127.0.0.1", port), functools.partial(_Handler, directory=str(folder)))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away in the middle is no news."""

    @contextmanager
    def running(self) -> Iterator[None]:
        thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.shutdown()


class _Handler(http.server.SimpleHTTPRequestHandler):
    server: SiteServer

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path == f"{_OWN}reload.js":
            self._give(_SCRIPT, "text/javascript")
        elif asked.path == f"{_OWN}version":
            self._give(self.server.version.after(parse_qs(asked.query).get("seen", [""])[0]), "text/plain")
        else:
            super().do_GET()

    def _give(self, text: str, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Pages get the script that loads them again; the policy of the pages allows scripts of the site's own host."""
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if page.suffix != ".html" or not page.is_file():
            return super().send_head()
        content = page.read_bytes().replace(b"</body>", _TAG, 1)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def end_headers(self) -> None:
        # Else a browser would show pages of before for minutes.
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Requests are not narrated."""
