"""Golden cases: a YAML file each, with the files of a small workspace and what has to come out.

`files:` maps paths to texts; what every workspace needs and a case does not bring itself is put beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hoso import yamlio
from hoso.problems import Problem

GOLDEN = Path(__file__).parent / "golden"
LISTS = """hoso: 1
lists:
  muc:
    - {id: tot, label: Tốt}
    - {id: kem, label: Kém}
kinds:
  so: {label: Sở}
  huyen: {label: Huyện, until: 2025-06-30}
documents:
  38-HD/BTCTW: {date: 2010-03-09}
"""
UNITS = """hoso: 1
units:
  so-a: {name: Sở A, kind: so}
  huyen-b: {name: Huyện B, kind: huyen, groups: [mien_nui]}
"""
GIVEN = {"hoso.yaml": "hoso: 1\n", "outlines/lists.yaml": LISTS, "checklists/units.yaml": UNITS}


def cases(folder: str) -> list[Any]:
    found = sorted((GOLDEN / folder).glob("*.yaml"))
    assert found
    return [pytest.param(path, id=path.stem) for path in found]


def read_case(path: Path) -> dict[str, Any]:
    document, problems = yamlio.read(path, path.name)
    assert problems == [] and document is not None
    data: dict[str, Any] = document.data
    return data


def build(root: Path, files: dict[str, str]) -> Path:
    for name, text in (GIVEN | files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return root


def lines(problems: list[Problem]) -> list[str]:
    """`path code@line:column` of each problem, every one of which has to be worded."""
    for found in problems:
        assert "{" not in found.message.replace("{…", "").replace("{{", "") or found.params
        assert found.message and found.remedy
    return [f"{found.path} {found.code}@{found.line or '-'}:{found.column or '-'}" for found in problems]
