"""The project's own dataset, for tests that hold real areas to a second method."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import pytest

from lgrdata.core.facts import AreaFacts, Assumptions
from lgrdata.keeping import fresh
from lgrdata.reading import db
from lgrdata.reading.queries import load_area, load_assumptions


@pytest.fixture(scope="session")
def real() -> Iterator[sqlite3.Connection]:
    """The dataset built from data/, built first where it is missing or stale."""
    state = fresh.ensure()
    assert state.usable, state.message
    conn = db.connect()
    yield conn
    conn.close()


@pytest.fixture(scope="session")
def real_area(real: sqlite3.Connection) -> Callable[[str], AreaFacts]:
    """An area's facts by id, read once."""
    kept: dict[str, AreaFacts] = {}

    def get(area_id: str) -> AreaFacts:
        if area_id not in kept:
            kept[area_id] = load_area(real, area_id)
        return kept[area_id]

    return get


@pytest.fixture(scope="session")
def real_assumptions(real: sqlite3.Connection) -> Assumptions:
    return load_assumptions(real)
