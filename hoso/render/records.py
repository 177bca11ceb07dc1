"""What a dossier's page tells beside its answers: the documents that are attached, and what happened to it when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from hoso.definitions import STATES
from hoso.dossiers import Attachment
from hoso.i18n import tr
from hoso.kinds.spec import canonical
from hoso.render.markup import chip, heading, lit, table
from hoso.render.words import SIGNS, state
from hoso.text import shown_day, shown_number, shown_size

SUM = re.compile("[0-9a-f]{64}")
Event = Mapping[str, Any]


class Filed(NamedTuple):
    """A document of a dossier, and what it was attached to."""

    title: str
    attached: Attachment

    @property
    def name(self) -> str:
        return self.attached.file.rpartition("/")[2]


def attachment_lines(files: Sequence[Filed]) -> Iterator[str]:
    """The whole checksum is told, so that a document at hand can be compared with it."""
    if not files:
        return
    yield from (heading(2, tr("Attached documents"), "tai-lieu"), "")
    head = [lit(tr("Belongs to")), lit(tr("File")), lit(tr("Size")), lit("SHA-256")]
    yield from table(head, (_file(one) for one in files), "llrl")


def _file(one: Filed) -> list[str]:
    told = f'<span class="hoso-sum">{lit(one.attached.sha256)}</span>'
    return [lit(one.title), lit(one.name), lit(shown_size(one.attached.size)), told]


def history_lines(events: Sequence[Event]) -> Iterator[str]:
    """When the dossier came into which state. Who did it and why stays between the superior and the unit."""
    known = [event for event in events if event.get("event") in STATES]
    if not known:
        return
    yield from (heading(2, tr("What happened when"), "qua-trinh"), "")
    for event in known:
        name = str(event["event"])
        yield f"- {lit(moment(event.get('at')))} {chip(f'{SIGNS[name]} {state(name)}', _kind(name))}"
    yield ""


def _kind(name: str) -> str:
    return f"state-{name.replace('_', '-')}"


def moment(text: object) -> str:
    """`2021-12-03T08:15:00+07:00` as `03/12/2021 08:15`; what is no moment stays away."""
    try:
        made = datetime.fromisoformat(str(text))
    except ValueError:
        return ""
    return f"{shown_day(made.date())} {made:%H:%M}"


def compared(now: object, before: object) -> str:
    """`+144 (+1,8 %)`; nothing where one of the two is no figure."""
    one, other = (canonical(value) if isinstance(value, str) else None for value in (now, before))
    if one is None or other is None:
        return ""
    told = _signed(one - other)
    return f"{told} ({_signed(percent)} %)" if other and (percent := _percent(one, other)) else told


def _percent(now: Decimal, before: Decimal) -> Decimal:
    return (100 * (now - before) / abs(before)).quantize(Decimal("0.1"))


def _signed(figure: Decimal) -> str:
    told = shown_number(abs(figure))
    return f"+{told}" if figure > 0 else f"−{told}" if figure < 0 else told
