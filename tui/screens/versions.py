"""The earlier versions of one answer: until when, and what is different now; Enter brings one back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import work
from textual.content import Content

from hoso.i18n import tr
from hoso.kinds import FileField, ScoringField
from hoso.problems import Refused
from tui import keys, rescuing
from tui.differing import cells_changed, words_changed
from tui.fitting import clipped
from tui.places import Key
from tui.screens.ask import Choose, Confirm, Entry
from tui.telling import field_of, title_of, words_of
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

    def __init__(self, session: Session, key: Key, versions: list[Version]) -> None:
        self.told = [_told(session, key, version) for version in versions]
        entries = [Entry(str(place), " ".join([head, *lines])) for place, (head, *lines) in enumerate(self.told)]
        super().__init__(tr("Earlier versions: {title}", title=title_of(session, key)), entries, filtered=True)
        self.placeholder = tr("words of a version")

    def line(self, entry: Entry, words: list[str]) -> Content:  # noqa: ARG002
        head, *lines = self.told[int(entry.id)]
        return Content("\n").join([Content.styled(head, "$text-accent"), *map(Content, lines)])


def _told(session: Session, key: Key, version: Version) -> list[str]:
    """Until when it stood and how much is different; below it the first words, or the cells that differ."""
    words, now = {"time": f"{version.at:%d/%m %H:%M}"}, session.standing(key)
    made = field_of(session, key)
    if made is None or not made.tabular or not all(map(_is_table, (version.raw, now))):
        then = words_of(session, key, version.raw)
        head = tr("until {time} · {difference}", difference=words_changed(then, words_of(session, key, now)), **words)
        return [head, f"  {clipped(' '.join(then.split()), _EXCERPT) or tr('(empty)')}"]
    found = cells_changed(made, version.raw, now)
    head = tr("until {time} · {count} cells or rows differ from now", count=len(found), **words)
    more = [tr("… and {count} more", count=len(found) - _CELLS)] if len(found) > _CELLS else []
    return [head, *(f"  {clipped(one, _EXCERPT)}" for one in [*found[:_CELLS], *more])]


def _is_table(raw: Any) -> bool:
    return isinstance(raw, dict | None) and "absent" not in (raw or {})


def kept_at(session: Session, key: Key) -> Key:
    """Where what a widget shows is kept: documents of a form as files, in a review the points of the superior."""
    made = field_of(session, key)
    if isinstance(made, FileField):
        return key._replace(target="files")
    return key._replace(target="points") if session.review and isinstance(made, ScoringField) else key


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
        focused = self.focused_key()
        key = kept_at(self.session, focused) if focused is not None else None
        versions = self.session.versions(key) if key is not None else []
        if key is None or not versions:
            self.notify(tr("There are no earlier versions of this field yet."))
            return
        chosen = await self.app.push_screen_wait(VersionsScreen(self.session, key, versions))
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
        if not rescuing.offered(self.session):
            return
        question = Confirm(rescuing.question(self.session), tr("Bring back"), tr("Drop the copy"))
        answer = await self.app.push_screen_wait(question)
        if not answer:
            return
        for key in rescuing.settle(self.session, bring_back=answer == "yes")[-1:]:
            await self.show_stepped(key)
