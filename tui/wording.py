"""How things are said on the screen: progress, deadlines, faults, marks. Signs and words, never colour alone."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from hoso.i18n import mark, tr
from hoso.problems import CODES, Fault, Level, Problem, message_of, remedy_of, sentence
from hoso.text import shown_number

SIGNS = {Level.ERROR: "✗", Level.WARNING: "!", Level.HINT: "·"}
STYLES = {Level.ERROR: "$text-error", Level.WARNING: "$text-warning", Level.HINT: "$foreground-muted"}
OPEN, SETTLED, BACK = "✎", "☑", "↩"  # a remark that waits, one ticked off, an item sent back
ABSENCES = {
    "nil": mark("none (0)"),
    "pending": mark("not known yet"),
    "not_applicable": mark("not applicable"),
    "withheld": mark("not stated"),
}
_TYPED = {
    "not-a-number": mark("Write it like 8341, 8.341 or 94,5."),
    "not-a-day": mark("Write it like 05/12/2021."),
}


def bar(done: int, total: int, width: int = 10) -> str:
    """`████▌░░░░░`; never full before everything is done, never empty once something is."""
    if not total:
        return "─" * width
    halves = round(2 * width * done / total)
    halves = min(2 * width - 1, max(1, halves)) if 0 < done < total else halves
    full, half = divmod(halves, 2)
    return "█" * full + "▌" * half + "░" * (width - full - half)


def percent(done: int, total: int) -> str:
    return f"{100 * done // total}%" if total else "–"


def deadline(days_left: int | None, last_day: str | None = None) -> str:
    """`hạn 04/12/2021 · còn 12 ngày`."""
    if days_left is None:
        return tr("no deadline")
    if days_left < 0:
        words = tr("{days} days late", days=-days_left)
    elif days_left == 0:
        words = tr("the last day is today")
    else:
        words = tr("{days} days left", days=days_left)
    if last_day is None:
        return words
    day = "/".join(reversed(last_day.split("-")))
    return tr("due {day} · {words}", day=day, words=words)


def level_of(fault: Fault | Problem) -> Level:
    return fault.level or CODES[fault.code].level


def told_as(fault: Fault | Problem) -> Level:
    """What is missing is called so at whatever level it is told: while handing in it is as grave as an error."""
    from hoso.validate import MISSING  # late: the first screen needs none of it

    return Level.HINT if fault.code in MISSING else level_of(fault)


def mending(fault: Fault | Problem) -> str:
    """What to do, for those who type: how an answer is written in a file is left out."""
    is_answer = isinstance(fault, Fault) or fault.path.count("/") > 2  # checklists/CHECKLIST/UNIT/PART.yaml
    typed = _TYPED.get(fault.code) if is_answer and not fault.params.get("own_remedy") else None
    return tr(typed) if typed else remedy_of(fault.code, fault.params)


def said(fault: Fault | Problem, *, remedy: bool = True) -> str:
    """`✗ lỗi: … Cách sửa.` A problem that was waived says so."""
    message, remedy_words = message_of(fault.code, fault.params), mending(fault)
    words = f"{SIGNS[level_of(fault)]} {told_as(fault).label}: {message}"
    if isinstance(fault, Problem) and fault.waived:
        words += f" ({tr('waived: {reason}', reason=fault.waived)})"
    return f"{sentence(words)} {remedy_words}" if remedy else words


def begun(message: str, found: Problem) -> str:
    """The message of a problem as a sentence begins, with a capital; the name of a file is never changed."""
    is_name = message.startswith(tuple(filter(None, (found.params.get(one) for one in ("name", "file")))))
    return message if is_name else message[:1].upper() + message[1:]


def worst(faults: Iterable[Fault | Problem]) -> Level | None:
    return max((level_of(fault) for fault in faults), key=lambda level: level.weight, default=None)


def difference(before: str | None, value: object, measure: str = "") -> str:
    """`tăng 144 (1,76%)` against the previous period; empty where one of the two is no figure."""
    from hoso.kinds.spec import canonical  # what checks definitions is not loaded for the first screen

    old, new = canonical(before or ""), canonical(value) if isinstance(value, str) else None
    if old is None or new is None:
        return ""
    by = new - old
    if not by:
        return tr("unchanged")
    shown = shown_number(f"{abs(by):f}") + ("%" if measure == "%" else "")
    if old and measure != "%":
        share = (abs(by) * 100 / abs(old)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        shown += f" ({shown_number(f'{share:f}')}%)"
    return tr("▲ up {by}", by=shown) if by > 0 else tr("▼ down {by}", by=shown)


def absence(absent: str, because: str = "") -> str:
    """`⊘ không áp dụng: vì …`."""
    words = tr(ABSENCES[absent]) if absent in ABSENCES else absent
    return f"⊘ {words}: {because}" if because else f"⊘ {words}"


def count_of(done: int, total: int) -> str:
    return f"{done}/{total}" if total else ""
