"""Bringing two versions of the same answers together, key by key."""

from __future__ import annotations

from typing import Any, NamedTuple

from hoso.dossiers import same

Tree = dict[str, Any]


class Merged(NamedTuple):
    """`tree` holds every change of both sides; where both changed one key it holds ours, and `clashes` theirs."""

    tree: Tree
    clashes: dict[str, Any]


def merge(base: Tree, ours: Tree, theirs: Tree, address: str = "") -> Merged:
    """Three-way. A key that only one side changed follows that side; mappings are merged inside.

    A key that one side took away and the other changed is a clash of the whole of it, never merged by halves."""
    out: Tree = {}
    clashes: dict[str, Any] = {}
    for key in _order(base, ours, theirs):
        was, mine, other = base.get(key), ours.get(key), theirs.get(key)
        here = f"{address}.{key}" if address else key
        if same(mine, other):
            _keep(out, key, mine, in_it=key in ours or key not in base)
        elif same(was, other):
            _keep(out, key, mine, in_it=key in ours)
        elif same(was, mine):
            _keep(out, key, other, in_it=key in theirs)
        elif key in base and (key not in ours or key not in theirs):
            clashes[here] = other
            _keep(out, key, mine, in_it=key in ours)
        elif _is_tree(mine) and _is_tree(other):
            inner = merge(was if isinstance(was, dict) else {}, mine or {}, other or {}, here)
            out[key] = inner.tree or None
            clashes |= inner.clashes
        else:
            clashes[here] = other
            _keep(out, key, mine, in_it=key in ours)
    return Merged(out, clashes)


def _is_tree(value: Any) -> bool:
    # An envelope is one answer, which two people do not write half each.
    return value is None or (isinstance(value, dict) and not value.keys() & {"value", "absent"})


def _keep(out: Tree, key: str, value: Any, *, in_it: bool) -> None:
    if in_it:
        out[key] = value


def _order(base: Tree, ours: Tree, theirs: Tree) -> list[str]:
    """The order of whoever changed it, ours where both did; each key that only the others have goes behind the one
    it follows with them."""
    known = [key for key in base if key in ours and key in theirs]
    moved_here = [key for key in ours if key in known] != known
    first, second = (ours, theirs) if moved_here else (theirs, ours)
    order = list(first)
    for place, key in enumerate(other := list(second)):
        if key not in first:
            before = other[place - 1] if place else None
            order.insert(order.index(before) + 1 if before in order else 0, key)
    return order
