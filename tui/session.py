"""A dossier being filled: open, edit, undo, save, judge. A plain object: it knows no screen and no terminal."""

from __future__ import annotations

import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from hoso.definitions import Asked, Node, Outline, Unit
from hoso.dossiers import Answer, Attachment, Dossier, Raw, Sheet, new_sheet
from hoso.i18n import tr
from hoso.kinds import Field
from hoso.problems import CODES, Fault, Level, Problem, Refused, problem, refuse
from hoso.store import Holder, Lock, SheetFile, attach, detach, save_dossier
from hoso.store.moving import hand_in, possible
from hoso.validate import MISSING, Names, SectionVerdict, judge_section
from hoso.workspace import Workspace

Target = Literal["field", "ask", "files"]
SAVE_AFTER = 1.0  # seconds from the first key that is not saved: someone who never pauses is saved too
COALESCE_WITHIN = 2.0  # seconds between keys that are undone together
HEARTBEAT = 30.0


class Key(NamedTuple):
    """What an edit touches: a field or an ask of a section, or the files attached at an address."""

    target: Target
    part: str
    section: str = ""
    name: str = ""

    @property
    def address(self) -> str:
        return ".".join(piece for piece in self[1:] if piece)


@dataclass(slots=True)
class Edit:
    """One step of the history: what stood there before and after."""

    key: Key
    before: Any
    after: Any
    at: float


class Place(NamedTuple):
    """Somewhere in a dossier that a screen can show: a section of a part, or the attachments of a part."""

    part: str
    section: str | None = None


@dataclass(slots=True)
class Progress:
    done: int = 0
    total: int = 0
    errors: int = 0

    def add(self, other: Progress) -> None:
        self.done += other.done
        self.total += other.total
        self.errors += other.errors

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 100

    @property
    def mark(self) -> str:
        """○ nothing · ◐ some · ● all. A part in which nothing is wanted counts as done."""
        return "●" if self.done == self.total else "◐" if self.done else "○"


