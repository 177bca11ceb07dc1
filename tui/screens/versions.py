"""The earlier versions of one answer: until when, and what is different now; Enter brings one back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content

from hoso.dossiers import Raw
from hoso.i18n import tr
from hoso.kinds import FieldBase
from hoso.problems import Refused
from tui import keys
from tui.differing import as_read, cells_changed, words_changed
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

_EXCERPT, _CELLS = 120, 6  # characters of a line, lines of a version


class VersionsScreen(Choose):
    """Gives the place of the version chosen."""

    scopes = (keys.RESTORING, keys.DIALOG)

    def __init__(self, made: FieldBase, versions: list[Version], now: Raw) -> None:
        self.told = [_told(made, version, now) for version in versions]
        entries = [Entry(str(place), " ".join([head, *lines])) for place, (head, *lines) in enumerate(self.told)]
        super().__init__(tr("Earlier versions: {title}", title=made.name), entries, filtered=True)
        self.placeholder = tr("words of a version")

    def line(self, entry: Entry, words: list[str]) -> Content:  # noqa: ARG002
        head, *lines = self.told[int(entry.id)]
        return Content("\n").join([Content.styled(head, "$text-accent"), *map(Content, lines)])


def _told(made: FieldBase, version: Version, now: Raw) -> list[str]:
    """Until when it stood and how much is different; below it the first words, or the cells that differ."""
    words = {"time": f"{version.at:%d/%m %H:%M}"}
    if not made.tabular or not isinstance(version.raw, dict | None) or "absent" in (version.raw or {}):
        then = as_read(made, version.raw)
        head = tr("until {time} · {difference}", difference=words_changed(then, as_read(made, now)), **words)
        return [head, f"  {clipped(' '.join(then.split()), _EXCERPT) or tr('(empty)')}"]
    found = cells_changed(made, version.raw, now)
    head = tr("until {time} · {count} cells or rows differ from now", count=len(found), **words)
    more = [tr("… and {count} more", count=len(found) - _CELLS)] if len(found) > _CELLS else []
    return [head, *(f"  {clipped(one, _EXCERPT)}" for one in [*found[:_CELLS], *more])]


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
        screen = VersionsScreen(self.session.field(key), versions, self.session.raw(key))
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
        question = tr("On {time} the answers to {count} fields could not be saved, but a copy was kept. Restore them?",
                      time=_moment(moment), count=len(answers))  # fmt: skip
        answer = await self.app.push_screen_wait(Confirm(question, tr("Bring back"), tr("Drop the copy")))
        if not answer:
            return
        for key in self.session.settle_rescued(bring_back=answer == "yes"):
            await self.show_stepped(key)


def _moment(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y %H:%M}"
