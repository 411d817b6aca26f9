"""Social care spend, line by line on what each follows, against council tax base: who carries most on least.

Spend is net current expenditure as published (specific grants are not taken off): a yardstick of the load, not a
forecast of any council's budget.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lgrdata.care import spending_lines
from lgrdata.care.people import ServiceEffects, UpperTierParts, fit_factors
from lgrdata.core.facts import AreaFacts, Floats, MeasureColumn
from lgrdata.core.models import BANDS, OUTCOMES, Estimate

CARE_SPEND = (
    (spending_lines.ADULTS, "adults_long_term_support"),
    (spending_lines.CHILDREN, "children_looked_after"),
)
"""Services whose spend is shared out, and the people whose estimate stands for its need where no lines are held."""

TAX_BASES = ("council_tax_base", "council_tax_base_derived")
"""Measures of the tax base, the published one first."""


@dataclass(frozen=True)
class Reason:
    """A measure that makes a council strong or weak: its figure, the area's, and how far apart they are (1 is even)."""

    measure: str
    council: float
    area: float

    @property
    def ratio(self) -> float:
        return self.council / self.area


@dataclass(frozen=True)
class Weakest:
    """The council with the highest share of care spend for its share of the tax base."""

    council: int
    load: Estimate
    spend_share: float
    tax_share: float
    next_council: int | None
    rivals: tuple[int, ...]
    """Councils the range of whose load meets that of its own, heaviest first."""
    reasons: tuple[Reason, ...]
    """Those that add to its load, strongest first."""

    @property
    def too_close(self) -> bool:
        """True where the range of its load meets that of another council's."""
        return bool(self.rivals)


@dataclass(frozen=True, eq=False)
class CareLoad:
    """Care spend and tax base by council [N]; NaN where a figure is missing, and `missing` says which."""

    adult_spend: Floats  # £ thousand a year
    children_spend: Floats
    spend_low: Floats  # both services
    spend_high: Floats
    tax_base: Floats  # Band D equivalent dwellings
    spend_share: Floats
    tax_share: Floats
    load: Floats  # spend share over tax share; 1 is even
    load_low: Floats
    load_high: Floats
    spend_year: str
    tax_measure: str
    tax_period: str
    missing: tuple[str, ...]
    weakest: Weakest | None

    @property
    def spend(self) -> Floats:
        """[N] £ thousand a year on both services."""
        return self.adult_spend + self.children_spend


def care_load(facts: AreaFacts, effects: ServiceEffects) -> CareLoad:
    """Share out today's care spend line by line, each on what it follows, and the tax base by district.

    A part of a county takes the part of a line that it holds of the people or residents the line follows; where the
    lines are not held, the service's total follows its main estimate. A divided district's tax base follows its
    residents. Low and high cover the error of the estimates and the choice of basis: line by line, or the whole of a
    service by its main estimate.
    """
    split, held = effects.split, effects.held
    factors = fit_factors(facts, held.city)
    share = spending_lines.shares(facts, split, held)
    missing: list[str] = []
    year = ""
    central = np.full((split.count, len(CARE_SPEND)), np.nan)
    low, high = np.zeros((2, split.count)), np.zeros((2, split.count))  # by line, and by the main estimate alone
    for s, (service, outcome) in enumerate(CARE_SPEND):
        spend = facts.upper_spend.get(service)
        if spend is None:
            missing.append(f"{service}: no spend held")
            continue
        year = spend.period
        gone = np.isnan(spend.values) & held.holds.any(axis=1)
        missing += [f"{service}: {facts.upper_names[u]}, {spend.status[u]}" for u in np.flatnonzero(gone)]
        money, counted = _by_line(facts, service, outcome, spend, held, share)
        value, *ends = _ends(held, money, factors)
        central[:, s] = counted + value
        whole = np.zeros_like(money)
        whole[:, OUTCOMES.index(outcome)] = spend.values
        _, *other = _ends(held, whole, factors)
        low, high = low + np.array([counted + ends[0], other[0]]), high + np.array([counted + ends[1], other[1]])
    unused = ~held.holds.any(axis=0)
    low, high = low.min(axis=0), high.max(axis=0)
    central[unused], low[unused], high[unused] = np.nan, np.nan, np.nan
    measure, tax = _tax_base(facts, split.share)
    base = np.full(split.count, np.nan)
    if tax is None:
        missing.append("council tax base: not held")
    else:
        taken = split.share.sum(axis=1) > 0
        gone = np.isnan(tax.values) & taken
        missing += [f"council tax base: {facts.authorities[i].name}, {tax.status[i]}" for i in np.flatnonzero(gone)]
        base = np.where(taken[:, None], tax.values[:, None] * split.share, 0.0)
        base[np.isnan(base) & (split.share == 0)] = 0.0
        base = np.where(unused, np.nan, base.sum(axis=0))
    used = split.in_use
    spend_total, tax_total = central[used].sum(), base[used].sum()
    spend_share = central.sum(axis=1) / spend_total
    tax_share = base / tax_total
    with np.errstate(invalid="ignore", divide="ignore"):
        load = spend_share / tax_share
        load_low, load_high = low / spend_total / tax_share, high / spend_total / tax_share
    result = CareLoad(
        central[:, 0],
        central[:, 1],
        low,
        high,
        base,
        spend_share,
        tax_share,
        load,
        load_low,
        load_high,
        year,
        measure,
        tax.period if tax else "",
        tuple(missing),
        None,
    )
    return CareLoad(**{**result.__dict__, "weakest": _weakest(effects, result)})


