"""What readers are told: rules in words, boards that sort and filter, history and documents of a dossier."""

import gettext
import html
import re
import shutil
from pathlib import Path

import pytest

from hoso import i18n, publish
from hoso.definitions import Definitions
from hoso.publishing_site import publish_site
from hoso.render import rules
from hoso.render.markup import telling
from hoso.render.records import compared, moment
from hoso.starting import make_workspace
from hoso.workspace import Workspace
from tests.site_case import ROOT, SMALL, planned, replaced, small_workspace

UNIT = "checklists/hs-2021/don-vi-a"


@pytest.fixture(scope="module")
def shipped() -> Definitions:
    return Workspace(ROOT).definitions


@pytest.fixture
def english(monkeypatch):
    monkeypatch.setenv("HOSO_LANGUAGE", "en")
    i18n.use("en")
    yield
    i18n.use("vi")


def said(lines: list[str]) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", "\n".join(lines)))


def of_section(definitions: Definitions, outline: str, section: str) -> str:
    made = definitions.outlines[outline]
    return said(rules.section_rules(definitions, made, made.nodes[section]))


@pytest.mark.parametrize(
    ("outline", "section", "words"),
    [
        ("bao-cao-kiem-diem-2022", "lanh_dao", "“Trong đó đảng bộ cơ sở” + “Trong đó chi bộ cơ sở” = “Số tổ chức cơ sở đảng”"),
        ("bao-cao-kiem-diem-2022", "lanh_dao", "“Trong đó chi bộ thôn, tổ dân phố” không quá “Chi bộ trực thuộc đảng bộ cơ sở”"),
        ("bao-cao-kiem-diem-2022", "thoi_diem", "trước “Ngày hoặc tháng tổng kết, năm gần nhất”"),
        ("bao-cao-kiem-diem-2022", "xep_loai_tap_the",
         "“Hoàn thành xuất sắc nhiệm vụ” không quá 20 % của “Hoàn thành tốt nhiệm vụ”, làm tròn xuống số nguyên, ở từng cột"),
        ("bao-cao-kiem-diem-2022", "xep_loai_tap_the", "“Tổng số” được nhập và đối chiếu với tổng tính được"),
        ("pl-05", "tu_cham", "từ 90 điểm: Hoàn thành xuất sắc nhiệm vụ"),
        ("pl-05", "tu_cham", "không cao hơn mức “Hoàn thành nhiệm vụ” (Có tập thể hoặc cá nhân bị kỷ luật)"),
        ("pl-05", "tu_cham", "mức tự nhận không cao hơn mức theo số điểm của “Bảng tự chấm điểm”"),
        ("nhiem-vu-quy-4-2021", "hoan_thien", "“Số đề án đã hoàn thành, cộng từ đầu năm” × 100 : 28; tự tính"),
    ],
)  # fmt: skip
def test_rules_of_a_section_in_words(shipped, outline, section, words):
    assert words in of_section(shipped, outline, section)


def test_quotas_and_rules_between_documents_in_words(shipped):
    checklist = shipped.checklists["tong-ket-2021"]
    quota = said(rules.quota_rules(shipped, checklist))
    assert "số đơn vị xếp mức “Hoàn thành xuất sắc nhiệm vụ” không quá 20 %" in quota
    assert "tính theo từng loại đơn vị" in quota
    between = said(rules.checklist_rules(shipped, checklist))
    assert "số mục ở “Danh mục văn bản” (ở PL 06 - Các văn bản cụ thể hóa) bằng" in between
    assert "Nếu không, sẽ báo: Số văn bản trong báo cáo khác số dòng của PL 06." in between


def test_every_shipped_rule_has_words(shipped):
    """No id of a field, row or item is left in a sentence that readers see."""
    told = []
    for outline in shipped.outlines.values():
        told += rules.outline_rules(shipped, outline)
        for node in outline.nodes.values():
            told += rules.section_rules(shipped, outline, node)
    for checklist in shipped.checklists.values():
        told += rules.checklist_rules(shipped, checklist) + rules.quota_rules(shipped, checklist)
    assert len(told) > 60
    assert not re.findall(r"\b[a-z]+_[a-z_]+\b", re.sub(r"hoso-[\w-]+", "", said(told)))


def test_rules_follow_the_language(shipped, english):
    told = said(rules.quota_rules(shipped, shipped.checklists["tong-ket-2021"]))
    assert "is at most 20 % of the number of units rated" in told


