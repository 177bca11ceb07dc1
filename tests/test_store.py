"""A dossier on disk: what a save changes, what two people at once keep, what is never lost."""

from __future__ import annotations

import difflib
import json
import os
import socket
import subprocess
import sys
import unicodedata
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoso.definitions import Outline
from hoso.dossiers import Answer, Attachment, Dossier, Sheet, answer_of, new_id, new_sheet
from hoso.kinds import Attach
from hoso.problems import Refused
from hoso.store import Holder, Lock, SheetFile, attach, checksum, detach, read_dossier, read_events, save_dossier
from hoso.store.attachments import faults
from hoso.store.formats import fits, format_of
from hoso.store.merging import merge
from hoso.store.moving import hand_in, move, possible
from hoso.store.naming import plain_name
from hoso.workspace import Workspace
from hoso.yamlio import digest, dump, read

from .golden_cases import build

NOW = datetime(2021, 12, 3, 8, 15, tzinfo=UTC)
OUTLINE = """hoso: 1
title: Báo cáo
version: 3
sections:
  - id: mot
    title: Một
    asks: [{id: y1, text: Ý một}, {id: y2, text: Ý hai}]
    fields:
      - {id: chu, type: text}
      - {id: so, type: number}
      - {id: rieng, type: text, private: true, required: false}
  - id: hai
    title: Hai
    fields: [{id: chu, type: text}]
  - {id: ba, title: Ba, fields: [{id: chu, type: text}]}
"""
CHECKLIST = """hoso: 1
title: Hồ sơ
items:
  - {id: bao_cao, title: Báo cáo, outline: bc}
  - {id: cong_van, title: Công văn, attach: {at_least: 1}, required: false}
"""
FILES = {"outlines/bc.yaml": OUTLINE, "checklists/hs.yaml": CHECKLIST}
FOLDER = "checklists/hs/so-a"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return build(tmp_path / "workspace", FILES)


@pytest.fixture
def outline(root: Path) -> Outline:
    return Workspace(root).definitions.outlines["bc"]


def put(sheet: Sheet, outline: Outline, address: str, raw: Any) -> None:
    section, _, name = address.partition(".")
    sheet.put(outline.nodes[section], name, raw)


def sheet_file(root: Path) -> SheetFile:
    """The report's file, as a session opens it."""
    workspace = Workspace(root)
    dossier = workspace.open("hs", "so-a")
    document = dossier.documents.get("bao_cao")
    made = dossier.sheets.get("bao_cao") or new_sheet("bc", workspace.definitions.outlines["bc"])
    return SheetFile(root / FOLDER, "bao_cao", made, document.digest if document else None)


def write_answers(root: Path, text: str) -> Path:
    path = root / FOLDER / "bao_cao.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    (root / FOLDER / "dossier.yaml").write_text(
        "hoso: 1\nunit: so-a\nstate: drafting\nattachments:\n", encoding="utf-8"
    )
    return path


# ---- answers


def test_a_sheet_is_born_with_every_section_as_an_empty_key(root: Path, outline: Outline) -> None:
    file = sheet_file(root)
    file.save(NOW)
    expected = "hoso: 1\noutline: bc\nversion: 3\nanswers:\n  mot:\n  hai:\n  ba:\n"
    assert file.path.read_text(encoding="utf-8") == expected


def test_answers_take_their_place_in_the_outline_s_order(root: Path, outline: Outline) -> None:
    sheet = new_sheet("bc", outline)
    for address, raw in (("mot.so", "5"), ("hai.chu", "x"), ("mot.chu", "một")):
        put(sheet, outline, address, raw)
    sheet.put_ask(outline.nodes["mot"], "y2", "here")
    sheet.put_ask(outline.nodes["mot"], "y1", {"elsewhere": "hai"})
    assert list(sheet.answers) == ["mot", "hai", "ba"]
    assert list(sheet.answers["mot"] or {}) == ["asks", "chu", "so"]
    assert list((sheet.answers["mot"] or {})["asks"]) == ["y1", "y2"]


def test_what_stands_in_another_order_stays_in_it(outline: Outline) -> None:
    sheet = Sheet("bc", 3, {"ba": {"chu": "x"}, "mot": {"so": "1", "la": "?", "chu": "y"}})
    put(sheet, outline, "mot.so", "2")
    put(sheet, outline, "ba.chu", None)
    assert list(sheet.answers) == ["ba", "mot"] and list(sheet.answers["mot"] or {}) == ["so", "la", "chu"]
    assert sheet.answers["ba"] is None


