"""Reviewing an open dossier: the superior's remarks, points, verdicts. A plain object; it knows no screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hoso.appraisals import Appraisal, Remark, moment
from hoso.desk import Desk
from hoso.dossiers import new_id
from hoso.i18n import tr
from hoso.levels import Levels
from hoso.problems import refuse
from hoso.states import state_label
from tui.entries import current, key_of
from tui.places import Key

if TYPE_CHECKING:
    from tui.session import Session

REVIEWED = ("handed_in", "received", "returned", "accepted")


class Verdict(NamedTuple):
    """What is to become of one item: `returned` because …, `accepted`, or nothing yet; its final level, if decided."""

    verdict: str = ""
    because: str = ""
    level: str = ""


class Review:
    """Everything written here goes through the session: one history, one saving."""

    def __init__(self, session: Session) -> None:
        dossier = session.dossier
        if dossier.state not in REVIEWED:
            raise refuse("not-handed-in", dossier.path, "state", state=state_label(dossier.state))
        self.session = session
        self.desk = Desk(session.workspace, dossier)
        self.offices = self.desk.checklist.reviewers()
        self.by = (
            self.offices[0].id if self.offices else ""
        )  # in whose name remarks are written: an office, never a person

    def appraisal(self, part: str) -> Appraisal:
        return self.desk.appraisal(part)

    # ---- remarks ----------------------------------------------------------------------------------------

    def begin(self, part: str, section: str = "", field: str = "") -> Remark:
        """A remark that has no word yet, and so is not kept yet."""
        taken = self.appraisal(part).ids
        now = self.session.workspace.clock.now()
        return Remark(new_id(taken), section, field, moment(now), self.by)

    def say(self, part: str, remark: Remark, text: str) -> None:
        """Keeps a remark's words; without any, it is withdrawn."""
        self.session.put_entry(key_of(part, remark), remark._replace(text=text) if text.strip() else None)

    # ---- points, levels, verdicts -----------------------------------------------------------------------

    def appraise(self, key: Key, points: dict[str, Any]) -> None:
        """Keeps the appraised points of a score sheet, by criterion."""
        self.session.put_entry(key._replace(target="points"), points)

    def verdict(self, part: str) -> Verdict:
        return Verdict(*current(self.session.dossier, Key("verdict", part)))

    def decide(self, part: str, verdict: str, because: str = "") -> None:
        made = self.verdict(part)._replace(verdict=verdict, because=because)
        self.session.put_entry(Key("verdict", part), tuple(made))

    def rate(self, part: str, level: str) -> None:
        """Sets the final level of an item, empty to leave it to the points."""
        self.session.put_entry(Key("verdict", part), tuple(self.verdict(part)._replace(level=level)))

    @property
    def to_return(self) -> list[str]:
        """The items that are marked to be returned."""
        return [part for part in self.session.asked if self.verdict(part).verdict == "returned"]

    # ---- moving -----------------------------------------------------------------------------------------

    def give_back(self, because: str = "", parts: list[str] | None = None) -> None:
        """Returns the dossier, or these items of it. Raises Refused, OSError."""
        self._saved()
        self.desk.give_back(because, parts or ())
        self._moved()

    def receive(self) -> None:
        self._saved()
        self.desk.receive()

    def accept(self) -> None:
        self._saved()
        self.desk.accept()
        self._moved()

    def _saved(self) -> None:
        if not self.session.save():
            raise OSError(self.session.save_error)

    def _moved(self) -> None:
        # What was done before the move is not taken back behind it.
        self.session.history.clear()
        self.session.forget_judged()

    # ---- words ------------------------------------------------------------------------------------------

    def level_line(self, part: str) -> str:
        """`tự chấm: Xuất sắc · tự nhận: Tốt · thẩm định: –`; empty for an item that is not rated."""
        made = levels(self.session, part)
        return level_words(made) if made else ""


def levels(session: Session, part: str) -> Levels | None:
    """The three levels of an item as they stand now."""
    return session.workspace.levels(session.dossier, session.asked[part], session.unit)


def level_words(made: Levels) -> str:
    own, claimed, final = (made.labels.get(level or "", "–") for level in (made.own, made.claimed, made.final))
    return tr("by own points: {own} · claimed: {claimed} · final: {final}", own=own, claimed=claimed, final=final)


def appraised_points(session: Session, key: Key) -> dict[str, Any]:
    """The appraised points of a score sheet, by criterion."""
    appraisal = session.dossier.appraisals.get(key.part)
    return appraisal.points(key.section, key.name) if appraisal else {}
