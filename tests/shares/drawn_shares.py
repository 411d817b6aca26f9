"""A drawn county to share out: four districts of 100,000 residents, whose other counts differ, worked out by hand.

Looked-after children 10, 20, 30, 40 in districts 0 to 3 (a quarter in each ward); homes 4, 3, 2, 1, not held by ward;
homelessness duties withheld in district 3. Lines in £ thousand: fostering 100, equipment −7, highways 10.5, central
services 50, and a line of asylum support 30 that wants counts of one's own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from drawn_facts import column, grid
from services.drawn_care import fits

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import OUTCOMES
from lgrdata.core.share_facts import Basis, BasisMeasure, Debt, ShareFacts, ShareLine, Use

LOOKED_AFTER = np.array([10.0, 20.0, 30.0, 40.0])
AMOUNTS = {"fostering": 100.0, "equipment": -7.0, "highways": 10.5, "central": 50.0, "asylum": 30.0}
BASES = ("residents", "children_looked_after", "households", "homelessness_duties", "equal", "in_step", "own_counts")


def line(key: str, group: str, *uses: str) -> ShareLine:
    """A line with its bases; one marked with ~ is fair for a fixed part only."""
    form = "RO3" if group in ("adults", "children") else "RSX"
    made = []
    for n, basis in enumerate(uses):
        standing = "fixed part" if basis.startswith("~") else "recommended" if n == 0 else "defensible"
        made.append(Use(basis.lstrip("~"), standing, "Drawn.", "", "drawn"))  # type: ignore[arg-type]
    return ShareLine(key, form, key, key.capitalize(), group, "£ thousand", "drawn", tuple(made))  # type: ignore[arg-type]


LINES = (
    line("fostering", "children", "children_looked_after", "residents"),
    line("equipment", "adults", "children_looked_after"),
    line("highways", "other", "residents", "households"),
    line("central", "other", "residents", "in_step", "~equal"),
    line("asylum", "adults", "own_counts", "homelessness_duties", "residents"),
)
STOCKS = (
    ShareLine(
        "social_workers", "stock", "workers", "Workers", "children", "full-time equivalents", "drawn", LINES[0].uses
    ),
)


def county(unitaries: Sequence[int] = (), rows: int = 2) -> ShareFacts:
    """The drawn county; districts listed in `unitaries` stand alone, each with the same lines."""
    n = rows * 2
    uppers = 1 + len(unitaries)
    care = {k: column([AMOUNTS[k]] * uppers, "2024-25") for k in ("fostering", "equipment", "asylum")}
    rest = {k: column([AMOUNTS[k]] * uppers, "2024-25") for k in ("highways", "central")}
    facts = grid(rows, 2, unitaries=unitaries, fits=fits(), care_spend=care, upper_spend=rest)
    return shares(facts, np.resize(LOOKED_AFTER, n))


def shares(facts: AreaFacts, looked_after: np.ndarray) -> ShareFacts:
    """What a share-out needs of drawn facts."""
    n = len(facts.authorities)
    duties = np.full(n, 100.0)
    duties[-1] = np.nan
    bases = {
        key: Basis(key, key.replace("_", " "), "Drawn.", "residents", "published", "estimated", "", "drawn")
        for key in BASES
    }
    measures = {
        "residents": BasisMeasure(facts.population.astype(float), facts.ward_population.astype(float)),
        "children_looked_after": BasisMeasure(looked_after, np.repeat(looked_after / 4, 4)),
        "households": BasisMeasure(np.arange(n, 0, -1.0)),
        "homelessness_duties": BasisMeasure(duties),
        "council_tax_base": BasisMeasure(np.full(n, 1000.0)),
    }
    assert "children_looked_after" in OUTCOMES
    workers = {"workers": column([10.0] * len(facts.upper_codes))}
    debt = Debt(1, 2.1, "District 1’s debt was reported as £2.1 billion.", "2025-05", "drawn")
    return ShareFacts(facts, bases, LINES, STOCKS, measures, workers, (debt,), (), "2028-04-01")
