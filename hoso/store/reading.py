"""One dossier from its folder: every file read once, every problem kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hoso.definitions import STATES, Outline
from hoso.dossiers import Attachment, Dossier, Returned, Sheet, Waiver
from hoso.problems import named, nearest, problem
from hoso.store.appraising import APPRAISAL, read_appraisal
from hoso.store.noting import Noter, open_file, strange_keys

DOSSIER, PRIVATE = "dossier.yaml", ".private.yaml"
_KEYS = {"hoso", "unit", "state", "returned", "attachments", "claimed", "settled", "copies", "waivers", "frozen"}
_SHEET_KEYS = {"hoso", "outline", "version", "answers", "parked"}
Frozen = Callable[[Path, str], Outline | None]


def read_dossier(root: Path, checklist: str, unit: str, frozen: Frozen | None = None) -> Dossier:
    """Reads what there is. `frozen` gives the outline kept at hand-in from its file and fingerprint."""
    dossier = Dossier(checklist, unit)
    folder = f"{root}/{dossier.path}"
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".yaml") and name != ".yaml")  # noqa: PTH208
    except FileNotFoundError:
        names = []
    except OSError as error:
        names = []
        dossier.problems.append(problem("file-unreadable", dossier.path, why=error.strerror or str(error)))
    dossier.exists = DOSSIER in names
    if dossier.exists:
        read_dossier_file(dossier, folder)
    elif names:
        dossier.problems.append(problem("dossier-file-missing", f"{dossier.path}/{DOSSIER}"))
    for name in names:
        if name != DOSSIER and not name.endswith((PRIVATE, APPRAISAL)):
            _read_sheet(dossier, folder, name.removesuffix(".yaml"))
    for name in names:
        if name.endswith(PRIVATE):
            _read_private(dossier, folder, name.removesuffix(PRIVATE))
        elif name.endswith(APPRAISAL):
            read_appraisal(dossier, folder, name.removesuffix(APPRAISAL))
    # What is open again is filled and judged by the outline of now.
    for part, fingerprint in dossier.frozen.items():
        known = frozen is not None and part in dossier.sheets and not dossier.opens(part)
        wording = frozen(Path(folder, "frozen", f"{part}.yaml"), fingerprint) if frozen and known else None
        if wording is not None:
            dossier.wording[part] = wording
    return dossier


def read_dossier_file(dossier: Dossier, folder: str) -> None:
    """Reads `dossier.yaml` into the dossier."""
    document, data = open_file(dossier, folder, DOSSIER, _KEYS)
    if document is None or not data:
        return
    dossier.documents[DOSSIER] = document
    note = Noter(dossier, document)
    if data.get("unit") != dossier.unit:
        note("unit-mismatch", ("unit",), folder=dossier.unit, name=named(data.get("unit")))
    state = data.get("state") or "drafting"
    if state in STATES:
        dossier.state = state
    else:
        words = {"value": named(state), "nearest": nearest(str(state), STATES), "known": ", ".join(STATES)}
        note("state-unknown", ("state",), **words)
    dossier.returned = _returned(note, data.get("returned"))
    dossier.claimed = _texts(note, data.get("claimed"), ("claimed",))
    dossier.settled = _settled(note, data.get("settled"))
    dossier.copies = _copies(note, data.get("copies"))
    attachments: dict[str, list[Attachment]] = {}
    for address, files in note.mapping(data.get("attachments"), ("attachments",)).items():
        made = [
            _attachment(note, address, name, raw) for name, raw in note.mapping(files, ("attachments", address)).items()
        ]
        attachments[address] = [one for one in made if one is not None]
    dossier.attachments = attachments  # in one step: a save may read the file anew while a screen reads the dossier
    dossier.waivers = _waivers(note, data.get("waivers"))
    frozen = note.mapping(data.get("frozen"), ("frozen",))
    dossier.frozen = {part: value for part, value in frozen.items() if isinstance(value, str)}


def _returned(note: Noter, data: Any) -> Returned:
    kept = note.mapping(data, ("returned",))
    strange_keys(note, ("returned",), kept, Returned._fields)
    because = note.text(kept.get("because"), ("returned", "because"))
    items = kept.get("items") or []
    if not isinstance(items, list):
        note("not-a-list", ("returned", "items"), found=named(items))
        return Returned(because)
    return Returned(because, tuple(one for one in items if isinstance(one, str)))


def _texts(note: Noter, data: Any, loc: tuple[str | int, ...]) -> dict[str, str]:
    found = {name: note.text(value, (*loc, name)) for name, value in note.mapping(data, loc).items()}
    return {name: value for name, value in found.items() if value}


def _settled(note: Noter, data: Any) -> dict[str, dict[str, Any]]:
    out: dict[str, dict[str, Any]] = {}
    for part, remarks in note.mapping(data, ("settled",)).items():
        out[part] = {}
        for name, raw in note.mapping(remarks, ("settled", part)).items():
            loc = ("settled", part, name)
            kept = note.mapping(raw, loc)
            strange_keys(note, loc, kept, ("done", "reply"))
            out[part][name] = {key: note.text(value, (*loc, key)) or None for key, value in kept.items()}
    return out


def _copies(note: Noter, raw: Any) -> dict[str, dict[str, int]]:
    out: dict[str, dict[str, int]] = {}
    for part, kept in note.mapping(raw, ("copies",)).items():
        for medium, count in note.mapping(kept, ("copies", part)).items():
            if isinstance(count, str) and count.isascii() and count.isdigit() and len(count) < 6:
                out.setdefault(part, {})[medium] = int(count)
            else:
                note("not-a-whole-number", ("copies", part, medium), value=named(count))
    return out


def _attachment(note: Noter, address: str, name: str, raw: Any) -> Attachment | None:
    loc = ("attachments", address, name)
    kept = note.mapping(raw, loc)
    strange_keys(note, loc, kept, ("file", "size", "sha256"))
    missing = [key for key in ("file", "size", "sha256") if not isinstance(kept.get(key), str)]
    for key in missing:
        note("key-missing", loc, name=key)
    if missing:
        return None
    file, size = kept["file"], kept["size"]
    if not _is_inside(file):
        note("attachment-path", (*loc, "file"), name=file)
        return None
    if not (size.isascii() and size.isdigit()):
        note("not-a-whole-number", (*loc, "size"), value=size)
        return None
    return Attachment(name, file, int(size[:18]), kept["sha256"])


def _is_inside(file: str) -> bool:
    parts = file.replace("\\", "/").split("/")
    return not file.startswith(("/", "\\")) and ":" not in file and not {"..", ".", ""} & set(parts)


def _waivers(note: Noter, data: Any) -> list[Waiver]:
    if data is None:
        return []
    if not isinstance(data, list):
        note("not-a-list", ("waivers",), found=named(data))
        return []
    out = []
    for place, raw in enumerate(data):
        kept = note.mapping(raw, ("waivers", place))
        strange_keys(note, ("waivers", place), kept, Waiver._fields)
        code, key, reason, text = (kept.get(name) or "" for name in Waiver._fields)
        if not reason:
            note("waiver-without-reason", ("waivers", place))
        elif all(isinstance(value, str) for value in (code, key, reason, text)):
            out.append(Waiver(code, key, reason, text))
    return out


def _read_sheet(dossier: Dossier, folder: str, part: str) -> None:
    before = len(dossier.problems)
    document, data = open_file(dossier, folder, f"{part}.yaml", _SHEET_KEYS)
    if document is None or not data:
        return
    dossier.documents[part] = document
    note = Noter(dossier, document)
    outline = data.get("outline")
    if not isinstance(outline, str):
        note("key-missing", (), name="outline")
        return
    answers = _sections(note, data.get("answers"), ("answers",))
    parked = dict(note.mapping(data.get("parked"), ("parked",)))
    version = _version(note, data.get("version"))
    lossy = len(dossier.problems) > before
    dossier.sheets[part] = Sheet(outline, version, answers, {}, parked, lossy)


def _read_private(dossier: Dossier, folder: str, part: str) -> None:
    document, data = open_file(dossier, folder, f"{part}{PRIVATE}", _SHEET_KEYS)
    if document is None or not data or part not in dossier.sheets:
        return
    dossier.documents[part + PRIVATE] = document
    dossier.sheets[part].private = _sections(Noter(dossier, document), data.get("answers"), ("answers",))


def _version(note: Noter, raw: Any) -> int:
    if raw is None:
        return 1
    if isinstance(raw, str) and raw.isascii() and raw.isdigit():
        return int(raw[:9])
    note("not-a-whole-number", ("version",), value=named(raw))
    return 1


def _sections(note: Noter, data: Any, loc: tuple[str | int, ...]) -> dict[str, dict[str, Any] | None]:
    out: dict[str, dict[str, Any] | None] = {}
    for section, kept in note.mapping(data, loc).items():
        if kept is None or isinstance(kept, dict):
            out[section] = kept
        else:
            note("not-a-mapping", (*loc, section), found=named(kept))
    return out
