"""The generator of workspaces, and what is kept for speed: the simple reader and the last report."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoso import yamlio
from hoso.workspace import Workspace
from hoso.yamlio import composing, reading
from hoso.yamlio.simple import simple
from tests.generate import CHECKLIST, FAULTS, generate, unit_id


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first = _bytes(generate(tmp_path / "a", dossiers=30))
    assert first == _bytes(generate(tmp_path / "b", dossiers=30))
    assert first != _bytes(generate(tmp_path / "c", dossiers=30, seed=2))


def test_a_larger_workspace_begins_with_the_smaller_one(tmp_path: Path) -> None:
    small, large = generate(tmp_path / "a", dossiers=5), generate(tmp_path / "b", dossiers=20)
    place = f"checklists/{CHECKLIST}"
    assert _bytes(small / place).items() <= _bytes(large / place).items()


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("generated"), dossiers=1200)


def test_the_mix_is_as_told(generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_CACHE", str(tmp_path))
    workspace = Workspace(generated)
    assert workspace.definition_problems == []
    rows = list(workspace.rows(CHECKLIST))
    states = Counter(row.state for row in rows)
    share = [row.done / row.total for row in rows if row.total]
    assert 0.25 < states["handed_in"] / len(rows) < 0.35
    assert 0.55 < sum(part == 1 for part in share) / len(rows) < 0.70
    assert 0.20 < sum(0.3 < part < 0.7 for part in share) / len(rows) < 0.30
    assert 0.07 < sum(part < 0.2 for part in share) / len(rows) < 0.13
    assert 0.03 < sum(bool(row.findings) for row in rows) / len(rows) < 0.07
    sizes = [sum(path.stat().st_size for path in (generated / "checklists" / CHECKLIST / unit_id(n)).glob("*.yaml"))
             for n in range(1, 1201)]  # fmt: skip
    assert 3500 < sum(sizes) / len(sizes) < 5000


def test_every_fault_is_found(generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_CACHE", str(tmp_path))
    found = {problem.code for row in Workspace(generated).rows(CHECKLIST) for problem in row.problems}
    assert sorted(set(FAULTS) - found) == []


def test_the_simple_reader_reads_what_hoso_writes(generated: Path) -> None:
    files = list((generated / "checklists" / CHECKLIST).glob("*/*.yaml"))
    count = 0
    for path in files:
        try:
            text = path.read_bytes().decode()
        except UnicodeDecodeError:
            continue
        made = simple(text)
        count += made is not None
        if made is not None:
            assert made == _slowly(text)
    assert count / len(files) > 0.97


_LINES = st.lists(
    st.sampled_from([
        "a:", "b:", "  a:", "  b: x", "    c: |", "      text", "      - x", "       more", "", "  ", "a: b: c",
        "a: |-", "  text: x", "  \u0111: y", "k: [x]", "k: 'q'", "- x", "  - y", "# c", "a: x #y", "a: x#y", "--- ",
        "...", "a: &x y", "b: *x", "c: !t z", "<<: a", "a: |+", "a: |2", "a: >", "    tail  ", "a : x", "a:x", "a: x ",
        "? a", "1: 2", "a.b: c", "a: \u00a0x", "    ", "<<<<<<< a", "=======", "c: x\ty", "d: y\u0301", "e: \u2028",
    ]),
    max_size=12,
)  # fmt: skip


@given(_LINES, st.sampled_from(["", "\n"]))
def test_the_simple_reader_agrees_with_yaml_or_stays_silent(lines: list[str], end: str) -> None:
    text = "\n".join(lines) + end
    made = simple(text)
    if made is not None:
        assert made == _slowly(text)


@given(
    st.recursive(
        st.none() | st.text(max_size=20),
        lambda inner: st.dictionaries(st.text(max_size=5), inner, max_size=4) | st.lists(inner, max_size=3),
        max_leaves=12,
    )
)
def test_what_is_written_is_read_alike_both_ways(value: object) -> None:
    text = reading._text(yamlio.dump({"a": value}).encode("utf-8", "replace"), "a.yaml")
    made = simple(text)
    if made is not None:
        assert made == _slowly(text)


def _slowly(text: str) -> object:
    """What YAML's own parser makes of it, with nothing to complain of."""
    reading._refuse_conflict(text, "a.yaml")
    root = composing.compose(text, "a.yaml")
    assert root is not None
    plain = composing.Plain("a.yaml", aliases=False)
    made = plain.of(root)
    assert plain.problems == []
    return made
