"""Reading published figures one measure at a time: what is measured, where it is held, how it went over the years."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from lgrdata.core import periods


class FigureMeasure(NamedTuple):
    """A measure that figures are held of; `kind` says whether they add up across places (count, money) or never."""

    code: str
    name: str
    unit: str
    topic: str
    kind: str
    definition: str

    @property
    def adds(self) -> bool:
        """True where figures of places make the figure of all of them together."""
        return self.kind in ("count", "money")


class PlaceToday(NamedTuple):
    """A council of today that figures are held of: a district, a unitary or a county."""

    code: str
    name: str
    kind: str


class PublishedFigure(NamedTuple):
    """A figure as its publisher printed it; without a value, `status` and `note` say why."""

    place: str
    period: str
    value: float | None
    status: str
    source_id: str
    note: str


def measures(conn: sqlite3.Connection) -> tuple[FigureMeasure, ...]:
    """Every measure, by topic and name."""
    rows = conn.execute("SELECT measure_code, name, unit, topic, kind, definition FROM measure ORDER BY topic, name")
    return tuple(FigureMeasure(*row) for row in rows)


def places(conn: sqlite3.Connection, area_id: str) -> tuple[PlaceToday, ...]:
    """Councils of today in an area: its counties, then its districts and unitaries, each by name."""
    rows = conn.execute(
        "SELECT place_code, name, kind FROM place WHERE place_code IN (SELECT authority_code FROM area_authority"
        " WHERE area_id = ?1) OR place_code IN (SELECT county_code FROM authority JOIN area_authority"
        " USING (authority_code) WHERE area_id = ?1) ORDER BY kind <> 'county', name",
        (area_id,),
    )
    return tuple(PlaceToday(*row) for row in rows)


def held_of(conn: sqlite3.Connection, place_code: str) -> frozenset[str]:
    """The measures that a place has a figure of, or a row that says why not."""
    rows = conn.execute("SELECT DISTINCT measure_code FROM figure WHERE place_code = ?", (place_code,))
    return frozenset(str(row[0]) for row in rows)


def of_measure(conn: sqlite3.Connection, measure: str, codes: Sequence[str]) -> tuple[PublishedFigure, ...]:
    """Every figure of a measure for some places, oldest first by the day its period ends."""
    marks = ",".join("?" * len(codes))
    rows = conn.execute(
        "SELECT place_code, period, value, status, source_id, note FROM figure"
        f" WHERE measure_code = ? AND place_code IN ({marks})",
        (measure, *codes),
    )
    return tuple(sorted((PublishedFigure(*r) for r in rows), key=lambda f: (*periods.order(f.period), f.place)))


def of_place(conn: sqlite3.Connection, place_code: str) -> dict[str, tuple[PublishedFigure, ...]]:
    """Every figure of a place by measure, oldest first."""
    out: dict[str, list[PublishedFigure]] = {}
    for code, *row in conn.execute(
        "SELECT measure_code, place_code, period, value, status, source_id, note FROM figure WHERE place_code = ?",
        (place_code,),
    ):
        out.setdefault(code, []).append(PublishedFigure(*row))
    return {code: tuple(sorted(rows, key=lambda f: periods.order(f.period))) for code, rows in out.items()}
