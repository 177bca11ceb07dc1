"""The shipped content against a count by hand: straight from the YAML, with none of hoso's own reading or judging."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from hoso.cli import build

ROOT = Path(__file__).resolve().parent.parent
DOSSIER = ROOT / "checklists/tong-ket-tccs-2021/khoi-cq-dn-ha-tinh"
FIGURES = {
    "dac_diem": {"so_tccs": "109", "so_dang_bo_cs": "68", "so_chi_bo_cs": "41", "so_loai_hinh": "8",
                 "so_cap_uy_vien": "656", "so_uy_vien_ubkt": "220", "so_dang_vien": "8341"},
    "lanh_dao": {"lop_cot_can": "18", "luot_cot_can": "1956", "lop_co_so": "235", "luot_co_so": "17625",
                 "so_van_ban": "256"},
    "cap_uy": {"kiem_nhiem": "103", "kiem_nhiem_ty_le": "94.5", "lop_nghiep_vu": "15", "luot_nghiep_vu": "1876"},
    "phat_trien": {"so_ket_nap": "4349", "ket_nap_dn": "2099", "chinh_thuc": "4225", "ket_nap_dai_hoc": "3609"},
}  # fmt: skip
DASHES = {"lanh_dao": 2, "kien_toan": 5, "chuc_nang": 3, "cap_uy": 4, "sinh_hoat": 3, "kiem_diem": 2,
          "tinh_hinh": 3, "giao_duc": 6, "phat_trien": 4, "quan_ly": 8, "nhiem_vu": 2}  # fmt: skip

# What each condition of the outline says for this dossier, decided by reading its answers.
HERE = {
    'cach_ban_hanh == "khac"': False, 'cach_neu != "rieng"': True, 'cach_neu == "rieng"': False,
    'dac_diem.chinh_quyen == "co"': False, 'muc_dang_bo in ["hoan_thanh", "khong_hoan_thanh"]': False,
    'unit.kind != "tinh_uy"': True, 'cach_ban_hanh == "mau_chung" and mau_quy_che > 0': True,
    'cach_ban_hanh == "mau_chung"': True, 'cach_neu == "chung"': True, 'co_ngoai_nha_nuoc == "x"': True,
    'dac_diem.chinh_quyen == "co" and unit.kind in ["tinh_uy", "huyen_thanh_thi"]': False,
    'muc_dang_bo == "khong_hoan_thanh"': False, 'not (unit.kind in ["quan_su_bien_phong", "cong_an"])': True,
    "true": True, "false": False,
}  # fmt: skip


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


@pytest.fixture(scope="module")
def outline() -> Any:
    return load(ROOT / "outlines/bao-cao-tccs-dang-2021.yaml")


@pytest.fixture(scope="module")
def answers() -> Any:
    return load(DOSSIER / "bao_cao.yaml")["answers"]


def sections(entries: list[Any]) -> list[Any]:
    return [found for entry in entries for found in [entry, *sections(entry.get("sections", []))]]


def value(raw: Any) -> Any:
    return raw.get("value") if isinstance(raw, dict) else raw


def test_the_outline_has_the_sections_and_dashes_of_its_source(outline: Any) -> None:
    found = sections(outline["sections"])
    assert len(found) == 22
    assert [entry["id"] for entry in found if entry.get("number") == "none"] == ["dac_diem"]
    assert {entry["id"]: len(entry["asks"]) for entry in found if entry.get("asks")} == DASHES
    assert sum(DASHES.values()) == 42
    assert [entry["id"] for entry in found if entry.get("more_asks") == "true"] == ["kien_toan", "quan_ly"]


def test_the_dossier_has_the_figures_of_its_source(answers: Any) -> None:
    for section, figures in FIGURES.items():
        for field, figure in figures.items():
            assert value(answers[section][field]) == figure, (section, field)
    assert answers["dac_diem"]["so_dang_vien"]["before"] == "8197"


def test_status_agrees_with_a_count_by_hand(outline: Any, answers: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A required field, an ask and a required document count one each; conditions are those of this dossier."""
    total = done = 0
    for section in sections(outline["sections"]):
        given = answers.get(section["id"]) or {}
        fields = [outline["facets"][name] | {"id": name} for name in section.get("facets", [])]
        for field in fields + section.get("fields", []):
            wanted = field.get("required", "false" if field["type"] == "mark" else "true")
            if HERE[field.get("only_when", "true")] and HERE[wanted]:
                total += 1
                done += given.get(field["id"]) not in (None, "")
        for ask in section.get("asks", []):
            assert HERE[ask.get("applies", "true")]
            total += 1
            done += (given.get("asks") or {}).get(ask["id"]) not in (None, "")
    documents = [item for item in load(ROOT / "checklists/tong-ket-tccs-2021.yaml")["items"] if "attach" in item]
    attached = load(DOSSIER / "dossier.yaml")["attachments"]
    for item in documents:
        if item["required"] == "true":
            total += 1
            done += bool(attached.get(item["id"]))
    monkeypatch.chdir(ROOT)
    told = json.loads(CliRunner().invoke(build(), ["status", "tong-ket-tccs-2021", "--format", "json"]).stdout)
    row = next(entry for entry in told if entry["unit"] == DOSSIER.name)
    assert (row["done"], row["total"]) == (done, total) == (107, 107)


def test_everything_shipped_is_composed_and_without_personal_data() -> None:
    for path in [*ROOT.glob("outlines/*.yaml"), *ROOT.glob("checklists/*.yaml"), *DOSSIER.glob("*.yaml")]:
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path
        assert "@" not in text, path
        assert "mật khẩu" not in text.lower(), path


def test_waived_findings_count_nowhere_as_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("HOSO_TODAY", "2021-12-01")
    told = json.loads(CliRunner().invoke(build(), ["status", "--format", "json"]).stdout)
    begun = {one["unit"]: one for one in told if one["state"] != "none" and one["done"]}
    assert set(begun) == {"huyen-uy-bao-lam", "khoi-cq-dn-ha-tinh"}
    for dossier in begun.values():
        counts = [(item["errors"], item["warnings"]) for item in dossier["items"]]
        assert [(dossier["errors"], dossier["warnings"]), *counts] == [(0, 0)] * (1 + len(counts))
