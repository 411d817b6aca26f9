"""Published business cases beside the model: what each proposal's authors said, who paid, how far each lens is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field

from lgrdata.core.facts import AreaFacts, Assumptions
from lgrdata.core.models import LensId, LgrError
from lgrdata.costs.price import LensCost, price
from lgrdata.reading.catalogue import proposal
from lgrdata.reading.evidence import BusinessCase, business_cases
from lgrdata.reading.queries import load_area
from lgrdata.splits.naming import proposed

METRICS: dict[str, Callable[[LensCost], float | None]] = {
    "recurring net saving": lambda c: c.recurring_net,
    "one-off cost": lambda c: c.one_off,
    "five-year net": lambda c: c.five_year_net,
    "payback years": lambda c: None if c.payback_years is None else float(c.payback_years),
}
"""Published measures that the model has too; the others are shown alone."""

PAYERS = {
    "county-commissioned": "counties paid",
    "district-commissioned": "districts paid",
    "unitary-city": "a city paid",
    "unitary-experience": "a unitary council’s own",
    "independent": "neither side’s",
    "government": "government’s",
}
"""Who paid for a published figure, after it."""


def whose(payer: str, author: str) -> str:
    """Who paid for a figure: 'counties paid'; of a case that councils of both sides made together, that they did."""
    if payer == "independent":
        return "the councils’ joint figure" if "joint" in author.lower() else "paid for by neither side"
    return PAYERS.get(payer, payer)


NO_MAP = "not about one proposal of the dataset: not modelled"
NOT_COMPARABLE = "not a measure of the model: not compared"
NEVER_PAID_BACK = "the model gives no payback within 30 years"


@dataclass(frozen=True)
class CaseRow(BusinessCase):
    """One published figure and the model's for that proposal by lens, in the same unit.

    `distance` by lens: modelled less published; from the nearer end where a range was published, 0 inside it.
    """

    modelled: dict[LensId, float] = field(default_factory=dict)
    distance: dict[LensId, float] = field(default_factory=dict)
    why_not: str = ""


def distance(modelled: float, value: float | None, low: float | None, high: float | None) -> float:
    """Modelled less published. A range without a value is measured from its nearer end; inside it the distance is 0."""
    if value is not None:
        return modelled - value
    if low is not None and modelled < low:
        return modelled - low
    if high is not None and modelled > high:
        return modelled - high
    return 0.0


def cases(conn: sqlite3.Connection, assumptions: Assumptions, area_id: str | None = None) -> tuple[CaseRow, ...]:
    """Every published business case of an area (or of all places), in the dataset's order, beside the three lenses."""
    priced: dict[str, dict[LensId, LensCost] | str] = {}
    loaded: dict[str, AreaFacts] = {}
    out = []
    for given in business_cases(conn, area_id):
        why_not = ""
        modelled: dict[LensId, float] = {}
        if given.proposal_id is None:
            why_not = NO_MAP
        elif given.metric not in METRICS:
            why_not = NOT_COMPARABLE
        else:
            if given.proposal_id not in priced:
                priced[given.proposal_id] = _price(conn, assumptions, given.proposal_id, loaded)
            costs = priced[given.proposal_id]
            if isinstance(costs, str):
                why_not = costs
            else:
                take = METRICS[given.metric]
                found = {lens: take(cost) for lens, cost in costs.items()}
                modelled = {lens: v for lens, v in found.items() if v is not None}
                why_not = NEVER_PAID_BACK if len(modelled) < len(found) else ""
        far = {lens: distance(v, given.value, given.low, given.high) for lens, v in modelled.items()}
        out.append(CaseRow(**vars(given), modelled=modelled, distance=far, why_not=why_not))
    return tuple(out)


def _price(
    conn: sqlite3.Connection, assumptions: Assumptions, proposal_id: str, loaded: dict[str, AreaFacts]
) -> dict[LensId, LensCost] | str:
    """A proposal's price by lens from its best map, or why there is none."""
    try:
        area_id = proposal(conn, proposal_id).area_id
        if area_id not in loaded:
            loaded[area_id] = load_area(conn, area_id)
        facts = loaded[area_id]
        return price(facts, proposed(conn, facts, proposal_id), assumptions)
    except LgrError as error:
        return str(error)