def test_one_answer_changes_one_line(root: Path, outline: Outline) -> None:
    text = """hoso: 1
outline: bc
version: 3
answers:
  mot:
    asks:
      y1: here
    chu: |
      Dòng một có dấu: và #

      Dòng hai 👍
    so:
      value: 8341
      before: 8197
  hai:
    chu: ngắn
  ba:
parked:
  cu:
    mat: còn giữ
"""
    path = write_answers(root, text)
    file = sheet_file(root)
    put(file.sheet, outline, "hai.chu", "dài hơn")
    file.save(NOW)
    after = path.read_text(encoding="utf-8")
    changed = [line for line in difflib.ndiff(text.splitlines(), after.splitlines()) if line[0] in "+-"]
    assert changed == ["-     chu: ngắn", "+     chu: dài hơn"]


def test_saving_without_a_change_writes_nothing(root: Path) -> None:
    path = write_answers(root, "hoso: 1\noutline: 'bc'\nversion: 3\nanswers:\n  mot:   {chu: x}\n")
    before = path.read_bytes(), path.stat().st_mtime_ns
    file = sheet_file(root)
    assert not file.is_changed()
    file.save(NOW)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_private_answers_go_to_a_file_of_their_own(root: Path, outline: Outline) -> None:
    file = sheet_file(root)
    put(file.sheet, outline, "mot.rieng", "kín")
    put(file.sheet, outline, "mot.chu", "hở")
    file.save(NOW)
    assert "kín" not in file.path.read_text(encoding="utf-8")
    private = root / FOLDER / "bao_cao.private.yaml"
    assert "kín" in private.read_text(encoding="utf-8") and "hở" not in private.read_text(encoding="utf-8")
    sheet = read_dossier(root, "hs", "so-a").sheets["bao_cao"]
    assert sheet.answer("mot", "rieng").value == "kín" and sheet.answer("mot", "chu").value == "hở"


def test_a_field_made_private_later_leaves_the_shared_file_when_it_is_written(root: Path, outline: Outline) -> None:
    write_answers(root, "hoso: 1\noutline: bc\nversion: 3\nanswers:\n  mot:\n    rieng: cũ\n")
    file = sheet_file(root)
    put(file.sheet, outline, "mot.rieng", "mới")
    assert file.sheet.answer("mot", "rieng").value == "mới"
    file.save(NOW)
    assert "cũ" not in file.path.read_text(encoding="utf-8")
    put(file.sheet, outline, "mot.rieng", None)
    assert file.sheet.answer("mot", "rieng").is_blank


def test_private_answers_of_others_are_merged_not_overwritten(root: Path, outline: Outline) -> None:
    write_answers(root, "hoso: 1\noutline: bc\nversion: 3\nanswers:\n  mot:\n")
    private = root / FOLDER / "bao_cao.private.yaml"
    file = sheet_file(root)
    private.write_text("hoso: 1\noutline: bc\nanswers:\n  hai:\n    chu: của họ\n", encoding="utf-8")
    put(file.sheet, outline, "mot.rieng", "của ta")
    file.save(NOW)
    text = private.read_text(encoding="utf-8")
    assert "của họ" in text and "của ta" in text


def test_a_private_file_that_cannot_be_read_is_kept_and_stays_private(root: Path, outline: Outline) -> None:
    write_answers(root, "hoso: 1\noutline: bc\nversion: 3\nanswers:\n  mot:\n")
    private = root / FOLDER / "bao_cao.private.yaml"
    private.write_text("answers: [hỏng", encoding="utf-8")
    file = sheet_file(root)
    put(file.sheet, outline, "mot.rieng", "mới")
    saved = file.save(NOW)
    assert saved.kept_theirs is not None and saved.kept_theirs.name.endswith(".private.yaml")
    assert saved.kept_theirs.read_text(encoding="utf-8") == "answers: [hỏng"


def test_parked_answers_survive(root: Path, outline: Outline) -> None:
    write_answers(root, "hoso: 1\noutline: bc\nversion: 3\nanswers:\n  mot:\nparked:\n  cu.mat:\n    value: 5\n")
    file = sheet_file(root)
    put(file.sheet, outline, "ba.chu", "x")
    file.save(NOW)
    assert read_dossier(root, "hs", "so-a").sheets["bao_cao"].parked == {"cu.mat": {"value": "5"}}


