"""Log lines and the health address: what operators are told, and what they are not."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from drawn_facts import grid
from replica import replica
from visitor import Visitor

from lgrdata.core.models import Partnership
from lgrdata.reading import db
from lgrdata.splits.plans import DutyEntry, Hosting
from lgrdata.splits.scenario import Answer, Scenario, as_dict
from lgrdata.splits.split import make
from lgrdata.ui.frame import watch

FAILING = """
from lgrdata import start

if start.inside_streamlit():
    from lgrdata.ui.frame import watch

    with watch.run("drawn"):
        raise ValueError("cannot use 'Jane Doe' of jane@example.org at 192.0.2.7 see https://example.org/jane")
else:
    from streamlit.starlette import App

    from lgrdata.ui.frame import watch

    app = App(__file__, routes=watch.routes(), on_script_error=watch.on_script_error)
"""


def _health(address: str) -> tuple[int, dict[str, Any]]:
    try:
        with urlopen(f"{address}/health") as answer:
            return answer.status, json.load(answer)
    except HTTPError as fault:
        return fault.code, json.load(fault)


def _version(path: Path) -> str:
    with sqlite3.connect(path) as conn:
        (version,) = conn.execute("SELECT value FROM meta WHERE key = 'data_version'").fetchone()
    return str(version)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("no split 'Jane Doe'; known: surrey-2ua", "no split […]; known: surrey-2ua"),
        ("council “Jane’s Town” is given twice", "council […] is given twice"),
        ("write to jane@example.org or 192.0.2.7", "write to […] or […]"),
        ("from 2001:db8:0:1::7 came https://example.org/x", "from […] came […]"),
        ("no such dataset; run `python -m lgrdata build`", "no such dataset; run python -m lgrdata build"),
        ("row 12:30 of care.csv, 1.5 of 2.5", "row 12:30 of care.csv, 1.5 of 2.5"),
        ("x" * 1000, "x" * watch.LONGEST),
    ],
)
def test_a_message_keeps_its_sense_and_loses_what_may_be_personal(message: str, told: str) -> None:
    assert watch.safe(message) == told


def test_the_scenario_s_own_words_are_struck_out() -> None:
    assert watch.safe("Jane's idea cannot stand", ("Jane's idea", "")) == "[…] cannot stand"
    facts = grid(2, 2)
    scenario = Scenario(
        make(facts, {a.code: f"Jane {a.code}" for a in facts.authorities}), name="Jane's name", note="Jane's note",
        answers={"3.5.1": Answer(True, "Jane's answer")},
        partnerships=(Partnership("send", "rcc", (0, 1), ("Jane's county",)),),
        hosting={("send", "rcc"): Hosting(returns="Jane's team")},
        register={"dass": DutyEntry(post="Jane's post", note="Jane's entry")},
    )  # fmt: skip
    written = set(re.findall(r'"(Jane[^"]*)"', json.dumps(as_dict(scenario))))
    assert written == set(watch.own_words(scenario)) and len(written) == 11


def test_health_tells_the_version_of_the_dataset_as_it_is_now(real_db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "lgr.db"
    shutil.copy(real_db, copy)
    with replica({"LGR_DB": str(copy)}) as server:
        assert _health(server.address) == (
            200,
            {"status": "ok", "data_version": _version(copy), "schema": db.SCHEMA_VERSION},
        )
        fresh = tmp_path / "fresh.db"
        shutil.copy(real_db, fresh)
        with sqlite3.connect(fresh) as conn:
            conn.execute("UPDATE meta SET value = 'another' WHERE key = 'data_version'")
        conn.close()
        fresh.replace(copy)
        assert _health(server.address)[1]["data_version"] == "another"
        copy.unlink()
        status, told = _health(server.address)
        assert (status, told["status"], told["data_version"]) == (503, "no dataset", None)
        assert server.log()[-1]["error"] == "LgrError"


def test_each_run_can_be_logged_without_a_word_of_the_visitor(real_db: Path) -> None:
    async def visit(address: str) -> None:
        async with Visitor(address) as visitor:
            await visitor.open("effects", area="surrey", split="surrey-2ua", name="Jane Doe's idea")
            await visitor.open("evidence")
            await visitor.open("redraw", area="surrey", split="Jane Doe")

    with replica({"LGR_SLOW_SECONDS": "0"}) as server:
        asyncio.run(visit(server.address))
        runs = [entry for entry in server.log() if entry["event"] == "slow"]
        assert {"effects", "evidence", "redraw"} <= {entry["page"] for entry in runs}
        last = runs[-1]
        assert last["area"] == "surrey" and last["seconds"] > 0 and last["data_version"] == _version(real_db)
        assert "Jane" not in server.stderr()
        assert "127.0.0.1" not in json.dumps(server.log())


def test_an_error_is_logged_once_and_told_in_a_sentence(tmp_path: Path) -> None:
    script = tmp_path / "failing.py"
    script.write_text(FAILING, encoding="utf-8")

    async def visit(address: str) -> list[str]:
        async with Visitor(address) as visitor:
            return (await visitor.open("")).faults

    with replica(script=script) as server:
        (told,) = asyncio.run(visit(server.address))
        assert told.startswith("This page went wrong.") and "Jane" not in told
        (entry,) = server.log()
        assert (entry["event"], entry["page"], entry["error"]) == ("error", "drawn", "ValueError")
        assert entry["message"] == "cannot use […] of […] at […] see […]"
        assert "Traceback" not in server.stderr() and "Jane" not in server.stderr()
