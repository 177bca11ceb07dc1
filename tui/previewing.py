"""A part of a dossier as it reads now, as light Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from hoso.definitions import Node
from hoso.i18n import tr
from hoso.kinds import MarkField, NumberField, TextField
from tui.places import Key, Place
from tui.session import Session
from tui.wording import absence


def part_markdown(session: Session, part: str) -> str:
    outline = session.outline(part)
    lines = [f"# {session.asked[part].title}", ""]
    attached = session.attached(part)
    if outline is None and not attached:
        lines.append(f"*{tr('(nothing attached yet)')}*")
    for attachment in attached:
        lines.append(f"- {attachment.file.rpartition('/')[2]}")
    for node in outline.nodes.values() if outline else ():
        place = Place(part, node.id)
        if session.applies(place):
            lines += ["", f"{'#' * min(6, node.depth + 2)} {node.heading}", "", *_section(session, place, node)]
    return "\n".join(lines)


def _section(session: Session, place: Place, node: Node) -> Iterator[str]:
    for name in session.fields(place):
        made, key = node.fields[name], Key("field", place.part, node.id, name)
        answer = session.answer(key)
        if answer.absent is not None:
            yield f"**{made.name}:** *{absence(answer.absent, answer.because)}*"
        elif answer.is_blank:
            yield f"**{made.name}:** *{tr('(not answered)')}*"
        elif isinstance(made, TextField) and made.lines != 1:
            yield from (f"**{made.name}**", "", session.as_printed(key), "")
        elif isinstance(made, NumberField):
            yield f"- {made.name}: {made.shown_with_measure(answer.value)}"
        elif isinstance(made, TextField):
            yield f"- {made.name}: {session.as_printed(key)}"
        elif isinstance(made, MarkField):
            yield f"- ☑ {made.name}"
        else:
            yield f"- {made.name}: {made.shown(answer.value)}"
