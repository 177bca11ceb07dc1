"""The terminal app: opens the list of dossiers, or one of them at once."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from textual import events, on, work
from textual.app import App, SystemCommand
from textual.binding import BindingsMap
from textual.filter import Monochrome, NoColor
from textual.notifications import SeverityLevel
from textual.screen import Screen

from hoso import i18n
from hoso.i18n import tr
from hoso.problems import Refused
from hoso.workspace import Workspace
from tui import keys, manners
from tui.key_order import KeyOrder
from tui.opening import DossierOpened, OpeningFailed
from tui.patience import Patience
from tui.screens.workspace import WorkspaceScreen
from tui.terminal_keys import join_alt
from tui.typing import choice
from tui.widgets.keybar import KeyBar
from tui.widgets.palette import Palette, SystemCommands

if TYPE_CHECKING:
    from tui.session import Session


_SIGNS = {"error": "✗", "warning": "!"}
_LEAST = 80, 24  # cells in which everything has its place


class HosoApp(App[int], inherit_bindings=False):
    """`open_at` names the checklist and the unit whose dossier is opened at once."""

    TITLE = "hoso"
    # Textual does not load the style sheet of a default screen by itself.
    CSS_PATH = ["app.tcss", "fields/fields.tcss", "screens/workspace.tcss", "screens/welcome.tcss",
                "colourless.tcss"]  # fmt: skip
    COMMANDS = {SystemCommands}
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, workspace: Workspace | None, open_at: tuple[str, str] | None = None) -> None:
        i18n.use(i18n.for_reader(workspace.language if workspace else None))
        join_alt()
        super().__init__()
        self._leave_colours_out()
        self.workspace = workspace
        self.open_at = open_at
        self.sessions: list[Session] = []
        self.key_order = KeyOrder(self, Patience(self).wait, self._hand_out)
        self.pressed = ""  # the key that is being looked at
        self._is_small = False
        self._told: dict[str, str] = {}  # what was told last, by its kind
        self.method = choice.chosen()  # how Vietnamese letters are put together here; None leaves it to the machine
        self._bindings = BindingsMap.merge([keys.bindings(keys.APP)])
        for theme in manners.THEMES.values():
            self.register_theme(theme)
        self.theme = manners.THEMES[manners.colours()].name

    def _leave_colours_out(self) -> None:
        """NO_COLOR, where it says something, leaves the terminal's own two colours; Textual would show grey ones."""
        self.no_color = bool(os.environ.get("NO_COLOR"))
        kept = [one for one in self._filters if not isinstance(one, Monochrome | NoColor)]
        self._filters = [*kept, NoColor()] if self.no_color else kept

    def get_default_screen(self) -> Screen[None]:
        if self.workspace is not None:
            return WorkspaceScreen(self.workspace)
        from tui.screens.welcome import WelcomeScreen

        return WelcomeScreen()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"guide": "#808080", "marked": "#404040", "chosen": "#505050"}

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self.key_order.take(event)
        else:
            await super().on_event(event)

    async def _hand_out(self, event: events.Event) -> None:
        self.pressed = event.key if isinstance(event, events.Key) else ""
        await super().on_event(event)
        self.pressed = ""

    def on_mount(self) -> None:
        self._listen_to_signals()
        if self.is_web:
            from tui.web.leaving import end_with_server

            end_with_server(self, self._end)
            keys.use_in_browser()
        if trouble := manners.unreadable():
            self.notify(trouble, severity="warning")
        if self.workspace is not None and self.open_at is not None:
            self.open_dossier(*self.open_at)

    def on_resize(self, event: events.Resize) -> None:
        """Tells once that the terminal is too small, and again after it was large enough."""
        told, (width, height) = self._is_small, event.size
        self._is_small = width < _LEAST[0] or height < _LEAST[1]
        if self._is_small and not told:
            words = tr("The terminal has {width}×{height} cells; 80×24 are needed.", width=width, height=height)
            self.notify(words, severity="warning")

    def _listen_to_signals(self) -> None:
        """A terminal that is closed, a machine that is shut down: what was typed is saved, then the app ends."""
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                # Windows has no such handlers; there, and in threads, the end of the app has to do.
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    asyncio.get_running_loop().add_signal_handler(number, self._end)

    def _end(self) -> None:
        self.save_all()
        self.exit(0)

    def save_all(self) -> None:
        """Saves every open dossier and lets go of its locks."""
        for session in self.sessions:
            session.close()

    # ---- dossiers ---------------------------------------------------------------------------------------

    @on(WorkspaceScreen.Opened)
    def _chosen(self, event: WorkspaceScreen.Opened) -> None:
        self.open_dossier(event.checklist, event.unit)

    def open_dossier(self, checklist: str, unit: str) -> None:
        """Opens a dossier; what is typed meanwhile is typed into it."""
        self.key_order.shut()
        self._read_dossier(checklist, unit)

    @work(thread=True, exclusive=True, group="open")
    def _read_dossier(self, checklist: str, unit: str) -> None:
        """Reads the dossier, and what reading it needs, beside the screen."""
        from tui.screens.dossier import DossierScreen
        from tui.session import Session

        assert self.workspace is not None
        try:
            session = Session(self.workspace, checklist, unit)
        except KeyError as error:
            self.post_message(OpeningFailed(tr("“{name}” is not in this workspace.", name=error.args[0])))
        except (Refused, OSError) as error:
            self.post_message(OpeningFailed(str(error)))
        else:
            self.post_message(DossierOpened(session, DossierScreen))

    @on(DossierOpened)
    def _opened(self, event: DossierOpened) -> None:
        self.sessions.append(event.session)
        screen = event.screen(event.session)
        self.push_screen(screen, lambda _: self.sessions.remove(event.session))
        screen.call_later(self.key_order.open)  # the first thing it hears when it stands, its field in focus

    @on(OpeningFailed)
    def _not_opened(self, event: OpeningFailed) -> None:
        self.key_order.forget()
        self.notify(event.why, severity="error")

    # ---- keys that work everywhere ------------------------------------------------------------------------

    async def action_focus_next(self) -> None:  # type: ignore[override] # textual awaits it either way
        from tui.screens.attach import PathLine

        focused = self.focused
        if isinstance(focused, PathLine):
            await focused.settle()
            if focused.complete():
                return
        if not await self._stays_in_grid(1):
            self.screen.focus_next()

    async def action_focus_previous(self) -> None:  # type: ignore[override]
        if not await self._stays_in_grid(-1):
            self.screen.focus_previous()

    async def _stays_in_grid(self, step: int) -> bool:
        """Tab goes from cell to cell, after what was typed before it."""
        from tui.widgets.cell_line import CellLine

        focused = self.focused
        if not isinstance(focused, CellLine):
            return False
        await focused.settle()
        return focused.tab(step)

    def action_help(self) -> None:
        from tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(getattr(self.screen, "scopes", (keys.DIALOG,))))

    def action_help_quit(self) -> None:
        self.notify(tr("^Q quits; everything is saved. ^C copies what is selected."))

    def action_typing(self) -> None:
        """Switches the built-in input method on: Telex, VNI, off."""
        self.method = choice.after(self.method)
        choice.keep(self.method)
        for screen in self.screen_stack:
            for bar in screen.query(KeyBar):
                bar.method = self.method.name if self.method else ""
        off = tr("Typing Vietnamese is left to your own input method.")
        self.notify(tr("Typing: {method}", method=self.method.name) if self.method else off)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002
    ) -> None:
        """`title` is not shown: it names a kind, of which the latest alone stands."""
        # What is told names files and answers, in which brackets are brackets.
        signed = f"{_SIGNS[severity]} {message}" if severity in _SIGNS else message
        self._forget_told({signed, self._told.get(title, signed)})
        self._told[title] = signed if title else ""
        super().notify(signed, severity=severity, timeout=timeout, markup=False)

    def _forget_told(self, words: set[str]) -> None:
        """What is told again, and what is out of date by what comes now, is taken off the screen."""
        for one in [one for one in self._notifications if one.message in words]:
            self._unnotify(one, refresh=False)

    async def action_quit(self) -> None:
        for screen in self.screen_stack:
            leave = getattr(screen, "leave", None)
            if leave is not None:
                await leave()
        self.save_all()
        self.exit(0)

    def action_command_palette(self) -> None:
        if self.use_command_palette and not Palette.is_open(cast("App[object]", self)):
            found_none = tr("Nothing found")
            self.push_screen(Palette(placeholder=tr("Find a command …"), no_matches=found_none, id="--command-palette"))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What works on the screen, and what works everywhere."""
        for command in keys.commands(*getattr(screen, "scopes", ()), keys.APP):
            if command.id not in ("palette", "copy-hint"):
                title = f"{tr(command.label)} ({command.key_label})" if command.key else tr(command.label)
                yield SystemCommand(title, tr(command.tip), lambda action=command.action: self._run(action, screen))

    async def _run(self, action: str, screen: Screen[Any]) -> None:
        await self.run_action(action, screen)

    def action_dress(self, name: str) -> None:
        """Other colours, at once and from now on."""
        self.theme = manners.THEMES[name].name
        self.notify(manners.dress(name))

    def action_speak(self, language: str) -> None:
        """Another language, at once on all screens and from now on. Windows that are open keep their words."""
        told = manners.speak(language)
        self._bindings = BindingsMap.merge([keys.bindings(keys.APP)])
        for screen in self.screen_stack:
            reword = getattr(screen, "reword", None)
            if reword is not None:
                screen.call_later(reword)  # among the screen's own messages, none of which may meet it half done
        self.notify(told)

    def on_unmount(self) -> None:
        self.save_all()
