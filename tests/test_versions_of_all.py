"""Earlier versions of whatever can be filled: told in words, brought back, and that undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import review_case
from tests.every_kind_case import FIXED, OPEN, POINTS, make_every_kind
from tests.test_rescuing import CLAIM, COUNT, PRIVATE
from tests.test_session import ASK, LETTER, RULER, TEXT, TITLE
from tests.test_session import COUNT as MEMBERS
from tests.tui_case import NAME, UNIT, open_case
from tui import remarks
from tui.places import Key
from tui.screens.versions import VersionsScreen, kept_at
from tui.session import Session

Do = Callable[[Session], object]
EVIDENCE, FIELD = Key("files", "bao_cao", "mot", "bang_chung"), Key("field", "bao_cao", "mot", "bang_chung")
TICK = Key("tick", "bao_cao", "chung", "rabcd")


def typed(key: Key, *texts: str) -> tuple[Key, list[Do]]:
    return key, [lambda session, text=text: session.type_into(key, text) for text in texts]  # type: ignore[misc]


def put(key: Key, *raws: Any) -> tuple[Key, list[Do]]:
    return key, [lambda session, raw=raw: session.put(key, raw) for raw in raws]  # type: ignore[misc]


def entered(key: Key, *values: Any) -> tuple[Key, list[Do]]:
    return key, [lambda session, value=value: session.put_entry(key, value) for value in values]  # type: ignore[misc]


def attached(key: Key, *names: str) -> tuple[Key, list[Do]]:
    def bring(session: Session, name: str) -> None:
        source = session.workspace.root.parent / name
        source.write_text(name, encoding="utf-8")
        for old in session.attached(key.address):
            session.detach_file(key, old.id)
        session.attach_file(key, source)

    return key, [lambda session, name=name: bring(session, name) for name in names]  # type: ignore[misc]


KINDS: dict[str, tuple[tuple[Key, list[Do]], str]] = {
    "text": (typed(TEXT, "Bản một", "Bản hai", "Bản ba"), "Bản một"),
    "line": (typed(TITLE, "Một", "Hai", "Ba"), "Một"),
    "number": (typed(MEMBERS, "8341", "8342", "8343"), "8.341"),
    "day": (typed(TITLE._replace(name="ngay"), "1/12/2021", "2/12/2021", "3/12/2021"), "01/12/2021"),
    "choice": (put(RULER, "co", "khong", {"absent": "pending"}), "Có"),
    "several": (put(RULER._replace(name="loai_hinh"), ["hanh_chinh"], ["su_nghiep"], ["su_nghiep", "hanh_chinh"]), "Hành chính"),
    "mark": (put(TITLE._replace(name="co_mat"), "x", {"absent": "nil"}, {"absent": "pending"}), "x"),
    "absence": (put(TEXT, {"absent": "withheld", "because": "mật"}, "a", "b"), "mật"),
    "private": (typed(PRIVATE, "kín một", "kín hai", "kín ba"), "kín một"),
    "table": (put(FIXED, {"a": {"so": "1"}}, {"a": {"so": "2"}}, {"b": {"so": "3"}}), "1"),
    "open table": (put(OPEN, {"ra": {"ten": "A"}}, {"rb": {"ten": "B"}}, {"rc": {"ten": "C"}}), "A"),
    "points": (put(POINTS, {"g.x": "1"}, {"g.x": "2"}, {"g.y": "3"}), "1"),
    "ask": (put(ASK, None, None, None), "☑"),
    "documents": (attached(LETTER, "mot.txt", "hai.txt", "ba.txt"), "mot.txt"),
    "evidence": (attached(EVIDENCE, "mot.txt", "hai.txt", "ba.txt"), "mot.txt"),
    "claim": (entered(CLAIM, "tot", None, "kha"), "Tốt"),
    "copies": (entered(COUNT, 1, 2, 3), "1"),
    "tick": (entered(TICK, {"done": "2021-12-01", "reply": "đã nêu"}, {"done": "2021-12-02"}, {"done": "2021-12-03"}), "đã nêu"),
}  # fmt: skip
MARKS: list[Any] = ["here", {"elsewhere": "mot"}, {"absent": "pending"}]
KINDS["ask"] = ((ASK, [lambda session, mark=mark: session.put_ask(ASK, mark) for mark in MARKS]), "☑")  # type: ignore[misc]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_every_kind(tmp_path / "ws")


def written(session: Session, acts: list[Do], key: Key) -> list[Any]:
    """What stood there behind each act; time passes between them, so that each leaves a version."""
    out = []
    for act in acts:
        session.saver.versions._last = {
            at: (when - timedelta(hours=1), raw) for at, (when, raw) in session.saver.versions._last.items()
        }
        act(session)
        assert session.save()
        out.append(session.standing(key))
    return out


@pytest.mark.parametrize("kind", KINDS)
def test_of_every_kind_the_first_is_found_in_words_and_brought_back(root: Path, kind: str) -> None:
    (key, acts), words = KINDS[kind]
    session = Session(open_case(root), NAME, UNIT)
    first, _, last = written(session, acts, key)
    session.close()
    again = Session(open_case(root), NAME, UNIT)
    known = again.versions(key)
    at = next(place for place, one in enumerate(known) if one.raw == first)
    told = "\n".join(VersionsScreen(again, key, known).told[at])
    assert words in told, told
    again.bring_back(key, known[at].raw)
    assert again.standing(key) == first and again.save()
    third = Session(open_case(root), NAME, UNIT)
    assert third.standing(key) == first
    assert any(one.raw == last for one in third.versions(key))
    third.close()
    again.undo()
    assert again.standing(key) == last
    again.redo()
    assert again.standing(key) == first and again.close()


def test_a_widget_of_documents_shows_the_versions_of_its_documents(root: Path) -> None:
    session = Session(open_case(root), NAME, UNIT)
    assert kept_at(session, FIELD) == EVIDENCE and kept_at(session, TEXT) == TEXT and kept_at(session, ASK) == ASK
    assert kept_at(session, LETTER) == LETTER and kept_at(session, CLAIM) == CLAIM


def test_of_a_superior_too(tmp_path: Path) -> None:
    root = review_case.make_case(tmp_path / "ws")
    session = Session(open_case(root), review_case.NAME, review_case.UNIT)
    review = session.begin_review()
    remark = review.begin("bao_cao", "chung", "ket_qua")
    points = Key("points", "tu_cham", "cham", "diem")
    assert kept_at(session, points._replace(target="field")) == points
    key = Key("remark", "bao_cao", "chung", remark.id)
    acts: list[Do] = [lambda _, text=text: review.say("bao_cao", remark, text) for text in ("một", "hai", "ba")]  # type: ignore[misc]
    first, _, last = written(session, acts, key)
    known = session.versions(key)
    assert "một" in "".join(VersionsScreen(session, key, known).told[-1])
    session.bring_back(key, first)
    assert remarks.of_part(session, "bao_cao")[0].text == "một" and session.save()
    session.undo()
    assert session.standing(key) == last
    acts = [lambda _, value=value: review.appraise(points, {"viec.chinh": value}) for value in ("50", "51", "52")]  # type: ignore[misc]
    first, *_ = written(session, acts, points)
    session.bring_back(points, next(one.raw for one in session.versions(points) if one.raw == first))
    assert session.standing(points) == {"viec.chinh": "50"} and session.end_review()
