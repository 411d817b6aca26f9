"""Two replicas behind nginx as docs/deploy/nginx.conf sets it up: one is killed in mid-use, the visitor carries on."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from browser.serving import chromium, settle
from playwright.sync_api import Locator, Page, expect
from replica import Replica, free_port, replica, wait_for

from lgrdata import start

CONF = Path(__file__).resolve().parents[2] / "docs" / "deploy" / "nginx.conf"
SECRET = {"STREAMLIT_SERVER_COOKIE_SECRET": "for this test only"}


@dataclass
class Site:
    """nginx and what stands behind it."""

    address: str
    replicas: tuple[Replica, ...]
    log: Path

    def serving(self) -> list[Replica]:
        """The replicas that hold a websocket open: those with an established connection to their port."""
        return [r for r in self.replicas if r.process.poll() is None and _established(r.port)]


def _established(port: int) -> bool:
    rows = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return any(row.split()[1].endswith(f":{port:04X}") and row.split()[3] == "01" for row in rows)


def _nginx() -> str:
    found = shutil.which("nginx") or (start.install_by_apt(["nginx-light"]) and shutil.which("nginx"))
    return found or pytest.fail("nginx is not here and could not be installed: apt install nginx-light")


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    """Two replicas behind nginx on loopback, from the documented file with other ports."""
    program = _nginx()
    with ExitStack() as stack:
        first, second = (stack.enter_context(replica(SECRET)) for _ in range(2))
        port = free_port()
        text = CONF.read_text(encoding="utf-8")
        for old, new in (
            ("127.0.0.1:8501", f"127.0.0.1:{first.port}"),
            ("127.0.0.1:8502", f"127.0.0.1:{second.port}"),
            ("listen 80;", f"listen 127.0.0.1:{port};"),
            ("/var/log/nginx/lgr.log", str(folder / "access.log")),
        ):
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        temporary = "\n".join(
            f"{kind}_temp_path {folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        whole = folder / "nginx.conf"
        whole.write_text(
            f"pid {folder / 'nginx.pid'};\nerror_log {folder / 'error.log'};\nworker_processes 1;\n"
            f"user root;\nevents {{ }}\nhttp {{\n{temporary}\n{text}\n}}\n",
            encoding="utf-8",
        )
        command = [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(whole)]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
        process = subprocess.Popen([*command, "-g", "daemon off;"])
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/health", process)
            yield Site(address, (first, second), folder / "access.log")
        finally:
            process.terminate()
            process.wait(timeout=10)


def _paint(page: Page, council: int, name: str) -> None:
    page.locator(".chip").nth(council - 1).click()
    box = page.locator(f'.block[aria-label^="{name},"]').bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.7)


def _given(page: Page, name: str) -> Locator:
    """The block, if the map shows it as the second council's."""
    return page.locator(f'.block[aria-label^="{name},"][aria-label*=", 2 "]')


def test_a_visitor_carries_on_when_the_replica_in_use_is_killed(tmp_path: Path) -> None:
    with site(tmp_path) as here, chromium() as browser:
        told = json.load(urlopen(f"{here.address}/health"))
        assert told["status"] == "ok" and told["data_version"]

        context = browser.new_context(viewport={"width": 1280, "height": 1000})
        page = context.new_page()
        page.goto(f"{here.address}/redraw?area=surrey&split=surrey-2ua")
        page.wait_for_selector(".block", timeout=60000)
        settle(page)
        _paint(page, 2, "Elmbridge")
        page.wait_for_url(re.compile(r"split=s1\."))
        settle(page)
        drawn = page.url
        cookies = {c["name"]: c for c in context.cookies()}
        assert cookies["lgr_visitor"]["expires"] == -1, "the cookie ends with the browser"

        (used,) = here.serving()
        used.kill()

        # The page finds the other replica by itself, and the next stroke is made on what was drawn before.
        (other,) = [r for r in here.replicas if r is not used]
        for _ in range(120):
            if here.serving() == [other]:
                break
            page.wait_for_timeout(250)
        assert here.serving() == [other]
        settle(page)
        expect(_given(page, "Elmbridge")).to_have_count(1)
        assert page.url == drawn
        _paint(page, 2, "Mole Valley")
        page.wait_for_url(lambda url: "split=s1." in url and url != drawn, timeout=20000)
        settle(page)
        both = page.url
        expect(page.get_by_text("Elmbridge").first).to_be_visible()

        # A reload shows the same: everything is in the address.
        page.reload()
        page.wait_for_selector(".block", timeout=60000)
        settle(page)
        assert page.url == both
        for name in ("Elmbridge", "Mole Valley"):
            expect(_given(page, name)).to_have_count(1)

        log = here.log.read_text()
        assert "/health" in log and "127.0.0.1 -" not in log and "surrey" not in log
        context.close()
