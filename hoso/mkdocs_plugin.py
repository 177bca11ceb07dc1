"""The MkDocs plugin: hands the pages of `hoso.publish` to MkDocs. It adapts and decides nothing."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemBytecodeCache
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from hoso import i18n, publish, searching
from hoso.paths import cache_folder, workspace_around
from hoso.render import Page
from hoso.render.converting import Resolve, to_html
from hoso.render.labels import label_of
from hoso.render.navigation import expanded, navigation, titles_of
from hoso.text import slug
from hoso.workspace import Workspace

log = get_plugin_logger("hoso")


class HosoConfig(base.Config):  # type: ignore[no-untyped-call]
    """`workspace`: the workspace's folder; by default the one around mkdocs.yml."""

    workspace = options.Optional(options.Dir(exists=True))


class Given(NamedTuple):
    """What `hoso publish` asks for: a plan of what changed, and where the site stands that all else is in already.

    MkDocs' own folder is empty."""

    workspace: Workspace
    plan: publish.Plan
    standing: Path


class GeneratedFile(File):
    """A page of ours, which knows whether the site already holds what would come of it."""

    unchanged = False

    def is_modified(self) -> bool:
        return not self.unchanged


class GeneratedPage(MkDocsPage):
    """A page of ours: converted by `hoso.render`, as thousands of dossiers need it."""

    def __init__(self, title: str | None, page: Page, file: File, config: MkDocsConfig, resolve: Resolve) -> None:
        super().__init__(title, file, config)
        self.source, self.resolve = page, resolve

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        self.markdown, self.meta = self.source.body, self.source.meta

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        assert self.markdown is not None
        toc = config.mdx_configs.get("toc", {})
        made = to_html(self.markdown, self.resolve, str(toc.get("permalink_title", "")), slug)
        self.content = made.html
        deepest = int(toc.get("toc_depth", 6))
        tokens: list[Any] = [
            {"level": one.level, "id": one.anchor, "name": one.text} for one in made.headings if one.level <= deepest
        ]
        self.toc = get_toc(nest_toc_tokens(tokens))
        self.present_anchor_ids = {one.anchor for one in made.headings}


