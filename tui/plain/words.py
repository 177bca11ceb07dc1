"""The one table of the words that stand for commands at a plain prompt."""

from __future__ import annotations

from typing import NamedTuple

from hoso import i18n
from hoso.i18n import mark, tr
from hoso.problems import nearest, worded_with
from hoso.text import fold


class Word(NamedTuple):
    """Both words are understood in either language; accents may be typed or left out."""

    id: str
    vietnamese: str
    english: str
    tip: str
    takes: str = ""  # what is typed behind it

    @property
    def word(self) -> str:
        return self.english if i18n.language() == "en" else self.vietnamese


WORDS = (
    Word("help", "?", "?", mark("shows this list")),
    Word("next", "/tiep", "/next", mark("goes on without answering, as Enter alone does")),
    Word("back", "/lui", "/back", mark("goes back to the question before")),
    Word("open", "/thieu", "/open", mark("goes to the next thing that is missing or wrong")),
    Word("go", "/muc", "/go", mark("goes to a section by its number or words; alone, it lists all sections"), "2.3"),
    Word("problems", "/loi", "/problems", mark("lists all problems")),
    Word("read", "/doc", "/read",
         mark("reads out the item as it will print; a number: that section, . this one, * everything"),
         "2.3"),
    Word("more", "/themchu", "/more", mark("writes on behind a text that is there")),
    Word("edit", "/soan", "/edit", mark("opens a long text in your own editor")),
    Word("nil", "/khong", "/none", mark("there is nothing of the kind (a figure counts as 0)")),
    Word("pending", "/cho", "/later", mark("not known yet, will follow")),
    Word("not_applicable", "/khongapdung", "/na", mark("does not apply to us, because …"), mark("reason")),
    Word("withheld", "/khongneu", "/withheld", mark("known, but not stated, because …"), mark("reason")),
    Word("clear", "/xoa", "/clear", mark("takes the answer or the mark away")),
    Word("here", "/co", "/here", mark("a point to cover: it is covered here")),
    Word("elsewhere", "/o", "/in", mark("a point to cover: it is covered in another section"), "2.3"),
    Word("accept", "/nhan", "/accept", mark("accepts what was carried over from the dossier before")),
    Word("theirs", "/cuaho", "/theirs", mark("two wrote here: takes what the other wrote")),
    Word("ours", "/cuata", "/ours", mark("two wrote here: keeps what stands here")),
    Word("row", "/dong", "/row", mark("in a table: goes to a row by its number"), "3"),
    Word("remove", "/bo", "/remove", mark("takes an attached document or a row of a table off"), "1"),
    Word("show", "/bang", "/table", mark("in a table: shows the whole table")),
    Word("leave", "/ra", "/out", mark("leaves the table for the next question")),
    Word("copies", "/ban", "/copies", mark("counts the copies and sets that are ready to be handed in")),
    Word("tick", "/xong", "/done", mark("ticks a remark of the superior office off"), "1"),
    Word("take_over", "/gianh", "/takeover", mark("takes over a part in which somebody else is writing")),
    Word("undo", "/hoan", "/undo", mark("takes the last change back")),
    Word("redo", "/lai", "/redo", mark("does again what was taken back")),
    Word("hand_in", "/nop", "/submit", mark("hands the dossier in, or tells what stands in the way")),
    Word("quit", "/thoat", "/quit", mark("ends; everything is saved. Ctrl+D and Ctrl+C do the same")),
)  # fmt: skip
YES, NO = ("c", "co", "y", "yes"), ("k", "khong", "n", "no", "0")
_BY_WORD = {fold(one): word for word in WORDS for one in (word.vietnamese, word.english)}


def understood(line: str) -> tuple[Word, str] | None:
    """The command a line begins with, and what stands behind it; None for a line that is an answer."""
    head, _, rest = line.strip().partition(" ")
    found = _BY_WORD.get(fold(head))
    if found is None or (found.id == "help" and rest):
        return None
    return found, rest.strip()


def unknown(line: str) -> str:
    """What to say of a line that looks like a command but is none; empty for any other line."""
    head = line.strip().split(" ")[0]
    if not head.startswith("/") or head.startswith("//") or "/" in head[1:] or not head[1:].isalpha():
        return ""
    known = [word.word for word in WORDS]
    told = mark("There is no command {word}.{nearest} Type ? for the list; // begins a text with a stroke.")
    return worded_with(told, {"word": head, "nearest": nearest(fold(head), known)})


def unescaped(line: str) -> str:
    """An answer that begins with a stroke is typed with two."""
    return line.lstrip()[1:] if line.lstrip().startswith("//") else line


def listed() -> list[str]:
    out = []
    for word in WORDS:
        takes = f" {tr(word.takes)}" if word.takes else ""
        out.append(f"{word.word}{takes}: {tr(word.tip)}")
    return out
