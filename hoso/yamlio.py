"""The one place where YAML is read and written. Every scalar comes in as text; every node keeps its place."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from hoso.problems import Place, Problem, Refused, problem
from hoso.text import composed, shown_number, shown_size

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]
except ImportError as error:  # pragma: no cover - PyYAML's wheels for every platform bring libyaml
    raise ImportError("hoso needs PyYAML with libyaml; install PyYAML from a wheel.") from error

MAX_BYTES = 8_000_000
MAX_DEPTH = 50
MAX_VALUES = 200_000

Key = Sequence[str | int]

# The C composer recurses without a guard of its own, so what could nest deeply is walked by events first.
_MAY_NEST_DEEPLY = re.compile(r"^ {60}|(?:[-?:] +){8}", re.MULTILINE)
_CONFLICT = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)
_ENTRY = re.compile(r"( {0,40})([A-Za-z0-9][\w.-]{0,99}):(?: (?:([^\W_](?:[^\n:#]*[^\s:#])?)|(\|-?)))?\n")
_UNUSUAL = re.compile("[\t\r\x80-\x9f\u2028\u2029\ufeff]")
_REFUSED_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


class _Composer(CParser):
    """libyaml's composer without PyYAML's guessing of types: an untagged node has the tag None."""

    def resolve(self, kind: type, value: object, implicit: object) -> None: ...
    def descend_resolver(self, parent: object, index: object) -> None: ...
    def ascend_resolver(self) -> None: ...


@dataclass(slots=True)
class Document:
    """A file as read: `data` holds mappings, lists, text, and None for an empty value."""

    path: str
    data: Any
    source: str
    digest: str
    _root: Node | None = None

    @property
    def root(self) -> Node | None:
        """The composed nodes. Places are seldom asked for, so a file that was read without them composes late."""
        if self._root is None:
            self._root = _compose(self.source, self.path)
        return self._root

    def place(self, key: Key, *, of_key: bool = False) -> Place:
        """Line and column, from 1, of a value (or of its key); of the nearest enclosing value if it is not there."""
        node, last = self.root, None
        for part in key:
            found = _child(node, part)
            if found is not None:
                last, node = found
        if node is None:
            return None, None
        chosen = last if of_key and last is not None else node
        return chosen.start_mark.line + 1, chosen.start_mark.column + 1

    def place_inside(self, key: Key, offset: int) -> Place:
        """The place of a character of a text value; of its beginning where the text runs over several lines."""
        node = self.root
        for part in key:
            found = _child(node, part)
            node = found[1] if found else None
        line, column = self.place(key)
        if not isinstance(node, ScalarNode) or column is None or node.start_mark.line != node.end_mark.line:
            return line, column
        escaped = {"'": "'", '"': '"\\'}.get(node.style or "", "")
        before = node.value[:offset]
        return line, column + offset + bool(escaped) + sum(before.count(letter) for letter in escaped)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read(path: Path, shown_as: str, *, aliases: bool = False) -> tuple[Document | None, list[Problem]]:
    """Reads one file with all problems of its text at once; no document if nothing could be made of it."""
    try:
        told = path.stat()
        if told.st_size > MAX_BYTES:
            large = problem("file-too-large", shown_as, size=shown_size(told.st_size), limit=shown_size(MAX_BYTES))
            return None, [large]
        if stat.S_ISFIFO(told.st_mode) or stat.S_ISCHR(told.st_mode):
            # Reading one would wait for ever.
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        content = path.read_bytes()
    except OSError as error:
        return None, [problem("file-unreadable", shown_as, why=error.strerror or str(error))]
    return parse(content, shown_as, aliases=aliases)


def parse(content: bytes, shown_as: str, *, aliases: bool = False) -> tuple[Document | None, list[Problem]]:
    """The same for bytes at hand."""
    try:
        text = _text(content, shown_as)
        simple = _simple(text)
        if simple is not None:
            return Document(shown_as, simple, text, digest(content)), []
        _refuse_conflict(text, shown_as)
        root = _compose(text, shown_as)
    except Refused as refused:
        return None, [refused.problem]
    except yaml.MarkedYAMLError as error:
        return None, [_syntax(error, shown_as)]
    except yaml.YAMLError as error:
        return None, [problem("yaml-syntax", shown_as, why=_brief(str(error)))]
    if root is None:
        return None, [problem("empty-file", shown_as, "", (1, 1))]
    made = _Plain(shown_as, aliases=aliases or "*" not in text or "&" not in text)
    data = made.of(root)
    return Document(shown_as, data, text, digest(content), root), made.problems


def _text(content: bytes, shown_as: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(problem("not-utf-8", shown_as, "", _line_column(error.object[: error.start]))) from None
    if refused := _REFUSED_CHARACTER.search(text):
        place = _line_column(text[: refused.start()].encode())
        raise Refused(problem("control-character", shown_as, "", place, character=f"U+{ord(refused[0]):04X}"))
    return composed(text)


def _refuse_conflict(text: str, shown_as: str) -> None:
    if markers := list(_CONFLICT.finditer(text)):
        raise Refused(_conflict(text, markers, shown_as))


def _line_column(before: bytes) -> Place:
    text = before.decode("utf-8", "replace")
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _conflict(text: str, markers: list[re.Match[str]], shown_as: str) -> Problem:
    sides = {"<": "", "=": ""}
    for marker, following in zip(markers, [*markers[1:], None], strict=True):
        if marker[0][0] in sides and not sides[marker[0][0]]:
            end = following.start() if following else len(text)
            sides[marker[0][0]] = _brief(text[marker.end() : end].partition("\n")[2])
    place = _line_column(text[: markers[0].start()].encode())
    return problem("conflict-markers", shown_as, "", place, ours=sides["<"], theirs=sides["="])


def _simple(text: str) -> dict[str, Any] | None:
    """What the emitter below writes in most files, read at once: mappings of plain lines and literal blocks.

    None wherever anything else stands: then YAML's own parser reads the file, and finds what is wrong."""
    if _UNUSUAL.search(text) or text.count("\n") > MAX_VALUES // 2:
        return None
    levels: list[dict[str, Any]] = [{}]
    at, end, opened = 0, len(text), ""
    while at < end:
        found = _ENTRY.match(text, at)
        if found is None:
            return None
        indent, name, value, block = found.groups()
        depth, odd = divmod(len(indent), 2)
        if odd or depth > len(levels) or (depth == len(levels) and not opened):
            return None
        if depth == len(levels):
            levels.append({})
            levels[-2][opened] = levels[-1]
        del levels[depth + 1 :]
        at = found.end()
        if block:
            lines = _block(depth + 1).match(text, at)
            if lines is None:
                return None
            at = lines.end()
            value = lines[0][2 * depth + 2 :].replace(f"\n{indent}  ", "\n").rstrip("\n")
            value += "" if block == "|-" else "\n"
        if name in levels[-1]:
            return None
        levels[-1][name] = value
        opened = name if value is None else ""
    return levels[0] or None


