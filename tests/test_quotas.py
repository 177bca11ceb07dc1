from __future__ import annotations

import pytest

from hoso.definitions import Checklist, Unit
from hoso.quotas import Rating, quotas


def checklist(base: list[str], by: str | None = "kind", rounding: str = "down") -> Checklist:
    check = {"id": "q", "check": "at_most_share", "over": "units", "of": "tu_cham.final_level", "part": ["xuat_sac"],
             "base": base, "limit": "20%", "round": rounding, "level": "warning"}  # fmt: skip
    items = [{"id": "tu_cham", "title": "x", "attach": {}}]
    return Checklist.model_validate(
        {"hoso": "1", "title": "x", "items": items, "checks": [check | ({"by": by} if by else {})]}
    )


def told(made: Checklist, levels: list[tuple[str, str]]) -> dict[str, tuple[int, int, int, bool]]:
    units = {f"u{n}": Unit(name=f"U{n}", kind=kind) for n, (kind, _) in enumerate(levels)}
    ratings = {"tu_cham": {f"u{n}": Rating(level, final=True) for n, (_, level) in enumerate(levels)}}
    return {one.group: (one.count, one.base, one.limit, one.holds) for one in quotas(made, units, ratings)}


LEVELS = [("so", "xuat_sac")] * 2 + [("so", "tot")] * 9 + [("huyen", "tot")] * 5 + [("huyen", "xuat_sac")]


@pytest.mark.parametrize(
    ("base", "so", "huyen"),
    [
        (["tot"], (2, 9, 1, False), (1, 5, 1, True)),
        (["xuat_sac", "tot"], (2, 11, 2, True), (1, 6, 1, True)),
    ],
)
def test_a_quota_is_counted_in_each_group_and_on_its_own_base(
    base: list[str], so: tuple[int, ...], huyen: tuple[int, ...]
) -> None:
    assert told(checklist(base), LEVELS) == {"so": so, "huyen": huyen}


def test_without_groups_all_units_are_one() -> None:
    assert told(checklist(["tot"], by=None), LEVELS) == {"": (3, 14, 2, False)}


def test_a_claim_makes_a_quota_provisional() -> None:
    units = {"a": Unit(name="A", kind="so")}
    [made] = quotas(checklist(["tot"]), units, {"tu_cham": {"a": Rating("tot", final=False)}})
    assert made.provisional
    assert made.places_left == 0
