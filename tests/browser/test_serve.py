"""The app in a real browser: what is typed reaches the disk, which keys arrive, tabs beside each other, leaving."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import subprocess
import sys
import time
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser
from tests.tui_case import NAME, UNIT, folder, make_case, open_case
from tui import keys
from tui.places import Key
from tui.session import Session

WORDS = "Đảng bộ đã kết nạp 144 đảng viên"


class Terminal:
    """The tab of the window that is open: what its app shows, and keys for it."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.screen = pyte.Screen(300, 100)
        self._stream = pyte.ByteStream(self.screen)
        browser.open(address)
        self.handle = browser.driver.current_window_handle
        browser.until(lambda: browser.run("return document.body.classList.contains('-first-byte')"), 60)

    def look(self) -> str:
        """The screen so far, from what the server has sent."""
        for one in self.browser.driver.get_log("performance"):  # type: ignore[no-untyped-call]
            message = json.loads(one["message"])["message"]
            frame = (
                message["params"].get("response", {}) if message["method"] == "Network.webSocketFrameReceived" else {}
            )
            if frame.get("opcode") == 2:
                self._stream.feed(re.sub(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]", b"", base64.b64decode(frame["payloadData"])))
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, words: str) -> None:
        try:
            self.browser.until(lambda: words in self.look(), 60)
        except AssertionError as error:
            raise AssertionError(f"{words!r} never came: {self.look()}") from error

    def send(self, *what: str) -> None:
        field = self.browser.driver.find_element("css selector", ".xterm-helper-textarea")
        for one in what:
            field.send_keys(one)

    def open_dossier(self) -> None:
        self.wait_for("Sở A")
        self.send("so a")
        time.sleep(0.5)
        self.send(Keys.ENTER)
        self.wait_for("Kết quả đạt được")