@pytest.mark.parametrize(
    "text",
    [
        "hoso: 1\noutline: bc\nanswers:\n  mot:\n    chu: thứ nhất\n    chu: thứ hai\n",
        "hoso: 1\noutline: bc\nghi_chu: đừng mất\nanswers:\n  mot:\n",
        "hoso: 1\noutline: bc\nanswers:\n  mot: không phải bảng\n",
        "hoso: 1\noutline: bc\nanswers:\n  mot:\n    chu: !t gắn thẻ\n",
    ],
)
def test_what_could_not_be_understood_is_kept_whole_before_it_is_written_over(
    root: Path, outline: Outline, text: str
) -> None:
    write_answers(root, text)
    file = sheet_file(root)
    put(file.sheet, outline, "ba.chu", "x")
    saved = file.save(NOW)
    assert saved.kept_theirs is not None
    assert saved.kept_theirs.read_text(encoding="utf-8") == text
    assert file.save(NOW).kept_theirs is None
    assert len(list((root / FOLDER / "conflicts").iterdir())) == 1


@pytest.mark.parametrize("content", [b"answers: [", b"\xff\xfe", b"", b"- a\n", b"hoso: 9\noutline: bc\n"])
def test_a_file_that_cannot_be_read_gives_no_sheet_and_is_not_touched(root: Path, content: bytes) -> None:
    path = write_answers(root, "x")
    path.write_bytes(content)
    dossier = read_dossier(root, "hs", "so-a")
    assert dossier.sheets == {} and [found.path for found in dossier.problems] == [f"{FOLDER}/bao_cao.yaml"]
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("x", Answer("x")),
        (None, Answer()),
        (["a", "b"], Answer(["a", "b"])),
        ({"value": "5", "before": "4"}, Answer("5", "4")),
        ({"value": "5", "from": "carried"}, Answer("5", source="carried")),
        ({"absent": "nil"}, Answer(absent="nil")),
        ({"absent": "not_applicable", "because": "vì"}, Answer(absent="not_applicable", because="vì")),
        ({"value": {"a": "b"}}, None),
        ({"value": "5", "absent": "nil"}, None),
        ({"value": "5", "from": "guessed"}, None),
        ({"value": "5", "from": ["typed"]}, None),
        ({"values": "5"}, None),
        ({"absent": "nil", "because": ["x"]}, None),
    ],
)
def test_answers_as_kept(raw: Any, answer: Answer | None) -> None:
    made = answer_of(raw)
    assert made == answer
    if made is not None and raw is not None:
        assert made.as_raw() == raw


@pytest.mark.parametrize("value", [None, "", "  \n", [], {}])
def test_blank_answers(value: Any) -> None:
    assert Answer(value).is_blank
    assert not Answer(value, absent="nil").is_blank


# ---- two people at once


def test_changes_of_both_sides_are_kept(root: Path, outline: Outline) -> None:
    write_answers(root, dump(new_sheet("bc", outline).as_data()))
    ours, theirs = sheet_file(root), sheet_file(root)
    put(theirs.sheet, outline, "mot.so", "7")
    put(theirs.sheet, outline, "ba.chu", "của họ")
    theirs.save(NOW)
    put(ours.sheet, outline, "mot.chu", "của ta")
    saved = ours.save(NOW)
    assert saved.merged and saved.clashes == {} and saved.kept_theirs is None
    sheet = read_dossier(root, "hs", "so-a").sheets["bao_cao"]
    assert (sheet.raw("mot", "so"), sheet.raw("mot", "chu"), sheet.raw("ba", "chu")) == ("7", "của ta", "của họ")
    assert ours.sheet.raw("ba", "chu") == "của họ"


def test_a_clash_holds_ours_and_keeps_theirs(root: Path, outline: Outline) -> None:
    write_answers(root, dump(new_sheet("bc", outline).as_data()))
    ours, theirs = sheet_file(root), sheet_file(root)
    put(theirs.sheet, outline, "hai.chu", "của họ")
    theirs.save(NOW)
    put(ours.sheet, outline, "hai.chu", "của ta")
    saved = ours.save(NOW)
    assert saved.clashes == {"answers.hai.chu": "của họ"}
    assert saved.kept_theirs == root / FOLDER / "conflicts" / "20211203T081500-bao_cao.yaml"
    assert "của họ" in saved.kept_theirs.read_text(encoding="utf-8")
    assert read_dossier(root, "hs", "so-a").sheets["bao_cao"].raw("hai", "chu") == "của ta"


def test_two_clashes_in_one_second_keep_two_files(root: Path, outline: Outline) -> None:
    path = write_answers(root, dump(new_sheet("bc", outline).as_data()))
    for _ in range(2):
        file = sheet_file(root)
        path.write_text("answers: [hỏng", encoding="utf-8")
        put(file.sheet, outline, "hai.chu", "ta")
        file.save(NOW)
    assert len(list((root / FOLDER / "conflicts").iterdir())) == 2