def test_cells_of_a_board_say_what_they_are_sorted_by(tmp_path, monkeypatch):
    monkeypatch.setenv("HOSO_TODAY", "2021-12-06")
    board = html.unescape(planned(small_workspace(tmp_path)).pages["tinh-hinh/hs-2021.md"].body)
    assert '<div class="hoso-sortable" data-choose="1"' in board
    assert '<data value="1"><span class="hoso-chip hoso-state-drafting">' in board
    assert '<data value="-2"><span class="hoso-chip hoso-late">quá hạn 2 ngày</span></data>' in board
    assert "**2 đơn vị** (1 chưa bắt đầu, 1 đang soạn)" in board
    row = next(line for line in board.splitlines() if "don-vi-b.md" in line)
    assert "hoso-late" not in row


def test_a_board_begins_with_what_somebody_has_to_look_after(tmp_path):
    cells = [row[0] for row in rows(planned(small_workspace(tmp_path)).pages["tinh-hinh/hs-2021.md"].body)]
    units = [cell.partition("(")[0] for cell in cells[2:]]
    assert units == ["Huyện ủy C", "[Huyện ủy A &#60;i&#62;]", "[Sở B]"]  # not begun, being written, handed in


def test_a_checklist_tells_the_days_of_documents_that_have_their_own():
    facts = body(ROOT, "danh-muc/tong-ket-2021.md").partition("Số bộ")[0]
    assert (
        "**thứ Bảy, ngày 04/12/2021 (nguyên văn: trước ngày 05/12/2021)**: Báo cáo tổng kết năm 2021 và các phụ lục"
        in facts
    )
    assert facts.rstrip().endswith("phần còn lại: không quy định")


def test_a_long_board_tells_how_each_kind_stands(tmp_path, monkeypatch):
    monkeypatch.setenv("HOSO_TODAY", "2021-12-06")
    root = small_workspace(tmp_path)
    with (root / "checklists/units.yaml").open("a", encoding="utf-8") as file:
        file.write("".join(f"  dv-{number}: {{name: Sở {number}, kind: so}}\n" for number in range(20)))
    replaced(root / UNIT / "dossier.yaml", "state: drafting", "state: returned")
    found = {cells[0]: cells[2:] for cells in rows(body(root, "tinh-hinh/hs-2021.md"))}
    assert found["[Huyện ủy](../don-vi/loai-huyen.md)"] == ["2", "1", "1"]
    assert found["[Sở, ban, ngành](../don-vi/loai-so.md)"] == ["20", "", "20"]
    replaced(root / "checklists/hs-2021.yaml", "{dossiers: all, from: drafting}", "{dossiers: all, from: handed_in}")
    assert "loai-huyen.md" not in body(root, "tinh-hinh/hs-2021.md")


def history(root: Path, name: str, event: str, **facts: str) -> None:
    folder = root / UNIT / "history"
    folder.mkdir(exist_ok=True)
    lines = ["hoso: 1", f"event: {event}", *(f"{key}: {value}" for key, value in facts.items())]
    (folder / f"{name}.yaml").write_text("\n".join([*lines, ""]), encoding="utf-8")


def page_with_history(tmp_path: Path, extent: str) -> str:
    root = small_workspace(tmp_path)
    replaced(root / "checklists/hs-2021.yaml", "dossiers: all", f"dossiers: {extent}")
    history(root, "20211202T0815-handed-in", "handed_in", at="2021-12-02T08:15:00+07:00", by="nguoi-nop")
    history(root, "20211203T0900-returned", "returned", at="2021-12-03T09:00:00+07:00", because="Thiếu biểu")
    return html.unescape(planned(root).pages["ho-so/hs-2021/don-vi-a.md"].body)


@pytest.mark.parametrize("extent", ["state", "figures", "all"])
def test_history_tells_states_and_neither_persons_nor_reasons(tmp_path, extent):
    page = page_with_history(tmp_path, extent)
    assert page.index("02/12/2021 08:15") < page.index("03/12/2021 09:00")
    assert "Thiếu biểu" not in page
    assert "nguoi-nop" not in page


def test_a_new_event_alone_makes_the_page_anew(tmp_path):
    root = small_workspace(tmp_path)
    history(root, "20211202T0815-handed-in", "handed_in", at="2021-12-02T08:15:00+07:00")
    before = planned(root).manifest
    assert "ho-so/hs-2021/don-vi-a.md" in planned(root, before).unchanged
    history(root, "20211203T0900-returned", "returned", at="2021-12-03T09:00:00+07:00")
    again = planned(root, before)
    assert "ho-so/hs-2021/don-vi-a.md" not in again.unchanged
    assert "ho-so/hs-2021/don-vi-b.md" in again.unchanged


