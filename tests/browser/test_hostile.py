"""What units typed in a browser: it stays text, runs nothing, loads nothing, and breaks no page."""

import re

import pytest

from tests.browser.conftest import built, opened
from tests.browser.hostile import HOSTILE, hostile_workspace

# Whatever of this stands in what a page tells was put there by somebody's text.
ALIVE = """
const article = document.querySelector('article'), out = [];
const tags = 'script,iframe,object,embed,img,video,audio,source,style,link,meta,base,form,math,template,dialog,frame,'
  + 'marquee,isindex,plaintext,xmp,noscript,textarea,x,image,body';
for (const one of article.querySelectorAll(tags)) out.push(one.outerHTML.slice(0, 200));
for (const one of document.querySelectorAll('body *')) for (const each of one.attributes) {
  if (each.name.startsWith('on')) out.push(one.outerHTML.slice(0, 200));
}
for (const one of article.querySelectorAll('[style],[src],[srcset],[background],[formaction],[contenteditable]'))
  if (!one.closest('.hoso-board-tools')) out.push(one.outerHTML.slice(0, 200));
for (const one of document.querySelectorAll('[href]'))
  if (!/^(https?|file|mailto):/.test(one.href)) out.push(one.outerHTML.slice(0, 200));
return out;
"""
WHOLE = """
return [document.querySelectorAll('h1').length, document.querySelectorAll('article').length,
  document.querySelector('article').closest('main') !== null, document.querySelectorAll('footer').length,
  document.querySelector('article h1').firstChild.textContent, document.title];
"""


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory, own_folders):
    return built(hostile_workspace(tmp_path_factory.mktemp("hostile")))


def shown(text: str) -> str:
    """The text on a line as a page shows it: blanks run together, what does not print left out."""
    text = re.sub("[\x00-\x08\x0b\x0e-\x1f\u202a-\u202e\u2066-\u2069\ufeff]", "", text.replace("\x0c", ""))
    return " ".join(text.split())


def looked_at(browser, address: str) -> list[object]:
    browser.open(address)
    assert browser.dialog() is None, address
    assert browser.run(ALIVE) == [], address
    assert browser.complaints() == [], address
    return list(browser.run(WHOLE))


def test_there_are_a_hundred_of_them():
    assert len(set(HOSTILE)) == len(HOSTILE) >= 100


@pytest.mark.parametrize("way", ["http", "file"])
def test_no_page_obeys_what_units_typed(browser, hostile_site, way):
    pages = sorted(path.relative_to(hostile_site).as_posix() for path in hostile_site.rglob("*.html"))
    dossiers = [page for page in pages if page.startswith("ho-so/")]
    assert len(dossiers) == len(HOSTILE)
    told = pages if way == "http" else [page for page in pages if page not in dossiers] + dossiers[::20]
    with opened(hostile_site, way) as start:
        for page in told:
            if page == "404.html":
                continue
            headings, articles, inside, footers, heading, title = looked_at(browser, start + page)
            assert (headings, articles, inside, footers) == (1, 1, True, 1), page
            if page in dossiers:
                typed = shown(HOSTILE[int(page[-8:-5])])
                assert shown(str(heading)) == typed, page
                assert str(title).startswith(typed[:10]), page
    assert browser.strangers() == []


@pytest.mark.parametrize("way", ["http", "file"])
def test_results_of_the_search_obey_nothing_either(browser, hostile_site, way):
    with opened(hostile_site, way) as start:
        browser.open(start + "danh-muc/index.html")
        for words in ("alert", "script", "img src", "onerror", "javascript", "style", "x"):
            found = browser.search(words)
            assert found.first, words
            hits = browser.run("return document.querySelector('.md-search-result__list').querySelectorAll("
                               "'script,img,iframe,style,svg,video,audio,form,input,math,[onerror],[onload]').length")  # fmt: skip
            assert hits == 0, words
        assert browser.dialog() is None
        assert browser.complaints() == []
    assert browser.strangers() == []