def test_a_file_made_by_somebody_else_meanwhile_is_merged(root: Path, outline: Outline) -> None:
    ours = sheet_file(root)
    write_answers(root, "hoso: 1\noutline: bc\nversion: 3\nanswers:\n  mot:\n    so: 5\n")
    put(ours.sheet, outline, "mot.chu", "x")
    ours.save(NOW)
    assert read_dossier(root, "hs", "so-a").sheets["bao_cao"].answers["mot"] == {"chu": "x", "so": "5"}


def test_a_file_deleted_meanwhile_is_written_again(root: Path, outline: Outline) -> None:
    path = write_answers(root, "hoso: 1\noutline: bc\nversion: 3\nanswers:\n  mot:\n    so: 5\n")
    file = sheet_file(root)
    path.unlink()
    put(file.sheet, outline, "hai.chu", "x")
    file.save(NOW)
    assert "so: 5" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("theirs", ["answers: [", "hoso: 1\noutline: bc\nanswers:\n  mot: chữ\n", "- a\n", "x"])
def test_a_file_spoiled_meanwhile_is_kept_whole(root: Path, outline: Outline, theirs: str) -> None:
    path = write_answers(root, dump(new_sheet("bc", outline).as_data()))
    file = sheet_file(root)
    path.write_text(theirs, encoding="utf-8")
    put(file.sheet, outline, "mot.chu", "ta")
    saved = file.save(NOW)
    assert saved.kept_theirs is not None and saved.kept_theirs.read_text(encoding="utf-8") == theirs
    put(file.sheet, outline, "mot.chu", "ta nữa")
    file.save(NOW)
    assert read_dossier(root, "hs", "so-a").sheets["bao_cao"].raw("mot", "chu") == "ta nữa"


def test_a_disk_that_fails_loses_nothing(root: Path, outline: Outline, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_answers(root, dump(new_sheet("bc", outline).as_data()))
    before = path.read_bytes()
    file = sheet_file(root)
    put(file.sheet, outline, "mot.chu", "ta")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
        with pytest.raises(OSError, match="No space"):
            file.save(NOW)
    assert path.read_bytes() == before and file.is_changed()
    file.save(NOW)
    assert "chu: ta" in path.read_text(encoding="utf-8") and not file.is_changed()


def filled(tree: Any) -> Any:
    """The tree without what is empty, which is the same as absent."""
    if not isinstance(tree, dict):
        return tree
    return {key: kept for key, value in tree.items() if (kept := filled(value))} or None


LEAVES = st.sampled_from(["1", "2", "3"]) | st.none()
SMALL = st.dictionaries(
    st.sampled_from("abcd"), LEAVES | st.dictionaries(st.sampled_from("xyz"), LEAVES, max_size=3), max_size=4
)


@settings(max_examples=400, deadline=None)
@given(SMALL, SMALL, SMALL)
def test_merging_keeps_every_change_or_names_it(base: Any, ours: Any, theirs: Any) -> None:
    merged = merge(base, ours, theirs)
    assert filled(merge(base, ours, base).tree) == filled(ours)
    assert filled(merge(base, base, theirs).tree) == filled(theirs)
    for key in theirs:
        if theirs[key] != base.get(key) and theirs[key] is not None:
            named = any(clash == key or clash.startswith(f"{key}.") for clash in merged.clashes)
            inside = isinstance(theirs[key], dict)
            assert merged.tree.get(key) == theirs[key] or named or inside or merged.tree.get(key) == ours.get(key)
    for key in ours:
        if ours[key] != base.get(key) and not isinstance(ours[key], dict | None):
            assert merged.tree[key] == ours[key]


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "tree", "clashes"),
    [
        ({"a": "1"}, {"a": "2"}, {"a": "1", "b": "3"}, {"a": "2", "b": "3"}, {}),
        ({"a": "1", "b": "2"}, {"b": "2"}, {"a": "1", "b": "3"}, {"b": "3"}, {}),
        ({"a": "1"}, {}, {"a": "2"}, {}, {"a": "2"}),
        ({"s": None}, {"s": {"a": "1"}}, {"s": {"b": "2"}}, {"s": {"a": "1", "b": "2"}}, {}),
        ({"s": {"a": "1"}}, {"s": None}, {"s": {"a": "1", "b": "2"}}, {"s": {"b": "2"}}, {}),
        ({"a": "1"}, {"a": {"value": "2", "before": "0"}}, {"a": {"value": "1", "before": "9"}},
         {"a": {"value": "2", "before": "0"}}, {"a": {"value": "1", "before": "9"}}),
        ({"a": "1", "c": "3"}, {"a": "1", "c": "3"}, {"a": "1", "b": "2", "c": "3"},
         {"a": "1", "b": "2", "c": "3"}, {}),
    ],
)  # fmt: skip
def test_merging(base: Any, ours: Any, theirs: Any, tree: Any, clashes: Any) -> None:
    merged = merge(base, ours, theirs)
    assert merged.tree == tree and list(merged.tree) == list(tree)
    assert merged.clashes == clashes


