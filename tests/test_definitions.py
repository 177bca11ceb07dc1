"""Definitions: golden cases of what is wrong where, and the outline that is shipped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hoso.definitions import Checklist, Definitions, Outline, is_required, read_definitions
from hoso.definitions.checklist import Deadline
from hoso.definitions.outline import numbered
from hoso.definitions.publishing import Publishing, stricter
from hoso.definitions.reading import address
from hoso.formulas import parse
from hoso.kinds.file import FORMATS
from hoso.problems import nearest, problem
from hoso.store import formats

from .conftest import DATA
from .golden_cases import GIVEN, build, cases, lines, read_case

HEAD = "hoso: 1\ntitle: T\n"


@pytest.mark.parametrize("path", cases("definitions"))
def test_golden(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    made = read_definitions(build(tmp_path, case["files"]))
    assert lines(made.problems) == (case["problems"] or [])
    if "numbering" in case:
        nodes = made.outlines["bc"].nodes.values()
        assert [f"{node.id} {node.label}".strip() for node in nodes] == case["numbering"]
    if "fields" in case:
        assert {name: list(node.fields) for name, node in made.outlines["bc"].nodes.items()} == case["fields"]
    for found in made.problems:
        if found.code in ("name-unknown", "kind-unknown", "outline-unknown") and found.line and found.column:
            # The place is that of the name itself, inside a longer condition too.
            files = GIVEN | case["files"]
            rest = files[found.path].splitlines()[found.line - 1][found.column - 1 :]
            assert rest.lstrip("\"'").startswith(found.params["name"])


def outline(tmp_path: Path, text: str) -> Outline:
    made = read_definitions(build(tmp_path, {"outlines/bc.yaml": HEAD + text}))
    assert made.problems == []
    return made.outlines["bc"]


def checklist(tmp_path: Path, text: str) -> tuple[Checklist, Definitions]:
    one = HEAD + "sections: [{id: a, title: A}]\n"
    made = read_definitions(build(tmp_path, {"outlines/bc.yaml": one, "checklists/hs.yaml": HEAD + text}))
    assert made.problems == []
    return made.checklists["hs"], made


def test_nearest_known_key_is_named(tmp_path: Path) -> None:
    made = read_definitions(build(tmp_path, {"outlines/bc.yaml": HEAD + "secton: []\nsections: []\n"}))
    (found,) = made.problems
    assert "sections" in found.message and found.params["name"] == "secton"


def test_the_remaining_files_are_read_where_one_is_broken(tmp_path: Path) -> None:
    files = {"outlines/hong.yaml": "a: [", "outlines/bc.yaml": HEAD + "sections: [{id: a, title: A}]\n"}
    made = read_definitions(build(tmp_path, files))
    assert list(made.outlines) == ["bc"]
    assert [found.path for found in made.problems] == ["outlines/hong.yaml"]


def test_a_name_of_an_outline_that_is_broken_is_no_unknown_name(tmp_path: Path) -> None:
    items = "items: [{id: a, title: A, outline: hong}]\n"
    made = read_definitions(build(tmp_path, {"outlines/hong.yaml": "a: [", "checklists/hs.yaml": HEAD + items}))
    assert [found.path for found in made.problems] == ["outlines/hong.yaml"]


def test_facets_come_first_and_share_nothing_but_their_words(tmp_path: Path) -> None:
    text = """facets:
  ket_qua: {type: text, label: Kết quả, required: false}
sections:
  - {id: a, title: A, facets: [ket_qua], fields: [{id: so, type: number}]}
  - {id: b, title: B, facets: [ket_qua]}
