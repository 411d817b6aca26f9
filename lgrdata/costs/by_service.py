"""The disaggregation cost shared out by service, by what the county itself spends on each."""

from __future__ import annotations

import math
from typing import NamedTuple

from lgrdata.core.facts import AreaFacts
from lgrdata.costs.price import LensCost

LEADERSHIP = "Leadership of unitaries that are merged"
NOT_RETURNED = "not returned"
SCHOOLS = "; schools paid from grant are in it, so its share is overstated"


class ServiceCost(NamedTuple):
    """A service's share of the disaggregation cost, £m a year; NaN where the county's spending is not held."""

    service: str
    amount: float
    note: str


def _is_total(service: str) -> bool:
    return service.strip().lower().startswith("total")


def _is_schools(service: str) -> bool:
    return service.strip().lower().startswith("education")


def service_shares(facts: AreaFacts, county_code: str) -> dict[str, float]:
    """Share of a county council's net current expenditure by service, adding to 1; empty where it is not held whole.

    Source: revenue outturn (RSX) in `facts.upper_spend`, totals left out. Services with income above their spending,
    or none, have no share.
    """
    if county_code not in facts.upper_codes:
        return {}
    u = facts.upper_codes.index(county_code)
    spent = {name: float(c.values[u]) for name, c in facts.upper_spend.items() if not _is_total(name)}
    # A county that returned nothing, or hid one service, cannot be shared out: the rest would be overstated.
    if not spent or any(math.isnan(v) for v in spent.values()):
        return {}
    spent = {name: v for name, v in spent.items() if v > 0}
    total = math.fsum(spent.values())
    return {name: v / total for name, v in spent.items()} if total > 0 else {}


def by_service(facts: AreaFacts, lens_cost: LensCost) -> list[ServiceCost]:
    """The disaggregation cost by service, largest first; amounts add to it where every split county's spend is held.

    Empty where no county is split. Net current expenditure is before grants: education has the schools' grant in it.
    """
    parts = [(code, cost) for code, cost in lens_cost.splitting_by_county if cost > 0]
    if not parts:
        return []
    totals: dict[str, float] = {}
    unknown: list[ServiceCost] = []
    for code, cost in parts:
        shares = service_shares(facts, code)
        if not shares:
            u = facts.upper_codes.index(code)
            unknown.append(ServiceCost(f"All services of {facts.upper_names[u]}", math.nan, NOT_RETURNED))
        for name, share in shares.items():
            totals[name] = totals.get(name, 0.0) + share * cost
    periods = sorted({c.period for c in facts.upper_spend.values()})
    year = f" in {periods[-1]}" if periods else ""
    rows = [
        ServiceCost(name, cost, f"by the county’s spending{year}, before grants{SCHOOLS if _is_schools(name) else ''}")
        for name, cost in totals.items()
    ]
    rows.sort(key=lambda r: (-r.amount, r.service))
    if lens_cost.leadership_released:
        rows.append(ServiceCost(LEADERSHIP, -lens_cost.leadership_released, "posts no longer needed: a saving"))
    return rows + unknown
