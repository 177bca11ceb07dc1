from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from hoso.cli import build
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


def test_check_tells_a_quota_that_does_not_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.test_tables import LISTS, SHEET

    fields = SHEET.strip("\n").replace("\n", "\n      ")
    files = {
        "hoso.yaml": "hoso: 1\n", "outlines/lists.yaml": LISTS,
        "outlines/bang.yaml": f"hoso: 1\ntitle: B\nsections:\n  - id: s\n    fields:\n      {fields}\n",
        "checklists/units.yaml": "hoso: 1\nunits:\n" + "".join(f"  u{n}: {{name: U{n}, kind: so}}\n" for n in range(6)),
        "checklists/dot.yaml": "hoso: 1\ntitle: D\nitems: [{id: tu_cham, outline: bang}]\nchecks:\n"
        "  - {id: q, check: at_most_share, over: units, of: tu_cham.final_level, part: [xuat_sac], base: [tot], limit: 20%, round: down, by: kind, level: warning}\n",
    }  # fmt: skip
    for n in range(6):
        level, points = ("xuat_sac", 35) if n < 2 else ("tot", 20)
        files[f"checklists/dot/u{n}/dossier.yaml"] = f"hoso: 1\nunit: u{n}\nstate: drafting\nattachments:\n"
        answers = f"ky_luat: khong\n    diem: {{viec.chinh: {points}, viec.phu: 25}}\n    tu_nhan: {level}"
        files[f"checklists/dot/u{n}/tu_cham.yaml"] = (
            f"hoso: 1\noutline: bang\nversion: 1\nanswers:\n  s:\n    {answers}\n"
        )
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    told = json.loads(CliRunner().invoke(build(), ["check", "--format", "json", "--level", "warning"]).stdout)
    assert [(one["code"], one["path"], one["key"], one["level"]) for one in told] == [
        ("quota-exceeded", "checklists/dot.yaml", "q.so", "warning")
    ]
