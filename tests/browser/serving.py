"""A Streamlit server of the test's own, and Chromium to visit it with."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import axe_playwright_python
from browsers import program
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
expect.set_options(timeout=60_000)  # a busy machine answers late; what is timed is timed by the benchmarks
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@contextmanager
def served(script: str = "app.py", env: Mapping[str, str] | None = None, log: Path | None = None) -> Iterator[str]:
    """The address of a server that runs `script`, stopped on leaving. `log`: a file for what it says."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    command = [
        sys.executable, "-m", "streamlit", "run", str(ROOT / script),
        "--server.port", str(port), "--server.headless", "true", "--server.fileWatcherType", "none",
    ]  # fmt: skip
    paths = os.pathsep.join([str(ROOT), str((ROOT / script).parent)])
    with open(log or os.devnull, "wb") as told:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": paths, **(env or {})},
            stdout=told,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://localhost:{port}"
        for _ in range(300):
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
def chromium(*options: str) -> Iterator[Browser]:
    """A headless Chromium, closed on leaving."""
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=program(), args=[*ARGS, *options])
        yield browser
        browser.close()


def settle(page: Page) -> None:
    """Wait until the server has nothing left to run for this page."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=120000)


def axe(page: Page, within: str | None = None, *, contrast: bool = True) -> list[str]:
    """What axe finds wrong by WCAG 2.2 A and AA and its own best practice, target size among it; a line each.

    `within`: the one part of the page to read, as a selector. `contrast` takes four fifths of the time.
    """
    page.evaluate(AXE)
    rules = {"target-size": {"enabled": True}, "color-contrast": {"enabled": contrast}}
    found = page.evaluate(
        "([part, rules]) => axe.run(part ?? document, {resultTypes: ['violations'], elementRef: false, rules})",
        [within, rules],
    )
    return [
        f"{v['id']}: {v['help']}: {n['target']} {n['html'][:160]} {n['failureSummary'][:200]}"
        for v in found["violations"]
        for n in v["nodes"][:4]
    ]
