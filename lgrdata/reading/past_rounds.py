"""Reading the cost model's record: past rounds as they were, business cases as modelled, the range of one-off costs."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple


class Round(NamedTuple):
    """A reorganisation of the past: in how many pieces the county was taken over, and the year it began."""

    round_id: str
    place: str
    vesting: int
    pieces: int


class RoundCouncil(NamedTuple):
    """A council before or after a past round; residents at the time, None for a district."""

    stage: str
    name: str
    tier: str
    residents: int | None


class RoundFigure(NamedTuple):
    """A figure that was planned, set aside or reported, as printed."""

    round_id: str
    figure: str
    unit: str
    kind: str
    said: str
    value: float | None
    low: float | None
    high: float | None
    author: str
    source_id: str
    note: str


class OneOffRatio(NamedTuple):
    """A published one-off cost over the model's, £m, and whether the range made without it holds it."""

    place: str
    kind: str
    side: str
    published: float
    modelled: float
    ratio: float
    held: bool


class OneOffRecord(NamedTuple):
    """The range of one-off costs, as factors: from how many ratios, how many lie inside, and how often it held."""

    low: float
    high: float
    nominal: float
    ratios: int
    inside: float
    coverage: float


def rounds(conn: sqlite3.Connection) -> tuple[Round, ...]:
    """Every past round by place."""
    rows = conn.execute("SELECT round_id, place, vesting, pieces FROM past_round ORDER BY place")
    return tuple(Round(*row) for row in rows)


def round_councils(conn: sqlite3.Connection, round_id: str) -> tuple[RoundCouncil, ...]:
    """The councils before and after a past round."""
    rows = conn.execute(
        "SELECT stage, name, tier, residents FROM past_round_council WHERE round_id = ? ORDER BY stage, name",
        (round_id,),
    )
    return tuple(RoundCouncil(*row) for row in rows)


def round_figures(conn: sqlite3.Connection) -> tuple[RoundFigure, ...]:
    """Every published figure of past rounds, oldest first within a round and figure."""
    rows = conn.execute(
        "SELECT round_id, figure, unit, kind, said, value, low, high, author, source_id, note FROM past_round_figure"
        " ORDER BY round_id, figure, said, kind"
    )
    return tuple(RoundFigure(*row) for row in rows)


def cases_modelled(conn: sqlite3.Connection, lenses: Sequence[str]) -> dict[int, list[float]]:
    """What the model gives for each business case under these lenses; infinite where it never pays back."""
    out: dict[int, list[float]] = {}
    for case_id, lens, value in conn.execute("SELECT case_id, lens_id, modelled FROM business_case_modelled"):
        if lens in lenses:
            out.setdefault(case_id, []).append(float("inf") if value is None else value)
    return out


def one_off_ratios(conn: sqlite3.Connection) -> tuple[OneOffRatio, ...]:
    """Every published one-off cost over the model's, lowest first."""
    rows = conn.execute("SELECT place, kind, side, published, modelled, ratio, held FROM one_off_ratio ORDER BY ratio")
    return tuple(r._replace(held=bool(r.held)) for r in (OneOffRatio(*row) for row in rows))


def one_off_record(conn: sqlite3.Connection) -> OneOffRecord | None:
    """The range that the dataset holds; None where too few one-off costs were published to make one."""
    row = conn.execute("SELECT low_factor, high_factor, nominal, ratios, inside, coverage FROM one_off_band").fetchone()
    return OneOffRecord(*row) if row else None
