"""Documents to be attached, as data for a screen; and finding files by typing their path."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from hoso.dossiers import Attachment
from hoso.i18n import tr
from hoso.kinds import Attach, FileField
from hoso.problems import Fault
from hoso.store.attachments import faults
from hoso.store.bringing import FILES
from hoso.store.formats import format_of
from hoso.text import composed, fold, shown_size
from tui.fitting import clipped
from tui.places import Key
from tui.session import Session


@dataclass(frozen=True, slots=True)
class Slot:
    """One address at which documents are attached."""

    key: Key
    title: str
    wanted: Attach
    required: bool
    files: list[Attachment]

    @property
    def mark(self) -> str:
        have = len(self.files)
        return "☑" if have >= max(1, self.wanted.at_least) else "◐" if have else "☐"

    @property
    def words(self) -> str:
        need = tr("required") if self.required else tr("if there is one")
        return f"{len(self.files)}/{self.wanted.at_least} · {', '.join(self.wanted.wants())} · {need}"


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


def name_of(attachment: Attachment) -> str:
    return attachment.file.rpartition("/")[2]


def told(session: Session, slot: Slot, attachment: Attachment) -> tuple[str, list[Fault]]:
    """Format from the content and size in words, and what is wrong with the file."""
    path = session.folder / FILES / attachment.file
    try:
        kind = format_of(path)
    except OSError:
        kind = "?"
    found = faults(session.workspace.root, session.dossier, attachment, slot.wanted)
    return f"{kind} · {shown_size(attachment.size)}", found


# ---- paths --------------------------------------------------------------------------------------------------


def as_path(typed: str, base: Path) -> Path:
    """The path a person means: `~` is the home folder, a relative one begins at `base`, quotes are taken off."""
    return base / Path(typed.strip().strip("\"'")).expanduser()


def entries(typed: str, base: Path) -> list[Path]:
    """What lies in the folder named so far and begins like the last piece, accents ignored: folders first."""
    folder, piece = _parted(typed, base)
    sought = fold(piece)
    try:
        found = [path for path in folder.iterdir() if not path.name.startswith(".") or piece.startswith(".")]
    except OSError:
        return []
    fitting = [path for path in found if fold(composed(path.name)).startswith(sought)]
    return sorted(fitting, key=lambda path: (not path.is_dir(), fold(path.name)))


def completed(typed: str, base: Path) -> str:
    """The typed path made longer as far as there is one way on; as typed where there is none."""
    found = entries(typed, base)
    piece = _parted(typed, base)[1]
    if not found or not piece:
        return typed
    begin = typed[: len(typed) - len(piece)]
    if len(found) == 1:
        return f"{begin}{found[0].name}{os.sep if found[0].is_dir() else ''}"
    common = _begun_alike([path.name for path in found])
    return begin + common if len(common) > len(piece) else typed


def _begun_alike(names: list[str]) -> str:
    shortest = min(names, key=len)
    same = (place for place, letter in enumerate(shortest) if any(name[place] != letter for name in names))
    return shortest[: next(same, len(shortest))]


def _parted(typed: str, base: Path) -> tuple[Path, str]:
    text = typed.lstrip().lstrip("\"'")
    cut = max(text.rfind("/"), text.rfind(os.sep)) + 1
    return as_path(text[:cut], base), text[cut:]