def attached(root: Path, address: str) -> None:
    sum_ = "ab" * 32
    told = f"attachments:\n  {address}:\n    r2345:\n      file: {address}/thu-gui.pdf\n      size: 1234\n      sha256: {sum_}\n"
    replaced(root / UNIT / "dossier.yaml", "attachments:\n", told)


@pytest.mark.parametrize(("extent", "shown"), [("figures", False), ("all", True)])
def test_documents_stand_with_size_and_whole_checksum(tmp_path, extent, shown):
    root = small_workspace(tmp_path)
    replaced(root / "checklists/hs-2021.yaml", "dossiers: all", f"dossiers: {extent}")
    attached(root, "cong_van")
    page = html.unescape(planned(root).pages["ho-so/hs-2021/don-vi-a.md"].body)
    assert ("| Công văn | thu-gui.pdf | 1,2 kB |" in page) is shown
    assert ("ab" * 32 in page) is shown


def test_documents_of_private_fields_are_not_told(tmp_path):
    root = small_workspace(tmp_path)
    replaced(root / "outlines/bc.yaml", "id: rieng, type: text, lines: 1", "id: rieng, type: file")
    attached(root, "bao_cao.chung.rieng")
    page = html.unescape(planned(root).pages["ho-so/hs-2021/don-vi-a.md"].body)
    assert "thu-gui" not in page
    assert "ab" * 32 not in page


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        ("8341", "8197", "+144 (+1,8 %)"),
        ("5", "10", "−5 (−50,0 %)"),
        ("0", "0", "0"),
        ("3", "0", "+3"),
        ("x", "1", ""),
        (None, "1", ""),
        ("-2", "-4", "+2 (+50,0 %)"),
    ],
)
def test_what_changed_against_the_period_before(now, before, told):
    assert compared(now, before) == told


def test_moments_as_people_write_them():
    assert moment("2021-12-03T08:15:00+07:00") == "03/12/2021 08:15"
    assert moment("hôm qua") == ""
    assert moment(None) == ""


def body(root: Path, path: str) -> str:
    return html.unescape(planned(root).pages[path].body).replace("> <", "><")


def rows(page: str) -> list[list[str]]:
    return [line[2:-2].split(" | ") for line in page.splitlines() if line.startswith("| ")]


def test_a_kind_of_unit_is_told_what_applies_to_it(tmp_path):
    root = small_workspace(tmp_path)
    replaced(root / "checklists/units.yaml", "Huyện ủy C, kind: huyen", "Huyện ủy C, kind: huyen, groups: [mien_nui]")
    replaced(root / "checklists/hs-2021.yaml", 'when: unit.kind == "huyen"', 'when: in_group("mien_nui")')
    districts = body(root, "don-vi/loai-huyen.md").partition("#dm-hs-2021")[2]
    told = [cells[0] for cells in rows(districts) if "Bảng tự chấm" in cells[0]]
    assert len(told) == 2
    assert "[PL 01: Báo cáo *thử* năm 2021](../de-cuong/bc.md)" in told[1]
    assert "Chỉ dành cho: Huyện ủy C" in told[1]
    assert "đính kèm văn bản" in told[0]
    assert "Chỉ dành cho: Huyện ủy A" in told[0]
    letter = next(cells for cells in rows(districts) if "**Công văn**" in cells[0])
    assert letter[1:] == ["2 bộ", "04/12/2021", "bắt buộc"]
    office = body(root, "don-vi/loai-so.md").partition("#dm-hs-2021")[2]
    assert next(cells[0] for cells in rows(office) if "Bảng tự chấm" in cells[0]).endswith("loại đơn vị này</span>")


def test_what_applies_to_other_kinds_is_not_told():
    office = body(ROOT, "don-vi/loai-so-ban-nganh.md")
    assert "PL 07" in office
    assert "PL 08" not in office


def test_a_kind_without_units_yet_is_told_too():
    college = body(ROOT, "don-vi/loai-cao-dang.md")
    assert "chưa khai đơn vị nào" in college
    assert "Hồ sơ tổng kết công tác tổ chức xây dựng Đảng và xếp loại năm 2021" in college


