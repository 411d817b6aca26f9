"""A few visitors at once, each with the member's journey: nothing is lost. `tests/bench/load.py` gives the figures."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bench.load import JOURNEY, crowd
from replica import replica


def test_visitors_at_once_lose_nothing(real_db: Path) -> None:
    with replica() as server:
        told = asyncio.run(crowd([server], sessions=3, seconds=120, every=0.2, acts=len(JOURNEY)))
        errors = [entry for entry in server.log() if entry["event"] == "error"]
    assert told.lost == [] and told.faults == [] and errors == []
    assert len(told.seconds) == 3 * (1 + len(JOURNEY))
