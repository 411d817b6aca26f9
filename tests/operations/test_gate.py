"""Nothing listens that need not, nothing is asked outside, and nobody speaks with the server who should not."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from replica import ROOT, Replica, free_port, replica, wait_for
from visitor import Visitor
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from lgrdata import start
from lgrdata.ui.frame.gate import Names

STREAM = "/_stcore/stream"
ATTACKER = "http://evil.example"


@contextmanager
def documented(folder: Path, *options: str) -> Iterator[tuple[int, Path, list[tuple[str, Any]]]]:
    """The app by `python3 app.py`: its port, what it printed, and every way out it tries (filled in on leaving)."""
    port, printed, noted = free_port(), folder / "printed", folder / "noted"
    env = {
        **{k: v for k, v in os.environ.items() if not k.startswith("STREAMLIT_")},
        "LGR_VENV": sys.prefix,
        "LGR_TEST_ATTEMPTS": str(noted),
        "PYTHONPATH": str(ROOT / "tests" / "hooked"),
    }
    tried: list[tuple[str, Any]] = []
    with printed.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "app.py", "--server.port", str(port), *options], cwd=ROOT, env=env, stdout=out, stderr=out
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield port, printed, tried
        finally:
            process.terminate()
            process.wait(timeout=20)
            tried += [tuple(json.loads(line)) for line in noted.read_text().splitlines()]


def _far(tried: list[tuple[str, Any]]) -> set[str]:
    """Hosts that were called or looked up."""
    return {to if isinstance(to, str) else str(to[0]) for event, to in tried if event != "socket.bind"}


def _bound(tried: list[tuple[str, Any]], port: int) -> set[str]:
    return {to[0] for event, to in tried if event == "socket.bind" and to[1:2] == [port]}


async def _refused(port: int, origin: str, name: str = "127.0.0.1") -> int:
    """HTTP status of a websocket from a page of `origin` that calls the server `name`; 101 where it is opened."""
    try:
        async with connect(f"ws://{name}:{port}{STREAM}", origin=origin, host="127.0.0.1", port=port, open_timeout=30):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def test_the_documented_command_calls_nobody_and_foreign_pages_hold_nobody_up(real_db: Path, tmp_path: Path) -> None:
    async def visit(port: int) -> None:
        async with Visitor(f"http://127.0.0.1:{port}") as visitor:
            assert (await visitor.open("redraw", area="surrey", split="surrey-2ua")).faults == []
            # Ten such websockets once stopped the server for 20 seconds: for each it asked others for its own address.
            foreign = [_refused(port, f"{ATTACKER}:{n}") for n in range(10)]
            told, *refused = await asyncio.gather(visitor.paint("E07000207", 1), *foreign)
            assert told.faults == [] and refused == [403] * 10
            assert (await visitor.open("effects")).faults == []

    with documented(tmp_path) as (port, printed, tried):
        asyncio.run(visit(port))
        said = printed.read_text()
    assert _bound(tried, port) == {"127.0.0.1"}, "the notes were taken, and only this machine is listened to"
    assert _far(tried) <= {"127.0.0.1", "localhost", "::1"}, tried
    assert f"On this machine: http://localhost:{port}" in said and "--share" in said
    assert "handshake" not in said and "evil" not in said, "others cannot fill the log"


def test_sharing_is_asked_for_by_name_and_says_what_it_means(real_db: Path, tmp_path: Path) -> None:
    own = start.own_address()
    with documented(tmp_path, "--share") as (port, printed, tried):
        said = printed.read_text()
        statuses = {h: _get(port, Host=h)[0] for h in (f"{own}:{port}", socket.gethostname(), "evil.example")}
    assert statuses == {f"{own}:{port}": 200, socket.gethostname(): 200, "evil.example": 421}
    assert _bound(tried, port) == {"0.0.0.0"}
    # A datagram socket that is pointed somewhere to learn its near end; nothing is sent.
    assert _far(tried) <= {"127.0.0.1", "10.255.255.255"}, tried
    assert f"For others: http://{own}:{port}" in said and "without signing in" in said


@pytest.fixture(scope="module")
def server(real_db: Path) -> Iterator[Replica]:
    with replica({"LGR_HOSTS": "lgr.example.gov.uk, other.example"}) as running:
        yield running


def _get(port: int, path: str = "/health", method: str = "GET", **headers: str) -> tuple[int, str]:
    link = HTTPConnection("127.0.0.1", port, timeout=30)
    link.request(method, path, headers=headers)
    answer = link.getresponse()
    text = answer.read().decode()
    link.close()
    return answer.status, text


def test_only_its_own_names_are_answered_to(server: Replica) -> None:
    own = f"127.0.0.1:{server.port}"
    for host in (own, "localhost", f"[::1]:{server.port}", "LGR.example.gov.uk", "other.example:443", "other.example."):
        assert _get(server.port, Host=host)[0] == 200, host
    foreign = ("evil.example", "localhost.evil.example", "192.0.2.7", "lgr.example.gov.uk@evil.example", "", "a b", ":")
    for host in foreign:
        assert _get(server.port, Host=host)[0] in (400, 421), host
    assert "LGR_HOSTS" in _get(server.port, Host="evil.example")[1]
    assert asyncio.run(_refused(server.port, f"{ATTACKER}:{server.port}", "evil.example")) == 403


def test_only_its_own_pages_may_talk_to_it(server: Replica) -> None:
    own = f"127.0.0.1:{server.port}"
    for origin in (f"http://{own}", "https://lgr.example.gov.uk", "https://other.example:8443"):
        assert _get(server.port, Host=own, Origin=origin)[0] == 200, origin
        assert asyncio.run(_refused(server.port, origin)) == 101, origin
    others = (ATTACKER, "http://localhost:3000", f"http://127.0.0.1:{server.port + 1}", "null", "file://", "http://[")
    for origin in others:
        assert _get(server.port, Host=own, Origin=origin)[0] == 403, origin
        assert asyncio.run(_refused(server.port, origin)) == 403, origin
    for method in ("PUT", "POST", "DELETE"):
        assert _get(server.port, "/_stcore/upload_file/a/b", method, Host=own, Origin=ATTACKER)[0] == 403


def test_names_of_a_shared_machine() -> None:
    shared = Names(shared=True, machine="desk-12")
    assert all(map(shared.hold, ("192.0.2.7:8501", "[2001:db8::1]:8501", "Desk-12", "localhost")))
    assert not any(map(shared.hold, ("evil.example", "192.0.2.7.evil.example", "desk-12.evil.example")))
    assert not Names(machine="desk-12").hold("desk-12")


def test_frames_are_no_larger_than_the_app_needs(server: Replica) -> None:
    """Eight frames of 190 MB once took a server to 1.5 GB: a frame that says it is larger is refused unread."""

    async def visit() -> None:
        before = server.memory_mb()
        async with Visitor(server.address) as other:
            assert (await other.open("redraw", area="surrey")).faults == []
            before = server.memory_mb()
            assert await asyncio.gather(*(_closed_for(b"\0" * size) for size in (1_100_000, 2_900_000))) == [1009] * 2
            announced = await asyncio.gather(
                *(asyncio.to_thread(_announce, server.port, 190_000_000) for _ in range(8))
            )
            assert announced == [1009] * 8
            assert server.memory_mb() - before < 40
            assert (await other.open("effects")).faults == []

    async def _closed_for(frame: bytes) -> int:
        async with connect(server.address.replace("http", "ws", 1) + STREAM) as link:
            await link.send(frame)
            try:
                while True:
                    await link.recv()
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else 0

    asyncio.run(visit())


def _announce(port: int, size: int) -> int:
    """Open a websocket by hand, announce a frame of this size, send 4 MB of it; the code that it is closed with."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as link:
        link.sendall(
            f"GET {STREAM} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += link.recv(4096)
        assert b" 101 " in answer
        try:
            link.sendall(b"\x82\xff" + struct.pack("!Q", size) + b"\0\0\0\0")
            link.sendall(b"\0" * 4_000_000)
        except OSError:
            pass  # closed while we were still sending
        rest = answer.partition(b"\r\n\r\n")[2]
        try:
            while piece := link.recv(4096):
                rest += piece
        except OSError:
            pass
        found = re.search(rb"\x88.(..)", rest, re.DOTALL)
        return struct.unpack("!H", found[1])[0] if found else 0
