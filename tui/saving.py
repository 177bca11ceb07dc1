"""Keeping a dossier on disk while it is being filled: when to save, locks, what others changed meanwhile."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event, RLock
from typing import Any

from hoso.causes import cause
from hoso.clock import Clock
from hoso.definitions.former import Former
from hoso.desk import Desk
from hoso.dossiers import Attachment, Dossier, Sheet
from hoso.i18n import tr
from hoso.renaming import rename_addresses, renewed
from hoso.states import state_label
from hoso.store import DOSSIER, Holder, Lock, SheetFile, read_dossier, save_dossier
from tui import clashing
from tui.history import Change
from tui.unsaved import Kept, Rescued, changed, of_appraisal, of_sheet, of_unit, together
from tui.versions import Versions, by_address

_Counts = dict[str, dict[str, int]]
SAVE_AFTER = 0.35  # seconds from the first key that is not saved: someone who never pauses is saved too,
# and of the second that is promised the better part is left to the disk and to a busy machine
HEARTBEAT = 30.0


class Saver:
    """The files of one dossier. `touch` notes a change; `save` may run in a thread, and only one at a time does."""

    def __init__(self, root: Path, dossier: Dossier, clock: Clock, monotonic: Callable[[], float]) -> None:
        self.root = root
        self.dossier = dossier
        self.files: dict[str, SheetFile] = {}
        self.desk: Desk | None = None  # of whoever reviews the dossier
        self.clashes: dict[str, Any] = {}
        self.saved_at: datetime | None = None
        self.error = ""
        self.merges = 0  # how often something that others wrote came in
        self.touched = Event()  # for whoever waits until something is to be saved
        self.guard = RLock()  # held by whoever changes what `dossier.yaml` says
        self._clock = clock
        self._monotonic = monotonic
        self._saving = RLock()
        self._locks: dict[str, Lock] = {}
        self.lost: list[str] = []  # parts that somebody has taken over, not told yet
        self._former: dict[str, Former] = {}
        self._dirty_since: float | None = None
        self._dossier_changed = False
        self._attached = _copy(dossier.attachments)  # as last read or written
        self._copies = deepcopy(dossier.copies)
        self._of_unit = of_unit(dossier)
        self.not_brought: dict[tuple[str, str], None] = {}  # documents that the disk refused: address and name
        self.versions = Versions(root, dossier.path)
        self.rescued = self.versions.rescued()  # what an earlier session could not save, until it is decided on
        self._kept_elsewhere = False

    @property
    def folder(self) -> Path:
        return self.root / self.dossier.path

    def add(self, part: str, sheet: Sheet, digest: str | None, former: Former) -> None:
        renew = partial(renewed, former=former) if former else None
        self.files[part] = SheetFile(self.folder, part, sheet, digest, renew=renew)
        self._former[part] = former

    def touch(self, *, dossier: bool = False) -> None:
        self._dossier_changed |= dossier
        if self._dirty_since is None:
            self._dirty_since = self._monotonic()
        self.touched.set()

    @property
    def due_in(self) -> float | None:
        """Seconds until something has to be saved; None when everything is."""
        if self._dirty_since is None:
            return None
        return max(0.0, self._dirty_since + SAVE_AFTER - self._monotonic())

    def save(self) -> bool:
        """Writes what changed. False if something could not be written: `error` says what, and nothing is lost."""
        with self._saving:
            if self._dirty_since is None:
                return True
            self._dirty_since = None
            try:
                self._write()
            except Exception as error:  # whatever goes wrong is told; it ends no thread
                self._dirty_since = self._monotonic()
                self.error = cause(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
                self._keep_elsewhere()
                return False
            self.error = ""
            self.saved_at = self._clock.now()
            if self._kept_elsewhere:
                self.let_go_of_rescued(now=True)
            return True

    def _write(self) -> None:
        """Each file by itself: one that fails keeps no other from being written. Raises the first error, at the end."""
        if not (self.root / "checklists").is_dir():
            # Making the folders anew would write into the place where a drive was.
            raise OSError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.root))
        failed: list[OSError] = []
        for write in (self._write_dossier_if_due, *map(self._writing, list(self.files.values())), self._write_desk):
            try:
                write()
            except OSError as error:
                failed.append(error)
        if failed:
            raise failed[0]

    def _write_dossier_if_due(self) -> None:
        with self.guard:
            if self._dossier_changed or not (self.folder / DOSSIER).exists():
                self._write_dossier()

    def _writing(self, file: SheetFile) -> Callable[[], None]:
        def write() -> None:
            with file.guard:
                changed = file.is_changed()
            if changed or (file.digest is not None and not file.path.exists()):
                self._write_sheet(file)

        return write

    def _write_desk(self) -> None:
        if self.desk is not None:
            before = self._of_desk(saved=True)
            self.merges += self.desk.save()
            for part, file in list(self.desk.files.items()):
                self.clashes |= clashing.of_desk(part, file)
                if file.is_changed():
                    self.touch()
            self._note_versions(before, self._of_desk(saved=True))

    def _write_dossier(self) -> None:
        """Two people attach files to one dossier, or one hands it in: nothing of either is overwritten."""
        mine, clashes = of_unit(self.dossier), len(self.clashes)
        if (self.folder / DOSSIER).exists():
            other = read_dossier(self.root, self.dossier.checklist, self.dossier.unit)
            if DOSSIER in other.documents:
                other.appraisals = self.dossier.appraisals  # by which ticks know their sections
                self.clashes |= clashing.of_unit(self._of_unit, of_unit(self.dossier), of_unit(other))
                self._take_in(other)
        save_dossier(self.root, self.dossier)
        self._attached = _copy(self.dossier.attachments)
        self._copies = deepcopy(self.dossier.copies)
        self._note_versions(self._of_unit, of_unit(self.dossier))
        self._of_unit = of_unit(self.dossier)
        self.merges += bool(changed(mine, self._of_unit)) or len(self.clashes) != clashes
        self._dossier_changed = False

    def _take_in(self, other: Dossier) -> None:
        ours, base = _copy(self.dossier.attachments), self._attached
        for part, former in list(self._former.items()):
            rename_addresses(other, part, former)
        for address, theirs in other.attachments.items():
            mine = ours.setdefault(address, [])
            known = {one.id for one in (*mine, *base.get(address, ()))}
            mine += [one for one in theirs if one.id not in known]
        for address, mine in ours.items():
            kept = {one.id for one in other.attachments.get(address, ())}
            gone = {one.id for one in base.get(address, ()) if one.id not in kept}
            ours[address] = [one for one in mine if one.id not in gone]
        self.dossier.attachments = ours  # in one step: screens read it meanwhile
        self.dossier.copies = _newer(self.dossier.copies, other.copies, self._copies)
        self.dossier.state, self.dossier.waivers = other.state, other.waivers
        self.dossier.returned = other.returned
        self.dossier.frozen = other.frozen

    def _write_sheet(self, file: SheetFile) -> None:
        now = self._clock.now()
        self._take_lock(file)
        before = _saved(file)
        saved = file.save(now)
        self._note_versions(before, _saved(file))
        self.clashes |= {f"{file.part}.{key.removeprefix('answers.')}": theirs for key, theirs in saved.clashes.items()}
        self.merges += saved.merged

    def _note_versions(self, before: Kept, after: Kept) -> None:
        self.versions.record(by_address(before), by_address(after), self._clock.now())

    def _of_desk(self, *, saved: bool) -> Kept:
        """What the superior wrote, as it is now or as the files hold it."""
        out: Kept = {}
        for part, file in list(self.desk.files.items()) if self.desk is not None else ():
            with file.guard:
                out |= of_appraisal(part, file.base if saved else file.appraisal.as_data())
        return out

    def _unsaved(self) -> list[Change]:
        """Everything that no file of the dossier holds yet."""
        out: list[Change] = []
        for file in list(self.files.values()):
            with file.guard:
                now = of_sheet(file.part, file.sheet.answers, file.sheet.private)
            out += changed(_saved(file), now)
        with self.guard:
            out += changed(self._of_unit, of_unit(self.dossier))
        return out + changed(self._of_desk(saved=True), self._of_desk(saved=False))

    def _keep_elsewhere(self) -> None:
        """Puts what is not saved into the user's own folder, which is often on another disk."""
        known = self.rescued or Rescued(self._clock.now(), [])
        lacking = dict.fromkeys([*known.not_brought, *self.not_brought])
        made = Rescued(self._clock.now(), together(known.changes, self._unsaved()), list(lacking))
        self._kept_elsewhere = self.versions.rescue(made)

    def let_go_of_rescued(self, *, now: bool) -> None:
        """Forgets what an earlier session could not save, but for what is not decided on yet: at once, or when what
        was brought back has been saved."""
        self._kept_elsewhere = not now
        if now and self.rescued is not None:
            self.versions.rescue(self.rescued)
        elif now:
            self.versions.forget_rescued()

    def status(self) -> str:
        """What the footer says about saving."""
        if self.error and self._kept_elsewhere:
            return tr("NOT saved: {why} (a copy is kept)", why=self.error)
        if self.error:
            return tr("NOT saved: {why}", why=self.error)
        if not self.dossier.is_open and self.desk is None:
            return tr("{state}: read only", state=state_label(self.dossier.state))
        if self._dirty_since is not None:
            return tr("saving …")
        return tr("saved {time}", time=f"{self.saved_at:%H:%M}") if self.saved_at else tr("all saved")

    # ---- locks ------------------------------------------------------------------------------------------

    def beat(self) -> list[str]:
        """Keeps the locks alive; gives the parts that somebody else has taken over."""
        lost, self.lost = self.lost, []
        for part, lock in list(self._locks.items()):  # saving may add one
            if not self._beats(lock):
                self._locks.pop(part, None)
                lost.append(part)
        return lost

    def _beats(self, lock: Lock) -> bool:
        try:
            return lock.beat(self._clock.now())
        except OSError:  # a full disk is told of by saving
            return True

    def holder(self, part: str) -> Holder | None:
        """Somebody else who is writing in this part at this moment."""
        file = self.files.get(part)
        if file is None or part in self._locks:
            return None
        return Lock(file.path).stranger(self._clock.now())

    def take_over(self, part: str) -> None:
        """Whoever writes from now on goes on from what the other one wrote last."""
        now, file = self._clock.now(), self.files[part]
        lock = Lock(file.path)
        lock.take(now, over=True)
        self._locks[part] = lock
        self.lost = [one for one in self.lost if one != part]
        with self._saving, suppress(OSError):  # what cannot be read now is told when it is written
            file.read_anew(now)

    def _take_lock(self, file: SheetFile) -> None:
        """Notices at once if somebody has taken over: what was typed till then is written and merged all the same."""
        known, now = self._locks.get(file.part), self._clock.now()
        if known is not None and known.stranger(now) is not None:
            self._locks.pop(file.part, None)
            self.lost.append(file.part)
        elif known is None and file.part not in self.lost:
            lock = Lock(file.path)
            if lock.take(now) is None:
                self._locks[file.part] = lock

    def close(self) -> bool:
        """Saves and lets go of the locks."""
        saved = self.save() and self.save()  # what a merge has brought back is saved too
        for lock in self._locks.values():
            lock.release()
        self._locks.clear()
        return saved


def _saved(file: SheetFile) -> Kept:
    """What its files hold."""
    return of_sheet(file.part, file.base.get("answers") or {}, file.private_base)


def _newer(mine: _Counts, theirs: _Counts, base: _Counts) -> _Counts:
    """Each count as whoever changed it last left it; mine where both did."""
    out: _Counts = {}
    for part in mine | theirs:
        now, other, then = (counts.get(part) or {} for counts in (mine, theirs, base))
        made = {name: other.get(name) if now.get(name) == then.get(name) else now.get(name) for name in now | other}
        out[part] = {name: count for name, count in made.items() if count is not None}
    return out


def _copy(attachments: dict[str, list[Attachment]]) -> dict[str, list[Attachment]]:
    return {address: list(files) for address, files in attachments.items()}
