"""The form of one place: heading, asks, fields. Only this place's widgets are mounted."""

from __future__ import annotations

import asyncio

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from hoso.appraisals import Remark
from hoso.i18n import tr
from tui.fields import AsksWidget, FieldWidget, PartFilesWidget, field_widget
from tui.fields.claim import ClaimWidget
from tui.fields.remark import RemarkWidget
from tui.places import Key, Place
from tui.session import Session
from tui.widgets.line import Line
from tui.widgets.prose import Prose
from tui.widgets.remarks import SectionRemarks, beside_fields, over_section


class Form(VerticalScroll, can_focus=False):
    def __init__(self, session: Session, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.session = session
        self.place: Place | None = None
        self.locked = False
        self._changing = asyncio.Lock()  # widgets come and go by keys, in the app, and by timers, in the screen

    @property
    def heading(self) -> Content:
        """What stands over the form and does not scroll away."""
        return self._heading(self.place) if self.place else Content("")

    async def show(self, place: Place, *, locked_because: str = "") -> None:
        """Takes the widgets of another place in; nothing moves until all are there."""
        async with self._changing:
            self.place, self.locked = place, bool(locked_because)
            await self._show(place, locked_because)

    async def _show(self, place: Place, locked_because: str) -> None:
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all(self._widgets(place, locked_because))
            self.scroll_home(animate=False)

    def _widgets(self, place: Place, locked_because: str) -> list[Widget]:
        out: list[Widget] = []
        if locked_because:
            out.append(Static(Content(f"🔒︎ {locked_because}"), classes="form-locked"))
        prompt = self._prompt(place)
        if prompt:
            out.append(Static(Content(prompt), classes="form-prompt"))
        if place.section is None:
            return [*out, *over_section(self.session, place, ()), *self._of_part(place)]
        if not self.session.applies(place):
            return [*out, Static(Content(tr("This section is not asked of your unit.")), classes="form-empty")]
        fields = [self._make(place, name) for name in self.session.fields(place)]
        asks = [AsksWidget(self.session, place, locked=self.locked)] if self.session.asks(place) else []
        if not asks and not fields:
            out.append(_nothing_here())
        over = over_section(self.session, place, [field.key.name for field in fields])
        return [*out, *over, *asks, *beside_fields(self.session, fields)]

    def _of_part(self, place: Place) -> list[Widget]:
        asked = self.session.asked[place.part]
        if asked.attach is None:
            return [] if self.locked else [_nothing_here()]
        claim = asked.levels is not None
        files = PartFilesWidget(self.session, place, locked=self.locked)
        return [files, ClaimWidget(self.session, place.part, locked=self.locked)] if claim else [files]

    def _make(self, place: Place, name: str) -> FieldWidget:
        return field_widget(self.session, Key("field", place.part, place.section or "", name), locked=self.locked)

    def _heading(self, place: Place) -> Content:
        asked = self.session.asked[place.part]
        if place.section is None:
            return Content.styled(asked.title, "bold")
        return Content.styled(self.session.node(place).heading, "bold")

    def _prompt(self, place: Place) -> str:
        """Shown above the fields where the guidance panel is folded away."""
        return self.session.node(place).section.prompt if place.section else ""

    def on_resize(self) -> None:
        for asks in self.query(AsksWidget):
            asks.fit()
        self.call_after_refresh(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """The field that is used stays to be seen when the form has become lower or narrower."""
        focused = self.screen.focused
        if focused is not None and self in focused.ancestors:
            self.scroll_to_widget(focused, animate=False)

    # ---- fields -----------------------------------------------------------------------------------------

    @property
    def fields(self) -> list[FieldWidget]:
        return list(self.query(FieldWidget))

    def field_of(self, key: Key) -> FieldWidget | None:
        if key.target == "ask":
            return next(iter(self.query(AsksWidget)), None)
        wanted = (key, key._replace(target="field"))
        return next((field for field in self.fields if field.key in wanted), None)

    def focus_first(self, key: Key | None = None) -> None:
        """Puts the focus on a field, or on the first that is wanting."""
        field = self.field_of(key) if key else self._first_wanting()
        if isinstance(field, AsksWidget) and key is not None:
            field.point_at(key)
        if field is not None:
            # At once: a focus that is asked for comes after the keys that were typed meanwhile.
            self.screen.set_focus(field.entry)
            if field is self.fields[0]:
                self.call_after_refresh(self.scroll_home, animate=False)

    def _first_wanting(self) -> FieldWidget | None:
        if self.place is None:
            return None
        wanting = {name.partition(".")[0] for name, _ in self.session.findings(self.place)}
        fields = self.fields
        if self.place.section is None:
            return fields[0] if fields else None
        return next((field for field in fields if (field.key.name or "asks") in wanting), fields[0] if fields else None)

    async def keep_up(self) -> None:
        """Mounts fields that apply by now and takes away those that do no longer; the others stay as they are."""
        async with self._changing:
            await self._keep_up()

    async def _keep_up(self) -> None:
        if self.place is None or self.place.section is None:
            return
        wanted = self.session.fields(self.place) if self.session.applies(self.place) else []
        there = {field.key.name: field for field in self.fields if field.key.target == "field"}
        for name, field in there.items():
            if name not in wanted and not field.has_focus_within:
                await field.remove()
        before: Widget | None = next(iter(self.query(AsksWidget)), None)
        for name in wanted:
            if name not in there:
                made = self._make(self.place, name)
                await self.mount(made, after=before if before is not None else self.children[-1])
                there[name] = made
            before = there[name]

    def renew(self, key: Key | None = None) -> None:
        """Shows what the session holds, in one field or in all."""
        for field in self.fields if key is None else filter(None, [self.field_of(key)]):
            field.show()

    def settle_notes(self) -> None:
        for field in self.fields:
            field.settle_notes()
        for told in self.query(SectionRemarks):
            told.renew()

    async def add_remark(self, remark: Remark) -> None:
        """Takes in the line of a remark that is begun, behind its field or over all, and goes there."""
        if self.place is None:
            return
        made = RemarkWidget(self.session, self.place.part, remark)
        field = self.field_of(Key("field", self.place.part, remark.section, remark.field)) if remark.field else None
        first = next(iter(self.fields), None)
        if field is not None:
            await self.mount(made, after=field)
        else:
            await self.mount(made, before=first)
        self.screen.set_focus(made.entry)

    async def flush(self) -> None:
        """Takes over what is still on its way in the focused text field."""
        editor = self.app.focused
        if isinstance(editor, Line | Prose):
            field = next((one for one in editor.ancestors if isinstance(one, FieldWidget)), None)
            await (field.settle(editor) if field is not None else editor.settle())


def _nothing_here() -> Static:
    return Static(Content(tr("Nothing to fill in here; go on with the sections below.")), classes="form-empty")
