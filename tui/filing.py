"""The files of an open dossier: brought in, listed, taken off, taken as they are now, watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from hoso.dossiers import Attachment
from hoso.store.attachments import detach, enlist, path_of, take_in, unlisted
from hoso.store.bringing import FILES, Brought, bring_in
from hoso.store.checksums import checksum
from hoso.validate.copies import Tally
from tui.places import Key
from tui.reading import OpenDossier

if TYPE_CHECKING:
    from hoso.workspace import Workspace
    from tui.saving import Saver

_MOST_COPIES = 9999
Told = Callable[[int, int], None]
Made = TypeVar("Made")


class Filing(OpenDossier):
    """What a session does with files. Every change of a list is one undoable step.

    Large files are read beside the screen: `read_postponed` does it, in a thread."""

    saver: Saver

    def __init__(self, workspace: Workspace, checklist: str, unit: str) -> None:
        super().__init__(workspace, checklist, unit)
        self.dossier.postponed = set()
        self._seen = self.look_of_files()

    def attach_file(self, key: Key, source: Path) -> Attachment:
        """Copies a file in. Raises Refused for a source that cannot be read, OSError if it cannot be copied."""
        return self.enlist(key, self.bring_in(key, source))

    def bring_in(self, key: Key, source: Path, told: Told | None = None) -> Brought:
        """Copies a file in without listing it; may run in a thread. Raises as `attach_file` does."""
        self._must_be_open(of=key.part)
        refused = key.address, source.name
        try:
            made = bring_in(self.workspace.root, self.dossier, key.address, source, told)
        except OSError:
            self.saver.not_brought[refused] = None
            raise
        self.saver.not_brought.pop(refused, None)
        return made

    def enlist(self, key: Key, brought: Brought) -> Attachment:
        """Lists what was brought in. If that cannot be, nothing of it stays. Raises Refused, OSError."""
        try:
            self._must_be_open(of=key.part)
            return self._changed(key, lambda: enlist(self.workspace.root, self.dossier, key.address, brought))
        except BaseException:
            brought.drop()
            raise

    def take_in(self, key: Key, file: str) -> Attachment:
        """Takes a file that lies in the dossier's folder as it is now. Raises Refused for one that cannot be read."""
        self._must_be_open(of=key.part)
        return self._changed(key, lambda: take_in(self.workspace.root, self.dossier, key.address, file))

    def detach_file(self, key: Key, name: str) -> None:
        self._must_be_open(of=key.part)
        self._changed(key, lambda: detach(self.dossier, key.address, name))

    def _changed(self, key: Key, change: Callable[[], Made]) -> Made:
        before = list(self.attached(key.address))
        with self.saver.guard:
            made = change()
        self._record(key, before, list(self.attached(key.address)))
        self._seen = self.look_of_files() | self._seen
        return made

    # ---- copies -------------------------------------------------------------------------------------------

    def tallies(self) -> list[Tally]:
        """How many copies of each kind are wanted, and how many are ready."""
        return self.workspace.judge.tallies(self.dossier)

    def count_copies(self, tally: Tally, count: int) -> None:
        """Notes how many copies are ready. Raises Refused where the dossier is closed."""
        self._change(Key("copies", tally.part, "", tally.medium), min(_MOST_COPIES, max(0, count)) or None)

    # ---- what lies there ----------------------------------------------------------------------------------

    def file_path(self, attachment: Attachment) -> Path:
        return path_of(self.workspace.root, self.dossier, attachment)

    def strays(self, address: str) -> list[str]:
        """What lies in the folder of an address and is not attached, by its path under `files/`."""
        return [one for one in unlisted(self.workspace.root, self.dossier) if one.rpartition("/")[0] == address]

    def own_file(self, source: Path) -> str | None:
        """The path under `files/` of what already lies there."""
        with suppress(OSError, RuntimeError, ValueError):
            return source.resolve().relative_to((self.folder / FILES).resolve()).as_posix()
        return None

    def look_of_files(self) -> dict[str, tuple[int, int] | None]:
        """Sizes and times of what is attached; may run in a thread."""
        listed = [one for files in list(self.dossier.attachments.values()) for one in list(files)]
        return {one.file: _look(self.file_path(one)) for one in listed}

    def files_have_changed(self) -> bool:
        """Whether an attached file has changed on disk since this was asked last; may run in a thread."""
        before, self._seen = self._seen, self.look_of_files()
        return any(name in before and before[name] != now for name, now in self._seen.items())

    def read_postponed(self) -> bool:
        """Reads the large files that judging left out; may run in a thread. Whether there were any."""
        waiting = self.dossier.postponed or set()
        found = False
        while waiting:
            with suppress(OSError, KeyError):
                checksum(waiting.pop())
                found = True
        return found

    @contextmanager
    def nothing_postponed(self) -> Iterator[None]:
        """Inside, everything is judged in full, however long it takes."""
        kept, self.dossier.postponed = self.dossier.postponed, None
        try:
            yield
        finally:
            self.dossier.postponed = kept

    def _must_be_open(self, part: str = "", *, of: str = "") -> None:
        raise NotImplementedError

    def _change(self, key: Key, after: Any) -> None:
        raise NotImplementedError

    def _record(self, key: Key, before: Any, after: Any) -> None:
        raise NotImplementedError


def _look(path: Path) -> tuple[int, int] | None:
    try:
        told = path.stat()
    except (OSError, ValueError):
        return None
    return told.st_size, max(told.st_mtime_ns, told.st_ctime_ns)
