"""Where a finding stands: in which file of the dossier, and where in it."""

from __future__ import annotations

from typing import Any

from hoso.dossiers import Sheet
from hoso.kinds import Field, TableField
from hoso.kinds.keeping_private import private_columns, private_rows


def inner_loc(name: str, raw: Any) -> tuple[str, ...]:
    """Where in the file a finding stands: names of rows and columns may hold dots themselves."""
    if name.startswith("asks."):
        return "asks", name.removeprefix("asks.")
    field_id, _, rest = name.partition(".")
    rows = [row for row in raw if rest == row or rest.startswith(f"{row}.")] if isinstance(raw, dict) else []
    if not rows:
        return (field_id, rest) if rest else (field_id,)
    row = max(rows, key=len)
    return (field_id, row, rest[len(row) + 1 :]) if len(rest) > len(row) else (field_id, row)


def is_kept_private(made: Field | None, sheet: Sheet | None, loc: tuple[str, ...]) -> bool:
    """Whether what is found at `section, field, row, column` stands, or would stand, in the private file."""
    if sheet is not None and holds(sheet.answers, loc):
        return False
    if sheet is not None and holds(sheet.private, loc):
        return True
    return made is not None and is_private(made, loc[2:])


def is_private(made: Field, cell: tuple[str, ...]) -> bool:
    if isinstance(made, TableField) and made.has_private and len(cell) == 2:
        return cell[0] in private_rows(made) or cell[1] in private_columns(made)
    return made.private


def holds(answers: Any, loc: tuple[str, ...]) -> bool:
    for key in loc:
        if not isinstance(answers, dict) or key not in answers:
            return False
        answers = answers[key]
    return True
