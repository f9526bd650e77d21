"""Drives a headless Chromium by the WebDriver protocol (W3C), with the standard library alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

REQUIRED = os.environ.get("HEALTHLINT_REQUIRE_BROWSER") == "1"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # WebDriver section 11: the key of an element's reference
ESCAPE, ENTER, TAB = "\ue00c", "\ue007", "\ue004"  # WebDriver section 15.4.2
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=1400,1000",
)  # fmt: skip


def programs() -> tuple[str, str] | None:
    """The paths of chromedriver and of a Chromium that is installed, None where one is missing."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    browser = next((path for name in names if (path := shutil.which(name))), None)
    folder = os.environ.get("CHROMEWEBDRIVER", "")  # where GitHub's runners keep it
    driver = shutil.which("chromedriver") or (shutil.which("chromedriver", path=folder) if folder else None)
    return (driver, browser) if driver and browser else None


class Browser:
    """A browser of its own, with a new profile; close it with `quit`."""

    def __init__(self, driver: str, browser: str, profile: Path) -> None:
        self.log = profile / "driver.log"
        profile.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([driver, "--port=0"], stdout=log, stderr=log)
        self.address = f"http://127.0.0.1:{self._port()}"
        options = {"binary": browser, "args": [*_FLAGS, f"--user-data-dir={profile / 'profile'}"]}
        wanted = {"browserName": "chrome", "goog:loggingPrefs": {"browser": "ALL"}, "goog:chromeOptions": options}
        try:
            self.address += (
                f"/session/{self._call('POST', '/session', capabilities={'alwaysMatch': wanted})['sessionId']}"
            )
        except BaseException:
            self.process.kill()
            raise

    def _port(self) -> str:
        found: list[str] = []
        until(lambda: bool(found.extend(re.findall(r"successfully on port (\d+)", self.log.read_text())) or found))
        return found[0]

    def _call(self, method: str, path: str, **body: Any) -> Any:
        data = json.dumps(body).encode() if method == "POST" else None
        request = Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"].splitlines()[0]) from None

    def open(self, url: str) -> None:
        """Load a page anew, also where only its fragment differs."""
        self._call("POST", "/url", url="about:blank")
        self._call("POST", "/url", url=url)

    def run(self, script: str, *values: Any) -> Any:
        """What a script returns; `arguments` holds the values."""
        return self._call("POST", "/execute/sync", script=script, args=list(values))

    def find(self, selector: str) -> str:
        """The reference of the first element that a CSS selector matches. Raises RuntimeError if there is none."""
        return str(self._call("POST", "/element", using="css selector", value=selector)[ELEMENT])

    def click(self, selector: str) -> None:
        """A click of the mouse on an element, which must be in sight or be scrolled to."""
        self._call("POST", f"/element/{self.find(selector)}/click")

    def type(self, selector: str, keys: str) -> None:
        """Keys pressed while an element has the focus."""
        self._call("POST", f"/element/{self.find(selector)}/value", text=keys)

    def text(self, selector: str) -> str:
        """An element's text as it is seen."""
        return str(self._call("GET", f"/element/{self.find(selector)}/text"))

    def alert(self) -> str | None:
        """The text of a dialogue that a script has opened, None where there is none."""
        try:
            return str(self._call("GET", "/alert/text"))
        except RuntimeError:
            return None

    def emulate(self, command: str, **values: Any) -> None:
        """A command of the Chrome DevTools Protocol, such as Emulation.setEmulatedMedia."""
        self._call("POST", "/goog/cdp/execute", cmd=command, params=values)

    def pdf(self) -> bytes:
        """The page as it would be printed on A4."""
        import base64

        return base64.b64decode(self._call("POST", "/print", page={"width": 21, "height": 29.7}))

    def messages(self) -> list[str]:
        """What the page wrote to the console since the last call: errors, and what its policy refused."""
        return [entry["message"] for entry in self._call("POST", "/se/log", type="browser")]

    def quit(self) -> None:
        """Close the browser and its driver."""
        try:
            self._call("DELETE", "")
        finally:
            self.process.terminate()
            self.process.wait(timeout=20)


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something holds. Raises AssertionError if it never does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