# ---- locks


def holder(**facts: Any) -> Holder:
    told: dict[str, Any] = {"user": "an", "host": "may-khac", "process": 1, "since": NOW.isoformat(), "heard": ""}
    told["heard"] = told["since"]
    return Holder(**(told | facts))


def keep_lock(lock: Lock, made: Holder) -> None:
    lock.path.parent.mkdir(parents=True, exist_ok=True)
    lock.path.write_text(json.dumps({name: getattr(made, name) for name in made.__slots__}), encoding="utf-8")


def test_a_lock_is_taken_held_and_let_go(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "d" / "bao_cao.yaml")
    assert lock.take(NOW) is None and lock.path.name == ".bao_cao.lock.json"
    assert lock.beat(NOW + timedelta(minutes=1))
    kept = lock.holder()
    assert kept is not None and kept.heard > kept.since and kept.process == os.getpid()
    lock.release()
    assert not lock.path.exists() and not lock.beat(NOW)


def test_a_living_lock_of_somebody_else_is_respected_until_taken_over(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "bao_cao.yaml")
    keep_lock(lock, holder())
    assert lock.take(NOW + timedelta(seconds=110)) == holder()
    lock.release()
    assert lock.holder() == holder()
    assert lock.take(NOW, over=True) is None
    assert lock.held is not None and lock.holder() == lock.held
    keep_lock(lock, holder(user="binh"))
    assert lock.beat(NOW) is False and lock.held is None


def test_a_stale_lock_is_taken(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "bao_cao.yaml")
    keep_lock(lock, holder())
    assert lock.take(NOW + timedelta(minutes=2, seconds=1)) is None


def test_the_lock_of_a_process_that_is_gone_is_taken(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    lock = Lock(tmp_path / "bao_cao.yaml")
    keep_lock(lock, holder(host=socket.gethostname(), process=int(ended.stdout)))
    assert lock.take(NOW) is None
    keep_lock(lock, holder(host=socket.gethostname(), process=os.getppid()))
    assert lock.take(NOW) is not None


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"user": 1}', '{"user":"a","host":"h","process":"x","since":"","heard":""}',
     '{"user":"a","host":"h","process":Infinity,"since":"","heard":""}',
     '{"user":"a","host":"h","process":1,"since":"","heard":"hôm qua"}'],
)  # fmt: skip
def test_a_lock_that_cannot_be_read_stops_nobody(tmp_path: Path, text: str) -> None:
    lock = Lock(tmp_path / "bao_cao.yaml")
    lock.path.write_text(text, encoding="utf-8")
    assert lock.take(NOW) is None
    assert lock.held is not None


def test_a_process_number_out_of_range_is_no_crash() -> None:
    assert holder(host=socket.gethostname(), process=10**30).is_gone() is False


# ---- attachments


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "Công văn.pdf"
    path.write_bytes(b"%PDF-1.7 x")
    return path


def test_an_attachment_is_copied_and_listed_once(root: Path, source: Path) -> None:
    dossier = Dossier("hs", "so-a")
    made = attach(root, dossier, "cong_van", source)
    assert made.file == "cong_van/Công văn.pdf" and made.size == 10 and made.sha256 == checksum(source)
    copy = source.with_name("bản khác.pdf")
    copy.write_bytes(source.read_bytes())
    assert attach(root, dossier, "cong_van", copy) == made
    assert dossier.attached("cong_van") == [made]
    save_dossier(root, dossier)
    assert read_dossier(root, "hs", "so-a").attachments == {"cong_van": [made]}


@pytest.mark.parametrize(
    "other", ["Công văn.pdf", "CÔNG VĂN.PDF", "cong van.pdf", unicodedata.normalize("NFD", "Công văn.pdf")]
)
def test_names_that_some_system_takes_for_the_same_are_told_apart(root: Path, source: Path, other: str) -> None:
    dossier = Dossier("hs", "so-a")
    attach(root, dossier, "cong_van", source)
    folder = source.parent / "khác"
    folder.mkdir()
    (folder / other).write_bytes(b"%PDF-1.7 y")
    made = attach(root, dossier, "cong_van", folder / other)
    assert made.file.casefold().endswith(" (2).pdf") and unicodedata.is_normalized("NFC", made.file)
    assert [faults(root, dossier, one, Attach()) for one in dossier.attached("cong_van")] == [[], []]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a/b\\c:d.pdf", "a_b_c_d.pdf"),
        ("..", "tep"),
        ("...pdf", "pdf"),
        (".htaccess", "htaccess"),
        ("x\x00\n.pdf", "x__.pdf"),
        ("con.pdf", "_con.pdf"),
        ("NUL", "_NUL"),
        ("tệp\udcff.pdf", "tệp_.pdf"),
        ("báo cáo .pdf", "báo cáo.pdf"),
        ("a.tar.gz", "a.tar.gz"),
    ],
)
def test_plain_names(name: str, kept: str) -> None:
    assert plain_name(name) == kept


