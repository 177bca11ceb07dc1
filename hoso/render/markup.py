"""Small pieces of Markdown. Whatever others wrote passes through `lit` or `prose` and never in any other way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from hoso.i18n import tr
from hoso.render.pages import relative
from hoso.text import LINES, UNPRINTABLE, composed, plain, shown_number

if TYPE_CHECKING:
    from markdown import Markdown

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_HEADINGS = re.compile(r"<(/?)h[1-6]>")
_TAGS = {"p", "br", "hr", "strong", "em", "del", "ul", "ol", "li", "blockquote", "code", "pre", "a", "table", "thead",
         "tbody", "tr", "th", "td"}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
# Fences and attribute lists are looked for before raw HTML is set aside.
_EARLY = {ord(character): f"&#{ord(character)};" for character in "`~{}"}


@lru_cache(maxsize=4096)
def lit(text: str, *, breaks: bool = False) -> str:
    """Text as it is: nothing in it is Markdown or HTML to anybody. Line ends become blanks, or `<br>` if asked."""
    lines = (_PUNCTUATION.sub(lambda found: f"&#{ord(found[0])};", plain(line)) for line in LINES.split(text))
    return ("<br>" if breaks else " ").join(line for line in lines if line)


def prose(text: str, *, breaks: bool = False) -> str:
    """Markdown that others wrote: rendered, cleaned, and put in as one line of HTML that Markdown leaves alone.

    `breaks` keeps the line ends as typed."""
    import nh3

    made = _renderer(breaks).reset().convert(UNPRINTABLE.sub("", composed(text)))
    made = _HEADINGS.sub(lambda found: "</strong></p>" if found[1] else "<p><strong>", made)
    clean = nh3.clean(
        made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer nofollow"
    )
    return f'<div class="hoso-prose">{_on_one_line(clean).translate(_EARLY)}</div>'


@cache
def _renderer(breaks: bool) -> Markdown:
    from markdown import Markdown

    made = Markdown(extensions=["sane_lists", "tables", *(["nl2br"] if breaks else [])], output_format="html")
    # HTML that somebody typed is text: it is shown and not obeyed.
    made.preprocessors.deregister("html_block")
    made.inlinePatterns.deregister("html")
    return made


def _on_one_line(made: str) -> str:
    """Only the line ends inside `<pre>` mean something."""
    pieces = re.split(r"(<pre>.*?</pre>)", made, flags=re.DOTALL)
    return "".join(
        piece.replace("\n", "&#10;") if piece.startswith("<pre>") else piece.replace("\n", " ") for piece in pieces
    )


def heading(level: int, text: str, anchor: str = "") -> str:
    return f"{'#' * min(level, 6)} {lit(text)}" + (f" {{#{anchor}}}" if anchor else "")


def link(text: str, target: str, page: str) -> str:
    return f"[{lit(text)}]({relative(target, page)})"


def button(text: str, target: str, page: str) -> str:
    return f"{link(text, target, page)}{{ .md-button }}"


def facts(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """A list of terms with what is known of each; what is empty is left out. Values are Markdown already."""
    out = []
    for term, value in pairs:
        if value:
            out += [lit(term), f":   {value}", ""]
    return out


def table(head: Sequence[str], rows: Iterable[Sequence[str]], align: str = "") -> list[str]:
    """A table of Markdown cells. `align`: a letter a column, l or r."""
    marks = {"r": "--:", "l": "---"}
    rule = [marks[mark] for mark in align.ljust(len(head), "l")]
    return [*(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)), ""]


def telling(head: Sequence[str], rows: Sequence[Sequence[str]], said: Sequence[str]) -> list[str]:
    """A table without the columns that say in every row what was said before it, given as cells."""
    kept = [
        place
        for place in range(len(head))
        if len(rows) < 2 or not any({row[place] for row in rows} == {one} for one in said)
    ]
    return table([head[place] for place in kept], ([row[place] for place in kept] for row in rows))


def note(title: str, kind: str = "note", lines: Iterable[str] = ()) -> list[str]:
    """An admonition; the title is text, the lines are Markdown."""
    return [f'!!! {kind} "{lit(title)}"', "", *(f"    {line}".rstrip() for line in lines), ""]


def chip(text: str, kind: str) -> str:
    """A short word in a frame. `kind` is ours, never somebody else's."""
    return f'<span class="hoso-chip hoso-{kind}">{lit(text)}</span>'


def valued(shown: str, value: object) -> str:
    """Markdown of a cell with the value that a table is sorted by; browsers show the cell alone."""
    return f'<data value="{lit(str(value))}">{shown}</data>'


def sortable(choose: int | None = None, pages: int = 1) -> list[str]:
    """Stands before a table that the script of the site lets readers sort and filter; `choose` is a column (from 0)
    that also gets a list of its values. Without the script it is nothing, and the table is as it stands."""
    words = {
        "filter": tr("Filter") if pages == 1 else tr("Filter this page"), "all": tr("all"),
        "shown": tr("{shown} of {total} rows", shown="#1", total="#2"), "clear": tr("Show all"),
    }  # fmt: skip
    if pages > 1:
        words |= {"whole": tr("Filter"), "more": tr("Take all {count} pages together", count=pages),
                  "failed": tr("The other pages cannot be fetched here.")}  # fmt: skip
    given = "".join(f' data-{name}="{lit(text)}"' for name, text in words.items())
    chosen = "" if choose is None else f' data-choose="{choose}"'
    return [f'<div class="hoso-sortable"{chosen}{given}></div>', ""]


def bar(done: int, total: int) -> str:
    """A progress bar with its figures beside it, so that it says the same without colours or style sheets."""
    label = tr("{done} of {total}", done=shown_number(str(done)), total=shown_number(str(total)))
    if not total:
        return "–"
    return (
        '<span class="hoso-progress">'
        f'<progress class="hoso-bar" value="{done}" max="{total}" aria-label="{lit(label)}"></progress> '
        f'<span class="hoso-count">{done}/{total}</span></span>'
    )
