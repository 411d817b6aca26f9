"""Two replicas behind nginx as docs/deploy/nginx.conf sets it up: each of its rules, and one replica killed."""

from __future__ import annotations

import base64
import json
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import pytest
from browser.serving import chromium, settle
from playwright.sync_api import Browser, Locator, Page, expect
from replica import Replica, free_port, replica

from lgrdata import start

pytestmark = pytest.mark.slow
CONF = Path(__file__).resolve().parents[2] / "docs" / "deploy" / "nginx.conf"
NAME = "lgr.example.gov.uk"
SETTINGS = {"STREAMLIT_SERVER_COOKIE_SECRET": "for this test only", "LGR_HOSTS": NAME}


@dataclass
class Site:
    """nginx and what stands behind it."""

    address: str
    replicas: tuple[Replica, ...]
    log: Path
    secure: int
    """Its ports."""
    plain_port: int
    command: list[str]

    def get(
        self, path: str, *, near: str = "127.0.0.1", server_name: str = NAME, plain: bool = False, **headers: str
    ) -> tuple[int, HTTPMessage, bytes]:
        """Status, headers and body of an address, called from this machine. OSError where it is closed."""
        raw = socket.create_connection(
            ("127.0.0.1", self.plain_port if plain else self.secure), timeout=30, source_address=(near, 0)
        )
        link = HTTPConnection(NAME, self.secure)
        link.sock = raw if plain else _trusting().wrap_socket(raw, server_hostname=server_name)
        with closing(link):
            link.request("GET", path, headers={"Host": f"{NAME}:{self.secure}", **headers})
            answer = link.getresponse()
            return answer.status, answer.headers, answer.read()

    def flood(self, times: int) -> list[int]:
        """Statuses of so many requests as fast as they go, on a few connections."""
        with ThreadPoolExecutor(8) as pool:
            return [s for many in pool.map(self._burst, [times // 8 + 1] * 8) for s in many]

    def _burst(self, times: int) -> list[int]:
        link = HTTPConnection(NAME, self.secure)
        link.sock = _trusting().wrap_socket(socket.create_connection(("127.0.0.1", self.secure)), server_hostname=NAME)
        out = []
        with closing(link):
            for _ in range(times):
                link.request("GET", "/_stcore/health", headers={"Host": NAME})
                answer = link.getresponse()
                answer.read()
                out.append(answer.status)
        return out

    def reload(self) -> None:
        """Take up the file anew, as `systemctl reload nginx` does."""
        workers = self._workers()
        subprocess.run([*self.command, "-s", "reload"], check=True)
        for _ in range(200):
            if not workers & self._workers():
                return
            time.sleep(0.05)
        raise AssertionError("nginx still runs with the old file")

    def _workers(self) -> set[str]:
        master = (Path(self.command[-1]).parent / "nginx.pid").read_text().strip()
        return set(Path(f"/proc/{master}/task/{master}/children").read_text().split())

    def serving(self) -> list[Replica]:
        """The replicas that hold a websocket open: those with an established connection to their port."""
        return [r for r in self.replicas if r.process.poll() is None and _established(r.port)]


def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _established(port: int) -> bool:
    rows = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return any(row.split()[1].endswith(f":{port:04X}") and row.split()[3] == "01" for row in rows)


def _nginx() -> str:
    found = shutil.which("nginx") or (start.install_by_apt(["nginx-light"]) and shutil.which("nginx"))
    return found or pytest.fail("nginx is not here and could not be installed: apt install nginx-light")


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    """Two replicas behind nginx on loopback, from the documented file with other ports and a certificate of its own."""
    program = _nginx()
    _certificate(folder)
    with ExitStack() as stack:
        first, second = (stack.enter_context(replica(SETTINGS)) for _ in range(2))
        secure, plain = free_port(), free_port()
        text = CONF.read_text(encoding="utf-8")
        for old, new, times in (
            ("127.0.0.1:8501", f"127.0.0.1:{first.port}", 1),
            ("127.0.0.1:8502", f"127.0.0.1:{second.port}", 1),
            ("listen 80", f"listen 127.0.0.1:{plain}", 2),
            ("listen 443", f"listen 127.0.0.1:{secure}", 2),
            (f"https://{NAME}", f"https://{NAME}:{secure}", 2),
            ("/etc/ssl/certs/lgr.pem", str(folder / "lgr.pem"), 1),
            ("/etc/ssl/private/lgr.key", str(folder / "lgr.key"), 1),
            ("/var/log/nginx/lgr.log", str(folder / "access.log"), 1),
        ):
            assert text.count(old) == times, old
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
            here = Site(f"https://{NAME}:{secure}", (first, second), folder / "access.log", secure, plain, command)
            for _ in range(100):
                with suppress(OSError):
                    assert here.get("/health")[0] == 200
                    break
                time.sleep(0.1)
            yield here
        finally:
            process.terminate()
            process.wait(timeout=10)


def _certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={NAME}", "-keyout", str(folder / "lgr.key"), "-out", str(folder / "lgr.pem")],
        check=True, capture_output=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def here(real_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("nginx")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium(f"--host-resolver-rules=MAP {NAME} 127.0.0.1") as running:
        yield running


def test_who_is_answered_and_who_is_not(here: Site) -> None:
    status, _, told = here.get("/health")
    assert status == 200 and json.loads(told)["data_version"]
    # From elsewhere neither is served: 127.0.0.2 stands for another machine, whose address is not on the list.
    for path in ("/health", "/_stcore/metrics"):
        assert here.get(path, near="127.0.0.2")[0] == 403
    assert here.get("/", near="127.0.0.2")[0] == 200
    assert here.get("/", Origin="https://evil.example")[0] == 403
    assert here.get("/", Origin=f"https://{NAME}:{here.secure}")[0] == 200
    for host in ("evil.example", "127.0.0.1"):
        with pytest.raises(OSError):  # closed without a word, by name in the request or in the handshake
            here.get("/", Host=host)
            here.get("/", server_name=host)
    assert here.get("/", plain=True)[:2][1]["Location"].startswith(f"https://{NAME}")
    assert b"refused" not in here.get("/", Upgrade="websocket", Connection="Upgrade")[2]


def test_headers_that_a_browser_is_given(here: Site) -> None:
    _, headers, _ = here.get("/")
    assert int(re.findall(r"max-age=(\d+)", headers["Strict-Transport-Security"])[0]) >= 31_536_000
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert not [v for v in policy.values() if "http" in v or "*" in v], "no other host"
    assert "unsafe-inline" not in policy["script-src"]
    for path in ("/", "/_stcore/host-config", "/_stcore/health"):
        cookies = here.get(path)[1].get_all("Set-Cookie") or []
        assert cookies and all("; secure" in c.lower() and "samesite=lax" in c.lower() for c in cookies), cookies


def test_a_machine_that_floods_is_slowed_and_an_office_is_not(here: Site) -> None:
    office = [here.get("/_stcore/health")[0] for _ in range(120)]
    assert office == [200] * 120, "two first visits at once from one address"
    flood = Counter(here.flood(700))
    assert flood[429] > 50 and flood[200] >= 300, flood


def test_the_recipe_for_signing_in_shuts_every_door(here: Site, tmp_path: Path) -> None:
    whole = Path(here.command[-1])
    users = tmp_path / "users"
    users.write_text("member:{PLAIN}opens\n")
    text = whole.read_text()
    marked = text.replace("#auth_basic", "auth_basic").replace("/etc/nginx/lgr.users", str(users))
    assert marked.count("    auth_basic") == text.count("    auth_basic") + 2
    whole.write_text(marked)
    try:
        here.reload()
        for path in ("/", "/_stcore/host-config", "/_stcore/stream", "/media/x", "/static/x"):
            assert here.get(path)[0] == 401, path
        signed = "Basic " + base64.b64encode(b"member:opens").decode()
        assert here.get("/", Authorization=signed)[0] == 200
        assert here.get("/health")[0] == 200, "the operator's own checks go on"
    finally:
        whole.write_text(text)
        here.reload()


def test_every_page_works_under_the_policy(here: Site, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, ignore_https_errors=True)
    page = context.new_page()
    broken: list[str] = []
    page.on("console", lambda m: broken.append(m.text) if "Content Security Policy" in m.text else None)
    query = "area=surrey&split=surrey-2ua"
    for path, shows in (
        ("", ".lgr-foot"),
        (f"redraw?{query}", ".block"),
        (f"effects?{query}", "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"),
        (f"options?{query}", "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"),
        (f"compare?{query}&compare=surrey-2ua~surrey-3ua", "[data-testid=stImage] img"),
        ("evidence", ".lgr-foot"),
    ):
        page.goto(f"{here.address}/{path}")
        page.wait_for_selector(shows, timeout=60000, state="attached")
        settle(page)
    page.goto(f"{here.address}/redraw?{query}")
    page.wait_for_selector(".block", timeout=60000)
    page.get_by_text("Look at it in three dimensions").click()
    page.wait_for_selector("[data-testid=stDeckGlJsonChart] canvas", timeout=60000)
    settle(page)
    assert sorted(set(broken)) == []
    kept = {c["name"]: c for c in context.cookies()}
    assert set(kept) <= {"lgr_visitor", "_streamlit_xsrf", "_streamlit_session"}
    assert all(c["secure"] for c in kept.values()) and kept["lgr_visitor"]["expires"] == -1
    context.close()


def _paint(page: Page, council: int, name: str) -> None:
    page.locator(".chip").nth(council - 1).click()
    box = page.locator(f'.block[aria-label^="{name},"]').bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.7)


def _given(page: Page, name: str) -> Locator:
    """The block, if the map shows it as the second council's."""
    return page.locator(f'.block[aria-label^="{name},"][aria-label*=", 2 "]')


def test_a_visitor_carries_on_when_the_replica_in_use_is_killed(here: Site, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, ignore_https_errors=True)
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
