"""The documents to be attached: what is wanted, what is there, what is wrong with it; adding and removing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from hoso.dossiers import WHOLE
from hoso.i18n import tr
from hoso.problems import Refused
from hoso.store.bringing import FILES, Brought
from tui import keys
from tui.attaching import Line, lines, tally_words
from tui.beside import Beside
from tui.browsing import (
    Browser,
    Listed,
    Meant,
    completed,
    look_into,
    meaning,
    parted,
    place_of,
    shown_folder,
    shown_name,
)
from tui.intake import Intake
from tui.places import Key
from tui.screens.ask import Dialog
from tui.screens.viewing import ViewingFiles
from tui.session import Session
from tui.widgets.file_list import FileList, summary
from tui.widgets.letters import HandsLettersOn
from tui.widgets.line import Line as InputLine
from tui.widgets.ordered_keys import OrderedKeys
from tui.wording import STYLES, level_of, said

_TOLD_EVERY = 0.1  # seconds between looks at how far a copy is


class PathLine(InputLine):
    """A path; Tab makes it longer as far as there is one way on."""

    base: Path | None = None  # where relative paths begin, if not in the folder that is shown

    def __init__(self, browser: Browser) -> None:
        super().__init__(placeholder=tr("path of the file, or part of its name"), compact=True)
        self.browser = browser

    def complete(self) -> bool:
        """Whether the path became longer, or may yet."""
        screen = self.screen
        return isinstance(screen, AttachScreen) and screen.complete()


class Documents(HandsLettersOn, OptionList):
    """What is wanted and what is there. Letters begin the path."""

    @dataclass
    class Counted(Message):
        """Posted when copies are counted: by one more or fewer, or as so many."""

        by: int = 0
        to: int | None = None

    def text_for_letters(self) -> Widget | None:
        path = self.screen.query_one(PathLine)
        return None if path.disabled or self._on_tally else path

    @property
    def _on_tally(self) -> bool:
        screen = self.screen
        return isinstance(screen, AttachScreen) and screen.chosen is not None and screen.chosen.tally is not None

    def on_key(self, event: events.Key) -> None:
        steps = {"+": 1, "=": 1, "right": 1, "-": -1, "left": -1}
        step = steps.get(event.character or "") or steps.get(event.key)
        if not self._on_tally or not (step or (event.character or "").isdecimal()):
            return
        event.stop()
        event.prevent_default()
        self.post_message(self.Counted(by=step) if step else self.Counted(to=int(event.character or "0")))


class AttachScreen(ViewingFiles, Dialog[None]):
    """Above what is wanted and what is there; below a path, and the folder in which to choose."""

    CSS_PATH = "attach.tcss"
    tall = True
    scopes = (keys.ATTACH, keys.DIALOG)
    documents = getters.query_one("#documents", OptionList)
    folder = getters.query_one(FileList)
    path = getters.query_one(PathLine)
    trouble = getters.query_one("#trouble", Static)

    @dataclass
    class Attached(Message):
        """Posted when files at an address were added or taken off."""

        key: Key

    @dataclass
    class Looked(Message):
        """Posted by a thread that looked at the disk: there is an answer."""

    @dataclass
    class Came(Message):
        """Posted by the worker that copies: a copy to be listed, or what lies in the dossier's folder already."""

        found: Brought | str

    @dataclass
    class Over(Message):
        """Posted by the worker that copies when it has ended, well or not."""

    def __init__(self, session: Session, at: Key | None = None) -> None:
        super().__init__(tr("Documents to be attached"))
        self.session = session
        self.browser = Browser(PathLine.base)
        self.lines: list[Line] = []
        self.intake: Intake | None = None
        self.listing, self.meaning = Beside(self._tell_looked), Beside(self._tell_looked)
        self.at = at

    def body(self) -> ComposeResult:
        path = PathLine(self.browser)
        yield Documents(id="documents")
        yield Static(id="into")
        yield path
        yield Static(id="trouble")
        yield Static(id="here")
        yield FileList(self.browser, path)

    def hint_words(self) -> str:
        if self.has_class("-choosing"):
            return tr("Enter: attach · ↓: list · Space: mark · ←: up · Tab: complete · Esc: back")
        return tr("Enter or a letter: choose a file · on a file: open it")

    def on_descendant_focus(self) -> None:
        """The list of what is wanted makes room while a file is being chosen."""
        self.set_class(not self.documents.has_focus, "-choosing")
        self.query_one(".window-hint", Static).update(Content(self.hint_words()))

    def on_mount(self) -> None:
        super().on_mount()
        self.path.disabled = self.is_closed
        self.renew()
        at = next((place for place, line in enumerate(self.lines) if line.is_at(self.at)), 0)
        self.documents.highlighted = at if self.lines else None
        self.list_folder()
        self.set_focus(self.documents)  # at once: letters that come behind the key change it
        self.set_interval(_TOLD_EVERY, self._tell_progress)

    @property
    def is_closed(self) -> bool:
        return bool(self.session.closed_because(next(iter(self.session.asked), "")))

    # ---- what is there ----------------------------------------------------------------------------------

    def renew(self) -> None:
        kept = self.documents.highlighted
        self.lines = list(lines(self.session))
        self.documents.clear_options()
        self.documents.add_options(Option(_words(line)) for line in self.lines)
        if self.lines:
            self.documents.highlighted = min(kept or 0, len(self.lines) - 1)

    @property
    def chosen(self) -> Line | None:
        at = self.documents.highlighted
        return self.lines[at] if at is not None and at < len(self.lines) else None

    @on(OptionList.OptionHighlighted, "#documents")
    def _pointed(self) -> None:
        if self.chosen is None:
            return
        slot, tally = self.chosen.slot, self.chosen.tally
        words = tr("Attach to: {title}", title=slot.title) if slot else ""
        if tally is not None:
            words = (
                tr("Counted from the attached files.")
                if tally.counted
                else tr("+ and − count, or type how many are ready.")
            )
        self.query_one("#into", Static).update(Content.styled(words, "bold $text-accent"))
        if slot is not None and (self.browser.formats != slot.wanted.formats or not self.folder.option_count):
            self.browser.formats = list(slot.wanted.formats)
            self.list_folder()

    @on(OptionList.OptionSelected, "#documents")
    def _document_chosen(self) -> None:
        if self.chosen is not None and self.chosen.attachment is not None:
            self.action_view()
        elif self.chosen is not None and self.chosen.stray:
            self.action_renew()
        elif self.chosen is not None and self.chosen.slot is not None and self.chosen.tally is None:
            self.path.focus()

    @on(Documents.Counted)
    def _counted(self, event: Documents.Counted) -> None:
        tally = self.chosen.tally if self.chosen else None
        if tally is None or tally.counted:
            return
        try:
            self.session.count_copies(tally, tally.have + event.by if event.to is None else event.to)
        except Refused as refused:
            self.say(f"✗ {refused.problem.message}", "$text-error")
            return
        self.renew()
        self.post_message(self.Attached(Key("copies", tally.part)))

    # ---- the folder -------------------------------------------------------------------------------------

    @on(OrderedKeys.Typed)
    def list_folder(self, _: object = None, at: Path | None = None) -> None:
        typed, folder, formats = self.path.value, self.browser.folder, self.browser.formats
        look = partial(look_into, folder, typed, formats)
        self.listing.ask(place_of(typed, folder), look, lambda listed: self._show_folder(listed, typed, at))

    def _show_folder(self, listed: Listed, typed: str, at: Path | None) -> None:
        if self.intake is None:
            self.trouble.display = False
        self.folder.show(listed, above=not typed, at=at)
        self._tell_here()

    def complete(self) -> bool:
        """Makes the typed path longer as far as there is one way on; whether it became so, or may yet."""
        typed, folder = self.path.value, self.browser.folder

        def lengthen(longer: str) -> None:
            if self.path.value == typed and longer != typed:
                self.path.replace(longer, 0, len(typed))

        at_once = self.meaning.ask(place_of(typed, folder), partial(completed, typed, folder), lengthen)
        return not at_once or self.path.value != typed

    def _tell_looked(self) -> None:
        """In the thread that looked."""
        with suppress(RuntimeError):  # the app has ended meanwhile
            self.post_message(self.Looked())

    @on(Looked)
    def _looked(self) -> None:
        self.listing.settle()
        self.meaning.settle()

    def _tell_waiting(self) -> None:
        """That a folder does not answer at once, and that nobody has to wait for it."""
        asked = next((one.asked for one in (self.listing, self.meaning) if one.is_late), None)
        if asked is None:
            return
        hangs, folder = self.listing.is_hanging or self.meaning.is_hanging, shown_folder(Path(asked.place))
        if hangs:
            told = tr("{folder} does not answer; a network drive may be gone · Esc: another folder", folder=folder)
        else:
            told = tr("Looking into {folder} … · Esc: stop", folder=folder)
        self.query_one("#here", Static).update(Content.styled(told, "$text-warning" if hangs else "$text-accent"))

    def _wait_no_longer(self) -> bool:
        """Goes back to the folder that was shown last; whether anything was waited for."""
        waited = [self.listing.give_up(), self.meaning.give_up()]
        if any(waited):
            self.browser.folder = self.folder.listed.folder
            self._tell_here()
        return any(waited)

    @on(FileList.Marked)
    def _tell_here(self) -> None:
        """Which folder is shown, and what is marked."""
        listed = self.folder.listed
        told = listed.trouble and tr("it cannot be read: {why}", why=listed.trouble)
        told = told or ("" if listed.entries else tr("nothing here") if self.path.value else tr("the folder is empty"))
        here = " · ".join(filter(None, [shown_folder(listed.folder), told, summary(self.browser)]))
        self.query_one("#here", Static).update(Content.styled(here, "$foreground-muted"))

    @on(FileList.Chosen)
    def _picked(self, event: FileList.Chosen) -> None:
        if event.up:
            left = self.folder.listed.folder
            self.go_into(event.path, at=left)
        elif event.is_folder:
            self.go_into(event.path)
        else:
            self.take([*self.browser.marked, *([event.path] if not self.browser.marked else [])])

    def go_into(self, folder: Path, at: Path | None = None) -> None:
        self.browser.enter(folder)
        self.path.set_text("")
        self.list_folder(at=at)

    def key_down(self) -> None:
        if self.path.has_focus:
            self.folder.focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        typed = self.path.value
        if not typed.strip():
            if self.browser.marked:
                self.take(self.browser.marked)
            return
        folder = self.browser.folder
        self.meaning.ask(place_of(typed, folder), partial(meaning, typed, folder), self._take_meant)

    def _take_meant(self, found: Meant) -> None:
        if found.is_folder:
            self.go_into(found.paths[0])
            return
        pointed, listed = self.folder.pointed, self.folder.listed
        if len(found.paths) > 1 or found.exists or pointed is None:
            self.take(found.paths)
        elif len(listed.entries) == 1:  # part of a name is enough where it leaves one file
            self._picked(FileList.Chosen(pointed.path, pointed.is_folder))
        else:
            self._let_choose(len(listed.entries) + listed.left_out)

    def _let_choose(self, count: int) -> None:
        """Part of a name that several have."""
        self.folder.focus()
        piece = parted(self.path.value, self.browser.folder)[1].strip()
        told = tr("{count} names match “{text}”: choose one with ↑ ↓ and Enter.", count=count, text=piece)
        self.say(told, "$text-warning")

    # ---- attaching --------------------------------------------------------------------------------------

    def take(self, sources: list[Path]) -> None:
        """Copies files in, beside the screen."""
        if self.chosen is None or self.chosen.slot is None or self.path.disabled or self.intake is not None:
            return
        self.browser.remember()
        self.intake = Intake(self.session, self.chosen.slot.key, sources)
        self._bring(self.intake)

    @work(thread=True, group="copy")
    def _bring(self, intake: Intake) -> None:
        intake.run(lambda found: self.post_message(self.Came(found)))
        self.post_message(self.Over())

    def _tell_progress(self) -> None:
        self._tell_waiting()
        if self.intake is not None and self.intake.status:
            self.say(tr("Copying {status} · Esc: stop", status=self.intake.status), "$text-accent")

    @on(Came)
    def _came(self, event: Came) -> None:
        if self.intake is not None:
            self.intake.enlist(event.found)
            self.renew()
            self.post_message(self.Attached(self.intake.key))

    @on(Over)
    def _over(self) -> None:
        intake, self.intake = self.intake, None
        if intake is None:
            return
        stopped = intake.stopped
        intake.drop()
        self.browser.marked.clear()
        if intake.listed:
            self.path.set_text("")
            self.documents.focus()
        self.list_folder()
        if intake.troubles:
            self.say("\n".join(f"✗ {words}" for words in intake.troubles), "$text-error")
        elif intake.listed:
            self.say(tr("Attached: {files}", files=", ".join(map(shown_name, intake.listed))), "$text-success")
        elif stopped:
            self.say(tr("Stopped: nothing of it was attached."), "$text-warning")

    def action_close(self) -> None:
        if self._wait_no_longer():
            return
        if self.intake is not None and not self.intake.stopped:
            self.intake.stop()
        elif self.intake is None and self.has_class("-choosing") and not self.path.disabled:
            self.documents.focus()
        else:
            super().action_close()

    def on_unmount(self) -> None:
        if self.intake is not None:
            self.intake.drop()

    # ---- single files -----------------------------------------------------------------------------------

    def action_take_off(self) -> None:
        chosen = self.chosen
        if not self.documents.has_focus or chosen is None or chosen.slot is None or chosen.attachment is None:
            return
        try:
            self.session.detach_file(chosen.slot.key, chosen.attachment.id)
        except Refused as refused:
            self.say(f"✗ {refused.problem.message}", "$text-error")
            return
        self.renew()
        self.post_message(self.Attached(chosen.slot.key))

    def action_renew(self) -> None:
        """Takes a file that was changed, or that only lies there, as it is now; a lost one is chosen again."""
        chosen = self.chosen
        if chosen is None or chosen.slot is None or self.path.disabled or self.intake is not None:
            return
        if chosen.is_lost:
            self.path.focus()
            self.say(tr("Choose the file again: it goes back to its place."), "$text-warning")
        elif chosen.file:
            self.intake = Intake(self.session, chosen.slot.key, [self.session.folder / FILES / chosen.file])
            self._bring(self.intake)

    def say(self, words: str, style: str) -> None:
        self.trouble.display = True
        self.trouble.update(Content.styled(words, style))


def _words(line: Line) -> Content:
    slot, tally = line.slot, line.tally
    if tally is not None:
        mark = "☐" if tally.lacking else "☑"
        indent = "" if tally.part == WHOLE else "   "
        keys_told = "" if tally.counted else "   + −"
        return Content.assemble(f"{indent}{mark} {tally_words(tally)}", (keys_told, "$foreground-muted"))
    if slot is None:
        return Content.assemble("  ", (line.title, "bold"))
    faults = [(f"\n     {said(fault)}", STYLES[level_of(fault)]) for fault in line.faults]
    if line.attachment is not None:
        return Content.assemble(f"   ▪ {shown_name(line.name)}", (f"  {line.kind}", "$foreground-muted"), *faults)
    if line.stray:
        told = tr("lies here and is not attached: F5 attaches it")
        return Content.assemble(f"   ▫ {shown_name(line.name)}", (f"  {told}", "$text-warning"))
    return Content.assemble(f"{line.mark} ", (slot.title, "bold"), (f"\n   {slot.words}", "$foreground-muted"))
