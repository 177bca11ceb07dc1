"""What people need who do not see a page, or see it badly: names, a language, contrast, a way past the menu."""

from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

PAGES = (
    "index.html", "de-cuong/index.html", "de-cuong/bao-cao-tccs-dang-2021.html", "danh-muc/index.html",
    "danh-muc/tong-ket-2021.html", "don-vi/index.html", "don-vi/loai-huyen-thanh-thi.html", "thuat-ngu/index.html",
    "tinh-hinh/tong-ket-2021.html", "tong-hop/kiem-diem-2022.html", "ho-so/kiem-diem-2022/huyen-uy-bao-lam.html",
    "tro-giup/lenh.html",
)  # fmt: skip
# Texts that stand out too little from what is behind them: by the formula of WCAG, of all that is seen.
FAINT = """
const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
const over = (top, under) => { const a = top.length > 3 ? top[3] : 1; return [0, 1, 2].map(k => top[k] * a + under[k] * (1 - a)); };
const shade = (text, opacity) => { const made = rgb(text); return [...made.slice(0, 3), (made.length > 3 ? made[3] : 1) * opacity]; };
const ground = one => { const layers = [];
  for (let at = one; at; at = at.parentElement) { const made = rgb(getComputedStyle(at).backgroundColor); layers.push(made);
    if (made.length === 3) break; }
  return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]); };
const faded = one => { let made = 1; for (let at = one; at; at = at.parentElement) made *= getComputedStyle(at).opacity; return made; };
const bright = color => { const part = color.map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
  return .2126 * part[0] + .7152 * part[1] + .0722 * part[2]; };
const told = new Set();
for (const one of document.querySelectorAll('.md-content *, .md-tabs a, .md-footer a')) {
  const own = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  if (!own || !one.checkVisibility({visibilityProperty: true, opacityProperty: true}) || one.closest('svg')
      || one.matches('.headerlink')) continue;
  const behind = ground(one), style = getComputedStyle(one);
  const [low, high] = [bright(over(shade(style.color, faded(one)), behind)), bright(behind)].sort((a, b) => a - b);
  const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
  if ((high + .05) / (low + .05) < (large ? 3 : 4.5)) told.add(one.tagName + '.' + one.className + ' ' + style.color);
}
return [...told];
"""
NAMELESS = """
const named = one => one.getAttribute('aria-label') || one.getAttribute('aria-labelledby') || one.title || one.textContent.trim();
return [...document.querySelectorAll('[role=dialog], svg[role=img], progress, .hoso-table, a[href], button, select')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !named(one) && !one.closest('label')).map(one => one.outerHTML.slice(0, 120));
"""
TABLES = """
return [...document.querySelectorAll('.hoso-form')].filter(one => !one.caption || !one.caption.textContent.trim()
  || [...one.querySelectorAll('th')].some(head => !head.scope)).map(one => one.outerHTML.slice(0, 120));
"""


@pytest.fixture(params=["light", "dark"])
def scheme(request, browser):
    browser.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": request.param}]}
    )
    yield request.param
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_every_kind_of_page_can_be_read_and_has_names(browser, site: Path, scheme: str):
    for page in PAGES:
        browser.open((site / "404.html").as_uri())
        browser.run("localStorage.clear()")  # or the page keeps the scheme it was first seen in
        browser.open((site / page).as_uri())
        wanted = "slate" if scheme == "dark" else "default"
        browser.until(lambda wanted=wanted: browser.run("return document.body.dataset.mdColorScheme") == wanted)
        assert browser.run(FAINT) == [], page
        assert browser.run(NAMELESS) == [], page
        assert browser.run(TABLES) == [], page
        assert browser.run("return document.documentElement.lang") == "vi"
        assert browser.run("return document.querySelectorAll('h1').length") == 1, page
    browser.run("localStorage.clear()")


def test_the_keyboard_reaches_the_text_past_the_menu(browser, site: Path):
    browser.open((site / "danh-muc/tong-ket-2021.html").as_uri())
    browser.until(lambda: browser.run("return document.documentElement.classList.contains('js')"))
    browser.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    skip = browser.driver.switch_to.active_element
    assert "md-skip" in (skip.get_attribute("class") or "")
    browser.until(skip.is_displayed)
    skip.send_keys(Keys.ENTER)
    browser.driver.switch_to.active_element.send_keys(Keys.TAB)
    assert browser.run("return !!document.activeElement.closest('.md-content')")
