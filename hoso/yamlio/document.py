"""A YAML file as read, with the places of what stands in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hoso.problems import Place

if TYPE_CHECKING:
    from yaml.nodes import Node

Key = Sequence[str | int]


@dataclass(slots=True)
class Document:
    """A file as read: `data` holds mappings, lists, text, and None for an empty value."""

    path: str
    data: Any
    source: str
    content: bytes
    _root: Node | None = None
    _digest: str = ""

    @property
    def digest(self) -> str:
        self._digest = self._digest or digest(self.content)
        return self._digest

    @property
    def root(self) -> Node | None:
        """The composed nodes. Places are seldom asked for, so a file that was read without them composes late."""
        if self._root is None:
            from hoso.yamlio.composing import compose

            self._root = compose(self.source, self.path)
        return self._root

    def place(self, key: Key, *, of_key: bool = False) -> Place:
        """Line and column, from 1, of a value (or of its key); of the nearest enclosing value if it is not there."""
        node, last = self.root, None
        for part in key:
            found = child(node, part)
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
            found = child(node, part)
            node = found[1] if found else None
        line, column = self.place(key)
        if node is None or not isinstance(node.value, str) or column is None:
            return line, column
        if node.start_mark.line != node.end_mark.line:
            return line, column
        escaped = {"'": "'", '"': '"\\'}.get(getattr(node, "style", None) or "", "")
        before = node.value[:offset]
        return line, column + offset + bool(escaped) + sum(before.count(letter) for letter in escaped)

    def scalars(self) -> Iterator[tuple[tuple[int, int], str]]:
        """Every value and every key with its line and column, in order."""
        nodes = [self.root]
        while nodes:
            node = nodes.pop()
            if node is None or not isinstance(node.value, list):
                yield from [((node.start_mark.line + 1, node.start_mark.column + 1), node.value)] if node else []
                continue
            inside = (each for one in node.value for each in (one if isinstance(one, tuple) else (one,)))
            nodes += reversed(list(inside))


def child(node: Node | None, part: str | int) -> tuple[Node, Node] | None:
    """The nodes of a key and of its value; in a list both are the value's."""
    inside = node.value if node is not None else None
    if not isinstance(inside, list):
        return None
    if isinstance(part, str):
        return next((pair for pair in inside if isinstance(pair, tuple) and pair[0].value == part), None)
    is_list = part < len(inside) and not isinstance(inside[part], tuple)
    return (inside[part], inside[part]) if is_list else None


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
