"""What the superior writes of a dossier that was handed in, how it is kept, merged, judged and decided."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoso import yamlio
from hoso.appraisals import Appraisal, Remark, is_moment, moment
from hoso.cli import build
from hoso.cli.schema import schema
from hoso.clock import clock_of
from hoso.desk import Desk
from hoso.dossiers import Dossier
from hoso.problems import Level, Refused
from hoso.store import AppraisalFile, read_events, save_dossier
from hoso.store.appraising import read_appraisal
from hoso.text import tidy
from tests.review_case import (
    ANSWERS,
    CHECKLIST,
    NAME,
    OTHER,
    REPORT,
    SHEET,
    UNIT,
    desk_of,
    folder,
    make_case,
    open_case,
    write,
)

NOW = datetime.fromisoformat("2021-12-03T08:15:00+07:00")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_case(tmp_path / "ws")


def remark(desk: Desk, part: str, name: str, section: str = "", field: str = "", text: str = "Cần sửa") -> None:
    file = desk.file(part)
    with file.guard:
        file.appraisal.put_remark(Remark(name, section, field, moment(NOW), "phong_tong_hop", text))


def points(desk: Desk, **given: str) -> None:
    made = desk.outline("tu_cham").nodes["cham"].fields["diem"]  # type: ignore[union-attr]
    for name, value in given.items():
        desk.file("tu_cham").appraisal.put_points("cham", made, f"viec.{name}", value)  # type: ignore[arg-type]


def told(root: Path, unit: str = UNIT) -> list[tuple[str, str, str]]:
    workspace = open_case(root)
    return [(one.code, one.key, str(one.level)) for one in workspace.verdict(workspace.open(NAME, unit)).problems]


GOLDEN = """\
hoso: 1
verdict:
because:
level: tot
scores:
  cham:
    diem:
      viec.chinh: 50
      viec.phu: 38
remarks:
  cham:
    r4k2m:
      field: diem
      at: 2021-12-03T0815+0700
      by: phong_tong_hop
      text: |-
        Điểm việc chính: chưa có minh chứng
        # không phải chú thích
overall:
  r7x7x:
    at: 2021-12-03T0815+0700
    by: phong_tong_hop
    text: Gửi lại bản có dấu
