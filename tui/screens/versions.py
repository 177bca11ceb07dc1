"""The earlier versions of one answer: when, the first words, what is different now; Enter brings one back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual import work
from textual.content import Content

from hoso.i18n import tr
from hoso.problems import Refused
from tui import keys
from tui.fitting import clipped
from tui.places import Key
from tui.screens.ask import Choose, Confirm, Entry
from tui.versions import Version

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.session import Session
    from tui.widgets.form import Form

    _AnyScreen = Screen[None]
else:
    _AnyScreen = object


class VersionsScreen(Choose):
    """Gives the place of the version chosen."""

    scopes = (keys.RESTORING, keys.DIALOG)

    def __init__(self, title: str, versions: list[Version], shown: list[str], now: str) -> None:
        self.told = [
            (f"{version.at:%d/%m %H:%M}", words, difference(words, now))
            for version, words in zip(versions, shown, strict=True)
        ]
        entries = [Entry(str(place), words) for place, (_, words, _) in enumerate(self.told)]
        super().__init__(tr("Earlier versions: {title}", title=title), entries, filtered=True)
        self.placeholder = tr("words of a version")

    def line(self, entry: Entry, words: list[str]) -> Content:  # noqa: ARG002
        moment, text, different = self.told[int(entry.id)]
        first = clipped(" ".join(text.split()), 120) or tr("(empty)")
        head = tr("until {time} · {difference}", time=moment, difference=different)
        return Content.assemble((head, "$text-accent"), f"\n  {first}")


def difference(then: str, now: str) -> str:
    """How many words are only in the earlier version, and how many only in the present one."""
    from difflib import SequenceMatcher

    old, new = then.split(), now.split()
    lost = gained = 0
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        lost += (b - a) * (kind != "equal")
        gained += (d - c) * (kind != "equal")
    return tr("{lost} words of then are missing now, {gained} are new", lost=lost, gained=gained)


class Versioning(_AnyScreen):
    """The windows for earlier versions; for a screen that has a session and a form."""

    session: Session
    form: Form

    def focused_key(self) -> Key | None:
        raise NotImplementedError

    async def show_stepped(self, key: Key) -> None:
        """Shows a field that was changed by the program."""
        raise NotImplementedError

    def action_versions(self) -> None:
        self.list_versions()

    @work(group="versions")
    async def list_versions(self) -> None:
        await self.form.flush()
        self.session.save()
        key = self.focused_key()
        versions = self.session.versions(key) if key is not None and key.target == "field" else []
        if key is None or not versions:
            self.notify(tr("There are no earlier versions of this field yet."))
            return
        made = self.session.field(key)
        shown = [_words(made, version.raw) for version in versions]
        screen = VersionsScreen(made.name, versions, shown, _words(made, self.session.raw(key)))
        chosen = await self.app.push_screen_wait(screen)
        if not chosen:
            return
        try:
            self.session.bring_back(key, versions[int(chosen)].raw)
        except Refused as refused:
            self.notify(refused.problem.message, severity="error")
            return
        await self.show_stepped(key)
        self.notify(tr("The version until {time} stands here again; ^Z takes that back.",
                       time=f"{versions[int(chosen)].at:%d/%m %H:%M}"))  # fmt: skip

    @work(group="versions")
    async def offer_rescued(self) -> None:
        """Asks what is to become of text that an earlier session could not save."""
        if self.session.saver.rescued is None or not self.session.dossier.is_open:
            return
        moment, answers = self.session.saver.rescued
        question = tr("On {time} the answers to {count} fields could not be saved; a copy was kept. Bring them back?",
                      time=_moment(moment), count=len(answers))  # fmt: skip
        answer = await self.app.push_screen_wait(Confirm(question, tr("Bring back"), tr("Drop the copy")))
        if not answer:
            return
        for key in self.session.settle_rescued(bring_back=answer == "yes"):
            await self.show_stepped(key)


def _moment(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y %H:%M}"


def _words(made: Any, raw: Any) -> str:
    """A kept answer as people read it; a table as the words in its cells."""
    value = raw.get("value", raw) if isinstance(raw, dict) else raw
    if isinstance(value, dict):
        return " ".join(_words(None, one) for one in value.values())
    return "" if value is None else str(made.shown(value)) if made is not None else str(value)
