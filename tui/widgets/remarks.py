"""Remarks in the form: told to the unit over the section they are about, written in by whoever reviews."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from hoso.appraisals import Remark
from tui import remarks
from tui.fields.base import FieldWidget, remark_line
from tui.fields.remark import RemarkWidget
from tui.places import Place
from tui.session import Session


class SectionRemarks(Static):
    """Why the item came back; what is remarked of a section as a whole, or of a field that is not shown in it."""

    def __init__(self, session: Session, place: Place, shown: Iterable[str]) -> None:
        super().__init__(classes="form-remarks")
        self.session = session
        self.place = place
        self.fields = set(shown)

    def on_mount(self) -> None:
        self.renew()

    def renew(self) -> None:
        told = [remark_line(self.session, self.place.part, one) for one in self._own()]
        if why := remarks.why_returned(self.session, self.place.part):
            told.insert(0, Content.styled(why, "$text-warning"))
        self.update(Content("\n").join(told))
        self.display = bool(told)

    def _own(self) -> list[Remark]:
        return [one for one in remarks.at(self.session, self.place) if one.field not in self.fields]


def over_section(session: Session, place: Place, shown: Iterable[str]) -> list[Widget]:
    """What stands over the fields of a place."""
    if session.review is None:
        told = remarks.of_part(session, place.part) or remarks.why_returned(session, place.part)
        return [SectionRemarks(session, place, shown)] if told else []
    names = set(shown)
    return [RemarkWidget(session, place.part, one) for one in remarks.at(session, place) if one.field not in names]


def beside_fields(session: Session, fields: Iterable[FieldWidget]) -> Iterator[Widget]:
    """The fields, each followed by the remarks that are being written of it."""
    for field in fields:
        yield field
        if session.review is not None:
            made = remarks.on_field(session, field.key)
            yield from (RemarkWidget(session, field.key.part, remark) for remark in made)
