"""Reviewing and being reviewed, on the screen of a dossier."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Input

from hoso.appraisals import Remark
from hoso.causes import cause
from hoso.i18n import tr
from hoso.problems import Refused
from hoso.states import state_label
from tui import deciding, keys, marking, remarks
from tui.entries import key_of
from tui.fields.table import TableWidget
from tui.places import Key, Place
from tui.reviewing import Review
from tui.screens.ask import Choose, Confirm, Dialog, Entry, Reason
from tui.widgets.line import Line

if TYPE_CHECKING:
    from textual.binding import BindingsMap
    from textual.screen import Screen

    from tui.session import Session
    from tui.widgets.form import Form
    from tui.widgets.keybar import KeyBar
    from tui.widgets.outline_tree import OutlineTree

    _AnyScreen = Screen[None]
else:
    _AnyScreen = object


class Reply(Dialog[str]):
    """A sentence that may stay empty."""

    scopes = (keys.ANSWERING, keys.DIALOG)

    def body(self) -> ComposeResult:
        yield Line(placeholder=tr("what was done, in a sentence; may stay empty"), compact=True)

    @on(Input.Submitted)
    def action_done(self) -> None:
        self.dismiss(self.query_one(Line).value.strip())


class Reviewing(_AnyScreen):
    """For a screen that has a session and a form, and can show its place again."""

    session: Session
    form: Form
    outline: OutlineTree
    key_bar: KeyBar
    place: Place | None
    own_bindings: BindingsMap

    def focused_key(self) -> Key | None:
        raise NotImplementedError

    async def show_again(self) -> None:
        raise NotImplementedError

    async def _settle(self) -> None:
        raise NotImplementedError

    def offer_rescued(self) -> object:
        """Asks what is to become of what could not be saved."""
        raise NotImplementedError

    def show_keys(self) -> None:
        """Brings the footer up to date."""
        raise NotImplementedError

    @property
    def own_scopes(self) -> tuple[str, ...]:
        """Of filling, and while a review goes on, of that."""
        return (keys.DOSSIER, keys.REVIEW) if self.session.review else (keys.DOSSIER,)

    def rebind(self) -> None:
        """Puts the keys of now in force: those of a review come before those of filling."""
        self._bindings = keys.merged(self.own_bindings, keys.bindings(*self.own_scopes))
        self.show_keys()
        self.set_class(self.session.review is not None, "-reviewing")

    async def _ask(self, window: Dialog[str]) -> str | None:
        """The answer; None if the window was closed without one."""
        return await self.app.push_screen_wait(window)

    # ---- the superior -----------------------------------------------------------------------------------

    async def action_review(self) -> None:
        """Begins or ends the review."""
        await self.form.flush()
        try:
            if self.session.review is None:
                self.session.begin_review()
            elif not self.session.end_review():
                self.notify(self.session.status(), severity="error")
                return
        except Refused as refused:
            self.notify(refused.problem.message, severity="warning")
            return
        self.rebind()
        await self._all_again()
        self._ask_office()
        self.offer_rescued()

    @work(group="review")
    async def _ask_office(self) -> None:
        """In whose name remarks are written, where several offices review."""
        review = self.session.review
        if review is None or len(review.offices) < 2:
            return
        title = tr("In the name of which office are remarks written?")
        chosen = await self._ask(Choose(title, [Entry(one.id, one.name) for one in review.offices]))
        if chosen is not None:
            review.by = chosen

    async def _all_again(self) -> None:
        await self.show_again()
        self.outline.renew_all()
        await self._settle()

    @work(group="review")
    async def action_remark(self) -> None:
        """Asks what the remark is about, then opens a line for it there; where another reviewer wrote the same, asks
        first which of the two is to stand."""
        await self.form.flush()
        review, place = self.session.review, self.place
        if review is None or place is None or await self._chose_between():
            return
        about = await self._about(place)
        if about is None:
            return
        if blocked := review.desk.unwritable(place.part):
            self.notify(blocked.message, severity="error")
            return
        section = "" if about == ":item" else place.section or ""
        await self.form.add_remark(review.begin(place.part, section, "" if about.startswith(":") else about))

    async def _chose_between(self) -> bool:
        """Whether the focus was at something that two have written, and there was a choice."""
        key = self.focused_key()
        field = self.form.field_of(key) if key is not None else None
        in_cell = field.cell_choices() if isinstance(field, TableWidget) else []
        offered = in_cell or (marking.of_clash(self.session, key) if key is not None else [])
        if key is None or not offered:
            return False
        chosen = await self._ask(Choose(tr("Two have written here"), [Entry(one.id, one.words) for one in offered]))
        if chosen is not None and in_cell and isinstance(field, TableWidget):
            field.mark_cell(chosen)
        elif chosen is not None:
            self._try(lambda: marking.apply(self.session, key, chosen))
            await self.show_stepped(key)
        return True

    async def show_stepped(self, key: Key) -> None:
        """Shows what was changed by the program."""
        raise NotImplementedError

    async def _about(self, place: Place) -> str | None:
        """A field's id, `:section` or `:item`."""
        if place.section is None:
            return ":item"
        node, key = self.session.node(place), self.focused_key()
        fields = [Entry(name, node.fields[name].name) for name in self.session.fields(place)]
        focused = [one for one in fields if key is not None and key.target == "field" and one.id == key.name]
        rest = [one for one in fields if one not in focused]
        whole = [Entry(":section", tr("This section as a whole")), Entry(":item", tr("The whole item"))]
        return await self._ask(Choose(tr("A remark on what?"), [*focused, *whole, *rest]))

    @work(group="review")
    async def action_decide(self) -> None:
        """Asks until something was decided that ends it, or Esc."""
        await self.form.flush()
        while (review := self.session.review) is not None:
            offered = [Entry(one.id, one.words) for one in deciding.choices(review)]
            chosen = await self._ask(Choose(tr("Decide on the dossier"), offered))
            if chosen is None:
                break
            what, _, part = chosen.partition(":")
            if part:
                await (self._judge if what == "item" else self._rate)(review, part)
            elif await self._move(review, what):
                break
        await self._all_again()

    async def _judge(self, review: Review, part: str) -> None:
        title = self.session.asked[part].title
        offered = [Entry(one.id, one.words) for one in deciding.verdict_choices(review, part)]
        verdict = await self._ask(Choose(title, offered))
        if verdict in ("theirs", "ours"):
            self._try(lambda: marking.apply(self.session, Key("verdict", part), verdict))
            return
        because: str | None = ""
        if verdict == "returned":
            known = review.verdict(part).because
            because = await self._ask(Reason(tr("Why? {title}", title=title), known))
        if verdict is not None and because is not None:
            self._try(lambda: review.decide(part, "" if verdict == "undecided" else verdict, because))

    async def _rate(self, review: Review, part: str) -> None:
        offered = [Entry(one.id, one.words) for one in deciding.level_choices(review, part)]
        title = f"{self.session.asked[part].title} · {review.level_line(part)}"
        level = await self._ask(Choose(title, offered))
        if level is not None:
            self._try(lambda: review.rate(part, "" if level == "undecided" else level))

    def _try(self, act: Callable[[], None]) -> bool:
        try:
            act()
        except Refused as refused:
            self.notify(refused.problem.message, severity="error")
            return False
        return True

    async def _move(self, review: Review, what: str) -> bool:
        """Whether the dossier was moved."""
        act: Callable[[], None] = review.accept
        if what == "return":
            because = await self._ask(Reason(tr("Why is the dossier returned?")))
            if because is None:
                return False
            act = lambda: review.give_back(because)  # noqa: E731
        elif what == "return-items":
            act = lambda: review.give_back(parts=review.to_return)  # noqa: E731
        elif what == "receive":
            act = review.receive
        elif await self._ask(Confirm(deciding.question(review), tr("Accept"), tr("Not now"))) != "yes":
            return False
        try:
            await asyncio.to_thread(act)
        except (Refused, OSError) as error:
            why = error.problem.message if isinstance(error, Refused) else cause(error)
            self.notify(tr("Not done: {why}", why=why), severity="error")
            return False
        self.notify(tr("The dossier is {state}.", state=state_label(self.session.dossier.state)))
        return True

    # ---- the unit ---------------------------------------------------------------------------------------

    @work(group="review")
    async def action_remarks(self) -> None:
        """Ticks a remark off, or opens it again; where there are several, asks which."""
        await self.form.flush()
        place = self.place
        found = self._remarks_here(place) if place is not None else []
        if place is None or not found:
            self.notify(tr("Nothing was remarked here. F4 lists all that is open."))
            return
        remark: Remark | None = found[0]
        if len(found) > 1:
            entries = [Entry(one.id, remarks.said(self.session, place.part, one)) for one in found]
            chosen = await self._ask(Choose(tr("Remarks"), entries))
            remark = next((one for one in found if one.id == chosen), None)
        if remark is not None:
            await self._tick(place.part, remark)

    def _remarks_here(self, place: Place) -> list[Remark]:
        """Those of the focused field, else all of the section; what is open first."""
        key = self.focused_key()
        own = remarks.on_field(self.session, key) if key is not None else []
        found = own or remarks.at(self.session, place)
        return sorted(found, key=lambda one: remarks.is_settled(self.session, place.part, one))

    async def _tick(self, part: str, remark: Remark) -> None:
        if self.session.review is not None or not self.session.dossier.opens(part):
            self.notify(tr("The unit ticks remarks off once the item was returned to it."))
            return
        offered = marking.of_clash(self.session, tick := key_of(part, remark, "tick"))
        if offered:
            chosen = await self._ask(Choose(remark.text, [Entry(one.id, one.words) for one in offered]))
            if chosen is None:
                return
            done = self._try(lambda: marking.apply(self.session, tick, chosen))
            words = tr("Ticked off. ^Z takes it back.")
        elif remarks.is_settled(self.session, part, remark):
            done = self._try(lambda: remarks.untick(self.session, part, remark))
            words = tr("The remark is open again.")
        else:
            reply = await self._ask(Reply(remark.text))
            if reply is None:
                return
            done = self._try(lambda: remarks.tick(self.session, part, remark, reply))
            words = tr("Ticked off. ^Z takes it back.")
        if done:
            self.notify(words)
            self.outline.renew_all()
            await self._settle()
