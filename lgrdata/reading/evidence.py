"""Reading the evidence: what each side says, events, business cases, what is measured, missing or was changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple


class NamedService(NamedTuple):
    """A care service that a statement's words name, and what in it does."""

    service_id: str
    name: str
    why: str


class Target(NamedTuple):
    """What a statement bears on: a parameter, a case study or a paragraph of government's note, by its key."""

    kind: str
    key: str


@dataclass(frozen=True)
class Claim:
    """A statement of one side, who paid for it, what contests it and what it bears on."""

    claim_id: str
    theme: str
    side: str
    paid_by: str
    author: str
    title: str
    year: str
    text: str
    figure: str
    geography: str
    status: str
    confidence: str
    link: str
    contested_by: tuple[str, ...] = ()
    bears_on: tuple[Target, ...] = ()
    services: tuple[NamedService, ...] = ()


class Event(NamedTuple):
    """A dated step, of one area or of all."""

    date: str
    event: str
    confidence: str
    source_id: str


@dataclass(frozen=True)
class BusinessCase:
    """One figure that a proposal's authors published: a value, or low and high."""

    case_id: int
    area_id: str | None
    proposal_id: str | None
    place: str
    councils: int | None
    metric: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    basis: str
    author: str
    side: str
    confidence: str
    note: str
    source_id: str


class PublishedMeasure(NamedTuple):
    """What a figure of the dataset measures."""

    code: str
    name: str
    unit: str
    topic: str
    definition: str


class Word(NamedTuple):
    """A word of the glossary and its meaning."""

    term: str
    meaning: str


class MissingFigure(NamedTuple):
    """Councils whose figure of a measure is not held, and why."""

    measure: str
    period: str
    status: str
    councils: int


class MissingReturn(NamedTuple):
    """A council that returned no spending for a year."""

    name: str
    year: str


class Change(NamedTuple):
    """A change of the dataset."""

    date: str
    change: str


def claims(conn: sqlite3.Connection) -> dict[str, Claim]:
    """Every statement of the dataset by its id."""
    contests: dict[str, list[str]] = {}
    for claim_id, other in conn.execute("SELECT claim_id, contested_by FROM claim_contest ORDER BY 1, 2"):
        contests.setdefault(claim_id, []).append(other)
    bears: dict[str, list[Target]] = {}
    for claim_id, kind, target in conn.execute("SELECT claim_id, kind, target FROM claim_link ORDER BY 1, 2, 3"):
        bears.setdefault(claim_id, []).append(Target(kind, target))
    speaks: dict[str, list[NamedService]] = {}
    for claim_id, *rest in conn.execute(
        "SELECT claim_id, service_id, name, why FROM claim_service JOIN care_service USING (service_id)"
        " ORDER BY position, claim_id"
    ):
        speaks.setdefault(claim_id, []).append(NamedService(*rest))
    rows = conn.execute(
        "SELECT claim_id, theme, side, paid_by, author, title, year, claim, figure, geography, status, confidence, link"
        " FROM claim ORDER BY claim_id"
    )
    return {
        row[0]: replace(
            Claim(*row),
            contested_by=tuple(contests.get(row[0], ())),
            bears_on=tuple(bears.get(row[0], ())),
            services=tuple(speaks.get(row[0], ())),
        )
        for row in rows
    }


def _in_time(row: Sequence[str]) -> str:
    """A row's date, its first cell; what is dated by its month alone stands after that month's days.

    It may have come after any of them.
    """
    return row[0] + "-99-99"[len(row[0]) - 4 :]


def events(conn: sqlite3.Connection, area_id: str | None) -> tuple[Event, ...]:
    """The dated steps of one area, or (None) those that hold for every area, oldest first."""
    rows = conn.execute(
        "SELECT date, event, confidence, source_id FROM event WHERE area_id IS ? ORDER BY event_id", (area_id,)
    )
    return tuple(Event(*row) for row in sorted(rows, key=_in_time))


class Step(NamedTuple):
    """A dated step of an area that has a kind (decision, challenge, judgment …), with the source it rests on."""

    date: str
    words: str
    confidence: str
    source_id: str
    kind: str


def steps(conn: sqlite3.Connection, area_id: str) -> tuple[Step, ...]:
    """The steps of an area that have a kind, oldest first."""
    rows = conn.execute(
        "SELECT date, event, confidence, source_id, kind FROM event WHERE area_id = ? AND kind <> '' ORDER BY event_id",
        (area_id,),
    )
    return tuple(Step(*row) for row in sorted(rows, key=_in_time))


def business_cases(conn: sqlite3.Connection, area_id: str | None = None) -> tuple[BusinessCase, ...]:
    """Every published business case of an area, or of all places, in the dataset's order."""
    rows = conn.execute(
        "SELECT case_id, area_id, proposal_id, place, councils, metric, unit, value, low, high, basis, author, side,"
        " confidence, note, source_id FROM business_case WHERE ? IS NULL OR area_id = ? ORDER BY case_id",
        (area_id, area_id),
    )
    return tuple(BusinessCase(*row) for row in rows)


def measures(conn: sqlite3.Connection) -> tuple[PublishedMeasure, ...]:
    """Every measure by topic and name."""
    rows = conn.execute("SELECT measure_code, name, unit, topic, definition FROM measure ORDER BY topic, name")
    return tuple(PublishedMeasure(*row) for row in rows)


def glossary(conn: sqlite3.Connection) -> tuple[Word, ...]:
    """The words of the glossary from A to Z."""
    return tuple(Word(*row) for row in conn.execute("SELECT term, meaning FROM glossary ORDER BY lower(term)"))


def gaps(conn: sqlite3.Connection) -> tuple[MissingFigure, ...]:
    """Figures that are not held, counted by measure, period and reason."""
    rows = conn.execute(
        "SELECT m.name, f.period, f.status, COUNT(*) FROM figure f JOIN measure m USING (measure_code)"
        " WHERE f.value IS NULL GROUP BY m.measure_code, f.period, f.status ORDER BY m.name, f.period"
    )
    return tuple(MissingFigure(name, str(period), str(status), int(count)) for name, period, status, count in rows)


def missing_returns(conn: sqlite3.Connection) -> tuple[MissingReturn, ...]:
    """Councils that returned no spending, by name."""
    rows = conn.execute(
        "SELECT DISTINCT p.name, s.year FROM spend s JOIN place p USING (place_code)"
        " WHERE s.status = 'not returned' ORDER BY p.name"
    )
    return tuple(MissingReturn(str(name), str(year)) for name, year in rows)


def changes(conn: sqlite3.Connection) -> tuple[Change, ...]:
    """Changes of the dataset, newest first."""
    rows = conn.execute("SELECT date, change FROM data_change ORDER BY change_id DESC")
    return tuple(Change(str(date), str(change)) for date, change in rows)


def last_change(conn: sqlite3.Connection) -> str:
    """The date of the dataset's last change; '' where none is written down."""
    (date,) = conn.execute("SELECT MAX(date) FROM data_change").fetchone()
    return str(date or "")
