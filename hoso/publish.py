"""What the site consists of and which of its pages changed. Builds nothing itself; see `hoso.publishing_site`."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from hoso import staging, yamlio
from hoso.dossiers import Waiver
from hoso.i18n import language, mark, speaking, to_reader, tr
from hoso.index import Row
from hoso.paths import shipped
from hoso.problems import Level, Problem, problem
from hoso.render import Page, guard
from hoso.render.boards import Board, BoardWriter
from hoso.render.checklists import checklist_page
from hoso.render.dossiers import DossierWriter, place_of
from hoso.render.extents import Extents
from hoso.render.glossary import glossary_page
from hoso.render.handmade import text_of, written_files
from hoso.render.kinds import kind_pages
from hoso.render.lists import checklist_list, document_list, outline_list
from hoso.render.navigation import expanded, navigation
from hoso.render.neighbours import Neighbours
from hoso.render.outlines import outline_page
from hoso.render.pages import (
    DEFINED,
    GENERATED,
    Entry,
    board_path,
    dossier_path,
    rollup_path,
)  # fmt: skip
from hoso.render.revealing import words_of_file
from hoso.render.rollups import RollUpWriter, has_rollup, shown_parts
from hoso.render.units import UnitList
from hoso.rollup import Gatherer
from hoso.searching import Title
from hoso.store.writing import read_events
from hoso.workspace import ChecklistInfo, Standing, Workspace, row_from, standings_of

Tell = Callable[[str, int, int], None]

CONFIG = "mkdocs.yml"
STAGED = ".hoso-new"
_STYLES = "assets/stylesheets"
READING, BUILDING = mark("reading dossiers"), mark("building pages")
_MAKERS = ("hoso", "mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "jinja2", "nh3")


class Kept(NamedTuple):
    """What is remembered of a dossier's page: when it has to be made anew, and what lists and the search need."""

    stamp: str
    digest: str | None
    name: str
    unreadable: list[str]


