"""Documents to be attached, as data for a screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hoso.dossiers import WHOLE, Attachment
from hoso.i18n import mark, tr
from hoso.kinds import Attach, FileField
from hoso.problems import Fault, Problem, problem
from hoso.store.attachments import faults
from hoso.store.formats import format_of
from hoso.text import shown_size
from hoso.validate.copies import Tally
from tui.fitting import clipped
from tui.places import Key
from tui.session import Session

COPIES = {
    "paper": mark("Paper copies"), "scan": mark("Signed scan"), "pdf": mark("PDF file"), "word": mark("Word file"),
    "excel": mark("Excel file"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slot:
    """One address at which documents are attached."""

    key: Key
    title: str
    wanted: Attach
    required: bool
    files: list[Attachment]

    @property
    def words(self) -> str:
        need = tr("required") if self.required else tr("if there is one")
        return f"{counted(len(self.files), self.wanted)} · {need}"


def counted(have: int, wanted: Attach) -> str:
    """`0/1 · at least one file, format pdf`; `4 files · …` once there are enough, for there is no upper limit."""
    is_enough = have >= max(1, wanted.at_least)
    told = tr("{count} files", count=have) if is_enough or not wanted.at_least else f"{have}/{wanted.at_least}"
    return f"{told} · {', '.join(wanted.wants())}"


def slots(session: Session) -> list[Slot]:
    """Every address of the dossier: parts that are attached, then evidence fields of forms."""
    out = []
    for asked in session.asked.values():
        if asked.attach is not None:
            key = Key("files", asked.id)
            required = asked.part.required is True and asked.attach.at_least > 0
            out.append(Slot(key, asked.title, asked.attach, required, session.attached(key.address)))
        outline = session.outline(asked.id)
        for node in outline.nodes.values() if outline else ():
            for name, made in node.fields.items():
                if isinstance(made, FileField):
                    key = Key("files", asked.id, node.id, name)
                    title = f"{clipped(node.heading, 40)} › {made.name}"
                    files = session.attached(key.address)
                    out.append(Slot(key, title, made.attach, made.required is True, files))
    return out


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the window: an address, a file attached there or one that only lies there, a count of copies.

    Of an item that is written and not attached, and of the dossier as a whole, there are only counts."""

    slot: Slot | None = None
    title: str = ""
    tally: Tally | None = None
    attachment: Attachment | None = None
    stray: str = ""
    kind: str = ""
    faults: tuple[Fault, ...] = ()
    is_wrong: bool = False  # of an address: something is wrong with a file there

    @property
    def mark(self) -> str:
        """Of an address, as sections are marked: all there, something there, nothing."""
        have = len(self.slot.files) if self.slot is not None else 0
        wanted = self.slot.wanted.at_least if self.slot is not None else 0
        return "☑" if have >= max(1, wanted) and not self.is_wrong else "◐" if have else "☐"

    @property
    def file(self) -> str:
        """The path under `files/`."""
        return self.attachment.file if self.attachment else self.stray

    @property
    def name(self) -> str:
        return self.file.rpartition("/")[2]

    def is_at(self, key: Key | None) -> bool:
        """Whether it stands for an address, or counts the copies of what is asked for there."""
        if key is None:
            return False
        return self.slot.key == key if self.slot is not None else self.tally is not None and self.tally.part == key.part

    @property
    def is_lost(self) -> bool:
        return any(fault.code == "attachment-lost" for fault in self.faults)


def lines(session: Session) -> Iterator[Line]:
    """All that is to be handed in as files or in copies, in the order of the checklist."""
    counted = session.tallies()
    yield from (Line(tally=one) for one in counted if one.part == WHOLE)
    at_address = slots(session)
    for asked in session.asked.values():
        own = [slot for slot in at_address if slot.key.part == asked.id]
        copies = [one for one in counted if one.part == asked.id]
        if copies and not any(slot.key.address == asked.id for slot in own):
            yield Line(title=asked.title)
            yield from (Line(tally=one) for one in copies)
            copies = []
        for slot in own:
            yield from lines_of(session, slot)
            if slot.key.address == asked.id:
                yield from (Line(slot, tally=one) for one in copies)


def tally_words(tally: Tally) -> str:
    """`on paper: 1 of 2`."""
    if tally.part == WHOLE:
        return tr("Sets of the dossier: {have} of {want}", have=tally.have, want=tally.want)
    return tr("{kind}: {have} of {want}", kind=tr(COPIES[tally.medium]), have=tally.have, want=tally.want)


def lacking_words(session: Session) -> list[str]:
    """What is still lacking of copies and sets, a line for each; nothing where nothing is."""
    found = (problem(one.code, "", label=one.title, have=one.have, want=one.want)
             for one in session.tallies() if one.lacking)  # fmt: skip
    return [one.message for one in found]


def is_of_files(found: Problem) -> bool:
    """Whether a problem is mended in the window for attaching."""
    return found.code.startswith(("attachment-", "copies-", "sets-"))


def files_key(found: Problem) -> Key:
    """The address that a problem of files or copies is about."""
    return Key("files", *found.key.split(".", 2))


def lines_of(session: Session, slot: Slot) -> Iterator[Line]:
    """An address and all that lies there."""
    looked = [(attachment, *told(session, slot, attachment)) for attachment in slot.files]
    yield Line(slot, slot.title, is_wrong=any(found for _, _, found in looked))
    for attachment, kind, found in looked:
        yield Line(slot, attachment=attachment, kind=kind, faults=tuple(found))
    for stray in session.strays(slot.key.address):
        yield Line(slot, stray=stray)


def name_of(attachment: Attachment) -> str:
    return attachment.file.rpartition("/")[2]


def told(session: Session, slot: Slot, attachment: Attachment) -> tuple[str, list[Fault]]:
    """Format from the content and size in words, and what is wrong with the file."""
    try:
        kind = format_of(session.file_path(attachment))
    except OSError:
        kind = "?"
    found = faults(session.workspace.root, session.dossier, attachment, slot.wanted)
    return f"{kind} · {shown_size(attachment.size)}", found
