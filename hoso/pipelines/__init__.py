"""The files by which a Git host checks a workspace at every push and publishes its site."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit

from hoso import __version__, yamlio
from hoso.i18n import tr
from hoso.pipelines.words import COMMENTS
from hoso.problems import refuse

# The file that a host reads, and the template it is made from.
HOSTS = {
    "github": (".github/workflows/hoso.yml", "github.yml"),
    "gitlab": (".gitlab-ci.yml", "gitlab.yml"),
    "forgejo": (".forgejo/workflows/hoso.yml", "forgejo.yml"),
    "gitea": (".gitea/workflows/hoso.yml", "forgejo.yml"),
}
PYTHON = "3.13"
WHEEL = f"tools/hoso-{__version__}-py3-none-any.whl"
_COMMENT = re.compile(r"^( *)# «([a-z-]+)»$", re.MULTILINE)
_VALUE = re.compile(r"«([a-z-]+)»")
_WIDTH = 100


def source() -> str:
    """What pip has to be asked for to get this hoso elsewhere: as it was installed here, where others can reach that.

    A hoso that was installed from a folder of this machine is expected as a wheel in the workspace, at WHEEL."""
    try:
        told = distribution("hoso").read_text("direct_url.json")
    except PackageNotFoundError:
        return WHEEL
    if told is None:
        return f"hoso=={__version__}"
    try:
        origin = json.loads(told)
        where, commit = str(origin["url"]), str(origin["vcs_info"]["commit_id"])
    except (ValueError, KeyError, TypeError):
        return WHEEL
    public = urlsplit(where)
    if origin["vcs_info"].get("vcs") != "git" or public.scheme != "https" or public.username:
        return WHEEL
    return f"git+{where}@{commit}"


def pipeline(host: str, install: str) -> str:
    """The text of a host's file; `install` is what pip is asked for."""
    file, template = HOSTS[host]
    text = (Path(__file__).parent / template).read_text(encoding="utf-8")
    values = {"hoso": _quoted(install), "python": PYTHON, "file": file}
    return _VALUE.sub(lambda found: _value(found[1], values), _COMMENT.sub(_comment, text))


def add_pipelines(folder: Path, hosts: Iterable[str], install: str) -> list[str]:
    """Writes the files of these hosts into a workspace and gives the names of those that were not there yet.

    Raises Refused, before anything is written, where another file stands in the place of one of them; OSError."""
    texts = {HOSTS[host][0]: pipeline(host, install) for host in hosts}
    for name, text in texts.items():
        if not _is_free(folder / name, text):
            raise refuse("pipeline-there", name)
    made = [name for name in texts if not (folder / name).exists()]
    for name in made:
        yamlio.write(folder / name, texts[name])
    return made


def _is_free(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except FileNotFoundError:
        return True
    except (OSError, UnicodeDecodeError):
        return False


def _comment(found: re.Match[str]) -> str:
    """A sentence on as many lines as it needs."""
    start = f"{found[1]}# "
    wrapper = textwrap.TextWrapper(
        _WIDTH, initial_indent=start, subsequent_indent=start, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.fill(tr(COMMENTS[found[2]]))


def _value(name: str, values: Mapping[str, str]) -> str:
    return values[name] if name in values else tr(COMMENTS[name])


def _quoted(text: str) -> str:
    """For a place between double quotes in YAML."""
    return json.dumps(text, ensure_ascii=False)[1:-1]
