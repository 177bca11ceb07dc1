"""A disk that fails: the n-th call to the system, or every one from then on, is refused."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CALLS = ("mkdir", "open", "fsync", "replace", "rename", "chmod", "unlink", "listdir", "scandir")


class Disk:
    """Counts what is asked of it, below some folders only; `fails_at` refuses the call of that number, from 1."""

    def __init__(self, *folders: Path) -> None:
        self.folders = [str(folder) for folder in folders]
        self.count = 0
        self.fails_at = 0
        self.for_good = False
        self.errno = 0
        self.refused: list[str] = []
        self._known: set[int] = set()

    def asked(self, what: str, path: object = None, handle: int | None = None) -> None:
        """Raises OSError if this is the call to be refused."""
        if handle is not None:
            if handle not in self._known:
                return
        elif not str(path).startswith(tuple(self.folders)):
            return
        self.count += 1
        if self.fails_at and (self.count == self.fails_at or (self.for_good and self.count > self.fails_at)):
            if self.for_good and what == "unlink":
                return  # a full disk lets one delete
            self.refused.append(what)
            raise OSError(self.errno, os.strerror(self.errno), str(path or handle))

    def know(self, handle: int) -> None:
        self._known.add(handle)


class _Written:
    """A file whose writes are asked for."""

    def __init__(self, file: Any, disk: Disk, path: object, handle: int | None) -> None:
        self._file, self._disk, self._path, self._handle = file, disk, path, handle

    def write(self, data: Any) -> Any:
        self._disk.asked("write", self._path, self._handle)
        return self._file.write(data)

    def __enter__(self) -> _Written:
        self._file.__enter__()
        return self

    def __exit__(self, *error: Any) -> Any:
        return self._file.__exit__(*error)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@contextmanager
def failing(*folders: Path) -> Iterator[Disk]:
    """The disk below the folders, which fails as its fields say."""
    disk = Disk(*folders)
    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, _asking(disk, name, getattr(os, name)))
        opened, handed = io.open, os.fdopen

        def open_file(file: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
            disk.asked(f"open {mode}", file)
            return _Written(opened(file, mode, *rest, **options), disk, file, None)

        def open_handle(handle: int, *rest: Any, **options: Any) -> Any:
            return _Written(handed(handle, *rest, **options), disk, None, handle)

        patch.setattr(io, "open", open_file)
        patch.setattr(os, "fdopen", open_handle)
        yield disk


def _asking(disk: Disk, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def asked(path: Any, *rest: Any, **options: Any) -> Any:
        if isinstance(path, int):
            disk.asked(name, handle=path)
        else:
            disk.asked(name, path)
        made = call(path, *rest, **options)
        if name == "open" and str(path).startswith(tuple(disk.folders)):
            disk.know(made)
        return made

    return asked
