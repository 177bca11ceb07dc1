"""Files of a dossier: brought in whole or not at all, told of when they lie about, lost evidence is not done."""

from __future__ import annotations

import errno
import os
import unicodedata
import zipfile
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoso.causes import cause
from hoso.kinds import Attach
from hoso.problems import Refused
from hoso.store.attachments import enlist, faults, take_in, unlisted
from hoso.store.bringing import Cancelled, bring_in
from hoso.store.checksums import checksum, is_known
from hoso.store.formats import look_at
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
    for name in (".hidden", "~$lạc.txt", ".~lock.lạc.txt#"):
        stray.with_name(name).touch()
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


def test_a_source_that_changes_meanwhile_is_not_taken(root, session, source):
    source.write_bytes(b"x" * (3 << 20))

    def told(done: int, size: int) -> None:
        with source.open("ab") as more:
            more.write(b"y")

    with pytest.raises(Refused) as caught:
        bring_in(root, session.dossier, "cong_van", source, told)
    assert caught.value.problem.code == "file-changing" and lying(root) == []
    assert not (folder(root) / "files").exists()


def test_an_empty_file_is_refused(root, session, source):
    source.write_bytes(b"")
    with pytest.raises(Refused) as caught:
        session.attach_file(LETTER, source)
    assert caught.value.problem.code == "file-empty" and not session.attached("cong_van")


@pytest.mark.parametrize("at", ["write", "fsync", "room", "rename"])
def test_a_full_disk_leaves_nothing_half_written(root, session, source, monkeypatch, at):
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def fails(*_: object) -> None:
        raise full

    if at == "write":
        real = os.fdopen

        class Full:
            def __init__(self, file: Any) -> None:
                self.file = file

            def __enter__(self) -> Any:
                return self

            def __exit__(self, *_: object) -> None:
                self.file.close()

            write = fails

        monkeypatch.setattr(
            "hoso.store.bringing.os.fdopen", lambda fd, mode: (Full if "w" in mode else lambda f: f)(real(fd, mode))
        )
    elif at == "fsync":
        monkeypatch.setattr("hoso.store.bringing.os.fsync", fails)
    elif at == "room":
        monkeypatch.setattr("hoso.store.bringing.shutil.disk_usage", lambda _: SimpleNamespace(free=9))
    else:
        monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError) as caught:
        session.attach_file(LETTER, source)
    assert caught.value is full or caught.value.errno == errno.ENOSPC
    assert cause(caught.value) == "đĩa đã đầy"
    assert lying(root) == [] and not session.attached("cong_van") and source.read_text(encoding="utf-8") == "Kính gửi"
    monkeypatch.undo()
    session.attach_file(LETTER, source)
    assert len(lying(root)) == 1


def test_a_source_that_fails_midway_is_told_and_leaves_nothing(root, session, source, monkeypatch):
    def fails(*_: object) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    calls = iter([b"x", None])

    class Half:
        def read(self, _: int) -> bytes:
            return next(calls) or fails()

        def fileno(self) -> int:
            return os.open(source, os.O_RDONLY)

    monkeypatch.setattr("hoso.store.bringing._opened", lambda _: nullcontext(Half()))
    with pytest.raises(Refused) as caught:
        session.attach_file(LETTER, source)
    assert caught.value.problem.code == "file-unreadable" and lying(root) == []


def test_a_link_in_a_circle_and_a_pipe_are_told(session, tmp_path):
    for name, make in (("vòng.txt", lambda path: path.symlink_to(path)), ("ống.txt", os.mkfifo)):
        make(tmp_path / name)
        with pytest.raises(Refused) as caught:
            session.attach_file(LETTER, tmp_path / name)
        assert caught.value.problem.code == "file-unreadable"


def test_what_a_power_cut_left_is_swept_away(root, session, source):
    session.attach_file(LETTER, source)
    left, fresh = (folder(root) / "files" / "cong_van" / f".{name}.hoso-tmp" for name in ("a", "b"))
    for path in (left, fresh):
        path.write_bytes(b"x")
    os.utime(left, (0, 0))
    source.write_text("khác", encoding="utf-8")
    session.attach_file(LETTER, source)
    assert not left.exists() and fresh.exists()


