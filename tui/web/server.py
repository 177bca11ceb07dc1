"""The server of textual-serve with our own page, which asks no other host for anything, and a guard before it."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import aiohttp_jinja2
from aiohttp import web
from textual_serve.server import Server

from hoso import i18n
from hoso.i18n import tr

HERE = Path(__file__).parent
PATIENCE = 10  # seconds that apps are given to save and end
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; font-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip
PORT, PORTS_TRIED = 8765, 50
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class AppServer(Server):
    """Starts `command` for each tab. `ready` is called once the port is open.

    Nobody is asked for a password. So that no page of another site open in the same browser can type into the app,
    only pages that this server itself gave out may connect, and on loopback only by a name of this machine."""

    def __init__(self, command: str, host: str, port: int, title: str, ready: Callable[[], None]) -> None:
        super().__init__(command, host=host, port=port, title=title, templates_path=str(HERE))
        self._ready = ready
        self._tabs: set[asyncio.Task[Any]] = set()

    def initialize_logging(self) -> None:
        logging.basicConfig(level=logging.WARNING, format="%(message)s")

    async def on_startup(self, app: web.Application) -> None:
        """Nothing is said before the port is open."""
        app.on_response_prepare.append(_guard)

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002
        """Ends the app of every tab. Whatever does not end by then sees that its server is gone, and saves."""
        for tab in self._tabs:
            tab.cancel()
        if self._tabs:
            await asyncio.wait(self._tabs, timeout=PATIENCE)

    def serve(self, debug: bool = False) -> None:  # noqa: ARG002
        """Until Ctrl+C. Every app is ended then, and saves."""
        self.initialize_logging()
        loop = asyncio.new_event_loop()
        for number in filter(None, (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", None))):
            with suppress(NotImplementedError):  # Windows, where Ctrl+C comes as KeyboardInterrupt
                loop.add_signal_handler(number, self.request_exit)
        web.run_app(self._make_app(), host=self.host, port=self.port, handle_signals=False, loop=loop,
                    print=lambda *_: self._ready())  # fmt: skip

    @aiohttp_jinja2.template("app_index.html")
    async def handle_index(self, request: web.Request) -> dict[str, Any]:
        self._must_be_asked_here(request)
        return {
            "title": self.title,
            "language": i18n.language(),
            "font_size": _size(request.query.get("fontsize", "")),
            "websocket_url": f"{'wss' if request.secure else 'ws'}://{request.host}/ws",
            "ended": tr("The app has ended. Everything typed is saved."),
            "again": tr("Open again"),
            "starting": tr("The app is starting …"),
        }

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        self._must_be_asked_here(request)
        if urlsplit(request.headers.get("Origin", "")).netloc != request.host:
            raise web.HTTPForbidden(text=tr("Only the app's own page may connect."))
        tab = asyncio.current_task()
        assert tab is not None
        self._tabs.add(tab)
        try:
            return await super().handle_websocket(request)
        finally:
            self._tabs.discard(tab)

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """An attached file, to be saved and never to be shown as a page of this server."""
        self._must_be_asked_here(request)
        key = request.match_info["key"]
        try:
            told = await self.download_manager.get_download_metadata(key)
        except KeyError:
            raise web.HTTPNotFound() from None
        name = f"attachment; filename*=UTF-8''{quote(told.file_name, safe='')}"
        headers = {"Content-Type": "application/octet-stream", "Content-Disposition": name}
        answer = web.StreamResponse(headers=headers)
        await answer.prepare(request)
        async for chunk in self.download_manager.download(key):
            await answer.write(chunk)
        await answer.write_eof()
        return answer

    def _must_be_asked_here(self, request: web.Request) -> None:
        """A name that a stranger made point at this machine is turned away."""
        if not self._is_own_name(urlsplit(f"//{request.host}").hostname or ""):
            raise web.HTTPForbidden(text=tr("Only the app's own page may connect."))

    def _is_own_name(self, name: str) -> bool:
        if name in LOOPBACK or self.host in LOOPBACK:
            return name in LOOPBACK
        with suppress(ValueError):
            return bool(ip_address(name))
        own = {self.host, socket.gethostname(), socket.getfqdn()}
        return name.lower() in {known.lower() for one in own for known in (one, f"{one}.local")}


async def _guard(_: web.Request, answer: web.StreamResponse) -> None:
    """No other site may frame the app, and nothing in it may reach another host."""
    answer.headers.update(HEADERS)


def free_port(host: str, wanted: int | None) -> int:
    """The wanted port, or the first free one from 8765 on. Raises OSError where it cannot be had."""
    tried = [wanted] if wanted is not None else list(range(PORT, PORT + PORTS_TRIED))
    for port in tried[:-1]:
        try:
            return _tried(host, port)
        except OSError:
            continue
    return _tried(host, tried[-1])


def _tried(host: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((host, port))
        found: int = one.getsockname()[1]
    return found


def _size(text: str) -> int:
    return min(40, max(8, int(text))) if text.isdecimal() else 16
