"""A dossier as data: answers, marks of asks, attachments, waivers, state. Nothing here touches a disk."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from hoso.definitions import Node, Outline
from hoso.problems import Problem
from hoso.yamlio import Document

if TYPE_CHECKING:
    from hoso.appraisals import Appraisal
    from hoso.kinds import TableField

ABSENT = ("nil", "pending", "not_applicable", "withheld")
SOURCES = ("typed", "carried")
WHOLE = "dossier"  # in place of an item's id: the dossier as a whole; no item may be called so
NEEDS_REASON = ("not_applicable", "withheld")
ENVELOPE = {"value", "before", "from", "absent", "because"}
Raw = Any  # an answer as files keep it: text, a list of texts, a mapping, or None


class Answer(NamedTuple):
    """What a unit wrote in a field: a value, or why there is none."""

    value: Raw = None
    before: str | None = None
    source: str = "typed"
    absent: str | None = None
    because: str = ""

    @property
    def is_proposal(self) -> bool:
        return self.source == "carried"

    @property
    def is_blank(self) -> bool:
        if isinstance(self.value, str):
            return self.absent is None and not self.value.strip()
        return self.absent is None and self.value in (None, [], {})

    def as_raw(self) -> Raw:
        """The shortest form that files keep it in; None where there is nothing to keep."""
        extra = {"before": self.before} if self.before else {}
        if self.source != "typed":
            extra["from"] = self.source
        if self.absent is not None:
            return {"absent": self.absent} | ({"because": self.because} if self.because else {}) | extra
        if extra:
            return ({} if self.is_blank else {"value": self.value}) | extra
        return None if self.is_blank else self.value


BLANK = Answer()


def same(one: Raw, other: Raw) -> bool:
    """Whether two answers are the same, in the order of their rows too, of which `==` knows nothing."""
    if one is other:
        return True
    if not isinstance(one, dict) or not isinstance(other, dict):
        return bool(one == other)
    return one == other and _in_one_order(one, other)


def _in_one_order(one: dict[str, Raw], other: dict[str, Raw]) -> bool:
    if list(one) != list(other):
        return False
    pairs = zip(one.values(), other.values(), strict=True)
    return all(mine is theirs or not isinstance(mine, dict) or _in_one_order(mine, theirs) for mine, theirs in pairs)


def answer_of(raw: Raw) -> Answer | None:
    """Reads an answer as kept; None if it is not written as one."""
    if raw.__class__ is str or raw is None or raw.__class__ is list:
        return Answer(raw) if raw else BLANK
    if not isinstance(raw, dict) or not raw.keys() <= ENVELOPE:
        return None
    because = raw.get("because") or ""
    before = raw.get("before")
    value, absent, source = raw.get("value"), raw.get("absent"), raw.get("from") or "typed"
    if not isinstance(because, str) or not isinstance(before, str | None) or isinstance(value, dict):
        return None
    if source not in SOURCES or (value is not None and absent is not None):
        return None
    return Answer(value, before, source, absent, because)


@dataclass(slots=True)
class Sheet:
    """The answers to one outline: section id → field id → answer as kept, marks of asks under `asks`."""

    outline: str
    version: int = 1
    answers: dict[str, dict[str, Raw] | None] = field(default_factory=dict)
    private: dict[str, dict[str, Raw] | None] = field(default_factory=dict)
    parked: dict[str, Raw] = field(default_factory=dict)
    lossy: bool = False  # the file holds more than could be understood: it is kept before it is written over

    def raw(self, section: str, name: str) -> Raw:
        kept = self.answers.get(section)
        found = kept.get(name) if isinstance(kept, dict) else None
        if self.private:
            hidden = self.private.get(section)
            return joined(found, hidden.get(name) if isinstance(hidden, dict) else None)
        return found

    def answer(self, section: str, name: str) -> Answer:
        """The answer, blank where there is none or where it is not written as one."""
        return answer_of(self.raw(section, name)) or BLANK

    def ask(self, section: str, name: str) -> Raw:
        marks = (self.answers.get(section) or {}).get("asks")
        return marks.get(name) if isinstance(marks, dict) else None

    def put(self, node: Node, name: str, raw: Raw) -> None:
        """Keeps an answer, None to forget it; a new one takes its place in the outline's order."""
        made = node.fields.get(name)
        order = ["asks", *node.fields]
        if getattr(made, "has_private", False) and isinstance(raw, dict) and "absent" not in raw:
            from hoso.kinds.keeping_private import parted

            shared, hidden = parted(cast("TableField", made), raw)
            _put(self.answers, node.id, name, shared or None, order)
            _put(self.private, node.id, name, hidden or None, order)
            return
        place, other = self.answers, self.private
        if made is not None and made.private:
            place, other = other, place
        if name in (other.get(node.id) or {}):
            # The outline has moved the field from one file to the other since.
            _put(other, node.id, name, None, [])
        _put(place, node.id, name, raw, order)

    def put_ask(self, node: Node, name: str, mark: Raw) -> None:
        marks = (self.answers.get(node.id) or {}).get("asks") or {}
        made = ordered(dict(marks) if isinstance(marks, dict) else {}, name, mark, list(node.asks))
        _put(self.answers, node.id, "asks", made or None, ["asks", *node.fields])

    def head(self) -> dict[str, Raw]:
        """How every file of answers begins."""
        return {"hoso": "1", "outline": self.outline, "version": str(self.version)}

    def as_data(self) -> dict[str, Raw]:
        """What the unit's public file holds."""
        data = self.head() | {"answers": self.answers}
        return data | ({"parked": self.parked} if self.parked else {})


