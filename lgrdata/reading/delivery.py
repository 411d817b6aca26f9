"""What happened elsewhere when counties were divided, as the dataset tells it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """A dated fact with how sure it is; `months` after vesting day, where that is known."""

    fact_id: str
    topic: str
    place: str
    date: str
    words: str
    months: int | None
    confidence: str
    source_id: str
    value: float | None = None
    """The figure told, where there is one."""


def record(conn: sqlite3.Connection, *topics: str) -> tuple[Fact, ...]:
    """Facts of these topics (all where none is named), by topic, then the longest after vesting day first."""
    rows = conn.execute(
        "SELECT fact_id, topic, place, date, fact, months_after_vesting, confidence, source_id, value"
        " FROM delivery_fact"
        " ORDER BY topic, months_after_vesting IS NULL, months_after_vesting DESC, fact_id"
    )
    return tuple(f for f in (Fact(*row) for row in rows) if not topics or f.topic in topics)
