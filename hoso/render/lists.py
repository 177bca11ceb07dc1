"""Pages that list others: outlines, checklists, cited documents; definitions that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from hoso.definitions import Definitions
from hoso.i18n import tr
from hoso.problems import Level, Problem
from hoso.render.boards import Board
from hoso.render.extents import allows
from hoso.render.markup import bar, facts, heading, link, lit, note, sortable, table, valued
from hoso.render.outlines import outline_title
from hoso.render.pages import (
    CHECKLISTS,
    DOCUMENTS,
    OUTLINES,
    Page,
    Said,
    board_path,
    checklist_path,
    document_anchor,
    outline_path,
    rollup_path,
    section_anchor,
)  # fmt: skip
from hoso.render.words import HANDED_IN, days_left
from hoso.text import shown_day, sort_key


def outline_list(definitions: Definitions) -> Page:
    path, title = f"{OUTLINES}/index.md", tr("Outlines and forms")
    lines = [heading(1, title), "", lit(tr("What has to be written and filled in, section by section.")), "",
             *(_by_checklist(definitions, path) if definitions.outlines else _none_yet()),
             *([f"{link(tr('Cited documents'), DOCUMENTS, path)}", ""] if definitions.lists.documents else []),
             *unreadable(definitions.problems, "outlines/")]  # fmt: skip
    return Page(path, title, "\n".join(lines), said=_said(definitions.problems))


def _by_checklist(definitions: Definitions, path: str) -> Iterator[str]:
    """The outlines under the checklist that asks for them, in its order; those that none asks for come last."""
    left = dict.fromkeys(definitions.outlines)
    for checklist, made in definitions.checklists.items():
        asked = (case.outline for part, _ in made.parts() for case in part.cases())
        names = [name for name in dict.fromkeys(asked) if name in definitions.outlines]
        if names:
            yield from (f"## {link(made.title, checklist_path(checklist), path)} {{#dm-{checklist}}}", "")
            yield from _outlines(definitions, names, path)
        left = {name: None for name in left if name not in names}
    if left:
        yield from (heading(2, tr("Not asked for by any checklist"), "khac"), "")
        yield from _outlines(definitions, left, path)


def _none_yet() -> list[str]:
    return note(tr("There is no outline yet."), "info", [lit(tr("Each file in the folder outlines makes one."))])


def _outlines(definitions: Definitions, names: Iterable[str], path: str) -> Iterator[str]:
    head = [lit(tr("Outline")), lit(tr("Sections")), lit(tr("Points to cover")), lit(tr("To fill in"))]
    rows = []
    for name in names:
        outline = definitions.outlines[name]
        nodes = outline.nodes.values()
        counts = (len(nodes), sum(len(node.asks) for node in nodes), sum(len(node.fields) for node in nodes))
        title = link(outline_title(outline), outline_path(name), path)
        rows.append([title, *(str(count or "") for count in counts)])
    yield from table(head, rows, "lrrr")


def checklist_list(definitions: Definitions, boards: Sequence[Board], today: date) -> Page:
    path, title = f"{CHECKLISTS}/index.md", tr("Dossier checklists")
    rows = []
    for board in boards:
        info, standings = board.info, board.standings
        done = sum(one.row is not None and one.row.state in HANDED_IN for one in standings)
        left = days_left(info.days_left(today))
        last = f"{shown_day(info.last_day)} ({left})" if info.last_day else tr("none set")
        sorted_by = info.last_day.replace("-", "") if info.last_day else "99999999"
        rows.append([
            link(info.title, checklist_path(info.id), path), valued(lit(last), sorted_by),
            bar(done, len(standings)), " · ".join(_standing_links(definitions, info.id, path)),
        ])  # fmt: skip
    head = [lit(tr("Checklist")), lit(tr("Last day")), lit(tr("Handed in so far")), lit(tr("Who has handed in"))]
    lines = [heading(1, title), "", lit(tr("What has to be handed in, by when, to whom; who has handed in.")), "",
             *_listed(head, rows), *unreadable(definitions.problems, "checklists/")]  # fmt: skip
    return Page(path, title, "\n".join(lines), said=_said(definitions.problems), hide=("toc",))


def _listed(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if rows:
        yield from (*sortable(), *table(head, rows))
    else:
        yield from note(
            tr("There is no checklist yet."), "info", [lit(tr("Each file in the folder checklists makes one."))]
        )


def _standing_links(definitions: Definitions, name: str, path: str) -> Iterator[str]:
    yield link(tr("by unit"), board_path(name), path)
    if allows(definitions.checklists[name].publish.dossiers, "totals"):
        yield link(tr("added up"), rollup_path(name), path)


def document_list(definitions: Definitions) -> Page:
    """The register of cited documents, each with where it is asked for."""
    title = tr("Cited documents")
    lines = [heading(1, title), ""]
    for name in sorted(definitions.lists.documents, key=sort_key):
        made = definitions.lists.documents[name]
        lines += [heading(2, name, document_anchor(name)), ""]
        lines += facts([
            (tr("Title of the document"), lit(made.title)), (tr("About"), lit(made.about)),
            (tr("Issued by"), lit(made.issuer)),
            (tr("Date of the document"), shown_day(made.date) if made.date else ""),
            (tr("Asked for in"), "<br>".join(_citing(definitions, name))),
        ])  # fmt: skip
    return Page(DOCUMENTS, title, "\n".join(lines))


def _citing(definitions: Definitions, document: str) -> Iterator[str]:
    for name, outline in definitions.outlines.items():
        for node in outline.nodes.values():
            if any(document in ask.mentions for ask in node.section.asks):
                told = f"{outline_title(outline)}, {node.heading}"
                yield link(told, f"{outline_path(name)}#{section_anchor(node.id)}", DOCUMENTS)


def _said(problems: Sequence[Problem]) -> tuple[Said, ...]:
    return tuple(Said(one.path, one.key, one.message) for one in problems)


def unreadable(problems: Sequence[Problem], folder: str) -> Iterator[str]:
    """Definitions with errors, so that a missing page has its explanation where it would stand."""
    found = [one for one in problems if one.level is Level.ERROR and one.path.startswith(folder)]
    if found:
        told = (f"- {lit(f'{one.place}: {one.message}')}" for one in found)
        yield from note(tr("Something is wrong in these files"), "danger", told)
