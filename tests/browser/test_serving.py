"""`hoso publish --serve` in a browser: what is saved appears on the page by itself."""

import os
import subprocess
import sys

import pytest

from tests.site_case import small_workspace


@pytest.fixture
def serving(tmp_path):
    root = small_workspace(tmp_path)
    command = [sys.executable, "-u", "-m", "hoso", "publish", "--serve", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=root, env=os.environ | {"PYTHONUTF8": "1"}, text=True, encoding="utf-8",
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    with process:
        assert process.stderr is not None
        try:
            line = next(line for line in process.stderr if "http://" in line)
            yield root, next(word for word in line.split() if word.startswith("http://"))
        finally:
            process.kill()


def test_a_saved_answer_appears_where_the_reader_is(browser, serving):
    root, address = serving
    browser.open(f"{address}ho-so/hs-2021/don-vi-a.html")
    browser.run("document.documentElement.style.minHeight = '3000px'; self.scrollTo(0, 150); self.__seen = true")
    assert "Vì mưa bão" not in browser.run("return document.body.innerText")
    command = [sys.executable, "-m", "hoso", "set", "hs-2021", "don-vi-a", "bao_cao", "chung.ly_do", "Vì mưa bão"]
    subprocess.run(command, cwd=root, check=True)
    browser.until(lambda: "Vì mưa bão" in (browser.run("return document.body && document.body.innerText") or ""))
    assert browser.run("return self.__seen") is None  # the page was loaded again, not drawn over
    assert browser.complaints() == []
    assert browser.strangers() == []
