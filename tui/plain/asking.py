"""How one question is asked and answered at a plain prompt. Tables and score sheets are in a module of their own."""

from __future__ import annotations

from pathlib import Path

from hoso.causes import cause
from hoso.definitions.rating import level_labels
from hoso.i18n import tr
from hoso.kinds import ChoiceField, FieldBase, MarkField, NumberField, Option, ScoringField, TableField, TextField
from hoso.kinds.mark import is_mark
from hoso.problems import Fault, Level
from hoso.text import count_words, fold
from tui import clashing, remarks
from tui.attaching import name_of, slots, told
from tui.browsing import meant
from tui.places import Key
from tui.plain import copies
from tui.plain.tables import ask_table
from tui.plain.talk import Talk
from tui.plain.words import NO, YES
from tui.session import Session
from tui.wording import absence, difference, level_of, said

END_OF_TEXT = "."


def ask(session: Session, talk: Talk, key: Key) -> None:
    """Asks one question; an empty line leaves everything as it is. Raises Called, EOFError, Refused, OSError."""
    if key.target == "ask":
        _ask_mark(session, talk, key)
    elif key.target == "files":
        _ask_files(session, talk, key)
    elif key.target == "claim":
        _ask_claim(session, talk, key)
    else:
        _ask_field(session, talk, key)


def _ask_field(session: Session, talk: Talk, key: Key) -> None:
    made = session.field(key)
    if isinstance(made, TableField | ScoringField):
        ask_table(session, talk, key)
        return
    talk.say(heading(session, key))
    if isinstance(made, TextField) and made.lines != 1:
        _ask_prose(session, talk, key)
        return
    _ask_line(session, talk, key, made)


def heading(session: Session, key: Key) -> list[str]:
    """What is asked, what is wanted, what stands there now, what is wrong with it, what was remarked on it."""
    made = session.field(key)
    need = tr("required") if session.is_needed(key) else tr("may be left out")
    private = f", {tr('private')}" if made.private else ""
    out = ["", f"{made.name} ({need}{private})"]
    out += [made.hint] if made.hint else []
    if isinstance(made, ChoiceField):
        out += [tr("Choose one, by its number:") if not made.many else tr("Choose any, by their numbers, as in 1, 3:")]
        out += _numbered(made)
    elif made.wants():
        out.append(tr("Expected: {what}", what=", ".join(made.wants())))
    return out + _stands(session, key, made) + complaints(session, key)


def _numbered(made: ChoiceField) -> list[str]:
    return [f"  {place}. {label}" for place, label in enumerate(made.labels.values(), 1)]


def _stands(session: Session, key: Key, made: FieldBase) -> list[str]:
    answer = session.answer(key)
    if answer.absent is not None:
        return [tr("Stands here: {what}", what=absence(answer.absent, answer.because))]
    if answer.is_blank:
        return []
    words = tr("yes") if isinstance(made, MarkField) else made.shown(answer.value)
    if isinstance(made, NumberField):
        words = made.shown_with_measure(answer.value)
    out = [tr("Stands here: {what}", what=words)]
    return [*out, tr("It was carried over: /accept takes it, typing replaces it.")] if answer.is_proposal else out


def complaints(session: Session, key: Key) -> list[str]:
    out = []
    if session.is_clash(key):
        made = session.field(key) if key.target == "field" else None
        theirs = clashing.shown(made, session.clash(key))
        out.append(tr("Somebody else wrote here meanwhile: {theirs}", theirs=theirs))
    out += [said(fault) for fault in session.faults_at(key)]
    return out + [remarks.said(session, key.part, one) for one in remarks.on_field(session, key)]


def keep(session: Session, talk: Talk) -> None:
    """Saves after an answer, and says so only where that failed."""
    session.seal()
    if not session.save():
        talk.say(session.status())


def _ask_line(session: Session, talk: Talk, key: Key, made: FieldBase) -> None:
    """Asks until nothing is wrong or nothing is typed: of a figure that is compared for both halves, then judges."""
    while True:
        is_typed = _ask_value(session, talk, key, made)
        own = _own_faults(session, key, made) if is_typed else []
        if isinstance(made, NumberField) and made.compare and not own:
            is_typed |= _ask_before(session, talk, key, made)
        if not is_typed:
            return
        talk.say(own or complaints(session, key))
        if not own and not _unread(session.faults_at(key)):
            return
        talk.say(tr("Type it again, or Enter leaves it as it is."))


