"""Chromium and a running paint harness, for the tests and the benchmark of the painted map."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).parents[2]
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def harness() -> Iterator[str]:
    """The address of a harness server, stopped on leaving."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    command = [
        sys.executable, "-m", "streamlit", "run", str(ROOT / "tests" / "browser" / "paint_harness.py"),
        "--server.port", str(port), "--server.headless", "true", "--browser.gatherUsageStats", "false",
        "--server.fileWatcherType", "none",
    ]  # fmt: skip
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "browser")])
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": paths}, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    )
    try:
        address = f"http://localhost:{port}"
        for _ in range(150):
            try:
                urlopen(f"{address}/_stcore/health", timeout=1).close()
                break
            except (URLError, OSError):
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as p:
        path = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else None
        browser = p.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


class Painted:
    """One reader at one page with a painted map."""

    def __init__(self, page: Page, address: str, query: str = "map=grid") -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", lambda e: self.faults.append(str(e)))
        page.goto(f"{address}/?{query}")
        page.wait_for_selector(".block", timeout=30000)

    def block(self, name: str) -> Locator:
        return self.page.locator(f'.block[aria-label^="{name},"]')

    def spot(self, name: str) -> tuple[float, float]:
        box = self.block(name).bounding_box()
        assert box
        # Off the middle, so that it is a point of the shape and not of a label by luck.
        return box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.8

    def click(self, name: str) -> None:
        self.page.mouse.click(*self.spot(name))

    def choose(self, number: int) -> None:
        self.page.locator(".chip").nth(number - 1).click()

    def shown(self) -> dict[str, int]:
        """Council number (0-based) by block name, as the map shows it; −1 nobody's."""
        found: dict[str, int] = {}
        for label in self.page.locator(".block").evaluate_all("all => all.map(n => n.getAttribute('aria-label'))"):
            name, _, council, *_ = label.split(", ")
            found[name] = -1 if council == "no council" else int(council.split(" ")[0]) - 1
        return found

    def server(self) -> dict[str, Any]:
        """What the server says stands: standing, log of actions, steps."""
        return json.loads(self.page.locator("pre code, [data-testid=stCode] code").inner_text())

    def until(self, **wanted: Any) -> dict[str, Any]:
        """Wait for the server to say so: `steps=3`, or a block by code `G05=1`; the last answer either way."""
        answer: dict[str, Any] = {}
        for _ in range(100):
            answer = self.server()
            have = {**answer["standing"], "steps": answer["steps"], "last": (answer["log"] or [[None]])[-1][0]}
            if all(have.get(k) == v for k, v in wanted.items()):
                return answer
            self.page.wait_for_timeout(50)
        raise AssertionError(f"wanted {wanted}, the server says {answer}")
