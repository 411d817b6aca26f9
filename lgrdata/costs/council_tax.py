"""Council tax in each new council: the range that would meet, and what moving all to the lowest would forgo.

Arithmetic on published figures, not a forecast of anyone's tax.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from lgrdata.core.facts import AreaFacts, Floats
from lgrdata.core.models import LgrError
from lgrdata.splits.split import Split

BAND_D = "band_d_all_precepts"
BASE = "council_tax_base"


@dataclass(frozen=True)
class CouncilTax:
    """Band D of a new council's members: £ a year with every precept, lowest and highest; NaN where none is held.

    `forgone` £m a year if all move to the lowest, over the members whose figures are held; `missing` names the rest.
    """

    council: int
    name: str
    low: float
    low_authority: str
    high: float
    high_authority: str
    base: float
    forgone: float
    missing: tuple[str, ...]

    @property
    def gap(self) -> float:
        """£ a year between the highest and the lowest Band D."""
        return self.high - self.low


@dataclass(frozen=True)
class TaxResult:
    """Every council in use, the whole area's forgone revenue in £m a year, and what the reader must know."""

    councils: tuple[CouncilTax, ...]
    forgone: float
    period: str
    base_period: str
    caveats: tuple[str, ...]


def council_tax(facts: AreaFacts, split: Split) -> TaxResult:
    """Band D range and revenue forgone by council. Sources: columns `band_d_all_precepts` and `council_tax_base`.

    A divided authority's tax base follows its residents by ward (estimated). LgrError where the dataset has no council
    tax for the area at all.
    """
    if BAND_D not in facts.columns or BASE not in facts.columns:
        raise LgrError(f"no council tax is held for {facts.area.name}; rebuild the dataset")
    band_d, base = facts.columns[BAND_D], facts.columns[BASE]
    rows = tuple(_one(facts, split, int(c), band_d.values, base.values) for c in split.in_use)
    held = [r.forgone for r in rows if not math.isnan(r.forgone)]
    caveats = [
        f"Band D is that of {band_d.period}; the tax base, on which revenue forgone is worked out, of {base.period}",
        "Band D as billed, with every precept: police, fire and parish charges are part of it",
        "arithmetic, not a forecast: councils may bring bills together over several years, and not to the lowest",
    ]
    missing = sorted({name for r in rows for name in r.missing})
    if missing:
        caveats.append(f"no figure held for {', '.join(missing)}: left out")
    if split.divided.any():
        caveats.append("the tax base of a divided council is shared by residents of its wards: estimated")
    return TaxResult(rows, math.fsum(held) if held else math.nan, band_d.period, base.period, tuple(caveats))


def _one(facts: AreaFacts, split: Split, council: int, band_d: Floats, base: Floats) -> CouncilTax:
    members: list[tuple[float, float, str]] = []
    missing: list[str] = []
    for i, authority in enumerate(facts.authorities):
        share = float(split.share[i, council])
        if share <= 0:
            continue
        bill, own = float(band_d[i]), float(base[i])
        if math.isnan(bill) or math.isnan(own):
            missing.append(authority.name)
        else:
            members.append((bill, own * share, authority.name))
    name = split.names[council]
    if not members:
        nan = math.nan
        return CouncilTax(council, name, nan, "", nan, "", nan, nan, tuple(missing))
    lowest, highest = min(members), max(members)
    return CouncilTax(
        council=council,
        name=name,
        low=lowest[0],
        low_authority=lowest[2],
        high=highest[0],
        high_authority=highest[2],
        base=math.fsum(m[1] for m in members),
        forgone=math.fsum(m[1] * (m[0] - lowest[0]) for m in members) / 1e6,
        missing=tuple(missing),
    )
