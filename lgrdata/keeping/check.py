"""Every rule of the dataset against a database: each rule that is broken becomes one fault, naming the rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from lgrdata.care import hindcast
from lgrdata.keeping.rules import ALL
from lgrdata.keeping.rules.base import Rule
from lgrdata.reading.record import care_record

SHOWN = 10  # rows named in the line of a fault; --json has them all

# A dataset with the real areas must keep the rules about England too; a drawn one need not.
_REAL = "SELECT count(*) FROM authority WHERE authority_code IN ('E07000207', 'E07000070', 'E06000008')"


@dataclass(frozen=True)
class Fault:
    """A broken rule, with the rows that break it."""

    rule: Rule
    rows: tuple[str, ...]

    def __str__(self) -> str:
        more = f"; and {len(self.rows) - SHOWN} more" if len(self.rows) > SHOWN else ""
        return f"{self.rule.sentence} Not so: {'; '.join(self.rows[:SHOWN])}{more}"


def rules_for(conn: sqlite3.Connection) -> tuple[Rule, ...]:
    """The rules that a dataset must keep: all of them where it holds any of the real areas' authorities."""
    real = conn.execute(_REAL).fetchone()[0] > 0
    return tuple(rule for rule in ALL if real or not rule.england)


def check(conn: sqlite3.Connection, rules: Sequence[Rule] | None = None) -> list[Fault]:
    """Faults of the dataset open as `conn`, in the order of the rules; empty where every rule holds."""
    faults = []
    for rule in rules_for(conn) if rules is None else rules:
        try:
            rows = tuple(rule.find(conn))
        except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
            rows = (f"cannot be checked ({error})",)
        if rows:
            faults.append(Fault(rule, rows))
    return faults


def notes(conn: sqlite3.Connection) -> list[str]:
    """What to know of the dataset that breaks no rule: where the record of its estimates falls short. Never a fault."""
    try:
        return hindcast.notes(care_record(conn))
    except sqlite3.Error as error:
        return [f"the record of the estimates cannot be read ({error})"]