def test_a_kind_is_told_whose_units_are_asked(tmp_path):
    root = small_workspace(tmp_path)
    replaced(root / "checklists/hs-2021.yaml", "previous:", "units: {kinds: [so], under: [don-vi-a]}\nprevious:")
    office = body(root, "don-vi/loai-so.md").partition("#dm-hs-2021")[2]
    assert "Chỉ dành cho\n:   các đơn vị trực thuộc: Huyện ủy A <i>" in office
    assert "**Công văn**" in office
    assert "#dm-hs-2021" not in body(root, "don-vi/loai-huyen.md")
    assert "Sở, ban, ngành (trực thuộc: Huyện ủy A <i>)" in body(root, "danh-muc/hs-2021.md")


def test_sections_that_a_kind_passes_over_are_named(tmp_path):
    office = body(small_workspace(tmp_path), "don-vi/loai-so.md")
    assert "[1. Sinh hoạt chi bộ](../de-cuong/bc.md#muc-sinh-hoat)" in office
    assert "Sinh hoạt chi bộ" not in body(tmp_path / "small", "don-vi/loai-huyen.md")


def test_every_unit_leads_to_its_kind(tmp_path):
    page = body(small_workspace(tmp_path), "don-vi/index.md")
    found = {cells[0]: cells[1] for cells in rows(page)}
    assert found["Huyện ủy C"] == "[Huyện ủy](loai-huyen.md)"
    assert found["Sở B"] == "[Sở, ban, ngành](loai-so.md)"


def test_a_long_list_of_units_is_cut_into_pages_that_the_search_knows(tmp_path):
    root = small_workspace(tmp_path)
    units = root / "checklists/units.yaml"
    more = "".join(f"  dv-{n:03}: {{name: Dòng Họ {n:03}, kind: so}}\n" for n in range(1, 499))
    units.write_text(units.read_text(encoding="utf-8") + more, encoding="utf-8")
    made = planned(root)
    first, second, third = (made.pages[f"don-vi/{name}.md"].body for name in ("index", "trang-2", "trang-3"))
    assert "(loai-huyen.md)" in first.split("## ")[0] and "## " in first
    assert [len(rows(one.rpartition("## ")[2])) - 2 for one in (first, second, third)] == [200, 200, 101]
    assert "**2**" in second and "[1](index.md)" in second and "[3](trang-3.md)" in second
    assert "Từ “Dòng Họ 201” đến “Dòng Họ 400”" in second.replace("&#8220;", "“")
    assert "trang-2" not in made.titles["don-vi/index.md"].about
    assert "Dòng Họ 333" in made.titles["don-vi/trang-2.md"].about
    assert not made.pages["don-vi/trang-2.md"].in_nav
    again = planned(root, made.manifest)
    assert {"don-vi/index.md", "don-vi/trang-3.md"} <= again.unchanged
    assert again.vanished == set()


def test_a_board_follows_units_that_were_renamed(tmp_path):
    """The dossier keeps its folder, and is told of and judged under what the unit is called now."""
    root = small_workspace(tmp_path)
    before = {row[0]: row for row in rows(body(root, "tinh-hinh/hs-2021.md"))}
    replaced(root / "checklists/units.yaml", 'don-vi-a: {name: "Huyện ủy A <i>", kind: huyen}',
             "don-vi-moi: {name: Huyện ủy Mới, kind: huyen, was: [don-vi-a]}")  # fmt: skip
    page = body(root, "tinh-hinh/hs-2021.md")
    after = {row[0]: row for row in rows(page)}
    name = "[Huyện ủy Mới](../ho-so/hs-2021/don-vi-a.md)"
    old = next(cells for label, cells in before.items() if "don-vi-a.md" in label)
    assert after[name][1:] == old[1:]
    assert len(after) == len(before)
    assert "don-vi-moi" not in page
    assert "# Huyện ủy Mới" in body(root, "ho-so/hs-2021/don-vi-a.md")
    workspace = Workspace(root)
    told = {one.name: one for one in workspace.standings(workspace.checklists["hs-2021"])}
    assert told["Huyện ủy Mới"].unit == "don-vi-a" and told["Huyện ủy Mới"].row is not None
    assert "unit-unknown" not in {one.code for one in told["Huyện ủy Mới"].row.findings}
    # A unit that has begun anew under its new id has that dossier; the other is told as what nobody asked for.
    shutil.copytree(root / UNIT, root / "checklists/hs-2021/don-vi-moi")
    replaced(root / "checklists/hs-2021/don-vi-moi/dossier.yaml", "unit: don-vi-a", "unit: don-vi-moi")
    both = Workspace(root).standings(workspace.checklists["hs-2021"])
    assert [one.unit for one in both if one.name == "Huyện ủy Mới"] == ["don-vi-moi"]
    assert [one.name for one in both if one.unit == "don-vi-a"] == ["don-vi-a"]


