#!/usr/bin/env python3
"""Everything a clone of hoso needs, with nothing but Python >= 3.11 (with venv) and git.

python3 dev.py demo      make the environment and open the demo in this terminal
python3 dev.py test      make the environment and run every check and test
python3 dev.py browser   look at the site in Chromium (needs chromium and chromedriver)
python3 dev.py bench     time hoso against plain libraries, side by side
python3 dev.py lint      only the checks that run no test
python3 dev.py picture   draw the app for the README, into site/assets or the folder named
python3 dev.py words     take new messages into the catalogues and compile them
python3 dev.py lock      write requirements.lock anew (needs uv)
python3 dev.py run ...   run a command of the environment: dev.py run hoso check
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
STAMP = ENVIRONMENT / "made-from"
LINT: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)


def fingerprint(*files: Path) -> str:
    """What the environment was made from; another value means that it is out of date."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files) + sys.version.encode()).hexdigest()


def ensure_environment() -> None:
    """Makes the environment where there is none of this lock, and installs the project where its own file changed."""
    needed, project = fingerprint(LOCK), fingerprint(ROOT / "pyproject.toml")
    stamp = STAMP.read_text(encoding="utf-8").split() if STAMP.is_file() else ["", ""]
    if stamp == [needed, project]:
        return
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if stamp[0] != needed:
        print("Making the environment in .venv (once, about a minute) ...", file=sys.stderr)
        venv.create(ENVIRONMENT, with_pip=True, clear=ENVIRONMENT.exists())
        run([*pip, "--require-hashes", "-r", str(LOCK)])
    # The project itself has no hash, so it is installed apart and brings nothing along.
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    STAMP.write_text(f"{needed} {project}", encoding="utf-8")


def run(command: Sequence[str]) -> None:
    """Runs a command from the clone's root and ends this program with its exit code if it failed."""
    code = subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode
    if code:
        sys.exit(code)


def environment() -> dict[str, str]:
    return os.environ | {
        "PATH": f"{SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}",
        "VIRTUAL_ENV": str(ENVIRONMENT),
        "PYTHONUTF8": "1",
        "NO_MKDOCS_2_WARNING": "1",
    }


def demo(arguments: Sequence[str]) -> None:
    run([str(PYTHON), "-m", "hoso", "demo", *(arguments or ["build/demo"])])


def lint(_: Sequence[str]) -> None:
    for command in LINT:
        print(f"$ {' '.join(command)}", file=sys.stderr, flush=True)
        run([str(PYTHON), "-m", *command] if command[0] != "lint-imports" else list(command))


def test(arguments: Sequence[str]) -> None:
    if not arguments:
        lint(())
        # Half of the time they wait for a terminal: there may be more of them than processors.
        arguments = ("-n", str(min(8, 3 * (os.cpu_count() or 2) // 2)), "--dist", "worksteal")
    run([str(PYTHON), "-m", "pytest", *arguments])


def browser(arguments: Sequence[str]) -> None:
    run([str(PYTHON), "-m", "pytest", *(arguments or ["tests/browser"])])


def bench(arguments: Sequence[str]) -> None:
    run([str(PYTHON), "-m", "tests.bench", *arguments])


def picture(arguments: Sequence[str]) -> None:
    run([str(PYTHON), "-m", "tests.picture", *arguments])


def words(arguments: Sequence[str]) -> None:
    run([str(PYTHON), "-m", "tests.words", *arguments])


def run_command(arguments: Sequence[str]) -> None:
    if not arguments:
        sys.exit(__doc__)
    run(arguments)


def lock(_: Sequence[str]) -> None:
    if shutil.which("uv") is None:
        sys.exit("dev.py lock needs uv: install it with `pip install uv`.")
    options = "--universal --python-version 3.11 --generate-hashes --no-annotate --no-header"
    run(["uv", "pip", "compile", *options.split(), "--extra", "dev", "pyproject.toml", "-o", str(LOCK)])


COMMANDS: dict[str, Callable[[Sequence[str]], None]] = {
    "demo": demo,
    "test": test,
    "browser": browser,
    "bench": bench,
    "picture": picture,
    "lint": lint,
    "words": words,
    "run": run_command,
}


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - this is the file that older Pythons are started with
        sys.exit("hoso needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
    name, arguments = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("", [])
    if name == "lock":
        lock(arguments)
    elif name in COMMANDS:
        ensure_environment()
        COMMANDS[name](arguments)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