"""
    made = outline(tmp_path, text)
    assert [list(node.fields) for node in made.nodes.values()] == [["ket_qua", "so"], ["ket_qua"]]
    found = made.field("a", "ket_qua")
    assert found is not None and found.label == "Kết quả" and found.id == "ket_qua" and found.required is False
    assert made.field("a", "khac") is None and made.field("khac", "ket_qua") is None


@pytest.mark.parametrize(
    ("styles", "counts", "label"),
    [
        (["I"], (4,), "IV."),
        (["I", "1.1"], (2, 3), "2.3."),
        (["1", "1.1", "1.1.1"], (2, 3, 4), "2.3.4."),
        (["I", "1", "a)"], (1, 1, 5), "đ)"),
        (["Phần I"], (2,), "Phần II."),
        (["I.1"], (3,), "III."),
        (["-"], (9,), "-"),
        (["I"], (1, 1), ""),
    ],
)
def test_numbering(styles: list[str], counts: tuple[int, ...], label: str) -> None:
    assert numbered(styles, counts) == label


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ({"before": "2021-12-05"}, date(2021, 12, 4)),
        ({"by": "2021-12-05"}, date(2021, 12, 5)),
        ("none", None),
        ({"before": "2021-01-01"}, date(2020, 12, 31)),
    ],
)
def test_deadlines(written: object, last: date | None) -> None:
    assert Deadline.model_validate(written).last_day == last


def test_an_item_s_own_deadline_goes_before_that_of_the_checklist(tmp_path: Path) -> None:
    text = """deadline: {by: 2021-12-10}
items:
  - {id: a, title: A, attach: {}, deadline: {before: 2021-12-05}}
  - {id: b, title: B, attach: {}}
"""
    made, _ = checklist(tmp_path, text)
    assert [made.last_day(part) for part, _ in made.parts()] == [date(2021, 12, 4), date(2021, 12, 10)]
    assert made.first_deadline() == date(2021, 12, 4)


CHOOSE = """units: {kinds: [so, huyen]}
items:
  - {id: a, title: A, attach: {}, applies: unit.kind == "so"}
  - id: b
    title: B
    required: in_group("mien_nui")
    outline: bc
    annexes: [{id: pl, outline: bc, applies: 'not in_group("mien_nui")'}]
  - id: c
    title: C
    choose:
      - {when: unit.id == "so-a", outline: bc}
      - {attach: {at_least: 2}, because: Không có mẫu}
