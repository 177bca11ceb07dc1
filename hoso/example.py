"""A first outline and checklist for a new workspace, small and to be written over."""

from __future__ import annotations

from pathlib import Path

from hoso import yamlio
from hoso.i18n import tr

EMPTY = {  # of a new workspace
    "outlines/lists.yaml": "hoso: 1\nlists:\nkinds:\ndocuments:\n",
    "checklists/units.yaml": "hoso: 1\nunits: {}\n",
}
NAME = "example"
_OUTLINE = """\
# {note}
hoso: 1
title: {title}
sections:
  - id: general
    title: {general}
    prompt: {prompt}
    asks:
      - {{id: first, text: "{ask}"}}
    fields:
      - {{id: results, type: text, label: "{results}"}}
      - {{id: members, type: number, label: "{members}", at_least: 0}}
"""
_CHECKLIST = """\
hoso: 1
title: {dossier}
deadline: none
items:
  - {{id: report, title: "{title}", outline: example}}
  - {{id: letter, title: "{letter}", attach: {{formats: [pdf, docx], at_least: 1}}}}
"""
_UNITS = """\
hoso: 1
units:
  unit-a: {{name: "{unit}", kind: office}}
"""
_LISTS = """\
hoso: 1
kinds:
  office: {{label: "{kind}"}}
"""


def example_files() -> dict[str, str]:
    """The files of the example, by their paths in a workspace, in the language of now."""
    words = {
        "note": tr("An example, to be written over. “hoso schema outline” tells every key."),
        "title": tr("Report of the year"), "general": tr("General situation"), "results": tr("Results"),
        "prompt": tr("Say in a few lines what was done."), "ask": tr("What was done, compared with the plan"),
        "members": tr("Number of members"), "dossier": tr("Dossier of the year"), "letter": tr("Covering letter"),
        "unit": tr("Unit A"), "kind": tr("Office"),
    }  # fmt: skip
    texts = {
        f"outlines/{NAME}.yaml": _OUTLINE, f"checklists/{NAME}.yaml": _CHECKLIST,
        "outlines/lists.yaml": _LISTS, "checklists/units.yaml": _UNITS,
    }  # fmt: skip
    return {name: text.format(**words) for name, text in texts.items()}


def add_example(folder: Path) -> tuple[list[str], list[str]]:
    """Writes what is not there yet; gives the files that were written and those that were left as they are.

    Lists of units and kinds that are still empty count as not there. Raises OSError where nothing can be written."""
    made, left = [], []
    for name, text in example_files().items():
        path = folder / name
        if path.exists() and path.read_text(encoding="utf-8") != EMPTY.get(name):
            left.append(name)
        else:
            yamlio.write(path, text)
            made.append(name)
    return made, left


def nothing_yet() -> str:
    return tr("There is no checklist yet. What comes first:")


def first_steps(folder: str = ".") -> list[tuple[str, str]]:
    """What to do in a workspace without a checklist: a command or a file, and what it is for."""
    return [
        (f"hoso new {folder} --example", tr("writes a small outline and checklist, to be written over")),
        (f"outlines/{NAME}.yaml", tr("what must be written; hoso schema outline tells every key")),
        (f"checklists/{NAME}.yaml", tr("what must be handed in; hoso schema checklist tells every key")),
        ("checklists/units.yaml", tr("who reports")),
        ("hoso demo ../demo", tr("real outlines and checklists, filled in, to look at and copy from")),
    ]


def first_steps_told(folder: str = ".") -> str:
    """The same as lines of text."""
    steps = first_steps(folder)
    width = max(len(what) for what, _ in steps)
    return "\n".join([nothing_yet(), *(f"  {what.ljust(width)}  {words}" for what, words in steps)])
