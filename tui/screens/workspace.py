"""All dossiers of the workspace: each checklist, each unit asked, how far it is."""

from __future__ import annotations

from dataclasses import dataclass

from textual import getters, on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from hoso.i18n import tr
from hoso.problems import Level
from hoso.text import shown_number
from hoso.workspace import Standing, Workspace
from tui import keys
from tui.board import Board, Stopped
from tui.hanging import Hanging
from tui.widgets.board_list import BoardList
from tui.widgets.keybar import KeyBar
from tui.widgets.line import Line
from tui.widgets.ordered_keys import OrderedKeys

READ_AFTER = 0.3  # seconds from the first paint


class WorkspaceScreen(Screen[None]):
    """The keys are the field's until one moves or opens: whoever types narrows the list."""

    board_list = getters.query_one(BoardList)
    key_bar = getters.query_one(KeyBar)
    faults = getters.query_one("#faults", Static)
    empty = getters.query_one("#empty", Static)
    line = getters.query_one(Line)

    @dataclass
    class Told(Message):
        """Posted by the worker: what is known of all dossiers."""

        standings: list[Standing]

    @dataclass
    class Looked(Message):
        """Posted by the worker now and then: how many units it has looked at."""

        done: int
        total: int

    @dataclass
    class Opened(Message):
        """Posted when a dossier was chosen."""

        checklist: str
        unit: str

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.board = Board(workspace)
        self.own_bindings = self._bindings
        self._bindings = keys.merged(self._bindings, keys.bindings(keys.WORKSPACE))

    @property
    def scopes(self) -> tuple[str, ...]:
        return (keys.WORKSPACE,)

    def compose(self) -> ComposeResult:
        yield Static(classes="headline", id="headline")
        yield Line(placeholder=tr("Find a unit: type its name, with or without accents"), compact=True, id="filter")
        yield Static(id="faults")
        yield Static(id="empty")
        yield BoardList(self.board)
        yield KeyBar()

    def on_mount(self) -> None:
        self._dress_up()
        if self.board.ready:
            self._show(self.board.first())
            # The keys that are pressed first are not to wait for what reads and checks in a thread.
            self.set_timer(READ_AFTER, self.judge)
        else:
            self.key_bar.status = tr("reading …")
            self.call_after_refresh(self.judge)

    async def reword(self) -> None:
        """Everything in the language of now; what was typed stays."""
        sought = self.line.value
        self._bindings = keys.merged(self.own_bindings, keys.bindings(keys.WORKSPACE))
        await self.recompose()
        self._dress_up()
        self.line.set_text(sought)
        self._narrow()
        self._show_counts()
        self._show_faults()

    def on_screen_resume(self) -> None:
        if self.board.fresh:
            self.judge()

    def _dress_up(self) -> None:
        self.board_list.can_focus = False
        self.key_bar.keys = tuple(keys.footer([keys.APP, keys.WORKSPACE], hidden={"definitions"}))

    @work(thread=True, exclusive=True, group="judge")
    def judge(self) -> None:
        """Checks everything behind the paint."""
        if not self.board.fresh:
            self.post_message(self.Told(self.board.known()))
        try:
            found = self.board.judged(self._tell)
        except Stopped:
            found = self.board.known()
        self.post_message(self.Told(found))
        import tui.screens.dossier  # noqa: F401 - so that opening the first dossier does not wait for it

    def _tell(self, done: int, total: int) -> None:
        self.post_message(self.Looked(done, total))

    @on(Looked)
    def _looked(self, event: Looked) -> None:
        if not self.board.fresh:
            words = tr("checking {done} of {total} · Esc stops", done=shown_number(str(event.done)),
                       total=shown_number(str(event.total)))  # fmt: skip
            self.key_bar.status = words

    @on(Told)
    def _told(self, event: Told) -> None:
        self._show(event.standings)

    def _show(self, standings: list[Standing]) -> None:
        self.board.show(standings)
        self._narrow()
        self._show_counts()
        self._show_faults()

    def _show_counts(self) -> None:
        units = sum(line.standing is not None for line in self.board.lines)
        words = tr("Checklists: {checklists} · dossiers: {units}", checklists=len(self.board.workspace.checklists),
                   units=shown_number(str(units)))  # fmt: skip
        name = self.board.workspace.root.name
        self.query_one("#headline", Static).update(Content.assemble(("hoso", "bold"), f" · {name} · {words}"))
        stopped = tr("not all checked · F5 checks again") if self.board.stopped else tr("checking …")
        self.key_bar.status = "" if self.board.fresh else stopped

    def _show_faults(self) -> None:
        found = self.board.problems
        self.faults.display = bool(found)
        if found:
            words = tr("! {count} faults in outlines and checklists; F4 lists them", count=len(found))
            self.faults.update(Content.styled(words, "$text-warning"))
            self.key_bar.keys = tuple(keys.footer([keys.APP, keys.WORKSPACE]))

    def _why_empty(self) -> Content | Hanging:
        if any(line.standing for line in self.board.lines):
            return Content(tr("No unit or checklist matches. Press Esc to show all."))
        if self.board.workspace.is_new:
            return _first_steps()
        if any(one.level is Level.ERROR for one in self.board.problems):
            return Content(
                tr("There is nothing that can be listed. Press F4: it tells what is wrong in the definitions.")
            )
        return Content(tr("No unit is asked for a dossier. Add units to checklists/units.yaml, then press F5."))

    @on(OrderedKeys.Typed)
    def _narrow(self) -> None:
        found = self.board.found(self.line.value)
        self.board_list.show(found)
        self.empty.display = not any(line.standing for line in found)
        self.empty.update(self._why_empty())

    @on(Input.Submitted)
    def action_open_chosen(self) -> None:
        # Not by way of the list: what is typed behind Enter waits for as few messages as can be.
        chosen = self.board_list.chosen
        if chosen and chosen.target:
            self.post_message(self.Opened(*chosen.target))

    @on(BoardList.Opened)
    def _opened(self, event: BoardList.Opened) -> None:
        self.post_message(self.Opened(event.checklist, event.unit))

    def action_renew(self) -> None:
        self.board.workspace.reload()
        self.board.fresh = False
        self.key_bar.status = tr("reading …")
        self.judge()

    def action_definition_problems(self) -> None:
        from tui.screens.problems import ProblemsScreen

        self.app.push_screen(ProblemsScreen(tr("Faults in definitions"), self.board.problems))

    def action_show_all(self) -> None:
        """All dossiers again; where all are listed, stops checking them."""
        if not self.line.value and not self.board.fresh:
            self.board.stop()
        self.line.set_text("")
        self._narrow()

    def key_down(self) -> None:
        self.board_list.move(1)

    def key_up(self) -> None:
        self.board_list.move(-1)

    def key_pagedown(self) -> None:
        self.board_list.move(self.board_list.size.height - 1)

    def key_pageup(self) -> None:
        self.board_list.move(1 - self.board_list.size.height)


def _first_steps() -> Hanging:
    from hoso.example import first_steps, nothing_yet

    steps = first_steps()
    width = max(len(what) for what, _ in steps) + 2
    rows = [(Content.styled(what.ljust(width), "bold $text-primary"), Content(words)) for what, words in steps]
    gap = (Content(""), Content(""))
    return Hanging(
        [(Content(""), Content(nothing_yet())), gap, *rows, gap, (Content(""), Content(tr("Then press F5.")))]
    )