def _ask_value(session: Session, talk: Talk, key: Key, made: FieldBase) -> bool:
    """Whether something was typed."""
    typed = talk.ask(f"{made.name}:")
    if typed.strip():
        session.seal()
        _take(session, key, made, typed)
        keep(session, talk)
        _tell_kept(session, talk, key, made)
    return bool(typed.strip())


def _own_faults(session: Session, key: Key, made: FieldBase) -> list[str]:
    """What is wrong with a figure whatever that of the period before is; other answers are judged as a whole."""
    answer = session.answer(key)
    if answer.is_blank or not (isinstance(made, NumberField) and made.compare):
        return []
    return [said(fault) for fault in made.faults(answer.value) if level_of(fault) is Level.ERROR]


def _tell_kept(session: Session, talk: Talk, key: Key, made: FieldBase) -> None:
    """Says back what was understood: a figure, a day, a choice."""
    answer = session.answer(key)
    if not isinstance(made, TextField) and not answer.is_blank and not _unread(session.faults_at(key)):
        shown = made.shown_with_measure(answer.value) if isinstance(made, NumberField) else made.shown(answer.value)
        talk.say(f"→ {tr('yes') if isinstance(made, MarkField) else shown}")


def _unread(faults: list[Fault]) -> bool:
    return any(level_of(fault) is Level.ERROR for fault in faults)


def _take(session: Session, key: Key, made: FieldBase, typed: str) -> None:
    if isinstance(made, MarkField) and fold(typed.strip()) in NO:
        session.put(key, None)
    elif isinstance(made, MarkField) and fold(typed.strip()) in YES:
        session.put(key, "x")
    elif isinstance(made, ChoiceField):
        session.type_into(key, by_numbers(made, typed))
    else:
        session.type_into(key, typed)


def by_numbers(made: ChoiceField, typed: str) -> str:
    """Numbers of the list turned into what they stand for; anything else as typed."""
    options = list(made.labels)
    pieces = typed.replace(";", ",").replace(" ", ",").split(",")
    numbers = [piece for piece in pieces if piece]
    if not numbers or not all(piece.isdecimal() and 1 <= int(piece) <= len(options) for piece in numbers):
        return typed
    return "; ".join(options[int(piece) - 1] for piece in dict.fromkeys(numbers))


def _ask_before(session: Session, talk: Talk, key: Key, made: NumberField) -> bool:
    """Whether something was typed."""
    answer, found = session.answer(key), session.before(key)
    if answer.absent is not None:
        return False
    if answer.before:
        talk.say(tr("Previous period: {value}", value=made.shown(answer.before)))
    elif found is not None:
        talk.say(tr("The dossier before says {value}; = takes it.", value=made.shown(found.value)))
    typed = talk.ask(tr("{name}, previous period:", name=made.name)).strip()
    if typed == "=" and found is not None:
        session.accept_before(key)
    elif typed:
        session.type_before(key, typed)
    keep(session, talk)
    answer = session.answer(key)
    told = difference(answer.before, answer.value, made.measure)
    talk.say([told] if told else [])
    return bool(typed)


# ---- text of several lines ----------------------------------------------------------------------------------


def _ask_prose(session: Session, talk: Talk, key: Key) -> None:
    talk.say(tr("Several lines may be typed; a line with a single dot ends. An empty first line changes nothing."))
    first = talk.ask(f"{session.field(key).name}:")
    if first.strip() and first.strip() != END_OF_TEXT:
        read_prose(session, talk, key, [first])


def read_prose(session: Session, talk: Talk, key: Key, lines: list[str]) -> None:
    """Takes lines up to a single dot. Each is kept as it comes, so that a line that breaks loses nothing."""
    session.seal()
    while True:
        session.type_into(key, "\n".join(lines))
        if not session.save():
            talk.say(session.status())
        line = talk.more()
        if line.strip() == END_OF_TEXT:
            break
        lines.append(line[1:] if line.strip() == END_OF_TEXT * 2 else line)
    session.seal()
    tell_prose(session, talk, key)


