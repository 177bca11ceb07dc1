"""The page of licences against the files that a built site really holds, and what they are made of."""

import fnmatch
import json
import re

from hoso.publishing_site import publish_site
from hoso.workspace import Workspace
from tests.site_case import ROOT, small_workspace

PAGE = ROOT / "site/pages/tro-giup/giay-phep.md"


def named() -> list[str]:
    return re.findall(r"`(assets/[^`]+)`", PAGE.read_text(encoding="utf-8"))


def test_the_page_of_licences_names_every_file_and_library_of_the_site(tmp_path):
    site = publish_site(Workspace(small_workspace(tmp_path))).folder
    files = {path.relative_to(site).as_posix() for path in (site / "assets").rglob("*") if path.is_file()}
    patterns = [f"{name}*" if name.endswith("/") else name for name in named()]
    assert [file for file in files if not any(fnmatch.fnmatch(file, one) for one in patterns)] == []
    assert [one for one in patterns if not fnmatch.filter(files, one)] == []
    libraries = set()
    for path in site.rglob("*.map"):
        sources = json.loads(path.read_text(encoding="utf-8"))["sources"]
        libraries |= {found[1] for one in sources if (found := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)", one))}
    assert {"rxjs", "lunr"} < libraries
    listed = "\n".join(line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|"))
    assert [name for name in libraries if not re.search(rf"\b{re.escape(name)}\b", listed)] == []
    cells = re.findall(r"^\|[^|]*\| ([a-z][\w, -]+) \|", listed, re.MULTILINE)
    assert {name for cell in cells for name in cell.split(", ")} <= libraries
