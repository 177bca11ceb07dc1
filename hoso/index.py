"""The index of dossiers: a cache of what judging found, in the user's cache folder. Deleting it loses nothing."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from hoso import __version__
from hoso.paths import cache_folder
from hoso.problems import Level, Problem

_SCHEMA = """
CREATE TABLE IF NOT EXISTS dossier (
  checklist TEXT, unit TEXT, stamp TEXT, definitions TEXT, state TEXT, done INTEGER, total INTEGER,
  items TEXT, findings TEXT, hints TEXT, PRIMARY KEY (checklist, unit)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS definitions (fingerprint TEXT PRIMARY KEY, overview TEXT, problems TEXT);
CREATE TABLE IF NOT EXISTS contribution (
  checklist TEXT, unit TEXT, stamp TEXT, definitions TEXT, text TEXT, PRIMARY KEY (checklist, unit)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS report (mark TEXT PRIMARY KEY, text TEXT, errors INTEGER, warnings INTEGER, hints INTEGER);
"""

_FORM = 2  # raised when findings are kept in another form: what an index of before holds is then made anew

_LEVELS = {str(level): level for level in Level}


@dataclass(frozen=True, slots=True)
class ItemCount:
    """How one item of a dossier stands."""

    id: str
    done: int
    total: int
    errors: int
    warnings: int


@dataclass(slots=True)
class Row:
    """What is known of one dossier without opening it. Nothing here depends on the day."""

    checklist: str
    unit: str
    state: str
    done: int
    total: int
    items: list[ItemCount]
    findings: list[Problem] = field(default_factory=list)
    hints: list[Problem] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        return self.findings + self.hints

    @property
    def errors(self) -> int:
        return sum(found.level is Level.ERROR and found.waived is None for found in self.findings)

    @property
    def warnings(self) -> int:
        return sum(found.level is Level.WARNING and found.waived is None for found in self.findings)


class Report(NamedTuple):
    """What a check of the whole workspace told, worded, in UTF-8."""

    text: bytes
    errors: int
    warnings: int
    hints: int


class Index:
    """The cache of one workspace. Where it cannot be kept, everything is judged anew and works all the same."""

    def __init__(self, root: Path, fingerprint: str) -> None:
        self.fingerprint = f"{fingerprint}-{__version__}-{_FORM}"
        self._connection = _open(_file(root))
        # Who drops an index need not think of it; since 3.13 Python complains of connections left open.
        self._finish = weakref.finalize(self, _closed, self._connection)

    def close(self) -> None:
        self._finish()
        self._connection = None

    def rows(
        self, checklist: str, *, hints: bool = False, units: Sequence[str] | None = None
    ) -> Iterator[tuple[str, Row]]:
        """Each dossier's stamp and row, as judged with the definitions of now. Hints are read when asked for.

        `units` asks for these alone, so that a screen's first lines do not wait for all others."""
        columns = "unit, stamp, state, done, total, items, findings" + (", hints" if hints else "")
        query = f"SELECT {columns} FROM dossier WHERE checklist = ? AND definitions = ?"
        if units is not None:
            query += f" AND unit IN ({', '.join('?' * len(units))})"
        for unit, mark, *kept in self._ask(query, (checklist, self.fingerprint, *(units or ()))):
            # A row that cannot be understood is as good as none.
            with contextlib.suppress(ValueError, KeyError, TypeError):
                yield mark, _row(checklist, unit, *kept)

    def keep(self, rows: Iterable[tuple[str, Row]]) -> None:
        made = [
            (row.checklist, row.unit, mark, self.fingerprint, row.state, row.done, row.total,
             json.dumps([(one.id, one.done, one.total, one.errors, one.warnings) for one in row.items]),
             _text(row.findings), _text(row.hints))
            for mark, row in rows if _storable(mark + row.unit)
        ]  # fmt: skip
        if made:
            self._run("INSERT OR REPLACE INTO dossier VALUES (?,?,?,?,?,?,?,?,?,?)", made)

    def forget(self, checklist: str, units: Iterable[str]) -> None:
        self._run("DELETE FROM dossier WHERE checklist = ? AND unit = ?", [(checklist, unit) for unit in units])

    def contributions(self, checklist: str) -> dict[str, tuple[str, str]]:
        """What each dossier gives to the roll-up: unit → stamp, text."""
        query = "SELECT unit, stamp, text FROM contribution WHERE checklist = ? AND definitions = ?"
        return {unit: (mark, text) for unit, mark, text in self._ask(query, (checklist, self.fingerprint))}

    def keep_contributions(self, checklist: str, made: Iterable[tuple[str, str, str]]) -> None:
        rows = [(checklist, unit, mark, self.fingerprint, text) for unit, mark, text in made if _storable(mark + text)]
        if rows:
            self._run("INSERT OR REPLACE INTO contribution VALUES (?,?,?,?,?)", rows)

    def forget_contributions(self, checklist: str, units: Iterable[str]) -> None:
        self._run("DELETE FROM contribution WHERE checklist = ? AND unit = ?", [(checklist, unit) for unit in units])

    def definitions(self) -> tuple[dict[str, Any], list[Problem]] | None:
        """The overview of the definitions and their problems, if these are the ones that were read last."""
        found = self._ask("SELECT overview, problems FROM definitions WHERE fingerprint = ?", (self.fingerprint,))
        try:
            return (json.loads(found[0][0]), _problems(found[0][1])) if found else None
        except (ValueError, KeyError, TypeError):
            return None

    def keep_definitions(self, overview: dict[str, Any], problems: list[Problem]) -> None:
        self._run("DELETE FROM definitions", [()])
        made = [(self.fingerprint, json.dumps(overview), _text(problems))]
        self._run("INSERT OR REPLACE INTO definitions VALUES (?,?,?)", made)

    def report(self, mark: str) -> Report | None:
        """What the last check told, if its mark (all that it depends on) is this one."""
        found = self._ask("SELECT text, errors, warnings, hints FROM report WHERE mark = ?", (mark,))
        return Report(*found[0]) if found else None

    def keep_report(self, mark: str, report: Report) -> None:
        self._run("DELETE FROM report", [()])
        self._run("INSERT OR REPLACE INTO report VALUES (?,?,?,?,?)", [(mark, *report)])

    def _ask(self, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        connection = self._connection  # another thread may close it
        if connection is None:
            return []
        try:
            return connection.execute(query, values).fetchall()
        except sqlite3.Error:
            return []

    def _run(self, query: str, rows: list[tuple[Any, ...]]) -> None:
        connection = self._connection
        if connection is None:
            return
        # A folder's name need not be text; what cannot be kept is judged anew each time.
        with contextlib.suppress(sqlite3.Error, UnicodeEncodeError), connection:
            connection.executemany(query, rows)


def _storable(name: str) -> bool:
    """Whether it is text: a name on disk need not be, and then its dossier is judged anew each time."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _row(
    checklist: str, unit: str, state: str, done: int, total: int, items: str, findings: str, hints: str = "[]"
) -> Row:
    counts = [ItemCount(*count) for count in json.loads(items)]
    found = _problems(findings) if findings != "[]" else []
    return Row(checklist, unit, state, done, total, counts, found, _problems(hints) if hints != "[]" else [])


def _file(root: Path) -> Path:
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:20]
    return cache_folder() / f"{name}.sqlite"


def _open(path: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        connection = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=2, check_same_thread=False)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            connection.executescript(_SCHEMA)
            return connection
        except sqlite3.OperationalError:
            # Locked, or in a folder where nothing can be written: nothing is wrong with the file itself.
            _closed(connection)
            return None
        except (sqlite3.Error, OSError):
            # A damaged cache is made anew.
            _closed(connection)
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
    return None


def _closed(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        connection.close()


def _text(problems: list[Problem]) -> str:
    return json.dumps(
        [(p.path, p.line, p.column, p.key, p.code, str(p.level), dict(p.params), p.waived) for p in problems],
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip


def _problems(text: str) -> list[Problem]:
    return [
        Problem(path, line, column, key, code, _LEVELS[level], params, waived)
        for path, line, column, key, code, level, params, waived in json.loads(text)
    ]
