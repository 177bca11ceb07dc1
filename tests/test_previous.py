"""The dossier of the period before: what is fetched from it, for judging, in the app, on the site, and when it changes."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

from hoso.kinds import NumberField
from hoso.previous import accepted, canonical_of, carried, holds_proposals
from hoso.publish import render_to
from hoso.workspace import Workspace
from tui import marking
from tui.places import Key, Place
from tui.session import Session

from .golden_cases import GOLDEN, build, read_case

OLD, NEW = "checklists/hs-2020/so-cu/bc.yaml", "checklists/hs/so-a/bc.yaml"


@pytest.fixture
def files() -> dict[str, str]:
    made: dict[str, str] = read_case(GOLDEN / "counting/previous-fetched.yaml")["files"]
    return made


def key(name: str) -> Key:
    return Key("field", "bc", "a", name)


def codes(workspace: Workspace) -> list[str]:
    return [one.code for one in workspace.verdict(workspace.open("hs", "so-a")).problems]


def test_both_figures_and_the_place_are_named(files: dict[str, str], tmp_path: Path) -> None:
    workspace = Workspace(build(tmp_path, files))
    told = {one.key: one.message for one in workspace.verdict(workspace.open("hs", "so-a")).problems}
    assert "8.197" in told["bc.a.dang_vien"] and OLD in told["bc.a.dang_vien"]
    assert "107" in told["bc.a.chi_bo"] and "108" in told["bc.a.chi_bo"] and OLD in told["bc.a.chi_bo"]
    assert "8.305" in told["bc.a.tong"]  # computed then
    assert "12" in told["bc.a.bang.xa.so"]


def test_nothing_is_read_without_a_checklist_before(
    files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files["checklists/hs.yaml"] = files["checklists/hs.yaml"].replace("previous: hs-2020\n", "")
    workspace = Workspace(build(tmp_path, files))
    monkeypatch.setattr("hoso.previous.read_dossier", lambda *_: pytest.fail("read"))
    assert codes(workspace).count("before-missing") == 7
    assert workspace.judge.earlier(workspace.definitions.checklists["hs"], workspace.definitions.units["so-a"]) is None


def test_a_dossier_is_judged_anew_when_the_one_before_changes(files: dict[str, str], tmp_path: Path) -> None:
    workspace = Workspace(build(tmp_path, files))
    first = [one.message for one in next(workspace.rows("hs", hints=True)).problems]
    (tmp_path / OLD).write_text((tmp_path / OLD).read_text(encoding="utf-8").replace("108", "110"), encoding="utf-8")
    again = [one.message for one in next(Workspace(tmp_path).rows("hs", hints=True)).problems]
    assert any("108" in one for one in first) and not any("108" in one for one in again)
    assert any("110" in one for one in again)


def test_a_computed_change_and_a_large_one_use_the_fetched_figure(files: dict[str, str], tmp_path: Path) -> None:
    files["outlines/bc.yaml"] += (
        "      - {id: tang, type: number, required: false,"
        " compute: {change: dang_vien, in: figures, entered: true}}\n"
        "    checks: [{id: lon, check: changed_more_than, of: dang_vien, limit: 1%}]\n"
    )
    files[NEW] += "    tang: 145\n"
    workspace = Workspace(build(tmp_path, files))
    found = {one.code: one for one in workspace.verdict(workspace.open("hs", "so-a")).problems}
    assert "144" in found["figure-wrong"].message
    assert "8.197" in found["change-unexplained"].message


def test_it_is_a_proposal_until_it_is_accepted(files: dict[str, str], tmp_path: Path) -> None:
    workspace = Workspace(build(tmp_path, files))
    text = (tmp_path / NEW).read_bytes()
    session = Session(workspace, "hs", "so-a")
    session.close()
    assert (tmp_path / NEW).read_bytes() == text
    session = Session(workspace, "hs", "so-a")
    assert "before" in [one.id for one in marking.choices(session, key("dang_vien"))]
    marking.apply(session, key("dang_vien"), "before")
    assert session.raw(key("dang_vien")) == {"value": "8341", "before": "8197"}
    assert "before" not in [one.id for one in marking.choices(session, key("dang_vien"))]
    assert session.faults_at(key("dang_vien")) == []
    session.undo()
    assert session.raw(key("dang_vien")) == "8341"
    session.type_before(key("dang_vien"), "8.000")
    assert [one.code for one in session.faults_at(key("dang_vien"))] == ["before-differs"]
    assert session.close()


def test_what_was_handed_in_is_read_in_its_own_wording(files: dict[str, str], tmp_path: Path) -> None:
    """The outline of before has lost a field since; the frozen copy still has it."""
    from hoso.yamlio import digest

    frozen = files["outlines/bc-cu.yaml"]
    files["checklists/hs-2020/so-cu/frozen/bc.yaml"] = frozen
    files["checklists/hs-2020/so-cu/dossier.yaml"] += f"frozen:\n  bc: {digest(frozen.encode())}\n"
    files["outlines/bc-cu.yaml"] = frozen.replace("      - {id: dang_vien, type: number}\n", "").replace(
        "dang_vien, ", ""
    )
    workspace = Workspace(build(tmp_path, files))
    earlier = workspace.judge.earlier(workspace.definitions.checklists["hs"], workspace.definitions.units["so-a"])
    asked = workspace.definitions.checklists["hs"].asked_of(workspace.definitions.units["so-a"])[0]
    node = workspace.definitions.outlines["bc"].nodes["a"]
    made = node.fields["dang_vien"]
    assert earlier is not None and isinstance(made, NumberField)
    found = earlier.part(asked).figure(node, made)
    assert found is not None and found.value == "8197"


@pytest.mark.parametrize(("before", "shown"), [("figures", True), ("state", False)])
def test_the_site_shows_it_only_where_the_dossier_before_may_be_shown(
    files: dict[str, str], tmp_path: Path, before: str, shown: bool
) -> None:
    files["checklists/hs.yaml"] += "publish: all\n"
    files["checklists/hs-2020.yaml"] += f"publish: {before}\n"
    own = "checklists/hs/so-a/dossier.yaml"
    files[own] = files[own].replace("drafting", "handed_in")
    for name in ("bc", "bc-cu"):
        files[f"outlines/{name}.yaml"] += "publish: all\n"
    workspace = Workspace(build(tmp_path, files))
    render_to(workspace, tmp_path / "out")
    body = unescape((tmp_path / "out/ho-so/hs/so-a.md").read_text(encoding="utf-8"))
    assert ("8.197" in body) is shown
    assert "107" in body  # typed in this dossier
    assert "108" not in body  # told only to those who fill it


@pytest.mark.parametrize(
    ("raw", "made"),
    [
        ("x", {"value": "x", "from": "carried"}),
        ({"value": "5", "before": "4"}, {"value": "5", "from": "carried"}),
        ({"absent": "nil"}, None),
        ({"absent": "pending"}, None),
        (None, None),
        (["a", "b"], {"value": ["a", "b"], "from": "carried"}),
        ({"r1": {"so": "4", "ten": ""}, "r2": {}}, {"r1": {"so": {"value": "4", "from": "carried"}}}),
    ],
)
def test_what_is_carried_over(raw: object, made: object) -> None:
    assert carried(raw) == made
    assert holds_proposals(made) is (made is not None)
    assert not holds_proposals(accepted(made))


def test_an_item_of_another_id_is_known_by_its_outline(files: dict[str, str], tmp_path: Path) -> None:
    files["checklists/hs-2020.yaml"] = (
        files["checklists/hs-2020.yaml"].replace("id: bc", "id: cu").replace("bc-cu", "bc")
    )
    old = files.pop(OLD).replace("bc-cu", "bc").replace("  cu:", "  a:")
    files["checklists/hs-2020/so-cu/cu.yaml"] = old
    session = Session(Workspace(build(tmp_path, files)), "hs", "so-a")
    found = session.before(key("dang_vien"))
    assert found == ("8197", "checklists/hs-2020/so-cu/cu.yaml")


def test_accepting_leaves_the_rest_alone() -> None:
    cells = {"r1": {"a": {"value": "4", "from": "carried"}, "b": "5", "c": {"absent": "nil"}}}
    assert accepted(cells) == {"r1": {"a": "4", "b": "5", "c": {"absent": "nil"}}}


def test_canonical_figures() -> None:
    from fractions import Fraction

    assert [canonical_of(Fraction(one)) for one in ("8341", "94.50", "-2", "1/3", "100")] == [
        "8341", "94.5", "-2", "0.333333333", "100",
    ]  # fmt: skip


def test_the_number_of_before_is_offered_in_the_form(files: dict[str, str], tmp_path: Path) -> None:
    session = Session(Workspace(build(tmp_path, files)), "hs", "so-a")
    found = session.before(key("dang_vien"))
    assert found is not None and found.value == "8197" and session.before(key("khong_co")).value == "0"  # type: ignore[union-attr]
    assert session.before(key("kin")) is None and session.before(key("de_nghi")) is None
    assert session.judged(Place("bc", "a")).done == 9