"""


def test_what_is_asked_of_a_unit(tmp_path: Path) -> None:
    made, definitions = checklist(tmp_path, CHOOSE)
    so, huyen = definitions.units["so-a"], definitions.units["huyen-b"]
    assert [(one.id, one.parent, one.outline) for one in made.asked_of(so)] == [
        ("a", None, None), ("b", None, "bc"), ("pl", "b", "bc"), ("c", None, "bc"),
    ]  # fmt: skip
    assert [(one.id, one.outline, one.because) for one in made.asked_of(huyen)] == [
        ("b", "bc", ""), ("c", None, "Không có mẫu"),
    ]  # fmt: skip
    needs = {part.id: part.required for part, _ in made.parts()}
    assert [is_required(needs["b"], unit) for unit in (so, huyen)] == [False, True]
    assert [unit.id for unit in definitions.asked_units(made)] == ["so-a", "huyen-b"]


def test_units_without_a_list_are_all_asked(tmp_path: Path) -> None:
    made, definitions = checklist(tmp_path, "items: [{id: a, title: A, attach: {}}]\n")
    assert len(definitions.asked_units(made)) == 2
    listed, definitions = checklist(tmp_path / "2", "units: [so-a]\nitems: [{id: a, title: A, attach: {}}]\n")
    assert [unit.id for unit in definitions.asked_units(listed)] == ["so-a"]


def test_a_condition_on_units_that_cannot_be_judged_does_not_hold(tmp_path: Path) -> None:
    _, definitions = checklist(tmp_path, "items: [{id: a, title: A, attach: {}}]\n")
    assert definitions.units["so-a"].meets(parse("unit.kind > 3")) is False


def test_kinds_are_dated(tmp_path: Path) -> None:
    made = read_definitions(build(tmp_path, {}))
    kind = made.lists.kinds["huyen"]
    assert [kind.exists_on(day) for day in (date(2025, 6, 30), date(2025, 7, 1))] == [True, False]
    assert made.lists.kinds["so"].exists_on(date(1900, 1, 1))


def test_units_are_sorted_as_vietnamese_is() -> None:
    from hoso.definitions import Units

    names = {"a": "Đông Anh", "b": "Dương Xá", "c": "An Khê", "d": "Ân Thi"}
    made = Units.model_validate({"hoso": "1", "units": {key: {"name": n, "kind": "so"} for key, n in names.items()}})
    assert [unit.name for unit in made.sorted()] == ["An Khê", "Ân Thi", "Dương Xá", "Đông Anh"]


def test_publishing() -> None:
    made = Publishing.model_validate({"dossiers": "figures", "from": "received"})
    states = ("drafting", "returned", "ready", "handed_in", "received", "accepted", "rolled_up")
    assert [made.extent(state) for state in states] == ["none"] * 4 + ["figures"] * 3
    assert Publishing().extent("accepted") == "none"
    assert Publishing.model_validate("state").dossiers == "state"
    assert stricter("all", "totals", "figures") == "totals"


# ---- what is shipped


@pytest.fixture(scope="module")
def shipped() -> Definitions:
    return read_definitions(DATA)


def test_what_is_shipped_has_no_problem(shipped: Definitions) -> None:
    assert shipped.problems == []


def test_the_shipped_outline_is_whole(shipped: Definitions) -> None:
    nodes = list(shipped.outlines["bao-cao-tccs-dang-2021"].nodes.values())
    assert len(nodes) == 22
    assert [node.id for node in nodes if not node.label] == ["dac_diem"]
    asked = [len(node.asks) for node in nodes if node.asks]
    assert asked == [2, 5, 3, 4, 3, 2, 3, 6, 4, 8, 2] and sum(asked) == 42
    assert [node.label for node in nodes if node.section.more_asks] == ["2.1.", "3.4."]
    assert [node.label for node in nodes if node.depth == 0] == ["", "I.", "II.", "III."]
    assert [node.label for node in nodes if node.depth == 2] == ["2.1.", "2.2.", "2.3.", "2.4.", "2.5.", "3.1.", "3.2.",
                                                                 "3.3.", "3.4."]  # fmt: skip


REPORTERS = """
hoso: 1
title: Hồ sơ
units: {under: [tinh-a], kinds: [so]}
deadline: {by: 2021-12-20}
items:
  - id: bao_cao
    outline: bieu
    deadline: {before: 2021-12-05}
    annexes: [{id: phu_luc, outline: bieu}, {id: sau, outline: bieu, deadline: {by: 2021-12-31}}, {id: luc_nao, outline: bieu, deadline: none}]
  - {id: khac, outline: bieu}
"""
PROVINCES = """
hoso: 1
units:
  tinh-a: {name: Tỉnh A, kind: tinh}
  tinh-b: {name: Tỉnh B, kind: tinh}
  so-a: {name: Sở của A, kind: so, parent: tinh-a}
  so-b: {name: Sở của B, kind: so, parent: tinh-b}
