"""A dossier being filled: open, edit, undo, save, judge. A plain object: it knows no screen and no terminal."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from hoso.dossiers import WHOLE, Answer, Raw, new_sheet, same
from hoso.i18n import tr
from hoso.previous import accepted
from hoso.problems import Level, Problem, Refused, refuse
from hoso.states import state_label
from hoso.store import APPRAISAL, Holder, sweep_dossier
from hoso.store.moving import hand_in, possible
from hoso.validate import gathered
from hoso.workspace import Workspace
from tui import clashing, entries
from tui.bookmarks import Bookmarks
from tui.entries import OF_THE_DESK, OF_THE_UNIT
from tui.filing import Filing
from tui.history import Change, History
from tui.places import Key, Place, Progress
from tui.reading import OpenDossier
from tui.reviewing import Review
from tui.saving import Saver
from tui.unsaved import address_of, value_of
from tui.versions import Version

__all__ = ["Key", "Place", "Progress", "Session"]


class Session(Filing, OpenDossier):
    """One unit's dossier, open for filling.

    Everything typed goes through `put`, `put_ask`, `attach_file`, `detach_file`; each is one undoable step. An answer
    that was put is never changed in place, here or by who put it: a large table is not copied at each key.
    The caller looks at `save_due_in` and calls `save` then, and on leaving a field, and at the end."""

    def __init__(
        self, workspace: Workspace, checklist: str, unit: str, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(workspace, checklist, unit)
        sweep_dossier(workspace.root / self.dossier.path)
        self.saver = Saver(workspace.root, self.dossier, workspace.clock, monotonic)
        self.history = History(monotonic)
        self.review: Review | None = None
        self.bookmarks = Bookmarks(self)
        for part in self.asked:
            self._open_part(part)

    def _open_part(self, part: str) -> None:
        outline = self.outline(part)
        if outline is None or self.unwritable(part):
            return
        document = self.dossier.documents.get(part)
        made = self.dossier.sheets.get(part) or new_sheet(self.asked[part].outline or "", outline)
        self.sheets[part] = made
        self.saver.add(part, made, document.digest if document else None, outline.former)

    # ---- answers ----------------------------------------------------------------------------------------

    def type_into(self, key: Key, typed: str) -> None:
        """Keeps what was typed into a field: canonical where it can be understood, else as typed. Blank forgets it."""
        made = self.field(key)
        answer = self.answer(key)
        value = made.read(typed) if typed.strip() else None
        self.put(key, answer._replace(value=value, source="typed", absent=None, because="").as_raw())

    def type_before(self, key: Key, typed: str) -> None:
        """Keeps the previous period's figure of a field that is compared."""
        before = str(self.field(key).read(typed)) if typed.strip() else None
        self.put(key, self.answer(key)._replace(before=before).as_raw())

    def put(self, key: Key, raw: Raw, *, seen: Raw = None) -> None:
        """`seen` is the table that was changed: what others have brought in since stays."""
        self._change(key, raw if seen is None else Change(key, seen, raw).over(self.raw(key)))

    def put_absent(self, key: Key, absent: str, because: str = "") -> None:
        """Says why there is no answer; the value that stood there comes back with undo. The figure of the period
        before stays: it is no part of this one."""
        self.put(key, Answer(before=self.answer(key).before, absent=absent, because=because).as_raw())

    def clear(self, key: Key) -> None:
        """Takes an answer away, or the mark why there is none; the figure of the period before stays."""
        self.put(key, Answer(before=self.answer(key).before).as_raw())

    def put_ask(self, key: Key, mark: Raw) -> None:
        self._change(key, mark)

    def accept_proposal(self, key: Key) -> None:
        self.put(key, accepted(self.raw(key)))

    def accept_before(self, key: Key) -> None:
        """Takes the figure of the dossier before for the previous period's."""
        before = self.before(key)
        if before is not None:
            self.put(key, self.answer(key)._replace(before=before.value).as_raw())

    def closed_because(self, part: str) -> str:
        if self.review is not None:
            return tr("Review: what the unit wrote is read only here.")
        return super().closed_because(part)

    # ---- what stands besides answers and files -----------------------------------------------------------

    def put_entry(self, key: Key, value: Any) -> None:
        """Keeps a claim, a tick, a remark, points or a verdict. Raises Refused where it must not be written."""
        self._change(key, value)

    def toggle_bookmark(self, place: Place) -> bool:
        """Marks a place to come back to, or takes the mark off; tells which. Raises OSError where it cannot be kept."""
        marked = place not in self.bookmarks
        self._change(Key("bookmark", place.part, place.section or ""), marked)
        return marked

    def begin_review(self) -> Review:
        """From now on the unit's answers are read only, and what the superior writes is saved with all else.

        Raises Refused for a dossier that was not handed in."""
        self.save()
        self.review = Review(self)
        self.history.clear()  # what the unit did is not the superior's to take back
        self.clashes.clear()
        self.saver.desk = self.review.desk
        return self.review

    def end_review(self) -> bool:
        """Saves; false if that could not be done, and then the review goes on."""
        if not self.save():
            return False
        self.review = self.saver.desk = None
        self.history.clear()
        self.clashes.clear()
        return True

    # ---- history ----------------------------------------------------------------------------------------

    def seal(self) -> None:
        """Ends a run of keys: what is typed next is undone by itself. Called on leaving a field."""
        self.history.seal()

    def undo(self) -> Key | None:
        """Takes the last step back and tells where it was."""
        return self._step(self.history.undo)

    def redo(self) -> Key | None:
        return self._step(self.history.redo)

    def _step(self, take: Callable[[], list[Change]]) -> Key | None:
        """The last act that may still be changed; what was closed meanwhile is passed over."""
        while changes := take():
            done = [change.key for change in changes if self._again(change)]
            if done:
                return clashing.field_of(next((key for key in done if key.target != "clash"), done[0]))
        return None

    def _again(self, change: Change) -> bool:
        try:
            self._must_be_allowed(change.key)
            self._apply(change.key, change.over(self.standing(change.key)))
        except (Refused, OSError):  # an error of the disk is one of a bookmark: nothing else is written here
            return False
        self._touched(change.key)
        return True

    def put_over(self, change: Change) -> None:
        """Makes a change of another session here. Raises Refused where it must not be written, KeyError where there
        is no such place any more."""
        self._change(change.key, change.over(self.standing(change.key)))

    def may_write(self, key: Key) -> bool:
        """Whether there is such a place, and it may be written now."""
        try:
            self._must_be_allowed(key)
            return self._is_there(key)
        except (Refused, KeyError):
            return False

    def _is_there(self, key: Key) -> bool:
        if key.target == "field":
            return self.field(key) is not None
        if key.target == "ask":
            return key.name in self.node(key.place).asks
        return key.part == WHOLE or key.part in self.asked

    def _change(self, key: Key, after: Any) -> None:
        self._must_be_allowed(key)
        before = self.standing(key)
        if not same(before, after):
            self._apply(key, after)
            self._record(key, before, after)

    def _record(self, key: Key, before: Any, after: Any) -> None:
        if not same(before, after):
            self.history.record(key, before, after)
            self._touched(key)

    def standing(self, key: Key) -> Any:
        """What stands there now, whatever it is."""
        if key.target == "bookmark":
            return key.place in self.bookmarks
        if key.target == "files":
            return list(self.attached(key.address))
        if key.target == "clash":
            known = self.saver.clashes
            return (known[key.address],) if key.address in known else None
        if key.target in OF_THE_UNIT + OF_THE_DESK:
            return entries.current(self.dossier, key)
        return self.ask(key) if key.target == "ask" else self.raw(key)

    def _apply(self, key: Key, value: Any) -> None:
        if key.target == "clash":
            self._apply_clash(key, value)
            return
        if key.target == "bookmark":
            self.bookmarks.put(key.place, value)
            return
        if key.target == "files":
            with self.saver.guard:
                self.dossier.attachments[key.address] = list(value)
            return
        if key.target in OF_THE_UNIT:
            with self.saver.guard:
                entries.change(self.dossier, key, value)
            return
        if self.review is not None and key.target in OF_THE_DESK:
            entries.write(self.review.desk, key, value)
            return
        node = self.node(Place(key.part, key.section))
        file = self.saver.files[key.part]
        with file.guard:
            if key.target == "ask":
                file.sheet.put_ask(node, key.name, value)
            else:
                file.sheet.put(node, key.name, value)

    def _apply_clash(self, key: Key, value: Any) -> None:
        if value is None:
            self.saver.clashes.pop(key.address, None)
        else:
            self.saver.clashes[key.address] = value[0]

    def _touched(self, key: Key) -> None:
        if key.target == "bookmark":
            return
        if key.target == "clash":
            self._forget(key)
            return
        if key.target in ("field", "ask") and key.part not in self.dossier.sheets:
            optional = not self.is_asked(key.part)
            self.dossier.sheets[key.part] = self.sheet(key.part)
            if optional:  # begun now, so that all of it counts
                self.forget_judged()
        self.saver.touch(dossier=key.target == "files" or key.target in OF_THE_UNIT)
        self._forget(key)

    # ---- earlier versions -------------------------------------------------------------------------------

    def versions(self, key: Key) -> list[Version]:
        """What stood somewhere before, the latest first, each once; what stands there now is none of them."""
        found, now = list[Version](), self.standing(key)
        for one in self.saver.versions.of(address_of(key)):
            made = Version(one.at, value_of(key.target, one.raw))
            if not any(same(made.raw, other) for other in (now, *(known.raw for known in found))):
                found.append(made)
        return found

    def bring_back(self, key: Key, raw: Any) -> None:
        """Puts an earlier answer back, as one step of undo."""
        self.seal()
        self._change(key, raw)
        self.seal()

    # ---- saving: what screens need of the saver -----------------------------------------------------------

    @property
    def save_due_in(self) -> float | None:
        return self.saver.due_in

    @property
    def is_saved(self) -> bool:
        return self.saver.due_in is None

    @property
    def saved_at(self) -> datetime | None:
        return self.saver.saved_at

    @property
    def save_error(self) -> str:
        return self.saver.error

    def save(self) -> bool:
        return self.saver.save()

    def status(self) -> str:
        return self.saver.status()

    def beat(self) -> list[str]:
        return self.saver.beat()

    def holder(self, part: str) -> Holder | None:
        return self.saver.holder(part)

    def take_over(self, part: str) -> None:
        self.saver.take_over(part)
        self.forget_judged()

    def close(self) -> bool:
        return self.saver.close()

    @property
    def clashes(self) -> dict[str, Any]:
        """What somebody else wrote where both changed the same, by address."""
        return self.saver.clashes

    def clash(self, key: Key) -> Any:
        """What somebody else wrote in the same field meanwhile."""
        return self.saver.clashes.get(clashing.key_of(key).address)

    def is_clash(self, key: Key) -> bool:
        return clashing.key_of(key).address in self.saver.clashes

    def forget_clash(self, key: Key) -> None:
        """Takes what somebody else wrote off the list, by its key there; undo brings it back."""
        if key.address in self.saver.clashes:
            theirs = self.saver.clashes.pop(key.address)
            self.history.record(key, (theirs,), None)

    # ---- handing in -------------------------------------------------------------------------------------

    def obstacles(self) -> list[Problem]:
        """What stands against handing in: every error that nobody waived, the missing counted as errors.

        The blank cells of a table are one. A fault in what the superior wrote is not the unit's to mend."""
        with self.nothing_postponed():
            found = self.workspace.verdict(self.dossier, handing_in=True).problems
        mine = (one for one in found if one.code == "remark-open" or not one.path.endswith(APPRAISAL))
        return gathered(one for one in mine if one.level is Level.ERROR and one.waived is None)

    def submit(self) -> None:
        """Hands the dossier in. Raises Refused with the first obstacle, OSError if it cannot be written."""
        if not possible(self.dossier, "submit"):
            raise refuse("move-impossible", self.dossier.path, "state", state=state_label(self.dossier.state))
        self._must_be_open()
        obstacles = self.obstacles()
        if obstacles:
            raise Refused(obstacles[0])
        if not self.save():
            raise OSError(self.save_error)
        hand_in(self.workspace.root, self.dossier, self.workspace.definitions, self.workspace.clock.now())
        self.close()

    def _must_be_allowed(self, key: Key) -> None:
        if key.target == "bookmark":  # a person's own, whoever may write in the dossier
            return
        if key.target == "clash" and self.review is not None:
            return
        if key.target in OF_THE_DESK:
            if self.review is None:
                raise refuse("dossier-closed", self.dossier.path, "state", state=state_label(self.dossier.state))
        elif key.target in OF_THE_UNIT:
            self._must_be_open(of="" if key.part == WHOLE else key.part)
        else:
            self._must_be_open(key.part)

    def _must_be_open(self, part: str = "", *, of: str = "") -> None:
        """`part` names a file of answers; without one it is `dossier.yaml`, `of` a part, that is to be written."""
        if not self.dossier.is_open or self.review is not None:
            raise refuse("dossier-closed", self.dossier.path, "state", state=state_label(self.dossier.state))
        if (part or of) and not self.dossier.opens(part or of):
            raise refuse("item-closed", self.dossier.path, part or of)
        blocked = self.unwritable(part)
        if blocked is not None:
            raise Refused(blocked)