def test_long_vietnamese_names_fit_every_disk(root: Path, tmp_path: Path) -> None:
    name = plain_name("Ủy ban " + "ờ" * 300 + "." + "ư" * 100)
    assert len(name.encode()) <= 200 and "." in name
    long = tmp_path / ("ờ" * 80 + ".pdf")
    long.write_bytes(b"%PDF-")
    made = attach(root, Dossier("hs", "so-a"), "cong_van", long)
    assert (root / FOLDER / "files" / made.file).is_file()


def test_a_name_that_is_no_text_leaves_a_dossier_that_can_be_read(root: Path, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/c\xf4ng v\xe3n.pdf"))
    path.write_bytes(b"%PDF-")
    dossier = Dossier("hs", "so-a")
    attach(root, dossier, "cong_van", path)
    save_dossier(root, dossier)
    again = read_dossier(root, "hs", "so-a")
    assert again.problems == [] and len(again.attached("cong_van")) == 1


def test_what_is_no_file_is_refused(root: Path, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "không có"):
        with pytest.raises(Refused) as caught:
            attach(root, Dossier("hs", "so-a"), "cong_van", path)
        assert caught.value.problem.code == "file-unreadable"


def test_detaching_leaves_the_file(root: Path, source: Path) -> None:
    dossier = Dossier("hs", "so-a")
    made = attach(root, dossier, "cong_van", source)
    assert detach(dossier, "cong_van", made.id) == made and detach(dossier, "cong_van", made.id) is None
    assert dossier.attached("cong_van") == [] and (root / FOLDER / "files" / made.file).is_file()
    assert attach(root, dossier, "cong_van", source).file != made.file


@pytest.mark.parametrize(
    "file", ["../../x.pdf", "/etc/passwd", "a/../../x", "C:/x", "\\\\share\\x", "a//b", "./a", "a\\..\\x"]
)
def test_a_listed_path_out_of_the_dossier_is_refused(root: Path, file: str) -> None:
    entry = {"r1": {"file": file, "size": "1", "sha256": "x"}}
    data = {"hoso": "1", "unit": "so-a", "state": "drafting", "attachments": {"cong_van": entry}}
    (root / FOLDER).mkdir(parents=True)
    (root / FOLDER / "dossier.yaml").write_text(dump(data), encoding="utf-8")
    dossier = read_dossier(root, "hs", "so-a")
    assert [(found.code, found.line) for found in dossier.problems] == [("attachment-path", 7)]
    assert dossier.attached("cong_van") == []


def test_a_link_out_of_the_dossier_is_refused(root: Path, source: Path) -> None:
    folder = root / FOLDER / "files" / "cong_van"
    folder.mkdir(parents=True)
    (folder / "x.pdf").symlink_to(source)
    (folder / "loop.pdf").symlink_to(folder / "loop.pdf")
    kept = [Attachment("r1", f"cong_van/{name}", 10, checksum(source)) for name in ("x.pdf", "loop.pdf")]
    found = [[fault.code for fault in faults(root, Dossier("hs", "so-a"), one, None)] for one in kept]
    assert found[0] == ["attachment-path"] and found[1] in (["attachment-path"], ["attachment-lost"])


def test_changed_and_lost_files_are_told(root: Path, source: Path) -> None:
    dossier = Dossier("hs", "so-a")
    made = attach(root, dossier, "cong_van", source)
    path = root / FOLDER / "files" / made.file
    path.write_bytes(b"%PDF-1.7 y")
    assert [fault.code for fault in faults(root, dossier, made, None)] == ["attachment-changed"]
    path.unlink()
    assert [fault.code for fault in faults(root, dossier, made, None)] == ["attachment-lost"]
    assert attach(root, dossier, "cong_van", source).file == made.file


def archive(path: Path, *names: str, **contents: str) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name in names:
            made.writestr(name, contents.get(name, "x"))
    return path


def test_formats_are_told_from_the_content(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    contents = {
        b"%PDF-1.4": "pdf", b"\x89PNG\r\n\x1a\n...": "png", b"\xff\xd8\xff\xe0": "jpg", "Đảng bộ".encode(): "txt",
        "đ".encode() * 5000: "txt", b"x" * 4095 + "đ".encode() * 9: "txt", b"\xff\x00\x01": "?", b"": "?",
        b"\xe9t\xe9" * 3000: "?", b"{\\rtf1": "rtf", ole + "WordDocument".encode("utf-16-le"): "doc",
        ole + "Workbook".encode("utf-16-le"): "xls", ole: "?", b"PK\x03\x04 cut off": "zip",
    }  # fmt: skip
    for content, name in contents.items():
        path = tmp_path / "file.docx"
        path.write_bytes(content)
        assert format_of(path) == name, content[:20]
    assert format_of(archive(tmp_path / "a", "word/document.xml", "[Content_Types].xml")) == "docx"
    assert format_of(archive(tmp_path / "b", "xl/workbook.xml")) == "xlsx"
    assert format_of(archive(tmp_path / "c", "mimetype", mimetype="application/vnd.oasis.opendocument.text")) == "odt"
    assert format_of(archive(tmp_path / "d", "readme.txt")) == "zip"
    assert fits("jpg", ["JPEG", ".png"]) and not fits("doc", ["docx"]) and fits("?", [])


def test_an_archive_spoiled_inside_is_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "x.odt"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text" * 9)
    content = bytearray(path.read_bytes())
    content[40:46] = b"\xff" * 6
    path.write_bytes(bytes(content))
    assert format_of(path) in ("zip", "odt")


# ---- dossier.yaml


def test_both_people_s_attachments_are_kept(root: Path, source: Path) -> None:
    save_dossier(root, Dossier("hs", "so-a"))
    ours, theirs = read_dossier(root, "hs", "so-a"), read_dossier(root, "hs", "so-a")
    attach(root, theirs, "cong_van", source)
    save_dossier(root, theirs)
    other = source.with_name("khác.pdf")
    other.write_bytes(b"%PDF-1.7 khac")
    attach(root, ours, "cong_van", other)
    save_dossier(root, ours)
    assert {one.file for one in ours.attached("cong_van")} == {"cong_van/Công văn.pdf", "cong_van/khác.pdf"}
    assert read_dossier(root, "hs", "so-a").attachments == ours.attachments
    detach(ours, "cong_van", ours.attached("cong_van")[0].id)
    save_dossier(root, ours)
    assert len(read_dossier(root, "hs", "so-a").attached("cong_van")) == 1


def test_a_state_moved_meanwhile_is_followed(root: Path, source: Path) -> None:
    save_dossier(root, Dossier("hs", "so-a"))
    ours, theirs = read_dossier(root, "hs", "so-a"), read_dossier(root, "hs", "so-a")
    move(root, theirs, "submit", NOW)
    attach(root, ours, "cong_van", source)
    save_dossier(root, ours)
    assert ours.state == "handed_in" and read_dossier(root, "hs", "so-a").state == "handed_in"


@pytest.mark.parametrize(
    "text",
    [
        "unit: [",
        "hoso: 1\nunit: so-a\nstate: handed-in\n",
        "hoso: 1\nunit: so-a\nnote: đừng mất\n",
        "hoso: 1\nunit: so-a\nattachments:\n  cong_van:\n    r1: {file: a}\n",
        "hoso: 1\nunit: so-a\nwaivers:\n  - {code: x}\n",
    ],
)
def test_a_dossier_file_that_was_not_understood_is_never_written_over(root: Path, source: Path, text: str) -> None:
    path = root / FOLDER / "dossier.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    dossier = read_dossier(root, "hs", "so-a")
    assert dossier.exists and dossier.problems
    with pytest.raises(Refused):
        attach(root, dossier, "cong_van", source)
    with pytest.raises(OSError, match=r"\S"):
        save_dossier(root, dossier)
    assert path.read_text(encoding="utf-8") == text


def test_a_dossier_file_spoiled_meanwhile_is_not_written_over(root: Path) -> None:
    save_dossier(root, Dossier("hs", "so-a"))
    dossier = read_dossier(root, "hs", "so-a")
    path = root / FOLDER / "dossier.yaml"
    path.write_text("<<<<<<< HEAD\n", encoding="utf-8")
    with pytest.raises(OSError, match=r"\S"):
        save_dossier(root, dossier)
    assert path.read_text(encoding="utf-8") == "<<<<<<< HEAD\n"


# ---- moving


def test_moves_are_possible_from_some_states_only() -> None:
    states = ("drafting", "ready", "handed_in", "received", "returned", "accepted", "rolled_up")
    table = {name: [state for state in states if possible(Dossier("hs", "so-a", state), name)] for name in
             ("submit", "return", "accept")}  # fmt: skip
    assert table == {"submit": ["drafting", "ready", "returned"], "return": ["handed_in", "received", "accepted"],
                     "accept": ["handed_in", "received"]}  # fmt: skip


def handed_in(root: Path, outline: Outline) -> Workspace:
    file = sheet_file(root)
    put(file.sheet, outline, "mot.chu", "x")
    file.save(NOW)
    workspace = Workspace(root)
    dossier = workspace.open("hs", "so-a")
    save_dossier(root, dossier) if not dossier.exists else None
    hand_in(root, workspace.open("hs", "so-a"), workspace.definitions, NOW)
    return Workspace(root)


def test_handing_in_freezes_the_wording(root: Path, outline: Outline) -> None:
    workspace = handed_in(root, outline)
    folder = root / FOLDER
    assert (folder / "frozen" / "bao_cao.yaml").read_text(encoding="utf-8") == OUTLINE
    assert [path.name for path in (folder / "history").iterdir()] == ["20211203T0815-handed-in.yaml"]
    dossier = workspace.open("hs", "so-a")
    assert dossier.state == "handed_in" and dossier.wording == {}
    assert dossier.frozen["bao_cao"] == digest(OUTLINE.encode())
    assert set(dossier.frozen) == {"bao_cao", "lists"}


def test_an_outline_changed_afterwards_shows_the_wording_of_then(root: Path, outline: Outline) -> None:
    handed_in(root, outline)
    (root / "outlines/bc.yaml").write_text(OUTLINE.replace("title: Một", "title: Khác hẳn"), encoding="utf-8")
    workspace = Workspace(root)
    dossier = workspace.open("hs", "so-a")
    assert dossier.wording["bao_cao"].nodes["mot"].title == "Một"
    assert [found.code for found in workspace.verdict(dossier).problems if found.code.startswith("wording")] == [
        "wording-changed"
    ]
    move(root, dossier, "return", NOW)
    again = Workspace(root).open("hs", "so-a")
    assert again.state == "returned" and again.wording == {}


def test_frozen_names_never_lead_out_of_the_dossier(root: Path, outline: Outline) -> None:
    handed_in(root, outline)
    path = root / FOLDER / "dossier.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "  ../../../../outlines/bc: abc\n", encoding="utf-8")
    assert set(Workspace(root).open("hs", "so-a").wording) == set()


def test_events_are_one_file_each_and_come_in_order(root: Path) -> None:
    dossier = Dossier("hs", "so-a")
    for step, name in enumerate(("submit", "return", "submit", "accept")):
        move(
            root, dossier, name, NOW + timedelta(seconds=step), **({"because": "thiếu: số"} if name == "return" else {})
        )
    names = sorted(path.name for path in (root / FOLDER / "history").iterdir())
    assert names == ["20211203T0815-accepted.yaml", "20211203T0815-handed-in-2.yaml", "20211203T0815-handed-in.yaml",
                     "20211203T0815-returned.yaml"]  # fmt: skip
    events = read_events(root, dossier)
    assert [event["event"] for event in events] == ["handed_in", "returned", "handed_in", "accepted"]
    assert events[1]["because"] == "thiếu: số"


def test_a_move_that_cannot_be_written_leaves_the_dossier_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_dossier(root, Dossier("hs", "so-a"))
    dossier = read_dossier(root, "hs", "so-a")
    real = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if Path(target).name == "dossier.yaml":
            raise OSError(28, "No space left")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        move(root, dossier, "submit", NOW)
    assert dossier.state == "drafting" and read_dossier(root, "hs", "so-a").state == "drafting"
    assert list((root / FOLDER / "history").iterdir()) == []


def test_new_ids_avoid_those_taken() -> None:
    made = {new_id(set()) for _ in range(200)}
    assert all(len(one) == 5 and one[0] == "r" and not set(one) & set("01ilo") for one in made) and len(made) > 190


def test_the_definitions_that_travel_with_a_dossier_are_read_as_any_other(root: Path, outline: Outline) -> None:
    handed_in(root, outline)
    document, problems = read(root / FOLDER / "frozen" / "bao_cao.yaml", "x", aliases=True)
    assert problems == [] and document is not None and document.data["title"] == "Báo cáo"


def test_two_threads_of_one_process_do_not_lock_each_other_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = tmp_path / "bao_cao.yaml"
    now = datetime(2021, 12, 1, tzinfo=UTC)
    first, second = Lock(answers), Lock(answers)
    # The second looks while the first one's file is there and still empty.
    looks = iter([True])
    real = Lock.holder
    monkeypatch.setattr(second, "holder", lambda: None if next(looks, False) else real(second))
    assert first.take(now) is None
    assert second.take(now) is None
    assert second.held is not None
    assert second.beat(now)
