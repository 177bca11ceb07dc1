"""Files of a dossier: brought in whole or not at all, told of when they lie about, lost evidence is not done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hoso.problems import Refused
from hoso.store.attachments import Cancelled, bring_in, checksum, enlist, faults, take_in, unlisted
from tests.tui_case import NAME, UNIT, folder, make_case, open_case
from tui.places import Key, Place
from tui.session import Session

EVIDENCE = Key("files", "bao_cao", "mot", "bang_chung")
LETTER = Key("files", "cong_van")


@pytest.fixture
def root(tmp_path):
    made = make_case(tmp_path / "ws")
    outline = made / "outlines" / "bao-cao.yaml"
    text = outline.read_text(encoding="utf-8")
    assert "[txt], required: false" in text
    outline.write_text(text.replace("[txt], required: false", "[txt]"), encoding="utf-8")
    return made


@pytest.fixture
def session(root):
    return Session(open_case(root), NAME, UNIT)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "biên bản 'số 1'.txt"
    path.write_text("Kính gửi", encoding="utf-8")
    return path


def lying(root: Path) -> list[str]:
    files = folder(root) / "files"
    return sorted(path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file())


def done_of(session: Session) -> tuple[int, int]:
    part = session.workspace.verdict(session.dossier).parts["bao_cao"]
    return part.sections["mot"].done, part.sections["mot"].total


def test_lost_evidence_of_a_field_is_not_done(root, session, source):
    before = done_of(session)
    made = session.attach_file(EVIDENCE, source)
    assert done_of(session) == (before[0] + 1, before[1])
    (folder(root) / "files" / made.file).unlink()
    assert done_of(session) == before
    found = [one for one in session.problems() if one.code.startswith("attachment-") and one.key == EVIDENCE.address]
    assert [one.code for one in found] == ["attachment-lost"]
    session.save()
    fresh = Session(open_case(root), NAME, UNIT)
    assert [fault.code for fault in fresh.faults_at(Key("field", *EVIDENCE[1:]))] == ["attachment-lost"]
    assert fresh.progress(Place("bao_cao", "mot")).done == before[0]


def test_attaching_again_brings_a_lost_file_back(root, session, source):
    made = session.attach_file(EVIDENCE, source)
    (folder(root) / "files" / made.file).write_text("khác", encoding="utf-8")
    assert session.attach_file(EVIDENCE, source) == made
    assert faults(root, session.dossier, made, None) == [] and lying(root) == [made.file]


def test_a_file_that_nobody_listed_is_told_until_it_is_listed(root, session, source):
    session.attach_file(LETTER, source)
    stray = folder(root) / "files" / "cong_van" / "lạc.txt"
    stray.write_text("x", encoding="utf-8")
    stray.with_name(".hidden").touch()
    assert unlisted(root, session.dossier) == ["cong_van/lạc.txt"]
    found = [one for one in session.problems() if one.code == "attachment-unlisted"]
    assert [(one.path.rpartition("/files/")[2], one.key) for one in found] == [("cong_van/lạc.txt", "cong_van")]
    take_in(root, session.dossier, "cong_van", "cong_van/lạc.txt")
    assert unlisted(root, session.dossier) == []
    assert "attachment-unlisted" not in {one.code for one in session.problems()}


def test_a_changed_file_is_taken_as_it_is_now(root, session, source):
    made = session.attach_file(LETTER, source)
    path = folder(root) / "files" / made.file
    path.write_text("sửa lại", encoding="utf-8")
    assert [fault.code for fault in faults(root, session.dossier, made, None)] == ["attachment-changed"]
    again = take_in(root, session.dossier, "cong_van", made.file)
    assert again.id == made.id and session.attached("cong_van") == [again]
    assert faults(root, session.dossier, again, None) == []


def test_a_cancelled_copy_leaves_nothing(root, session, source):
    source.write_bytes(b"x" * (3 << 20))
    heard = []

    def told(done: int, size: int) -> None:
        heard.append((done, size))
        if done > 1 << 20:
            raise Cancelled

    with pytest.raises(Cancelled):
        bring_in(root, session.dossier, "cong_van", source, told)
    assert heard == [(1 << 20, 3 << 20), (2 << 20, 3 << 20)] and lying(root) == []
    whole = bring_in(root, session.dossier, "cong_van", source)
    assert enlist(root, session.dossier, "cong_van", whole).sha256 == checksum(source)
    assert len(lying(root)) == 1


@pytest.mark.parametrize("name", ["không có.txt", ".", "a" * 300, "x\0y"])
def test_what_cannot_be_attached_is_told_in_a_sentence(session, tmp_path, name):
    with pytest.raises(Refused) as caught:
        session.attach_file(LETTER, tmp_path / name)
    assert caught.value.problem.code == "file-unreadable" and not session.attached("cong_van")


def test_a_file_that_may_not_be_read_is_told(session, source):
    source.chmod(0)
    if os.access(source, os.R_OK):
        source.unlink()
        os.mkfifo(source)  # whoever may read everything
    with pytest.raises(Refused) as caught:
        session.attach_file(LETTER, source)
    assert caught.value.problem.code == "file-unreadable"
