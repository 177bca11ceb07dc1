"""A table or a score sheet at plain prompts: row by row, cell by cell; a row may be typed at one go."""

from __future__ import annotations

from hoso.dossiers import NEEDS_REASON
from hoso.formulas import Formula
from hoso.i18n import tr
from hoso.kinds import ChoiceField, TableField
from hoso.kinds.mark import is_mark
from hoso.kinds.scoring import score
from hoso.levels import points_of
from hoso.problems import Level
from hoso.render.tables import drawn, table_grid
from hoso.text import fold
from hoso.validate import Names
from tui.grids import Grid, ScoringGrid, TableGrid, Value
from tui.grids.scoring import score_lines
from tui.places import Key
from tui.plain.talk import Called, Talk
from tui.plain.words import NO, YES
from tui.session import Session
from tui.wording import ABSENCES, absence, level_of, said

PARTING = "|"
At = tuple[int, int]


def ask_table(session: Session, talk: Talk, key: Key) -> None:
    """Goes through the cells. Raises Called for commands that are not about the table, EOFError, Refused."""
    table = PlainTable(session, talk, key)
    table.introduce()
    typed = talk.ask(tr("Fill it in? (y: yes, Enter: go on)"))
    if typed.strip():
        table.fill()


def as_mark(grid: Grid, row: int, column: int, text: str) -> str | None:
    """In a cell of x, `x` for any word that says yes and None for one that says no; else what was typed."""
    word = fold(text)
    if not grid.toggles(row, column) or word not in (*YES, *NO):
        return text
    return "x" if word in YES else None


