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
        question = tr("Hand the dossier in? After that nothing in it can be changed until it is returned.")
        left = [*warned(self.session), *lacking_words(self.session)]
        question = "\n".join([question, *(f"· {words}" for words in left)])
        if await self.app.push_screen_wait(Confirm(question, tr("Hand in"), tr("Not yet"))) == "yes":
            self._submit()

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
