"""A remark being written: prose beside the field or over the section that it is about."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.content import Content

from hoso.appraisals import Remark
from hoso.i18n import tr
from tui import clashing, entries, remarks, wording
from tui.fields.base import FieldWidget
from tui.session import Session
from tui.widgets.ordered_keys import OrderedKeys
from tui.widgets.prose import Prose


class RemarkWidget(FieldWidget):
    """What is typed is kept as any answer is; a remark without a word is none."""

    def __init__(self, session: Session, part: str, remark: Remark) -> None:
        super().__init__(session, entries.key_of(part, remark))
        self.remark = remark
        self._editor = Prose()
        self.add_class("remark")

    def editor(self) -> ComposeResult:
        yield self._editor

    @property
    def kept(self) -> Remark:
        found: Remark | None = entries.current(self.session.dossier, self.key)
        return found or self.remark._replace(text="")

    def show_value(self) -> None:
        self._editor.set_text(self.kept.text)

    def is_typed(self, typed: str, editor: OrderedKeys) -> None:  # noqa: ARG002
        if self.session.review is not None:
            self.session.review.say(self.key.part, self.remark, typed)

    def heading(self) -> Content:
        head: list[Any] = [(f"{wording.OPEN} {self._about()}", "bold"), (f"  {self._whose()}", "$foreground-muted")]
        return Content.assemble(*head)

    def _about(self) -> str:
        if self.remark.field:
            outline = self.session.outline(self.key.part)
            made = outline.field(self.remark.section, self.remark.field) if outline else None
            return tr("Remark on “{what}”", what=made.name if made else self.remark.field)
        return tr("Remark on this section") if self.remark.section else tr("Remark on the whole item")

    def _whose(self) -> str:
        return remarks.head(self.session, self.remark)

    def note(self) -> Content:
        told, lines = remarks.settled(self.session, self.key.part, self.remark), []
        if told:
            lines.append(Content.styled(f"{wording.SETTLED} {told}", "$text-success"))
        if self.session.is_clash(self.key):
            theirs = clashing.told(self.session.clash(self.key))
            words = tr("⇄ somebody else wrote: {theirs} · F5 chooses", theirs=theirs)
            lines.append(Content.styled(words, "$text-warning"))
        return Content("\n").join(lines)
