"""The cost model's record, worked out while the dataset is built: each business case and past round, and the range."""

from __future__ import annotations

import sqlite3

from lgrdata.core.models import LENSES
from lgrdata.costs.business_cases import NEVER_PAID_BACK, CaseRow, cases
from lgrdata.costs.one_off_band import NOMINAL, band, between, middle
from lgrdata.costs.past_rounds import ONE_OFF, FigureKey, PastRound, last_one_off, past_rounds, same_figure
from lgrdata.reading.catalogue import load_assumptions


def derive_record(conn: sqlite3.Connection) -> None:
    """Fill `business_case_modelled`, `one_off_ratio` and `one_off_band` from the tables of a dataset being built."""
    assumptions = load_assumptions(conn)
    found = cases(conn, assumptions)
    for case in found:
        if case.modelled or case.why_not == NEVER_PAID_BACK:
            conn.executemany(
                "INSERT INTO business_case_modelled VALUES (?, ?, ?)",
                [(case.case_id, lens, case.modelled.get(lens)) for lens in LENSES],
            )
    ratios = [*_case_ratios(found), *_round_ratios(past_rounds(conn, assumptions))]
    made = band([r[-1] for r in ratios])
    kept = made[1] if made else [False] * len(ratios)
    conn.executemany(
        "INSERT INTO one_off_ratio VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(*r, int(inside)) for r, inside in zip(ratios, kept, strict=True)],
    )
    if made:
        b = made[0]
        conn.execute(
            "INSERT INTO one_off_band VALUES (1, ?, ?, ?, ?, ?, ?)",
            (b.low, b.high, NOMINAL, b.ratios, b.inside, b.coverage),
        )


_Ratio = tuple[str, str, str, str, float, float, float]


def _case_ratios(found: tuple[CaseRow, ...]) -> list[_Ratio]:
    figures: dict[FigureKey, list[CaseRow]] = {}
    for case in found:
        if case.metric == ONE_OFF and case.modelled.get("middle", 0.0) > 0:
            figures.setdefault(same_figure(case), []).append(case)
    out = []
    for held in figures.values():
        first = held[0]
        said = between(first.low, first.value, first.high)
        if said:
            given = middle([c.modelled["middle"] for c in held])
            out.append((f"case-{first.case_id}", first.place, "business case", first.side, said, given, said / given))
    return out


def _round_ratios(rounds: tuple[PastRound, ...]) -> list[_Ratio]:
    out = []
    for row in rounds:
        said = last_one_off(row)
        if said and row.modelled.get("middle", 0.0) > 0:
            given = row.modelled["middle"]
            out.append((f"round-{row.round_id}", row.place, "past round", "", said, given, said / given))
    return out
