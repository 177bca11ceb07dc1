"""Keys are worked off in the order in which they were pressed, however fast they come.

Textual hands priority bindings out at once, while other keys go to the focused widget and climb from queue to queue up
to the app: so F4 would run before the Escape that was pressed before it, and a letter before ^Z. Here a key that the
focused field keeps for itself, a letter or an arrow say, goes to that field at once; any other key waits until those
before it are done, and those behind wait for it.

To know when a key is done, a call takes the same way up through the same queues, right behind it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import TYPE_CHECKING, Any

from textual import events
from textual.message_pump import MessagePump

from tui.widgets.ordered_keys import OrderedKeys

if TYPE_CHECKING:
    from textual.app import App

_LOOK = 0.2  # seconds between looks whether a call was lost: a widget that is closed drops what it was sent
# A key that was worked off may have sent a message (Enter: "submitted"), whose handler sends another one ("opened"),
# which stand in the queues behind the first call.
_ROUNDS = 4
LEAVES_AT_ONCE = "ctrl+q"


class _Behind(Enum):
    """What has been handed out and may be on its way still."""

    NOTHING = 0
    TEXT = 1
    COMMAND = 2


class KeyOrder:
    """`take` every key and paste that comes; `hand_out` gets them one by one, when it is their turn."""

    def __init__(
        self, app: App[Any], ready: Callable[[], Awaitable[None]], hand_out: Callable[[events.Event], Awaitable[None]]
    ) -> None:
        self.app = app
        self._ready = ready  # waited for before a key is handed out
        self._hand_out = hand_out
        self._held: deque[events.Key | events.Paste] = deque()
        self._behind = _Behind.NOTHING
        self._target: MessagePump = app  # what the last key was sent to
        self._turn = 0  # of the call under way
        self._rounds = 0  # that it has to go yet
        self._at: MessagePump = app  # where it waits
        self._shut = False

    async def take(self, event: events.Key | events.Paste) -> None:
        if self._held or not self._may_go(event):
            self._held.append(event)
            self._settle()
        else:
            await self._give(event)

    def shut(self) -> None:
        """From now on keys are meant for what is being opened: they are held."""
        self._shut = True

    def open(self) -> None:
        """Hands out what was held."""
        self._shut = False
        self.app.call_later(self._drain)

    def forget(self) -> None:
        """What they were meant for did not come."""
        self._held.clear()
        self._shut = False

    def _may_go(self, event: events.Key | events.Paste) -> bool:
        if self._shut:
            return isinstance(event, events.Key) and event.key == LEAVES_AT_ONCE
        if self._behind is _Behind.TEXT:
            return self._target is self._receiver and _stays(event, self._receiver)
        return self._behind is _Behind.NOTHING

    @property
    def _receiver(self) -> MessagePump:
        return self.app.focused or self.app.screen

    async def _give(self, event: events.Key | events.Paste) -> None:
        await self._ready()
        await self._hand_out(event)
        if event.is_forwarded:
            self._target = self._receiver
            text = _stays(event, self._target)
            self._behind = _Behind.TEXT if text else _Behind.COMMAND
            if not text:
                self._settle()

    async def _drain(self) -> None:
        while self._held and self._may_go(self._held[0]):
            await self._give(self._held.popleft())
        if self._held:
            self._settle()

    # ---- are they done? ---------------------------------------------------------------------------------

    def _settle(self) -> None:
        if self._rounds or self._behind is _Behind.NOTHING:
            return
        self._rounds = _ROUNDS if self._behind is _Behind.COMMAND else 1
        self._send(self._target)

    def _send(self, target: MessagePump) -> None:
        self._turn += 1
        self._climb_to(target, self._turn)
        self._watch(self._turn)

    def _watch(self, turn: int) -> None:
        asyncio.get_running_loop().call_later(_LOOK, self._look, turn)

    def _look(self, turn: int) -> None:
        if turn != self._turn or not self._rounds:
            return
        if self._at._closed and self._at is not self.app:
            self._climb_to(self.app, turn)
        else:
            self._watch(turn)  # a busy machine: it waits its turn

    def _climb_to(self, node: MessagePump, turn: int) -> None:
        self._at = node
        if not node.call_later(self._climb, node, turn) and node is not self.app:
            self._climb_to(self.app, turn)

    async def _climb(self, node: MessagePump, turn: int) -> None:
        if node is self.app:
            await self._came_back(turn)
        else:
            self._climb_to(node._parent or self.app, turn)

    async def _came_back(self, turn: int) -> None:
        if turn != self._turn or not self._rounds:
            return
        self._rounds -= 1
        if self._rounds:
            self._send(self._receiver)
            return
        self._behind = _Behind.NOTHING
        await self._drain()


def _stays(event: events.Key | events.Paste, receiver: MessagePump) -> bool:
    """Whether the focused field keeps it for itself."""
    return isinstance(receiver, OrderedKeys) and (isinstance(event, events.Paste) or receiver.keeps(event))