"""


def provinces(tmp_path: Path, checklist: str = REPORTERS) -> Definitions:
    for name, text in {
        "hoso.yaml": "hoso: 1\n",
        "outlines/lists.yaml": "hoso: 1\nlists: {}\nkinds: {so: {label: Sở}, tinh: {label: Tỉnh}}\n",
        "outlines/bieu.yaml": "hoso: 1\ntitle: Biểu\nlayout: form\nsections: [{id: s, fields: [{id: a, type: text}]}]\n",
        "checklists/units.yaml": PROVINCES.lstrip(),
        "checklists/dot.yaml": checklist.lstrip(),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return read_definitions(tmp_path)


def test_a_checklist_asks_the_kinds_right_under_certain_units(tmp_path: Path) -> None:
    made = provinces(tmp_path)
    assert made.problems == []
    assert [unit.id for unit in made.asked_units(made.checklists["dot"])] == ["so-a"]


def test_an_annex_is_due_with_its_item_unless_it_says_otherwise(tmp_path: Path) -> None:
    checklist = provinces(tmp_path).checklists["dot"]
    days = {part.id: str(checklist.last_day(part)) for part, _ in checklist.parts()}
    assert days == {"bao_cao": "2021-12-04", "phu_luc": "2021-12-04", "sau": "2021-12-31", "luc_nao": "None",
                    "khac": "2021-12-20"}  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{by: 2021-12-20}", "{by: 2021-12-20, before: 2021-12-21}", "deadline-twice"),
        ("{id: khac, outline: bieu}", "{id: khac, outline: bieu, choose: [{outline: bieu}]}", "item-chosen-twice"),
        ("under: [tinh-a]", "under: [tinh-c]", "unit-unknown"),
    ],
)
def test_what_says_two_things_at_once_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    found = provinces(tmp_path, REPORTERS.replace(old, new)).problems
    assert [(one.code, one.line is not None) for one in found] == [(code, True)]


def test_a_folder_is_the_unit_s_under_an_id_that_it_has_or_had(tmp_path: Path) -> None:
    for name, text in {
        "hoso.yaml": "hoso: 1\n",
        "outlines/lists.yaml": "hoso: 1\nkinds:\n  so: {label: Sở}\n",
        "checklists/units.yaml": "hoso: 1\nunits:\n  moi: {name: Mới, kind: so, was: [khac, cu, xua]}\n  khac: {name: Khác, kind: so}\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    definitions = read_definitions(tmp_path)

    def owners(*folders: str) -> dict[str, str]:
        return {name: found.id for name in folders if (found := definitions.owner(name, folders))}

    assert owners("xua", "la") == {"xua": "moi"}
    assert owners("xua", "cu", "khac") == {"cu": "moi", "khac": "khac"}  # an id that another unit has by now is its own
    assert owners("xua", "moi", "cu") == {"moi": "moi"}
    renamed = definitions.units["moi"]
    assert definitions.folder_of(renamed, ["khac", "xua"]) == "xua"
    assert definitions.folder_of(renamed, ["khac"]) == "moi"


def test_an_address_ends_where_the_file_ends() -> None:
    data = {"sections": [{"id": "a", "fields": []}]}
    assert address(data, ("sections", 0, "fields", 3, "checks")) == "sections.a.fields"
    assert address(data, ("sections", 0, "checks", 0)) == "sections.a"


def test_the_word_itself_is_never_suggested() -> None:
    assert nearest("ket_qua", ["ket_qua"]) == ""
    assert "ket_quan" in nearest("ket_qua", ["ket_qua", "ket_quan"])


@pytest.mark.parametrize(
    ("label", "told"),
    [("Việc khác", "Việc khác. "), ("Vì sao?", "Vì sao? "), ("Và…", "Và… "), ("(một)", "(một). ")],
)
def test_what_is_wrong_ends_before_what_to_do(label: str, told: str) -> None:
    found = problem("ask-open", "a.yaml", label=label)
    assert found.line_of_text().endswith(f"{told}{found.remedy}")


def test_a_section_inside_one_of_the_same_id_leads_in_no_circle(tmp_path: Path) -> None:
    text = """sections:
  - id: a
    fields: [{id: n, type: number}]
    sections:
      - id: b
        sections: [{id: a, sections: [{id: c}]}, {id: b}]
"""
    made = read_definitions(build(tmp_path, {"outlines/bc.yaml": HEAD + text}))
    assert [found.code for found in made.problems] == ["id-duplicate", "id-duplicate"]
    nodes = made.outlines["bc"].nodes
    assert {name: (node.parent, node.children) for name, node in nodes.items()} == {
        "a": (None, ["b"]),
        "b": ("a", []),
        "c": ("a", []),
    }
    assert list(nodes["a"].fields) == ["n"]


def test_the_formats_that_may_be_asked_for_are_those_that_can_be_told() -> None:
    told = {*formats._TOLD, "txt"}
    assert {formats._plain(name) for name in FORMATS} == told and set(FORMATS) >= told


@pytest.mark.parametrize("folder", ["", "tests/data/workspace"])
def test_shipped_definitions_are_found_fault_with_nowhere(folder: str) -> None:
    assert read_definitions(Path(__file__).parent.parent / folder).problems == []
