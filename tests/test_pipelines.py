"""The files for Git hosts: their steps are run as the host would, each job in a clone of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from hoso import i18n
from hoso.pipelines import HOSTS, PYTHON, add_pipelines, pipeline, source
from hoso.problems import Level, Refused, problem
from hoso.reporting import as_github, as_gitlab
from hoso.starting import make_workspace, prepare_for_git
from tests.site_case import ROOT, replaced

DEFAULT = "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)"
INSTALL = '"$HOSO"'
OUTLINE = "outlines/bao-cao-tccs-dang-2021.yaml"


class Done(NamedTuple):
    """One job: its folder, how its steps ended, what it said, and the actions of others that it calls."""

    folder: Path
    code: int
    said: str
    called: list[dict[str, Any]]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A new workspace with definitions and one dossier, in a repository with an origin."""
    root = tmp_path / "work"
    make_workspace(root)
    add_pipelines(root, HOSTS, "hoso")
    for path in ROOT.glob("outlines/*.yaml"):
        shutil.copy(path, root / "outlines")
    for name in ("units.yaml", "tong-ket-tccs-2021.yaml"):
        shutil.copy(ROOT / "checklists" / name, root / "checklists")
    git(root, "init", "-q", "-b", "main")
    git(root, "remote", "add", "origin", str(tmp_path / "origin.git"))
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(tmp_path / "origin.git")], check=True)
    return root


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=x", "-c", "user.email=", "-c", "core.autocrlf=true"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def pushed(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    git(root, "push", "-q", "origin", "main")


