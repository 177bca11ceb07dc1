"""Whatever the disk refuses, and at whatever moment: files are old or new, and what was typed is there."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from hoso import yamlio
from hoso.paths import state_folder
from hoso.problems import Refused
from tests.faults import Disk, failing
from tests.test_session import filled
from tests.tui_case import NAME, UNIT, folder, make_case, open_case
from tui.places import Key
from tui.session import Session

TEXT = Key("field", "bao_cao", "chung", "ket_qua")
LETTER = Key("files", "cong_van")
ASK = Key("ask", "bao_cao", "chung", "quy_mo")
TROUBLES = [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO, errno.EDQUOT]
OLD, NEW = "Bản cũ, đã lưu", "Bản mới, chưa lưu"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_case(tmp_path / "ws")


def begun(root: Path) -> Session:
    """A dossier with an older answer on disk, opened anew and changed in several of its files."""
    first = Session(open_case(root), NAME, UNIT)
    first.type_into(TEXT, OLD)
    assert first.close()
    session = Session(open_case(root), NAME, UNIT)
    session.type_into(TEXT, NEW)
    session.put_ask(ASK, "here")
    return session


def on_disk(root: Path) -> str:
    document, problems = yamlio.read(folder(root) / "bao_cao.yaml", "bao_cao.yaml")
    assert document is not None and not problems
    return str(document.data["answers"]["chung"]["ket_qua"])


def calls_of(root: Path, act: Callable[[Session], object]) -> int:
    session = begun(root)
    with failing(root, state_folder()) as disk:
        act(session)
        count = disk.count
    session.close()
    return count


def at_every_call(root: Path, act: Callable[[Session], object], trouble: int) -> Iterator[tuple[Session, Disk]]:
    """The session after each of its calls in turn was refused once, and then with all behind it."""
    for for_good in (False, True):
        for number in range(1, calls_of(root, act) + 1):
            session = begun(root)
            with failing(root, state_folder()) as disk:
                disk.fails_at, disk.errno, disk.for_good = number, trouble, for_good
                yield session, disk
            session.close()


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda number: errno.errorcode[number])
def test_at_each_call_of_a_save_the_file_is_old_or_new_and_the_text_is_kept(root: Path, trouble: int) -> None:
    tried = 0
    for session, disk in at_every_call(root, lambda session: session.save(), trouble):
        saved = session.save()
        tried += 1
        disk.fails_at = 0
        assert on_disk(root) in (OLD, NEW)
        assert session.answer(TEXT).value == NEW
        if not saved:
            assert session.save_error and not re.search("[A-Z][a-z]+ [a-z]", session.save_error), session.save_error
            assert session.save_error in session.status()
        assert session.save(), session.save_error
        assert on_disk(root) == NEW and not session.save_error
    assert tried > 20


def test_the_folder_of_versions_hinders_nothing(root: Path) -> None:
    for trouble in TROUBLES:
        session = begun(root)
        with failing(state_folder()) as disk:
            disk.fails_at, disk.for_good, disk.errno = 1, True, trouble
            assert session.save() and session.versions(TEXT) == []
            session.close()
        assert on_disk(root) == NEW


def test_a_folder_that_vanished_is_made_anew_with_all_that_stood_in_it(root: Path) -> None:
    session = begun(root)
    assert session.save()
    for path in sorted(folder(root).rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    folder(root).rmdir()
    session.type_into(Key("field", "bao_cao", "mot", "tieu_de"), "Sau đó")
    assert session.save()
    assert on_disk(root) == NEW
    session.close()


def test_a_workspace_that_vanished_is_not_made_anew_in_its_place(root: Path) -> None:
    session = begun(root)
    away = root.with_name("elsewhere")
    root.rename(away)
    assert not session.save() and "không còn" in session.save_error
    assert not root.exists()
    away.rename(root)
    assert session.save() and on_disk(root) == NEW
    session.close()


def test_a_file_that_cannot_be_written_keeps_no_other_from_it(root: Path) -> None:
    session = begun(root)
    session.put_entry(Key("claim", "cong_van"), "tot")
    (folder(root) / "dossier.yaml").write_text("hoso: 1\n<<<<<<< a\n", encoding="utf-8")
    assert not session.save()
    assert on_disk(root) == NEW


# ---- moving -------------------------------------------------------------------------------------------------


def states_on_disk(root: Path) -> tuple[str, bool, bool]:
    """The state, whether the wording of then is kept whole, whether the event is on record."""
    dossier = open_case(root).open(NAME, UNIT)
    frozen = (folder(root) / "frozen/bao_cao.yaml").is_file() and bool(dossier.frozen)
    events = list((folder(root) / "history").glob("*.yaml"))
    assert {one.code for one in dossier.problems} <= {"dossier-file-missing"}
    return dossier.state, frozen, bool(events)


@pytest.mark.parametrize("trouble", [errno.ENOSPC, errno.EIO], ids=lambda number: errno.errorcode[number])
def test_at_each_call_of_handing_in_it_is_handed_in_whole_or_not_at_all(tmp_path: Path, trouble: int) -> None:
    refused = 0
    for number in range(1, 200):
        root = make_case(tmp_path / str(number))
        session = Session(open_case(root), NAME, UNIT)
        filled(session, root.parent)
        with failing(root) as disk:
            disk.fails_at, disk.errno = number, trouble
            try:
                session.submit()
            except (OSError, Refused) as error:  # a document that cannot be read stands against handing in
                refused += 1
                assert str(error)
            reached = disk.count >= number
            disk.fails_at = 0
            state, frozen, event = states_on_disk(root)
            assert state == session.dossier.state
            assert (state, event) in (("drafting", False), ("handed_in", True)), (state, event, disk.refused)
            assert frozen or state == "drafting"
            if state == "drafting":
                session.submit()
                assert states_on_disk(root) == ("handed_in", True, True)
        session.close()
        if not reached:
            break
    assert refused > 10 and not reached


# ---- copies -------------------------------------------------------------------------------------------------


def test_at_each_call_of_attaching_it_is_attached_whole_or_not_at_all(tmp_path: Path) -> None:
    source = tmp_path / "công văn.txt"
    source.write_text("Kính gửi", encoding="utf-8")
    for number in range(1, 100):
        root = make_case(tmp_path / str(number))
        session = Session(open_case(root), NAME, UNIT)
        with failing(root) as disk:
            disk.fails_at, disk.errno = number, errno.ENOSPC
            with suppress(OSError, Refused):
                session.attach_file(LETTER, source)
            reached = disk.count >= number
            disk.fails_at = 0
        left = [path for path in (folder(root) / "files").rglob("*") if path.is_file()]
        assert len(left) == len(session.attached("cong_van"))
        session.attach_file(LETTER, source)
        assert session.close() and len(session.attached("cong_van")) == 1
        if not reached:
            return
    raise AssertionError("never came to an end")
