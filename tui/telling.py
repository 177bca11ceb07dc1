"""What stands somewhere in a dossier, in words: whatever its kind, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hoso.appraisals import VERDICTS
from hoso.definitions.rating import level_labels
from hoso.dossiers import Raw
from hoso.i18n import mark, tr
from hoso.kinds import FieldBase
from hoso.text import shown_number
from tui import clashing
from tui.attaching import COPIES
from tui.browsing import shown_name
from tui.differing import as_read
from tui.fitting import clipped
from tui.places import Key, Place
from tui.wording import ABSENCES, OPEN, SETTLED

if TYPE_CHECKING:
    from tui.reading import OpenDossier

_VERDICTS = dict(zip(VERDICTS, (mark("to be returned"), mark("right")), strict=True))
_WIDTH = 60


def title_of(session: OpenDossier, key: Key) -> str:
    """What is filled in there, by its name; a whole item by its title."""
    if key.part not in session.asked:
        return tr("The dossier as a whole")
    asked, outline = session.asked[key.part], session.outline(key.part)
    node = outline.nodes.get(key.section) if outline else None
    if node is not None and key.target == "ask" and key.name in node.asks:
        return clipped(node.asks[key.name].text, _WIDTH)
    if node is not None and key.name in node.fields:
        return node.fields[key.name].name
    return clipped(node.heading, _WIDTH) if node is not None else asked.title


def words_of(session: OpenDossier, key: Key, raw: Any) -> str:
    """A value as people read it; empty for none."""
    if key.target == "ask":
        return " ".join(filter(None, mark_words(session, key.place, raw)))
    if key.target == "files":
        return ", ".join(shown_name(one.file.rpartition("/")[2]) for one in raw or ())
    if key.target == "claim":
        return level_words(session, key.part, raw)
    if key.target == "copies":
        return f"{tr(COPIES[key.name]) if key.name in COPIES else tr('Sets')}: {raw or 0}"
    if key.target in _OF_REMARKS:
        return _OF_REMARKS[key.target](session, key, raw)
    return _answer_words(session, key, raw)


def level_words(session: OpenDossier, part: str, level: str | None) -> str:
    outline = session.outline(part)
    labels = level_labels(session.asked[part], outline, session.workspace.definitions.lists)
    return labels.get(level or "", level or "")


def mark_words(session: OpenDossier, place: Place, raw: Raw) -> tuple[str, str]:
    """The sign of an ask's mark, and what else is to be said of it."""
    if raw is None:
        return "☐", ""
    if raw == "here":
        return "☑", ""
    if isinstance(raw, dict) and "elsewhere" in raw:
        outline = session.outline(place.part)
        node = outline.nodes.get(str(raw["elsewhere"])) if outline else None
        return "↗", tr("in section {section}", section=node.heading if node else raw["elsewhere"])
    if isinstance(raw, dict) and "absent" in raw:
        words = tr(ABSENCES[raw["absent"]]) if raw["absent"] in ABSENCES else str(raw["absent"])
        return "⊘", f"{words}: {raw['because']}" if raw.get("because") else words
    return "?", str(raw)


def _answer_words(session: OpenDossier, key: Key, raw: Raw) -> str:
    made = field_of(session, key)
    read = as_read(made, raw) if made is not None else ""
    return read or clashing.cells_shown(raw)


def field_of(session: OpenDossier, key: Key) -> FieldBase | None:
    """The field that is answered there, or whose points are appraised; None where there is no such field."""
    outline = session.outline(key.part) if key.part in session.asked else None
    node = outline.nodes.get(key.section) if outline else None
    return node.fields.get(key.name) if node is not None and key.target in ("field", "points") else None


def _remark(_: OpenDossier, __: Key, raw: Any) -> str:
    return f"{OPEN} {raw.text}" if raw is not None else ""


def _tick(_: OpenDossier, __: Key, raw: Any) -> str:
    done = isinstance(raw, dict) and raw.get("done")
    return f"{SETTLED if done else OPEN} {raw.get('reply') or ''}".strip() if done else OPEN


def _verdict(session: OpenDossier, key: Key, raw: Any) -> str:
    verdict, because, level = raw or ("", "", "")
    told = tr(_VERDICTS[verdict]) if verdict in _VERDICTS else ""
    return " · ".join(filter(None, (told, because, level_words(session, key.part, level))))


def _points(_: OpenDossier, __: Key, raw: Any) -> str:
    return "; ".join(f"{name}: {shown_number(str(value))}" for name, value in (raw or {}).items() if value is not None)


_OF_REMARKS = {"remark": _remark, "tick": _tick, "verdict": _verdict, "points": _points}
