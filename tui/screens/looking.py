"""From a dossier to its preview, and back to the field that was chosen there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tui.paper import Extent
from tui.places import Key, Place
from tui.previewing import Preview
from tui.screens.preview import PreviewScreen
from tui.widgets.cell_line import CellLine

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.session import Session
    from tui.widgets.form import Form

    _AnyScreen = Screen[None]
else:
    _AnyScreen = object


class Looking(_AnyScreen):
    """For a screen that has a session and a form, knows where one is and can go to a place."""

    session: Session
    form: Form
    place: Place | None

    async def go(self, place: Place, key: Key | None = None, *, focus: bool = True) -> None:
        raise NotImplementedError

    def focused_key(self) -> Key | None:
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F2 in a cell edits the cell; by its name in the palette the preview opens there too."""
        by_key = bool(getattr(self.app, "pressed", ""))
        if action == "preview" and by_key and isinstance(self.focused, CellLine):
            return False
        return super().check_action(action, parameters)

    @work
    async def action_preview(self) -> None:
        """The item as it will print, at the field that has the focus."""
        await self._show(Extent.ITEM)

    @work
    async def action_look(self) -> None:
        """The section as it will print, at the text that is being written."""
        await self._show(Extent.SECTION)

    async def _show(self, extent: Extent) -> None:
        await self.form.flush()
        place = self.place or next(iter(self.session.places()), None)
        if place is None:
            return
        preview = Preview(self.session, place, self.focused_key(), extent)
        target = await self.app.push_screen_wait(PreviewScreen(preview))
        if target is not None:
            await self.go(*target)
