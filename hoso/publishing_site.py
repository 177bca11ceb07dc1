"""Building the site of a workspace: only what changed, and never half over the site that stands."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hoso import i18n, publish, staging
from hoso.problems import Problem
from hoso.publish import Manifest, Plan, Sources, Tell
from hoso.workspace import Workspace


class SiteNotBuilt(Exception):  # noqa: N818 - what happened
    """MkDocs gave up; the message tells why. The site that stood before still stands."""


@dataclass
class PublishResult:
    """`made` pages were built and `kept` were not; where `findings` stop the publishing (see `stopped`) nothing was."""

    folder: Path
    made: int = 0
    kept: int = 0
    removed: int = 0
    findings: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    stopped: bool = False


def publish_site(workspace: Workspace, *, full: bool = False, tell: Tell | None = None) -> PublishResult:
    """Builds the site into `build/site` of the workspace, in its language, for all its
    readers, whatever whoever builds it has chosen for the screen. Raises SiteNotBuilt, OSError."""
    with _without_collecting(), i18n.speaking(workspace.language):
        return _published(workspace, full=full, tell=tell)


def _published(workspace: Workspace, *, full: bool, tell: Tell | None) -> PublishResult:
    where = publish.sources(workspace.root)
    made = publish.fingerprint(workspace, where.config)
    before = None if full else _standing(where, made)
    plan = publish.plan(workspace, made, where.pages, before, tell)
    result = PublishResult(where.site, findings=plan.findings, warnings=list(plan.warnings))
    result.kept, result.removed = len(plan.unchanged), len(plan.vanished)
    result.made = len(plan.manifest.pages) - result.kept
    if plan.stops:
        result.stopped = True
    elif before is None:
        _build_anew(workspace, where, plan, result, tell)
    elif result.made or plan.vanished or _written_later(where.pages, publish.manifest_of(where.site)):
        _build_changed(workspace, where, plan, result, tell)
    return result


def _standing(where: Sources, made: str) -> Manifest | None:
    """What is known of the site that stands, if it stands whole and nothing that all pages share has changed."""
    before = Manifest.read(publish.manifest_of(where.site))
    if before is None or before.site != made:
        return None
    return before if all(publish.built(where.site, path).is_file() for path in before.pages) else None


def _written_later(pages: Path, manifest: Path) -> bool:
    built = manifest.stat().st_mtime
    return any(path.stat().st_mtime > built for path in pages.rglob("*"))


def _build_anew(workspace: Workspace, where: Sources, plan: Plan, result: PublishResult, tell: Tell | None) -> None:
    """Beside the site that stands, which is replaced when all has gone well."""
    with staging.fresh(_new(where.site)) as new:
        _run(workspace, where, new, plan, result, tell)
        with staging.undisturbed():
            publish.manifest_of(where.site).unlink(missing_ok=True)
            staging.swap(new, where.site)
            plan.manifest.write(publish.manifest_of(where.site))


def _build_changed(workspace: Workspace, where: Sources, plan: Plan, result: PublishResult, tell: Tell | None) -> None:
    """What changed is built beside the site as well, and moved over when all of it is there. The manifest goes first,
    so that a site left in the middle of that is built anew the next time."""
    with staging.fresh(_new(where.site)) as new:
        _run(workspace, where, new, plan, result, tell)
        with staging.undisturbed():
            publish.manifest_of(where.site).unlink(missing_ok=True)
            staging.lay_over(new, where.site)
            for path in plan.vanished:
                publish.built(where.site, path).unlink(missing_ok=True)
            plan.manifest.write(publish.manifest_of(where.site))


def _new(site: Path) -> Path:
    return site.with_name(f"{site.name}.new")


def _run(
    workspace: Workspace, where: Sources, folder: Path, plan: Plan, result: PublishResult, tell: Tell | None
) -> None:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    from hoso.mkdocs_plugin import Given, HosoPlugin

    dirty = bool(plan.unchanged)
    with _listening(result.warnings):
        try:
            config = load_config(str(where.config), docs_dir=str(where.pages), site_dir=str(folder))
            plugin = config.plugins["hoso"]
            assert isinstance(plugin, HosoPlugin)
            plugin.given, plugin.tell = Given(workspace, plan, where.site), tell
            # The search plugin lives on in this process and would mix its last index in; we merge ourselves.
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config, dirty=dirty)
            finally:
                config.plugins.on_shutdown()
        except (MkDocsException, SystemExit) as error:
            with i18n.to_reader():
                raise SiteNotBuilt(i18n.tr("The site was not built: {why}", why=str(error))) from error


class _Listener(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        # MkDocs warns of every build that is not full; ours knows what it leaves out.
        if "'dirty' build" not in text and text not in self.heard:
            self.heard.append(text)


@contextmanager
def _listening(heard: list[str]) -> Iterator[None]:
    logger, listener = logging.getLogger("mkdocs"), _Listener(heard)
    passes, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.propagate = passes


@contextmanager
def _without_collecting() -> Iterator[None]:
    """MkDocs keeps all pages to the end, so that every full collection would walk through them for nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