class PlainTable:
    """One table while it is asked; `at` is the current cell, None behind the last."""

    def __init__(self, session: Session, talk: Talk, key: Key) -> None:
        self.session = session
        self.talk = talk
        self.key = key
        self.made = session.field(key)
        self.grid: Grid = self._make_grid()
        self.at: At | None = None
        self._told_row = -1

    def _make_grid(self) -> Grid:
        if isinstance(self.made, TableField):
            raw = self.session.raw(self.key)
            return TableGrid(self.made, raw if isinstance(raw, dict) and "absent" not in raw else {})
        return ScoringGrid(self.made, points_of(self.session.raw(self.key)), self._holds)  # type: ignore[arg-type]

    def _holds(self, condition: Formula) -> bool:
        outline = self.session.outline(self.key.part)
        if outline is None:
            return False
        names = Names(self.session.unit, outline, self.session.sheet(self.key.part))
        return names.meets(condition, self.session.node(self.key.place))

    # ---- what is said -----------------------------------------------------------------------------------

    def introduce(self) -> None:
        kind = tr("Table: {name}", name=self.made.name)
        rows = len([row for row in range(len(self.grid.lines)) if self.grid.head(row).kind == "row"])
        size = tr("{rows} rows, {columns} columns", rows=rows, columns=len(self.grid.columns))
        self.talk.say(["", f"{kind} – {size}", *([self.made.hint] if self.made.hint else [])])
        answer = self.session.answer(self.key)
        if answer.absent is not None:
            self.talk.say(tr("Stands here: {what}", what=absence(answer.absent, answer.because)))
        faults = self.session.cell_faults(self.key)
        if faults:
            self.talk.say(tr("{count} problems in its cells", count=len(faults)))
        self._tell_score()

    def show(self) -> None:
        if isinstance(self.made, TableField):
            self.talk.say(drawn(table_grid(self.made, self.grid.value), self.talk.width))
            return
        for row in range(len(self.grid.lines)):
            self.talk.say(f"{self._row_words(row)}: {self.grid.text(row, 1) or '–'} ({self.grid.text(row, 0)})")

    def _tell_score(self) -> None:
        if isinstance(self.grid, ScoringGrid):
            self.talk.say(score_lines(self.grid.made, score(self.grid.made, self.grid.value, self._holds)))

    def _row_words(self, row: int) -> str:
        head = self.grid.head(row)
        return tr("New row") if head.kind == "new" else head.words or str(row + 1)

    def _tell_row(self, row: int) -> None:
        if row == self._told_row:
            return
        self._told_row = row
        self.talk.say("")
        if self.grid.head(row).kind == "new":
            self.talk.say(tr("New row {number}; Enter at its first cell ends the table.", number=row + 1))
        else:
            self.talk.say(tr("Row {number}: {words}", number=row + 1, words=self._row_words(row)))

    def _prompt(self, at: At) -> str:
        column = self.grid.label(at[1])
        measure = self.grid.measure(at[1])
        words = column if not measure or measure in column else f"{column} ({measure})"
        now = self.grid.text(*at)
        return f"{words} [{now}]:" if now else f"{words}:"

    # ---- going through the cells ------------------------------------------------------------------------

    def fill(self) -> None:
        parted = tr("A row may be typed at one go, its cells parted by {sign}.", sign=PARTING)
        self.talk.say([tr("Enter leaves a cell as it is."), parted])
        self.at = self._open_from(0, 0)
        while self.at is not None:
            self._tell_row(self.at[0])
            self._tell_options(self.at)
            try:
                self._take(self.at, self.talk.ask(self._prompt(self.at)))
            except Called as called:
                self._obey(called)

    def _tell_options(self, at: At) -> None:
        options = self.grid.options(*at)
        if options:
            self.talk.say("; ".join(f"{place}. {label}" for place, label in enumerate(options.values(), 1)))

    def _take(self, at: At, typed: str) -> None:
        if not typed.strip():
            self.at = None if self.grid.head(at[0]).kind == "new" and self._is_first(at) else self._after(at)
            return
        row, cells = at[0], self._open_in_row(at)
        texts = [text.strip() for text in typed.split(PARTING)]
        given = {column: as_mark(self.grid, row, column, text) for column, text in zip(cells, texts, strict=False)}
        left = self._refused(row, given)
        self._tell_too_many(texts[len(cells) :])
        self._put_row(row, {column: text for column, text in given.items() if column not in left})
        self.at = (row, min(left)) if left else self._after((row, cells[min(len(texts), len(cells)) - 1]))

    def _open_in_row(self, at: At) -> list[int]:
        """The columns that can be filled from here on."""
        return [column for column in range(at[1], len(self.grid.columns)) if self.grid.field(at[0], column) is not None]

    def _refused(self, row: int, given: dict[int, str | None]) -> list[int]:
        """Tells what cannot stand in cells of x, and gives their columns."""
        marked = [column for column, text in given.items() if text and self.grid.toggles(row, column)]
        wrong = [column for column in marked if not is_mark(given[column] or "")]
        for column in wrong:
            told = tr("{place}: “{text}” was not kept. This cell takes x or nothing; type x, or Enter leaves it.",
                      place=self.grid.label(column), text=given[column])  # fmt: skip
            self.talk.say(told)
        rivals = self.grid.rivals([column for column in marked if column not in wrong])
        if rivals:
            names = ", ".join(f"“{self.grid.label(column)}”" for column in rivals)
            self.talk.say(
                tr("{places}: only one of them may be marked, so none was; mark the right one.", places=names)
            )
        return wrong + rivals

    def _tell_too_many(self, texts: list[str]) -> None:
        words = f" {PARTING} ".join(filter(None, texts))
        if words:
            self.talk.say(tr("The row has no more cells: “{text}” was not kept.", text=words))

    def _put_row(self, row: int, given: dict[int, str | None]) -> None:
        """Keeps what was typed; a blank leaves a cell as it is, None empties it."""
        kept = {
            column: self.grid.kept(row, column, self._chosen((row, column), text)) if text else None
            for column, text in given.items()
            if text != ""
        }
        if not kept:
            return
        for column in kept:
            self._tell_moved(row, column, given[column])
        self._put(self.grid.filled([(row, kept)]))
        self._tell_faults(row, next(iter(kept)) if len(given) == 1 else None)

    def _tell_moved(self, row: int, column: int, text: str | None) -> None:
        """An x takes away the one beside it, which nobody sees here."""
        for other in range(len(self.grid.columns)) if text else ():
            if other != column and self.grid.text(row, other) and self.grid.rivals([column, other]):
                self.talk.say(tr("“{now}” is marked instead of “{before}”: only one of them may be.",
                                 now=self.grid.label(column), before=self.grid.label(other)))  # fmt: skip

    def _is_first(self, at: At) -> bool:
        return self._open_from(at[0], 0) == at

    def _chosen(self, at: At, text: str) -> str:
        made = self.grid.field(*at)
        if isinstance(made, ChoiceField) and self.grid.options(*at):
            from tui.plain.asking import by_numbers

            return by_numbers(made, text)
        return text

    def _put(self, value: Value) -> None:
        """Keeps a changed value. Raises Refused."""
        self.session.seal()
        self.session.put(self.key, value or None)
        self.session.seal()
        if not self.session.save():
            self.talk.say(self.session.status())
        self.grid.take(value)

    def _tell_faults(self, row: int, column: int | None = None) -> None:
        for address, fault in self.session.cell_faults(self.key):
            place = self.grid.place(address)
            here = place is not None and place[0] == row and (column is None or place[1] in (None, column))
            if here and (level_of(fault) is not Level.HINT):
                self.talk.say(said(fault))

    def _open_from(self, row: int, column: int) -> At | None:
        """The first cell to be filled at this one or behind it."""
        for one in range(row, len(self.grid.lines)):
            for other in range(column if one == row else 0, len(self.grid.columns)):
                if self.grid.field(one, other) is not None:
                    return one, other
        return None

    def _after(self, at: At) -> At | None:
        return self._open_from(at[0], at[1] + 1)

    def _before(self, at: At) -> At | None:
        row, column = at
        for one in range(row, -1, -1):
            last = column - 1 if one == row else len(self.grid.columns) - 1
            for other in range(last, -1, -1):
                if self.grid.field(one, other) is not None:
                    return one, other
        return None

    # ---- words about the table --------------------------------------------------------------------------

    def _obey(self, called: Called) -> None:
        assert self.at is not None
        row, column = self.at
        if called.id == "leave":
            self.at = None
        elif called.id == "back" and self._before(self.at) is not None:
            self.at = self._before(self.at)
        elif called.id == "next":
            self.at = self._after(self.at)
        elif called.id == "row":
            self._go(called.rest)
        elif called.id == "show":
            self.show()
        elif called.id == "remove":
            self._remove(called.rest)
        elif called.id == "clear":
            self._put(self.grid.put(row, column, None))
            self.at = self._after(self.at)
        elif called.id in ABSENCES:
            self._put_absent(called)
        else:
            raise called

    def _put_absent(self, called: Called) -> None:
        assert self.at is not None
        because = called.rest or (self.talk.ask(tr("The reason:")) if called.id in NEEDS_REASON else "")
        if called.id in NEEDS_REASON and not because.strip():
            self.talk.say(tr("Please give a reason."))
            return
        self._put(self.grid.absent(*self.at, called.id, because.strip()))
        self.at = self._after(self.at)

    def _go(self, number: str) -> None:
        count = len(self.grid.lines)
        place = self._open_from(int(number) - 1, 0) if number.isdecimal() and 1 <= int(number) <= count else None
        if place is None:
            self.talk.say(tr("Rows go from 1 to {count}.", count=count))
        else:
            self.at, self._told_row = place, -1

    def _remove(self, number: str) -> None:
        assert self.at is not None
        row = int(number) - 1 if number.isdecimal() else self.at[0]
        value = self.grid.removed(row)
        if value is self.grid.value:
            self.talk.say(tr("There is no row here.") if self.grid.is_open else tr("The rows of this table are fixed."))
            return
        self._put(value)
        self.at, self._told_row = self._open_from(min(row, len(self.grid.lines) - 1), 0), -1
