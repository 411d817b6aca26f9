"""What the people who run the server can see: log lines for errors and slow runs, and a health address.

One JSON object a line on stderr. No line holds what a visitor typed or who the visitor is: whatever stands in quotation
marks in a message is struck out, and so are the scenario's own words, addresses of mail and numbers of machines.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import current
from lgrdata.reading import db
from lgrdata.splits.scenario import Scenario

ROOT = Path(__file__).resolve().parents[3]
HEALTH = "/health"
LONGEST = 300

_STRUCK = "[…]"
_PRIVATE = re.compile(
    r"'[^']*'|\"[^\"]*\"|‘[^’]*’|“[^”]*”|`[^`]*`"
    r"|\S+@\S+"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b"
    r"|\b(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}\b"
    r"|\bhttps?://\S+"
)
_OUR_COMMAND = re.compile(r"`(python -m [a-z -]+)`")
_LOGGED = "_lgr_logged"


def slow_seconds() -> float:
    """A run longer than this many seconds is logged: LGR_SLOW_SECONDS of the environment, else 1; 0 logs every run."""
    try:
        return float(os.environ.get("LGR_SLOW_SECONDS", "1"))
    except ValueError:
        return 1.0


def line(event: str, **fields: object) -> None:
    """Write one log line; fields that are None or empty are left out."""
    told = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event}
    told |= {key: str(value) if isinstance(value, Path) else value for key, value in fields.items() if value}  # type: ignore[misc]
    sys.stderr.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stderr.flush()


def safe(message: str, secrets: tuple[str, ...] = ()) -> str:
    """A message without what may be a visitor's own: quoted text, `secrets`, mail addresses, links, IP addresses."""
    text = _OUR_COMMAND.sub(r"\1", " ".join(message.split()))
    for secret in sorted((s for s in secrets if len(s) > 2), key=len, reverse=True):
        text = text.replace(" ".join(secret.split()), _STRUCK)
    return _PRIVATE.sub(_STRUCK, text)[:LONGEST]


@dataclass
class PageRun:
    """One run of a page, for its log line."""

    page: str
    version: str = ""
    """The dataset's version, once it is known."""

    def fault(self, error: BaseException) -> None:
        """Log an error of this run."""
        line(
            "error",
            page=self.page,
            area=_area(),
            data_version=self.version,
            error=type(error).__name__,
            message=safe(str(error), own_words(_scenario())),
            where=_where(error),
        )


@contextmanager
def run(page: str) -> Iterator[PageRun]:
    """Round a page's run: logs an error that escapes it, and passes it on; logs a run that is slow.

    Streamlit's own stops and reruns are no errors.
    """
    this = PageRun(page or "start")
    begun = time.perf_counter()
    try:
        yield this
    except Exception as error:
        this.fault(error)
        setattr(error, _LOGGED, True)
        raise
    finally:
        seconds = time.perf_counter() - begun
        if seconds > slow_seconds():
            line("slow", page=this.page, area=_area(), data_version=this.version, seconds=round(seconds, 3))


def disagreement(area_id: str, version: str, figures: tuple[str, ...]) -> None:
    """Log that a browser had worked out figures otherwise than the server; `figures` names them, of a fixed list."""
    line("disagreement", page="redraw", area=area_id, data_version=version, figures=figures)


def on_script_error(error: Exception) -> bool:
    """For the server: an error that no page caught is logged once, and told in one plain sentence."""
    if not getattr(error, _LOGGED, False):
        PageRun("callback").fault(error)
    st.error(
        "This page went wrong. What you drew is in the address: reload the page to go on, or go back.",
        icon=":material/error:",
    )
    return True


def routes() -> list[Route]:
    """The server's addresses beside Streamlit's; from here on no traceback, which may quote, is logged."""
    logging.getLogger("streamlit.error_util").addFilter(_no_tracebacks)
    return [Route(HEALTH, _health)]


def health() -> tuple[int, dict[str, object]]:
    """HTTP status and what the health address tells: 200 with the dataset's version, 503 where it cannot be opened."""
    try:
        version = current().version
    except LgrError as fault:
        line("error", page="health", error=type(fault).__name__, message=safe(str(fault)))
        return 503, {"status": "no dataset", "data_version": None, "schema": db.SCHEMA_VERSION}
    return 200, {"status": "ok", "data_version": version, "schema": db.SCHEMA_VERSION}


def _health(request: Request) -> JSONResponse:
    status, told = health()
    return JSONResponse(told, status_code=status, headers={"Cache-Control": "no-store"})


def _no_tracebacks(record: logging.LogRecord) -> bool:
    return record.exc_info is None


def _scenario() -> Scenario | None:
    found = getattr(st.session_state.get("desk"), "scenario", None)
    return found if isinstance(found, Scenario) else None


def _area() -> str:
    scenario = _scenario()
    return scenario.area_id if scenario is not None else ""


def own_words(scenario: Scenario | None) -> tuple[str, ...]:
    """All that a visitor wrote into a scenario, which no line of the log may hold."""
    if scenario is None:
        return ()
    return (
        scenario.name,
        scenario.note,
        *scenario.split.names,
        *(answer.note for answer in scenario.answers.values()),
        *(council for p in scenario.partnerships for council in p.beyond),
        *(hosting.returns for hosting in scenario.hosting.values()),
        *(text for entry in scenario.register.values() for text in (entry.post, entry.note)),
    )


def _where(error: BaseException) -> list[str]:
    """The project's own lines that the error came through, the innermost last."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if Path(f.filename).is_relative_to(ROOT) and ".venv" not in f.filename]
    return [f"{Path(f.filename).relative_to(ROOT)}:{f.lineno} {f.name}" for f in ours][-6:]
