"""The course of a plain filling: one question after another, words that go elsewhere, leaving with all saved."""

from __future__ import annotations

from collections.abc import Callable

from hoso.dossiers import NEEDS_REASON
from hoso.i18n import tr
from hoso.kinds import TextField
from hoso.problems import Refused
from hoso.text import fold
from tui import marking, remarks, rescuing
from tui.attaching import lacking_words
from tui.finding import where
from tui.paper import Extent
from tui.places import Key, Place
from tui.plain import asking, copies, questions
from tui.plain.tables import PlainTable
from tui.plain.talk import Called, Talk
from tui.plain.words import listed
from tui.previewing import read_out
from tui.session import Session
from tui.wording import ABSENCES, deadline, said

_MARKS = (*ABSENCES, "here", "elsewhere", "accept", "theirs", "ours")


class Left(Exception):  # noqa: N818 - no error: the person is done
    """Raised to end the filling."""


class Filling:
    """Asks what is open, in order. `run` ends when the person leaves or the input does; all is saved then."""

    def __init__(self, session: Session, talk: Talk) -> None:
        self.session = session
        self.talk = talk
        self.told: Place | None = None  # the section whose head was said last
        self.counted = False  # whether copies were asked for
        self.words: dict[str, Callable[[Key, str], Key | None]] = {
            "help": self._help, "next": self._next, "back": self._back, "open": self._open, "go": self._go,
            "problems": self._problems, "read": self._read, "undo": self._undo, "redo": self._redo,
            "clear": self._clear, "more": self._more, "edit": self._edit, "remove": self._remove, "show": self._show,
            "tick": self._tick, "copies": self._copies, "take_over": self._take_over, "hand_in": self._hand_in,
        }  # fmt: skip

    def run(self) -> bool:
        """Whether everything could be saved at the end."""
        try:
            self._greet()
            self._offer_rescued()
            key: Key | None = questions.next_open(self.session, None) or self._first()
            while key is not None:
                key = self._ask(key)
        except (EOFError, Left):
            pass
        finally:
            # Also where the terminal is closed or Ctrl+C comes: nothing typed is lost.
            saved = self.session.close()
        self.talk.say(["", tr("Everything is saved.") if saved else self.session.status()])
        return saved

    def _greet(self) -> None:
        session, done = self.session, self.session.total_progress()
        last = session.checklist.first_deadline()
        due = deadline(session.days_left, str(last) if last else None)
        self.talk.say(f"{session.checklist.title} · {session.unit.name}")
        self.talk.say(tr("{done} of {total} done · {deadline}", done=done.done, total=done.total, deadline=due))
        self.talk.say(tr("Enter goes on, ? lists the commands, Ctrl+D ends; every answer is saved at once."))

    def _offer_rescued(self) -> None:
        """Asks what is to become of what an earlier session could not save; without a clear word it is kept."""
        if not rescuing.offered(self.session):
            return
        self.talk.say(rescuing.question(self.session).split("\n"))
        try:
            typed = fold(self.talk.ask(tr("Bring it back? (y: yes, n: drop the copy, Enter: later)")).strip())
        except Called as called:
            if called.id == "quit":
                raise Left from called
            return
        if typed in ("c", "co", "y", "yes"):
            done = rescuing.settle(self.session, bring_back=True)
            self.talk.say(tr("{count} entries were brought back.", count=len(done)))
        elif typed in ("k", "khong", "n", "no"):
            rescuing.settle(self.session, bring_back=False)

    def _first(self) -> Key | None:
        place = next(iter(self.session.places()), None)
        return questions.first_of(self.session, place) if place else None

    # ---- one question -----------------------------------------------------------------------------------

    def _ask(self, key: Key) -> Key | None:
        """Asks it and gives the question that comes next."""
        self._tell_place(key)
        try:
            blocked = self._blocked(key)
            if blocked:
                self.talk.say(blocked)
                self.talk.ask(tr("Enter: go on."))
            else:
                asking.ask(self.session, self.talk, key)
        except Called as called:
            return self._obeyed(called, key)
        except Refused as refused:
            self._tell(refused)
            return key
        return questions.step(self.session, key, 1) or self._end(key)

    def _obeyed(self, called: Called, key: Key) -> Key | None:
        if called.id == "quit":
            raise Left
        try:
            if called.id in _MARKS:
                return self._mark(key, called)
            return self.words.get(called.id, self._not_here)(key, called.rest)
        except Called as other:
            return self._obeyed(other, key)
        except Refused as refused:
            self._tell(refused)
            return key

    def _tell(self, refused: Refused) -> None:
        self.talk.say(f"{refused.problem.message} {refused.problem.remedy}")

    def _blocked(self, key: Key) -> str:
        """Why nothing can be written here now."""
        holder = self.session.holder(key.part)
        if holder is not None:
            return tr("{name} is writing in this item at this moment. /takeover takes it over.", name=holder.user)
        return self.session.closed_because(key.part)

    def _tell_place(self, key: Key) -> None:
        place, session = key.place, self.session
        if place == self.told:
            return
        self.told = place
        done = session.progress(place)
        item = session.asked[place.part].title
        title = questions.title_of(session, place)
        words = item if title == item else f"{item} › {title}"
        self.talk.say(["", f"== {words} == {done.done}/{done.total}"])
        returned = remarks.why_returned(session, place.part)
        self.talk.say([returned] if returned else [])
        if place.section is not None:
            prompt = session.node(place).section.prompt
            self.talk.say([tr("What to write: {prompt}", prompt=prompt)] if prompt else [])
        for number, remark in enumerate(remarks.at(session, place), 1):
            self.talk.say(f"{number}. {remarks.said(session, place.part, remark)}")

    def _end(self, key: Key) -> Key | None:
        """Behind the last question: what is left, then round again or out."""
        left = self.session.total_progress()
        self.talk.say(["", tr("This was the last question. {done} of {total} done.", done=left.done, total=left.total)])
        open_one = questions.next_open(self.session, None)
        try:
            if not self.counted and copies.lacking(self.session):
                self._count()
            if open_one is not None:
                self.talk.ask(tr("Enter goes to what is still open; /quit ends."))
                return open_one
            self.talk.ask(tr("Nothing is missing. /submit hands the dossier in, Enter ends."))
        except Called as called:
            return self._obeyed(called, key)
        raise Left

    # ---- words ------------------------------------------------------------------------------------------

    def _not_here(self, key: Key, _: str) -> Key:
        self.talk.say(tr("That word means nothing here."))
        return key

    def _help(self, key: Key, _: str) -> Key:
        self.talk.say(listed())
        return key

    def _next(self, key: Key, _: str) -> Key | None:
        return questions.step(self.session, key, 1) or self._end(key)

    def _back(self, key: Key, _: str) -> Key:
        before = questions.step(self.session, key, -1)
        if before is None:
            self.talk.say(tr("This is the first question."))
        return before or key

    def _open(self, key: Key, _: str) -> Key:
        found = questions.next_open(self.session, key)
        if found is None:
            self.talk.say(tr("Nothing is missing."))
        return found or key

    def _go(self, key: Key, words: str) -> Key:
        session = self.session
        if not words:
            self.talk.say(questions.listed(session))
            return key
        found = self._sought(key, words)
        target = questions.first_of(session, found) if found is not None else None
        return target or key

    def _sought(self, key: Key, words: str) -> Place | None:
        """The place that is meant; where several could be, the one in this item comes first."""
        found = questions.sought(self.session, words)
        if not found:
            self.talk.say(tr("No section is called “{words}”. /go alone lists all.", words=words))
            return None
        return next((place for place in found if place.part == key.part), found[0])

    def _problems(self, key: Key, _: str) -> Key:
        found = self.session.problems()
        for one in found:
            at = where(self.session, one)
            self.talk.say(f"{at}: {said(one)}" if at else said(one))
        if not found:
            self.talk.say(tr("There is no problem."))
        return key

    def _read(self, key: Key, words: str) -> Key:
        """The item; the section that was named, or this one; the whole dossier."""
        extent, place = Extent.ITEM, key.place
        if words == "*":
            extent = Extent.DOSSIER
        elif words:
            found = key.place if words == "." else self._sought(key, words)
            if found is None:
                return key
            extent, place = Extent.SECTION, found
        self.talk.say(read_out(self.session, extent, place, self.talk.width))
        return key

    def _undo(self, key: Key, _: str) -> Key:
        return self._after_step(key, self.session.undo())

    def _redo(self, key: Key, _: str) -> Key:
        return self._after_step(key, self.session.redo())

    def _after_step(self, key: Key, changed: Key | None) -> Key:
        if changed is None:
            self.talk.say(tr("There is nothing to take back."))
            return key
        asking.keep(self.session, self.talk)
        return changed if changed in questions.of_place(self.session, changed.place) else key

    def _clear(self, key: Key, _: str) -> Key:
        if key.target == "ask":
            self.session.put_ask(key, None)
        elif key.target == "claim":
            self.session.put_entry(key, None)
        elif key.target == "field":
            self.session.clear(key)
        else:
            return self._not_here(key, "")
        asking.keep(self.session, self.talk)
        return key

    def _is_prose(self, key: Key) -> bool:
        made = self.session.field(key) if key.target == "field" else None
        return isinstance(made, TextField) and made.lines != 1

    def _more(self, key: Key, _: str) -> Key | None:
        if not self._is_prose(key) or self._blocked(key):
            return self._not_here(key, "")
        asking.write_on(self.session, self.talk, key)
        return self._next(key, "")

    def _edit(self, key: Key, _: str) -> Key | None:
        if not self._is_prose(key) or self._blocked(key):
            return self._not_here(key, "")
        asking.edit(self.session, self.talk, key)
        return self._next(key, "")

    def _remove(self, key: Key, number: str) -> Key:
        files = self.session.attached(key.address) if key.target == "files" else []
        if not number.isdecimal() or not 1 <= int(number) <= len(files):
            return self._not_here(key, "")
        self.session.detach_file(key, files[int(number) - 1].id)
        asking.keep(self.session, self.talk)
        return key

    def _show(self, key: Key, _: str) -> Key:
        if key.target != "field" or not self.session.field(key).tabular:
            return self._not_here(key, "")
        PlainTable(self.session, self.talk, key).show()
        return key

    def _tick(self, key: Key, number: str) -> Key:
        found = remarks.at(self.session, key.place)
        if not number.isdecimal() or not 1 <= int(number) <= len(found):
            return self._not_here(key, "")
        reply = self.talk.ask(tr("Your answer to the remark (may be left out):"))
        remarks.tick(self.session, key.part, found[int(number) - 1], reply)
        asking.keep(self.session, self.talk)
        self.told = None
        return key

    def _copies(self, key: Key, _: str) -> Key:
        self._count()
        return key

    def _count(self) -> None:
        self.counted = True
        copies.count(self.session, self.talk)

    def _take_over(self, key: Key, _: str) -> Key:
        if self.session.holder(key.part) is None:
            return self._not_here(key, "")
        self.session.take_over(key.part)
        return key

    def _hand_in(self, key: Key, _: str) -> Key:
        obstacles = self.session.obstacles()
        if obstacles:
            self.talk.say(tr("{count} things must be settled before handing in:", count=len(obstacles)))
            self.talk.say(f"{where(self.session, one)}: {said(one)}" for one in obstacles)
            return key
        self.talk.say(lacking_words(self.session))
        if self.talk.ask(tr("Hand the dossier in now? Type yes:")).strip().lower() not in (tr("yes"), "yes"):
            return key
        self.session.submit()
        self.talk.say(tr("The dossier is handed in."))
        raise Left

    def _mark(self, key: Key, called: Called) -> Key | None:
        """Why there is no answer, where a point is covered, what to take of two: as in the app's own list."""
        if key.target not in ("field", "ask") or self._blocked(key):
            return self._not_here(key, "")
        possible = {choice.id for choice in marking.choices(self.session, key)}
        if called.id not in possible and not (called.id == "elsewhere" and key.target == "ask"):
            return self._not_here(key, "")
        detail = self._detail(key, called)
        if detail is None:
            return key
        marking.apply(self.session, key, called.id, detail)
        asking.keep(self.session, self.talk)
        return self._next(key, "") if called.id not in ("theirs", "ours") else key

    def _detail(self, key: Key, called: Called) -> str | None:
        """The reason or the section that belongs to a mark; None where it was not given."""
        if called.id == "elsewhere":
            found = self._sought(key, called.rest or self.talk.ask(tr("Which section?")))
            return found.section if found is not None and found.part == key.part else None
        if called.id in NEEDS_REASON:
            because = called.rest or self.talk.ask(tr("The reason:")).strip()
            if not because:
                self.talk.say(tr("Please give a reason."))
                return None
            return because
        return ""
