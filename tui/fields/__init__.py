"""One widget for each field type. A new type of `hoso.kinds` is shown once its widget is listed here."""

from __future__ import annotations

from tui.fields.asks import AsksWidget
from tui.fields.base import FieldWidget
from tui.fields.choice import ChoiceWidget, MarkWidget
from tui.fields.date import DateWidget
from tui.fields.file import FileWidget, PartFilesWidget
from tui.fields.number import NumberWidget
from tui.fields.scoring import ScoringWidget
from tui.fields.table import TableWidget
from tui.fields.text import TextWidget
from tui.places import Key
from tui.session import Session

FIELD_WIDGETS: dict[str, type[FieldWidget]] = {
    "text": TextWidget, "number": NumberWidget, "choice": ChoiceWidget,
    "date": DateWidget, "mark": MarkWidget, "file": FileWidget,
    "table": TableWidget, "scoring": ScoringWidget,
}  # fmt: skip

__all__ = ["FIELD_WIDGETS", "AsksWidget", "FieldWidget", "PartFilesWidget", "field_widget"]


def field_widget(session: Session, key: Key, *, locked: bool = False) -> FieldWidget:
    return FIELD_WIDGETS[session.field(key).type](session, key, locked=locked)
