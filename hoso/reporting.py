"""Lists of problems in the forms that programs read: JSON, and what Git hosts show beside the lines of a file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence

from hoso.problems import Level, Problem
from hoso.yamlio import digest

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "notice"}
_SEVERITIES = {Level.ERROR: "critical", Level.WARNING: "minor", Level.HINT: "info"}


def as_text(found: Sequence[Problem]) -> str:
    return "\n".join(one.line_of_text() for one in found)


def as_json(found: Sequence[Problem]) -> str:
    return json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=1)


def as_github(found: Sequence[Problem]) -> str:
    """Workflow commands: GitHub shows each at its line of the file, and in the log with its place."""
    return "\n".join(map(_command, found))


def as_gitlab(found: Sequence[Problem]) -> str:
    """A code quality report. A fingerprint stays the same while lines above it come and go."""
    seen: Counter[str] = Counter()
    out = []
    for one in found:
        told = "\0".join((one.path, one.key, one.code, one.message))
        seen[told] += 1
        out.append({
            "description": _words(one), "check_name": one.code, "severity": _SEVERITIES[_level(one)],
            "fingerprint": digest(f"{told}\0{seen[told]}".encode()),
            "location": {"path": one.path, "lines": {"begin": one.line or 1}},
        })  # fmt: skip
    return json.dumps(out, ensure_ascii=False, indent=1)


FORMS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text, "json": as_json, "github": as_github, "gitlab": as_gitlab,
}  # fmt: skip


def _command(one: Problem) -> str:
    places = {"file": one.path, "line": one.line, "col": one.column, "title": one.code}
    given = ",".join(f"{name}={_property(str(value))}" for name, value in places.items() if value is not None)
    return f"::{_COMMANDS[_level(one)]} {given}::{_data(f'{one.place}: {_words(one)}')}"


def _level(one: Problem) -> Level:
    """What was waived is told and troubles nobody."""
    return Level.HINT if one.waived else one.level


def _words(one: Problem) -> str:
    """The problem without its place, level and code, which stand apart."""
    return one.line_of_text().removeprefix(f"{one.place}: {one.level} {one.code} ")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
