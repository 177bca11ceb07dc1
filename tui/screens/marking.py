"""Asking for a mark: why a field has no answer, where an ask is covered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from hoso.i18n import tr
from hoso.problems import Refused
from tui import marking
from tui.fields import AsksWidget, FieldWidget
from tui.fields.table import TableWidget
from tui.places import Key
from tui.screens.ask import Choose, Entry, Reason
from tui.screens.closed import Closed
from tui.telling import title_of

if TYPE_CHECKING:
    from tui.session import Session


class Marking(Closed):
    """The windows that F5 and Enter on an ask open; for a screen that has a session and a form."""

    session: Session

    def focused_key(self) -> Key | None:
        """What the focused widget answers."""
        focused = self.app.focused
        field = next((one for one in focused.ancestors if isinstance(one, FieldWidget)), None) if focused else None
        return field.current if isinstance(field, AsksWidget) else field.key if field else None

    async def action_mark(self) -> None:
        await self.form.flush()
        key = self.focused_key()
        if self.tell_closed():
            return
        if key is None or not marking.choices(self.session, key):
            self.notify(tr("Go to a field or an ask first."))
        elif isinstance(field := self.form.field_of(key), TableWidget) and field.cell_choices():
            self.mark_cell(field)
        else:
            self.mark(key)

    @work(group="mark")
    async def mark_cell(self, field: TableWidget) -> None:
        """Asks what is to be said of the current cell of a table, or of the whole of it."""
        offered = [Entry(one.id, one.words) for one in field.cell_choices()]
        whole = Entry("whole", tr("The whole table …"))
        title = field.cell_title()
        choice = await self.app.push_screen_wait(Choose(title, [*offered, whole]))
        detail = None if choice is None else await self._detail(field.key, choice, title)
        if choice == "whole":
            self.mark(field.key)
        elif choice is not None and detail is not None:
            field.mark_cell(choice, detail)

    @work(group="mark")
    async def mark(self, key: Key) -> None:
        """Asks which mark, and what it needs, and puts it."""
        title = title_of(self.session, key)
        offered = [Entry(one.id, one.words) for one in marking.choices(self.session, key)]
        choice = await self.app.push_screen_wait(Choose(title, offered))
        detail = None if choice is None else await self._detail(key, choice, title)
        if choice is None or detail is None:
            return
        try:
            marking.apply(self.session, key, choice, detail)
        except Refused as refused:
            self.notify(refused.problem.message, severity="error")
            return
        self.form.renew(key)
        field = self.form.field_of(key)
        if field is not None:
            field.post_message(FieldWidget.Changed(field, key))

    async def _detail(self, key: Key, choice: str, title: str) -> str | None:
        """The reason or the section that a mark needs; None if that was given up."""
        if marking.needs_reason(choice):
            return await self.app.push_screen_wait(Reason(tr("Why? {title}", title=title)))
        if choice != "elsewhere":
            return ""
        outline = self.session.outline(key.part)
        nodes = outline.nodes.values() if outline else ()
        sections = [Entry(node.id, node.heading) for node in nodes if node.id != key.section]
        words = tr("words or number of the section")
        return await self.app.push_screen_wait(
            Choose(tr("In which section is it covered?"), sections, filtered=True, placeholder=words)
        )
