"""The windows over a dossier: problems, finding, attachments."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from hoso.i18n import tr
from hoso.problems import Problem
from tui.attaching import files_key, is_of_files
from tui.finding import everything, wheres
from tui.places import Key, Place
from tui.screens.attach import AttachScreen
from tui.screens.find import FindScreen
from tui.screens.problems import ProblemsScreen

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.session import Session
    from tui.widgets.form import Form

    _AnyScreen = Screen[None]
else:
    _AnyScreen = object


class Windows(_AnyScreen):
    """For a screen that has a session and a form, and can go to a place."""

    session: Session
    form: Form
    place: Place | None

    async def go(self, place: Place, key: Key | None = None, *, focus: bool = True) -> None:
        raise NotImplementedError

    async def show_attached(self, _: None) -> None:
        """Called when the window for attachments was closed."""
        raise NotImplementedError

    async def action_problems(self) -> None:
        await self.form.flush()
        self.list_problems(tr("Problems"), self.session.problems())

    @work
    async def list_problems(self, title: str, found: list[Problem]) -> None:
        await self.look_at(title, found)

    async def look_at(self, title: str, found: list[Problem]) -> bool:
        """Lists problems in a window and goes to the one chosen there; whether one was."""
        places = wheres(self.session, found)
        chosen: Problem | None = await self.app.push_screen_wait(ProblemsScreen(title, found, places))
        if chosen is not None:
            await self._go_to(chosen)
        return chosen is not None

    async def _go_to(self, chosen: Problem) -> None:
        target = self.session.place_of(chosen)
        if target is not None:
            await self.go(*target)
        if is_of_files(chosen):
            self.open_attachments(files_key(chosen))
        elif target is None:
            self.notify(tr("This is not about a section: {place}", place=chosen.place))
        if target is None or is_of_files(chosen):
            return
        field = self.form.field_of(target[1]) if target[1] is not None else None
        if field is not None:
            field.point_inside(chosen.key.removeprefix(f"{field.key.part}.{field.key.section}.{field.key.name}."))

    def places_to_go(self) -> list[tuple[str, str, Callable[[], Awaitable[None]]]]:
        """For the palette: every section and its item, and how to get there."""
        sections = (one for one in everything(self.session) if one.kind == "section")
        return [(f"→ {one.text}", one.where or tr("Goes there."), partial(self.go, one.place)) for one in sections]

    @work
    async def action_find(self) -> None:
        await self.form.flush()
        found = everything(self.session)
        chosen = await self.app.push_screen_wait(FindScreen(found))
        if chosen is not None:
            await self.go(found[int(chosen)].place, found[int(chosen)].key)

    async def action_attachments(self) -> None:
        await self.form.flush()
        self.open_attachments(Key("files", self.place.part) if self.place else None)

    def open_attachments(self, at: Key | None) -> None:
        self.app.push_screen(AttachScreen(self.session, at), self.show_attached)
