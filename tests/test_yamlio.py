"""Reading and writing YAML: what comes back, what is refused and where, and that no file is ever half written."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hoso import yamlio
from hoso.text import composed
from hoso.yamlio import dump, parse, read, write
from hoso.yamlio.composing import MAX_DEPTH
from hoso.yamlio.writing import _umask

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
AWKWARD = st.text("a \n\t:#-'\"|>%@&*!{}[]?,é\r\x85\u2028\u2029\ufeff\u0301👍", max_size=25)
TEXTS = (ANY_TEXT | AWKWARD).map(composed)
KEYS = (st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.from_regex(r"[a-z]+", fullmatch=True)).map(
    composed
)
TREES = st.recursive(
    TEXTS | st.none(),
    lambda inner: st.dictionaries(KEYS, inner, min_size=1, max_size=4) | st.lists(inner, min_size=1, max_size=3),
    max_leaves=10,
)


def parsed(text: str | bytes, **options: Any) -> Any:
    """The data of a text that has no problem."""
    document, problems = parse(text.encode() if isinstance(text, str) else text, "x.yaml", **options)
    assert problems == [] and document is not None
    return document.data


def faults(text: str | bytes, **options: Any) -> list[str]:
    """`code@line:column` of everything wrong with a text."""
    _, problems = parse(text.encode() if isinstance(text, str) else text, "x.yaml", **options)
    return [f"{found.code}@{found.line}:{found.column}" for found in problems]


# ---- round trip


@settings(max_examples=600, deadline=None)
@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4))
@example({"a": "   "})
@example({"a": "\n\n"})
@example({"a": "\tx\n  y\n\n\n"})
@example({"a": ["", "-", None, {"b": "null"}]})
@example({"": "empty key", "<<": "not a merge", "~": "true", "? x": ": y"})
def test_what_is_written_reads_back(data: dict[str, Any]) -> None:
    assert parsed(dump(data)) == data


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=3))
def test_writing_what_was_read_changes_no_byte(data: dict[str, Any]) -> None:
    text = dump(data)
    assert dump(parsed(text)) == text


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80))
def test_no_bytes_make_it_fail_otherwise_than_by_a_problem(content: bytes) -> None:
    document, problems = parse(content, "x.yaml")
    assert document is not None or problems
    assert all(found.message and found.remedy for found in problems)


@pytest.mark.parametrize("trap", ["0101234567", "no", "1e3", "2021-12-05", "~", "null", "0x10", "1_000", "=", "12:30"])
def test_every_scalar_is_text(trap: str) -> None:
    assert parsed(f"a: {trap}\n") == {"a": trap}
    assert parsed(dump({"a": trap})) == {"a": trap}


@pytest.mark.parametrize(
    "prose",
    [
        "dòng một\ndòng hai ",
        "có\ttab\nvà nữa",
        "vui 👍\nthế",
        "\ttab ở đầu\nx",
        "x\n\n\n",
        "a: b\n# không phải ghi chú",
    ],
)
def test_prose_stays_a_literal_block(prose: str) -> None:
    text = dump({"a": prose})
    assert text.startswith("a: |")
    assert parsed(text) == {"a": prose}


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029", "\r", "\x01", "\ufeff"])
def test_only_what_yaml_cannot_hold_in_a_block_is_quoted(character: str) -> None:
    text = dump({"a": f"một{character}\nhai"})
    assert text.startswith('a: "') and text.count("\n") == 1
    if character != "\x01":
        assert parsed(text) == {"a": f"một{character}\nhai"}


def test_control_characters_are_escaped_and_read_back() -> None:
    assert parsed(dump({"a": "x\x01\x00y"})) == {"a": "x\x01\x00y"}


def test_half_a_character_never_makes_a_file_that_cannot_be_read() -> None:
    assert parsed(dump({"a": "tệp \udcff cũ", "b\udcff": "x"})) == {"a": "tệp \ufffd cũ", "b\ufffd": "x"}


@pytest.mark.parametrize("length", [999, 1024, 5000])
def test_keys_of_any_length_read_back(length: int) -> None:
    data = {"a": {"k" * length: "x", "b": {"đ" * length: {"c": "y"}}}}
    assert parsed(dump(data)) == data


def test_none_is_an_empty_value_and_one_value_takes_one_line() -> None:
    assert dump({"a": None, "b": {"c": "1", "d": ["x", "y"]}}) == "a:\nb:\n  c: 1\n  d:\n    - x\n    - y\n"


# ---- what is refused


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: !!python/object/apply:os.getcwd []\n", ["yaml-tag@2:4"]),
        ("a: !!str 1\nb: !me x\n", ["yaml-tag@1:4", "yaml-tag@2:4"]),
        ("a: &x {b: c}\nd:\n  <<: *x\n", ["yaml-merge-key@3:3"]),
        ("a: 1\nb: 2\na: 3\n", ["yaml-duplicate-key@3:1"]),
        ("a:\n  b: 1\n  'b': 2\n", ["yaml-duplicate-key@3:3"]),
        ("? [a, b]\n: c\n", ["yaml-key-not-text@1:3"]),
        ("a: &x\n  b: *x\n", ["yaml-self-reference@1:4"]),
        ("", ["empty-file@1:1"]),
        ("# chỉ có ghi chú\n\n", ["empty-file@1:1"]),
        ("a: 1\n---\nb: 2\n", ["yaml-several-documents@2:1"]),
        ("a: [1, 2\nb: 3\n", ["yaml-syntax@2:2"]),
        ("a: 'x\n", ["yaml-syntax@2:1"]),
        ("a:\n\tb: 1\n", ["yaml-syntax@2:1"]),
        ("a: *nobody\n", ["yaml-syntax@1:4"]),
        ("a: 1\nb: x\x00y\n", ["control-character@2:5"]),
        ("a: đ\x01\n", ["control-character@1:5"]),
        ("a: \x93x\x94\n", ["control-character@1:4"]),
        (b"a: 1\nb: \xe9t\xe9\n", ["not-utf-8@2:4"]),
        (b"\xef\xbb\xbfa: 1\nb: \xe9\n", ["not-utf-8@2:4"]),
        ("a: 1\n".encode("utf-16"), ["not-utf-8@1:1"]),
        ("a: 1\n".encode("utf-16-be"), ["control-character@1:1"]),
        ("a: !t 1\na: 2\n? {}\n: x\n", ["yaml-tag@1:4", "yaml-duplicate-key@2:1", "yaml-key-not-text@3:3"]),
    ],
)
def test_refusals_say_where(text: str | bytes, expected: list[str]) -> None:
    assert faults(text, aliases=True) == expected


def test_a_duplicate_key_names_the_first_line() -> None:
    _, problems = parse(b"a: 1\nb: 2\na: 3\n", "x.yaml")
    assert problems[0].params["first"] == "1"


def test_aliases_are_for_definitions_only() -> None:
    text = "a: &x [1]\nb: *x\n"
    assert parsed(text, aliases=True) == {"a": ["1"], "b": ["1"]}
    assert faults(text) == ["yaml-alias@1:4"]
    assert parsed("a: M&A và 2 * 3\n") == {"a": "M&A và 2 * 3"}


def test_an_alias_bomb_ends_soon() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert [fault.partition("@")[0] for fault in faults("\n".join(lines), aliases=True)] == ["yaml-too-many-aliases"]
    assert "yaml-alias" in faults("\n".join(lines))[0]


def test_a_long_chain_of_aliases_is_too_deep() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 3000)]
    assert [fault.partition("@")[0] for fault in faults("\n".join(lines), aliases=True)] == ["yaml-too-deep"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "a: " + "[" * 100_000 + "]" * 100_000,
        "{a: " * 100_000,
        "- " * 50_000 + "x",
        "? " * 50_000 + "x",
        "-\t" * 300 + "x",
        "\n".join(" " * n + "a:" for n in range(3000)),
        "\n".join(" " * (n * 14) + "- - - - - - - a:" for n in range(400)),
        "\n".join("  " * n + "- b:" for n in range(2000)),
        "[" * 60 + "]" * 60,
        "a: " + "[" * 150 + "]" * 150,
        "- ? - ? " * 20_000,
    ],
    ids=range(12),
)
def test_nesting_too_deep_is_refused_without_a_crash(text: str) -> None:
    found = faults(text)
    assert found and {fault.partition("@")[0] for fault in found} <= {"yaml-too-deep", "yaml-syntax"}
    assert "\t" in text or found[0].startswith("yaml-too-deep@")


def test_as_deep_as_allowed_is_allowed() -> None:
    depth = MAX_DEPTH
    assert faults("[" * depth + "]" * depth) == []
    assert faults("[" * (depth + 1) + "]" * (depth + 1)) == [f"yaml-too-deep@1:{depth + 1}"]


CONFLICT = "a: 1\n<<<<<<< HEAD\nb: của ta\n=======\nb: của họ\n>>>>>>> branch\n"
BASED = "<<<<<<< HEAD\nb: của ta\n||||||| base\nb: gốc\n=======\nb: của họ\n>>>>>>> branch\n"


@pytest.mark.parametrize("text", [CONFLICT, CONFLICT.replace("\n", "\r\n"), BASED])
def test_conflict_markers_show_both_versions(text: str) -> None:
    _, problems = parse(text.encode(), "x.yaml")
    (found,) = problems
    assert found.code == "conflict-markers"
    assert (found.line, found.column) == ((1 if "base" in text else 2), 1)
    assert (found.params["ours"], found.params["theirs"]) == ("b: của ta", "b: của họ")
    assert "của ta" in found.message and "của họ" in found.message


def test_a_ruled_line_in_prose_is_no_conflict() -> None:
    assert parsed("a: |\n  =======\n  <<<<<<< x\n") == {"a": "=======\n<<<<<<< x\n"}


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfa: 1\nb: 2\n", b"a: 1\r\nb: 2\r\n", b"a: 1\nb: 2"])
def test_byte_order_mark_and_line_ends_do_not_matter(content: bytes) -> None:
    assert parsed(content) == {"a": "1", "b": "2"}


def test_text_is_composed_on_reading() -> None:
    assert parsed("a: ti\u00ea\u0301ng Vie\u0323\u0302t\n") == {"a": "tiếng Việt"}


def test_places_of_values_keys_and_of_what_is_not_there() -> None:
    document, _ = parse(b"a:\n  b: {c: d}\n  e:\n    - f\n    - g: h\n", "x.yaml")
    assert document is not None
    assert document.place(("a", "b", "c")) == (2, 10)
    assert document.place(("a", "b", "c"), of_key=True) == (2, 7)
    assert document.place(("a", "e", 1, "g")) == (5, 10)
    assert document.place(("a", "e", 7)) == (4, 5)
    assert document.place(("a", "nothing", "here")) == (2, 3)
    assert document.place(()) == (1, 1)


@pytest.mark.parametrize(
    ("text", "column"),
    [("a: xyz\n", 5), ("a: 'xyz'\n", 6), ('a: "xyz"\n', 6), ("a: '''yz'\n", 7), ('a: "\\"yz"\n', 7)],
)
def test_a_place_inside_a_text_counts_quotes(text: str, column: int) -> None:
    document, _ = parse(text.encode(), "x.yaml")
    assert document is not None
    assert document.place_inside(("a",), 1) == (1, column)


def test_a_place_inside_a_block_is_its_beginning() -> None:
    document, _ = parse(b"a: >-\n  x\n  y\n", "x.yaml")
    assert document is not None
    assert document.place_inside(("a",), 2) == (1, 4)


# ---- files


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    (tmp_path / "folder.yaml").mkdir()
    names = ["nothing.yaml", "loop.yaml", "folder.yaml"]
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe.yaml")
        names.append("pipe.yaml")
    for name in names:
        document, problems = read(tmp_path / name, name)
        assert document is None
        assert [(found.code, found.path) for found in problems] == [("file-unreadable", name)]


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    with path.open("wb") as file:
        file.truncate(yamlio.MAX_BYTES + 1)
    _, problems = read(path, "x.yaml")
    assert [found.code for found in problems] == ["file-too-large"]
    assert problems[0].params["limit"] == "8,0 MB"


def test_writing_is_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.yaml"
    write(path, "a: cũ\n")

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        write(path, "a: mới\n")
    assert path.read_text(encoding="utf-8") == "a: cũ\n"
    assert [each.name for each in tmp_path.iterdir()] == ["x.yaml"]


def test_writing_keeps_the_mode_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    write(path, "a: 1\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~_umask()
    path.chmod(0o640)
    mode = path.stat().st_mode
    write(path, "a: 2\n")
    assert path.stat().st_mode == mode


def test_writing_tells_the_digest_that_reading_finds(tmp_path: Path) -> None:
    made = write(tmp_path / "folder" / "x.yaml", "a: đ\n")
    document, _ = read(tmp_path / "folder" / "x.yaml", "x.yaml")
    assert document is not None
    assert document.digest == made


def test_a_long_file_without_aliases_is_no_bomb() -> None:
    text = "units:\n" + "".join(f"  don-vi-{number}:\n    name: {{vi: X}}\n    kind: so\n" for number in range(45_000))
    document, problems = yamlio.parse(text.encode(), "units.yaml")
    assert problems == []
    assert document is not None
    assert len(document.data["units"]) == 45_000