def test_the_glossary_links_words_to_where_they_are_used():
    page = body(ROOT, "thuat-ngu/index.md")
    told = {cells[0]: cells for cells in rows(page)}
    assert told["**MTTQ**"][1] == "Mặt trận Tổ quốc"
    assert "../de-cuong/pl-07.md" in told["**MTTQ**"][2]
    assert "../de-cuong/pl-07.md" not in told["**CT**"][2]  # there it is a part of CT-XH
    assert "../de-cuong/van-ban.md" in told["**CV**"][2]
    assert told["**PL 06**"][1].endswith("(../de-cuong/pl-06.md)")
    assert "PL 08 - Số liệu công tác cán bộ; chưa có mẫu trong tài liệu" in told["**PL 08**"][1]
    assert "[Trường đại học](../don-vi/loai-dai-hoc.md)" in told
    assert "1. Hoàn thành xuất sắc nhiệm vụ<br>2. Hoàn thành tốt nhiệm vụ" in page
    assert "(../de-cuong/van-ban.md#vb-38-hd-btctw)" in page


def test_definitions_alone_make_these_pages(tmp_path):
    root = small_workspace(tmp_path)
    before = planned(root).manifest
    replaced(root / UNIT / "dossier.yaml", "state: drafting", "state: ready")
    again = planned(root, before)
    assert {"don-vi/index.md", "don-vi/loai-so.md", "thuat-ngu/index.md"} <= again.unchanged
    assert again.vanished == set()


def dossier(root: Path) -> str:
    return body(root, "ho-so/hs-2021/don-vi-a.md")


def test_what_changed_since_the_checklist_before(tmp_path):
    page = body(small_workspace(tmp_path), "de-cuong/bc.md")
    changes = page[page.index("## Có gì thay đổi") : page.index("## I.")].splitlines()
    assert "So với: [PL 01: Báo cáo *thử* năm 2020](bc-2020.md)" in changes
    for told in (
        "- Tên: Báo cáo *thử* năm 2021 (trước: Báo cáo *thử* năm 2020)",
        "- [I. Đặc điểm | chung](bc.md#muc-chung): “Mức”: thêm lựa chọn: Kém <b>",
        "- [I. Đặc điểm | chung](bc.md#muc-chung): “Mức”: bỏ lựa chọn: Khá",
        "- [I. Đặc điểm | chung](bc.md#muc-chung): Thêm “Vì sao”.",
        "- [I. Đặc điểm | chung](bc.md#muc-chung): “Số đảng viên”: nay là bắt buộc.",
        "- [I. Đặc điểm | chung](bc.md#muc-chung): Bỏ “Nơi họp <b>”.",
        "- [1. Sinh hoạt chi bộ](bc.md#muc-sinh-hoat): Viết lại ý phải nhắc tới: Nền nếp sinh hoạt theo Kết luận",
        "- [1. Sinh hoạt chi bộ](bc.md#muc-sinh-hoat): Bỏ ý phải nhắc tới: Học tập *nghị quyết*",
        "- Đã bỏ mục “III. Kiến nghị”.",
    ):
        assert told in changes
    assert not [told for told in changes if "Ngày họp" in told]  # renamed by `was`, nothing else
    assert "## Có gì thay đổi" not in body(tmp_path / "small", "de-cuong/bc-2020.md")


def test_what_has_to_be_looked_at_again_since_the_version_before(tmp_path):
    page = body(small_workspace(tmp_path), "de-cuong/bang.md")
    assert "Đây là phiên bản 2. Nội dung của phiên bản trước không lưu ở đây." in page
    assert "- [I. Bảng](bang.md#muc-bang): Xếp loại <i>" in page


def test_what_changed_in_a_checklist(tmp_path):
    page = body(small_workspace(tmp_path), "danh-muc/hs-2021.md")
    for told in (
        "- Số bộ: 2 (trước: 1)",
        "- Thêm: PL 03: Bảng và phiếu điểm; PL 02; Bảng tự chấm",
        "- Không phải nộp nữa: Biên bản",
        "- “Công văn”: bắt buộc (trước: không bắt buộc)",
        "- Không gửi nữa cho: Văn phòng",
    ):
        assert told in page.splitlines()


