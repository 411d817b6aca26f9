"""The record of costs: past rounds as they were, and business cases of today, each beside the model."""

from __future__ import annotations

import sqlite3
from typing import Any


def past_rounds(conn: sqlite3.Connection) -> tuple[dict[str, Any], ...]:
    """Past reorganisations modelled as they were, beside plan, budget and outturn; none are held yet."""
    return ()


def business_cases(conn: sqlite3.Connection) -> tuple[dict[str, Any], ...]:
    """Published business cases by who paid: how many lie below, inside and above the lenses; none are held yet."""
    return ()
