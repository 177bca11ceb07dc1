"""Files on their way into a dossier, one after the other, beside the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from hoso.causes import cause
from hoso.i18n import tr
from hoso.problems import Refused
from hoso.store.bringing import Brought, Cancelled
from hoso.store.checksums import checksum
from hoso.text import shown_size
from tui.browsing import shown_name
from tui.places import Key
from tui.session import Session


class Intake:
    """`run` is for a thread; the screen lists what `came`, and may `stop`. What was not listed does not stay."""

    def __init__(self, session: Session, key: Key, sources: Sequence[Path]) -> None:
        self.session = session
        self.key = key
        self.sources = list(sources)
        self.stopped = False
        self.listed: list[str] = []
        self.troubles: list[str] = []
        self._waiting: list[Brought] = []
        self._at, self._done, self._size = 0, 0, 0

    def run(self, came: Callable[[Brought | str], object]) -> None:
        """Brings every file in; `came` hears of each: a copy to be listed, or what lies in the folder already."""
        for number, source in enumerate(self.sources):
            self._at, self._done, self._size = number, 0, 0
            if self.stopped:
                return
            try:
                found = self._own(source) or self._brought(source)
            except Cancelled:
                return
            except (Refused, OSError) as error:
                self.troubles.append(worded(source, error))
            else:
                came(found)

    def _own(self, source: Path) -> str | None:
        """What lies at the address already is not copied beside itself: it is listed as it is now."""
        own = self.session.own_file(source)
        if own is None or own.rpartition("/")[0] != self.key.address:
            return None
        checksum(source)
        return own

    def _brought(self, source: Path) -> Brought:
        made = self.session.bring_in(self.key, source, self._told)
        self._waiting.append(made)
        if self.stopped:
            self.drop()
            raise Cancelled
        return made

    def _told(self, done: int, size: int) -> None:
        self._done, self._size = done, size
        if self.stopped:
            raise Cancelled

    def enlist(self, found: Brought | str) -> None:
        """Lists what came, on the screen's own time."""
        name = found if isinstance(found, str) else found.name
        try:
            if isinstance(found, str):
                self.session.take_in(self.key, found)
            else:
                self._waiting.remove(found)
                self.session.enlist(self.key, found)
        except (Refused, OSError) as error:
            self.troubles.append(worded(Path(name), error))
        else:
            self.listed.append(name.rpartition("/")[2])

    def stop(self) -> None:
        self.stopped = True

    def drop(self) -> None:
        """Ends it for good: what was brought and not listed goes."""
        self.stop()
        while self._waiting:
            self._waiting.pop().drop()

    @property
    def status(self) -> str:
        """`cong-van.pdf · 412 MB / 2 GB · 20 %`, with the number of the file where there are several."""
        if self._at >= len(self.sources):
            return ""
        number = f"{self._at + 1}/{len(self.sources)} · " if len(self.sources) > 1 else ""
        name = shown_name(self.sources[self._at].name)
        share = 100 * self._done // self._size if self._size else 0
        return f"{number}{name} · {shown_size(self._done)} / {shown_size(self._size)} · {share} %"


def worded(source: Path, error: Refused | OSError) -> str:
    """Why a file was not attached, in words."""
    if isinstance(error, Refused):
        return f"{shown_name(source.name)}: {error.problem.message} {error.problem.remedy}"
    return tr("{name}: it could not be copied: {why}.", name=shown_name(source.name), why=cause(error))
