"""The command line speaks the reader's language, click's own words included."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hoso.cli import COMMANDS, wording
from tests.conftest import ROOT
from tests.seen import english_in, vietnamese_in

# Of click's own messages, what only those can meet who write commands, or what hoso never calls.
OTHERS = {
    "Aborted!", "deprecated", "Value must be an iterable.", "env var: {var}", "Choice({choices})",
    "Do you want to continue?", "Confirm the action without prompting.", "Repeat for confirmation",
    "%(prog)s, version %(version)s", "Show the version and exit.", "Press any key to continue...",
    "Error: {message}", "Error: invalid input", "Error: The two entered values do not match.",
    "Try '{command} {option}' for help.", "Invalid start character for option ({option})",
    "Name '{name}' defined twice", "Unknown color {colour!r}",
    "{value!r} does not match the format {format}.", "{value!r} does not match the formats {formats}.",
    "{value!r} is not a valid boolean. Recognized values: {states}", "{value!r} is not a valid UUID.",
    "{name} {filename!r} is not executable.",
    "{len_type} values are required, but {len_value} was given.",
    "{len_type} values are required, but {len_value} were given.",
}  # fmt: skip
WRITERS = ("DeprecationWarning", "Could not determine", "No options defined", "Arguments take", "Boolean option")
# Commands, options, formats and the keywords of the files are the same in every language.
KEPT = {"version", "help", "open", "plain", "level", "format", "before", "absent", "because", "drafts", "output", "serve",
        "full", "host", "port", "hint", "warning", "error", "text", "json", "table", "csv", "markdown", "kind", "parent",
        "nil", "pending", "not", "applicable", "withheld", "outline", "checklist", "units", "lists", "dossier", "answers",
        "answer", "appraisal", "demo", "new", "fill", "check", "status", "rollup", "set", "attach", "submit", "receive",
        "return", "accept", "rolled", "publish", "render", "schema", "site", "build", "all", "unit",
        "example"}  # fmt: skip


def told(*arguments: str, language: str, cwd: Path = ROOT) -> str:
    environment = {**os.environ, "HOSO_LANGUAGE": language, "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-m", "hoso", *arguments], capture_output=True, cwd=cwd, env=environment, encoding="utf-8"
    )
    return done.stdout + done.stderr


def clicks_messages() -> set[str]:
    found = set[str]()
    for module in wording.SPEAKING:
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                words = node.args[: 1 if node.func.id == "_" else 2]
                found |= {str(one.value) for one in words if isinstance(one, ast.Constant)}
    return found


def test_every_word_of_clicks_that_can_be_read_is_known() -> None:
    meant = {one for one in clicks_messages() if not one.startswith(WRITERS)}
    assert meant - set(wording.CLICK) - OTHERS == set()
    assert len(meant) > 40 and set(wording.CLICK) - {"required"} <= clicks_messages()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_help_and_misuse_of_every_command_are_in_one_language(language: str) -> None:
    code = (
        "import contextlib, sys\nfrom hoso.cli import COMMANDS, main\n"
        "for one in ['', *COMMANDS]:\n    for more in ['--help', '--nonsense']:\n"
        "        with contextlib.suppress(SystemExit):\n            main([*filter(None, [one]), more])\n"
        "for one in (['check', '--format', 'x'], ['set'], ['nonsense'], ['publish', '--port', 'x'], ['new'],\n"
        "            ['publish', '--port', '99999'], ['rollup', 'a', '-o'], ['status', 'a', 'b']):\n"
        "    with contextlib.suppress(SystemExit):\n        main(one)\n"
    )
    environment = {**os.environ, "HOSO_LANGUAGE": language, "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, env=environment, encoding="utf-8"
    )
    words = done.stdout + done.stderr
    assert len(words) > 7000 and "Traceback" not in words
    if language == "en":
        assert vietnamese_in(words) == set()
    else:
        assert {one for one in english_in(words) if one.lower() not in KEPT | set(COMMANDS)} == set()


def test_names_in_capitals_are_the_readers(tmp_path: Path) -> None:
    assert "hoso set [TÙY CHỌN] DANH_MỤC ĐƠN_VỊ THÀNH_PHẦN MỤC.Ô [GIÁ_TRỊ]" in told("set", "--help", language="vi")
    assert "hoso set [OPTIONS] CHECKLIST UNIT ITEM SECTION.FIELD [VALUE]" in told("set", "--help", language="en")
