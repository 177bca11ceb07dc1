"""What an earlier session could not save: what of it can be brought back now, in words, and bringing it back."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from hoso.dossiers import Attachment
from hoso.i18n import tr
from hoso.problems import Refused
from tui.browsing import shown_name
from tui.fitting import clipped
from tui.history import Change
from tui.places import Key
from tui.telling import title_of, words_of
from tui.unsaved import Rescued

if TYPE_CHECKING:
    from tui.session import Session

_TOLD, _WIDTH = 4, 70  # lines, and cells of each


def offered(session: Session) -> list[Change]:
    """What may be written now: of the unit while its items are open, of the superior while reviewing."""
    rescued = session.saver.rescued
    return [one for one in rescued.changes if session.may_write(one.key)] if rescued else []


def lost_files(session: Session) -> list[str]:
    """The names of documents that no copy was made of: they have to be attached again."""
    rescued = session.saver.rescued
    if rescued is None:
        return []
    listed = [one for change in rescued.changes if change.key.target == "files" for one in change.wanted]
    gone = [one.file.rpartition("/")[2] for one in listed if not _lies_there(session, one)]
    return list(dict.fromkeys([*(name for _, name in rescued.not_brought), *gone]))


def question(session: Session) -> str:
    """What is asked before anything is brought back: how much, the first of it, what will still be lacking."""
    rescued, found, lost = session.saver.rescued, offered(session), lost_files(session)
    assert rescued is not None
    lines = [tr("On {time} {count} entries could not be saved, but a copy was kept. Restore them?",
                time=f"{rescued.at:%d/%m/%Y %H:%M}", count=len(found))]  # fmt: skip
    lines += [f"· {clipped(_told(session, one), _WIDTH)}" for one in found[:_TOLD]]
    if len(found) > _TOLD:
        lines.append(tr("… and {count} more", count=len(found) - _TOLD))
    if lost:
        names = ", ".join(map(shown_name, lost))
        lines.append(tr("These documents were not brought in; attach them again: {names}", names=names))
    return "\n".join(lines)


def _told(session: Session, change: Change) -> str:
    words = " ".join(words_of(session, change.key, change.wanted).split())
    return f"{title_of(session, change.key)}: {words or tr('(empty)')}"


def settle(session: Session, *, bring_back: bool) -> list[Key]:
    """Brings back what may be written now, as one step of undo, or lets it go; gives what changed.

    What others have written in the same place since is not taken away. The rest waits until it may be written."""
    rescued, found = session.saver.rescued, offered(session)
    if rescued is None:
        return []
    waiting = [one for one in rescued.changes if one not in found]
    session.saver.rescued = Rescued(rescued.at, waiting) if waiting else None
    before = len(session.history)
    done = []
    with session.history.together():
        for change in found if bring_back else ():
            with suppress(KeyError, Refused):
                session.put_over(_with_files_that_lie_there(session, change))
                done.append(change.key)
    session.saver.let_go_of_rescued(now=len(session.history) == before)
    return done


def _with_files_that_lie_there(session: Session, change: Change) -> Change:
    if change.key.target != "files":
        return change
    return change._replace(wanted=[one for one in change.wanted if one in change.left or _lies_there(session, one)])


def _lies_there(session: Session, attachment: Attachment) -> bool:
    with suppress(OSError, ValueError):
        return session.file_path(attachment).stat().st_size == attachment.size
    return False