class Served:
    def __init__(self, process: subprocess.Popen[str], root: Path, address: str) -> None:
        self.process, self.root, self.address = process, root, address

    def apps(self) -> list[int]:
        """The processes of the tabs."""
        told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True,
                              check=False)  # fmt: skip
        return [int(one) for one in told.stdout.split()]

    @property
    def text(self) -> str:
        path = folder(self.root, UNIT) / "bao_cao.yaml"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def locks(self) -> list[Path]:
        return list(self.root.rglob("*.lock.json"))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    root = make_case(tmp_path / "ws")
    command = [sys.executable, "-m", "hoso", "serve", "--port", "0"]
    environment = os.environ | {"HOSO_LANGUAGE": "vi", "PYTHONUTF8": "1", "HOSO_TODAY": "2021-11-22"}
    with subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = re.search(r"http://\S+?:\d+/", process.stderr.readline())
        assert found is not None
        yield Served(process, root, found[0])
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def comes(holds: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z" if os.name != "nt" else False


def complaints(browser: Browser) -> list[str]:
    """Without what the browser says of drawing without a graphics card."""
    return [one for one in browser.complaints() if "WebGL" not in one and "GPU stall" not in one]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_what_is_typed_is_on_the_disk_in_one_form(browser, served, form):
    tab = Terminal(browser, served.address)
    tab.open_dossier()
    tab.send(Keys.TAB, unicodedata.normalize(form, WORDS))
    comes(lambda: WORDS in served.text)
    assert unicodedata.is_normalized("NFC", served.text)
    assert complaints(browser) == []


def test_nothing_is_fetched_from_elsewhere_and_no_other_page_may_frame_it(browser, served):
    Terminal(browser, served.address).wait_for("Sở A")
    assert browser.strangers() == []
    browser.open("data:text/html,<iframe src='" + served.address + "'></iframe>")
    time.sleep(1)
    assert len(served.apps()) <= 1  # the first page's, until it has saved
    comes(lambda: not served.apps())


def test_two_tabs_are_two_people_and_a_closed_one_frees_what_it_held(browser, served):
    browser.driver.switch_to.new_window("tab")  # to be closed: the window's own tab is the one that is watched
    first = Terminal(browser, served.address)
    first.open_dossier()
    first.send(Keys.TAB, WORDS)
    comes(lambda: WORDS in served.text and served.locks)
    browser.driver.switch_to.new_window("tab")
    second = Terminal(browser, served.address)
    second.open_dossier()
    second.wait_for("Chỉ xem")  # who is writing, and whether to take over
    second.wait_for("Alt+T")  # for the browser keeps Ctrl+T
    assert len(served.apps()) == 2
    browser.driver.switch_to.window(first.handle)
    first.send(" và hơn nữa")
    browser.driver.close()
    browser.driver.switch_to.window(second.handle)
    comes(lambda: f"{WORDS} và hơn nữa" in served.text and not served.locks)
    comes(lambda: len(served.apps()) == 1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_the_server_ends_everything_is_saved_and_nothing_runs_on(browser, served, number):
    tab = Terminal(browser, served.address)
    tab.open_dossier()
    tab.send(Keys.TAB, WORDS)
    comes(lambda: served.locks)
    apps = served.apps()
    tab.send("!")
    time.sleep(0.3)
    served.process.send_signal(number)
    code = served.process.wait(30)
    assert code == (-number if number == signal.SIGKILL else 0)
    comes(lambda: all(map(gone, apps)))
    assert f"{WORDS}!" in served.text and not served.locks


def test_a_page_that_is_loaded_again_goes_on_where_the_disk_is(browser, served):
    tab = Terminal(browser, served.address)
    tab.open_dossier()
    tab.send(Keys.TAB, WORDS)
    time.sleep(0.2)
    tab = Terminal(browser, served.address)
    tab.open_dossier()
    tab.wait_for(WORDS)
    assert WORDS in served.text and len(served.apps()) == 1


PRESSED = """
const [name, code, key, number, held] = arguments;
const event = new KeyboardEvent('keydown', {key, code, bubbles: true, cancelable: true, ctrlKey: held.includes('ctrl'),
  altKey: held.includes('alt'), shiftKey: held.includes('shift')});
Object.defineProperty(event, 'keyCode', {get: () => number});
document.querySelector('.xterm-helper-textarea').dispatchEvent(event);
return event.defaultPrevented;
"""
NUMBERS = {"enter": 13, "space": 32, "tab": 9, "escape": 27, "insert": 45, "delete": 46, "up": 38, "down": 40,
           "pageup": 33, "pagedown": 34, "home": 36, "end": 35, "left": 37, "right": 39, "backspace": 8}  # fmt: skip
NAMES = {"space": " ", "up": "ArrowUp", "down": "ArrowDown", "left": "ArrowLeft", "right": "ArrowRight",
         "pageup": "PageUp", "pagedown": "PageDown"}  # fmt: skip


def taken(browser: Browser, key: str) -> bool:
    """Whether the page takes the key, so that the browser does nothing of its own with it."""
    *held, name = key.split("+")
    if re.fullmatch(r"f\d+", name):
        number, shown = 111 + int(name[1:]), name.upper()
    else:
        number, shown = (
            NUMBERS.get(name) or ord(name.upper()),
            NAMES.get(name, name if len(name) == 1 else name.title()),
        )
    code = f"Key{name.upper()}" if len(name) == 1 else shown
    return bool(browser.run(PRESSED, name, code, shown, number, held))


def test_every_key_reaches_the_app_or_has_another_way(browser, served):
    tab = Terminal(browser, served.address)
    tab.wait_for("Sở A")
    lost = {}
    for command in keys.COMMANDS:
        own = [key for key in command.key.split(",") if key not in ("", "space")]  # a blank comes as text
        arrive = [key for key in own if key not in keys.KEPT_BY_BROWSERS and (key == "ctrl+v" or taken(browser, key))]
        if own and not arrive:
            lost[command.id] = command.key
    assert lost == {}


def test_what_was_copied_elsewhere_is_pasted_by_the_usual_key(browser, served):
    tab = Terminal(browser, served.address)
    tab.open_dossier()
    tab.send(Keys.TAB)
    browser.driver.execute_cdp_cmd("Browser.grantPermissions", {
        "origin": served.address.rstrip("/"), "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})  # fmt: skip
    browser.driver.execute_async_script(
        "const done = arguments[1]; navigator.clipboard.writeText(arguments[0]).then(done, e => done(String(e)))", WORDS
    )
    browser.driver.execute_cdp_cmd("Input.dispatchKeyEvent", {
        "type": "keyDown", "modifiers": 2, "key": "v", "code": "KeyV", "windowsVirtualKeyCode": 86,
        "commands": ["paste"]})  # fmt: skip
    comes(lambda: WORDS in served.text)


def test_an_attached_file_is_downloaded_whole_under_its_own_name(browser, served, tmp_path):
    content = os.urandom(300_000)
    session = Session(open_case(served.root), NAME, UNIT)
    source = tmp_path / "công văn số 1.zip"
    with zipfile.ZipFile(source, "w") as made:
        made.writestr("x", content)
    session.attach_file(Key("files", "cong_van"), source)
    assert session.close()
    folder_of_downloads = tmp_path / "downloads"
    folder_of_downloads.mkdir()
    browser.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {
        "behavior": "allow", "downloadPath": str(folder_of_downloads)})  # fmt: skip
    tab = Terminal(browser, served.address)
    tab.open_dossier()
    tab.send(Keys.F9)
    tab.wait_for("công văn số 1.zip")
    tab.send(Keys.END)
    tab.send(Keys.F3)
    comes(lambda: (folder_of_downloads / source.name).exists())
    comes(lambda: (folder_of_downloads / source.name).read_bytes() == source.read_bytes())
    assert complaints(browser) == []