def test_forms_stand_as_on_paper(tmp_path):
    root = small_workspace(tmp_path)
    blank = planned(root).pages["de-cuong/bang.md"].body.replace("> <", "><")
    filled = dossier(root)
    assert '<th colspan="2" scope="col">Năm</th><th rowspan="2" scope="col">Tăng</th>' in blank
    assert '<td class="hoso-figure">25,0</td><td><b>x</b></td>' in filled
    assert "53 trên 60" in filled
    assert "style=" not in blank + filled


def test_columns_say_what_belongs_into_them():
    page = body(ROOT, "de-cuong/bao-cao-kiem-diem-2022.md")
    for told in (
        "- **Số ngày**: số; tối đa 1 chữ số thập phân; từ 0,5 trở lên; bắt buộc",
        "- **Năm đánh giá: 2018; Năm đánh giá: 2019; Năm đánh giá: 2020 và 2 cột khác**: bắt buộc",
        "- thêm bao nhiêu dòng cũng được; ít nhất 1 dòng",
    ):
        assert told in page.splitlines()
    assert "- **Xây dựng mới / Sửa đổi, bổ sung**: chọn một:" in body(ROOT, "de-cuong/pl-06.md")


def test_lists_of_outlines_say_where_each_belongs(tmp_path):
    page = body(small_workspace(tmp_path), "de-cuong/index.md")
    under = {part.partition("](")[0]: part for part in page.split("\n## [")}
    assert "| [PL 01: Báo cáo *thử* năm 2020](bc-2020.md) | " in under["Hồ sơ năm 2020"]
    assert "| [PL 03: Bảng và phiếu điểm](bang.md) | 2 |  | 4 |" in under["Hồ sơ năm 2021"]
    assert "bc-2020.md" not in under["Hồ sơ năm 2021"]


def test_an_outline_shows_its_sections_at_one_glance():
    page = body(ROOT, "de-cuong/bao-cao-tccs-dang-2021.md")
    tree = rows(page[page.index("## Các mục") :])[2:]
    places = [cells[0].replace("\u2003", "") for cells in tree if "#muc-" in cells[0]]
    assert places[1].startswith("[I. ")
    assert any(cells[0].startswith("\u2003[") for cells in tree)
    sections = re.findall(r"\{#(muc-[\w-]+)\}", page)
    assert [place.partition("#")[2].partition(")")[0] for place in places] == sections
    assert "## Các mục" not in body(ROOT, "de-cuong/pl-07.md")


def test_definitions_may_be_called_like_pages_of_ours(tmp_path):
    root = small_workspace(tmp_path)
    text = (root / "outlines/bang.yaml").read_text(encoding="utf-8").replace("Bảng và phiếu điểm", "Trùng tên")
    for name in ("index", "van-ban"):
        (root / f"outlines/{name}.yaml").write_text(text, encoding="utf-8")
    checklist = (root / "checklists/hs-2020.yaml").read_text(encoding="utf-8").replace("năm 2020", "trùng tên")
    (root / "checklists/index.yaml").write_text(checklist, encoding="utf-8")
    pages = planned(root).pages
    assert pages["de-cuong/index.md"].title == "Đề cương, biểu mẫu"
    assert pages["de-cuong/van-ban.md"].title == "Văn bản được viện dẫn"
    assert pages["danh-muc/index.md"].title == "Danh mục hồ sơ"
    for path in ("de-cuong/index_.md", "de-cuong/van-ban_.md", "danh-muc/index_.md"):
        assert "rùng tên" in pages[path].title
    assert "(index_.md)" in pages["de-cuong/index.md"].body


def test_findings_quote_nothing_that_is_not_shown(tmp_path):
    shown = dossier(small_workspace(tmp_path))
    assert "18 và 8.341 phải bằng nhau" in shown
    assert "3 trên 10 là 30 %" in shown