class Session:
    """One unit's dossier, open for filling.

    Everything typed goes through `put`, `put_ask`, `attach_file`, `detach_file`; each is one undoable step.
    The caller looks at `save_due_in` and calls `save` then, and on leaving a field, and at the end."""

    def __init__(
        self, workspace: Workspace, checklist: str, unit: str, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.workspace = workspace
        self.dossier: Dossier = workspace.open(checklist, unit)
        self.checklist = workspace.definitions.checklists[checklist]
        self.unit: Unit = workspace.definitions.units[unit]
        self.asked: dict[str, Asked] = {
            asked.id: asked for asked in workspace.judge.asked(self.checklist, checklist, self.unit)
        }
        self.saved_at: datetime | None = None
        self.save_error = ""
        self.clashes: dict[str, Any] = {}
        self._monotonic = monotonic
        self._files: dict[str, SheetFile] = {}
        self._locks: dict[str, Lock] = {}
        self._dirty_since: float | None = None
        self._dossier_changed = False
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self._sealed = False
        self._hidden: dict[str, set[str]] = {}
        self._sections: dict[Place, SectionVerdict] = {}
        for part in self.asked:
            self._open_part(part)

    # ---- what is there ----------------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        return self.workspace.root / self.dossier.path

    @property
    def days_left(self) -> int | None:
        last = self.checklist.first_deadline()
        return (last - self.workspace.clock.today()).days if last else None

    def outline(self, part: str) -> Outline | None:
        asked = self.asked[part]
        return self.dossier.wording.get(part) or self.workspace.definitions.outlines.get(asked.outline or "")

    def node(self, place: Place) -> Node:
        outline = self.outline(place.part)
        if outline is None or place.section is None:
            raise KeyError(place)
        return outline.nodes[place.section]

    def sheet(self, part: str) -> Sheet:
        """The answers to a part; without a file of their own where its file must not be touched."""
        return self._files[part].sheet if part in self._files else Sheet(self.asked[part].outline or "")

    def places(self, part: str | None = None) -> list[Place]:
        """Everything that can be filled, in order: attachments of a part, then its sections that apply."""
        out: list[Place] = []
        for asked in self.asked.values():
            if part is not None and asked.id != part:
                continue
            if asked.attach is not None:
                out.append(Place(asked.id))
            outline = self.outline(asked.id)
            if outline is not None:
                hidden = self._hidden_in(asked.id, outline)
                out += [
                    Place(asked.id, node.id)
                    for node in outline.nodes.values()
                    if node.fillable and node.id not in hidden
                ]
        return out

    def applies(self, place: Place) -> bool:
        """Whether the section is asked of this unit, given its answers so far."""
        outline = self.outline(place.part)
        return outline is None or place.section not in self._hidden_in(place.part, outline)

    def _hidden_in(self, part: str, outline: Outline) -> set[str]:
        if part not in self._hidden:
            names, hidden = Names(self.unit, outline, self.sheet(part)), set[str]()
            for node in outline.nodes.values():
                if node.parent in hidden or not names.meets(node.section.applies, node):
                    hidden.add(node.id)
            self._hidden[part] = hidden
        return self._hidden[part]

    def neighbour(self, place: Place, step: int) -> Place | None:
        places = self.places()
        try:
            at = places.index(place) + step
        except ValueError:
            return places[0] if places else None
        return places[at] if 0 <= at < len(places) else None

    def next_open(self, place: Place | None) -> Place | None:
        """The next place behind this one, round the end, in which something is missing or wrong; None if none is."""
        places = self.places()
        start = places.index(place) + 1 if place in places else 0
        for candidate in places[start:] + places[:start]:
            if self.progress(candidate).mark != "●" or self.progress(candidate).errors:
                return candidate
        return None

    # ---- answers ----------------------------------------------------------------------------------------

    def answer(self, key: Key) -> Answer:
        return self.sheet(key.part).answer(key.section, key.name)

    def raw(self, key: Key) -> Raw:
        return self.sheet(key.part).raw(key.section, key.name)

    def ask(self, key: Key) -> Raw:
        return self.sheet(key.part).ask(key.section, key.name)

    def field(self, key: Key) -> Field:
        return self.node(Place(key.part, key.section)).fields[key.name]

    def type_into(self, key: Key, typed: str) -> None:
        """Keeps what was typed into a field: canonical where it can be understood, else as typed. Blank forgets it."""
        made = self.field(key)
        answer = self.answer(key)
        value = made.read(typed) if typed.strip() else None
        self.put(key, answer._replace(value=value, source="typed", absent=None, because="").as_raw())

    def type_before(self, key: Key, typed: str) -> None:
        """Keeps the previous period's figure of a field that is compared."""
        before = str(self.field(key).read(typed)) if typed.strip() else None
        self.put(key, self.answer(key)._replace(before=before, absent=None).as_raw())

    def put(self, key: Key, raw: Raw) -> None:
        self._change(key, raw)

    def put_absent(self, key: Key, absent: str, because: str = "") -> None:
        """Says why there is no answer; the value that stood there comes back with undo."""
        self.put(key, Answer(absent=absent, because=because).as_raw())

    def put_ask(self, key: Key, mark: Raw) -> None:
        self._change(key, mark)

    def accept_proposal(self, key: Key) -> None:
        self.put(key, self.answer(key)._replace(source="typed").as_raw())

    # ---- attachments ------------------------------------------------------------------------------------

    def attached(self, address: str) -> list[Attachment]:
        return self.dossier.attached(address)

    def attach_file(self, key: Key, source: Path) -> Attachment:
        """Copies a file in. Raises Refused for a source that cannot be read, OSError if it cannot be copied."""
        self._must_be_open()
        before = list(self.attached(key.address))
        made = attach(self.workspace.root, self.dossier, key.address, source)
        self._record(Edit(key, before, list(self.attached(key.address)), self._monotonic()))
        return made

    def detach_file(self, key: Key, name: str) -> None:
        self._must_be_open()
        before = list(self.attached(key.address))
        detach(self.dossier, key.address, name)
        self._record(Edit(key, before, list(self.attached(key.address)), self._monotonic()))

    # ---- history ----------------------------------------------------------------------------------------

    def seal(self) -> None:
        """Ends a run of keys: what is typed next is undone by itself. Called on leaving a field."""
        self._sealed = True

    def undo(self) -> Key | None:
        """Takes the last step back and tells where it was."""
        return self._step(self._done, self._undone, "before")

    def redo(self) -> Key | None:
        return self._step(self._undone, self._done, "after")

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def _step(self, source: list[Edit], target: list[Edit], side: str) -> Key | None:
        if not source:
            return None
        edit = source.pop()
        target.append(edit)
        self._apply(edit.key, getattr(edit, side))
        self._touched(edit.key)
        self._sealed = True
        return edit.key

    def _change(self, key: Key, after: Any) -> None:
        self._must_be_open(key.part)
        before = self._current(key)
        if before == after:
            return
        self._apply(key, after)
        self._record(Edit(key, before, after, self._monotonic()))

    def _record(self, edit: Edit) -> None:
        if edit.before == edit.after:
            return
        last = self._done[-1] if self._done else None
        joins = last is not None and not self._sealed and last.key == edit.key and edit.key.target == "field"
        if last is not None and joins and edit.at - last.at <= COALESCE_WITHIN:
            last.after, last.at = edit.after, edit.at
        else:
            self._done.append(edit)
        self._undone.clear()
        self._sealed = False
        self._touched(edit.key)

    def _current(self, key: Key) -> Any:
        return deepcopy(self.ask(key) if key.target == "ask" else self.raw(key))

    def _apply(self, key: Key, value: Any) -> None:
        if key.target == "files":
            self.dossier.attachments[key.address] = list(value)
            return
        node = self.node(Place(key.part, key.section))
        file = self._files[key.part]
        with file.guard:
            if key.target == "ask":
                file.sheet.put_ask(node, key.name, deepcopy(value))
            else:
                file.sheet.put(node, key.name, deepcopy(value))

    def _touched(self, key: Key) -> None:
        if key.target == "files":
            self._dossier_changed = True
        elif key.part not in self.dossier.sheets:
            self.dossier.sheets[key.part] = self.sheet(key.part)
        if self._dirty_since is None:
            self._dirty_since = self._monotonic()
        self._hidden.pop(key.part, None)
        # Conditions may look at any field of the part, so only the sections of other parts stay as judged.
        self._sections = {place: judged for place, judged in self._sections.items() if place.part != key.part}

    # ---- judging ----------------------------------------------------------------------------------------

    def judged(self, place: Place) -> SectionVerdict:
        """The verdict on one section as it stands now."""
        if place not in self._sections:
            self._sections[place] = self._judge(place)
        return self._sections[place]

    def _judge(self, place: Place) -> SectionVerdict:
        outline = self.outline(place.part)
        if outline is None or place.section is None:
            return self._judge_attachments(place)
        names = Names(self.unit, outline, self.sheet(place.part))
        counts = self.dossier.attachments
        return judge_section(
            outline.nodes[place.section], names, lambda address: len(counts.get(f"{place.part}.{address}", ()))
        )

    def _judge_attachments(self, place: Place) -> SectionVerdict:
        part = self.workspace.judge.attachments(self.dossier, self.asked[place.part], self.unit)
        findings = [(place.part, Fault(found.code, dict(found.params))) for found in part.problems]
        return SectionVerdict(part.done, part.total, findings)

    def progress(self, place: Place) -> Progress:
        judged = self.judged(place)
        errors = sum(CODES[fault.code].level is Level.ERROR for _, fault in judged.findings)
        return Progress(judged.done, judged.total, errors)

    def part_progress(self, part: str) -> Progress:
        out = Progress()
        for place in self.places(part):
            out.add(self.progress(place))
        return out

    def subtree_progress(self, place: Place) -> Progress:
        """Of a section with all that stands below it."""
        out = Progress()
        outline = self.outline(place.part)
        waiting = [place.section] if outline and place.section else []
        while waiting and outline:
            node = outline.nodes[waiting.pop() or ""]
            waiting += node.children
            if node.fillable and self.applies(Place(place.part, node.id)):
                out.add(self.progress(Place(place.part, node.id)))
        return out

    def total_progress(self) -> Progress:
        out = Progress()
        for place in self.places():
            out.add(self.progress(place))
        return out

    def faults_at(self, key: Key) -> list[Fault]:
        """What is wrong with one field or ask, what is merely missing left out."""
        name = f"asks.{key.name}" if key.target == "ask" else key.name or key.part
        judged = self.judged(Place(key.part, key.section or None))
        return [fault for found, fault in judged.findings if found == name and fault.code not in MISSING]

    def problems(self) -> list[Problem]:
        """Every problem of the dossier as it stands, in the order of the checklist."""
        return self.workspace.verdict(self.dossier).problems

    def place_of(self, found: Problem) -> tuple[Place, Key | None] | None:
        """Where a problem is to be mended; None if no screen shows that place."""
        part, _, rest = found.key.partition(".")
        if part not in self.asked:
            return None
        section, _, name = rest.partition(".")
        outline = self.outline(part)
        if outline is None or section not in outline.nodes:
            return (Place(part), None) if self.asked[part].attach else None
        place = Place(part, section)
        if name.startswith("asks."):
            return place, Key("ask", part, section, name.removeprefix("asks."))
        return place, Key("field", part, section, name) if name in outline.nodes[section].fields else None

    # ---- saving -----------------------------------------------------------------------------------------

    @property
    def save_due_in(self) -> float | None:
        """Seconds until something has to be saved; None when everything is."""
        if self._dirty_since is None:
            return None
        return max(0.0, self._dirty_since + SAVE_AFTER - self._monotonic())

    @property
    def is_saved(self) -> bool:
        return self._dirty_since is None

    def save(self) -> bool:
        """Writes what changed; may run in a thread. False if something could not be written: `save_error` says
        what, and nothing is lost."""
        if self._dirty_since is None:
            return True
        self._dirty_since = None
        now = self.workspace.clock.now()
        try:
            if self._dossier_changed or not self.dossier.exists:
                self._dossier_changed = False
                save_dossier(self.workspace.root, self.dossier)
            for file in self._files.values():
                if file.is_changed():
                    self._take_lock(file)
                    saved = file.save(now)
                    self.clashes |= {f"{file.part}.{key}": value for key, value in saved.clashes.items()}
                    if saved.merged:
                        self._sections.clear()
        except OSError as error:
            self._dirty_since = self._monotonic()
            self._dossier_changed = True
            self.save_error = error.strerror or str(error)
            return False
        self.save_error = ""
        self.saved_at = now
        return True

    def status(self) -> str:
        """What the footer says about saving."""
        if self.save_error:
            return tr("NOT saved: {why}", why=self.save_error)
        if not self.dossier.is_open:
            return tr("handed in: read only")
        if not self.is_saved:
            return tr("saving …")
        return tr("saved {time}", time=f"{self.saved_at:%H:%M}") if self.saved_at else tr("nothing to save")

    def beat(self) -> None:
        """Keeps the locks alive; called every HEARTBEAT seconds."""
        for lock in self._locks.values():
            lock.beat(self.workspace.clock.now())

    def holder(self, part: str) -> Holder | None:
        """Somebody else who is writing in this part at this moment."""
        file = self._files.get(part)
        if file is None or part in self._locks:
            return None
        holder = Lock(file.path).holder()
        now = self.workspace.clock.now()
        return None if holder is None or holder.is_stale(now) or holder.is_gone() else holder

    def take_over(self, part: str) -> None:
        lock = Lock(self._files[part].path)
        lock.take(self.workspace.clock.now(), over=True)
        self._locks[part] = lock

    def close(self) -> bool:
        """Saves and lets go of the locks."""
        saved = self.save()
        for lock in self._locks.values():
            lock.release()
        self._locks.clear()
        return saved

    def _take_lock(self, file: SheetFile) -> None:
        if file.part not in self._locks:
            lock = Lock(file.path)
            if lock.take(self.workspace.clock.now()) is None:
                self._locks[file.part] = lock

    # ---- handing in -------------------------------------------------------------------------------------

    def obstacles(self) -> list[Problem]:
        """What stands against handing in: every error that nobody waived, the missing counted as errors."""
        found = self.workspace.verdict(self.dossier, handing_in=True).problems
        return [one for one in found if one.level is Level.ERROR and one.waived is None]

    def submit(self) -> None:
        """Hands the dossier in. Raises Refused with the first obstacle, OSError if it cannot be written."""
        if not possible(self.dossier, "submit"):
            raise refuse("move-impossible", self.dossier.path, "state", state=self.dossier.state)
        obstacles = self.obstacles()
        if obstacles:
            raise Refused(obstacles[0])
        if not self.save():
            raise OSError(self.save_error)
        hand_in(self.workspace.root, self.dossier, self.workspace.definitions, self.workspace.clock.now())
        self.close()

    def unwritable(self, part: str) -> Problem | None:
        """Why this part must not be written in: its file is there and could not be understood."""
        path = f"{self.dossier.path}/{part}.yaml"
        if part in self.dossier.sheets or not (self.folder / f"{part}.yaml").exists():
            return None
        return next(
            (found for found in self.dossier.problems if found.path == path), problem("answer-shape", path, part)
        )

    def _must_be_open(self, part: str = "") -> None:
        blocked = self.unwritable(part) if part else None
        if blocked is not None:
            raise Refused(blocked)
        if not self.dossier.is_open:
            raise refuse("dossier-closed", self.dossier.path, "state", state=self.dossier.state)

    def _open_part(self, part: str) -> None:
        outline = self.outline(part)
        if outline is None or self.unwritable(part):
            return
        sheet = self.dossier.sheets.get(part)
        document = self.dossier.documents.get(part)
        made = sheet or new_sheet(self.asked[part].outline or "", outline)
        self._files[part] = SheetFile(self.folder, part, made, document.digest if document else None)
