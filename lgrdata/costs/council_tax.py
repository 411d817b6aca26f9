"""Council tax in each new council: the bills that would have to meet, and the arithmetic of bringing them together.

The bills are what the councils that are joined charge themselves, district and county together, without parishes,
police or fire: the last year held by tier, on that year's own tax base. Arithmetic, not a forecast of anyone's tax.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from lgrdata.core.facts import AreaFacts, Floats
from lgrdata.core.models import LgrError
from lgrdata.splits.split import Split

OWN = "band_d_own"
BASE = "council_tax_base"
BILLED = "band_d_all_precepts"
"""As billed, with every precept: only shown, never summed, since it is of another year than the base."""

MOST_YEARS = 7
"""New councils may take until the start of their eighth year to have one level of tax (SI 2008/3022)."""


@dataclass(frozen=True)
class TaxMember:
    """A council of today inside a new one: its Band D without parishes, £ a year, and its Band D homes there."""

    authority: str
    bill: float
    base: float

    def path(self, level: float, years: int = MOST_YEARS) -> tuple[float, ...]:
        """Its bill in each year from the start until it is at the level, in equal steps over 1 to 7 years."""
        if not 1 <= years <= MOST_YEARS:
            raise LgrError(f"{years} years: council tax may take 1 to {MOST_YEARS} years to come together")
        return tuple(self.bill + (level - self.bill) * year / years for year in range(years + 1))


@dataclass(frozen=True)
class CouncilTax:
    """Band D of a new council's members, without parishes; NaN where none is held. `missing` names those not held.

    `average` is weighted by tax base: moving all to it forgoes nothing. `billed_low` and `billed_high`: the newest
    bills with every precept, parishes included, to show beside.
    """

    council: int
    name: str
    members: tuple[TaxMember, ...]
    missing: tuple[str, ...]
    billed_low: float = math.nan
    billed_high: float = math.nan

    @property
    def low(self) -> float:
        return min((m.bill for m in self.members), default=math.nan)

    @property
    def high(self) -> float:
        return max((m.bill for m in self.members), default=math.nan)

    @property
    def low_authority(self) -> str:
        return min(self.members, key=lambda m: (m.bill, m.authority)).authority if self.members else ""

    @property
    def high_authority(self) -> str:
        return max(self.members, key=lambda m: (m.bill, m.authority)).authority if self.members else ""

    @property
    def gap(self) -> float:
        """£ a year between the highest and the lowest Band D."""
        return self.high - self.low

    @property
    def base(self) -> float:
        return math.fsum(m.base for m in self.members) if self.members else math.nan

    @property
    def average(self) -> float:
        """The one level that raises what the members' own levels raise together."""
        return math.fsum(m.bill * m.base for m in self.members) / self.base if self.members and self.base else math.nan

    def raised(self, level: float) -> float:
        """£m a year more (or less) than today if every member's bill were at a level."""
        return math.fsum(m.base * (level - m.bill) for m in self.members) / 1e6 if self.members else math.nan

    @property
    def forgone(self) -> float:
        """£m a year forgone if all move to the lowest."""
        return 0.0 - self.raised(self.low)

    def homes(self, level: float) -> tuple[float, float]:
        """Band D homes whose bill would rise, and whose would fall, if all moved to a level; by whole pounds."""
        rise = math.fsum(m.base for m in self.members if round(level - m.bill) > 0)
        return rise, math.fsum(m.base for m in self.members if round(level - m.bill) < 0)


@dataclass(frozen=True)
class TaxResult:
    """Every council in use, and what the reader must know. `period` is that of the bills and of their base."""

    councils: tuple[CouncilTax, ...]
    period: str
    billed_period: str = ""
    caveats: tuple[str, ...] = field(default=())

    @property
    def forgone(self) -> float:
        """£m a year over the whole area, where a figure is held."""
        held = [c.forgone for c in self.councils if not math.isnan(c.forgone)]
        return math.fsum(held) if held else math.nan


def bills(facts: AreaFacts) -> tuple[Floats, Floats, str]:
    """[A] £ a year that each authority's residents pay their district and county, its tax base, and of which year.

    LgrError where the dataset lacks them, or holds them of different years.
    """
    own, base, upper = facts.columns.get(OWN), facts.columns.get(BASE), facts.upper_columns.get(OWN)
    if own is None or base is None or upper is None:
        raise LgrError(f"no council tax by tier is held for {facts.area.name}; rebuild the dataset")
    if not own.period == base.period == upper.period:
        periods = ", ".join(sorted({own.period, base.period, upper.period}))
        raise LgrError(f"council tax and its base are held of different years for {facts.area.name} ({periods})")
    county = np.where(facts.upper_is_county, upper.values, 0.0)[facts.authority_upper]
    return own.values + county, base.values, own.period


def council_tax(facts: AreaFacts, split: Split) -> TaxResult:
    """The bills that would meet in each council. A divided authority's base follows its residents by ward (estimated).

    LgrError as `bills`.
    """
    bill, base, period = bills(facts)
    billed = facts.columns.get(BILLED)
    shown = billed.values if billed is not None else np.full(len(bill), np.nan)
    rows = tuple(_one(facts, split, int(c), bill, base, shown) for c in split.in_use)
    caveats = [
        f"Band D of {period}, the last year held by tier, on the tax base of that year: district and county together,"
        " without parishes, police and fire",
        f"the law gives new councils until the start of their eighth year to have one level, so up to {MOST_YEARS}"
        " years (SI 2008/3022)",
        "arithmetic, not a forecast: at the prices of that year, in equal steps, with no general rise",
    ]
    missing = sorted({name for r in rows for name in r.missing})
    if missing:
        caveats.append(f"no figure held for {', '.join(missing)}: left out")
    if split.divided.any():
        caveats.append("the tax base of a divided council is shared by residents of its wards: estimated")
    return TaxResult(rows, period, billed.period if billed is not None else "", tuple(caveats))


def _one(facts: AreaFacts, split: Split, council: int, bill: Floats, base: Floats, shown: Floats) -> CouncilTax:
    members: list[TaxMember] = []
    missing: list[str] = []
    billed: list[float] = []
    for i, authority in enumerate(facts.authorities):
        share = float(split.share[i, council])
        if share <= 0:
            continue
        if not math.isnan(shown[i]):
            billed.append(float(shown[i]))
        if math.isnan(bill[i]) or math.isnan(base[i]):
            missing.append(authority.name)
        else:
            members.append(TaxMember(authority.name, float(bill[i]), float(base[i]) * share))
    ends = (min(billed), max(billed)) if billed else (math.nan, math.nan)
    return CouncilTax(council, split.names[council], tuple(members), tuple(missing), *ends)
