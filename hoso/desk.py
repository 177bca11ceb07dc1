"""The superior's desk: one dossier that was handed in, what is written about it, and how it is decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hoso.appraisals import Appraisal, Remark, new_appraisal
from hoso.definitions import Asked, Outline, Unit
from hoso.dossiers import Dossier
from hoso.problems import Problem, Refused, nearest, refuse
from hoso.states import state_label
from hoso.store import APPRAISAL, DOSSIER, AppraisalFile, read_dossier
from hoso.store.moving import move, possible

if TYPE_CHECKING:
    from hoso.workspace import Workspace


class Desk:
    """Writes the files `….appraisal.yaml` of one dossier and moves its state. Nothing that the unit edits is touched
    but `dossier.yaml`, and that by moves alone."""

    def __init__(self, workspace: Workspace, dossier: Dossier) -> None:
        self.workspace = workspace
        self.dossier = dossier
        self.checklist = workspace.definitions.checklists[dossier.checklist]
        self.unit: Unit = workspace.definitions.units[workspace.definitions.former.get(dossier.unit, dossier.unit)]
        made = workspace.judge.asked(self.checklist, dossier.checklist, self.unit)
        self.asked: Mapping[str, Asked] = {asked.id: asked for asked in made}
        self.files: dict[str, AppraisalFile] = {}

    # ---- what is written --------------------------------------------------------------------------------

    def outline(self, part: str) -> Outline | None:
        wanted = self.asked[part].outline or ""
        return self.dossier.wording.get(part) or self.workspace.definitions.outlines.get(wanted)

    def appraisal(self, part: str) -> Appraisal:
        """What is written of an item; blank where nothing is. To be changed only through `file`."""
        return self.dossier.appraisals.get(part) or Appraisal()

    def file(self, part: str) -> AppraisalFile:
        """The file of an item's appraisal, to be changed while its `guard` is held.

        Raises Refused for one that is there and could not be understood whole."""
        if blocked := self.unwritable(part):
            raise Refused(blocked)
        if part not in self.files:
            document = self.dossier.documents.get(part + APPRAISAL)
            made = self.dossier.appraisals.get(part) or new_appraisal(self.outline(part))
            folder = self.workspace.root / self.dossier.path
            self.files[part] = AppraisalFile(folder, part, made, document.digest if document else None)
            self.dossier.appraisals[part] = made
        return self.files[part]

    def unwritable(self, part: str) -> Problem | None:
        path = f"{self.dossier.path}/{part}{APPRAISAL}"
        return next((found for found in self.dossier.problems if found.path == path), None)

    def save(self) -> bool:
        """Writes what changed; true if something that another reviewer wrote came in. Raises OSError."""
        now = self.workspace.clock.now()
        merged = [file.save(now) for file in list(self.files.values()) if file.is_changed()]
        return any(merged)

    # ---- deciding ---------------------------------------------------------------------------------------

    def judge_item(self, part: str, verdict: str, because: str = "", level: str = "") -> None:
        """Writes what is to become of one item; it takes effect when the dossier is returned or accepted."""
        file = self.file(part)
        with file.guard:
            file.appraisal.verdict, file.appraisal.because = verdict, because
            if level:
                file.appraisal.level = level

    def give_back(self, because: str = "", parts: Collection[str] = ()) -> Path:
        """Returns the dossier, or of it these items alone: the rest stays handed in, with its wording.

        Raises Refused where that cannot be, OSError with the dossier in the state in which it was."""
        self._must_be_possible("return")
        self._must_be_known(parts)
        for part in self.asked:
            if part in parts:
                self.judge_item(part, "returned", because or self.appraisal(part).because)
            elif self.appraisal(part).verdict == "returned":
                self.judge_item(part, "")
        self.save()
        self._offer_settling(parts or self.asked)
        facts: dict[str, Any] = {"because": because} if because else {}
        return self._move("return", **facts, **({"items": list(parts)} if parts else {}))

    def accept(self, parts: Collection[str] = (), level: str = "") -> Path | None:
        """Accepts the dossier, or only notes that these items are right. What is rated keeps its level in writing:
        the one given here, else as appraised, else as claimed. Raises Refused, OSError."""
        self._must_be_possible("accept")
        self._must_be_known(parts)
        for part in parts or self.asked:
            levels = self.workspace.levels(self.dossier, self.asked[part], self.unit)
            if level and levels is not None and level not in levels.labels:
                near = nearest(level, levels.labels)
                raise refuse("level-unknown", self._path(part), "level", name=level, nearest=near)
            if parts or levels is not None or part in self.dossier.appraisals:
                self.judge_item(part, "accepted", level=((level or levels.accepted) if levels else "") or "")
        self.save()
        return None if parts else self._move("accept")

    def receive(self) -> Path:
        """Notes that the dossier has arrived. Raises Refused, OSError."""
        self._must_be_possible("receive")
        return self._move("receive")

    def _move(self, name: str, **facts: Any) -> Path:
        return move(self.workspace.root, self.dossier, name, self.workspace.clock.now(), **facts)

    def _must_be_possible(self, name: str) -> None:
        if self._was_moved() or not self.dossier.exists or not possible(self.dossier, name):
            raise refuse("move-impossible", self.dossier.path, "state", state=state_label(self.dossier.state))
        if blocked := self.dossier.unwritable:
            raise Refused(blocked)

    def _was_moved(self) -> bool:
        """Whether somebody else moved the dossier since it was read; its state is then the one of now."""
        other = read_dossier(self.workspace.root, *self.dossier.key)
        if DOSSIER not in other.documents or other.state == self.dossier.state:
            return False
        self.dossier.state, self.dossier.returned = other.state, other.returned
        return True

    def _must_be_known(self, parts: Iterable[str]) -> None:
        for part in parts:
            if part not in self.asked:
                raise refuse("item-unknown", self.dossier.path, part, name=part, nearest=nearest(part, self.asked))

    def _offer_settling(self, parts: Iterable[str]) -> None:
        """Each remark gets its lines in `dossier.yaml` now, so that two people of the unit who tick two of them off
        change lines that stand apart."""
        for part in parts:
            for remark in self._unsettled(part):
                self.dossier.settled.setdefault(part, {}).setdefault(remark.id, {"done": None})

    def _unsettled(self, part: str) -> list[Remark]:
        made = self.appraisal(part).all_remarks()
        return [remark for remark in made if not self.dossier.is_settled(part, remark.id)]

    def _path(self, part: str) -> str:
        return f"{self.dossier.path}/{part}{APPRAISAL}"
