"""Figures quoted in prose, and comparisons in words."""

from __future__ import annotations

from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoso import i18n
from hoso.comparing import change_told, moment, sentence, year_before
from hoso.publish import render_to
from hoso.references import filled, has_references
from hoso.workspace import Workspace
from tui.paper import Extent
from tui.places import Key, Place
from tui.previewing import read_out
from tui.quoting import quotables
from tui.session import Session

from .golden_cases import GOLDEN, build, read_case


@pytest.fixture(autouse=True)
def vietnamese() -> None:
    i18n.use("vi")


@pytest.fixture
def files() -> dict[str, str]:
    made: dict[str, str] = read_case(GOLDEN / "counting/references.yaml")["files"]
    return made


PRINTED = (
    "Có 8.341 đảng viên, tăng 144 (1,76%) so với năm 2020; 12 và 11 xã, 12.\n"
    "{{khong_phai}} {{ không phải }} {{Khong}} {x}"
)


def key(name: str, section: str = "a") -> Key:
    return Key("field", "bc", section, name)


def test_a_text_reads_with_the_figures_of_now(files: dict[str, str], tmp_path: Path) -> None:
    session = Session(Workspace(build(tmp_path, files)), "hs", "so-a")
    assert session.as_printed(key("chu")).strip() == PRINTED
    assert PRINTED.splitlines()[0] in "\n".join(read_out(session, Extent.ITEM, Place("bc"), 90))
    assert session.as_printed(key("dong")) == "…"
    session.type_into(key("dang_vien"), "8.197")
    assert "8.197 đảng viên, không thay đổi so với năm 2020" in session.as_printed(key("chu"))
    told = dict(session.quoted(key("loi", "b")))
    assert told["a.kin"] is not None and told["a.kin"].private and told["nowhere"] is None


def test_a_figure_that_is_given_settles_the_text_that_quotes_it(files: dict[str, str], tmp_path: Path) -> None:
    files["checklists/hs/so-a/bc.yaml"] = files["checklists/hs/so-a/bc.yaml"].replace("{{a.kin}}", "{{a.trong}}")
    session = Session(Workspace(build(tmp_path, files)), "hs", "so-a")
    loi = key("loi", "b")
    assert "reference-blank" in [one.code for one in session.faults_at(loi)]
    session.type_into(key("trong"), "3")
    assert "reference-blank" not in [one.code for one in session.faults_at(loi)]
    assert session.judged(Place("bc", "a")).findings == []
    assert session.close()


def test_a_score_sheet_has_no_points_before_it_is_begun(files: dict[str, str], tmp_path: Path) -> None:
    sheet = "{id: cham, type: scoring, groups: [{id: g, title: Nhóm, at_most: 5, criteria: [{id: c, title: Một, at_most: 5}]}]}"
    files["outlines/bc.yaml"] = files["outlines/bc.yaml"].replace("{id: dong,", f"{sheet}\n      - {{id: dong,")
    session = Session(Workspace(build(tmp_path, files)), "hs", "so-a")

    def offered() -> dict[str, str]:
        return {one.inserted: one.shown for one in quotables(session, key("chu"))}

    session.type_into(key("chu"), "Đạt {{cham.points}} điểm")
    assert "{{cham.points}}" not in offered() and session.as_printed(key("chu")) == "Đạt … điểm"
    session.put(key("cham"), {"g.c": "0"})
    assert offered()["{{cham.points}}"] == "0" and session.as_printed(key("chu")) == "Đạt 0 điểm"
    assert session.close()


def test_words_are_counted_as_printed(files: dict[str, str], tmp_path: Path) -> None:
    files["outlines/bc.yaml"] = files["outlines/bc.yaml"].replace(
        "{id: chu, type: text}", "{id: chu, type: text, words: {at_most: 6}}"
    )
    session = Session(Workspace(build(tmp_path, files)), "hs", "so-a")
    session.type_into(key("chu"), "{{dang_vien.change}}")  # tăng 144 (1,76%) so với năm 2020: seven words
    assert [one.params["count"] for one in session.faults_at(key("chu"))] == ["7"]
    session.type_into(key("chu"), "Có {{dang_vien}} đảng viên, {{dang_vien.before}} năm trước")
    assert [one.code for one in session.faults_at(key("chu"))] == ["text-too-long"]
    session.type_into(key("chu"), "Có {{dang_vien}} đảng viên")
    assert session.faults_at(key("chu")) == []
    assert session.close()


