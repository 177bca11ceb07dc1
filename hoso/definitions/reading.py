"""One definition file: from its YAML to a checked model, with every problem at its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from hoso import yamlio
from hoso.definitions.files import version_problem
from hoso.kinds import KINDS
from hoso.problems import CODES, Problem, named, nearest, problem
from hoso.yamlio import Document

Model = TypeVar("Model", bound=BaseModel)
Loc = Sequence[str | int]


def read(model: type[Model], path: Path, shown_as: str) -> tuple[Model | None, Document | None, list[Problem]]:
    """Reads a file of this shape. No model comes back where the file does not have the shape."""
    document, problems = yamlio.read(path, shown_as, aliases=True)
    if document is None:
        return None, None, problems
    found = version_problem(document)
    if found is not None:
        return None, document, [*problems, found]
    made, faults = check(model, document)
    return made, document, problems + faults


def check(model: type[Model], document: Document) -> tuple[Model | None, list[Problem]]:
    """Checks the data against the model, with all problems at once."""
    try:
        return _adapter(model).validate_python(document.data), []
    except ValidationError as error:
        found = [_worded(details, document, model) for details in error.errors(include_url=False)]
        return None, _once_a_place(found)


def _once_a_place(problems: list[Problem]) -> list[Problem]:
    """Where several shapes are allowed pydantic tells what is wrong with each; one of them is enough."""
    kept: dict[tuple[object, ...], Problem] = {}
    for found in problems:
        several = found.code in ("key-missing", "key-unknown")
        kept.setdefault((found.line, found.column, found.key, found.params.get("name") if several else None), found)
    return list(kept.values())


@cache
def _adapter(model: type[Model]) -> TypeAdapter[Model]:
    return TypeAdapter(model)


def _worded(details: ErrorDetails, document: Document, model: type[BaseModel]) -> Problem:
    kind, context = details["type"], details.get("ctx", {})
    loc, data = _in_data((*details["loc"], "type") if kind == "union_tag_invalid" else details["loc"], document.data)
    is_key = details["loc"][-1:] == ("[key]",)
    code, params = _as_code(kind, context, details, details["input"] if is_key else data)
    of_key = is_key or code == "key-unknown"
    key = address(document.data, loc)
    if code == "key-unknown":
        known = sorted(set(_known_keys(model, details["loc"][:-1], document.data)))
        name = str(details["loc"][-1])
        params = {"name": name, "nearest": nearest(name, known), "known": ", ".join(known)}
    place = document.place(loc, of_key=of_key)
    if "offset" in params:
        place = document.place_inside(loc, int(params.pop("offset")))
    return problem(code, document.path, key, place, **params)


def _as_code(kind: str, context: dict[str, Any], details: ErrorDetails, data: Any) -> tuple[str, dict[str, str]]:
    if kind in CODES:
        return kind, {name: str(value) for name, value in context.items() if name != "code"}
    found = named(data)
    match kind:
        case "missing":
            return "key-missing", {"name": str(details["loc"][-1]).rstrip("_")}
        case "extra_forbidden":
            return "key-unknown", {}
        case "union_tag_not_found":
            return "key-missing", {"name": str(context["discriminator"]).strip("'").replace("_form()", "id")}
        case "union_tag_invalid":
            value, known = str(context["tag"]), [tag.strip(" '") for tag in str(context["expected_tags"]).split(",")]
            return "not-one-of", {"value": value, "nearest": nearest(value, known), "known": ", ".join(known)}
        case "literal_error":
            known = [word.strip("'") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
            return "not-one-of", {"value": found, "nearest": nearest(found, known), "known": ", ".join(known)}
        case "list_type":
            return "not-a-list", {"found": found}
        case "dict_type" | "model_type" | "model_attributes_type":
            return "not-a-mapping", {"found": found}
        case "string_type":
            return "not-text", {"found": found}
        case _:
            return "value-invalid", {"why": details["msg"]}


def _in_data(loc: Loc, data: Any) -> tuple[list[str | int], Any]:
    """The part of pydantic's location that exists in the file: tags of unions and models are left out."""
    path: list[str | int] = []
    for part in loc:
        if (isinstance(data, dict) and part in data) or (
            isinstance(data, list) and isinstance(part, int) and part < len(data)
        ):
            path.append(part)
            data = data[cast("Any", part)]
    return path, data


def address(data: Any, loc: Loc) -> str:
    """The location as people name it: entries of lists by their id where they have one; as far as it is there."""
    words = []
    for part in loc:
        try:
            data = data[cast("Any", part)]
        except (KeyError, IndexError, TypeError):
            break  # a problem without its whole place is better than none
        name = data.get("id") if isinstance(part, int) and isinstance(data, dict) else None
        words.append(str(name or (part + 1 if isinstance(part, int) else part)))
    return ".".join(words)


def _known_keys(model: type[BaseModel], loc: Loc, data: Any) -> Iterator[str]:
    """The keys allowed at a location, found by walking the models along it."""
    here: set[type[BaseModel]] = {model}
    for part in loc:
        if (isinstance(data, dict) and part in data) or (
            isinstance(data, list) and isinstance(part, int) and part < len(data)
        ):
            data = data[cast("Any", part)]
        if isinstance(part, str) and part in KINDS:
            here = {KINDS[part]}
        elif isinstance(part, str):
            fields = [f for m in here for name, f in m.model_fields.items() if name.rstrip("_") == part]
            here = {m for f in fields for m in _models(f.annotation)} or here
    for candidate in here:
        yield from (name.rstrip("_") for name in candidate.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
