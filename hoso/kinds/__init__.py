"""The field types of the language. A type is declared once, in its own module, and listed here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field as Discriminated

from hoso.kinds.base import FieldBase
from hoso.kinds.choice import ChoiceField, Option
from hoso.kinds.date import DateField
from hoso.kinds.file import Attach, FileField
from hoso.kinds.mark import MarkField
from hoso.kinds.number import NumberField
from hoso.kinds.scoring import ScoringField
from hoso.kinds.table import TableField
from hoso.kinds.text import TextField

Field = Annotated[
    TextField | NumberField | ChoiceField | DateField | MarkField | FileField | TableField | ScoringField,
    Discriminated(discriminator="type"),
]
KINDS: dict[str, type[FieldBase]] = {
    "text": TextField, "number": NumberField, "choice": ChoiceField,
    "date": DateField, "mark": MarkField, "file": FileField,
    "table": TableField, "scoring": ScoringField,
}  # fmt: skip

__all__ = [
    "KINDS", "Attach", "ChoiceField", "DateField", "Field", "FieldBase", "FileField", "MarkField",
    "NumberField", "Option", "ScoringField", "TableField", "TextField",
]  # fmt: skip