@pytest.mark.parametrize(
    ("path", "old", "new", "hidden", "kept"),
    [
        ("outlines/bc.yaml", "type: number, measure", "type: number, private: true, measure", "phải bằng nhau", "Kém <b>"),
        ("outlines/bc.yaml", "{dossiers: all,", "{dossiers: figures,", "phải bằng nhau", "30 %"),
        ("outlines/bang.yaml", "{id: tong, type: number,", "{id: tong, type: number, private: true,", "phải bằng nhau", "Kém <b>"),
        ("outlines/bang.yaml", "{dossiers: all,", "{dossiers: totals,", "30 %", "Kém <b>"),
        ("outlines/bang.yaml", "{id: nang, label: Nặng}", "{id: nang, label: Nặng, private: true}", "30 %", "Kém <b>"),
    ],
)  # fmt: skip
def test_findings_over_several_answers_need_all_of_them_public(tmp_path, path, old, new, hidden, kept):
    root = small_workspace(tmp_path)
    replaced(root / path, old, new)
    page = dossier(root)
    assert hidden not in page
    assert kept in page


def test_private_rows_stay_away_with_what_would_give_them_away(tmp_path):
    root = small_workspace(tmp_path)
    replaced(root / "outlines/bang.yaml", "{id: nhe, label: Nhẹ}", "{id: nhe, label: Nhẹ, private: true}")
    page = dossier(root)
    filled = page[page.index("Xếp loại <i></caption>") :]
    assert "Nhẹ</th>" not in filled
    assert "13" not in filled[: filled.index("</table>")]
    assert '<td class="hoso-figure">10</td>' in filled


def test_private_columns_stay_empty_with_what_is_worked_out_from_them(tmp_path):
    root = small_workspace(tmp_path)
    replaced(root / "outlines/bang.yaml", 'label: "{}", type: number', 'label: "{}", type: number, private: true')
    page = dossier(root)
    assert '<td class="hoso-figure">10</td>' not in page
    assert "25,0" not in page
    assert '<td class="hoso-figure">13</td>' not in page


@pytest.fixture(scope="module")
def english_site(tmp_path_factory) -> Path:
    """The small workspace, and the shipped one, as sites in English."""
    top = tmp_path_factory.mktemp("english")
    small = small_workspace(top)
    replaced(small / "hoso.yaml", "language: vi", "language: en")
    i18n.use("en")
    try:
        assert publish_site(Workspace(small)).warnings == []
    finally:
        i18n.use("vi")
    return small / "build/site"


def test_whole_pages_come_in_english(english_site):
    catalogue = gettext.translation("hoso", i18n.LOCALES, languages=["vi"])
    words = {
        told for english, told in catalogue._catalog.items()  # type: ignore[attr-defined]
        if isinstance(english, str) and told != english and "{" not in told and len(told) > 5 and not told.isascii()
    }  # fmt: skip
    own = "\n".join(path.read_text(encoding="utf-8") for path in SMALL.rglob("*.yaml"))
    words = {told for told in words if told not in own}
    assert len(words) > 300
    pages = [path for path in english_site.rglob("*.html") if path.name != "404.html"]
    assert len(pages) > 15
    for path in pages:
        text = html.unescape(path.read_text(encoding="utf-8"))
        assert '<html lang="en"' in text
        shown = re.sub(r"<[^>]+>", "\n", text)
        lines = {line.strip() for line in shown.splitlines()}
        assert not words & lines, path


def test_the_english_site_has_its_own_navigation_and_hand_written_pages(english_site):
    start = (english_site / "index.html").read_text(encoding="utf-8")
    for told in ("<title>Outlines and dossiers</title>", "I have to report", "I have to collect", "I look something up",
                 "Who has handed in", "My unit"):  # fmt: skip
        assert told in start
    board = (english_site / "tinh-hinh/hs-2021.html").read_text(encoding="utf-8")
    for told in (
        'title="Link to this section"',
        ">being written<",
        "Handed in so far",
        "Time left",
        'data-filter="Filter"',
    ):
        assert told.replace(">being", "being").replace("written<", "written") in board
    assert "Filling a dossier" in (english_site / "tro-giup/dien-ho-so.html").read_text(encoding="utf-8")


def test_both_languages_have_the_same_hand_written_pages():
    names = [{path.relative_to(ROOT / top).as_posix() for path in (ROOT / top).rglob("*.md")}
             for top in ("site/pages", "site/pages-en")]  # fmt: skip
    assert names[0] == names[1]
    for name in names[0]:
        pages = [(ROOT / top / name).read_text(encoding="utf-8") for top in ("site/pages", "site/pages-en")]
        for told in (
            r"`hoso ([a-z-]+)",
            r"(?m)^(#+) ",
            r"(?m)^\| (F\d+|Ctrl\S+)",
            r"`(assets/\S+?)`",
            r"\]\(([^)]+)\)",
        ):
            found = [sorted(re.findall(told, page)) for page in pages]
            assert found[0] == found[1], (name, told)


