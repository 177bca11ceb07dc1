"""The documents to be attached: what is wanted, what is there, what is wrong with it; adding and removing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from hoso.causes import cause
from hoso.dossiers import Attachment
from hoso.i18n import tr
from hoso.problems import Refused
from tui.attaching import Slot, as_path, completed, entries, name_of, slots, told
from tui.places import Key
from tui.screens.ask import Dialog
from tui.session import Session
from tui.widgets.letters import HandsLettersOn
from tui.widgets.vietnamese import Line, OrderedKeys
from tui.wording import STYLES, level_of, said


class PathLine(Line):
    """A path; Tab makes it longer as far as there is one way on."""

    base = Path.home()

    def complete(self) -> bool:
        """Whether the path became longer."""
        longer = completed(self.value, self.base)
        if longer == self.value:
            return False
        self.replace(longer, 0, len(self.value))
        return True


class Documents(HandsLettersOn, OptionList):
    """What is wanted and what is there. Letters begin the path."""

    def text_for_letters(self) -> PathLine | None:
        path = self.screen.query_one(PathLine)
        return None if path.disabled else path


class AttachScreen(Dialog[None]):
    """Enter on a document, or a letter, goes to the line for the path; Delete takes a file off."""

    CSS_PATH = "attach.tcss"
    tall = True
    BINDINGS = [Binding("delete", "take_off", show=False)]
    documents = getters.query_one("#documents", OptionList)
    folder = getters.query_one("#folder", OptionList)
    path = getters.query_one(PathLine)
    trouble = getters.query_one("#trouble", Static)

    @dataclass
    class Attached(Message):
        """Posted when files at an address were added or taken off."""

        key: Key

    def __init__(self, session: Session, at: Key | None = None) -> None:
        super().__init__(tr("Documents to be attached"))
        self.session = session
        self.lines: list[tuple[Slot, Attachment | None]] = []
        self.at = at

    def body(self) -> ComposeResult:
        yield Documents(id="documents")
        yield Static(id="into")
        yield PathLine(placeholder=tr("path of the file, such as ~/Documents/cong-van.pdf"), compact=True)
        yield Static(id="trouble")
        yield OptionList(id="folder")

    def hint_words(self) -> str:
        return tr("Enter: attach, open folder · Tab: complete · Del: take off · Esc: close")

    def on_mount(self) -> None:
        self.path.disabled = bool(self.session.closed_because(next(iter(self.session.asked), "")))
        self.renew()
        at = next((place for place, (slot, _) in enumerate(self.lines) if slot.key == self.at), 0)
        self.documents.highlighted = at if self.lines else None
        self.list_folder()
        self.documents.focus()

    def renew(self) -> None:
        kept = self.documents.highlighted
        self.lines = []
        self.documents.clear_options()
        for slot in slots(self.session):
            self._add(slot, None, self._slot_words(slot))
            for attachment in slot.files:
                self._add(slot, attachment, self._file_words(slot, attachment))
        if self.lines:
            self.documents.highlighted = min(kept or 0, len(self.lines) - 1)

    def _add(self, slot: Slot, attachment: Attachment | None, words: Content) -> None:
        self.lines.append((slot, attachment))
        self.documents.add_option(Option(words))

    def _slot_words(self, slot: Slot) -> Content:
        return Content.assemble(f"{slot.mark} ", (slot.title, "bold"), (f"\n   {slot.words}", "$foreground-muted"))

    def _file_words(self, slot: Slot, attachment: Attachment) -> Content:
        kind, found = told(self.session, slot, attachment)
        faults = [(f"\n     {said(fault)}", STYLES[level_of(fault)]) for fault in found]
        return Content.assemble(f"   ▪ {name_of(attachment)}", (f"  {kind}", "$foreground-muted"), *faults)

    @property
    def chosen(self) -> tuple[Slot, Attachment | None] | None:
        at = self.documents.highlighted
        return self.lines[at] if at is not None and at < len(self.lines) else None

    @on(OptionList.OptionHighlighted, "#documents")
    def _pointed(self) -> None:
        if self.chosen:
            words = tr("Attach to: {title}", title=self.chosen[0].title)
            self.query_one("#into", Static).update(Content.styled(words, "bold $text-accent"))

    @on(OptionList.OptionSelected, "#documents")
    def _to_path(self) -> None:
        self.path.focus()

    # ---- paths ------------------------------------------------------------------------------------------

    @on(OrderedKeys.Typed)
    def list_folder(self) -> None:
        self.trouble.display = False
        self.folder.clear_options()
        for path in entries(self.path.value, self.path.base)[:200]:
            self.folder.add_option(Option(Content(f"{'▸ ' if path.is_dir() else '  '}{path.name}"), id=str(path)))

    @on(OptionList.OptionSelected, "#folder")
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self._take(Path(event.option_id or ""))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self.path.value.strip():
            self._take(as_path(self.path.value, self.path.base))

    def _take(self, path: Path) -> None:
        if path.is_dir():
            self.path.set_text(f"{path}/")
            self.path.action_end()
            self.path.focus()
            self.list_folder()
        elif self.chosen:
            self.attach(self.chosen[0], path)

    def attach(self, slot: Slot, path: Path) -> None:
        try:
            self.session.attach_file(slot.key, path)
        except Refused as refused:
            self._say(f"{refused.problem.message} {refused.problem.remedy}")
            return
        except OSError as error:
            self._say(tr("The file could not be copied: {why}", why=cause(error)))
            return
        self.path.set_text("")
        self.list_folder()
        self.renew()
        self.documents.focus()
        self.post_message(self.Attached(slot.key))

    def action_take_off(self) -> None:
        if self.documents.has_focus and self.chosen and self.chosen[1] is not None:
            slot, attachment = self.chosen
            assert attachment is not None
            try:
                self.session.detach_file(slot.key, attachment.id)
            except Refused as refused:
                self._say(refused.problem.message)
                return
            self.renew()
            self.post_message(self.Attached(slot.key))

    def _say(self, words: str) -> None:
        self.trouble.display = True
        self.trouble.update(Content.styled(f"✗ {words}", "$text-error"))
