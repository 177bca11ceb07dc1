"""What helps while writing: quoting figures, the dossier before, an editor of one's own, bold, lists, bookmarks."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, cast

from textual import work
from textual.app import SuspendNotSupported

from hoso.causes import cause
from hoso.i18n import tr
from hoso.kinds import TextField
from hoso.problems import Refused
from tui import outside
from tui.bookmarks import SIGN, Bookmarks
from tui.carrying import Formerly, blank, formerly, paragraphs, take, take_all
from tui.fields import FieldWidget
from tui.finding import elsewhere
from tui.fitting import clipped
from tui.markup import bold, listed
from tui.places import Key, Place
from tui.quoting import quotables, spaced
from tui.saving import HEARTBEAT
from tui.screens.ask import Choose, Entry
from tui.screens.excerpt import ExcerptScreen
from tui.screens.find import PickScreen
from tui.widgets.line import Line, Number
from tui.widgets.prose import Prose

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.session import Session
    from tui.widgets.form import Form
    from tui.widgets.outline_tree import OutlineTree

    _AnyScreen = Screen[None]
else:
    _AnyScreen = object


class Writing(_AnyScreen):
    """For a screen that has a session and a form, and can go to a place."""

    session: Session
    form: Form
    outline: OutlineTree
    place: Place | None
    bookmarks: Bookmarks

    async def go(self, place: Place, key: Key | None = None, *, focus: bool = True) -> None:
        raise NotImplementedError

    def focused_key(self) -> Key | None:
        raise NotImplementedError

    def show_heading(self) -> None:
        raise NotImplementedError

    # ---- into the text ----------------------------------------------------------------------------------

    def _text_field(self) -> tuple[FieldWidget, Line | Prose] | None:
        """The text that is being written; tells where none is."""
        editor = self.focused
        widget = next((one for one in editor.ancestors if isinstance(one, FieldWidget)), None) if editor else None
        ours = isinstance(editor, Prose) or (isinstance(editor, Line) and not isinstance(editor, Number))
        if widget is None or not ours or not isinstance(widget.made, TextField) or self.form.locked:
            self.notify(tr("Go into a text first."))
            return None
        return widget, cast("Line | Prose", editor)

    def _put_in(self, editor: Line | Prose, text: str) -> None:
        self.session.seal()
        editor.put_in(text)
        self.call_after_refresh(self.session.seal)

    @work
    async def action_quote(self) -> None:
        """Quotes a figure of the dossier at the cursor."""
        found = self._text_field()
        if found is None:
            return
        await self.form.flush()
        widget, editor = found
        figures = quotables(self.session, widget.key)
        if not figures:
            self.notify(tr("There is no figure in this dossier yet."))
            return
        signs = {"change": "↕", "before": "←", "sentence": "¶"}
        entries = [Entry(one.inserted, f"{signs.get(one.kind, '#')} {one.label} = {one.shown}", one.where)
                   for one in figures]  # fmt: skip
        chosen = await self.app.push_screen_wait(PickScreen(tr("Insert a figure"), entries, tr("words of its label")))
        if chosen is not None:
            self._put_in(editor, spaced(chosen, editor.letter_before()))

    def action_bold(self) -> None:
        found = self._text_field()
        if found is not None:
            editor = found[1]
            made = bold(editor.chosen_text())
            self._put_in(editor, made)
            if made.endswith("****"):
                editor.step_back(2)

    def action_listed(self) -> None:
        found = self._text_field()
        if found is not None and isinstance(found[1], Prose):
            found[1].choose_lines()
            self._put_in(found[1], listed(found[1].chosen_text()))

    async def action_outside(self) -> None:
        """Opens the text in the user's own editor; what comes back is one change."""
        await self.form.flush()
        found = self._text_field()
        if found is None:
            return
        try:
            command = outside.editor_command()
        except outside.NoEditor as error:
            self.notify(str(error), severity="warning")
            return
        widget, editor = found
        self.session.save()
        try:
            outcome = self._edited_outside(editor.value, command)
        except (OSError, SuspendNotSupported):
            self.notify(tr("No other editor can be opened here."), severity="warning")
            return
        if words := outside.told(outcome):
            self.notify(words, severity="error", timeout=30 if outcome.kept is not None else None)
        if outcome.text is not None:
            self.session.seal()
            widget.take(outcome.text, editor)
            self.session.seal()
            widget.show()

    def _edited_outside(self, text: str, command: list[str]) -> outside.Outcome:
        done = threading.Event()

        def keep_locks() -> None:
            while not done.wait(HEARTBEAT):
                self.session.beat()

        def run(told: list[str]) -> int:
            with self.app.suspend():
                try:
                    return outside.run_and_wait(told)
                except OSError:  # the terminal has to come back first
                    return 127

        threading.Thread(target=keep_locks, daemon=True).start()
        try:
            return outside.edit(text, command, run)
        finally:
            done.set()

    # ---- the dossier before -----------------------------------------------------------------------------

    @work
    async def action_formerly(self) -> None:
        """The same section in the dossier before; takes it over whole, field by field or word by word."""
        await self.form.flush()
        if self.place is None:
            return
        if self.session.earlier is None or self.session.earlier.dossier is None:
            self.notify(tr("There is no dossier of the previous period."))
            return
        found = formerly(self.session, self.place)
        if not found:
            self.notify(tr("The previous dossier has nothing in this section."))
            return
        title = tr("The same section in {path}", path=self.session.earlier.dossier.path)
        free = 0 if self.form.locked else len(blank(self.session, found))
        entries = _former_entries(found, free, locked=self.form.locked)
        chosen = await self.app.push_screen_wait(Choose(title, entries))
        if chosen is not None:
            await self._take_over_answers(found, chosen)

    async def _take_over_answers(self, found: list[Formerly], chosen: str) -> None:
        what, _, place = chosen.partition(" ")
        try:
            if what == "all":
                filled = take_all(self.session, found)
                self.notify(tr("{count} answers taken over as proposals; F5 accepts each.", count=len(filled)))
            elif what == "whole":
                take(self.session, found[int(place)])
            else:
                await self._take_words(found[int(place)])
        except Refused as refused:
            self.notify(refused.problem.message, severity="error")
        self.form.renew()
        for field in self.form.fields:
            field.post_message(FieldWidget.Changed(field, field.key))

    async def _take_words(self, former: Formerly) -> None:
        chosen = await self.app.push_screen_wait(ExcerptScreen(former.label, former.shown))
        widget = self.form.field_of(former.key)
        if chosen and widget is not None:
            editor = widget.query_one(Prose)
            self.set_focus(editor)
            # A paragraph begins a line of its own; words go in where the cursor stands.
            apart = chosen in paragraphs(former.shown) and editor.cursor_location[1] > 0
            self._put_in(editor, f"\n\n{chosen}" if apart else chosen)
            await self.form.flush()

    # ---- elsewhere in this dossier ----------------------------------------------------------------------

    @work
    async def action_elsewhere(self) -> None:
        """The figures of this section that are given elsewhere too; goes there."""
        await self.form.flush()
        same = elsewhere(self.session, self.place) if self.place else []
        if not same:
            self.notify(tr("No figure of this section is given elsewhere."))
            return
        entries = [Entry(str(place), one.text) for place, one in enumerate(same)]
        chosen = await self.app.push_screen_wait(Choose(tr("Given elsewhere too"), entries))
        if chosen is not None:
            await self.go(same[int(chosen)].place, same[int(chosen)].key)

    # ---- bookmarks --------------------------------------------------------------------------------------

    def action_bookmark(self) -> None:
        if self.place is None:
            return
        try:
            marked = self.session.toggle_bookmark(self.place)
        except OSError as error:
            self.notify(tr("The mark could not be kept: {why}", why=cause(error)), severity="error")
            return
        self.notify(tr("{sign} Marked: come back to this.", sign=SIGN) if marked else tr("The mark was taken off."))
        self.show_heading()
        self.outline.renew(self.place)

    async def action_bookmark_step(self, by: int) -> None:
        await self.form.flush()
        place = self.bookmarks.neighbour(self.place, by)
        if place is None:
            self.notify(tr("No section is marked; Alt+M marks this one."))
        elif place == self.place:
            self.notify(tr("Only this section is marked."))
        else:
            await self.go(place)

    @work
    async def action_bookmarks(self) -> None:
        await self.form.flush()
        marked = self.bookmarks.places()
        if not marked:
            self.notify(tr("No section is marked; Alt+M marks this one."))
            return
        entries = [Entry(str(at), f"{SIGN} {_heading(self.session, place)}") for at, place in enumerate(marked)]
        chosen = await self.app.push_screen_wait(Choose(tr("Come back to this"), entries))
        if chosen is not None:
            await self.go(marked[int(chosen)])


def _heading(session: Session, place: Place) -> str:
    title = session.asked[place.part].title
    return f"{session.node(place).heading} · {title}" if place.section else title


def _former_entries(found: list[Formerly], free: int, *, locked: bool) -> list[Entry]:
    out = [Entry("all", tr("⇊ Take over all that is blank here ({count})", count=free))] if free else []
    for place, one in enumerate(found):
        told = clipped(" ".join(one.shown.split()), 60) or tr("a table")
        if not locked:
            out.append(Entry(f"whole {place}", f"↓ {one.label}: {told}"))
        if one.is_prose:
            words = tr("¶ {label}: choose words of it ({count} paragraphs)", label=one.label,
                       count=len(paragraphs(one.shown)))  # fmt: skip
            out.append(Entry(f"words {place}", words))
    return out
