"""One dossier from its folder: every file read once, every problem kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from hoso import yamlio
from hoso.definitions import STATES, Outline
from hoso.definitions.files import LANGUAGE_VERSION, version_problem
from hoso.dossiers import Attachment, Dossier, Sheet, Waiver
from hoso.problems import named, nearest, problem
from hoso.yamlio import Document

DOSSIER, PRIVATE, APPRAISAL = "dossier.yaml", ".private.yaml", ".appraisal.yaml"
_KEYS = {"hoso", "unit", "state", "attachments", "waivers", "frozen"}
_SHEET_KEYS = {"hoso", "outline", "version", "answers", "parked"}
Frozen = Callable[[Path, str], Outline | None]


def read_dossier(root: Path, checklist: str, unit: str, frozen: Frozen | None = None) -> Dossier:
    """Reads what there is. `frozen` gives the outline kept at hand-in from its file and fingerprint."""
    dossier = Dossier(checklist, unit)
    folder = root / dossier.path
    try:
        names = sorted(path.name for path in folder.iterdir() if path.suffix == ".yaml")
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
    # A dossier that is open again is filled and judged by the outline of now.
    for part, fingerprint in dossier.frozen.items() if not dossier.is_open else ():
        known = frozen is not None and part in dossier.sheets
        wording = frozen(folder / "frozen" / f"{part}.yaml", fingerprint) if frozen and known else None
        if wording is not None:
            dossier.wording[part] = wording
    return dossier


def _open(dossier: Dossier, path: Path, known: set[str]) -> tuple[Document | None, dict[str, Any]]:
    document, problems = yamlio.read(path, f"{dossier.path}/{path.name}")
    dossier.problems += problems
    if document is None:
        return None, {}
    # Asking for the place of a fault composes the file once more, so it is asked only where there may be one.
    sound = isinstance(document.data, dict) and document.data.get("hoso") == str(LANGUAGE_VERSION)
    found = None if sound else version_problem(document)
    if found is not None:
        dossier.problems.append(found)
        return document, {}
    data: dict[str, Any] = document.data
    for name in (name for name in data if name not in known):
        place = document.place((name,), of_key=True)
        words = {"name": name, "nearest": nearest(name, known), "known": ", ".join(sorted(known))}
        dossier.problems.append(problem("key-unknown", document.path, name, place, **words))
    return document, data


def read_dossier_file(dossier: Dossier, folder: Path) -> None:
    """Reads `dossier.yaml` into the dossier."""
    document, data = _open(dossier, folder / DOSSIER, _KEYS)
    if document is None or not data:
        return
    dossier.documents[DOSSIER] = document
    note = _Noter(dossier, document)
    if data.get("unit") != dossier.unit:
        note("unit-mismatch", ("unit",), folder=dossier.unit, name=named(data.get("unit")))
    state = data.get("state") or "drafting"
    if state in STATES:
        dossier.state = state
    else:
        words = {"value": named(state), "nearest": nearest(str(state), STATES), "known": ", ".join(STATES)}
        note("state-unknown", ("state",), **words)
    dossier.attachments = {}
    for address, files in note.mapping(data.get("attachments"), ("attachments",)).items():
        made = [
            _attachment(note, address, name, raw) for name, raw in note.mapping(files, ("attachments", address)).items()
        ]
        dossier.attachments[address] = [one for one in made if one is not None]
    dossier.waivers = _waivers(note, data.get("waivers"))
    frozen = note.mapping(data.get("frozen"), ("frozen",))
    dossier.frozen = {part: value for part, value in frozen.items() if isinstance(value, str)}


class _Noter:
    """Notes problems of one file; reads a mapping or notes that it is none."""

    def __init__(self, dossier: Dossier, document: Document) -> None:
        self.dossier = dossier
        self.document = document

    def __call__(self, code: str, loc: tuple[str | int, ...], **params: object) -> None:
        key, place = ".".join(map(str, loc)), self.document.place(loc, of_key=code == "key-unknown")
        self.dossier.problems.append(problem(code, self.document.path, key, place, **params))

    def mapping(self, data: Any, loc: tuple[str | int, ...]) -> Mapping[str, Any]:
        if data is None or isinstance(data, dict):
            return data or {}
        self("not-a-mapping", loc, found=named(data))
        return {}


def _attachment(note: _Noter, address: str, name: str, raw: Any) -> Attachment | None:
    loc = ("attachments", address, name)
    kept = note.mapping(raw, loc)
    _strange_keys(note, loc, kept, ("file", "size", "sha256"))
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


def _strange_keys(note: _Noter, loc: tuple[str | int, ...], kept: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for name in (name for name in kept if name not in known):
        note("key-unknown", (*loc, name), name=name, nearest=nearest(name, known), known=", ".join(known))


def _is_inside(file: str) -> bool:
    parts = file.replace("\\", "/").split("/")
    return not file.startswith(("/", "\\")) and ":" not in file and not {"..", ".", ""} & set(parts)


def _waivers(note: _Noter, data: Any) -> list[Waiver]:
    if data is None:
        return []
    if not isinstance(data, list):
        note("not-a-list", ("waivers",), found=named(data))
        return []
    out = []
    for place, raw in enumerate(data):
        kept = note.mapping(raw, ("waivers", place))
        _strange_keys(note, ("waivers", place), kept, Waiver._fields)
        code, key, reason = (kept.get(name) or "" for name in Waiver._fields)
        if not reason:
            note("waiver-without-reason", ("waivers", place))
        elif all(isinstance(value, str) for value in (code, key, reason)):
            out.append(Waiver(code, key, reason))
    return out


def _read_sheet(dossier: Dossier, folder: Path, part: str) -> None:
    before = len(dossier.problems)
    document, data = _open(dossier, folder / f"{part}.yaml", _SHEET_KEYS)
    if document is None or not data:
        return
    dossier.documents[part] = document
    note = _Noter(dossier, document)
    outline = data.get("outline")
    if not isinstance(outline, str):
        note("key-missing", (), name="outline")
        return
    answers = _sections(note, data.get("answers"), ("answers",))
    parked = dict(note.mapping(data.get("parked"), ("parked",)))
    version = _version(note, data.get("version"))
    lossy = len(dossier.problems) > before
    dossier.sheets[part] = Sheet(outline, version, answers, {}, parked, lossy)


def _read_private(dossier: Dossier, folder: Path, part: str) -> None:
    document, data = _open(dossier, folder / f"{part}{PRIVATE}", _SHEET_KEYS)
    if document is None or not data or part not in dossier.sheets:
        return
    dossier.documents[part + PRIVATE] = document
    dossier.sheets[part].private = _sections(_Noter(dossier, document), data.get("answers"), ("answers",))


def _version(note: _Noter, raw: Any) -> int:
    if raw is None:
        return 1
    if isinstance(raw, str) and raw.isascii() and raw.isdigit():
        return int(raw[:9])
    note("not-a-whole-number", ("version",), value=named(raw))
    return 1


def _sections(note: _Noter, data: Any, loc: tuple[str | int, ...]) -> dict[str, dict[str, Any] | None]:
    out: dict[str, dict[str, Any] | None] = {}
    for section, kept in note.mapping(data, loc).items():
        if kept is None or isinstance(kept, dict):
            out[section] = kept
        else:
            note("not-a-mapping", (*loc, section), found=named(kept))
    return out
