"""The server of textual-serve with our own page, which asks no other host for anything, and a guard before it."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp_jinja2
from aiohttp import web
from textual_serve.server import Server

from hoso import i18n
from hoso.i18n import tr

HERE = Path(__file__).parent
PORT, PORTS_TRIED = 8765, 50
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class AppServer(Server):
    """Starts `command` for each tab. `ready` is called once the port is open.

    Nobody is asked for a password. So that no page of another site open in the same browser can type into the app,
    only pages that this server itself gave out may connect, and on loopback only by a name of this machine."""

    def __init__(self, command: str, host: str, port: int, title: str, ready: Callable[[], None]) -> None:
        super().__init__(command, host=host, port=port, title=title, templates_path=str(HERE))
        self._ready = ready

    def initialize_logging(self) -> None:
        logging.basicConfig(level=logging.WARNING, format="%(message)s")

    async def on_startup(self, app: web.Application) -> None:
        """Nothing is said before the port is open."""

    def serve(self, debug: bool = False) -> None:  # noqa: ARG002
        """Until Ctrl+C. Every app is ended then, and saves."""
        self.initialize_logging()
        loop = asyncio.new_event_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
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
        return await super().handle_websocket(request)

    def _must_be_asked_here(self, request: web.Request) -> None:
        """A name that a stranger made point at this machine is turned away."""
        if self.host in LOOPBACK and urlsplit(f"//{request.host}").hostname not in LOOPBACK:
            raise web.HTTPForbidden(text=tr("Only the app's own page may connect."))


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
