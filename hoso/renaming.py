"""Answers that stand under ids which sections, fields and columns had (`was`), brought under those that they have."""

from __future__ import annotations

from collections.abc import Mapping

from hoso.definitions import Outline
from hoso.definitions.former import Former
from hoso.dossiers import Attachment, Dossier, Raw

Answers = dict[str, dict[str, Raw] | None]


def bring_up_to_date(dossier: Dossier, outlines: Mapping[str, Outline]) -> None:
    """Renames in memory what was written under former ids; the files follow when they are written next.

    Each part by the outline that it is judged by: the one of now, or the one frozen when it was handed in."""
    for part, sheet in dossier.sheets.items():
        outline = dossier.wording.get(part) or outlines.get(sheet.outline)
        former = outline.former if outline is not None else None
        if former:
            sheet.answers = renewed(sheet.answers, former)
            sheet.private = renewed(sheet.private, former)
            rename_addresses(dossier, part, former)


def rename_addresses(dossier: Dossier, part: str, former: Former) -> None:
    """Documents and waivers of a part: where they belong by the ids of now."""
    if former:
        attachments: dict[str, list[Attachment]] = {}
        for address, files in dossier.attachments.items():
            attachments.setdefault(renewed_address(address, part, former), []).extend(files)
        dossier.attachments = attachments
        dossier.waivers = [one._replace(key=renewed_address(one.key, part, former)) for one in dossier.waivers]


def renewed(answers: Answers, former: Former) -> Answers:
    """The answers of a sheet by the ids of now. What stands under both ids stays as it is: nothing is thrown away."""
    moved = _moved(answers, former.sections)
    return {name: _fields(kept, name, former) if kept else kept for name, kept in moved.items()}


def renewed_address(address: str, part: str, former: Former) -> str:
    """`part.section.field…` by the ids of now; any other address as it is."""
    pieces = address.split(".")
    if pieces[0] != part or len(pieces) < 2:
        return address
    section = former.sections.get(pieces[1], pieces[1])
    field = [former.fields.get(section, {}).get(name, name) for name in pieces[2:3]]
    return ".".join([part, section, *field, *pieces[3:]])


def _fields(kept: dict[str, Raw], section: str, former: Former) -> dict[str, Raw]:
    out = {
        name: renewed_cells(raw, former.columns.get((section, name), {}))
        for name, raw in _moved(kept, former.fields.get(section, {})).items()
    }
    if isinstance(marks := out.get("asks"), dict):
        out["asks"] = {ask: _elsewhere(mark, former) for ask, mark in marks.items()}
    return out


def renewed_cells(raw: Raw, columns: Mapping[str, str]) -> Raw:
    """A table's answer by the ids that its columns have now."""
    if not columns or not isinstance(raw, dict):
        return raw
    return {row: _moved(cells, columns) if isinstance(cells, dict) else cells for row, cells in raw.items()}


def _moved(kept: Mapping[str, Raw], names: Mapping[str, str]) -> dict[str, Raw]:
    """The same under other names, in the same order; what would come to stand where something stands keeps its own."""
    out: dict[str, Raw] = {}
    for old, raw in kept.items():
        name = names.get(old, old)
        if name != old and not (_is_blank(kept.get(name)) and _is_blank(out.get(name))):
            name = old
        if name not in out or not _is_blank(raw):
            out[name] = raw
    return out


def _is_blank(raw: Raw) -> bool:
    return raw is None or raw in ({}, [])


def _elsewhere(mark: Raw, former: Former) -> Raw:
    if isinstance(mark, dict) and isinstance(name := mark.get("elsewhere"), str):
        return mark | {"elsewhere": former.sections.get(name, name)}
    return mark
