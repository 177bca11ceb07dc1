"""A real browser for the tests: Debian's Chromium with its driver. It reaches no host but this machine."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from selenium.common.exceptions import NoAlertPresentException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

Got = TypeVar("Got")

NAMES = ("chromium", "chromium-browser", "google-chrome")
DRIVERS = ("chromedriver", "chromium-driver", "chromium.chromedriver")
MISSING = (
    "The browser tests need Chromium and its driver, and {what} was not found. "
    "On Debian: apt-get install chromium chromium-driver"
)
# What a browser asks for on its own account, before any page does.
QUIET = (
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-quic",
    "--disable-sync", "--no-default-browser-check", "--no-first-run", "--metrics-recording-only",
)  # fmt: skip
LOCAL = "127.0.0.1"


class NoBrowser(Exception):  # noqa: N818 - what is the matter
    """There is no browser to test with; the message says what to do."""


def found(names: tuple[str, ...], what: str) -> str:
    path = next((made for name in names if (made := shutil.which(name))), None)
    if path is None:
        raise NoBrowser(MISSING.format(what=what))
    return path


class Browser:
    """One window. Everything that it asked for and complained of is kept until it is asked about."""

    def __init__(self, profile: Path, width: int = 1280, height: int = 900) -> None:
        options = ChromeOptions()
        options.binary_location = found(NAMES, "Chromium")
        options.unhandled_prompt_behavior = "ignore"
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        for one in ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={profile}",
                    f"--window-size={width},{height}", f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {LOCAL}",
                    "--lang=vi", *QUIET):  # fmt: skip
            options.add_argument(one)
        if not hasattr(os, "geteuid") or os.geteuid() == 0:
            options.add_argument("--no-sandbox")
        self.driver = Chrome(options=options, service=Service(found(DRIVERS, "chromedriver")))
        self.driver.set_script_timeout(60)
        # Chromium hides violations of a policy from the log of the driver, but not from the page.
        # It watches this tab only: a tab that a test opens for itself tells nothing of what went wrong in it.
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        self._watched = self.driver.current_window_handle
        self.forget()

    def open(self, address: str) -> None:
        self.driver.get(address)

    def forget(self) -> None:
        """Leaves the page and closes other tabs, and forgets what was asked for and complained of."""
        for handle in self.driver.window_handles:
            if handle != self._watched:
                self.driver.switch_to.window(handle)
                self.driver.close()
        self.driver.switch_to.window(self._watched)
        self.open("about:blank")
        assert self.run("return Array.isArray(self.__told)"), "Nothing watches for what pages do wrong."
        self.complaints()
        self.requests()

    def close(self) -> None:
        self.driver.quit()

    def run(self, script: str, *given: Any) -> Any:
        return self.driver.execute_script(script, *given)

    def complaints(self) -> list[str]:
        """Errors of the console and violations of the policy since the last time."""
        log = [one["message"] for one in self.driver.get_log("browser") if one["level"] in ("SEVERE", "WARNING")]  # type: ignore[no-untyped-call]
        return log + list(self.run("return (self.__told || []).splice(0)"))

    def requests(self) -> list[str]:
        """The addresses asked for since the last time, without those that a policy stopped before they were."""
        messages = [json.loads(one["message"])["message"] for one in self.driver.get_log("performance")]  # type: ignore[no-untyped-call]
        sent = [one["params"] for one in messages if one["method"] == "Network.requestWillBeSent"]
        failed = [one["params"] for one in messages if one["method"] == "Network.loadingFailed"]
        stopped = {one["requestId"] for one in failed if one.get("blockedReason") == "csp"}
        return [one["request"]["url"] for one in sent if one["requestId"] not in stopped]

    def strangers(self) -> list[str]:
        """Requests that left the site: to another host, or from a page in a folder to any host at all."""
        own = urlsplit(self.driver.current_url)
        kept = {("data", ""), ("about", ""), ("blob", ""), (own.scheme, own.netloc)}
        return [url for url in self.requests() if (urlsplit(url).scheme, urlsplit(url).netloc) not in kept]

    def dialog(self) -> str | None:
        """What a dialog says that a page opened."""
        try:
            opened = self.driver.switch_to.alert
            text = opened.text
            opened.dismiss()
        except NoAlertPresentException:
            return None
        return str(text)

    def search(self, words: str, seconds: float = 30) -> Results:
        """Types words into the search and gives what it found."""
        field = self.driver.find_element(By.CSS_SELECTOR, "[data-md-component=search-query]")
        self.run(EMPTIED, field, words)
        field.send_keys(Keys.END)
        return Results.read(self.until(lambda: self.run(RESULTS), seconds))

    def until(self, holds: Callable[[], Got], seconds: float = 20) -> Got:
        """Waits for what a page does in its own time."""
        end = time.monotonic() + seconds
        while not (got := holds()):
            if time.monotonic() > end:
                raise AssertionError(f"It did not come about within {seconds} s; complaints: {self.complaints()}")
            time.sleep(0.02)
        return got


class Result(NamedTuple):
    """What stands for one page: its title, its labels, its words, the marked ones among them, its address."""

    title: str
    label: str
    text: str
    marked: list[str]
    address: str


class Results(NamedTuple):
    """How many pages were found, and the first ten: more appear as one scrolls."""

    found: int
    first: list[Result]

    @classmethod
    def read(cls, told: dict[str, Any]) -> Results:
        found = int("".join(filter(str.isdigit, told["told"])) or 0)
        return cls(found, [Result(*one) for one in told["first"]])


EMPTIED = """
const toggle = document.querySelector('[data-md-toggle=search]');
if (!toggle.checked) toggle.click();
document.querySelector('.md-search-result__list').innerHTML = '';
document.querySelector('.md-search-result__meta').textContent = '';
arguments[0].value = arguments[1];
arguments[0].focus();
"""
RESULTS = """
const told = document.querySelector('.md-search-result__meta').textContent;
const items = [...document.querySelectorAll('.md-search-result__item')].slice(0, 10);
if (!told || (/^[1-9]/.test(told) && !items.length)) return null;
const words = (one) => one ? one.textContent.trim() : '';
const first = items.map(item => {
  const marked = [...item.querySelectorAll('mark')].map(words).filter(Boolean), link = item.querySelector('a');
  const title = words(item.querySelector('h1, h2')), label = words(item.querySelector('.md-tags'));
  return [title, label, words(item), marked, link.href];
});
return {told, first};
"""
WATCH = """
self.__told = [];
for (const name of ['alert', 'confirm', 'prompt', 'print']) self[name] = () => self.__told.push('ran: ' + name);
addEventListener('securitypolicyviolation', event => self.__told.push(
  'policy: ' + event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sourceFile + ' ' + event.sample), true);
addEventListener('error', event => self.__told.push('error: ' + (event.message || event.target.src || event.target.href)), true);
addEventListener('unhandledrejection', event => self.__told.push('rejected: ' + event.reason));
"""
