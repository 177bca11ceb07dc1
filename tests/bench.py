"""The budgets of the design, each measured against what it is compared with, in one run, as ratios of medians.

python3 dev.py bench [check] [screen] [key] [publish] [growth] [saving] [--dossiers N] [--runs N] [--full]
python3 dev.py bench search           needs Chromium, and is measured only when it is named

Nothing here runs in the tests: a busy machine would fail them. Both sides of a ratio alternate (A B A B …), so that
what else the machine does weighs on both.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from tests.generate import CHECKLIST, generate, unit_id

TODAY = "2021-11-22"
HOSO = (sys.executable, "-m", "hoso")
DOWN, NEXT = b"\x1b[B", b"\x1b[19~"

# Each runs in a process of its own: `python -c` and arguments.
LOADER = """
import sys, yaml
from pathlib import Path
for name in Path(sys.argv[1]).read_text().split("\\n"):
    try:
        yaml.load(Path(name).read_bytes(), yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        pass
"""
WATCHER = """
import sys
def watch(event, told):
    if event == "open" and str(told[0]).endswith(".yaml"):
        seen.add(str(told[0]))
seen = set()
sys.addaudithook(watch)
from hoso.cli import main
try:
    main(["check"])
finally:
    open(sys.argv[1], "w").write("\\n".join(sorted(seen)))
"""
SAVER = """
import json, sys, time
from pathlib import Path
from statistics import median
from hoso.store.writing import SheetFile
from hoso.workspace import Workspace
workspace = Workspace(Path.cwd())
dossier = workspace.open(sys.argv[1], sys.argv[2])
file = SheetFile(Path(dossier.path), "bao_cao", dossier.sheets["bao_cao"], dossier.documents["bao_cao"].digest)
took = []
for count in range(40):
    file.sheet.answers["muc_1"] = (file.sheet.answers["muc_1"] or {}) | {"so_luot": str(count)}
    begun = time.perf_counter()
    file.save(workspace.clock.now())
    took.append(time.perf_counter() - begun)
print(json.dumps(median(took)))
"""
BARE = """
from textual.app import App
from textual.widgets import TextArea, Tree
class Bare(App):
    def compose(self):
        tree = Tree("rows")
        tree.root.expand()
        for number in range(30):
            tree.root.add_leaf(f"row {number}")
        yield tree
        yield TextArea()
        tree.styles.height = "50%"
    def on_mount(self):
        self.query_one(WIDGET).focus()
Bare().run()
"""


class NotThere(Exception):  # noqa: N818 - no fault: a part of hoso that is still to come
    """What was to be measured cannot be run yet, with the reason."""


class Result(NamedTuple):
    what: str
    against: str
    ratio: float | None
    budget: float
    note: str = ""

    @property
    def holds(self) -> bool:
        return self.ratio is not None and self.ratio <= self.budget


class Cost(NamedTuple):
    """What one process took: seconds from start to end, peak memory in MB, what it printed."""

    seconds: float
    memory: float
    output: str


def run(command: Sequence[str | Path], cwd: Path, **env: str | Path) -> Cost:
    """Runs a command with its output going to a file. Exit codes 0 and 1 are both good: there are problems to tell."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env=_environment(env), stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        said = err.read().decode(errors="replace")
        if process.returncode not in (0, 1) or "Traceback" in said:
            raise NotThere(said.strip().rpartition("\n")[2] or f"exit code {process.returncode}")
        out.seek(0)
        return Cost(seconds, usage.ru_maxrss / 1024, out.read().decode(errors="replace"))


def _environment(extra: dict[str, str | Path]) -> dict[str, str]:
    root = Path(__file__).resolve().parent.parent
    fixed = {"HOSO_TODAY": TODAY, "PYTHONPATH": str(root), "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
    # An installed hoso is compiled; a clone under measurement would be compiled anew at each start.
    known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**known, **fixed, **{name: str(value) for name, value in extra.items()}}


def alternate(runs: int, *sides: Callable[[], float]) -> list[float]:
    """The median of each side, measured in turns after a turn that is not counted."""
    turns = [[side() for side in sides] for _ in range(runs + 1)]
    return [median(times) for times in zip(*turns[1:], strict=True)]


@dataclass
class Bench:
    """Makes workspaces once, and measures one budget after the other."""

    folder: Path
    dossiers: int = 5000
    runs: int = 5
    full: bool = False
    made: dict[tuple[int, int], Path] = field(default_factory=dict)

    def workspace(self, dossiers: int, sections: int = 12) -> Path:
        key = dossiers, sections
        if key not in self.made:
            _say(f"making {dossiers} dossiers of {sections} sections")
            self.made[key] = generate(self.folder / f"w{dossiers}-{sections}", dossiers=dossiers, sections=sections)
        return self.made[key]

    def cache(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self.folder))

    def check(self, workspace: Path, cache: Path) -> Cost:
        return run([*HOSO, "check"], workspace, HOSO_CACHE=cache)

    def check_cold(self, workspace: Path) -> Cost:
        cache = self.cache()
        try:
            return self.check(workspace, cache)
        finally:
            shutil.rmtree(cache)

    def files_read(self, workspace: Path) -> Path:
        """A list of the YAML files that a cold check reads, told by Python itself."""
        listed = workspace.with_suffix(".files")
        run([sys.executable, "-c", WATCHER, listed], workspace, HOSO_CACHE=self.cache())
        return listed

    def load(self, workspace: Path, listed: Path) -> float:
        return run([sys.executable, "-c", LOADER, listed], workspace).seconds

    @cached_property
    def indexed(self) -> Path:
        """A cache that knows every workspace asked for by `known`."""
        return self.cache()

    def known(self, dossiers: int, sections: int = 12) -> Path:
        workspace = self.workspace(dossiers, sections)
        self.check(workspace, self.indexed)
        return workspace

    # ---- check -------------------------------------------------------------------------------------------------

    def measure_check(self) -> Iterator[Result]:
        workspace = self.known(self.dossiers)
        listed = self.files_read(workspace)
        cold, load, warm = alternate(
            self.runs,
            lambda: self.check_cold(workspace).seconds,
            lambda: self.load(workspace, listed),
            lambda: self.check(workspace, self.indexed).seconds,
        )
        yield Result(f"check, {self.dossiers} dossiers, cold", "C loader, same bytes", cold / load, 1.5, _seconds(cold))
        yield Result("check, nothing changed", "cold", warm / cold, 1 / 20, _seconds(warm))

    def measure_growth(self) -> Iterator[Result]:
        small, large = self.workspace(500), self.workspace(self.dossiers)
        sizes = [(self.dossiers, large)]
        if self.full:
            sizes.append((50_000, self.workspace(50_000)))
        for count, workspace in sizes:
            costs: dict[Path, list[Cost]] = {small: [], workspace: []}

            def once(place: Path, costs: dict[Path, list[Cost]] = costs) -> float:
                costs[place].append(self.check_cold(place))
                return costs[place][-1].seconds

            runs = self.runs if count <= 5000 else 2
            one, many = alternate(runs, lambda: once(small), lambda place=workspace: once(place))  # type: ignore[misc]
            times = count / 500
            peak = median(cost.memory for cost in costs[workspace])
            low = median(cost.memory for cost in costs[small])
            yield Result(f"check cold, time from 500 to {count}", "linear", many / one / times, 1.1, _seconds(many))
            yield Result(f"check cold, memory from 500 to {count}", "linear", peak / low / times, 1.1, f"{peak:.0f} MB")

    # ---- the app -----------------------------------------------------------------------------------------------

    def measure_screen(self) -> Iterator[Result]:
        few, many = self.known(5), self.known(self.dossiers)
        bare, with_few, with_many = alternate(
            self.runs,
            lambda: self._first_screen([sys.executable, "-c", BARE.replace("WIDGET", "Tree")], few, "row 5"),
            lambda: self._first_screen(HOSO, few, "Tân Phú 2"),
            lambda: self._first_screen(HOSO, many, "Tân Phú 2"),
        )
        against = "bare Tree and TextArea"
        yield Result("first screen, 5 dossiers", against, with_few / bare, 1.5, _seconds(with_few))
        yield Result(f"first screen, {self.dossiers} dossiers", against, with_many / bare, 1.5, _seconds(with_many))

    def _first_screen(self, command: Sequence[str], workspace: Path, row: str) -> float:
        """Seconds until the rows are on the screen and the down key has moved the mark."""
        from tests.pty_app import PtyApp

        begun = time.perf_counter()
        with PtyApp(command, size=(120, 30), env=self._app_environment(), cwd=workspace) as app:
            _wait(app, lambda: row in app.text)
            seen = _look(app)
            app.send(DOWN)
            _wait(app, lambda: _look(app) != seen)
            return time.perf_counter() - begun

    def _app_environment(self) -> dict[str, str]:
        return _environment({"HOSO_CACHE": self.indexed, "HOSO_STATE": self.folder / "state"})

    def measure_key(self) -> Iterator[Result]:
        workspace = self.known(5, 500)
        fill = [*HOSO, "fill", CHECKLIST, unit_id(1)]
        plain = [sys.executable, "-c", BARE.replace("WIDGET", "TextArea")]
        from tests.pty_app import PtyApp

        with ExitStack() as stack:
            bare, hoso = (
                stack.enter_context(PtyApp(command, size=(120, 30), env=self._app_environment(), cwd=workspace))
                for command in (plain, fill)
            )
            _wait(bare, lambda: "row 5" in bare.text)
            _wait(hoso, lambda: "Kết quả đạt được" in hoso.text or "Phần 1" in hoso.text)
            _reach_text(hoso)
            time.sleep(2)
            letters = "xyzw" * 25
            one, other = alternate(len(letters), *(_typing(app, letters) for app in (bare, hoso)))
        note = f"{other * 1000:.1f} ms"
        yield Result("key to screen, 500 sections", "the key in a bare TextArea", other / one, 1.3, note)

    def measure_grid(self) -> Iterator[Result]:
        from tests import bench_grid

        workspace = bench_grid.made(self.folder / "grid")
        plain = BARE.replace("WIDGET", "TextArea")
        for what, bare, ours in bench_grid.measured(workspace, plain, self._app_environment(), alternate, _wait):
            if what == "paste":
                yield Result("3,000 cells pasted", "a second", ours, 1.0, _seconds(ours))
            else:
                note = f"{ours * 1000:.1f} ms"
                yield Result(f"a {what} in a table of 300 × 12", "the key in a bare TextArea", ours / bare, 1.3, note)

    def measure_saving(self) -> Iterator[Result]:
        few, many = self.workspace(5), self.workspace(self.dossiers)
        command = [sys.executable, "-c", SAVER, CHECKLIST, unit_id(1)]
        one, other = alternate(
            self.runs,
            lambda: json.loads(run(command, few, HOSO_CACHE=self.indexed).output),
            lambda: json.loads(run(command, many, HOSO_CACHE=self.indexed).output),
        )
        note = f"{other * 1000:.1f} ms"
        yield Result(f"saving one answer, {self.dossiers} dossiers", "with 5 dossiers", other / one, 1.1, note)

    # ---- the site ----------------------------------------------------------------------------------------------

    def measure_publish(self) -> Iterator[Result]:
        few = min(2000, self.dossiers)
        for count in sorted({few, self.dossiers}) if self.full else (few,):
            yield from self._publishing(count)

    def _publishing(self, count: int) -> Iterator[Result]:
        workspace = self.known(count)
        listed = self.files_read(workspace)
        plain = self._plain_site(workspace)
        runs = max(1, self.runs // 2)
        cold, build, load, warm = alternate(
            runs,
            lambda: self._publish(workspace, fresh=True),
            lambda: run([sys.executable, "-m", "mkdocs", "build", "-q"], plain).seconds,
            lambda: self.load(workspace, listed),
            lambda: self._publish_changed(workspace),
        )
        yield Result(f"publish, {count} dossiers, cold", "mkdocs build + C loader", cold / (build + load), 1.1,
                     f"{_seconds(cold)} against {_seconds(build)} + {_seconds(load)}")  # fmt: skip
        what = f"publish, one of {count} dossiers changed"
        yield Result(what, "cold", warm / cold, 1 / 10, _seconds(warm))

    def measure_search(self) -> Iterator[Result]:
        from tests import bench_search
        from tests.browser.chromium import NoBrowser

        workspace = self.known(self.dossiers)
        self._publish(workspace)
        try:
            for way, words, waited in bench_search.measured(workspace / "build/site", self.runs):
                what = f"search, {self.dossiers} dossiers, {way}, “{words}”"
                yield Result(what, "a second", waited, 2.0, _seconds(waited))
        except NoBrowser as error:
            raise NotThere(str(error)) from error

    def _publish(self, workspace: Path, *, fresh: bool = False) -> float:
        if fresh:
            shutil.rmtree(workspace / "build", ignore_errors=True)
        cache = self.cache() if fresh else self.folder / "publishing"
        cost = run([*HOSO, "publish"], workspace, HOSO_CACHE=cache)
        if not (workspace / "build/site/index.html").is_file():
            raise NotThere("hoso publish made no site")
        return cost.seconds

    def _publish_changed(self, workspace: Path) -> float:
        self.check(workspace, self.folder / "publishing")
        self._publish(workspace)
        path = workspace / f"checklists/{CHECKLIST}/{unit_id(1)}/bao_cao.yaml"
        answers = path.read_text(encoding="utf-8")
        path.write_text(answers.replace("ket_qua: |\n", f"ket_qua: |\n      {time.time()} x\n", 1), encoding="utf-8")
        return self._publish(workspace)

    def _plain_site(self, workspace: Path) -> Path:
        """The same pages as plain Markdown, under the same theme, with no plugin of ours."""
        import yaml

        shipped = Path(__file__).resolve().parent.parent
        for name in ("mkdocs.yml", "site"):
            if not (workspace / name).exists() and (shipped / name).exists():
                (shutil.copytree if (shipped / name).is_dir() else shutil.copy2)(shipped / name, workspace / name)
        plain = workspace.with_name(workspace.name + "-plain")
        run([*HOSO, "render", plain / "docs"], workspace, HOSO_CACHE=self.indexed)
        pages = list((plain / "docs").rglob("*.md"))
        if len(pages) < 100 or not (workspace / "mkdocs.yml").is_file():
            raise NotThere(f"hoso render made {len(pages)} pages")
        config: dict[str, Any] = yaml.safe_load((workspace / "mkdocs.yml").read_text(encoding="utf-8"))
        config |= {"docs_dir": "docs", "site_dir": "site", "nav": [{"index": "index.md"}]}
        config["theme"].pop("custom_dir", None)
        config["plugins"] = [one for one in config["plugins"] if one != "hoso" and "search" not in one] + ["search"]
        for name in ("extra_css", "extra_javascript", "hooks", "extra"):
            config.pop(name, None)
        if not (plain / "docs/index.md").exists():
            (plain / "docs/index.md").write_text("# Index\n", encoding="utf-8")
        (plain / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
        return plain


def _wait(app: Any, holds: Callable[[], bool]) -> None:
    try:
        app.wait_for(lambda _: holds())
    except AssertionError as error:
        raise NotThere(" ".join(str(error).split())[:300]) from error


def _look(app: Any) -> list[list[tuple[str, bool]]]:
    """The colours of the screen's left half, by which the mark of the current row is seen to move."""
    with app._changed:
        rows = app.screen.buffer
        return [[(rows[y][x].bg, rows[y][x].bold) for x in range(4, 60, 8)] for y in range(1, 29)]


def _reach_text(app: Any) -> None:
    """Goes to a section with prose, then from field to field until the prose takes what is typed."""
    for _ in range(4):
        if "Kết quả đạt được" not in app.text:
            app.send(NEXT)
            time.sleep(1)
    for keys in (b"", b"\t", b"\t", b"\t", b"\t"):
        app.send(keys)
        time.sleep(1)
        app.send(b"qzqz")
        time.sleep(1)
        lines = app.lines
        top = next((place for place, line in enumerate(lines) if "Kết quả đạt được" in line), 99)
        end = next((place for place, line in enumerate(lines) if "Số lượt *" in line and place > top), 99)
        if any("qzqz" in line for line in lines[top:end]):
            return
        app.send(b"\x7f" * 4)
    raise NotThere(f"no text field was reached: {' '.join(app.text.split())[:200]}")


def _typing(app: Any, letters: str) -> Callable[[], float]:
    """Types one letter a call and tells the seconds until the screen shows one more of it."""
    left = iter(letters * 2)

    def one() -> float:
        letter = next(left)
        before = app.text.count(letter)
        begun = time.perf_counter()
        app.send(letter.encode())
        _wait(app, lambda: app.text.count(letter) > before)
        taken = time.perf_counter() - begun
        time.sleep(0.03)
        return taken

    return one


def _seconds(amount: float) -> str:
    return f"{amount:.2f} s"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


PARTS = ("check", "screen", "key", "grid", "publish", "growth", "saving")
WITH_A_BROWSER = ("search",)


def measure(bench: Bench, names: Sequence[str]) -> list[Result]:
    results: list[Result] = []
    for name in names:
        _say(f"measuring {name} ...")
        try:
            results += getattr(bench, f"measure_{name}")()
        except NotThere as error:
            results.append(Result(name, "", None, 0, f"not there yet: {error}"))
    return results


def table(results: Sequence[Result]) -> str:
    lines = [("what", "against", "ratio", "budget", "", "")]
    for one in results:
        ratio = "–" if one.ratio is None else f"{one.ratio:.3f}"
        budget = f"{one.budget:.3g}" if one.budget else "–"
        lines.append((one.what, one.against, ratio, budget, "ok" if one.holds else "over", one.note))
    widths = [max(len(line[place]) for line in lines) for place in range(6)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
                     for line in lines)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures hoso against plain libraries, side by side.")
    parser.add_argument(
        "names", nargs="*", choices=[*PARTS, *WITH_A_BROWSER, []], metavar="|".join((*PARTS, *WITH_A_BROWSER))
    )
    parser.add_argument("--dossiers", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--full", action="store_true", help="also 50,000 dossiers; publish: all of them")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hoso-bench-") as folder:
        bench = Bench(Path(folder), told.dossiers, told.runs, told.full)
        results = measure(bench, told.names or PARTS)
    print(table(results))
    sys.exit(any(not one.holds for one in results))


if __name__ == "__main__":
    main()
