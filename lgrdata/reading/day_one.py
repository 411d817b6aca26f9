"""Duties that somebody must answer for on the day the new councils take over."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True)
class Duty:
    """A duty of the first day. `paragraph`: of government's note; `law`: where it stands, '' for what is practice."""

    duty_id: str
    name: str
    paragraph: str
    service_id: str
    """The service of the board that it belongs to; '' where none."""
    law: str
    usual_post: str
    if_nothing: str
    confidence: str
    source_id: str


def duties(conn: sqlite3.Connection) -> tuple[Duty, ...]:
    """Every duty, in the order of the register."""
    sql = (
        "SELECT duty_id, name, paragraph, coalesce(service_id, ''), law, usual_post, if_nothing, confidence, source_id"
        " FROM day_one_duty ORDER BY position"
    )
    return tuple(Duty(*row) for row in conn.execute(sql))