"""


def test_the_file_as_it_is_written(root: Path) -> None:
    desk = desk_of(root)
    points(desk, phu="38", chinh="50")
    remark(desk, "tu_cham", "r4k2m", "cham", "diem", "Điểm việc chính: chưa có minh chứng\n# không phải chú thích")
    remark(desk, "tu_cham", "r7x7x", text="Gửi lại bản có dấu")
    desk.file("tu_cham").appraisal.level = "tot"
    desk.save()
    assert (folder(root) / "tu_cham.appraisal.yaml").read_text(encoding="utf-8") == GOLDEN
    again = desk_of(root)
    assert [one.address for one in again.appraisal("tu_cham").all_remarks()] == ["", "cham.diem"]
    assert again.dossier.problems == [] and not again.file("tu_cham").is_changed()


def test_a_new_file_is_born_with_every_section(root: Path) -> None:
    desk = desk_of(root)
    remark(desk, "bao_cao", "r2222", "rieng")
    desk.save()
    assert (folder(root) / "bao_cao.appraisal.yaml").read_text(encoding="utf-8").splitlines()[4:8] == [
        "scores:", "remarks:", "  chung:", "  rieng:",
    ]  # fmt: skip


def test_moments_stand_on_one_line() -> None:
    assert moment(NOW) == "2021-12-03T0815+0700" and is_moment(moment(NOW))
    assert not any(map(is_moment, ("hôm qua", "", None, {}, "2021-13-01")))


def test_taking_points_and_remarks_back_leaves_the_keys(root: Path) -> None:
    desk = desk_of(root)
    points(desk, chinh="50")
    remark(desk, "tu_cham", "r4k2m", "cham")
    desk.save()
    appraisal = desk.file("tu_cham").appraisal
    points(desk, chinh=None)  # type: ignore[arg-type]
    appraisal.withdraw(next(appraisal.all_remarks()))
    desk.save()
    assert desk_of(root).appraisal("tu_cham").as_data() == appraisal.as_data()
    assert appraisal.scores == {"cham": {"diem": None}} and appraisal.remarks == {"cham": None}


@given(st.text(min_size=1).filter(lambda text: tidy(text).strip()), st.text())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_come_back_as_they_were_written(tmp_path: Path, text: str, because: str) -> None:
    made = Appraisal("returned", tidy(because), "tot", remarks={"chung": None})
    made.put_remark(Remark("r2222", "chung", "ket_qua", moment(NOW), "phong_tong_hop", tidy(text)))
    AppraisalFile(tmp_path, "bao_cao", made, None).save(NOW)
    dossier = Dossier("hs", "x")
    read_appraisal(dossier, str(tmp_path), "bao_cao")
    assert dossier.problems == [] and dossier.appraisals["bao_cao"].as_data() == made.as_data()
    (tmp_path / "bao_cao.appraisal.yaml").unlink()


# ---- spoiled files ------------------------------------------------------------------------------------------


SPOILED = [
    ("verdict: maybe\n", "not-one-of@2:10"),
    ("verdict: [a]\n", "not-text@2:10"),
    ("levle: tot\n", "key-unknown@2:1"),
    ("level: rat_tot\n", "level-unknown@2:8"),
    ("scores: [1]\n", "not-a-mapping@2:9"),
    ("scores:\n  cham: 3\n", "not-a-mapping@3:9"),
    ("scores:\n  cham:\n    diem: 3\n", "not-a-mapping@4:11"),
    ("scores:\n  cham:\n    diem:\n      viec.chinh: 61\n", "number-too-high@5:19"),
    ("scores:\n  cham:\n    diem:\n      viec.chinh: [1]\n", "answer-shape@5:19"),
    ("scores:\n  cham:\n    diem:\n      viec.chinh: {absent: nil}\n", "answer-shape@5:19"),
    ("scores:\n  cham:\n    diem:\n      viec.la: 3\n", "criterion-unknown@5:7"),
    ("scores:\n  cham:\n    ky_luat:\n      a: 3\n", "remark-misplaced@4:5"),
    ("scores:\n  la:\n    diem:\n      a: 3\n", "remark-misplaced@4:5"),
    ("remarks:\n  la:\n    r2222:\n      text: x\n", "remark-misplaced@3:3"),
    ("remarks:\n  cham:\n    r2222:\n      field: la\n      text: x\n", "remark-misplaced@5:7"),
    ("remarks:\n  cham:\n    r2222:\n      at: mai\n      text: x\n", "not-a-moment@5:11"),
    ("remarks:\n  cham:\n    r2222:\n      by: ai_do\n      text: x\n", "recipient-unknown@5:11"),
    ("remarks:\n  cham:\n    r2222:\n      by: phong_tong_hop\n", "key-missing@5:7"),
    ("remarks:\n  cham:\n    r2222: x\n", "not-a-mapping@4:12"),
    ("remarks:\n  cham:\n    r2222:\n      text: [x]\n", "not-text@5:13"),
    ("remarks:\n  cham:\n    r2222:\n      text: x\n      who: y\n", "key-unknown@6:7"),
    ("overall: x\n", "not-a-mapping@2:10"),
    ("overall:\n  r2222:\n    field: diem\n    text: x\n", "remark-misplaced@4:5"),
]


@pytest.mark.parametrize(("body", "expected"), SPOILED)
def test_every_fault_is_told_with_its_place(root: Path, body: str, expected: str) -> None:
    write(folder(root) / "tu_cham.appraisal.yaml", f"hoso: 1\n{body}")
    workspace = open_case(root)
    found = workspace.verdict(workspace.open(NAME, UNIT)).problems
    assert [f"{one.code}@{one.line}:{one.column}" for one in found] == [expected]
    assert found[0].path.endswith("/tu_cham.appraisal.yaml") and found[0].message and found[0].remedy


@pytest.mark.parametrize(
    "content", ["", "hoso: 2\n", "<<<<<<< a\nhoso: 1\n=======\n>>>>>>> b\n", "verdict: [", "- a\n", "\x07"]
)
def test_a_file_that_cannot_be_read_is_told_and_never_written_over(root: Path, content: str) -> None:
    path = folder(root) / "tu_cham.appraisal.yaml"
    write(path, content)
    desk = desk_of(root)
    assert {one.path for one in desk.dossier.problems} == {f"checklists/{NAME}/{UNIT}/tu_cham.appraisal.yaml"}
    with pytest.raises(Refused):
        remark(desk, "tu_cham", "r2222", "cham")
    remark(desk, "bao_cao", "r2222", "chung")
    desk.save()
    assert path.read_text(encoding="utf-8") == content
    assert any(level == "error" for _, _, level in told(root))


def test_a_file_for_no_item_is_told(root: Path) -> None:
    write(folder(root) / "la.appraisal.yaml", "hoso: 1\n")
    assert told(root) == [("answers-file-unknown", "la", "warning")]


def test_the_schema_takes_what_is_written() -> None:
    from tests.test_cli import fits

    document, problems = yamlio.parse(GOLDEN.encode(), "x")
    assert document is not None and problems == []
    made = schema("appraisal")
    assert fits(document.data, made, made)
    assert not fits(document.data | {"verdict": "maybe"}, made, made)
    assert not fits(document.data | {"remark": None}, made, made)


# ---- two people at once -------------------------------------------------------------------------------------


def test_two_reviewers_at_once_lose_nothing(root: Path) -> None:
    one, other = desk_of(root), desk_of(root)
    remark(one, "bao_cao", "r2222", "chung", text="của một")
    one.save()
    remark(other, "bao_cao", "r3333", "rieng", text="của hai")
    assert other.save()
    kept = [(remark.id, remark.text) for remark in desk_of(root).appraisal("bao_cao").all_remarks()]
    assert kept == [("r2222", "của một"), ("r3333", "của hai")]


def test_where_both_changed_one_thing_theirs_is_kept_beside(root: Path) -> None:
    one, other = desk_of(root), desk_of(root)
    points(one, chinh="50")
    one.save()
    points(other, chinh="40")
    other.save()
    assert desk_of(root).appraisal("tu_cham").points("cham", "diem") == {"viec.chinh": "40"}
    [kept] = (folder(root) / "conflicts").iterdir()
    assert "viec.chinh: 50" in kept.read_text(encoding="utf-8") and kept.name.endswith("-tu_cham.appraisal.yaml")


def test_a_file_spoiled_meanwhile_is_kept_beside(root: Path) -> None:
    desk = desk_of(root)
    remark(desk, "bao_cao", "r2222", "chung")
    desk.save()
    write(folder(root) / "bao_cao.appraisal.yaml", "hoso: 1\nverdict: [\n")
    remark(desk, "bao_cao", "r3333", "rieng")
    desk.save()
    assert desk_of(root).appraisal("bao_cao").ids == {"r2222", "r3333"}
    [kept] = (folder(root) / "conflicts").iterdir()
    assert kept.read_text(encoding="utf-8") == "hoso: 1\nverdict: [\n"


def git(folder: Path, *arguments: str) -> str:
    run = ["git", "-c", "user.name=x", "-c", "user.email=x", "-c", "commit.gpgsign=false", *arguments]
    return subprocess.run(run, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def clone(root: Path, tmp_path: Path) -> Path:
    """A workspace under Git with a dossier that came back with two remarks, and a clone of it."""
    desk = desk_of(root)
    remark(desk, "bao_cao", "r2222", "chung", "ket_qua")
    remark(desk, "bao_cao", "r3333", "chung", "dang_vien")
    remark(desk, "bao_cao", "r4444", "rieng", "han_che")
    desk.give_back("Còn thiếu", ["bao_cao"])
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    return Path(copytree(root, tmp_path / "clone"))


def merged(root: Path, clone: Path) -> str:
    """Takes what the clone did into the root, as plain Git does."""
    for place in (root, clone):
        git(place, "add", "-A")
        git(place, "commit", "-q", "-m", "x")
    git(root, "fetch", "-q", str(clone), "main")
    return git(root, "merge", "-q", "--no-edit", "FETCH_HEAD")


def tick(root: Path, *names: str) -> None:
    workspace = open_case(root)
    dossier = workspace.open(NAME, UNIT)
    for name in names:
        dossier.settled["bao_cao"][name] = {"done": "2021-12-04"}
    save_dossier(root, dossier)


def test_git_merges_ticks_of_two_people_and_a_remark_meanwhile(root: Path, clone: Path) -> None:
    tick(root, "r2222")
    tick(clone, "r3333")
    desk = desk_of(clone)
    remark(desk, "tu_cham", "r5555", "cham", text="thêm")
    desk.save()
    merged(root, clone)
    desk = desk_of(root)
    assert desk.dossier.problems == []
    settled = [one.id for one in desk.appraisal("bao_cao").all_remarks() if desk.dossier.is_settled("bao_cao", one.id)]
    assert settled == ["r2222", "r3333"]
    assert desk.appraisal("tu_cham").ids == {"r5555"}


def test_git_merges_the_unit_s_answers_and_the_superior_s_remarks(root: Path, clone: Path) -> None:
    write(folder(root) / "bao_cao.yaml", ANSWERS.replace("Đã làm xong", "Đã làm xong hết"))
    tick(root, "r2222")
    desk = desk_of(clone)
    remark(desk, "bao_cao", "r5555", "rieng", text="thêm")
    desk.save()
    merged(root, clone)
    desk = desk_of(root)
    assert desk.dossier.problems == [] and desk.dossier.is_settled("bao_cao", "r2222")
    assert desk.appraisal("bao_cao").ids == {"r2222", "r3333", "r4444", "r5555"}
    assert desk.dossier.sheets["bao_cao"].answer("chung", "ket_qua").value == "Đã làm xong hết"


def test_git_merges_two_reviewers_of_two_sections(root: Path, clone: Path) -> None:
    for place, section, name in ((root, "chung", "r6666"), (clone, "rieng", "r7777")):
        desk = desk_of(place)
        remark(desk, "bao_cao", name, section)
        desk.save()
    merged(root, clone)
    assert desk_of(root).appraisal("bao_cao").ids == {"r2222", "r3333", "r4444", "r6666", "r7777"}


# ---- deciding -----------------------------------------------------------------------------------------------


def test_returning_one_item_opens_it_alone(root: Path) -> None:
    desk = desk_of(root)
    remark(desk, "bao_cao", "r2222", "chung", "ket_qua", "Nêu số liệu")
    desk.give_back("Thiếu số liệu", ["bao_cao"])
    dossier = open_case(root).open(NAME, UNIT)
    assert dossier.state == "returned" and dossier.returned.items == ("bao_cao",)
    assert [part for part in ("bao_cao", "tu_cham", "cong_van") if dossier.opens(part)] == ["bao_cao"]
    assert dossier.appraisals["bao_cao"].verdict == "returned"
    assert dossier.settled == {"bao_cao": {"r2222": {"done": None}}}
    assert told(root) == [
        ("item-returned", "bao_cao", "warning"),
        ("remark-open", "bao_cao.chung.ket_qua", "warning"),
    ]
    workspace = open_case(root)
    words = [one.message for one in workspace.verdict(dossier).problems]
    assert "Thiếu số liệu" in words[0] and "Nêu số liệu" in words[1]
    [event] = read_events(root, dossier)
    assert (event["event"], event["because"], event["items"]) == ("returned", "Thiếu số liệu", ["bao_cao"])


def test_returning_the_whole_tells_why(root: Path) -> None:
    desk_of(root).give_back("Thiếu chữ ký")
    assert told(root) == [("dossier-returned", "", "warning")]
    dossier = open_case(root).open(NAME, UNIT)
    assert all(map(dossier.opens, ("bao_cao", "tu_cham")))


def test_a_remark_is_told_once_it_is_open_to_the_unit_until_it_is_settled(root: Path) -> None:
    desk = desk_of(root)
    remark(desk, "bao_cao", "r2222", "chung")
    desk.save()
    assert told(root) == []
    desk.give_back("", ["bao_cao"])
    assert ("remark-open", "bao_cao.chung", "warning") in told(root)
    workspace = open_case(root)
    dossier = workspace.open(NAME, UNIT)
    against = [one.code for one in workspace.verdict(dossier, handing_in=True).problems if one.level is Level.ERROR]
    assert against == ["remark-open"]
    tick(root, "r2222")
    assert [code for code, _, _ in told(root)] == ["item-returned"]


def test_items_of_an_earlier_return_stay_closed_in_the_next(root: Path) -> None:
    desk = desk_of(root)
    desk.give_back("một", ["bao_cao"])
    dossier = desk.dossier
    dossier.state = "handed_in"
    save_dossier(root, dossier)
    desk = desk_of(root)
    desk.give_back("hai", ["tu_cham"])
    assert {part: one.verdict for part, one in desk.dossier.appraisals.items()} == {
        "bao_cao": "",
        "tu_cham": "returned",
    }
    assert desk.dossier.opens("tu_cham") and not desk.dossier.opens("bao_cao")


def test_what_stays_handed_in_keeps_its_wording(root: Path) -> None:
    from hoso.store.moving import hand_in

    workspace = open_case(root)
    dossier = workspace.open(NAME, UNIT)
    dossier.state = "drafting"
    hand_in(root, dossier, workspace.definitions, NOW)
    write(root / "outlines/bc.yaml", REPORT.replace("Tình hình chung", "Mới"))
    write(root / "outlines/bang.yaml", SHEET.replace("Tự chấm", "Mới"))
    lists = (root / "outlines/lists.yaml").read_text(encoding="utf-8")
    write(root / "outlines/lists.yaml", lists.replace("label: Tốt", "label: Khá"))
    desk_of(root).give_back("", ["bao_cao"])
    workspace = open_case(root)
    dossier = workspace.open(NAME, UNIT)
    assert set(dossier.wording) == {"tu_cham"} and dossier.wording["tu_cham"].nodes["cham"].title == "Tự chấm"
    hand_in(root, dossier, workspace.definitions, NOW)
    dossier = open_case(root).open(NAME, UNIT)
    assert dossier.state == "handed_in" and dossier.returned.items == ()
    assert set(dossier.wording) == {"tu_cham"} and set(dossier.frozen) == {
        "bao_cao",
        "tu_cham",
        "lists",
        "bao_cao.lists",
    }
    made: Any = dossier.wording["tu_cham"].nodes["cham"].fields["diem"]
    assert made.level_labels["tot"] == "Tốt"


def test_only_what_was_handed_in_is_decided(root: Path) -> None:
    desk = desk_of(root)
    for parts in (["la"], ["bao_cao", "la"]):
        with pytest.raises(Refused):
            desk.give_back("x", parts)
    desk.accept()
    with pytest.raises(Refused):
        desk.accept()
    desk.give_back("Nhầm")
    with pytest.raises(Refused):
        desk.give_back("x")
    with pytest.raises(Refused):
        desk_of(root, OTHER).accept()
    assert not folder(root, OTHER).exists()


# ---- the three levels ---------------------------------------------------------------------------------------


def levels(root: Path, unit: str = UNIT) -> tuple[str | None, str | None, str | None]:
    desk = desk_of(root, unit)
    made = desk.workspace.levels(desk.dossier, desk.asked["tu_cham"], desk.unit)
    assert made is not None
    return made.own, made.claimed, made.final


def test_own_claimed_and_final_level_are_three_things(root: Path) -> None:
    assert levels(root) == ("xuat_sac", "xuat_sac", None)
    desk = desk_of(root)
    points(desk, chinh="40")  # with 38 of their own for the rest: 78
    desk.save()
    assert levels(root) == ("xuat_sac", "xuat_sac", "tot")
    desk.judge_item("tu_cham", "", level="hoan_thanh")
    desk.save()
    assert levels(root) == ("xuat_sac", "xuat_sac", "hoan_thanh")


def test_a_criterion_without_points_appraises_nothing(root: Path) -> None:
    write(folder(root) / "tu_cham.appraisal.yaml", "hoso: 1\nscores:\n  cham:\n    diem:\n      viec.chinh:\n")
    assert levels(root) == ("xuat_sac", "xuat_sac", None) and told(root) == []


def test_a_cap_holds_for_appraised_points_too(root: Path) -> None:
    path = folder(root) / "tu_cham.yaml"
    write(path, path.read_text(encoding="utf-8").replace("ky_luat: khong", "ky_luat: co"))
    desk = desk_of(root)
    points(desk, chinh="60")
    desk.save()
    assert levels(root) == ("hoan_thanh", "xuat_sac", "hoan_thanh")


def test_accepting_writes_the_final_level(root: Path) -> None:
    path = folder(root) / "tu_cham.yaml"
    write(path, path.read_text(encoding="utf-8").replace("tu_nhan: xuat_sac", "tu_nhan: tot"))
    desk_of(root).accept()
    assert levels(root) == ("xuat_sac", "tot", "tot")
    desk = desk_of(root)
    assert desk.appraisal("tu_cham").verdict == "accepted" and desk.dossier.state == "accepted"
    assert not (folder(root) / "bao_cao.appraisal.yaml").exists()


def attached(root: Path, level: str | None) -> None:
    claimed = f"claimed:\n  tu_cham: {level}\n" if level else ""
    head = f"hoso: 1\nunit: {OTHER}\nstate: handed_in\nattachments:\n{claimed}"
    write(folder(root, OTHER) / "dossier.yaml", head)


def test_a_level_claimed_beside_an_attached_sheet_counts(root: Path) -> None:
    attached(root, "tot")
    assert levels(root, OTHER) == (None, "tot", None)
    [quota] = open_case(root).quotas(NAME)
    assert (quota.count, quota.base, quota.claims) == (1, 1, (UNIT, OTHER))
    desk = desk_of(root, OTHER)
    desk.accept(["tu_cham"], "hoan_thanh")
    assert levels(root, OTHER) == (None, "tot", "hoan_thanh") and desk.dossier.state == "handed_in"
    [quota] = open_case(root).quotas(NAME)
    assert (quota.count, quota.base, quota.claims) == (1, 0, (UNIT,))


def test_a_claim_is_one_thing_to_be_done(root: Path) -> None:
    attached(root, None)
    workspace = open_case(root)
    part = workspace.verdict(workspace.open(NAME, OTHER)).parts["tu_cham"]
    assert (part.done, part.total) == (0, 2)
    assert [one.code for one in part.problems] == ["attachment-missing", "level-not-claimed"]
    attached(root, "rat_tot")
    assert ("level-unknown", "tu_cham", "error") in told(root, OTHER)
    attached(root, "tot")
    workspace = open_case(root)
    part = workspace.verdict(workspace.open(NAME, OTHER)).parts["tu_cham"]
    assert (part.done, part.total) == (1, 2)


def test_a_claim_where_none_is_asked_is_told(root: Path) -> None:
    path = folder(root) / "dossier.yaml"
    write(path, path.read_text(encoding="utf-8") + "claimed:\n  bao_cao: tot\n")
    assert told(root) == [("answer-given-otherwise", "bao_cao", "warning")]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("levels: muc, because", "levels: la, because", "list-unknown"),
        ("outline: bang}", "outline: bang, levels: muc}", "levels-misplaced"),
        ("outline: bc}", "outline: bc, levels: muc}", "levels-misplaced"),
        ("of: tu_cham.final_level", "of: tu_cham.own_level", "not-one-of"),
        ("of: tu_cham.final_level", "of: bao_cao.final_level", "item-without-levels"),
        ("part: [xuat_sac]", "part: [xuatsac]", "level-unknown"),
        ("base: [tot]", "base: [xuat_sac, tott]", "level-unknown"),
    ],
)
def test_what_levels_are_about_is_found_when_the_file_is_read(root: Path, before: str, after: str, code: str) -> None:
    write(root / f"checklists/{NAME}.yaml", CHECKLIST.replace(before, after))
    [found] = open_case(root).definition_problems
    assert found.code == code and found.line


# ---- the commands -------------------------------------------------------------------------------------------


def hoso(root: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(build(), [*arguments], standalone_mode=False)
    if isinstance(done.exception, Refused):
        return 1, done.exception.problem.code
    assert done.exception is None, done.exception
    return int(done.return_value or 0), done.stdout


def test_the_commands(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    monkeypatch.setenv("HOSO_TODAY", "2021-12-01")
    attached(root, "tot")
    assert hoso(root, "receive", NAME, UNIT) == (0, "")
    assert hoso(root, "receive", NAME, UNIT) == (1, "move-impossible")
    assert hoso(root, "return", NAME, UNIT, "la") == (1, "item-unknown")
    assert hoso(root, "return", NAME, UNIT, "tu_cham", "--because", "Thiếu minh chứng")[0] == 0
    code, text = hoso(root, "check", "--format", "json", "--level", "warning")
    assert code == 0 and [(one["code"], one["key"]) for one in json.loads(text)] == [
        ("item-returned", "tu_cham"), ("quota-exceeded", "q"),
    ]  # fmt: skip
    assert "Thiếu minh chứng" in text and f"{UNIT}, {OTHER}" in text
    [one, _] = json.loads(hoso(root, "status", NAME, "--format", "json")[1])
    assert set(one) == {"checklist", "unit", "state", "done", "total", "errors", "warnings", "days_left", "items"}
    assert (one["state"], one["warnings"]) == ("returned", 1)
    assert hoso(root, "set", NAME, UNIT, "bao_cao", "chung.ket_qua", "x") == (1, "item-closed")
    assert hoso(root, "set", NAME, UNIT, "tu_cham", "cham.tu_nhan", "tot")[0] == 0
    assert hoso(root, "submit", NAME, UNIT)[0] == 0
    assert hoso(root, "accept", NAME, UNIT, "tu_cham", "--level", "la") == (1, "level-unknown")
    assert hoso(root, "accept", NAME, UNIT, "tu_cham", "--level", "hoan_thanh")[0] == 0
    assert hoso(root, "rolled-up", NAME, UNIT) == (1, "move-impossible")
    assert hoso(root, "accept", NAME, UNIT)[0] == 0 and hoso(root, "rolled-up", NAME, UNIT)[0] == 0
    dossier = open_case(root).open(NAME, UNIT)
    assert {event["event"] for event in read_events(root, dossier)} == {
        "received", "returned", "handed_in", "accepted", "rolled_up",
    }  # fmt: skip
    assert levels(root) == ("xuat_sac", "tot", "hoan_thanh")


def test_a_claim_is_set_from_scripts(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    assert hoso(root, "set", NAME, OTHER, "tu_cham", "level", "rat_tot") == (1, "level-unknown")
    assert hoso(root, "set", NAME, OTHER, "tu_cham", "level", "tot")[0] == 0
    assert open_case(root).open(NAME, OTHER).claimed == {"tu_cham": "tot"}
    assert hoso(root, "set", NAME, OTHER, "cong_van", "level", "tot") == (1, "field-unknown")
    assert hoso(root, "set", NAME, UNIT, "bao_cao", "level", "tot") == (1, "field-unknown")


def test_a_clock_with_a_zone_writes_the_zone() -> None:
    assert moment(clock_of().now()).endswith("+0700")


# ---- the site -----------------------------------------------------------------------------------------------


def test_what_passes_between_the_superior_and_the_unit_is_not_published(root: Path) -> None:
    from hoso.render.dossiers import DossierWriter

    for name, text in (
        ("outlines/bc.yaml", REPORT),
        ("outlines/bang.yaml", SHEET),
        (f"checklists/{NAME}.yaml", CHECKLIST),
    ):
        publish = "publish: {dossiers: all, from: drafting}"
        write(root / name, text.replace("hoso: 1\n", f"hoso: 1\n{publish}\n", 1))
    desk = desk_of(root)
    remark(desk, "bao_cao", "r2222", "chung", "ket_qua", "BÍ MẬT một")
    points(desk, chinh="31.5")
    desk.judge_item("tu_cham", "returned", "BÍ MẬT hai", "hoan_thanh")
    desk.give_back("BÍ MẬT ba", ["bao_cao", "tu_cham"])
    workspace = open_case(root)
    dossier = workspace.open(NAME, UNIT)
    verdict = workspace.verdict(dossier)
    assert sum("BÍ MẬT" in one.message for one in verdict.problems) == 3
    page = DossierWriter(workspace.definitions, NAME).page(dossier, verdict)
    assert page is not None and "Đã làm xong" in page.body
    assert "BÍ MẬT" not in page.body and "31,5" not in page.body
    assert all("BÍ MẬT" not in said.text for said in page.said)
