"""What a rule is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass

NEWEST = """SELECT measure_code, period FROM (SELECT measure_code, period,
  row_number() OVER (PARTITION BY measure_code ORDER BY ends DESC, starts DESC) AS place
  FROM (SELECT DISTINCT measure_code, period FROM figure) JOIN period USING (period)) WHERE place = 1"""
"""SQL: the newest period of each measure, by the day it ends."""

Finder = Callable[[sqlite3.Connection], Iterable[str]]


@dataclass(frozen=True)
class Rule:
    """A sentence that must be true of the dataset.

    `find` gives the rows that break it, as text for people. `england` marks a rule about the real 21 areas, which a
    smaller dataset (a drawn one) need not keep.
    """

    key: str
    sentence: str
    find: Finder
    england: bool = False


def sql(key: str, sentence: str, query: str, *, england: bool = False) -> Rule:
    """A rule whose query returns one row a fault; its columns are joined by spaces to name it."""

    def find(conn: sqlite3.Connection) -> Iterable[str]:
        for row in conn.execute(query):
            yield " ".join(_cell(value) for value in row if value is not None)

    return Rule(key, sentence, find, england)


def number(value: float) -> str:
    """A number of the data as people read it: 2,229.76 or 2,557,750."""
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return number(value)
    return f"{value:,}" if isinstance(value, int) else str(value)
