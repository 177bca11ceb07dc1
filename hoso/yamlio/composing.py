"""YAML's own parser: nodes with their places, and what the language of hoso does not allow in them."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from hoso.problems import Problem, Refused, problem
from hoso.text import brief, shown_number

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]
except ImportError as error:  # pragma: no cover - PyYAML's wheels for every platform bring libyaml
    raise ImportError("hoso needs PyYAML with libyaml; install PyYAML from a wheel.") from error

MAX_DEPTH = 50
# Without aliases a file's size bounds its values; with them a short file can stand for billions.
MAX_VALUES = 200_000
# The C composer recurses without a guard of its own, so what could nest deeply is walked by events first.
_MAY_NEST_DEEPLY = re.compile(r"^ {60}|(?:[-?:] +){8}", re.MULTILINE)


class _Composer(CParser):
    """libyaml's composer without PyYAML's guessing of types: an untagged node has the tag None."""

    def resolve(self, kind: type, value: object, implicit: object) -> None: ...
    def descend_resolver(self, parent: object, index: object) -> None: ...
    def ascend_resolver(self) -> None: ...


def read_nodes(text: str, shown_as: str, *, aliases: bool) -> tuple[Node, Any, list[Problem]]:
    """The composed nodes, their plain data, and what in them is not allowed. Raises Refused where there is nothing."""
    root = compose(text, shown_as)
    if root is None:
        raise Refused(problem("empty-file", shown_as, "", (1, 1)))
    possible = "*" in text and "&" in text
    made = Plain(shown_as, aliases=aliases or not possible, bounded=possible)
    return root, made.of(root), made.problems


def compose(text: str, shown_as: str) -> Node | None:
    try:
        return _compose(text, shown_as)
    except yaml.MarkedYAMLError as error:
        raise Refused(_syntax(error, shown_as)) from error
    except yaml.YAMLError as error:
        raise Refused(problem("yaml-syntax", shown_as, why=brief(str(error)))) from error


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
    return problem("yaml-syntax", shown_as, "", place, why=brief(error.problem or str(error)))


class Plain:
    """Turns nodes into mappings, lists and text, and notes what the language does not allow."""

    def __init__(self, path: str, *, aliases: bool, bounded: bool = True) -> None:
        self.path = path
        self.bounded = bounded
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
        if self.bounded and self.values > MAX_VALUES:
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
