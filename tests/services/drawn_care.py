"""A drawn county with fits, spend, tax base and projections, for the sums on care."""

from __future__ import annotations

import numpy as np
from drawn_facts import column, grid

from lgrdata.core.facts import AreaFacts, ProjectionFacts
from lgrdata.core.models import OUTCOMES, Fit

FACTOR = 1.25

COEFFICIENTS = {
    "adults_long_term_support": (("residents 18-64", 0.01), ("residents 85+", 0.06)),
    "children_looked_after": (("residents 0-17", 0.003), ("income deprived children", 0.01)),
    "children_in_need": (("residents 0-17", 0.02),),
    "ehc_plans": (("residents 0-17", 0.04), ("disabled residents", 0.02)),
}


def fits() -> dict[str, Fit]:
    return {
        o: Fit(o, "drivers", 30, 0.15, 0.2, 1 / FACTOR, FACTOR, "drawn", coefficients=COEFFICIENTS[o]) for o in OUTCOMES
    }


def projection(authorities: int, rise: tuple[float, float, float, float] = (0.9, 1.0, 1.2, 1.5)) -> ProjectionFacts:
    """Levels in 2024 and 2043: 0-19 times rise[0], 20-64 rise[1], 65-84 rise[2], 85+ rise[3]."""
    start = np.array([1000.0, 3000.0, 900.0 + 100.0, 100.0])
    end = np.array([1000 * rise[0], 3000 * rise[1], 900 * rise[2] + 100 * rise[3], 100 * rise[3]])
    return ProjectionFacts((2024, 2043), np.tile(np.stack([start, end]), (authorities, 1, 1)), "drawn")


def care(rows: int = 2, cols: int = 2, unitaries: tuple[int, ...] = (), **more: object) -> AreaFacts:
    n, uppers = rows * cols, 1 + len(unitaries)
    facts: dict[str, object] = {
        "fits": fits(),
        "projection": projection(n),
        "columns": {
            "homelessness_duties_owed": column([100.0 * (i + 1) for i in range(n)]),
            "council_tax_base": column([10_000.0] * n),
            "idaci": column([0.2] * n),
            "idaopi": column([0.1] * n),
            "disabled_residents": column([15_000.0] * n),
        },
        "upper_spend": {
            "Adult Social Care": column([60_000.0] * uppers, "2024-25"),
            "Children Social Care": column([40_000.0] * uppers, "2024-25"),
        },
    }
    facts.update(more)
    return grid(rows, cols, unitaries=unitaries, **facts)  # type: ignore[arg-type]
