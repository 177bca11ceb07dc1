"""hoso schema: JSON Schema of the files, for editors."""

from __future__ import annotations

import json
from typing import Any

import click
from pydantic import BaseModel

from hoso.i18n import tr

_TEXT = {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]}
KINDS = ("outline", "checklist", "units", "lists", "dossier", "answers", "appraisal")


@click.command("schema", help=tr("Prints the JSON Schema of a kind of file, for editors."))
@click.argument("kind", type=click.Choice(KINDS))
def schema_command(kind: str) -> None:
    click.echo(json.dumps(schema(kind), ensure_ascii=False, indent=2))


def schema(kind: str) -> dict[str, Any]:
    """The schema of one kind of file. Scalars may be text, numbers or booleans, as editors read them."""
    from hoso.definitions import Checklist, Lists, Outline, Units

    models: dict[str, type[BaseModel]] = {"outline": Outline, "checklist": Checklist, "units": Units, "lists": Lists}
    if kind in models:
        made: dict[str, Any] = models[kind].model_json_schema(mode="validation")
    else:
        made = {"dossier": _dossier, "answers": _answers, "appraisal": _appraisal}[kind]()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | made


def _dossier() -> dict[str, Any]:
    from hoso.definitions import STATES

    file = {"type": "object", "required": ["file", "size", "sha256"], "additionalProperties": False,
            "properties": {"file": {"type": "string"}, "size": _TEXT, "sha256": {"type": "string"}}}  # fmt: skip
    waiver = {"type": "object", "required": ["code", "reason"], "additionalProperties": False,
              "properties": {"code": {"type": "string"}, "key": {"type": "string"}, "reason": _TEXT,
                             "text": _TEXT}}  # fmt: skip
    files = {"type": ["object", "null"], "additionalProperties": file}
    returned = {"type": ["object", "null"], "additionalProperties": False,
                "properties": {"because": _TEXT, "items": {"type": "array", "items": {"type": "string"}}}}  # fmt: skip
    tick = {"type": ["object", "null"], "additionalProperties": False,
            "properties": {"done": {"anyOf": [*_TEXT["anyOf"], {"type": "null"}]}, "reply": _TEXT}}  # fmt: skip
    settled = {"type": ["object", "null"], "additionalProperties": tick}
    copies = {"type": ["object", "null"], "additionalProperties": _TEXT}
    return {
        "title": "Dossier", "type": "object", "required": ["hoso", "unit"], "additionalProperties": False,
        "properties": {
            "hoso": _TEXT, "unit": _TEXT, "state": {"enum": list(STATES)}, "returned": returned,
            "claimed": {"type": ["object", "null"], "additionalProperties": {"type": "string"}},
            "settled": {"type": ["object", "null"], "additionalProperties": settled},
            "attachments": {"type": ["object", "null"], "additionalProperties": files},
            "copies": {"type": ["object", "null"], "additionalProperties": copies},
            "waivers": {"type": ["array", "null"], "items": waiver},
            "frozen": {"type": ["object", "null"], "additionalProperties": {"type": "string"}},
        },
    }  # fmt: skip


def _appraisal() -> dict[str, Any]:
    from hoso.appraisals import VERDICTS

    blank = {"type": "null"}
    text = {"anyOf": [*_TEXT["anyOf"], blank]}
    told = {"field": {"type": "string"}, "at": _TEXT, "by": {"type": "string"}, "text": _TEXT}
    remark = {"type": "object", "required": ["text"], "additionalProperties": False, "properties": told}
    remarks = {"type": ["object", "null"], "additionalProperties": remark}
    points = {"type": ["object", "null"], "additionalProperties": text}
    sheets = {"type": ["object", "null"], "additionalProperties": points}
    return {
        "title": "Appraisal", "type": "object", "required": ["hoso"], "additionalProperties": False,
        "properties": {
            "hoso": _TEXT, "verdict": {"anyOf": [{"enum": list(VERDICTS)}, blank]}, "because": text, "level": text,
            "scores": {"type": ["object", "null"], "additionalProperties": sheets},
            "remarks": {"type": ["object", "null"], "additionalProperties": remarks},
            "overall": remarks,
        },
    }  # fmt: skip


def _answers() -> dict[str, Any]:
    from hoso.dossiers import ABSENT

    envelope = {
        "type": "object", "additionalProperties": False,
        "properties": {
            "value": {"anyOf": [*_TEXT["anyOf"], {"type": "array", "items": _TEXT}]}, "before": _TEXT,
            "from": {"enum": ["typed", "carried"]}, "absent": {"enum": list(ABSENT)}, "because": _TEXT,
        },
    }  # fmt: skip
    answer = {"anyOf": [*_TEXT["anyOf"], {"type": "null"}, {"type": "array", "items": _TEXT}, envelope]}
    mark = {"anyOf": [{"const": "here"}, {"type": "object", "additionalProperties": False, "properties": {
        "elsewhere": {"type": "string"}, "absent": {"enum": list(ABSENT)}, "because": _TEXT}}]}  # fmt: skip
    asks = {"type": ["object", "null"], "additionalProperties": mark}
    section = {"type": ["object", "null"], "properties": {"asks": asks}, "additionalProperties": answer}
    return {
        "title": "Answers", "type": "object", "required": ["hoso", "outline"], "additionalProperties": False,
        "properties": {
            "hoso": _TEXT, "outline": _TEXT, "version": _TEXT,
            "answers": {"type": ["object", "null"], "additionalProperties": section},
            "parked": {"type": ["object", "null"]},
        },
    }  # fmt: skip