def _ends(held: UpperTierParts, money: Floats, factors: tuple[Floats, Floats]) -> tuple[Floats, Floats, Floats]:
    """[N] £ thousand that follows estimates: value, low and high by the error of the fits."""
    follows = np.flatnonzero((money != 0).any(axis=0))
    value = held.sum(money, held.share)[:, follows]
    low, high = (held.spread(money, factor)[:, follows] for factor in factors)
    return value.sum(axis=1), np.minimum(low, value).sum(axis=1), np.maximum(high, value).sum(axis=1)


def _by_line(
    facts: AreaFacts,
    service: str,
    outcome: str,
    spend: MeasureColumn,
    held: UpperTierParts,
    share: Mapping[str, Floats],
) -> tuple[Floats, Floats]:
    """[U, outcome] £ thousand that follows estimates, and [N] what follows residents, already shared out."""
    money = np.zeros((len(facts.upper_codes), len(OUTCOMES)))
    counted = np.zeros(held.holds.shape[1])
    for u in range(len(facts.upper_codes)):
        lines = spending_lines.spending(facts, service, u) or {outcome: float(spend.values[u])}
        for basis, thousand in lines.items():
            if basis in OUTCOMES:
                money[u, OUTCOMES.index(basis)] += thousand
            else:
                counted += np.where(held.holds[u], thousand * share[basis][u], 0.0)
    return money, counted


def _tax_base(facts: AreaFacts, share: Floats) -> tuple[str, MeasureColumn | None]:
    """The published tax base where it is whole for the authorities taken in, else the derived one."""
    taken = share.sum(axis=1) > 0
    held = [(m, facts.columns[m]) for m in TAX_BASES if m in facts.columns]
    for measure, column in held:
        if not np.isnan(column.values[taken]).any():
            return measure, column
    return held[-1] if held else ("", None)


def _weakest(effects: ServiceEffects, load: CareLoad) -> Weakest | None:
    split = effects.split
    used = [int(c) for c in split.in_use if math.isfinite(load.load[c])]
    if len(used) < 2 or len(used) < len(split.in_use):
        return None
    ranked = sorted(used, key=lambda c: (-round(float(load.load[c]), 12), int(effects.held.first[c])))
    c = ranked[0]
    ranges = {i: Estimate(float(load.load[i]), float(load.load_low[i]), float(load.load_high[i])) for i in ranked}
    rivals = tuple(i for i in ranked[1:] if ranges[c].overlaps(ranges[i]))
    return Weakest(
        c,
        ranges[c],
        float(load.spend_share[c]),
        float(load.tax_share[c]),
        ranked[1],
        rivals,
        _reasons(effects, load, c),
    )


def _reasons(effects: ServiceEffects, load: CareLoad, c: int) -> tuple[Reason, ...]:
    split = effects.split
    used = split.in_use
    people, everyone = float(split.population[c]), float(split.population[used].sum())
    value, _, _ = effects.rate
    found: list[tuple[float, Reason]] = []
    for _, outcome in CARE_SPEND:
        o = OUTCOMES.index(outcome)
        reason = Reason(outcome, float(value[c, o]), float(effects.area_rate[o]))
        found.append((reason.ratio, reason))
    old = BANDS.index("85+")
    oldest = split.residents[:, old]
    reason = Reason("share of residents 85+", float(oldest[c]) / people, float(oldest[used].sum()) / everyone)
    found.append((reason.ratio, reason))
    tax = Reason("tax base per resident", float(load.tax_base[c]) / people, float(load.tax_base[used].sum()) / everyone)
    found.append((1 / tax.ratio if tax.ratio else math.inf, tax))
    kept = sorted((f for f in found if f[0] > 1), key=lambda f: (-f[0], f[1].measure))
    return tuple(reason for _, reason in kept)