def test_a_name_composed_another_way_on_disk_is_found(root, session, source):
    made = session.attach_file(LETTER, source)
    path = folder(root) / "files" / made.file
    path.rename(path.with_name(unicodedata.normalize("NFD", path.name)))
    assert faults(root, session.dossier, made, None) == []
    assert unlisted(root, session.dossier) == []


def archive(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name in names:
            made.writestr(name, "x" * 9000)
    return path


def found(root: Path, session: Session, source: Path) -> list[str]:
    made = session.attach_file(LETTER, source)
    codes = [fault.code for fault in faults(root, session.dossier, made, Attach(formats=["docx", "pdf", "txt"]))]
    session.detach_file(LETTER, made.id)
    return codes


def test_the_content_is_judged_and_not_the_name(root, session, tmp_path):
    whole = archive(tmp_path / "a.docx", "[Content_Types].xml", "word/document.xml")
    assert found(root, session, whole) == []
    cut = tmp_path / "cắt.docx"
    cut.write_bytes(whole.read_bytes()[:-100])
    assert found(root, session, cut) == ["attachment-damaged"]
    disguised = tmp_path / "giả.pdf"
    disguised.write_bytes(whole.read_bytes())
    assert found(root, session, disguised) == ["attachment-misnamed"]
    assert found(root, session, archive(tmp_path / "b.docx", "xl/workbook.xml")) == ["attachment-format"]
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    locked = {
        "mật.docx": ole + "EncryptedPackage".encode("utf-16-le"),
        "mật.pdf": b"%PDF-1.7\n" + b"x" * 9000 + b"trailer << /Encrypt 5 0 R >>\nstartxref\n9\n%%EOF\n",
        "mật 2.pdf": b"%PDF-1.7\n<< /Encrypt 5 0 R >>" + b"x" * 9000 + b"\nstartxref\n9\n%%EOF\n",
    }
    for name, content in locked.items():
        (tmp_path / name).write_bytes(content)
        assert found(root, session, tmp_path / name) == ["attachment-locked"], name
    (tmp_path / "cắt.pdf").write_bytes(b"%PDF-1.7\n" + b"x" * 9000)
    assert found(root, session, tmp_path / "cắt.pdf") == ["attachment-damaged"]


@given(
    content=st.binary(max_size=9000),
    head=st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
@settings(max_examples=200, deadline=None)
def test_no_content_stops_the_look(content, head):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        path.write_bytes(head + content)
        assert look_at(path).format


def test_a_large_file_is_read_beside_the_screen_and_nothing_waits_for_it(root, session, source, monkeypatch):
    source.write_bytes(b"x" * 5000)
    made = session.attach_file(LETTER, source)
    session.save()
    path = folder(root) / "files" / made.file
    assert is_known(path)  # taken on the way
    content = bytearray(path.read_bytes())
    content[0] = ord("y")
    path.write_bytes(bytes(content))
    monkeypatch.setattr("hoso.store.attachments.LARGE", 1000)
    fresh = Session(open_case(root), NAME, UNIT)
    assert not [one for one in fresh.problems() if one.code == "attachment-changed"]
    os.utime(path, (0, 0))
    monkeypatch.setattr("hoso.store.checksums._STILL", 0)
    assert fresh.read_postponed() and not fresh.read_postponed()
    fresh.forget_judged()
    assert [one.code for one in fresh.problems() if one.key == "cong_van"] == ["attachment-changed"]
    assert "attachment-changed" in {one.code for one in Session(open_case(root), NAME, UNIT).obstacles()}


def test_what_changes_on_disk_is_seen_and_taken_as_it_is(root, session, source):
    made = session.attach_file(LETTER, source)
    assert not session.files_have_changed()
    (folder(root) / "files" / made.file).write_text("sửa", encoding="utf-8")
    assert session.files_have_changed() and not session.files_have_changed()
    session.take_in(LETTER, made.file)
    assert faults(root, session.dossier, session.attached("cong_van")[0], None) == []
    session.undo()
    assert [fault.code for fault in faults(root, session.dossier, made, None)] == ["attachment-changed"]


def test_a_file_that_may_not_be_read_is_told(session, source):
    source.chmod(0)
    if os.access(source, os.R_OK):
        source.unlink()
        os.mkfifo(source)  # whoever may read everything
    with pytest.raises(Refused) as caught:
        session.attach_file(LETTER, source)
    assert caught.value.problem.code == "file-unreadable"
