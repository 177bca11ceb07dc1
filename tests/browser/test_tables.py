"""Boards that sort and filter, forms on a phone, by keyboard and by the script of the site alone."""

from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import built, opened
from tests.site_case import replaced, small_workspace

ROWS = """return [...document.querySelectorAll('.hoso-sortable + * tbody tr')].filter(row => !row.hidden)
  .map(row => row.cells[0].textContent.trim())"""
WIDER = """
const width = document.documentElement.clientWidth;
return document.documentElement.scrollWidth > width ? document.documentElement.scrollWidth : 0;
"""


@pytest.fixture(scope="session")
def many(tmp_path_factory, own_folders) -> Path:
    """A board of 263 units on two pages, dossiers shown in full."""
    root = small_workspace(tmp_path_factory.mktemp("many"))
    with (root / "checklists/units.yaml").open("a", encoding="utf-8") as file:
        for number in range(260):
            name = ("Đông Sơn", "Dòng Họ", "Bình An")[number % 3]
            file.write(f"  dv-{number}: {{name: {name} {number}, kind: huyen}}\n")
    for number in range(8, 40):
        folder = root / f"checklists/hs-2021/dv-{number}"
        folder.mkdir()
        state = ("drafting", "handed_in", "ready", "accepted")[number % 4]
        (folder / "dossier.yaml").write_text(
            f"hoso: 1\nunit: dv-{number}\nstate: {state}\nattachments:\n", encoding="utf-8"
        )
    replaced(root / "checklists/hs-2021.yaml", "before: 2021-12-05", "before: 2021-11-05")
    return built(root)


@pytest.fixture(params=["http", "file"])
def board(request, browser, many):
    with opened(many, request.param) as start:
        browser.open(f"{start}tinh-hinh/hs-2021.html")
        browser.until(lambda: browser.run("return !!document.querySelector('.hoso-filter')"))
        yield browser, request.param
    assert browser.complaints() == []


def shown(browser) -> list[str]:
    rows: list[str] = browser.run(ROWS)
    return rows


def test_a_board_is_filtered_with_and_without_marks(board):
    browser, _ = board
    field = browser.driver.find_element(By.CSS_SELECTOR, ".hoso-filter input")
    assert len(shown(browser)) == 200
    for words, names in (
        ("dong", {"Đông", "Dòng"}), ("đong", {"Đông"}), ("dòng", {"Dòng"}), ("SON dong", {"Đông"}),
        ("Đo\u0302ng so\u031bn", {"Đông"}),
    ):  # fmt: skip
        field.clear()
        field.send_keys(words)
        assert {name.split()[0] for name in shown(browser)} == names, words
    told = browser.driver.find_element(By.CSS_SELECTOR, ".hoso-filter output").text
    assert told == f"{len(shown(browser))} trong 200 dòng"
    field.clear()
    field.send_keys("không có gì")
    assert shown(browser) == []
    browser.driver.find_element(By.CSS_SELECTOR, ".hoso-filter button").send_keys(Keys.ENTER)
    assert len(shown(browser)) == 200


def test_a_board_is_filtered_by_state(board):
    browser, _ = board
    chosen = browser.driver.find_element(By.CSS_SELECTOR, ".hoso-filter select")
    chosen.send_keys("✔")
    states = browser.run("""return [...document.querySelectorAll('.hoso-sortable + * tbody tr:not([hidden]) td:nth-child(2)')]
        .map(cell => cell.textContent.trim())""")
    assert len(states) == 8
    assert set(states) == {"✔ chấp nhận"}


def test_a_board_is_sorted_by_keyboard_and_says_how(board):
    browser, _ = board
    heads = browser.driver.find_elements(By.CSS_SELECTOR, ".hoso-sortable + * thead th")
    unit, state, left, progress = (head.find_element(By.TAG_NAME, "button") for head in heads[:4])
    unit.send_keys(Keys.ENTER)
    assert heads[0].get_attribute("aria-sort") == "ascending"
    assert shown(browser)[:2] == ["Bình An 2", "Bình An 5"]  # 2 before 11, and B before D and Đ
    unit.send_keys(Keys.SPACE)
    assert heads[0].get_attribute("aria-sort") == "descending"
    assert shown(browser)[-1] == "Bình An 2"
    state.send_keys(Keys.ENTER)
    assert heads[0].get_attribute("aria-sort") is None
    assert shown(browser)[-1] == "Đông Sơn 39"  # accepted comes last, in the order of before
    progress.send_keys(Keys.ENTER)
    progress.send_keys(Keys.ENTER)
    assert shown(browser)[0] == "Huyện ủy A <i>"
    left.send_keys(Keys.ENTER)
    assert "Sở B" in shown(browser)[-20:]  # it has handed in, so nothing is left to count


def test_pages_of_a_board_are_taken_together_where_they_can_be_read(board):
    browser, way = board
    offered = browser.driver.find_elements(By.XPATH, "//button[.='Gộp cả 2 trang']")
    assert len(offered) == (way == "http")
    if way == "http":
        offered[0].click()
        browser.until(lambda: len(shown(browser)) == 263)
        field = browser.driver.find_element(By.CSS_SELECTOR, ".hoso-filter input")
        field.send_keys("259")
        assert shown(browser) == ["Dòng Họ 259"]
        field.clear()
        addresses = browser.run(
            "return [...document.querySelectorAll('.hoso-sortable + * tbody a')].map(link => link.href)"
        )
        assert len(addresses) == 34
        assert all("/ho-so/hs-2021/" in address for address in addresses)


def test_without_a_script_a_board_is_a_plain_table(many):
    text = (many / "tinh-hinh/hs-2021.html").read_text(encoding="utf-8")
    assert text.count("<tr>") == 201 + 3  # and the kinds of unit
    assert 'hoso-sort"' not in text


@pytest.mark.parametrize("width", [360, 390])
def test_no_page_is_wider_than_a_phone(browser, site, many, width):
    browser.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    )
    try:
        pages = [path for path in sorted(site.rglob("*.html")) if path.name != "404.html"]
        pages += [many / "tinh-hinh/hs-2021.html", many / "don-vi/index.html", many / "ho-so/hs-2021/don-vi-a.html"]
        for path in pages:
            browser.open(path.as_uri())
            assert browser.run(WIDER) == 0, path
        browser.open((many / "tinh-hinh/hs-2021.html").as_uri())
        browser.until(
            lambda: browser.run("return !!document.querySelector('.hoso-sortable + .md-typeset__scrollwrap')")
        )
        left = browser.run("""
            const frame = document.querySelector('.hoso-sortable + .md-typeset__scrollwrap'); frame.scrollLeft = 150;
            const cell = frame.querySelector('tbody td'), at = cell.getBoundingClientRect();
            return [frame.scrollLeft, at.left - frame.getBoundingClientRect().left, at.right];""")
        assert left[0] == 150
        assert abs(left[1]) < 20  # the unit's name stays in place
        assert 60 < left[2] < width * 0.7
    finally:
        browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_heads_of_a_board_are_words_on_paper(browser, many):
    """Chromium leaves buttons out of a head that it repeats on the next sheet."""
    browser.open((many / "tinh-hinh/hs-2021.html").as_uri())
    shown_as = "return getComputedStyle(document.querySelector('.hoso-sort')).display"
    assert browser.run(shown_as) != "contents"
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert browser.run(shown_as) == "contents"
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
