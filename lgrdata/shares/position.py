"""Where each new council would begin: care spending against its tax base, stocks to divide, and what is not known."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lgrdata.care import people, spending
from lgrdata.core.models import OUTCOMES
from lgrdata.core.share_facts import CARE, EQUAL, OWN, Debt, ShareLine
from lgrdata.shares.share import ShareOut, whole_parts

TAX_BASE = "council_tax_base"
TENTHS = 1
"""Posts are shared in tenths: half a post is a post."""


@dataclass(frozen=True)
class StockShare:
    """A stock by council [N], by each basis that can be used; the first is the one recommended, or stands in for it.

    NaN for a council that takes on, whole or in part, a council of today without a figure.
    """

    line: ShareLine
    total: float
    by: Mapping[str, tuple[float, ...]]
    estimate: tuple[tuple[float, ...], tuple[float, ...]] | None
    """[N] low and high of the estimate that the first basis rests on; None where it is no estimate."""
    period: str
    source_id: str
    note: str
    missing: tuple[str, ...]
    """Councils of today without a figure."""

    @property
    def basis(self) -> str:
        """The basis that stands first."""
        return next(iter(self.by))

    def range(self, council: int) -> tuple[float, float]:
        """The least and the most that any of the bases gives a council."""
        values = [parts[council] for parts in self.by.values()]
        return (math.nan, math.nan) if any(map(math.isnan, values)) else (min(values), max(values))


@dataclass(frozen=True)
class Position:
    """One new council's opening position; NaN where a figure is missing."""

    council: int
    name: str
    residents: int
    care: float  # £ thousand
    low: float
    high: float
    by_residents: float
    care_share: float  # of all councils of the split
    low_share: float
    high_share: float
    tax_base: float
    tax_base_share: float
    debts: tuple[Debt, ...]

    @property
    def per_resident(self) -> float:
        """£ of care spending a resident."""
        return self.care * 1000 / self.residents if self.residents else math.nan

    @property
    def load(self) -> float:
        """Share of care spending over share of the tax base; 1 is even."""
        return self.care_share / self.tax_base_share if self.tax_base_share > 0 else math.nan


NOT_KNOWN_HERE = (
    "usable reserves, pension deficits, property and most debts: no figure of them is held here",
    "high-needs spending below the county, so a deficit on schools cannot be shared as it arose",
    "posts by place of work, and vacancies by team",
    "what government will pay each new council: spending is before grants",
)
"""What nobody can read from this dataset, in words."""


def too_close(shared: ShareOut, found: tuple[Position, ...]) -> bool:
    """Whether who has most care for its tax base is too close to call: by other bases, or by need as estimated."""
    worst, *others = sorted(found, key=lambda p: -p.load)
    if any(worst.low_share / worst.tax_base_share <= p.high_share / p.tax_base_share for p in others):
        return True
    facts = shared.split.facts
    weakest = spending.care_load(facts, people.estimate(facts, shared.split)).weakest
    return weakest is not None and (weakest.too_close or weakest.council != worst.council)


def positions(shared: ShareOut) -> tuple[Position, ...]:
    """The opening position of each council of the split, from every council of today that it takes in."""
    split = shared.split
    care = shared.total(CARE, shared.lines)
    base = _tax_base(shared)
    used = [int(c) for c in split.in_use]
    whole, whole_base = sum(care.parts[c] for c in used), sum(base[c] for c in used)
    found = []
    for c in used:
        debts = tuple(d for d in shared.given.debts if split.share[d.authority, c] > 0)
        found.append(
            Position(
                council=c,
                name=split.names[c],
                residents=int(split.population[c]),
                care=care.parts[c],
                low=care.low[c],
                high=care.high[c],
                by_residents=care.by_residents[c],
                care_share=care.parts[c] / whole if whole else math.nan,
                low_share=care.low[c] / whole if whole else math.nan,
                high_share=care.high[c] / whole if whole else math.nan,
                tax_base=base[c],
                tax_base_share=base[c] / whole_base if whole_base else math.nan,
                debts=debts,
            )
        )
    return tuple(found)


def _tax_base(shared: ShareOut) -> list[float]:
    """[N] Band D equivalents; a divided authority's follow its residents."""
    base = shared.given.measures[TAX_BASE].by_authority
    taken = shared.split.share.sum(axis=1) > 0
    held = np.where(taken[:, None], base[:, None] * shared.split.share, 0.0)
    return [float(v) for v in np.where(shared.split.share > 0, held, 0.0).sum(axis=0)]


def stocks(shared: ShareOut) -> tuple[StockShare, ...]:
    """Each stock of which a figure is held, shared by every basis of its own that can be used."""
    return tuple(_stock(shared, line) for line in shared.given.stocks if line.service)


def _stock(shared: ShareOut, line: ShareLine) -> StockShare:
    given, held = shared.given, shared.held
    column = given.stock_columns[line.service]
    uppers = [u for u, state in enumerate(shared.state) if state != "not taken in"]
    gone = [u for u in uppers if math.isnan(column.values[u])]
    missing = tuple(given.facts.upper_names[u] for u in gone)
    unknown = {c for u in gone for c in held.holders(u)}
    uppers = [u for u in uppers if not math.isnan(column.values[u])]
    divided = [u for u in uppers if shared.state[u] == "divided"]
    by: dict[str, tuple[float, ...]] = {}
    for key in [u.basis for u in line.uses if u.basis != OWN]:
        if any(u in held.unknown.get(key, {}) for u in divided):
            continue
        amounts = np.zeros(shared.split.count)
        for u in uppers:
            d = 0 if line.unit == "£" else TENTHS
            share = held.share[key][u] if u in divided else held.share[EQUAL][u]
            parts = whole_parts(share, round(float(column.values[u]) * 10**d), tuple(held.holders(u)), held)
            amounts += np.array(parts) / 10**d
        by[key] = tuple(math.nan if c in unknown else round(float(a), 2) for c, a in enumerate(amounts))
    total = float(sum(column.values[u] for u in uppers))
    note = next((n for n in column.notes if n), "")
    return StockShare(
        line, total, by, _spread(shared, line, by, uppers), column.period, column.source_id, note, missing
    )


def _spread(
    shared: ShareOut, line: ShareLine, by: Mapping[str, tuple[float, ...]], uppers: list[int]
) -> tuple[tuple[float, ...], tuple[float, ...]] | None:
    """Low and high of the estimate that the first basis rests on."""
    key = next(iter(by), "")
    if key not in OUTCOMES or key not in shared.split.facts.fits or shared.given.measures[key].own:
        return None
    values = shared.given.stock_columns[line.service].values
    ends = np.zeros((2, shared.split.count))
    for u in uppers:
        divided = shared.state[u] == "divided"
        ends += values[u] * np.array(shared.held.ends(key, u) if divided else [shared.held.share[EQUAL][u]] * 2)
    given = np.array(by[key])  # rounded to add up, so it may lie a little outside
    low, high = np.minimum(given, np.minimum(*ends)), np.maximum(given, np.maximum(*ends))
    return tuple(float(v) for v in low), tuple(float(v) for v in high)