class Addresses:
    """The addresses that links to pages become; what leads nowhere is told."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.known: dict[tuple[str, str], str] = {}

    def of(self, file: File) -> Resolve:
        folder = posixpath.dirname(file.src_uri)
        return lambda target: self.known.get((folder, target)) or self._found(folder, target, file)

    def _found(self, folder: str, target: str, file: File) -> str:
        path, mark, anchor = target.partition("#")
        found = self.files.get_file_from_path(posixpath.normpath(posixpath.join(folder, path))) if path else file
        if found is None:
            log.warning(f"{file.src_uri}: {target}?")
            return target
        made = (found.url_relative_to(file) if path else "") + mark + anchor
        if path:
            self.known[folder, target] = made
        return made


class HosoPlugin(BasePlugin[HosoConfig]):  # type: ignore[no-untyped-call]
    """`hoso publish` sets `given`, the plan of what changed; without it everything is planned and built in full."""

    given: Given | None = None
    tell: publish.Tell | None = None

    # What the guard stops is raised here, before MkDocs empties the folder of the site.
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self.workspace, self.plan = self.given[:2] if self.given else self._planned(config)
        config.theme["language"] = i18n.language()
        toc = config.mdx_configs.setdefault("toc", {})
        toc["slugify"] = lambda title, _: slug(title)
        if i18n.language() != "vi":
            toc["permalink_title"] = i18n.tr("Link to this section")
        self._navigation = navigation(self.workspace.definitions)
        config.nav = expanded(config.nav or [], self._navigation)
        for warning in self.plan.warnings if self.given is None else ():
            log.warning(warning)
        for found in self.plan.stops:
            log.error(found.line_of_text())
        if self.plan.stops:
            count = len(self.plan.stops)
            raise PluginError(i18n.tr("The site was not built: {count} texts must not be published.", count=count))
        return config

    def _planned(self, config: MkDocsConfig) -> tuple[Workspace, publish.Plan]:
        file = Path(config.config_file_path or "mkdocs.yml").resolve()
        root = Path(self.config.workspace) if self.config.workspace else workspace_around(file.parent)
        if root is None:
            raise PluginError(i18n.tr("There is no workspace around {folder}.", folder=file.parent))
        workspace = Workspace(root)
        i18n.use(workspace.language)
        pages = Path(config.docs_dir)
        return workspace, publish.plan(workspace, publish.fingerprint(workspace, file), pages, None, self.tell)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        publish.manifest_of(Path(config.site_dir)).unlink(missing_ok=True)
        standing = self.given is not None and self.plan.unchanged
        self._before = searching.docs_of(self.given.standing) if self.given and standing else {}
        self._steps = 0

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        addresses = Addresses(files)
        titles = titles_of(self._navigation)
        for path in self.plan.manifest.pages:
            page = self.plan.pages.get(path)
            shown = InclusionLevel.INCLUDED if path in titles else InclusionLevel.NOT_IN_NAV
            file = GeneratedFile.generated(config, path, content=page.markdown if page else "", inclusion=shown)
            assert isinstance(file, GeneratedFile)
            file.unchanged = path in self.plan.unchanged
            files.append(file)
            if page:
                GeneratedPage(titles.get(path), page, file, config, addresses.of(file))
        if self.given and self.plan.unchanged:
            _leave_standing(files, self.given.standing)
        _leave_out(files, searching.unused([file.src_uri for file in files], self._languages(config)))
        # Asked now: once a page is built, its file no longer counts as modified.
        self._pages = [(file, not self.plan.unchanged or file.is_modified()) for file in files.documentation_pages()]
        self._all = sum(built for _, built in self._pages)
        return files

    def _languages(self, config: MkDocsConfig) -> list[str]:
        search = config.plugins.get("material/search") or config.plugins.get("search")
        return list(search.config.get("lang") or []) if search else []

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Keeps compiled templates: compiling them takes longer than building the pages of one changed dossier."""
        folder = cache_folder() / "templates"
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            env.bytecode_cache = FileSystemBytecodeCache(str(folder))
        return env

    # MkDocs converts all pages before it writes the first: both are half of the way.
    def on_page_content(self, html: str, **_: Any) -> str:
        self._step()
        return html

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002
        self._step()
        return output

    def _step(self) -> None:
        self._steps += 1
        if self.tell is not None and (self._steps % 40 == 0 or self._steps == 2 * self._all):
            with i18n.to_reader():
                self.tell(i18n.tr(publish.BUILDING), self._steps // 2, self._all)

    # After the search plugin, before the offline plugin copies the index into a script.
    @event_priority(-50)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        site = Path(config.site_dir)
        titles, definitions = self.plan.titles, self.workspace.definitions
        pages = (
            searching.Indexed(file.url, built, titles.get(file.src_uri), label_of(file.src_uri, definitions))
            for file, built in self._pages
        )
        searching.complete(site, pages, self._before)
        if self.given is None:
            self.plan.manifest.write(publish.manifest_of(site))

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,  # noqa: ARG002
        builder: Callable[..., Any],  # noqa: ARG002
    ) -> LiveReloadServer:
        for folder in ("outlines", "checklists"):
            if (self.workspace.root / folder).is_dir():
                server.watch(str(self.workspace.root / folder))
        return server


def _leave_standing(files: Files, standing: Path) -> None:
    """Files of the theme and pages written by hand that the site has already are not made once more."""
    for file in files:
        if not isinstance(file, GeneratedFile) and file.abs_src_path and _stands(file, standing):
            file.is_modified = lambda: False  # type: ignore[method-assign]


def _stands(file: File, standing: Path) -> bool:
    built, source = standing / file.dest_uri, Path(file.abs_src_path or "")
    return built.is_file() and built.stat().st_mtime >= source.stat().st_mtime


def _leave_out(files: Files, names: Iterable[str]) -> None:
    for name in names:
        found = files.get_file_from_path(name)
        if found is not None:
            files.remove(found)
