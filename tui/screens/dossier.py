"""One dossier: the tree of its sections, the form of one of them, guidance beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static

from hoso.i18n import mark, tr
from hoso.states import DONE, state_label
from tui import keys
from tui.autosaving import AutoSaver
from tui.bookmarks import SIGN
from tui.fields import AsksWidget, FieldWidget
from tui.fields.file import FileWidget
from tui.idle import idle
from tui.places import Key, Place
from tui.saving import HEARTBEAT
from tui.screens.ask import Confirm
from tui.screens.closing import ClosedOnce
from tui.screens.handing_in import HandingIn
from tui.screens.looking import Looking
from tui.screens.marking import Marking
from tui.screens.reviewing import Reviewing
from tui.screens.versions import Versioning
from tui.screens.watching import Watching
from tui.screens.writing import Writing
from tui.session import Session
from tui.widgets.cell_line import CellLine
from tui.widgets.form import Form
from tui.widgets.guidance import Guidance
from tui.widgets.keybar import KeyBar
from tui.widgets.outline_tree import OutlineTree
from tui.wording import deadline

SETTLE_AFTER = 0.15  # seconds after the last key until counts, notes and the tree follow
LOOK_EVERY = 0.2  # seconds between looks at what there is to say about saving


class DossierScreen(ClosedOnce, HandingIn, Marking, Versioning, Reviewing, Writing, Looking, Watching, Screen[None]):
    CSS_PATH = "dossier.tcss"
    opens_windows = True  # by workers: keys wait for them
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-middle"), (140, "-wide")]
    outline = getters.query_one(OutlineTree)
    form = getters.query_one(Form)
    guidance = getters.query_one(Guidance)
    key_bar = getters.query_one(KeyBar)

    @dataclass
    class Saved(Message):
        """Posted when a save has ended, well or not."""

        well: bool

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.bookmarks = session.bookmarks
        self.place: Place | None = None
        self._settling: Timer | None = None
        self._autosaver = AutoSaver(session.saver, self._tell_saved)
        self._merges = 0
        self._key: Key | None = None  # of the field that has or last had the focus
        self._asked_about: set[str] = set()
        self._going = asyncio.Lock()
        self.own_bindings = self._bindings
        self._bindings = keys.merged(self._bindings, keys.bindings(keys.DOSSIER))

    @property
    def scopes(self) -> tuple[str, ...]:
        """Whose keys work here at the moment."""
        return (keys.GRID, *self.own_scopes) if isinstance(self.focused, CellLine) else self.own_scopes

    def compose(self) -> ComposeResult:
        # Textual folds the panels only after a first paint, which would flash.
        self.add_class([name for least, name in self.HORIZONTAL_BREAKPOINTS if self.app.size.width >= least][-1])
        yield Static(classes="headline", id="headline")
        with Horizontal(id="panels"):
            yield OutlineTree(self.session, self.bookmarks, id="tree")
            with Vertical(id="middle"):
                yield Static(id="heading")
                yield Form(self.session, id="form")
            yield Guidance(self.session, id="guidance")
        yield KeyBar()

    async def on_mount(self) -> None:
        self.rebind()
        self._show_headline()
        places = self.session.places()
        place = self.session.next_open(None) or next((one for one in places if one.section), None)
        place = place or next(iter(places), None)
        if place is not None:
            await self.go(place)
        self._autosaver.start()
        self.set_interval(LOOK_EVERY, self._look)
        self.set_interval(HEARTBEAT, self._beat)
        self._look()
        self.offer_rescued()
        self.watch_files()

    def _show_headline(self) -> None:
        progress = self.session.total_progress()
        last = self.session.checklist.first_deadline()
        told = deadline(self.session.days_left, str(last) if last else None)
        if self.session.dossier.state in DONE:  # there is no hurry any more
            told = state_label(self.session.dossier.state)
        head = f"{tr('Review')} · " if self.session.review else ""
        unit = (self.session.unit.name, "bold")
        left = Content.assemble((head, "bold $text-warning"), unit, f" · {self.session.checklist.title}")
        waived = f" ({tr('{count} waived', count=progress.waived)})" if progress.waived else ""
        right = f"{progress.mark} {progress.done}/{progress.total}{waived} · {told}"
        room = self.size.width - 2 - len(right)
        self.query_one("#headline", Static).update(
            Content.assemble(left.truncate(room - 2, ellipsis=True, pad=True), "  ", right)
        )

    def on_resize(self) -> None:
        if self.is_mounted:
            self._show_headline()

    async def reword(self) -> None:
        """Everything in the language of now, at the same place."""
        await self.form.flush()
        place, key = self.place, self._key
        await self.recompose()
        self.rebind()
        self._show_headline()
        self.session.forget_judged()
        if place is not None:
            self.place = None
            await self.go(place, key)

    # ---- going about ------------------------------------------------------------------------------------

    async def go(self, place: Place, key: Key | None = None, *, focus: bool = True) -> None:
        """Shows a place; the focus goes to the field named, or to the first that is wanting.

        Who closes a window and presses a key at once goes to two places: one after the other, never half of each."""
        async with self._going:
            await self._go(place, key, focus=focus)

    async def _go(self, place: Place, key: Key | None = None, *, focus: bool = True) -> None:
        await self.form.flush()
        if place != self.place:
            self.place, self._key = place, key
            await self.form.show(place, locked_because=self.locked_because(place.part))
            self.show_heading()
            self.guidance.show(place, key)
            self.outline.show_current(place)
            self._ask_about_lock(place.part)
        if focus:
            self._panel("form")
            self.form.focus_first(key)
            if not self.form.fields:
                self.set_focus(None)
        self.show_keys()

    def show_heading(self) -> None:
        sign = f"{SIGN} " if self.place is not None and self.place in self.bookmarks else ""
        self.query_one("#heading", Static).update(Content.assemble((sign, "$text-warning"), self.form.heading))

    def locked_because(self, part: str) -> str:
        closed = self.session.closed_because(part)
        holder = None if closed else self.session.holder(part)
        if holder is None:
            return closed
        return tr("{user} on {host} has been writing here since {time}. {key} takes over.", user=holder.user,
                  host=holder.host, time=holder.since[11:16], key=keys.label_of("take-over"))  # fmt: skip

    def _panel(self, name: str) -> None:
        self.set_class(name == "tree", "-on-tree")
        self.set_class(name == "guidance", "-on-guidance")

    async def action_step(self, by: int) -> None:
        await self.form.flush()
        place = self.session.neighbour(self.place, by) if self.place else None
        if place is not None:
            await self.go(place)
        else:
            self.notify(tr("This is the last section.") if by > 0 else tr("This is the first section."))

    async def action_next_open(self) -> None:
        await self.form.flush()
        place = self.session.next_open(self.place)
        if place is None:
            may_hand_in = self.session.dossier.is_open and self.session.review is None
            told = tr("Nothing is missing. F10 hands the dossier in.") if may_hand_in else tr("Nothing is missing.")
            self.notify(told)
        elif place == self.place:
            self.notify(tr("Only this section is still open."))
            self.form.focus_first()
        else:
            await self.go(place)

    async def action_cycle_panels(self) -> None:
        await self.form.flush()
        if self.outline.has_focus and self.outline.display:  # the first focus may be its, though it is folded away
            self._panel("guidance")
            self.set_focus(self.guidance)
        elif self.guidance.has_focus:
            self._panel("form")
            self.form.focus_first(self._key)
        else:
            self._panel("tree")
            self.set_focus(self.outline)

    @on(OutlineTree.PlaceChosen)
    async def _place_chosen(self, event: OutlineTree.PlaceChosen) -> None:
        if event.firm or not self.has_class("-narrow"):
            await self.go(event.place, focus=event.firm)

    def on_descendant_focus(self) -> None:
        self._key = self.focused_key() or self._key
        self.show_keys()
        if self.place is not None:
            self.guidance.show(self.place, self._key)

    def show_keys(self) -> None:
        focused = self.focused
        fixed = isinstance(focused, CellLine) and not focused.desk.grid.is_open
        hidden = idle(self.session, locked=self.form.locked, fixed_rows=fixed)
        self.key_bar.keys = tuple(keys.footer([*self.scopes, keys.APP], hidden))

    @on(Input.Submitted)
    def _line_done(self) -> None:
        self.focus_next()

    # ---- changes ----------------------------------------------------------------------------------------

    @on(FieldWidget.Changed)
    def _changed(self) -> None:
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(SETTLE_AFTER, self._settle)

    async def _settle(self) -> None:
        """Brings up to date what depends on the answers: fields that appear, notes, tree, guidance."""
        self._settling = None
        await self.form.keep_up()
        self.form.settle_notes()
        if self.place is not None:
            self.outline.renew(self.place)
            self.guidance.show(self.place, self._key)
        self._show_headline()

    async def action_undo(self) -> None:
        told = mark("The documents attached to “{title}” were changed back.")
        await self._stepped(self.session.undo, told, tr("There is nothing to undo."))

    async def action_redo(self) -> None:
        told = mark("The documents attached to “{title}” were changed again.")
        await self._stepped(self.session.redo, told, tr("There is nothing to redo."))

    async def _stepped(self, step: Callable[[], Key | None], of_files: str, otherwise: str) -> None:
        key = step()
        if key is None:
            self.notify(otherwise, title="step")
            return
        if key.target == "files" and not key.section:
            self.notify(tr(of_files, title=self.session.asked[key.part].title), title="step")
        await self.show_stepped(key)

    async def show_stepped(self, key: Key) -> None:
        """Goes to what the program has changed, and shows it."""
        place, is_mark = self.session.shown_at(key), key.target == "bookmark"
        await self.go(place, None if is_mark else key, focus=not is_mark or place != self.place)
        self.show_heading()
        if key.target == "remark" and self.form.field_of(key) is None:
            await self.show_again()
        await self.form.keep_up()
        self.form.renew()  # one act may have changed several fields
        self.form.focus_first(key)
        changed = self.form.field_of(key)
        if changed is not None:
            changed.point_at_change()
        self.outline.renew_all()
        await self._settle()

    # ---- saving -----------------------------------------------------------------------------------------

    def _look(self) -> None:
        for bar in self.query(KeyBar):  # none while the screen is worded anew
            bar.status = self.session.status()
            bar.alarm = bool(self.session.save_error)

    def _tell_saved(self, well: bool) -> None:
        """In the thread that saves."""
        with suppress(RuntimeError):  # the app has ended meanwhile
            self.post_message(self.Saved(well))

    def on_unmount(self) -> None:
        self._autosaver.stop()

    @on(Saved)
    async def _saved(self) -> None:
        if self.session.saver.merges != self._merges:
            self._merges = self.session.saver.merges
            self.session.forget_judged()
            self.form.renew()
            self.outline.renew_all()
            self.notify(self.merged_words())
        if not self.session.dossier.is_open and not self.form.locked:
            await self.show_again()
        if self.session.saver.lost:
            self._beat()
        self.key_bar.status = self.session.status()

    def merged_words(self) -> str:
        words = tr("Somebody else has changed this dossier too; both versions were merged.")
        count = len(self.session.clashes)
        if not count:
            return words
        more = tr("In {count} places both wrote: ⇄ tells both, F5 chooses.", count=count)
        return f"{words} {more}"

    @on(FieldWidget.Left)
    def _field_left(self) -> None:
        self._autosaver.soon()

    async def action_save_now(self) -> None:
        await self.form.flush()
        self._autosaver.soon()

    async def leave(self) -> None:
        """Takes over what was typed last, saves, and lets go of the locks."""
        await self.form.flush()
        self.session.close()

    async def action_back(self) -> None:
        await self.leave()
        self.dismiss()

    def _beat(self) -> None:
        for part in self.session.beat():
            self._asked_about.discard(part)
            if self.place is not None and self.place.part == part:
                self.call_later(self.show_again)

    async def show_again(self) -> None:
        async with self._going:
            place, self.place = self.place, None
            self._show_headline()
            if place is not None:
                await self._go(place)

    # ---- locks ------------------------------------------------------------------------------------------

    def _ask_about_lock(self, part: str) -> None:
        if part in self._asked_about or not self.form.locked or self.session.closed_because(part):
            return
        self._asked_about.add(part)
        question = Confirm(self.locked_because(part), tr("Read only"), tr("Take over and write"))
        self.app.push_screen(question, lambda answer: self._take_over(part) if answer == "no" else None)

    def _take_over(self, part: str) -> None:
        self.session.take_over(part)
        self.call_later(self.show_again)

    def action_take_over(self) -> None:
        if self.place is not None and self.form.locked and not self.session.closed_because(self.place.part):
            self._take_over(self.place.part)

    # ---- windows ----------------------------------------------------------------------------------------

    @on(FileWidget.Wanted)
    def _files_wanted(self, event: FileWidget.Wanted) -> None:
        self.open_attachments(event.key)

    async def show_attached(self, _: None) -> None:
        self.form.renew()
        self.outline.renew_all()
        await self._settle()

    @on(AsksWidget.Opened)
    def _ask_opened(self, event: AsksWidget.Opened) -> None:
        self.mark(event.key)