def test_a_problem_tells_the_line_and_the_nearest_name(files: dict[str, str], tmp_path: Path) -> None:
    workspace = Workspace(build(tmp_path, files))
    found = [one for one in workspace.verdict(workspace.open("hs", "so-a")).problems if one.code == "reference-unknown"]
    assert "2" in found[0].message and "a.dang_vien" in found[0].message.replace("a.dang_vienn", "")


@pytest.mark.parametrize("bare", [True, False])
def test_the_site_prints_numbers_and_no_private_ones(files: dict[str, str], tmp_path: Path, bare: bool) -> None:
    files["checklists/hs.yaml"] += "publish: all\n"
    for name in ("bc", "so"):
        files[f"outlines/{name}.yaml"] += "publish: all\n" if name == "bc" or not bare else "publish: state\n"
    own = "checklists/hs/so-a/dossier.yaml"
    files[own] = files[own].replace("drafting", "handed_in")
    render_to(Workspace(build(tmp_path, files)), tmp_path / "out")
    body = unescape((tmp_path / "out/ho-so/hs/so-a.md").read_text(encoding="utf-8"))
    assert "Có 8.341 đảng viên, tăng 144 (1,76%) so với năm 2020; 12 và " in body
    assert ("{{so.s.xa}} xã" if bare else "12 và 11 xã") in body  # an item that is not published stays out
    assert (
        "{{khong_phai}} {{ không phải }}" in body and "\\" not in body.partition("Có 8.341")[2].partition("</div>")[0]
    )
    assert "{{a.dang_vienn}} … " in body  # the private figure is left out


@given(st.text(alphabet="{}\\ab._ đ{\n"))
def test_what_looks_like_a_reference_and_is_none_stays(text: str) -> None:
    class Nothing:
        class outline:  # noqa: N801
            nodes: dict[str, object] = {}

        peer = None

    class Node:
        fields: dict[str, object] = {}

    assert filled(text, Nothing, Node, markdown=True) == text  # type: ignore[arg-type]
    assert filled(text, Nothing, Node) == text.replace("\\{{", "{{")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "holds"),
    [("{{a}}", True), ("{{ a.b }}", True), ("\\{{a}}", False), ("{{a b}}", False), ("{a}", False), (None, False)],
)
def test_what_is_a_reference(text: object, holds: bool) -> None:
    assert has_references(text) is holds


@pytest.mark.parametrize(
    ("now", "before", "measure", "period", "told"),
    [
        ("8341", "8197", "đảng viên", "2020", "tăng 144 đảng viên (1,76%) so với năm 2020"),
        ("8197", "8341", "đảng viên", "2020", "giảm 144 đảng viên (1,73%) so với năm 2020"),
        ("5", "5", "xã", "2020", "không thay đổi so với năm 2020"),
        ("5", "0", "xã", "2020", "tăng 5 xã so với năm 2020"),
        ("0", "5", "xã", "2020", "giảm 5 xã (100%) so với năm 2020"),
        ("95.5", "94", "%", "2020", "tăng 1,5 điểm phần trăm so với năm 2020"),
        ("94", "95.25", "%", "2020-Q4", "giảm 1,25 điểm phần trăm so với quý IV/2020"),
        ("0", "0", "", "", "không thay đổi so với kỳ trước"),
        ("3", "2", "", "2020-03", "tăng 1 (50%) so với tháng 3/2020"),
        ("-1", "-2", "tỷ đồng", "2015/2020", "tăng 1 tỷ đồng (50%) so với giai đoạn 2015–2020"),
    ],
)
def test_a_change_in_words(now: str, before: str, measure: str, period: str, told: str) -> None:
    assert change_told(Decimal(now), Decimal(before), measure, period) == told


def test_a_whole_sentence() -> None:
    told = sentence("Tổng số đảng viên", Decimal(8341), Decimal(8197), "đảng viên", "2020")
    assert told == "Tổng số đảng viên: 8.341 đảng viên, tăng 144 đảng viên (1,76%) so với năm 2020."
    told = sentence("Tỷ lệ", Decimal("95.5"), Decimal(94), "%", "2020")
    assert told == "Tỷ lệ: 95,5%, tăng 1,5 điểm phần trăm so với năm 2020."


def test_periods() -> None:
    assert moment("2020-01/2020-11") == "tháng 1/2020 đến tháng 11/2020"
    assert [year_before(one) for one in ("2021", "2021-Q4", "2010/2020", "")] == ["2020", "2020-Q4", "", ""]