def joined(shared: Raw, private: Raw) -> Raw:
    """The two halves of an answer as one: beside a table's shared cells, those that the private file holds."""
    if not (_is_cells(shared) and _is_cells(private)):
        return private if shared is None else shared
    out = dict(shared)
    for row, cells in private.items():
        out[row] = (out.get(row) or {}) | (cells or {})
    return out


def _is_cells(value: Raw) -> bool:
    return isinstance(value, dict) and all(isinstance(kept, dict | None) for kept in value.values())


def new_sheet(name: str, outline: Outline) -> Sheet:
    """Born with every section as an empty key, in the outline's order, so that two people's first lines merge."""
    return Sheet(name, outline.version, dict.fromkeys(outline.nodes))


def _put(answers: dict[str, dict[str, Raw] | None], section: str, name: str, raw: Raw, order: list[str]) -> None:
    kept = ordered(dict(answers.get(section) or {}), name, raw, order)
    answers[section] = kept or None


def ordered(kept: dict[str, Raw], name: str, raw: Raw, order: list[str]) -> dict[str, Raw]:
    """The mapping with one entry changed; a new entry goes before the first that the order puts after it."""
    if raw is None:
        kept.pop(name, None)
        return kept
    if name in kept or name not in order:
        kept[name] = raw
        return kept
    later = set(order[order.index(name) + 1 :])
    out: dict[str, Raw] = {}
    for key, value in kept.items():
        if key in later and name not in out:
            out[name] = raw
        out[key] = value
    return out if name in out else out | {name: raw}


class Attachment(NamedTuple):
    """A file in a dossier: its place under `files/`, size in bytes, SHA-256."""

    id: str
    file: str
    size: int
    sha256: str

    def as_raw(self) -> dict[str, Raw]:
        return {"file": self.file, "size": str(self.size), "sha256": self.sha256}


class Waiver(NamedTuple):
    code: str
    key: str
    reason: str
    text: str = ""  # the fingerprint of what may be published; another text there is found anew

    def covers(self, found: Problem) -> bool:
        return self.code == found.code and (self.key == found.key or self.key == "")

    def as_raw(self) -> dict[str, Raw]:
        return {name: value for name, value in self._asdict().items() if value or name != "text"}


class Returned(NamedTuple):
    """How a dossier came back: why, and which items are open again; all of them where none is named."""

    because: str = ""
    items: tuple[str, ...] = ()

    def as_raw(self) -> dict[str, Raw]:
        return {name: value for name, value in (("because", self.because), ("items", list(self.items))) if value}


@dataclass(slots=True)
class Dossier:
    """One unit's filled checklist, as read. `problems` tells what could not be understood in its files."""

    checklist: str
    unit: str
    state: str = "drafting"
    returned: Returned = field(default_factory=Returned)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    attachments: dict[str, list[Attachment]] = field(default_factory=dict)
    claimed: dict[str, str] = field(default_factory=dict)  # the unit's own level, where a sheet is only attached
    settled: dict[str, dict[str, Raw]] = field(default_factory=dict)  # remarks ticked off by the unit, by item
    copies: dict[str, dict[str, int]] = field(default_factory=dict)  # made ready, by item and kind
    waivers: list[Waiver] = field(default_factory=list)
    appraisals: dict[str, Appraisal] = field(default_factory=dict)
    frozen: dict[str, str] = field(default_factory=dict)
    wording: dict[str, Outline] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    exists: bool = True
    # Large files whose checksums somebody will read later; None where each is read when it is judged.
    postponed: set[Path] | None = None

    @property
    def path(self) -> str:
        return f"checklists/{self.checklist}/{self.unit}"

    @property
    def key(self) -> tuple[str, str]:
        return self.checklist, self.unit

    @property
    def is_open(self) -> bool:
        """Whether the unit may still write in it."""
        return self.state in ("drafting", "ready", "returned")

    def opens(self, part: str) -> bool:
        """Whether the unit may write in this item: of a dossier of which single items were returned, in these."""
        return self.is_open and (self.state != "returned" or not self.returned.items or part in self.returned.items)

    def is_settled(self, part: str, remark: str) -> bool:
        """Whether the unit has ticked a remark off."""
        kept = (self.settled.get(part) or {}).get(remark)
        return isinstance(kept, dict) and bool(kept.get("done"))

    @property
    def unwritable(self) -> Problem | None:
        """Why `dossier.yaml` must not be written over: it is there and holds what could not be understood."""
        found = (found for found in self.problems if found.path == f"{self.path}/dossier.yaml")
        return next(found, None) if self.exists else None

    def attached(self, address: str) -> list[Attachment]:
        return self.attachments.get(address, [])

    def as_data(self) -> dict[str, Raw]:
        """What `dossier.yaml` holds."""
        data: dict[str, Raw] = {"hoso": "1", "unit": self.unit, "state": self.state}
        data["returned"] = self.returned.as_raw() or None
        data["attachments"] = {
            address: {one.id: one.as_raw() for one in files} for address, files in self.attachments.items() if files
        } or None
        data["claimed"] = self.claimed or None
        data["settled"] = {part: kept for part, kept in self.settled.items() if kept} or None
        data["copies"] = {
            part: {medium: str(count) for medium, count in kept.items()} for part, kept in self.copies.items() if kept
        } or None
        data["waivers"] = [waiver.as_raw() for waiver in self.waivers] or None
        data["frozen"] = self.frozen or None
        return {name: value for name, value in data.items() if value is not None or name == "attachments"}


def new_id(taken: Iterator[str] | dict[str, Any] | set[str]) -> str:
    """A short id for a row or an attachment: a letter and four of digits and letters that are not mixed up."""
    used = set(taken)
    while True:
        made = "r" + "".join(secrets.choice("23456789abcdefghjkmnpqrstuvwxyz") for _ in range(4))
        if made not in used:
            return made
