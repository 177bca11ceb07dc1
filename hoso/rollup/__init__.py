"""Tables, points and figures of many units in one: added up by kind and by parent, with how many units they cover."""

from hoso.rollup.adding import Atom, By, Key, RollUp, Sum, merged
from hoso.rollup.blocks import (
    Block,
    as_json,
    blocks,
    group_label,
    item_title,
    quota_by,
    quota_line,
    quota_name,
    quota_over,
)
from hoso.rollup.gathering import Gatherer, roll_up, unknown_units, unreadable_outlines
from hoso.rollup.giving import Contribution

__all__ = [
    "Atom", "Block", "By", "Contribution", "Gatherer", "Key", "RollUp", "Sum",
    "as_json", "blocks", "group_label", "item_title", "merged", "quota_by", "quota_line", "quota_name",
    "quota_over", "roll_up", "unknown_units", "unreadable_outlines",
]  # fmt: skip
