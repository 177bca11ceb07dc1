"""The command line: exit codes, the forms that scripts rely on, its two languages, and no traceback."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from hoso import __version__
from hoso.cli import COMMANDS, main
from hoso.cli.schema import schema
from hoso.yamlio import read
from tests import review_case

CHECKLIST, UNIT, OTHER = "tong-ket-tccs-2021", "khoi-cq-dn-ha-tinh", "thanh-uy-ha-tinh"
DOSSIER = f"checklists/{CHECKLIST}/{UNIT}"


class Done(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def hoso(workspace_root, monkeypatch, capsys):
    """Runs a command inside the copied workspace."""
    monkeypatch.chdir(workspace_root)

    def run(*arguments: str) -> Done:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return Done(int(ended.value.code or 0), told.out, told.err)

    return run


def answers(root: Path, unit: str = UNIT) -> Any:
    document, problems = read(root / f"checklists/{CHECKLIST}/{unit}/bao_cao.yaml", "x")
    assert problems == [] and document is not None
    return document.data["answers"]


def state(root: Path, unit: str = UNIT) -> Any:
    document, problems = read(root / f"checklists/{CHECKLIST}/{unit}/dossier.yaml", "x")
    assert problems == [] and document is not None
    return document.data


# ---- check


def test_the_shipped_workspace_is_clean(hoso) -> None:
    done = hoso("check")
    assert (done.code, done.out) == (0, "")
    assert done.err.count("0") == 3
    assert hoso("check", "--format", "json").data == []


def test_check_as_json_and_as_text(hoso, workspace_root: Path) -> None:
    path = workspace_root / DOSSIER / "bao_cao.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("so_tccs: 109", "so_tccs: 1,090"), encoding="utf-8")
    done = hoso("check", "--format", "json")
    (found,) = done.data
    assert done.code == 1
    assert list(found) == ["path", "line", "column", "key", "level", "code", "message", "remedy", "waived"]
    assert (found["path"], found["line"], found["column"]) == (f"{DOSSIER}/bao_cao.yaml", 16, 14)
    assert (found["key"], found["code"], found["level"], found["waived"]) == (
        "bao_cao.dac_diem.so_tccs", "number-ambiguous", "error", None,
    )  # fmt: skip
    text = hoso("check")
    assert text.code == 1
    assert text.out.startswith(f"{DOSSIER}/bao_cao.yaml:16:14: error number-ambiguous ")


def test_a_waived_error_is_listed_and_does_not_fail(hoso, workspace_root: Path) -> None:
    path = workspace_root / DOSSIER / "bao_cao.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("so_tccs: 109", "so_tccs: x"), encoding="utf-8")
    with (workspace_root / DOSSIER / "dossier.yaml").open("a", encoding="utf-8") as file:
        file.write("waivers:\n  - {code: not-a-number, reason: Nguồn in bằng chữ}\n")
    done = hoso("check", "--format", "json")
    assert done.code == 0
    assert [(one["code"], one["waived"]) for one in done.data] == [("not-a-number", "Nguồn in bằng chữ")]


def test_check_of_some_paths_and_levels(hoso, workspace_root: Path) -> None:
    path = workspace_root / DOSSIER / "bao_cao.yaml"
    text = path.read_text(encoding="utf-8").replace("so_tccs: 109", "so_tcss: x")
    path.write_text(text, encoding="utf-8")
    assert [one["level"] for one in hoso("check", "--format", "json").data] == ["warning", "hint"]
    assert [one["level"] for one in hoso("check", "--format", "json", "--level", "warning").data] == ["warning"]
    assert hoso("check", "--format", "json", "--level", "error").data == []
    assert hoso("check", "--format", "json", "outlines").data == []
    assert len(hoso("check", "--format", "json", DOSSIER).data) == 2
    assert len(hoso("check", "--format", "json", f"{DOSSIER}/bao_cao.yaml", "outlines").data) == 2
    missing = hoso("check", "khong-co.yaml")
    assert missing.code != 0 and missing.out == "" and "khong-co.yaml" in missing.err


def test_a_deadline_that_has_passed_is_told_by_the_clock(hoso, workspace_root: Path, monkeypatch) -> None:
    path = workspace_root / f"checklists/{CHECKLIST}.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "deadline: none\npublish", "deadline: {before: 2021-12-05}\npublish"
    )
    path.write_text(text, encoding="utf-8")
    for day, left, told in (("2021-12-04", 0, []), ("2021-12-05", -1, ["deadline-passed"]), ("2021-11-22", 12, [])):
        monkeypatch.setenv("HOSO_TODAY", day)
        assert {one["days_left"] for one in hoso("status", "--format", "json").data} == {left}
        done = hoso("check", "--format", "json")
        assert [one["code"] for one in done.data] == told and done.code == 0


# ---- status


def test_who_has_handed_in_has_no_days_left(hoso, workspace_root: Path, monkeypatch) -> None:
    path = workspace_root / f"checklists/{CHECKLIST}.yaml"
    text = path.read_text(encoding="utf-8").replace("deadline: none\npublish", "deadline: {by: 2021-12-04}\npublish")
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("HOSO_TODAY", "2021-12-01")
    assert hoso("submit", CHECKLIST, UNIT).code == 0
    left = {one["unit"]: one["days_left"] for one in hoso("status", "--format", "json").data}
    assert left == {UNIT: None, OTHER: 3}


def test_status_as_json(hoso) -> None:
    first, second = hoso("status", "--format", "json").data
    assert list(first) == ["checklist", "unit", "state", "done", "total", "errors", "warnings", "days_left", "items"]
    assert (first["checklist"], first["unit"], first["state"]) == (CHECKLIST, UNIT, "drafting")
    assert (first["done"], first["total"], first["errors"], first["warnings"]) == (118, 118, 0, 0)
    assert first["days_left"] is None
    assert first["items"][1] == {"id": "bao_cao", "done": 117, "total": 117, "errors": 0, "warnings": 0}
    assert (second["unit"], second["done"], second["state"]) == (OTHER, 0, "drafting")
    assert hoso("status", CHECKLIST, "--format", "json").data == [first, second]


def test_status_in_other_forms(hoso) -> None:
    rows = list(csv.DictReader(io.StringIO(hoso("status", "--format", "csv").out)))
    assert [row["bao_cao"] for row in rows] == ["117/117", "0/112"]
    assert "118/118" in hoso("status").out and "| " in hoso("status", "--format", "markdown").out


# ---- set


@pytest.mark.parametrize(
    ("arguments", "section", "name", "kept"),
    [
        (["dac_diem.so_tccs", "110"], "dac_diem", "so_tccs", "110"),
        (["dac_diem.so_dang_vien", "8341", "--before", "8197"], "dac_diem", "so_dang_vien",
         {"value": "8341", "before": "8197"}),
        (["dac_diem.chinh_quyen", "khong"], "dac_diem", "chinh_quyen", "khong"),
        (["dac_diem.so_tccs", "--absent", "nil"], "dac_diem", "so_tccs", {"absent": "nil"}),
        (["dac_diem.kho_khan", "Dòng một\nDòng hai"], "dac_diem", "kho_khan", "Dòng một\nDòng hai"),
        (["lanh_dao.asks.nghi_quyet", "here"], "lanh_dao", "asks", {"nghi_quyet": "here"}),
        (["lanh_dao.asks.nghi_quyet", "elsewhere:to_chuc"], "lanh_dao", "asks",
         {"nghi_quyet": {"elsewhere": "to_chuc"}}),
        (["lanh_dao.asks.nghi_quyet", "--absent", "not_applicable", "--because", "không có"], "lanh_dao", "asks",
         {"nghi_quyet": {"absent": "not_applicable", "because": "không có"}}),
    ],
)  # fmt: skip
def test_set_writes_one_answer(hoso, workspace_root: Path, arguments, section, name, kept) -> None:
    done = hoso("set", CHECKLIST, OTHER, "bao_cao", *arguments)
    assert (done.code, done.out) == (0, "")
    made = answers(workspace_root, OTHER)
    assert made[section] == {name: kept}
    assert len(made) == 22 and [one for one in made if made[one]] == [section]
    assert state(workspace_root, OTHER)["unit"] == OTHER
    assert not list((workspace_root / f"checklists/{CHECKLIST}/{OTHER}").glob(".*"))


def test_a_figure_that_is_said_to_be_none_keeps_that_of_the_period_before(hoso, workspace_root: Path) -> None:
    where = (CHECKLIST, OTHER, "bao_cao", "dac_diem.so_dang_vien")
    for given in (["8341", "--before", "8197"], ["--absent", "nil"]):
        assert hoso("set", *where, *given).code == 0
    assert answers(workspace_root, OTHER)["dac_diem"] == {"so_dang_vien": {"absent": "nil", "before": "8197"}}
    assert hoso("set", *where, "8300").code == 0
    assert answers(workspace_root, OTHER)["dac_diem"] == {"so_dang_vien": {"value": "8300", "before": "8197"}}
    assert hoso("set", *where, "--before", "8200").code == 0
    assert answers(workspace_root, OTHER)["dac_diem"] == {"so_dang_vien": {"value": "8300", "before": "8200"}}


def test_a_level_is_claimed_as_submit_says(hoso, tmp_path: Path, monkeypatch) -> None:
    root = review_case.make_case(tmp_path / "ws", "drafting")
    monkeypatch.chdir(root)
    told = hoso("submit", review_case.NAME, review_case.OTHER).out
    command = ["set", review_case.NAME, review_case.OTHER, "tu_cham", "level"]
    assert f"hoso {' '.join(command)} " in told and "level" in hoso("set", "--help").out
    near = hoso(*command, "toot")
    assert near.code == 1 and "“tot”" in near.err
    assert "“level”" in hoso(*command[:-1], "levl", "tot").err
    assert hoso(*command, "--absent", "nil").code == 2
    assert hoso(*command, "tot").code == 0
    assert (
        "claimed:\n  tu_cham: tot\n" in review_case.folder(root, review_case.OTHER).joinpath("dossier.yaml").read_text()
    )
    assert "level-not-claimed" not in hoso("submit", review_case.NAME, review_case.OTHER).out


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["bao_cao", "dac_diem.so_tccs", "8.341,5"], 1, "not-a-number"),
        (["bao_cao", "dac_diem.so_tccs", "1,000"], 1, "number-ambiguous"),
        (["bao_cao", "dac_diem.so_tccs", "-1"], 1, "number-too-low"),
        (["bao_cao", "dac_diem.so_tcss", "1"], 1, "dac_diem.so_tccs"),
        (["bao_cao", "lanh_dao.asks.nghi_quyt", "here"], 1, "lanh_dao.asks.nghi_quyet"),
        (["bao_cao", "lanh_dao.asks.nghi_quyet", "elsewhere:khong_co"], 1, "section-unknown"),
        (["bao_cao", "lanh_dao.van_ban_kem", "x"], 1, "file-answer"),
        (["bao_cao", "dac_diem.chinh_quyen", "maybe"], 1, "choice-unknown"),
        (["bao_cao", "dac_diem.kho_khan", "--absent", "not_applicable"], 1, "absent-without-reason"),
        (["baocao", "dac_diem.so_tccs", "1"], 1, "item-unknown"),
        (["cong_van", "dac_diem.so_tccs", "1"], 1, "field-unknown"),
        (["bao_cao", "dac_diem.so_tccs"], 2, "--absent"),
        (["bao_cao", "dac_diem.so_tccs", "1", "--absent", "nil"], 2, "--absent"),
        (["bao_cao", "dac_diem.so_tccs", "--absent", "never"], 2, "never"),
        (["bao_cao", "dac_diem.so_tccs", "1", "--because", "x"], 2, "--because"),
        (["bao_cao", "dac_diem.kho_khan", "x", "--before", "1"], 2, "--before"),
        (["bao_cao", "lanh_dao.asks.nghi_quyet", "here", "--before", "1"], 2, "--before"),
        (["bao_cao", "lanh_dao.asks.nghi_quyet", "elsewhere:to_chuc", "--because", "x"], 2, "--because"),
        (["dossier", "sets", "--absent", "nil"], 2, "--absent"),
        (["bao_cao"], 2, "MỤC.Ô"),
    ],
)
def test_set_refuses_and_writes_nothing(hoso, workspace_root: Path, arguments, code: int, word: str) -> None:
    done = hoso("set", CHECKLIST, OTHER, *arguments)
    assert done.code == code and word in done.err and done.out == ""
    assert not (workspace_root / f"checklists/{CHECKLIST}/{OTHER}/bao_cao.yaml").exists()


def test_a_finding_that_was_kept_is_told_whole_in_the_language_of_whoever_reads_it(
    hoso, workspace_root: Path, monkeypatch
) -> None:
    path = workspace_root / DOSSIER / "bao_cao.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("so_tccs: 109", "so_tcss: 109"), encoding="utf-8")
    assert "Có phải “so_tccs”?" in hoso("check").out
    monkeypatch.setenv("HOSO_LANGUAGE", "en")
    told = hoso("check").out
    assert "Did you mean “so_tccs”?" in told and "Có phải" not in told


def test_unknown_names_are_told_with_the_nearest(hoso) -> None:
    for arguments, word in (
        (["set", "tong-ket-tccs-2012", UNIT, "bao_cao", "a.b", "1"], CHECKLIST),
        (["submit", CHECKLIST, "thanh-uy-ha-tin"], OTHER),
        (["status", "tong-ket"], "checklist-unknown"),
    ):
        done = hoso(*arguments)
        assert done.code == 1 and word in done.err


def test_set_does_not_touch_a_file_that_cannot_be_read(hoso, workspace_root: Path) -> None:
    path = workspace_root / DOSSIER / "bao_cao.yaml"
    path.write_text("answers: [", encoding="utf-8")
    assert hoso("set", CHECKLIST, UNIT, "bao_cao", "dac_diem.so_tccs", "1").code == 1
    assert path.read_text(encoding="utf-8") == "answers: ["


def test_a_renamed_unit_goes_on_in_the_dossier_that_it_has(hoso, workspace_root: Path) -> None:
    units = workspace_root / "checklists/units.yaml"
    text = units.read_text(encoding="utf-8")
    assert f"  {UNIT}:\n" in text
    units.write_text(text.replace(f"  {UNIT}:\n", f"  ten-moi:\n    was: [{UNIT}]\n"), encoding="utf-8")
    for place, name in enumerate(("ten-moi", UNIT)):
        assert hoso("set", CHECKLIST, name, "bao_cao", "dac_diem.so_tccs", f"11{place}").code == 0
        assert answers(workspace_root)["dac_diem"]["so_tccs"] == f"11{place}"
    assert not (workspace_root / f"checklists/{CHECKLIST}/ten-moi").exists()
    listed = [one["unit"] for one in hoso("status", CHECKLIST, "--format", "json").data]
    assert listed.count(UNIT) == 1 and "ten-moi" not in listed


def test_copies_are_counted(hoso, workspace_root: Path) -> None:
    assert hoso("set", CHECKLIST, UNIT, "bao_cao", "copies.paper", "0").code == 0
    assert hoso("set", CHECKLIST, UNIT, "dossier", "sets", "0").code == 0
    assert state(workspace_root)["copies"] == {"bao_cao": {"pdf": "1"}}
    codes = [one["code"] for one in hoso("check", "--format", "json").data]
    assert codes == ["sets-missing", "copies-paper"]
    assert hoso("set", CHECKLIST, UNIT, "bao_cao", "copies.paper", "12").code == 0
    for arguments in (("bao_cao", "copies.paper", "x"), ("bao_cao", "copies.excel", "1"), ("dossier", "paper", "1")):
        assert hoso("set", CHECKLIST, UNIT, *arguments).code == 1, arguments


# ---- attach, submit, return, accept


def test_attach(hoso, workspace_root: Path, tmp_path: Path) -> None:
    path = tmp_path / "Số liệu.pdf"
    path.write_bytes(b"%PDF-1.7")
    assert hoso("attach", CHECKLIST, UNIT, "bang_so_lieu", str(path), str(path)).code == 0
    (kept,) = state(workspace_root)["attachments"]["bang_so_lieu"].values()
    assert kept["file"] == "bang_so_lieu/Số liệu.pdf" and kept["size"] == "8"
    assert len(state(workspace_root)["attachments"]["cong_van"]) == 1
    assert hoso("attach", CHECKLIST, UNIT, "bao_cao.lanh_dao.van_ban_kem", str(path)).code == 0
    assert "bao_cao.lanh_dao.van_ban_kem" in state(workspace_root)["attachments"]
    assert hoso("check").code == 0
    for arguments in (["bao_cao", str(path)], ["cong_van", str(tmp_path / "không có")], ["cong_van", str(tmp_path)],
                      ["bao_cao.lanh_dao.chu_truong", str(path)], ["la", str(path)]):  # fmt: skip
        assert hoso("attach", CHECKLIST, UNIT, *arguments).code == 1
    assert hoso("attach", CHECKLIST, UNIT, "cong_van").code == 2


def test_submit_return_submit_accept(hoso, workspace_root: Path) -> None:
    assert hoso("accept", CHECKLIST, UNIT).code == 1
    assert hoso("submit", CHECKLIST, UNIT).code == 0
    assert state(workspace_root)["state"] == "handed_in"
    assert (workspace_root / DOSSIER / "frozen/bao_cao.yaml").is_file()
    refused = hoso("set", CHECKLIST, UNIT, "bao_cao", "dac_diem.so_tccs", "1")
    assert refused.code == 1 and answers(workspace_root)["dac_diem"]["so_tccs"] == "109"
    assert hoso("submit", CHECKLIST, UNIT).code == 1
    assert hoso("return", CHECKLIST, UNIT, "--because", "Thiếu bảng số liệu").code == 0
    assert hoso("set", CHECKLIST, UNIT, "bao_cao", "dac_diem.so_tccs", "110").code == 0
    assert hoso("submit", CHECKLIST, UNIT).code == 0 and hoso("accept", CHECKLIST, UNIT).code == 0
    assert state(workspace_root)["state"] == "accepted"
    assert len(list((workspace_root / DOSSIER / "history").iterdir())) == 4
    assert hoso("status", "--format", "json").data[0]["state"] == "accepted"


def test_accepting_single_items_tells_what_was_accepted_and_what_is_left(hoso, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("HOSO_LANGUAGE", "en")
    monkeypatch.chdir(review_case.make_case(tmp_path / "ws"))
    at = (review_case.NAME, review_case.UNIT)
    refused = hoso("accept", *at, "cong_van", "--level", "tot")
    assert refused.code == 2 and "nothing here is rated" in refused.err
    assert hoso("accept", *at, "tu_cham", "tu_cham").err.splitlines() == [
        "tu_cham is accepted, with the level “Xuất sắc”.", "The dossier is handed in.",
        "Not decided yet: bao_cao, cong_van.",
    ]  # fmt: skip
    done = hoso("accept", *at, "bao_cao", "cong_van").err
    assert done.startswith("bao_cao is accepted.\ncong_van is accepted.\n") and "Every item is accepted" in done
    assert hoso("accept", *at).err == "The dossier is accepted.\n"
    assert hoso("rolled-up", *at).err == "The dossier is rolled up.\n"
    assert "while the dossier is rolled up" in hoso("return", *at, "bao_cao").err
    assert "The dossier is rolled up;" in hoso("set", *at, "bao_cao", "chung.dang_vien", "1").err


def test_returning_single_items_tells_which_are_open(hoso, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("HOSO_LANGUAGE", "en")
    monkeypatch.chdir(review_case.make_case(tmp_path / "ws"))
    done = hoso("return", review_case.NAME, review_case.UNIT, "bao_cao", "--because", "x").err
    assert done == ("Opened again for the unit: bao_cao. The other items stay handed in.\nThe dossier is returned.\n")


def test_submit_tells_what_stands_against_it(hoso, workspace_root: Path) -> None:
    done = hoso("submit", CHECKLIST, OTHER)
    assert done.code == 1 and len(done.out.splitlines()) == 113
    assert not (workspace_root / f"checklists/{CHECKLIST}/{OTHER}/dossier.yaml").exists()


@pytest.mark.parametrize("command", ["submit", "return", "accept"])
def test_a_dossier_that_cannot_be_read_is_not_moved(hoso, workspace_root: Path, command: str) -> None:
    path = workspace_root / DOSSIER / "dossier.yaml"
    path.write_text("state: handed_in\nunit: [", encoding="utf-8")
    assert hoso(command, CHECKLIST, UNIT).code == 1
    assert path.read_text(encoding="utf-8") == "state: handed_in\nunit: ["


# ---- schema


def fits(value: Any, wanted: dict[str, Any], root: dict[str, Any]) -> bool:
    """As much of JSON Schema as ours uses."""
    if "$ref" in wanted:
        return fits(value, root["$defs"][wanted["$ref"].rpartition("/")[2]], root)
    if "const" in wanted or "enum" in wanted:
        return value in wanted.get("enum", [wanted.get("const")])
    for several in ("anyOf", "oneOf"):
        if several in wanted:
            return any(fits(value, one, root) for one in wanted[several])
    names: dict[str, Any] = {
        "string": str, "integer": int, "boolean": bool, "number": (int, float), "array": list, "object": dict,
             "null": type(None)}  # fmt: skip
    kinds = wanted.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(isinstance(value, names[kind]) for kind in kinds):
        return False
    if isinstance(value, list):
        return all(fits(one, wanted.get("items", {}), root) for one in value)
    if isinstance(value, dict):
        known, other = wanted.get("properties", {}), wanted.get("additionalProperties", {})
        if set(wanted.get("required", [])) - value.keys() or (other is False and value.keys() - known.keys()):
            return False
        return all(fits(one, known.get(name, other or {}), root) for name, one in value.items())
    return True


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("outline", "outlines/bao-cao-tccs-dang-2021.yaml"),
        ("checklist", f"checklists/{CHECKLIST}.yaml"),
        ("units", "checklists/units.yaml"),
        ("lists", "outlines/lists.yaml"),
        ("dossier", f"{DOSSIER}/dossier.yaml"),
        ("answers", f"{DOSSIER}/bao_cao.yaml"),
    ],
)
def test_the_schema_fits_what_is_shipped(hoso, workspace_root: Path, kind: str, path: str) -> None:
    made = hoso("schema", kind).data
    assert made == schema(kind) and made["$schema"].startswith("https://json-schema.org/")
    # As an editor reads the file: numbers and booleans typed; days stay text there.
    text = (workspace_root / path).read_text(encoding="utf-8")
    data = json.loads(json.dumps(yaml.load(text, yaml.SafeLoader), default=str))
    assert fits(data, made, made)
    data["hoso_x"] = 1
    assert not fits(data, made, made)


# ---- the command as a whole


def test_languages(hoso, workspace_root: Path, monkeypatch) -> None:
    (workspace_root / f"checklists/{CHECKLIST}/la.txt").write_text("x", encoding="utf-8")
    assert "Chỗ này phải là thư mục" in hoso("check").out
    monkeypatch.setenv("HOSO_LANGUAGE", "en")
    assert "This should be the folder" in hoso("check").out
    assert "Unit" in hoso("status").out
    assert "There is no unit “la”" in hoso("submit", CHECKLIST, "la").err
    assert "The command was not used correctly" in hoso("nonsense").err


@pytest.mark.parametrize("line", ["language: en", 'language: "en"', "language: en  # tiếng Anh"])
def test_the_workspace_chooses_the_language(hoso, workspace_root: Path, line: str) -> None:
    (workspace_root / "hoso.yaml").write_text(f"hoso: 1\n{line}\n", encoding="utf-8")
    assert "There is no unit" in hoso("submit", CHECKLIST, "la").err


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_command_tells_what_it_does(hoso, monkeypatch, language: str) -> None:
    monkeypatch.setenv("HOSO_LANGUAGE", language)
    whole = hoso("--help")
    assert whole.code == 0
    for name in COMMANDS:
        assert name in whole.out
        if COMMANDS[name] != "publishing":
            assert hoso(name, "--help").code == 0


def test_misuse(hoso, monkeypatch, tmp_path: Path) -> None:
    assert hoso("nonsense").code == 2
    assert hoso("check", "--format", "xml").code == 2
    assert hoso("schema", "nothing").code == 2
    assert hoso().code == 2  # no terminal
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    for arguments in (["check"], ["status"], ["submit", "a", "b"]):
        done = hoso(*arguments)
        assert done.code == 2 and done.out == "" and "hoso new" in done.err
    assert hoso("--version").out == f"hoso {__version__}\n"


def test_new_and_demo(hoso, tmp_path: Path, monkeypatch) -> None:
    for command, folder in ((["new"], tmp_path / "mới"), (["demo", "--no-open"], tmp_path / "thử")):
        assert hoso(*command, str(folder)).code == 0
        assert all(found["waived"] for found in hoso("check", "--format", "json", str(folder)).data)
    assert not list((tmp_path / "thử").rglob("*.lock.json"))
    assert hoso("new", str(tmp_path / "mới")).code == 1
    assert hoso("demo", "--no-open", str(tmp_path / "thử")).code == 0
    (tmp_path / "đầy").mkdir()
    (tmp_path / "đầy" / "x").write_text("x", encoding="utf-8")
    assert hoso("demo", "--no-open", str(tmp_path / "đầy")).code == 1
    assert [path.name for path in (tmp_path / "đầy").iterdir()] == ["x"]
    monkeypatch.chdir(tmp_path / "thử")
    assert hoso("status", "tong-ket-tccs-2021", "--format", "json").data[0]["done"] == 107


def test_a_new_workspace_shows_the_way_to_a_first_checklist(hoso, tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "mới"
    for done in (hoso("new", str(folder)), (monkeypatch.chdir(folder), hoso("check"))[1], hoso("status")):
        assert done.code == 0 and "--example" in done.err and "checklists/example.yaml" in done.err
    made = hoso("new", ".", "--example")
    assert made.code == 0 and "checklists/units.yaml" in made.err
    found = hoso("check", "--format", "json").data
    assert [one for one in found if one["level"] == "error"] == []
    assert hoso("set", "example", "unit-a", "report", "general.members", "12").code == 0
    assert hoso("status", "example", "--format", "json").data[0]["done"] == 1
    text = (folder / "outlines/example.yaml").read_text(encoding="utf-8")
    (folder / "outlines/example.yaml").write_text(text + "# của mình\n", encoding="utf-8")
    assert "example.yaml" in hoso("new", ".", "--example").err
    assert (folder / "outlines/example.yaml").read_text(encoding="utf-8").endswith("# của mình\n")


def test_a_workspace_has_the_language_that_its_first_texts_are_written_in(hoso, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("HOSO_LANGUAGE", "en")
    english, vietnamese = tmp_path / "en", tmp_path / "vi"
    assert hoso("new", str(english), "--example").code == 0
    monkeypatch.setenv("HOSO_LANGUAGE", "vi")
    assert hoso("new", str(vietnamese)).code == 0
    monkeypatch.setenv("HOSO_LANGUAGE", "en")
    assert "was added" in hoso("new", str(vietnamese), "--example", "--ci", "github").err
    for folder, language, title, words in (
        (english, "en", "Report of the year", ""),
        (vietnamese, "vi", "Báo cáo năm", "kiểm tra đề cương"),
    ):
        assert f"language: {language}\n" in (folder / "hoso.yaml").read_text(encoding="utf-8")
        assert f"title: {title}\n" in (folder / "outlines/example.yaml").read_text(encoding="utf-8")
        assert not words or words in (folder / ".github/workflows/hoso.yml").read_text(encoding="utf-8")


def test_pages_speak_the_language_of_the_workspace_and_messages_that_of_the_reader(
    hoso, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("HOSO_LANGUAGE", "en")
    assert "pages are in" in hoso("render", str(tmp_path / "out")).err
    told = (tmp_path / f"out/danh-muc/{CHECKLIST}.md").read_text(encoding="utf-8")
    assert "Hạn nộp" in told and "Deadline" not in told


def test_a_dossier_that_nobody_began_is_called_so(hoso) -> None:
    lines = {line["Mã"]: line for line in csv.DictReader(io.StringIO(hoso("status", CHECKLIST, "--format", "csv").out))}
    assert lines[OTHER]["Trạng thái"] == "chưa bắt đầu" and lines[UNIT]["Trạng thái"] == "đang soạn"
    states = {one["unit"]: one["state"] for one in hoso("status", CHECKLIST, "--format", "json").data}
    assert states[OTHER] == "drafting"


def test_a_process_of_its_own(workspace_root: Path) -> None:
    """Exit code and UTF-8 on both streams, whatever the locale says."""
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PYTHONIOENCODING": "ascii",
           "HOSO_CACHE": str(workspace_root / ".c"), "SYSTEMROOT": "C:\\Windows"}  # fmt: skip
    command = [sys.executable, "-W", "error", "-m", "hoso", "submit", CHECKLIST, OTHER]
    done = subprocess.run(command, cwd=workspace_root, env=env, capture_output=True, check=False)
    assert done.returncode == 1
    assert "Văn bản gửi kèm báo cáo" in done.stdout.decode("utf-8") and "Traceback" not in done.stderr.decode("utf-8")
