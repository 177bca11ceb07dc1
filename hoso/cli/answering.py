"""hoso set · attach: writing into a dossier from scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hoso.cli.shared import choice, known_dossier, say, the_workspace
from hoso.dossiers import ABSENT, WHOLE
from hoso.i18n import tr
from hoso.kinds import ChoiceField, NumberField
from hoso.problems import CODES, Fault, Level, Refused, nearest, problem, refuse
from hoso.validate import mark_faults

if TYPE_CHECKING:
    from tui.session import Key, Session


@click.command(
    "set",
    help=tr("Writes one answer. Write figures as 8341 or 94.5; separate several options with commas.")
    + " "
    + tr("“level” instead of SECTION.FIELD claims a level where the sheet is only attached."),
    context_settings={"ignore_unknown_options": True},  # -5 is a figure
)  # fmt: skip
@click.argument("checklist")
@click.argument("unit")
@click.argument("item")
@click.argument("address", metavar="SECTION.FIELD")
@click.argument("value", required=False)
@click.option("--before", help=tr("The figure of the previous period."))
@click.option("--absent", type=choice(*ABSENT), help=tr("Why there is no value."))
@click.option("--because", default="", help=tr("The reason for it."))
def set_command(
    checklist: str,
    unit: str,
    item: str,
    address: str,
    value: str | None,
    before: str | None,
    absent: str | None,
    because: str,
) -> None:
    given = [one for one in (value, absent) if one is not None]
    if len(given) > 1 or (not given and before is None):
        raise click.UsageError(tr("Give either a value or --absent."))
    if because and absent is None:
        raise click.UsageError(tr("--because is the reason for --absent; give it with that."))
    if address.startswith("copies.") or item == WHOLE:
        _must_be_value(absent, before)
        _set_copies(_session(checklist, unit, item), item, address.removeprefix("copies."), value)
        return
    session = _session(checklist, unit, item)
    key = _key(session, item, address)
    if key.target == "claim":
        _must_be_value(absent, before)
        _set_claim(session, key, value)
    elif key.target == "ask":
        _must_have_no_before(before)
        _set_ask(session, key, value, absent, because)
    else:
        _set_field(session, key, value, before, absent, because)
    _saved(session)


@click.command("attach", help=tr("Attaches files to an item, or to a field of it with ITEM.SECTION.FIELD."))
@click.argument("checklist")
@click.argument("unit")
@click.argument("item")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def attach_command(checklist: str, unit: str, item: str, files: tuple[Path, ...]) -> None:
    from tui.session import Key

    part, _, rest = item.partition(".")
    session = _session(checklist, unit, part)
    section, _, name = rest.partition(".")
    key = Key("files", part, section, name)
    if rest:
        made = _key(session, part, rest)
        if not session.field(made).attached:
            raise refuse("attachment-unknown", session.dossier.path, name=item, nearest="")
    elif session.asked[part].attach is None:
        raise refuse("attachment-unknown", session.dossier.path, name=item, nearest="")
    for file in files:
        made_one = session.attach_file(key, file)
        say(tr("{file} is attached ({sha}).", file=made_one.file, sha=made_one.sha256[:12]))
    _saved(session)


def _must_be_value(absent: str | None, before: str | None) -> None:
    if absent is not None:
        raise click.UsageError(tr("--absent is for a field or a point to cover; give a value here."))
    _must_have_no_before(before)


def _must_have_no_before(before: str | None) -> None:
    if before is not None:
        raise click.UsageError(tr("--before is for a field that takes a figure."))


def _session(checklist: str, unit: str, item: str) -> Session:
    from tui.session import Session

    workspace = the_workspace()
    session = Session(workspace, *known_dossier(workspace, checklist, unit))
    if item not in session.asked and item != WHOLE:
        raise refuse("item-unknown", f"checklists/{checklist}.yaml", name=item, nearest=nearest(item, session.asked))
    blocked = session.unwritable("" if item == WHOLE else item)
    if blocked:
        raise Refused(blocked)
    return session


def _key(session: Session, item: str, address: str) -> Key:
    """Where the address leads. Raises Refused with the nearest known one."""
    from tui.session import Key

    outline = session.outline(item)
    path = f"{session.dossier.path}/{item}.yaml"
    if outline is None and address == "level" and session.asked[item].levels is not None:
        return Key("claim", item)
    if outline is None:
        near = nearest(address, ["level"] if session.asked[item].levels is not None else [])
        raise refuse("field-unknown", path, name=address, nearest=near)
    section, _, name = address.partition(".")
    ask = name.removeprefix("asks.") if name.startswith("asks.") else None
    node = outline.nodes.get(section)
    if node is not None and ask is not None and (ask in node.asks or node.section.more_asks):
        return Key("ask", item, section, ask)
    if node is not None and name in node.fields:
        return Key("field", item, section, name)
    known = [f"{one.id}.{field}" for one in outline.nodes.values() for field in one.fields]
    known += [f"{one.id}.asks.{asked}" for one in outline.nodes.values() for asked in one.asks]
    raise refuse("field-unknown", path, f"{item}.{address}", name=address, nearest=nearest(address, known))


def _set_field(
    session: Session, key: Key, value: str | None, before: str | None, absent: str | None, because: str
) -> None:
    from hoso.dossiers import Answer
    from hoso.validate import answer_faults

    made, now = session.field(key), session.answer(key)
    if not isinstance(made, NumberField):
        _must_have_no_before(before)
    kept: Any = value
    if isinstance(made, ChoiceField) and value is not None:
        kept = [piece.strip() for piece in value.split(",") if piece.strip()] if made.many else value
    if value is None and absent is None:
        answer = now._replace(before=before)
    else:
        answer = Answer(kept, before or now.before, "typed", absent, because)
    _refuse_errors(session, key, list(answer_faults(made, answer)))
    session.put(key, answer.as_raw())


def _set_ask(session: Session, key: Key, value: str | None, absent: str | None, because: str) -> None:
    outline = session.outline(key.part)
    assert outline is not None
    word, _, section = (value or "").partition(":")
    mark: Any = {"absent": absent} | ({"because": because} if because else {}) if absent else value
    if word == "elsewhere":
        mark = {"elsewhere": section.strip()}
    _refuse_errors(session, key, list(mark_faults(mark, outline)))
    session.put_ask(key, mark)


def _set_copies(session: Session, item: str, kind: str, value: str | None) -> None:
    """Notes how many copies of a kind are ready: of an item, or with `dossier sets` of the whole."""
    known = {one.medium: one for one in session.tallies() if one.part == item and not one.counted}
    if kind not in known:
        path = f"{session.dossier.path}/dossier.yaml"
        before = "" if item == WHOLE else "copies."
        near = nearest(f"{before}{kind}", [f"{before}{one}" for one in known])
        raise refuse("field-unknown", path, item, name=f"{before}{kind}", nearest=near)
    if value is None or not (value.isascii() and value.isdigit()):
        raise refuse("not-a-whole-number", f"{session.dossier.path}/dossier.yaml", item, value=value or "")
    session.count_copies(known[kind], int(value))
    _saved(session)


def _set_claim(session: Session, key: Key, value: str | None) -> None:
    """The level that a unit claims where its sheet is only attached: `hoso set CHECKLIST UNIT ITEM level LEVEL`."""
    from hoso.definitions.rating import level_labels

    labels = level_labels(session.asked[key.part], None, session.workspace.definitions.lists)
    if value not in labels:
        near = nearest(value or "", labels)
        raise refuse("level-unknown", f"{session.dossier.path}/dossier.yaml", key.part, name=value, nearest=near)
    session.put_entry(key, value)


def _refuse_errors(session: Session, key: Key, faults: list[Fault]) -> None:
    for fault in faults:
        if CODES[fault.code].level is Level.ERROR:
            path = f"{session.dossier.path}/{key.part}.yaml"
            raise Refused(problem(fault.code, path, key.address, **fault.params))


def _saved(session: Session) -> None:
    for part in session.asked:
        holder = session.holder(part)
        if holder is not None:
            say(
                tr(
                    "{user} on {host} has {part} open; both versions are merged.",
                    user=holder.user,
                    host=holder.host,
                    part=part,
                )
            )
    if not session.close():
        raise OSError(session.save_error)
    for key in session.clashes:
        say(tr("{key} was changed by somebody else too; their version is kept under conflicts/.", key=key))
