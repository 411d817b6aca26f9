"""The cost model's record: past rounds as they were, business cases by who paid, and the band that one-off costs need.

`keeping/cost_record.py` keeps what the range needs while the dataset is built.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from lgrdata.core.facts import Assumptions
from lgrdata.core.models import LENSES, SIDES, LensId, LgrError
from lgrdata.costs.inputs import CostInputs, CountyPieces
from lgrdata.costs.one_off_band import between
from lgrdata.costs.price import LensCost, price_lens
from lgrdata.costs.rates import rates
from lgrdata.reading import evidence
from lgrdata.reading.catalogue import load_assumptions
from lgrdata.reading.evidence import BusinessCase
from lgrdata.reading.past_rounds import (
    RoundFigure,
    cases_modelled,
    one_off_record,
    round_councils,
    round_figures,
    rounds,
)

SAVING, ONE_OFF = "recurring net saving", "one-off cost"


def _six_years(cost: LensCost) -> float:
    return next(p.running_total for p in cost.path if p.year == 6)


FIGURES: dict[str, Callable[[LensCost], float]] = {
    SAVING: lambda c: c.recurring_net,
    ONE_OFF: lambda c: c.one_off,
    "six-year net": _six_years,
}
"""Figures of past rounds that the model has a like of; the others are shown alone."""


@dataclass(frozen=True)
class PastRound:
    """One figure of a past round. `modelled` is empty for a figure the model has no like of.

    `published` is empty where nobody published it: not known.
    """

    round_id: str
    place: str
    year: int
    figure: str
    unit: str
    modelled: Mapping[LensId, float]
    published: tuple[RoundFigure, ...]


@dataclass(frozen=True)
class Misses:
    """Published figures of one measure and payer against what both sides' evidence gives: a one-sided miss shows.

    `below_by` and `above_by`: median distance of those outside, in the measure's unit, below negative; None for none.
    """

    side: str
    figure: str
    unit: str
    below: int
    inside: int
    above: int
    below_by: float | None
    above_by: float | None


# ---------------------------------------------------------------- past rounds


def round_inputs(conn: sqlite3.Connection, round_id: str) -> CostInputs:
    """A past round as the cost model takes a split: the councils there were, and the councils there came to be."""
    found = next((r for r in rounds(conn) if r.round_id == round_id), None)
    councils = round_councils(conn, round_id)
    before = [c for c in councils if c.stage == "before"]
    after = [c for c in councils if c.stage == "after"]
    if found is None or not before or not after:
        raise LgrError(f"the past round {round_id} is not whole in the dataset")
    stayed = {c.name for c in before if c.tier == "unitary"} & {c.name for c in after}
    return CostInputs(
        unchanged=False,
        n_old=len(before),
        n_new=len(after),
        j_abs=sum(c.tier == "unitary" for c in before) - len(stayed),
        j_on=len(stayed),
        counties=tuple(
            CountyPieces(c.name, found.place, c.residents or 0, found.pieces) for c in before if c.tier == "county"
        ),
        populations=tuple(c.residents or 0 for c in after),
        council_numbers=tuple(range(len(after))),
        today=tuple(c.residents or 0 for c in before if c.tier != "district"),
        divided_unitaries=(),
    )


def past_rounds(conn: sqlite3.Connection, assumptions: Assumptions | None = None) -> tuple[PastRound, ...]:
    """Every figure of every past round, by place: modelled by the very sums that price a split, beside what was said.

    The saving and the one-off cost are there for every place, also where nobody published one.
    """
    assumptions = assumptions or load_assumptions(conn)
    said: dict[tuple[str, str], list[RoundFigure]] = {}
    units: dict[str, str] = {SAVING: "£m a year", ONE_OFF: "£m"}
    for f in round_figures(conn):
        said.setdefault((f.round_id, f.figure), []).append(f)
        units[f.figure] = f.unit
    out = []
    for round_id, place, year, _ in rounds(conn):
        given = round_inputs(conn, round_id)
        priced = {lens: price_lens(given, rates(assumptions, lens)) for lens in LENSES}
        more = [figure for held, figure in said if held == round_id and figure not in (SAVING, ONE_OFF)]
        for figure in (SAVING, ONE_OFF, *more):
            take = FIGURES.get(figure)
            modelled = {lens: take(cost) for lens, cost in priced.items()} if take else {}
            published = tuple(said.get((round_id, figure), ()))
            out.append(PastRound(round_id, place, year, figure, units[figure], modelled, published))
    return tuple(out)


def arrived(row: PastRound) -> float | None:
    """Share of what was planned that was reported to have arrived; None where either is not one published number."""
    plans = [p.value for p in row.published if p.kind == "plan" and p.value is not None]
    outturns = [p.value for p in row.published if p.kind == "outturn" and p.value is not None]
    return outturns[-1] / plans[-1] if plans and outturns and plans[-1] > 0 else None


def last_one_off(row: PastRound) -> float | None:
    """The latest one-off cost that was published of a past round, £m."""
    if row.figure != ONE_OFF or not row.published:
        return None
    last = row.published[-1]
    return between(last.low, last.value, last.high)


# ---------------------------------------------------------------- business cases

FigureKey = tuple[object, ...]


def same_figure(case: BusinessCase) -> FigureKey:
    """One published figure may be told of two proposals; it counts once."""
    return case.source_id, case.author, case.metric, case.value, case.low, case.high, case.basis


def business_cases(conn: sqlite3.Connection) -> tuple[Misses, ...]:
    """For each measure and payer, how many published figures lie below, inside and above both sides' evidence.

    A figure of several proposals is counted once, and held against all that either side's evidence gives for any.
    """
    modelled = cases_modelled(conn, SIDES)
    figures: dict[FigureKey, tuple[BusinessCase, list[float]]] = {}
    for case in evidence.business_cases(conn):
        if case.case_id in modelled and between(case.low, case.value, case.high) is not None:
            figures.setdefault(same_figure(case), (case, []))[1].extend(modelled[case.case_id])
    groups: dict[tuple[str, str, str], list[float]] = {}
    for case, given in figures.values():
        groups.setdefault((case.metric, case.side, case.unit), []).append(_miss(case, min(given), max(given)))
    return tuple(_misses(side, figure, unit, found) for (figure, side, unit), found in sorted(groups.items()))


def _miss(case: BusinessCase, low: float, high: float) -> float:
    """How far a published figure lies outside: negative below what both sides' evidence gives, 0 inside."""
    least = case.value if case.value is not None else case.low if case.low is not None else case.high
    most = case.value if case.value is not None else case.high if case.high is not None else case.low
    assert least is not None and most is not None
    return most - low if most < low else least - high if least > high else 0.0


def _misses(side: str, figure: str, unit: str, found: list[float]) -> Misses:
    below, above = [m for m in found if m < 0], [m for m in found if m > 0]
    return Misses(
        side,
        figure,
        unit,
        len(below),
        len(found) - len(below) - len(above),
        len(above),
        median(below) if below else None,
        median(above) if above else None,
    )


def document(conn: sqlite3.Connection) -> dict[str, Any]:
    """The costs' part of `hindcast --json`: past rounds, signed business cases and the range of one-off costs."""
    record = one_off_record(conn)
    return {
        "past_rounds": [
            {
                "place": r.place,
                "year": r.year,
                "figure": r.figure,
                "unit": r.unit,
                "modelled": {lens: round(r.modelled[lens], 2) if r.modelled else None for lens in LENSES},
                "published": [
                    {
                        k.removesuffix("_id"): v
                        for k, v in p._asdict().items()
                        if k not in ("round_id", "figure", "unit")
                    }
                    for p in r.published
                ],
            }
            for r in past_rounds(conn)
        ],
        "business_cases": [asdict(m) for m in business_cases(conn)],
        "one_off": record._asdict() if record else None,
    }
