"""The site in a browser: every page, by http and from a folder, with every other host refused."""

import pytest

from tests.browser.conftest import opened

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
