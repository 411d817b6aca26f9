"""Who may speak with the server: names it answers to, pages that may talk to it, and no look-up of its own address.

A page of another site can make its reader's browser call this server: by its address (the browser then says where the
page came from, in `Origin`), or by a name of its own that it points at this server (the browser then gives that name,
in `Host`). Both are refused here, before Streamlit sees them.
"""

from __future__ import annotations

import ipaddress
import os
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config, net_util

from lgrdata.start import own_address

HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this machine for itself: always answered to."""

_OWN_PATH = re.compile("/|(/[A-Za-z0-9_-]+)+")

HOSTS = "LGR_HOSTS"
"""Setting: further names the server answers to, parted by blanks or commas."""


@dataclass(frozen=True)
class Names:
    """The names a server answers to."""

    given: frozenset[str] = frozenset()
    """By the operator."""
    shared: bool = False
    """Bound to a network: then its addresses and the machine's own name count too. Addresses cannot be pointed
    elsewhere, so naming one is no disguise."""
    machine: str = field(default_factory=lambda: socket.gethostname().lower())

    def hold(self, host: str) -> bool:
        """True where a `Host` header, with or without a port, names this server."""
        name = _name(host)
        if name in HERE | self.given:
            return True
        return self.shared and (name == self.machine or _is_address(name))

    def may_speak(self, origin: str, host: str) -> bool:
        """True where a page of this origin may talk to the server it calls by `host`: its own pages, or the operator's.

        The operator's count apart for proxies that call the server by another name than their visitors do.
        """
        try:
            page = urlsplit(origin)
        except ValueError:
            return False
        if page.scheme not in ("http", "https") or not page.netloc:
            return False
        return page.netloc.lower() == host.lower() or _name(page.netloc) in self.given


def names() -> Names:
    """The names of this server, by its settings."""
    given = os.environ.get(HOSTS, "").replace(",", " ").lower().split()
    return Names(frozenset(given), not is_closed())


def is_closed() -> bool:
    """True where the server is bound to this machine alone."""
    return (config.get_option("server.address") or "") in HERE


class Gate:
    """Refuses what is not meant for this server: 421 for another name, 403 for another site's page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.names = names()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or one websocket."""
        if scope["type"] in ("http", "websocket"):
            refusal = self._refusal(scope)
            if refusal is not None:
                if scope["type"] == "websocket":
                    # Before it is opened: the server answers 403, and writes no log line that others could fill.
                    await send({"type": "websocket.close", "code": 1008})
                else:
                    await refusal(scope, receive, send)
                return
            if scope["type"] == "websocket":
                scope = _as_own(scope)
            elif (mended := mended_path(scope)) is not None:
                await RedirectResponse(mended, 307)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        hosts, origins = _held(scope, b"host"), _held(scope, b"origin")
        if len(hosts) != 1 or not self.names.hold(hosts[0]):
            return PlainTextResponse(
                f"This server does not answer to that name. Its operator can add one with {HOSTS}.\n", 421
            )
        if len(origins) > 1 or not all(self.names.may_speak(o, hosts[0]) for o in origins):
            return PlainTextResponse("Pages of other sites may not talk to this server.\n", 403)
        return None


def mended_path(scope: Scope) -> str | None:
    """Where a link leads whose `?` mail wrote as `%3F`, so that its query became part of the path; None for others."""
    raw = scope.get("raw_path", b"").decode("latin-1")
    path, *rest = re.split("%3F", raw, maxsplit=1, flags=re.IGNORECASE)
    if not rest or not _OWN_PATH.fullmatch(path):
        return None
    more = scope.get("query_string", b"").decode("latin-1")
    return f"{path}?{quote('&'.join(filter(None, (rest[0], more))), safe='=&~%.,!+-:;')}"


def _as_own(scope: Scope) -> Scope:
    """A websocket let in, its page called by the server's own name: Streamlit has nothing left to look up."""
    (host,) = _held(scope, b"host")
    own = [(b"origin", f"http://{host}".encode("latin-1"))] if _held(scope, b"origin") else []
    return {**scope, "headers": [h for h in scope["headers"] if h[0] != b"origin"] + own}


def _held(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


def _name(host: str) -> str:
    """The name in `name:port` or `[address]:port`, in small letters; '' where it is none."""
    try:
        parsed = urlsplit(f"//{host}")
        _ = parsed.port
    except ValueError:
        return ""
    plain = parsed.netloc == host and "@" not in host
    return (parsed.hostname or "").rstrip(".") if plain else ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def middleware() -> list[Middleware]:
    """For the app: the gate, before all else."""
    _look_nothing_up()
    return [Middleware(Gate)]


def _look_nothing_up() -> None:
    """Keep Streamlit from asking others for this machine's address.

    It would, in the event loop, for each websocket from an origin that it does not know: two requests to an outside
    host, a second each where the way out is blocked, while every visitor waits. The gate leaves it no such origin;
    should a later Streamlit ask for another reason, it learns nothing and nobody is called.
    """
    net_util.get_external_ip = net_util.get_internal_ip = lambda: None


@asynccontextmanager
async def opened(_app: object) -> AsyncIterator[None]:
    """Round the server's life: says where it is to be found."""
    print(told(), flush=True)
    yield


def told() -> str:
    """Where the app is and who can reach it. Streamlit's own words are off: to give them it asks an outside host."""
    secure = "https" if config.get_option("server.sslCertFile") else "http"
    port, path = config.get_option("server.port"), config.get_option("server.baseUrlPath").strip("/")
    end = f":{port}/{path}".rstrip("/")
    here = f"On this machine: {secure}://localhost{end}"
    if is_closed():
        return f"{here}\nOnly this machine can open it. To let others in: python3 app.py --share"
    others = own_address() if config.get_option("server.address") == "0.0.0.0" else config.get_option("server.address")
    return (
        f"{here}\nFor others: {secure}://{f'[{others}]' if ':' in others else others}{end}\n"
        "Shared: whoever can reach this machine over its network can open the app, without signing in, and what they"
        " draw travels unencrypted. Everyone has a desk of their own; nobody sees another's. For a county, put it"
        " behind nginx: docs/running.md."
    )
