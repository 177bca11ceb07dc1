"""Takes the messages of the code into the Vietnamese catalogue and compiles it: `python3 dev.py words`.

python -m tests.words                 new messages come in empty, vanished ones go out
python -m tests.words pairs.json      fills in translations, English to Vietnamese
"""

from __future__ import annotations

import ast
import io
import json
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "hoso" / "locale" / "vi" / "LC_MESSAGES"


def messages() -> set[str]:
    """Every message of the code, in English: the constant that `tr` or `mark` is called with, in f-strings too."""
    found: set[str] = set()
    for package in ("hoso", "tui"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "mark"):
                    first = node.args[0] if node.args else None
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        found.add(first.value)
    return found


def catalogue() -> Catalog:
    with (FOLDER / "hoso.po").open("rb") as file:
        return read_po(file, locale="vi")


def untranslated() -> list[str]:
    known = {message.id: message.string for message in catalogue() if message.id}
    return sorted(message for message in messages() if not known.get(message))


def compiled(words: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, words)
    return out.getvalue()


def main() -> None:
    old = {message.id: message.string for message in catalogue() if message.id}
    for name in sys.argv[1:]:
        old |= json.loads(Path(name).read_text(encoding="utf-8"))
    words = Catalog(locale="vi", project="hoso")
    for message in sorted(messages()):
        words.add(message, old.get(message, ""))
    with (FOLDER / "hoso.po").open("wb") as file:
        write_po(file, words, width=0, omit_header=False)
    (FOLDER / "hoso.mo").write_bytes(compiled(words))
    for message in untranslated():
        print(json.dumps(message, ensure_ascii=False))


if __name__ == "__main__":
    main()
