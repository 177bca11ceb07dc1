"""The scalar types of the language. YAML hands in text only, so each type says how its text is read."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from hoso.formulas import Formula, FormulaError
from hoso.formulas import parse as parse_formula
from hoso.problems import named

_ID = re.compile(r"[a-z][a-z0-9_]*")
_FILE_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_PERIOD = re.compile(r"\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?(/\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?)?", re.ASCII)
_DAY = re.compile(r"[12]\d{3}-\d\d-\d\d", re.ASCII)
MAX_PLACES = 9
_CANONICAL = re.compile(rf"-?\d{{1,18}}(\.\d{{1,{MAX_PLACES}}})?", re.ASCII)
WINDOWS_NAMES = {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
_RESERVED_FILES = {"lists", "units"}
# Editors read 2021 as a number and no as a boolean, where hoso reads text.
_LOOSE = {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]}


class Spec(BaseModel):
    """A mapping of the language: unknown keys are refused, an empty value counts as not given."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, ignored_types=(property,))

    @model_validator(mode="before")
    @classmethod
    def without_empty(cls, given: Any) -> Any:
        """Only known keys may be left empty: `{label: Số lớp, học viên}` has an unknown key `học viên`."""
        if not isinstance(given, dict):
            return given
        known = {told.alias or name for name, told in cls.model_fields.items()}
        return {name: value for name, value in given.items() if value is not None or name not in known}


class Short(Spec):
    """A mapping that may also be written short; `short` tells editors how."""

    short: ClassVar[dict[str, Any]] = {}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [cls.short, handler(core_schema)]}


def fault(code: str, **params: object) -> PydanticCustomError:
    """An error of a registered code; the parameters word it."""
    return PydanticCustomError(code, "{code}", {"code": code} | {name: str(value) for name, value in params.items()})


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise fault("not-text", found=named(value))


def _as_id(value: Any) -> str:
    text = _as_text(value)
    if not _ID.fullmatch(text):
        raise fault("id-invalid", value=text)
    if keyword.iskeyword(text) or text in {"asks", "absent"}:
        raise fault("id-keyword", value=text)
    return text


def _as_part_id(value: Any) -> str:
    """The id of an item or annex: its answers lie in a file of that name, beside the dossier's own files."""
    text = _as_id(value)
    if text in WINDOWS_NAMES | {"dossier", "lists"}:
        raise fault("id-keyword", value=text)
    return text


def _as_file_id(value: Any) -> str:
    text = _as_text(value)
    if not is_file_id(text):
        raise fault("file-id-invalid", value=text)
    return text


def is_file_id(name: str) -> bool:
    return _FILE_ID.fullmatch(name) is not None and name not in WINDOWS_NAMES | _RESERVED_FILES


def _as_bool(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _as_text(value)
    if text not in ("true", "false"):
        raise fault("not-yes-or-no", value=text)
    return text == "true"


def _as_figure(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    figure = canonical(_as_text(value))
    if figure is None:
        raise fault("not-a-number", value=value)
    return figure


def _as_count(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = _as_text(value)
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise fault("not-a-whole-number", value=text)
    return int(text)


def _as_step(value: Any) -> Decimal:
    step = _as_figure(value)
    if step <= 0:
        raise fault("not-above-zero", value=value)
    return step


def _as_places(value: Any) -> int:
    """Decimal places: a figure is kept with nine of them at most."""
    places = _as_count(value)
    if places > MAX_PLACES:
        raise fault("places-too-many", value=places, limit=MAX_PLACES)
    return places


def filled(entries: Any) -> Any:
    """A list in which something has to stand."""
    if entries == []:
        raise fault("list-empty")
    return entries


def _as_day(value: Any) -> date:
    if isinstance(value, date):
        return value
    text = _as_text(value)
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise fault("not-a-day", value=text)


def _as_period(value: Any) -> str:
    text = _as_text(value)
    if not _PERIOD.fullmatch(text):
        raise fault("not-a-period", value=text)
    return text


def _as_expression(value: Any) -> Formula:
    if isinstance(value, Formula):
        return value
    try:
        return parse_formula(_as_text(value))
    except FormulaError as error:
        raise fault(error.code, **error.params, offset=error.offset) from error


def _as_condition(value: Any) -> Formula:
    formula = _as_expression(value)
    if formula.kind in ("number", "text"):
        raise fault("formula-type", formula=formula.text, what=formula.text, offset=0)
    return formula


def _as_need(value: Any) -> bool | Formula:
    return _as_bool(value) if value in (True, False, "true", "false") else _as_condition(value)


def canonical(text: str) -> Decimal | None:
    """The figure a file means by this text (`8341`, `-2`, `94.5`); None if it is not written that way."""
    if not _CANONICAL.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _scalar(read: Callable[[Any], Any], schema: dict[str, Any]) -> tuple[Any, ...]:
    return BeforeValidator(read), WithJsonSchema(schema)


_formula_text = PlainSerializer(lambda value: getattr(value, "text", value))

Text = Annotated[str, *_scalar(_as_text, _LOOSE)]
Id = Annotated[str, *_scalar(_as_id, {"type": "string", "pattern": f"^{_ID.pattern}$"})]
PartId = Annotated[str, *_scalar(_as_part_id, {"type": "string", "pattern": f"^{_ID.pattern}$"})]
FileId = Annotated[str, *_scalar(_as_file_id, _LOOSE)]
Bool = Annotated[bool, *_scalar(_as_bool, {"type": "boolean"})]
Figure = Annotated[Decimal, *_scalar(_as_figure, _LOOSE)]
Step = Annotated[Decimal, *_scalar(_as_step, _LOOSE)]
Count = Annotated[int, *_scalar(_as_count, _LOOSE)]
Places = Annotated[int, *_scalar(_as_places, _LOOSE)]
Day = Annotated[date, *_scalar(_as_day, _LOOSE)]
Period = Annotated[str, *_scalar(_as_period, _LOOSE)]
Expression = Annotated[Formula, *_scalar(_as_expression, {"type": "string", "maxLength": 500}), _formula_text]
Condition = Annotated[Formula, *_scalar(_as_condition, {"type": "string", "maxLength": 500}), _formula_text]
Need = Annotated[bool | Formula, *_scalar(_as_need, {"type": ["boolean", "string"]}), _formula_text]