@cache
def _block(depth: int) -> re.Pattern[str]:
    """The lines of a literal block: the first not blank, none that ends in a blank."""
    indent = " " * (2 * depth)
    return re.compile(rf"{indent}[^\s](?:[^\n]*[^ \n])?\n(?:(?:{indent}[^\n]*[^ \n])?\n)*")


def _compose(text: str, shown_as: str) -> Node | None:
    if text.count("[") + text.count("{") > 200 or _MAY_NEST_DEEPLY.search(text):
        _refuse_deep(text, shown_as)
    root: Node | None = _Composer(text).get_single_node()
    return root


def _refuse_deep(text: str, shown_as: str) -> None:
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                mark = event.start_mark
                place = (mark.line + 1, mark.column + 1) if mark else (None, None)
                raise Refused(problem("yaml-too-deep", shown_as, "", place, limit=MAX_DEPTH))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _syntax(error: yaml.MarkedYAMLError, shown_as: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = (mark.line + 1, mark.column + 1) if mark else (None, None)
    if error.problem and "another document" in error.problem:
        return problem("yaml-several-documents", shown_as, "", place)
    return problem("yaml-syntax", shown_as, "", place, why=_brief(error.problem or str(error)))


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"


class _Plain:
    """Turns nodes into mappings, lists and text, and notes what the language does not allow."""

    def __init__(self, path: str, *, aliases: bool) -> None:
        self.path = path
        self.aliases = aliases
        self.problems: list[Problem] = []
        self.values = 0
        self.open: set[int] = set()
        self.seen: set[int] = set()

    def of(self, node: Node) -> Any:
        self.values += 1
        if node.tag is not None:
            self.note("yaml-tag", node, tag=node.tag.replace("tag:yaml.org,2002:", "!!"))
        if node.__class__ is ScalarNode:
            if not self.aliases:
                self.once(node)
            return node.value if node.value or node.style else None
        if not self.enter(node):
            return None
        made = self.mapping(node) if node.__class__ is MappingNode else [self.of(each) for each in node.value]
        self.open.discard(id(node))
        return made

    def mapping(self, node: Node) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in node.value:
            name: Any = key.value
            if not isinstance(name, str) or key.tag is not None:
                self.note("yaml-key-not-text", key)
            elif name == "<<" and not key.style:
                self.note("yaml-merge-key", key)
            elif name in made:
                first = next(other for other, _ in node.value if other.value == name)
                self.note("yaml-duplicate-key", key, name=name, first=first.start_mark.line + 1)
            else:
                made[name] = self.of(value)
        return made

    def enter(self, node: Node) -> bool:
        """Whether a mapping or list may be unfolded here; it is left again when it is done."""
        if id(node) in self.open:
            self.note("yaml-self-reference", node)
            return False
        if len(self.open) >= MAX_DEPTH:
            if not any(found.code == "yaml-too-deep" for found in self.problems):
                self.note("yaml-too-deep", node, limit=MAX_DEPTH)
            return False
        if not self.aliases and not self.once(node):
            return False
        if self.values > MAX_VALUES:
            if not any(found.code == "yaml-too-many-aliases" for found in self.problems):
                self.note("yaml-too-many-aliases", node, limit=shown_number(str(MAX_VALUES)))
            return False
        self.open.add(id(node))
        return True

    def once(self, node: Node) -> bool:
        """Whether this is the first time that the value stands somewhere; noted if not."""
        if id(node) in self.seen:
            self.note("yaml-alias", node)
            return False
        self.seen.add(id(node))
        return True

    def note(self, code: str, node: Node, **params: object) -> None:
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.problems.append(problem(code, self.path, "", place, **params))


def _child(node: Node | None, part: str | int) -> tuple[Node, Node] | None:
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == part), None)
    if node is not None and not isinstance(node, ScalarNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None


# ---- writing -------------------------------------------------------------------------------------------------

_PLAIN = re.compile(r"(?:-(?=\d))?[^\W_][^\n:#]*", re.UNICODE)
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_MUST_QUOTE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\x85": "\\N"}


def dump(data: dict[str, Any]) -> str:
    """Block style only, one value a line, keys in the mapping's own order; None is an empty value."""
    return "".join(_lines(data, 0))


def _lines(data: Any, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _entry(f"{indent}{_key(key, indent)}:", value, depth)
    else:
        for value in data:
            yield from _entry(f"{indent}-", value, depth)


def _entry(head: str, value: Any, depth: int) -> Iterator[str]:
    if value is None or value == {} or value == []:
        yield f"{head}\n"
    elif isinstance(value, dict | list):
        yield f"{head}\n"
        yield from _lines(value, depth + 1)
    else:
        yield f"{head} {scalar(str(value), depth + 1)}\n"


def _key(key: str, indent: str) -> str:
    made = key if _plain(key) else _quoted(key)
    # YAML looks for the colon of a plain entry within 1,024 characters only.
    return made if len(made) < 1000 else f"? {_quoted(key)}\n{indent}"


def scalar(text: str, depth: int) -> str:
    """One value behind its key: plain where that reads back, else a literal block, quoted where YAML must."""
    if _MUST_QUOTE.search(text) or (text and not text.strip("\n")) or text == "":
        return _quoted(text)
    if "\n" not in text and _plain(text):
        return text
    return _literal(text, "  " * depth)


def _plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and text == text.strip() and not _ODD.search(text)


def _literal(text: str, indent: str) -> str:
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    # Leading blanks would be taken for indentation, so then the indentation is told.
    told = str(2) if body.startswith((" ", "\t", "\n")) else ""
    lines = [indent + line if line else "" for line in body.split("\n")] + [""] * max(0, ends - 1)
    return "\n".join([f"|{told}{'-' if ends == 0 else '' if ends == 1 else '+'}", *lines])


def _quoted(text: str) -> str:
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"  # half a character: nothing could read it back
    # A mark behind an escape would join the escape's last letter when the file is composed on reading.
    if _ODD.match(character) or unicodedata.combining(character):
        return f"\\U{ord(character):08X}"
    return character


def write(path: Path, text: str) -> str:
    """Writes the file whole or not at all, and tells the digest of what was written.

    Raises OSError with the old file untouched."""
    content = text.encode()
    write_bytes(path, content)
    return digest(content)


def write_bytes(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".hoso-tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
