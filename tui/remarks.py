"""Remarks on an open dossier as the unit meets them: where they stand, which are open, how they read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from hoso.appraisals import Remark
from hoso.i18n import tr
from hoso.text import shown_day
from tui.entries import key_of
from tui.places import Key, Place
from tui.wording import BACK, OPEN, SETTLED

if TYPE_CHECKING:
    from tui.reading import OpenDossier
    from tui.session import Session


def of_part(session: OpenDossier, part: str) -> list[Remark]:
    appraisal = session.dossier.appraisals.get(part)
    return list(appraisal.all_remarks()) if appraisal else []


def at(session: OpenDossier, place: Place) -> list[Remark]:
    """The remarks that are shown at a place; those on an item as a whole stand at its first one."""
    found = of_part(session, place.part)
    if not found:
        return []
    on_item = any(not remark.section for remark in found)
    first = next(iter(session.places(place.part)), place) if on_item else None
    wanted = {place.section or "", "" if place == first else place.section or ""}
    return [remark for remark in found if remark.section in wanted]


def on_field(session: OpenDossier, key: Key) -> list[Remark]:
    if key.target not in ("field", "files") or not session.dossier.appraisals:
        return []
    found = of_part(session, key.part)
    return [remark for remark in found if (remark.section, remark.field) == (key.section, key.name) and key.name]


def why_returned(session: OpenDossier, part: str) -> str:
    """`↩ trả lại: …`; empty for an item that did not come back, or came back without a word."""
    dossier = session.dossier
    if dossier.state != "returned" or not dossier.opens(part):
        return ""
    appraisal = dossier.appraisals.get(part)
    own = appraisal.because if appraisal and appraisal.verdict == "returned" else ""
    because = own or dossier.returned.because
    return f"{BACK} {tr('returned: {because}', because=because)}" if because else ""


def is_settled(session: OpenDossier, part: str, remark: Remark) -> bool:
    return session.dossier.is_settled(part, remark.id)


def open_in(session: OpenDossier, part: str, section: str | None = None) -> int:
    """How many remarks on a part, or on a section with all below it, the unit has not ticked off."""
    found = [remark for remark in of_part(session, part) if not is_settled(session, part, remark)]
    if section is None or not found:
        return len(found)
    outline = session.outline(part)
    return sum(section in _lineage(outline.nodes, remark.section) for remark in found) if outline else 0


def _lineage(nodes: dict, section: str | None) -> Iterator[str]:  # type: ignore[type-arg]
    while section and section in nodes:
        yield section
        section = nodes[section].parent


def wants(session: OpenDossier, place: Place) -> bool:
    """Whether the unit has something to settle at a place."""
    if not session.dossier.appraisals or not session.dossier.opens(place.part):
        return False
    return any(not is_settled(session, place.part, remark) for remark in at(session, place))


def place_of(session: OpenDossier, part: str, remark: Remark) -> Place | None:
    outline = session.outline(part)
    if remark.section and outline and remark.section in outline.nodes:
        return Place(part, remark.section)
    return next(iter(session.places(part)), None)


def said(session: OpenDossier, part: str, remark: Remark) -> str:
    """`✎ Phòng Tổng hợp, 03/12/2021: Nêu số liệu`; a settled one with the unit's answer behind."""
    words = f"{SETTLED if is_settled(session, part, remark) else OPEN} {head(session, remark)}: {remark.text}"
    told = settled(session, part, remark)
    return f"{words} ({told})" if told else words


def head(session: OpenDossier, remark: Remark) -> str:
    """Which office wrote a remark, and when."""
    return ", ".join(filter(None, [office(session, remark.by), _day(remark.at)])) or tr("Remark")


def settled(session: OpenDossier, part: str, remark: Remark) -> str:
    """When the unit ticked a remark off and what it answered; empty while it has not."""
    kept = (session.dossier.settled.get(part) or {}).get(remark.id) or {}
    if not kept.get("done"):
        return ""
    told = tr("settled {day}", day=_day(kept["done"]))
    return f"{told}: {kept['reply']}" if kept.get("reply") else told


def office(session: OpenDossier, name: str) -> str:
    """A recipient of the checklist in words."""
    return next((one.name for one in session.checklist.to if one.id == name), name)


def _day(text: str) -> str:
    try:
        return shown_day(datetime.fromisoformat(text).date())
    except (ValueError, TypeError):
        return str(text)


def tick(session: Session, part: str, remark: Remark, reply: str = "") -> None:
    """Ticks a remark off as settled, perhaps with an answer. Raises Refused where the item is closed."""
    done: dict[str, object] = {"done": str(session.workspace.clock.today())}
    session.put_entry(key_of(part, remark, "tick"), done | ({"reply": reply.strip()} if reply.strip() else {}))


def untick(session: Session, part: str, remark: Remark) -> None:
    session.put_entry(key_of(part, remark, "tick"), None)
