"""Why the system refused something, in the reader's words."""

from __future__ import annotations

import errno
import os

from hoso.i18n import mark, tr

# Not every system knows every one of these.
_WORDS = {
    getattr(errno, name, None): words
    for name, words in {
        "ENOSPC": mark("the disk is full"),
        "EDQUOT": mark("your share of the disk is used up"),
        "EFBIG": mark("the file would be too large for this disk"),
        "EROFS": mark("the disk can only be read"),
        "EACCES": mark("you may not write there"),
        "EPERM": mark("you may not write there"),
        "ENOENT": mark("the folder is gone"),
        "ENOTDIR": mark("the folder is gone"),
        "EIO": mark("the disk reports an error"),
        "ENODEV": mark("the disk is gone"),
        "ENXIO": mark("the disk is gone"),
        "ESTALE": mark("the network folder is gone"),
        "EHOSTDOWN": mark("the network folder cannot be reached"),
        "ETIMEDOUT": mark("the network folder does not answer"),
        "ENAMETOOLONG": mark("the name is too long for this disk"),
        "EMFILE": mark("too many files are open"),
        "ENFILE": mark("too many files are open"),
        "EBUSY": mark("another program is using the file"),
        "ENOMEM": mark("the machine has no memory left"),
    }.items()
}
# Of what is only read, something else has to be said.
_READING = {
    getattr(errno, name, None): words
    for name, words in {
        "ENOENT": mark("it is not there"),
        "ENOTDIR": mark("it is not there"),
        "EACCES": mark("you may not open it"),
        "EPERM": mark("you may not open it"),
        "ELOOP": mark("it is a link that leads in a circle"),
        "EISDIR": mark("it is a folder"),
    }.items()
}


def cause_unread(error: Exception) -> str:
    """Why something could not be opened or read."""
    words = _READING.get(getattr(error, "errno", None) or 0)
    if words is not None:
        return tr(words)
    return cause(error) if isinstance(error, OSError) else str(error)


def cause(error: OSError) -> str:
    """What stood in the way. A sentence that somebody put into the error is told as it is."""
    words = _WORDS.get(error.errno)
    told = error.strerror or str(error)
    is_stock = error.errno is not None and told == os.strerror(error.errno)
    return tr(words) if words is not None and is_stock else told
