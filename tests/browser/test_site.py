"""The site in a browser: every page, by http and from a folder, with every other host refused."""

import pytest

from tests.browser.conftest import built, opened
from tests.site_case import small_workspace

WAYS = ("http", "file")


@pytest.mark.parametrize("way", WAYS)
def test_every_page_opens_without_a_complaint_and_asks_nobody_else(browser, site, way):
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert len(pages) > 20
    with opened(site, way) as start:
        for page in pages:
            browser.open(start + page)
            if page != "404.html":  # stands alone: it does not know where the site lies
                browser.until(lambda: browser.run("return document.documentElement.classList.contains('js')"))
            assert browser.complaints() == [], page
            assert browser.strangers() == [], page


@pytest.mark.parametrize("way", WAYS)
def test_the_policy_stops_what_slipped_into_a_page(browser, tmp_path, way):
    """Even markup that stands in a page as it is runs nothing and asks no other host."""
    root = small_workspace(tmp_path)
    page = root / "site/pages/index.md"
    page.parent.mkdir(parents=True)
    page.write_text(
        "# x\n\n<script>document.title = 'ran'</script>\n"
        "<img src=http://stranger.example/x onerror=\"document.title = 'ran'\"><b style=color:red>x</b>\n"
        "<script src=http://stranger.example/x></script><base href=http://stranger.example/>\n"
        "<iframe src=http://stranger.example/></iframe><object data=http://stranger.example/></object>\n",
        encoding="utf-8",
    )
    with opened(built(root), way) as start:
        browser.open(start + "index.html")
        refused = {one.split()[1] for one in browser.complaints() if one.startswith("policy: ")}
    assert refused == {
        "script-src-elem", "script-src-attr", "style-src-attr", "img-src", "base-uri", "frame-src", "object-src"
    }  # fmt: skip
    assert browser.run("return document.title") != "ran"
    assert browser.strangers() == []
