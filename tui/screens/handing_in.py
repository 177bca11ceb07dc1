"""Handing a dossier in: what stands in the way, the question, the end."""

from __future__ import annotations

from dataclasses import dataclass

from textual import work
from textual.message import Message

from hoso.causes import cause
from hoso.i18n import tr
from hoso.problems import Refused
from hoso.validate import MISSING
from tui import keys
from tui.attaching import lacking_words
from tui.screens.ask import Confirm
from tui.screens.windows import Windows
from tui.to_do import warned

LOOK = "look"  # the answer of who wants to see the warnings first


class HandInQuestion(Confirm):
    def __init__(self, question: str, *, warns: bool) -> None:
        self.scopes = (keys.CHOOSING, *((keys.HANDING_IN,) if warns else ()), keys.DIALOG)
        super().__init__(question, tr("Hand in"), tr("Not yet"))

    def action_look(self) -> None:
        self.dismiss(LOOK)


class HandingIn(Windows):
    """For the screen of a dossier."""

    @dataclass
    class HandedIn(Message):
        """Posted by the worker when handing in has ended; `why` says why it failed."""

        why: str = ""

    def locked_because(self, part: str) -> str:
        raise NotImplementedError

    async def show_again(self) -> None:
        raise NotImplementedError

    @work
    async def action_hand_in(self) -> None:
        await self.form.flush()
        if not self.session.dossier.is_open:
            why = self.locked_because(self.place.part) if self.place else self.session.status()
            self.notify(f"{why} {tr('{key} reviews it.', key=keys.label_of('review'))}")
            return
        obstacles = self.session.obstacles()
        if obstacles:
            missing = sum(found.code in MISSING for found in obstacles)
            words = tr("Not yet: {missing} missing, {wrong} wrong", missing=missing, wrong=len(obstacles) - missing)
            self.list_problems(words, obstacles)
            return
        while (answer := await self.app.push_screen_wait(self._question())) == LOOK:
            if await self.look_at(tr("Problems"), self.session.problems()):
                return
        if answer == "yes":
            self._submit()

    def _question(self) -> HandInQuestion:
        question = tr("Hand the dossier in? After that nothing in it can be changed until it is returned.")
        found = warned(self.session)
        left = [f"· {words}" for words in [*found, *lacking_words(self.session)]]
        return HandInQuestion("\n".join([question, *left]), warns=bool(found))

    @work(thread=True, group="save")
    def _submit(self) -> None:
        try:
            self.session.submit()
        except Refused as refused:
            self.post_message(self.HandedIn(refused.problem.message))
        except OSError as error:
            self.post_message(self.HandedIn(cause(error)))
        else:
            self.post_message(self.HandedIn())

    async def on_handing_in_handed_in(self, event: HandedIn) -> None:
        # By its name: handlers of a class that is no widget are not found by their decorator.
        if event.why:
            self.notify(tr("Not handed in: {why}", why=event.why), severity="error")
            return
        self.notify(tr("The dossier was handed in."))
        await self.show_again()
