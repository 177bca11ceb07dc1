"""Which findings of a dossier may be published: those whose message can quote nothing but what is published too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from hoso.definitions import Checklist, Extent, Node
from hoso.definitions.units import UNIT_NAMES
from hoso.kinds import Field, NumberField, TableField
from hoso.kinds.checking import CheckBase, LimitBy
from hoso.kinds.keeping_private import cell_is_open
from hoso.kinds.table import TOTAL
from hoso.problems import Problem
from hoso.validate import PartVerdict

# What is found in one answer alone; everything else may quote other answers.
_OF_ONE_ANSWER = ("answer-", "text-", "number-", "date-", "choice-", "mark-", "file-", "attachment-", "row-", "column-")
Parts = Mapping[str, tuple[PartVerdict, Extent]]
Public = Callable[[str, Node], set[str]]


class Openness:
    """Whatever cannot be placed in what is public is taken for private."""

    def __init__(self, checklist: Checklist, parts: Parts, public: Public) -> None:
        self.checklist = checklist
        self.parts = parts
        self.public = public

    def shows(self, found: Problem) -> bool:
        if found.path.endswith(".private.yaml"):
            return False
        part, _, rest = found.key.partition(".")
        if part not in self.parts:
            return self._over_items(found.key) if found.key else True
        if self.parts[part][1] != "all":
            return False
        return not rest or self._inside(part, rest, found.code)

    def _over_items(self, key: str) -> bool:
        check = _called(self.checklist.checks, key)
        return check is not None and all(self._item_is_open(name) for name in check.names())

    def _item_is_open(self, name: str) -> bool:
        if name in UNIT_NAMES:
            return True
        part, _, rest = name.partition(".")
        return part in self.parts and self.parts[part][1] == "all" and self._is_open(part, None, rest)

    def _inside(self, part: str, rest: str, code: str) -> bool:
        nodes = self._nodes(part)
        section, _, name = rest.partition(".")
        if section not in nodes:
            outline = self.parts[part][0].outline
            check = _called(outline.checks, rest) if outline else None
            return check is not None and all(self._is_open(part, None, one) for one in check.names())
        node = nodes[section]
        first, _, at = name.partition(".")
        if first == "asks":
            return True
        check = _called(node.section.checks, name)
        if check is not None and first not in node.fields:
            return all(self._is_open(part, node, one) for one in check.names())
        if first not in self.public(part, node) or first not in node.fields:
            return False
        made = node.fields[first]
        if isinstance(made, TableField) and not cell_is_open(made, at):
            return False
        return code.startswith(_OF_ONE_ANSWER) or all(self._is_open(part, node, one) for one in _looked_at(node, made))

    def _is_open(self, part: str, node: Node | None, name: str) -> bool:
        """A name in a check: a field of its section, or of another section of the outline."""
        if name in UNIT_NAMES:
            return True
        first, _, rest = name.partition(".")
        if node is not None and first in node.fields:
            return self._field_is_open(part, node, first, rest)
        other = self._nodes(part).get(first)
        field, _, at = rest.partition(".")
        return other is not None and self._field_is_open(part, other, field, at)

    def _field_is_open(self, part: str, node: Node, name: str, at: str) -> bool:
        made = node.fields.get(name)
        if made is None or name not in self.public(part, node):
            return False
        return not isinstance(made, TableField) or cell_is_open(made, at)

    def _nodes(self, part: str) -> Mapping[str, Node]:
        outline = self.parts[part][0].outline
        return outline.nodes if outline else {}


def _called(checks: Iterable[CheckBase], key: str) -> CheckBase | None:
    for place, check in enumerate(checks, 1):
        if key in (check.id, f"checks.{check.id or place}"):
            return check
    return None


def _looked_at(node: Node, made: Field) -> Iterator[str]:
    """Names that the checks of a field look at, and those of its section that look at it; none of its own table."""
    inner = {line.name for line in made.lines} | {*made.leaves, TOTAL} if isinstance(made, TableField) else set[str]()
    tails = {name.rpartition(".")[2] for name in inner}
    beside = (check for check in node.section.checks if any(_first(name) == made.id for name in check.names()))
    for check in (*made.checks, *beside):
        for name in (*check.names(), *_conditions(check)):
            if name not in inner and name not in tails and not any(name.startswith(f"{one}.") for one in inner):
                yield name
    if isinstance(made, NumberField) and made.compute is not None:
        yield from made.compute.names


def _first(name: str) -> str:
    return name.partition(".")[0]


def _conditions(check: CheckBase) -> Iterator[str]:
    if isinstance(check, LimitBy):
        for one in check.except_:
            yield from one.when.names