def test_a_workspace_in_english_with_pages_of_its_own_keeps_them(tmp_path, english):
    root = small_workspace(tmp_path)
    (root / "site/pages").mkdir(parents=True)
    (root / "site/pages/index.md").write_text("# Ours\n", encoding="utf-8")
    assert publish.sources(root).pages == root / "site/pages"
    assert publish.sources(root).config.name == "mkdocs.en.yml"


def test_the_script_of_tables_is_part_of_the_site():
    source = publish.sources(ROOT)
    assert "assets/javascripts/hoso-tables.js" in source.config.read_text(encoding="utf-8")
    script = (ROOT / "site/theme/assets/javascripts/hoso-tables.js").read_text(encoding="utf-8")
    assert "innerHTML" not in script
    assert ".style" not in script


def test_a_dossier_leads_to_the_same_unit_s_of_the_period_before_and_after(tmp_path):
    root = small_workspace(tmp_path)
    earlier = root / "checklists/hs-2020/don-vi-a"
    before = planned(root)
    assert "Kỳ trước\n: " not in before.pages["ho-so/hs-2021/don-vi-a.md"].body
    earlier.mkdir(parents=True)
    (earlier / "dossier.yaml").write_text("hoso: 1\nunit: don-vi-a\nstate: accepted\nattachments:\n", encoding="utf-8")
    assert "Kỳ trước\n: " not in planned(root).pages["ho-so/hs-2021/don-vi-a.md"].body  # 2020 publishes nothing
    with (root / "checklists/hs-2020.yaml").open("a", encoding="utf-8") as file:
        file.write("publish: {dossiers: state, from: handed_in}\n")
    made = planned(root)
    assert "Kỳ trước\n:   [Hồ sơ năm 2020](../hs-2020/don-vi-a.md)" in made.pages["ho-so/hs-2021/don-vi-a.md"].body
    assert "Kỳ sau\n:   [Hồ sơ năm 2021](../hs-2021/don-vi-a.md)" in made.pages["ho-so/hs-2020/don-vi-a.md"].body
    later = root / "checklists/hs-2021/don-vi-a"
    later.rename(tmp_path / "gone")
    again = planned(root, made.manifest)  # the page of 2020 is made anew, though its own dossier has not changed
    assert "Kỳ sau" not in again.pages["ho-so/hs-2020/don-vi-a.md"].body


def test_problems_of_a_dossier_say_where_and_how_grave():
    from hoso.problems import problem
    from hoso.render.findings import finding, gravest_first, unsaid

    graver = problem("unit-mismatch", "x", folder="a", name="b")
    waived = graver.waive("Đã hỏi <b>cấp trên</b>")
    assert gravest_first([waived, graver]) == [graver, waived]
    assert finding(graver, "[Mục 1](x.md#a)").startswith(
        '<span class="hoso-chip hoso-broken">lỗi</span> [Mục 1](x.md#a)'
    )
    assert "được miễn trừ" in finding(waived, "") and "<b>" not in finding(waived, "")
    assert unsaid([graver, waived, graver], [graver]) == "Còn 1 chỗ khác chỉ báo cho đơn vị&#46;"
    assert unsaid([graver], [graver]) == ""


def test_an_empty_workspace_says_what_is_missing(tmp_path):
    make_workspace(tmp_path / "empty")
    pages = planned(tmp_path / "empty").pages
    for path, told in (
        ("danh-muc/index.md", "Chưa có danh mục nào."), ("de-cuong/index.md", "Chưa có đề cương nào."),
        ("don-vi/index.md", "Chưa khai đơn vị nào."), ("thuat-ngu/index.md", "Chưa có thuật ngữ nào."),
    ):  # fmt: skip
        assert f'!!! info "{told}"' in html.unescape(pages[path].body), path
        assert "| --- |" not in pages[path].body, path


def test_columns_that_say_what_was_said_are_left_out():
    rows = [["a", "2 bộ", "x"], ["b", "2 bộ", "y"]]
    assert telling(["A", "B", "C"], rows, ["2 bộ"]) == ["| A | C |", "| --- | --- |", "| a | x |", "| b | y |", ""]
    assert telling(["A", "B", "C"], rows[:1], ["2 bộ"])[0] == "| A | B | C |"