def script(lines: list[str], folder: Path, given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """As hosts run it: one shell, which stops at the first line that fails."""
    tools = os.environ | given | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", "\n".join(lines)], cwd=folder, env=tools, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip


def job(root: Path, host: str, name: str) -> Done:
    """Runs a job's own lines in a fresh clone, in this environment in place of the one that the host would make."""
    file = yaml.safe_load((root / HOSTS[host][0]).read_text(encoding="utf-8"))
    clone = root.parent / f"{host}-{name}"
    git(root, "clone", "-q", str(root.parent / "origin.git"), str(clone))
    made = file[name] if host == "gitlab" else file["jobs"][name]
    steps = [{"run": line} for line in made["script"]] if host == "gitlab" else made["steps"]
    lines = [step["run"] for step in steps if "run" in step]
    if name == "check":
        assert next(line for line in lines if "pip install" in line).endswith(INSTALL)
    own = [line for line in lines if "pip install" not in line]
    done = script(own, clone, file["variables"] if host == "gitlab" else file["env"])
    return Done(clone, done.returncode, done.stdout, [step for step in steps if "uses" in step])


def test_github_checks_and_hands_the_site_to_pages(workspace: Path) -> None:
    pushed(workspace)
    done = job(workspace, "github", "check")
    assert done.code == 0, done.said
    upload = done.called[-1]
    assert upload["uses"].startswith("actions/upload-pages-artifact@") and DEFAULT in upload["if"]
    assert (done.folder / upload["with"]["path"] / "index.html").is_file()
    file = yaml.safe_load((workspace / HOSTS["github"][0]).read_text(encoding="utf-8"))
    assert file["permissions"] == {"contents": "read"}
    publish = file["jobs"]["publish"]
    assert publish["permissions"] == {"pages": "write", "id-token": "write"}
    assert publish["needs"] == "check" and DEFAULT in publish["if"]


def test_gitlab_hands_the_site_from_job_to_job(workspace: Path) -> None:
    pushed(workspace)
    done = job(workspace, "gitlab", "check")
    assert done.code == 0, done.said
    file = yaml.safe_load((workspace / HOSTS["gitlab"][0]).read_text(encoding="utf-8"))
    check, pages = file["check"], file["pages"]
    assert json.loads((done.folder / check["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8")) == []
    assert pages["pages"]["publish"] in check["artifacts"]["paths"]
    assert pages["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert job(workspace, "gitlab", "pages").code != 0
    carried = workspace.parent / "gitlab-pages" / pages["pages"]["publish"]
    shutil.copytree(done.folder / pages["pages"]["publish"], carried)
    assert script(pages["script"], workspace.parent / "gitlab-pages", {}).returncode == 0


@pytest.mark.parametrize("host", ["forgejo", "gitea"])
def test_forgejo_puts_the_site_into_a_branch_without_a_history(workspace: Path, host: str) -> None:
    pushed(workspace)
    assert job(workspace, host, "check").code == 0
    for _ in range(2):
        shutil.rmtree(workspace.parent / f"{host}-publish", ignore_errors=True)
        done = job(workspace, host, "publish")
        assert done.code == 0, done.said
    origin = workspace.parent / "origin.git"
    assert git(origin, "log", "--format=%an <%ae> %s", "pages") == "hoso <> hoso publish\n"
    files = set(git(origin, "ls-tree", "-r", "--name-only", "pages").split())
    assert {"index.html", ".nojekyll", "search/search_index.js"} <= files
    assert not any(name.endswith(".yaml") for name in files)


@pytest.mark.parametrize("host", ["github", "gitlab", "forgejo"])
def test_an_error_stops_the_job_and_is_told_with_its_place(workspace: Path, host: str) -> None:
    replaced(workspace / OUTLINE, "layout: report", "layuot: report")
    pushed(workspace)
    done = job(workspace, host, "check")
    assert done.code == 1
    assert not (done.folder / "build").exists()
    place = next(
        number
        for number, line in enumerate((workspace / OUTLINE).read_text(encoding="utf-8").splitlines(), 1)
        if line.startswith("layuot")
    )
    assert f"{OUTLINE}:{place}:1" in done.said
    if host == "github":
        assert f"::error file={OUTLINE},line={place},col=1,title=key-unknown::" in done.said
    if host == "gitlab":
        (told,) = json.loads((done.folder / "gl-code-quality-report.json").read_text(encoding="utf-8"))
        assert told["location"] == {"path": OUTLINE, "lines": {"begin": place}}
        assert (told["check_name"], told["severity"]) == ("key-unknown", "critical")


@pytest.mark.parametrize("host", ["github", "gitlab", "forgejo"])
def test_what_must_not_be_published_stops_the_job(workspace: Path, host: str) -> None:
    replaced(workspace / OUTLINE, "Giới thiệu ngắn gọn", "Mật khẩu: abc123. Giới thiệu")
    pushed(workspace)
    done = job(workspace, host, "check")
    assert done.code == 1 and "publish-secret" in done.said
    assert not (done.folder / "build/site").exists()


def test_private_answers_stay_out_of_the_repository_and_bytes_as_they_are(workspace: Path) -> None:
    folder = workspace / "checklists/tong-ket-tccs-2021/don-vi/files/x"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"1\r\n2\n")
    (folder.parent.parent / "bao_cao.private.yaml").write_text("hoso: 1\n", encoding="utf-8")
    pushed(workspace)
    clone = workspace.parent / "clone"
    git(workspace, "clone", "-q", str(workspace.parent / "origin.git"), str(clone))
    assert not list(clone.rglob("*.private.yaml"))
    assert (clone / "checklists/tong-ket-tccs-2021/don-vi/files/x/a.txt").read_bytes() == b"1\r\n2\n"
    assert (clone / OUTLINE).read_bytes() == (ROOT / OUTLINE).read_bytes()  # autocrlf is on


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("host", HOSTS)
def test_every_file_is_worded_and_valid(host: str, language: str) -> None:
    i18n.use(language)
    text = pipeline(host, 'a "b" \\ «c»')
    file = yaml.safe_load(text)
    assert (file.get("env") or file.get("variables"))["HOSO"] == 'a "b" \\ «c»'
    assert "«" not in text.replace("«c»", "")
    assert PYTHON in text and HOSTS[host][1] != text
    assert max(len(line) for line in text.splitlines() if line.lstrip().startswith("#")) <= 100


def test_nothing_is_written_where_another_file_stands(tmp_path: Path) -> None:
    assert add_pipelines(tmp_path, ["github"], "hoso") == [".github/workflows/hoso.yml"]
    assert add_pipelines(tmp_path, ["github"], "hoso") == []
    (tmp_path / ".gitlab-ci.yml").write_text("x: 1\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        add_pipelines(tmp_path, ["forgejo", "gitlab"], "hoso")
    assert refused.value.problem.path == ".gitlab-ci.yml"
    assert not (tmp_path / ".forgejo").exists()
    assert (tmp_path / ".gitlab-ci.yml").read_text(encoding="utf-8") == "x: 1\n"


def test_files_for_git_of_ones_own_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("x\n", encoding="utf-8")
    assert prepare_for_git(tmp_path) == [".gitattributes"]
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "x\n"


def hoso(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hoso", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, encoding="utf-8")


def test_the_command_adds_files_to_a_new_workspace_and_to_one_that_is_there(tmp_path: Path) -> None:
    root = tmp_path / "office"
    assert hoso("new", str(root), "--ci", "github", "--hoso", "hoso==9").returncode == 0
    assert (root / "hoso.yaml").is_file()
    assert 'HOSO: "hoso==9"' in (root / HOSTS["github"][0]).read_text(encoding="utf-8")
    (root / "checklists/units.yaml").write_text("hoso: 1\nunits:\n", encoding="utf-8")
    (root / ".gitattributes").unlink()
    done = hoso("new", str(root), "--ci", "all", "--hoso", "hoso==9")
    assert done.returncode == 0, done.stderr
    assert all((root / file).is_file() for file, _ in HOSTS.values())
    assert (root / "checklists/units.yaml").read_text(encoding="utf-8") == "hoso: 1\nunits:\n"
    assert (root / ".gitattributes").is_file()
    assert hoso("new", str(root), "--ci", "github", "--hoso", "hoso==8").returncode == 1
    assert 'HOSO: "hoso==9"' in (root / HOSTS["github"][0]).read_text(encoding="utf-8")
    assert hoso("new", str(root)).returncode == 1  # without --ci it would be a second workspace
    assert hoso("new", str(tmp_path / "x"), "--ci", "sourcehut").returncode == 2


ORIGINS = {
    "from an index": (None, "hoso==0.1.0"),
    "from a repository": (
        {"url": "https://git.example/hoso", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
        "git+https://git.example/hoso@abc",
    ),
    "with a name in the address": (
        {"url": "https://me@git.example/hoso", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
        "tools/hoso-0.1.0-py3-none-any.whl",
    ),
    "from a folder": ({"url": "file:///home/x", "dir_info": {}}, "tools/hoso-0.1.0-py3-none-any.whl"),
}


@pytest.mark.parametrize("origin", ORIGINS)
def test_hoso_comes_from_where_others_can_reach_it(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    told, wanted = ORIGINS[origin]

    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return None if told is None else json.dumps(told)

    monkeypatch.setattr("hoso.pipelines.distribution", lambda name: Installed())
    monkeypatch.setattr("hoso.pipelines.__version__", "0.1.0")
    monkeypatch.setattr("hoso.pipelines.WHEEL", "tools/hoso-0.1.0-py3-none-any.whl")
    assert source() == wanted


def test_the_forms_of_hosts_hold_whatever_a_problem_says() -> None:
    found = [
        problem("key-unknown", "a,b:c.yaml", "k", (3, 4), name="100%\nx", nearest="", known="y"),
        problem("key-unknown", "a.yaml", "k", name="n", nearest="", known="y").waive("so it is"),
        problem("key-unknown", "a.yaml", "k", name="n", nearest="", known="y").at_level(Level.HINT),
        problem("key-unknown", "a.yaml", "k", name="n", nearest="", known="y").at_level(Level.HINT),
    ]
    first, second, third, _ = as_github(found).split("\n")
    assert first.startswith("::error file=a%2Cb%3Ac.yaml,line=3,col=4,title=key-unknown::a,b:c.yaml:3:4: ")
    assert "100%25%0Ax" in first
    assert second.startswith("::notice file=a.yaml,title=key-unknown::a.yaml: ") and "so it is" in second
    assert third.startswith("::notice ")
    told = json.loads(as_gitlab(found))
    assert [one["severity"] for one in told] == ["critical", "info", "info", "info"]
    assert told[0]["location"] == {"path": "a,b:c.yaml", "lines": {"begin": 3}}
    assert len({one["fingerprint"] for one in told}) == 4
