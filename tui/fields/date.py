"""A day, month or year."""

from __future__ import annotations

from hoso.i18n import tr
from tui.fields.line import ShortWidget


class DateWidget(ShortWidget):
    def example(self) -> str:
        return {"day": tr("dd/mm/yyyy"), "month": tr("mm/yyyy"), "year": tr("yyyy")}[self.made.precision]
