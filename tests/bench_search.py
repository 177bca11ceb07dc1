"""How long a reader waits for the search of the site: from the first key to the results of all that was typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from unicodedata import normalize

from tests.browser.chromium import Browser
from tests.browser.conftest import opened

# Words of the generated workspaces: without and with accents, decomposed, the name of one unit.
QUERIES = ("dang vien", "đề án", normalize("NFD", "đảng viên"), "hoa lac 401")
WAYS = ("http", "file")
# The clock of the page itself runs; the driver only types. Nothing is shown before the index is loaded.
CLOCK = """
const field = document.querySelector('[data-md-component=search-query]');
const told = self.__search = {begun: null, shown: null};
field.addEventListener('keydown', () => { told.begun ??= performance.now(); }, true);
new MutationObserver(() => {
  const item = document.querySelector('.md-search-result__item h1, .md-search-result__item h2');
  if (told.begun !== null && item && field.value === arguments[0]) told.shown ??= performance.now();
}).observe(document.querySelector('.md-search-result'), {childList: true, subtree: true, characterData: true});
const toggle = document.querySelector('[data-md-toggle=search]');
if (!toggle.checked) toggle.click();
field.focus();
"""
WAITED = "const told = self.__search; return told.shown === null ? null : told.shown - told.begun;"


def measured(site: Path, runs: int) -> Iterator[tuple[str, str, float]]:
    """The way, the words, and the median of the seconds. Each time the browser is new and knows nothing of the site."""
    for way in WAYS:
        with opened(site, way) as start:
            for words in QUERIES:
                yield way, words, median(_waited(f"{start}index.html", words) for _ in range(runs))


def _waited(address: str, words: str) -> float:
    with TemporaryDirectory(prefix="hoso-search-") as profile:
        browser = Browser(Path(profile))
        try:
            browser.open(address)
            browser.run(CLOCK, words)
            browser.driver.switch_to.active_element.send_keys(words)
            waited = browser.until(lambda: browser.run(WAITED), 60)
            return float(waited) / 1000
        finally:
            browser.close()