@dataclass
class Manifest:
    """What the site that stands in its folder was made from. `site` stands for everything but the pages' own text;
    `gathered` for what the dossiers of a checklist give to its roll-up."""

    site: str
    pages: dict[str, str] = field(default_factory=dict)
    dossiers: dict[str, Kept] = field(default_factory=dict)
    gathered: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Manifest | None:
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            dossiers = {name: Kept(*one) for name, one in kept["dossiers"].items()}
            return cls(kept["site"], kept["pages"], dossiers, kept["gathered"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def write(self, path: Path) -> None:
        data = {"site": self.site, "pages": self.pages, "dossiers": self.dossiers, "gathered": self.gathered}
        yamlio.write(path, json.dumps(data, ensure_ascii=False, separators=(",", ":")))


@dataclass
class Plan:
    """All pages of a site. Those in `unchanged` stand in its folder already, so their Markdown was not made again."""

    manifest: Manifest
    pages: dict[str, Page] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)
    vanished: set[str] = field(default_factory=set)
    titles: dict[str, Title] = field(default_factory=dict)
    findings: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def stops(self) -> list[Problem]:
        return guard.stops(self.findings)


class Sources(NamedTuple):
    """Where the site of a workspace is described: its own files, or those that hoso ships."""

    config: Path
    pages: Path
    site: Path


def sources(root: Path) -> Sources:
    """In the language of the site, where there are a configuration and pages in it."""
    own = (root / CONFIG).is_file()
    base = root if own else shipped()
    worded = base / CONFIG.replace(".yml", f".{language()}.yml")
    folders = (f"site/pages-{language()}", "site/pages")
    pages = [made for top in (root, base) for name in folders if ((made := top / name) / "index.md").is_file()]
    return Sources(worded if worded.is_file() else base / CONFIG, pages[0], root / "build/site")


def fingerprint(workspace: Workspace, config: Path) -> str:
    """Stands for all that every page depends on: definitions, language, MkDocs' file, the theme, versions."""
    from importlib.metadata import version

    whole = hashlib.sha256()
    parts = [workspace.fingerprint, language(), repr(workspace.allowances), *(version(name) for name in _MAKERS)]
    whole.update("\n".join(parts).encode())
    for path in [*sorted(config.parent.glob("mkdocs*.yml")), *sorted((config.parent / "site/theme").rglob("*"))]:
        if path.is_file():
            whole.update(path.relative_to(config.parent).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def manifest_of(site: Path) -> Path:
    """Beside the site, so that it is not published."""
    return site.with_name(f"{site.name}.json")


def built(site: Path, path: str) -> Path:
    """The file that a page becomes, whether the site has an address per folder or per file."""
    file = (site / path).with_suffix(".html")
    folder = (site / path).with_suffix("") / "index.html"
    return folder if folder.is_file() and not file.is_file() else file


def plan(
    workspace: Workspace, site: str, written: Path, before: Manifest | None = None, tell: Tell | None = None
) -> Plan:
    """Makes all pages, but those of dossiers that `before` tells to be unchanged; `written` holds pages made by hand.

    The caller looks at `stops` before anything is published."""
    made = _Planner(workspace, Plan(Manifest(site)), before, tell).run()
    made.findings += _written_findings(workspace, written)
    return made


def _written_findings(workspace: Workspace, written: Path) -> Iterator[Problem]:
    """In pages and files made by hand, in their names, in MkDocs' file and in the theme's own pages."""
    config, allowed = sources(workspace.root).config, workspace.allowances
    theme = ((f"site/theme/{name}", path) for name, path in written_files(config.parent / "site/theme"))
    pages = [one for one in theme if one[1].suffix == ".html"]
    for name, path in (*written_files(written), (config.name, config), *pages):
        text = text_of(path)
        if text is None:
            yield problem(guard.UNREAD, name, file=name)
        yield from guard.page_findings(name, text or "", allowed)
        yield from guard.page_findings(name, words_of_file(name), allowed)


class _Planner:
    def __init__(self, workspace: Workspace, made: Plan, before: Manifest | None, tell: Tell | None) -> None:
        self.workspace = workspace
        self.definitions = workspace.definitions
        self.made = made
        self.before = before
        self.tell = tell
        self.today = workspace.clock.today()

    def run(self) -> Plan:
        made, definitions = self.made, self.definitions
        with to_reader():
            errors = (one for one in self.workspace.definition_problems if one.level is Level.ERROR)
            made.warnings += [one.line_of_text() for one in errors]
        boards = [self._dossiers(name) for name in definitions.checklists]
        for name, board in zip(definitions.checklists, boards, strict=True):
            self._board(name, board)
            self._rollup(name)
        self._add(checklist_list(definitions, boards, self.today))
        if self.before is None:
            self._definitions()
        else:
            self._keep_definitions(self.before)
        if self.before is not None:
            made.vanished = self.before.pages.keys() - made.manifest.pages.keys()
        return made

    def _definitions(self) -> None:
        definitions = self.definitions
        self.made.findings += guard.definition_findings(definitions.documents.values(), self.workspace.allowances)
        self._add(outline_list(definitions))
        for name in definitions.outlines:
            self._add(outline_page(definitions, name))
        for name in definitions.checklists:
            self._add(checklist_page(definitions, name))
        if definitions.lists.documents:
            self._add(document_list(definitions))
        units = UnitList(definitions)
        for number, page in enumerate(units.pages(), 1):
            self._add(page, title=Title(page.title, units.names(number)) if page.search == "title" else None)
        for page in (*kind_pages(definitions), glossary_page(definitions)):
            self._add(page)

    def _keep_definitions(self, before: Manifest) -> None:
        """Pages of definitions alone: had a definition changed, there would be nothing to go by."""
        for path, digest in before.pages.items():
            if path not in self.made.manifest.pages and path.startswith(tuple(f"{folder}/" for folder in DEFINED)):
                self._note(path, digest)
                self.made.unchanged.add(path)

    def _rollup(self, name: str) -> None:
        """What dossiers give is kept in the index, so that one changed dossier means that one is read again; and where
        what it gives is what it gave before, nothing is added up."""
        if not has_rollup(self.definitions, name):
            return
        from hoso.definitions import STATES

        gatherer, path = Gatherer(self.workspace, name), rollup_path(name)
        texts = list(gatherer.texts())
        digest = yamlio.digest("\n".join(part for one in texts for part in one).encode("utf-8", "surrogatepass"))
        self.made.manifest.gathered[name] = digest
        if self.before is not None and self.before.gathered.get(name) == digest and path in self.before.pages:
            self._note(path, self.before.pages[path])
            self.made.unchanged.add(path)
            return
        extents = Extents(self.definitions, self.definitions.checklists[name])
        contributions = [gatherer.contribution(unit, text) for unit, text in texts]
        given = [one for one in contributions if shown_parts(extents, one)]
        made = gatherer.rolled_up(given, STATES, lambda one: shown_parts(extents, one))
        self._add(RollUpWriter(self.definitions, name, made).page())

    def _board(self, name: str, board: Board) -> None:
        """The first page tells of all units; a later one only changes with what it lists."""
        writer = BoardWriter(self.definitions, name, board)
        for number, standings in writer.cuts():
            if number == 1:
                self._add(writer.page(number, standings))
                continue
            path, digest = board_path(name, number), self._digest(writer, standings)
            title = Title(writer.title(number), "")
            if self.before is not None and self.before.pages.get(path) == digest:
                self._note(path, digest, title)
                self.made.unchanged.add(path)
            else:
                self._add(writer.page(number, standings), digest=digest, title=title)

    def _digest(self, writer: BoardWriter, standings: Sequence[Standing]) -> str:
        dossiers = self.made.manifest.dossiers
        parts = [str(len(writer.shown)), str(writer.board.info.days_left(self.today))]
        for one in standings:
            kept = dossiers.get(f"{writer.name}/{one.unit}")
            parts += [one.unit, kept.stamp if kept else ""]
        return yamlio.digest("\n".join(parts).encode())

    def _add(self, page: Page, waivers: Sequence[Waiver] = (), *, digest: str = "", title: Title | None = None) -> None:
        digest = digest or page.digest
        self._note(page.path, digest, title)
        self.made.pages[page.path] = page
        root = self.workspace.root
        self.made.findings += [guard.placed(root, found) for found in guard.findings(page.said, waivers)]
        if self.before is not None and self.before.pages.get(page.path) == digest:
            self.made.unchanged.add(page.path)

    def _note(self, path: str, digest: str, title: Title | None = None) -> None:
        self.made.manifest.pages[path] = digest
        if title is not None:
            self.made.titles[path] = title

    def _dossiers(self, name: str) -> Board:
        """Reads what changed of a checklist's dossiers; the rest is known from the index and the manifest."""
        workspace = self.workspace
        writer = DossierWriter(self.definitions, name, Neighbours(workspace.root, self.definitions, name))
        info = workspace.checklists.get(name) or ChecklistInfo(name, writer.checklist.title, None, {})
        known, units = workspace.known_rows(name), workspace.dossiers(name)
        rows: dict[str, Row] = {}
        judged: list[tuple[str, Row]] = []
        unreadable: dict[str, list[str]] = {}
        for place, unit in enumerate(units):
            if place % 20 == 0:
                self._tell_reading(place, len(units))
            seen = workspace.mark(name, unit)
            if not seen:
                continue
            kept = self._kept(name, unit, seen + self._more(writer, unit))
            if kept is not None and unit in known and known[unit][0] == seen:
                rows[unit] = known[unit][1]
                self._keep(writer, unit, kept)
            else:
                rows[unit], kept = self._read(writer, unit, seen)
                judged.append((seen, rows[unit]))
            if kept.unreadable:
                unreadable[unit] = kept.unreadable
        self._tell_reading(len(units), len(units))
        workspace.index.keep(judged)
        workspace.index.forget(name, known.keys() - set(units))
        with to_reader():
            self.made.warnings += [
                tr("{unit}: a file of the dossier cannot be read", unit=f"{writer.unit_name(unit)}: {line}")
                for unit, told in unreadable.items() for line in told
            ]  # fmt: skip
        return Board(info, list(standings_of(info, rows, writer.unit_name)), self.today, unreadable)

    def _tell_reading(self, done: int, total: int) -> None:
        if self.tell is not None:
            with to_reader():
                self.tell(tr(READING), done, total)

    def _more(self, writer: DossierWriter, unit: str) -> str:
        """What the page of a dossier shows beside what it is judged by."""
        folder = self.workspace.root / "checklists" / writer.name / unit
        return _history_mark(folder) + (writer.neighbours.mark(unit) if writer.neighbours else "")

    def _kept(self, name: str, unit: str, seen: str) -> Kept | None:
        kept = self.before.dossiers.get(f"{name}/{unit}") if self.before else None
        return kept if kept is not None and kept.stamp == seen else None

    def _keep(self, writer: DossierWriter, unit: str, kept: Kept) -> None:
        self.made.manifest.dossiers[f"{writer.name}/{unit}"] = kept
        if kept.digest is not None:
            path = dossier_path(writer.name, unit)
            self._note(path, kept.digest, Title(kept.name, writer.about))
            self.made.unchanged.add(path)

    def _read(self, writer: DossierWriter, unit: str, seen: str) -> tuple[Row, Kept]:
        seen += self._more(writer, unit)
        dossier = self.workspace.open(writer.name, unit)
        verdict = self.workspace.verdict(dossier)
        events = read_events(self.workspace.root, dossier)
        row, page = row_from(dossier, verdict), writer.page(dossier, verdict, events)
        told = [place_of(found) for found in dossier.problems if found.level is Level.ERROR]
        kept = Kept(seen, page.digest if page else None, writer.unit_name(unit), told)
        self.made.manifest.dossiers[f"{writer.name}/{unit}"] = kept
        if page is not None:
            self._add(page, dossier.waivers, title=Title(kept.name, writer.about))
        return row, kept


def _history_mark(folder: Path) -> str:
    """Changes with the files of a dossier's history, which judging and so its stamp take no notice of."""
    try:
        return f"-{(folder / 'history').stat().st_mtime_ns}"
    except OSError:
        return ""


def _md(folder: Path) -> Iterator[Path]:
    return folder.rglob("*.md")


def _remove_stale(folder: Path, pages: Set[str]) -> None:
    """What is no longer published must not stay where it was written; other files in the folder are left alone."""
    for top in {*GENERATED, *(path.partition("/")[0] for path in pages if "/" in path)}:
        for path in _md(folder / top):
            if path.relative_to(folder).as_posix() not in pages:
                path.unlink()


def render_to(workspace: Workspace, folder: Path, tell: Tell | None = None) -> Plan:
    """Writes the same pages as plain Markdown with their style sheets, and `navigation.yml` beside them, for any other
    generator; MkDocs takes it by `INHERIT`.

    Pages of a time before that are no longer made are taken away. Nothing is written where the guard stops.
    Raises OSError."""
    with speaking(workspace.language):
        return _rendered(workspace, folder, tell)


def _rendered(workspace: Workspace, folder: Path, tell: Tell | None) -> Plan:
    where = sources(workspace.root)
    made = plan(workspace, "", where.pages, None, tell)
    if made.stops:
        return made
    with staging.fresh(folder / STAGED) as new:
        _write_pages(made, where, new, navigation(workspace.definitions))
        with staging.undisturbed():
            _remove_stale(folder, {path.relative_to(new).as_posix() for path in _md(new)})
            staging.lay_over(new, folder)
    return made


def _write_pages(made: Plan, where: Sources, folder: Path, nav: dict[str, tuple[Entry, ...]]) -> None:
    shutil.copytree(where.pages, folder, dirs_exist_ok=True)
    for path, page in made.pages.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page.markdown, encoding="utf-8", newline="\n")
    for source in _styles(where):
        (folder / _STYLES / source.name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / _STYLES / source.name)
    document, _ = yamlio.read(where.config, CONFIG)
    written = document.data.get("nav") if document and isinstance(document.data, dict) else None
    sheets = [f"{_STYLES}/{source.name}" for source in _styles(where)]
    # JSON is YAML in which no reader takes a title such as 2021 for a figure.
    text = json.dumps({"nav": expanded(written or [], nav), "extra_css": sheets}, ensure_ascii=False, indent=2)
    (folder / "navigation.yml").write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _styles(where: Sources) -> tuple[Path, Path]:
    """The site's own style sheet, and what it needs under another theme."""
    name = f"site/theme/{_STYLES}/hoso.css"
    own = where.config.parent / name
    return own if own.is_file() else shipped() / name, Path(__file__).parent / "render/alone.css"