def tell_prose(session: Session, talk: Talk, key: Key) -> None:
    value = session.answer(key).value
    talk.say(tr("→ {count} words", count=count_words(value if isinstance(value, str) else "")))
    talk.say(complaints(session, key))


def write_on(session: Session, talk: Talk, key: Key) -> None:
    value = session.answer(key).value
    lines = value.split("\n") if isinstance(value, str) and value else []
    talk.say(tr("Write on; a line with a single dot ends."))
    first = talk.more()
    if first.strip() != END_OF_TEXT:
        read_prose(session, talk, key, [*lines, first])


def edit(session: Session, talk: Talk, key: Key) -> None:
    value = session.answer(key).value
    made = talk.edit(value if isinstance(value, str) else "")
    if made is not None:
        session.seal()
        session.type_into(key, made)
        keep(session, talk)
        tell_prose(session, talk, key)


# ---- points to cover, documents, a claimed level ------------------------------------------------------------


def _ask_mark(session: Session, talk: Talk, key: Key) -> None:
    node = session.node(key.place)
    mark = session.ask(key)
    talk.say(["", tr("To cover: {text}", text=node.asks[key.name].text)])
    if mark is not None:
        talk.say(tr("Stands here: {what}", what=mark_words(session, key, mark)))
    talk.say(complaints(session, key))
    typed = talk.ask(tr("Covered here? (y: yes, n: not yet)"))
    answer = fold(typed.strip())
    if answer in YES or is_mark(typed):
        session.put_ask(key, "here")
    elif answer in NO:
        session.put_ask(key, None)
    elif answer:
        talk.say(tr("y or n is wanted; ? lists the other words."))
        return _ask_mark(session, talk, key)
    keep(session, talk)
    return None


def mark_words(session: Session, key: Key, mark: object) -> str:
    if not isinstance(mark, dict):
        return tr("covered here") if mark == "here" else str(mark)
    if "absent" in mark:
        return absence(str(mark["absent"]), str(mark.get("because") or ""))
    section, outline = str(mark.get("elsewhere", "")), session.outline(key.part)
    nodes = outline.nodes if outline else {}
    return tr("covered in {section}", section=nodes[section].heading if section in nodes else section)


def _ask_files(session: Session, talk: Talk, key: Key) -> None:
    slot = next(one for one in slots(session) if one.key == key)
    talk.say(["", tr("Documents: {title}", title=slot.title), tr("Expected: {what}", what=slot.words)])
    talk.say(complaints(session, key))
    talk.say(copies.counted(session, key))
    while True:
        files = session.attached(key.address)
        for place, one in enumerate(files, 1):
            kind, found = told(session, slot, one)
            talk.say([f"  {place}. {name_of(one)} ({kind})", *(f"     {said(fault)}" for fault in found)])
        typed = talk.ask_path(tr("Path of a file to attach:"))
        if not typed:
            return
        try:
            for path in meant(typed, Path.cwd()):
                session.attach_file(key, path)
        except OSError as error:
            talk.say(tr("The file could not be copied: {why}", why=cause(error)))
        keep(session, talk)


def _ask_claim(session: Session, talk: Talk, key: Key) -> None:
    known = level_labels(session.asked[key.part], None, session.workspace.definitions.lists)
    options = [Option(id=level, label=label) for level, label in known.items()]
    made = ChoiceField(id="claim", type="choice", label=tr("Level that you claim"), options=options)
    now = session.dossier.claimed.get(key.part)
    talk.say(["", made.name, *_numbered(made)])
    talk.say([tr("Stands here: {what}", what=made.shown(now))] if now else [])
    while typed := talk.ask(f"{made.name}:").strip():
        level = made.read(by_numbers(made, typed))
        if level in known:
            session.put_entry(key, level)
            keep(session, talk)
            talk.say(f"→ {made.shown(level)}")
            return
        talk.say(tr("Type one of the numbers."))
